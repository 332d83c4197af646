"""The names of months in other languages than English: they are in dates as people type them."""

from __future__ import annotations

import calendar
import re
from functools import cache

from babel import Locale

from reporter.records.lookalikes import straight

# Languages of many ministries. A name that is another month in one of them is left as it is: in
# Polish "listopad" is November, in Croatian October.
_LANGUAGES = (
    *("ar", "az", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "id"),
    *("it", "kk", "lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sq", "sr", "sv"),
    *("tr", "uk", "uz", "vi"),
)
# Letters of any script, with the marks that stand on some.
_WORD = re.compile(r"[^\W\d_]{3,}")
# What stands around the numbers: a day of the week, ``de``, ``er``, a short word for year.
_AROUND = re.compile(
    r"^\D+ (?=\d{1,2}\D)|(?<=[\da-z]) de[l']? |(?<=\d)(?:er|o)\b|(?<=\d{4}) ?[^\W\d]{1,2}\.?$"
)


def in_english(text: str) -> str:
    """Return a date in small letters, ``3 de maio de 2024``, with its month in English.

    Where no month is known it stays as it is.
    """
    english = _WORD.sub(_translated, text)
    return text if english == text else " ".join(_AROUND.sub(" ", english).split())


def _translated(word: re.Match[str]) -> str:
    number = _months().get(word[0])
    return calendar.month_name[number].casefold() if number else word[0]


@cache
def _months() -> dict[str, int]:
    """Return the month that each name is."""
    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for widths in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    word = straight(name).casefold().strip(".")
                    found.setdefault(word, set()).add(number)
    return {
        word: next(iter(numbers))
        for word, numbers in found.items()
        if len(numbers) == 1 and _WORD.fullmatch(word)
    }
