"""Two meetings side by side: what changed, who took part, what was discussed and promised."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.choice import comparison_id, meeting_id
from reporter.dates import When
from reporter.problems import Problem, ReporterError
from reporter.reports.common.changes import Changes, changes
from reporter.reports.common.context import Context
from reporter.reports.common.meetings_table import months_apart
from reporter.reports.common.participants import Chairs, chairs
from reporter.reports.common.sentences import brief
from reporter.reports.comparison.differences import (
    Difference,
    bottom_line,
    differences,
    firsts_untold,
    same,
    untold,
)
from reporter.reports.comparison.two_columns import AreaTable, SideTable, area_tables, side_table
from reporter.reports.views import Heading, Label, Line, Refs, Report, SourceEntry, View, Views

if TYPE_CHECKING:
    from datetime import date

    from reporter.library import Library
    from reporter.records.meeting import Meeting


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
    """Whether all of its statement is here."""


class ComparisonReport(Report):
    """All that the comparison of two meetings prints."""

    bottom_line: str
    """In what the two meetings differ, as far as it can be told: 45 words at most."""
    differences: tuple[Difference, ...]
    same: tuple[Line, ...]
    """What is the same at both, in a line each."""
    untold: tuple[str, ...]
    """What cannot be told, and why."""
    changes: Changes
    earlier: Met
    later: Met
    months: int
    """Months between the two, to the nearest."""
    sides: tuple[SideTable, ...]
    """For other programs: who took part, body by body."""
    areas: tuple[AreaTable, ...]
    """For other programs: what was spoken of, subject by subject."""
    further: tuple[SourceEntry, ...]
    """The sources of these tables that the page does not cite."""


def comparison_heading(before: Meeting, meeting: Meeting) -> Heading:
    """Return what the comparison of two meetings is called, whichever of them is named first."""
    before, meeting = _in_order(before, meeting)
    return Heading(kind="comparison", number=before.number, other=meeting.number)


def comparison_report(context: Context, before: Meeting, meeting: Meeting) -> ComparisonReport:
    """Return the view of two meetings side by side in this context.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order. Raises ReporterError where one of the meetings was not held by then.
    """
    before, meeting = _in_order(before, meeting)
    _check_held(context, before, meeting)
    words, found = context.words, changes(context, before, meeting)
    met = _met(context, before), _met(context, meeting)
    alike = tuple(same(context, found, before, meeting))
    speaks, sources = context.speaks(), context.sources.entries()
    sides = tuple(side_table(context, side, before, meeting) for side in context.library.sides)
    told = tuple(bottom_line(found, sides, words))
    unclear = untold(found, words, all_of_it=not told)
    return ComparisonReport(
        id=comparison_id(before.number, meeting.number),
        heading=comparison_heading(before, meeting),
        masthead=context.masthead(comparison_heading(before, meeting)),
        bottom_line=brief((*told, unclear)) or words.say("cmp_no_difference"),
        differences=tuple(differences(found, words)),
        earlier=met[0],
        later=met[1],
        months=months_apart(before, meeting),
        same=alike,
        untold=tuple(filter(None, (unclear, *firsts_untold(sides, words)))),
        speaks=speaks,
        sources=sources,
        searched=context.sources.searched,
        changes=found,
        sides=tuple(side for side in sides if side.rows),
        areas=area_tables(context, before, meeting),
        further=context.sources.entries()[len(sources) :],
    )


def _in_order(before: Meeting, meeting: Meeting) -> tuple[Meeting, Meeting]:
    return (before, meeting) if before.number <= meeting.number else (meeting, before)


def _check_held(context: Context, *meetings: Meeting) -> None:
    problems = [
        Problem(
            None,
            f"meeting {meeting.number} was not held by {context.snapshot.day}",
            "compare meetings that were, or choose a later day",
        )
        for meeting in meetings
        if not context.snapshot.was_held(meeting)
    ]
    if problems:
        raise ReporterError(problems)


def _met(context: Context, meeting: Meeting) -> Met:
    place = None if isinstance(meeting.place, str) else meeting.place
    return Met(
        number=meeting.number,
        report=meeting_id(meeting.number),
        heading=Heading(
            kind="meeting",
            number=meeting.number,
            city=place.city if place else None,
            date=meeting.date,
        ),
        date=meeting.date,
        city=place.city if place else None,
        venue=context.labels(place.venue) if place and not isinstance(place.venue, str) else (),
        host=context.label(context.library.sides[place.host].name)
        if place and place.host
        else None,
        place_refs=context.sources.cite(place.source) if place else (),
        chairs=chairs(context, meeting),
        evidence=meeting.evidence,
        complete=meeting.statements.complete,
    )


def _subjects(_library: Library, arguments: tuple[int, ...], _day: date) -> tuple[str, ...]:
    """Return all meetings up to the later one: what is a first is told from all earlier lists."""
    return tuple(map(meeting_id, range(1, max(arguments) + 1)))


VIEWS = Views(
    ComparisonReport,
    lambda library, *two: comparison_heading(*map(library.meetings.__getitem__, two)),
    lambda context, *two: comparison_report(context, *map(context.library.meetings.get, two)),
    _subjects,
    lambda snapshot: pairwise(snapshot.held()),
)
