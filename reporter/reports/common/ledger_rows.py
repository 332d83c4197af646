"""Promises and expectations of all meetings and agreements as rows.

They say where each was made and taken up again, and where it stands.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from reporter.choice import agreement_id
from reporter.dates import When
from reporter.library.snapshot import UNFINISHED, WORST_FIRST, StandingWord
from reporter.records.agreement import Agreement
from reporter.reports.agreement.view import agreement_heading
from reporter.reports.common.context import settled
from reporter.reports.common.gap import next_was_held
from reporter.reports.common.meeting_head import meeting_heading
from reporter.reports.common.owners import named
from reporter.reports.common.rows_shown import heard_last, year_of
from reporter.reports.common.sentences import told_meetings
from reporter.reports.views import Anchored, Followed, Heading, View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from reporter.library import Library, Owned
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context


StatementKind = Literal["promise", "expectation"]
MatterOwned = tuple["Owned", tuple["Owned", ...]]
"""A promise or an expectation, and the other places at which it stands."""
LATE: frozenset[StandingWord] = frozenset({"missed", "slipped"})


class Made(View):
    """Where and when something was said."""

    report: str
    """Name of the files of the report on it."""
    heading: Heading
    """The meeting or agreement."""
    on: When | None
    """None where the day of signing is not verified."""


class Elsewhere(Anchored):
    """Another place at which the same was said."""

    kind: StatementKind
    made: Made


class LedgerRow(View):
    """A promise or an expectation, with all that the ledger says of it."""

    kind: StatementKind
    made: Made
    also: tuple[Elsewhere, ...] = ()
    """Where the same stands, too; it counts once."""
    again: tuple[int | str, ...]
    """Numbers of the meetings held at which it was taken up again; ids where they are of several
    series."""
    note: str
    """The same in words; nothing where there is none."""
    sides: tuple[str, ...]
    """Ids of the sides that owe it, or whose bodies do, in the order of the project."""
    officer: str | None = None
    """Who follows it up in our house; never in the public edition."""
    row: Followed
    same_news: Anchored | None = Field(default=None, exclude=True)
    """The first row above it whose newest evidence is the same."""
    own: str = ""
    """Where those stand who are asked for, where owners differ."""
    shown: bool = True
    """Whether the page shows it: of very many, not those finished long ago."""

    @property
    def needs_action(self) -> bool:
        """Whether it is not done, or late."""
        return is_late(self) or self.row.standing.status in UNFINISHED

    @property
    def last_heard(self) -> date:
        """When anything was heard of it last; else when it was made."""
        evidence = self.row.evidence
        return heard_last(evidence.date if evidence else None, self.made.on)

    @property
    def year(self) -> str:
        """The year in which it was made, as the name of its page has it."""
        return year_of(self.made.on)


def ledger_rows(
    context: Context,
    concerns: Callable[[Owned], bool] | None = None,
    *,
    unfinished: bool = False,
    missed: bool = False,
) -> tuple[LedgerRow, ...]:
    """Return every promise made by the day, then every expectation, what is most urgent first.

    What is the same at several places is one row. With ``unfinished``, those that are not done, by
    one of their owners at least, and with ``missed`` promises that were missed, too; with
    ``concerns``, those of which it holds at one of their places.
    """
    chosen = _concerned(context.library, concerns)
    made = [
        owned
        for owned in chosen
        if (_is_left(context, owned, missed) if unfinished else _is_made(context, owned))
    ]
    again = taken_up_again(context, None if concerns is None else made)
    return _rows(context, matters(context, made), again)


def matters(context: Context, made: Iterable[Owned]) -> list[MatterOwned]:
    """Return each matter once, what is most urgent first, with the other places of it."""
    order = sorted(
        made, key=lambda owned: (not owned.statement.is_promise, *urgency(context, owned))
    )
    return context.library.once_each(order)


def rows_of(
    context: Context, keeps: Callable[[Context, MatterOwned], bool]
) -> tuple[LedgerRow, ...]:
    """Return the rows of the ledger that are kept, in its order.

    Of the others nothing is cited, and no day of theirs counts.
    """
    kept = [matter for matter in all_matters(context.afresh()) if keeps(context, matter)]
    for first, others in kept:  # their days count
        for owned in (first, *others):
            _is_made(context, owned)
            urgency(context, owned)
    return rows_for(context, kept)


def all_matters(context: Context) -> list[MatterOwned]:
    """Return every promise made by the day, then every expectation, what is most urgent first."""
    every = context.library.all_statements
    return matters(context, [owned for owned in every if _is_made(context, owned)])


def rows_for(context: Context, found: Collection[MatterOwned]) -> tuple[LedgerRow, ...]:
    """Return the rows of some matters, in their order."""
    places = [owned for first, others in found for owned in (first, *others)]
    return _rows(context, found, taken_up_again(context, places))


def with_own(
    context: Context, rows: Iterable[LedgerRow], owners: Collection[str]
) -> tuple[LedgerRow, ...]:
    """Return rows that say where these owners stand, where those who owe it stand differently."""
    told = ((row, named(context, row.row.standing, owners)) for row in rows)
    return tuple(row.model_copy(update={"own": own}) if own else row for row, own in told)


def told_once(rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return the rows of a page; those with the news of a row above say which one that is."""
    first: dict[tuple[When | None, str], Anchored] = {}
    told = []
    for item in rows:
        found = None if item.row.checked or not item.shown else item.row.evidence
        key = (found.date, found.text) if found else None
        if key and key in first:
            told.append(item.model_copy(update={"same_news": first[key]}))
        else:
            told.append(item)
            first |= {key: Anchored(id=item.row.id)} if key else {}
    return tuple(told)


@settled
def number_of_rows(context: Context) -> int:
    """Return how many rows the whole ledger has on the day."""
    every = context.library.all_statements
    return len(context.library.once_each(one for one in every if _is_made(context, one)))


def _rows(
    context: Context, found: Iterable[MatterOwned], again: dict[str, set[str]]
) -> tuple[LedgerRow, ...]:
    rows: list[LedgerRow] = []
    parts: dict[str | None, Context] = {}
    for owned, others in found:
        names = {one.statement.id or "" for one in (owned, *others)}
        meetings = {name for one in names for name in again.get(one, ())}
        series = owned.meeting.series if owned.meeting else None
        here = parts.get(series) or parts.setdefault(series, context.at(owned.owner))
        rows.append(_row(context, here, owned, others, meetings))
    return tuple(rows)


def _concerned(library: Library, concerns: Callable[[Owned], bool] | None) -> list[Owned]:
    """Return all statements, or those that concern somebody here or where the same one stands."""
    every = list(library.all_statements)
    if concerns is None:
        return every
    found = {owned.statement.id or "" for owned in every if concerns(owned)}
    matters = {library.matters[name] for name in found if name in library.matters}
    return [
        owned
        for owned in every
        if (name := owned.statement.id or "") in found or library.matters.get(name) in matters
    ]


def made_at(context: Context, owner: Meeting | Agreement) -> Made:
    """Return the meeting or agreement at which something was said."""
    library = context.library
    return library.once(("made", owner.id), lambda: _made_at(library, owner))


def _made_at(library: Library, owner: Meeting | Agreement) -> Made:
    if isinstance(owner, Agreement):
        heading = agreement_heading(library, owner)
        return Made(report=agreement_id(owner.id), heading=heading, on=heading.date)
    return Made(report=owner.report, heading=meeting_heading(library, owner), on=owner.date)


def taken_up_again(context: Context, among: Iterable[Owned] | None = None) -> dict[str, set[str]]:
    """Return, by statement id, the ids of the meetings held at which it was taken up again.

    It was if evidence in its history that does not meet it is about that meeting, or if a statement
    of that meeting repeats it; what repeats a repetition repeats the first one too. It is not
    enough that a meeting speaks of the same subject. With ``among``, only these statements are
    looked at.
    """
    library = context.library
    held = frozenset(
        meeting.id for meeting in library.every_meeting if context.snapshot.was_held(meeting)
    )
    found = {
        name: set(_confirmed(context, owned, held))
        for name, owned in _named(library, among).items()
        if owned.statement.strength
    }
    for owned in library.all_statements:
        if owned.meeting and owned.statement.repeats and context.was_said(owned):
            for earlier in found.keys() & library.repeated(owned.statement):
                found[earlier].add(owned.meeting.id)
    return found


def _named(library: Library, among: Iterable[Owned] | None) -> dict[str, Owned]:
    """Return statements by id: all, or these."""
    if among is None:
        return library.statements
    return {owned.statement.id: owned for owned in among if owned.statement.id}


def _confirmed(context: Context, owned: Owned, held: frozenset[str]) -> frozenset[str]:
    """Return the meetings held that the evidence in the history of a statement is about.

    One that was promised is not taken up again by being held: what meets it does not count.
    """
    if not any(held.intersection(entry.about) for entry in owned.statement.history):
        return frozenset()

    def about(context: Context) -> frozenset[str]:
        met = context.snapshot.standing(owned.statement, context.made(owned)).fulfilments
        entries = context.snapshot.evidence(owned.statement.history)
        return held.intersection(
            name for entry in entries if entry not in met for name in entry.about
        )

    return context.settled(about)


def _is_made(context: Context, owned: Owned) -> bool:
    """Return whether it is a promise or an expectation, made by the day."""
    if owned.statement.strength is None:
        return False
    return context.was_said(owned)


def _is_left(context: Context, owned: Owned, missed: bool) -> bool:  # noqa: FBT001 (a plain answer)
    """Return whether it was made by the day and is not done; with ``missed``, or was missed."""
    statement = owned.statement

    def is_left(found: Context) -> bool:
        standing = found.snapshot.standing(statement, found.made(owned))
        is_missed = missed and statement.is_promise and standing.status == "missed"
        is_over = owned.meeting and next_was_held(found, owned.meeting, statement)
        return is_missed or (standing.is_unfinished and not is_over)

    left = context.settled(lambda found: _is_made(found, owned) and is_left(found))
    return left and _is_made(context, owned)


def urgency(context: Context, owned: Owned) -> tuple[int, bool, date, int, bool, date]:
    """Order by late, open, done or without a status; what nobody checked; due date; status; age.

    Of the same age, what was said at meetings comes before agreements.
    """
    made = context.made(owned)
    standing = context.snapshot.standing(owned.statement, made)
    due = standing.due
    has_status = owned.statement.has_status
    order = WORST_FIRST.index(standing.status) if has_status else 0
    age = (owned.meeting is None, made.last if made else date.max)
    is_late = standing.is_overdue or standing.status in LATE
    rank = 0 if is_late else 1 if standing.status in UNFINISHED else 2
    rank = rank if has_status else 3
    return (rank, standing.unchecked_since is None, due.last if due else date.max, order, *age)


def is_late(row: LedgerRow) -> bool:
    """Return whether a line is overdue, missed or slipped."""
    return row.row.standing.is_overdue or row.row.standing.status in LATE


def is_missed(row: LedgerRow) -> bool:
    """Return whether it was missed, and nobody who owes it has yet to do it."""
    standing = row.row.standing
    is_left = any(own.status in UNFINISHED for own in standing.owners)
    return standing.status == "missed" and not is_left


def is_unchecked(row: LedgerRow) -> bool:
    """Return whether nobody has looked at it since its due date, or for nine months."""
    return row.row.standing.is_unchecked


def overdue(rows: Iterable[LedgerRow]) -> int:
    """Return how many lines are overdue."""
    return sum(row.row.standing.is_overdue for row in rows)


def kind_of(owned: Owned) -> StatementKind:
    """Return whether a statement is a promise, or what only is expected."""
    return "promise" if owned.statement.is_promise else "expectation"


def owing_sides(context: Context, owned: Owned) -> tuple[str, ...]:
    """Return the ids of the sides that owe it, or whose bodies do, in the order of the project."""
    library = context.library
    owing = {
        name if name in library.sides else library.organisations[name].side
        for name in owned.statement.by
    }
    return tuple(side for side in library.sides if side in owing)


def _row(
    context: Context, here: Context, owned: Owned, others: tuple[Owned, ...], again: set[str]
) -> LedgerRow:
    """Return the row of a matter; ``here`` is the same context with its own series alone."""
    made = made_at(context, owned.owner)
    also = tuple(
        Elsewhere(
            id=other.statement.id or "", kind=kind_of(other), made=made_at(context, other.owner)
        )
        for other in others
    )
    told_here = {made.report, *(other.made.report for other in also)}
    meetings = [
        meeting
        for meeting in (here.library.every_meeting if again else ())
        if meeting.id in again and meeting.report not in told_here
    ]
    officers = (one.statement.desk_officer for one in (owned, *others))
    told = told_meetings(here.library, meetings, context.words) if meetings else ""
    return LedgerRow(
        kind=kind_of(owned),
        made=made,
        also=also,
        again=tuple(one.id if here.library.has_many else one.key for one in meetings),
        note=context.words.say("ledger_again_at", meetings=told) if told else "",
        sides=owing_sides(context, owned),
        officer=next(filter(None, officers), here.library.project.desk_officer),
        row=here.followed(owned),
    )
