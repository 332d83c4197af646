"""The library: all records of a project, found by id.

It knows nothing of YAML, Click, Jinja or WeasyPrint.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar, cast

from reporter.choice import meeting_id
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.register import (
    Disagreement,
    Document,
    Organisation,
    Person,
    Policy,
    Project,
    Side,
    Subject,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from reporter.choice import EditionName
    from reporter.records.base import Citation, Record
    from reporter.records.statements import Statement

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


@dataclass(frozen=True)
class Library:
    """All records of a project, with their references resolved on demand."""

    project: Project
    records: tuple[Record, ...]
    edition: EditionName = "internal"
    cut: frozenset[str] = frozenset()
    """Ids of the statements and forecasts of whose history the edition leaves out a line."""

    def _by_id(self, model: type[R]) -> dict[str, R]:
        return {identity(record): record for record in self.records if isinstance(record, model)}

    @cached_property
    def _memory(self) -> dict[tuple[object, ...], Any]:
        return {}

    def once(self, key: tuple[object, ...], make: Callable[[], T]) -> T:
        """Return what ``make`` works out from the records, and under this key does so only once."""
        if key not in self._memory:
            self._memory[key] = make()
        return cast("T", self._memory[key])

    @cached_property
    def meetings(self) -> dict[int, Meeting]:
        """Meetings by number, in order."""
        found = sorted(
            (record for record in self.records if isinstance(record, Meeting)),
            key=lambda meeting: meeting.number,
        )
        return {meeting.number: meeting for meeting in found}

    @cached_property
    def agreements(self) -> dict[str, Agreement]:
        """Agreements by id."""
        return self._by_id(Agreement)

    @cached_property
    def first_day(self) -> date | None:
        """The day from which there is a meeting or an agreement; None where neither has a date."""
        signings = (agreement.signing for agreement in self.agreements.values())
        signed = (signing.date for signing in signings if not isinstance(signing, str))
        dates = [*(meeting.date for meeting in self.meetings.values()), *signed]
        return min((when.last for when in dates if not isinstance(when, str)), default=None)

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """Programmes by id."""
        return self._by_id(Programme)

    @cached_property
    def policies(self) -> dict[str, Policy]:
        """Policies by id."""
        return self._by_id(Policy)

    @cached_property
    def organisations(self) -> dict[str, Organisation]:
        """Organisations by id."""
        return self._by_id(Organisation)

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
    def people(self) -> dict[str, Person]:
        """Persons by id."""
        return self._by_id(Person)

    @cached_property
    def subjects(self) -> dict[str, Subject]:
        """Subjects by id, in the order of their file."""
        return self._by_id(Subject)

    @cached_property
    def documents(self) -> dict[str, Document]:
        """Documents by id, in the order of their file."""
        return self._by_id(Document)

    @cached_property
    def disagreements(self) -> dict[str, Disagreement]:
        """Disagreements between sources by id."""
        return self._by_id(Disagreement)

    @cached_property
    def sides(self) -> dict[str, Side]:
        """The parties to the series, in the order of the project."""
        return {side.id: side for side in self.project.sides}

    @cached_property
    def statements(self) -> dict[str, Owned]:
        """Statements that have an id, of meetings in order of number and then of agreements."""
        return {owned.statement.id: owned for owned in self.all_statements() if owned.statement.id}

    def all_statements(self) -> Iterator[Owned]:
        """Yield the statements of all meetings, in order, then all undertakings."""
        for meeting in self.meetings.values():
            yield from (Owned(statement, meeting) for statement in meeting.statements.items)
        for agreement in self.agreements.values():
            yield from (Owned(statement, agreement) for statement in agreement.undertakings)

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
        for meeting in self.meetings.values():
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

    def is_weak(self, sources: Iterable[Citation]) -> bool:
        """Return whether all of these sources are weak: then they prove nothing."""
        return all(self.documents[source.document].standing == "weak" for source in sources)


def identity(record: Record) -> str:
    """Return the id of a record; that of a meeting comes from its number."""
    return meeting_id(record.number) if isinstance(record, Meeting) else str(getattr(record, "id"))  # noqa: B009
