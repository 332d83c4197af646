"""One matter, one answer: statements that are the same share their evidence and its status."""

from __future__ import annotations

from heapq import merge
from operator import is_
from typing import TYPE_CHECKING

from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.prose import note
from reporter.records.same import BOUND, together, track_id
from reporter.records.statements import Entry, Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.library import Owned
    from reporter.records import Record


def shared(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the records with the history of each statement that of all that are the same.

    That a meeting is announced is news of the statement that agreed on it.
    """
    records = _with_announcements(records)
    said = [statement for record in records for statement in record.statements_made]
    roots = together((one.id, one.same_as) for one in said if one.id and one.same_as)
    if not roots:
        return records
    groups: dict[str, list[Statement]] = {}
    for statement in said:
        if statement.id in roots:
            note(statement)  # its lines stand in others
            groups.setdefault(roots[statement.id], []).append(statement)
    tracks = {roots[name]: entry for name, entry in _outcomes(records) if name in roots}
    changed = {
        statement.id: _with_all(statement, group, tracks.get(root))
        for root, group in groups.items()
        for statement in group
    }
    return tuple(_mapped(record, lambda item: changed.get(item.id, item)) for record in records)


def histories(records: tuple[Record, ...]) -> dict[str, tuple[Entry, ...]]:
    """Return what became of each statement, and of all that are the same, by its id."""
    said = (statement for record in shared(records) for statement in record.statements_made)
    return {statement.id: statement.history for statement in said if statement.id}


def same_lines(made: Iterable[Owned]) -> dict[str, str]:
    """Return for the id of each statement that stands twice the first one that is the same.

    What is due on another day is a promise of its own; what has no day is that of the one it names.
    """
    named = {owned.statement.id: owned.statement for owned in made if owned.statement.id}
    found = {}
    for name, statement in named.items():
        if statement.same_as:
            found[name] = (statement.same_as, _due(statement, named))
    targets = {
        target: _due(named[target], named)
        for target, _ in found.values()
        if target in named and target not in found
    }
    days = {name: due for name, (_, due) in found.items()} | targets
    roots = together((name, target) for name, (target, _) in found.items())
    first: dict[tuple[str, str], str] = {}
    return {name: first.setdefault((roots[name], due), name) for name, due in days.items()}


def _due(statement: Statement, named: dict[str, Statement]) -> str:
    """Return by when a statement is due, or what it names where it does not say so itself."""
    seen: list[Statement] = []
    found: Statement | None = statement
    while found and found not in seen:
        if found.due or found.due_words:
            return str(found.due or found.due_words)
        seen.append(found)
        found = named.get(found.same_as or "")
    return ""


def _outcomes(records: Iterable[Record]) -> Iterator[tuple[str, Entry]]:
    """Yield what each track came to, as a line of a history."""
    for record in records:
        if not isinstance(record, Programme):
            continue
        for track in record.tracks:
            if out := track.outcome:
                entry = Entry(
                    date=out.date,
                    text=out.text,
                    status="met" if out.result == "done" else None,
                    about=(record.id,),
                    source=out.source,
                )
                yield track_id(record.id, track.id), entry


def _with_all(statement: Statement, group: Iterable[Statement], outcome: Entry | None) -> Statement:
    """Return a statement with the history of all that are the same, oldest first."""
    others = [one for one in group if one is not statement]
    lines = [statement.history, *(tuple(_given(one, statement)) for one in others)]
    if outcome and not any(_tells(entry, outcome) for line in lines for entry in line):
        lines.append((outcome,))
    told = dict.fromkeys(merge(*lines, key=lambda entry: entry.when.last))
    return statement.model_copy(update={"history": tuple(told)})


def _given(statement: Statement, other: Statement) -> Iterator[Entry]:
    """Yield the history of a statement as it holds for another one that is the same.

    A line that tells of some who owe the one tells of those of them who owe the other.
    """
    for entry in statement.history:
        update: dict[str, object] = {"internal": True} if statement.internal else {}
        owners = tuple(name for name in entry.parties if name in other.by)
        if entry.parties and not owners:
            continue
        if owners != entry.parties:
            update["parties"] = owners
        if entry.status in BOUND and statement.due != other.due:
            update |= {"status": None, "due": None}
        yield entry.model_copy(update=update) if update else entry


def _tells(entry: Entry, outcome: Entry) -> bool:
    """Return whether an entry is on what a track came to, which then need not be told again."""
    same = entry.when.last == outcome.when.last and entry.status == outcome.status
    return same and not entry.parties


def _with_announcements(records: tuple[Record, ...]) -> tuple[Record, ...]:
    """Return the records in which a promise of a next meeting tells of its announcement."""
    meetings = {record.id: record for record in records if isinstance(record, Meeting)}
    agreed = {meeting.next for meeting in meetings.values()}
    ahead = {name: found for name, one in meetings.items() if (found := _announcement(one))}

    def told(item: Statement) -> Statement:
        news = [ahead[name] for name in item.about if name in ahead and item.id in agreed]
        news = [entry for entry in news if not any(_is_told(entry, one) for one in item.history)]
        history = merge(item.history, news, key=lambda entry: entry.when.last)
        return item.model_copy(update={"history": tuple(history)}) if news else item

    return tuple(_mapped(record, told) for record in records) if ahead else records


def _announcement(meeting: Meeting) -> Entry | None:
    """Return that a meeting is announced as a line of a history; None where no day is on record."""
    found = meeting.announced
    if found is None or found.date is None:
        return None
    return Entry(
        date=found.date,
        source=found.source,
        text=found.text,
        inferred=found.inferred,
        internal=found.internal,
    )


def _is_told(news: Entry, entry: Entry) -> bool:
    """Return whether a line of a history is this news: of its day, and by one of its sources."""
    cited = {citation.document for citation in news.source or ()}
    same = any(citation.document in cited for citation in entry.source or ())
    return same and entry.when.last == news.when.last


def _mapped(record: Record, change: Callable[[Statement], Statement]) -> Record:
    """Return a record with its statements changed; itself where none is."""
    found = tuple(map(change, record.statements_made))
    return record if all(map(is_, record.statements_made, found)) else record.with_statements(found)
