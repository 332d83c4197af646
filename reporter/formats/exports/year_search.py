"""What the index finds of one year, as a program: a page in a file can load nothing else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from reporter.language import language_of
from reporter.reports.headings import title
from reporter.reports.year.view import YearReport

if TYPE_CHECKING:
    from reporter.formats.jobs import Job, MadeContent
    from reporter.language import Language
    from reporter.reports.index.view import IndexEntry
    from reporter.theme import Theme

HEAD = "// What index.html finds, of one year.\n"


def make(job: Job, theme: Theme, _source: bytes) -> MadeContent:
    """Return the file beside the page of a year: its reports, each with the words that find it."""
    report, words = job.report, language_of(theme, job.language)
    assert isinstance(report, YearReport)  # noqa: S101 (no other kind has this format)
    found = [_piece(entry, words) for group in report.groups for entry in group.entries]
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return f"{HEAD}found({text});\n".encode(), ()


def _piece(entry: IndexEntry, words: Language) -> dict[str, object]:
    """Return what the search needs of a report: where it is, what it is called, what it says."""
    name = words.capital(entry.heading.name.text) if entry.heading.name else ""
    return {
        "page": f"{entry.id}.{entry.formats[0]}",
        "title": entry.short or name or title(entry.heading, words),
        "when": words.when(entry.date, short=True) if entry.date else "",
        "status": entry.status,
        "words": {kind: lines for kind, lines in entry.words.model_dump().items() if lines},
    }
