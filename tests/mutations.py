"""False changes to true records: words of quotations, verbs, paragraphs, sources and years.

A mutation is made in memory: the record keeps its lines, and one value in it is another one.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporter.problems import ReporterError
from reporter.records import KINDS
from reporter.records.crosscheck import _Known
from reporter.records.project import Contents, Loaded
from reporter.records.reader import Source
from reporter.records.validation import validate
from reporter.sources.against import HeldTexts
from reporter.sources.judging import Holder

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from reporter.records.reader import Path_
    from reporter.sources.claims import Claim

OTHER_WORDS = (
    "trade",
    "never",
    "Mars",
    "nuclear",
    "weather",
    "suspend",
    "Europe",
    "all",
    "月面",
    "中止",
)
NEGATIONS = {True: ("not", "no", "never"), False: ("ない", "不", "非")}
OTHER_VERBS = ("condemned", "signed", "rejected", "pledged", "demanded", "expressed regret")
OTHER_VERBS_JA = ("非難した", "拒否した", "署名した", "要求した")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Mutation:
    """One value of a record that is no longer true."""

    loaded: Loaded
    way: Path_
    """To the value, from the record."""
    value: Any
    what: str

    def __str__(self) -> str:
        return f"{self.what}: {self.loaded.facts.id} {self.way}: {self.value}"


class Mutator:
    """Makes mutations of a project whose records are true, and says what is found of each."""

    def __init__(self, contents: Contents) -> None:
        self.contents = contents
        self.texts, self.known, self.holder = (
            HeldTexts(contents),
            _Known(contents),
            Holder(contents),
        )
        self.claims = [
            (loaded, judged.claim)
            for loaded in contents.records
            if not contents.fingerprints.names.isdisjoint(loaded.facts.cites)
            for judged in self.holder.judged(loaded)
            if judged.state == "held"
            and all(c.document in contents.fingerprints.names for c in judged.claim.source)
        ]
        self.verbs = sorted({claim.words for _, claim in self.claims if claim.sort == "verb"})

    def mutations(self, random: Random, count: int) -> Iterator[Mutation]:
        """Yield so many mutations, of all sorts in turn."""
        words = (self._changed, self._dropped, self._negated, self._moved)
        ways = (*words, self._verb, self._paragraph, self._source, self._year)
        made = 0
        for at in range(count * 20):
            found = ways[at % len(ways)](random) if made < count else None
            if found:
                made += 1
                yield found

    def found(self, mutation: Mutation) -> list[int]:
        """Return the lines on which the mutated record is refused."""
        loaded = mutation.loaded
        data = deepcopy(loaded.source.data)
        inner: Any = data
        *way, last = (*loaded.where, *mutation.way)
        for step in way:
            inner = inner[step] if step in _steps(inner) else inner
        if last not in _steps(inner):  # a list of one, written without its dash
            raise AssertionError(mutation)
        inner[last] = mutation.value
        source = Source(loaded.path, loaded.source.text, data, loaded.source.root)
        model = next(kind.model for kind in KINDS if kind.name == loaded.kind)
        try:
            record = validate(model, source, loaded.where)
        except ReporterError as error:  # a quotation with one more word may be too long
            return [problem.line for problem in error.problems]
        changed = Loaded(loaded.kind, record, source, loaded.where)
        problems = [*self.texts.problems(changed), *self.known.problems(changed)]
        return [problem.line for problem in problems if problem.severity == "error"]

    def lines(self, mutation: Mutation) -> range:
        """Return the lines of the part of a record in which a mutation is."""
        way = (*mutation.loaded.where, *mutation.way[:-1])
        source = mutation.loaded.source
        span = source.root
        for step in way:
            span = span.children.get(step, span)
        places = [
            source.place(one, of_key=key)[0]
            for one in span.children.values()
            for key in (False, True)
        ]
        return range(min(places), max(places) + 1)

    def _some(self, random: Random, *sorts: str) -> tuple[Loaded, Claim]:
        return random.choice([found for found in self.claims if found[1].sort in sorts])

    def _quote(self, random: Random) -> tuple[Loaded, Claim, list[str]]:
        loaded, claim = self._some(random, "quotation")
        return loaded, claim, _pieces(claim.words)

    def _changed(self, random: Random) -> Mutation | None:
        loaded, claim, words = self._quote(random)
        at = random.randrange(len(words))
        other = random.choice([word for word in OTHER_WORDS if word not in words])
        return self._words(loaded, claim, [*words[:at], other, *words[at + 1 :]], "changed")

    def _dropped(self, random: Random) -> Mutation | None:
        """Leave out a word in the middle: what is left at the beginning or the end is true."""
        loaded, claim, words = self._quote(random)
        if len(words) < 3:
            return None
        at = random.randrange(1, len(words) - 1)
        return self._words(loaded, claim, [*words[:at], *words[at + 1 :]], "dropped")

    def _negated(self, random: Random) -> Mutation | None:
        loaded, claim, words = self._quote(random)
        at = random.randrange(len(words) + 1)
        negation = random.choice(NEGATIONS[claim.words.isascii()])
        return self._words(loaded, claim, [*words[:at], negation, *words[at:]], "negated")

    def _moved(self, random: Random) -> Mutation | None:
        loaded, claim, words = self._quote(random)
        if len(words) < 2:
            return None
        one, other = random.sample(range(len(words)), 2)
        moved = list(words)
        moved[one], moved[other] = moved[other], moved[one]
        return self._words(loaded, claim, moved, "moved") if moved != words else None

    @staticmethod
    def _words(loaded: Loaded, claim: Claim, words: list[str], what: str) -> Mutation | None:
        glue = " " if claim.words.isascii() else ""
        return Mutation(loaded, claim.where, glue.join(words), f"{what} words")

    def _verb(self, random: Random) -> Mutation | None:
        loaded, claim = self._some(random, "verb")
        verbs = OTHER_VERBS if claim.words.isascii() else OTHER_VERBS_JA
        verb = random.choice([*verbs, *self.verbs])
        passages = [self.holder.cited(cited) for cited in claim.source]
        true = any(
            form in passage
            for _, fingerprint, passage in passages
            if fingerprint and passage
            for form in self.holder.forms(verb, fingerprint)
        )
        return None if true else Mutation(loaded, claim.where, verb, "another verb")

    def _paragraph(self, random: Random) -> Mutation | None:
        loaded, claim = self._some(random, "quotation", "verb")
        cited = claim.source[0]
        fingerprint = self.contents.fingerprints.get(cited.document)
        if fingerprint is None or cited.paragraph is None or len(claim.source) > 1:
            return None
        numbers = [n for n in range(1, fingerprint.paragraphs + 2) if n != cited.paragraph]
        other = str(cited._replace(paragraph=random.choice(numbers)))
        return Mutation(loaded, (*claim.where[:-1], "source"), other, "another paragraph")

    def _source(self, random: Random) -> Mutation | None:
        """Cite another document; for a verb one in its language, since others hold no verbs."""
        loaded, claim = self._some(random, "quotation", "verb")
        cited = claim.source[0]
        others = [
            name
            for name in sorted(self.contents.fingerprints.names - {cited.document})
            if claim.sort == "quotation" or self._language(name) == self._language(cited.document)
        ]
        if not others or len(claim.source) > 1:
            return None
        name = random.choice(others)
        fingerprint = self.contents.fingerprints.get(name)
        assert fingerprint
        other = f"{name}#{random.randint(1, fingerprint.paragraphs)}"
        return Mutation(loaded, (*claim.where[:-1], "source"), other, "another source")

    def _language(self, name: str) -> str:
        fingerprint = self.contents.fingerprints.get(name)
        return fingerprint.language if fingerprint else ""

    def _year(self, random: Random) -> Mutation | None:
        loaded, claim = self._some(random, "date")
        if claim.inferred:
            return None
        shift = random.choice((-1, 1, -10, 2))
        other = _YEAR.sub(lambda year: str(int(year[0]) + shift), claim.words)
        return Mutation(loaded, claim.where, other, "another year")


def _pieces(text: str) -> list[str]:
    return text.split() if text.isascii() else list(text)


def _steps(inner: Any) -> Any:  # noqa: ANN401
    return (
        inner if isinstance(inner, dict) else range(len(inner)) if isinstance(inner, list) else ()
    )
