"""Checks that need more than one record: ids, references, citations, weak sources, order, cycles.

Most records have no such problem, and their facts are enough to know that. Only where the facts
leave a doubt is the record itself searched.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reporter.problems import Problem, did_you_mean
from reporter.records.facts import REPEATS, given, leads
from reporter.records.lookalikes import way_out
from reporter.records.meeting import Meeting
from reporter.records.order import backwards, cycles, out_of_order
from reporter.records.programme import Outcome
from reporter.records.references import citations, parts, references
from reporter.records.skeletons import unchanged
from reporter.records.statements import Entry, Statement
from reporter.sources.against import Texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records import Record
    from reporter.records.facts import Facts
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
_TRACKED = ("statement", "forecast")
_NAMESPACES = {kind: kinds for kinds in (_SHARED, _TRACKED) for kind in kinds}
_MEETING = re.compile("meeting-[0-9]+")
# Fields of a meeting that stand on page one.
_PAGE_ONE = frozenset(
    {
        *("announced", "bottom_line", "agreed", "next_steps", "new"),
        *("place", "cochairs", "phrases"),
    }
)


class Document(NamedTuple):
    """What citations have to know of a document."""

    standing: str
    paragraphs: int | None


def crosscheck(contents: Contents) -> Iterator[tuple[Loaded, Problem]]:
    """Yield, with its record, every problem that shows only when all records are seen together.

    A reference to a record that could not be read is not reported again: that record's own problem
    is.
    """
    known, texts = _Known(contents), Texts(contents)
    yield from known.repeated
    for loaded in contents.records:
        if not loaded.sound:
            yield from ((loaded, problem) for problem in own_problems(loaded))
        if known.leaves_doubt(loaded.facts):
            yield from ((loaded, problem) for problem in known.problems(loaded))
        yield from ((loaded, problem) for problem in texts.problems(loaded))
    yield from cycles(contents.records)
    yield from out_of_order(contents.records)


def own_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of a record that need no other one."""
    yield from backwards(loaded)
    yield from _name_of_file(loaded)
    yield from unchanged(loaded)


class _Known:
    """The ids that there are, by kind, and the documents."""

    def __init__(self, contents: Contents) -> None:
        settings = contents.settings
        self.ids: Ids = defaultdict(dict)
        self.ids["side"] = dict.fromkeys(side.id for side in settings.sides)
        self.ids["area"] = dict.fromkeys(area.id for area in settings.areas)
        self.ids["phrase"] = dict.fromkeys(phrase.id for phrase in settings.phrases)
        self.repeated = [found for loaded in contents.records for found in self._add(loaded)]
        for broken in contents.broken:
            self.ids[broken.kind].setdefault(broken.id or ANY, None)
            if broken.kind in {"meeting", "agreement"}:
                self.ids["statement"].setdefault(ANY, None)
        self.documents = {
            loaded.facts.id: Document(*loaded.facts.document)
            for loaded in contents.records
            if loaded.facts.document
        }
        self._of: dict[tuple[str, ...], set[str]] = {}

    def _add(self, loaded: Loaded) -> Iterator[tuple[Loaded, Problem]]:
        """Note the ids that a record gives; yield a problem for each that is another's."""
        ways: list[Path_] = []
        for index, (kind, name) in enumerate(loaded.facts.ids):
            told = self._wrong_name(kind, name) or self._taken(kind, name)
            if told:
                ways = ways or [way for *_, way in given(loaded.kind, loaded.record)]
                yield loaded, loaded.problem(ways[index], *told)
            self.ids[kind].setdefault(name, loaded)

    @staticmethod
    def _wrong_name(kind: str, name: str) -> tuple[str, str] | None:
        if kind == "meeting" or kind not in _SHARED or not _MEETING.fullmatch(name):
            return None
        hint = "give it another id: 'meeting-' and digits are for meetings"
        return f"'{name}' is the name of a meeting", hint

    def _taken(self, kind: str, name: str) -> tuple[str, str] | None:
        taken = next((of for of in _NAMESPACES.get(kind, (kind,)) if name in self.ids[of]), None)
        if taken is None:
            return None
        other = self.ids[taken][name]
        place = _place_of(name, other) if other else f"the {taken}s of project.yaml"
        hint = f"the other one is in {place}: give one of them another id"
        return f"two records have the id '{name}'", hint

    def of(self, kinds: tuple[str, ...]) -> set[str]:
        """Return the ids of some kinds; ``ANY`` is among them where one could not be read."""
        if kinds not in self._of:
            self._of[kinds] = {name for kind in kinds for name in self.ids[kind]}
        return self._of[kinds]

    def leaves_doubt(self, facts: Facts) -> bool:
        """Return whether there may be a problem with what a record names, cites or repeats."""
        return (
            any(
                not (known := self.of(tuple(kinds.split("|")))).issuperset(names)
                and ANY not in known
                for kinds, names in facts.names.items()
            )
            or any(self._is_doubtful(name, cited) for name, cited in facts.cites.items())
            or any(lead[0] == REPEATS and self._later(facts.id, lead[2]) for lead in facts.leads)
        )

    def _is_doubtful(self, name: str, cited: list[int]) -> bool:
        document = self.documents.get(name)
        if document is None:
            return self.of(("document",)).isdisjoint({name, ANY})
        last = document.paragraphs or 0
        wrong = cited[-1] > last or bool(last and not cited[0])
        return wrong or document.standing == "weak"

    def _later(self, meeting: str, statement: str) -> Loaded | None:
        """Return the meeting at which a statement was made, where that is a later one."""
        other = self.ids["statement"].get(statement)
        if not other or other.kind != "meeting" or not _MEETING.fullmatch(meeting):
            return None
        return other if _number(other.facts.id) > _number(meeting) else None

    def problems(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield the problems of what a record names, cites and repeats."""
        yield from self._dangling(loaded)
        yield from self._uncited(loaded)
        yield from _weak(loaded, self.documents)
        yield from self._too_late(loaded)

    def _dangling(self, loaded: Loaded) -> Iterator[Problem]:
        for where, kinds, name in references(loaded.record):
            known = self.of(kinds)
            if name not in known and ANY not in known:
                what = kinds[0] if len(kinds) == 1 else "record"
                hint = did_you_mean(name, known) or "add its record, or correct the id"
                yield loaded.problem(where, f"there is no {what} '{name}'", hint)

    def _uncited(self, loaded: Loaded) -> Iterator[Problem]:
        for where, (name, paragraph, _) in citations(loaded.record):
            document = self.documents.get(name)
            if document is not None:
                yield from _wrong_paragraph(loaded, where, document, name, paragraph)
            elif self.of(("document",)).isdisjoint({name, ANY}):
                hint = did_you_mean(name, self.documents) or "add it to documents.yaml"
                yield loaded.problem(where, f"there is no document '{name}'", hint)

    def _too_late(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield a problem where a statement repeats one that was made later."""
        for name, _, target, where in leads(loaded.record):
            if name == REPEATS and (other := self._later(loaded.facts.id, target)):
                message = f"'{target}' was said later, at meeting {_number(other.facts.id)}"
                yield loaded.problem(where, message, "'repeats' names an earlier statement")


def _number(meeting: str) -> int:
    return int(meeting.rpartition("-")[2])


def _place_of(name: str, loaded: Loaded) -> str:
    """Return where the id of a record or of a part stands: ``data/meetings/01.yaml, line 30``."""
    where = next(
        (way for way, part in parts(loaded.record) if getattr(part, "id", None) == name), ()
    )
    line = loaded.source.position((*loaded.where, *where))[0]
    folders = (
        loaded.path.parts[-2:] if loaded.path.parent.name == "data" else loaded.path.parts[-3:]
    )
    return f"{'/'.join(folders)}, line {line}"


def _wrong_paragraph(
    loaded: Loaded, where: Path_, document: Document, name: str, paragraph: int | None
) -> Iterator[Problem]:
    last = document.paragraphs
    if last is None and paragraph is not None:
        hint = "give 'paragraphs:' in its record, or cite the document only"
        yield loaded.problem(where, f"the document '{name}' has no numbered paragraphs", hint)
    elif last is not None and paragraph is None:
        hint = f"it has {last}: write '{name}#1' or another"
        yield loaded.problem(where, f"no paragraph of '{name}' is named", hint)
    elif last is not None and paragraph is not None and paragraph > last:
        message = f"'{name}' has no paragraph {paragraph}"
        yield loaded.problem(where, message, f"its last one is {last}")


def _weak(loaded: Loaded, documents: dict[str, Document]) -> Iterator[Problem]:
    """Yield a problem where a status, a promise or page one rests on weak sources alone."""
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
                hint = (
                    "add a source that is not weak, or leave it out: "
                    "it prints as 'reported, not confirmed'"
                )
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


def _name_of_file(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem where a file is not named after its record."""
    if loaded.where:
        return
    stem, name = loaded.path.stem, loaded.facts.id
    wanted = f"{_number(name):02}" if loaded.kind == "meeting" else name
    if stem != wanted:
        shown = f"meeting {_number(name)}" if loaded.kind == "meeting" else f"'{name}'"
        odd = way_out(stem).partition(":")[0]
        hint = f"name the file '{wanted}.yaml'{odd and f': {odd}'}"
        field = "number" if loaded.kind == "meeting" else "id"
        yield loaded.problem((field,), f"{shown} stands in '{stem}.yaml'", hint)
