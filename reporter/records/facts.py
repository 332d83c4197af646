"""What other records may need to know of one: enough to cross-check it without a second reading."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.dates import UNDATED
from reporter.library import identity
from reporter.records.agreement import Agreement
from reporter.records.base import NOT_VERIFIED, Citation, Record
from reporter.records.meeting import Meeting
from reporter.records.references import fields_of, parts
from reporter.records.register import Document, Organisation
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.reader import Path_

REPEATS = "statements that repeat each other"


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
    """Of a document: its standing, and how many paragraphs it has."""
    days: list[str] | None = None
    """Of a meeting: its first and its last day, if it has a date."""
    sentences: list[str] | None = None
    """The documents of which it cites or sets aside a sentence."""

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.ids[0][1]


def facts_of(kind: str, record: Record) -> Facts:
    """Return the facts of a record of a kind."""
    names: dict[str, set[str]] = {}
    cites: dict[str, set[int]] = {}
    by_sentence: set[str] = set()
    _gather(record, names, cites, by_sentence)
    return Facts(
        [[of, name] for of, name, _ in given(kind, record)],
        {kinds: sorted(found) for kinds, found in names.items()},
        {document: sorted(found) for document, found in cites.items()},
        [[name, origin, target] for name, origin, target, _ in leads(record)],
        [record.standing, record.paragraphs] if isinstance(record, Document) else None,
        [str(record.date.first), str(record.date.last)]
        if isinstance(record, Meeting) and record.date != UNDATED
        else None,
        [record.id] if isinstance(record, Document) and record.aside else sorted(by_sentence),
    )


def _gather(
    record: Record, names: dict[str, set[str]], cites: dict[str, set[int]], by_sentence: set[str]
) -> None:
    for field, refers in fields_of(type(record)).items():
        value = getattr(record, field)
        if value is None:
            continue
        for item in value if type(value) is tuple else (value,):
            if isinstance(item, Record):
                _gather(item, names, cites, by_sentence)
            elif isinstance(item, Citation):
                cites.setdefault(item.document, set()).add(item.paragraph or 0)
                if item.sentence:
                    by_sentence.add(item.document)
            elif refers and isinstance(item, str) and item != NOT_VERIFIED:
                names.setdefault("|".join(refers.kinds), set()).add(item)


def given(kind: str, record: Record) -> Iterator[tuple[str, str, Path_]]:
    """Yield each id that a record gives, with its kind and the way to it."""
    yield kind, identity(record), ("number" if isinstance(record, Meeting) else "id",)
    for way, part in parts(record):
        if isinstance(part, Statement | Forecast) and part.id:
            yield type(part).__name__.casefold(), part.id, (*way, "id")


def leads(record: Record) -> Iterator[tuple[str, str, str, Path_]]:
    """Yield each link that may not form a cycle: its name, both ids, and the path to the field.

    The ids are in the order from, to.
    """
    if isinstance(record, Organisation):
        for field in ("predecessor", "parent"):
            if target := getattr(record, field):
                yield f"{field}s", record.id, target, (field,)
    if isinstance(record, Agreement):
        for index, link in enumerate(record.links):
            if link.relation != "beside":
                way = ("links", index, "agreement")
                yield f"agreements ('{link.relation}')", record.id, link.agreement, way
    for where, part in parts(record):
        if isinstance(part, Statement) and part.id and part.repeats:
            yield REPEATS, part.id, part.repeats, (*where, "repeats")
