"""What other records may need to know of one: enough to cross-check it without a second reading."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.dates import UNDATED
from reporter.library import identity
from reporter.library.tokens import composed, tokens
from reporter.records.agreement import Agreement
from reporter.records.base import NOT_VERIFIED, Citation, Record
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.references import fields_of, named, parts
from reporter.records.register import Document, Organisation
from reporter.records.same import track_id
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.reader import Path_

REPEATS = "statements that repeat each other"
_LITTLE = re.compile("[A-Za-z]{1,3}")  # words that say little: of, the, and
SAME = "statements that are the same"


class Facts(NamedTuple):
    """Plain values, which JSON can hold."""

    ids: list[list[str]]
    """The ids that it gives, each after its kind: its own first, then those of its parts."""
    names: dict[str, list[str]]
    """The ids that it names, by the kinds of which they may be, joined by ``|``."""
    cites: dict[str, list[int]]
    """The paragraphs it cites, by document, in order; 0 is the document without a paragraph."""
    leads: list[list[str]]
    """What may not lead back to its beginning: its name, from which id, to which."""
    document: list[Any] | None = None
    """Of a document: its standing, how many paragraphs it has, and whether those are all."""
    days: list[str] | None = None
    """Of a meeting: its first and its last day, if it has a date."""
    counted: list[Any] | None = None
    """Of a meeting with a number: its kind, and the number."""
    sentences: list[str] | None = None
    """The documents of which it cites or sets aside a sentence."""
    short: list[str | None] | None = None
    """Of a body: its side and its abbreviation, if it has them, and its names."""
    promises: list[list[Any]] | None = None
    """Of each promise: its id, who owes what by when as a key, and what it is about."""
    reviewed: bool = False
    """Whether it, or a part of it, was reviewed."""

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.ids[0][1]


def facts_of(kind: str, record: Record) -> Facts:
    """Return the facts of a record of a kind."""
    names: dict[str, set[str]] = {}
    cites: dict[str, set[int]] = {}
    by_sentence: set[str] = set()
    reviewed = _gather(record, names, cites, by_sentence)
    return Facts(
        [[of, name] for of, name, _ in given(kind, record)],
        {kinds: sorted(found) for kinds, found in names.items()},
        {document: sorted(found) for document, found in cites.items()},
        [[name, origin, target] for name, origin, target, _ in leads(record)],
        [record.standing, record.paragraphs, record.read == "full"]
        if isinstance(record, Document)
        else None,
        [str(record.date.first), str(record.date.last)]
        if isinstance(record, Meeting) and record.date != UNDATED
        else None,
        [record.kind, record.number]
        if isinstance(record, Meeting) and record.number is not None
        else None,
        [record.id] if isinstance(record, Document) and record.aside else sorted(by_sentence),
        [record.side, record.abbreviation, *record.name.root.values()]
        if isinstance(record, Organisation)
        else None,
        _promises(record) or None,
        reviewed,
    )


def _promises(record: Record) -> list[list[Any]]:
    return [
        [item.id, promise_key(item), sorted({*item.subjects, *item.about})]
        for item in record.statements_made
        if item.is_promise
    ]


def _gather(
    record: Record, names: dict[str, set[str]], cites: dict[str, set[int]], by_sentence: set[str]
) -> bool:
    """Gather what a record names and cites, and return whether any part of it was reviewed."""
    reviewed = getattr(record, "reviewed", None) is not None
    for field, refers in fields_of(type(record)).items():
        value = getattr(record, field)
        if value is None:
            continue
        for item in value if type(value) is tuple else (value,):
            if isinstance(item, Record):
                reviewed |= _gather(item, names, cites, by_sentence)
            elif isinstance(item, Citation):
                cites.setdefault(item.document, set()).add(item.paragraph or 0)
                if item.sentence:
                    by_sentence.add(item.document)
            elif refers and isinstance(item, str) and item != NOT_VERIFIED:
                for kinds, name in named(refers, item):
                    names.setdefault("|".join(kinds), set()).add(name)
    return reviewed


def given(kind: str, record: Record) -> Iterator[tuple[str, str, Path_]]:
    """Yield each id that a record gives, with its kind and the way to it."""
    is_numbered = isinstance(record, Meeting) and isinstance(record.key, int)
    yield kind, identity(record), ("number" if is_numbered else "id",)
    for way, part in parts(record):
        if isinstance(part, Statement | Forecast) and part.id:
            yield type(part).__name__.casefold(), part.id, (*way, "id")
    if isinstance(record, Programme):
        for index, track in enumerate(record.tracks):
            yield "track", track_id(record.id, track.id), ("tracks", index, "id")


def promise_key(statement: Statement) -> str:
    """Return what two promises have in common that are nearly the same words.

    That is who owes it, by when, and its words of more than three letters, in any order. Two that
    differ in a number are two.
    """
    found = {token.key for token in tokens(composed(statement.text))}
    longer = {word for word in found if not _LITTLE.fullmatch(word)}
    told = json.dumps([sorted(statement.by), str(statement.due), sorted(longer or found)])
    return hashlib.blake2b(told.encode(), digest_size=8).hexdigest()


def leads(record: Record) -> Iterator[tuple[str, str, str, Path_]]:
    """Yield each link that may not form a cycle: its name, both ids, and the path to the field.

    The ids are in the order from, to.
    """
    if isinstance(record, Organisation):
        if record.parent:
            yield "parents", record.id, record.parent, ("parent",)
        for index, former in enumerate(record.predecessor):
            yield "predecessors", record.id, former, ("predecessor", index)
    if isinstance(record, Agreement):
        for index, link in enumerate(record.links):
            if link.relation != "beside":
                way = ("links", index, "agreement")
                yield f"agreements ('{link.relation}')", record.id, link.agreement, way
    for where, part in parts(record):
        if isinstance(part, Statement) and part.id and part.repeats:
            yield REPEATS, part.id, part.repeats, (*where, "repeats")
        if isinstance(part, Statement) and part.id and part.same_as:
            yield SAME, part.id, part.same_as, (*where, "same_as")
