"""The rows of the briefing on a party: what is next, who spoke for it, what is agreed with it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.dates import UNDATED, When
from reporter.language import clause
from reporter.records.meeting import Meeting
from reporter.reports.body.rows import PersonActing, line_of, people
from reporter.reports.common.gap import held
from reporter.reports.common.instruments import ForceState, in_force, in_force_for, latest_first
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.participants import Chair, chairs
from reporter.reports.common.programmes import known_since
from reporter.reports.common.related import RelatedRow, row
from reporter.reports.common.sentences import due, is_of_all, unread, who
from reporter.reports.upcoming.known import as_known, coming
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library import Library, Owned
    from reporter.records.agreement import Agreement
    from reporter.records.programme import Programme
    from reporter.reports.common.context import Context
    from reporter.reports.common.ledger_rows import LedgerRow

MOST_COMING = 6  # due dates, on a page that two persons read in a car
MOST_PEOPLE = 4


class Coming(View):
    """What comes next: a meeting, or the day by which something is due."""

    date: str
    text: str
    inside: str = Field(exclude=True)
    """The same in the middle of a sentence."""
    by: When = Field(exclude=True)
    open: bool = Field(default=False, exclude=True)
    """Whether its day is not fixed."""
    who: str
    """Who owes it; nothing of a meeting."""
    report: str
    """Id of the report on what it was said at, or on the meeting."""
    refs: Refs


class AgreedRow(RelatedRow):
    """An agreement with the party; its note says whether it is in force on the day."""

    force: ForceState


class Shared(View):
    """A programme, and the report on it."""

    name: Label
    report: str


@dataclass(frozen=True)
class Party:
    """Who is visited: a side with its bodies, or a body with its predecessors and successors."""

    name: str
    is_side: bool
    names: frozenset[str]
    """Ids under which it promises and signs."""
    bodies: tuple[str, ...]
    desk: frozenset[str]
    """The same of the side whose briefing it is; empty where it is nobody's."""
    series: frozenset[str]
    """Ids of the series in which it is a side."""

    def concerns(self, owned: Owned) -> bool:
        """Return whether the party owes it, or it is about the party, or is owed to it.

        What we promised where the party was, or anybody where nobody's desk it is, is owed to it.
        """
        statement = owned.statement
        if not self.names.isdisjoint((*statement.by, *statement.about)):
            return True
        return self._was_at(owned.owner) and self._is_ours(statement.by)

    def missed(self, row: LedgerRow) -> bool:
        """Return whether it or our side missed what was missed, where owners stand differently.

        What others owe it, or have missed alike, is missed for it, too.
        """
        owners = {own.id: own.status for own in row.row.standing.owners}
        if self.names.isdisjoint(owners):
            return True
        return any(owners.get(name) == "missed" for name in self.names | self.desk)

    def is_bound(self, agreement: Agreement) -> bool:
        """Return whether it is a party to an agreement, with us where there is such a side."""
        return not self.names.isdisjoint(agreement.parties) and self._is_ours(agreement.parties)

    def shares(self, programme: Programme) -> bool:
        """Return whether it leads a programme together with somebody else."""
        lead = {*programme.lead}
        return bool(lead & self.names and lead - self.names and self._is_ours(lead))

    def _was_at(self, owner: Meeting | Agreement) -> bool:
        if isinstance(owner, Meeting):
            return owner.series in self.series
        return not self.names.isdisjoint(owner.parties)

    def _is_ours(self, names: Iterable[str]) -> bool:
        return not self.desk or not self.desk.isdisjoint(names)


def party_of(library: Library, name: str) -> Party:
    """Return a party by its id."""
    desk = library.desk
    is_side = name in library.sides
    bodies = _bodies(library, name) if is_side else line_of(library, name)
    ours = frozenset((desk, *_bodies(library, desk))) if desk else frozenset[str]()
    names = frozenset((name, *bodies))
    series = frozenset(part.series for part in library.parts.values() if name in part.sides)
    return Party(name, is_side, names, bodies, ours, series)


def unread_with(context: Context, name: str) -> str:
    """Return which statements of meetings with a side, or the side of a body, may hold others."""
    library = context.library
    side = name if name in library.sides else library.organisations[name].side
    series = {part.series for part in library.parts.values() if side in part.sides}
    met = (one for one in library.every_meeting if one.series in series)
    return unread(context.snapshot, filter(context.snapshot.was_held, met), context.words)


def _bodies(library: Library, side: str) -> tuple[str, ...]:
    return tuple(body.id for body in library.organisations.values() if body.side == side)


def next_meeting(context: Context, party: Party) -> Iterator[Coming]:
    """Yield the next meeting of each series of which anything is known on the day, by date."""
    parts = [part for name, part in context.library.parts.items() if name in party.series]
    ahead = [
        as_known(snapshot, part.meetings[number])
        for part in parts
        for snapshot in (context.on_part(part),)
        for number in list(coming(snapshot))[:1]
    ]
    for meeting in sorted(ahead, key=lambda one: one.date.last):
        found, announced = row(context, meeting, "", ()), meeting.announced
        yield Coming(
            date=context.words.say("no_date") if meeting.date == UNDATED else found.date,
            text=found.name,
            inside=found.name if context.library.has_many else context.words.small(found.name),
            by=meeting.date,
            open=meeting.date == UNDATED,
            who="",
            report=found.report,
            refs=context.sources.cite(announced.source if announced else None),
        )


def due_dates(context: Context, rows: Iterable[LedgerRow]) -> Iterator[Coming]:
    """Yield what of the rows falls due on the day or after it, the next first."""
    words = context.words
    ahead = [
        (item.row.due, item)
        for item in rows
        if item.row.due and not context.snapshot.has_passed(item.row.due)
    ]
    for by, item in sorted(ahead, key=lambda found: found[0].last)[:MOST_COMING]:
        told = who(item.row.who, words)
        yield Coming(
            by=by,
            date=due(item.row, words),
            text=clause(words.capital(item.row.short)),
            inside=clause(inside(context, item.row.short)),
            who=words.small(told) if is_of_all(item.row.who) or item.row.who.but else told,
            report=item.made.report,
            refs=item.row.refs,
        )


def last_met(context: Context, party: Party) -> tuple[RelatedRow | None, tuple[Chair, ...]]:
    """Return the last meeting held with a side, and who chaired it for that side or led it."""
    snapshot = context.afresh().snapshot
    with_it = [one for one in held(context) if one.series in party.series]
    last = [one for one in with_it if snapshot.took_place(one)][-1:]
    for meeting in last:
        context.snapshot.note_held(meeting)
        side = context.label(context.library.sides[party.name].name)
        place = meeting.known_place
        met = row(context, meeting, "", context.sources.cite(place.source if place else None))
        apart = meeting.model_copy(
            update={"cochairs": [one for one in meeting.cochairs if one.side == party.name]}
        )
        return met, tuple(
            chair
            for group in chairs(context, apart)
            if group.side == side
            for chair in group.chairs
        )
    return None, ()


def spoke_for(context: Context, party: Party) -> tuple[PersonActing, ...]:
    """Return who signed or spoke for a party that is no side, the latest first."""
    if party.is_side:
        return ()
    return tuple(islice(people(context, party.bodies), MOST_PEOPLE))


def agreements(context: Context, party: Party) -> Iterator[AgreedRow]:
    """Yield the agreements with the party on the day, the latest first."""
    made = [
        agreement
        for agreement in context.library.agreements.values()
        if party.is_bound(agreement) and context.snapshot.is_made(agreement)
    ]
    for agreement in sorted(made, key=latest_first):
        state = in_force_for(context, agreement, party.names)
        _, force = in_force(context, agreement)
        if state is None:
            continue
        signing = agreement.known_signing
        refs = context.sources.cite(
            signing.source if signing else agreement.summary.source,
            force.source if force else None,
            most=1,
        )
        found = row(context, agreement, context.words.of("force_short", state), refs)
        yield AgreedRow(**found.model_dump(exclude={"refs"}), refs=refs, force=state)


def first_known(library: Library, party: Party) -> When | None:
    """Return the date of the first that is on record of it: a meeting, or a signing."""
    met = [one.date for one in library.every_meeting if one.series in party.series]
    bound = [one.signed_on for one in library.agreements.values() if party.is_bound(one)]
    known = [when for when in (*met, *bound) if when and when != UNDATED]
    return min(known, key=lambda when: when.last, default=None)


def known_parties(library: Library, day: date) -> tuple[str, ...]:
    """Return the ids of the parties of which a briefing can be had on the day: not of ourselves."""
    found = sorted({*library.parties.values()} - {library.desk})
    first = {name: first_known(library, party_of(library, name)) for name in found}
    return tuple(name for name, when in first.items() if when and when.known_on(day))


def programmes(context: Context, party: Party) -> tuple[Shared, ...]:
    """Return the programmes that it leads with others, or about which something was promised."""
    about = {
        name
        for owned in context.library.all_statements
        if owned.statement.strength and party.concerns(owned) and context.was_said(owned)
        for name in (*owned.statement.about, *owned.statement.subjects)
    }

    def chosen(programme: Programme) -> bool:
        since = known_since(programme)
        known = since is not None and context.snapshot.knows(since)
        return known and (programme.id in about or party.shares(programme))

    return tuple(
        Shared(name=context.label(programme.name), report=f"programme-{programme.id}")
        for programme in context.library.programmes.values()
        if chosen(programme)
    )
