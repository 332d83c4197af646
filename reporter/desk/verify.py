"""Takes the record out of a PDF, and says whether the records of a project still say the same. The only module that knows pypdf."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, PyPdfError

from reporter.choice import Choice, Edition
from reporter.language import language_of
from reporter.plan import plan
from reporter.problems import Problem, ReporterError, quoted
from reporter.text import read_bytes
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORD = "record.json"
# What pypdf fails with over a file that is damaged, encrypted in a way that it does not know, or made to make it fail.
UNREADABLE = (
    PyPdfError,
    DependencyError,
    OSError,
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    RuntimeError,
)
LARGEST = 256 * 1024 * 1024  # bytes of a PDF
_ABSENT = object()
logging.getLogger("pypdf").setLevel(
    logging.CRITICAL
)  # what it mends in a file is nobody's business; what it cannot is told in our words


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a PDF says, held against the records."""

    report: str
    day: date
    """The day for which it speaks."""
    asked: bool
    differences: tuple[str, ...]


def verify(path: Path, project: Path, today: date) -> Verdict:
    """Compare the record in the PDF ``path`` with what the records of ``project`` say now.

    A PDF that speaks as of a day is held against the records as of that day, any other against those as of ``today``.
    Raises ReporterError where there is no record in it.
    """
    record = record_in(path)
    try:
        day, asked = date.fromisoformat(record["speaks"]["day"]), bool(record["speaks"]["asked"])
    except (KeyError, TypeError, ValueError):
        raise _no_record(path) from None
    planned = plan(
        project,
        choice_of(path, str(record["id"])),
        day if asked else today,
        asked=asked,
        edition=_edition(record),
    )
    words = language_of(Theme.of(project), planned.library.project.language)
    fresh = json.loads(planned.task(planned.selections[0], words).report.model_dump_json())
    return Verdict(record["id"], day, asked, tuple(_differences(record, fresh)))


def record_in(path: Path) -> dict[str, Any]:
    """Return the record embedded in the PDF ``path``."""
    try:
        found = PdfReader(BytesIO(read_bytes(path, LARGEST))).attachments.get(RECORD)
    except UNREADABLE as error:
        raise ReporterError(
            [
                Problem(
                    path,
                    f"cannot be read as a PDF: {error}",
                    "name a file that reporter has written",
                )
            ]
        ) from None
    try:
        record = json.loads(found[0]) if found else None
    except (ValueError, RecursionError):
        record = None
    if (
        not isinstance(record, dict)
        or "id" not in record
        or not isinstance(record.get("masthead"), dict)
    ):
        raise _no_record(path)
    return record


def _no_record(path: Path) -> ReporterError:
    return ReporterError(
        [
            Problem(
                path,
                "there is no record of reporter in it",
                "name a file that reporter has written",
            )
        ]
    )


def _edition(record: dict[str, Any]) -> Edition:
    masthead = record["masthead"]
    return Edition(
        "public" if masthead.get("edition") == "public" else "internal",
        "Letter" if masthead.get("paper") == "Letter" else "A4",
    )


def choice_of(path: Path, report: str) -> Choice:
    """Return the choice that builds the report of this name."""
    choice = Choice.named(report)
    if choice and choice.kind != "index":
        return choice
    raise ReporterError(
        [
            Problem(
                path,
                f"the report {quoted(report)} cannot be verified",
                "an index only lists the other reports: verify these",
            )
        ]
    )


def _differences(old: object, new: object, where: str = "") -> Iterator[str]:
    """Yield a line for each value that is not the same."""
    if isinstance(old, dict) and isinstance(new, dict):
        for key in [*old, *(key for key in new if key not in old)]:
            yield from _differences(
                old.get(key, _ABSENT),
                new.get(key, _ABSENT),
                f"{where}.{key}" if where else str(key),
            )
    elif isinstance(old, list) and isinstance(new, list):
        for index, (before, after) in enumerate(zip_longest(old, new, fillvalue=_ABSENT)):
            yield from _differences(before, after, f"{where}[{index}]")
    elif old != new:
        yield f"{where}: {_shown(old)} in the PDF, {_shown(new)} in the records"


def _shown(value: object) -> str:
    return "nothing" if value is _ABSENT else json.dumps(value, ensure_ascii=False)
