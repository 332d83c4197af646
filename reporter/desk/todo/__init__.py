"""``reporter todo``: what is left to be done in the records, by desk officer, worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.desk.todo.records import (
    ORDER,
    Todo,
    late_and_unchecked,
    officers_of,
    uncoded,
    unreviewed,
    untranslated,
)
from reporter.library.edition import library_of
from reporter.problems import did_you_mean, quoted, stop
from reporter.records.cache import read
from reporter.records.relevance import check

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reporter.records.project import Contents

__all__ = ["Todo", "todo"]


def todo(root: Path, day: date, officer: str = "") -> tuple[Todo, ...]:
    """Return what is left to be done in a project as of ``day``, or what one officer has to do.

    Items are in order: by officer, what nobody follows up last, and of each the worst first.
    Raises ReporterError where records are wrong, or where nobody of this name is in them.
    """
    contents = read(root)
    check(contents, None)
    if officer:
        officer = _known(contents, officer)
    library = library_of(contents)
    found = [
        *late_and_unchecked(contents, library, day),
        *unreviewed(contents, library),
        *untranslated(contents, library),
        *uncoded(contents),
    ]
    return tuple(sorted((item for item in found if officer in {"", item.officer}), key=_place))


def _known(contents: Contents, officer: str) -> str:
    """Return an officer as the records write the name."""
    known = {name.casefold(): name for name in officers_of(contents)}
    if officer.casefold() not in known:
        there = f"there are: {', '.join(known.values())}"
        first = "name them with 'desk_officer:', of a promise or of project.yaml"
        hint = did_you_mean(officer, known.values()) or (there if known else first)
        stop(None, f"there is no desk officer {quoted(officer)}", hint)
    return known[officer.casefold()]


def _place(item: Todo) -> tuple[object, ...]:
    since = item.since.toordinal() if item.since else 0
    return (
        not item.officer,
        item.officer.casefold(),
        ORDER.index(item.kind),
        since,
        item.file,
        item.line,
        item.id,
    )
