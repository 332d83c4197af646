"""One thing that is left to be done, and where."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reporter.records.places import shown

if TYPE_CHECKING:
    from datetime import date

    from reporter.records.project import Loaded
    from reporter.records.reader import Path_

TodoKind = Literal["overdue", "unchecked", "unreviewed", "uncoded", "untranslated"]
ORDER: tuple[TodoKind, ...] = ("overdue", "unchecked", "unreviewed", "uncoded", "untranslated")
"""What there is to do, the worst first."""


class Todo(NamedTuple):
    """One thing that is left to be done."""

    officer: str
    """Who follows it up; empty where nobody is named."""
    kind: TodoKind
    id: str
    """Of the promise, or of the record."""
    text: str
    """What it is about, in one line."""
    since: date | None
    """Of what is overdue or unchecked: its due day, or the last day on which somebody looked."""
    file: str
    """From the folder of the project."""
    line: int
    column: int


def item(  # noqa: PLR0913 (as many as an item has)
    loaded: Loaded,
    where: Path_,
    kind: TodoKind,
    text: str,
    *,
    officer: str | None,
    name: str = "",
    since: date | None = None,
) -> Todo:
    """Return what is to be done at a place in a record."""
    found = loaded.problem(where, "")
    said = " ".join(text.split())
    name = name or loaded.facts.id
    place = shown(loaded.path), found.line, found.column
    return Todo(officer or "", kind, name, said, since, *place)
