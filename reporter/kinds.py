"""The kinds of report, in which forms each can be had, and under which heading of the index it stands. Plain values, at once at hand."""

from __future__ import annotations

from typing import Literal, NamedTuple

ReportName = Literal["series", "ledger", "meeting", "upcoming", "comparison", "agreement", "index"]
GroupName = Literal["whole", "meeting", "comparison", "agreement"]
PageForm = Literal["html", "pdf"]
Form = Literal["json", "csv", "ics"]

PAGES: tuple[PageForm, ...] = ("html", "pdf")
"""Forms in which a page is made, the one to lead to first."""
FORMS: tuple[Form, ...] = ("json", "csv", "ics")
"""Forms for other programs."""


class ReportKind(NamedTuple):
    """What is the same for all reports of a kind."""

    group: GroupName | None
    """None: the index does not lead to it."""
    forms: tuple[Form, ...]
    """Those that it has besides pages."""


REPORT_KINDS: dict[ReportName, ReportKind] = {
    "series": ReportKind("whole", ("json", "csv", "ics")),
    "ledger": ReportKind("whole", ("json", "csv", "ics")),
    "meeting": ReportKind("meeting", ("json", "csv", "ics")),
    "upcoming": ReportKind(
        "meeting", ("json", "csv", "ics")
    ),  # as a meeting: `--meeting` may mean either
    "comparison": ReportKind("comparison", ("json", "csv")),
    "agreement": ReportKind("agreement", ("json",)),
    "index": ReportKind(None, ("json",)),
}
