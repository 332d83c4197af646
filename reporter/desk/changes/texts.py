"""Texts of a record among our own words, whichever way they are written."""

from __future__ import annotations

import unicodedata

_ISOLATE, _END = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LETTERS = frozenset({"L", "R", "AL"})


def runs_left(text: str) -> bool:
    """Return whether the first letter of a text is of a script that is read from the right."""
    found = (unicodedata.bidirectional(sign) for sign in text)
    return next((kind for kind in found if kind in _LETTERS), "L") != "L"


def apart(text: str, own: str) -> str:
    """Return a text so that it keeps its order beside our ``own`` words, and they keep theirs."""
    mixed = {unicodedata.bidirectional(sign) for sign in text + own} & {"R", "AL"}
    return f"{_ISOLATE}{text}{_END}" if mixed else text
