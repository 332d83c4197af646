"""Tests of meetings only announced: to come until their day is over, then not known held."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import problems_of
from reading import words
from told import told

from reporter.choice import EVERYTHING
from reporter.cli import main
from reporter.problems import ReporterError
from reporter.reports.index.view import IndexReport
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

THIRD = """
number: 3
date: 2026-05-04/2026-05-05
place: {city: Third City, host: state-a, source: news}
evidence: announced
announced: {text: The third meeting will be held in Third City on 4 and 5 May., date: 2026-03-01, \
source: news}
cochairs:
  - {side: state-a, organisation: a-ministry, source: news}
statements: {complete: false}
"""
FOURTH = """
number: 4
date: 2026-06-20
place: {city: Second City, host: state-b, source: news}
evidence: partial
statements: {complete: false}
"""
LAST_DAY, AFTER = date(2026, 5, 5), date(2026, 5, 6)


@pytest.fixture
def announced(project: Path) -> Path:
    """Return the small project with a third meeting of which there is only an announcement."""
    path = project / "data" / "meetings" / "03.yaml"
    path.write_text(THIRD.lstrip(), encoding="utf-8")
    return project


@pytest.mark.parametrize(("day", "is_to_come"), [(LAST_DAY, True), (AFTER, False)])
def test_an_announced_meeting_is_to_come_until_its_day_is_over(
    announced: Path,
    day: date,
    is_to_come: bool,  # noqa: FBT001 (as parametrized)
) -> None:
    """On its last day there is still the package for it."""
    assert ("upcoming" in told(announced, day, "meeting", 3)) == is_to_come


def test_an_announced_meeting_is_not_counted_as_held(announced: Path) -> None:
    """Its host and chair are told as announced; the series has two meetings till more is known."""
    series = told(announced, AFTER, "series")
    assert "Two meetings are on record, the first on 10 May 2023" in series
    assert "The third meeting was announced for" in series
    assert "May 2026; whether it was held is not on record." in series
    assert "Hosts: State A (one) and State B (one)." in series
    assert "Third City; host State A, as announced" in series
    page = told(announced, AFTER, "meeting", 3)
    assert "host: State A, as announced." in page
    assert "Who was announced" in page
    assert "Announced as co-chair, State A" in page


def test_an_announcement_without_a_day_has_that_of_its_source(announced: Path) -> None:
    """The series tells of the next meeting from the day on which the newest source is dated."""
    path = announced / "data" / "meetings" / "03.yaml"
    path.write_text(path.read_text("utf-8").replace(", date: 2026-03-01", ""), encoding="utf-8")
    series = told(announced, LAST_DAY, "series")
    assert "The third meeting is announced for" in series


OFF = """called_off: {text: The host called it off, date: 2026-04-10, source: news}
"""


def test_what_was_called_off_is_neither_to_come_nor_held(announced: Path) -> None:
    """It has no briefing, and no place in the series but a sentence; before, it was to come."""
    path = announced / "data" / "meetings" / "03.yaml"
    path.write_text(path.read_text("utf-8") + OFF, encoding="utf-8")
    assert problems_of(announced) == ()
    before, then, after = date(2026, 4, 9), date(2026, 4, 10), date(2026, 6, 1)
    assert "The third meeting is announced for" in told(announced, before, "series")
    assert "upcoming" in told(announced, before, "meeting", 3)
    for day in (then, after):
        series = told(announced, day, "series")
        assert re.search("The third meeting, announced for .* was called off: The host", series)
        assert "Third City" not in series
        assert "whether it was held" not in series
        ids = {
            one.report.id
            for one in plan(announced, EVERYTHING, day, asked=False).tasks(words("en"))
        }
        assert "meeting-02" in ids
        assert not any("03" in name for name in ids)
        command = ("--as-of", str(day), "--meeting", "3", "--project", str(announced))
        refused = CliRunner().invoke(main, ["build", *command])
        assert refused.exit_code == 1
        assert "data/meetings/03.yaml:9:13: error: it was called off" in refused.stderr


def test_a_binder_with_what_was_called_off_is_a_warning(announced: Path) -> None:
    """A build leaves it out, so the report has to go; the list names no command for it."""
    path = announced / "data" / "meetings" / "03.yaml"
    path.write_text(path.read_text("utf-8") + OFF, encoding="utf-8")
    visit = announced / "data" / "visits" / "trip.yaml"
    visit.parent.mkdir(exist_ok=True)
    text = "id: trip\ntitle: {en: A trip}\nreports: [meeting 1, meeting 3]\n"
    visit.write_text(text, encoding="utf-8")
    (found,) = problems_of(announced)
    assert (found.severity, found.message) == ("warning", "meeting 3 was called off")
    assert (found.line, found.column) == (3, 22)
    listed = CliRunner().invoke(main, ["list", "--project", str(announced)]).stdout
    assert "meeting-02" in listed
    assert "meeting-03" not in listed


def test_what_was_held_was_not_called_off(announced: Path) -> None:
    """It is an error at its line."""
    path = announced / "data" / "meetings" / "03.yaml"
    record = path.read_text("utf-8").replace("evidence: announced", "evidence: partial") + OFF
    path.write_text(record, encoding="utf-8")
    assert [one.message for one in problems_of(announced)] == [
        "a meeting that was held and called off"
    ]


def test_a_later_meeting_tells_that_an_announced_one_was_held(announced: Path) -> None:
    """Its number goes on from it: the announced one keeps its place in the series."""
    fourth = FOURTH.lstrip()
    (announced / "data" / "meetings" / "04.yaml").write_text(fourth, encoding="utf-8")
    series = told(announced, date(2026, 6, 30), "series")
    assert "Four meetings are on record" in series
    assert "Of the third, only an announcement is known." in series
    assert "Hosts: State A (two) and State B (two)." in series


def test_a_body_that_was_only_announced_is_not_said_to_have_come(announced: Path) -> None:
    """It took part in the first meeting alone."""
    assert "It took part in one meeting" in told(announced, AFTER, "body", "a-ministry")


def test_the_index_calls_no_meeting_the_latest_that_was_only_announced(announced: Path) -> None:
    """The one before it is the last that is known to have been held."""
    found = plan(announced, EVERYTHING, AFTER, asked=False)
    reports = {task.report.id: task.report for task in found.tasks(words("en"))}
    index = reports["index"]
    assert isinstance(index, IndexReport)
    assert index.latest
    assert (index.latest.id, "meeting-03" in reports) == ("meeting-02", True)


def test_nothing_is_compared_with_a_meeting_that_was_only_announced(announced: Path) -> None:
    """There may have been none; one that goes on from it tells that there was."""
    found = plan(announced, EVERYTHING, AFTER, asked=False)
    reports = {task.report.id for task in found.tasks(words("en"))}
    assert "compare-01-02" in reports
    assert "compare-02-03" not in reports
    with pytest.raises(ReporterError, match="whether meeting 3 was held is not on record"):
        told(announced, AFTER, "comparison", 2, 3)
    (announced / "data" / "meetings" / "04.yaml").write_text(FOURTH.lstrip(), encoding="utf-8")
    assert "compared" in told(announced, date(2026, 6, 30), "comparison", 2, 3)


def test_no_statement_is_said_of_a_meeting_that_was_only_announced(announced: Path) -> None:
    """The ledger does not say that it is here in part, nor does its own page."""
    ledger = told(announced, AFTER, "ledger")
    assert "Meeting 3 was announced for" in ledger
    assert "only in part" not in ledger.partition("By meeting")[0]
    assert "only in part" not in told(announced, AFTER, "meeting", 3)
