"""How the texts of a language are read: one file in ``templates/reading`` for each language."""

from __future__ import annotations

import re
from functools import cached_property, lru_cache
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.records.base import Record, Whole
from reporter.records.reader import read
from reporter.records.validation import validate

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.theme import Theme

FOLDER = "reading"

Texts = tuple[str, ...]
MOST_FORMS = 200  # of a verb of several words


class Dates(Record):
    """How dates are written, as patterns of CLDR.

    ``{first}`` and ``{last}`` are the days of a range, ``{era}`` the name and the year of an era.
    """

    day: Texts = ()
    range: Texts = ()
    month: Texts = ()
    year: Texts = ()
    day_alone: Texts = ()
    """Without a year."""
    range_alone: Texts = ()
    month_alone: Texts = ()
    weekday: Texts = ()

    @cached_property
    def ordinals(self) -> tuple[str, ...]:
        """What may stand behind the number of a day: ``3rd``."""
        found = (re.search(r"d'(\w+)'", pattern) for pattern in self.day)
        return tuple(dict.fromkeys(match[1] for match in found if match))


class SeenFromIt(Record):
    """Words that name a time seen from the day of the document."""

    year_before: Texts = ()
    same_year: Texts = ()
    year_after: Texts = ()
    day_before: Texts = ()
    same_day: Texts = ()
    day_after: Texts = ()


class Reading(Record):
    """How the texts of a language are read."""

    abbreviations: Texts = ()
    """Words after whose full stop a sentence goes on."""
    beginnings: Texts = ()
    """Words before which a sentence ends, even after initials such as 'U.N.'."""
    verbs: tuple[Texts, ...] = ()
    """The forms of each verb."""
    told_by: dict[str, Texts] = Field(default={})
    """Verbs of records, with the words of documents that they tell."""
    eras: dict[str, Whole] = Field(default={})
    """Eras by name, each with the year before its first one."""
    first_year: str | None = None
    """How the first year of an era is written, if not as a number."""
    dates: Dates = Dates()
    seen_from_it: SeenFromIt = SeenFromIt()

    @cached_property
    def _forms(self) -> dict[str, tuple[str, ...]]:
        return {form: forms for forms in self.verbs for form in forms}

    def forms(self, verb: str) -> tuple[str, ...]:
        """Return the words by which a document may say a verb of a record, the verb itself first.

        Of a verb of several words each may have its other forms.
        """
        verb = verb.casefold()
        whole = self._forms.get(verb, (verb,))
        parts = [self._forms.get(part, (part,)) for part in re.split(r"\s+", verb)]
        found = product(*parts) if prod(map(len, parts)) <= MOST_FORMS else ()
        joined = (" ".join(choice) for choice in found)
        return tuple(dict.fromkeys((verb, *whole, *joined, *self.told_by.get(verb, ()))))


NOTHING_KNOWN = Reading()


@lru_cache(maxsize=100)
def reading_of(theme: Theme, language: str) -> Reading:
    """Return how a language is read, or that of which it is a variant; else what is so in any.

    Raises ReporterError where its file is wrong.
    """
    path = theme.of_language(FOLDER, language)
    return validate(Reading, read(path, within=theme.home(path))) if path else NOTHING_KNOWN


def files(theme: Theme) -> list[Path]:
    """Return the files of all languages, in an order that stays."""
    return [path for folder in theme.folders for path in sorted((folder / FOLDER).glob("*.yaml"))]
