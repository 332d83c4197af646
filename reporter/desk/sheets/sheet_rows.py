"""The records of a project as rows of a sheet: what stands in each cell, and where in the files."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.register import Person
from reporter.records.statements import PROMISES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.desk.sheets.columns import SheetColumn, SheetTable
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

_FILES = {"documents": "documents.yaml", "people": "people.yaml"}


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
    people = (loaded.record for loaded in contents.records if loaded.kind == "person")
    names = (person.name for person in people if isinstance(person, Person))
    found = (code for name in names for code in name.root)
    return tuple(dict.fromkeys((contents.settings.language, *sorted(found))))


def homes(contents: Contents, table: SheetTable, root: Path) -> dict[tuple[str, ...], Home]:
    """Return all lists to which the rows of a sheet belong, each by the words that name it."""
    if table.name in _FILES:
        return {(): Home(root / "data" / _FILES[table.name], ())}
    return {
        places: Home(loaded.path, (*loaded.where, *way))
        for loaded in contents.records
        for places, way, _ in _lists(loaded, table)
    }


def rows_of(contents: Contents, table: SheetTable, root: Path) -> tuple[SheetRow, ...]:
    """Return the rows of a sheet, in the order of the files."""
    if table.name in _FILES:
        return tuple(_of_file(contents, table, root))
    return tuple(
        row
        for loaded in contents.records
        for places, way, items in _lists(loaded, table)
        for row in _of_list(table, places, Home(loaded.path, (*loaded.where, *way)), items)
    )


def _of_file(contents: Contents, table: SheetTable, root: Path) -> Iterator[SheetRow]:
    kind = "document" if table.name == "documents" else "person"
    home = homes(contents, table, root)[()]
    for loaded in contents.records:
        if loaded.kind == kind:
            data = _at(loaded.source.data, loaded.where)
            yield _row(table, (), int(loaded.where[0]), home, data)


def _of_list(
    table: SheetTable, places: tuple[str, ...], home: Home, items: list[Any]
) -> Iterator[SheetRow]:
    for index, data in enumerate(items):
        if table.name != "promises" or data.get("strength") in PROMISES:
            yield _row(table, places, index, home, data)


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
    value = _at(fields, column.way)
    if isinstance(value, list):
        return (", " if column.form == "ids" else "\n").join(map(str, value))
    if isinstance(value, bool):
        return str(value).lower()
    return plain(value) if isinstance(value, str) else ""


def plain(text: str) -> str:
    """Return a text without blanks around it and with one sort of line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _at(data: Any, way: Path_) -> Any:  # noqa: ANN401 (plain data)
    for step in way:
        data = data[step] if isinstance(step, int) else _get(data, step)
    return data


def _get(data: Any, name: str) -> Any:  # noqa: ANN401 (plain data)
    return data.get(name) if isinstance(data, dict) else None


def _lists(loaded: Loaded, table: SheetTable) -> Iterator[tuple[tuple[str, ...], Path_, list[Any]]]:
    """Yield the lists of a record that a sheet shows: their names, the way to them, their items."""
    if table.name == "aside":
        if loaded.kind == "document":
            found = _at(loaded.source.data, loaded.where)
            yield (loaded.facts.id,), ("aside",), _items(found, ("aside",))
        return
    if loaded.kind not in {"meeting", "agreement"}:
        return
    data = loaded.source.data
    assert isinstance(data, dict)  # noqa: S101 (it was read as a record)
    if table.name == "participants":
        for at, listed in enumerate(_items(data, ("participants",))):
            places = (loaded.facts.id, str(listed["side"]))
            yield places, ("participants", at, "bodies"), _items(listed, ("bodies",))
        return
    way = ("statements", "items") if isinstance(loaded.record, Meeting) else ("undertakings",)
    assert isinstance(loaded.record, Meeting | Agreement)  # noqa: S101 (by its kind)
    items = _items(data, way)
    if table.name not in {"history", "questions"}:
        yield (loaded.facts.id,), way, items
        return
    for at, item in enumerate(items):
        if item.get("strength") in PROMISES:
            yield (str(item["id"]),), (*way, at, "history"), _items(item, ("history",))


def _items(data: Any, way: Path_) -> list[Any]:  # noqa: ANN401 (plain data)
    found = _at(data, way)
    return found if isinstance(found, list) else []
