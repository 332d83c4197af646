"""Whether a text says a date, in any of the forms that are usual in its language."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cached_property, lru_cache
from itertools import product
from typing import TYPE_CHECKING, Literal, NamedTuple

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from reporter.dates import Point, When
from reporter.sources.fingerprint import Passage, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.sources.fingerprint import Fingerprint
    from reporter.sources.reading import Reading

YEARS = range(1900, 2101)
LONGEST_ERA = 70  # years
_ANY = ("y-MM-dd", "y.M.d", "y.MM.dd")
_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)

WrongPart = Literal["year", "date"]
"""What of a date is not in a text: its year, or only its month or day."""


class Told(NamedTuple):
    """What a text says of a date."""

    fault: WrongPart | None
    instead: str = ""
    """The date that it says, where that differs in its year only."""


SAID = Told(None)


class DateWords:
    """Looks for dates in the text of a document."""

    def __init__(
        self,
        fingerprint: Fingerprint,
        reading: Reading,
        dated: When | None,
        met: tuple[When, ...] = (),
    ) -> None:
        """``dated`` is the day of the document; ``met`` are those of meetings that issued it."""
        self._fingerprint = fingerprint
        self._reading = reading
        self._dated = dated
        self._own = (*((dated,) if dated else ()), *met)
        self._locale = fingerprint.language.replace("-", "_")
        self._eras = tuple(
            (name, reading.first_year, before) for name, before in reading.eras.items()
        )

    def passage(self, text: str) -> Passage:
        """Return a text as a passage of the document."""
        return Passage({Spot(1, 1): self._fingerprint.digests(text)})

    def has_a_year(self, passage: Passage) -> bool:
        """Return whether a passage names a year."""
        return any(found in passage for found in self._years)

    @cached_property
    def _years(self) -> frozenset[str]:
        """The digests of all years, as they are written."""
        points = map(Point, YEARS)
        return frozenset(
            found for year in points for found in self._digests(self._patterns(year), year.first)
        )

    def told(self, when: When, passage: Passage) -> Told:
        """Return what a passage says of a date."""
        first, last = when.start, when.end
        if not first or first == last:
            return self._of_point(last, passage)
        if self._are_days_of_a_month(first, last) and self._says_days(first, last, passage):
            return SAID
        ends = [self._of_point(point, passage) for point in (first, last)]
        return next((told for told in ends if told.fault), SAID)

    @staticmethod
    def _are_days_of_a_month(first: Point, last: Point) -> bool:
        same = (first.year, first.month) == (last.year, last.month)
        return same and first.day is not None and last.day is not None

    def _says_days(self, first: Point, last: Point, passage: Passage) -> bool:
        dates = self._reading.dates
        endings = product(dates.ordinals, repeat=2)
        for one, other in (("", ""), *endings):
            days = f"{first.day}{one}", f"{last.day}{other}"
            if self._says(dates.range, last.first, passage, days):
                return True
            alone = self._says(dates.range_alone, last.first, passage, days)
            if alone and self._may_mean(last.year, passage):
                return True
        return False

    def _of_point(self, point: Point, passage: Passage) -> Told:
        if self._is_its_own(point) or self._says_in_full(point, passage):
            return SAID
        if point.month is None:
            return SAID if self._may_mean(point.year, passage) else Told("year")
        if point.day and self._says_as_seen(point.first, passage):
            return SAID
        other = self._other_year(point, passage)
        may_mean = not other and self._may_mean(point.year, passage)
        dates = self._reading.dates
        alone = dates.day_alone if point.day else dates.month_alone
        if may_mean and self._says(alone, point.first, passage):
            return SAID
        other = other or self._own_in_another_year(point)
        return Told("date") if may_mean and not other else Told("year", other)

    def _is_its_own(self, point: Point) -> bool:
        """Return whether it is the day of the document itself, or one of the meeting's."""
        return any(own.first <= point.first and point.last <= own.last for own in self._own)

    def _says_in_full(self, point: Point, passage: Passage) -> bool:
        return self._says(self._patterns(point), point.first, passage)

    def _patterns(self, point: Point) -> tuple[str, ...]:
        dates = self._reading.dates
        if point.day:
            return (*dates.day, *_ANY, *_known(self._locale))
        return (*dates.month, "y-MM") if point.month else (*dates.year, "y")

    def _other_year(self, point: Point, passage: Passage) -> str:
        """Return the date that differs in its year only, where a passage has that one."""
        if not point.day or not self._says(self._reading.dates.day_alone, point.first, passage):
            return ""
        others = (
            Point(year, point.month, point.day) for year in YEARS if self._writes(year, passage)
        )
        return next((str(other) for other in others if self._says_in_full(other, passage)), "")

    def _own_in_another_year(self, point: Point) -> str:
        """Return the date of the document, where the point differs from it in its year only."""
        own = self._dated.end if self._dated and self._dated.start == self._dated.end else None
        same = own and own.month == point.month and own.day in (None, point.day)
        return str(own) if own and own.month and same and own.year != point.year else ""

    def _may_mean(self, year: int, passage: Passage) -> bool:
        """Return whether a passage can mean a year: it names it, or no other."""
        if self._writes(year, passage):
            return True
        if self._dated is None:
            return not self.has_a_year(passage)
        own = {self._dated.first.year, self._dated.last.year}
        seen = self._reading.seen_from_it
        shifts = [
            shift
            for words, shift in ((seen.year_before, -1), (seen.same_year, 0), (seen.year_after, 1))
            if self._has(words, passage)
        ]
        if shifts:
            return any(year - shift in own for shift in shifts)
        return year in own and not self.has_a_year(passage)

    def _writes(self, year: int, passage: Passage) -> bool:
        return self._says_in_full(Point(year), passage)

    def _says_as_seen(self, day: date, passage: Passage) -> bool:
        """Return whether a passage says a day as people say it of a day close by."""
        if self._dated is None or self._dated.first != self._dated.last:
            return False
        own, seen = self._dated.first, self._reading.seen_from_it
        words = {own - _DAY: seen.day_before, own: seen.same_day, own + _DAY: seen.day_after}
        if self._has(words.get(day, ()), passage):
            return True
        weekday = self._reading.dates.weekday
        return abs(day - own) <= _WEEK and self._says(weekday, day, passage)

    def _has(self, phrases: Iterable[str], passage: Passage) -> bool:
        return any(self._fingerprint.digests(phrase) in passage for phrase in phrases)

    def _says(
        self,
        patterns: Iterable[str],
        day: date,
        passage: Passage,
        days: tuple[str, str] = ("", ""),
    ) -> bool:
        return any(found in passage for found in self._digests(patterns, day, days))

    def _digests(
        self, patterns: Iterable[str], day: date, days: tuple[str, str] = ("", "")
    ) -> Iterator[str]:
        texts = _texts(tuple(patterns), day, days, self._eras, self._locale)
        return map(self._fingerprint.digests, texts)


Eras = tuple[tuple[str, str | None, int], ...]
"""The name of each era, how its first year is written if not as a number, the year before it."""


@lru_cache(maxsize=50_000)
def _texts(
    patterns: tuple[str, ...], day: date, days: tuple[str, str], eras: Eras, locale: str
) -> tuple[str, ...]:
    """Return a date as it is written by each pattern: it is looked for in many documents."""
    filled = (whole for pattern in patterns for whole in _filled(pattern, day, days, eras))
    return tuple(_formatted(whole, day, locale) for whole in filled)


def _filled(pattern: str, day: date, days: tuple[str, str], eras: Eras) -> Iterator[str]:
    """Yield a pattern with the days of a range, and with the year of each era that fits."""
    first, last = (f"'{number}'" for number in days)
    whole = pattern.replace("{first}", first).replace("{last}", last)
    if "{era}" not in whole:
        yield whole
        return
    for name, first_year, before in eras:
        year = day.year - before
        if 1 <= year <= LONGEST_ERA:
            yield whole.replace("{era}", f"'{name}{year}'")
        if year == 1 and first_year:
            yield whole.replace("{era}", f"'{name}{first_year}'")


@lru_cache(maxsize=50_000)
def _formatted(pattern: str, day: date, locale: str) -> str:
    known = locale if _is_known(locale) else "en"
    return format_date(date(day.year, day.month, day.day), pattern, locale=known)


@lru_cache(maxsize=100)
def _is_known(locale: str) -> bool:
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@lru_cache(maxsize=100)
def _known(locale: str) -> tuple[str, ...]:
    """Return the forms of a day that a language has everywhere."""
    if not _is_known(locale):
        return ()
    formats = Locale.parse(locale).date_formats
    return tuple(formats[name].pattern for name in ("long", "medium", "short"))


@lru_cache(maxsize=20)
def months(language: str, *, wide: bool) -> tuple[str, ...]:
    """Return the names of the months in a language, in full or short."""
    locale = Locale.parse(language.replace("-", "_") if _is_known(language) else "en")
    names = locale.months["format"]["wide" if wide else "abbreviated"]
    return tuple(str(names[number]) for number in sorted(names))
