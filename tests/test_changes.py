"""Tests of the summary of a scheduled build: what moved between two ledgers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from reporter.desk.changes import changes
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from pathlib import Path


def ledger(path: Path, **rows: dict[str, Any]) -> Path:
    """Write a ledger with these rows; a row gives what differs from an open promise."""
    plain = {"status": "open", "overdue_since": None, "not_checked_since": None}
    found = [
        {"row": {"id": name, "short": f"Promise {name}", "standing": plain | row}}
        for name, row in rows.items()
    ]
    path.write_text(json.dumps({"promises": found, "expectations": []}), encoding="utf-8")
    return path


def test_a_quiet_night(tmp_path: Path) -> None:
    """Where nothing moved, the summary says so."""
    before, after = ledger(tmp_path / "a.json", a={}), ledger(tmp_path / "b.json", a={})
    assert "No promise or expectation moved." in changes(before, after, None)


def test_what_moved(tmp_path: Path) -> None:
    """New, gone, overdue, of another status, no longer checked: each has its line."""
    before = ledger(tmp_path / "a.json", a={}, b={}, c={}, d={})
    after = ledger(
        tmp_path / "b.json",
        a={"overdue_since": "2026-01-31"},
        b={"status": "met"},
        c={"not_checked_since": "2025-01-01"},
        e={"status": "open"},
    )
    assert [line for line in changes(before, after, None) if line.startswith("- ")] == [
        "- **overdue** since 2026-01-31: Promise a (a)",
        "- open -> **met**: Promise b (b)",
        "- not checked since 2025-01-01: Promise c (c)",
        "- new: Promise e (e), open",
        "- gone: Promise d (d)",
    ]


def test_the_first_build(tmp_path: Path) -> None:
    """Without an earlier ledger all is new, and nothing is said to have moved."""
    lines = changes(tmp_path / "none.json", ledger(tmp_path / "b.json", a={}), None)
    assert "There was no build before this one. Promises and expectations on record: 1." in lines


def test_what_the_build_said(tmp_path: Path) -> None:
    """The log of the build follows as it is."""
    log = tmp_path / "build.txt"
    log.write_text("ledger.pdf: the records changed\n", encoding="utf-8")
    lines = changes(ledger(tmp_path / "a.json"), ledger(tmp_path / "b.json"), log)
    assert "ledger.pdf: the records changed" in lines


def test_no_text_becomes_markdown(tmp_path: Path) -> None:
    """What a record says is shown as it is written, in its line; what a log says stays in its box."""
    (after := ledger(tmp_path / "b.json", a={})).write_text(
        after.read_text(encoding="utf-8").replace(
            "Promise a", "<b>[x](https://state.example)</b>\\n# `y`"
        ),
        encoding="utf-8",
    )
    log = tmp_path / "build.txt"
    log.write_text("````\n<b>\n", encoding="utf-8")
    lines = changes(ledger(tmp_path / "a.json"), after, log)
    assert r"- new: \<b\>\[x\](https\://state.example)\</b\> \# \`y\` (a), open" in lines
    assert lines[-4:] == ["`````text", "````", "<b>", "`````"]


def test_a_long_log(tmp_path: Path) -> None:
    """A build of thousands of reports says much."""
    log = tmp_path / "build.txt"
    log.write_text("ledger.pdf: the records changed\n" * 50_000, encoding="utf-8")
    assert len(changes(ledger(tmp_path / "a.json"), ledger(tmp_path / "b.json"), log)) > 50_000


@pytest.mark.parametrize(
    "row",
    ["{}", "[]", "null", '{"id": "a", "short": "b"}', '{"id": "a", "short": 1, "standing": {}}'],
)
def test_a_row_that_somebody_else_made(tmp_path: Path, row: str) -> None:
    """It is a problem, not a traceback."""
    (tmp_path / "a.json").write_text(
        f'{{"promises": [{{"row": {row}}}], "expectations": []}}', encoding="utf-8"
    )
    with pytest.raises(ReporterError, match="not the ledger"):
        changes(tmp_path / "a.json", tmp_path / "a.json", None)


def test_no_ledger(tmp_path: Path) -> None:
    """A file that is no ledger is a problem."""
    (tmp_path / "a.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ReporterError, match="not the ledger"):
        changes(tmp_path / "a.json", tmp_path / "a.json", None)
