"""The command line. The only module that knows Click; each command is options, one call, one report."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reporter.choice import Choice
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROJECT = click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="Folder of the project: it holds data/ and, if it has its own look, templates/.  [default: the current folder]",
)


class Day(click.ParamType[date]):
    """A day, or the word 'today'."""

    name = "day"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; a wrong one is a usage error."""
        if isinstance(value, date):
            return value
        if value == "today":
            return _today()
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is not a day: write it as 2023-03-24, or 'today'", param, ctx)


AS_OF = click.option(
    "--as-of",
    type=Day(),
    help="Say what was true on this day (2023-06-30, or 'today'), and print it.  [default: SOURCE_DATE_EPOCH, else today]",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="reporter")
def main() -> None:
    """Turn structured records of meetings and agreements into briefings, as HTML and PDF."""


@main.command()
@click.option(
    "--meeting", type=click.IntRange(min=1), metavar="N", help="Only the briefing on this meeting; before its day, the briefing for it."
)
@click.option("--compare", type=click.IntRange(min=1), nargs=2, metavar="N M", help="Only the comparison of these two meetings.")
@click.option("--agreement", metavar="ID", help="Only the page on this agreement.")
@click.option("--ledger", is_flag=True, help="Only the ledger of all promises.")
@click.option("--series", is_flag=True, help="Only the overview of the series.")
@PROJECT
@click.option(
    "--output", type=click.Path(file_okay=False, path_type=Path), help="Folder for the results.  [default: output/ of the project]"
)
@click.option(
    "--format", "formats", type=click.Choice(["html", "pdf"]), multiple=True, help="Only this format; repeatable.  [default: both]"
)
@AS_OF
def build(project: Path, output: Path | None, formats: tuple[str, ...], as_of: date | None, **wanted: Any) -> None:  # noqa: ANN401
    """Build briefings as HTML and PDF: all of them with an index, or the one that is named.

    Example: reporter build --meeting 8 --as-of 2023-06-30
    """
    from reporter.build import Order  # noqa: PLC0415 (heavy: only for this command)
    from reporter.build import build as run  # noqa: PLC0415 (as above)

    order = Order(
        project, output or project / "output", as_of or _default_day(), as_of is not None, _choice(**wanted), formats or ("html", "pdf")
    )
    with _problems(project):
        outcome = run(order)
        _show(outcome.problems, project)
        for path in outcome.written:
            click.echo(path)
        if outcome.failed:
            sys.exit(1)


def _choice(meeting: int | None, compare: tuple[int, int] | None, agreement: str | None, *, ledger: bool, series: bool) -> Choice:
    """Return what the options choose; more than one at a time is a usage error."""
    chosen = [
        *([Choice("meeting", (meeting,))] if meeting else []),
        *([Choice("comparison", tuple(sorted(compare)))] if compare else []),
        *([Choice("agreement", agreement=agreement)] if agreement else []),
        *([Choice("ledger")] if ledger else []),
        *([Choice("series")] if series else []),
    ]
    if len(chosen) > 1:
        message = "choose one of --meeting, --compare, --agreement, --ledger and --series; without any, everything is built"
        raise click.UsageError(message)
    if compare and compare[0] == compare[1]:
        message = "--compare takes two different meetings"
        raise click.UsageError(message)
    return chosen[0] if chosen else Choice()


@main.command("list")
@PROJECT
@AS_OF
def list_(project: Path, as_of: date | None) -> None:
    """List what can be built, with title and date.

    Example: reporter list --as-of 2020-12-31
    """
    from reporter.listing import listing  # noqa: PLC0415 (heavy: only for this command)

    with _problems(project):
        for line in listing(project, as_of or _default_day()):
            click.echo(line)


@main.command()
@PROJECT
def check(project: Path) -> None:
    """Read and cross-check all records; list for each document which paragraphs are cited.

    Example: reporter check --project ../dialogue
    """
    from reporter.check import check as run  # noqa: PLC0415 (heavy: only for this command)

    with _problems(project):
        for line in run(project):
            click.echo(line)


@main.command()
@PROJECT
def schema(project: Path) -> None:
    """Write the JSON Schema of each kind of record to data/.schema/, for editors.

    Example: reporter schema
    """
    from reporter.schema import write_schemas  # noqa: PLC0415 (heavy: only for this command)

    with _problems(project):
        for path in write_schemas(project):
            click.echo(path)


@contextmanager
def _problems(project: Path) -> Iterator[None]:
    """Show the problems of whatever cannot be done, and exit with 1. The one place that catches them."""
    try:
        yield
    except ReporterError as error:
        _show(error.problems, project)
        sys.exit(1)


def _show(problems: Iterable[Problem], project: Path) -> None:
    for problem in problems:
        click.echo(problem.render(project), err=True)


def _today() -> date:
    return datetime.now(tz=UTC).date()


def _default_day() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return _today()
    if not epoch.isdigit():
        message = f"SOURCE_DATE_EPOCH is '{epoch}': it must be a number of seconds since 1970"
        raise click.UsageError(message)
    return datetime.fromtimestamp(int(epoch), tz=UTC).date()
