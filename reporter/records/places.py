"""Where records of several series lie, and what that says of them.

The meetings of a project's own series lie in ``data/meetings/``. Each other series has a folder,
``data/series/<id>/``, with its settings and its meetings.
"""

from __future__ import annotations

import re
from functools import cache
from operator import is_not
from typing import TYPE_CHECKING, Any, TypeVar

from reporter.choice import NUMBERED, meeting_id
from reporter.records.base import Record, held
from reporter.records.meeting import Meeting
from reporter.records.references import fields_of

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.records import Kind

R = TypeVar("R", bound="Record")

FOLDER = "series"
SETTINGS = "series.yaml"
_OF_SERIES = re.compile(r"(?:([a-z0-9-]+)/)?meeting-([0-9]+)")


def place_of(kind: Kind) -> str:
    """Return what in ``data`` holds the records of a kind: a folder, or one file."""
    name = kind.plural if kind.own_file else f"{kind.plural}.yaml"
    return f"{FOLDER}/{kind.series}/{name}" if kind.series else name


def root_of(kind: Kind, path: Path) -> Path:
    """Return the folder of the project in which a file of records lies."""
    if not kind.own_file:
        return path.parents[1]
    folders = 2 if not kind.series else 3 if path.name == SETTINGS else 4
    return path.parents[folders]


def shown(path: Path) -> str:
    """Return a file of records as one names it: ``data/meetings/01.yaml``."""
    if path.parts[-5:-3] == ("data", FOLDER):
        return "/".join(path.parts[-5:])
    if path.parts[-4:-2] == ("data", FOLDER):
        return "/".join(path.parts[-4:])
    return "/".join(path.parts[-2:] if path.parent.name == "data" else path.parts[-3:])


def placed(kind: Kind, record: Record) -> Record:
    """Return a record as one of the series in whose folder it lies.

    A meeting that it names by its number, without a series, is one of its own; one of the series
    of the project has a slash before it: ``/meeting-08``.
    """
    if not kind.series or not isinstance(record, Meeting):
        return record
    return _named(record, kind.series).of_series(kind.series)


def _named(record: R, series: str) -> R:
    """Return ``record`` with the series of each meeting that it names."""
    changed: dict[str, Any] = {}
    for name, is_name in _naming(type(record)):
        old = vars(record)[name]
        if not old:
            continue
        if isinstance(old, tuple):
            items = [_item(item, series, is_name=is_name) for item in old]
            new = tuple(items) if any(map(is_not, items, old)) else old
        else:
            new = _item(old, series, is_name=is_name)
        if new is not old:
            changed[name] = new
    return record.model_copy(update=changed) if changed else record


@cache
def _naming(model: type[Record]) -> tuple[tuple[str, bool], ...]:
    """Return the fields that may name meetings: themselves, or in the records that they hold."""
    found = []
    for name, refers in fields_of(model).items():
        is_name = refers is not None and "meeting" in refers.kinds
        if is_name or any(map(_naming, held(model.model_fields[name].annotation, Record))):
            found.append((name, is_name))
    return tuple(found)


def _item(item: Any, series: str, *, is_name: bool) -> Any:  # noqa: ANN401 (as the field has it)
    if isinstance(item, Record):
        return _named(item, series)
    if not (is_name and isinstance(item, str)):
        return item
    return f"{series}/{item}" if NUMBERED.fullmatch(item) else item.removeprefix("/")


def series_and_number(name: str) -> tuple[str, int] | None:
    """Return the series and the number in the id of a meeting that its number names; else None."""
    found = _OF_SERIES.fullmatch(name)
    return (found[1] or "", int(found[2])) if found else None


def series_of(meeting: str) -> str:
    """Return the series in the id of a meeting; nothing of the project's own."""
    return meeting.rpartition("/")[0]


def meeting_of_file(kind: Kind, stem: str) -> str:
    """Return the id of the meeting in a file of this name."""
    return meeting_id(int(stem) if stem.isascii() and stem.isdigit() else stem, kind.series)
