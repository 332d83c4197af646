"""The commands that show what there is, and what there is to do: from ``list`` to ``todo``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from reporter.choice import Edition, meeting_report_id
from reporter.cli.failures import problems, show
from reporter.cli.options import AS_OF, DESK, PROJECT, completes, day_of, read_meeting
from reporter.desk.completion import meetings, officers
from reporter.outputs.terminal import say

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reporter.cli.options import Numbered
    from reporter.desk.todo.told import TodoFormat


@click.command("list")
@click.option(
    "--unreviewed",
    is_flag=True,
    help="Only reports on records of which something is not reviewed as it stands.",
)
@PROJECT
@DESK
@AS_OF
def list_(project: Path, desk: str, as_of: date | str | None, *, unreviewed: bool) -> None:
    """List what can be built, with title and date.

    A meeting to come of which nothing is known yet is listed with the command that builds the
    briefing for it, which a full build leaves out. Where anything was reviewed, each line says how
    far.

    Example: reporter list --as-of 2020-12-31
    """
    from reporter.desk.listing import listing  # noqa: PLC0415 (heavy: only for this command)

    found = day_of(project, as_of)
    with problems(project):
        for line in listing(
            project, found.day, asked=found.asked, desk=desk, unreviewed=unreviewed
        ):
            say(line)


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
    """List what is left to be done in the records.

    It is listed by desk officer, the worst first: what is overdue, and what nobody has looked at
    since its due date or for nine months, as of a day; and, by the records as they are, what was
    changed or never read since somebody reviewed anything, names that one of the project's
    languages lacks, and sentences of documents read whole that are neither coded nor set aside.
    Each is one line, with its place.

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


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    metavar="PORT",
    default=8000,
    help="Port to listen on; 0 takes any that is free.  [default: 8000]",
)
@click.option(
    "--meeting",
    type=read_meeting,
    metavar="N",
    shell_complete=completes(meetings),
    help="Begin with the briefing on this meeting, not with the index.",
)
@click.option(
    "--open/--no-open",
    "browser",
    default=True,
    help="Whether to open the browser.  [default: open]",
)
@PROJECT
@DESK
@AS_OF
def serve(  # noqa: PLR0913 (its options)
    project: Path,
    port: int,
    meeting: Numbered | None,
    desk: str,
    as_of: date | str | None,
    *,
    browser: bool,
) -> None:
    """Show the briefings in the browser, and each save at once.

    It ends with Ctrl-C. Only this machine can see them, and on it only who has the address, which
    is another one each time. Nothing is written to output/. While records are wrong, the last good
    page stays, with the problems below it.

    Example: reporter serve --meeting 8
    """
    from reporter.desk.serve import Request  # noqa: PLC0415 (heavy: only for this command)
    from reporter.desk.serve import serve as run  # noqa: PLC0415 (as above)

    first = meeting_report_id(meeting.key, meeting.series) if meeting else "index"
    request = Request(project, first, *day_of(project, as_of)[:2], Edition(desk=desk))
    with problems(project):
        run(request, port, say, lambda problems: show(problems, project), browser=browser)


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print what makes a shell complete commands and ids.

    \b
    bash, in ~/.bashrc:                   eval "$(reporter completion bash)"
    zsh, in ~/.zshrc after compinit:      eval "$(reporter completion zsh)"
    fish, in ~/.config/fish/config.fish:  reporter completion fish | source

    Example: reporter completion bash
    """  # noqa: D301 (Click's mark of lines that are to stay as they are)
    from click.shell_completion import get_completion_class  # noqa: PLC0415 (as above)

    found = get_completion_class(shell)
    assert found is not None  # noqa: S101 (Click knows all that are offered)
    main = click.get_current_context().find_root().command
    for line in found(main, {}, "reporter", "_REPORTER_COMPLETE").source().splitlines():
        say(line)
