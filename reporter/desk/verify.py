"""Says whether the records of a project still say what the record in a PDF says."""

from __future__ import annotations

import json
from datetime import date
from itertools import zip_longest
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.choice import EDITIONS, Choice, Edition
from reporter.desk.embedded import content_of, no_record, record_of
from reporter.language import language_of
from reporter.outputs.digests import digest
from reporter.outputs.manifest import NAME, Manifest
from reporter.problems import Problem, quoted, stop
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LONGEST_SHOWN = 200  # characters of a value
_ABSENT = object()


class Verdict(NamedTuple):
    """What a PDF says, held against the records."""

    differences: tuple[str, ...]
    """Where the record in it is not what the records of the project say."""
    page: str
    """What is known of the printed page, which is another thing than the record inside."""
    changed: Problem | None
    """What is wrong with the file, where it is not the one that was built."""


def verify(path: Path, project: Path, today: date) -> Verdict:
    """Compare the record in the PDF ``path`` with what the records of ``project`` say now.

    A PDF that speaks as of a day is held against the records as of that day, any other against
    those as of ``today``. Raises ReporterError where there is no record in it.
    """
    content = content_of(path)
    record = record_of(path, content)
    try:
        day, asked = date.fromisoformat(record["speaks"]["day"]), bool(record["speaks"]["asked"])
    except (KeyError, TypeError, ValueError):
        raise no_record(path) from None
    page, changed = _page(path, content)
    planned = plan(
        project,
        choice_of(path, record["id"]),
        day if asked else today,
        asked=asked,
        edition=_edition(record),
    )
    if not planned.selections:
        raise no_record(path)
    words = language_of(Theme.of(project), planned.library.project.language)
    fresh = json.loads(planned.task(planned.selections[0], words).report.model_dump_json())
    return Verdict(tuple(_differences(record, fresh)), page, changed)


def _page(path: Path, content: bytes) -> tuple[str, Problem | None]:
    """Return what is known of the printed page, and what is wrong with it."""
    files, found = Manifest.of(path.parent).files, digest(content)
    known = [files[path.name]] if path.name in files else files.values()
    if found in {entry.digest for entry in known}:
        return f"the file is the one that was built: {NAME} beside it has its digest", None
    if path.name not in files:
        return f"the pages were not compared: no {NAME} beside it has a digest of the file", None
    message = f"not the file that was built: {NAME} beside it has another digest"
    hint = "its pages may have been changed, whatever the record inside says: build it again"
    return "", Problem(path, message, hint)


def _edition(record: dict[str, Any]) -> Edition:
    masthead = record["masthead"]
    return Edition(
        next((name for name in EDITIONS if name == masthead.get("edition")), "internal"),
        "Letter" if masthead.get("paper") == "Letter" else "A4",
        str(masthead.get("desk") or ""),
        masthead.get("predictions") is True,
    )


def choice_of(path: Path, report: str) -> Choice:
    """Return the choice that builds the report of this name."""
    choice = Choice.named(report)
    if choice is None or choice.kind == "index":
        message = f"the report {quoted(report)} cannot be verified"
        stop(path, message, "an index only lists the other reports: verify these")
    return choice


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
    if value is _ABSENT:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}..."
