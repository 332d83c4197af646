"""Set phrases from meeting to meeting, with the words that came and those that went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.reports.parts import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.meeting import Meeting
    from reporter.records.register import SetPhrase
    from reporter.reports.desk import Desk


class Word(View):
    """A word of a set phrase."""

    text: str
    added: bool
    """Whether the wording before did not have it."""


class Wording(View):
    """The wording of a set phrase at a meeting."""

    number: int
    date: When
    words: tuple[Word, ...]
    dropped: tuple[str, ...]
    """Words that only the wording before had."""
    first: bool
    """Whether no wording before is on record."""
    refs: Refs


class PhraseRow(View):
    """A set phrase, from meeting to meeting."""

    name: Label
    wordings: tuple[Wording, ...]


def _phrase_row(desk: Desk, phrase: SetPhrase, meetings: Sequence[Meeting]) -> PhraseRow:
    wordings: list[Wording] = []
    before: str | None = None
    for meeting, worded in ((meeting, item) for meeting in meetings for item in meeting.phrases if item.phrase == phrase.id):
        old, new = _words(before or ""), _words(worded.words)
        wording = Wording(
            number=meeting.number,
            date=meeting.date,
            words=tuple(Word(text=word, added=before is not None and plain not in old) for plain, word in _pairs(worded.words)),
            dropped=tuple(plain for plain in old if plain not in new),
            first=before is None,
            refs=desk.sources.cite(worded.source),
        )
        wordings.append(wording)
        before = worded.words
    return PhraseRow(name=desk.label(phrase.name), wordings=tuple(wordings))


def _pairs(words: str) -> list[tuple[str, str]]:
    """Return each word of a phrase, bare for comparison and as it is written."""
    return [(re.sub(r"\W", "", word).casefold(), word) for word in words.split()]


def _words(words: str) -> list[str]:
    return [plain for plain, _ in _pairs(words)]


