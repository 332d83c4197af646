"""The records of a project as rows of a sheet: what stands in each cell, and where in the files."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reporter.records.register import Person
from reporter.records.statements import PROMISES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.desk.sheets.columns import SheetColumn, SheetTable
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

_SHARED = {"documents": "document", "people": "person"}
"""The sheets of what stands together in one file, and the kind of their records."""


@dataclass(frozen=True, slots=True)
class Home:
    """A list of records in a file, to which a row can be added."""

    path: Path
    way: Path_
    """The way to the list, whether or not it is there."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A record, or a part of one, as a row."""

    places: tuple[str, ...]
    """Which list it stands in, in words of the sheet."""
    name: str
    """Its id; empty where it has none."""
    index: int
    """Its place in the list."""
    home: Home
    cells: tuple[str, ...]
    data: Any
    """What is written of it."""

    @property
    def way(self) -> Path_:
        """The way to it in its file."""
        return (*self.home.way, self.index)

    @property
    def key(self) -> str:
        """What tells it from all other rows of its sheet, and whether anything in it changed."""
        return f"{'/'.join((*self.places, str(self.index), self.name))} {digest(self.cells)}"


DIGEST = 10  # signs that tell the cells of one row from those of another


def digest(cells: Iterable[str]) -> str:
    """Return a few signs that differ where the cells of a row do."""
    return blake2b("\x1f".join(cells).encode(), digest_size=DIGEST // 2).hexdigest()


def languages(contents: Contents) -> tuple[str, ...]:
    """Return the languages in which persons have names, that of the project first."""
    found = (code for person in contents.every(Person) for code in person.name.root)
    return tuple(dict.fromkeys((contents.settings.language, *sorted(found))))


def homes(contents: Contents, table: SheetTable, root: Path) -> dict[tuple[str, ...], Home]:
    """Return all lists to which the rows of a sheet belong, each by the words that name it."""
    return {places: home for places, home, _ in _lists(contents, table, root)}


def rows_of(contents: Contents, table: SheetTable, root: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet, in the order of the files."""
    return tuple(
        _row(table, places, index, home, data)
        for places, home, items in _lists(contents, table, root)
        for index, data in items
        if table.name != "promises" or data.get("strength") in PROMISES
    )


def _lists(
    contents: Contents, table: SheetTable, root: Path
) -> Iterator[tuple[tuple[str, ...], Home, list[tuple[int, Any]]]]:
    """Yield the lists that a sheet shows: their names, where they are, their items by place."""
    if kind := _SHARED.get(table.name):
        found = [each for each in contents.records if each.kind == kind]
        items = [(int(each.where[0]), value_at(each.source.data, each.where)) for each in found]
        yield (), Home(root / "data" / f"{table.name}.yaml", ()), items
        return
    for loaded in contents.records:
        for places, way, listed in _in_record(loaded, table):
            yield places, Home(loaded.path, (*loaded.where, *way)), list(enumerate(listed))


def _row(
    table: SheetTable,
    places: tuple[str, ...],
    index: int,
    home: Home,
    data: Any,  # noqa: ANN401 (plain data)
) -> SheetRow:
    fields = data if isinstance(data, dict) else {"body": data}
    cells = (*places, *(shown(column, fields) for column in table.columns[table.places :]))
    name = "" if table.name == "participants" else str(fields.get("id", ""))
    return SheetRow(places, name, index, home, cells, data)


def shown(column: SheetColumn, fields: Any) -> str:  # noqa: ANN401 (plain data)
    """Return what stands in a cell."""
    value = value_at(fields, column.way)
    if isinstance(value, list):
        return (", " if column.form == "ids" else "\n").join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return plain(value) if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Return a text without blanks around it and with one sort of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def value_at(data: Any, way: Path_) -> Any:  # noqa: ANN401 (plain data)
    """Return what stands in plain data; None where there is no such field."""
    for step in way:
        if isinstance(step, int):
            data = data[step]
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data


def items_at(data: Any, way: Path_) -> list[Any]:  # noqa: ANN401 (plain data)
    """Return the items of a list in plain data; none where there is no list."""
    found = value_at(data, way)
    return found if isinstance(found, list) else []


def _in_record(
    loaded: Loaded, table: SheetTable
) -> Iterator[tuple[tuple[str, ...], Path_, list[Any]]]:
    """Yield the lists of a record that a sheet shows: their names, the way to them, their items."""
    name, data = loaded.facts.id, value_at(loaded.source.data, loaded.where)
    if table.name == "aside":
        if loaded.kind == "document":
            yield (name,), ("aside",), items_at(data, ("aside",))
        return
    if loaded.kind not in {"meeting", "agreement"}:
        return
    if table.name == "participants":
        for at, listed in enumerate(items_at(data, ("participants",))):
            bodies = items_at(listed, ("bodies",))
            yield (name, str(listed["side"])), ("participants", at, "bodies"), bodies
        return
    way = ("statements", "items") if loaded.kind == "meeting" else ("undertakings",)
    items = items_at(data, way)
    if table.name not in {"history", "questions"}:
        yield (name,), way, items
        return
    for at, item in enumerate(items):
        if item.get("strength") in PROMISES:
            yield (str(item["id"]),), (*way, at, "history"), items_at(item, ("history",))
