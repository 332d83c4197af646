"""The words of a text, in the one form in which a quotation is held against it.

NFC; capitals as small letters; wide letters and digits as narrow ones; soft hyphens and signs
without width left out; a hyphen or dash of any kind, a quotation mark, a bracket or a blank parts
words; an apostrophe is straight. A full stop or comma counts only inside a word ("U.N.", "1,500").
A sign of a script without blanks is a word of its own, and so is a sign that is no punctuation (%).
"""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache

from reporter.records.brevity import is_sign

VERSION = 1  # of this form, and of the digests
BITS = 20  # of a digest: four signs; a wrong word passes once in a million times
_SIGNS = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [first + second for second in _SIGNS for first in _SIGNS]
WIDTH = BITS // 5 + 1  # of a digest, with the blank before it
_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u2032"
_INSIDE = {".": str.isalnum, "'": str.isalnum, ",": str.isdigit, "&": str.isalnum}
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_WIDE = {0xFF01 + at: 0x21 + at for at in range(94)} | {ord(mark): "'" for mark in _APOSTROPHES}
_COUNTS = "%\u2030\u00a7#@"  # marks of punctuation that say something


def words(text: str) -> list[str]:
    """Return the words of a text, each in the form in which words are compared."""
    plain = unicodedata.normalize("NFC", text).translate(_NO_WIDTH | _WIDE).casefold()
    found: list[str] = []
    word = ""
    for at, sign in enumerate(plain):
        what = _sort(sign)
        if what == "letter":
            word += sign
            continue
        if word and what == "mark" and _is_inside(plain, at):
            word += sign
            continue
        if word:
            found.append(word)
            word = ""
        if what == "word":
            found.append(sign)
    return [*found, word] if word else found


@lru_cache(maxsize=10_000)
def _sort(sign: str) -> str:
    """Return what a sign is: of a word, a word, a mark that may stand inside one, or none."""
    if sign in _INSIDE:
        return "mark"
    of = unicodedata.category(sign)[0]
    if is_sign(sign) and of != "P":
        return "word"
    if of in "LMN":
        return "letter"
    return "word" if sign in _COUNTS or (of == "S" and sign not in "`^~|") else ""


def _is_inside(text: str, at: int) -> bool:
    fits = _INSIDE[text[at]]
    return fits(text[at - 1]) and fits(text[at + 1 : at + 2] or " ")


@lru_cache(maxsize=50_000)
def digests(document: str, text: str) -> str:
    """Return the digests of the words of a text, each with a blank before it.

    The key is the document's id, so that the same word has another digest in another document.
    """
    return "".join([f" {_digest(document, word)}" for word in _kept(text)])


@lru_cache(maxsize=10_000)
def _kept(text: str) -> tuple[str, ...]:
    """Return the words of a text: a date is looked for in many documents."""
    return tuple(words(text))


@lru_cache(maxsize=50_000)
def _digest(document: str, word: str) -> str:
    raw = hashlib.blake2b(word.encode(), key=_key(document), digest_size=4).digest()
    number = int.from_bytes(raw, "big")
    return _PAIRS[number & 1023] + _PAIRS[number >> 10 & 1023]


@lru_cache(maxsize=1_000)
def _key(document: str) -> bytes:
    return hashlib.blake2b(f"{VERSION} {document}".encode()).digest()
