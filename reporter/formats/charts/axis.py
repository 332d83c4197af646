"""An axis of years."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.formats.charts.drawing import Shape, Text, line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.dates import When

TICK = 3.0
_YEAR = 17.0  # the room that the digits of a year need


@dataclass(frozen=True, slots=True)
class Axis:
    """Days from ``first`` to ``last``, drawn from ``left`` to ``right``."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date) -> float:
        """Return where a day is drawn, at one of the ends where it lies outside."""
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return self.left + min(1.0, max(0.0, share)) * (self.right - self.left)

    def middle(self, when: When) -> float:
        """Return the middle of a date; its end where the start is open."""
        return (self.x(when.first) + self.x(when.last)) / 2

    def years(self) -> Iterator[tuple[int, float, float]]:
        """Yield each year with its ends."""
        starts = [date(year, 1, 1) for year in range(self.first.year, self.last.year + 1)]
        ends = [self.x(start) for start in starts] + [self.right]
        yield from (
            (start.year, left, right)
            for start, (left, right) in zip(starts, pairwise(ends), strict=True)
        )

    def drawn(self, y: float) -> tuple[list[Shape], list[Text]]:
        """Return the line with a tick at each year, and as many years below it as fit."""
        years = list(self.years())
        ticks = [line((x, y), (x, y + TICK)) for x in (*(left for _, left, _ in years), self.right)]
        step = next(
            (
                step
                for step in (1, 2, 5, 10, 20, 50)
                if step * (self.right - self.left) / len(years) >= _YEAR
            ),
            100,
        )
        shown = [
            (year, (left + right) / 2, right - left)
            for year, left, right in years
            if year % step == 0
        ]
        labels = [
            Text(
                str(year),
                x if step == 1 else x - width / 2,
                y + 9,
                7.4,
                anchor="middle",
                colour="soft",
                room=20.0,
            )
            for year, x, width in shown
            if width >= _YEAR or (step > 1 and x - width / 2 + 10 <= self.right)
        ]
        return [Shape(line((self.left, y), (self.right, y)) + "".join(ticks), width=0.5)], labels
