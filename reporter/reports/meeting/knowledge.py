"""How we know: how much was read, what cannot be told, and of what no news was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_STEP
from reporter.reports.common.inside import inside
from reporter.reports.comparison.differences import untold
from reporter.reports.meeting.standing import evidence, short
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.records.meeting import Meeting
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.context import Context
    from reporter.reports.meeting.standing import Item


class Knowledge(View):
    """How far the knowledge of a meeting reaches."""

    line: str
    """In a line, for page one."""
    sentences: tuple[str, ...]
    """In full; who took part stands with the lists."""


def knowledge(
    context: Context, meeting: Meeting, items: Sequence[Item], found: Changes | None
) -> Knowledge:
    """Return how far the knowledge of a meeting reaches."""
    words = context.words
    extent = words.of("evidence", meeting.evidence)
    lists, moved = _lists(context, meeting), untold(found, words) if found else ""
    silent = " ".join(_silent(context, items))
    questions = len(meeting.not_verified)
    asked = words.capital(words.say("open_questions", n=questions)) if questions else ""
    brief = filter(None, (lists, f"{asked}." if asked else ""))
    return Knowledge(
        line=" ".join(brief),
        sentences=tuple(filter(None, (extent, moved, silent))),
    )


def _lists(context: Context, meeting: Meeting) -> str:
    """Return of which sides it is not known who all took part."""
    sides = [item.side for item in meeting.participants if not item.complete]
    if not sides:
        return ""
    names = [context.label(context.library.sides[side].name).text for side in sides]
    return context.words.say("extent_lists", sides=context.words.list(names))


def _silent(context: Context, items: Sequence[Item]) -> Iterator[str]:
    """Yield of which matters no news was found."""
    names = [
        inside(context, cut(short(item.statement), WORDS_OF_A_STEP))
        for item in items
        if not item.has_status and not evidence(context, item.statement)
    ]
    if names:
        yield context.words.say("no_news_of", list="; ".join(names))
