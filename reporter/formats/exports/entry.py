"""An entry of a calendar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.dates import When
    from reporter.reports.common.context import Context


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An all-day entry of a calendar."""

    id: str
    first: date
    last: date
    summary: str
    description: str
    place: str | None = None
    category: str | None = None
    tentative: bool = False
    told: tuple[date, ...] = ()
    """The days on which the records say something of it: the first, and each that may move it."""

    @property
    def revision(self) -> int:
        """How often it may have changed since it was first told."""
        return max(len(self.told) - 1, 0)


def told_on(context: Context, whens: Iterable[When]) -> tuple[date, ...]:
    """Return the days of what is told of something, as far as they are known, in order."""
    return tuple(sorted({when.last for when in whens if context.snapshot.knows(when)}))
