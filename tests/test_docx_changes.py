"""Tests of Word documents that show what changed since another day."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT, VALID, run
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator
from wordfile import DEFAULT, W, Word, compared, converted, page, text

from reporter.choice import Choice
from reporter.formats.html import render
from reporter.formats.job_maker import earlier_of
from reporter.language import language_of
from reporter.library import Library
from reporter.records.project import load
from reporter.reports import everything
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from pathlib import Path


def changes(word: Word) -> list[str]:
    """Return what is marked, each with a sign for what it is."""
    found = word.document.iter(f"{W}ins", f"{W}del")
    signs = {f"{W}ins": "+", f"{W}del": "-"}
    return [signs[str(item.tag)] + text(item) for item in found if text(item)]


def check(word: Word, before: str | None, after: str) -> None:
    """Check that who accepts has the later page, and who rejects the earlier one."""
    now = converted(after)
    assert word.accepted().paragraphs == now.paragraphs
    assert word.accepted().tables == now.tables
    then = converted(before) if before else converted(page(""))
    assert word.rejected().paragraphs == then.paragraphs
    assert word.rejected().tables == then.tables


def table(*rows: str) -> str:
    """Return a table of two columns; the cells of a row have a bar between them."""
    cells = ("".join(f"<td>{cell}</td>" for cell in row.split("|")) for row in rows)
    head = "<thead><tr><th>A</th><th>B</th></tr></thead>"
    return f"<table>{head}<tbody><tr>{'</tr><tr>'.join(cells)}</tr></tbody></table>"


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("<p>a b c</p>", "<p>a b c</p>", []),
        ("<p>one two three</p>", "<p>one 2 three</p>", ["-two ", "+2 "]),
        ("<p>one two three</p>", "<p>one <b>two</b> three</p>", []),
        ("<p>a b c</p>", "<p>x y z</p>", ["-a b c", "+x y z"]),
        ("<p>a</p>", "<p>a</p><p>b</p>", ["+b"]),
        ("<p>a</p><p>b</p>", "<p>b</p>", ["-a"]),
        ("<h2>a</h2><p>b</p>", "<h3>a</h3><p>b</p>", ["-a", "+a"]),
        ("<p>東京で会う</p>", "<p>京都で会う</p>", ["-東", "+都"]),
        ("<p>met <i>late</i> then</p>", "<p>met then</p>", ["-late", "- "]),
        (table("a|b", "c|d"), table("a|b", "c|e x"), ["-c", "-d", "+c", "+e x"]),
        (table("a|one two"), table("a|one 2"), ["-two", "+2"]),
        (table("hold the meeting|a b"), table("hold the meeting|c d"), ["-a b", "+c d"]),
        (table("a|b", "c|d"), table("c|d"), ["-a", "-b"]),
        (table("a|b"), table("a|b<p>c</p>"), ["-a", "-b", "+a", "+b", "+c"]),
        (table("a|b"), "<p>c</p>", ["-A", "-B", "-a", "-b", "+c"]),
        ("<ol><li>a</li><li>b</li></ol>", "<ol><li>b</li><li>c</li></ol>", ["-a", "+c"]),
        ('<figure aria-label="a">1</figure>', '<figure aria-label="a">2</figure>', []),
        (None, "<p>a</p>" + table("b|c"), ["+a", "+A", "+B", "+b", "+c"]),
    ],
)  # fmt: skip
def test_what_changed_is_marked(
    before: str | None, after: str, marked: list[str], tmp_path: Path
) -> None:
    """Words within a paragraph that is the same one, whole paragraphs and rows otherwise."""
    old, new = page(before) if before else None, page(after)
    word = compared(old, new)
    assert sorted(changes(word)) == sorted(marked)
    check(word, old, new)
    path = tmp_path / "report.docx"
    path.write_bytes(word.content)
    assert OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path).errors == []


def test_a_picture_that_changed_is_marked() -> None:
    """The old one is gone, the new one has come."""
    word = compared(
        page('<figure aria-label="a">1</figure>'), page('<figure aria-label="a">2</figure>')
    )
    for state, marks in ((word, 2), (word.accepted(), 1), (word.rejected(), 1)):
        assert len(list(state.document.iter("{*}docPr"))) == marks


def test_what_is_gone_counts_in_its_list() -> None:
    """Who rejects the change finds the item where it was, with its number."""
    before = page("<ol><li>a</li><li>b</li></ol>")
    word = compared(before, page("<p>x</p><ol><li>q</li></ol><ol><li>b</li></ol>"))
    numbers = {
        text(item): item.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val")
        for item in word.document.iter(f"{W}p")
        if item.find(f"{W}pPr/{W}numPr") is not None
    }
    assert numbers["a"] == numbers["b"] != numbers["q"]


def test_who_changed_it_and_when() -> None:
    """The author and the day of the report; each mark has a number of its own."""
    word = compared(page("<p>a</p>"), page("<p>b</p>"))
    marks = list(word.document.iter(f"{W}ins", f"{W}del"))
    assert {mark.get(f"{W}author") for mark in marks} == {"The desk"}
    assert {mark.get(f"{W}date") for mark in marks} == {"2024-05-01T00:00:00Z"}
    assert len({mark.get(f"{W}id") for mark in marks}) == len(marks) == 4


def test_the_day_at_the_head_is_marked_too() -> None:
    """It is another one on nearly every day."""
    word = compared(page("<p>a</p>", day="As of May"), page("<p>a</p>", day="As of June"))
    heads = {
        text(each.part("word/header-first.xml")) for each in (word.accepted(), word.rejected())
    }
    assert heads == {"\t\tAs of June", "\t\tAs of May"}


def test_a_change_at_the_end_of_a_section_keeps_its_pages() -> None:
    """The paragraph that ends a section is none that may go."""
    row = "".join(f"<td>column-{n:02}</td>" for n in range(12))
    wide = f"<h2>b</h2><table><thead><tr>{row}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    before, after = page(f"<p>a b</p>{wide}"), page(f"<p>x y</p><p>z</p>{wide}")
    word = compared(before, after)
    check(word, before, after)
    assert len(list(word.accepted().document.iter(f"{W}sectPr"))) == 2
    assert len(list(word.rejected().document.iter(f"{W}sectPr"))) == 2


WORDS = st.lists(st.sampled_from(["a", "b", "Tokyo,", "東京", "2024."]), max_size=6).map(" ".join)
BLOCKS = st.lists(
    st.one_of(
        st.builds("<p>{}</p>".format, WORDS),
        st.builds("<h2>{}</h2>".format, WORDS),
        st.builds("<ol><li>{}</li><li>{}</li></ol>".format, WORDS, WORDS),
        st.lists(st.builds("{}|{}".format, WORDS, WORDS), min_size=1, max_size=4).map(
            lambda rows: table(*rows)
        ),
    ),
    max_size=5,
).map("".join)


@pytest.mark.full
@given(before=BLOCKS, after=BLOCKS)
def test_whatever_changed_can_be_accepted_and_rejected(before: str, after: str) -> None:
    """Nothing is lost, and nothing is there twice."""
    old, new = page(before), page(after)
    check(compared(old, new), old, new)


# Whole reports

FIRST, LAST = date(2024, 1, 31), date(2026, 11, 21)


@cache
def library(root: Path) -> Library:
    """Return the library of a project."""
    found = load(root)
    return Library(found.settings, tuple(loaded.record for loaded in found.records))


def reports(root: Path, day: date) -> dict[str, str]:
    """Return the page of each report of a day by name."""
    found, words = library(root), language_of(DEFAULT, "en")
    context = Context.on(found, day, words, asked=True)
    return {
        item.id: render(DEFAULT, item.template, item.view(context.afresh()), "en")
        for item in everything(found, day)
    }


def before(root: Path, name: str, day: date) -> str | None:
    """Return the page of a report on an earlier day, if it was there."""
    context = Context.on(library(root), day, language_of(DEFAULT, "en"), asked=True)
    earlier = earlier_of(context, Choice(), name)
    if earlier.report is None:
        return None
    return render(DEFAULT, earlier.template, earlier.report, "en")


@pytest.mark.full
def test_every_report_of_the_small_project() -> None:
    """Since a day on which its second meeting was still to come."""
    found = reports(VALID, LAST)
    assert len(found) > 7
    marked = 0
    for name, after in found.items():
        then = before(VALID, name, FIRST)
        word = compared(then, after)
        check(word, then, after)
        marked += len(changes(word))
    assert marked > 50


@pytest.mark.long
@pytest.mark.parametrize(
    "days", [*(pytest.param(days, marks=pytest.mark.fuzz) for days in (30, 400)), 1200]
)
def test_every_real_report(days: int) -> None:
    """Since a month, a year, and before the last meetings."""
    found = reports(ROOT, LAST)
    assert len(found) > 45
    for name, after in found.items():
        then = before(ROOT, name, LAST - timedelta(days=days))
        check(compared(then, after), then, after)


def test_a_report_that_was_not_there_is_all_new() -> None:
    """As is that on an agreement before it was made; a meeting before its day has a briefing."""
    assert before(VALID, "agreement-lander-agreement", date(1990, 1, 1)) is None
    assert before(VALID, "compare-01-02", FIRST) is None
    assert before(VALID, "meeting-02", date(1990, 1, 1)) is None
    assert before(VALID, "meeting-02", FIRST)
    assert before(VALID, "body-b-agency", FIRST)


@pytest.mark.full
def test_a_build_since_a_day(project: Path) -> None:
    """It is another file than that without changes, and than that since another day."""
    report = ("--meeting", "1", "--format", "docx", "--as-of", "2026-11-21")
    command = ("build", "--project", project, *report)
    target = project / "output" / "meeting-01.docx"
    assert run(*command).returncode == 0
    plain = Word(target.read_bytes())
    assert changes(plain) == []
    done = run(*command, "--since", "2024-01-31")
    assert (done.returncode, done.stderr[:9]) == (0, "1 written")
    word = Word(target.read_bytes())
    assert changes(word)
    assert word.accepted().paragraphs == plain.paragraphs
    assert run(*command, "--since", "2024-01-31").stderr.startswith("0 written, 1 unchanged")
    assert run(*command, "--since", "2025-10-30").stderr.startswith("1 written")
    assert run(*command).stderr.startswith("1 written")
    assert target.read_bytes() == plain.content


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--format", "pdf", "--since", "2024-01-31"), "--since is for --format docx"),
        (("--since", "2024-01-31"), "--since is for --format docx"),
        (("--format", "docx", "--since", "2026-11-21"), "is not before 2026-11-21"),
        (("--format", "docx", "--since", "soon"), "'soon' is not a day"),
    ],
)
def test_what_cannot_be_shown_is_refused(options: tuple[str, ...], message: str) -> None:
    """Before anything is read."""
    done = run("build", "--project", VALID, "--as-of", "2026-11-21", *options)
    assert done.returncode == 2
    assert message in re.sub(r"\s+", " ", done.stderr)
