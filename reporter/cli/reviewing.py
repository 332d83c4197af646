"""The command ``review``: records who has read which record beside its sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reporter.cli.failures import problems
from reporter.cli.options import PROJECT, TODAY, completes, day_of, read_day
from reporter.desk.completion import records
from reporter.outputs.terminal import say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


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
    """Record that somebody has read records beside their sources, with a digest of what they read.

    ID is a record (meeting-08), with all in it; a statement or a forecast, with its history; a line
    of a history, by its day (c8-01@2024-06-11); or all records of a kind (documents). What is
    changed later is then "changed since review", for check, list and the pages, and is not in the
    reviewed edition.

    Example: reporter review meeting-08 --by "K. Sato" --names
    """
    from reporter.desk.review import review as run  # noqa: PLC0415 (heavy: only for this command)

    with problems(project):
        found = run(project, ids, by, day_of(project, day).day, names=names)
        for path in found.paths:
            say(path)
        already = f"; {found.before} had been, and have not changed since" if found.before else ""
        say(f"reviewed: {found.new}{already}", err=True)
