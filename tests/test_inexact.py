"""Tests of meetings whose date is inferred, or known to the month only."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import context, words
from told import told

from reporter.formats.exports.calendar_days import entries
from reporter.library.edition import library_of
from reporter.records.project import load
from reporter.reports import selection

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)


@pytest.fixture
def inferred(project: Path) -> Path:
    """Return the small project; of its first meeting the year is our inference."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    dated = text.replace("date: 2023-05-10", "date: 2023\ndate_inferred: year", 1)
    path.write_text(dated, encoding="utf-8")
    return project


def test_what_is_inferred_is_said_each_time(inferred: Path) -> None:
    """In the series, beside a neighbour, in a comparison, and of a body's meetings."""
    assert told(inferred, DAY, "series").count("(year inferred)") >= 2
    assert "Before: First City, 2023 (year inferred)" in told(inferred, DAY, "meeting", 2)
    assert "2023 (year inferred)" in told(inferred, DAY, "comparison", 1, 2)
    assert "2023 (year inferred)" in told(inferred, DAY, "body", "a-ministry")


def test_a_day_that_is_not_known_is_tentative_in_a_calendar(inferred: Path) -> None:
    """It is on the last day that it can mean, and says why."""
    library = library_of(load(inferred))
    report = selection(library, "series", (), DAY).view(context(library, DAY))
    first = next(
        one for one in entries(report, library, DAY, words("en")) if one.id == "meeting-01"
    )
    assert first.status == "TENTATIVE"
    assert "2023 (year inferred)" in first.description


@pytest.mark.parametrize(
    ("when", "gap"), [("2023-05-10", "23"), ("2023-05", "22 to 23"), ("2023", "15 to 27")]
)
def test_a_gap_from_an_inexact_date_is_no_exact_number(project: Path, when: str, gap: str) -> None:
    """It is told as what it may be, in the table, in the note and beside the neighbour."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date: 2023-05-10", f"date: {when}", 1), encoding="utf-8")
    series = told(project, DAY, "series")
    assert f"The longest gap, {gap} months, lies between" in series
    assert f"read in full {gap} " in series
    assert f"({gap} months)" in told(project, DAY, "meeting", 2)
    assert f"{gap} months later" in told(project, DAY, "comparison", 1, 2)


def dated(project: Path, **days: str) -> None:
    """Give the meetings of the small project other dates."""
    for name, day in days.items():
        path = project / "data" / "meetings" / f"{name[1:]}.yaml"
        text = re.sub(r"(?m)^date: .*", f"date: {day}", path.read_text(encoding="utf-8"))
        path.write_text(text, encoding="utf-8")


def test_a_meeting_that_was_put_off_stands_where_it_was_held(project: Path) -> None:
    """After one with a higher number; the number of the next one is that of none on record."""
    dated(project, _01="2024-06-01", _02="2023-08-01")
    assert "The second and the first meeting compared" in told(project, DAY, "comparison", 1, 2)
    assert "ten months later" in told(project, DAY, "comparison", 1, 2)
    assert "Before: Second City, Aug 2023 (ten months)" in told(project, DAY, "meeting", 1)
    series = told(project, DAY, "series")
    assert "No third meeting is on record, 19 months after the first." in series
    assert "from 1 August 2023 to 1 June 2024" in series


def test_two_meetings_of_one_week_have_no_gap(project: Path) -> None:
    """Neither is one told, nor is the second one no months later."""
    dated(project, _01="2024-06-01", _02="2024-06-04")
    assert "longest gap" not in told(project, DAY, "series")
    assert "at about the same time" in told(project, DAY, "comparison", 1, 2)


def test_a_plan_for_a_year_is_later_by_at_most_so_much(project: Path) -> None:
    """June 2026 became 2027: that may be six months or eighteen."""
    path = project / "data" / "programmes" / "lander.yaml"
    text = path.read_text(encoding="utf-8").partition("    outcome")[0]
    moved = text.replace("due: 2024,", "due: 2026-06,").replace("due: 2025-02", "due: 2027")
    path.write_text(moved, encoding="utf-8")
    assert "up to 18 months later" in told(project, DAY, "programme", "lander")
