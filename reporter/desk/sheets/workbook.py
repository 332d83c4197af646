"""Writes sheets as a workbook, with the same bytes each time."""

from __future__ import annotations

import re
import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from reporter.desk.sheets.columns import KEPT, KEY, SheetColumn
from reporter.records.brevity import width_in_letters
from reporter.sources.unzipping import zipped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

NARROWEST, HIGHEST = 9, 400.0  # of a column, in signs; of a row, in points
LAST_ROW = 20_000  # to which a drop-down goes on, for rows that are added
_MOMENT = datetime(1980, 1, 1)  # noqa: DTZ001 (as the library takes it)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_TEXT = "@"
_FORMULA = tuple("=+-@")  # what a program for sheets takes for the first sign of a formula
_INK, _HEAD, _RULE, _FIXED = "FF1F2A37", "FFE7ECF2", "FFC9D1DA", "FF6B7684"

_FONT = Font(name="Calibri", size=10, color=_INK)
_GREY = Font(name="Calibri", size=10, color=_FIXED)
_BOLD = Font(name="Calibri", size=10, color=_INK, bold=True)
_FILL = PatternFill("solid", fgColor=_HEAD)
_ASKED = PatternFill("solid", fgColor="FFFFF8DC")
_LINE = Border(bottom=Side(style="hair", color=_RULE))
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_OPEN = Protection(locked=False)


class WorkbookSheet(NamedTuple):
    """A sheet as it is written: each row with its key and its cells."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def workbook(title: str, sheets: Iterable[WorkbookSheet]) -> bytes:
    """Return a workbook with these sheets, and with a hidden copy of each."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title = title
    book.properties.creator = "reporter"
    book.properties.created = _MOMENT
    for style in _styles():
        book.add_named_style(style)
    found = tuple(sheets)
    for sheet in found:
        _fill(book.create_sheet(sheet.name), sheet)
    for sheet in found:
        _keep(book.create_sheet(f"{KEPT}{sheet.name}"), sheet)
    buffer = BytesIO()
    book.save(buffer)
    return _timeless(buffer.getvalue())


def _styles() -> Iterator[NamedStyle]:
    """Yield how cells look; a style is given to a cell at once, and not trait by trait."""
    common = {"alignment": _WRAPPED, "border": _LINE, "number_format": _TEXT}
    yield NamedStyle("reporter head", font=_BOLD, fill=_FILL, **common)
    yield NamedStyle("reporter fixed", font=_GREY, **common)
    yield NamedStyle("reporter open", font=_FONT, protection=_OPEN, **common)
    yield NamedStyle("reporter asked", font=_FONT, protection=_OPEN, fill=_ASKED, **common)


def _fill(page: Worksheet, sheet: WorkbookSheet) -> None:
    _put_row(page, 1, (KEY, *(column.name for column in sheet.columns)))
    widths = [
        _width(column, [cells[at] for _, cells in sheet.rows])
        for at, column in enumerate(sheet.columns)
    ]
    for at, (column, width) in enumerate(zip(sheet.columns, widths, strict=True), 2):
        _set_up(page, at, column, len(sheet.rows))
        page.column_dimensions[get_column_letter(at)].width = width
    for cell in page[1]:
        cell.style = "reporter head"
    for line, (key, cells) in enumerate(sheet.rows, 2):
        page.row_dimensions[line].height = _height(cells, widths)
        first, *others = _put_row(page, line, (key, *cells))
        first.style = "reporter fixed"
        for cell, column in zip(others, sheet.columns, strict=True):
            is_open = not (column.known or (column.fixed and cell.value))
            look = "asked" if column.least else "open"  # one for an answer is to be seen
            cell.style = f"reporter {look if is_open else 'fixed'}"
            if cell.value and str(cell.value).startswith(_FORMULA):
                cell.quotePrefix = True
    page.column_dimensions["A"].hidden = True
    fixed = sum(column.fixed for column in sheet.columns)
    page.freeze_panes = f"{get_column_letter(fixed + 2)}2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns) + 1)}{len(sheet.rows) + 1}"
    _protect(page)
    _lay_out(page)


def _width(column: SheetColumn, texts: list[str]) -> int:
    """Return the width of a column: that of its longest line, from a least to a greatest width.

    Programs for sheets measure it only when somebody asks for it.
    """
    lines = [line for text in (column.name, *texts) for line in text.split("\n")]
    return max(NARROWEST, column.least, min(column.width, max(map(width_in_letters, lines)) + 3))


def _height(cells: Iterable[str], widths: Iterable[int]) -> float:
    """Return how high a row is so that all of it can be read, in points; at first, at least."""
    lines = (
        sum(-(-max(1, width_in_letters(line)) // (width - 1)) for line in text.split("\n"))
        for text, width in zip(cells, widths, strict=True)
    )
    return min(HIGHEST, 13.5 * max(lines) + 3)


def _set_up(page: Worksheet, at: int, column: SheetColumn, rows: int) -> None:
    """Set the note of a column, its drop-down, and how rows to come look in it."""
    name = get_column_letter(at)
    whole = page.column_dimensions[name]
    whole.number_format, whole.font, whole.alignment = _TEXT, _FONT, _WRAPPED
    if not column.known:
        whole.protection = _OPEN
    note = column.help + (f" One of: {', '.join(column.words)}." if column.words else "")
    if note:
        comment = Comment(note, "reporter", width=300, height=40 + 18 * (len(note) // 40 + 1))
        page.cell(1, at).comment = comment
    if column.words:
        listed = DataValidation("list", formula1=f'"{",".join(column.words)}"', allow_blank=True)
        listed.errorTitle, listed.error = column.name, f"One of: {', '.join(column.words)}"[:220]
        listed.showErrorMessage = True
        listed.add(f"{name}2:{name}{max(LAST_ROW, rows + 1000)}")
        page.add_data_validation(listed)


def _protect(page: Worksheet) -> None:
    """Lock ids, and let everything else be done. There is no password: it is a reminder."""
    page.protection.sheet = True
    for name in ("formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows"):
        setattr(page.protection, name, False)
    page.protection.autoFilter = page.protection.sort = False


def _lay_out(page: Worksheet) -> None:
    """Set how it is printed: across, all columns on a page, the head on each."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = page.PAPERSIZE_A3
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"


def _keep(page: Worksheet, sheet: WorkbookSheet) -> None:
    _put_row(page, 1, (KEY, *(column.name for column in sheet.columns)))
    for line, (key, cells) in enumerate(sheet.rows, 2):
        for at, text in enumerate((key, *cells), 1):
            if text:
                _put(page, line, at, text)
    page.sheet_state = "hidden"
    page.protection.sheet = True


def _put_row(page: Worksheet, line: int, cells: Iterable[str]) -> list[Cell]:
    return [_put(page, line, at, text) for at, text in enumerate(cells, 1)]


def _put(page: Worksheet, line: int, column: int, text: str) -> Cell:
    """Write a text that no program takes for a number, a date or a formula."""
    cell = page.cell(line, column)
    if text:
        cell.value = text
        cell.data_type = "s"
    return cell


def _timeless(content: bytes) -> bytes:
    """Return a workbook without the times at which it and its parts were written."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for name, part in found.items():
        if name.startswith("xl/worksheets/"):  # so that a row grows with what is written in it
            found[name] = part.replace(b' customHeight="1"', b"")
    core = "docProps/core.xml"
    found[core] = _MODIFIED.sub(rb"\g<1>1980-01-01T00:00:00Z", found[core])
    return zipped(found)
