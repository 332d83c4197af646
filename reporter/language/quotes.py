"""Straight quotation marks and apostrophes, as a language sets them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_MARK = re.compile("[\"']")
_BEFORE_OPENING = re.compile(
    r"(?:^|[\s(\[{<\u2012-\u2015\u2018\u201a\u201c\u201e\u00ab\u2039/=+-])$"
)
_MEASURE = re.compile(r"\d$")
_ELISION = re.compile(r"\d\ds?\b|n'|em\b|tis\b|twas\b")  # '90s, rock 'n' roll


def curly(text: str, marks: Sequence[str]) -> str:
    """Return ``text`` with its straight marks as the four ``marks`` of a language have them.

    The marks are double opening, double closing, single opening, single closing; without them
    straight quotation marks stay, and only apostrophes are set. A mark after a digit that closes
    nothing is a unit (feet, inches, minutes, seconds) and stays straight.
    """
    (found,) = _curled([text], marks)
    return found


def nested(texts: Sequence[str], marks: Sequence[str]) -> tuple[str, ...]:
    """Return the parts of a text as they are set inside a quotation: all its marks are single.

    Where a mark opens or closes is seen in the whole text, also where a part begins with it.
    """
    if not marks:
        return tuple(_curled(texts, marks))
    inner = tuple(marks[2:])
    found = _curled(texts, inner * 2)
    return tuple(text.replace(marks[0], inner[0]).replace(marks[1], inner[1]) for text in found)


def _curled(texts: Sequence[str], marks: Sequence[str]) -> list[str]:
    """Return the parts of a text with their marks set."""
    whole, before, start = "".join(texts), "", 0
    open_: list[str] = []
    done: list[str] = []
    for text in texts:
        at, part = 0, ""
        for found in _MARK.finditer(text):
            part += text[at : found.start()]
            after = whole[start + found.end() :]
            part += _set(found[0], before + part, after, open_, marks)
            at = found.end()
        done.append(part + text[at:])
        before, start = before + done[-1], start + len(text)
    return done


def _set(mark: str, before: str, after: str, open_: list[str], marks: Sequence[str]) -> str:
    """Return one mark as it is set; ``open_`` holds the marks that wait for their end."""
    opens = bool(_BEFORE_OPENING.search(before) and after[:1].strip())
    if mark == '"' and not marks:
        return mark
    if opens and (mark == '"' or (not _ELISION.match(after) and _closes(mark, after))):
        open_.append(mark)
        return _mark(mark, marks, 0)
    if mark in open_ and (mark == '"' or not after[:1].isalnum()):
        _close(mark, open_)
        return _mark(mark, marks, 1)
    if _MEASURE.search(before) and not (mark == "'" and after[:1].isalpha()):
        return mark
    return APOSTROPHE if mark == "'" else marks[1]


def _mark(mark: str, marks: Sequence[str], closing: Literal[0, 1]) -> str:
    return marks[closing if mark == '"' else 2 + closing] if marks else mark


def _closes(mark: str, after: str) -> bool:
    """Return whether a mark that begins a word has an end further on."""
    return re.search(rf"(?<=[^\s]){mark}(?!\w)", after) is not None


def _close(mark: str, open_: list[str]) -> None:
    """Take from ``open_`` the last mark of this sort, and what was left open inside."""
    del open_[len(open_) - 1 - open_[::-1].index(mark) :]
