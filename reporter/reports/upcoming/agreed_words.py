"""Agreed words to reuse, and the words of set phrases that moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library.tokens import composed
from reporter.records.brevity import cut
from reporter.records.meeting import MOST_ITEMS
from reporter.reports.common.meeting_names import name
from reporter.reports.common.phrases import Piece, Worded, nested, phrase_rows
from reporter.reports.common.sentences import in_short, quotation
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

WORDS_OF_A_NAME = 15


class AgreedWords(View):
    """Words of a document, with what they are about."""

    head: str
    pieces: tuple[Piece, ...]
    """In quotation marks; words that are new against the wording before are marked."""
    note: str
    """At which meeting they were agreed, and what they replaced."""
    refs: Refs


def agreed_words(context: Context, held: Sequence[Meeting]) -> tuple[AgreedWords, ...]:
    """Return the newest wording of each set phrase, then other words of the last statement."""
    last = held[-1] if held else None
    told = tuple(worded.words for meeting in held for worded in meeting.phrases)
    return (*_phrases(context, held), *(_quotes(context, last, told) if last else ()))


def _phrases(context: Context, held: Sequence[Meeting]) -> Iterator[AgreedWords]:
    for row in phrase_rows(context.afresh(), held):
        worded = row.wordings[-1]
        meeting = context.library.meetings[worded.wording.number]
        (source,) = [item.source for item in meeting.phrases if _is(item.words, worded)][:1]
        yield AgreedWords(
            head=row.name.text,
            pieces=_quoted(context, worded.wording.pieces),
            note=_note(context, worded),
            refs=context.sources.cite(source),
        )


def _is(words: str, worded: Worded) -> bool:
    return composed(words) == "".join(piece.text for piece in worded.wording.pieces)


def _note(context: Context, worded: Worded) -> str:
    """Return since when the words stand, and what they dropped."""
    words = context.words
    said = words.capital(name(context.library.meetings[worded.wording.number], words))
    if not worded.moved:
        return said
    gone = [words.in_quotation(text) for text in worded.dropped]
    key = "words_dropped" if gone else "words_added" if worded.added else "words_reordered"
    return words.say(key, meeting=said, words=words.list(gone))


def _quotes(context: Context, meeting: Meeting, told: Sequence[str]) -> Iterator[AgreedWords]:
    """Yield what the last statement says in words that a record quotes; six at most.

    What holds the words of a set phrase is left out: they are ``told`` already.
    """
    words = context.words
    found = [
        statement
        for statement in context.said(meeting)
        if statement.quote and not any(phrase in statement.quote for phrase in told)
    ]
    for statement in found[:MOST_ITEMS]:
        yield AgreedWords(
            head=words.capital(cut(in_short(statement, words), WORDS_OF_A_NAME)),
            pieces=_quoted(context, (Piece(text=statement.quote or ""),)),
            note=words.capital(name(meeting, words)),
            refs=context.sources.cite(statement.source),
        )


def _quoted(context: Context, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    opening, closing = quotation(context.words)
    return (Piece(text=opening), *nested(pieces, context.words), Piece(text=closing))
