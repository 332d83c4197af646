"""Finds what a record refers to: each ``Refers`` field and each citation, with its path."""

from __future__ import annotations

from functools import cache
from operator import is_
from typing import TYPE_CHECKING, Any, NamedTuple, get_args

from reporter.choice import Choice
from reporter.records.base import NOT_VERIFIED, REPORT, Citation, Record, Refers, held

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reporter.records.reader import Path_


_ANY_OF = {
    "party": ("side", "organisation"),
    "owner": ("side", "organisation"),
    "promises": ("agreement", "meeting", "statement"),
}
"""What a party may be, who owes something, and what has promises."""


class Reference(NamedTuple):
    """An id found in a record, the kinds it may name, and the way to it inside the record."""

    where: Path_
    kinds: tuple[str, ...]
    id: str


def references(record: Record, where: Path_ = ()) -> Iterator[Reference]:
    """Yield every reference in ``record`` to another record."""
    for name, refers in fields_of(type(record)).items():
        value = getattr(record, name)
        for step, item in _items(value):
            way = (*where, name, *step)
            if isinstance(item, Record):
                yield from references(item, way)
            elif refers and isinstance(item, str) and item != NOT_VERIFIED:
                yield from (Reference(way, *found) for found in named(refers, item))


def named(refers: Refers, text: str) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the records that a field names, each by the kinds of which it may be and its id.

    The name of a report names the records that the report is about.
    """
    if refers.kinds != (REPORT,):
        yield refers.kinds, text
    elif choice := Choice.named(text):
        for kind, name in choice.needs:
            yield _ANY_OF.get(kind, (kind,)), name


def citations(record: Record, where: Path_ = ()) -> Iterator[tuple[Path_, Citation]]:
    """Yield every citation in ``record``, with the way to it."""
    for name in fields_of(type(record)):
        for step, item in _items(getattr(record, name)):
            way = (*where, name, *step)
            if isinstance(item, Citation):
                yield way, item
            elif isinstance(item, Record):
                yield from citations(item, way)


def parts(record: Record, where: Path_ = ()) -> list[tuple[Path_, Record]]:
    """Return ``record`` and every record inside it, with the way to it."""
    found = [(where, record)]
    for name in fields_of(type(record)):
        value = getattr(record, name)
        if isinstance(value, Record):
            found += parts(value, (*where, name))
        elif isinstance(value, tuple) and not isinstance(value, Citation):
            for index, item in enumerate(value):
                if isinstance(item, Record):
                    found += parts(item, (*where, name, index))
    return found


def with_each(value: Any, change: Callable[[Record], Record | None]) -> Any:  # noqa: ANN401
    """Return the value of a field with each record in it changed, those left out that are None.

    Where none is changed it is the value itself.
    """
    if isinstance(value, Record):
        return change(value)
    if type(value) is not tuple or not any(isinstance(item, Record) for item in value):
        return value
    every = (change(item) if isinstance(item, Record) else item for item in value)
    found = tuple(item for item in every if item is not None)
    return value if len(found) == len(value) and all(map(is_, found, value)) else found


def _items(value: Any) -> Iterator[tuple[Path_, Any]]:  # noqa: ANN401
    if isinstance(value, tuple) and not isinstance(value, Citation):
        yield from (((index,), item) for index, item in enumerate(value))
    elif value is not None:
        yield (), value


@cache
def fields_of(model: type[Record]) -> dict[str, Refers | None]:
    """Return the fields that hold references, citations or records, in order.

    Each comes with what its ids name.
    """
    fields: dict[str, Refers | None] = {}
    for name, field in model.model_fields.items():
        found = next(
            (item for item in field.metadata if isinstance(item, Refers)), None
        ) or _marked(field.annotation)
        if found or any(held(field.annotation, Record | Citation)):
            fields[name] = found
    return fields


def _marked(annotation: Any) -> Refers | None:  # noqa: ANN401
    if found := next(
        (item for item in getattr(annotation, "__metadata__", ()) if isinstance(item, Refers)), None
    ):
        return found
    return next((found for argument in get_args(annotation) if (found := _marked(argument))), None)
