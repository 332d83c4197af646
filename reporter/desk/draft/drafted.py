"""Drafts statements from the sentences of a text, and says what could not be placed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.clauses import ALL, Antecedents, Clauses
from reporter.desk.draft.dates_named import Calendar
from reporter.desk.draft.known_names import KnownNames
from reporter.desk.draft.lexicon import lexicon_of
from reporter.desk.draft.lexing import Patterns
from reporter.desk.draft.paragraphs import LONGEST, announces, sentences_of
from reporter.desk.draft.quotation import quotation
from reporter.desk.draft.signs import SignClauses
from reporter.desk.draft.stated_matters import MOST_SUBJECTS, StatedMatter, matters
from reporter.desk.draft.whose import Speakers
from reporter.sources.reading import reading_of
from reporter.sources.words import words as normal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.desk.draft.clauses import Clause, Speaker
    from reporter.desk.draft.dates_named import Due
    from reporter.desk.draft.paragraphs import Sentence, TextParagraph
    from reporter.desk.draft.whose import Whose
    from reporter.records.project import Contents
    from reporter.records.statements import Strength

MOST_WITH_VERB = 2  # words that may stand with a verb of the text
SHORT_STEM = 60  # letters of what is stated before a list: what is longer is a statement itself


class Drafted(NamedTuple):
    """A statement, as far as a text says it."""

    sentence: Sentence
    verb: str
    whose: Whose
    strength: Strength | None
    quote: str
    subjects: tuple[str, ...]
    about: tuple[str, ...]
    due: Due | None
    plain: bool = False
    """Whether it has no operative words."""


class Left(NamedTuple):
    """A sentence that states nothing that is known."""

    sentence: Sentence


class _Stem(NamedTuple):
    """What announces a list: who speaks, and the verb, if the items have none."""

    subject: Speaker
    clause: Clause | None
    dropped: bool
    """Whether it states nothing without its items."""
    lent: bool = True
    """Whether items have its verb: they have not where one of them had its own."""


class DraftTools:
    """What is known of the language of a text, and of the project."""

    def __init__(self, contents: Contents, language: str, file: Path) -> None:
        self.contents = contents
        self.language = language
        self.lexicon = lexicon_of(contents.theme, language, file)
        self.reading = reading_of(contents.theme, language)
        self.names = KnownNames(contents, self.lexicon)
        self.calendar = Calendar(self.reading, language, self.lexicon)


class Drafter:
    """Takes the paragraphs of a document, one after the other."""

    def __init__(self, tools: DraftTools, held: str, people: dict[str, str]) -> None:
        """``held`` is the day of the meeting, if it is known; ``people`` the sides of persons."""
        lexicon, reading, names = tools.lexicon, tools.reading, tools.names
        self._lexicon = lexicon
        self._reading = reading
        self._calendar = tools.calendar
        self._records = tools.contents.settings.language
        self._names = names
        self._held = held
        self._patterns = Patterns(lexicon, reading)
        self._clauses = (
            SignClauses(lexicon, reading, names)
            if lexicon.signs
            else Clauses(lexicon, self._patterns, names)
        )
        self._speakers = Speakers(names, lexicon, people)
        self._stem: _Stem | None = None

    def drafted(self, paragraph: TextParagraph) -> Iterator[Drafted | Left]:
        """Yield what a paragraph states, in order."""
        for sentence in sentences_of(paragraph, self._reading):
            if normal(sentence.text) and any(sign.isalpha() for sign in sentence.text):
                yield from self._of(sentence)

    def _of(self, sentence: Sentence) -> Iterator[Drafted | Left]:
        if not sentence.item and sentence.first:
            self._stem = None
        stem = self._stem if sentence.item else None
        context = Antecedents(stem.subject if stem else None, item=sentence.item)
        short = len(sentence.text) <= LONGEST
        clauses = self._clauses.of(sentence.text, context) if short else []
        if clauses and stem:
            self._stem = stem._replace(lent=False)
        if not clauses and stem and stem.clause and stem.lent and sentence.first:
            clauses = [_of_item(stem.clause, sentence)]
        if announces(sentence.text):
            self._stem = _stem(clauses, sentence) or self._stem
            if self._stem and self._stem.dropped:
                clauses = clauses[:-1]
                if not clauses:
                    return
        elif not clauses:
            yield Left(sentence)
        subjects: tuple[str, ...] = ()
        for clause in clauses:
            for found in self._statements(sentence, clause):
                subjects = found.subjects or subjects
                yield found._replace(subjects=subjects)

    def _statements(self, sentence: Sentence, clause: Clause) -> Iterator[Drafted]:
        whose = self._speakers.whose(clause.subject)
        text = sentence.text[clause.begin : clause.end]
        found = self._matters(clause, text)
        strength = clause.said.strength
        if clause.said.future and not set(text.casefold().split()) & set(self._lexicon.future):
            strength = None
        for index, matter in enumerate(found):
            own = self._own(clause, whose, matter, index)
            alone = len(own.ids) == 1 < len(self._names.sides)
            verb = self._verb(clause, sentence, one=alone)
            quote = self._quote(sentence, clause, matter, verb if index == 0 else "")
            yield Drafted(
                sentence,
                verb,
                own,
                strength,
                quote,
                matter.subjects,
                tuple(self._names.about(matter.text)),
                self._due(matter.text) if strength else None,
                clause.said.plain,
            )

    def _due(self, text: str) -> Due | None:
        """Return by when something is due: not before the day of the meeting, if that is known."""
        found = self._calendar.due(text)
        last = found.when.removeprefix("../") if found else ""
        held = self._held[: len(last)]
        return found if held and last[: len(held)] >= held else None

    def _matters(self, clause: Clause, text: str) -> list[StatedMatter]:
        if clause.said.lists:
            return matters(text, clause.begin, self._lexicon, self._names)
        subjects = tuple(self._names.subjects(text)[:MOST_SUBJECTS])
        return [StatedMatter(clause.begin, clause.end, text, subjects)]

    def _quote(self, sentence: Sentence, clause: Clause, matter: StatedMatter, verb: str) -> str:
        """Return words of the text: with the verb, if it is more than a word or makes it strong."""
        first = clause.phrase.partition(" ")[0]
        front = clause.start
        if clause.said.strength is None and " " not in verb:
            front += len(first)
        if not verb or not front <= matter.start or self._lexicon.signs:
            front = matter.start
        return quotation(sentence.text[front : matter.end], self._lexicon)

    def _own(self, clause: Clause, whose: Whose, matter: StatedMatter, index: int) -> Whose:
        """Return whose one matter of several is: that of the side whose it is called."""
        if not (clause.said.one and index and len(whose.ids) > 1):
            return whose
        front = " ".join(matter.text.split()[:3])
        sides = [one for one in self._names.found(front) if one.name.kind == "side"]
        return whose._replace(ids=(sides[0].name.id,)) if len(sides) == 1 else whose

    def _verb(self, clause: Clause, sentence: Sentence, *, one: bool) -> str:
        """Return the verb as records have it, in a form that the text holds."""
        if abroad := clause.said.in_language.get(self._records):
            return abroad
        both = (clause.said.one or clause.said.verb, clause.said.verb)
        verb, other = both if one else both[::-1]
        degree = f"{clause.degree} " if clause.degree else ""
        there = f" {' '.join(normal(sentence.within))} "
        for choice in (degree + verb, verb, other, *self._as_said(clause)):
            forms = self._reading.forms(choice)
            if any(f" {' '.join(normal(form))} " in there for form in forms):
                return choice
        return clause.phrase

    def _as_said(self, clause: Clause) -> Iterator[str]:
        first, _, rest = clause.phrase.partition(" ")
        past = self._patterns.past(first.casefold())
        if past != first.casefold() or clause.form != "other":
            words = [word for word in rest.split() if word not in self._lexicon.that]
            ours = set(words) & set(self._lexicon.stands_for("OUR"))
            if words and len(words) <= MOST_WITH_VERB and not ours and rest.islower():
                yield f"{past} {' '.join(words)}"
            yield past
        yield clause.phrase


def _stem(clauses: list[Clause], sentence: Sentence) -> _Stem | None:
    if not clauses:
        subject = re.sub(r"[\s,:]+$", "", sentence.text)
        return _Stem(ALL._replace(text=subject), None, dropped=False)
    last = clauses[-1]
    short = last.end - last.begin <= SHORT_STEM
    return _Stem(last.subject, last, dropped=short)


def _of_item(clause: Clause, sentence: Sentence) -> Clause:
    """Return the statement of an item, whose verb stands in what announces the list."""
    return clause._replace(start=0, begin=0, end=len(sentence.text), degree="")
