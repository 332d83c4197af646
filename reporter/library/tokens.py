"""The words of a text as a comparison sees them: typography is no rewording.

Straight and curly apostrophes, hyphens of any kind, soft hyphens, capitals, composed and decomposed
letters make no difference. In a script that is written without spaces each sign is a word.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGN = "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SIGN = re.compile(f"[{SIGN}]")
_APOSTROPHES = "'\u02bc\u2018\u2019\u201b\u2032\uff07"
_HYPHENS = "-\u058a\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAME = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")} | dict.fromkeys(_INVISIBLE)
)


class Token(NamedTuple):
    """A word: its place in the text, and the key by which it is compared."""

    start: int
    end: int
    key: str


def composed(text: str) -> str:
    """Return a text in the form in which its words are compared and printed (NFC)."""
    return unicodedata.normalize("NFC", text)


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a composed text, in order."""
    start = None
    for at, character in enumerate(text):
        if _SIGN.match(character):
            if start is not None:
                yield _token(text, start, at)
                start = None
            yield _token(text, at, at + 1)
        elif _is_inside(text, at):
            start = at if start is None else start
        elif start is not None:
            yield _token(text, start, at)
            start = None
    if start is not None:
        yield _token(text, start, len(text))


def _token(text: str, start: int, end: int) -> Token:
    key = composed(text[start:end].translate(_SAME)).casefold()
    return Token(start, end, key)


def _is_inside(text: str, at: int) -> bool:
    """Return whether a character belongs to a word; what joins two letters does, too."""
    if _is_letter(text[at]) or text[at] in _INVISIBLE:
        return True
    joins = text[at] in _APOSTROPHES or text[at] in _HYPHENS
    return joins and _is_letter(text[at - 1 : at]) and _is_letter(text[at + 1 : at + 2])


def _is_letter(character: str) -> bool:
    """Return whether it is a letter, a digit, or a mark that belongs to one."""
    return bool(character) and (character == "_" or unicodedata.category(character)[0] in "LMN")
