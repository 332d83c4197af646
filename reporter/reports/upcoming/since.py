"""What has happened since a day, oldest first.

This covers agreements, policies, programmes, and evidence on what was said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.reports.common.events import is_alike
from reporter.reports.common.programmes import track_heading
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.dates import When
    from reporter.library import Library
    from reporter.records.base import Sources
    from reporter.reports.common.context import Context


class Happened(View):
    """Something that happened, and to what."""

    topic: str
    line: Line
    entry: bool = False
    """Whether an agreement enters into force; the line says how, as far as that is known."""


@dataclass(frozen=True, slots=True)
class _Event:
    when: When
    topic: str
    text: str
    source: Sources
    """Of the text, then of the date where that has others."""
    entry: bool = False

    def retells(self, other: _Event) -> bool:
        """Whether the other one says the same: on the same day, by one of the same documents."""
        return str(self.when) == str(other.when) and not {
            cited.document for cited in self.source
        }.isdisjoint(cited.document for cited in other.source)


def happened_since(context: Context, start: date) -> tuple[Happened, ...]:
    """Return what happened after ``start`` and is known on the day of the context.

    What only weak sources say is left out. So are a milestone and evidence on a statement that only
    retell another event. One event that is evidence on several statements is told once.
    """
    found = [event for event in _events(context) if _counts(context, event, start)]
    for others in (_milestones(context), _evidence(context.library)):
        told = list(found)
        for event in others:
            if not _counts(context, event, start) or any(map(event.retells, told)):
                continue
            if not any(
                event.retells(other) and is_alike(event.text, other.text) for other in found
            ):
                found.append(event)
    found.sort(key=lambda event: event.when)
    return tuple(
        Happened(
            topic=event.topic,
            line=context.text(event.text, event.source, date=event.when),
            entry=event.entry,
        )
        for event in found
    )


def _counts(context: Context, event: _Event, start: date) -> bool:
    return (
        event.when.first > start
        and context.snapshot.knows(event.when)
        and not context.library.is_weak(event.source)
    )


def _events(context: Context) -> Iterator[_Event]:
    yield from _agreements(context)
    for policy in context.library.policies.values():
        for version in policy.versions:
            if not isinstance(version.date, str):
                yield _Event(
                    version.date, context.label(policy.name).text, version.name, version.source
                )
    for programme in context.library.programmes.values():
        for track in programme.tracks:
            if track.outcome:
                yield _Event(
                    track.outcome.date,
                    track_heading(context, programme, track),
                    track.outcome.text,
                    track.outcome.source,
                )


def _agreements(context: Context) -> Iterator[_Event]:
    for agreement in context.library.agreements.values():
        name, signing, force = (
            context.label(agreement.short).text,
            agreement.signing,
            agreement.in_force,
        )
        if not isinstance(signing, str) and not isinstance(signing.date, str):
            yield _Event(
                signing.date,
                name,
                agreement.summary.text,
                (*agreement.summary.source, *signing.source),
            )
        if not isinstance(force, str) and not isinstance(force.date, str):
            yield _Event(force.date, name, force.text or "", force.source or (), entry=True)


def _milestones(context: Context) -> Iterator[_Event]:
    for programme in context.library.programmes.values():
        for milestone in programme.milestones:
            if milestone.date:
                yield _Event(
                    milestone.date,
                    context.label(programme.name).text,
                    milestone.text,
                    milestone.source,
                )


def _evidence(library: Library) -> Iterator[_Event]:
    for owned in library.all_statements():
        for entry in owned.statement.history:
            if entry.date and entry.source and entry.status:
                yield _Event(
                    entry.date,
                    owned.statement.short or owned.statement.text,
                    entry.text,
                    entry.source,
                )
