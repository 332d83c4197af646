"""Only promises and plans with a date have a status; the rest has news, wherever it is told."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import context, words
from test_matters import entry
from test_reports_ledger import agreement, library, meeting, promise

from reporter.choice import Choice
from reporter.desk.changes.ledger_moves import Ledger, LedgerState, moves
from reporter.formats.exports.calendar_days import entries
from reporter.reports import select
from reporter.reports.agreement.afterwards import afterwards
from reporter.reports.common.ledger_rows import ledger_rows
from reporter.reports.common.related import in_short, promised
from reporter.reports.filtered.view import filtered_report
from reporter.reports.index.view import index_entries
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report

if TYPE_CHECKING:
    from reporter.reports.common.context import Context

DAY = date(2023, 1, 1)
NEWS = [entry("2020-05-01", "in progress", inferred=True)]
DATED = promise("p1", strength="planned", due="2024-06", history=NEWS)
UNDATED = promise("w1", strength="intends", history=NEWS)
HOPED = promise("w2", strength="looks forward", due="2024-06", history=NEWS)
HELD = meeting(1, "2020-01-01", DATED, UNDATED, HOPED)


@pytest.fixture
def page() -> Context:
    """Return a context of three expectations of which one has a status."""
    return context(library(HELD), DAY, asked=True)


def test_a_row_of_the_ledger_has_a_status_where_the_statement_has_one(page: Context) -> None:
    """What has none is neither inferred nor unchecked, and keeps its news."""
    found = {row.row.id: row.row for row in ledger_rows(page)}
    standings = {name: row.standing for name, row in found.items()}
    assert {name: one.status for name, one in standings.items()} == {
        "p1": "in progress",
        "w1": None,
        "w2": None,
    }
    assert standings["p1"].inferred
    assert standings["p1"].not_checked_since
    assert not any(standings["w1"].model_dump().values())
    assert found["w1"].evidence == found["p1"].evidence


def test_counts_are_of_what_has_a_status(page: Context) -> None:
    """In the ledger, and on the page of the meeting."""
    meeting_page = meeting_report(page.afresh(), page.library.meetings[1])
    for counts in (ledger_report(page).expectation_counts, meeting_page.expectation_counts):
        assert [(count.status, count.number) for count in counts] == [("in progress", 1)]
    told = {found.id: [one.status for one in found.findings] for found in meeting_page.found}
    assert told == {"p1": ["in progress"], "w1": [None], "w2": [None]}


def test_the_page_on_a_body_or_a_programme_counts_the_rest_apart(page: Context) -> None:
    """Last, in a sentence of its own."""
    rows = tuple(promised(page, page.library.all_statements))
    assert [(row.status, row.notes == ()) for row in rows] == [
        ("In progress", False),
        ("", True),
        ("", True),
    ]
    assert list(in_short(rows, "body_owes", page.words)) == [
        "Its promises and dated plans on record: one is in progress (our inference).",
        "Two other expectations have no status.",
    ]


def test_only_what_has_a_status_is_found_by_it(page: Context) -> None:
    """By the search of the index, and by a filter of the ledger."""
    (chosen,) = select(page.library, Choice("meeting", (1,)), DAY)
    (shown,) = index_entries(page, [chosen])
    assert [line.partition(": ")[2] for line in shown.words.statuses] == ["Do p1"]
    found = filtered_report(page, "status-in-progress")
    assert [row.row.id for row in found.rows] == ["p1"]


def test_a_calendar_tells_a_status_where_there_is_one(page: Context) -> None:
    """An expectation with a day is in it all the same."""
    found = entries(ledger_report(page), page.library, DAY, words("en"))
    assert {entry.id: "Status: " in entry.description for entry in found} == {
        "due-p1": True,
        "due-w2": False,
    }


def test_what_became_of_an_undertaking_without_a_status() -> None:
    """Its evidence gives it none."""
    found = library(agreement("deal", "2020-01-01", promise("u1", history=NEWS), UNDATED))
    later = afterwards(context(found, DAY, asked=True), found.agreements["deal"])
    assert [(item.undertakings, item.status) for item in later] == [
        ((1,), "in progress"),
        ((2,), None),
    ]


def test_a_status_that_is_no_longer_told_is_no_change() -> None:
    """Two builds with and without it differ in nothing that is told."""

    def built(status: str) -> Ledger:
        return Ledger({"w1": LedgerState("w1", "to do", "meeting-01", status, None, None)})

    assert list(moves(built("open"), built(""))) == []
    (new,) = moves(Ledger({}), built(""))
    assert new.told(words("en")) == "new"
