"""What was found in a text to the record of a meeting, in YAML."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.statements import Drafted, Left
from reporter.desk.draft.whose import NOBODY
from reporter.desk.draft.yamltext import comment, listed
from reporter.records.brevity import cut
from reporter.records.skeletons import TO_WRITE
from reporter.records.statements import PROMISES
from reporter.records.writing import scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.choice import MeetingKey
    from reporter.desk.draft.attendance import Attendance, Attending
    from reporter.desk.draft.layout import Paragraph
    from reporter.desk.draft.opening import Opening

MOST_SHOWN = 12  # words of the text in a comment: as many as may be quoted
NO_ID = "document-id"


class Draft(NamedTuple):
    """All that was found in a text."""

    meeting: MeetingKey
    file: str
    language: str
    document: str
    sides: tuple[str, ...]
    opening: Opening
    attendance: Attendance
    paragraphs: tuple[Paragraph, ...]
    items: dict[int, list[Drafted | Left]]
    """By paragraph."""
    exact: bool
    """Whether a fingerprint knows the sentences, so that they can be cited."""
    series: str = ""
    """The id of the meeting's series, of several in the project."""

    def cite(self, place: str) -> str:
        """Return how a sentence is cited, or its paragraph."""
        return f"{self.document}#{place if self.exact else place.partition('.')[0]}"


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
    yield (
        f"place: {{city: {scalar(first.place or TO_WRITE)}, source: {draft.cite(first.source)}}}"
    )
    yield f"document: {draft.document}"
    if first.title:
        yield f"document_title: {{{draft.language}: {scalar(first.title)}}}"
    yield "evidence: full"


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
        "  kind: joint statement",
        "  read: full",
        f"  paragraphs: {len(draft.paragraphs)}",
    ):
        yield f"# {line}"
    yield "#"


def _attendance(draft: Draft) -> Iterator[str]:
    here = draft.attendance
    if here.chairs:
        yield "cochairs:"
        for one in here.chairs:
            yield f"  - side: {one.side or NOBODY}"
            yield f"    organisation: {one.id}{_new(one)}"
            if one.person:
                source = draft.cite(one.source)
                yield "    head:"
                yield from _post(one, source, "      ")
            yield f"    source: {draft.cite(one.source)}"
    if here.bodies:
        yield "participants:"
        for side, bodies in groupby(here.bodies, lambda one: one.side):
            yield from _of_side(draft, side, list(bodies))
    if here.persons:
        yield "also_present:"
        for one in here.persons:
            first, *others = _post(one, draft.cite(one.source), "    ")
            yield f"  - {first.strip()}"
            yield from others
    for sentence, what in here.left:
        shown = cut(sentence.text, MOST_SHOWN)
        yield from comment(
            f"#{sentence.place} tells of {what}, none of which are known here: {shown}"
        )
    yield ""


def _of_side(draft: Draft, side: str, bodies: list[Attending]) -> Iterator[str]:
    yield f"  - side: {side or NOBODY}"
    yield "    complete: true"
    yield "    bodies:"
    for one in bodies:
        if one.printed and one.known:
            yield f"      - body: {one.id}"
            yield f"        printed_as: {scalar(one.printed, indent=0)}"
        else:
            yield f"      - {one.id}{_new(one)}"
    yield f"    source: {draft.cite(bodies[0].source)}"


def _post(one: Attending, source: str, margin: str) -> Iterator[str]:
    """Yield a person in a post, as far as it is known."""
    yield f"{margin}person: {one.person}"
    yield f"{margin}organisation: {one.id}{_new(one)}"
    yield f"{margin}source: {source}"


def _new(one: Attending) -> str:
    return "" if one.known else f" # not yet in data/organisations.yaml: {one.printed}"


def _statements(draft: Draft) -> Iterator[str]:
    yield "statements:"
    yield "  complete: false # true once each sentence has its statement or is set aside"
    if not any(isinstance(one, Drafted) for items in draft.items.values() for one in items):
        yield "  items: []"
    else:
        yield "  items:"
    counts = {"c": 0, "e": 0}
    for paragraph in draft.paragraphs:
        yield f"    # Paragraph {paragraph.number}" + (
            f": {cut(paragraph.heading, MOST_SHOWN)}" if paragraph.heading else ""
        )
        for item in draft.items[paragraph.number]:
            if isinstance(item, Left):
                shown = cut(item.sentence.text, MOST_SHOWN)
                yield from comment(f"#{item.sentence.place} not placed: {shown}", "    ")
            else:
                yield from _statement(draft, item, counts)
        yield ""


def _statement(draft: Draft, item: Drafted, counts: dict[str, int]) -> Iterator[str]:
    fields: list[str] = []
    if item.strength:
        kind = "c" if item.strength in PROMISES else "e"
        own = f"{draft.series}-" if draft.series else ""
        of = str(draft.meeting) if isinstance(draft.meeting, int) else f"-{draft.meeting}"
        counts[kind] += 1
        fields.append(f"id: {own}{kind}{of}-{counts[kind]:02}")
    if item.subjects:
        fields.append(f"subjects: {listed(item.subjects)}")
    said = f" # {cut(item.whose.words, MOST_SHOWN)}" if item.whose.words else ""
    fields += [
        f"by: {listed(item.whose.ids)}{said}",
        f"verb: {scalar(item.verb, indent=0)}",
        f"text: {TO_WRITE}",
    ]
    if item.quote:
        fields.append(f"quote: {scalar(item.quote, indent=0)}")
    if item.strength:
        fields.append(f"strength: {item.strength}")
    if item.due:
        fields += [f"due: {item.due.when}", f"due_words: {scalar(item.due.words, indent=0)}"]
    if item.about:
        fields.append(f"about: {listed(item.about)}")
    fields.append(f"source: {draft.cite(item.sentence.place)}")
    for index, field in enumerate(fields):
        yield f"    {'- ' if index == 0 else '  '}{field}"


def _aside(draft: Draft) -> Iterator[str]:
    """Yield how sentences are set aside that need no statement, of those that are left."""
    left = [
        item.sentence.place
        for items in draft.items.values()
        for item in items
        if isinstance(item, Left)
    ]
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
