"""Finds for each row of a sheet the record that it was written from, wherever that is now."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.sheets.sheet_rows import DIGEST, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.desk.sheets.opened import SheetGrid
    from reporter.desk.sheets.sheet_rows import SheetRow

_KEY = re.compile(rf"((?:[a-z0-9-]+/)*)([0-9]+)/([a-z0-9-]*) ([0-9a-f]{{{DIGEST}}})")


class Written(NamedTuple):
    """A row as it was when the sheet was written."""

    key: str
    places: str
    """The list in which it stood, as a key names it."""
    at: int
    """Its place in the list."""
    name: str
    digest: str
    cells: tuple[str, ...] | None
    """None where nobody kept them."""


def written(key: str, cells: tuple[str, ...] | None) -> Written | None:
    """Return what a key says; None where it is none."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    return Written(key, found[1].removesuffix("/"), int(found[2]), found[3], found[4], cells)


def written_rows(grid: SheetGrid) -> dict[str, Written]:
    """Return all rows that there were, by their keys."""
    kept: dict[str, tuple[str, ...] | None] = {cells[0]: None for cells in grid.lines.values()}
    if grid.base is not None:
        kept = {key: cells[1:] for key, cells in grid.base.items()}
    found = (written(key, cells) for key, cells in kept.items())
    return {row.key: row for row in found if row}


def matched(before: Iterable[Written], now: Iterable[SheetRow]) -> dict[str, SheetRow]:
    """Return the record of each row that there was, by the key of the row, as far as it is there.

    What has an id is found by it. The rest is found by what stands in it and by its place.
    """
    lists: dict[str, list[Written]] = defaultdict(list)
    for row in before:
        lists[row.places].append(row)
    current: dict[str, list[SheetRow]] = defaultdict(list)
    for each in now:
        current["/".join(each.places)].append(each)
    found: dict[str, SheetRow] = {}
    for places, rows in lists.items():
        found |= _in_list(sorted(rows, key=lambda row: row.at), current[places])
    return found


def _in_list(before: list[Written], now: list[SheetRow]) -> dict[str, SheetRow]:
    names = {row.name: row for row in now if row.name}
    found = {row.key: names[row.name] for row in before if row.name in names}
    old = [row.digest for row in before]
    new = [digest(row.cells) for row in now]
    for tag, first, last, start, end in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal" or (tag == "replace" and last - first == end - start):
            for row, record in zip(before[first:last], now[start:end], strict=True):
                if not row.name:
                    found[row.key] = record
    return found
