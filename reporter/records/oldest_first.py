"""Checks of order: lists run oldest first, and references never lead back to their start."""

from __future__ import annotations

from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.records.agreement import Agreement
from reporter.records.facts import leads
from reporter.records.meeting import Meeting
from reporter.records.places import series_and_number
from reporter.records.programme import Programme, Track
from reporter.records.references import parts
from reporter.records.register import Policy
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_

# Lists that run oldest first, and the words for one that does not.
_OLDEST_FIRST: dict[type[Record], dict[str, str]] = {
    Statement: {"history": "the history runs backwards"},
    Forecast: {"history": "the history runs backwards"},
    Agreement: {"events": "the events run backwards", "acts": "the acts run backwards"},
    Programme: {"milestones": "the milestones run backwards"},
    Track: {"plans": "the plans run backwards"},
    Policy: {"versions": "the versions run backwards"},
}
_DATES = ("date", "checked", "stated")  # the field by which an item of such a list is dated

# From an id to those that it names, each with the record that does.
Edges = dict[str, dict[str, "Loaded"]]


def backwards(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each item of a list that is surely older than one before it."""
    for where, part in parts(loaded.record):
        for name, message in _OLDEST_FIRST.get(type(part), {}).items():
            yield from _backwards(loaded, (*where, name), getattr(part, name), message)
        if (
            isinstance(loaded.record, Meeting)
            and isinstance(part, Statement)
            and part.strength
            and part.due
        ):
            yield from _due_before(loaded, (*where, "due"), part.due, loaded.record.date)


def _backwards(
    loaded: Loaded, where: Path_, items: Iterable[Record], message: str
) -> Iterator[Problem]:
    latest: When | None = None
    for index, item in enumerate(items):
        field = next((name for name in _DATES if isinstance(getattr(item, name, None), When)), None)
        if field is None:
            continue
        when: When = getattr(item, field)
        if latest is not None and latest.surely_after(when):
            hint = "put the entries in order, oldest first"
            yield loaded.problem(
                (*where, index, field), f"{message}: {when} comes after {latest}", hint
            )
        elif latest is None or latest.first <= when.first:
            latest = when


def _due_before(loaded: Loaded, where: Path_, due: When, said: When) -> Iterator[Problem]:
    if said.surely_after(due):
        yield loaded.problem(
            where,
            f"due before it was said: {due} lies before {said}",
            "correct the year, or leave 'due' out",
        )


def cycles(records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a problem for each path that leads back to its start, with the record it starts in."""
    found: dict[str, Edges] = {}
    for loaded in records:
        for name, origin, target in loaded.facts.leads:
            found.setdefault(name, {}).setdefault(origin, {}).setdefault(target, loaded)
    for name, edges in found.items():
        for ring in _rings(edges):
            lead = (name, ring[0], ring[1] if ring[1:] else ring[0])
            loaded = edges[lead[1]][lead[2]]
            where = next(way for *step, way in leads(loaded.record) if tuple(step) == lead)
            message = f"a cycle of {name}: {' -> '.join([*ring, ring[0]])}"
            yield loaded, loaded.problem(where, message, "one of them must be the first")


def out_of_order(records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a warning for each meeting dated before the one numbered just before it."""
    meetings = [
        (*place, loaded.facts.days, loaded)
        for loaded in records
        if loaded.facts.days and (place := series_and_number(loaded.facts.id))
    ]
    meetings.sort(key=itemgetter(0, 1))
    for (series, earlier, (first, _), _), (other, later, (_, last), loaded) in pairwise(meetings):
        if series == other and last < first:
            message = f"meeting {later} lies before meeting {earlier}, of {first}"
            hint = "correct the year of one; where a meeting was put off, leave it so"
            yield loaded, loaded.problem(("date",), message, hint).as_warning


def _rings(edges: Edges) -> Iterator[list[str]]:
    """Yield each ring once, by a search in depth that keeps its own stack."""
    done: set[str] = set()
    for start in edges:
        way: dict[str, Iterator[str]] = {} if start in done else {start: iter(edges[start])}
        while way:
            last = next(reversed(way))
            target = next(way[last], None)
            if target is None:
                done.add(last)
                del way[last]
            elif target in way:
                names = list(way)
                yield names[names.index(target) :]
            elif target in edges and target not in done:
                way[target] = iter(edges[target])
