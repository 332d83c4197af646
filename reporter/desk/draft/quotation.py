"""The words of a text that a statement quotes: few, and together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.records.brevity import is_sign, words

if TYPE_CHECKING:
    from reporter.desk.draft.lexicon import Lexicon

MOST = 12  # words, as the codebook has it
FEWEST = 3
SIGNS = 22  # of Japanese or Chinese
_STOPS = re.compile(r"[,;:](?=\s)|(?<=\s)\(|\s[–—-]\s")  # noqa: RUF001


def quotation(text: str, lexicon: Lexicon) -> str:
    """Return the beginning of a text, of at most twelve words; empty where that says nothing."""
    text = text.strip(" ,;:.。、—–-")  # noqa: RUF001
    if text.partition(" ")[0] in lexicon.both:
        text = text.partition(" ")[2]
    if sum(map(is_sign, text)) * 2 > len(text):
        return text[-SIGNS:] if len(text) > SIGNS else text
    pieces = list(re.finditer(r"\S+", text))
    end = len(text)
    if words(text) > MOST:
        end = _end(text, [piece.end() for piece in pieces])
    found = _trimmed(text[:end], lexicon)
    return found if FEWEST <= words(found) <= MOST else ""


def _end(text: str, ends: list[int]) -> int:
    """Return where a long text is cut: at the last mark that leaves enough, or after 12 words."""
    most = max((end for end in ends if words(text[:end]) <= MOST), default=0)
    marks = [mark.start() for mark in _STOPS.finditer(text, 0, most)]
    good = [mark for mark in marks if words(text[:mark]) > FEWEST + 1]
    return good[-1] if good else most


def _trimmed(text: str, lexicon: Lexicon) -> str:
    """Return a text without the small words at its end, which lead nowhere."""
    text = text.rstrip(" ,;:.(—–-")  # noqa: RUF001
    small = {*lexicon.small, *lexicon.both}
    while " " in text and text.rpartition(" ")[2].casefold().strip(",;") in small:
        text = text.rpartition(" ")[0].rstrip(" ,;:(")
    if text.count("(") > text.count(")"):
        text = text.rpartition("(")[0].rstrip()
    return text
