"""The command ``todo``: says what is left to be done in the records."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reporter.cli.failures import problems
from reporter.cli.options import AS_OF, PROJECT, completes, day_of
from reporter.desk.completion import officers
from reporter.outputs.terminal import say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reporter.desk.todo.told import TodoFormat


@click.command()
@click.option(
    "--officer",
    metavar="NAME",
    default="",
    shell_complete=completes(officers),
    help="Only what this desk officer follows up, as 'desk_officer' names them.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "csv", "md"]),
    default="text",
    help="Lines to read, JSON, CSV or Markdown.  [default: text]",
)
@AS_OF
@PROJECT
def todo(project: Path, officer: str, form: TodoFormat, as_of: date | str | None) -> None:
    """List what is left to be done in the records, by desk officer, worst first.

    That is what is overdue, and what nobody has looked at since its due date or for nine months,
    as of a day; and, by the records as they are, what was changed or never read since somebody
    reviewed anything, names that one of the project's languages lacks, and sentences of documents
    read whole that are neither coded nor set aside. Each is one line, with its place.

    Example: reporter todo --as-of 2026-06-30
    """
    import shutil  # noqa: PLC0415 (heavy: only for this command)

    from reporter.desk.todo import todo as run  # noqa: PLC0415 (as above)
    from reporter.desk.todo.told import counted, lines  # noqa: PLC0415 (as above)

    with problems(project):
        found = run(project, day_of(project, as_of).day, officer)
        shown = bool(sys.stdout) and sys.stdout.isatty()
        for line in lines(found, form, shutil.get_terminal_size().columns if shown else None):
            say(line)
        if found:
            say(counted(found), err=True)
