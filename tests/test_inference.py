"""Tests of inference, marked to the end, and of how far what was searched reaches."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from reading import context
from test_matters import entry
from test_reports_ledger import ledger, library, meeting, promise

from reporter.formats.html import render
from reporter.library import Library
from reporter.records.statements import Sourced
from reporter.reports.meeting.view import meeting_report
from reporter.theme import Theme

ROOT = Path(__file__).parent.parent
OURS = {"history": [entry("2020-05-01", "in progress", inferred=True)]}
THEIRS = {"history": [entry("2020-06-01", "met")]}
LATER = {
    "history": [entry("2020-05-01", "in progress", inferred=True), entry("2020-06-01")],
}


def test_a_count_says_how_many_are_our_inference() -> None:
    """So does the bottom line, and a table for other programs says which."""
    found = ledger(
        library(meeting(1, "2020-01-01", promise("p", **OURS), promise("q", **THEIRS))),
        "2020-12-01",
    )
    assert [(count.status, count.inferred) for count in found.promise_counts] == [
        ("met", 0),
        ("in progress", 1),
    ]
    assert "(one of two by inference)" in found.bottom_line


def test_that_both_stand_alike_is_said_whosever_inference_it_is() -> None:
    """Not 'of its two promises, both are met'."""
    ours = {"history": [entry("2020-06-01", "met", inferred=True)]}
    for first, told in (
        (THEIRS, "One of these is our inference."),
        (ours, "That is our inference."),
    ):
        found = library(meeting(1, "2020-01-01", promise("p", **first), promise("q", **ours)))
        day = context(found, date(2020, 12, 31), asked=True)
        line = meeting_report(day, found.meetings[1]).bottom_line
        assert f"Both of the meeting's promises are met. {told}" in line


def test_a_status_says_so_where_the_evidence_beside_it_does_not() -> None:
    """What was found later may be no inference; the status still is."""
    found = library(meeting(1, "2020-01-01", promise("p", **LATER), promise("q", **OURS)))
    report = ledger(found, "2020-12-01")
    assert {row.row.id: row.row.standing.unmarked for row in report.promises} == {
        "p": True,
        "q": False,
    }
    assert render(Theme.of(ROOT), "ledger", report, "en").count(">our inference</span>") == 1


def test_a_meeting_with_one_promise_says_so_in_a_sentence() -> None:
    """Its bottom line has no count in which it could stand."""
    found = library(meeting(1, "2020-01-01", promise("p", **OURS)))
    page = context(found, date(2020, 12, 1), asked=True)
    assert "That is our inference." in meeting_report(page, found.meetings[1]).bottom_line


@pytest.mark.parametrize(
    ("first", "told"),
    [
        ({}, "First in the hills."),
        ({"inferred": True}, "First in the hills (our inference)."),
    ],
)
def test_what_was_new_says_so_of_a_first(first: dict[str, Any], told: str) -> None:
    """On page one, too, a first that the document does not claim is ours."""
    said = Sourced.model_validate({"text": "First in the hills.", "source": "d", **first})
    held = meeting(1, "2020-01-01").model_copy(update={"firsts": (said,)})
    found = library(held)
    view = meeting_report(context(found, date(2020, 12, 1), asked=True), found.meetings[1])
    assert ["".join(piece.text for piece in line.pieces) for line in view.new] == [told]


@pytest.mark.parametrize(
    ("covers", "since"),
    [({}, None), ({"covers": "2021-03-31"}, date(2021, 3, 31)), ({"covers": "2023"}, None)],
)
def test_a_check_counts_from_the_last_day_that_was_covered(
    covers: dict[str, str], since: date | None
) -> None:
    """Of the project, or of a document that it cites; never from a day after the check's."""
    check = {"checked": "2022-01-01", "where": "pages", "text": "News"}
    plain = library(meeting(1, "2020-01-01", promise("p", history=[check])))
    cited = library(meeting(1, "2020-01-01", promise("p", history=[{**check, "source": "d"}])))
    both = [_covering(plain, "Project", covers), _covering(cited, "Document", covers)]
    for found in both:
        (row,) = ledger(found, "2022-02-01").promises
        assert row.row.standing.not_checked_since == since


def _covering(found: Library, kind: str, covers: dict[str, str]) -> Library:
    def changed(record: Any) -> Any:  # noqa: ANN401
        if type(record).__name__ != kind:
            return record
        return type(record).model_validate({**record.model_dump(exclude_none=True), **covers})

    return Library(changed(found.project), tuple(map(changed, found.records)))
