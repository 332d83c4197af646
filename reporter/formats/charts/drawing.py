"""What a chart is made of: paths and labels, in points from the upper left corner."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

Colour = Literal["ink", "soft", "accent", "rule", "paper", "none"]
Anchor = Literal["start", "middle", "end"]

WIDTH = 493.0
"""The measure of a page, 174 mm."""
LEADING = 1.2
"""Line height of a label, in its own size; the stylesheet says the same."""
DASHED = "2 2"
DOTTED = "0.8 1.8"
BROKEN = "1.6 1.4"
_WIDTHS = {
    " ": 0.2,
    "ijlI|',.:;": 0.28,
    "()[]{}!-f/": 0.33,
    "tr": 0.37,
    "sz": 0.44,
    "cvxyJ": 0.49,
    "0123456789aegkFL": 0.52,
    "wM": 0.75,
    "mW%@": 0.84,
}
_REGULAR = 0.97
_EMS = {character: width for characters, width in _WIDTHS.items() for character in characters}


@dataclass(frozen=True, slots=True)
class Shape:
    """A path, with the names of its colours."""

    d: str
    fill: Colour = "none"
    stroke: Colour = "ink"
    width: float = 0.8
    dash: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A label, placed by the middle of its first line and by its start, middle or end."""

    text: str
    x: float
    y: float
    size: float = 8.0
    anchor: Anchor = "start"
    colour: Colour = "ink"
    strong: bool = False
    room: float | None = None
    """The width in which it stands. A label without one never breaks."""
    wraps: bool = False
    """Whether it may take several lines in its room."""
    below: str = ""
    """What follows on a line of its own, in smaller type."""
    clear: bool = False
    """Whether it hides what runs behind it."""
    language: str | None = None

    @property
    def top(self) -> float:
        """The upper edge of its first line."""
        return self.y - self.size * LEADING / 2

    @property
    def left(self) -> float:
        """The left edge of its room."""
        return self.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * (self.room or 0.0)


@dataclass(frozen=True, slots=True)
class Chart:
    """A finished drawing."""

    title: str
    told: tuple[str, ...]
    """All that it shows, in sentences."""
    width: float
    height: float
    shapes: tuple[Shape, ...]
    labels: tuple[Text, ...]
    note: str = ""
    """What its marks mean, where no label beside them says so."""
    folds: bool = False
    """Whether a narrow screen shows its sentences instead."""

    @property
    def description(self) -> str:
        """Its text alternative."""
        return " ".join(self.told)


def number(value: float) -> str:
    """Return a length as it is printed: with two decimals."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00")


def line(*points: tuple[float, float]) -> str:
    """Return the path through ``points``."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)


def closed(*points: tuple[float, float]) -> str:
    """Return the outline with these corners."""
    return line(*points) + "Z"


def box(x: float, y: float, width: float, height: float) -> str:
    """Return a rectangle."""
    return closed((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def disc(x: float, y: float, radius: float) -> str:
    """Return a circle around a point."""
    arc = f"A{number(radius)} {number(radius)} 0 1 0 "
    left, right = f"{number(x - radius)} {number(y)}", f"{number(x + radius)} {number(y)}"
    return f"M{left}{arc}{right}{arc}{left}Z"


def diamond(x: float, y: float, radius: float) -> str:
    """Return a square on its corner around a point."""
    return closed((x - radius, y), (x, y - radius), (x + radius, y), (x, y + radius))


def cross(x: float, y: float, radius: float) -> str:
    """Return a cross around a point."""
    return line((x - radius, y - radius), (x + radius, y + radius)) + line(
        (x - radius, y + radius), (x + radius, y - radius)
    )


def width_of(text: str, size: float, *, strong: bool = False) -> float:
    """Return the approximate width of a label in a sans serif, semibold or regular.

    It is a little too wide rather than too narrow.
    """
    return size * (1.0 if strong else _REGULAR) * sum(_em(character) for character in text)


def _em(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _EMS.get(character, 0.61 if character.isupper() else 0.56)


def lines_of(text: str, size: float, width: float, *, strong: bool = False) -> int:
    """Return in how many lines a label stands in ``width``, at most."""
    lines, used = 1, 0.0
    for word in _words(text):
        length = width_of(word.rstrip(), size, strong=strong)
        space = width_of(" ", size) * word.endswith(" ")
        if used and used + length > width:
            lines, used = lines + 1, 0.0
        lines, used = lines + int(max(length - size, 0.0) // width), used + length + space
    return lines


def _words(text: str) -> list[str]:
    """Return the pieces between which a line may break: at spaces and full-width characters."""
    breaks = [
        0,
        *(at for at in range(1, len(text)) if text[at - 1] == " " or _em(text[at]) == 1.0),
        len(text),
    ]
    return [text[start:end] for start, end in pairwise(breaks)]
