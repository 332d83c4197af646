"""Holds what records take from their documents to the fingerprints of these.

A quotation, a verb or a date that stands in no cited passage is wrong, if each document that is
cited has a fingerprint; where one has none, nobody can tell.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Literal, NamedTuple

from reporter.dates import When
from reporter.problems import quoted
from reporter.records.register import Document
from reporter.sources.claims import Claim, claims_of
from reporter.sources.datewords import DateWords, Told
from reporter.sources.nearest import nearest
from reporter.sources.reading import reading_of
from reporter.sources.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.problems import Problem
    from reporter.records.base import Citation
    from reporter.records.project import Contents, Loaded
    from reporter.sources.fingerprint import Fingerprint, Passage, Spot
    from reporter.sources.reading import Reading

HeldState = Literal["held", "wrong", "unknown"]
MOST_SPOTS = 6  # places that a hint names


class Cited(NamedTuple):
    """A citation, and what of the text it names: None where there is no fingerprint."""

    citation: Citation
    fingerprint: Fingerprint | None
    passage: Passage | None

    @property
    def place(self) -> str:
        """The place, in words."""
        name, paragraph, sentence = self.citation
        if paragraph is None:
            return f"'{name}'"
        what = f"paragraph {paragraph}" if sentence is None else f"sentence {self.citation.place}"
        return f"{what} of '{name}'"


class Judged(NamedTuple):
    """A claim, and what became of it."""

    claim: Claim
    state: HeldState
    problem: Problem | None = None


class Holder:
    """Holds the records of a project to the texts of its documents."""

    def __init__(self, contents: Contents) -> None:
        self.fingerprints = contents.fingerprints
        self._theme = contents.theme
        self._root = contents.settings_source.path.parents[1]
        self._language = contents.settings.language.partition("-")[0]
        self._records = contents.records
        self._cited: dict[Citation, Cited] = {}
        self._looking: dict[tuple[str, bool], DateWords] = {}

    @cached_property
    def _documents(self) -> dict[str, Loaded]:
        return {loaded.facts.id: loaded for loaded in self._records if loaded.kind == "document"}

    @cached_property
    def _met(self) -> dict[str, tuple[When, ...]]:
        return {
            name: tuple(map(When.parse, days)) for name, days in days_met(self._records).items()
        }

    def judged(self, loaded: Loaded) -> Iterator[Judged]:
        """Yield each claim of a record with what became of it."""
        for claim in claims_of(loaded.record):
            cited = [self.cited(citation) for citation in claim.source]
            if not any(found.passage for found in cited):
                yield Judged(claim, "unknown")
            else:
                yield self._by_sort[claim.sort](loaded, claim, cited)

    @cached_property
    def _by_sort(self) -> dict[str, Callable[[Loaded, Claim, list[Cited]], Judged]]:
        return {
            "quotation": self._words,
            "words": self._own_words,
            "verb": self._verb,
            "date": self._date,
        }

    def cited(self, citation: Citation) -> Cited:
        """Return what of a text a citation names."""
        if citation not in self._cited:
            fingerprint = self.fingerprints.get(citation.document)
            passage = fingerprint and fingerprint.passage(citation.paragraph, citation.sentence)
            self._cited[citation] = Cited(citation, fingerprint, passage or None)
        return self._cited[citation]

    def reading(self, fingerprint: Fingerprint) -> Reading:
        """Return how the text of a document is read."""
        return reading_of(self._theme, fingerprint.language)

    def is_own_language(self, fingerprint: Fingerprint) -> bool:
        """Return whether a text is in the language of the records, so that verbs can be held."""
        return fingerprint.language.partition("-")[0] == self._language

    def _words(self, loaded: Loaded, claim: Claim, cited: list[Cited]) -> Judged:
        if any(
            found.passage
            and found.fingerprint
            and found.fingerprint.digests(claim.words) in found.passage
            for found in cited
        ):
            return Judged(claim, "held")
        if not all(found.passage for found in cited):
            return Judged(claim, "unknown")
        message = f"{quoted(claim.words)} does not stand in {_places(cited)}"
        if elsewhere := _elsewhere(claim.words, cited):
            where = (*claim.where[:-1], "source")
            hint = f"it stands in {elsewhere}: correct the citation"
            return Judged(claim, "wrong", loaded.problem(where, message, hint))
        hint = _hint(claim.words, cited) + self._nearest(claim.words, cited)
        return Judged(claim, "wrong", loaded.problem(claim.where, message, hint))

    def _nearest(self, text: str, cited: list[Cited]) -> str:
        texts = (nearest(self._root, found.citation.document, text) for found in cited)
        return next((f"; nearest: {quoted(found)}" for found in texts if found), "")

    def _own_words(self, loaded: Loaded, claim: Claim, cited: list[Cited]) -> Judged:
        """Hold words that may be ours where the document is in another language."""
        if all(found.fingerprint and self.is_own_language(found.fingerprint) for found in cited):
            return self._words(loaded, claim, cited)
        return Judged(claim, "unknown")

    def forms(self, verb: str, fingerprint: Fingerprint) -> list[str]:
        """Return the digests of each form of a verb."""
        return [fingerprint.digests(form) for form in self.reading(fingerprint).forms(verb)]

    def _verb(self, loaded: Loaded, claim: Claim, cited: list[Cited]) -> Judged:
        own = [
            (found.fingerprint, found.passage)
            for found in cited
            if found.fingerprint and found.passage and self.is_own_language(found.fingerprint)
        ]
        for fingerprint, passage in own:
            if any(form in passage for form in self.forms(claim.words, fingerprint)):
                return Judged(claim, "held")
        if not own or not all(found.passage for found in cited):
            return Judged(claim, "unknown")
        held = [found for found in cited if found.fingerprint in [one for one, _ in own]]
        message = f"the verb {quoted(claim.words)} does not stand in {_places(held)}"
        found = own[0][0]
        forms = self.reading(found).forms(claim.words)
        spots = [spot for form in forms for spot in found.passage().spots(found.digests(form))]
        hint = f"it stands in {_spots(spots)}: correct the citation, or the verb"
        hint = hint if spots else "write the verb of the document"
        return Judged(claim, "wrong", loaded.problem(claim.where, message, hint))

    def _date(self, loaded: Loaded, claim: Claim, cited: list[Cited]) -> Judged:
        when = When.parse(claim.words)
        if not all(found.passage for found in cited):
            return Judged(claim, "unknown")
        own = claim.where == ("date",)  # of a meeting, which cannot bear itself out
        told = [
            self._told(when, claim.beside, self._dates(fingerprint, own=own), passage)
            for _, fingerprint, passage in cited
            if fingerprint and passage
        ]
        if any(found.fault is None for found in told):
            return Judged(claim, "held")
        return Judged(claim, "wrong", _wrong_date(loaded, claim, told, cited))

    @staticmethod
    def _told(when: When, beside: str, looked_for: DateWords, passage: Passage) -> Told:
        """Return what a passage says of a date, or the words quoted beside it, if these have one.

        A sentence may name several years.
        """
        quoted_words = looked_for.passage(beside)
        own = beside and looked_for.has_a_year(quoted_words)
        return looked_for.told(when, quoted_words if own else passage)

    def _dates(self, fingerprint: Fingerprint, *, own: bool) -> DateWords:
        """Return what looks for dates in the text of a document.

        What a meeting issued tells of its days without saying so again in each paragraph.
        """
        name = fingerprint.document
        if (name, own) not in self._looking:
            loaded = self._documents.get(name)
            date = loaded.record.date if loaded and isinstance(loaded.record, Document) else None
            dated = date if isinstance(date, When) else None
            met = () if own else self._met.get(name, ())
            reading = self.reading(fingerprint)
            self._looking[name, own] = DateWords(fingerprint, reading, dated, met)
        return self._looking[name, own]


def days_met(records: Iterable[Loaded]) -> dict[str, list[str]]:
    """Return the days of meetings by the document that each of them issued."""
    found: dict[str, list[str]] = {}
    for loaded in records:
        days = "/".join(dict.fromkeys(loaded.facts.days or ()))
        for name in loaded.facts.names.get("document", ()) if days else ():
            found.setdefault(name, []).append(days)
    return found


def _wrong_date(loaded: Loaded, claim: Claim, told: list[Told], cited: list[Cited]) -> Problem:
    instead = next((found.instead for found in told if found.instead), "")
    other_year = bool(instead) or all(found.fault == "year" for found in told)
    worst = other_year and not claim.inferred
    what = f"the year of {claim.words}" if worst else claim.words
    message = f"{what} does not stand in {_places(cited)}"
    hint = (
        f"it has {instead}: correct the year"
        if instead
        else "correct the date or the source; words that it is read from go into 'due_words'"
        if claim.where[-1] == "due"
        else "correct the date, or cite the document that has it"
    )
    found = loaded.problem(claim.where, message, hint)
    return found if worst else found.as_warning


def _places(cited: list[Cited]) -> str:
    return " or ".join(dict.fromkeys(found.place for found in cited))


def _elsewhere(text: str, cited: list[Cited]) -> str:
    """Return where else in the documents that are cited a quotation stands."""
    for _, fingerprint, _ in cited:
        if fingerprint and (spots := fingerprint.passage().spots(fingerprint.digests(text))):
            return _spots(spots)
    return ""


def _hint(text: str, cited: list[Cited]) -> str:
    """Return how much of a quotation stands where it is said to."""
    many = len(words(text))
    best = max(cited, key=partial(_longest, text))
    if (found := _longest(text, best)) and best.passage:
        first = " ".join(words(text)[:found])
        return f"of its {many} words only the first {found} do, {quoted(first)}: quote word by word"
    return "none of its beginning does: quote word by word"


def _longest(text: str, cited: Cited) -> int:
    if not cited.fingerprint or not cited.passage:
        return 0
    return cited.passage.longest(cited.fingerprint.digests(text))


def _spots(spots: list[Spot]) -> str:
    found = [str(spot) for spot in dict.fromkeys(sorted(spots))]
    what = "sentence" if len(found) == 1 else "sentences"
    more = " and others" if len(found) > MOST_SPOTS else ""
    return f"{what} {', '.join(found[:MOST_SPOTS])}{more}"
