"""Tests of the names of reports: by each one the report can be chosen again."""

from __future__ import annotations

import pytest

from reporter.choice import Choice


@pytest.mark.parametrize(
    ("choice", "name"),
    [
        (Choice("index"), "index"),
        (Choice("ledger"), "ledger"),
        (Choice("series"), "series"),
        (Choice("meeting", (2,)), "meeting-02"),
        (Choice("meeting", (1234,)), "meeting-1234"),
        (Choice("comparison", (1, 12)), "compare-01-12"),
        (Choice("agreement", ("pact-1998",)), "agreement-pact-1998"),
    ],
)
def test_a_name_is_that_of_a_report(choice: Choice, name: str) -> None:
    """Links between pages lead to the same places as in a folder."""
    assert (choice.report, Choice.named(name)) == (name, choice)


def test_the_earlier_meeting_comes_first() -> None:
    """A comparison has one name, in whatever order its meetings are asked for."""
    assert Choice("comparison", (8, 7)).report == "compare-07-08"


@pytest.mark.parametrize(
    "name",
    [
        "",
        "x",
        "meeting-",
        "meeting-2",
        "meeting-002",
        "meeting-12345",
        "meeting-٢٢",
        "compare-01",
        "compare-02-01",
        "compare-01-01",
        "agreement-",
        "../x",
    ],
)
def test_other_names_are_none(name: str) -> None:
    """A report has one name."""
    assert Choice.named(name) is None


def test_an_index_leads_somewhere_where_no_page_is_built() -> None:
    """Its links are those of the main page, as links between reports are, in whatever format."""
    assert Choice(formats=()).pages("ledger") == ("html",)
    assert Choice(formats=("pdf",)).pages("ledger") == ("pdf",)
