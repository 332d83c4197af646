"""Names in the script of the reader: the reading first, the original after it."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.register import Person
    from reporter.reports.common.context import Context
    from reporter.reports.views import Label


def name_of(context: Context, names: Sequence[Label], reading: str | None = None) -> str:
    """Return a name as a reader of the page can say it, with the original where that differs.

    Of a name in another script of which no source gives a reading, that is said.
    """
    first = names[0].text
    original = next((name.text for name in names[1:] if _is_foreign(context, name.text)), "")
    if not _is_foreign(context, first):
        return f"{first} ({original})" if original else first
    if reading:
        return f"{reading} ({first})"
    return f"{first} ({context.words.say('reading_unknown')})"


def person_name(context: Context, person: Person) -> str:
    """Return the name of a person."""
    names = context.labels(person.name)
    return name_of(context, names, person.reading) if names else context.words.say("not_verified")


def in_short(context: Context, person: Person) -> str:
    """Return the name of a person, without the original where a reader can say it."""
    names = context.labels(person.name)[:1]
    return name_of(context, names, person.reading) if names else context.words.say("not_verified")


def _is_foreign(context: Context, text: str) -> bool:
    """Return whether a text is in a script that a reader of the page cannot be taken to read."""
    if not _is_latin(context.words.say("bottom_line")):
        return False
    return not _is_latin(text)


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return all("LATIN" in unicodedata.name(sign, "LATIN") for sign in letters)
