"""A page lists the sources that it cites, and no others; the record inside it has all."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from reading import context
from test_matters import entry
from test_reports_ledger import agreement, library, meeting, promise

from reporter.formats.html import render
from reporter.reports.agreement.view import agreement_report
from reporter.reports.filtered.view import filtered_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.party.view import party_report
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.reports.common.context import Context
    from reporter.reports.common.further_sources import WithFurther

ROOT = Path(__file__).parent.parent
REPORTED = promise("u1", history=[entry("2020-05-01", source="w")])
ABOUT = promise("c1", about="deal", history=REPORTED["history"])
MAKE: dict[str, Callable[[Context], WithFurther]] = {
    "agreement": lambda page: agreement_report(page, page.library.agreements["deal"]),
    "ledger": ledger_report,
    "filtered": lambda page: filtered_report(page, "owner-a"),
    "party": lambda page: party_report(page, "a"),
    "meeting": lambda page: meeting_report(page, page.library.meetings[1]),
}


@pytest.mark.parametrize("kind", MAKE)
def test_a_page_lists_what_it_cites(kind: str) -> None:
    """What weak sources alone say stands on some of them; their records name it on all."""
    found = library(agreement("deal", "2020-01-01", REPORTED), meeting(1, "2020-02-01", ABOUT))
    report = MAKE[kind](context(found, date(2023, 1, 1), asked=True))
    page = render(Theme.of(ROOT), kind, report, "en")
    listed = set(re.findall(r'<li id="(source-\d+)"', page))
    assert listed
    assert listed == set(re.findall(r'href="#(source-\d+)"', page))
    assert {entry.id for entry in (*report.sources, *report.further)} == {"d", "w"}
