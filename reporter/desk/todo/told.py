"""A work list as lines: for a terminal, as JSON, as CSV, as Markdown."""

from __future__ import annotations

import csv
import io
import json
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from reporter.desk.todo.records import ORDER, Todo
from reporter.formats.exports.tables import cell
from reporter.records.brevity import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TodoFormat = Literal["text", "json", "csv", "md"]
NOTHING = "Nothing is left to be done: all is checked, reviewed, translated and coded."
NOBODY = "Nobody named"
LEAST = 24  # columns of what a line is about, on any terminal


def lines(items: Sequence[Todo], form: TodoFormat, width: int | None = None) -> list[str]:
    """Return the lines of a work list; those of a terminal are not wider than it is."""
    tell = {"json": _json, "csv": _csv, "md": _markdown}
    return list(tell[form](items) if form in tell else _text(items, width))


def counted(items: Sequence[Todo]) -> str:
    """Return how much there is to do of each kind."""
    found = {kind: sum(item.kind == kind for item in items) for kind in ORDER}
    told = ", ".join(f"{number} {kind}" for kind, number in found.items() if number)
    return f"{len(items)} to do: {told}"


def _text(items: Sequence[Todo], width: int | None) -> Iterator[str]:
    if not items:
        yield NOTHING
        return
    kinds = max(len(item.kind) for item in items)
    places = max(len(_place(item)) for item in items)
    several = bool(items[0].officer)
    indent = "  " * several
    for number, (officer, its) in enumerate(groupby(items, key=lambda item: item.officer)):
        if several:
            yield from [""] * bool(number)
            yield officer or NOBODY
        for item in its:
            since = item.since.isoformat() if item.since else ""
            first = f"{indent}{item.kind:<{kinds}}  {since:10}  {_place(item):<{places}}  "
            text = f"{item.id}: {item.text}"
            yield first + (shortened(text, max(width - len(first), LEAST)) if width else text)


def _place(item: Todo) -> str:
    return f"{item.file}:{item.line}"


def _json(items: Sequence[Todo]) -> Iterator[str]:
    found = [
        item._asdict() | {"since": item.since.isoformat() if item.since else None} for item in items
    ]
    # What a runner of a workflow would obey is said in another way.
    yield from json.dumps(found, indent=1).replace("##", "#\\u0023").split("\n")


def _csv(items: Sequence[Todo]) -> Iterator[str]:
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(Todo._fields)
    rows.writerows([cell(value) for value in item] for item in items)
    yield from text.getvalue().splitlines()


def _markdown(items: Sequence[Todo]) -> Iterator[str]:
    if not items:
        yield NOTHING
        return
    for number, (officer, its) in enumerate(groupby(items, key=lambda item: item.officer)):
        yield from [""] * bool(number)
        yield f"## {_escaped(officer or NOBODY)}"
        yield ""
        yield "| what | since | where | id | about |"
        yield "|---|---|---|---|---|"
        for item in its:
            since = item.since.isoformat() if item.since else ""
            place = f"`{_place(item)}`"
            cells = (item.kind, since, place, _escaped(item.id), _escaped(item.text))
            yield f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    """Return a text that is no markup in a cell of Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>|#" else sign for sign in text)
