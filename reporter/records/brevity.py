"""How long a text is, in words, and as much of it as there is room for."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# Signs of a script that is written without spaces: two of them count as one word.
SIGN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECES = re.compile(rf"[{SIGN}]|[^\s{SIGN}]*\w[^\s{SIGN}]*")
_SIGNS = re.compile(f"[{SIGN}]")
SIGNS_IN_A_WORD = 2
# Words that lead to something, and what is left of a date: "of 3 October".
_SHORT_END = re.compile(r"(?:\s+(?:\d[\d\u2013]*\s+\w+|\w{1,3}|\d{4}))+$")
_LOOSE_END = " ,;:.-(\N{EN DASH}\N{EM DASH}\N{LEFT DOUBLE QUOTATION MARK}、。"


def words(text: str) -> int:
    """Return how many words a text has; of Japanese and Chinese, two signs are one word."""
    return -(-sum(map(_weight, _PIECES.findall(text))) // SIGNS_IN_A_WORD)


def is_sign(sign: str) -> bool:
    """Return whether a sign is one of Japanese or Chinese, of which each may be a word."""
    return _SIGNS.match(sign) is not None


def joined(pieces: Iterable[str]) -> str:
    """Return pieces of text as one: without a blank where a script has none."""
    text = ""
    for piece in filter(None, pieces):
        glue = "" if not text or (is_sign(text[-1]) and is_sign(piece[0])) else " "
        text += glue + piece
    return text


def _weight(piece: str) -> int:
    return 1 if _SIGNS.match(piece) else SIGNS_IN_A_WORD


def width_in_letters(text: str) -> int:
    """Return how many letters wide a text is: one of Japanese or Chinese is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def shortened(text: str, most: int) -> str:
    """Return ``text``, or its first words with an ellipsis where it is wider than ``most`` letters.

    No date is cut within: numbers and short words before the end go, too.
    """
    room = most
    for at, sign in enumerate(text):
        room -= width_in_letters(sign)
        if room < 0:
            whole = text[:at].rpartition(" ")[0] or text[:at]
            return _SHORT_END.sub("", whole).rstrip(_LOOSE_END) + "…"
    return text


def cut(text: str, most: int) -> str:
    """Return ``text``, or its beginning with an ellipsis where it has more than ``most`` words."""
    left = most * SIGNS_IN_A_WORD
    for piece in _PIECES.finditer(text):
        left -= _weight(piece[0])
        if left < 0:
            return text[: piece.start()].rstrip(_LOOSE_END) + "…"
    return text


def within(sentences: Iterable[str], most: int) -> str:
    """Return the first sentence, and each later one that still fits within ``most`` words."""
    return " ".join(_chosen(list(filter(None, sentences)), most))


def beyond(sentences: Iterable[str], most: int) -> str:
    """Return those of ``sentences`` for which there is no room within ``most`` words."""
    found = list(filter(None, sentences))
    chosen = _chosen(found, most)
    return " ".join(sentence for sentence in found[1:] if sentence not in chosen)


def _chosen(sentences: list[str], most: int) -> list[str]:
    chosen: list[str] = []
    for sentence in sentences:
        if not chosen:
            chosen = [cut(sentence, most)]
        elif words(" ".join([*chosen, sentence])) <= most:
            chosen.append(sentence)
    return chosen
