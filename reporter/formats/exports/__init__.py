"""The reports in forms for other programs: JSON, tables as CSV, calendars as iCalendar. None needs a template or a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.kinds import KINDS

if TYPE_CHECKING:
    from datetime import date

    from reporter.kinds import Form
    from reporter.language import Language
    from reporter.library import Library
    from reporter.reports.views import Report


@dataclass(frozen=True, slots=True)
class Exports:
    """Renders views as of ``day``: those of the series stand for more than they print, so the library is at hand."""

    library: Library
    day: date
    words: Language

    def render(self, report: Report, form: Form) -> bytes:
        """Return the content of the file of ``report`` in a form that it has."""
        if form not in KINDS[report.heading.kind].forms:
            message = f"{report.id} has no form '{form}'"
            raise ValueError(message)
        match form:
            case "json":
                return report.model_dump_json(indent=2).encode() + b"\n"
            case "csv":
                from reporter.formats.exports.tables import table  # noqa: PLC0415 (only where it is asked for)

                return table(report, self.library)
            case "ics":
                from reporter.formats.exports.calendars import calendar  # noqa: PLC0415 (heavy: only where it is asked for)

                return calendar(report, self.library, self.day, self.words)
