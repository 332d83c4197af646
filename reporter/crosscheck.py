"""Checks that need more than one record: ids, references, citations, order of histories, cycles."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.library import identity
from reporter.problems import Problem, did_you_mean
from reporter.records.meeting import Meeting
from reporter.records.register import Document, Organisation
from reporter.records.statements import Entry, Forecast, Statement
from reporter.references import citations, parts, references

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.project import Contents, Loaded
    from reporter.reader import Path_

ANY = "*"  # stands for the ids in a file that could not be read
Ids = dict[str, dict[str, "Loaded | None"]]
_SHARED = ("agreement", "policy", "programme", "organisation", "meeting", "person", "document")  # one namespace: RecordId


def crosscheck(contents: Contents) -> Iterator[tuple[Loaded, Problem]]:
    """Yield every problem that shows only when all records are seen together, each with the record in which it stands.

    A reference to a record that could not be read is not reported again: that record's own problem is.
    """
    ids, repeated = _ids(contents)
    yield from repeated
    documents = {loaded.record.id: loaded.record for loaded in contents.records if isinstance(loaded.record, Document)}
    for loaded in contents.records:
        for problem in (*_dangling(loaded, ids), *_uncited(loaded, documents, ids), *_histories(loaded, documents), *_name_of_file(loaded)):
            yield loaded, problem
    for field in ("predecessor", "parent"):
        yield from _cycles(contents, field)


def _ids(contents: Contents) -> tuple[Ids, list[tuple[Loaded, Problem]]]:
    ids: Ids = defaultdict(dict)
    problems: list[tuple[Loaded, Problem]] = []
    for kind, plural in (("side", "sides"), ("area", "areas"), ("phrase", "phrases")):
        ids[kind] = {item.id: None for item in getattr(contents.settings, plural)}
    for loaded in contents.records:
        taken = [ids[kind] for kind in _SHARED] if loaded.kind in _SHARED else [ids[loaded.kind]]
        where = ("number",) if loaded.kind == "meeting" else ("id",)
        _add(identity(loaded.record), loaded, where, taken, problems)
        ids[loaded.kind].setdefault(identity(loaded.record), loaded)
        for way, part in parts(loaded.record):
            if isinstance(part, Statement | Forecast) and part.id:
                _add(part.id, loaded, (*way, "id"), [ids["statement"]], problems)
                ids["statement"].setdefault(part.id, loaded)
    for broken in contents.broken:
        ids[broken.kind].setdefault(broken.id or ANY, None)
        if broken.kind in {"meeting", "agreement"}:
            ids["statement"].setdefault(ANY, None)
    return ids, problems


def _add(
    name: str, loaded: Loaded, where: Path_, taken: list[dict[str, Loaded | None]], problems: list[tuple[Loaded, Problem]]
) -> None:
    other = next((space[name] for space in taken if name in space), None)
    if other is None:
        return
    line = other.source.position(other.where)[0]
    hint = f"the other one is in {other.source.path.name}, line {line}: give one of them another id"
    problems.append((loaded, loaded.problem(where, f"two records have the id '{name}'", hint)))


def _dangling(loaded: Loaded, ids: Ids) -> Iterator[Problem]:
    for where, kinds, name in references(loaded.record):
        if not any(name in ids[kind] or ANY in ids[kind] for kind in kinds):
            known = {known for kind in kinds for known in ids[kind]}
            what = kinds[0] if len(kinds) == 1 else "record"
            yield loaded.problem(where, f"there is no {what} '{name}'", did_you_mean(name, known) or "add its record, or correct the id")


def _uncited(loaded: Loaded, documents: dict[str, Document], ids: Ids) -> Iterator[Problem]:
    for where, (name, paragraph) in citations(loaded.record):
        document = documents.get(name)
        if document is None and (name in ids["document"] or ANY in ids["document"]):
            continue
        if document is None:
            yield loaded.problem(where, f"there is no document '{name}'", did_you_mean(name, documents) or "add it to documents.yaml")
        elif document.paragraphs is None and paragraph is not None:
            yield loaded.problem(where, f"the document '{name}' has no numbered paragraphs", "give 'paragraphs:' in its record, or cite the document only")
        elif document.paragraphs is not None and paragraph is None:
            yield loaded.problem(where, f"no paragraph of '{name}' is named", f"it has {document.paragraphs}: write '{name}#1' or another")
        elif document.paragraphs is not None and paragraph is not None and paragraph > document.paragraphs:
            yield loaded.problem(where, f"'{name}' has no paragraph {paragraph}", f"its last one is {document.paragraphs}")


def _histories(loaded: Loaded, documents: dict[str, Document]) -> Iterator[Problem]:
    for where, part in parts(loaded.record):
        if isinstance(part, Statement | Forecast):
            yield from _backwards(loaded, (*where, "history"), part.history)
        elif isinstance(part, Entry) and part.status and part.source and not part.checked:
            known = [documents[cited.document] for cited in part.source if cited.document in documents]
            if known and all(document.standing == "weak" for document in known):
                hint = "add a source that is not weak, or leave 'status' out: it prints as 'reported, not confirmed'"
                yield loaded.problem((*where, "status"), f"a weak source alone cannot set the status '{part.status}'", hint)


def _backwards(loaded: Loaded, where: Path_, history: tuple[Entry, ...]) -> Iterator[Problem]:
    for index in range(1, len(history)):
        before, entry = history[index - 1], history[index]
        if entry.when.last < before.when.first:
            field = "date" if entry.date else "checked"
            message = f"the history runs backwards: {entry.when} comes after {before.when}"
            yield loaded.problem((*where, index, field), message, "put the entries in order, oldest first")


def _name_of_file(loaded: Loaded) -> Iterator[Problem]:
    record, stem = loaded.record, loaded.source.path.stem
    if isinstance(record, Meeting) and stem != f"{record.number:02}":
        yield loaded.problem(("number",), f"meeting {record.number} stands in '{stem}.yaml'", f"name the file '{record.number:02}.yaml'")
    elif loaded.where == () and not isinstance(record, Meeting) and stem != identity(record):
        yield loaded.problem(("id",), f"'{identity(record)}' stands in '{stem}.yaml'", f"name the file '{identity(record)}.yaml'")


def _cycles(contents: Contents, field: str) -> Iterator[tuple[Loaded, Problem]]:
    found = {loaded.record.id: loaded for loaded in contents.records if isinstance(loaded.record, Organisation)}
    reported: set[str] = set()
    for start in found:
        way = [start]
        while (step := found.get(way[-1])) and (target := getattr(step.record, field)) and target not in way:
            way.append(target)
        last = found.get(way[-1])
        if last and getattr(last.record, field) == start and not reported.intersection(way):
            reported.update(way)
            names = " -> ".join([*way, start])
            yield found[start], found[start].problem((field,), f"a cycle of {field}s: {names}", "one of them must be the first")


