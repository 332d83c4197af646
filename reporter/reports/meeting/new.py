"""What was new at a meeting: what a person wrote, or what can be told from the records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.brevity import cut
from reporter.records.meeting import MOST_NEW, WORDS_OF_A_POINT
from reporter.reports.common import page_one_texts
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.phrases import Piece, nested
from reporter.reports.common.sentences import ended, quotation, sentence
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.meeting import Meeting
    from reporter.reports.common.bodies_between import Group
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.context import Context
    from reporter.reports.common.phrases import Reworded

MOST_NAMES = 4  # bodies, or subjects, in a line


class NewLine(View):
    """Something that was new, with a word or two in front."""

    head: str
    pieces: tuple[Piece, ...]
    """A sentence; in a set phrase, the words that were added are marked."""
    refs: Refs


def new_lines(
    context: Context, meeting: Meeting, found: Changes | None
) -> tuple[tuple[NewLine, ...], bool]:
    """Return what was new, four lines at most, and whether a person wrote it."""
    own = tuple(
        NewLine(
            head=_head(item.verb or "", item.text),
            pieces=(Piece(text=ended(item.text)),),
            refs=context.sources.cite(item.source),
        )
        for item in page_one_texts.holding(context, meeting.new, meeting)
    )
    return own or tuple(_composed(context, meeting, found))[:MOST_NEW], bool(own)


def _head(verb: str, text: str) -> str:
    """Return the words in front; where no sentence goes on after them, with a full stop."""
    return ended(verb) if text[:1].isupper() else verb


def _composed(context: Context, meeting: Meeting, found: Changes | None) -> Iterator[NewLine]:
    words = context.words
    firsts = [line for line in context.lines(meeting.firsts) if not line.weak]
    for first in firsts:
        text = cut(first.text, WORDS_OF_A_POINT)
        if first.inferred:
            text = words.say("with_inference", text=text.rstrip(".。"))
        yield NewLine(head="", pieces=(Piece(text=ended(text)),), refs=first.refs)
    if found is None:
        return
    yield from (_phrase(context, item) for item in found.wording if item.moved)
    moved = list(_bodies(context, found))
    if moved:
        text = sentence("; ".join(told for told, _ in moved), words)
        refs = tuple(dict.fromkeys(ref for _, refs in moved for ref in refs))
        yield NewLine(head=ended(words.say("new_bodies")), pieces=(Piece(text=text),), refs=refs)
    for group, key in (
        (found.opened, "new_subjects"),
        (found.returned, "new_returned"),
        (found.dropped, "new_dropped"),
    ):
        if group.items:
            text = sentence(_names(context, group, as_names=False), words)
            yield NewLine(head=ended(words.say(key)), pieces=(Piece(text=text),), refs=group.refs)


def _bodies(context: Context, found: Changes) -> Iterator[tuple[str, Refs]]:
    for groups, key in ((found.came.groups, "came_in"), (found.left.groups, "went_out")):
        for group in groups:
            names = _names(context, group, as_names=True)
            side = group.side.text if group.side else ""
            yield context.words.say(key, side=side, names=names), group.refs


def _names(context: Context, group: Group, *, as_names: bool) -> str:
    names = [item.name.text for item in group.items]
    shown = [cut(name, WORDS_OF_A_POINT // 3) for name in names[:MOST_NAMES]]
    told = shown if as_names else [inside(context, name) for name in shown]
    more = len(names) - len(shown)
    told += [context.words.say("others", n=more)] if more else []
    return context.words.list(told)


def _phrase(context: Context, item: Reworded) -> NewLine:
    """Return a set phrase with its words before, those that were added marked."""
    words, later, earlier = context.words, item.later, item.earlier
    assert later is not None  # noqa: S101 (it moved, so that both are there)
    assert earlier is not None  # noqa: S101 (as above)
    opening, closing = quotation(words)
    was = words.in_quotation("".join(piece.text for piece in earlier.pieces))
    said = words.say("phrase_was", date=words.when(earlier.date), words=was)
    pieces = (
        Piece(text=f"{item.name.text}: {opening}"),
        *nested(later.pieces, words),
        Piece(text=f"{closing} {said}."),
    )
    refs = tuple(dict.fromkeys((*later.refs, *earlier.refs)))
    return NewLine(head=ended(words.say("new_phrase")), pieces=pieces, refs=refs)
