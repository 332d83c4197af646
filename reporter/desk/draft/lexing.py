"""Splits a sentence into words, and finds where the words of a lexicon stand in it."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.desk.draft.lexicon import Lexicon, Operative
    from reporter.sources.reading import Reading

SLOT = "_"
MOST_IN_SLOT = 3
_TOKEN = re.compile(r"(?:\w\.){2,}|\w+(?:[.'\u2019&/\u2010\u2011-]\w+)*|[^\w\s]")


class SentenceToken(NamedTuple):
    """A word or a mark of a sentence."""

    text: str
    low: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is no mark."""
        return self.text[0].isalnum()


def tokens(sentence: str) -> list[SentenceToken]:
    """Return the words and marks of a sentence, in order."""
    return [
        SentenceToken(
            found[0], found[0].casefold().replace("\u2019", "'"), found.start(), found.end()
        )
        for found in _TOKEN.finditer(sentence)
    ]


class Hit(NamedTuple):
    """Words of the lexicon that a sentence has."""

    start: int
    end: int
    """The token after the last."""
    said: Operative
    form: str
    """The form of its first word: base, s, past, ing."""
    pattern: tuple[str, ...]


class Patterns:
    """The operative words of a lexicon, each verb in any of its forms."""

    def __init__(self, lexicon: Lexicon, reading: Reading) -> None:
        self._lexicon = lexicon
        self._denied = frozenset((*lexicon.negations, *lexicon.nobody))
        self._forms = {form: forms for forms in reading.verbs for form in forms}

    @cached_property
    def _by_first(self) -> dict[str, list[tuple[tuple[str, ...], Operative]]]:
        found: dict[str, list[tuple[tuple[str, ...], Operative]]] = {}
        for operative in self._lexicon.operative:
            for said in operative.said:
                pattern = tuple(said.split())
                for word in self._words(pattern[0], first=True):
                    found.setdefault(word, []).append((pattern, operative))
        return found

    def _words(self, word: str, *, first: bool = False) -> tuple[str, ...]:
        """Return the words that fit an element of a pattern."""
        return (
            self._lexicon.stands_for(word) or (self._forms.get(word) if first else None) or (word,)
        )

    def is_verb(self, word: str) -> bool:
        """Return whether a word is a form of a verb that is known."""
        return word in self._forms

    def past(self, word: str) -> str:
        """Return a verb as records have it: in the past."""
        forms = self._forms.get(word)
        if not forms:
            return word
        return forms[2] if len(forms) > 2 else forms[0]  # noqa: PLR2004 (base, -s, past)

    def hits(self, sentence: list[SentenceToken]) -> Iterator[Hit]:
        """Yield the operative words of a sentence: at each place the longest."""
        for start, token in enumerate(sentence):
            if start and token.text[0].isupper() and sentence[start - 1].is_word:
                continue  # a word of a name
            best: Hit | None = None
            for pattern, operative in self._by_first.get(token.low, ()):
                end = self._end(sentence, start + 1, pattern[1:])
                if end and (best is None or end > best.end):
                    best = Hit(start, end, operative, self._form(token.low, pattern[0]), pattern)
            if best:
                yield best

    def _end(self, sentence: list[SentenceToken], at: int, pattern: tuple[str, ...]) -> int:
        """Return where a pattern that goes on at a token ends, or 0."""
        if not pattern:
            return at
        if pattern[0] == SLOT:
            for skipped in range(MOST_IN_SLOT + 1):
                if end := self._end(sentence, at + skipped, pattern[1:]):
                    return end
                if not self._may_be_skipped(sentence, at + skipped):
                    break
            return 0
        if at < len(sentence) and sentence[at].low in self._words(pattern[0]):
            return self._end(sentence, at + 1, pattern[1:])
        return 0

    def _may_be_skipped(self, sentence: list[SentenceToken], at: int) -> bool:
        """Return whether a token may stand where a pattern leaves room."""
        word = sentence[at] if at < len(sentence) else None
        return word is not None and word.is_word and word.low not in self._denied

    def _form(self, word: str, pattern: str) -> str:
        forms = self._forms.get(pattern, ())
        if word.endswith("ing"):
            return "ing"
        if word not in forms:
            return "other"
        at = forms.index(word) % 4
        return ("base", "s", "past", "past")[at]
