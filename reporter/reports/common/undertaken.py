"""Promises and expectations of all meetings and agreements as rows.

They say where each was made and taken up again, and where it stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from reporter.choice import agreement_id, meeting_id
from reporter.dates import When
from reporter.library.snapshot import UNFINISHED, StandingWord
from reporter.records.agreement import Agreement
from reporter.reports.agreement.view import agreement_heading
from reporter.reports.common.front import meeting_heading
from reporter.reports.common.promises import state
from reporter.reports.views import Followed, Heading, View

if TYPE_CHECKING:
    from collections.abc import Container

    from reporter.library import Owned
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context


LATE: frozenset[StandingWord] = frozenset({"missed", "slipped"})


class Made(View):
    """Where and when something was said."""

    report: str
    """Name of the files of the report on it."""
    heading: Heading
    """The meeting or agreement."""
    on: When | None
    """None where the day of signing is not verified."""


class LedgerRow(View):
    """A promise or an expectation, with all that the ledger says of it."""

    kind: Literal["promise", "expectation"]
    made: Made
    again: tuple[int, ...]
    """Numbers of the meetings held at which it was taken up again."""
    note: str
    """The same in words; nothing where there is none."""
    sides: tuple[str, ...]
    """Ids of the sides that owe it, or whose bodies do, in the order of the project."""
    row: Followed
    shown: bool = True
    """Whether the ledger's own page shows it: of very many, not those finished long ago."""


def ledger_rows(
    context: Context, only: Container[StandingWord] | None = None
) -> tuple[LedgerRow, ...]:
    """Return every promise made by the day, then every expectation, what is most urgent first.

    With ``only``, those that stand at one of these statuses.
    """
    made = [owned for owned in context.library.all_statements() if _is_among(context, owned, only)]
    made.sort(key=lambda owned: (not owned.statement.is_promise, *urgency(context, owned)))
    again = taken_up_again(context)
    return tuple(_row(context, owned, again.get(owned.statement.id or "", set())) for owned in made)


def made_at(context: Context, owner: Meeting | Agreement) -> Made:
    """Return the meeting or agreement at which something was said."""
    if isinstance(owner, Agreement):
        heading = agreement_heading(context.library, owner)
        return Made(report=agreement_id(owner.id), heading=heading, on=heading.date)
    return Made(report=meeting_id(owner.number), heading=meeting_heading(owner), on=owner.date)


def taken_up_again(context: Context) -> dict[str, set[str]]:
    """Return, by statement id, the ids of the meetings held at which it was taken up again.

    It was if evidence in its history is about that meeting, or if a statement of that meeting
    repeats it; what repeats a repetition repeats the first one too. It is not enough that a meeting
    speaks of the same subject.
    """
    library = context.library
    held = {
        meeting_id(meeting.number): meeting
        for meeting in library.meetings.values()
        if context.snapshot.was_held(meeting)
    }
    found = {
        name: set(_confirmed(context, owned, frozenset(held)))
        for name, owned in library.statements.items()
        if owned.statement.strength
    }
    for owned in library.all_statements():
        if owned.meeting and owned.statement.repeats and context.is_made(owned):
            for earlier in found.keys() & library.repeated(owned.statement):
                found[earlier].add(meeting_id(owned.meeting.number))
    return found


def _confirmed(context: Context, owned: Owned, held: frozenset[str]) -> frozenset[str]:
    """Return the meetings held that the evidence in the history of a statement is about."""

    def about(context: Context) -> frozenset[str]:
        entries = [
            entry
            for entry in context.snapshot.history(owned.statement.history)
            if entry.date and entry.source
        ]
        return held.intersection(
            name
            for entry in entries
            if not context.library.is_weak(entry.source or ())
            for name in entry.about
        )

    return context.settled(about)


def _is_made(context: Context, owned: Owned) -> bool:
    """Return whether it is a promise or an expectation, made by the day."""
    if owned.statement.strength is None:
        return False
    return context.is_made(owned)


def _is_among(context: Context, owned: Owned, only: Container[StandingWord] | None) -> bool:
    """Return whether it was made by the day and stands at one of these statuses."""
    if only is None:
        return _is_made(context, owned)
    is_among = context.settled(
        lambda found: _is_made(found, owned) and state(found, owned)[0] in only
    )
    return is_among and _is_made(context, owned)


def urgency(context: Context, owned: Owned) -> tuple[int, bool, date, bool, date]:
    """Order by what is late, open, done; what nobody checked; due date; meetings, agreements."""
    made, due = context.made(owned), owned.statement.due
    standing = context.snapshot.standing(owned.statement, made)
    unchecked = standing.not_checked_after or standing.not_checked_since
    when = (due.last if due else date.max, owned.meeting is None, made.last if made else date.max)
    is_late = standing.overdue_since is not None or standing.status in LATE
    rank = 0 if is_late else 1 if standing.status in UNFINISHED else 2
    return (rank, unchecked is None, *when)


def _row(context: Context, owned: Owned, again: set[str]) -> LedgerRow:
    owing = {
        name if name in context.library.sides else context.library.organisations[name].side
        for name in owned.statement.by
    }
    made = made_at(context, owned.owner)
    meetings = sorted(
        number
        for number in context.library.meetings
        if meeting_id(number) in again and meeting_id(number) != made.report
    )
    words = context.words
    told = words.list([str(number) for number in meetings])
    return LedgerRow(
        kind="promise" if owned.statement.is_promise else "expectation",
        made=made,
        again=tuple(meetings),
        note=words.say("ledger_again_at", n=len(meetings), meetings=told) if meetings else "",
        sides=tuple(side for side in context.library.sides if side in owing),
        row=context.followed(owned),
    )
