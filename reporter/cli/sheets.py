"""The commands for those who work in Excel or LibreOffice: sheets out, and changes in."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reporter.cli.failures import problems, show
from reporter.cli.options import AS_OF, FILE, PROJECT, completes, day_of, misused, read_meeting
from reporter.desk import completion
from reporter.desk.sheets import SHEETS
from reporter.outputs.terminal import say
from reporter.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from click.decorators import FC


class Workbook(click.Path):
    """The name of a workbook to be written."""

    def __init__(self) -> None:
        super().__init__(dir_okay=False, path_type=Path)

    def convert(
        self,
        value: Any,  # noqa: ANN401 (as Click has it)
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> Any:  # noqa: ANN401 (as above)
        """Return the path; the name of anything else is a usage error."""
        if Path(value).suffix.lower() != ".xlsx":
            self.fail(
                f"{quoted(str(value))} is no name of a workbook: it ends in .xlsx", param, ctx
            )
        return super().convert(value, param, ctx)


def _output(default: Path | None, note: str) -> Callable[[FC], FC]:
    """Return the option that names the workbook to write."""
    return click.option(
        "-o",
        "--output",
        "file",
        metavar="FILE.xlsx",
        type=Workbook(),
        default=default,
        help=f"The workbook to write{note}",
    )


@click.command()
@click.argument("kind", type=click.Choice(SHEETS))
@_output(None, ".  [default: the kind, as in promises.xlsx]")
@PROJECT
def sheet(project: Path, kind: str, file: Path | None) -> None:
    """Write records as a workbook for Excel or LibreOffice.

    'reporter take' brings changes back. Promises come with their history. A workbook that holds
    changes is not overwritten.

    Example: reporter sheet promises -o promises.xlsx
    """
    from reporter.desk.sheets.sheet import sheet as run  # noqa: PLC0415 (takes time)

    with problems(project):
        say(run(project, kind, file or Path(f"{kind}.xlsx")))


@click.command()
@click.option(
    "--owner",
    metavar="BODY",
    default="",
    shell_complete=completes(completion.names_of("organisation")),
    help="What this body owes, or its side with regard to it: its id, or its abbreviation.",
)
@click.option("--desk", metavar="SIDE", default="", help="What this side owes, or its bodies.")
@click.option(
    "--meeting", type=read_meeting, metavar="N", help="What was promised at this meeting."
)
@_output(Path("questions.xlsx"), "; the e-mail goes beside it.  [default: questions.xlsx]")
@AS_OF
@PROJECT
def ask(project: Path, as_of: date | str | None, file: Path, **asked: Any) -> None:  # noqa: ANN401
    """Ask, in a workbook and an e-mail, what became of promises.

    Of each promise that is not done the workbook has what is public of what we know, and columns
    for news, date, source and status. What comes back, 'reporter take' brings into the histories,
    marked as self-reported and internal.

    Example: reporter ask --meeting 8 -o questions.xlsx
    """
    from reporter.desk.sheets.ask import AskedOf  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.sheets.ask import ask as run  # noqa: PLC0415 (as above)

    if not any(asked.values()):
        misused("say whom or what to ask about: --owner, --desk or --meeting")
    meeting = asked.pop("meeting")
    asked["meeting"] = meeting.id if meeting else ""
    with problems(project):
        for path in run(project, AskedOf(**asked), day_of(project, as_of).day, file):
            say(path)


@click.command()
@FILE
@PROJECT
def take(project: Path, file: Path) -> None:
    """Take into the records what was changed in a sheet.

    Nothing else is changed. FILE is a workbook of 'reporter sheet', or a sheet of it saved as CSV.
    What the records have changed meanwhile, too, and differently, is told, and stays as it is
    there. New rows are added; a row that is gone deletes nothing. Where anything would be wrong,
    nothing is written.

    Example: reporter take promises.xlsx
    """
    from reporter.desk.sheets.take import take as run  # noqa: PLC0415 (takes time)

    with problems(project):
        found = run(project, file, day_of(project, None).day)
        for path in found.paths:
            say(path)
        for line in found.lines or ([] if found.conflicts else ["nothing changed"]):
            say(line, err=True)
        show(found.conflicts, Path())
        if found.conflicts:
            sys.exit(1)
