"""Tests of the summary of a scheduled build: what moved between two ledgers."""

from __future__ import annotations

import email
import json
import re
from email import policy
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner
from reading import words

from reporter.cli import main
from reporter.desk import changes as of
from reporter.desk.changes.feed import MOST
from reporter.desk.mail import BOUNDARY
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


def changes(before: Path, after: Path, log: Path | None) -> list[str]:
    """Return what is said of two ledgers, as Markdown."""
    return of.lines(of.changes(before, after), words("en"), log)


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
        "- **overdue since 31 January 2026**: Promise a (a)",
        "- **open → met**: Promise b (b)",
        "- **not checked since 1 January 2025**: Promise c (c)",
        "- **new, open**: Promise e (e)",
        "- **gone**: Promise d (d)",
    ]


def owner(name: str, status: str, overdue_since: str | None = None) -> dict[str, Any]:
    """Return where one of several who owe a promise stands."""
    label = {"text": f"State {name.upper()}"}
    return {"id": name, "name": label, "status": status, "overdue_since": overdue_since}


def test_what_moved_for_some_of_several(tmp_path: Path) -> None:
    """Each owner that moved is named, those alike together; what moved for all is told once."""
    late = {"status": "open", "overdue_since": "2026-01-31"}
    before = ledger(
        tmp_path / "a.json",
        a={},
        b={"owners": [owner("a", "met"), owner("b", "open")]},
        c={"status": "in progress"},
        d={},
        e={"owners": [owner("a", "met"), owner("b", "open")]},
    )
    after = ledger(
        tmp_path / "b.json",
        a={"owners": [owner("a", "met"), owner("b", "met"), owner("c", "open")]},
        b={"status": "met", "owners": [owner("a", "met"), owner("b", "met")]},
        c={"status": "missed", "owners": [owner("a", "met"), owner("b", "missed")]},
        d=late | {"owners": [owner("a", "met"), owner("b", "open", "2026-01-31")]},
        e={"owners": [owner("a", "met"), owner("b", "open")]},
    )
    assert [line for line in changes(before, after, None) if line.startswith("- ")] == [
        "- **State A and State B\\: open → met**: Promise a (a)",
        "- **open → met**: Promise b (b)",
        "- **in progress → missed**: Promise c (c)",
        "- **State A\\: in progress → met**: Promise c (c)",
        "- **overdue since 31 January 2026**: Promise d (d)",
        "- **State A\\: open → met**: Promise d (d)",
    ]


def test_a_feed_has_an_entry_for_each_owner_that_moved(tmp_path: Path) -> None:
    """Two owners of one promise that move on one day have two entries."""
    old = ledger(tmp_path / "a.json", a={})
    new = ledger(tmp_path / "b.json", a={"owners": [owner("a", "met"), owner("b", "missed")]})
    moved = of.changes(old, new).moves
    assert [(move.who, move.row.status) for move in moved] == [
        (("State A",), "met"),
        (("State B",), "missed"),
    ]


def test_the_first_build(tmp_path: Path) -> None:
    """Without an earlier ledger all is new, and nothing is said to have moved."""
    lines = changes(tmp_path / "none.json", ledger(tmp_path / "b.json", a={}), None)
    assert "There was no build before this one. One promise or expectation is on record." in lines


def test_what_the_build_said(tmp_path: Path) -> None:
    """The log of the build follows as it is."""
    log = tmp_path / "build.txt"
    log.write_text("ledger.pdf: the records changed\n", encoding="utf-8")
    lines = changes(ledger(tmp_path / "a.json"), ledger(tmp_path / "b.json"), log)
    assert "ledger.pdf: the records changed" in lines


def test_no_text_becomes_markdown(tmp_path: Path) -> None:
    """What a record says is shown as written, in its line; what a log says stays in its box."""
    (after := ledger(tmp_path / "b.json", a={})).write_text(
        after.read_text(encoding="utf-8").replace(
            "Promise a", "<b>[x](https://state.example)</b>\\n# `y`"
        ),
        encoding="utf-8",
    )
    log = tmp_path / "build.txt"
    log.write_text("````\n<b>\n", encoding="utf-8")
    lines = changes(ledger(tmp_path / "a.json"), after, log)
    assert r"- **new, open**: \<b\>\[x\](https\://state.example)\</b\> \# \`y\` (a)" in lines
    assert lines[-4:] == ["`````text", "````", "<b>", "`````"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<img src=x onerror=y>", r"\<img src=x onerror=y\>"),
        ("![x](javascript:y) [^1] ~~a~~", r"\!\[x\](javascript\:y) \[\^1\] \~\~a\~\~"),
        ("a@b.example @team #12", r"a\@&#8288;b.example \@&#8288;team \#&#8288;12"),
        ("WWW.state.example", r"WWW\.state.example"),
        ("$a$ &lt; <!-- :+1: | `x`", r"\$a\$ \&lt; \<\!-- \:+1\: \| \`x\`"),
        ("a\u202eb\u2028c\x1bd\x85e\ud800", "a\ufffdb c\ufffdd e\ufffd"),
        ("نمی\u200cشود \u200f(الف)", "نمی\u200cشود \u200f(الف)"),
        ("::add-mask::x ##[error]y", r"\\x3a\:add-mask\:\:x \#\\x23\[error\]y"),
    ],
)
def test_a_text_is_no_markup(tmp_path: Path, text: str, told: str) -> None:
    """Neither at once nor when addresses, persons and numbers are looked for in what was set."""
    (after := ledger(tmp_path / "b.json", a={})).write_text(
        after.read_text(encoding="utf-8").replace("Promise a", json.dumps(text)[1:-1]),
        encoding="utf-8",
    )
    assert f"- **new, open**: {told} (a)" in changes(ledger(tmp_path / "a.json"), after, None)


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
    for content in (b"[]", b"", b"PK\x03\x04\xff"):
        (tmp_path / "a.json").write_bytes(content)
        with pytest.raises(ReporterError, match="not the ledger"):
            changes(tmp_path / "a.json", tmp_path / "a.json", None)


# As e-mail, and as a feed

ATOM = "{http://www.w3.org/2005/Atom}"


def whole(
    path: Path,
    day: str = "2026-03-01",
    edition: str = "internal",
    **rows: Any,  # noqa: ANN401
) -> Path:
    """Write a ledger with all that a message or a feed tells of it."""
    ledger(path, **{name: {"status": "open"} | row for name, row in rows.items()})
    view = json.loads(path.read_text(encoding="utf-8"))
    for item in view["promises"]:
        item["row"]["short"] = rows[item["row"]["id"]].get("short", item["row"]["short"])
        item["made"] = {"report": "meeting-01"}
    series = {"language": "en", "text": "Talks on <Space> & 宇宙"}
    view["masthead"] = {"short": series, "author": "Desk", "edition": edition}
    view["speaks"] = {"day": day}
    path.write_text(json.dumps(view), encoding="utf-8")
    return path


def saved(form: of.ChangesFormat, file: Path, before: Path, after: Path) -> bytes:
    """Write changes to a file and return its bytes."""
    of.save(form, of.changes(before, after), words("en"), after, file)
    return file.read_bytes()


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Return the ledgers of two nights, between which three promises moved and one came."""
    before = whole(tmp_path / "a.json", day="2026-02-28", a={}, b={}, c={}, d={})
    after = whole(
        tmp_path / "b.json",
        a={"overdue_since": "2026-01-31"},
        b={"status": "met", "short": "לשגר לוויין (2026)"},
        d={"not_checked_since": "2025-05-01", "short": "第9回会合 <b>を</b> 開催する" * 9},
        e={},
    )
    return before, after


def test_a_draft_of_an_e_mail(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """It has text and HTML in each script, and is the same bytes each time."""
    raw = saved("eml", tmp_path / "x.eml", *two)
    assert raw == saved("eml", tmp_path / "y.eml", *two)
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78
    found = email.message_from_bytes(raw, policy=policy.default)
    assert found.get_content_type() == "multipart/alternative"
    assert found.get_boundary() == BOUNDARY
    assert found["Subject"] == "What changed: Talks on <Space> & 宇宙, 1 March 2026"
    assert found["X-Unsent"] == "1"
    assert found["Date"] is None
    text, page = (part.get_content().replace("\r\n", "\n") for part in found.iter_parts())
    assert "- overdue since 31 January 2026: Promise a (a)\n" in text
    assert "- open → met: \u2068לשגר לוויין (2026)\u2069 (b)\n" in text
    assert "<li><strong>open → met</strong>: <bdi>לשגר לוויין (2026)</bdi>" in page
    assert "第9回会合 &lt;b&gt;を&lt;/b&gt;" in page
    assert '<html lang="en" dir="ltr">' in page


def test_a_draft_of_a_quiet_night(tmp_path: Path) -> None:
    """It says that nothing moved."""
    one = whole(tmp_path / "a.json", a={})
    raw = saved("eml", tmp_path / "x.eml", one, one)
    assert b"No promise or expectation moved." in raw


def entries(raw: bytes) -> list[ET.Element]:
    """Return the entries of a feed, which keeps to RFC 4287."""
    feed = ET.fromstring(raw)  # noqa: S314 (our own)
    assert feed.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated", "author"):
        assert len(feed.findall(f"{ATOM}{name}")) == 1
    found = feed.findall(f"{ATOM}entry")
    for entry in found:
        for name in ("id", "title", "updated", "content"):
            (held,) = entry.findall(f"{ATOM}{name}")
            assert held.text
        assert re.fullmatch("urn:uuid:[0-9a-f-]{36}", entry.findtext(f"{ATOM}id", ""))
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext(f"{ATOM}updated", ""))
        (link,) = entry.findall(f"{ATOM}link")
        assert link.attrib["rel"] == "alternate"
    ids = [entry.findtext(f"{ATOM}id") for entry in found]
    assert len(set(ids)) == len(ids)
    latest = max((entry.findtext(f"{ATOM}updated", "") for entry in found), default="")
    assert feed.findtext(f"{ATOM}updated", "") >= latest
    return found


def test_a_feed(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """Each that moved has an entry with the day of the build; what is gone has none."""
    found = entries(saved("atom", tmp_path / "feed.xml", *two))
    assert [entry.findtext(f"{ATOM}title", "").partition(":")[0] for entry in found] == [
        "overdue since 31 January 2026", "open → met", "not checked since 1 May 2025", "new, open",
    ]  # fmt: skip
    assert {entry.findtext(f"{ATOM}updated") for entry in found} == {"2026-03-01T00:00:00Z"}
    assert "\u2068לשגר לוויין (2026)\u2069" in found[1].findtext(f"{ATOM}title", "")


def test_a_quiet_night_changes_no_byte_of_a_feed(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """Nor does a build that is run again; and another folder makes the same."""
    feed, (before, after) = tmp_path / "feed.xml", two
    first = saved("atom", feed, before, after)
    assert saved("atom", feed, before, after) == first
    rows = json.loads(after.read_text(encoding="utf-8"))
    rows["speaks"]["day"] = "2026-03-02"
    (next_one := tmp_path / "c.json").write_text(json.dumps(rows), encoding="utf-8")
    assert saved("atom", feed, after, next_one) == first
    (tmp_path / "other").mkdir()
    assert saved("atom", tmp_path / "other" / "x.xml", before, after) == first


def test_a_feed_does_not_grow_without_end(tmp_path: Path) -> None:
    """It has the newest hundred."""
    feed, ledgers = tmp_path / "feed.xml", [tmp_path / "a.json", tmp_path / "b.json"]
    rows: Any = {f"p{number}": {} for number in range(MOST - 10)}
    whole(ledgers[0])
    whole(ledgers[1], day="2026-03-01", **rows)
    saved("atom", feed, *ledgers)
    met: Any = {name: {"status": "met"} for name in rows}
    whole(ledgers[0], day="2026-03-02", **met)
    found = entries(saved("atom", feed, ledgers[1], ledgers[0]))
    assert len(found) == MOST
    assert [e.findtext(f"{ATOM}updated", "")[:10] for e in found] == [
        *["2026-03-02"] * (MOST - 10), *["2026-03-01"] * 10
    ]  # fmt: skip


def test_a_public_feed_forgets_what_became_internal(tmp_path: Path) -> None:
    """What is no longer in the public ledger, or in other words, is nowhere in the feed."""
    feed, one, two_ = tmp_path / "feed.xml", tmp_path / "a.json", tmp_path / "b.json"
    whole(one, edition="public")
    whole(two_, edition="public", a={"short": "Secret zi1"}, b={"short": "Said zi2"}, c={})
    assert b"zi1" in saved("atom", feed, one, two_)
    whole(one, edition="public", day="2026-03-02", b={"short": "Said otherwise"}, c={})
    raw = saved("atom", feed, two_, one)
    assert re.findall(rb"zi\d", raw) == []
    assert [entry.findtext(f"{ATOM}title") for entry in entries(raw)] == ["new, open: Promise c"]
    for form in ("eml", "md"):
        told = saved(form, tmp_path / f"x.{form}", two_, one)
        assert b"zi" not in told
        assert b"One is no longer shown." in told


def test_two_editions_are_not_compared(tmp_path: Path) -> None:
    """Nor does the feed of one keep anything of the other's; and not any file is a feed."""
    inside = whole(tmp_path / "a.json", a={})
    public = whole(tmp_path / "b.json", edition="public", a={})
    with pytest.raises(ReporterError, match="of the internal edition, the other of the public one"):
        of.changes(inside, public)
    feed = tmp_path / "feed.xml"
    saved("atom", feed, tmp_path / "none.json", inside)
    saved("atom", feed, whole(tmp_path / "c.json"), inside)
    assert len(entries(feed.read_bytes())) == 1
    assert entries(saved("atom", feed, tmp_path / "none.json", public)) == []
    feed.write_text("<feed/>", encoding="utf-8")
    with pytest.raises(ReporterError, match="this is no feed of reporter"):
        saved("atom", feed, tmp_path / "none.json", public)


@pytest.mark.parametrize("form", ["eml", "atom"])
def test_a_ledger_that_was_cut_down_has_no_message(tmp_path: Path, form: of.ChangesFormat) -> None:
    """Nobody could say of what it is."""
    one = ledger(tmp_path / "a.json", a={})
    with pytest.raises(ReporterError, match="not the ledger"):
        saved(form, tmp_path / "x", one, one)


def test_the_words_are_those_of_the_project(project: Path, two: tuple[Path, Path]) -> None:
    """Also where they run from right to left."""
    (project / "templates" / "languages").mkdir(parents=True)
    text = "locale: he_IL\nsay:\n  moved: מה השתנה\n  moved_gone: נעלם\n"
    (project / "templates" / "languages" / "he.yaml").write_text(text, encoding="utf-8")
    settings = project / "data" / "project.yaml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("language: en", "language: he"), "utf-8"
    )
    own = of.words_of(project)
    assert "## מה השתנה" in of.lines(of.changes(*two), own, None)
    file = of.save("eml", of.changes(*two), own, two[1], project / "x.eml")
    found = email.message_from_bytes(file.read_bytes(), policy=policy.default)
    assert '<html lang="he" dir="rtl">' in list(found.iter_parts())[1].get_content()


def test_the_command(tmp_path: Path, two: tuple[Path, Path]) -> None:
    """It writes the file that is named; a message or a feed needs one."""
    both = list(map(str, two))
    run = CliRunner().invoke(main, ["changes", *both, "--format", "atom"])
    assert (run.exit_code, "needs a file: -o FILE" in run.output) == (2, True)
    feed = tmp_path / "feed.xml"
    run = CliRunner().invoke(main, ["changes", *both, "--format", "atom", "-o", str(feed)])
    assert (run.exit_code, run.output) == (0, f"{feed}\n")
    assert len(entries(feed.read_bytes())) == 4
