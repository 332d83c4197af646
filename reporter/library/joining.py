"""The words that join list items in a language: comparisons of wording ignore them."""

from __future__ import annotations

import re

from babel import Locale, UnknownLocaleError


def joining_words(language: str) -> frozenset[str]:
    """Return the words that join the items of a list in a language: 'and' in English."""
    try:
        patterns = Locale.parse(language, sep="-").list_patterns["standard"]
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(
        word.casefold()
        for pattern in patterns.values()
        for word in re.findall(r"[^\W\d_]+", pattern)
    )
