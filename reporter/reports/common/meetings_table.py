"""The meetings of a series in order: when, where, who chaired, how long after the last one."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol, TypeVar

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library.snapshot import nearest_months
from reporter.reports.common.participants import Chairs, chairs
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context


class Held(Protocol):
    """A meeting, in a record or on a page."""

    @property
    def number(self) -> int:
        """Its number in the series."""

    @property
    def date(self) -> When:
        """When it was held."""


H = TypeVar("H", bound=Held)


class Chairing(View):
    """The bodies that chaired for a side."""

    side: Label
    bodies: tuple[Label, ...]


class MeetingRow(View):
    """A meeting in the table of all meetings."""

    number: int
    report: str
    """Id of its own report."""
    date: When
    city: str | None
    host: Label | None
    place_refs: Refs
    chairs: tuple[Chairing, ...]
    """By side, in the order of the document."""
    chairs_refs: Refs
    evidence: str
    months: int | None
    """Months since the meeting before, to the nearest; None of the first."""


class Hosted(View):
    """How many meetings a side has held."""

    side: Label
    meetings: int


class ChairsRow(View):
    """Who chaired a meeting."""

    number: int
    date: When
    sides: tuple[Chairs | None, ...]
    """In the order of the series' sides; None where no chair is on record."""


def meeting_rows(context: Context, meetings: Sequence[Meeting]) -> tuple[MeetingRow, ...]:
    """Return a row for each of ``meetings``, which are in order."""
    gaps = [None, *(months_apart(before, after) for before, after in pairwise(meetings))]
    return tuple(
        _meeting_row(context, meeting, gap) for meeting, gap in zip(meetings, gaps, strict=False)
    )


def _meeting_row(context: Context, meeting: Meeting, months: int | None) -> MeetingRow:
    place = None if isinstance(meeting.place, str) else meeting.place
    return MeetingRow(
        number=meeting.number,
        report=meeting_id(meeting.number),
        date=meeting.date,
        city=place.city if place else None,
        host=context.party(place.host) if place and place.host else None,
        place_refs=context.sources.cite(place.source) if place else (),
        chairs=tuple(
            Chairing(
                side=context.party(side),
                bodies=tuple(
                    context.party(chair.organisation)
                    for chair in meeting.cochairs
                    if chair.side == side
                ),
            )
            for side in dict.fromkeys(chair.side for chair in meeting.cochairs)
        ),
        chairs_refs=context.sources.cite(*(chair.source for chair in meeting.cochairs)),
        evidence=meeting.evidence,
        months=months,
    )


def months_apart(before: Held, after: Held) -> int:
    """Return the months between the beginnings of two meetings, to the nearest."""
    return nearest_months(before.date.first, after.date.first)


def longest_gap(meetings: Sequence[H]) -> tuple[H, H, int] | None:
    """Return the two successive meetings that are furthest apart, and the months between them.

    None where there is no second meeting.
    """
    gaps = [(before, after, months_apart(before, after)) for before, after in pairwise(meetings)]
    return max(gaps, key=lambda gap: gap[2], default=None)


def hosts(context: Context, meetings: Sequence[Meeting]) -> tuple[Hosted, ...]:
    """Return how many of ``meetings`` each side has held; sides that held none are left out."""
    places = [meeting.place.host for meeting in meetings if not isinstance(meeting.place, str)]
    return tuple(
        Hosted(side=context.label(side.name), meetings=places.count(side.id))
        for side in context.library.sides.values()
        if side.id in places
    )


def chairs_rows(context: Context, meetings: Sequence[Meeting]) -> tuple[ChairsRow, ...]:
    """Return who chaired those of ``meetings`` of which a chair is on record."""
    rows: list[ChairsRow] = []
    for meeting in meetings:
        found = {group.side: group for group in chairs(context, meeting)}
        labels = [context.label(side.name) for side in context.library.sides.values()]
        rows.append(
            ChairsRow(
                number=meeting.number,
                date=meeting.date,
                sides=tuple(found.get(label) for label in labels),
            )
        )
    return tuple(row for row in rows if any(row.sides))
