"""Set phrases from meeting to meeting, with the words that came and those that went."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.reports.parts import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.meeting import Meeting, Phrase
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
    came: tuple[str, ...]
    """The words that were added, bare."""
    dropped: tuple[str, ...]
    """Words that only the wording before had."""
    first: bool
    """Whether no wording before is on record."""
    refs: Refs


class PhraseRow(View):
    """A set phrase, from meeting to meeting."""

    name: Label
    wordings: tuple[Wording, ...]


def phrase_row(desk: Desk, phrase: SetPhrase, meetings: Sequence[Meeting]) -> PhraseRow:
    """Return the wordings of ``phrase`` at ``meetings``, each compared with the one before it that is on record."""
    wordings: list[Wording] = []
    before: Phrase | None = None
    for meeting in meetings:
        for worded in (item for item in meeting.phrases if item.phrase == phrase.id):
            wordings.append(_wording(desk, meeting, worded, before))
            before = worded
    return PhraseRow(name=desk.label(phrase.name), wordings=tuple(wordings))


def _wording(desk: Desk, meeting: Meeting, worded: Phrase, before: Phrase | None) -> Wording:
    old = [_bare(word) for word in before.words.split()] if before else []
    new = [_bare(word) for word in worded.words.split()]
    return Wording(
        number=meeting.number,
        date=meeting.date,
        words=tuple(Word(text=word, added=before is not None and _bare(word) not in old) for word in worded.words.split()),
        came=tuple(word for word in new if word not in old) if before else (),
        dropped=tuple(word for word in old if word not in new),
        first=before is None,
        refs=desk.sources.cite(worded.source),
    )


def _bare(word: str) -> str:
    """Return a word without capitals and without the punctuation around it."""
    return re.sub(r"^\W+|\W+$", "", word).casefold()
