"""What a meeting promised and planned, and what became of it: page one has the worst of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.common.events import ToldEvents
from reporter.reports.meeting.standing import (
    WELL,
    ExpectedOutcome,
    FollowedStatement,
    Matter,
    StatusRow,
    matter,
    outcomes,
    status_row,
    worst_first,
)
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.reports.common.context import Context

MOST_PROMISES = 6  # on page one, the worst of them


class Promised(View):
    """What was promised, and what became of it."""

    rows: tuple[StatusRow, ...]
    """The worst first; page one has the first of them."""
    brief: int
    """How many of them stand on page one."""
    more: tuple[str, ...]
    """What page one says of further ones: of those, and of one, two more that it leaves out."""
    expected: tuple[ExpectedOutcome, ...]
    """What became of the dated plans, in a line."""
    plans: tuple[StatusRow, ...]
    """Those plans of which more is to be said."""
    matters: tuple[Matter, ...]
    """What was discussed or welcomed, and the news of it."""

    @property
    def first(self) -> tuple[StatusRow, ...]:
        """Return the rows of page one: the worst promises; the plans where nothing was promised."""
        return self.rows[: self.brief] or self.plans[:MOST_PROMISES]

    @property
    def further(self) -> tuple[StatusRow, ...]:
        """Return the rows for which page one has no room, the worst first."""
        left = (*self.rows, *self.plans)[len(self.first) :]
        return tuple(sorted(left, key=lambda row: row.rank))


def promised(context: Context, items: Sequence[FollowedStatement]) -> Promised:
    """Return what became of the promises, then of the plans, then of what was spoken of."""
    told = ToldEvents()
    promises = worst_first(item for item in items if item.statement.is_promise)
    plans = [item for item in items if item.has_status and not item.statement.is_promise]
    rows = tuple(status_row(context, item, told) for item in promises)
    brief = min(len(rows), MOST_PROMISES)
    in_line = [item for item in plans if promises or item.standing.status in WELL]
    expected = tuple(outcomes(context, in_line, told))
    unwell = [item for item in worst_first(plans) if item.standing.status not in WELL]
    unsettled = tuple(status_row(context, item, told) for item in unwell)
    others = [matter(context, item, told) for item in items if not item.has_status]
    words = context.words
    numbers = range(len(rows) - brief, len(rows))
    return Promised(
        rows=rows,
        brief=brief,
        more=tuple(words.say("more", n=n) if n else "" for n in numbers),
        expected=expected,
        plans=unsettled,
        matters=tuple(found for found in others if found),
    )
