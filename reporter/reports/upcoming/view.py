"""The briefing before a meeting: what is owed, who came last time, what has happened since.

It knows nothing of the meeting itself but what was agreed or announced by the day.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.library.snapshot import UNFINISHED
from reporter.records.base import NOT_VERIFIED
from reporter.records.brevity import cut
from reporter.records.meeting import MOST_ITEMS, WORDS_OF_A_POINT
from reporter.reports.common import written
from reporter.reports.common.context import Context
from reporter.reports.common.front import meeting_heading
from reporter.reports.common.participants import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.common.promises import (
    Agreed,
    agreed,
    agreed_row,
    counts,
    shortened,
    state,
)
from reporter.reports.common.undertaken import urgency
from reporter.reports.upcoming.since import Happened, happened_since
from reporter.reports.views import Count, Followed, Heading, Label, Line, Refs, Report, View, Views

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.records.meeting import Meeting, Phrase
    from reporter.records.register import SetPhrase
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
    """Six at most."""
    agreed_more: tuple[str, ...]
    """What page one says of further ones: of those, and of one, two more that it leaves out."""
    chairs: tuple[Chairs, ...]
    participants: tuple[SideList, ...]
    also_present: tuple[Chair, ...]


class UpcomingReport(Report):
    """All that the briefing before a meeting prints."""

    number: int
    ahead: NextMeeting | None
    announced: Line | None
    last: Last | None
    bottom_line: Line | None
    """As a person wrote it; None where it is composed."""
    points: tuple[Agreed, ...]
    """As a person wrote them."""
    owed: tuple[Owed, ...]
    """Promises that are not done: overdue first, then those not checked, then by due date."""
    owed_counts: tuple[Count, ...]
    overdue: int
    unchecked: int
    expected: tuple[Owed, ...]
    since: tuple[Happened, ...]
    """What has happened since the meeting before, oldest first."""
    wording: tuple[Wording, ...]
    """The newest of each phrase."""
    wording_more: tuple[str, ...]
    """As for what was agreed."""


def upcoming_heading(meeting: Meeting) -> Heading:
    """Return the title of the briefing before ``meeting``; its day and place are not known yet."""
    return Heading(kind="upcoming", number=meeting.number)


def upcoming_report(context: Context, meeting: Meeting) -> UpcomingReport:
    """Return the view of the briefing before ``meeting``, as of a ``day`` before it.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order.
    """
    library = context.library
    held = _held(context, meeting)
    worded = _worded(library, held)
    return UpcomingReport(
        id=meeting_id(meeting.number),
        heading=upcoming_heading(meeting),
        masthead=context.masthead(upcoming_heading(meeting)),
        number=meeting.number,
        bottom_line=written.bottom_line(context, meeting, ahead=True),
        points=written.points(context, meeting.points, None),
        ahead=_ahead(context, held[-1]) if held else None,
        announced=_announced(context, meeting),
        last=_last(context, held[-1]) if held else None,
        owed=(owed := _open(context, held, promises=True)),
        owed_counts=counts(item.row for item in owed),
        overdue=sum(item.row.standing.overdue_since is not None for item in owed),
        unchecked=sum(
            bool(item.row.standing.not_checked_since or item.row.standing.not_checked_after)
            for item in owed
        ),
        expected=_open(context, held, promises=False),
        since=happened_since(context, held[-1].date.last) if held else (),
        wording=tuple(_wording(context, *item) for item in worded),
        wording_more=_more(context, 0, len(worded)),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _held(context: Context, meeting: Meeting) -> list[Meeting]:
    return [
        other
        for other in context.library.meetings.values()
        if other.number < meeting.number and context.snapshot.was_held(other)
    ]


def _announced(context: Context, meeting: Meeting) -> Line | None:
    line = next(iter(context.lines([meeting.announced])), None) if meeting.announced else None
    return line and line.model_copy(update={"text": cut(line.text, WORDS_OF_A_POINT)})


def _ahead(context: Context, last: Meeting) -> NextMeeting | None:
    if last.next == NOT_VERIFIED:
        return None
    owned = context.library.statements[last.next]
    if not context.is_made(owned):
        return None
    statement = owned.statement
    return NextMeeting(
        line=shortened(agreed_row(context, statement)),
        due=statement.due,
        due_words=statement.due_words,
        agreed_at=meeting_heading(last),
    )


def _last(context: Context, last: Meeting) -> Last:
    made = [statement for statement in agreed(context, last) if statement.id != last.next]
    return Last(
        heading=meeting_heading(last),
        report=meeting_id(last.number),
        complete=last.statements.complete,
        agreed=tuple(shortened(agreed_row(context, item)) for item in made[:MOST_ITEMS]),
        agreed_more=_more(context, max(0, len(made) - MOST_ITEMS), min(len(made), MOST_ITEMS)),
        chairs=chairs(context, last),
        participants=sides(context, last),
        also_present=posts(context, last.also_present),
    )


def _open(context: Context, held: list[Meeting], *, promises: bool) -> tuple[Owed, ...]:
    """Return what is not done yet, of all meetings held.

    Only the standing decides, so nothing is cited before it is sorted.
    """
    found = [
        Owned(statement, meeting)
        for meeting in held
        for statement in context.said(meeting)
        if _is(statement, promises=promises)
    ]
    ahead = held[-1].next if held else None
    found = [
        owned
        for owned in found
        if owned.statement.id != ahead and state(context, owned)[0] in UNFINISHED
    ]
    found.sort(key=lambda owned: urgency(context, owned))
    return tuple(
        Owed(
            made=meeting_heading(owned.meeting),
            report=meeting_id(owned.meeting.number),
            row=context.followed(owned),
        )
        for owned in found
        if owned.meeting
    )


def _is(statement: Statement, *, promises: bool) -> bool:
    return statement.is_promise if promises else statement.is_expectation


def _more(context: Context, further: int, shown: int) -> tuple[str, ...]:
    """Return what is said of further ones: of those, and of one, two more that are left out."""
    numbers = range(further, further + shown + 1)
    return tuple(context.words.say("more", n=number) if number else "" for number in numbers)


def _worded(library: Library, held: list[Meeting]) -> list[tuple[SetPhrase, Meeting, Phrase]]:
    """Return the wordings of set phrases, oldest first; of many the newest of each phrase."""
    found = [
        (phrase, meeting, worded)
        for phrase in library.project.phrases
        for meeting in held
        for worded in meeting.phrases
        if worded.phrase == phrase.id
    ]
    newest = {phrase.id: (phrase, meeting, worded) for phrase, meeting, worded in found}
    return found if len(found) <= MOST_ITEMS else list(newest.values())


def _wording(context: Context, phrase: SetPhrase, meeting: Meeting, worded: Phrase) -> Wording:
    return Wording(
        name=context.label(phrase.name),
        words=worded.words,
        made=meeting_heading(meeting),
        refs=context.sources.cite(worded.source),
    )


VIEWS = Views(
    UpcomingReport,
    lambda library, number: upcoming_heading(library.meetings[number]),
    lambda context, number: upcoming_report(context, context.library.meetings[number]),
)
