"""Writes what was found in a text as the record of a meeting, in YAML."""

from __future__ import annotations

import textwrap
from collections import Counter
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.drafted import Drafted, Left
from reporter.desk.draft.whose import NOBODY
from reporter.records.brevity import cut
from reporter.records.outline import can_be_key
from reporter.records.skeletons import TO_WRITE
from reporter.records.statements import PROMISES
from reporter.records.writing import scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reporter.choice import MeetingKey
    from reporter.desk.draft.attendance import AttendanceFound, Attending
    from reporter.desk.draft.paragraphs import TextParagraph
    from reporter.desk.draft.title_block import Opening

WIDTH = 130  # of a comment
MOST_SHOWN = 12  # words of the text in a comment: as many as may be quoted
NO_ID = "document-id"
BOTH = 2


class Draft(NamedTuple):
    """All that was found in a text."""

    meeting: MeetingKey
    file: str
    language: str
    document: str
    sides: tuple[str, ...]
    opening: Opening
    attendance: AttendanceFound
    paragraphs: tuple[TextParagraph, ...]
    items: dict[int, list[Drafted | Left]]
    """By paragraph."""
    exact: bool
    """Whether a fingerprint knows the sentences, so that they can be cited."""
    series: str = ""
    """The id of the meeting's series, of several in the project."""
    own_sides: Mapping[str, str] = MappingProxyType({})
    """The side of each body of the project that has one."""

    def place(self, place: str) -> str:
        """Return by what a sentence is cited: itself, or its paragraph."""
        return place if self.exact else place.partition(".")[0]

    def cite(self, place: str) -> str:
        """Return how a sentence is cited, or its paragraph."""
        return f'"#{self.place(place)}"'

    @property
    def drafted(self) -> list[Drafted]:
        """All statements, in the order of the text."""
        return [one for items in self.items.values() for one in items if isinstance(one, Drafted)]

    @property
    def left(self) -> list[Left]:
        """All sentences that could not be placed."""
        return [one for items in self.items.values() for one in items if isinstance(one, Left)]

    @property
    def by(self) -> tuple[str, ...]:
        """Whose most of the statements are; where as many are of all, those of all."""
        found = Counter(one.whose.ids for one in self.drafted if not one.whose.words)
        return max(found, key=lambda ids: (found[ids], ids == self.sides), default=())


def composed(draft: Draft) -> str:
    """Return the record, with what could not be placed as comments."""
    lines = [
        *_head(draft),
        "",
        *_attendance(draft),
        *_statements(draft),
        *_aside(draft),
        *_unknown(draft),
    ]
    return "\n".join(lines) + "\n"


def _head(draft: Draft) -> Iterator[str]:
    first = draft.opening
    up = "../../.." if draft.series else ".."
    yield f"# yaml-language-server: $schema={up}/.schema/meeting.json"
    yield from comment(
        f"Drafted from {draft.file}. Each {TO_WRITE} is an error until a person has written it. "
        "What could not be placed stands in comments; delete them, and 'strength', 'subjects', "
        "'about' where they do not fit."
    )
    if draft.document == NO_ID:
        yield from _document(draft)
    yield f"{'number' if isinstance(draft.meeting, int) else 'id'}: {draft.meeting}"
    yield f"title: {{{draft.language}: {scalar(first.title or TO_WRITE)}}}"
    yield f"date: {first.when or TO_WRITE}"
    if first.form:
        yield f"form: {first.form}"
    if first.place or first.form != "online":
        city = scalar(first.place or TO_WRITE)
        host = f"host: {first.host}, " if first.host else ""
        yield f"place: {{city: {city}, {host}source: {draft.cite(first.source)}}}"
    yield f"document: {draft.document}"
    if first.title:
        yield f"document_title: {{{draft.language}: {scalar(first.title)}}}"
    yield "evidence: full"
    if draft.by:
        yield f"defaults: {{by: {listed(draft.by)}}}"


def _document(draft: Draft) -> Iterator[str]:
    """Yield the record of the document, to be added: nothing is said without a source."""
    yield "#"
    yield from comment(f"Add the document to data/documents.yaml, with an id in place of {NO_ID}:")
    for line in (
        f"- id: {NO_ID}",
        f"  title: {scalar(draft.opening.title or TO_WRITE, indent=0)}",
        f"  publisher: {TO_WRITE}",
        f"  date: {draft.opening.when or TO_WRITE}",
        f"  language: {draft.language}",
        "  standing: official",
        f"  kind: {draft.opening.kind or TO_WRITE}",
        "  read: full",
        f"  paragraphs: {len(draft.paragraphs)}",
    ):
        yield f"# {line}"
    yield "#"


def _attendance(draft: Draft) -> Iterator[str]:
    here = draft.attendance
    yield from _chairs(draft, here.chairs)
    if here.bodies or here.sides:
        yield "participants:"
    for side, place in here.sides.items():
        yield f"  - {{side: {side}, list: not given, source: {draft.cite(place)}}}"
    if here.bodies:
        for side, bodies in groupby(here.bodies, lambda one: one.side):
            yield from _of_side(draft, side, list(bodies))
    if here.persons:
        yield "also_present:"
        for one in here.persons:
            yield from _item([f"person: {one.person}", *_where(draft, one)], "  ")
    for place, names in groupby(here.missed, lambda one: one[0]):
        told = "; ".join(cut(name, MOST_SHOWN) for _, name in names)
        yield from comment(f"#{place} may name bodies that are not above: {told}")
    for sentence, what in here.left:
        shown = cut(sentence.text, MOST_SHOWN)
        yield from comment(
            f"#{sentence.place} tells of {what}, none of which are known here: {shown}"
        )
    if not any((here.chairs, here.bodies, here.persons, here.left)):
        yield from comment("Who had the chair and who took part was not found in the text")
    yield ""


def _chairs(draft: Draft, found: list[Attending]) -> Iterator[str]:
    """Yield who had the chair: known bodies of no side, then those of a side."""
    outside = [one for one in found if one.known and not one.side]
    if outside:
        yield "chaired_by:"
    for one in outside:
        person = [f"person: {one.person}"] if one.person else []
        yield from _item([*person, *_where(draft, one)], "  ")
    chairs = [one for one in found if one not in outside]
    if len(draft.sides) > BOTH and len({one.side for one in chairs}) == 1:
        yield "chairing: in turn"
    if chairs:
        yield "cochairs:"
    for one in chairs:
        body, source = _where(draft, one)
        head = [f"head: {{person: {one.person}}}"] if one.person else []
        yield from _item([*_side(draft, one.side, one.id), body, *head, source], "  ")


def _of_side(draft: Draft, side: str, bodies: list[Attending]) -> Iterator[str]:
    first = next((one.id for one in bodies if one.id in draft.own_sides), "")
    is_whole = not draft.attendance.missed
    whole = "complete: true" if is_whole else "complete: false # true once nobody is missing"
    yield from _item([*_side(draft, side, first), whole], "  ")
    yield "    bodies:"
    for one in bodies:
        if one.printed and one.known:
            yield f"      - body: {one.id}"
            yield f"        printed_as: {scalar(one.printed, indent=0)}"
        else:
            yield f"      - {one.id}{_new(one)}"
    yield f"    source: {draft.cite(bodies[0].source)}"


def _side(draft: Draft, side: str, body: str) -> list[str]:
    """Return the side, where the body does not tell it."""
    return [] if side and draft.own_sides.get(body) == side else [f"side: {side or NOBODY}"]


def _item(fields: Iterable[str], margin: str) -> Iterator[str]:
    """Yield the fields of one item of a list."""
    for index, field in enumerate(fields):
        yield f"{margin}{'  ' if index else '- '}{field}"


def _where(draft: Draft, one: Attending) -> tuple[str, str]:
    """Return the body of whoever came, and what says so."""
    return f"organisation: {one.id}{_new(one)}", f"source: {draft.cite(one.source)}"


def _new(one: Attending) -> str:
    return "" if one.known else f" # not yet in data/organisations.yaml: {one.printed}"


def _statements(draft: Draft) -> Iterator[str]:
    yield "statements:"
    yield "  complete: false # true once each sentence has its statement or is set aside"
    yield "  items:" if draft.drafted else "  items: []"
    counts = {"c": 0, "e": 0}
    for paragraph in draft.paragraphs:
        yield f"    # Paragraph {paragraph.number}" + (
            f": {cut(paragraph.heading, MOST_SHOWN)}" if paragraph.heading else ""
        )
        items = draft.items[paragraph.number]
        for item in items:
            if isinstance(item, Left):
                shown = cut(item.sentence.text, MOST_SHOWN)
                yield from comment(f"#{item.sentence.place} not placed: {shown}", "    ")
        drafted: dict[str, list[Drafted]] = {}
        for item in items:
            if isinstance(item, Drafted):
                drafted.setdefault(draft.place(item.sentence.place), []).append(item)
        for place, below in drafted.items():
            yield f"    {place}:"
            for one in below:
                yield from _item(_statement(draft, one, counts), "      ")
        yield ""


def _statement(draft: Draft, item: Drafted, counts: dict[str, int]) -> Iterator[str]:
    """Yield the fields of a statement."""
    if item.strength:
        kind = "c" if item.strength in PROMISES else "e"
        own = f"{draft.series}-" if draft.series else ""
        of = str(draft.meeting) if isinstance(draft.meeting, int) else f"-{draft.meeting}"
        counts[kind] += 1
        yield f"id: {own}{kind}{of}-{counts[kind]:02}"
    if can_be_key(item.verb):
        yield f"{scalar(item.verb)}: {TO_WRITE}"
    else:
        yield f"verb: {scalar(item.verb, indent=0)}"
        yield f"text: {TO_WRITE}"
    if item.subjects:
        yield f"subjects: {listed(item.subjects)}"
    if item.whose.words or item.whose.ids != draft.by:
        said = f" # {cut(item.whose.words, MOST_SHOWN)}" if item.whose.words else ""
        yield f"by: {listed(item.whose.ids)}{said}"
    if item.quote:
        yield f"quote: {scalar(item.quote, indent=0)}"
    if item.strength:
        yield f"strength: {item.strength}"
    if item.due:
        yield f"due: {item.due.when}"
        yield f"due_words: {scalar(item.due.words, indent=0)}"
    if item.about:
        yield f"about: {listed(item.about)}"


def _aside(draft: Draft) -> Iterator[str]:
    """Yield how sentences are set aside that need no statement, of those that are left."""
    left = [item.sentence.place for item in draft.left]
    if not left or not draft.exact:
        return
    yield from comment(
        "What was not placed and needs no statement is set aside in the record of the document:"
    )
    yield f"# aside: [{{sentence: {listed(left)}, reason: {TO_WRITE}}}]"


def _unknown(draft: Draft) -> Iterator[str]:
    """Yield the records of bodies that the project does not have yet."""
    new = {
        one.id: one
        for one in (*draft.attendance.chairs, *draft.attendance.bodies, *draft.attendance.persons)
        if not one.known
    }
    if not new:
        return
    yield from comment(
        "Bodies that data/organisations.yaml does not have; add those that are meant:"
    )
    for one in new.values():
        side = f", side: {one.side}" if one.side else ""
        name = scalar(one.printed)
        yield f"# - {{id: {one.id}, name: {{{draft.language}: {name}}}{side}}}"


def listed(items: Iterable[str]) -> str:
    """Return ids as YAML: a list of one without its brackets."""
    found = list(items)
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


def comment(text: str, indent: str = "") -> list[str]:
    """Return a text as comments, in lines of a sane length."""
    return textwrap.wrap(
        " ".join(text.split()),
        WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}#   ",
        break_long_words=False,
        break_on_hyphens=False,
    )
