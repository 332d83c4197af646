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


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<img src=x onerror=y>", r"\<img src=x onerror=y\>"),
        ("![x](javascript:y) [^1] ~~a~~", r"\!\[x\](javascript\:y) \[\^1\] \~\~a\~\~"),
        ("a@b.example @team #12", r"a\@&#8288;b.example \@&#8288;team \#&#8288;12"),
        ("WWW.state.example", r"WWW\.state.example"),
        ("$a$ &lt; <!-- :+1: | `x`", r"\$a\$ \&lt; \<\!-- \:+1\: \| \`x\`"),
        ("a\u202eb\u2028c\x1bd\x85e\ud800", r"a\\u202eb c\\x1bd e\\ud800"),
        ("::add-mask::x ##[error]y", r"\\x3a\:add-mask\:\:x \#\\x23\[error\]y"),
    ],
)
def test_a_text_is_no_markup(tmp_path: Path, text: str, told: str) -> None:
    """Neither at once nor when addresses, persons and numbers are looked for in what was set."""
    (after := ledger(tmp_path / "b.json", a={})).write_text(
        after.read_text(encoding="utf-8").replace("Promise a", json.dumps(text)[1:-1]),
        encoding="utf-8",
    )
    assert f"- new: {told} (a), open" in changes(ledger(tmp_path / "a.json"), after, None)


def test_a_log_of_any_bytes(tmp_path: Path) -> None:
    """It costs no summary: it stays in its box, escaped, without what was said to the runner."""
    log = tmp_path / "build.txt"
    log.write_bytes(
        b"a\x1b[31m\xff\r\n::error file=x,line=1::y\n  ::warning::z\n ::add-mask::k\n"
        b"\xe2\x80\xae##[group]\n\n``` and ````\n</details>"
    )
    lines = changes(ledger(tmp_path / "a.json"), ledger(tmp_path / "b.json"), log)
    assert lines[-7:] == [
        "`````text",
        r"a\x1b[31m\xff",
        r" \x3a:add-mask::k",
        r"\u202e#\x23[group]",
        "``` and ````",
        "</details>",
        "`````",
    ]


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
