"""The meetings of a series as discs on one line: the upper part of the time line."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.formats.charts.drawing import BROKEN, WIDTH, Shape, Text, box, disc, line, width_of
from reporter.reports.common.gap import LONG
from reporter.reports.common.meetings_table import least_and_most, longest_gap, told_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from reporter.choice import MeetingKey
    from reporter.formats.charts.axis import Axis
    from reporter.language import Language
    from reporter.reports.series.view import Sitting

SQUARE = 4.4
_DISC, _DOT = 6.6, 2.6
_NUMBER = 13.0  # the width of a number of two digits, and some room
_PATTERNS = 4


@dataclass(frozen=True, slots=True)
class AxisRow:
    """The meetings at their places on the axis."""

    axis: Axis
    y: float
    held: tuple[Sitting, ...]
    day: date
    """Later meetings are still to come."""
    loose: bool = False
    """Whether others, of which nothing is on record, may lie between them."""
    alike: bool = False
    """Whether the discs do not tell the hosts: there are too many of them."""

    def side(self, meeting: Sitting) -> int | None:
        """Return the side by which the disc of a meeting is drawn."""
        return 0 if self.alike else meeting.side

    @property
    def places(self) -> list[tuple[Sitting, float]]:
        """Each meeting with its place."""
        return [(meeting, self.axis.middle(meeting.date)) for meeting in self.held]

    @property
    def longest(self) -> tuple[Sitting, Sitting, int] | None:
        """The longest gap between two of them, if one can be told."""
        known = [meeting for meeting in self.held if not meeting.announced]
        return None if self.loose else longest_gap(known)

    def is_drawn_broken(self, meeting: Sitting) -> bool:
        """Return whether its outline is broken: it is to come, or not known to have been held."""
        return meeting.announced or meeting.date.last > self.day

    @property
    def roomy(self) -> bool:
        """Whether there is room for a number in each disc."""
        return self.widest <= 2 * _DISC and all(
            after - before >= 2 * _DISC + 1 for (_, before), (_, after) in pairwise(self.places)
        )

    @property
    def widest(self) -> float:
        """The width of the longest number."""
        return max(width_of(shown_number(meeting), 7.6, strong=True) for meeting in self.held)


def meetings_drawn(row: AxisRow, words: Language) -> tuple[list[Shape], list[Text]]:
    """Return the line of the meetings with their discs and numbers, and the longest gap."""
    gap, gap_name = _gap(row, words)
    shapes = [*_lines(row), *gap]
    for meeting, x in row.places:
        shapes += _disc(row, meeting, x)
    return shapes, [*_numbers(row), *gap_name]


def legend(
    row: AxisRow, sides: Sequence[str], words: Language, *, squares: bool
) -> tuple[list[Shape], list[Text]]:
    """Return the names of the discs' patterns, as far as they occur, and that of the squares."""
    shapes: list[Shape] = []
    labels: list[Text] = []
    x = 4.0
    for side, name in () if row.alike else _hosts(row, sides, words):
        shapes += pattern(x, 6, 3.4, side)
        labels.append(Text(name, x + 6.5, 6, 7.6))
        x += width_of(name, 7.6) + 20
    if squares:
        shapes.append(Shape(box(x - SQUARE / 2, 6 - SQUARE / 2, SQUARE, SQUARE), "ink", "none"))
        labels.append(Text(words.say("agreement"), x + 6.5, 6, 7.6))
    return shapes, labels


def are_too_many(row: AxisRow, sides: Sequence[str], words: Language, room: float) -> bool:
    """Return whether the hosts have no patterns of their own, or no room for their names."""
    entries = _hosts(row, sides, words)
    needed = sum(width_of(name, 7.6) + 20 for _, name in entries)
    return len(entries) > _PATTERNS + 1 or needed > room


def _hosts(row: AxisRow, sides: Sequence[str], words: Language) -> list[tuple[int | None, str]]:
    """Return each side that was host, with its name, and last what is known of other hosts."""
    hosts = sorted({meeting.side for meeting in row.held if meeting.side is not None})
    entries: list[tuple[int | None, str]] = [
        (side, words.say("host", side=sides[side])) for side in hosts
    ]
    others = [meeting for meeting in row.held if meeting.side is None]
    if others:
        known = {bool(meeting.host or meeting.place) for meeting in others}
        key = "mixed" if len(known) > 1 else "other" if True in known else "unknown"
        entries.append((None, words.say(f"chart_host_{key}")))
    return entries


def pattern(x: float, y: float, radius: float, side: int | None, dash: str = "") -> Iterator[Shape]:
    """Yield the disc of a side: filled, open, a ring or barred below; dotted if host unknown."""
    kind = None if side is None else side % _PATTERNS
    filled = kind == 0 and not dash
    yield Shape(
        disc(x, y, radius),
        "ink" if filled else "paper",
        "ink",
        1.1,
        "0.9 1.5" if kind is None else dash,
    )
    if kind == _PATTERNS - 2:
        yield Shape(disc(x, y, radius * 0.75), "none", "ink", 0.6)
    if kind == _PATTERNS - 1:
        yield Shape(
            line((x - radius, y + radius + 1.8), (x + radius, y + radius + 1.8)), "none", "ink", 1.4
        )


def _lines(row: AxisRow) -> Iterator[Shape]:
    """Yield the line of the meetings and its end at the day."""
    end = row.axis.x(row.day)
    yield Shape(line((row.axis.left, row.y), (row.axis.right, row.y)), "none", "soft", 0.7)
    yield Shape(line((end, row.y - 5), (end, row.y + 5)), width=0.7)


def _disc(row: AxisRow, meeting: Sitting, x: float) -> Iterator[Shape]:
    """Yield the disc of a meeting, with a broken outline where it is still to come."""
    dash = BROKEN if row.is_drawn_broken(meeting) else ""
    yield from pattern(x, row.y, _DISC if row.roomy else _DOT, row.side(meeting), dash)


def _numbers(row: AxisRow) -> Iterator[Text]:
    """Yield the numbers in the discs; above them, as many as fit, where the discs are too small."""
    shown = None if row.roomy else _thinned(row)
    for meeting, x in row.places:
        if shown is None:
            side = row.side(meeting)
            is_dark = side is not None and side % _PATTERNS == 0
            filled = is_dark and not row.is_drawn_broken(meeting)
            yield Text(
                shown_number(meeting),
                x,
                row.y,
                7.6,
                "middle",
                "paper" if filled else "ink",
                strong=True,
                room=13,
            )
        elif meeting.number in shown:
            room = _room(row)
            middle = min(max(x, room / 2), WIDTH - room / 2)
            yield Text(shown_number(meeting), middle, row.y - 9, 7.2, "middle", room=room)


def shown_number(meeting: Sitting) -> str:
    """Return what stands in the disc of a meeting: its letter where it has no number."""
    return meeting.label or str(meeting.number)


def _thinned(row: AxisRow) -> set[MeetingKey]:
    """Return the numbers that can stand side by side: the ends first, then from the left."""
    ends = {row.held[0].number, row.held[-1].number}
    kept: dict[MeetingKey, float] = {}
    for meeting, x in sorted(row.places, key=lambda place: (place[0].number not in ends, place[1])):
        if all(abs(x - other) >= _room(row) + 1 for other in kept.values()):
            kept[meeting.number] = x
    return set(kept)


def _room(row: AxisRow) -> float:
    """Return the room that a number above a dot needs."""
    return max(_NUMBER, row.widest)


def _gap(row: AxisRow, words: Language) -> tuple[list[Shape], list[Text]]:
    found = row.longest
    if found is None:
        return [], []
    before, after, months = found
    left, right = row.axis.middle(before.date), row.axis.middle(after.date)
    least, most = least_and_most(before, after)
    name = (
        words.say("chart_gap", months)
        if least == most < LONG
        else told_months(before, after, words)
    )
    width = width_of(name, 7.6, strong=True)
    below = not row.roomy or width > right - left - 2 * _DISC
    y = row.y + 11 if below else row.y - 8
    return [Shape(line((left, row.y), (right, row.y)), width=1.6)], [
        Text(
            name,
            max((left + right) / 2, width / 2),
            y,
            7.6,
            "middle",
            strong=True,
            room=width,
            clear=below,
        ),
    ]
