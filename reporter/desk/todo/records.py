"""What is late or unchecked, and records that lack a review, a language, a text's sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from reporter.language import language_of
from reporter.records import KINDS
from reporter.records.base import Names
from reporter.records.meeting import Meeting
from reporter.records.places import shown
from reporter.records.references import parts
from reporter.records.reviews import is_changed, judged, review_of, reviewable
from reporter.records.statements import Statement
from reporter.reports.common.context import Context
from reporter.reports.common.ledger_rows import rows_of
from reporter.sources.coverage import left_in
from reporter.sources.judging import Holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.records import Record
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

TodoKind = Literal["overdue", "unchecked", "unreviewed", "uncoded", "untranslated"]
ORDER: tuple[TodoKind, ...] = get_args(TodoKind)
"""What there is to do, the worst first."""
MOST_NAMED = 8  # sentences of a document
_SHARED = {kind.name: kind.plural for kind in KINDS if not kind.own_file}


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


def _item(  # noqa: PLR0913 (as many as an item has)
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


def officers_of(contents: Contents) -> tuple[str, ...]:
    """Return who follows anything up, each once, in order."""
    found = {contents.settings.desk_officer}
    for loaded in contents.records:
        found.update(getattr(part, "desk_officer", None) for _, part in parts(loaded.record))
    return tuple(sorted(filter(None, found)))


def _officer(library: Library, record: Record) -> str | None:
    """Return who follows up a record: whom it names, or its series, or the project."""
    found: str | None = getattr(record, "desk_officer", None)
    part = library.part(record.series) if isinstance(record, Meeting) else library
    return found or part.project.desk_officer


def late_and_unchecked(contents: Contents, library: Library, day: date) -> Iterator[Todo]:
    """Yield the lines of the ledger that are overdue or unchecked on the day, each once."""
    words = language_of(contents.theme, contents.settings.language)
    context = Context.on(library, day, words, asked=True)
    places = {
        part.id: (loaded, where)
        for loaded in contents.records
        for where, part in parts(loaded.record)
        if isinstance(part, Statement) and part.id
    }
    for row in rows_of(context, lambda _context, _matter: True):
        name, standing = row.row.id, row.row.standing
        if since := standing.overdue_since or standing.unchecked_since:
            kind: TodoKind = "overdue" if standing.overdue_since else "unchecked"
            text, officer = row.row.short, row.officer
            yield _item(*places[name], kind, text, officer=officer, name=name, since=since)


def unreviewed(contents: Contents, library: Library) -> Iterator[Todo]:
    """Yield each part that was changed since its review, and how much nobody has reviewed.

    The latter is a line for each record, or for each file of many small ones. A project in which
    nothing was ever reviewed has none: it does not work so.
    """
    if not any(loaded.facts.reviewed for loaded in contents.records):
        return
    files: dict[str, list[Loaded]] = {}
    for loaded in contents.records:
        record = judged(loaded.record)
        officer = _officer(library, record)
        for where, part in reviewable(record):
            if is_changed(part) and (review := review_of(part)):
                told = f"changed since {review.by} reviewed it on {review.on}"
                name = getattr(part, "id", None) or ""
                named = getattr(part, "desk_officer", None) or officer
                yield _item(loaded, where, "unreviewed", told, officer=named, name=name)
        if loaded.kind in _SHARED:
            files.setdefault(_SHARED[loaded.kind], []).append(loaded)
        elif told := _left((loaded,)):
            yield _item(loaded, (), "unreviewed", told, officer=officer)
    for name, those in files.items():
        if told := _left(those):
            officer = contents.settings.desk_officer
            yield _item(those[0], (), "unreviewed", told, officer=officer, name=name)


def _left(those: Iterable[Loaded]) -> str:
    """Return how much of some records nobody has reviewed; nothing where all was, once."""
    every = [part for loaded in those for _, part in reviewable(loaded.record)]
    left = sum(review_of(part) is None for part in every)
    return f"{left} of {len(every)} parts not reviewed" if left else ""


def untranslated(contents: Contents, library: Library) -> Iterator[Todo]:
    """Yield the names and titles that one of the languages of the project lacks.

    These are the languages of the name of the series; ``not verified`` says that one was looked
    for.
    """
    languages = tuple(contents.settings.series.root)
    for loaded in contents.records if languages[1:] else ():
        for where, part in parts(loaded.record):
            for field in type(part).model_fields:
                names = getattr(part, field)
                lacking = _lacking(names, languages) if isinstance(names, Names) else ()
                if lacking:
                    _, text = names.best(*languages)
                    told = f"{field} not in '{', '.join(lacking)}': {text}"
                    officer = _officer(library, loaded.record)
                    yield _item(loaded, (*where, field), "untranslated", told, officer=officer)


def _lacking(names: Names, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the languages that a name lacks; none where it is not known in any."""
    if all(names.get(code) is None for code in names.root):
        return ()
    return tuple(code for code in languages if code not in names.root)


def uncoded(contents: Contents) -> Iterator[Todo]:
    """Yield the documents read whole of which a sentence is neither coded nor set aside."""
    for loaded, found in left_in(contents, Holder(contents)):
        if found.left:
            named = ", ".join(map(str, found.left[:MOST_NAMED]))
            more = len(found.left) - MOST_NAMED
            told = f"{len(found.left)} of {found.total} sentences: {named}"
            told = f"{told} and {more} more" if more > 0 else told
            yield _item(loaded, (), "uncoded", told, officer=contents.settings.desk_officer)
