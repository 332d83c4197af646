"""What stands in a sheet that came back: texts in cells, with the names of the cells."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reporter.problems import Problem

if TYPE_CHECKING:
    from pathlib import Path


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

    def cell(self, line: int, column: int) -> str:
        """Return the name of a cell: ``D14``."""
        name = f"{letters(column)}{line}"
        return name if self.main else f"{self.name}!{name}"

    def problem(
        self, line: int, column: int, message: str, hint: str = "", *, warning: bool = False
    ) -> Problem:
        """Return what is wrong with a cell."""
        return Problem(
            self.path,
            message,
            hint,
            line,
            column + 1,
            severity="warning" if warning else "error",
            cell=self.cell(line, column),
        )


def letters(column: int) -> str:
    """Return the name of a column, counted from 0: A, B, ... Z, AA."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
