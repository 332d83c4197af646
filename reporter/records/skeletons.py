"""Records as ``reporter new`` wrote them: nobody has filled them in, so nothing is a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting, Place
from reporter.records.programme import Programme
from reporter.records.register import Document, Organisation, Person, Policy, Subject
from reporter.records.visit import Visit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Loaded

UNCHANGED = "still as 'reporter new' wrote it"
NOT_DESCRIBED = "Not yet described."
_HINT = "say what its document says, or delete {}: nothing is printed of it until then"
# What is written of a meeting, a programme and a visit; whatever else stands in one, somebody
# added.
_WRITTEN = {
    Meeting: frozenset({"number", "title", "date", "place", "evidence", "statements"}),
    Programme: frozenset({"id", "name", "lead", "tracks"}),
    Visit: frozenset({"id", "title", "reports"}),
}


TO_WRITE = "TODO"  # part of the product: editors list by this word what a draft leaves to a person
UNWRITTEN = f"still to be written: '{TO_WRITE}'"
_SAY_IT = "say it in your own words, or delete the entry: nothing is printed of it until then"


def title_of_new(name: str) -> str:
    """Return the title of a new record, made of its id or number."""
    return f"Meeting {name}" if name.isdigit() else name.replace("-", " ").capitalize()


def unchanged(loaded: Loaded) -> Iterator[Problem]:
    """Yield an error where nobody has changed what was written of a new record."""
    if is_skeleton(loaded.record):
        hint = _HINT.format("this entry" if loaded.where else "the file")
        yield loaded.problem((), UNCHANGED, hint)


def unwritten(loaded: Loaded) -> Iterator[Problem]:
    """Yield an error for each field of a meeting that a draft left to a person."""
    record = loaded.record
    if isinstance(record, Meeting):
        for where in _left(record):
            yield loaded.problem(where, UNWRITTEN, _SAY_IT)


def _left(record: Meeting) -> Iterator[tuple[str | int, ...]]:
    for index, item in enumerate(record.statements.items):
        if item.text == TO_WRITE:
            yield "statements", "items", index, "text"
    for name in ("title", "document_title"):
        names = getattr(record, name)
        texts = names.root if names else {}
        yield from ((name, code) for code, text in texts.items() if text == TO_WRITE)
    if isinstance(record.place, Place) and record.place.city == TO_WRITE:
        yield "place", "city"


def is_skeleton(record: Record) -> bool:
    """Return whether a record says what a new one says, and nothing else."""
    match record:
        case Agreement():
            return record.summary.text.strip() == NOT_DESCRIBED
        case Meeting():
            is_year = record.date.start == record.date.end and record.date.end.month is None
            is_empty = not (record.statements.items or record.statements.complete)
            is_open = is_year and is_empty and isinstance(record.place, str)
            return is_open and _is_as_written(record, {title_of_new(str(record.key))})
        case Organisation() | Person() | Subject() | Policy():
            return set(record.name.root.values()) == {NOT_DESCRIBED}
        case Document():
            return NOT_DESCRIBED in {record.title.strip(), record.publisher.strip()}
        case Programme() | Visit():
            is_empty = isinstance(record, Visit) or not record.tracks
            return is_empty and _is_as_written(record, {title_of_new(record.id)})
    return False


def _is_as_written(record: Meeting | Programme | Visit, titles: set[str]) -> bool:
    names = record.name if isinstance(record, Programme) else record.title
    if names is None:
        return False
    given = record.model_fields_set
    if isinstance(record, Meeting):
        named = {"id", "kind"} if isinstance(record.key, str) else {"id"}
        given = given - named | {"number"}
    return given == _WRITTEN[type(record)] and set(names.root.values()) == titles
