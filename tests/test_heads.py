"""Tests of meetings at which nobody is said to be chair, and somebody led each side."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import problems_of
from preparing import BEFORE, prepare
from test_adding import Answering
from test_called_right import edit
from told import told

from reporter.choice import Choice
from reporter.desk.adding import new
from reporter.formats.exports.attendance_table import participants
from reporter.formats.exports.linked import linked_data
from reporter.language import language_of
from reporter.library import Library
from reporter.records.project import load
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)
SECOND = """
cochairs:
  - {side: state-a, organisation: a-ministry, source: news}
  - {side: state-b, organisation: b-agency, source: news}
"""
PAGES = [
    ("meeting", (1,), "State A, led by The Envoy for Space"),
    ("comparison", (1, 2), "Led by"),
    ("series", (), "Led by"),
    ("series", (), "led its side"),
    ("series", (), "Who led each side"),
    ("body", ("a-ministry",), "led its side"),
]


def append(project: Path, name: str, text: str) -> None:
    """Add lines to a record."""
    path = project / "data" / "meetings" / f"{name}.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


@pytest.fixture
def led(project: Path) -> Path:
    """Return the small project with nobody in the chair at its first meeting."""
    edit(project, "meetings/01.yaml", ("cochairs:", "chairing: heads\ncochairs:"))
    return project


@pytest.mark.parametrize(("kind", "arguments", "words"), PAGES)
def test_those_who_led_are_named_and_nobody_is_said_to_have_chaired(
    led: Path, kind: str, arguments: tuple[int | str, ...], words: str
) -> None:
    """On every page on which they stand."""
    page = told(led, DAY, kind, *arguments)
    assert words in page
    assert "chair" not in page.lower()


LED_ONLY = """
chairing: heads
cochairs:
  - {side: state-a, organisation: a-ministry, head: {person: a-envoy}, source: SOURCE}
statements:"""


def test_who_led_twice_is_told_with_its_source(project: Path) -> None:
    """Where no list is on record, what says that they led says that they were there."""
    for number, source in (("01", "statement-01#1"), ("02", "statement-02#1")):
        path = project / "data" / "meetings" / f"{number}.yaml"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(cochairs|participants|also_present):\n(?:[ #].*\n)+", "", text)
        text = text.replace("\nstatements:", LED_ONLY.replace("SOURCE", source), 1)
        path.write_text(text, encoding="utf-8")
    task = plan(project, Choice("comparison", (1, 2)), DAY, asked=True)
    (found,) = task.tasks(language_of(Theme.of(project), "en"))
    line = next(line for line in found.report.same if "one body" in line.text)  # type: ignore[attr-defined]
    assert len(line.refs) == 2
    series = told(project, DAY, "series")
    assert "Who led each side" in series
    assert "the head is not named" not in series  # each is
    edit(project, "meetings/02.yaml", ("head: {person: a-envoy}, ", ""))
    assert "the head is not named" in told(project, DAY, "series")


def test_a_body_that_led_is_named_once_in_the_list_and_once_below_it(led: Path) -> None:
    """The list does not say that it led: the line below does, with the person."""
    page = told(led, DAY, "meeting", 1)
    lists = page.partition("Who took part")[2]
    assert "State A, led by The Envoy for Space, Envoy, Ministry of Foreign Affairs" in lists
    assert "led its side" not in lists


def test_a_column_of_both_says_both(led: Path) -> None:
    """The first meeting was led, the second had co-chairs."""
    append(led, "02", SECOND)
    assert "Chaired or led by" in told(led, DAY, "comparison", 1, 2)
    page = told(led, DAY, "series")
    assert "Chaired or led by" in page
    assert "Who chaired, or led a side" in page
    assert "co-chair;" in page
    assert "led its side;" in page


def test_the_one_chair_of_a_series_stays_a_chair_beside_heads(led: Path) -> None:
    """At the second meeting a side has it in turn."""
    one = "chairing: in turn\n" + SECOND.replace(
        "  - {side: state-b, organisation: b-agency, source: news}\n", ""
    )
    append(led, "02", one.lstrip())
    page = told(led, DAY, "series")
    assert "o-chair" not in page
    assert "chair;" in page


def test_somebody_of_no_side_may_have_the_chair_while_the_sides_are_led(led: Path) -> None:
    """Both are said, each of whom it is true."""
    edit(
        led,
        "organisations.yaml",
        ("- {id: b-office", "- {id: union, name: {en: Union}}\n- {id: b-office"),
    )
    append(led, "01", "chaired_by: {organisation: union, source: news}\n")
    page = told(led, DAY, "meeting", 1)
    assert "State B, led by" in page
    assert "In the chair Union" in page
    assert "First meeting, First City chair" in told(led, DAY, "body", "union")
    assert "Chaired or led by" in told(led, DAY, "series")


def test_the_party_has_who_spoke_for_it(led: Path) -> None:
    """Of the last meeting, at which it was led."""
    append(led, "02", f"chairing: heads\n{SECOND.lstrip()}")
    page = told(led, DAY, "party", "state-b")
    assert "Who spoke for it Space Agency" in page
    assert "chair" not in page.lower()


def test_the_table_of_meetings_names_persons_where_all_are_known(led: Path) -> None:
    """Offices are the same at each meeting; without a person the body stands there."""
    table = told(led, DAY, "series").rpartition("All meetings")[2].partition("Set phrases")[0]
    assert "State A: The Envoy for Space; State B: Department of Foreign Relations" in table


def test_a_grid_in_which_each_body_led_each_time_is_not_printed(led: Path) -> None:
    """The table below has the same, with names."""
    edit(led, "meetings/01.yaml", ("bodies: [b-ministry, b-agency]", "bodies: [b-ministry]"))
    append(led, "02", f"chairing: heads\n{SECOND.lstrip().replace('b-agency', 'b-ministry')}")
    page = told(led, DAY, "series")
    assert "Who took part, meeting by meeting" not in page
    assert "Who led each side" in page


def test_the_package_names_who_leads(project: Path) -> None:
    """Before the meeting, too, nobody is said to chair."""
    prepare(project)
    edit(project, "meetings/02.yaml", ("cochairs:", "chairing: heads\ncochairs:"))
    page = told(project, BEFORE, "meeting", 2)
    assert "Who leads each side" in page
    assert "State B, led by" in page
    assert "hairs" not in page


def test_those_announced_are_announced_to_lead(led: Path) -> None:
    """Of a meeting that nobody is known to have held."""
    edit(
        led,
        "meetings/01.yaml",
        ("evidence: full", "evidence: announced\nannounced: {text: They will meet., source: news}"),
        ("document: statement-01\n", ""),
        ("date: 2023-05-10", "date: 2023-05-10\ndocument: not verified"),
    )
    assert "Announced to lead State A" in told(led, DAY, "meeting", 1)


def test_linked_data_name_no_organizer(led: Path) -> None:
    """Who led came; a body that is on no list, too, and one that is on it once."""
    edit(led, "meetings/01.yaml", ("bodies: [a-ministry]", "bodies: []"))
    planned = plan(led, Choice("meeting", (1,)), DAY, asked=True)
    words = language_of(Theme.of(led), planned.library.project.language)
    (task,) = (one for one in planned.tasks(words) if one.report.heading.kind == "meeting")
    data = linked_data(task.report, words)
    assert "organizer" not in data
    assert [each["name"][0]["@value"] for each in data["attendee"]] == [
        "Ministry of Foreign Affairs",
        "Department of Foreign Relations",
        "Space Agency",
    ]
    assert isinstance(task.report, MeetingReport)
    assert all(side.led for side in task.report.chairs)


def test_a_table_of_participants_has_a_role_for_heads(led: Path) -> None:
    """Neither chair nor co-chair."""
    contents = load(led)
    library = Library(contents.settings, tuple(one.record for one in contents.records))
    assert {row[7] for row in participants(library, (1,))} == {"head", "participant"}


def test_a_new_meeting_proposes_how_the_last_one_was_led(led: Path) -> None:
    """In a comment of its file, and in the record that is made of answers."""
    path = new(led, "meeting", None, DAY)
    assert "# chairing: heads" in path.read_text(encoding="utf-8")
    path.unlink()
    asking = Answering(
        *("Third Meeting", "2026-03-24", "statement-02", "full", "Rome", "", "1"),
        *("", "", "-", "BSA, b-ministry", "2"),
    )
    path = new(led, "meeting", None, DAY, asking)
    assert "\nchairing: heads\n" in path.read_text(encoding="utf-8")
    assert "heads of state-a" in {question.name for question in asking.asked}
    assert problems_of(led) == ()
