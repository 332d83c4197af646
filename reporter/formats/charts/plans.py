"""Plan and outcome of programmes: what was planned, when it was so planned, and what came of it."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from typing import TYPE_CHECKING

from reporter.formats.charts.axis import Axis
from reporter.formats.charts.drawing import (
    DASHED,
    LEADING,
    WIDTH,
    Chart,
    Colour,
    Shape,
    Text,
    line,
    lines_of,
    width_of,
)
from reporter.formats.charts.tracks import track_drawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.dates import When
    from reporter.language import Language
    from reporter.reports.common.programmes import TrackRow
    from reporter.reports.views import Speaks

FEWEST_YEARS = 4
MOST_YEARS = 14
_NAMES, _LEFT, _RIGHT, _SLIP = 144.0, 152.0, 400.0, 408.0
_HEAD, _ROW, _FOOT = 17.0, 20.0, 15.0
_MIDDLE = 13.0  # of the marks, from the top of a row
_TEXT = 8.2
_AHEAD = 8  # years after the day that are kept where not all can be


def plans_chart(
    rows: Sequence[TrackRow],
    speaks: Speaks,
    words: Language,
    meeting: tuple[int, When] | None = None,
) -> Chart:
    """Return one row for each track.

    ``meeting`` is the number and date of the meeting whose line is drawn.
    """
    axis = _axis(rows, speaks.day, meeting[1] if meeting else None)
    tops = list(accumulate((_tall(row, words) for row in rows), initial=_HEAD))
    bottom = tops[-1]
    shapes, labels = axis.drawn(bottom)
    shapes += _background(axis, rows, tops)
    lines, heads = _days(axis, bottom, speaks, words, meeting)
    marks: list[Shape] = []
    for row, top in zip(rows, tops, strict=False):
        drawn, years = track_drawn(axis, row, top + _MIDDLE, speaks.day)
        text, strong = slip(row, words)
        marks += drawn
        labels += [
            _cell(row.heading, 0, top),
            *years,
            _cell(text, _SLIP, top, strong=strong, colour="ink" if strong else "soft"),
        ]
    told = tuple(_told(row, words) for row in rows)
    title, note = words.say("programmes"), words.say("chart_plans_note")
    return Chart(
        title, told, WIDTH, bottom + _FOOT, (*shapes, *lines, *marks), (*heads, *labels), note
    )


def slip(row: TrackRow, words: Language) -> tuple[str, bool]:
    """Return the slip of a track in words, and whether the eye should find it."""
    if row.result in {"failed", "stopped"}:
        return words.say(row.result), True
    halt = row.postponed[-1] if row.postponed and row.outcome is None else None
    if halt and halt.date and not any(halt.date < plan.stated for plan in row.plans):
        return words.say(
            "halt_reported" if halt.weak else "postponed_on", date=words.when(halt.date, short=True)
        ), not halt.weak
    if row.months:
        return words.say("slipped_by" if row.final else "later_so_far", row.months), True
    if row.outcome is None:
        return words.say("open_plan"), False
    return words.say("none") if row.months is None else words.say("on_time"), False


def _axis(rows: Sequence[TrackRow], day: date, meeting: When | None) -> Axis:
    dates = [plan.due for row in rows for plan in row.plans] + [
        row.outcome.date for row in rows if row.outcome and row.outcome.date
    ]
    years = [
        day.year,
        *(when.last.year for when in dates),
        *(when.first.year for when in dates),
        *([meeting.last.year] if meeting else []),
    ]
    first, last = min(years), max(years)
    if last - first >= MOST_YEARS:
        last = min(last, max(day.year + _AHEAD, first + MOST_YEARS - 1))
        first = last - MOST_YEARS + 1
    last = max(last, first + FEWEST_YEARS - 1)
    return Axis(date(first, 1, 1), date(last, 12, 31), _LEFT, _RIGHT)


def _background(axis: Axis, rows: Sequence[TrackRow], tops: Sequence[float]) -> list[Shape]:
    """Return a line at each year, and one above each programme."""
    first = [
        top
        for index, top in enumerate(tops[:-1])
        if not index or rows[index].programme != rows[index - 1].programme
    ]
    rules = [line((0, top), (WIDTH, top)) for top in first]
    grid = [line((x, _HEAD), (x, tops[-1])) for _, x, _ in axis.years()]
    return [
        Shape("".join(grid), stroke="rule", width=0.3),
        Shape("".join(rules), stroke="rule", width=0.35),
    ]


def _days(
    axis: Axis, bottom: float, speaks: Speaks, words: Language, meeting: tuple[int, When] | None
) -> tuple[list[Shape], list[Text]]:
    """Return the lines of the day and of the meeting, with their names above, kept apart."""
    today = axis.x(speaks.day)
    shapes = [Shape(line((today, _HEAD - 3), (today, bottom)), width=0.7, dash=DASHED)]
    name = words.say("chart_as_of", date=words.day(speaks.day, short=True))
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
    return Text(
        name,
        x,
        6.5,
        7.6,
        anchor="end" if after == outside else "start",
        colour=colour,
        strong=colour == "accent",
    )


def _room(x: float) -> float:
    """Return how wide a column of text is: that of the names, or that of the slips."""
    return WIDTH - x if x else _NAMES


def _tall(row: TrackRow, words: Language) -> float:
    lines = max(
        lines_of(row.heading, _TEXT, _room(0)),
        lines_of(slip(row, words)[0], _TEXT, _room(_SLIP), strong=True),
    )
    return max(_ROW, lines * _TEXT * LEADING + 2)


def _cell(text: str, x: float, top: float, *, strong: bool = False, colour: Colour = "ink") -> Text:
    """Return a text beside the marks, on their line; longer ones start at the top of the row."""
    several = lines_of(text, _TEXT, _room(x), strong=strong) > 1
    y = top + (1 + _TEXT * LEADING / 2 if several else _MIDDLE + 1)
    return Text(text, x, y, _TEXT, colour=colour, strong=strong, room=_room(x), wraps=several)


def _told(row: TrackRow, words: Language) -> str:
    """Return all that a row shows, as a sentence."""
    dues = [
        (plan.due_words or words.when(plan.due, short=True), words.when(plan.stated, short=True))
        for plan in row.plans
    ]
    facts = [words.say("chart_planned", due=due, stated=stated) for due, stated in dues]
    if row.outcome and row.outcome.date and row.result:
        facts.append(
            words.say(
                "chart_ended",
                result=words.say(row.result),
                date=words.when(row.outcome.date, short=True),
            )
        )
    text, _ = slip(row, words)
    return words.say(
        "chart_track", name=row.heading, facts=words.say("chart_separator").join([*facts, text])
    )
