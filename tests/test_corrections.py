"""Tests of corrections: what our own pages said wrong is printed with them, and told."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import several
from conftest import VALID, page_of
from reading import context, words

from reporter.choice import Choice, Edition
from reporter.desk.changes import changes, lines
from reporter.desk.review import review
from reporter.formats import html
from reporter.library.edition import edited, library_of
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.relevance import check
from reporter.reports.body.view import body_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.reports.views import Report

FOUND = date(2026, 3, 1)
WRONG = """
- id: fix-1
  about: [meeting-01, lander-agreement, lander, b-agency]
  report: [ledger, series, compare-01-02, with-state-a]
  said: the lander was late
  since: 2026-01-10
  right: the lander was in time
  found_by: the desk of State B
  on: 2026-03-01
  source: news
"""
REPORTS = (
    *(Choice("meeting", (1,)), Choice("agreement", ("lander-agreement",)), Choice("ledger")),
    *(Choice("programme", ("lander",)), Choice("body", ("b-agency",)), Choice("series")),
    *(Choice("comparison", (1, 2)), Choice("party", ("state-a",))),
)
HEAD = "From 10 January 2026 this page said, as was found by the desk of State B on 1 March 2026:"
SENTENCE = "The lander was late. What is right: The lander was in time."


def project(folder: Path, text: str = WRONG) -> Path:
    """Return a copy of the small project that was wrong once."""
    root = Path(shutil.copytree(VALID, folder / "project"))
    (root / "data" / "corrections.yaml").write_text(text, encoding="utf-8")
    return root


def library(root: Path) -> Library:
    """Return its library."""
    return library_of(load(root))


@pytest.mark.parametrize("choice", REPORTS, ids=lambda choice: choice.kind)
def test_it_is_printed_with_its_report_from_its_day_on(tmp_path: Path, choice: Choice) -> None:
    """With its source, before the sources; on the day before nothing is known of it."""
    root = project(tmp_path)
    pages = []
    for day in (FOUND, date(2026, 2, 28)):
        made = plan(root, choice, day, asked=True)
        task = made.task(made.selections[0], words("en"))
        pages.append(html.render(Theme.of(root), task.template, task.report, "en"))
    assert HEAD in pages[0]
    assert SENTENCE in pages[0]
    assert pages[0].index('id="corrections"') < pages[0].index('id="sources"')
    assert ("The lander was late" in pages[1], 'id="corrections"' in pages[1]) == (False, False)


def test_what_was_found_together_has_one_head(tmp_path: Path) -> None:
    """It says once since when, by whom and on which day; another day has a head of its own."""
    third = WRONG.replace("fix-1", "fix-3").replace("on: 2026-03-01", "on: 2026-03-02")
    root = project(tmp_path, WRONG + WRONG.replace("fix-1", "fix-2") + third)
    page = page_of(root, 1, date(2026, 3, 2))
    assert page.count("From 10 January 2026 this page said") == 2
    assert page.count(SENTENCE) == 3


def lately(found: Library, day: date) -> str:
    """Return the grey line on page one of the first meeting."""
    return meeting_report(context(found, day), found.meetings[1]).unknown_line


def test_of_several_series_the_one_is_named(tmp_path: Path) -> None:
    """'series' alone may be any of them; for a correction as for a binder."""
    root = project(tmp_path, WRONG.replace("[ledger, series,", "[ledger, series, space--series,"))
    several.add(root)
    text = (root / "data" / "corrections.yaml").read_text(encoding="utf-8")
    text = text.replace("compare-01", "space--compare-01")
    (root / "data" / "corrections.yaml").write_text(text, encoding="utf-8")
    (root / "data" / "visits").mkdir()
    visit = "id: paris\ntitle: {en: A visit}\nreports: [ledger, series]\n"
    (root / "data" / "visits" / "paris.yaml").write_text(visit, encoding="utf-8")
    with pytest.raises(ReporterError) as caught:
        check(load(root), None)
    problems = [problem for problem in caught.value.problems if problem.severity == "error"]
    assert [problem.path and problem.path.name for problem in problems] == [
        *("corrections.yaml", "paris.yaml")
    ]
    assert {problem.message for problem in problems} == {"there are several series: which one?"}
    assert "space--series" in problems[0].hint


def test_it_is_printed_where_its_report_is_named_as_a_record(tmp_path: Path) -> None:
    """A meeting by its report; a body also with what was wrong under its earlier name."""
    told = WRONG.replace("[meeting-01, lander-agreement, lander, b-agency]", "b-office")
    found = library(project(tmp_path, told.replace("[ledger, series, ", "[meeting 1, ")))
    report = meeting_report(context(found, FOUND), found.meetings[1])
    assert [item.id for item in report.corrections] == ["fix-1"]
    later = body_report(context(found, FOUND), "b-agency")
    assert [item.id for item in later.corrections] == ["fix-1"]


def test_what_is_wrong_with_it_stops_the_report_on_which_it_is_printed(tmp_path: Path) -> None:
    """Also where it is printed because that report is named."""
    wrong = WRONG.replace("  about: [meeting-01, lander-agreement, lander, b-agency]\n", "")
    root = project(tmp_path, wrong.replace("source: news", "source: newz"))
    with pytest.raises(ReporterError, match="there is no document 'newz'"):
        plan(root, Choice("comparison", (1, 2)), FOUND, asked=True)


def test_page_one_says_so_for_ninety_days(tmp_path: Path) -> None:
    """Whoever holds an older page has to know; later it is in its place only."""
    found = library(project(tmp_path))
    assert "corrected on 1 March 2026: see Corrections." in lately(found, date(2026, 5, 30))
    assert "corrected" not in lately(found, date(2026, 5, 31))
    report = meeting_report(context(found, date(2026, 6, 1)), found.meetings[1])
    assert report.speaks.day == date(2026, 5, 31)


def test_another_report_does_not_print_it(tmp_path: Path) -> None:
    """It is said where it was said wrong."""
    found = library(project(tmp_path))
    assert meeting_report(context(found, FOUND), found.meetings[2]).corrections == ()


def test_changes_tell_of_it(tmp_path: Path) -> None:
    """Once, in the ledger of the day on which it was found."""
    found = library(project(tmp_path))
    paths = []
    for day in (date(2026, 2, 28), FOUND):
        report: Report = ledger_report(context(found, day, asked=True))
        paths.append(tmp_path / f"{day}.json")
        paths[-1].write_text(report.model_dump_json(), encoding="utf-8")
    told = lines(changes(*paths), words("en"), None)
    assert [line for line in told if "corrected" in line] == [
        "- **corrected**: the lander was late → the lander was in time (fix-1)"
    ]
    assert "corrected" not in "".join(lines(changes(paths[1], paths[1]), words("en"), None))
    assert json.loads(paths[1].read_text(encoding="utf-8"))["mended"][0]["reports"] == [
        *("meeting-01", "agreement-lander-agreement", "programme-lander", "body-b-agency"),
        *("ledger", "series", "compare-01-02", "with-state-a"),
    ]


def test_what_is_internal_or_not_reviewed_is_left_out(tmp_path: Path) -> None:
    """As everywhere; the others stay."""
    other = WRONG.replace("fix-1", "fix-2")
    root = project(tmp_path, f"{WRONG}  internal: true\n{other}")
    assert list(edited(library(root), Edition("public")).corrections) == ["fix-2"]
    assert edited(library(root), Edition("reviewed")).corrections == {}
    review(root, ["fix-1", "news"], "K. Sato", FOUND)
    assert list(edited(library(root), Edition("reviewed")).corrections) == ["fix-1"]


@pytest.mark.parametrize(
    ("old", "new", "message", "place"),
    [
        ("series", "serie", "'serie' names no report", (3, 20)),
        ("series", "index", "'index' prints no corrections of its own", (3, 20)),
        ("series", "binder-x", "'binder-x' prints no corrections", (3, 20)),
        ("series", "ledger--with-state-a", "'ledger--with-state-a' prints no corr", (3, 20)),
        ("compare-01-02", "compare-01-07", "there is no meeting 'meeting-07'", (3, 28)),
        ("with-state-a", "with-state-c", "there is no record 'state-c'", (3, 43)),
        ("with-state-a", "with-b-ministry", "'b-ministry' is party to no agreement", (3, 43)),
        ("meeting-01,", "meeting-07,", "there is no record 'meeting-07'", (2, 11)),
        ("on: 2026-03", "on: 2025-03", "corrected before it was said", (8, 7)),
    ],
)
def test_a_mistake_is_told_at_its_line(
    tmp_path: Path, old: str, new: str, message: str, place: tuple[int, int]
) -> None:
    """Reports and records have to be there, and days to be in order."""
    with pytest.raises(ReporterError, match=message) as caught:
        check(load(project(tmp_path, WRONG.lstrip().replace(old, new))), None)
    (problem,) = caught.value.problems
    assert (problem.line, problem.column) == place
