"""The library: all records of a project, found by id.

It knows nothing of YAML, Click, Jinja or WeasyPrint.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reporter.choice import INTERNAL, is_public
from reporter.library.matters import same_lines
from reporter.library.order import in_order
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.prose import note, owners, reading
from reporter.records.register import (
    Correction,
    Disagreement,
    Document,
    Organisation,
    Person,
    Policy,
    Project,
    Series,
    Side,
    Subject,
)
from reporter.records.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from reporter.choice import EditionName, MeetingKey
    from reporter.records.base import Names, Record, Sources
    from reporter.records.statements import Statement

SIDES_THAT_MEET = 2  # at least: an agreement between fewer of a series is not its own
R = TypeVar("R", bound="Record")
T = TypeVar("T")


@dataclass(frozen=True)
class Owned:
    """A statement and the record in which it stands."""

    statement: Statement
    owner: Meeting | Agreement

    @property
    def meeting(self) -> Meeting | None:
        """The meeting at which it was made, if it was made at one."""
        return self.owner if isinstance(self.owner, Meeting) else None

    @property
    def agreement(self) -> Agreement | None:
        """The agreement in which it was made, if it was made in one."""
        return self.owner if isinstance(self.owner, Agreement) else None


def _by_id(model: type[R]) -> cached_property[dict[str, R]]:
    """Return an attribute of a library: its records of a kind, by id."""
    return cached_property(
        lambda library: {
            identity(record): record for record in library.records if isinstance(record, model)
        }
    )


@dataclass(frozen=True)
class Library:
    """All records of a project, with their references resolved on demand."""

    project: Project
    records: tuple[Record, ...]
    edition: EditionName = "internal"
    cut: frozenset[str] = frozenset()
    """Ids of the statements and forecasts of whose history the edition leaves out a line."""
    written: tuple[Record, ...] = ()
    """All records as they are written: before histories were shared, and anything was left out."""
    series: str = ""
    """The id of the one series that it holds; nothing of the project's own."""
    own: bool = False
    """Whether there are files of meetings beside the folders of series, even if unreadable."""
    whole: Library | None = field(default=None, compare=False, repr=False)
    """The library of which it is a part."""

    @cached_property
    def lacks_meetings(self) -> bool:
        """Whether meetings are not on record, or left out by the edition: no gap is told then."""
        return self.project.only_some or len(self.every_meeting) < sum(
            isinstance(record, Meeting) for record in self.written
        )

    @cached_property
    def _memory(self) -> dict[tuple[object, ...], Any]:
        return {}

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` works out from the records, and under this key does so only once."""
        if key not in self._memory:
            with reading() as read:
                self._memory[key] = make(), tuple(read.values())
            return cast("T", self._memory[key][0])
        value, parts = self._memory[key]
        for part in parts:
            note(part)
        return cast("T", value)

    def owners(self, parts: Iterable[Record]) -> tuple[str, ...] | None:
        """Return the ids of the records that have these parts; None where they are not known."""
        if self.edition != INTERNAL.name:  # what is left out may hide whose a part is
            return None
        found = {self._owners.get(id(part)) for part in parts}
        return None if None in found else tuple(sorted(filter(None, found)))

    @cached_property
    def _owners(self) -> dict[int, str]:
        return owners((*self.written, *self.records))

    @cached_property
    def parts(self) -> dict[str, Library]:
        """By the id of a series, the library of that series alone; where there is one, itself.

        It has what all share, and of meetings its own. A side of others is a body in it. The
        project's own series, beside others, has no id and comes first.
        """
        found = self._series
        if not found:
            return {self.series: self}
        own = {"": self._part("", own_settings(self.project))} if self.has_own else {}
        others = {
            name: self._part(name, settings_of(series, self.project))
            for name, series in found.items()
        }
        return own | others

    _series = _by_id(Series)

    @cached_property
    def has_own(self) -> bool:
        """Whether the project has a series of its own: meetings beside the folders of others."""
        every = (*self.records, *self.written)
        return self.own or any(isinstance(one, Meeting) and not one.series for one in every)

    @property
    def has_many(self) -> bool:
        """Whether there are several series, each in a part."""
        return self.parts.get(self.series) is not self

    @property
    def desk(self) -> str | None:
        """The side whose briefing it is; in the public edition it is nobody's."""
        return None if is_public(self.edition) else self.project.desk

    def part(self, series: str | None) -> Library:
        """Return the library of a series; the whole where that is none."""
        return self if series is None else self.parts.get(series, self)

    def _part(self, series: str, project: Project) -> Library:
        own = {side.id for side in project.sides}
        others = (_as_body(side) for side in self.project.sides if side.id not in own)
        records, written = (
            (*its.get(None, ()), *its.get(series, ())) for its in self._records_by_series
        )
        return replace(
            self,
            project=project,
            records=(*records, *others),
            written=written,
            series=series,
            whole=self,
        )

    @cached_property
    def _records_by_series(self) -> tuple[dict[str | None, list[Record]], ...]:
        return _by_series(self.records), _by_series(self.written)

    @cached_property
    def every_meeting(self) -> tuple[Meeting, ...]:
        """The meetings of all series, in order of date; of one, numbers go in their order."""
        found = [record for record in self.records if isinstance(record, Meeting)]
        if not self.has_many:
            return in_order(found)
        series = {one.series for one in found}
        own = {name: in_order(one for one in found if one.series == name) for name in series}
        at = {one.id: index for each in own.values() for index, one in enumerate(each)}
        return tuple(sorted(found, key=lambda one: (one.date.last, one.series, at[one.id])))

    @cached_property
    def meetings(self) -> dict[MeetingKey, Meeting]:
        """Meetings by number, or by id where they have no number, in order. Of one series only."""
        assert not self.has_many  # noqa: S101 (else numbers would name several meetings)
        return {meeting.key: meeting for meeting in self.every_meeting}

    def earlier(self, meeting: Meeting, *, alike: bool = False) -> tuple[Meeting, ...]:
        """Return the meetings of its series before one, in order; ``alike``: those of its kind."""
        part = self.part(meeting.series)
        before = part.every_meeting[: part.places[meeting.id]]
        return tuple(one for one in before if not alike or one.kind == meeting.kind)

    @cached_property
    def places(self) -> dict[str, int]:
        """By the id of a meeting, how many come before it."""
        return {one.id: at for at, one in enumerate(self.every_meeting)}

    def counted_on_from(self, meeting: Meeting) -> tuple[Meeting, ...]:
        """Return the meetings of its series and kind with higher numbers than its own."""
        own, number = self.part(meeting.series).every_meeting, meeting.number
        return tuple(
            one
            for one in own
            if number and one.number and one.kind == meeting.kind and one.number > number
        )

    def parted(self, one: Meeting, other: Meeting) -> bool:
        """Return whether the edition leaves out a meeting between two, or there may be one."""
        if self.part(one.series).project.only_some:
            return True
        if not self.lacks_meetings:
            return False
        there = {record.id for record in self.every_meeting}
        every = in_order(
            record
            for record in self.written
            if isinstance(record, Meeting) and record.series == one.series
        )
        at = [record.id for record in every]
        first, last = sorted((at.index(one.id), at.index(other.id)))
        return any(name not in there for name in at[first:last])

    def named_series(self, meeting: Meeting) -> Names | None:
        """Return the short name of a meeting's series, where others are here, too."""
        return self.parts[meeting.series].project.short if self.has_many else None

    agreements = _by_id(Agreement)
    """Agreements by id."""

    @cached_property
    def own_agreements(self) -> tuple[Agreement, ...]:
        """Agreements of the series: between its sides, or of its only one without another side."""
        found = self.agreements.values()
        return tuple(one for one in found if self._is_own(one.parties, SIDES_THAT_MEET))

    @cached_property
    def own_programmes(self) -> tuple[Programme, ...]:
        """Programmes of the series: those that a side of it leads, or that it speaks of."""
        found = self.programmes.values()
        return tuple(
            one
            for one in found
            if not one.lead or self._is_own(one.lead, 1) or one.id in self.mentions
        )

    @cached_property
    def own_policies(self) -> tuple[Policy, ...]:
        """Policies of the sides of the series."""
        return tuple(one for one in self.policies.values() if self._is_own(one.side, 1))

    def _is_own(self, names: Iterable[str], least: int) -> bool:
        """Return whether as many sides of the series are among sides and bodies; here all are.

        Where the series has one side, no other may be among them.
        """
        if self.whole is None:
            return True
        every, bodies = self.whole.sides, self.whole.organisations
        found = {bodies[name].side if name in bodies else name for name in names}
        found &= every.keys()
        if len(self.sides) < SIDES_THAT_MEET:
            return found == self.sides.keys()
        return len(found & self.sides.keys()) >= least

    @cached_property
    def first_day(self) -> date | None:
        """The day from which there is a meeting or an agreement; None where neither has a date."""
        signed = filter(None, (agreement.signed_on for agreement in self.agreements.values()))
        dates = [*(meeting.date for meeting in self.every_meeting), *signed]
        return min((when.last for when in dates), default=None)

    programmes = _by_id(Programme)
    """Programmes by id."""

    visits = _by_id(Visit)
    """Visits and other events, by id."""

    policies = _by_id(Policy)
    """Policies by id."""

    organisations = _by_id(Organisation)
    """Organisations by id."""

    @cached_property
    def bodies(self) -> dict[str, Organisation]:
        """Organisations by id, and by lower-case abbreviation where only one has it."""
        every = tuple(self.organisations.values())
        short = Counter(body.abbreviation.lower() for body in every if body.abbreviation)
        named = {
            body.abbreviation.lower(): body
            for body in every
            if body.abbreviation and short[body.abbreviation.lower()] == 1
        }
        return {**named, **self.organisations}

    @cached_property
    def parties(self) -> dict[str, str]:
        """Ids of sides and of bodies that are party to an agreement, by the names they go by."""
        bound = {name for agreement in self.agreements.values() for name in agreement.parties}
        bodies = {name: body.id for name, body in self.bodies.items() if body.id in bound}
        return {**bodies, **{name: name for name in self.sides}}

    people = _by_id(Person)
    """Persons by id."""

    subjects = _by_id(Subject)
    """Subjects by id, in the order of their file."""

    documents = _by_id(Document)
    """Documents by id, in the order of their file."""

    disagreements = _by_id(Disagreement)
    """Disagreements between sources by id."""

    corrections = _by_id(Correction)
    """What our own pages said wrong, by id."""

    @cached_property
    def sides(self) -> dict[str, Side]:
        """The parties to the series, in the order of the project."""
        return {side.id: side for side in self.project.sides}

    @cached_property
    def statements(self) -> dict[str, Owned]:
        """Statements that have an id, of meetings in order of number and then of agreements.

        One series may name those of others.
        """
        if self.whole:
            return self.whole.statements
        return {owned.statement.id: owned for owned in self.all_statements if owned.statement.id}

    @cached_property
    def all_statements(self) -> tuple[Owned, ...]:
        """The statements of all meetings, in order, then all undertakings."""
        owners: tuple[Meeting | Agreement, ...] = (*self.every_meeting, *self.own_agreements)
        return tuple(Owned(said, owner) for owner in owners for said in owner.statements_made)

    @cached_property
    def about(self) -> dict[str, tuple[Owned, ...]]:
        """By the id of a record or a subject, the statements that are about it, in order."""
        found: dict[str, list[Owned]] = {}
        for owned in self.all_statements:
            for name in dict.fromkeys((*owned.statement.about, *owned.statement.subjects)):
                found.setdefault(name, []).append(owned)
        return {name: tuple(each) for name, each in found.items()}

    @cached_property
    def matters(self) -> dict[str, str]:
        """By the id of a statement, the first id of those that are the same, due on one day.

        Only statements that stand in more than one place are in it.
        """
        return same_lines(self.all_statements)

    def alike(self, statement: Statement) -> tuple[Owned, ...]:
        """Return the other places at which a statement stands, the latest first."""
        matter = self.matters.get(statement.id or "")
        if matter is None:
            return ()
        every = [one for one in self.all_statements if one.statement.id != statement.id]
        found = (one for one in every if self.matters.get(one.statement.id or "") == matter)
        return tuple(reversed(tuple(found)))

    def once_each(self, made: Iterable[Owned]) -> list[tuple[Owned, tuple[Owned, ...]]]:
        """Return each matter once, with the other places at which it stands, in their order.

        A promise goes before what is only expected, then what comes first.
        """
        groups: dict[str, list[Owned]] = {}
        for index, owned in enumerate(made):
            name = owned.statement.id or ""
            groups.setdefault(self.matters.get(name, f"{index} {name}"), []).append(owned)
        for group in groups.values():
            group.sort(key=lambda owned: not owned.statement.is_promise)
        return [(first, tuple(others)) for first, *others in groups.values()]

    def repeated(self, statement: Statement) -> tuple[str, ...]:
        """Return the ids of the statements that this one repeats, the latest first.

        It may repeat them directly, or through others that are on record.
        """
        found: list[str] = []
        name = statement.repeats
        while name and name not in found:
            found.append(name)
            owned = self.statements.get(name)
            name = owned.statement.repeats if owned else None
        return tuple(found)

    @cached_property
    def mentions(self) -> dict[str, tuple[Owned, ...]]:
        """By record id, the statements of meetings that are about it, in order.

        A statement also counts when a line of its history is about the record.
        """
        found: dict[str, list[Owned]] = {}
        for meeting in self.every_meeting:
            for statement in meeting.statements.items:
                about = dict.fromkeys(
                    (
                        *statement.about,
                        *(name for entry in statement.history for name in entry.about),
                    )
                )
                for name in about:
                    found.setdefault(name, []).append(Owned(statement, meeting))
        return {name: tuple(owned) for name, owned in found.items()}

    def is_weak(self, sources: Sources | None) -> bool:
        """Return whether there are sources, and all of them are weak: then they prove nothing."""
        every = sources or ()
        weak = (self.documents[source.document].standing == "weak" for source in every)
        return bool(every) and all(weak)


def settings_of(series: Series, project: Project) -> Project:
    """Return the settings of a project for one of its series."""
    return _of_sides(project, series.sides).model_copy(
        update={
            "series": series.series,
            "short": series.short,
            "phrases": (*project.phrases, *series.phrases),
            "only_some": series.only_some,
            "desk_officer": series.desk_officer or project.desk_officer,
            "not_verified": series.not_verified,
        }
    )


def own_settings(project: Project) -> Project:
    """Return the settings of a project for its own series, beside others."""
    return _of_sides(project, project.own_sides)


def _of_sides(project: Project, names: tuple[str, ...]) -> Project:
    """Return settings with some of the sides only; without a name, with all."""
    known = {side.id: side for side in project.sides}
    sides = tuple(known[name] for name in names if name in known) or project.sides
    desk = project.desk if project.desk in {side.id for side in sides} else None
    return project.model_copy(update={"sides": sides, "desk": desk})


def _by_series(records: Iterable[Record]) -> dict[str | None, list[Record]]:
    """Return the meetings of each series, and what all share under None."""
    found: dict[str | None, list[Record]] = {}
    for record in records:
        if not isinstance(record, Series):
            series = record.series if isinstance(record, Meeting) else None
            found.setdefault(series, []).append(record)
    return found


def _as_body(side: Side) -> Organisation:
    """Return a side of another series as what it is in this one: a body like any other."""
    return Organisation(id=side.id, name=side.name, abbreviation=side.abbreviation)


def identity(record: Record) -> str:
    """Return the id of a record; that of a meeting comes from its number and its series."""
    return str(getattr(record, "id"))  # noqa: B009
