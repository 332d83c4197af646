"""How much of the texts the records code, and how much of the records the texts hold."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.references import citations, parts
from reporter.records.register import Document
from reporter.records.statements import Entry, Statement
from reporter.sources.fingerprint import Spot
from reporter.sources.judging import Holder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.records import Record
    from reporter.records.base import Citation
    from reporter.records.project import Contents, Loaded
    from reporter.sources.claims import Sort
    from reporter.sources.fingerprint import Fingerprint

_SORTS: dict[str, tuple[Sort, ...]] = {
    "quotations": ("quotation", "words"),
    "verbs": ("verb",),
    "dates": ("date",),
}


class Sentences(NamedTuple):
    """The sentences of a document, and those that are neither coded nor set aside."""

    document: str
    total: int
    left: tuple[Spot, ...]

    def __str__(self) -> str:
        done = self.total - len(self.left)
        text = f"{self.document}: {done} of {self.total} sentences coded or set aside"
        return f"{text}; neither: {', '.join(map(str, self.left))}" if self.left else text


def sentences_left(
    document: Document, records: Iterable[Loaded], fingerprint: Fingerprint, holder: Holder
) -> Sentences:
    """Return which sentences of a document these records do not code, nor it sets aside."""
    done = {spot for loaded in records for spot in coded(loaded.record, fingerprint, holder)}
    done |= set(set_aside(document))
    left = tuple(spot for spot in fingerprint.sentences if spot not in done)
    return Sentences(document.id, len(fingerprint.sentences), left)


def left_in(contents: Contents, holder: Holder) -> Iterator[tuple[Loaded, Sentences]]:
    """Yield each document read whole that has a fingerprint, with the sentences left in it."""
    for loaded in contents.records:
        document = loaded.record if loaded.kind == "document" else None
        fingerprint = contents.fingerprints.get(loaded.facts.id) if document else None
        if isinstance(document, Document) and fingerprint and document.read == "full":
            citing = (other for other in contents.records if document.id in other.facts.cites)
            yield loaded, sentences_left(document, citing, fingerprint, holder)


def set_aside(document: Document) -> Iterator[Spot]:
    """Yield the sentences that the record of a document sets aside."""
    for aside in document.aside:
        for name in aside.sentence:
            paragraph, sentence = name.split(".")
            yield Spot(int(paragraph), int(sentence))


def coded(record: Record, fingerprint: Fingerprint, holder: Holder) -> Iterator[Spot]:
    """Yield the sentences of a document that a record codes: those it names.

    A statement that names a paragraph only codes the sentence in which its quotation stands, or
    else its verb, where that is one sentence.
    """
    for _, part in parts(record):
        for cited in getattr(part, "source", None) or ():
            if cited.document == fingerprint.document and cited.paragraph:
                yield from _coded_by(part, cited, fingerprint, holder)


def _coded_by(
    part: Record, cited: Citation, fingerprint: Fingerprint, holder: Holder
) -> Iterator[Spot]:
    passage = fingerprint.passage(cited.paragraph, cited.sentence)
    if len(passage.sentences) == 1:
        yield from passage.sentences
    elif isinstance(part, Statement):
        if part.quote:
            found = passage.spots(fingerprint.digests(part.quote))
        else:
            forms = holder.forms(part.verb, fingerprint)
            found = [spot for form in forms for spot in passage.spots(form)]
        if len(set(found)) == 1:
            yield found[0]


def report(contents: Contents) -> Iterator[str]:
    """Yield what ``reporter check --coverage`` says, line by line."""
    holder = Holder(contents)
    yield from (str(found) for _, found in left_in(contents, holder))
    total: Counter[tuple[str, str]] = Counter()
    for loaded in contents.records:
        found: Counter[tuple[str, str]] = Counter(
            (judged.claim.sort, state)
            for judged in holder.judged(loaded)
            for state in ("all", judged.state)
        )
        total += found
        if any(state == "held" for _, state in found):
            yield f"{loaded.facts.id}: {_held(found)}"
    yield f"all records: {_held(total)}"
    yield _cited(contents)
    yield from _without(contents)


def _held(found: Counter[tuple[str, str]]) -> str:
    counts = {
        what: tuple(sum(found[sort, state] for sort in sorts) for state in ("held", "all"))
        for what, sorts in _SORTS.items()
    }
    shown = [f"{held} of {every} {what}" for what, (held, every) in counts.items() if every]
    return f"{', '.join(shown)} held"


def _cited(contents: Contents) -> str:
    """Return how many citations name a paragraph that a fingerprint holds."""
    every = [cited for loaded in contents.records for _, cited in citations(loaded.record)]
    names = contents.fingerprints.names
    held = sum(cited.paragraph is not None and cited.document in names for cited in every)
    return f"citations: {held} of {len(every)} name a paragraph that a fingerprint holds"


def _without(contents: Contents) -> Iterator[str]:
    """Yield which documents set a status and have no fingerprint."""
    setting = {
        cited.document
        for loaded in contents.records
        if any(document not in contents.fingerprints.names for document in loaded.facts.cites)
        for _, part in parts(loaded.record)
        if isinstance(part, Entry) and part.status
        for cited in part.source or ()
    }
    if found := sorted(setting - contents.fingerprints.names):
        what = "documents that set a status, without digest and day of retrieval"
        yield f"{what} ({len(found)}): {', '.join(found)}"
