"""The points that a meeting agreed, and counts of how promises stand."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, get_args

from reporter.library import Owned
from reporter.library.snapshot import InShort, StandingWord
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_POINT
from reporter.records.statements import Status
from reporter.reports.common.context import settled
from reporter.reports.common.sentences import text_of, verb_of
from reporter.reports.views import Count, Followed, Refs, View, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.meeting import Meeting
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context

# What a meeting agreed, strongest first; what is only planned or stands already is not agreed.
_AGREED = ("committed", "intends", "shared view", "looks forward", "interest")


MOST_NAMES = 2  # of those whose a point is
WORDS_OF_A_NAME = 8


class Agreed(View):
    """One thing that was agreed: the verb in front."""

    verb: str | None
    """None where a person wrote the whole sentence."""
    text: str
    who: Who | None
    """None where a person wrote the point: its words say who it is, or it goes without saying."""
    refs: Refs


def agreed(context: Context, meeting: Meeting) -> list[Statement]:
    """Return the promises of ``meeting`` and then its expectations, strongest first."""
    ranked = [statement for statement in context.said(meeting) if statement.strength in _AGREED]
    return sorted(ranked, key=lambda statement: _AGREED.index(str(statement.strength)))


def agreed_row(context: Context, statement: Statement) -> Agreed:
    """Return a statement with its verb in front."""
    return Agreed(
        verb=verb_of(statement, context.words),
        text=text_of(statement, context.words),
        who=context.who(statement.by),
        refs=context.sources.cite(statement.source),
    )


@settled
def state(context: Context, owned: Owned) -> InShort:
    """Return how a promise or an expectation stands, where nothing else of its history is shown."""
    return context.snapshot.standing(owned.statement, context.made(owned)).in_short


def shortened(item: Agreed) -> Agreed:
    """Return a composed point, not longer than a written one, with at most two names."""
    return item.model_copy(
        update={"text": cut(item.text, WORDS_OF_A_POINT), "who": item.who and few(item.who)}
    )


def few(who: Who) -> Who:
    """Return those who owe something by at most two short names, and how many more there are.

    Of three all are named: the name of the third is no longer than that there is one other.
    """
    if who.everyone or who.but or len(who.names) == MOST_NAMES + 1:
        return who
    names = tuple(
        name.model_copy(update={"text": cut(name.text, WORDS_OF_A_NAME)})
        for name in who.names[:MOST_NAMES]
    )
    return who.model_copy(update={"names": names, "more": max(0, len(who.names) - MOST_NAMES)})


def counts(items: Iterable[Followed]) -> tuple[Count, ...]:
    """Return how many stand at each status, in the order of the codebook."""
    return counted((item.standing.status, item.standing.inferred) for item in items)


def counted(states: Iterable[tuple[StandingWord | None, bool]]) -> tuple[Count, ...]:
    """Return how often each status stands among these, in the order of the codebook.

    Each comes with whether it rests on an inference of ours. What has no status is not counted.
    """
    every = [(status, inferred) for status, inferred in states if status]
    found = Counter(status for status, _ in every)
    ours = Counter(status for status, inferred in every if inferred)
    order = ("met", "met late", *(word for word in get_args(Status) if word != "met"))
    return tuple(
        Count(status=status, number=found[status], inferred=ours[status])
        for status in order
        if found[status]
    )
