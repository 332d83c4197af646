"""The reports: what can be built, by which view and which template.

To add one: its row in ``kinds``, how it is chosen and called in ``choice``, its lines here, a view, a template with its words, the
model in ``exports.models``, an option in ``cli``; and its roots, if it is about a part of the records only. A test says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.choice import EVERYTHING, agreement_id, comparison_id, meeting_id
from reporter.library.snapshot import Snapshot
from reporter.reports.agreement.view import agreement_heading, agreement_report
from reporter.reports.common.front import meeting_heading
from reporter.reports.comparison.view import comparison_heading, comparison_report
from reporter.reports.index.view import index_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.series.view import series_report
from reporter.reports.upcoming.view import upcoming_heading, upcoming_report
from reporter.reports.views import Heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.choice import Choice
    from reporter.library import Library
    from reporter.reports.common.context import Context
    from reporter.reports.views import Report

    View = Callable[[Context], Report]


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
        case "comparison":
            return (comparison_selection(library, *sorted(choice.meetings)),)
        case "agreement":
            return (agreement_selection(library, str(choice.agreement)),)
        case "ledger":
            return (ledger_selection(),)
        case "series":
            return (series_selection(),)
        case _:
            return everything(library, day, choice)


def everything(library: Library, day: date, choice: Choice = EVERYTHING) -> tuple[Selection, ...]:
    """Select every report of a full build for ``day``: what was not held or signed by then is left out."""
    snapshot = Snapshot(library, day)
    held = [meeting.number for meeting in library.meetings.values() if snapshot.was_held(meeting)]
    made = [
        agreement.id for agreement in library.agreements.values() if snapshot.is_made(agreement)
    ]
    found = (
        *(meeting_selection(library, number, day) for number in held),
        *(comparison_selection(library, first, second) for first, second in pairwise(held)),
        *(agreement_selection(library, name) for name in made),
        ledger_selection(),
        series_selection(),
    )
    return (*found, index_selection(found, choice))


def meeting_selection(library: Library, number: int, day: date) -> Selection:
    """Select the briefing on one meeting: after it, or before it."""
    meeting = library.meetings[number]
    if meeting.date.known_on(day):
        heading, template = meeting_heading(meeting), "meeting"
        return Selection(
            meeting_id(number),
            template,
            heading,
            lambda context: meeting_report(context, meeting),
        )
    heading, template = upcoming_heading(meeting), "upcoming"
    return Selection(
        meeting_id(number),
        template,
        heading,
        lambda context: upcoming_report(context, meeting),
    )


def comparison_selection(library: Library, first: int, second: int) -> Selection:
    """Select the comparison of two meetings."""
    before, after = library.meetings[first], library.meetings[second]
    heading = comparison_heading(before, after)
    return Selection(
        comparison_id(first, second),
        "comparison",
        heading,
        lambda context: comparison_report(context, before, after),
    )


def agreement_selection(library: Library, name: str) -> Selection:
    """Select the page on one agreement."""
    agreement = library.agreements[name]
    heading = agreement_heading(library, agreement)
    return Selection(
        agreement_id(name),
        "agreement",
        heading,
        lambda context: agreement_report(context, agreement),
    )


def ledger_selection() -> Selection:
    """Select the ledger of all promises."""
    return Selection(
        "ledger",
        "ledger",
        Heading(kind="ledger"),
        ledger_report,
    )


def series_selection() -> Selection:
    """Select the overview of the series."""
    return Selection(
        "series",
        "series",
        Heading(kind="series"),
        series_report,
    )


def index_selection(selections: tuple[Selection, ...], choice: Choice) -> Selection:
    """Select the index, which leads to all pages that there are once ``choice`` is built."""

    def view(context: Context) -> Report:
        return index_report(context, selections=selections, choice=choice)

    return Selection("index", "index", Heading(kind="index"), view)
