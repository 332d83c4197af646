"""The package before a meeting: what an office hands over to those who go there.

It has what is known of the meeting on the day, what our own side prepared for it, and what the
records say: what each side owes, what has happened since the last time, which words were agreed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.dates import UNDATED, When
from reporter.reports.common.absent import absent
from reporter.reports.common.context import Context
from reporter.reports.common.front import Venue, venue
from reporter.reports.common.gap import held
from reporter.reports.common.sentences import numbers
from reporter.reports.common.undertaken import LedgerRow
from reporter.reports.upcoming.counterparts import (
    Attendance,
    CounterpartsOfSide,
    attendance,
    counterparts,
    delegations,
)
from reporter.reports.upcoming.cover import Cover, cover
from reporter.reports.upcoming.known import as_known, coming
from reporter.reports.upcoming.owed import OwedGroup, still_open
from reporter.reports.upcoming.prepared import OwnPart, own_part
from reporter.reports.upcoming.since import Since, happened_since
from reporter.reports.upcoming.wording import AgreedWords, agreed_words
from reporter.reports.views import Heading, Report, Views

if TYPE_CHECKING:
    from reporter.records.meeting import Meeting


class UpcomingReport(Report):
    """All that the package before a meeting prints."""

    number: int
    date: When | None
    """None where it is not known yet."""
    place: Venue | None
    before: int | None
    """Number of the meeting before."""
    cover: Cover
    own: OwnPart
    counterparts: tuple[CounterpartsOfSide, ...]
    delegations: Attendance | None
    """Who is to take part, where that is known."""
    owed: tuple[OwedGroup, ...]
    """Promises that are not done, ours first; in each group what is most urgent first."""
    expected: tuple[LedgerRow, ...]
    unread: str
    """Which statements are here only in part, and may hold others."""
    since: Since | None
    """None before the first meeting."""
    since_heading: str
    wording: tuple[AgreedWords, ...]
    came_last: Attendance | None
    """Who came last time, where it is not known who comes this time."""


def upcoming_heading(meeting: Meeting) -> Heading:
    """Return the title of the package for ``meeting``; its day and place may not be known yet."""
    return Heading(kind="upcoming", number=meeting.number)


def upcoming_report(context: Context, meeting: Meeting) -> UpcomingReport:
    """Return the view of the package for ``meeting``, as of a day before it.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order. Raises ReporterError where nobody could know of it on the day.
    """
    _check_known(context, meeting)
    known = as_known(context.snapshot, meeting)
    before = [other for other in held(context) if other.number < meeting.number]
    last = before[-1] if before else None
    front = cover(context, known, last, still_open(context.afresh()).owed)
    met = counterparts(context, known)
    come = delegations(context, known)
    left = still_open(context, last.next if last else None)
    return UpcomingReport(
        id=meeting_id(meeting.number),
        heading=upcoming_heading(meeting),
        masthead=context.masthead(upcoming_heading(meeting)),
        number=meeting.number,
        date=None if known.date == UNDATED else known.date,
        place=venue(context, known),
        before=last.number if last else None,
        cover=front,
        own=own_part(context, known),
        counterparts=met,
        delegations=come,
        owed=left.owed,
        expected=left.expected,
        unread=_unread(context, before),
        since=happened_since(context, last.date.last) if last else None,
        since_heading=_since_heading(context, last),
        wording=agreed_words(context, before),
        came_last=None if met or come or last is None else attendance(context, last),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _check_known(context: Context, meeting: Meeting) -> None:
    """Refuse a meeting of which nothing is told yet and which is not the next one."""
    apart = context.afresh()
    earlier = [
        other for other in context.library.meetings.values() if other.number < meeting.number
    ]
    day = context.snapshot.day
    is_next = not earlier or earlier[-1].date == UNDATED or earlier[-1].date.known_on(day)
    if not is_next and meeting.number not in coming(apart.snapshot):
        raise absent(meeting_id(meeting.number), day, earlier[-1].date)


def _since_heading(context: Context, last: Meeting | None) -> str:
    words = context.words
    return words.say("since_meeting", ordinal=words.ordinal(last.number)) if last else ""


def _unread(context: Context, before: list[Meeting]) -> str:
    """Return which statements may hold other promises."""
    found = [meeting.number for meeting in before if not meeting.statements.complete]
    if not found:
        return ""
    told = numbers(found, context.words)
    return context.words.say("ledger_unread", n=len(found), meetings=told)


VIEWS = Views(
    UpcomingReport,
    lambda library, number: upcoming_heading(library.meetings[number]),
    lambda context, number: upcoming_report(context, context.library.meetings[number]),
    every=lambda snapshot: ((number,) for number in coming(snapshot)),
)
