"""Set phrases from meeting to meeting, each wording with what it added and dropped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from reporter.library.tokens import composed
from reporter.reports.common.called import date_of
from reporter.reports.common.wording import Piece, Wording, compare
from reporter.reports.views import Label, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.meeting import Meeting, Phrase
    from reporter.records.register import SetPhrase
    from reporter.reports.common.context import Context


class Worded(View):
    """The wording of a set phrase at a meeting, against the one before it that is on record."""

    wording: Wording
    """Its pieces say what was added."""
    when: str = Field(exclude=True)
    """The date of the meeting in words, with what of it is our inference."""
    first: bool
    """Whether there is none before it on record."""
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    moved: bool = False
    """Whether words were added, dropped or put in another order."""


class PhraseRow(View):
    """A set phrase at all meetings of which its wording is on record."""

    name: Label
    wordings: tuple[Worded, ...]


def phrase_rows(context: Context, meetings: Sequence[Meeting]) -> tuple[PhraseRow, ...]:
    """Return the set phrases of the project of which any of ``meetings`` has a wording."""
    rows = (
        PhraseRow(name=context.label(phrase.name), wordings=_wordings(context, phrase, meetings))
        for phrase in context.library.project.phrases
    )
    return tuple(row for row in rows if row.wordings)


def _wordings(
    context: Context, phrase: SetPhrase, meetings: Sequence[Meeting]
) -> tuple[Worded, ...]:
    wordings: list[Worded] = []
    before: str | None = None
    for meeting in meetings:
        for worded in (item for item in meeting.phrases if item.phrase == phrase.id):
            wordings.append(_worded(context, meeting, worded, before))
            before = worded.words
    return tuple(wordings)


def _worded(context: Context, meeting: Meeting, worded: Phrase, before: str | None) -> Worded:
    compared = None if before is None else compare(before, worded.words, context.language)
    pieces = compared.later if compared else (Piece(text=composed(worded.words)),)
    return Worded(
        wording=Wording(
            number=meeting.key,
            date=meeting.date,
            pieces=pieces,
            refs=context.sources.cite(worded.source),
        ),
        when=date_of(meeting, context.words, short=True),
        first=compared is None,
        added=tuple(piece.text for piece in pieces if piece.mark == "added"),
        dropped=tuple(piece.text for piece in compared.earlier if piece.mark == "dropped")
        if compared
        else (),
        moved=compared is not None and compared.moved,
    )
