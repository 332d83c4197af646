"""The briefing before a meeting: what is owed, who came last time, what has happened since.

It knows nothing of the meeting itself but what was agreed or announced by the day.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.records.base import NOT_VERIFIED
from reporter.reports.agreed import Agreed, agreed, agreed_row, counts, state
from reporter.reports.attendance import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.desk import Desk
from reporter.reports.front import meeting_heading
from reporter.reports.parts import Count, Followed, Heading, Label, Line, Refs, Report, View
from reporter.reports.since import Happened, happened_since
from reporter.snapshot import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Statement


class NextMeeting(View):
    """What was agreed about the meeting ahead."""

    line: Agreed
    due: When | None
    due_words: str | None
    agreed_at: Heading


class Owed(View):
    """What is still owed or expected, and where it was said."""

    made: Heading
    report: str
    row: Followed


class Wording(View):
    """A set phrase as it was worded at a meeting."""

    name: Label
    words: str
    made: Heading
    refs: Refs


class Last(View):
    """The meeting before."""

    heading: Heading
    report: str
    complete: bool
    agreed: tuple[Agreed, ...]
    chairs: tuple[Chairs, ...]
    participants: tuple[SideList, ...]
    also_present: tuple[Chair, ...]


class UpcomingReport(Report):
    """All that the briefing before a meeting prints."""

    number: int
    ahead: NextMeeting | None
    announced: Line | None
    last: Last | None
    points: tuple[Line, ...]
    owed: tuple[Owed, ...]
    """Promises that are not done: overdue first, then those not checked, then by due date."""
    owed_counts: tuple[Count, ...]
    overdue: int
    unchecked: int
    expected: tuple[Owed, ...]
    since: tuple[Happened, ...]
    """What has happened since the meeting before, oldest first."""
    wording: tuple[Wording, ...]


def upcoming_heading(meeting: Meeting) -> Heading:
    """Return what the briefing before ``meeting`` is called; its day and place are not known yet."""
    return Heading(kind="upcoming", number=meeting.number)


def upcoming_report(library: Library, meeting: Meeting, day: date, *, asked: bool) -> UpcomingReport:
    """Return the view of the briefing before ``meeting``, as of a ``day`` before it.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    desk = Desk.on(library, day)
    held = [other for other in library.meetings.values() if other.number < meeting.number and desk.snapshot.was_held(other)]
    return UpcomingReport(
        id=meeting_id(meeting.number),
        heading=upcoming_heading(meeting),
        masthead=desk.masthead(),
        number=meeting.number,
        ahead=_ahead(desk, held[-1]) if held else None,
        announced=next(iter(desk.lines([meeting.announced])), None) if meeting.announced else None,
        last=_last(desk, held[-1]) if held else None,
        points=desk.lines(meeting.points),
        owed=(owed := _open(desk, held, promises=True)),
        owed_counts=counts(item.row for item in owed),
        overdue=sum(item.row.standing.overdue_since is not None for item in owed),
        unchecked=sum(bool(item.row.standing.not_checked_since or item.row.standing.not_checked_after) for item in owed),
        expected=_open(desk, held, promises=False),
        since=happened_since(desk, held[-1].date.last) if held else (),
        wording=tuple(_wordings(desk, held)),
        speaks=desk.speaks(asked=asked),
        sources=desk.sources.entries(),
    )


def _ahead(desk: Desk, last: Meeting) -> NextMeeting | None:
    if last.next == NOT_VERIFIED:
        return None
    statement = desk.library.statements[last.next].statement
    return NextMeeting(line=agreed_row(desk, statement), due=statement.due, due_words=statement.due_words, agreed_at=meeting_heading(last))


def _last(desk: Desk, last: Meeting) -> Last:
    return Last(
        heading=meeting_heading(last),
        report=meeting_id(last.number),
        complete=last.statements.complete,
        agreed=tuple(agreed_row(desk, statement) for statement in agreed(last) if statement.id != last.next),
        chairs=chairs(desk, last),
        participants=sides(desk, last),
        also_present=posts(desk, last.also_present),
    )


def _open(desk: Desk, held: list[Meeting], *, promises: bool) -> tuple[Owed, ...]:
    """Return what is not done yet, of all meetings held; the standing alone decides, so nothing is cited before it is sorted."""
    found = [Owned(statement, meeting) for meeting in held for statement in meeting.statements.items if _is(statement, promises=promises)]
    ahead = held[-1].next if held else None
    found = [owned for owned in found if owned.statement.id != ahead and state(desk, owned)[0] in UNFINISHED]
    found.sort(key=lambda owned: _urgency(desk, owned))
    return tuple(
        Owed(made=meeting_heading(owned.meeting), report=meeting_id(owned.meeting.number), row=desk.followed(owned))
        for owned in found
        if owned.meeting
    )


def _is(statement: Statement, *, promises: bool) -> bool:
    return statement.is_promise if promises else statement.is_expectation


def _urgency(desk: Desk, owned: Owned) -> tuple[bool, bool, date]:
    standing = desk.snapshot.standing(owned.statement, desk.made(owned))
    due = owned.statement.due
    unchecked = standing.not_checked_since or standing.not_checked_after
    return (standing.overdue_since is None, not unchecked, due.last if due else date.max)


def _wordings(desk: Desk, held: list[Meeting]) -> Iterator[Wording]:
    for phrase in desk.library.project.phrases:
        for meeting in held:
            for worded in (worded for worded in meeting.phrases if worded.phrase == phrase.id):
                yield Wording(
                    name=desk.label(phrase.name),
                    words=worded.words,
                    made=meeting_heading(meeting),
                    refs=desk.sources.cite(worded.source),
                )
