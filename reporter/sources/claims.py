"""What a record takes from its documents word by word: quotations, verbs, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from reporter.dates import When
from reporter.records.agreement import Act, InForce, Signing
from reporter.records.base import NOT_VERIFIED, Citation
from reporter.records.meeting import Event, Meeting, Phrase
from reporter.records.programme import Outcome, Plan
from reporter.records.references import parts
from reporter.records.register import Version
from reporter.records.statements import Entry, Forecast, Sourced, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.base import Record
    from reporter.records.reader import Path_

Sort = Literal["quotation", "verb", "words", "date"]
# The fields that hold a date which the source gives; ``due`` only where no words stand for it.
_DATES: dict[type[Record], tuple[str, ...]] = {
    Act: ("date", "effective"),
    Statement: ("made", "due"),
    Entry: ("date",),
    Event: ("date",),
    Forecast: ("date", "due"),
    InForce: ("date",),
    Outcome: ("date",),
    Plan: ("stated", "due"),
    Signing: ("date",),
    Sourced: ("date",),
    Version: ("date",),
}


class Claim(NamedTuple):
    """Something that a record says of its sources, and that their texts must bear out."""

    sort: Sort
    where: Path_
    words: str
    """A date as it is written in the record, otherwise the words."""
    source: tuple[Citation, ...]
    inferred: bool = False
    """Whether the record says that it is our conclusion."""
    beside: str = ""
    """Of a date: the quotation beside it."""


def claims_of(record: Record) -> Iterator[Claim]:
    """Yield what a record takes from its documents word by word, with the way to it."""
    for where, part in parts(record):
        source = getattr(part, "source", None)
        if not source:
            continue
        if isinstance(part, Statement):
            yield Claim("verb", (*where, "verb"), part.verb, source)
            if part.quote:
                yield Claim("quotation", (*where, "quote"), part.quote, source)
        if isinstance(part, Phrase):
            yield Claim("quotation", (*where, "words"), part.words, source)
        if isinstance(part, Statement | Plan) and part.due_words:
            yield Claim("words", (*where, "due_words"), part.due_words, source)
        inferred = getattr(part, "inferred", False)
        for name in _DATES.get(type(part), ()):
            value = getattr(part, name)
            by_words = name == "due" and getattr(part, "due_words", None)
            if isinstance(value, When) and not by_words:
                beside = getattr(part, "quote", None) or ""
                yield Claim("date", (*where, name), str(value), source, inferred, beside)
    dated = isinstance(record, Meeting) and isinstance(record.date, When)
    if isinstance(record, Meeting) and dated and record.document != NOT_VERIFIED:
        yield Claim("date", ("date",), str(record.date), (Citation(record.document),))
