"""Dates as people write them, and how a record has them."""

from __future__ import annotations

import calendar
import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

from reporter.problems import LONGEST_SHOWN
from reporter.records.lookalikes import straight

if TYPE_CHECKING:
    from collections.abc import Callable

IN_GENERAL = (
    "write a day as 2023-03-24, a month as 2023-03, a year as 2023, "
    "a range as 2024-08-26/2024-08-27; words such as 'early 2024' go into 'due_words'"
)
_YEARS = "years go from 0001 to 9999; say in the text what lies outside of them"
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
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_POINT = r"\d{4}(?:-\d{2}(?:-\d{2})?)?"


def way_out(written: str) -> str:
    """Return what to write instead of a date that is not of our forms."""
    text = " ".join(straight(written[:LONGEST_SHOWN]).casefold().split())
    for pattern, hint in _FORMS:
        if (found := re.fullmatch(pattern, text)) and (told := hint(found, written)):
            return told
    return IN_GENERAL


def _say(hint: str) -> Callable[[re.Match[str], str], str]:
    return lambda _, __: hint


def _write(form: str) -> Callable[[re.Match[str], str], str]:
    """Return what fills in the parts of the match."""
    return lambda found, _: f"write {form.format(**found.groupdict())}"


def _words(found: re.Match[str], written: str) -> str:
    """Return what names a range, and puts the words where they belong."""
    year = (re.search(r"\d{4}", found[0]) or ["2024"])[0]
    span = f"{year}-01/{year}-03, or whichever it means"
    return f"write a range of months, such as {span}; the words '{written}' go into 'due_words'"


def _quarter(found: re.Match[str], written: str) -> str:
    year, number = found["year"], int(found["number"])
    span = f"{year}-{3 * number - 2:02}/{year}-{3 * number:02}"
    return f"a quarter is a range: write {span}; the words '{written}' go into 'due_words'"


def _week(found: re.Match[str], _: str) -> str:
    with suppress(ValueError):
        year, week = int(found["year"]), int(found["week"])
        first, last = (date.fromisocalendar(year, week, day) for day in (1, 7))
        return f"a week is a range of days: write {first}/{last}"
    return ""


def _day(found: re.Match[str], _: str) -> str:
    parts = found.groupdict()
    month = _MONTHS.get(str(parts["month"])) or int(parts["month"])
    with suppress(ValueError):
        if not parts.get("day"):
            return f"write {date(int(parts['year']), month, 1):%Y-%m}"
        return f"write {date(int(parts['year']), month, int(parts['day']))}"
    return ""


def _either(found: re.Match[str], _: str) -> str:
    """Return what a date of three numbers with the year at its end can mean."""
    year = found["year"] if len(found["year"]) > 2 else f"20{found['year']}"  # noqa: PLR2004
    both = []
    for month, day in ((found["a"], found["b"]), (found["b"], found["a"])):
        with suppress(ValueError):
            both.append(str(date(int(year), int(month), int(day))))
    return f"the year comes first: write {' or '.join(dict.fromkeys(both))}" if both else ""


def _range(found: re.Match[str], _: str) -> str:
    first, second = found["first"], found["second"]
    second = second if len(second) > 2 else first[: -len(second)] + second  # noqa: PLR2004
    return f"write {first}/{second}"


_FORMS = (
    (rf"{_YEAR}(?P<month>\d{{2}})(?P<day>\d{{2}})", _day),
    (r"-\d{4,}.*|\d{5,}(?:-.*)?|.*\d ?(?:bce?|b\.c\.(?:e\.)?)|bce? ?\d.*", _say(_YEARS)),
    (r"(?P<day>\d{4}-\d{2}-\d{2})[t ]\d.*", _write("{day}, without the time of day")),
    (
        rf"(?:(?:from|since|after|as of|>) ?)?{_POINT}(?:/|/?\.\.|\+| -|-)?",
        _say("a range has an end: write the last day that it can mean, or leave the field out"),
    ),
    (
        rf"(?:/|\.\.|until|till|by|before|no later than|<) ?(?P<last>{_POINT})",
        _write("../{last}: at some time up to then"),
    ),
    (rf"{_YEAR}[- /]?q(?P<number>[1-4])", _quarter),
    (rf"q(?P<number>[1-4])[- /]?{_YEAR}", _quarter),
    (r"(?P<decade>\d{3})(?:0s|x)", _write("the range {decade}0/{decade}9")),
    (r"(?P<year>\d{4})-?w(?P<week>\d{2}).*", _week),
    (r"(?P<first>\d{4}-\d{2}(?:-\d{2})?)/(?P<second>\d\d)", _range),
    (rf"{_YEAR}[^\da-z]+(?P<month>\d{{1,2}})(?:[^\da-z]+(?P<day>\d{{1,2}}))?\D*", _day),
    (r"(?P<a>\d{1,2})\D{1,2}(?P<b>\d{1,2})\D{1,2}(?P<year>\d{4}|\d{2})", _either),
    (rf"(?P<month>\d{{1,2}})\D{_YEAR}", _day),
    (rf"(?:{_DAY}\D{{0,4}})?{_MONTH}[ ,]*{_YEAR}", _day),
    (rf"{_MONTH} ?{_DAY},? {_YEAR}", _day),
    (
        rf"(?P<first>{_POINT}) ?(?:/|-|--|\.\.|to|until|and) ?(?P<second>{_POINT}|\d\d)",
        _range,
    ),
    (
        rf"(?P<point>{_POINT}) ?[?~%*]+",
        _write("{point}, or the range that it can mean: how sure it is goes into the text"),
    ),
    (r"(?=.*\d\d)(?=.*[a-z]).*", _words),
    (r"[^\d]*", _say(_UNKNOWN)),
)
