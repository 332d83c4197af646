"""Set phrases from meeting to meeting: which of their words were added and which were dropped."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field

from reporter.choice import MeetingKey
from reporter.dates import When
from reporter.language import joining_words
from reporter.library.tokens import Token, composed, tokens
from reporter.reports.common.meeting_names import date_of
from reporter.reports.common.meetings_table import letters
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.language import Language
    from reporter.records.meeting import Meeting, Phrase
    from reporter.records.register import SetPhrase
    from reporter.reports.common.context import Context


class Piece(View):
    """A part of a wording, as it is written."""

    text: str
    mark: Literal["kept", "added", "dropped"] = "kept"


def nested(pieces: Sequence[Piece], words: Language) -> tuple[Piece, ...]:
    """Return pieces of words as they are set inside a quotation."""
    texts = words.nested([piece.text for piece in pieces])
    found = zip(pieces, texts, strict=True)
    return tuple(piece.model_copy(update={"text": text}) for piece, text in found)


class Wording(View):
    """The words of a set phrase at a meeting: its pieces together are those of the document."""

    number: MeetingKey
    date: When
    pieces: tuple[Piece, ...]
    refs: Refs


class Reworded(View):
    """A set phrase at two meetings."""

    id: str
    name: Label
    earlier: Wording | None
    """At the earlier meeting, else at the last one before it on record; None if there is none."""
    later: Wording | None
    """None where no wording of that meeting is on record."""
    added: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    moved: bool = False
    """Whether words were added, dropped or put in another order."""


class Compared(NamedTuple):
    """Two wordings in pieces; without pieces, one that there is nothing to compare with."""

    earlier: tuple[Piece, ...] = ()
    later: tuple[Piece, ...] = ()
    moved: bool = False

    @property
    def added(self) -> tuple[str, ...]:
        """What only the later one has."""
        return tuple(piece.text for piece in self.later if piece.mark == "added")

    @property
    def dropped(self) -> tuple[str, ...]:
        """What only the earlier one has."""
        return tuple(piece.text for piece in self.earlier if piece.mark == "dropped")


def reworded(context: Context, before: Meeting, meeting: Meeting) -> tuple[Reworded, ...]:
    """Return each set phrase with its words at the two meetings, those that changed first."""
    phrases = context.library.project.phrases
    rows = [_reworded(context, phrase, before, meeting) for phrase in phrases]
    return tuple(sorted(rows, key=lambda row: (not row.moved, row.later is None)))


def _reworded(context: Context, phrase: SetPhrase, before: Meeting, meeting: Meeting) -> Reworded:
    new = _words_at(context, meeting, phrase)
    earlier = reversed([*context.library.earlier(before), before])
    found = (_words_at(context, one, phrase) for one in earlier if new)
    old = next(filter(None, found), None)
    compared = Compared()
    if old and new:
        compared = compare(old[1].words, new[1].words, context.language)
    later = _wording(context, *new, compared.later) if new else None
    return Reworded(
        id=phrase.id,
        name=context.label(phrase.name),
        earlier=_wording(context, *old, compared.earlier) if old else None,
        later=later,
        added=compared.added,
        dropped=compared.dropped,
        moved=compared.moved,
    )


def _words_at(
    context: Context, meeting: Meeting, phrase: SetPhrase
) -> tuple[Meeting, Phrase] | None:
    if not context.snapshot.was_held(meeting):
        return None
    return next(
        ((meeting, worded) for worded in meeting.phrases if worded.phrase == phrase.id), None
    )


def _wording(
    context: Context, meeting: Meeting, worded: Phrase, pieces: tuple[Piece, ...]
) -> Wording:
    return Wording(
        number=meeting.key,
        date=meeting.date,
        pieces=pieces or (Piece(text=composed(worded.words)),),
        refs=context.sources.cite(worded.source),
    )


def compare(earlier: str, later: str, language: str) -> Compared:
    """Return both wordings in pieces, each word that only one of them has marked.

    Punctuation, capitals, typography and the words that join a list in ``language`` ('and') do not
    count. A word that stands in another place is neither added nor dropped.
    """
    joining, earlier, later = joining_words(language), composed(earlier), composed(later)
    before, after = _counted(earlier, joining), _counted(later, joining)
    old, new = [token.key for token in before], [token.key for token in after]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    steps = [step for step in matcher.get_opcodes() if step[0] != "equal"]
    gone = [index for _, start, end, at, to in steps for index in _last(old, start, end, at == to)]
    come = [index for _, at, to, start, end in steps for index in _last(new, start, end, at == to)]
    dropped, added = _unmatched(old, gone, new, come), _unmatched(new, come, old, gone)
    return Compared(
        _pieces(earlier, before, "dropped", dropped),
        _pieces(later, after, "added", added),
        bool(steps),
    )


def _last(words: Sequence[str], start: int, end: int, alone: bool) -> range:  # noqa: FBT001
    """Return where words were put in or left out; ``alone``, without others in their place.

    Of places that may be meant it is the last one: in a script without spaces a word that was put
    in before one with the same sign begins with its own.
    """
    while alone and start < end < len(words) and words[start] == words[end]:
        start, end = start + 1, end + 1
    return range(start, end)


def _unmatched(
    words: Sequence[str], places: Sequence[int], others: Sequence[str], elsewhere: Sequence[int]
) -> frozenset[int]:
    """Return the ``places`` whose word is at none of the places ``elsewhere``.

    Each place ``elsewhere`` accounts for one word only.
    """
    left = [others[index] for index in elsewhere]
    found: set[int] = set()
    for index in places:
        if words[index] in left:
            left.remove(words[index])
        else:
            found.add(index)
    return frozenset(found)


def _counted(words: str, joining: frozenset[str]) -> list[Token]:
    """Return the words that count in a comparison."""
    return [token for token in tokens(words) if token.key and token.key not in joining]


def _pieces(
    words: str, counted: list[Token], mark: Literal["added", "dropped"], marked: frozenset[int]
) -> tuple[Piece, ...]:
    """Return a wording in pieces; marked words with nothing but blanks between are one piece."""
    found: list[Piece] = []
    done = 0
    for token in (token for index, token in enumerate(counted) if index in marked):
        if not words[done : token.start].strip() and found and found[-1].mark == mark:
            found[-1] = Piece(text=found[-1].text + words[done : token.end], mark=mark)
        else:
            found += [Piece(text=words[done : token.start])] if token.start > done else []
            found.append(Piece(text=words[token.start : token.end], mark=mark))
        done = token.end
    return (*found, *([Piece(text=words[done:])] if done < len(words) else []))


class Worded(View):
    """The wording of a set phrase at a meeting, against the one before it that is on record."""

    wording: Wording
    """Its pieces say what was added."""
    label: str = Field(default="", exclude=True)
    """What stands for the number of the meeting where it has none: a letter."""
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
    marks = letters(meetings)
    for meeting in meetings:
        for worded in (item for item in meeting.phrases if item.phrase == phrase.id):
            label = marks.get(meeting.id, "")
            wordings.append(_worded(context, meeting, worded, before, label))
            before = worded.words
    return tuple(wordings)


def _worded(
    context: Context, meeting: Meeting, worded: Phrase, before: str | None, label: str
) -> Worded:
    compared = Compared() if before is None else compare(before, worded.words, context.language)
    return Worded(
        wording=_wording(context, meeting, worded, compared.later),
        label=label,
        when=date_of(meeting, context.words, short=True),
        first=before is None,
        added=compared.added,
        dropped=compared.dropped,
        moved=compared.moved,
    )
