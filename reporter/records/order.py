"""Checks of order: lists that must run oldest first, and references that must not lead back to where they began."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.library import identity
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme, Track
from reporter.records.references import parts
from reporter.records.register import Organisation, Policy
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_

# Lists that run oldest first, and the words for one that does not.
_OLDEST_FIRST: dict[type[Record], tuple[str, str]] = {
    Statement: ("history", "the history runs backwards"),
    Forecast: ("history", "the history runs backwards"),
    Agreement: ("events", "the events run backwards"),
    Programme: ("milestones", "the milestones run backwards"),
    Track: ("plans", "the plans run backwards"),
    Policy: ("versions", "the versions run backwards"),
}
_DATES = ("date", "checked", "stated")  # the field by which an item of such a list is dated

# From an id to those that it names, each with the record and the way to the field in which it does.
Edges = dict[str, dict[str, tuple["Loaded", "Path_"]]]


def backwards(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each item of a list that is surely older than one before it."""
    for where, part in parts(loaded.record):
        if name := _OLDEST_FIRST.get(type(part)):
            yield from _backwards(loaded, (*where, name[0]), getattr(part, name[0]), name[1])
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
    """Yield a problem for each way that leads back to its beginning, with the record in which it begins."""
    for name, edges in _edges(records).items():
        for ring in _rings(edges):
            loaded, where = edges[ring[0]][ring[1] if ring[1:] else ring[0]]
            message = f"a cycle of {name}: {' -> '.join([*ring, ring[0]])}"
            yield loaded, loaded.problem(where, message, "one of them must be the first")


def _edges(records: Iterable[Loaded]) -> dict[str, Edges]:
    found: dict[str, Edges] = defaultdict(lambda: defaultdict(dict))
    for loaded in records:
        for name, origin, target, where in _named_by(loaded.record):
            found[name][origin].setdefault(target, (loaded, where))
    return found


def _named_by(record: Record) -> Iterator[tuple[str, str, str, Path_]]:
    """Yield what may not form a cycle: its name, from which id, to which, and the way to the field."""
    if isinstance(record, Organisation):
        for field in ("predecessor", "parent"):
            if target := getattr(record, field):
                yield f"{field}s", record.id, target, (field,)
    if isinstance(record, Agreement):
        for index, link in enumerate(record.links):
            if link.relation != "beside":
                yield (
                    f"agreements ('{link.relation}')",
                    identity(record),
                    link.agreement,
                    ("links", index, "agreement"),
                )
    for where, part in parts(record):
        if isinstance(part, Statement) and part.id and part.repeats:
            yield "statements that repeat each other", part.id, part.repeats, (*where, "repeats")


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
