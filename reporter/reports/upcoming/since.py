"""What has happened since a day: agreements, policies, programmes, evidence on what was said.

One event is told once, however many records it touches.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.choice import file_name
from reporter.dates import When
from reporter.library.force import in_force_from
from reporter.reports.common.events import is_alike
from reporter.reports.common.programmes import track_heading
from reporter.reports.common.sentences import in_short
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library import Owned
    from reporter.records.base import Sources
    from reporter.reports.common.context import Context

MOST_EVENTS = 10


class Happened(View):
    """Something that happened, and to what."""

    topic: str
    line: Line
    entry: bool = False
    """Whether an agreement enters into force; the line says how, as far as that is known."""


class Since(View):
    """What has happened since the meeting before."""

    rows: tuple[Happened, ...]
    """The ten that weigh most, oldest first."""
    more: str
    """How many others there are; empty where there are none."""
    series: str = Field(exclude=True)
    """The report on the series, which has them all."""


@dataclass(frozen=True, slots=True)
class _Happening:
    when: When
    topic: str
    text: str
    source: Sources
    """Of the text, then of the date where that has others."""
    entry: bool = False

    def retells(self, other: _Happening) -> bool:
        """Return whether both tell of one event: at one time, and by one document or alike."""
        if self.when.first > other.when.last or other.when.first > self.when.last:
            return False
        same_day = str(self.when) == str(other.when)
        shared = not self._documents().isdisjoint(other._documents())
        if same_day and shared:
            return True
        alike = is_alike(f"{self.topic} {self.text}", f"{other.topic} {other.text}")
        return alike and (same_day or shared)

    def _documents(self) -> set[str]:
        return {cited.document for cited in self.source}


def happened_since(context: Context, start: date) -> Since:
    """Return what happened after ``start`` and is known on the day of the context.

    What only weak sources say is left out. Of several accounts of one event the first counts: of
    agreements, then of promises, programmes, policies, and of what was merely expected.
    """
    found: list[_Happening] = []
    for events in _by_weight(context):
        new = [event for event in events if _counts(context, event, start)]
        for event in sorted(new, key=lambda event: event.when, reverse=True):
            if not any(event.retells(other) for other in found):
                found.append(event)
    chosen = sorted(found[:MOST_EVENTS], key=lambda event: event.when)
    more = len(found) - len(chosen)
    return Since(
        rows=tuple(_happened(context, event) for event in chosen),
        more=context.words.capital(context.words.say("since_more", n=more)) if more else "",
        series=file_name("series", context.library.series),
    )


def _happened(context: Context, event: _Happening) -> Happened:
    context.snapshot.note(event.when)
    line = context.text(event.text, event.source, date=event.when)
    return Happened(topic=event.topic, line=line, entry=event.entry)


def _counts(context: Context, event: _Happening, start: date) -> bool:
    return (
        event.when.first > start
        and event.when.known_on(context.snapshot.day)
        and not context.library.is_weak(event.source)
    )


def _by_weight(context: Context) -> Iterator[Iterable[_Happening]]:
    """Yield all events in groups, what weighs most first."""
    promises = [owned for owned in context.library.all_statements if owned.statement.is_promise]
    others = [owned for owned in context.library.all_statements if owned not in promises]
    yield _agreements(context)
    yield _evidence(context, promises)
    yield _outcomes(context)
    yield _policies(context)
    yield _evidence(context, others)
    yield _milestones(context)


def _agreements(context: Context) -> Iterator[_Happening]:
    for agreement in context.library.own_agreements:
        name, said = context.label(agreement.short).text, agreement.summary
        force, day = agreement.in_force, in_force_from(agreement)
        signing, when = agreement.known_signing, agreement.signed_on
        if signing and when:
            yield _Happening(when, name, said.text, (*said.source, *signing.source))
        if not isinstance(force, str) and isinstance(day, When):
            yield _Happening(day, name, force.text or "", force.source or (), entry=True)


def _policies(context: Context) -> Iterator[_Happening]:
    for policy in context.library.own_policies:
        for version in policy.versions:
            if not isinstance(version.date, str):
                name = context.label(policy.name).text
                yield _Happening(version.date, name, version.name, version.source)


def _outcomes(context: Context) -> Iterator[_Happening]:
    for programme in context.library.own_programmes:
        for track in programme.tracks:
            if found := track.outcome:
                name = track_heading(context, programme, track)
                yield _Happening(found.date, name, found.text, found.source)


def _milestones(context: Context) -> Iterator[_Happening]:
    for programme in context.library.own_programmes:
        for milestone in programme.milestones:
            if milestone.date:
                name = context.label(programme.name).text
                yield _Happening(milestone.date, name, milestone.text, milestone.source)


def _evidence(context: Context, statements: Iterable[Owned]) -> Iterator[_Happening]:
    """Yield the evidence that decided how something stands."""
    for owned in statements:
        name = in_short(owned.statement, context.words)
        for entry in owned.statement.history:
            if entry.date and entry.source and entry.status:
                yield _Happening(entry.date, name, context.told(entry), entry.source)
