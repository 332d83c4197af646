"""Editions: the public one is made of what is left when everything marked ``internal`` is taken out of the records.

It is taken out before any view is made, so that nothing of it can reach a page, its metadata or its attachment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from reporter.library import Library
from reporter.records.base import NOT_VERIFIED, Record
from reporter.records.meeting import Meeting
from reporter.records.statements import Forecast, Statement
from reporter.references import parts

if TYPE_CHECKING:
    from collections.abc import Iterable

R = TypeVar("R", bound=Record)


def public(library: Library) -> Library:
    """Return the library without what is marked internal, and without references to it."""
    kept = [without_internal(record) for record in library.records if not is_internal(record)]
    gone = _statements(library.records) - _statements(kept)
    return Library(library.project, tuple(_forget(record, gone) for record in kept), "public")


def is_internal(record: Record) -> bool:
    """Return whether a record, or a part of one, is marked internal."""
    return bool(getattr(record, "internal", False))


def without_internal(record: R) -> R:
    """Return ``record`` without its internal parts."""
    changed: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Record):
            left: object = None if is_internal(value) else without_internal(value)
        elif isinstance(value, tuple) and any(isinstance(item, Record) for item in value):
            left = tuple(without_internal(item) for item in value if not is_internal(item))
        else:
            continue
        if left != value:
            changed[name] = left
    return record.model_copy(update=changed) if changed else record


def _statements(records: Iterable[Record]) -> set[str]:
    found = (part for record in records for _, part in parts(record))
    return {part.id for part in found if isinstance(part, Statement | Forecast) and part.id}


def _forget(record: R, gone: set[str]) -> R:
    """Return ``record`` without references to the statements in ``gone``."""
    if not gone:
        return record
    if isinstance(record, Meeting):
        items = tuple(_forget(item, gone) for item in record.statements.items)
        ahead = NOT_VERIFIED if record.next in gone else record.next
        steps = tuple(step for step in record.next_steps if step.follows not in gone)
        statements = record.statements.model_copy(update={"items": items})
        return record.model_copy(update={"statements": statements, "next": ahead, "next_steps": steps})
    if isinstance(record, Statement) and record.repeats in gone:
        return record.model_copy(update={"repeats": None})
    if hasattr(record, "undertakings"):
        return record.model_copy(update={"undertakings": tuple(_forget(item, gone) for item in record.undertakings)})
    return record
