"""Checks that need more than one record: ids, references, citations, weak sources, order, cycles.

Most records have no such problem, and their facts are enough to know that. Only where the facts
leave a doubt is the record itself searched.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import NUMBERED, Choice, file_name
from reporter.problems import Problem, did_you_mean
from reporter.records import CALLED, SERIES
from reporter.records.acts import wrong_acts
from reporter.records.agreement import Agreement
from reporter.records.facts import REPEATS, given, leads
from reporter.records.lookalikes import way_out
from reporter.records.made_twice import against_precedence, at_odds, made_twice, two_of_one_owner
from reporter.records.meeting import Meeting
from reporter.records.oldest_first import backwards, cycles, out_of_order
from reporter.records.places import series_and_number, series_of, shown
from reporter.records.programme import Outcome
from reporter.records.references import citations, parts, references
from reporter.records.register import Correction, Series
from reporter.records.reviews import changed_since
from reporter.records.skeletons import unchanged, unwritten
from reporter.records.statements import Entry, Statement
from reporter.records.unmet_sides import unmet_sides
from reporter.records.visit import Visit
from reporter.sources.against import HeldTexts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
    "visit",
)
_TRACKED = ("statement", "forecast")
# Kinds that are few enough to be named all, and what else to say of them.
_LISTED = (
    ("side", "sides", "or name a body that is on record"),
    ("area", "areas", "see 'areas' in project.yaml"),
)
# Kinds of which a record can be added by a command, and what that calls them.
ADDED = frozenset({"agreement", "programme", "policy", "organisation", "person", "subject"})
_OF_PARTS = {"meeting": "statement", "agreement": "statement", "programme": "track"}
_NAMESPACES = {kind: kinds for kinds in (_SHARED, _TRACKED) for kind in kinds}
# Fields of a meeting that stand on page one.
DOUBTED = frozenset({"weak", "partisan"})  # standings of documents that alone do not carry all
_PAGE_ONE = frozenset(
    {
        *("announced", "called_off", "bottom_line", "agreed", "next_steps", "new"),
        *("place", "cochairs", "chaired_by", "phrases"),
    }
)


class CitedDocument(NamedTuple):
    """What citations have to know of a document."""

    standing: str
    paragraphs: int | None
    whole: bool


def crosscheck(contents: Contents) -> Iterator[tuple[Loaded, Problem]]:
    """Yield, with its record, every problem that shows only when all records are seen together.

    A reference to a record that could not be read is not reported again: that record's own problem
    is.
    """
    known, texts = _Known(contents), HeldTexts(contents)
    # An abbreviation of a body that could not be read stands as it is: then no review is judged.
    own = own_problems if known.all_bodies else _own_problems
    yield from known.repeated
    for loaded in contents.records:
        doubts = [*known.problems(loaded)] if known.leaves_doubt(loaded.facts) else []
        places = {(problem.line, problem.column) for problem in doubts}
        if not loaded.sound:  # of an id that is nowhere nothing else is told
            yield from (
                (loaded, one) for one in own(loaded) if (one.line, one.column) not in places
            )
        yield from ((loaded, problem) for problem in doubts)
        yield from ((loaded, problem) for problem in known.strangers(loaded))
        told = texts.problems(loaded) if loaded.against is None else loaded.against
        yield from ((loaded, problem) for problem in told)
    yield from known.unmade(contents.records)
    yield from cycles(contents.records)
    yield from out_of_order(contents.records)
    yield from _counted_twice(contents.records)
    yield from unmet_sides(contents)
    yield from at_odds(contents.records)
    yield from made_twice(contents.records)


def own_problems(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of a record that need no other one, once its bodies have their ids."""
    yield from _own_problems(loaded)
    yield from changed_since(loaded)


def _own_problems(loaded: Loaded) -> Iterator[Problem]:
    yield from backwards(loaded)
    yield from against_precedence(loaded)
    yield from two_of_one_owner(loaded)
    yield from wrong_acts(loaded)
    yield from _name_of_file(loaded)
    yield from unchanged(loaded)
    yield from unwritten(loaded)


class _Known:
    """The ids that there are, by kind, and the documents."""

    def __init__(self, contents: Contents) -> None:
        settings = contents.settings
        self.ids: Ids = defaultdict(dict)
        self.ids["side"] = dict.fromkeys(side.id for side in settings.sides)
        self.ids["area"] = dict.fromkeys(area.id for area in settings.areas)
        self.ids["phrase"] = dict.fromkeys(phrase.id for phrase in settings.phrases)
        series = contents.every(Series)
        self.ids["phrase"] |= dict.fromkeys(phrase.id for one in series for phrase in one.phrases)
        every = frozenset(self.ids["side"])
        self.sides = {one.id: frozenset(one.sides) or every for one in series}
        self.own_sides = frozenset(settings.own_sides) or every if series else None
        self.has_one = contents.has_own or not series  # without an id, beside others or alone
        self.repeated = [found for loaded in contents.records for found in self._add(loaded)]
        self.all_bodies = all(broken.kind != "organisation" for broken in contents.broken)
        for broken in contents.broken:
            self.ids[broken.kind].setdefault(broken.id or ANY, None)
            if part := _OF_PARTS.get(broken.kind):
                self.ids[part].setdefault(ANY, None)
        self.documents = {
            loaded.facts.id: CitedDocument(*loaded.facts.document)
            for loaded in contents.records
            if loaded.facts.document
        }
        self._of: dict[tuple[str, ...], set[str]] = {}

    def _add(self, loaded: Loaded) -> Iterator[tuple[Loaded, Problem]]:
        """Note the ids that a record gives; yield a problem for each that is another's."""
        ways: list[Path_] = []
        for index, (kind, name) in enumerate(loaded.facts.ids):
            told = self._wrong_name(kind, name) or (kind != "track" and self._taken(kind, name))
            if told:
                ways = ways or [way for *_, way in given(loaded.kind, loaded.record)]
                yield loaded, loaded.problem(ways[index], *told)
            self.ids[kind].setdefault(name, loaded)

    @staticmethod
    def _wrong_name(kind: str, name: str) -> tuple[str, str] | None:
        if kind == "meeting" or kind not in _SHARED or not NUMBERED.fullmatch(name):
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
        wrong = cited[-1] > last or bool(last and document.whole and not cited[0])
        return wrong or document.standing in DOUBTED

    def _later(self, meeting: str, statement: str) -> Loaded | None:
        """Return the meeting at which a statement was made, where that is a later one."""
        other = self.ids["statement"].get(statement)
        own = self.ids["meeting"].get(meeting)
        if not own or not other or other.kind != "meeting":
            return None
        here, there = series_and_number(meeting), series_and_number(other.facts.id)
        if series_of(meeting) != series_of(other.facts.id):
            return None
        if here and there:
            return other if there[1] > here[1] else None
        days, later = own.facts.days, other.facts.days
        return other if days and later and later[0] > days[-1] else None

    def unmade(self, records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
        """Yield a problem for each report that a record names and that no build makes."""
        for loaded in records:
            for where, name in _reports_in(loaded):
                choice = Choice.named(name)
                if choice and choice.kind == "series" and not (choice.series or self.has_one):
                    there = ", ".join(file_name(name, series) for series in self.sides)
                    told = "there are several series: which one?", f"there are: {there}"
                    yield loaded, loaded.problem(loaded.source.said(where), *told)
                elif choice and choice.kind == "party":
                    party = str(choice.arguments[0])
                    if party in self.of(("organisation",)) and party not in _bound(records):
                        told = f"'{party}' is party to no agreement", f"name 'body-{party}'"
                        yield loaded, loaded.problem(loaded.source.said(where), *told)
                elif choice and loaded.kind == "visit" and (off := self._called_off(choice)):
                    told = f"{_called(off)} was called off", "take the report out of the binder"
                    yield loaded, loaded.problem(loaded.source.said(where), *told).as_warning

    def _called_off(self, choice: Choice) -> str:
        """Return a meeting without which a report cannot be, and which was called off."""
        named = (name for kind, name in choice.needs if kind == "meeting")
        found = filter(None, map(self.ids["meeting"].get, named))
        off = (
            loaded.facts.id
            for loaded in found
            if isinstance(loaded.record, Meeting) and loaded.record.called_off
        )
        return next(off, "")

    def problems(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield the problems of what a record names, cites and repeats."""
        yield from self._dangling(loaded)
        yield from self._uncited(loaded)
        yield from _weak(loaded, self.documents)
        yield from self._too_late(loaded)

    def strangers(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield a problem where a meeting has a list or a host of a side of another series."""
        if loaded.kind != "meeting":
            return
        series = series_of(loaded.facts.id)
        sides = self.sides.get(series) if series else self.own_sides
        if sides is None or sides.issuperset(loaded.facts.names.get("side", ())):
            return
        for where, kinds, name in references(loaded.record):
            if kinds == ("side",) and name not in sides and name in self.ids["side"]:
                file = "its series.yaml" if series else "'own_sides' in project.yaml"
                hint = f"it has: {', '.join(sorted(sides))}; see {file}"
                place = loaded.source.said(where)
                yield loaded.problem(place, f"'{name}' is no side of this series", hint)

    def _dangling(self, loaded: Loaded) -> Iterator[Problem]:
        for where, kinds, name in references(loaded.record):
            known = self.of(kinds)
            if name not in known and ANY not in known:
                what = kinds[0] if len(kinds) == 1 else "record"
                add = f"add its record ('reporter new {CALLED.get(what, what)} {name}')"
                add = add if what in ADDED else "add its record"
                near = self._in_series(name) or self._elsewhere(name) or did_you_mean(name, known)
                hint = near or self._there_for(kinds) or f"{add}, or correct the id"
                place = loaded.source.said(where)
                yield loaded.problem(place, f"there is no {what} '{name}'", hint)

    def _in_series(self, name: str) -> str:
        """Return how a meeting is named that has but its number, where there are several series."""
        found = [f"{series}/{name}" for series in self.sides]
        there = [one for one in found if one in self.ids["meeting"]]
        return f"say of which series: {', '.join(there)}" if there else ""

    def _elsewhere(self, name: str) -> str:
        """Return of which kind an id is that a field does not take."""
        kind = next((kind for kind, ids in self.ids.items() if name in ids), "")
        return f"that id is one of another kind: {CALLED.get(kind, kind)}" if kind else ""

    def _there_for(self, kinds: tuple[str, ...]) -> str:
        """Return which sides or areas there are, where one may be named: 'both' is no id."""
        for kind, plural, more in _LISTED:
            if kind in kinds:
                return f"the {plural} are: {', '.join(sorted(self.ids[kind]))}; {more}"
        return ""

    def _uncited(self, loaded: Loaded) -> Iterator[Problem]:
        for where, (name, paragraph, _) in citations(loaded.record):
            document = self.documents.get(name)
            if document is not None:
                yield from _wrong_paragraph(loaded, where, document, name, paragraph)
            elif self.of(("document",)).isdisjoint({name, ANY}):
                own = (
                    f"a paragraph of the record's own document is written '#{name}', with the marks"
                )
                hint = did_you_mean(name, self.documents) or (
                    own
                    if name.isdigit()
                    else f"add it to documents.yaml ('reporter new document {name}')"
                )
                place = loaded.source.said(where)
                yield loaded.problem(place, f"there is no document '{name}'", hint)

    def _too_late(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield a problem where a statement repeats one that was made later."""
        for name, _, target, where in leads(loaded.record):
            if name == REPEATS and (other := self._later(loaded.facts.id, target)):
                message = f"'{target}' was said later, at {_called(other.facts.id)}"
                yield loaded.problem(where, message, "'repeats' names an earlier statement")


def _counted_twice(records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a problem for each meeting with the number of another one of its kind and series."""
    seen: dict[tuple[str, str, int], Loaded] = {}
    for loaded in records:
        if loaded.kind == "meeting" and loaded.facts.counted:
            kind, number = loaded.facts.counted
            other = seen.setdefault((series_of(loaded.facts.id), kind, number), loaded)
            if other is not loaded and other.facts.id != loaded.facts.id:
                message = f"two {kind} meetings have the number {number}"
                hint = f"the other one is in {shown(other.path)}: correct 'number' or 'kind'"
                yield loaded, loaded.problem(("number",), message, hint)


def _reports_in(loaded: Loaded) -> Iterator[tuple[Path_, str]]:
    """Yield the name of each report that a record names, with the way to it."""
    if loaded.kind == "correction" and isinstance(loaded.record, Correction):
        yield from ((("report", index), name) for index, name in enumerate(loaded.record.report))
    elif loaded.kind == "visit" and isinstance(loaded.record, Visit):
        for index, tab in enumerate(loaded.record.reports):
            yield ("reports", index, "report"), tab.report


def _bound(records: Iterable[Loaded]) -> set[str]:
    """Return the sides and bodies that are party to an agreement."""
    found = (loaded.record for loaded in records if loaded.kind == "agreement")
    return {name for one in found if isinstance(one, Agreement) for name in one.parties}


def _called(meeting: str) -> str:
    """Return a meeting as a message names it."""
    found = series_and_number(meeting)
    return f"meeting {found[1]}" if found else f"'{meeting}'"


def _place_of(name: str, loaded: Loaded) -> str:
    """Return where the id of a record or of a part stands: ``data/meetings/01.yaml, line 30``."""
    where = next(
        (way for way, part in parts(loaded.record) if getattr(part, "id", None) == name), ()
    )
    line = loaded.source.position((*loaded.where, *where))[0]
    return f"{shown(loaded.path)}, line {line}"


def _wrong_paragraph(
    loaded: Loaded, where: Path_, document: CitedDocument, name: str, paragraph: int | None
) -> Iterator[Problem]:
    last = document.paragraphs
    if last is None and paragraph is not None:
        hint = "give 'paragraphs:' in its record, or cite the document only"
        where = loaded.source.said(where)
        yield loaded.problem(where, f"the document '{name}' has no numbered paragraphs", hint)
    elif last is not None and paragraph is None and document.whole:
        hint = f"it has {last}: write '{name}#1' or another"
        yield loaded.problem(where, f"no paragraph of '{name}' is named", hint)
    elif last is not None and paragraph is not None and paragraph > last:
        message = f"'{name}' has no paragraph {paragraph}"
        yield loaded.problem(loaded.source.said(where), message, f"its last one is {last}")


def _weak(loaded: Loaded, documents: dict[str, CitedDocument]) -> Iterator[Problem]:
    """Yield a problem where something rests on sources that cannot carry it alone.

    Weak ones carry no status, no promise, and nothing of page one; partisan ones no status.
    """
    for where, part in parts(loaded.record):
        cited = getattr(part, "source", None) or ()
        known = [
            documents[citation.document] for citation in cited if citation.document in documents
        ]
        standings = {document.standing for document in known}
        if not known or len(known) < len(cited) or not standings <= DOUBTED:
            continue
        if standings == {"weak"}:
            for field, what in (*_set(part), *_carried(loaded, where, part)):
                hint = (
                    "add a source that is not weak, or leave it out: "
                    "it prints as 'reported, not confirmed'"
                )
                yield loaded.problem((*where, field), f"a weak source alone cannot {what}", hint)
        else:
            for field, what in _set(part):
                hint = f"add a source of another kind, or leave out '{field}'"
                message = f"a partisan source alone cannot {what}"
                yield loaded.problem((*where, field), message, hint)


def _set(part: Record) -> Iterator[tuple[str, str]]:
    """Yield the status that a part of a record sets: in which field, and in words."""
    if isinstance(part, Entry) and part.status and not part.checked:
        yield "status", f"set the status '{part.status}'"
    if isinstance(part, Entry) and part.turned_out and not part.checked:
        yield "turned_out", "say how a forecast turned out"
    if isinstance(part, Outcome):
        yield "result", f"set the result '{part.result}'"


def _carried(loaded: Loaded, where: Path_, part: Record) -> Iterator[tuple[str, str]]:
    """Yield what else the sources of a part of a record carry: in which field, and in words."""
    if isinstance(part, Statement) and part.strength:
        yield "strength", "make a promise or an expectation"
    if isinstance(loaded.record, Meeting) and where and where[0] in _PAGE_ONE:
        yield "source", "stand on page one"


def _name_of_file(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem where a file is not named after its record."""
    if loaded.where:
        return
    stem, name = loaded.path.stem, loaded.facts.id
    if loaded.kind == SERIES.name:
        if (folder := loaded.path.parent.name) != name:
            message = f"the series '{name}' stands in the folder '{folder}'"
            yield loaded.problem(("id",), message, f"name the folder '{name}', or correct the id")
        return
    numbered = series_and_number(name) if loaded.kind == "meeting" else None
    wanted = f"{numbered[1]:02}" if numbered else name.rpartition("/")[2]
    if stem != wanted:
        shown = _called(name) if numbered else f"'{wanted}'"
        odd = way_out(stem).partition(":")[0]
        hint = f"name the file '{wanted}.yaml'{odd and f': {odd}'}"
        field = "number" if numbered else "id"
        if loaded.path.with_name(f"{wanted}.yaml").exists():
            hint = f"there is a '{wanted}.yaml': correct the {field}"
        yield loaded.problem((field,), f"{shown} stands in '{stem}.yaml'", hint)
