"""What a meeting agreed, and what is still to be done."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, get_args

from reporter.dates import When
from reporter.library import Owned
from reporter.library.snapshot import UNFINISHED, StandingWord
from reporter.records.statements import Status
from reporter.reports.common.programmes import plans_ahead
from reporter.reports.views import Count, Followed, Refs, View, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.meeting import Meeting
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context

# What a meeting agreed, strongest first; what is only planned or stands already is not agreed.
_AGREED = ("committed", "intends", "shared view", "looks forward", "interest")


class Agreed(View):
    """One thing that was agreed: the verb in front."""

    verb: str | None
    """None where a person wrote the whole sentence."""
    text: str
    who: Who | None
    """None where a person wrote the point: who it is stands in its words, or goes without saying."""
    refs: Refs


class Step(View):
    """Something still to be done: by whom, by when."""

    id: str | None = None
    """Of a promise or an expectation."""
    text: str
    who: Who
    due: When | None = None
    due_words: str | None = None
    overdue: bool = False
    refs: Refs


def agreed(context: Context, meeting: Meeting) -> list[Statement]:
    """Return the promises of ``meeting`` and then its expectations, strongest first."""
    ranked = [statement for statement in context.said(meeting) if statement.strength in _AGREED]
    return sorted(ranked, key=lambda statement: _AGREED.index(str(statement.strength)))


def agreed_row(context: Context, statement: Statement) -> Agreed:
    """Return a statement with its verb in front."""
    return Agreed(
        verb=statement.verb,
        text=statement.text,
        who=context.who(statement.by),
        refs=context.sources.cite(statement.source),
    )


def steps(context: Context, meeting: Meeting, spoken_of: Iterable[str]) -> tuple[Step, ...]:
    """Return what is still to be done: open promises and expectations, and open plans of the programmes spoken of.

    They are sorted by date; those without a date come last. What has no short text has its verb in front, as where it was agreed.
    """
    found = [
        step
        for statement in context.said(meeting)
        if (step := _step(context, Owned(statement, meeting)))
    ]
    found += [
        Step(
            text=item.heading,
            who=item.lead,
            due=item.plan.due,
            due_words=item.plan.due_words,
            refs=item.plan.refs,
        )
        for item in plans_ahead(context, spoken_of)
    ]
    return tuple(sorted(found, key=lambda step: step.due.last if step.due else date.max))


def _step(context: Context, owned: Owned) -> Step | None:
    statement = owned.statement
    status, is_overdue = state(context, owned)
    if statement.strength in {None, "standing"} or status not in UNFINISHED:
        return None
    return Step(
        id=statement.id,
        text=statement.short
        or f"{statement.verb[:1].upper()}{statement.verb[1:]} {statement.text}",
        who=context.who(statement.by),
        due=statement.due,
        due_words=statement.due_words,
        overdue=is_overdue,
        refs=context.sources.cite(statement.source),
    )


def state(context: Context, owned: Owned) -> tuple[StandingWord, bool]:
    """Return the status of a promise or an expectation and whether it is overdue, where nothing else of its history is shown."""
    return context.settled(
        lambda context: context.snapshot.standing(owned.statement, context.made(owned)).in_short
    )


def counts(items: Iterable[Followed]) -> tuple[Count, ...]:
    """Return how many stand at each status, in the order of the codebook."""
    return counted(item.standing.status for item in items)


def counted(words: Iterable[StandingWord]) -> tuple[Count, ...]:
    """Return how often each status stands among ``words``, in the order of the codebook."""
    found = Counter(words)
    order = ("met", "met late", *(word for word in get_args(Status) if word != "met"))
    return tuple(Count(status=status, number=found[status]) for status in order if found[status])
