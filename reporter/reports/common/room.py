"""How much room a text takes on paper: an estimate in points, on the safe side, for the measures of the default stylesheet.

What the program composes is printed as far as page one has room for it. The page is not laid out for that: the paper is
made of the page, not the page of the paper.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from reporter.reports.views import Refs

MM = 72 / 25.4
PAPER = {"A4": (297 - 21 - 18.8) * MM, "Letter": (279.4 - 17 - 16) * MM}  # from margin to margin
_OTHER = 1.0  # of signs that are not listed
# Advance widths in em of the faces of the default theme, rounded up.
_WIDTHS = {
    "serif": {
        0.17: "'",
        0.21: "’",  # noqa: RUF001
        0.27: "j",
        0.28: " ,.i",
        0.29: "l",
        0.32: "-:;",
        0.33: "If",
        0.34: '!"t',
        0.39: "r",
        0.4: "s",
        0.41: "“”",
        0.42: "()",
        0.43: "[]",
        0.45: "Jcç",
        0.47: "z",
        0.49: "/?\\{}¶",
        0.5: "*_`evy|é–",  # noqa: RUF001
        0.51: "axä",
        0.52: "Lk",
        0.53: "g",
        0.54: "Fboqö",
        0.56: "$0123456789PSp",
        0.57: "dhnuü",
        0.58: "E",
        0.59: "YZ",
        0.6: "TX",
        0.61: "B",
        0.62: "KV",
        0.64: "AC",
        0.65: "R",
        0.7: "DGU",
        0.71: "&",
        0.72: "N",
        0.74: "HOQ",
        0.75: "#",
        0.78: "w",
        0.84: "+<=>~",
        0.85: "m",
        0.86: "%",
        0.87: "M",
        0.93: "W",
        0.95: "@",
        1.0: "^—",
    },
    "bold": {
        0.18: "'",
        0.26: "’",  # noqa: RUF001
        0.29: ",.",
        0.3: " j",
        0.31: "il",
        0.33: "-",
        0.34: '!":;',
        0.35: "f",
        0.36: "It",
        0.43: "()r",
        0.45: "[]s",
        0.47: "J",
        0.48: "cç“”",
        0.49: "?",
        0.5: "*/\\_`z{|}¶–",  # noqa: RUF001
        0.52: "vy",
        0.53: "eé",
        0.54: "x",
        0.55: "Laä",
        0.56: "Fgk",
        0.57: "S",
        0.58: "boqö",
        0.59: "$0123456789P",
        0.6: "EZdhpuü",
        0.61: "TYn",
        0.63: "B",
        0.64: "CVX",
        0.65: "K",
        0.66: "A",
        0.68: "R",
        0.71: "GU",
        0.72: "D",
        0.73: "N",
        0.74: "#",
        0.75: "&",
        0.76: "HOQ",
        0.8: "w",
        0.84: "+<=>~",
        0.89: "%M",
        0.9: "m",
        0.92: "@",
        0.95: "W",
        1.0: "^—",
    },
    "sans": {
        0.2: " ",
        0.25: "',.:;ij|’",  # noqa: RUF001
        0.26: "l",
        0.27: "I",
        0.29: "!",
        0.3: "f",
        0.31: "()[]{}",
        0.32: "-",
        0.34: "t",
        0.35: "/\\r",
        0.42: "*s",
        0.43: '"?z“”',
        0.45: "x",
        0.46: "cç",
        0.47: "vy",
        0.48: "JY–",  # noqa: RUF001
        0.49: "L",
        0.5: "#$+0123456789<=>F^_ek~é",
        0.51: "agä",
        0.52: "VX",
        0.53: "E",
        0.54: "STZ",
        0.55: "A`hnouöü",
        0.56: "bdpq¶",
        0.57: "PR",
        0.58: "CK",
        0.59: "B",
        0.61: "&",
        0.62: "DG",
        0.65: "NU",
        0.66: "H",
        0.67: "OQ",
        0.72: "w",
        0.73: "M",
        0.79: "W",
        0.8: "—",
        0.83: "%m",
        0.85: "@",
    },
}
_EMS = {
    face: {sign: width for width, signs in table.items() for sign in signs}
    for face, table in _WIDTHS.items()
}
_PIECES = re.compile(
    r"[\u2e80-\uffdf\U00020000-\U0003ffff]|[^\s\u2e80-\uffdf\U00020000-\U0003ffff]+\s*|\s+"
)


class Type(NamedTuple):
    """A face with its size and the distance of its lines, in points."""

    face: str
    size: float
    line: float


TITLE = Type("bold", 24, 27)
LEAD = Type("serif", 13, 18)
TEXT = Type("serif", 10, 13.5)
STRONG = Type("bold", 10, 13.5)
HEADING = Type("sans", 10.4, 13.5)  # semibold
SMALL = Type("sans", 8.5, 11.25)
FINE = Type("sans", 7.5, 9)
SERIES = Type("sans", 9.2, 11.25)  # capitals, spaced


@lru_cache(maxsize=4096)
def width(text: str, face: str) -> float:
    """Return the width of a text in ems."""
    ems = _EMS[face]
    return sum(ems.get(sign, _OTHER) for sign in text)


@lru_cache(maxsize=4096)
def lines(text: str, kind: Type, measure: float, references: Refs = ()) -> int:
    """Return how many lines of ``measure`` points a text takes with its references."""
    pieces = [(piece, kind.face, kind.size) for piece in _PIECES.findall(text)]
    pieces += [(piece, FINE.face, FINE.size) for piece in _PIECES.findall(refs_text(references))]
    count, used = 1, 0.0
    for piece, face, size in pieces:
        if used and used + width(piece.rstrip(), face) * size > measure:
            count, used = count + 1, 0.0
        used += width(piece, face) * size
        if used > measure + size:  # a word longer than a line
            more = int(used // measure)
            count, used = count + more, used - more * measure
    return count


def height(text: str, kind: Type, measure: float, references: Refs = ()) -> float:
    """Return how high a text is with its references, in points."""
    return lines(text, kind, measure, references) * kind.line


def refs_text(references: Refs) -> str:
    """Return references as they are printed."""
    shown = (
        f"{ref.number}{' ¶' if ref.paragraphs else ''}{', '.join(map(str, ref.paragraphs))}"
        for ref in references
    )
    return f" [{'; '.join(shown)}]" if references else ""
