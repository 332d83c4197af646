"""The commands that help to keep records, from ``init`` to ``check``."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reporter.cli.asking import ask, is_terminal
from reporter.cli.failures import problems, show
from reporter.cli.options import FILE, LANGUAGE, PROJECT, TODAY, completes, day_of, read_day
from reporter.clock import today
from reporter.desk.completion import records
from reporter.outputs.terminal import say

# What can be added, as people call it.
ADDED = (
    *("meeting", "agreement", "programme", "visit"),
    *("body", "person", "document", "subject", "policy"),
)

if TYPE_CHECKING:
    from datetime import date


@click.command()
@PROJECT
@click.option(
    "--coverage",
    is_flag=True,
    help="Show which sentences of documents are neither coded nor set aside, how much of each "
    "record a text holds, and which documents set a status without one.",
)
def check(project: Path, *, coverage: bool) -> None:
    """Read and cross-check all records, and list each problem.

    It also lists which paragraphs are cited, and reads the project's own templates. Quotations,
    verbs and dates are held to the texts of documents that have a fingerprint.

    Example: reporter check --project ../dialogue
    """
    from reporter.records.check import check as run  # noqa: PLC0415 (heavy: only for this command)

    with problems(project):
        found = run(project, coverage=coverage)
        show(found.warnings, project)
        for line in found.lines:
            say(line)


@click.command()
@click.argument("ids", metavar="ID...", nargs=-1, required=True, shell_complete=completes(records))
@click.option("--by", metavar="NAME", required=True, help="Who has read it: not its author.")
@click.option(
    "--on",
    "day",
    type=read_day,
    metavar="DAY",
    default=TODAY,
    help="The day on which they did.  [default: today]",
)
@click.option(
    "--names",
    is_flag=True,
    help="Also the bodies, persons, subjects and documents that it names.",
)
@PROJECT
def review(project: Path, ids: tuple[str, ...], by: str, day: date | str, *, names: bool) -> None:
    """Record that somebody read records beside their sources.

    The digest of what was read is kept with it. ID is a record (meeting-08), with all in it; a
    statement or a forecast, with its history; a line of a history, by its day (c8-01@2024-06-11);
    or all records of a kind (documents). What is changed later is then "changed since review", for
    check, list and the pages, and is not in the reviewed edition.

    Example: reporter review meeting-08 --by "K. Sato" --names
    """
    from reporter.desk.review import review as run  # noqa: PLC0415 (heavy: only for this command)

    with problems(project):
        found = run(project, ids, by, day_of(project, day).day, names=names)
        for path in found.paths:
            say(path)
        already = f"; {found.before} had been, and have not changed since" if found.before else ""
        say(f"reviewed: {found.new}{already}", err=True)


@click.group()
def source() -> None:
    """Hold records to the texts of their documents.

    Example: reporter source add statement.pdf --document joint-statement-08
    """


@source.command()
@FILE
@click.option("--document", metavar="ID", required=True, help="The document whose text it is.")
@click.option(
    "--paragraphs",
    metavar="LIST",
    default="",
    help="Which of the paragraphs found are those of the document, in order: numbers and ranges, "
    "with '+' where two are one: 3,5-9,10+11.  [default: all]",
)
@click.option(
    "--date",
    "day",
    type=read_day,
    metavar="DAY",
    default=TODAY,
    help="The day on which the text was retrieved.  [default: today]",
)
@LANGUAGE
@click.option("--keep-text", is_flag=True, help="Keep the text itself, too, in texts/.")
@PROJECT
def add(project: Path, file: Path, day: date | str, **wanted: Any) -> None:  # noqa: ANN401
    """Write the fingerprint of a document, to which records are held, to data/fingerprints/.

    FILE is UTF-8 text, HTML, PDF or DOCX. Its paragraphs are shown with their numbers. A
    fingerprint has digests of the words, and no text. Write it again as often as you like.

    Example: reporter source add statement.pdf --document joint-statement-08 --paragraphs 3-9,10+11
    """
    from reporter.sources.add import FingerprintRequest  # noqa: PLC0415 (takes time)
    from reporter.sources.add import add as run  # noqa: PLC0415 (as above)

    keep = wanted.pop("keep_text")
    with problems(project):
        found = run(
            project, FingerprintRequest(file, day=day_of(project, day).day, keep=keep, **wanted)
        )
        for line in found.paragraphs:
            say(line)
        for path in found.paths:
            say(path)
        if found.todo:
            say(found.todo, err=True)


@click.command()
@PROJECT
def schema(project: Path) -> None:
    """Write JSON Schemas, by which editors help.

    The schema of each kind of record goes to data/.schema/, and what each field is for to
    data/FIELDS.md, for people.

    Example: reporter schema
    """
    from reporter.desk.fields import write_fields  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.schema import write_schemas  # noqa: PLC0415 (as above)

    with problems(project):
        for path in (*write_schemas(project), write_fields(project)):
            say(path)


@click.command()
@click.argument("field", default="")
def explain(field: str) -> None:
    """Say what a kind of record, or a field, is for and takes.

    Without FIELD it says what each kind is for.

    Example: reporter explain meeting.place
    """
    from reporter.desk.fields import explained  # noqa: PLC0415 (heavy: only for this command)

    with problems(Path()):
        for line in explained(field):
            say(line)


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """Start a project that can be built at once.

    It has a meeting, an agreement, and comments that teach. DIR is made if it is not there. DIR may
    be a fresh clone: README, LICENSE, .gitignore and the like stay as they are. A DIR that holds
    anything else is refused.

    Example: reporter init talks
    """
    from reporter.desk.start import init as run  # noqa: PLC0415 (heavy: only for this command)

    with problems(folder):
        made = run(folder)
        for path in made:
            say(path)
        if folder / ".gitignore" not in made:
            say(f"{folder / '.gitignore'}: left as it was; add output/ to it", err=True)
        for line in (
            "",
            "Next:",
            *([] if folder.samefile(Path()) else [f"  cd {shlex.quote(str(folder))}"]),
            "  reporter serve        shows the briefings while you change data/",
            "  reporter build        writes them to output/, as HTML and PDF",
            "  reporter new meeting  adds a record",
        ):
            say(line)


@click.command()
@click.argument("kind", type=click.Choice(ADDED))
@click.argument("name", metavar="[ID]", required=False)
@click.option(
    "--no-input", is_flag=True, help="Ask nothing: write what it must have, to be filled in."
)
@PROJECT
def new(project: Path, kind: str, name: str | None, *, no_input: bool) -> None:
    """Add a record with all that it must have.

    What is there already is never overwritten. On a terminal it asks for what is needed; Ctrl-C
    leaves all as it was. The ID of a meeting is its number, the next one if none is given, or what
    it goes by instead: call-2024-05. The sides and bodies of the last one are proposed. One of
    another series has that before it: talks/9, or talks/ for the next one.

    Example: reporter new agreement data-sharing-2024
    """
    from reporter.desk.adding import new as run  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.listing import briefing_command  # noqa: PLC0415 (as above)

    with problems(project):
        asking = None if no_input or not is_terminal() else ask
        path = run(project, kind, name, today(project), asking)
        say(path)
        if kind == "meeting":
            told = "A full build has it once anything of it is known; it alone:"
            series = path.parts[-3] if path.parts[-4:-3] == ("series",) else ""
            key = int(path.stem) if path.stem.isdigit() else path.stem
            command = briefing_command(project, key, series=series)
            say(f"{told} {command}", err=True)
