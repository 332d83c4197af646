"""The series on a time line: meetings on one line, agreements below it, one row each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reporter.formats.charts.axis import Axis
from reporter.formats.charts.drawing import (
    LEADING,
    WIDTH,
    Chart,
    Shape,
    Text,
    box,
    lines_of,
    width_of,
)
from reporter.formats.charts.meetings import SQUARE, AxisRow, are_too_many, legend, meetings_drawn
from reporter.reports.common.gap import LONG
from reporter.reports.common.meetings_table import least_and_most, told_months

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.dates import When
    from reporter.formats.charts.drawing import Anchor
    from reporter.language import Language
    from reporter.reports.series.view import Signed, Sitting
    from reporter.reports.views import Speaks

_LEFT, _RIGHT = 7.0, WIDTH - 7
_HEAD, _ROW, _FOOT = 13.0, 11.0, 15.0
_ABOVE, _BELOW = 20.0, 20.0  # the line of the meetings, from what is above it and below it
_GAP = 3.6  # between a square and its name
_TEXT, _NOTE = 7.8, 7.4
_LEGEND = WIDTH - 140  # the room for the hosts, beside the sign of agreements and the day


def timeline_chart(  # noqa: PLR0913 (all that it draws)
    meetings: Sequence[Sitting],
    agreements: Sequence[Signed],
    speaks: Speaks,
    words: Language,
    *,
    sides: Sequence[str],
    loose: bool = False,
) -> Chart:
    """Return the time line of at least one meeting. ``sides`` are the names of the hosts.

    ``loose``: others, of which nothing is on record, may lie between them.
    """
    held = tuple(sorted(meetings, key=lambda meeting: (meeting.date, str(meeting.number).zfill(4))))
    since = held[0].date.last.year - 1
    dated = sorted(
        ((item.date, item) for item in agreements if item.date),
        key=lambda pair: (pair[0], pair[1].name.text),
    )
    drawn = [(when, item) for when, item in dated if when.last.year >= since]
    notes = _notes(
        [pair for pair in dated if pair not in drawn],
        [item for item in agreements if not item.date],
        since,
        words,
    )
    note_labels, top = _placed(notes)
    row = AxisRow(_axis(held, drawn, speaks.day), top + _ABOVE, held, speaks.day, loose)
    row = replace(row, alike=are_too_many(row, sides, words, _LEGEND))
    named = tuple(_named(row, drawn, words))
    bottom = row.y + _BELOW + sum(name.tall for name in named)
    parts = [
        legend(row, sides, words, squares=bool(drawn)),
        row.axis.drawn(bottom),
        meetings_drawn(row, words),
        _agreements(named, row.y + _BELOW - 1),
    ]
    shapes = tuple(shape for drawing, _ in parts for shape in drawing)
    labels = tuple(label for _, names in parts for label in names)
    told = (*_told(row, sides, words), *_told_agreements(drawn, words), *notes)
    return Chart(
        words.say("chart_timeline"),
        told,
        WIDTH,
        bottom + _FOOT,
        shapes,
        (_day_name(speaks, words), *note_labels, *labels),
    )


def _axis(held: Sequence[Sitting], drawn: Sequence[tuple[When, Signed]], day: date) -> Axis:
    """Return the axis from the year of the first date to the day, or to a later planned meeting."""
    dates = [meeting.date for meeting in held] + [when for when, _ in drawn]
    return Axis(
        date(min(when.last.year for when in dates), 1, 1),
        max(day, *(when.last for when in dates)),
        _LEFT,
        _RIGHT,
    )


def _notes(
    old: Sequence[tuple[When, Signed]], undated: Sequence[Signed], since: int, words: Language
) -> list[str]:
    """Return in words what cannot be drawn: what is older than the axis, and what has no date."""
    notes = []
    if old:
        names = [
            words.say("chart_old", name=item.name.text, year=when.last.year) for when, item in old
        ]
        notes.append(words.say("chart_before", year=since, names=words.list(names)))
    if undated:
        notes.append(
            words.say("chart_undated", names=words.list(item.name.text for item in undated))
        )
    return notes


def _placed(notes: Sequence[str]) -> tuple[list[Text], float]:
    """Return the notes as labels below the head, and where they end."""
    labels, y = [], _HEAD
    for note in notes:
        labels.append(Text(note, 0, y + 6, _NOTE, colour="soft", room=WIDTH, wraps=True))
        y += _NOTE * LEADING * lines_of(note, _NOTE, WIDTH) + 2
    return labels, y


def _day_name(speaks: Speaks, words: Language) -> Text:
    return Text(
        words.say("chart_as_of", date=words.day(speaks.day, short=True)),
        WIDTH,
        6,
        7.6,
        "end",
        "soft",
    )


class _BesideSquare(NamedTuple):
    """The name of an agreement, beside its square."""

    text: str
    language: str
    x: float
    """The middle of the square."""
    anchor: Anchor
    """Whether it begins at the right of the square, or ends at its left."""
    room: float | None
    """The width in which it stands, where that needs several lines."""

    @property
    def tall(self) -> float:
        """The height of its row."""
        lines = lines_of(self.text, _TEXT, self.room) if self.room else 1
        return _ROW + (lines - 1) * _TEXT * LEADING


def _named(
    row: AxisRow, drawn: Sequence[tuple[When, Signed]], words: Language
) -> Iterator[_BesideSquare]:
    """Yield where each name stands: at the right of its square, or else at its left.

    It must not leave the chart: what has no room on a line takes several, on the wider side.
    """
    offset = SQUARE / 2 + _GAP
    for when, item in drawn:
        x = row.axis.x(when.last)
        name = words.say("chart_dated", name=item.name.text, date=words.when(when, short=True))
        right, left = WIDTH - x - offset, x - offset
        width = width_of(name, _TEXT)
        at_right = width <= right or (width > left and right >= left)
        room = None if width <= max(right, left) else max(right, left)
        yield _BesideSquare(name, item.name.language, x, "start" if at_right else "end", room)


def _agreements(named: Sequence[_BesideSquare], y: float) -> tuple[list[Shape], list[Text]]:
    shapes, labels = [], []
    offset = SQUARE / 2 + _GAP
    for name in named:
        x = name.x
        at = x + offset if name.anchor == "start" else x - offset
        shapes.append(Shape(box(x - SQUARE / 2, y - SQUARE / 2, SQUARE, SQUARE), "ink", "none"))
        labels.append(
            Text(
                name.text,
                at,
                y,
                _TEXT,
                name.anchor,
                room=name.room,
                wraps=bool(name.room),
                language=name.language,
            )
        )
        y += name.tall
    return shapes, labels


def _told(row: AxisRow, sides: Sequence[str], words: Language) -> list[str]:
    """Return what the line of the meetings shows, in sentences."""
    facts = []
    for meeting in row.held:
        host = _host(meeting, sides, words)
        facts.append(
            words.say(
                "chart_sitting",
                meeting=_called(meeting, words),
                date=meeting.when or words.when(meeting.date, short=True),
                host=host,
            )
        )
    told = [words.say("chart_meetings", list=words.say("chart_separator").join(facts))]
    gap = row.longest
    return [*told, _longest(gap, words)] if gap else told


def _longest(gap: tuple[Sitting, Sitting, int], words: Language) -> str:
    least, most = least_and_most(*gap[:2])
    if least == most < LONG:
        return words.say("chart_longest", most, **_ends(gap, words))
    months = told_months(*gap[:2], words)
    return words.say("chart_longest_between", None, months=months, **_ends(gap, words))


def _host(meeting: Sitting, sides: Sequence[str], words: Language) -> str:
    if meeting.side is None and not meeting.host:
        return meeting.place or words.say("chart_host_unknown")
    host = sides[meeting.side] if meeting.side is not None else ""
    told = words.say("host", side=meeting.host.text if meeting.host else host)
    return words.say("as_announced", text=told) if meeting.announced else told


def _called(meeting: Sitting, words: Language) -> str:
    return meeting.called or words.say("chart_meeting", number=meeting.number)


def _ends(gap: tuple[Sitting, Sitting, int], words: Language) -> dict[str, str]:
    """Return what the meetings at the ends of a gap are called."""
    first, second = (_called(one, words) for one in gap[:2])
    return {"first": first, "second": second}


def _told_agreements(drawn: Sequence[tuple[When, Signed]], words: Language) -> list[str]:
    names = [
        words.say("chart_dated", name=item.name.text, date=words.when(when, short=True))
        for when, item in drawn
    ]
    return (
        [words.say("chart_agreements", list=words.say("chart_separator").join(names))]
        if names
        else []
    )
