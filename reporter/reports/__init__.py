"""The reports: what can be built, by which view and which template. To add one, add a line here, a view and a template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.library import meeting_id
from reporter.reports.meeting import meeting_report

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.library import Library
    from reporter.reports.parts import Report


@dataclass(frozen=True, slots=True)
class Selection:
    """One report to build."""

    id: str
    """Name of its files, without the ending."""
    template: str
    roots: tuple[str, ...]
    """Ids of the records that it is about; with what these name directly they are all that it shows."""
    view: Callable[[Library, date, bool], Report]


def meeting_selection(number: int) -> Selection:
    """Select the briefing on one meeting."""
    neighbours = (meeting_id(number), *(meeting_id(other) for other in (number - 1, number + 1)))

    def view(library: Library, day: date, asked: bool) -> Report:  # noqa: FBT001 (the type of all views)
        return meeting_report(library, library.meetings[number], day, asked=asked)

    return Selection(meeting_id(number), "meeting", neighbours, view)
