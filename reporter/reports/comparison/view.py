"""Two meetings side by side: what changed, who took part, what was discussed and promised."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.choice import MeetingKey, comparison_id
from reporter.dates import When
from reporter.problems import Problem, ReporterError
from reporter.reports.common.changes import Changes, changes
from reporter.reports.common.context import Context
from reporter.reports.common.further_sources import WithFurther
from reporter.reports.common.gap import up_to
from reporter.reports.common.meeting_head import called_off
from reporter.reports.common.meeting_names import (
    as_heading,
    date_of,
    has_ordinal,
    mentioned,
    place_of,
)
from reporter.reports.common.meetings_table import months_apart, told_months
from reporter.reports.common.participants import Chairs, are_chaired_alone, chairs, way_of_all
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
from reporter.reports.meeting.knowledge import read_of
from reporter.reports.views import Heading, Label, Line, Refs, View, Views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.meeting import Meeting


class Met(View):
    """One of the two meetings."""

    number: MeetingKey
    called: str = Field(exclude=True)
    """``meeting 8``."""
    report: str
    """Id of its own report."""
    heading: Heading
    date: When
    when: str = Field(exclude=True)
    """Its date in words, with what of it is our inference."""
    city: str | None
    venue: tuple[Label, ...]
    host: Label | None
    place_refs: Refs
    chairs: tuple[Chairs, ...]
    evidence: str
    read: str = Field(exclude=True)
    """How much of its document was read, or that none is on record."""
    complete: bool
    """Whether all of its statement is here."""


class ComparisonReport(WithFurther):
    """All that the comparison of two meetings prints."""

    bottom_line: str
    """In what the two meetings differ, as far as it can be told: 45 words at most."""
    differences: tuple[Difference, ...]
    same: tuple[Line, ...]
    """What is the same at both, in a line each."""
    untold: tuple[str, ...]
    """What cannot be told, and why, as far as the bottom line does not say it."""
    chairs_alone: bool = Field(exclude=True)
    """Whether each of the two had one chair, of those that had any."""
    chairing: str = Field(exclude=True)
    """How those are called who chaired or led."""
    changes: Changes
    earlier: Met
    later: Met
    months: int
    """Months between the two, to the nearest."""
    later_by: str = Field(exclude=True)
    """The same as it is printed: ``13 months later``."""
    sides: tuple[SideTable, ...]
    """For other programs: who took part, body by body."""
    areas: tuple[AreaTable, ...]
    """For other programs: what was spoken of, subject by subject."""


def comparison_heading(library: Library, before: Meeting, meeting: Meeting) -> Heading:
    """Return what the comparison of two meetings is called, whichever of them is named first."""
    before, meeting = _in_order(library, before, meeting)
    if has_ordinal(before) and has_ordinal(meeting):
        return Heading(kind="comparison", number=before.number, other=meeting.number)
    return Heading(kind="comparison", pair=(as_heading(before), as_heading(meeting)))


def comparison_report(context: Context, before: Meeting, meeting: Meeting) -> ComparisonReport:
    """Return the view of two meetings side by side in this context.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order. Raises ReporterError where one of the meetings was not held by then.
    """
    before, meeting = _in_order(context.library, before, meeting)
    _check_held(context, before, meeting)
    words, found = context.words, changes(context, before, meeting)
    met = _met(context, before), _met(context, meeting)
    alike = tuple(same(context, found, before, meeting))
    mended = context.corrections(comparison_id(before.key, meeting.key, meeting.series))
    speaks, sources = context.speaks(), context.sources.entries()
    sides = tuple(side_table(context, side, before, meeting) for side in context.library.sides)
    told = tuple(bottom_line(found, sides, words))
    unclear = untold(context.library, found, words, all_of_it=not told)
    bottom = brief((*told, *unclear))
    return ComparisonReport(
        id=comparison_id(before.key, meeting.key, meeting.series),
        heading=comparison_heading(context.library, before, meeting),
        masthead=context.masthead(comparison_heading(context.library, before, meeting)),
        bottom_line=bottom or words.say("cmp_no_difference"),
        differences=tuple(differences(context.library, found, words)),
        earlier=met[0],
        later=met[1],
        months=months_apart(before, meeting),
        later_by=told_months(before, meeting, words, later=True),
        same=alike,
        untold=(
            *(one for one in unclear if one not in bottom),
            *firsts_untold(context.library, sides, words),
        ),
        corrections=mended,
        speaks=speaks,
        sources=sources,
        searched=context.sources.searched,
        chairs_alone=are_chaired_alone(context.library, (before, meeting)),
        chairing=words.say(f"cmp_{way_of_all(context.library, (before, meeting))}"),
        changes=found,
        sides=tuple(side for side in sides if side.rows),
        areas=area_tables(context, before, meeting),
        further=context.sources.entries()[len(sources) :],
    )


def _in_order(library: Library, before: Meeting, meeting: Meeting) -> tuple[Meeting, Meeting]:
    places = library.part(meeting.series).places
    is_before = places.get(before.id, len(places)) < places[meeting.id]
    return (before, meeting) if is_before else (meeting, before)


def _check_held(context: Context, *meetings: Meeting) -> None:
    problems = [
        _not_held(context.snapshot, meeting)
        for meeting in meetings
        if not context.snapshot.took_place(meeting)
    ]
    if problems:
        raise ReporterError(problems)


def _not_held(snapshot: Snapshot, meeting: Meeting) -> Problem:
    if snapshot.was_held(meeting):
        message = f"whether meeting {meeting.key} was held is not on record"
        return Problem(None, message, "its 'evidence' says that it was only announced")
    message = f"meeting {meeting.key} was not held by {snapshot.day}"
    return Problem(None, message, "compare meetings that were, or choose a later day")


def _met(context: Context, meeting: Meeting) -> Met:
    place = meeting.known_place
    return Met(
        number=meeting.key,
        called=mentioned([meeting], context.words),
        report=meeting.report,
        heading=as_heading(meeting),
        date=meeting.date,
        when=date_of(meeting, context.words),
        city=place_of(meeting, context.words),
        venue=context.labels(place.known_venue) if place and place.known_venue else (),
        host=context.in_full(place.host) if place and place.host else None,
        place_refs=context.sources.cite(place.source) if place else (),
        chairs=chairs(context, meeting),
        evidence=meeting.evidence,
        read=read_of(context, meeting) or context.words.say("no_document"),
        complete=meeting.statements.complete,
    )


def _known(snapshot: Snapshot) -> tuple[Meeting, ...]:
    """Return the meetings known to have been held, in order."""
    return tuple(filter(snapshot.took_place, snapshot.held()))


def _neighbours(snapshot: Snapshot) -> Iterator[tuple[MeetingKey, MeetingKey]]:
    """Yield each two meetings of a kind that follow each other, where that can be told."""
    held = () if snapshot.library.project.only_some else _known(snapshot)
    for kind in dict.fromkeys(meeting.kind for meeting in held):
        yield from pairwise(meeting.key for meeting in held if meeting.kind == kind)


def _records(library: Library, arguments: tuple[MeetingKey, ...], _day: date) -> tuple[str, ...]:
    """Return all meetings up to the later one: what is a first is told from all earlier lists."""
    return up_to(library, *arguments)


VIEWS = Views(
    ComparisonReport,
    lambda snapshot, *two: comparison_heading(
        snapshot.library, *map(snapshot.library.meetings.__getitem__, two)
    ),
    lambda context, *two: comparison_report(context, *map(context.library.meetings.get, two)),
    _records,
    _neighbours,
    there=lambda snapshot, two: {*two} <= {one.key for one in _known(snapshot)},
    refused=called_off,
)
