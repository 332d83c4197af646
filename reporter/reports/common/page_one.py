"""What page one has room for: what a person wrote in full, of what is composed as much as fits.

Where room is missing, what matters least is shortened first, in the order of ``PLAN``; the rest is told on a later page.
"""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.brevity import cut
from reporter.records.meeting import MOST_ITEMS, WORDS_OF_A_POINT, WORDS_OF_A_STEP
from reporter.reports.common import heights
from reporter.reports.common.changes import ROWS
from reporter.reports.common.heights import WORDS_OF_A_NAME
from reporter.reports.common.room import PAPER
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.choice import PaperName
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.heights import Fact, Top
    from reporter.reports.common.participants import Chairs
    from reporter.reports.common.promises import Agreed, Step
    from reporter.reports.views import Count, Who

MOST_NAMES = 2  # of those whose a point or a step is
ALL = 99
# What is done in turn where there is no room: so many steps or points at most, or one row less of what changed.
PLAN: tuple[tuple[str, int | str], ...] = (
    *(
        ("steps", 5),
        ("steps", 4),
        ("steps", 3),
        ("row", "again"),
        ("row", "wording"),
        ("points", 5),
        ("points", 4),
        ("steps", 2),
    ),
    *(
        ("row", "dropped"),
        ("row", "renamed"),
        ("points", 3),
        ("row", "promises"),
        ("row", "new"),
        ("row", "left"),
        ("row", "came"),
    ),
    *(("steps", 1), ("points", 2), ("steps", 0), ("points", 1)),
)


class Fit(View):
    """How much of what is composed page one prints."""

    points: int = MOST_ITEMS
    steps: int = MOST_ITEMS
    rows: tuple[str, ...] = ROWS
    """The rows of what changed."""
    chairs: int = ALL
    """Of each side."""
    expectations: bool = True
    """Whether it counts expectations, and not only promises."""
    said: bool = False
    """Whether what was said stands in the place of what was agreed: of a meeting of which little was read."""


_ASIDE = (
    Fit(),
    *(Fit(chairs=number) for number in (3, 2, 1)),
    *(Fit(chairs=number, expectations=False) for number in (1, 0)),
)


class Parts(NamedTuple):
    """What page one of a meeting is made of, all of it."""

    top: Top
    agreed: Sequence[Agreed]
    agreed_made: int
    """Of how many statements they are composed; none where a person wrote them."""
    changes: Changes | None
    since: str
    """About as long as the title of what changed."""
    steps: Sequence[Step]
    steps_written: bool
    said: Sequence[str]
    """Each statement; empty where what was agreed is known."""
    areas: int
    """Under how many headings."""
    facts: Sequence[Fact]
    """What is at a glance, without chairs."""
    chairs: tuple[Chairs, ...]
    tallies: tuple[tuple[Count, ...], ...]
    """Of promises, and of expectations."""


def page_one(parts: Parts, paper: PaperName) -> Fit:
    """Return how much of the parts a page has room for."""
    left = PAPER[paper] - heights.top(parts.top)
    fits = [*(_less(parts, Fit(said=True)) if parts.said else ()), *_less(parts, Fit())]
    text: Fit = next((fit for fit in fits if _text(parts, fit) <= left), fits[-1])
    side = next((fit for fit in _ASIDE if _side(parts, fit) <= left), _ASIDE[-1])
    return text.model_copy(update={"chairs": side.chairs, "expectations": side.expectations})


def _less(parts: Parts, fit: Fit) -> list[Fit]:
    """Return ever less, by the plan; what a person wrote stays."""

    def shorter(fit: Fit, step: tuple[str, int | str]) -> Fit:
        what, which = step
        if what == "row":
            return fit.model_copy(update={"rows": tuple(row for row in fit.rows if row != which)})
        written = not parts.agreed_made if what == "points" else parts.steps_written
        return fit if written else fit.model_copy(update={what: which})

    return list(accumulate(PLAN, shorter, initial=fit))


def _text(parts: Parts, fit: Fit) -> float:
    """Return how high the column of text is."""
    changed = heights.changes(parts.changes, fit.rows, parts.since) if parts.changes else 0
    if fit.said:
        return heights.said(parts.said, parts.areas) + changed
    shown = parts.agreed[: fit.points]
    return (
        heights.points(shown, more=parts.agreed_made > len(shown))
        + changed
        + heights.steps(parts.steps, fit.steps)
    )


def _side(parts: Parts, fit: Fit) -> float:
    """Return how high the column of facts is."""
    facts = (
        heights.HEAD
        + heights.LITTLE
        + sum(map(heights.fact, parts.facts))
        + heights.chairs(parts.chairs, fit.chairs)
    )
    return facts + heights.tallies(parts.tallies[: 2 if fit.expectations else 1])


class AheadFit(View):
    """How much page one of the briefing before a meeting prints."""

    agreed: int = MOST_ITEMS
    wording: int = ALL
    """Of set phrases; where not all, the newest of each comes first."""
    chairs: int = ALL


_AHEAD = tuple(
    AheadFit(agreed=agreed, wording=wording)
    for agreed, wording in (
        (6, ALL),
        (6, 6),
        (6, 4),
        (5, 3),
        (4, 2),
        (4, 1),
        (3, 1),
        (3, 0),
        (2, 0),
        (1, 0),
    )
)


class Ahead(NamedTuple):
    """What page one of the briefing before a meeting is made of, all of it."""

    top: Top
    points: Sequence[Agreed]
    agreed: Sequence[Agreed]
    wording: Sequence[tuple[str, str]]
    """Of each wording what it is called, and its words."""
    facts: Sequence[Fact]
    chairs: tuple[Chairs, ...]
    tally: tuple[Count, ...]


def page_one_ahead(parts: Ahead, paper: PaperName) -> AheadFit:
    """Return how much of the parts a page has room for."""
    left = PAPER[paper] - heights.top(parts.top)
    written = heights.points(parts.points, more=False) if parts.points else 0
    fits = [fit for fit in _AHEAD if _text_ahead(parts, fit) + written <= left]
    facts = (
        heights.HEAD
        + heights.LITTLE
        + sum(map(heights.fact, parts.facts))
        + heights.tallies([parts.tally, ()])
        + heights.HEAD
    )
    chairs = next(
        (
            number
            for number in (ALL, 3, 2, 1)
            if facts + heights.chairs(parts.chairs, number) <= left
        ),
        0,
    )
    return (fits or [_AHEAD[-1]])[0].model_copy(update={"chairs": chairs})


def _text_ahead(parts: Ahead, fit: AheadFit) -> float:
    points = heights.points(parts.agreed[: fit.agreed], more=len(parts.agreed) > fit.agreed)
    return points + heights.wording(
        parts.wording[: fit.wording], more=len(parts.wording) > fit.wording
    )


def shortened(item: Agreed) -> Agreed:
    """Return a composed point, not longer than a written one may be, with at most two of those whose it is."""
    return item.model_copy(
        update={"text": cut(item.text, WORDS_OF_A_POINT), "who": item.who and _few(item.who)}
    )


def _few(who: Who) -> Who:
    if who.everyone:
        return who
    names = tuple(
        name.model_copy(update={"text": cut(name.text, WORDS_OF_A_NAME)})
        for name in who.names[:MOST_NAMES]
    )
    return who.model_copy(update={"names": names, "more": max(0, len(who.names) - MOST_NAMES)})


def shortened_step(step: Step) -> Step:
    """Return a composed step, not longer than a written one may be, with at most two of those who do it."""
    due = cut(step.due_words, WORDS_OF_A_NAME) if step.due_words else None
    return step.model_copy(
        update={"text": cut(step.text, WORDS_OF_A_STEP), "who": _few(step.who), "due_words": due}
    )
