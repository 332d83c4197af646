"""What happened after an agreement was made: its events, and what became of its undertakings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.records.statements import Status
from reporter.reports.parts import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
    from reporter.records.statements import Entry
    from reporter.reports.desk import Desk


class Later(View):
    """Something that happened, or that somebody looked for and did not find."""

    date: When
    line: Line
    checked: bool = False
    """Whether somebody looked for it and found nothing."""
    undertakings: tuple[str, ...] = ()
    """Ids of the undertakings on which it bears."""
    status: Status | None = None
    """The status that it gave them, if it gave one."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One line of a history, with the undertakings that have it."""

    entry: Entry
    undertakings: tuple[str, ...]

    def is_of(self, when: When, source: Sources) -> bool:
        """Return whether an event is the same thing: of the same day and from the same documents."""
        cited = {citation.document for citation in self.entry.source or ()}
        return self.entry.date == when and cited == {citation.document for citation in source}


def afterwards(desk: Desk, agreement: Agreement) -> tuple[Later, ...]:
    """Return what is known on the day, oldest first; what is told twice stands once."""
    told = _told(desk, agreement)
    events = [event for event in agreement.events if event.date and desk.snapshot.knows(event.date)]
    rows: list[tuple[When, Iterator[Later]]] = []
    for event in events:
        same = next((item for item in told if event.date and item.is_of(event.date, event.source)), None)
        if same:
            told.remove(same)
        rows.append((event.date or same.entry.when, ))
    return ()
