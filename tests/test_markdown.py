"""Tests of pages as Markdown."""

from __future__ import annotations

import re
from datetime import date

import pytest
from bs4 import BeautifulSoup
from conftest import VALID, page_of
from markdown_it import MarkdownIt

from reporter.formats.markdown import GENERATOR, markdown

DAY = date(2026, 11, 21)


def rendered(text: bytes) -> str:
    """Return what a renderer of CommonMark with tables makes of it."""
    return str(MarkdownIt("commonmark").enable("table").render(text.decode()))


def converted(body: str) -> str:
    """Return a part of a page as Markdown."""
    text = markdown(f"<body><main>{body}</main></body>").decode()
    return text.removesuffix(f"\n\n{GENERATOR}\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<h1>A title</h1><p>A <strong>word</strong>.</p>", "# A title\n\nA **word**."),
        ("<p>a*b_c [d] `e` <b>f</b></p>", r"a\*b\_c \[d\] \`e\` **f**"),
        ("<p># no heading</p>", r"\# no heading"),
        ("<p>1. no list</p>", r"1\. no list"),
        ("<p>of 2024.</p>", "of 2024."),
        ('<p><a href="x.html">a page</a></p>', "[a page](x.html)"),
        ('<p>said<a href="#source-1">[1]</a></p>', r"said\[1\]"),
        ("<nav>a</nav><p hidden>b</p><script>c</script><p>d</p>", "d"),
        ('<p><span class="mark">●</span>Met <span class="since">since May</span></p>',
         "● Met (since May)"),
        ('<p>no status<span class="since">(no. 2)</span></p>', "no status (no. 2)"),
        ('<h3>1 Licences <span class="soft">Lead: X</span></h3>', "### 1 Licences (Lead: X)"),
        ('<li><span class="label">Red line</span> No year of grace</li>',
         "- **Red line:** No year of grace"),
        ("<p>at https://a.example/x_1?year=2023&amp;page=1 = a_b</p>",
         r"at https://a.example/x_1?year=2023&page=1 \= a\_b"),
        ('<p><a class="more" href="#all">one more</a></p><h2 id="all">All, told</h2>',
         "[one more](#all-told)\n\n## All, told"),
        ("<dl><dt>By</dt><dd><div>A. North</div><div>B. South</div></dd></dl>",
         "**By**\n- A. North\n- B. South"),
        ("<dl><dt>By</dt><dd>A. North</dd></dl>", "**By**\n- A. North"),
        ("<svg><title>A chart</title><text>x</text></svg>", "(A chart)"),
    ],
)  # fmt: skip
def test_a_part_of_a_page(body: str, text: str) -> None:
    """Text stays text, whatever it looks like; what only a screen needs is left out."""
    assert converted(body) == text


def test_a_table_stays_one() -> None:
    """With its head; a bar in a text divides no cell."""
    body = (
        "<table><caption>All</caption><thead><tr><th>A</th><th>B</th></tr></thead>"
        "<tbody><tr><th>c | d</th><td>e<br>f</td></tr></tbody></table>"
    )
    page = rendered(converted(body).encode())
    assert page.count("<tr>") == 2
    assert re.findall("<td>(.*?)</td>", page, re.DOTALL)[0] == "c | d"


def test_two_in_a_cell_stay_two() -> None:
    """What has a line of its own in a cell of a page is set apart: here a row is a line."""
    body = (
        "<table><thead><tr><th>Chairs</th></tr></thead>"
        "<tbody><tr><td><div>A. North</div><div>B. South</div></td></tr>"
        "<tr><td>C. East <div>none since</div></td></tr></tbody></table>"
    )
    assert "| A. North; B. South |" in converted(body)
    assert "| C. East; none since |" in converted(body)


@pytest.mark.parametrize("number", [1, 2])
def test_a_report_says_the_same(number: int) -> None:
    """Each heading and each table of the page is there, and nothing of its markup."""
    html = page_of(VALID, number, DAY)
    text = markdown(html)
    page = rendered(text)
    shown = BeautifulSoup(html, "html.parser").main
    assert shown
    for element in shown.select("nav, [hidden], template"):
        element.decompose()
    for tag in ("h1", "h2", "table"):
        assert page.count(f"<{tag}>") == len(shown.select(tag)) > 0
    assert not re.search(r"</?(?!!)[a-z]+[ >]", text.decode().replace(GENERATOR, ""))
    assert markdown(html) == text
