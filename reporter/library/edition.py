"""Editions: the public one leaves out everything in the records marked ``internal``.

The reviewed one leaves out what nobody has reviewed as it stands; one edition does both. The public
one also leaves out what an office prepares for a coming meeting, and who in our house follows
something up or has reviewed it, which need no mark.

It is left out before any view is made, so that none of it can reach a page, its metadata or its
attachment. A list that lost an item is no longer complete, so no page claims that what is missing
was not said. A statement that lost part of its history is neither overdue, late nor unchecked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from reporter.choice import is_four_eyed, is_public
from reporter.library import Library, own_settings, settings_of
from reporter.library.matters import shared
from reporter.library.reviewed import only_reviewed, whole
from reporter.problems import did_you_mean, quoted, stop
from reporter.records.base import NOT_VERIFIED, Record
from reporter.records.meeting import Meeting
from reporter.records.package import Prepared
from reporter.records.prose import unnoted
from reporter.records.references import parts, with_each
from reporter.records.register import Series
from reporter.records.reviews import OF_OUR_HOUSE, judged
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reporter.choice import Edition
    from reporter.records.project import Contents

R = TypeVar("R", bound=Record)


def library_of(contents: Contents) -> Library:
    """Return the library of all records that could be read."""
    with unnoted():  # that a review no longer holds is a part of every report
        records = tuple(
            judged(loaded.record) if loaded.facts.reviewed else loaded.record
            for loaded in contents.records
        )
    return Library(contents.settings, shared(records), written=records, own=contents.has_own)


def part_of(contents: Contents, series: str) -> Contents:
    """Return what was read of one series, and what is shared: where there is one, all of it.

    Without an id, the project's own is meant. Raises ReporterError where there is no such series.
    """
    found = {series.id: series for series in contents.every(Series)}
    is_own = not series and contents.has_own
    if not found and not series:
        return contents
    if not is_own and series not in found:
        there = f"there are: {', '.join(found)}" if found else "leave the series out"
        told = f"there is no series {quoted(series)}" if series else "there are several series"
        stop(None, told, there if series else f"say which, as in {next(iter(found))}/8; {there}")
    own = tuple(
        loaded
        for loaded in contents.records
        if not (isinstance(loaded.record, Meeting) and loaded.record.series != series)
    )
    settings = contents.settings
    settings = own_settings(settings) if is_own else settings_of(found[series], settings)
    return replace(contents, settings=settings, records=own)


def edited(library: Library, edition: Edition) -> Library:
    """Return the library of an edition. Raises ReporterError where its desk is no side."""
    if edition.desk and edition.desk not in library.sides:
        hint = did_you_mean(edition.desk, library.sides) or f"there are: {', '.join(library.sides)}"
        stop(None, f"there is no side {quoted(edition.desk)}", hint)
    changed = {
        "paper": edition.paper,
        "desk": edition.desk,
        "predictions": edition.predictions,
    }
    update = {name: value for name, value in changed.items() if value}
    found = four_eyed(library) if is_four_eyed(edition.name) else library
    found = public(found) if is_public(edition.name) else found
    project = found.project.model_copy(update=update)
    return replace(found, project=project, edition=edition.name)


def four_eyed(library: Library) -> Library:
    """Return the library without what nobody has reviewed as it stands, or cannot do without it."""
    reviewed = (only_reviewed(record) for record in library.written)
    records = tuple(record for record in reviewed if record is not None)
    before, number = _lines(library.records), -1
    while number != (number := sum(len(parts(record)) for record in records)):
        gone = before.keys() - _lines(records).keys()
        ways = {name: _same(library, name, gone) for name in gone}
        records = whole(library.project, (_forget(record, ways) for record in records))
    cut = _cut(before, _lines(told := shared(records)))
    return replace(library, records=told, edition="reviewed", cut=cut)


def public(library: Library) -> Library:
    """Return the library without what is marked internal, and without references to it."""
    kept = [without_internal(record) for record in library.records if not is_internal(record)]
    before, after = _lines(library.records), _lines(kept)
    gone = before.keys() - after.keys()
    ways = {name: _same(library, name, gone) for name in gone}
    records = tuple(_forget(record, ways) for record in kept)
    project = without_internal(library.project)
    cut = library.cut | _cut(before, after)
    return replace(library, project=project, records=records, edition="public", cut=cut)


def _cut(before: Mapping[str, int], after: Mapping[str, int]) -> frozenset[str]:
    """Return the statements and forecasts of whose histories some lines are gone."""
    return frozenset(name for name, lines in after.items() if lines < before[name])


def _same(library: Library, name: str, gone: set[str]) -> str | None:
    """Return what a statement that is left out is the same as, and is not left out itself."""
    seen: set[str] = set()
    found: str | None = name
    while found in gone and found not in seen:
        seen.add(found)
        owned = library.statements.get(found)
        found = owned.statement.same_as if owned else None
    return None if found in gone else found


def is_internal(record: Record) -> bool:
    """Return whether a record, or a part of one, is internal: by its mark, or by nature."""
    return isinstance(record, Prepared) or bool(getattr(record, "internal", False))


def without_internal(record: R) -> R:
    """Return ``record`` without its internal parts.

    A list that states whether it is complete is no longer complete once an item is taken out.
    """
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    changed: dict[str, Any] = {
        name: left
        for name, value in fields.items()
        if (left := None if name in OF_OUR_HOUSE else with_each(value, _left)) is not value
    }
    if "complete" in fields and any(
        len(left) < len(fields[name]) for name, left in changed.items() if isinstance(left, tuple)
    ):
        changed["complete"] = False
    return record.model_copy(update=changed) if changed else record


def _left(part: Record) -> Record | None:
    """Return what is left of a part of a record."""
    return None if is_internal(part) else without_internal(part)


def _lines(records: Iterable[Record]) -> dict[str, int]:
    """Return, by the id of a statement or a forecast, how many lines its history has."""
    found = (part for record in records for _, part in parts(record))
    return {
        part.id: len(part.history)
        for part in found
        if isinstance(part, Statement | Forecast) and part.id
    }


def _forget(record: R, gone: dict[str, str | None]) -> R:
    """Return ``record`` without references to the statements in ``gone``.

    Of each it says what is the same, which takes its place.
    """
    if not gone:
        return record
    record = record.with_statements(tuple(_forget(one, gone) for one in record.statements_made))
    if isinstance(record, Meeting):
        ahead = NOT_VERIFIED if record.next in gone else record.next
        steps = tuple(step for step in record.next_steps if step.follows not in gone)
        return record.model_copy(update={"next": ahead, "next_steps": steps})
    if isinstance(record, Statement) and {record.repeats, record.same_as} & gone.keys():
        repeats = None if record.repeats in gone else record.repeats
        same = gone.get(record.same_as or "", record.same_as)
        return record.model_copy(update={"repeats": repeats, "same_as": same})
    return record
