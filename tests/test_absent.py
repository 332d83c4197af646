"""A report on what did not exist on the day is refused, with the day from which it does."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import words
from test_reports_ledger import agreement, library, meeting, promise

from reporter.choice import Choice
from reporter.problems import ReporterError
from reporter.reports import select
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.reports.views import Report

TALKS = library(
    meeting(1, "2020-01-01", promise("p")),
    meeting(2, "2021-01-01"),
    meeting(3, "2022-01-01"),
    agreement("notes", "2021-05-01"),
)


def report(found: Library, choice: Choice, day: str) -> Report:
    """Return the report of a choice as of a day."""
    when = date.fromisoformat(day)
    (selection,) = select(found, choice, when)
    return selection.view(Context.on(found, when, words("en"), asked=True))


@pytest.mark.parametrize(
    ("choice", "day", "first"),
    [
        (Choice("agreement", ("notes",)), "2021-04-30", "2021-05-01"),
        (Choice("meeting", (3,)), "2020-12-31", "2021-01-01"),
        (Choice("meeting", (2,)), "2019-12-31", "2020-01-01"),
    ],
)
def test_before_it_the_report_is_refused(choice: Choice, day: str, first: str) -> None:
    """A meeting that is not the next one, an agreement before it was signed."""
    with pytest.raises(ReporterError) as caught:
        report(TALKS, choice, day)
    (problem,) = caught.value.problems
    assert problem.message.endswith(f"on {day}")
    assert problem.hint == (
        f"the first that is on record is of {first}: choose a later day with --as-of"
    )
    assert report(TALKS, choice, first).id


def test_the_next_meeting_can_be_prepared_for() -> None:
    """So can the first one, on any day."""
    assert report(TALKS, Choice("meeting", (1,)), "1990-01-01").heading.kind == "upcoming"
    assert report(TALKS, Choice("meeting", (2,)), "2020-06-01").heading.kind == "upcoming"
