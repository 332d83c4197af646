"""Promises and expectations that are overdue, or at which nobody has looked for long."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.desk.todo.items import Todo, item
from reporter.language import language_of
from reporter.records.references import parts
from reporter.records.statements import Statement
from reporter.reports.common.context import Context
from reporter.reports.common.ledger_rows import rows_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.desk.todo.items import TodoKind
    from reporter.library import Library
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_
    from reporter.reports.common.ledger_rows import LedgerRow


def late_and_unchecked(contents: Contents, library: Library, day: date) -> Iterator[Todo]:
    """Yield the lines of the ledger that are overdue or unchecked on the day, each once."""
    words = language_of(contents.theme, contents.settings.language)
    context = Context.on(library, day, words, asked=True)
    places = dict(_places(contents))
    for row in rows_of(context, lambda _context, _matter: True):
        loaded, where = places[row.row.id]
        if found := _found(row):
            kind, since = found
            yield item(
                loaded,
                where,
                kind,
                row.row.short,
                officer=row.officer,
                name=row.row.id,
                since=since,
            )


def _places(contents: Contents) -> Iterator[tuple[str, tuple[Loaded, Path_]]]:
    """Yield where each statement with an id stands."""
    for loaded in contents.records:
        for where, part in parts(loaded.record):
            if isinstance(part, Statement) and part.id:
                yield part.id, (loaded, where)


def _found(row: LedgerRow) -> tuple[TodoKind, date] | None:
    """Return whether a line is overdue or unchecked, and since when."""
    standing = row.row.standing
    if standing.overdue_since:
        return "overdue", standing.overdue_since
    since = standing.unchecked_since
    return ("unchecked", since) if since else None
