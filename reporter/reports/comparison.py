"""Two meetings side by side: what changed from one to the other, who took part, what was spoken of, what was promised."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.problems import Problem, ReporterError
from reporter.reports.attendance import Chairs, chairs
from reporter.reports.bodies import Move, Pair, Role, Roll, Seat, newcomers, pairs, roll
from reporter.reports.changes import Changes, changes, comparison_id, subjects
from reporter.reports.desk import Desk
from reporter.reports.parts import Followed, Heading, Label, Refs, Report, View
from reporter.snapshot import months_between

if TYPE_CHECKING:
    from datetime import date

    from reporter.library import Library
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting

Presence = Role | Literal["absent", "not known"]
"""``absent`` is said only of a list that was read to its end."""


class Met(View):
    """One of the two meetings."""

    number: int
    report: str
    """Id of its own report."""
    heading: Heading
    date: When
    city: str | None
    venue: tuple[Label, ...]
    host: Label | None
    place_refs: Refs
    chairs: tuple[Chairs, ...]
    evidence: str
    complete: bool
    """Whether its statement was read to its end."""
    promises: tuple[Followed, ...]


class BodyRow(View):
    """A body at the two meetings."""

    id: str
    name: Label
    former: Label | None = None
    """Its name at the earlier meeting, where that was another."""
    earlier: Presence
    later: Presence
    move: Move
    first: bool
    """Whether it took part for the first time."""
    refs: Refs
    """Where they differ from those of the lists."""


class SideTable(View):
    """The bodies of one side."""

    side: Label
    earlier_complete: bool
    later_complete: bool
    earlier_refs: Refs
    later_refs: Refs
    firsts_unread: tuple[int, ...]
    """Meetings whose lists leave open whether a body took part for the first time."""
    rows: tuple[BodyRow, ...]


class SubjectRow(View):
    """A subject at the two meetings: whether it was spoken of; None where that cannot be told."""

    id: str
    name: Label
    earlier: bool | None
    later: bool | None
    refs: Refs


class AreaTable(View):
    """The subjects of one area."""

    area: Label
    rows: tuple[SubjectRow, ...]


class ComparisonReport(Report):
    """All that the comparison of two meetings prints."""

    changes: Changes
    earlier: Met
    later: Met
    months: int
    """Whole months between the two."""
    sides: tuple[SideTable, ...]
    areas: tuple[AreaTable, ...]


def comparison_heading(before: Meeting, meeting: Meeting) -> Heading:
    """Return what the comparison of two meetings is called, whichever of them is named first."""
    before, meeting = _in_order(before, meeting)
    return Heading(kind="comparison", number=before.number, other=meeting.number)


def comparison_report(library: Library, before: Meeting, meeting: Meeting, day: date, *, asked: bool) -> ComparisonReport:
    """Return the view of two meetings side by side as of ``day``; ``asked`` says whether that day was asked for.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order. Raises
    ReporterError where one of the meetings was not held by then.
    """
    before, meeting = _in_order(before, meeting)
    desk = Desk.on(library, day)
    _check_held(desk, before, meeting)
    return ComparisonReport(
        id=comparison_id(before, meeting),
        heading=comparison_heading(before, meeting),
        series=desk.label(library.project.series),
        short=desk.label(library.project.short),
        author=library.project.author,
        changes=changes(desk, before, meeting),
        earlier=_met(desk, before),
        later=_met(desk, meeting),
        months=months_between(before.date.last, meeting.date.first),
        sides=tuple(table for side in library.sides if (table := _side(desk, side, before, meeting)).rows),
        areas=_areas(desk, before, meeting),
        speaks=desk.speaks(asked=asked),
        sources=desk.sources.entries(),
    )


def _in_order(before: Meeting, meeting: Meeting) -> tuple[Meeting, Meeting]:
    return (before, meeting) if before.number <= meeting.number else (meeting, before)


def _check_held(desk: Desk, *meetings: Meeting) -> None:
    problems = [
        Problem(None, f"meeting {meeting.number} was not held by {desk.snapshot.day}", "compare meetings that were, or choose a later day")
        for meeting in meetings
        if not desk.snapshot.was_held(meeting)
    ]
    if problems:
        raise ReporterError(problems)


def _met(desk: Desk, meeting: Meeting) -> Met:
    place = None if isinstance(meeting.place, str) else meeting.place
    return Met(
        number=meeting.number,
        report=meeting_id(meeting.number),
        heading=Heading(kind="meeting", number=meeting.number, city=place.city if place else None, date=meeting.date),
        date=meeting.date,
        city=place.city if place else None,
        venue=desk.labels(place.venue) if place and not isinstance(place.venue, str) else (),
        host=desk.label(desk.library.sides[place.host].name) if place else None,
        place_refs=desk.sources.cite(place.source) if place else (),
        chairs=chairs(desk, meeting),
        evidence=meeting.evidence,
        complete=meeting.statements.complete,
        promises=tuple(desk.followed(Owned(statement, meeting)) for statement in meeting.statements.items if statement.is_promise),
    )


def _side(desk: Desk, side: str, before: Meeting, meeting: Meeting) -> SideTable:
    earlier, later = roll(desk.library, before, side), roll(desk.library, meeting, side)
    first, unread = newcomers(desk.library, meeting, side)
    return SideTable(
        side=desk.label(desk.library.sides[side].name),
        earlier_complete=earlier.complete,
        later_complete=later.complete,
        earlier_refs=desk.sources.cite(earlier.source),
        later_refs=desk.sources.cite(later.source),
        firsts_unread=unread,
        rows=tuple(_body(desk, pair, earlier, later, first) for pair in pairs(desk.library, earlier, later)),
    )


def _body(desk: Desk, pair: Pair, earlier: Roll, later: Roll, first: frozenset[str]) -> BodyRow:
    organisation = desk.library.organisations[pair.seat.body]
    renamed = pair.earlier if pair.move == "renamed" else None
    own: list[tuple[Citation, ...]] = [seat.source for seat in (pair.earlier, pair.later) if seat]
    return BodyRow(
        id=organisation.id,
        name=desk.label(organisation.name),
        former=desk.label(desk.library.organisations[renamed.body].name) if renamed else None,
        earlier=_presence(pair.earlier, earlier),
        later=_presence(pair.later, later),
        move=pair.move,
        first=pair.move == "in" and pair.seat.body in first,
        refs=desk.sources.cite(organisation.source if renamed else None, *own),
    )


def _presence(seat: Seat | None, found: Roll) -> Presence:
    if seat:
        return seat.role
    return "absent" if found.complete else "not known"


def _areas(desk: Desk, before: Meeting, meeting: Meeting) -> tuple[AreaTable, ...]:
    earlier, later = subjects(before), subjects(meeting)
    tables: list[AreaTable] = []
    for area in desk.library.project.areas:
        rows = tuple(
            SubjectRow(
                id=subject.id,
                name=desk.label(subject.name),
                earlier=_spoken(subject.id in earlier, before),
                later=_spoken(subject.id in later, meeting),
                refs=desk.sources.cite(earlier.get(subject.id), later.get(subject.id)),
            )
            for subject in desk.library.subjects.values()
            if subject.area == area.id and (subject.id in earlier or subject.id in later)
        )
        tables += [AreaTable(area=desk.label(area.name), rows=rows)] if rows else []
    return tuple(tables)


def _spoken(found: bool, meeting: Meeting) -> bool | None:  # noqa: FBT001 (what is asked is a yes or no)
    if found:
        return True
    return False if meeting.statements.complete else None
