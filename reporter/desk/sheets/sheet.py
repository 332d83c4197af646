"""``reporter sheet``: the records of a kind as a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.desk.sheets.columns import tables
from reporter.desk.sheets.sheet_rows import languages, rows_of
from reporter.desk.sheets.take import check_free
from reporter.desk.sheets.workbook import WorkbookSheet, workbook
from reporter.outputs.files import write
from reporter.problems import ReporterError, has_errors
from reporter.records.project import Contents, load

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def sheet(root: Path, kind: str, path: Path) -> Path:
    """Write the records of a kind to a workbook, and return its path.

    Raises ReporterError where a record cannot be read, or the workbook cannot be written, or one is
    there that holds changes.
    """
    contents = load(root)
    if has_errors(contents.problems):
        raise ReporterError(contents.problems)
    check_free(root, contents, path)
    return write(path, workbook(kind, sheets(contents, kind, root)))


def sheets(contents: Contents, kind: str, root: Path) -> Iterator[WorkbookSheet]:
    """Yield the sheets of a kind, with all their rows."""
    for table in tables(kind, languages(contents)):
        rows = tuple((row.key, row.cells) for row in rows_of(contents, table, root))
        yield WorkbookSheet(table.name, table.columns, rows)
