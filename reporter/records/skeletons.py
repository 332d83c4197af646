"""Records as ``reporter new`` wrote them: nobody has filled them in, so nothing is a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Loaded

UNCHANGED = "still as 'reporter new' wrote it"
NOT_DESCRIBED = "Not yet described."
_HINT = "say what its document says, or delete the file: nothing is printed of it until then"
# What is written of a meeting and of a programme; whatever else stands in one, somebody added.
_WRITTEN = {
    Meeting: frozenset({"number", "title", "date", "place", "evidence", "statements"}),
    Programme: frozenset({"id", "name", "lead", "tracks"}),
}


def title_of_new(name: str) -> str:
    """Return the title of a new record, made of its id or number."""
    return f"Meeting {name}" if name.isdigit() else name.replace("-", " ").capitalize()


def unchanged(loaded: Loaded) -> Iterator[Problem]:
    """Yield an error where nobody has changed what was written of a new record."""
    if is_skeleton(loaded.record):
        yield loaded.problem((), UNCHANGED, _HINT)


def is_skeleton(record: Record) -> bool:
    """Return whether a record says what a new one says, and nothing else."""
    match record:
        case Agreement():
            return record.summary.text.strip() == NOT_DESCRIBED
        case Meeting():
            is_year = record.date.start == record.date.end and record.date.end.month is None
            is_empty = not (record.statements.items or record.statements.complete)
            is_open = is_year and is_empty and isinstance(record.place, str)
            return is_open and _is_as_written(record, {title_of_new(str(record.number))})
        case Programme():
            return not record.tracks and _is_as_written(record, {title_of_new(record.id)})
    return False


def _is_as_written(record: Meeting | Programme, titles: set[str]) -> bool:
    names = record.title if isinstance(record, Meeting) else record.name
    written = _WRITTEN[type(record)]
    return record.model_fields_set == written and set(names.root.values()) == titles
