"""The rule of all reports: they show nothing dated after the day for which they speak.

Plans, due dates and sources are the exceptions.
"""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import context

from reporter.dates import PATTERN, When, months_later
from reporter.library.edition import library_of
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.references import parts
from reporter.reports import everything
from reporter.reports import selection as select_one

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.library import Library

ROOT = Path(__file__).parent.parent
AHEAD = {"due", "due_words", "plans", "steps", "by_due", "next_due"}  # what is planned or owed
AHEAD |= {"values"}  # what sources disagree about may be plans: 2027-28
ELSEWHERE = {"sources", "further"}
# What the briefing on a meeting has for other programs, and does not print.
FOR_PROGRAMS = {
    *("changes", "promises", "promise_counts", "expectations", "expectation_counts", "matters"),
    *("agreements", "tracks", "policies", "forecasts", "found", "further"),
}
A_PLAN = re.compile(
    r"\bplan|\bannounce[ds]\b[^.;]*? for (?:launch on )?(?:\d{1,2} )?(?:[A-Z][a-z]+ )?20\d\d"
    r"|\bset to launch on\b|\bto 20\d\d\b|\bin 20\d\d\b|no later than"
)  # a text that tells of one
DAYS = [
    "2019-01-01",
    "2023-03-24",
    "2023-06-30",
    "2024-04-10",
    "2024-08-27",
    "2025-12-31",
    "2026-04-30",
]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
IN_WORDS = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(MONTHS)}) (20\d\d)\b")


@cache
def library() -> Library:
    """Return the real library, read once."""
    return library_of(load(ROOT))


def texts(value: Any, way: str = "") -> Iterator[tuple[str, str]]:  # noqa: ANN401 (any JSON)
    """Yield each text of a view with its path, except for plans ahead and the list of sources."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in AHEAD | ELSEWHERE:
                yield from texts(item, f"{way}.{key}")
    elif isinstance(value, list):
        for item in value:
            yield from texts(item, way)
    elif isinstance(value, str):
        yield way, value


def too_late(text: str, day: date) -> bool:
    """Return whether a text is a date after the day, or tells of one that is no plan."""
    if re.fullmatch(PATTERN, text):
        return When.parse(text).last > day and not re.fullmatch(r"\d{4}", text)
    told = [
        date(int(year), MONTHS.index(month) + 1, int(number))
        for number, month, year in IN_WORDS.findall(text)
    ]
    return any(found > day for found in told) and not A_PLAN.search(text)


def leaks(day: date) -> list[tuple[str, str, str]]:
    """Return what reports of this day know of later days: report, way and text."""
    held = {
        number: meeting.date.known_on(day)
        for number, meeting in library().part("").meetings.items()
    }
    ahead = [
        select_one(library(), "meeting", (number,), day)
        for number, past in held.items()
        if not past
    ]
    found = []
    for selection in (*everything(library(), day), *ahead):
        try:
            report = selection.view(context(library(), day, asked=True))
        except ReporterError:  # nothing was known of it
            assert selection in ahead
            continue
        view = json.loads(report.model_dump_json())
        found += [(selection.id, way, text) for way, text in texts(view) if too_late(text, day)]
    return found


@pytest.mark.parametrize("day", DAYS)
def test_reports_know_nothing_later(day: str) -> None:
    """On each of these days no report knows of a later one."""
    assert leaks(date.fromisoformat(day)) == []


@pytest.mark.long
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 365 * 14))
def test_no_report_of_any_day_knows_of_a_later_one(days: int) -> None:
    """The same on any day of the series."""
    assert leaks(date(2012, 12, 1) + timedelta(days=days)) == []


def pages(day: date) -> dict[str, tuple[dict[str, Any], str]]:
    """Return what each report shows on a day, and the day for which it says that it speaks."""
    found = {}
    for selection in everything(library(), day):
        view = json.loads(selection.view(context(library(), day, asked=False)).model_dump_json())
        spoken = view.pop("speaks")["day"]
        if selection.template == "meeting":
            view = {key: value for key, value in view.items() if key not in FOR_PROGRAMS}
        found[selection.id] = (view, spoken)
    return found


def dated() -> list[date]:
    """Return the days after the first meeting on which something is dated or a rule may act."""
    values = (
        getattr(part, name)
        for record in library().records
        for _, part in parts(record)
        for name in type(part).model_fields
    )
    found = {
        value.last
        for value in values
        if isinstance(value, When) and date(2013, 4, 1) < value.last < date(2026, 1, 1)
    }
    return sorted(
        {day for last in found for day in (last, last + timedelta(days=1), months_later(last, 9))}
    )


@pytest.mark.long
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.deferred(lambda: st.sampled_from(dated())))
def test_a_page_speaks_for_the_day_on_which_it_last_changed(day: date) -> None:
    """The day of a page changes exactly when something on the page does, and to that day."""
    before, after = pages(day - timedelta(days=1)), pages(day)
    common = before.keys() & after.keys()
    moved = {name for name in common if before[name][1] != after[name][1]}
    assert moved == {name for name in common if before[name][0] != after[name][0]}
    assert {after[name][1] for name in moved} <= {day.isoformat()}


def test_the_guard_sees_what_it_should() -> None:
    """A later date is found, in a field and in a text; a plan is none."""
    day = date(2023, 6, 30)
    assert too_late("2023-07-01", day)
    assert too_late("It was held on 26 August 2024.", day)
    assert too_late("NASA announced on 5 May 2026 a partner for the rover.", date(2025, 6, 30))
    assert not too_late("planned for 26 August 2024", day)
    assert not too_late("The agency announced a launch for 5 May 2026.", day)
    assert not too_late("2023-06-30", day)
