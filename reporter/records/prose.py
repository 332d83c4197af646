"""The sentences of records, and of which records a report reads them.

A report asks all records for days, names and standings, and reads the sentences of few. What only
corrects a sentence makes nothing anew that does not read it.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from reporter.records.base import Record, held

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PROSE = ("text", "quote")
"""The fields that hold sentences, of whatever record."""
_SENTENCE = re.compile(rb'"(?:%s)": "(?:[^"\\]|\\.)*"' % b"|".join(map(str.encode, PROSE)))
EVERY = "*"
"""All records, where it is not known whose sentences a report reads."""
_open: list[dict[int, Record]] = []


def bones(data: bytes) -> str:
    """Return the digest of records as JSON, without their sentences."""
    return hashlib.blake2b(_SENTENCE.sub(b"", data), digest_size=16).hexdigest()


@contextmanager
def reading() -> Iterator[dict[int, Record]]:
    """Note each part of a record of which a sentence is read meanwhile."""
    found: dict[int, Record] = {}
    _open.append(found)
    try:
        yield found
    finally:
        _open[:] = [other for other in _open if other is not found]


@contextmanager
def unnoted() -> Iterator[None]:
    """Note nothing meanwhile: what is found out is a part of every report."""
    were, _open[:] = [*_open], []
    try:
        yield
    finally:
        _open[:] = were


def note(part: Record) -> None:
    """Note that a part of a record was read."""
    for found in _open:
        found[id(part)] = part


def owners(records: Iterable[Record]) -> dict[int, str]:
    """Return by the address of each part of these records the id of the first that has it."""
    found: dict[int, str] = {}
    for record in records:
        _own(record, str(getattr(record, "id", "")), found)
    return found


def _own(part: Record, owner: str, found: dict[int, str]) -> None:
    if id(part) in found:
        return
    found[id(part)] = owner
    for name in _holding(type(part)):
        value = part.__dict__[name]
        for item in value if isinstance(value, tuple) else (value,):
            if isinstance(item, Record):
                _own(item, owner, found)


@cache
def _holding(model: type[Record]) -> tuple[str, ...]:
    """Return the fields that hold records with sentences, or records that do."""
    fields = model.model_fields.items()
    return tuple(
        name for name, field in fields if any(map(_is_told, held(field.annotation, Record)))
    )


def _is_told(model: type[Record]) -> bool:
    return any(name in model.model_fields for name in PROSE) or bool(_holding(model))


def watch(*models: type[Record]) -> None:
    """From now on, note what is read of records of these kinds, and of all that they hold."""
    for model in _kinds(models, set()):
        names = [name for name in PROSE if name in model.model_fields]
        for name in names:
            setattr(model, name, property(_noting(name)))
        if names:
            setattr(model, "__eq__", _equal)  # noqa: B010 (a method of theirs is replaced)


def _kinds(models: Iterable[type[Record]], found: set[type[Record]]) -> set[type[Record]]:
    for model in models:
        if model not in found:
            found.add(model)
            for field in model.model_fields.values():
                _kinds(held(field.annotation, Record), found)
    return found


def _noting(name: str) -> Any:  # noqa: ANN401 (of any field)
    def read(part: Record) -> Any:  # noqa: ANN401 (as above)
        note(part)
        return part.__dict__[name]

    return read


def _equal(one: Record, other: object) -> bool:
    note(one)
    if isinstance(other, Record):
        note(other)
    return Record.__eq__(one, other)
