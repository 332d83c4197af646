"""Editions: the public one leaves out everything in the records marked ``internal``.

So it does with what an office prepares for a coming meeting, which needs no mark.

It is left out before any view is made, so that none of it can reach a page, its metadata or its
attachment. A list that lost an item is no longer complete, so no page claims that what is missing
was not said. A statement that lost part of its history is neither overdue, late nor unchecked.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from reporter.library import Library
from reporter.problems import Problem, ReporterError, did_you_mean, quoted
from reporter.records.base import NOT_VERIFIED, Record
from reporter.records.meeting import Meeting
from reporter.records.package import Prepared
from reporter.records.references import parts
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.choice import Edition
    from reporter.records.project import Contents

R = TypeVar("R", bound=Record)


def library_of(contents: Contents) -> Library:
    """Return the library of all records that could be read."""
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


def edited(library: Library, edition: Edition) -> Library:
    """Return the library of an edition. Raises ReporterError where its desk is no side."""
    if edition.desk and edition.desk not in library.sides:
        hint = did_you_mean(edition.desk, library.sides) or f"there are: {', '.join(library.sides)}"
        raise ReporterError([Problem(None, f"there is no side {quoted(edition.desk)}", hint)])
    changed = {"paper": edition.paper, "desk": edition.desk}
    update = {name: value for name, value in changed.items() if value}
    found = public(library) if edition.name == "public" else library
    return replace(found, project=library.project.model_copy(update=update))


def public(library: Library) -> Library:
    """Return the library without what is marked internal, and without references to it."""
    kept = [without_internal(record) for record in library.records if not is_internal(record)]
    before, after = _lines(library.records), _lines(kept)
    gone, cut = (
        before.keys() - after.keys(),
        frozenset(name for name, lines in after.items() if lines < before[name]),
    )
    return Library(library.project, tuple(_forget(record, gone) for record in kept), "public", cut)


def is_internal(record: Record) -> bool:
    """Return whether a record, or a part of one, is internal: by its mark, or by nature."""
    return isinstance(record, Prepared) or bool(getattr(record, "internal", False))


def without_internal(record: R) -> R:
    """Return ``record`` without its internal parts.

    A list that states whether it is complete is no longer complete once an item is taken out.
    """
    fields = {name: getattr(record, name) for name in type(record).model_fields}
    changed: dict[str, Any] = {
        name: left for name, value in fields.items() if (left := _left(value)) != value
    }
    if "complete" in fields and any(
        len(left) < len(fields[name]) for name, left in changed.items() if isinstance(left, tuple)
    ):
        changed["complete"] = False
    return record.model_copy(update=changed) if changed else record


def _left(value: object) -> object:
    """Return what is left of the value of a field."""
    if isinstance(value, Record):
        return None if is_internal(value) else without_internal(value)
    if isinstance(value, tuple) and any(isinstance(item, Record) for item in value):
        return tuple(without_internal(item) for item in value if not is_internal(item))
    return value


def _lines(records: Iterable[Record]) -> dict[str, int]:
    """Return, by the id of a statement or a forecast, how many lines its history has."""
    found = (part for record in records for _, part in parts(record))
    return {
        part.id: len(part.history)
        for part in found
        if isinstance(part, Statement | Forecast) and part.id
    }


def _forget(record: R, gone: set[str]) -> R:
    """Return ``record`` without references to the statements in ``gone``."""
    if not gone:
        return record
    if isinstance(record, Meeting):
        items = tuple(_forget(item, gone) for item in record.statements.items)
        ahead = NOT_VERIFIED if record.next in gone else record.next
        steps = tuple(step for step in record.next_steps if step.follows not in gone)
        statements = record.statements.model_copy(update={"items": items})
        return record.model_copy(
            update={"statements": statements, "next": ahead, "next_steps": steps}
        )
    if isinstance(record, Statement) and record.repeats in gone:
        return record.model_copy(update={"repeats": None})
    if hasattr(record, "undertakings"):
        return record.model_copy(
            update={"undertakings": tuple(_forget(item, gone) for item in record.undertakings)}
        )
    return record
