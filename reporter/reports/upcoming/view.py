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
from reporter.records.meeting import WORDS_OF_A_POINT
from reporter.reports.common import written
from reporter.reports.common.context import Context
from reporter.reports.common.front import meeting_heading
from reporter.reports.common.heights import (
    A_DATE,
    SOME,
    Fact,
    Top,
    bottom_lines,
    heading_text,
    subject,
)
from reporter.reports.common.page_one import ALL, Ahead, AheadFit, page_one_ahead, shortened
from reporter.reports.common.participants import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.common.promises import Agreed, agreed, agreed_row, counts, state
from reporter.reports.common.undertaken import urgency
from reporter.reports.upcoming.since import Happened, happened_since
from reporter.reports.views import Count, Followed, Heading, Label, Line, Refs, Report, View, Views

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.records.meeting import Meeting, Phrase
    from reporter.records.register import SetPhrase
    from reporter.records.statements import Statement

UNCHECKED = "twelve have not been checked for nine months"


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
    """As many as page one has room for."""
    agreed_more: int
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
    fit: AheadFit
    """How much of the rest page one has room for."""
    owed: tuple[Owed, ...]
    """Promises that are not done: overdue first, then those not checked, then by due date."""
    owed_counts: tuple[Count, ...]
    overdue: int
    unchecked: int
    expected: tuple[Owed, ...]
    since: tuple[Happened, ...]
    """What has happened since the meeting before, oldest first."""
    wording: tuple[Wording, ...]
    """As many as page one has room for."""
    wording_more: int


def upcoming_heading(meeting: Meeting) -> Heading:
    """Return what the briefing before ``meeting`` is called; its day and place are not known yet."""
    return Heading(kind="upcoming", number=meeting.number)


def upcoming_report(context: Context, meeting: Meeting) -> UpcomingReport:
    """Return the view of the briefing before ``meeting``, as of a ``day`` before it.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    library = context.library
    held = _held(context, meeting)
    fit = page_one_ahead(_parts(context.afresh(), held, meeting), library.project.paper)
    worded = _worded(library, held, fit.wording)
    return UpcomingReport(
        id=meeting_id(meeting.number),
        heading=upcoming_heading(meeting),
        masthead=context.masthead(upcoming_heading(meeting)),
        number=meeting.number,
        fit=fit,
        bottom_line=written.bottom_line(context, meeting, ahead=True),
        points=written.points(context, meeting.points, None),
        ahead=_ahead(context, held[-1]) if held else None,
        announced=_announced(context, meeting),
        last=_last(context, held[-1], fit) if held else None,
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
        wording_more=len(_worded(library, held, ALL)) - len(worded),
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


def _parts(context: Context, held: list[Meeting], meeting: Meeting) -> Ahead:
    """Return what is to find room on page one."""
    first = written.bottom_line(context, meeting, ahead=True)
    ahead, announced = _ahead(context, held[-1]) if held else None, _announced(context, meeting)
    owed = _open(context, held, promises=True)
    agreed_ahead = (
        f"{subject(ahead.line.who)} {ahead.line.verb} {ahead.line.text} ({heading_text(ahead.agreed_at)})."
        if ahead
        else "Nothing is verified."
    )
    still_open = (
        f"Twelve promises of earlier meetings are still open; twelve are overdue; {UNCHECKED}."
    )
    due = f"As agreed: {ahead.due_words or A_DATE}" if ahead else "not verified"
    facts = [Fact(((announced.text, announced.refs),) if announced else ((due, SOME),))]
    facts += [Fact(((heading_text(meeting_heading(held[-1])), ()),))] if held else []
    last = _last(context, held[-1], AheadFit(agreed=ALL)) if held else None
    return Ahead(
        top=Top(
            context.masthead(upcoming_heading(meeting)),
            "Eleventh meeting, upcoming",
            (),
            bottom_lines([first.text if first else agreed_ahead], still_open),
        ),
        points=written.points(context, meeting.points, None),
        agreed=last.agreed if last else (),
        wording=[
            (
                f"{context.label(phrase.name).text}, {heading_text(meeting_heading(made))}",
                f"'{words.words}'",
            )
            for phrase, made, words in _worded(context.library, held, ALL)
        ],
        facts=facts,
        chairs=last.chairs if last else (),
        tally=counts(item.row for item in owed),
    )


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


def _last(context: Context, last: Meeting, fit: AheadFit) -> Last:
    made = [statement for statement in agreed(context, last) if statement.id != last.next]
    return Last(
        heading=meeting_heading(last),
        report=meeting_id(last.number),
        complete=last.statements.complete,
        agreed=tuple(shortened(agreed_row(context, statement)) for statement in made[: fit.agreed]),
        agreed_more=max(0, len(made) - fit.agreed),
        chairs=chairs(context, last),
        participants=sides(context, last),
        also_present=posts(context, last.also_present),
    )


def _open(context: Context, held: list[Meeting], *, promises: bool) -> tuple[Owed, ...]:
    """Return what is not done yet, of all meetings held; the standing alone decides, so nothing is cited before it is sorted."""
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


def _worded(
    library: Library, held: list[Meeting], most: int
) -> list[tuple[SetPhrase, Meeting, Phrase]]:
    """Return the wordings of set phrases, oldest first; where there are more than ``most``, the newest of each phrase."""
    found = [
        (phrase, meeting, worded)
        for phrase in library.project.phrases
        for meeting in held
        for worded in meeting.phrases
        if worded.phrase == phrase.id
    ]
    return (
        found
        if len(found) <= most
        else list(
            {phrase.id: (phrase, meeting, worded) for phrase, meeting, worded in found}.values()
        )[:most]
    )


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
