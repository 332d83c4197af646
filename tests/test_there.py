"""Whether a report can be had on a day: each kind says so itself, for binders and for changes."""

from __future__ import annotations

from datetime import date

import pytest
from reading import context
from test_reports_ledger import agreement, library, meeting, promise

from reporter.choice import Choice
from reporter.library.snapshot import Snapshot
from reporter.problems import ReporterError
from reporter.reports import is_there, selection

HELD = (
    meeting(1, "2020-01-01", promise("p")),
    meeting(2, "2021-01-01"),
    meeting(3, "2022-01-01"),
    meeting(4, "2023-01-01"),
    agreement("deal", "2021-06-01"),
)


@pytest.mark.parametrize(
    ("report", "since"),
    [
        ("meeting-01", "2019-01-01"),  # before its day, what is known of it
        ("meeting-03", "2021-01-01"),  # the next one
        ("compare-01-02", "2021-01-01"),
        ("compare-01-03", "2022-01-01"),  # not one after the other
        ("agreement-deal", "2021-06-01"),
        ("matrix-meeting-01", "2020-01-01"),
        ("matrix-p", "2020-01-01"),
        ("matrix-deal", "9999-01-01"),  # it has no promises
        ("with-a", "2020-01-01"),
        ("body-a-agency", "2019-01-01"),
        ("ledger", "2019-01-01"),
        ("ledger--with-a", "2019-01-01"),
        ("series", "2019-01-01"),
    ],
)
def test_a_report_is_there_from_its_day_on(report: str, since: str) -> None:
    """What is there can be made, and what is not there is refused."""
    found, choice = library(*HELD), Choice.named(report)
    assert choice
    days = [date(year, month, 1) for year in (2019, 2020, 2021, 2022) for month in (1, 6)]
    for day in days:
        there = is_there(Snapshot(found, day), choice)
        assert there == (day >= date.fromisoformat(since)), day
        chosen = selection(found, str(choice.kind), choice.arguments, day)
        try:
            chosen.view(context(found, day, asked=True))
        except ReporterError:
            assert not there
        else:
            assert there
