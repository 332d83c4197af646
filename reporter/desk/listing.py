"""What can be built, as lines for a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.choice import Choice, Edition, meeting_id
from reporter.language import language_of
from reporter.plan import plan
from reporter.reports import Selection, selection
from reporter.reports.headings import title
from reporter.theme import Theme

if TYPE_CHECKING:
    from datetime import date

    from reporter.language import Language


def listing(project: Path, day: date, *, asked: bool, desk: str = "") -> list[str]:
    """Return a line for each report of a full build: its id, its title, and its date if any.

    Below them is a line for each coming meeting of which nothing was known on the day, with the
    command that makes the briefing for it, since a full build leaves it out. ``asked`` says whether the ``day`` was asked for; that command
    then asks for it, too.
    """
    planned = plan(project, Choice(), day, asked=asked, edition=Edition(desk=desk))
    chosen = {item.id for item in planned.selections}
    to_come = {
        number: selection(planned.library, "meeting", (number,), day)
        for number in planned.library.meetings
        if meeting_id(number) not in chosen
    }
    words = language_of(Theme.of(project), planned.library.project.language)
    width = max(len(item.id) for item in (*planned.selections, *to_come.values()))
    told = day if asked else None
    return [
        *(_line(item, words, width) for item in planned.selections),
        *(
            f"{_line(item, words, width)} (only with {briefing_command(project, number, told)})"
            for number, item in to_come.items()
        ),
    ]


def briefing_command(project: Path, number: int, day: date | None = None) -> str:
    """Return the command that makes the briefing on a meeting, or before its day the one for it."""
    where = f" --project {shlex.quote(str(project))}" if project != Path() else ""
    return f"reporter build --meeting {number}{where}{f' --as-of {day}' if day else ''}"


def _line(item: Selection, words: Language, width: int) -> str:
    return f"{item.id:<{width}}  {title(item.heading, words)}" + (
        f" ({item.heading.date})" if item.heading.date else ""
    )
