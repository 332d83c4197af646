"""Dates as people write them, and how a record has them."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date, timedelta
from functools import cache

from reporter.problems import LONGEST_SHOWN
from reporter.records.lookalikes import straight

IN_GENERAL = (
    "write a day as 2023-03-24, a month as 2023-03, a year as 2023, "
    "a range as 2024-08-26/2024-08-27; words such as 'early 2024' go into 'due_words'"
)
_YEARS = "years go from 0001 to 9999; say in the text what lies outside of them"
_NO_DAY = "there is no such day: correct it, or give only the month"
_COUNTED = (
    "count from the day of the document, and write the last day that it can mean; "
    "words go into 'due_words'"
)
_THERE = "go into 'due_words'"
_CALENDAR = "count the years as the Gregorian calendar does, and write YYYY-MM-DD"
_UNKNOWN = (
    "where no date is known leave the field out, or write 'not verified' where there must be one; "
    "words go into 'due_words'"
)
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, (*calendar.month_abbr[:9], "sept"))
    for number, name in enumerate(names)
    if name
}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_MONTH = rf"(?P<month>{_NAMES})\.?"
_DAYS_OF_WEEK = "|".join((*calendar.day_name, *calendar.day_abbr)).casefold()
_WEEKDAY = rf"(?:{_DAYS_OF_WEEK})\.?,? (?=\d|{_NAMES})"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.(?= ?[^\d.]))?"
_TO = " ?(?:-|/|to|and|until|till|au|al|bis) ?"
_LAST = rf"{_TO}(?P<last>\d{{1,2}})(?:st|nd|rd|th|\.)?"
_LATER = rf"(?P<later>{_NAMES})\.?"
_YEAR = r"(?P<year>\d{4})"
_POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"
_UP_TO = "(?:by|until|till|up to|no later than|by the end of)"
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_QUARTER = (
    rf"(?=.*q)[q ]*(?P<quarter>[1-4]|{'|'.join(_QUARTERS)})(?:st|nd|rd|th)?[q ]*(?:uarter)?(?: of)?"
)
_NEXT = "next"
# Words that name a range, with the months that it may mean; what is next is of the year after.
_SPANS = (
    ("h2|2h|second half", "07", "12"),
    ("h1|1h|first half", "01", "06"),
    ("fy|fiscal|financial", "04", f"{_NEXT}-03"),
    ("spring", "03", "05"),
    ("summer", "06", "08"),
    ("autumn|fall", "09", "11"),
    ("winter", "12", f"{_NEXT}-02"),
    ("late|end", "10", "12"),
    ("mid", "05", "08"),
    ("", "01", "03"),
)

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


def way_out(written: str) -> str:
    """Return what to write instead of a date that is not of our forms."""
    text = " ".join(straight(written[:LONGEST_SHOWN]).casefold().strip("\"'[]").split())
    text = re.sub(f"^{_WEEKDAY}", "", text)
    text = _in_english(text)
    for pattern, hint in _FORMS:
        if not (found := re.fullmatch(pattern, text)):
            continue
        if isinstance(hint, str):
            return hint.format(**found.groupdict())
        if told := hint(found, written):
            return told
    return IN_GENERAL


def _in_english(text: str) -> str:
    """Return a date in small letters, ``3 de maio de 2024``, with its month in English.

    Where no month of another language is known it stays as it is.
    """
    if not _WORD.search(text) or re.search(rf"\b(?:{_NAMES})\b", text):
        return text
    english = _WORD.sub(lambda word: _foreign_months().get(word[0], word[0]), text)
    return text if english == text else " ".join(_AROUND.sub(" ", english).split())


@cache
def _foreign_months() -> dict[str, str]:
    """Return in English the month that each name is in other languages."""
    from babel import Locale  # noqa: PLC0415 (takes time, and few dates need it)

    found: dict[str, set[int]] = {}
    for language in _LANGUAGES:
        for widths in Locale.parse(language).months.values():
            for width in ("wide", "abbreviated"):
                for number, name in widths[width].items():
                    word = straight(name).casefold().strip(".")
                    found.setdefault(word, set()).add(number)
    return {
        word: calendar.month_name[next(iter(numbers))].casefold()
        for word, numbers in found.items()
        if len(numbers) == 1 and _WORD.fullmatch(word)
    }


def _words(found: re.Match[str], written: str) -> str:
    """Return what names a range, and puts the words where they belong."""
    year = (re.search(r"\d{4}", found[0]) or ["2024"])[0]
    if named := re.search(rf"\b{_MONTH}", found[0]):
        month = f"{year}-{_MONTHS[named['month']]:02}"
        return f"write {month}, or the days in it that it can mean; the words '{written}' {_THERE}"
    first, last = next((first, last) for word, first, last in _SPANS if re.search(word, found[0]))
    later = f"{min(int(year) + 1, date.max.year):04}"
    end = last.replace(_NEXT, later) if _NEXT in last else f"{year}-{last}"
    span = f"{year}-{first}/{end}, or whichever it means"
    return f"write a range of months, such as {span}; the words '{written}' {_THERE}"


def _quarter(found: re.Match[str], written: str) -> str:
    year, name = found["year"], found["quarter"]
    number = _QUARTERS.get(name) or int(name)
    span = f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"
    return f"a quarter is a range: write {span}; the words '{written}' {_THERE}"


def _week(found: re.Match[str], _: str) -> str:
    with suppress(ValueError):
        year, week = int(found["year"]), int(found["week"])
        first, last = (date.fromisocalendar(year, week, day) for day in (1, 7))
        return f"a week is a range of days: write {first}/{last}"
    return ""


def _day(found: re.Match[str], _: str) -> str:
    parts = found.groupdict()
    parts.setdefault("year", f"20{parts.get('short')}")
    month = _MONTHS.get(str(parts["month"])) or int(parts["month"])
    with suppress(ValueError):
        if not parts.get("day"):
            return f"write {date(int(parts['year']), month, 1):%Y-%m}"
        return f"write {date(int(parts['year']), month, int(parts['day']))}"
    return "" if month > len(calendar.month_name[1:]) else _NO_DAY


def _until(found: re.Match[str], written: str) -> str:
    """Return a date up to which something is due."""
    told = _day(found, written)
    return told if told == _NO_DAY else f"{told.replace(' ', ' ../')}: at some time up to then"


def _before(found: re.Match[str], _: str) -> str:
    with suppress(ValueError, OverflowError):
        after = date(int(found["year"]), int(found["month"] or 1), int(found["day"] or 1))
        return f"write ../{after - timedelta(days=1)}: at some time up to then"
    return ""


def _either(found: re.Match[str], _: str) -> str:
    """Return what a date of three numbers with the year at its end can mean."""
    year = found["year"] if len(found["year"]) > 2 else f"20{found['year']}"  # noqa: PLR2004
    a, b = found["a"], found["b"]
    both = []
    begins = [] if len(found["year"]) > 2 or "-" not in found[0] else [(f"20{a}", b, found["year"])]  # noqa: PLR2004
    for one in (*begins, (year, a, b), (year, b, a)):
        with suppress(ValueError):
            both.append(str(date(*map(int, one))))
    return f"the year comes first: write {' or '.join(dict.fromkeys(both))}" if both else ""


def _range(found: re.Match[str], _: str) -> str:
    first, second = found["first"], found["second"]
    second = second if len(second) in {4, 7, 10} else first[: -len(second)] + second
    return f"write {first}/{second}"


def _days(found: re.Match[str], _: str) -> str:
    """Return the first and the last of some days of a month."""
    month = _MONTHS[found["month"]]
    later = _MONTHS[found.groupdict().get("later") or found["month"]]
    with suppress(ValueError):
        first, last = (
            date(int(found["year"]), *end)
            for end in ((month, int(found["day"])), (later, int(found["last"])))
        )
        return f"write {first}/{last}" if first < last else ""
    return ""


def _months(found: re.Match[str], _: str) -> str:
    """Return the first and the last of some months."""
    first, last = (_MONTHS[found[name]] for name in ("month", "later"))
    year = found["year"]
    return f"write {year}-{first:02}/{year}-{last:02}" if first < last else ""


def elsewhere(hint: str) -> str:
    """Return a hint for a date that has no field for its words beside it."""
    return re.sub(r"; (?:the )?words .*$", "", hint)


# What to do about a date of each form: in words, with parts of it, or as a function finds out.
_FORMS = (
    (rf"(?P<point>{_POINT})", "write {point}"),  # in brackets or quotation marks
    (rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})", _day),
    (r"-\d+(?:-.*)?|\d{5,}(?:-.*)?|.*\d ?(?:bce?|b\.c\.(?:e\.)?)|bce? ?\d.*", _YEARS),
    (r"(?P<day>\d{4}-\d{2}-\d{2})[t ]\d.*", "write {day}, without the time of day"),
    (
        rf"(?:(?:from|since|after|as of|>) ?)?{_POINT}(?:/|/?\.\.|\+| -|-)?",
        "a range has an end: write the last day that it can mean, or leave the field out",
    ),
    (
        rf"(?:/|\.\.|{_UP_TO}|<=) ?(?P<last>{_POINT})",
        "write ../{last}: at some time up to then",
    ),
    (rf"(?:before|<) ?{_YEAR}(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", _before),
    (rf"{_YEAR}[- /]?{_QUARTER}", _quarter),
    (rf"{_QUARTER}[- /]?{_YEAR}", _quarter),
    (r"(?:the )?(?P<decade>\d{3})(?:0s|x)", "write the range {decade}0/{decade}9"),
    (r"(?P<year>\d{4})-?w(?P<week>\d{2}).*", _week),
    (r"(?P<first>\d{4}-\d{2}(?:-\d{2})?)/(?P<second>\d\d(?:-\d\d)?)", _range),
    (rf"{_YEAR}[^\da-z]+(?P<month>\d{{1,2}})(?:[^\da-z]+(?P<day>\d{{1,2}}))?\D*", _day),
    (rf"{_DAY}{_LAST} (?:of )?{_MONTH}[ ,]*{_YEAR}", _days),
    (rf"{_MONTH} ?{_DAY}{_LAST},? {_YEAR}", _days),
    (rf"{_DAY} {_MONTH}{_LAST} {_LATER}[ ,]*{_YEAR}", _days),
    (rf"{_MONTH} {_DAY}{_TO}{_LATER} (?P<last>\d{{1,2}}),? {_YEAR}", _days),
    (rf"{_MONTH}{_TO}{_LATER}[ ,]*{_YEAR}", _months),
    (r"(?P<a>\d{1,2})\D{1,2}(?P<b>\d{1,2})\D{1,2}(?P<year>\d{4}|\d{2})", _either),
    (rf"(?P<month>\d{{1,2}})[^\da-z]{_YEAR}", _day),
    (rf"(?:{_DAY}\D{{0,4}})?{_MONTH}[ ,/-]*{_YEAR}", _day),
    (rf"{_MONTH} ?{_DAY},? {_YEAR}", _day),
    (rf"(?:{_DAY}[ -])?{_MONTH}[ '-]+(?P<short>\d\d)", _day),
    (rf"{_UP_TO} (?:{_DAY} )?{_MONTH}[ ,]*{_YEAR}", _until),
    (rf"{_YEAR}[ ,/-]*{_MONTH}(?:[ ,/-]*{_DAY})?", _day),
    (
        rf"(?P<first>{_POINT}) ?(?:/|-|--|\.\.|to|until|and) ?(?P<second>{_POINT}|\d\d)",
        _range,
    ),
    (
        rf"(?P<point>{_POINT}) ?[?~%*]+",
        "write {point}, or the range that it can mean: how sure it is goes into the text",
    ),
    (r".*(?:\d ?(?:ah|be)|\u5e74.*)", _CALENDAR),
    (r"(?=.*(?:\d{4}|fy ?\d\d))(?=.*[a-z]).*", _words),
    (r".*\d.* (?:days?|weeks?|months?|years?)\b.*", _COUNTED),
    (r"[^\d]*", _UNKNOWN),
)
