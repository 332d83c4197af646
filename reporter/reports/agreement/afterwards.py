"""What happened after an agreement was made: its events, and what became of its undertakings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.records.statements import Status
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
    from reporter.reports.common.context import Context


class Later(View):
    """Something that happened, or that somebody looked for and did not find."""

    line: Line
    """Its date is that of what happened, or of the check."""
    checked: bool
    """Whether somebody looked for it and found nothing."""
    undertakings: tuple[int, ...]
    """On which undertakings it bears: their numbers in the report, from 1."""
    status: Status | None
    """The status that it gave them, if it gave one."""


@dataclass(frozen=True, slots=True)
class _ToldLater:
    when: When
    text: str
    source: Sources = ()
    inferred: bool = False
    checked: bool = False
    undertakings: tuple[int, ...] = ()
    status: Status | None = None

    def retells(self, other: _ToldLater) -> bool:
        """Return whether both tell the same: of the same day, from the same documents."""
        return (
            self.when == other.when and bool(self.source) and set(self.source) == set(other.source)
        )


def afterwards(context: Context, agreement: Agreement, *, weak: bool = False) -> tuple[Later, ...]:
    """Return what is known on the day, oldest first: what weak sources alone say, or the rest."""
    library = context.library
    return tuple(
        _later(context, item)
        for item in sorted(_all(context, agreement), key=lambda item: item.when)
        if library.is_weak(item.source) == weak
    )


def _all(context: Context, agreement: Agreement) -> list[_ToldLater]:
    """Return all that is known on the day.

    The one line of evidence that retells an event gives the event its status.
    """
    evidence = _evidence(context, agreement)
    told: list[_ToldLater] = []
    for event in _events(context, agreement):
        same = [item for item in evidence if item.retells(event)]
        if len(same) == 1:
            evidence.remove(same[0])
            told.append(replace(event, undertakings=same[0].undertakings, status=same[0].status))
        else:  # several things of one day from one document: none of them is surely the event
            told.append(event)
    return [*told, *_once(evidence)]


def _once(evidence: list[_ToldLater]) -> list[_ToldLater]:
    """Return evidence on the same promises, of one day and from the same documents, in one line.

    Promises that are the same have the same thing told in several histories.
    """
    found: dict[tuple[object, ...], _ToldLater] = {}
    for item in evidence:
        alone = item.checked or not item.source
        key = (item.when, item.undertakings, item.text if alone else frozenset(item.source))
        if key not in found or (item.status and not found[key].status):
            found[key] = item
    return list(found.values())


def _events(context: Context, agreement: Agreement) -> Iterator[_ToldLater]:
    for event in agreement.events:
        if event.date and context.snapshot.knows(event.date):
            yield _ToldLater(event.date, event.text, event.source, event.inferred)


def _evidence(context: Context, agreement: Agreement) -> list[_ToldLater]:
    """Return the lines of the histories; the same words in several of them appear once.

    A history goes back further where an earlier document has the same promise: that is no news.
    """
    found: dict[_ToldLater, tuple[int, ...]] = {}
    signed = agreement.signed_on
    for number, statement in enumerate(agreement.undertakings, 1):
        for entry in context.snapshot.history(statement.history):
            if signed and entry.when.last < signed.first:
                continue
            told = _ToldLater(
                entry.when,
                context.told(entry),
                entry.source or (),
                entry.inferred,
                entry.checked is not None,
                status=entry.status if statement.has_status else None,
            )
            found[told] = (*found.get(told, ()), number)
    return [replace(told, undertakings=numbers) for told, numbers in found.items()]


def _later(context: Context, told: _ToldLater) -> Later:
    line = context.text(told.text, told.source, date=told.when, inferred=told.inferred)
    return Later(
        line=line, checked=told.checked, undertakings=told.undertakings, status=told.status
    )
