"""The commands that compare what was built: ``verify`` and ``changes``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reporter.cli.failures import problems, show
from reporter.cli.options import FILE, PROJECT, day_of, misused
from reporter.outputs.terminal import say

if TYPE_CHECKING:
    from reporter.desk.changes import ChangesFormat

MOST_DIFFERENCES = 200  # that are shown


@click.command()
@FILE
@PROJECT
def verify(file: Path, project: Path) -> None:
    """Say whether the records still say what a PDF says.

    That compares the record inside of it, not the printed pages. Of these it is said whether the
    file is, byte for byte, the one that was built, where the folder of the build still has its
    .reporter.json.

    Example: reporter verify output/meeting-08.pdf
    """
    from reporter.desk.verify import verify as run  # noqa: PLC0415 (heavy: only for this command)

    with problems(project):
        verdict = run(file, project, day_of(project, None).day)
        for line in verdict.differences[:MOST_DIFFERENCES]:
            say(line)
        count = len(verdict.differences)
        if count > MOST_DIFFERENCES:
            say(f"... and {count - MOST_DIFFERENCES} more")
        if count:
            places = "one place" if count == 1 else f"{count} places"
            say(f"{file}: the record inside differs from the records in {places}", err=True)
        else:
            say(f"{file}: the record inside says the same as the records")
        if verdict.changed:
            show([verdict.changed], Path())
        else:
            say(f"{file}: {verdict.page}", err=bool(count))
        if count or verdict.changed:
            sys.exit(1)


@click.command()
@click.argument("before", type=click.Path(dir_okay=False, path_type=Path))
@click.argument("after", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--log",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the build said, with --verbose; for Markdown that is printed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["md", "eml", "atom"]),
    default="md",
    help="Markdown, the draft of an e-mail, or an Atom feed, which keeps what FILE had."
    "  [default: md]",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Where to write it.  [default: the standard output, for Markdown]",
)
@PROJECT
def changes(  # noqa: PLR0913 (its options)
    before: Path,
    after: Path,
    log: Path | None,
    *,
    form: ChangesFormat,
    file: Path | None,
    project: Path,
) -> None:
    """Say what moved between two builds.

    It is said as Markdown, an e-mail or a feed, in the language of the project. The ledgers are
    written by 'reporter build --ledger --format json'. Run again, a feed gets nothing twice.

    Example: reporter changes yesterday/ledger.json output/ledger.json
    """
    from reporter.desk import changes as of  # noqa: PLC0415 (heavy: only for this command)

    if form != "md" and not file:
        misused(f"--format {form} needs a file: -o FILE")
    if log and file:
        misused("--log is for what is printed: leave out -o")
    with problems(Path()):
        words, found = of.words_of(project), of.changes(before, after)
        if file:
            say(of.save(form, found, words, after, file))
        else:
            for line in of.lines(found, words, log):
                say(line)
