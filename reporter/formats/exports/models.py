"""Which model the view of each report has, and so what its JSON looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.agreement import AgreementReport
from reporter.reports.comparison import ComparisonReport
from reporter.reports.index import IndexReport
from reporter.reports.ledger import LedgerReport
from reporter.reports.meeting import MeetingReport
from reporter.reports.series import SeriesReport
from reporter.reports.upcoming import UpcomingReport

if TYPE_CHECKING:
    from reporter.kinds import ReportName
    from reporter.reports.parts import Report

MODELS: dict[ReportName, type[Report]] = {
    "meeting": MeetingReport,
    "upcoming": UpcomingReport,
    "comparison": ComparisonReport,
    "agreement": AgreementReport,
    "ledger": LedgerReport,
    "series": SeriesReport,
    "index": IndexReport,
}
