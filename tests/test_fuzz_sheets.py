"""Projects by chance, out into sheets and in again: nothing changes but what was changed there."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

import openpyxl
import pytest
from fuzzing import content_of, examples, folder, within
from generated import Sample, projects
from hypothesis import given
from hypothesis import strategies as st
from shortened import shortened

from reporter.desk.sheets import SHEETS
from reporter.desk.sheets.columns import SheetColumn, tables
from reporter.desk.sheets.sheet import sheet
from reporter.desk.sheets.sheet_rows import languages, rows_of
from reporter.desk.sheets.take import Taken, take
from reporter.problems import Problem, ReporterError
from reporter.records.outline import spans_of
from reporter.records.project import Contents, load
from reporter.records.relevance import sort_problems

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.desk.sheets.sheet_rows import SheetRow

TEXTS = (
    *("plain words", "with: colon # and hash", "'q' \"d\"", "衛星の「運用」", "two\nlines", "null"),
    *(
        "- x",
        "a\\b",
        "=1+1",
        "x" * 150,
        "word " * 60 + "end",
        "[a]",
        "{b}",
        "trailing:",
        "#c",
        "@x",
    ),
    *("2023-01", " inner  blanks\n\n  here", "~", "true", "a, b", "? x", "é\U0001f6f0\ufe0f", "%x"),
)
FREE = {"text", "title", "publisher", "note", "verb", "short", "reading", "where", "printed_as"}
"""Fields that take any text."""


NOTHING = Taken((), (), ())


class Cell(NamedTuple):
    """A cell that can be changed, and the row and column of which it is."""

    page: str
    line: int
    at: int
    row: SheetRow
    column: SheetColumn


def cells(contents: Contents, kind: str, root: Path) -> list[Cell]:
    """Return the cells of a sheet that take any text."""
    return [
        Cell(table.name, line, at + 2, row, column)
        for table in tables(kind, languages(contents))
        for line, row in enumerate(rows_of(contents, table, root), 2)
        for at, column in enumerate(table.columns)
        if column.way[-1:] and column.way[-1] in FREE
    ]


def is_sound(contents: Contents) -> bool:
    """Return whether nothing is wrong with a project."""
    return not any(item.severity == "error" for item in sort_problems(contents, None))


def out_and_in(sample: Sample, kind: str) -> None:
    """Write a sheet and take it: not a byte of the project changes."""
    with folder() as root, within(60):
        sample.save(root)
        contents = load(root)
        before = content_of(root)
        file = sheet(root, kind, root / "x.xlsx")
        if is_sound(contents):
            assert take(root, file) == NOTHING
        file.unlink()
        assert content_of(root) == before


def one_cell(sample: Sample, kind: str, random: Random) -> None:
    """Change a cell: in its file only its value changes, and the next sheet has it.

    Half of the projects are written in short.
    """
    sample = shortened(sample, random) if random.random() < 0.5 else sample
    with folder() as root, within(60):
        sample.save(root)
        contents = load(root)
        found = cells(contents, kind, root)
        if not found or not is_sound(contents):
            return
        cell, text = random.choice(found), random.choice(TEXTS)
        file = sheet(root, kind, root / "x.xlsx")
        book = openpyxl.load_workbook(file)
        page = book[cell.page]
        page.cell(cell.line, cell.at).value = text
        page.cell(cell.line, cell.at).data_type = "s"
        book.save(file)
        before = content_of(root)
        try:
            taken, problems = take(root, file), tuple[Problem, ...]()
        except ReporterError as error:
            taken, problems = NOTHING, error.problems
        assert all(problem.cell for problem in problems), problems
        check_only(root, before, content_of(root), cell)
        if taken.paths:
            again = {
                (found.line, found.column.name): found.row
                for found in cells(load(root), kind, root)
                if found.page == cell.page
            }
            assert again[cell.line, cell.column.name].cells[cell.at - 2] == text.strip()


def check_only(root: Path, before: dict[str, bytes], after: dict[str, bytes], cell: Cell) -> None:
    """Check that nothing changed but the value of a cell, or the line that was put in for it."""
    name = cell.row.home.path.relative_to(root).as_posix()
    others = {other for other in before if before[other] != after[other]}
    assert others <= {name}
    if not others:
        return
    old, new = (each[name].decode().removeprefix("\ufeff") for each in (before, after))
    root_span = spans_of(old)
    span, row = root_span.at((*cell.row.way, *cell.column.way)), root_span.at(cell.row.way)
    if span and row and row.short and row.short.sources and cell.column.way == ("text",):
        span = row.short.text  # the sources that end a text stay, in its quotation marks
    if span:
        assert new.startswith(old[: span.start])
        assert new.endswith(old[span.end :])
    else:
        same = next(
            (at for at, signs in enumerate(zip(old, new, strict=False)) if signs[0] != signs[1]),
            len(old),
        )
        assert new.endswith(old[same:]) or isinstance(cell.row.data, str)


@examples(4, share=0.4)
@given(projects(), st.sampled_from(SHEETS))
def test_out_and_in(sample: Sample, kind: str) -> None:
    """A sheet that nobody changed alters no byte, whatever is in it and however it is written."""
    out_and_in(sample, kind)


@examples(5, share=0.4)
@given(projects(), st.sampled_from(SHEETS), st.integers(0, 2**32))
def test_one_changed_cell(sample: Sample, kind: str, seed: int) -> None:
    """It alters its value and no other sign, or it is refused by its name and alters nothing."""
    one_cell(sample, kind, Random(seed))  # noqa: S311 (which cell)


@pytest.mark.full
@examples(12, share=0)
@given(projects(), st.sampled_from(SHEETS), st.integers(0, 2**32))
def test_more_of_both(sample: Sample, kind: str, seed: int) -> None:
    """The same, of more projects."""
    out_and_in(sample, kind)
    one_cell(sample, kind, Random(seed))  # noqa: S311 (which cell)
