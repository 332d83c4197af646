"""Merges a sheet with the records: what it changed, what they changed, and where both did."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from reporter.dates import When
from reporter.desk.sheets.columns import KEY
from reporter.desk.sheets.matching import Written, matched, written_rows
from reporter.desk.sheets.sheet_rows import homes, items_at, plain, rows_of, value_at
from reporter.library.matters import histories
from reporter.problems import did_you_mean, quoted
from reporter.records.base import NOT_VERIFIED
from reporter.records.editing import Added, Change
from reporter.records.statements import OF_ITSELF, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from reporter.desk.sheets.columns import SheetColumn, SheetTable
    from reporter.desk.sheets.opened import SheetGrid
    from reporter.desk.sheets.sheet_rows import Home, SheetRow
    from reporter.problems import Problem
    from reporter.records.project import Contents
    from reporter.records.reader import Path_, Plain
    from reporter.records.statements import Entry

_TRUTH = "write one of them, or leave the cell empty"
_NAMES = {"text": "news", "date": "date of the news", "self_reported": "answered by"}
_MOST_GONE = 3  # rows that are named
_STATEMENT = tuple(Statement.model_fields)


@dataclass(frozen=True, slots=True)
class Target:
    """A cell, or a row, from which something in a file comes."""

    grid: SheetGrid
    line: int
    columns: dict[str, int]
    """Where the sheet has which field."""
    column: int
    way: Path_
    """The way to what comes from it, before anything is added."""
    group: int = -1
    """Of a new row: how many of the same place stand before it."""
    depth: int = 0
    """And which step of the way is its place in its list."""


@dataclass(slots=True)
class Edits:
    """What is to be changed in a file, and from where that comes."""

    changes: list[Change] = field(default_factory=list)
    added: list[Added] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


@dataclass(slots=True)
class Merged:
    """What a sheet asks for."""

    today: date
    edits: dict[Path, Edits] = field(default_factory=lambda: defaultdict(Edits))
    faults: list[Problem] = field(default_factory=list)
    """What has to be mended before anything is taken."""
    conflicts: list[Problem] = field(default_factory=list)
    """What both have changed, each differently: the records keep theirs."""
    notes: list[str] = field(default_factory=list)


class Merge:
    """Merges one sheet."""

    def __init__(
        self, contents: Contents, root: Path, grid: SheetGrid, table: SheetTable, merged: Merged
    ) -> None:
        self._contents = contents
        self.root = root
        self.grid = grid
        self.table = table
        self.merged = merged
        self.rows = rows_of(contents, table, root)
        self.homes = homes(contents, table, root)
        self.before = written_rows(grid)
        self.now = matched(self.before.values(), self.rows)
        self.columns = self._columns()
        found = [column for column in table.columns if column.way and column.name in self.columns]
        self.fields = {
            str(column.way[step]): self.columns[column.name]
            for step in (0, -1)
            for column in reversed(found)
        }
        self.sources = {loaded.path: loaded.source for loaded in contents.records}
        self.new: dict[tuple[Path, Path_, int], list[tuple[int, Any]]] = defaultdict(list)

    def run(self) -> None:
        """Note what the sheet asks for."""
        self.merged.faults += self.grid.faults
        taken: set[str] = set()
        for line, cells in self.grid.lines.items():
            key = cells[0]
            row = self.before.get(key)
            if self.table.answers:
                self._answer(line)
            elif key and row is None:
                hint = "put it back as it was; in a row of your own leave it empty"
                self._fault(line, 0, f"{quoted(key)} is no key of ours", hint)
            elif row is None or (key in taken and self._is_copy(line, row)):
                self._add(line)
            elif key in taken:
                hint = "delete one of them; a new row needs an id of its own, or another text"
                self._fault(line, 0, "the same row stands twice", hint)
            else:
                taken.add(key)
                self._merge(line, row)
        if not self.table.answers:
            self._note_gone(taken)
        self._note_new()

    # Columns

    def _columns(self) -> dict[str, int]:
        """Return where the columns stand; what is not ours is told."""
        head, names = self.grid.head, [column.name for column in self.table.columns]
        found: dict[str, int] = {}
        for at, name in enumerate(head):
            if name in found:
                self._fault(1, at, f"the column {quoted(name)} stands twice", "keep one of them")
            elif name in names:
                found[name] = at
        missing = [name for name in names if name not in found]
        for at, name in enumerate(head):
            if not name or name == KEY or name in found:
                continue
            was = names[at - 1] if 0 < at <= len(names) and names[at - 1] in missing else ""
            if was or did_you_mean(name, missing):
                hint = f"call it {quoted(was)} again" if was else did_you_mean(name, missing)
                self._fault(1, at, f"there is no column {quoted(name)} here", hint)
            else:
                self.merged.notes.append(f"the column {quoted(name)} is not ours: left alone")
        if missing:
            shown = ", ".join(missing)
            self.merged.notes.append(f"not in the sheet, and left as in the records: {shown}")
        return found

    def _cell(self, line: int, column: SheetColumn) -> str | None:
        """Return what stands in a cell; None where the sheet has no such column."""
        at, cells = self.columns.get(column.name), self.grid.lines[line]
        if at is None:
            return None
        return cells[at] if at < len(cells) else ""

    # Rows that were there

    def _is_copy(self, line: int, row: Written) -> bool:
        """Return whether a row with the key of another one is a new one, made from a copy."""
        named = next((column for column in self.table.columns if column.name == "id"), None)
        if named and row.name:
            return self._cell(line, named) != row.name
        now = tuple(self._cell(line, column) for column in self.table.columns)
        return row.cells is not None and now != row.cells

    def _merge(self, line: int, before: Written) -> None:
        row = self.now.get(before.key)
        base = before.cells
        if base is None and row is not None and row.key.endswith(f" {before.digest}"):
            base = row.cells
        values: list[tuple[SheetColumn, str]] = []
        for at, column in enumerate(self.table.columns):
            new = self._cell(line, column)
            old = self._old(before, base, at, column)
            current = row.cells[at] if row else None
            if new is None or column.known or new in (old, current):
                continue
            if row is None:
                self._gone(line, before, column, new)
            elif old is None or current != old:
                self._conflict(line, column, (old, new, str(current)), row)
            elif column.fixed and old:
                hint = f"put back {quoted(old)}: other records know it by this"
                self._fault(
                    line, self.columns[column.name], f"{quoted(column.name)} is fixed", hint
                )
            else:
                values.append((column, new))
        if row and values:
            self._change(line, row, values)

    def _old(
        self, before: Written, base: tuple[str, ...] | None, at: int, column: SheetColumn
    ) -> str | None:
        """Return what stood in a cell when the sheet was written; None where nobody knows."""
        if base is None or base is not before.cells:
            return base[at] if base else None
        head = self.grid.base_head[1:]
        place = head.index(column.name) if column.name in head else -1
        return base[place] if 0 <= place < len(base) else ""

    def _change(self, line: int, row: SheetRow, values: list[tuple[SheetColumn, str]]) -> None:
        edits = self.merged.edits[row.home.path]
        found = [(column, self._value(line, column, text)) for column, text in values]
        if not isinstance(row.data, dict):  # a body of which nothing but its id was said
            value = {"body": row.data, **{column.name: each for column, each in found}}
            edits.changes.append(Change(row.way, value, (), row.way))
        for column, each in found:
            way = (*row.way, *column.way)
            if isinstance(row.data, dict):
                edits.changes.append(Change(way, each, column.order, row.way))
            edits.targets.append(self._target(line, self.columns[column.name], way))
        edits.targets.append(self._target(line, 0, row.way))

    def _target(
        self, line: int, column: int, way: Path_, group: int = -1, depth: int = 0
    ) -> Target:
        return Target(self.grid, line, self.fields, column, way, group, depth)

    def _value(self, line: int, column: SheetColumn, text: str) -> Plain:
        """Return the plain value of a cell; None where it is empty."""
        if not text:
            return None
        if column.form == "ids":
            return [part.strip() for part in text.split(",") if part.strip()] or None
        if column.form == "lines":
            return list(text.split())
        if column.form == "truth":
            said = text.lower()
            if said not in {"true", "false"}:
                at = self.columns[column.name]
                self._fault(line, at, f"expected true or false, found {quoted(text)}", _TRUTH)
            return said == "true"
        return text

    def _conflict(
        self, line: int, column: SheetColumn, texts: tuple[str | None, str, str], row: SheetRow
    ) -> None:
        old, new, current = texts
        was = "" if old is None else f"; it was '{old}'"
        message = f"'{new}' here, and '{current}' in the records{was}"
        if old is None:
            hint = "the records changed since the sheet was written: decide, and change them there"
        else:
            hint = "two people changed it: decide, and change it in the records"
        place = self._place(row, column)
        problem = self.grid.problem(
            line, self.columns[column.name], message, f"{hint} ({place}); nothing was taken"
        )
        self.merged.conflicts.append(problem)

    def _place(self, row: SheetRow, column: SheetColumn) -> str:
        path = row.home.path
        line, _ = self.sources[path].position((*row.way, *column.way))
        return f"{path.relative_to(self.root).as_posix()}:{line}"

    def _gone(self, line: int, before: Written, column: SheetColumn, new: str) -> None:
        message = f"'{new}' here, and the record is no longer there, or not as it was"
        hint = f"it was {quoted(before.key)}: look what became of it; nothing was taken"
        at = self.columns[column.name]
        self.merged.conflicts.append(self.grid.problem(line, at, message, hint))

    def _fault(self, line: int, column: int, message: str, hint: str) -> None:
        self.merged.faults.append(self.grid.problem(line, column, message, hint))

    def _note_gone(self, taken: set[str]) -> None:
        """Say which rows are not in the sheet any more: that deletes nothing."""
        gone = [row for key, row in self.before.items() if key not in taken and key in self.now]
        if not gone:
            return
        named = [row.name or f"{row.places}/{row.at + 1}".lstrip("/") for row in gone]
        shown = ", ".join(named[:_MOST_GONE]) + (" ..." if named[_MOST_GONE:] else "")
        rows = "1 row is" if len(gone) == 1 else f"{len(gone)} rows are"
        self.merged.notes.append(
            f"{rows} not in the sheet any more ({shown}): that deletes nothing; delete in the"
            " records what is to go"
        )

    # Rows that are new

    def _answer(self, line: int) -> None:
        """Add what somebody answered to a question, unless it is on record already."""
        columns = [column for column in self.table.columns if column.way]
        said = {str(column.way[0]): self._cell(line, column) or "" for column in columns}
        if not any(text for name, text in said.items() if name != "self_reported"):
            return
        places = (self._cell(line, self.table.columns[0]) or "",)
        home = self.homes.get(places)
        history = self._items(home) if home else []
        if any(
            (plain(each["text"]), each.get("date")) == (said["text"], said["date"])
            for each in history
        ):
            self.merged.notes.append(f"the answer to '{places[0]}' is on record already")
            return
        for name in ("text", "date", "self_reported"):
            if not said[name]:
                hint = "write it, or empty the other cells of the answer"
                self._fault(line, self.fields[name], f"an answer without '{_NAMES[name]}'", hint)
        self._check_not_to_come(line, said["date"])
        who = said["self_reported"]
        own = {"parties": who} if home and self._is_one_of_several(home, who) else {}
        self._add(line, {"internal": True, **own, **self._status(places[0], said)})

    def _check_not_to_come(self, line: int, day: str) -> None:
        """Refuse news of a day that is still to come: it is a plan."""
        when, today = _when({"date": day}), self.merged.today
        if when and when.end.first > today:
            message = f"news of {quoted(day)}: today is {today}"
            hint = (
                "write when it happened, or when it was said; what is planned belongs in the news"
            )
            self._fault(line, self.fields["date"], message, hint)

    @cached_property
    def _histories(self) -> dict[str, tuple[Entry, ...]]:
        return histories(tuple(loaded.record for loaded in self._contents.records))

    def _is_one_of_several(self, home: Home, who: str) -> bool:
        """Return whether somebody owes a promise with others: an answer tells of them alone."""
        by = value_at(self.sources[home.path].data, (*home.way[:-1], "by"))
        return isinstance(by, list) and len(by) > 1 and who in by

    def _status(self, promise: str, said: dict[str, str]) -> dict[str, str | None]:
        """Return the status that an answer sets: without a source none beside one with a source.

        That may stand with another promise that is the same.
        """
        who = said["self_reported"]
        told = [entry for entry in self._histories.get(promise, ()) if entry.tells_of(who)]
        found = [entry.status for entry in told if entry.status]
        if not said["status"] or said["source"] or said["status"] not in OF_ITSELF:
            return {}
        if not found or found[-1] in {*OF_ITSELF, NOT_VERIFIED}:
            return {}
        self.merged.notes.append(
            f"the answer to '{promise}' sets no status: by its sources it is '{found[-1]}'"
        )
        return {"status": None}

    def _add(self, line: int, more: dict[str, Any] | None = None) -> None:
        places = tuple(
            self._cell(line, column) or "" for column in self.table.columns[: self.table.places]
        )
        home = self.homes.get(places)
        if home is None:
            self._no_home(line, places)
            return
        record: dict[str, Any] = {}
        for column in self.table.columns[self.table.places :]:
            text = self._cell(line, column)
            if not text or column.known:
                continue
            value = self._value(line, column, text)
            *above, name = column.way
            inner = record
            for step in above:
                inner = inner.setdefault(str(step), {})
            inner[str(name)] = value[0] if isinstance(value, list) and len(value) == 1 else value
        record = {name: each for name, each in {**record, **(more or {})}.items() if each}
        order = [*self.table.model.model_fields]
        record = dict(sorted(record.items(), key=lambda item: order.index(item[0])))
        value = record["body"] if record.keys() == {"body"} else record
        if value in self._items(home):  # the sheet was taken before
            self.merged.notes.append(f"row {line} of '{self.grid.name}' is on record already")
            return
        self.new[home.path, home.way, self._after(line, home, places, record)].append((line, value))

    def _no_home(self, line: int, places: tuple[str, ...]) -> None:
        columns = self.table.columns[: self.table.places]
        at = next((at for at, text in enumerate(places) if not text), len(places) - 1)
        known = sorted({home[at] for home in self.homes if home[:at] == places[:at]})
        column = self.columns.get(columns[at].name, 0)
        if not places[at]:
            hint = f"for example '{known[0]}'" if known else "add it to the records first"
            self._fault(line, column, f"a new row without '{columns[at].name}'", hint)
            return
        hint = (
            did_you_mean(places[at], known) or "write one that is there, or add it to the records"
        )
        self._fault(line, column, f"there is no list of {' '.join(map(quoted, places))}", hint)

    def _after(self, line: int, home: Home, places: tuple[str, ...], record: dict[str, Any]) -> int:
        """Return after which item of its list a new one stands: as in the sheet, or by its date."""
        items = self._items(home)
        if self.table.dated:
            return _by_date(items, record)
        before = [
            (each, row.index)
            for each, cells in self.grid.lines.items()
            if (row := self.now.get(cells[0])) and row.places == places
        ]
        in_order = [index for _, index in before] == sorted(index for _, index in before)
        above = max((index for each, index in before if each < line), default=-1)
        if in_order and above >= 0 and any(each > line for each, _ in before):
            return above
        return len(items) - 1

    def _items(self, home: Home) -> list[Any]:
        source = self.sources.get(home.path)
        return items_at(source.data, home.way) if source else []

    def _note_new(self) -> None:
        for (path, way, after), rows in self.new.items():
            edits = self.merged.edits[path]
            if self.table.dated:
                rows.sort(key=lambda row: _day(row[1]))
            values = tuple(value for _, value in rows)
            edits.added.append(Added(way, after, values, _STATEMENT))
            for at, (line, _) in enumerate(rows):
                edits.targets += self._new_targets(line, (*way, after + 1 + at), at)

    def _new_targets(self, line: int, way: Path_, group: int) -> Iterator[Target]:
        """Yield the row, and each of its cells in which something stands."""
        depth = len(way) - 1
        yield self._target(line, 0, way, group, depth)
        for column in self.table.columns[self.table.places :]:
            if self._cell(line, column) and not column.known:
                at = self.columns[column.name]
                yield self._target(line, at, (*way, *column.way), group, depth)


def _day(record: dict[str, Any]) -> str:
    return str(record.get("date") or record.get("checked") or "")


def _when(record: Any) -> When | None:  # noqa: ANN401 (plain data)
    try:
        return When.parse(_day(record))
    except ValueError:
        return None


def _by_date(items: list[Any], record: dict[str, Any]) -> int:
    """Return after which entry of a history a new one belongs: the last that is not later."""
    new = _when(record)
    for index in reversed(range(len(items))):
        old = _when(items[index])
        if new is None or old is None or not old.surely_after(new):
            return index
    return -1


def entries(merged: Merged) -> Iterator[tuple[Path, Edits]]:
    """Yield what there is to be changed, file by file."""
    for path, edits in sorted(merged.edits.items()):
        if edits.changes or edits.added:
            yield path, edits
