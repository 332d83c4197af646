"""A report as JSON: its view, as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporter.formats.jobs import Job, MadeContent
    from reporter.theme import Theme


def make(job: Job, _theme: Theme, _source: bytes) -> MadeContent:
    """Return the file of a report."""
    return job.report.model_dump_json(indent=2).encode() + b"\n", ()
