"""The reports in forms for other programs: JSON, tables as CSV, calendars as iCalendar. None needs a template or a worker.

Light to import: the command line asks ``forms`` before anything is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

    from reporter.choice import ReportName
    from reporter.language import Language
    from reporter.library import Library
    from reporter.reports.parts import Report

Form = Literal["json", "csv", "ics"]

# Which report has which forms. What `--meeting` chooses may turn out to be upcoming, so both have the same.
FORMS: dict[ReportName, tuple[str, ...]] = {
    "meeting": ("html", "pdf", "json", "csv", "ics"),
    "upcoming": ("html", "pdf", "json", "csv", "ics"),
    "comparison": ("html", "pdf", "json", "csv"),
    "agreement": ("html", "pdf", "json"),
    "ledger": ("html", "pdf", "json", "csv", "ics"),
    "series": ("html", "pdf", "json", "csv", "ics"),
    "index": ("html", "pdf", "json"),
}


def forms(kind: ReportName) -> frozenset[str]:
    """Return the formats in which a report of this kind can be had."""
    return frozenset(FORMS[kind])


@dataclass(frozen=True, slots=True)
class Exports:
    """Renders views as of ``day``: those of the series stand for more than they print, so the library is at hand."""

    library: Library
    day: date
    words: Language

    def render(self, report: Report, form: Form) -> bytes:
        """Return the content of the file of ``report`` in a form that it has."""
        if form not in forms(report.heading.kind):
            message = f"{report.id} has no form '{form}'"
            raise ValueError(message)
        match form:
            case "json":
                return report.model_dump_json(indent=2).encode() + b"\n"
            case "csv":
                from reporter.exports.tables import table  # noqa: PLC0415 (only where it is asked for)

                return table(report, self.library)
            case "ics":
                from reporter.exports.calendars import calendar  # noqa: PLC0415 (heavy: only where it is asked for)

                return calendar(report, self.library, self.day, self.words)
