"""The reports: what can be built, by which view and which template. To add one, add its lines here, a view and a template."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.reports.meeting import meeting_heading, meeting_report
from reporter.reports.upcoming import upcoming_heading, upcoming_report
from reporter.snapshot import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.choice import Choice
    from reporter.library import Library
    from reporter.reports.parts import Heading, Report

    View = Callable[[Library, date, bool], Report]


@dataclass(frozen=True, slots=True)
class Selection:
    """One report to build."""

    id: str
    """Name of its files, without the ending."""
    template: str
    heading: Heading
    view: View


def select(library: Library, choice: Choice, day: date) -> tuple[Selection, ...]:
    """Return the reports that are chosen; the records that the choice names must exist."""
    match choice.kind:
        case "meeting":
            return (meeting_selection(library, choice.meetings[0], day),)
        case _:
            return everything(library, day)


def everything(library: Library, day: date) -> tuple[Selection, ...]:
    """Select every report of a full build for ``day``: what was not held or signed by then is left out."""
    snapshot = Snapshot(library, day)
    held = [meeting.number for meeting in library.meetings.values() if snapshot.was_held(meeting)]
    made = [agreement.id for agreement in library.agreements.values() if snapshot.is_made(agreement)]
    found = (*(meeting_selection(library, number, day) for number in held),)
    return found


def meeting_selection(library: Library, number: int, day: date) -> Selection:
    """Select the briefing on one meeting: after it, or before it."""
    meeting = library.meetings[number]
    if meeting.date.known_on(day):
        heading = meeting_heading(meeting)
        return Selection(
            meeting_id(number), "meeting", heading, lambda library, day, asked: meeting_report(library, meeting, day, asked=asked)
        )
    heading = upcoming_heading(meeting)
    return Selection(
        meeting_id(number), "upcoming", heading, lambda library, day, asked: upcoming_report(library, meeting, day, asked=asked)
    )
