"""The words of a text as a comparison sees them: typography is no rewording.

Straight and curly apostrophes, hyphens of any kind, soft hyphens, capitals, wide letters, composed
and decomposed ones make no difference. In a script that is written without spaces each sign is a
word, with the marks on it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.brevity import SIGN

if TYPE_CHECKING:
    from collections.abc import Iterator

_SOUTH_EAST = "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Burmese, Khmer
_SIGN = re.compile(f"[{SIGN}{_SOUTH_EAST}]")
_APOSTROPHES = "'\u02bc\u2018\u2019\u201b\u2032\uff07"
_HYPHENS = "-\u058a\u2010\u2011\u2012\u2013\u2212\ufe58\ufe63\uff0d"
_INVISIBLE = "\u00ad\u034f\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SAME = str.maketrans(
    {**dict.fromkeys(_APOSTROPHES, "'"), **dict.fromkeys(_HYPHENS, "-")} | dict.fromkeys(_INVISIBLE)
)

# What is written or left out as one likes: variants of a sign, vowels of Arabic and Hebrew, and the
# line that draws out an Arabic word.
_AT_WILL = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\ufe00-\ufe0f\U000e0100-\U000e01ef]"
)
# ``U.N.`` is one word, which others write ``UN``; so is ``U.N.-wide``.
_INITIALS = re.compile(
    rf"(?<![\w.])(?:[^\W\d_]\.)+[^\W\d_](?:\.(?=[{_HYPHENS}{_APOSTROPHES}]\w))?(?![^\W\d_])"
)
_DOTTED = "i\u0307"  # a Turkish capital as a small letter


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
    start, after, dots = None, 0, _dots(text)
    for at, character in enumerate(text):
        if at < after:
            continue
        if _SIGN.match(character):
            if start is not None:
                yield _token(text, start, at)
                start = None
            after = _after_marks(text, at + 1)
            yield _token(text, at, after)
        elif _is_inside(text, at, dots):
            start = at if start is None else start
        elif start is not None:
            yield _token(text, start, at)
            start = None
    if start is not None:
        yield _token(text, start, len(text))


def _dots(text: str) -> frozenset[int]:
    """Return where the full stops between initials stand."""
    if "." not in text:
        return frozenset()
    found = (range(*initials.span()) for initials in _INITIALS.finditer(text))
    return frozenset(at for places in found for at in places if text[at] == ".")


def _after_marks(text: str, at: int) -> int:
    """Return where the marks end that stand on the sign before."""
    while at < len(text) and unicodedata.category(text[at])[0] == "M":
        at += 1
    return at


def _token(text: str, start: int, end: int) -> Token:
    key = unicodedata.normalize("NFKC", text[start:end].translate(_SAME)).casefold()
    key = key if key.isascii() else _AT_WILL.sub("", key)
    return Token(start, end, key.replace(_DOTTED, "i").replace(".", ""))


def _is_inside(text: str, at: int, dots: frozenset[int]) -> bool:
    """Return whether a character belongs to a word; what joins two letters does, too."""
    if _is_letter(text[at]) or text[at] in _INVISIBLE or at in dots:
        return True
    joins = text[at] in _APOSTROPHES or text[at] in _HYPHENS
    is_after = _is_letter(text[at - 1 : at]) or at - 1 in dots
    return joins and is_after and _is_letter(text[at + 1 : at + 2])


def _is_letter(character: str) -> bool:
    """Return whether it is a letter, a digit, or a mark that belongs to one."""
    return bool(character) and (character == "_" or unicodedata.category(character)[0] in "LMN")
