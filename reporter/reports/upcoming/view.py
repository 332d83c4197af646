"""The package before a meeting: what an office hands over to those who go there.

It has what is known of the meeting on the day, what our own side prepared for it, and what the
records say: what each side owes, what has happened since the last time, which words were agreed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import MeetingKey
from reporter.dates import UNDATED, When
from reporter.reports.common.context import Context
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.ledger_rows import LedgerRow
from reporter.reports.common.meeting_head import Venue, venue
from reporter.reports.common.meeting_names import as_heading, the
from reporter.reports.common.owed import OwedGroup, still_open
from reporter.reports.common.rows_shown import LeftOut
from reporter.reports.common.sentences import unread
from reporter.reports.upcoming.agreed_words import AgreedWords, agreed_words
from reporter.reports.upcoming.counterparts import (
    Attendance,
    CounterpartsOfSide,
    attendance,
    counterparts,
    delegations,
)
from reporter.reports.upcoming.cover import Cover, cover
from reporter.reports.upcoming.known import as_known, coming
from reporter.reports.upcoming.prepared import OwnPart, own_part
from reporter.reports.upcoming.since import Since, happened_since
from reporter.reports.views import Heading, Views

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.records.meeting import Meeting


class UpcomingReport(WithFurther):
    """All that the package before a meeting prints."""

    number: MeetingKey
    date: When | None
    """None where it is not known yet."""
    place: Venue | None
    before: MeetingKey | None
    """Number or id of the meeting before."""
    cover: Cover
    own: OwnPart
    counterparts: tuple[CounterpartsOfSide, ...]
    delegations: Attendance | None
    """Who is to take part, where that is known."""
    owed: tuple[OwedGroup, ...]
    """Promises that are not done, ours first; in each group what is most urgent first."""
    missed: tuple[LedgerRow, ...]
    """Promises that were missed."""
    expected: tuple[LedgerRow, ...]
    left_out: LeftOut | None
    """What of very many promises and expectations the page does not show."""
    unread: str
    """Which statements are here only in part, and may hold others."""
    since: Since | None
    """None before the first meeting."""
    since_heading: str
    wording: tuple[AgreedWords, ...]
    came_last: Attendance | None
    """Who came last time, where it is not known who comes this time."""


def upcoming_heading(known: Meeting) -> Heading:
    """Return the title of the package for a meeting, of which its record is as known on the day."""
    return as_heading(known, "upcoming")


@printed_first()
def upcoming_report(context: Context, meeting: Meeting) -> UpcomingReport:
    """Return the view of the package for ``meeting``, as of a day before it.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order. Raises ReporterError where nobody could know of it on the day.
    """
    if not _is_there(context.afresh().snapshot, (meeting.key,)):
        first = _before(context.library, meeting)
        raise context.unknown(meeting.id, first.date if first else None)
    known = as_known(context.snapshot, meeting)
    snapshot = context.afresh().snapshot
    before = [one for one in context.library.earlier(meeting) if snapshot.took_place(one)]
    last = before[-1] if before else None
    front = cover(context, known, last, still_open(context.afresh()))
    met = counterparts(context, known)
    come = delegations(context, known)
    left = still_open(context, last.next if last else None)
    return UpcomingReport(
        id=meeting.report,
        heading=upcoming_heading(known),
        masthead=context.masthead(upcoming_heading(known)),
        number=meeting.key,
        date=None if known.date == UNDATED else known.date,
        place=venue(context, known),
        before=last.key if last else None,
        cover=front,
        own=own_part(context, known),
        counterparts=met,
        delegations=come,
        owed=left.owed,
        missed=left.missed,
        expected=left.expected,
        left_out=left.left_out,
        unread=unread(snapshot, before, context.words),
        since=happened_since(context, last.date.last) if last else None,
        since_heading=_since_heading(context, last),
        wording=agreed_words(context, before),
        came_last=None if met or come or last is None else attendance(context, last),
        corrections=context.corrections(meeting.report, about=(meeting.id,)),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _is_there(snapshot: Snapshot, arguments: tuple[MeetingKey]) -> bool:
    """Return whether a meeting is the next one, or anything is told of it."""
    (key,) = arguments
    meeting = snapshot.library.meetings[key]
    if snapshot.is_called_off(meeting):
        return False
    last = _before(snapshot.library, meeting)
    is_next = last is None or last.date == UNDATED or last.is_over(snapshot.day)
    return is_next or key in coming(snapshot)


def _before(library: Library, meeting: Meeting) -> Meeting | None:
    earlier = library.earlier(meeting)
    return earlier[-1] if earlier else None


def _since_heading(context: Context, last: Meeting | None) -> str:
    words = context.words
    return words.say("since_the_meeting", meeting=the(last, words)) if last else ""


VIEWS = Views(
    UpcomingReport,
    lambda snapshot, number: upcoming_heading(
        as_known(snapshot, snapshot.library.meetings[number])
    ),
    lambda context, number: upcoming_report(context, context.library.meetings[number]),
    every=lambda snapshot: ((number,) for number in coming(snapshot)),
    there=_is_there,
)
