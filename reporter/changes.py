"""What changed between two builds, for the summary of a scheduled run: promises by their standing, and what was rewritten and why."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from reporter.problems import Problem, ReporterError
from reporter.text import LARGEST_OTHER, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Rows = dict[str, dict[str, Any]]


def changes(before: Path, after: Path, log: Path | None) -> list[str]:
    """Return lines of Markdown on what changed between two ledgers (``ledger.json``), and what the build wrote by its ``log``.

    Where there is no ledger of an earlier build, all is new and only the counts are told.
    """
    new = _rows(after)
    old = _rows(before) if before.exists() else None
    lines = ["## What changed", ""]
    if old is None:
        lines.append(f"There was no build before this one. {len(new)} promises and expectations are on record.")
    else:
        found = list(_moved(old, new))
        lines += found or ["No promise or expectation moved."]
    return [*lines, "", *(_written(log) if log else [])]


def _rows(path: Path) -> Rows:
    try:
        view = json.loads(read_text(path, LARGEST_OTHER, "name the ledger of a build"))
        return {item["row"]["id"]: item["row"] for item in (*view["promises"], *view["expectations"])}
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "write it with 'reporter build --ledger --format json'"
        raise ReporterError([Problem(path, "this is not the ledger of a build", hint)]) from None


def _moved(old: Rows, new: Rows) -> Iterator[str]:
    """Yield a line for each row that is new, gone, overdue, or of another status."""
    for name, row in new.items():
        now, then = row["standing"], old[name]["standing"] if name in old else None
        if then is None:
            yield f"- new: {row['short']} ({name}), {now['status']}"
        elif now["overdue_since"] and not then["overdue_since"]:
            yield f"- **overdue** since {now['overdue_since']}: {row['short']} ({name})"
        elif now["status"] != then["status"]:
            yield f"- {then['status']} -> **{now['status']}**: {row['short']} ({name})"
        elif now["not_checked_since"] and not then["not_checked_since"]:
            yield f"- not checked since {now['not_checked_since']}: {row['short']} ({name})"
    yield from (f"- gone: {row['short']} ({name})" for name, row in old.items() if name not in new)


def _written(log: Path) -> list[str]:
    lines = [line for line in read_text(log).splitlines() if line.strip()]
    return ["## What was written, and why", "", "```text", *lines, "```"]
