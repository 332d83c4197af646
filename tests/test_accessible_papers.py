"""Every PDF of every kind is fit for the archive and for reading by ear.

This concerns standards, sensible tags, order, languages and names.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import page as validator
import pikepdf
import pytest
from conftest import ROOT, files_of
from outloud import check  # type: ignore[import-untyped]
from outloud.model import Document  # type: ignore[import-untyped]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from outloud.model import StructElem

pytestmark = pytest.mark.long

JAPANESE = re.compile("[\u3041-\u30fa\u3400-\u9fff]")
GENERATED = re.compile(r", page \d+")  # not in the HTML, as are the marks of lists
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "path"}


def papers(built: Path) -> list[Path]:
    """Return all PDFs that were built."""
    return files_of(built, "pdf")


@cache
def pieces(paper: Path) -> list[tuple[StructElem, str]]:
    """Return all text in reading order, each piece with its element, but not that of pictures."""
    document = Document(str(paper))
    drawn: dict[tuple[int, int], str] = {}
    for number in range(len(document.pages)):
        for run in document.content(number).runs:
            if run.tagged:
                drawn[number, run.mcid] = drawn.get((number, run.mcid), "") + run.text
    read = [
        element
        for element in document.elements
        if all(one.type != "Figure" for one in around(element))
    ]
    found = [
        (element, drawn.get((mark.page, mark.mcid), ""))
        for element in read
        for mark in element.mcrefs
    ]
    return [piece for piece in found if piece[1]]


def around(element: StructElem | None) -> Iterator[StructElem]:
    """Yield an element and those that it is in."""
    while element is not None:
        yield element
        element = element.parent


def squeezed(text: str) -> str:
    """Return the letters and digits of a text."""
    return re.sub(r"[\W_]", "", text).casefold()


class Page(HTMLParser):
    """The text of a page in its order, without what is only for the eye."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = [("", False)]
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Go into an element."""
        unread = (
            tag in {"head", "script", "style", "svg"}
            or ("aria-hidden", "true") in attrs
            or ("role", "img") in attrs
        )
        if tag not in VOID:
            self.open.append((tag, unread or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        """Go out of it."""
        if tag not in VOID:
            while self.open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        """Take the text."""
        if not self.open[-1][1]:
            self.text += squeezed(data)


def test_standards(built: Path) -> None:
    """All follow PDF/A-3a and PDF/UA-1."""
    for paper in papers(built):
        for profile in ("3a", "ua1"):
            report = validator.validate_pdf(paper, profile=profile)
            assert [
                f"{paper.name} {failure.rule_id}: {failure.message}" for failure in report.failures
            ] == []
            assert report.rules.passed > 100


def test_the_checker_finds_what_has_a_reason(built: Path) -> None:
    """The tag checker finds only what CONTRIBUTING.md gives a reason for, warnings included."""
    reasons = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"^\| `?([A-Z]+-\d{3})`? \|", reasons, re.MULTILINE))
    found = {}
    for paper in papers(built):
        result = check(str(paper))
        assert result.error is None
        found.update(
            {
                (paper.name, one.rule): one.message
                for one in result.sorted_findings()
                if one.rule not in named
            }
        )
    assert found == {}


def test_the_order_is_that_of_the_page(built: Path) -> None:
    """What is read out is what the HTML says, and in its order."""
    for paper in papers(built):
        page, at = Page(paper.with_suffix(".html").read_text(encoding="utf-8")).text, 0
        for element, text in pieces(paper):
            if element.type != "Lbl" and not GENERATED.fullmatch(text):
                found = page.find(squeezed(text), at)
                assert found >= 0, (
                    f"{paper.name}: '{text}' is not read after '{page[at - 60 : at]}'"
                )
                at = found + len(squeezed(text))
        assert at > len(page) * 0.7


def test_japanese_says_so(built: Path) -> None:
    """Every word in Japanese letters is in an element of that language."""
    said = 0
    for paper in papers(built):
        for element, text in pieces(paper):
            if JAPANESE.search(text):
                assert next((one.lang for one in around(element) if one.lang), "") == "ja", (
                    f"{paper.name}: {text}"
                )
                said += 1
    assert said > 50


def test_names(built: Path) -> None:
    """The title is shown, headings are bookmarks, and links, tables and pictures have names.

    A link says where it leads; tables and pictures say what they are about.
    """
    seen: Counter[str] = Counter()
    for paper in papers(built):
        with pikepdf.open(paper) as pdf, pdf.open_outline() as outline:
            assert pdf.Root.ViewerPreferences.DisplayDocTitle
            assert str(pdf.docinfo.Title)
            links = [link for page in pdf.pages for link in page.get("/Annots", [])]
            assert all(str(link.Contents) for link in links), paper.name
            marks = [item.title for item in outline.root] + [
                child.title for item in outline.root for child in item.children
            ]
        elements = Document(str(paper)).elements
        headings = [element for element in elements if element.type in {"H1", "H2"}]
        assert len(marks) == len(headings) > 1
        tables = [element for element in elements if element.type == "Table"]
        for table in tables:
            caption = [one for one in table.children if one.type == "Caption"]
            assert caption or table.attrs["Table"]["Summary"], paper.name
        figures = [element for element in elements if element.type == "Figure"]
        assert all(figure.alt for figure in figures), paper.name
        heads = [element for element in elements if element.type == "TH"]
        assert all(head.attrs["Table"]["Scope"] in {"Row", "Column"} for head in heads), paper.name
        seen.update(links=len(links), tables=len(tables), figures=len(figures), heads=len(heads))
    assert seen["links"] > 1000
    assert seen["heads"] > 500
    assert min(seen["figures"], seen["tables"]) > 100
