"""The ledger: every promise and every expectation of all meetings and agreements, and what became of each."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Literal

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.records.agreement import Agreement
from reporter.reports.agreed import counts
from reporter.reports.agreement import agreement_heading, agreement_id
from reporter.reports.desk import Desk
from reporter.reports.meeting import meeting_heading
from reporter.reports.parts import Count, Followed, Heading, Label, Report, View
from reporter.snapshot import UNFINISHED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.meeting import Meeting

Mark = Literal["made", "again", "none"]


class Made(View):
    """Where and when something was said."""

    report: str
    """The report on it."""
    heading: Heading
    """The meeting or agreement."""
    on: When | None
    """None where the day of signing is not verified."""


class LedgerRow(View):
    """A promise or an expectation."""

    kind: Literal["promise", "expectation"]
    made: Made
    marks: tuple[Mark, ...]
    """At which of the meetings it was made or taken up again, in the order of ``LedgerReport.meetings``."""
    row: Followed


class Place(View):
    """A meeting or an agreement, and what was promised there."""

    made: Made
    complete: bool
    """Whether its document was read to the end; of agreements only what is on record is said."""
    promises: tuple[Count, ...]
    number: int
    """How many promises."""
    expectations: int
    overdue: int


class SideCount(View):
    """What those who owe something owe."""

    side: Label | None
    """None for what all sides owe together."""
    promises: int
    unfinished: int
    """How many of the promises are not done."""
    expectations: int


class DueCount(View):
    """What falls due in a year."""

    year: int | None
    """None for what has no date."""
    promises: int
    unfinished: int
    expectations: int


class LedgerReport(Report):
    """All that the ledger prints."""

    meetings: tuple[int, ...]
    """The numbers of the meetings held, each a column of marks."""
    agreements: int
    """How many agreements hold a promise."""
    unread: tuple[int, ...]
    """Of these, the meetings whose statement was not read to its end."""
    dated: int
    """How many promises have a date."""
    overdue: int
    unchecked: int
    """How many promises nobody has looked at since their due date or for nine months."""
    promise_counts: tuple[Count, ...]
    expectation_counts: tuple[Count, ...]
    places: tuple[Place, ...]
    by_side: tuple[SideCount, ...]
    by_due: tuple[DueCount, ...]
    promises: tuple[LedgerRow, ...]
    expectations: tuple[LedgerRow, ...]


def ledger_report(library: Library, day: date, *, asked: bool) -> LedgerReport:
    """Return the ledger as of ``day``; ``asked`` says whether that day was asked for."""
    desk = Desk.on(library, day)
    held = [meeting for meeting in library.meetings.values() if desk.snapshot.was_held(meeting)]
    made = [owned for owned in library.all_statements() if _is_made(desk, owned)]
    again = _taken_up_again(desk, made)
    rows = [_row(desk, owned, held, again) for owned in sorted(made, key=lambda owned: (not owned.statement.is_promise, _urgency(desk, owned)))]
    promises = tuple(row for row in rows if row.kind == "promise")
    expectations = tuple(row for row in rows if row.kind == "expectation")
    return LedgerReport(
        id="ledger",
        heading=Heading(kind="ledger"),
        series=desk.label(library.project.series),
        short=desk.label(library.project.short),
        author=library.project.author,
        meetings=tuple(meeting.number for meeting in held),
        agreements=len({row.made.report for row in promises if row.made.heading.kind == "agreement"}),
        unread=tuple(meeting.number for meeting in held if not meeting.statements.complete),
        dated=sum(row.row.due is not None for row in promises),
        overdue=_overdue(promises),
        unchecked=sum(_is_unchecked(row) for row in promises),
        promise_counts=counts(row.row for row in promises),
        expectation_counts=counts(row.row for row in expectations),
        places=tuple(_places(desk, held, rows)),
        by_side=tuple(_by_side(desk, made)),
        by_due=tuple(_by_due(rows)),
        promises=promises,
        expectations=expectations,
        speaks=desk.speaks(asked=asked),
        sources=desk.sources.entries(),
    )


def _is_made(desk: Desk, owned: Owned) -> bool:
    """Return whether it is a promise or an expectation, made by the day."""
    if owned.statement.strength is None:
        return False
    return desk.snapshot.is_made(owned.owner) if isinstance(owned.owner, Agreement) else desk.snapshot.was_held(owned.owner)


def _urgency(desk: Desk, owned: Owned) -> tuple[bool, bool, date]:
    """Order what is overdue first, then what nobody has looked at, then by due date; the order of the meetings decides the rest."""
    standing, due = desk.snapshot.standing(owned.statement, desk.made(owned)), owned.statement.due
    unchecked = standing.not_checked_after or standing.not_checked_since
    return (standing.overdue_since is None, unchecked is None, due.last if due else date.max)


def _taken_up_again(desk: Desk, made: Iterable[Owned]) -> dict[str, set[str]]:
    """Return, by the id of a statement, the ids of meetings at which it was taken up again.

    It was, where evidence in its history is about that meeting, or where a statement of that meeting repeats it; what
    repeats a repetition repeats the first one too.
    """
    found: dict[str, set[str]] = {}
    for owned in made:
        entries = (entry for entry in desk.snapshot.history(owned.statement.history) if entry.date and entry.source)
        solid = (entry for entry in entries if entry.source and not desk.library.is_weak(entry.source))
        found[owned.statement.id or ""] = {name for entry in solid for name in entry.about}
    for owned in desk.library.all_statements():
        if owned.meeting and desk.snapshot.was_held(owned.meeting):
            for earlier in _repeated(desk.library, owned):
                found.setdefault(earlier, set()).add(meeting_id(owned.meeting.number))
    return found


def _repeated(library: Library, owned: Owned) -> list[str]:
    """Return the ids of the statements that this one repeats, the latest first."""
    found: list[str] = []
    earlier = owned.statement.repeats
    while earlier and earlier not in found:
        found.append(earlier)
        earlier = library.statements[earlier].statement.repeats
    return found


def _row(desk: Desk, owned: Owned, held: Sequence[Meeting], again: dict[str, set[str]]) -> LedgerRow:
    return LedgerRow(
        kind="promise" if owned.statement.is_promise else "expectation",
        made=_made(desk, owned.owner),
        marks=tuple(_mark(owned, meeting, again[owned.statement.id or ""]) for meeting in held),
        row=desk.followed(owned),
    )


def _mark(owned: Owned, meeting: Meeting, again: set[str]) -> Mark:
    if owned.owner is meeting:
        return "made"
    return "again" if meeting_id(meeting.number) in again else "none"


def _made(desk: Desk, owner: Meeting | Agreement) -> Made:
    if isinstance(owner, Agreement):
        heading = agreement_heading(desk.library, owner)
        return Made(report=agreement_id(owner), heading=heading, on=heading.date)
    return Made(report=meeting_id(owner.number), heading=meeting_heading(owner), on=owner.date)


def _overdue(rows: Iterable[LedgerRow]) -> int:
    return sum(row.row.standing.overdue_since is not None for row in rows)


def _is_unchecked(row: LedgerRow) -> bool:
    standing = row.row.standing
    return bool(standing.not_checked_after or standing.not_checked_since)


def _places(desk: Desk, held: Sequence[Meeting], rows: Sequence[LedgerRow]) -> Iterable[Place]:
    """Yield each meeting held, and then each agreement that holds a promise or an expectation, oldest first."""
    signed = {row.made.report: row.made for row in rows if row.made.heading.kind == "agreement"}
    agreements = sorted(signed.values(), key=lambda made: (made.on.last if made.on else date.max, made.report))
    unread = {meeting_id(meeting.number) for meeting in held if not meeting.statements.complete}
    for made in (*(_made(desk, meeting) for meeting in held), *agreements):
        here = [row for row in rows if row.made.report == made.report]
        promises = [row for row in here if row.kind == "promise"]
        yield Place(
            made=made,
            complete=made.report not in unread,
            promises=counts(row.row for row in promises),
            number=len(promises),
            expectations=len(here) - len(promises),
            overdue=_overdue(promises),
        )


def _tally(rows: Sequence[LedgerRow]) -> dict[str, int]:
    promises = [row for row in rows if row.kind == "promise"]
    unfinished = sum(row.row.standing.status in UNFINISHED for row in promises)
    return {"promises": len(promises), "unfinished": unfinished, "expectations": len(rows) - len(promises)}
