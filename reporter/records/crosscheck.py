"""Checks that need more than one record: ids, references, citations, weak sources, order, cycles."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.library import identity
from reporter.problems import Problem, did_you_mean
from reporter.records.meeting import Meeting
from reporter.records.order import backwards, cycles
from reporter.records.programme import Outcome
from reporter.records.references import citations, parts, references
from reporter.records.register import Document
from reporter.records.statements import Entry, Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records import Record
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

ANY = "*"  # stands for the ids in a file that could not be read
Ids = dict[str, dict[str, "Loaded | None"]]
# One namespace: a field may name records of several of these kinds.
_SHARED = (
    "side",
    "agreement",
    "policy",
    "programme",
    "organisation",
    "meeting",
    "person",
    "document",
)
_MEETING = re.compile("meeting-[0-9]+")
# Fields of a meeting that stand on page one.
_PAGE_ONE = frozenset(
    {"announced", "bottom_line", "agreed", "next_steps", "points", "place", "cochairs", "phrases"}
)


def crosscheck(contents: Contents) -> Iterator[tuple[Loaded, Problem]]:
    """Yield every problem that shows only when all records are seen together, each with the record in which it stands.

    A reference to a record that could not be read is not reported again: that record's own problem is.
    """
    ids, repeated = _ids(contents)
    yield from repeated
    documents = {
        loaded.record.id: loaded.record
        for loaded in contents.records
        if isinstance(loaded.record, Document)
    }
    for loaded in contents.records:
        for problem in (
            *_dangling(loaded, ids),
            *_uncited(loaded, documents, ids),
            *_weak(loaded, documents),
            *backwards(loaded),
            *_too_late(loaded, ids),
            *_name_of_file(loaded),
        ):
            yield loaded, problem
    yield from cycles(contents.records)


def _ids(contents: Contents) -> tuple[Ids, list[tuple[Loaded, Problem]]]:
    ids: Ids = defaultdict(dict)
    problems: list[tuple[Loaded, Problem]] = []
    for kind, items in (
        ("side", contents.settings.sides),
        ("area", contents.settings.areas),
        ("phrase", contents.settings.phrases),
    ):
        ids[kind] = {item.id: None for item in items}
    for loaded in contents.records:
        name, where = identity(loaded.record), ("number",) if loaded.kind == "meeting" else ("id",)
        if loaded.kind in _SHARED and loaded.kind != "meeting" and _MEETING.fullmatch(name):
            hint = "give it another id: 'meeting-' and digits are for meetings"
            problems.append(
                (loaded, loaded.problem(where, f"'{name}' is the name of a meeting", hint))
            )
        else:
            problems += _repeated(
                name, loaded, where, ids, _SHARED if loaded.kind in _SHARED else (loaded.kind,)
            )
        ids[loaded.kind].setdefault(name, loaded)
        for way, part in parts(loaded.record):
            if isinstance(part, Statement | Forecast) and part.id:
                problems += _repeated(part.id, loaded, (*way, "id"), ids, ("statement", "forecast"))
                ids["statement" if isinstance(part, Statement) else "forecast"].setdefault(
                    part.id, loaded
                )
    for broken in contents.broken:
        ids[broken.kind].setdefault(broken.id or ANY, None)
        if broken.kind in {"meeting", "agreement"}:
            ids["statement"].setdefault(ANY, None)
    return ids, problems


def _repeated(
    name: str, loaded: Loaded, where: Path_, ids: Ids, kinds: tuple[str, ...]
) -> Iterator[tuple[Loaded, Problem]]:
    kind = next((kind for kind in kinds if name in ids[kind]), None)
    if kind is None:
        return
    other = ids[kind][name]
    hint = f"the other one is in {_place_of(name, other) if other else f'the {kind}s of project.yaml'}: give one of them another id"
    yield loaded, loaded.problem(where, f"two records have the id '{name}'", hint)


def _place_of(name: str, loaded: Loaded) -> str:
    """Return where an id stands, of a record or of a part of it: ``data/meetings/01.yaml, line 30``."""
    where = next(
        (way for way, part in parts(loaded.record) if getattr(part, "id", None) == name), ()
    )
    path, line = loaded.source.path, loaded.source.position((*loaded.where, *where))[0]
    folders = path.parts[-2:] if path.parent.name == "data" else path.parts[-3:]
    return f"{'/'.join(folders)}, line {line}"


def _dangling(loaded: Loaded, ids: Ids) -> Iterator[Problem]:
    for where, kinds, name in references(loaded.record):
        if not any(name in ids[kind] or ANY in ids[kind] for kind in kinds):
            known = {known for kind in kinds for known in ids[kind]}
            what = kinds[0] if len(kinds) == 1 else "record"
            yield loaded.problem(
                where,
                f"there is no {what} '{name}'",
                did_you_mean(name, known) or "add its record, or correct the id",
            )


def _uncited(loaded: Loaded, documents: dict[str, Document], ids: Ids) -> Iterator[Problem]:
    for where, (name, paragraph) in citations(loaded.record):
        document = documents.get(name)
        if document is not None:
            yield from _wrong_paragraph(loaded, where, document, paragraph)
        elif name not in ids["document"] and ANY not in ids["document"]:
            hint = did_you_mean(name, documents) or "add it to documents.yaml"
            yield loaded.problem(where, f"there is no document '{name}'", hint)


def _wrong_paragraph(
    loaded: Loaded, where: Path_, document: Document, paragraph: int | None
) -> Iterator[Problem]:
    name, last = document.id, document.paragraphs
    if last is None and paragraph is not None:
        hint = "give 'paragraphs:' in its record, or cite the document only"
        yield loaded.problem(where, f"the document '{name}' has no numbered paragraphs", hint)
    elif last is not None and paragraph is None:
        yield loaded.problem(
            where,
            f"no paragraph of '{name}' is named",
            f"it has {last}: write '{name}#1' or another",
        )
    elif last is not None and paragraph is not None and paragraph > last:
        yield loaded.problem(
            where, f"'{name}' has no paragraph {paragraph}", f"its last one is {last}"
        )


def _weak(loaded: Loaded, documents: dict[str, Document]) -> Iterator[Problem]:
    """Yield a problem where weak sources alone carry what they cannot: a status, a promise, page one."""
    for where, part in parts(loaded.record):
        cited = getattr(part, "source", None) or ()
        known = [
            documents[citation.document] for citation in cited if citation.document in documents
        ]
        if (
            known
            and len(known) == len(cited)
            and all(document.standing == "weak" for document in known)
        ):
            for field, what in _carried(loaded, where, part):
                hint = "add a source that is not weak, or leave it out: it prints as 'reported, not confirmed'"
                yield loaded.problem((*where, field), f"a weak source alone cannot {what}", hint)


def _carried(loaded: Loaded, where: Path_, part: Record) -> Iterator[tuple[str, str]]:
    """Yield what the sources of a part of a record carry: in which field, and in words."""
    if isinstance(part, Entry) and part.status and not part.checked:
        yield "status", f"set the status '{part.status}'"
    if isinstance(part, Outcome):
        yield "result", f"set the result '{part.result}'"
    if isinstance(part, Statement) and part.strength:
        yield "strength", "make a promise or an expectation"
    if isinstance(loaded.record, Meeting) and where and where[0] in _PAGE_ONE:
        yield "source", "stand on page one"


def _too_late(loaded: Loaded, ids: Ids) -> Iterator[Problem]:
    """Yield a problem where a statement repeats one that was made later."""
    for where, part in parts(loaded.record):
        if isinstance(part, Statement) and part.repeats and isinstance(loaded.record, Meeting):
            other = ids["statement"].get(part.repeats)
            if (
                other
                and isinstance(other.record, Meeting)
                and other.record.number > loaded.record.number
            ):
                message = f"'{part.repeats}' was said later, at meeting {other.record.number}"
                yield loaded.problem(
                    (*where, "repeats"), message, "'repeats' names an earlier statement"
                )


def _name_of_file(loaded: Loaded) -> Iterator[Problem]:
    record, stem = loaded.record, loaded.source.path.stem
    if isinstance(record, Meeting) and stem != f"{record.number:02}":
        yield loaded.problem(
            ("number",),
            f"meeting {record.number} stands in '{stem}.yaml'",
            f"name the file '{record.number:02}.yaml'",
        )
    elif loaded.where == () and not isinstance(record, Meeting) and stem != identity(record):
        yield loaded.problem(
            ("id",),
            f"'{identity(record)}' stands in '{stem}.yaml'",
            f"name the file '{identity(record)}.yaml'",
        )
