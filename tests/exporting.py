"""The reports in formats for other programs, made in the process of a test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.formats import EXPORTS, FORMATS
from reporter.formats.jobs import Job
from reporter.kinds import KINDS
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from datetime import date

    from reporter.language import Language
    from reporter.library import Library
    from reporter.reports.views import Report


def forms_of(kind: str) -> tuple[str, ...]:
    """Return the formats for other programs in which reports of a kind can be had."""
    return tuple(name for name in KINDS[kind].formats if name in EXPORTS)


EMPTY = b"<!doctype html><html><head><title>x</title></head><body></body></html>"
"""The page of which those are made that are made of one."""


@dataclass(frozen=True)
class Exports:
    """Makes them of views as of a day."""

    library: Library
    day: date
    words: Language

    def render(self, report: Report, form: str) -> bytes:
        """Return the content of the file of a report."""
        kind = FORMATS[form]
        job = Job(report.id, report.heading.kind, report, b"", self.words.code)
        if kind.gathers:
            found = kind.load().gather(report, self.library, self.day, self.words)
            job = Job(
                report.id, report.heading.kind, report, b"", self.words.code, (form,), {form: found}
            )
        content: bytes = kind.load().make(job, Theme((default_templates(),)), EMPTY)[0]
        return content
