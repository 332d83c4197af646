"""The series on a time line: its meetings on one line, the agreements around it below."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.charts.axis import Axis
from reporter.charts.drawing import DASHED, LEADING, WIDTH, Chart, Colour, Shape, Text, box, disc, line, lines_of, width_of
from reporter.dates import When  # noqa: TC001 (pydantic reads the annotations of its models at run time)
from reporter.reports.parts import Label, View  # noqa: TC001 (the same)
from reporter.snapshot import months_between

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.language import Language
    from reporter.reports.parts import Speaks

_LEFT, _RIGHT = 7.0, WIDTH - 7
_DISC, _DOT = 6.6, 2.6
_ROW = 11.0
_SQUARE = 4.4
_AFTER_MARK = 5.5
_TEXT = 7.8


class Held(View):
    """A meeting of the series."""

    number: int
    date: When
    side: int | None = None
    """Which of the sides was its host, counted from 0; None where that is not known."""


class Dated(View):
    """An agreement."""

    name: Label
    date: When | None
    """None where it is not verified."""
    strong: bool = False
    """Whether the report is about it."""


@dataclass(frozen=True, slots=True)
class _Row:
    """Meetings on their axis."""

    axis: Axis
    y: float
    held: tuple[Held, ...]
    day: date
    current: int | None

    @property
    def at(self) -> list[float]:
        return [self.axis.middle(meeting.date) for meeting in self.held]

    @property
    def roomy(self) -> bool:
        """Whether there is room for a number in each disc."""
        return all(after - before >= 2 * _DISC + 1 for before, after in pairwise(self.at))

    @property
    def line_at(self) -> float | None:
        return next((x for meeting, x in zip(self.held, self.at, strict=True) if meeting.number == self.current), None)


def timeline_chart(  # noqa: PLR0913 (each is one thing that is shown)
    meetings: Sequence[Held], agreements: Sequence[Dated], speaks: Speaks, sides: Sequence[str], words: Language, current: int | None = None
) -> Chart:
    """Return the time line. ``sides`` are the names of the sides; ``current`` is the number of the meeting that the report is about."""
    held = tuple(sorted(meetings, key=lambda meeting: (meeting.date, meeting.number)))
    since = held[0].date.last.year - 1
    dated = sorted(((item.date, item) for item in agreements if item.date), key=lambda pair: (pair[0], pair[1].name.text))
    old = [item for when, item in dated if when.last.year < since]
    drawn = [(when, item) for when, item in dated if when.last.year >= since]
    labels, y = _notes(old, [item for item in agreements if not item.date], since, words)
    axis = _axis([meeting.date for meeting in held] + [when for when, _ in drawn], speaks.day)
    row = _Row(axis, y + 22, held, speaks.day, current)
    bottom = row.y + 17 + _ROW * len(drawn)
    shapes, years = axis.drawn(bottom)
    shapes += [*_spine(row, bottom), *(shape for meeting, x in zip(held, row.at, strict=True) for shape in _disc(row, meeting, x))]
    labels += [*_legend(shapes, sides, held, words, squares=bool(drawn)), _day_name(speaks, words), *_numbers(row), *_gap(shapes, row, words), *years]
    for index, (when, item) in enumerate(drawn):
        labels.append(_agreement(shapes, row, when, item, row.y + 17 + _ROW * index, words))
    return Chart(words.say("chart_timeline"), _told(row, drawn, old, sides, words), WIDTH, bottom + 15, tuple(shapes), tuple(labels))


def _axis(dates: Sequence[When], day: date) -> Axis:
    return Axis(date(min(when.last.year for when in dates), 1, 1), max(day, *(when.last for when in dates)), _LEFT, _RIGHT)


def _notes(old: Sequence[Dated], undated: Sequence[Dated], since: int, words: Language) -> tuple[list[Text], float]:
    """Return in words what cannot be drawn: what is older than the axis, and what has no date; and where that ends."""
    notes = []
    if old:
        names = [words.say("chart_old", name=item.name.text, year=item.date.last.year) for item in old if item.date]
        notes.append(words.say("chart_before", year=since, names=words.list(names)))
    if undated:
        notes.append(words.say("chart_undated", names=words.list(item.name.text for item in undated)))
    labels, y = [], 14.0
    for note in notes:
        labels.append(Text(note, 0, y + 5, 7.4, colour="soft", room=WIDTH, wraps=True))
        y += 7.4 * LEADING * lines_of(note, 7.4, WIDTH) + 2
    return labels, y


def _spine(row: _Row, bottom: float) -> Iterator[Shape]:
    end = row.axis.x(row.day)
    yield Shape(line((row.axis.left, row.y), (row.axis.right, row.y)), stroke="soft", width=0.7)
    yield Shape(line((end, row.y - 5), (end, row.y + 5)), width=0.7)
    if row.line_at is not None:
        yield Shape(line((row.line_at, row.y), (row.line_at, bottom)), stroke="accent", width=1.4)


def _disc(row: _Row, meeting: Held, x: float) -> Iterator[Shape]:
    """Yield the disc of a meeting; a broken outline where it is still to come."""
    colour: Colour = "accent" if meeting.number == row.current else "ink"
    radius = _DISC if row.roomy else _DOT + 0.8 * (meeting.number == row.current)
    yield from pattern(x, row.y, radius, meeting.side, colour, dash=DASHED if meeting.date.last > row.day else "")


def pattern(x: float, y: float, radius: float, side: int | None, colour: Colour, dash: str = "") -> Iterator[Shape]:
    """Yield the disc of a side: filled, open, a ring, with a bar; dotted where the host is not known."""
    if side is None:
        yield Shape(disc(x, y, radius), "paper", colour, 1.1, "1 1.4")
        return
    yield Shape(disc(x, y, radius), colour if side % 4 == 0 and not dash else "paper", colour, 1.1, dash)
    if side % 4 == 2:  # noqa: PLR2004
        yield Shape(disc(x, y, radius - 1.7), "none", colour, 0.6)
    if side % 4 == 3:  # noqa: PLR2004
        yield Shape(line((x - radius, y + radius + 2), (x + radius, y + radius + 2)), "none", colour, 1.4)


def _numbers(row: _Row) -> Iterator[Text]:
    """Yield the numbers: in the discs; where these are too small, above them, as many as there is room for."""
    kept = _thinned(row)
    for meeting, x in zip(row.held, row.at, strict=True):
        current = meeting.number == row.current
        if row.roomy:
            filled = meeting.side is not None and meeting.side % 4 == 0 and meeting.date.last <= row.day
            yield Text(str(meeting.number), x, row.y, 7.6, anchor="middle", colour="paper" if filled else "accent" if current else "ink", strong=True, room=20)
        elif meeting.number in kept:
            yield Text(str(meeting.number), x, row.y - 9, 7.2, anchor="middle", colour="accent" if current else "soft", strong=current, room=20)


def _thinned(row: _Row) -> set[int]:
    """Return the numbers that can stand side by side: the current one, the last, the first, then from the left."""
    order = sorted(zip(row.held, row.at, strict=True), key=lambda pair: (pair[0].number != row.current, pair[0] not in {row.held[0], row.held[-1]}, pair[1]))
    kept: dict[int, float] = {}
    for meeting, x in order:
        if all(abs(x - other) >= 14 for other in kept.values()):  # noqa: PLR2004
            kept[meeting.number] = x
    return set(kept)
