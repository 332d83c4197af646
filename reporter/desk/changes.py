"""What changed between two builds, for the summary of a scheduled run.

It lists promises by where they stand, and what was rewritten and why.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from reporter.problems import Problem, ReporterError
from reporter.terminal import plain
from reporter.text import LARGEST_OTHER, read_bytes, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Rows = dict[str, dict[str, Any]]
STANDING = ("status", "overdue_since", "not_checked_since")
# What has a meaning in Markdown in the middle of a line; a backslash takes it away.
MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&!@:$^{}]|(?<=www)\.)", re.IGNORECASE)
# What is looked for again when the text is set: an address, a person, the number of a report.
LOOKED_FOR = re.compile(r"(\\[@#])(?=\w)")
APART = "&#8288;"  # a sign without width
# What the runner has read in the log already.
COMMAND = re.compile(r"\s*::(error|warning)[ :]")


def changes(before: Path, after: Path, log: Path | None) -> list[str]:
    """Return lines of Markdown on what changed between two ledgers (``ledger.json``).

    They also say what the build wrote, according to its ``log``. Without a ledger of an earlier
    build, everything is new and only the counts are given.
    """
    new = _rows(after)
    old = _rows(before) if before.exists() else None
    lines = ["## What changed", ""]
    if old is None:
        lines.append(
            f"There was no build before this one. Promises and expectations on record: {len(new)}."
        )
    else:
        found = list(_moved(old, new))
        lines += found or ["No promise or expectation moved."]
    return [*lines, "", *(_written(log) if log else [])]


def _rows(path: Path) -> Rows:
    try:
        view = json.loads(read_text(path, LARGEST_OTHER, "name the ledger of a build"))
        return {
            item["row"]["id"]: _row(item["row"])
            for item in (*view["promises"], *view["expectations"])
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        hint = "write it with 'reporter build --ledger --format json'"
        raise ReporterError([Problem(path, "this is not the ledger of a build", hint)]) from None


def _row(row: dict[str, Any]) -> dict[str, Any]:
    """Return of a row what is told, as text that has no meaning in Markdown."""
    standing = {name: _plain(row["standing"][name]) for name in STANDING}
    return {"told": f"{_plain(row['short'])} ({_plain(row['id'])})", "standing": standing}


def _plain(text: str | None) -> str:
    """Return a text as one line that is no markup: what is in it can only be read."""
    line = plain(" ".join(text.split())) if text else ""
    return LOOKED_FOR.sub(rf"\1{APART}", MARKDOWN.sub(r"\\\1", line))


def _moved(old: Rows, new: Rows) -> Iterator[str]:
    """Yield a line for each row that is new, gone, overdue, or of another status."""
    for name, row in new.items():
        now, then = row["standing"], old[name]["standing"] if name in old else None
        if then is None:
            yield f"- new: {row['told']}, {now['status']}"
        elif now["overdue_since"] and not then["overdue_since"]:
            yield f"- **overdue** since {now['overdue_since']}: {row['told']}"
        elif now["status"] != then["status"]:
            yield f"- {then['status']} -> **{now['status']}**: {row['told']}"
        elif now["not_checked_since"] and not then["not_checked_since"]:
            yield f"- not checked since {now['not_checked_since']}: {row['told']}"
    yield from (f"- gone: {row['told']}" for name, row in old.items() if name not in new)


def _written(log: Path) -> list[str]:
    """Return what a build said, in a box; what it said to the runner is left out."""
    told = read_bytes(log, LARGEST_OTHER, "give the log of one build")
    shown = told.decode("utf-8", "backslashreplace").split("\n")
    lines = [plain(line.rstrip("\r")) for line in shown if line.strip() and not COMMAND.match(line)]
    runs = (len(run) + 1 for line in lines for run in re.findall("`+", line))
    fence = "`" * max([3, *runs])
    return ["## What was written, and why", "", f"{fence}text", *lines, fence]
