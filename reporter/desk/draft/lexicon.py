"""The words by which a draft is made: one file in ``templates/drafting`` for each language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from reporter.problems import stop
from reporter.records.base import Record, Truth
from reporter.records.reader import read
from reporter.records.statements import Strength  # noqa: TC001 (a model needs it)
from reporter.records.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.theme import Theme

Texts = tuple[str, ...]


class Word(Record):
    """A word that stands for several in patterns, or for a form of a word."""

    word: str
    stands_for: Texts


class Operative(Record):
    """A verb of records, and the words of texts that say it."""

    verb: str
    one: str | None = None
    """The verb where one side alone says it."""
    in_language: dict[str, str] = Field(default={})
    """The verb where the records are in another language."""
    strength: Strength | None = None
    said: Texts
    """Patterns: a verb in any form, words, classes in capitals, ``_`` for up to three words."""
    common: Truth = False
    """Whether the words are no statement wherever they may belong to another one."""
    doing: Truth = False
    """Whether the words name something that is to be done where they follow 'to'."""
    passive: Truth = False
    """Whether it counts nevertheless where it is said of something: "the report was adopted"."""
    lists: Truth = False
    """Whether each matter in a list may have a statement of its own."""
    whole: Truth = False
    """Whether the words begin a sentence and name nobody who speaks."""
    plain: Truth = False
    """Whether the words are none of the lexicon: those of a sentence that has no others."""
    future: Truth = False
    """Whether it has its strength only where what follows is to come."""
    names: Truth = False
    """Whether it counts only where an agreement of the project is named."""


class Lexicon(Record):
    """How a draft reads texts in a language."""

    signs: Truth = False
    """Whether the language is written without blanks, and its verbs stand last."""
    classes: tuple[Word, ...] = ()
    between: Texts = ()
    adverbs: Texts = ()
    """How adverbs end."""
    go_on: Texts = ()
    degrees: Texts = ()
    all: Texts = ()
    """Nouns and pronouns that mean all that met."""
    pronouns: Texts = ()
    """Of those, the ones behind which each word is a verb."""
    finite: Texts = ()
    """Verbs that stand for themselves where a sentence has no operative words."""
    again: Texts = ()
    """Pronouns that mean who spoke last."""
    one: Texts = ()
    """Nouns that mean a side or a body that is named beside them."""
    of: Texts = ()
    below: Texts = ()
    """Words in front of who speaks that make it a part of what somebody else says."""
    negations: Texts = ()
    """Words in front of a verb that deny it."""
    helpers: tuple[Word, ...] = ()
    """Words in front of those, each under the form that a verb would have without them."""
    nobody: Texts = ()
    """First words of a subject of which the verb is denied."""
    some: Texts = ()
    """First words of a subject that is some of those who met, who are not named."""
    every: Texts = ()
    """First words of a subject that is each of those who met."""
    inserted: Texts = ()
    """First words of what may stand between commas in front of a verb."""
    relative: Texts = ()
    """Words that begin a clause inside another one."""
    articles: Texts = ()
    """Words in front of a noun."""
    infinitive: Texts = ()
    """Words before the bare form of a verb."""
    unreal: Texts = ()
    """Words before a verb in the perfect that make it one of what was not done."""
    both: Texts = ()
    """Of names side by side: the words between them."""
    leads: Texts = ()
    """Words before a participle that opens a sentence."""
    passive: Texts = ()
    it: Texts = ()
    that: Texts = ()
    to: Texts = ()
    including: Texts = ()
    operative: tuple[Operative, ...] = ()
    met: Texts = ()
    chairs: Texts = ()
    attended: Texts = ()
    at: Texts = ()
    """Words before the name of a place."""
    forms: tuple[Word, ...] = ()
    """How a meeting was held, and the words of texts that say so."""
    shared: Texts = ()
    """First words of names that many have, so that they stand for none."""
    stood_for: Texts = ()
    """Words between a side and a person who came for it."""
    called: Texts = ()
    """Words in brackets in front of the short name that a text gives."""
    dated: Texts = ()
    """Labels of the day of a meeting at the head of its minutes: 'Date:'."""
    venues: Texts = ()
    """And of its place."""
    kinds: tuple[Word, ...] = ()
    """The kinds of documents, and the words of titles that say them."""
    marked_chairs: Texts = ()
    """Words in brackets behind who had the chair, in a list of those who came."""
    rolls: Texts = ()
    """Lines above a list of those who came."""
    posts: tuple[Word, ...] = ()
    """Of the names of bodies, the words that stand for a body where a person does."""
    plurals: tuple[Word, ...] = ()
    bodies: Texts = ()
    fields: Texts = ()
    """What bodies are named after, where several stand in one name: 'of Science and Technology'."""
    persons: Texts = ()
    """Words in front of the name of a person."""
    sides: Texts = ()
    """Nouns for those who came for a side."""
    future: Texts = ()
    due_by: Texts = ()
    due_in: Texts = ()
    due_over: Texts = ()
    small: Texts = ()
    """Words with which no quotation ends."""
    around: Texts = ()
    """Words of a page that belong to no text."""
    titles: Texts = ()
    """Words of the titles of documents."""
    ends: Texts = ()
    """Headings after which the text is over."""

    def stands_for(self, word: str) -> Texts:
        """Return the words for which a class stands."""
        return next((known.stands_for for known in self.classes if known.word == word), ())


def lexicon_of(theme: Theme, language: str, file: Path) -> Lexicon:
    """Return how texts in a language are drafted. Raises ReporterError where nobody has said it."""
    path = theme.of_language("drafting", language)
    if path is None:
        message = f"a text in '{language}', of which no draft can be made"
        hint = "name its language with --language en, or add templates/drafting/CODE.yaml"
        stop(file, message, hint)
    return validate(Lexicon, read(path, within=theme.home(path)))
