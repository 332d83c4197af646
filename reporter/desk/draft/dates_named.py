"""The dates that a text names, and which of them something is due by."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from reporter.dates import When
from reporter.sources.datewords import months

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.desk.draft.lexicon import Lexicon
    from reporter.sources.reading import Reading

_FROM_TO = r"\s*(?:[-\u2010-\u2015]|\band\b|\bto\b|&)\s*"
_PART = re.compile(
    r"'(?P<text>[^']*)'|\{(?P<name>\w+)\}|(?P<field>y+|M+|d+)|(?P<blank>\s+)|(?P<mark>.)"
)
_LAST_MONTH, _LAST_DAY = 12, 31
_NAMED = 3  # letters of a month in a pattern: what has fewer is a number


class DateFound(NamedTuple):
    """A date in a text."""

    start: int
    end: int
    when: str
    """As records have it."""


class Due(NamedTuple):
    """By when something is due, and the words that say so."""

    when: str
    words: str


class Calendar:
    """Finds the dates in texts of a language."""

    def __init__(self, reading: Reading, language: str, lexicon: Lexicon) -> None:
        self._reading = reading
        self._language = language
        self._lexicon = lexicon

    def dates(self, text: str) -> list[DateFound]:
        """Return the dates that a text names with their year, in order."""
        found: list[DateFound] = []
        for pattern in self._patterns:
            for match in pattern.finditer(text):
                when = self._when(match)
                apart = all(match.end() <= one.start or one.end <= match.start() for one in found)
                if when and apart:
                    found.append(DateFound(match.start(), match.end(), when))
        return sorted(found)

    def alone(self, text: str) -> list[str]:
        """Return the day that a text names without its year, or the days of a range: 04-20."""
        for pattern in self._without_year:
            for match in pattern.finditer(text):
                parts = match.groupdict()
                month = self._month(parts)
                days = [int(parts[name] or 0) for name in ("first", "last", "d") if parts.get(name)]
                if month and days and max(days) <= _LAST_DAY:
                    return [f"{month:02}-{day:02}" for day in days]
        return []

    def due(self, text: str) -> Due | None:
        """Return by when a text says that something is due."""
        small = text.casefold()
        lexicon = self._lexicon
        for dated in self.dates(text):
            front = small[: dated.start].rstrip()
            forms = ((lexicon.due_by, "../{}"), (lexicon.due_in, "{}"))
            for phrases, form in ((lexicon.due_over, "{}"),) if "/" in dated.when else forms:
                for phrase in sorted(phrases, key=len, reverse=True):
                    if re.search(rf"(?<!\w){re.escape(phrase)}$", front):
                        begin = len(front) - len(phrase)
                        return Due(form.format(dated.when), text[begin : dated.end])
        return None

    @cached_property
    def _patterns(self) -> tuple[re.Pattern[str], ...]:
        known = self._reading.dates
        found = [*known.range, *known.day, "y-MM-dd", *known.month, *known.year]
        usable = [text for text in found if "/" not in text]
        return tuple(re.compile(self._regex(text)) for text in usable)

    @cached_property
    def _without_year(self) -> tuple[re.Pattern[str], ...]:
        known = self._reading.dates
        return tuple(
            re.compile(self._regex(text)) for text in (*known.range_alone, *known.day_alone)
        )

    def _regex(self, pattern: str) -> str:
        whole = pattern.replace("{first} {last}", "{first}–{last}")  # noqa: RUF001
        return "".join(self._parts(whole))

    def _parts(self, pattern: str) -> Iterator[str]:
        yield r"(?<![\d.,])"
        for part in _PART.finditer(pattern):
            if part["name"] == "era":
                yield rf"(?P<era>{'|'.join(self._reading.eras)})(?P<y>\d{{1,2}}|[^\W\d])"
            elif part["name"]:
                endings = "|".join(map(re.escape, self._reading.dates.ordinals))
                yield rf"(?P<{part['name']}>\d{{1,2}})(?:{endings})?"
            elif part["field"]:
                yield self._field(part["field"])
            elif part["blank"]:
                yield r",?\s+"
            elif part["mark"] == "–":  # noqa: RUF001
                yield _FROM_TO
            else:
                yield re.escape(part["text"] or part["mark"])
        yield r"(?!\d)"

    def _field(self, field: str) -> str:
        if field[0] == "y":
            return r"(?P<y>(?:19|20)\d\d)"
        if field[0] == "M" and len(field) >= _NAMED:
            names = months(self._language, wide=len(field) > _NAMED)
            return rf"\b(?P<month>{'|'.join(map(re.escape, names))})\b\.?"
        return rf"(?P<{field[0]}>\d{{1,2}})"

    def _when(self, match: re.Match[str]) -> str:
        parts = match.groupdict()
        year, month = self._year(parts), self._month(parts)
        days = [int(parts[name] or 0) for name in ("first", "last", "d") if parts.get(name)]
        if year is None or (days and not month):
            return ""
        written = f"{year:04}" + (f"-{month:02}" if month else "")
        points = [f"{written}-{day:02}" for day in days] or [written]
        try:
            return str(When.parse("/".join(points)))
        except ValueError:
            return ""

    def _year(self, parts: dict[str, str | None]) -> int | None:
        written = parts.get("y") or ""
        number = 1 if written == self._reading.first_year else None
        number = number or (int(written) if written.isdecimal() else None)
        if number is None or not parts.get("era"):
            return number
        return self._reading.eras[parts["era"] or ""] + number

    def _month(self, parts: dict[str, str | None]) -> int:
        if name := parts.get("month"):
            for wide in (True, False):
                names = months(self._language, wide=wide)
                if name in names:
                    return names.index(name) + 1
        number = int(parts.get("M") or parts.get("MM") or 0)
        return number if number <= _LAST_MONTH else 0
