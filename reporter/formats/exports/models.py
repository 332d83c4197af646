"""Which model the view of each report has, and so what its JSON looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.agreement.view import AgreementReport
from reporter.reports.comparison.view import ComparisonReport
from reporter.reports.index.view import IndexReport
from reporter.reports.ledger.view import LedgerReport
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.series.view import SeriesReport
from reporter.reports.upcoming.view import UpcomingReport

if TYPE_CHECKING:
    from reporter.kinds import ReportName
    from reporter.reports.views import Report

MODELS: dict[ReportName, type[Report]] = {
    "meeting": MeetingReport,
    "upcoming": UpcomingReport,
    "comparison": ComparisonReport,
    "agreement": AgreementReport,
    "ledger": LedgerReport,
    "series": SeriesReport,
    "index": IndexReport,
}
