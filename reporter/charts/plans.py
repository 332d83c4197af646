"""Plan and outcome of programmes: what was planned, when it was so planned, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from reporter.charts.axis import Axis
from reporter.charts.drawing import DASHED, DOTTED, WIDTH, Chart, Colour, Shape, Text, box, closed, cross, diamond, disc, line, together, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.dates import When
    from reporter.language import Language
    from reporter.reports.background import PlanRow, TrackRow
    from reporter.reports.parts import Speaks

FEWEST_YEARS = 4
MOST_YEARS = 14
_NAMES, _LEFT, _RIGHT, _SLIP = 144.0, 152.0, 400.0, 408.0
_HEAD, _ROW, _FOOT = 17.0, 20.0, 15.0
_MARK = 3.6  # half the size of a mark
_NARROW = 6.0  # a shorter period is drawn as a day
_AHEAD = 8  # years after the day that are kept where not all can be


@dataclass(frozen=True, slots=True)
class _Plan:
    """A planned date, with the years in which it was so planned."""

    due: When
    years: str
    colour: Colour


def plans_chart(rows: Sequence[TrackRow], speaks: Speaks, words: Language, meeting: tuple[int, When] | None = None) -> Chart:
    """Return one row for each track; ``meeting`` is the number and date of the meeting whose line is drawn."""
    axis = _axis(rows, speaks.day, meeting[1] if meeting else None)
    bottom = _HEAD + _ROW * len(rows)
    shapes, labels = axis.drawn(bottom)
    shapes += _background(axis, rows, bottom)
    lines, heads = _days(axis, bottom, speaks, words, meeting)
    marks: list[Shape] = []
    for index, row in enumerate(rows):
        y = _HEAD + _ROW * index + 13
        drawn, years = _track(axis, row, y, speaks.day)
        marks += drawn
        labels += [*years, *_names(row, rows[index - 1] if index else None, y), _slip_text(row, y, words)]
    description = " ".join(_told(row, words) for row in rows)
    return Chart(words.say("programmes"), description, WIDTH, bottom + _FOOT, (*shapes, *lines, *marks), (*heads, *labels))


def slip(row: TrackRow, words: Language) -> tuple[str, bool]:
    """Return the slip of a track in words, and whether the eye should find it."""
    if row.result in {"failed", "stopped"}:
        return words.say(row.result), True
    halt = row.postponed[-1].date if row.postponed and row.outcome is None else None
    if halt and not any(halt < plan.stated for plan in row.plans):
        return words.say("postponed_on", date=words.when(halt, short=True)), True
    if row.months:
        return words.say("slipped_by" if row.final else "later_so_far", row.months), True
    if row.outcome is None:
        return words.say("open_plan"), False
    return words.say("none") if row.months is None else words.say("on_time"), False


def _axis(rows: Sequence[TrackRow], day: date, meeting: When | None) -> Axis:
    dates = [plan.due for row in rows for plan in row.plans] + [row.outcome.date for row in rows if row.outcome and row.outcome.date]
    years = [day.year, *(when.last.year for when in dates), *(when.first.year for when in dates), *([meeting.last.year] if meeting else [])]
    first, last = min(years), max(years)
    if last - first >= MOST_YEARS:
        last = min(last, max(day.year + _AHEAD, first + MOST_YEARS - 1))
        first = last - MOST_YEARS + 1
    last = max(last, first + FEWEST_YEARS - 1)
    return Axis(date(first, 1, 1), date(last, 12, 31), _LEFT, _RIGHT)


def _background(axis: Axis, rows: Sequence[TrackRow], bottom: float) -> list[Shape]:
    """Return a line at each year, and one above each programme."""
    first = [index for index, row in enumerate(rows) if not index or row.programme != rows[index - 1].programme]
    rules = [line((0, y), (WIDTH, y)) for y in (_HEAD + _ROW * index for index in first)]
    grid = [line((x, _HEAD), (x, bottom)) for _, x, _ in axis.years()]
    return [Shape(together(grid), stroke="rule", width=0.3), Shape(together(rules), stroke="rule", width=0.35)]


def _days(axis: Axis, bottom: float, speaks: Speaks, words: Language, meeting: tuple[int, When] | None) -> tuple[list[Shape], list[Text]]:
    """Return the lines of the day and of the meeting, with their names above, kept apart."""
    today = axis.x(speaks.day)
    shapes = [Shape(line((today, _HEAD - 3), (today, bottom)), width=0.7, dash=DASHED)]
    name = words.say("chart_as_of" if speaks.asked else "chart_no_change", date=words.day(speaks.day, short=True))
    if meeting is None:
        return shapes, [_head(name, today, after=True)]
    number, when = meeting
    then = axis.middle(when)
    shapes.append(Shape(line((then, _HEAD - 3), (then, bottom)), stroke="accent", width=1.0))
    return shapes, [
        _head(name, today, after=today >= then),
        _head(words.say("chart_meeting", number=number), then, after=then > today, colour="accent"),
    ]


def _head(name: str, x: float, *, after: bool, colour: Colour = "ink") -> Text:
    width = width_of(name, 7.6)
    outside = x + width > WIDTH if after else x < width
    return Text(name, x, 6.5, 7.6, anchor="end" if after == outside else "start", colour=colour, strong=colour == "accent")


def _names(row: TrackRow, above: TrackRow | None, y: float) -> Iterator[Text]:
    if above is None or row.programme != above.programme:
        yield Text(row.programme.text, 0, y - 7.5, 7.4, colour="soft", room=_NAMES, language=row.programme.language)
    yield Text(row.name, 0, y + 1, 8.2, room=_NAMES)


def _slip_text(row: TrackRow, y: float, words: Language) -> Text:
    text, strong = slip(row, words)
    return Text(text, _SLIP, y + 1, 8.2 if strong else 8.0, colour="ink" if strong else "soft", strong=strong, room=WIDTH - _SLIP)


def _plans(rows: Sequence[PlanRow]) -> list[_Plan]:
    """Return each planned date once, with all the years in which it was so planned."""
    found: dict[When, list[PlanRow]] = {}
    for row in rows:
        found.setdefault(row.due, []).append(row)
    return [
        _Plan(due, ", ".join(dict.fromkeys(str(row.stated.last.year) for row in same)), "soft" if all(row.weak for row in same) else "ink")
        for due, same in found.items()
    ]


def _track(axis: Axis, row: TrackRow, y: float, day: date) -> tuple[list[Shape], list[Text]]:
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


def _ends(axis: Axis, due: When) -> tuple[float, float]:
    """Return the ends of a planned period; those of its last year, month or day where it is open at its start."""
    return axis.x(due.start.first if due.start else due.end.first), axis.x(due.last)


def _middle(axis: Axis, due: When) -> float:
    left, right = _ends(axis, due)
    return (left + right) / 2


def _plan_mark(axis: Axis, plan: _Plan, y: float) -> Shape:
    left, right = _ends(axis, plan.due)
    if plan.due.last < axis.first or plan.due.first > axis.last:
        return Shape(_beyond(axis, y, after=plan.due.first > axis.last), "paper", plan.colour)
    if right - left < _NARROW:
        return Shape(diamond((left + right) / 2, y, _MARK + 0.4), "paper", plan.colour)
    if plan.due.start is None:
        return Shape(line((left, y - _MARK), (right, y - _MARK), (right, y + _MARK), (left, y + _MARK)), "paper", plan.colour)
    return Shape(box(left, y - _MARK, right - left, 2 * _MARK), "paper", plan.colour)


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


def _years(axis: Axis, plans: Sequence[_Plan], y: float) -> Iterator[Text]:
    """Yield the years in which it was so planned, above the marks, none over another."""
    used, last = 0.0, ""
    for plan in sorted(plans, key=lambda plan: _middle(axis, plan.due)):
        width = width_of(plan.years, 7.2)
        middle = _middle(axis, plan.due)
        left = max(middle - width / 2, used)
        if (left > middle - width / 2 and plan.years == last) or left > middle + width / 2:
            continue
        yield Text(plan.years, left, y - 8, 7.2, colour="soft")
        used, last = left + width + 1, plan.years


def _told(row: TrackRow, words: Language) -> str:
    """Return all that a row shows, as a sentence."""
    facts = [
        words.say("chart_planned", due=plan.due_words or words.when(plan.due, short=True), stated=words.when(plan.stated, short=True)) for plan in row.plans
    ]
    if row.outcome and row.outcome.date and row.result:
        facts.append(words.say("chart_ended", result=words.say(row.result), date=words.when(row.outcome.date, short=True)))
    text, _ = slip(row, words)
    return words.say("chart_track", programme=row.programme.text, name=row.name, facts=words.list([*facts, text]))
