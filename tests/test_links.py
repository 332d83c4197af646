"""Every link inside and between the reports of a full build leads somewhere."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import children
import pytest
from reading import context, dialogue

from reporter.choice import Choice
from reporter.formats.html import render
from reporter.language import language_of
from reporter.library import Library
from reporter.reports import everything
from reporter.reports.index.view import index_report
from reporter.reports.plan import plan
from reporter.reports.series.view import series_report
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
DAY = date(2025, 12, 31)
REFERENCES = (
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "for",
)  # attributes that name ids


class Page(HTMLParser):
    """The ids of a page, and what it refers to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.links: list[str] = []
        self.named: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element is called and what it leads to."""
        for name, value in attrs:
            if name == "id":
                self.ids[value or ""] += 1
            elif name in {"href", "src"} and tag != "base":
                self.links.append(value or "")
            elif name in REFERENCES:
                self.named += (value or "").split()


def faults(folder: Path) -> tuple[str, ...]:
    """Return what is wrong with the ids and the internal links of all HTML files in a folder."""
    pages = {
        path.name: Page(path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.html"))
    }
    return tuple(
        f"{name}: {fault}"
        for name, page in pages.items()
        for fault in _faults(folder, name, page, pages)
    )


def _faults(folder: Path, name: str, page: Page, pages: dict[str, Page]) -> Iterator[str]:
    yield from (
        f"the id '{found}' stands {times} times"
        for found, times in page.ids.items()
        if times > 1 or not found
    )
    yield from (f"nothing has the id '{found}'" for found in page.named if found not in page.ids)
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc:
            continue
        path, fragment = unquote(parts.path) or name, unquote(parts.fragment)
        if "/" in path or not (folder / path).is_file():
            yield f"the link '{link}' leads to no file"
        elif fragment and path in pages and fragment not in pages[path].ids:
            yield f"the link '{link}' leads to no place"


def test_faults_are_found(tmp_path: Path) -> None:
    """Of files, of places, of ids and of labels; links to the web and good ones are none."""
    (tmp_path / "a.html").write_text(
        '<a href="b.html#x"></a><a href="b.html#y"></a><a href="c.html"></a>'
        '<a href="https://d.example/#z"></a>'
    )
    (tmp_path / "b.html").write_text(
        '<p id="x"></p><p id="x" aria-labelledby="w"></p><a href="#x"></a>'
        '<a href="e.pdf"></a><a href="#v"></a>'
    )
    (tmp_path / "e.pdf").touch()
    assert faults(tmp_path) == (
        "a.html: the link 'b.html#y' leads to no place",
        "a.html: the link 'c.html' leads to no file",
        "b.html: the id 'x' stands 2 times",
        "b.html: nothing has the id 'w'",
        "b.html: the link '#v' leads to no place",
    )


def test_series_and_index_lead_to_reports_that_a_full_build_makes(tmp_path: Path) -> None:
    """Their own places exist, and all other files are those of the full build."""
    contents = dialogue()
    library = Library(contents.settings, tuple(loaded.record for loaded in contents.records))
    selections = [item for item in everything(library, DAY) if item.id != "index"]
    for item in selections:
        (tmp_path / f"{item.id}.html").touch()
        (tmp_path / f"{item.id}.pdf").touch()
    views = (
        series_report(context(library, DAY, asked=True)),
        index_report(context(library, DAY, asked=True), selections=selections),
    )
    for view in views:
        (tmp_path / f"{view.id}.html").write_text(
            render(Theme.of(ROOT), view.id, view, "en"), encoding="utf-8"
        )
    assert faults(tmp_path) == ()


@pytest.mark.long
@pytest.mark.parametrize("day", ["2013-03-11", pytest.param("2025-12-31", marks=pytest.mark.fuzz)])
def test_every_link_of_a_full_build_leads_somewhere(tmp_path: Path, day: str) -> None:
    """From each page to each file and place that it names, and the index leads to every report."""
    command = [
        sys.executable,
        "-m",
        "reporter",
        "build",
        "--project",
        str(ROOT),
        "--output",
        str(tmp_path),
        "--as-of",
        day,
    ]
    done = children.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    names = {path.name for path in tmp_path.iterdir()}
    assert {"index.html", "index.pdf", "series.html", "ledger.html"} <= names
    assert faults(tmp_path) == ()
    led_to = {
        link.partition("#")[0]
        for link in Page((tmp_path / "index.html").read_text(encoding="utf-8")).links
    }
    assert {name for name in names if name.endswith((".html", ".pdf"))} - led_to <= {
        "index.html",
        "index.pdf",
    }


def all_pages(project: Path, folder: Path) -> Path:
    """Make every page of a project in this process, and return the folder in which they are."""
    folder.mkdir()
    planned = plan(project, Choice(formats=("html",)), DAY, asked=True)
    for task in planned.tasks(language_of(Theme.of(project), planned.library.project.language)):
        page = render(Theme.of(project), task.template, task.report, task.language)
        (folder / f"{task.report.id}.html").write_text(page, encoding="utf-8")
    return folder


def renamed(text: str, names: dict[str, str]) -> str:
    """Return a text with other words in the place of some, all at once."""
    return re.sub("|".join(names), lambda old: names[old[0]], text)


@pytest.mark.full
def test_a_statement_may_be_called_like_a_part_of_a_page(project: Path, tmp_path: Path) -> None:
    """Each link still leads to what it names, and each id is unique: 'sources' is a word, too."""
    names = ("c1-01", "c1-02", "c2-01", "e2-02", "u-01")
    before = all_pages(project, tmp_path / "before")
    found = {
        name
        for path in before.glob("*.html")
        for name in Page(path.read_text(encoding="utf-8")).ids
    }
    taken = sorted({"row-c1-01", "source-99", "row-sources", *found} - {*names})
    assert {"sources", "source-1", "bottom-line"} < set(taken)
    assert len(taken) > 30
    plain = {path: path.read_text(encoding="utf-8") for path in (project / "data").rglob("*.yaml")}
    for first in range(0, len(taken), len(names)):
        others = dict(zip(names, taken[first : first + len(names)], strict=False))
        for path, text in plain.items():
            path.write_text(renamed(text, others), encoding="utf-8")
        assert faults(all_pages(project, tmp_path / f"{first}")) == (), others
