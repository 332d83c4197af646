"""Reads sheets that come back: workbooks and CSV, whoever changed them, with what."""

from __future__ import annotations

import codecs
import csv
import re
import warnings
import zipfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time
from io import BytesIO, StringIO
from typing import TYPE_CHECKING, Any

from reporter.desk.sheets.columns import KEPT, KEY
from reporter.desk.sheets.sheet_rows import plain
from reporter.problems import Problem, quoted, stop
from reporter.sources.unzipping import NoArchiveError, TooLargeError, every_part
from reporter.text import NOT_TEXT, OLD_OFFICE, decoded, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

LARGEST = 32 * 1024**2  # bytes of a file
LARGEST_UNPACKED = 64 * 1024**2
MOST_CELLS = 1_500_000  # of a workbook, and of a range in it
MOST_ROWS, MOST_COLUMNS = 100_000, 200
_AGAIN = "write it anew with 'reporter sheet', and take over what was changed"
_NO_WORKBOOK = "save it as an Excel workbook (.xlsx) or as CSV (UTF-8)"
_AS_TEXT = "format the cell as text, and write it again"
_XML = (".xml", ".rels", ".vml")
_RANGE = re.compile(rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^>]*>")
_CORNERS = re.compile(rb"\bref\s*=\s*[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_SEPARATOR = re.compile(r"sep=([^\w\s]|\t)\r?\n")
_DECLARED = re.compile(rb"<!\s*(DOCTYPE|ENTITY)|\x00", re.IGNORECASE)
# What the library raises where a workbook is damaged: it takes each part for whole.
_FAULTS = (
    zipfile.BadZipFile,
    SyntaxError,  # as parsers of XML have it
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    RecursionError,
    AssertionError,
)


@dataclass(slots=True)
class SheetGrid:
    """A sheet: its head, its rows, and the rows as they were when it was written."""

    path: Path
    name: str
    """Of the sheet in its workbook."""
    main: bool
    """Whether its name goes without saying."""
    head: tuple[str, ...]
    lines: dict[int, tuple[str, ...]]
    """Rows by number, counted from 1 as a program for sheets does; the head is row 1."""
    base: dict[str, tuple[str, ...]] | None = None
    """The cells of each row by its key, as they were; None where nobody kept them."""
    base_head: tuple[str, ...] = ()
    faults: list[Problem] = field(default_factory=list)

    def problem(self, line: int, column: int, message: str, hint: str = "") -> Problem:
        """Return what is wrong with a cell, by its name: ``D14``."""
        cell = f"{'' if self.main else f'{self.name}!'}{_letters(column)}{line}"
        return Problem(self.path, message, hint, line, column + 1, cell=cell)


def _letters(column: int) -> str:
    """Return the name of a column, counted from 0: A, B, ... Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def opened(path: Path) -> list[SheetGrid]:
    """Return the sheets of a workbook or of a CSV file that hold records.

    Raises ReporterError where it is neither, or damaged. What is wrong with single cells stands in
    each grid.
    """
    content = read_bytes(path, LARGEST, "split it, or write it anew with 'reporter sheet'")
    if path.suffix.lower() == ".csv":
        return [_of_csv(path, content)]
    if path.suffix.lower() != ".xlsx":
        stop(path, f"its name ends in {quoted(path.suffix)}", _NO_WORKBOOK)
    found = _of_workbook(path, content)
    if not found:
        stop(path, f"no sheet has a column '{KEY}' at its left", _AGAIN)
    return found


def _of_workbook(path: Path, content: bytes) -> list[SheetGrid]:
    from openpyxl import load_workbook  # noqa: PLC0415 (heavy: only for this command)
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 (as above)

    _check_parts(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), keep_links=False)
    except (*_FAULTS, InvalidFileException):
        stop(path, "this workbook is damaged", "open it in Excel or LibreOffice, and save it anew")
    pages = {page.title: page for page in book.worksheets}
    for name, page in pages.items():
        if f"{KEPT}{name}" in pages and not _is_ours(page):
            stop(path, f"the sheet '{name}' has lost its first column, '{KEY}'", _AGAIN)
    ours = [page for page in pages.values() if _is_ours(page) and not page.title.startswith(KEPT)]
    grids = [_grid(path, page, main=page is ours[0]) for page in ours]
    for grid in grids:
        kept = pages.get(f"{KEPT}{grid.name}")
        if kept is not None:
            copy = _grid(path, kept, main=False)
            grid.base_head = copy.head
            grid.base = {cells[0]: cells for cells in copy.lines.values()}
    return grids


def _is_ours(page: Worksheet) -> bool:
    return str(page.cell(1, 1).value or "").strip() == KEY


def _check_parts(path: Path, content: bytes) -> None:
    """Raise ReporterError where an archive is none, too large, or has what no workbook needs."""
    if content.startswith(OLD_OFFICE):
        stop(path, "it is encrypted, or of an old Excel", f"without a password, {_NO_WORKBOOK}")
    if b"xl/workbook.xml" not in content:
        stop(path, "this is no workbook, or a damaged one", _NO_WORKBOOK)
    try:
        for name, part in every_part(content, LARGEST_UNPACKED):
            if name.endswith(_XML):
                _check_part(path, part)
    except TooLargeError:
        stop(path, f"it unpacks to more than {LARGEST_UNPACKED // 1024**2} MiB", "do not open it")
    except NoArchiveError:
        stop(path, "this is no workbook, or a damaged one", _NO_WORKBOOK)


def _check_part(path: Path, part: bytes) -> None:
    """Raise ReporterError where a part would take the library too long, or lead elsewhere."""
    if _DECLARED.search(part):
        stop(path, "it declares entities, as no workbook does", "do not open it")
    ranges = [found[0] for found in _RANGE.finditer(part)]
    if part.count(b"<c") > MOST_CELLS or any(_size(found) > MOST_CELLS for found in ranges):
        stop(path, f"it has more than {MOST_CELLS:,} cells, or a range of so many", _AGAIN)


def _size(found: bytes) -> int:
    """Return how many cells of a range a program has to go through; a disguised one has all."""
    from openpyxl.utils import range_boundaries  # noqa: PLC0415 (heavy: only for this command)

    named = _CORNERS.search(found)
    if b"&" in found or not named:
        return 0 if b":" not in found and b"&" not in found else MOST_CELLS + 1
    first, top, last, bottom = range_boundaries(named[1].decode())
    return int((last - first + 1) * (bottom - top + 1))


def _grid(path: Path, page: Worksheet, *, main: bool) -> SheetGrid:
    grid = SheetGrid(path, page.title, main, head=(), lines={})
    rows = min(page.max_row, MOST_ROWS)
    columns = min(page.max_column, MOST_COLUMNS)
    for merged in page.merged_cells.ranges:
        hint = "part it into single cells: what the others held is lost"
        name = f"merged cells {merged.coord}"
        grid.faults.append(grid.problem(merged.min_row, merged.min_col - 1, name, hint))
    for line, row in enumerate(page.iter_rows(max_row=rows, max_col=columns), 1):
        cells = tuple(_text(grid, line, at, cell) for at, cell in enumerate(row))
        if line == 1:
            grid.head = cells
        elif any(cells):
            grid.lines[line] = cells
    return grid


def _text(grid: SheetGrid, line: int, column: int, cell: Cell) -> str:
    """Return what stands in a cell, as text; note what a program has made of it."""
    value: Any = cell.value
    message, hint = f"the program made {quoted(str(value))} of it", _AS_TEXT
    if cell.data_type == "f":
        message = "a formula"
        hint = "write the value itself; a text that begins with '=' needs the format text"
    elif cell.data_type == "e":
        message, hint = f"an error: {value}", "write the value"
    elif (found := _as_text(value)) is not None:
        return _checked(grid, line, column, found)
    grid.faults.append(grid.problem(line, column, message, hint))
    return ""


def _as_text(value: Any) -> str | None:  # noqa: ANN401 (as the library has it)
    """Return a value as it was surely meant; None where a program may have changed it."""
    if value is None or isinstance(value, str):
        return plain(value or "")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else None
    return value.isoformat() if isinstance(value, date) else None


def _checked(grid: SheetGrid, line: int, column: int, text: str) -> str:
    if bad := re.search(NOT_TEXT, text):
        message = f"the character U+{ord(bad[0]):04X} is not text"
        grid.faults.append(grid.problem(line, column, message, "delete it; it does not show"))
        return ""
    return text


def _text_of_csv(path: Path, content: bytes) -> str:
    """Return the text of a CSV file, also as Excel writes its 'Unicode text'."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        with suppress(UnicodeDecodeError):
            return content.decode("utf-16")
    return decoded(path, content)


def _of_csv(path: Path, content: bytes) -> SheetGrid:
    text = _text_of_csv(path, content)
    if told := _SEPARATOR.match(text):  # Excel reads it, and does not show it
        text = text[told.end() :]
    first = text.partition("\n")[0]
    mark = told[1] if told else max(",;\t|", key=first.count)
    csv.field_size_limit(LARGEST)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=mark, strict=True))
    except csv.Error:
        hint = "look for a quotation mark that is not closed; or save it anew as CSV (UTF-8)"
        stop(path, "this is not CSV", hint)
    head = tuple(map(plain, rows[0])) if rows else ()
    if head[:1] != (KEY,):
        stop(path, f"the first column is not '{KEY}'", _AGAIN)
    grid = SheetGrid(path, path.stem, main=True, head=head, lines={})
    for line, row in enumerate(rows[1:], 2):
        if any(map(plain, row)):
            grid.lines[line] = tuple(map(plain, row))
    return grid
