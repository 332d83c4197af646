"""One track of a programme as a row of marks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.formats.charts.drawing import (
    BROKEN,
    DOTTED,
    Shape,
    Text,
    box,
    closed,
    cross,
    diamond,
    disc,
    line,
    width_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reporter.dates import When
    from reporter.formats.charts.axis import Axis
    from reporter.reports.common.programmes import PlanRow, TrackRow

_MARK = 3.6  # half the size of a mark
_NARROW = 6.0  # a shorter period is drawn as a day


@dataclass(frozen=True, slots=True)
class _PlanDrawn:
    """A planned date, with the years in which it was so planned."""

    due: When
    years: str
    dash: str
    """Broken where weak sources alone say so."""


def track_drawn(axis: Axis, row: TrackRow, y: float, day: date) -> tuple[list[Shape], list[Text]]:
    """Return the marks of a track around ``y``, and above them the years of each plan."""
    plans = _plans(row.plans)
    end = row.outcome.date if row.outcome else None
    at = [_middle(axis, plan.due) for plan in plans] + ([axis.middle(end)] if end else [])
    shapes = [Shape(line((min(at), y), (max(at), y)))] if len(at) > 1 else []
    if at and end is None and plans[-1].due.last < day:
        shapes.append(Shape(line((at[-1], y), (axis.x(day), y)), width=1.1, dash=DOTTED))
    shapes += [_plan_mark(axis, plan, y) for plan in plans]
    if end:
        shapes.append(_end_mark(axis, end, y, row.result))
    return shapes, list(_years(axis, plans, y))


def _plans(rows: Sequence[PlanRow]) -> list[_PlanDrawn]:
    """Return each planned date once, with all the years in which it was so planned."""
    found: dict[When, list[PlanRow]] = {}
    for row in rows:
        found.setdefault(row.due, []).append(row)
    return [
        _PlanDrawn(
            due,
            ", ".join(dict.fromkeys(str(row.stated.last.year) for row in same)),
            BROKEN if all(row.weak for row in same) else "",
        )
        for due, same in found.items()
    ]


def _ends(axis: Axis, due: When) -> tuple[float, float]:
    """Return the ends of a planned period.

    With an open start, they are those of its last year, month or day.
    """
    return axis.x(due.start.first if due.start else due.end.first), axis.x(due.last)


def _middle(axis: Axis, due: When) -> float:
    left, right = _ends(axis, due)
    return (left + right) / 2


def _plan_mark(axis: Axis, plan: _PlanDrawn, y: float) -> Shape:
    left, right = _ends(axis, plan.due)
    if plan.due.last < axis.first or plan.due.first > axis.last:
        return Shape(_beyond(axis, y, after=plan.due.first > axis.last), "paper", dash=plan.dash)
    if right - left < _NARROW:
        return Shape(diamond((left + right) / 2, y, _MARK + 0.4), "paper", dash=plan.dash)
    if plan.due.start is None:
        return Shape(
            line((left, y - _MARK), (right, y - _MARK), (right, y + _MARK), (left, y + _MARK)),
            "paper",
            dash=plan.dash,
        )
    return Shape(box(left, y - _MARK, right - left, 2 * _MARK), "paper", dash=plan.dash)


def _end_mark(axis: Axis, when: When, y: float, result: str | None) -> Shape:
    if when.last < axis.first:
        return Shape(_beyond(axis, y, after=False), "ink")
    if result == "done":
        return Shape(disc(axis.middle(when), y, _MARK), "ink", "paper", 0.6)
    return Shape(cross(axis.middle(when), y, _MARK - 0.4), width=1.8)


def _beyond(axis: Axis, y: float, *, after: bool) -> str:
    """Return an arrow head at the end of the axis, for what lies outside."""
    tip, back = (axis.right + 2, axis.right - 4) if after else (axis.left - 2, axis.left + 4)
    return closed((tip, y), (back, y - _MARK), (back, y + _MARK))


def _years(axis: Axis, plans: Sequence[_PlanDrawn], y: float) -> Iterator[Text]:
    """Yield the years in which it was so planned, above the marks, none over another."""
    used, last = 0.0, ""
    for plan in sorted(plans, key=lambda plan: _middle(axis, plan.due)):
        width = width_of(plan.years, 7.2)
        middle = _middle(axis, plan.due)
        left = max(middle - width / 2, used)
        if (left > middle - width / 2 and plan.years == last) or left > middle + width / 2:
            continue
        yield Text(plan.years, left, y - 8.3, 7.2, colour="soft", clear=True)
        used, last = left + width + 1, plan.years
