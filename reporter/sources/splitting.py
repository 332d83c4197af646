"""Splits a paragraph into its sentences."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporter.sources.reading import Reading

AHEAD = 100  # signs that are looked at around the end of a sentence
_CLOSING = "\"'\u2019\u201d\u00bb)\\]"
_END = re.compile(
    rf"[.!?\u2026][{_CLOSING}]*(?:\[\d+\])?\s+"
    r"|[。！？][」』）\u201d]*\s*"  # noqa: RUF001 (wide marks)
)
_OPENING = "\"'\u2018\u201c\u00ab(["
_INITIALS = re.compile(r"(?:\b\w\.)+$")
_DASHES = tuple("-\u2013\u2014")
_NUMBER = re.compile(r"\d{1,3}\.")
_LAST_WORD = re.compile(r"([\w.]+)\.$")


def sentences(paragraph: str, reading: Reading) -> list[str]:
    """Return the sentences of a paragraph, each without blanks around it."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(paragraph):
        before = paragraph[begin : end.end()].rstrip()
        after = paragraph[end.end() : end.end() + AHEAD]
        if after and _ends(before, after, reading):
            found.append(before)
            begin = end.end()
    return [text for text in (*found, paragraph[begin:].strip()) if text]


def _ends(before: str, after: str, reading: Reading) -> bool:
    """Return whether a sentence ends between two texts, of which the first ends in a mark."""
    if _NUMBER.fullmatch(before):
        return False  # that of the paragraph
    if before[-1] in "。！？」』）":  # noqa: RUF001 (wide marks)
        return True
    following = after.lstrip(_OPENING)
    if _INITIALS.search(before[-AHEAD:]) and following[:1] in _DASHES:
        return False
    if not following[:1].isupper() and not following[:1].isdigit():
        return bool(following) and not following[:1].islower()
    if _INITIALS.search(before[-AHEAD:]):
        first = re.match(r"[^\W\d_]+", following)
        return bool(first and first[0] in reading.beginnings)
    last = _LAST_WORD.search(before[-AHEAD:])
    return not (last and last[1] in reading.abbreviations)
