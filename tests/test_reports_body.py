"""Tests of the report on a body: what it took part in, owes and is owed, signed and leads."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import VALID, invoke, promise, with_promises
from reading import context

from reporter.choice import Choice
from reporter.library.edition import library_of
from reporter.problems import AbsentError, ReporterError
from reporter.records.project import load
from reporter.reports.body.rows import line_of
from reporter.reports.body.view import BodyReport, body_report
from reporter.reports.common.bodies import is_same
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)
PROMISE = promise("c2-09", "b-ministry", "to lend its antenna", "2025-06", "a-ministry")


def body(root: Path, name: str, day: date = DAY) -> BodyReport:
    """Return the report on a body of a project."""
    return body_report(context(library_of(load(root)), day), name)


@pytest.fixture
def promised(project: Path) -> Path:
    """Return a project in which a body of one side promises something to one of the other."""
    return with_promises(project, PROMISE)


def test_what_a_body_owes_and_is_owed(promised: Path) -> None:
    """A promise is owed by who made it, and is owed to the body that it is about."""
    (owes,) = body(promised, "b-ministry").owes
    assert (owes.text, owes.who, owes.made.report) == (
        "Lend its antenna",
        "Department of Foreign Relations",
        "meeting-02",
    )
    assert [row.text for row in body(promised, "a-ministry").owed] == ["Lend its antenna"]
    assert body(promised, "b-ministry").owed == ()


def test_its_promises_stand_as_of_the_day(promised: Path) -> None:
    """Before its due day a promise is open, after it overdue; before it was made there is none."""
    notes = [
        [row.notes for row in body(promised, "b-ministry", day).owes]
        for day in (date(2025, 4, 1), date(2025, 5, 1), date(2025, 8, 1))
    ]
    assert notes == [[], [()], [("overdue since 30 Jun 2025",)]]


def test_it_is_one_body_under_its_names(project: Path) -> None:
    """What it did under an earlier name is told with that name, and so is the change."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("b-agency", "b-office"), encoding="utf-8")
    report = body(project, "b-agency")
    assert [(row.report, row.note) for row in report.meetings] == [
        ("meeting-01", "took part, as Office for Space")
    ]
    assert [line.text for line in report.history] == [
        "April 2019: Space Agency took over from Office for Space."
    ]


def test_a_body_is_found_by_its_abbreviation(project: Path) -> None:
    """In small letters, if one body alone has it; its file has one name whatever it is called."""
    assert body(project, "bsa").heading == body(project, "b-agency").heading
    done = invoke("build", "--project", project, "--body", "bsa", "--format", "json")
    assert done.exit_code == 0, done.stderr
    found = json.loads((project / "output" / "body-b-agency.json").read_text(encoding="utf-8"))
    assert found["bottom_line"].startswith("Its promises and dated plans on record: ")


def test_a_body_that_is_not_there(project: Path) -> None:
    """The problem names what may have been meant."""
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("body", ("b-agenzy",)), DAY, asked=True)
    assert [(item.message, item.hint) for item in caught.value.problems] == [
        ("there is no organisation 'b-agenzy'", "did you mean 'b-agency'?")
    ]


@pytest.mark.parametrize(
    ("kind", "name", "id_"),
    [
        ("body", "space agency", "b-agency"),
        ("programme", "Joint Lander", "lander"),
    ],
)
def test_a_name_in_place_of_an_id_leads_to_it(
    project: Path, kind: str, name: str, id_: str
) -> None:
    """Who asks for a report knows what its subject is called."""
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice(kind, (name,)), DAY, asked=True)
    assert [item.hint for item in caught.value.problems] == [
        f"it is the name of '{id_}': write that"
    ]


def test_a_body_that_was_not_set_up_yet(project: Path) -> None:
    """A report on what did not exist on the day is refused with the day from which it does."""
    path = project / "data" / "organisations.yaml"
    text = path.read_text(encoding="utf-8").replace("  predecessor: b-office\n", "")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReporterError) as caught:
        body(project, "b-agency", date(2018, 1, 1))
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (
        "'b-agency' did not exist on 2018-01-01",
        "it was set up in 2019-04: choose a later day with --as-of",
    )


def test_several_bodies_may_become_one(project: Path) -> None:
    """Its page tells of all of them and names them; none of them was merely renamed."""
    path = project / "data" / "organisations.yaml"
    text = path.read_text(encoding="utf-8")
    merged = text.replace("predecessor: b-office", "predecessor: [b-office, b-bureau]")
    assert merged != text
    bureau = "- {id: b-bureau, side: state-b, name: {en: Bureau for Orbits}}\n"
    path.write_text(merged + bureau, encoding="utf-8")
    view = body(project, "b-agency")
    told = [line.text for line in view.history]
    assert any("took over from Office for Space and Bureau for Orbits" in line for line in told)
    library = library_of(load(project))
    assert line_of(library, "b-agency") == ("b-office", "b-bureau", "b-agency")
    assert not is_same(library, "b-office", "b-agency")


def test_a_meeting_is_told_once_however_many_of_its_predecessors_were_there(project: Path) -> None:
    """One row says under which names the body took part."""
    path = project / "data" / "organisations.yaml"
    text = path.read_text(encoding="utf-8")
    merged = text.replace("predecessor: b-office", "predecessor: [b-office, b-bureau]")
    bureau = "- {id: b-bureau, side: state-b, name: {en: Bureau for Orbits}}\n"
    path.write_text(merged + bureau, encoding="utf-8")
    meeting = project / "data" / "meetings" / "01.yaml"
    told = meeting.read_text(encoding="utf-8")
    there = told.replace("bodies: [b-ministry, b-agency]", "bodies: [b-office, b-bureau]")
    assert there != told
    meeting.write_text(there, encoding="utf-8")
    view = body(project, "b-agency")
    reports = [row.report for row in view.meetings]
    assert len(reports) == len(set(reports))
    assert any("as Office for Space and Bureau for Orbits" in row.note for row in view.meetings)


def test_nothing_on_record_is_said(project: Path) -> None:
    """A body of which nothing is on record by the day has a page that says so."""
    report = body(project, "a-ministry", date(1990, 1, 1))
    assert report.bottom_line == "Nothing is on record of it by this day."


def test_of_a_programme_it_is_told_what_happened_last_and_when(project: Path) -> None:
    """An end of a plan is news, too; what a weak source alone says is none where there is other."""
    path = project / "data" / "programmes" / "lander.yaml"
    weak = "  - {date: 2025-06, text: It broke, source: blog}\n"
    path.write_text(f"{path.read_text(encoding='utf-8')}{weak}", encoding="utf-8")
    news = {
        day: [led.news and led.news.text for led in body(project, "b-agency", day).programmes]
        for day in (date(2024, 1, 1), DAY)
    }
    assert news == {
        date(2024, 1, 1): ["Dec 2022: Work began"],
        DAY: ["10 Feb 2025: Launch: Launched"],
    }


def test_that_it_promised_nothing_is_said(promised: Path) -> None:
    """Where others promised something about it."""
    nothing = "No promise of its own is on record."
    assert body(promised, "a-ministry").bottom_line.startswith(nothing)
    assert nothing not in body(promised, "b-ministry").bottom_line


@pytest.mark.parametrize("name", ["a-ministry", "b-agency", "b-office"])
def test_every_source_that_is_listed_is_cited(name: str) -> None:
    """And every number that is cited is in the list."""
    view = body(VALID, name)
    text = json.dumps(view.model_dump(mode="json", exclude={"sources"}))
    assert all(f'"number": {entry.number}' in text for entry in view.sources)
