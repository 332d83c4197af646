"""Everyone can use every page: on a phone, enlarged, in the dark, by keyboard, by ear."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import children
import pytest
from chromium import ask, launched, opened
from conftest import ROOT, files_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.long]

CHECKERS = ROOT / ".ci" / "node_modules"
# All that axe looks at unasked, good practice included, and the size of what is clicked.
AXE = """() => axe.run(document, {
        resultTypes: ['violations'], selectors: false, rules: {'target-size': {enabled: true}}
    })
    .then(found => found.violations.flatMap(
        rule => rule.nodes.map(node => `${rule.id}: ${node.html.slice(0, 160)}`)
    ))"""
# What a reader may set for all text (WCAG 1.4.12).
PLAIN = "* {}"
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; "
    "word-spacing: 0.16em !important }"
)
BY_KEYBOARD = [
    "all/meeting-08",
    "all/meeting-02",
    "all/compare-07-08",
    "all/agreement-framework-agreement-2023",
    "all/ledger",
    "all/series",
    "all/index",
    "upcoming/meeting-09",
    "package/meeting-02",
    "marked/meeting-02",
]
WIDTHS = pytest.mark.parametrize("width", [360, 1400])
COLOURS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@cache
def axe() -> str:
    """Return the checker that runs in the page."""
    return (CHECKERS / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def pages(built: Path) -> list[Path]:
    """Return all pages that were built."""
    return files_of(built, "html")


def told(built: Path, page: Page, question: Callable[[], list[str]]) -> list[str]:
    """Return what each page answers, with its name before it; good pages say nothing."""
    answers = []
    for path in pages(built):
        page.goto(path.as_uri())
        answers += [f"{path.relative_to(built)}: {answer}" for answer in question()]
    page.context.close()
    return answers


@pytest.mark.parametrize(("width", "dark"), [(360, False), (1400, True)])
def test_axe_finds_nothing(browser: Browser, built: Path, width: int, *, dark: bool) -> None:
    """The checker of accessibility finds no violation."""
    page = opened(browser, built / "all" / "index.html", width=width, dark=dark)

    def violations() -> list[str]:
        page.evaluate(axe())
        found: list[str] = page.evaluate(AXE)
        return found

    assert told(built, page, violations) == []


@COLOURS
def test_every_text_can_be_read(browser: Browser, built: Path, *, dark: bool) -> None:
    """Contrast is 4.5 to 1 or better, also where axe cannot tell: in scrolling boxes, on charts."""
    page = opened(browser, built / "all" / "index.html", dark=dark)
    assert told(built, page, lambda: ask(page, "contrast")) == []


@pytest.mark.parametrize(
    ("width", "style"),
    [(320, SPACED), (360, PLAIN), (1400, SPACED)],
    ids=["enlarged four times, text set wider", "telephone", "wide, text set wider"],
)
def test_nothing_overflows(browser: Browser, built: Path, width: int, style: str) -> None:
    """No page scrolls sideways, and no text is cut.

    A window of 1,280 pixels that is enlarged four times has 320.
    """
    page = opened(browser, built / "all" / "index.html", width=width)

    def faults() -> list[str]:
        page.add_style_tag(content=style)
        return [*ask(page, "beyond"), *ask(page, "cut")]

    assert told(built, page, faults) == []


@WIDTHS
def test_outline(browser: Browser, built: Path, width: int) -> None:
    """Headings are in order, parts, tables and figures have names, header cells have a scope."""
    page = opened(browser, built / "all" / "index.html", width=width)
    assert told(built, page, lambda: ask(page, "outline")) == []


def test_the_html_is_valid(built: Path) -> None:
    """The checker of HTML finds nothing; what it is not asked stands in its settings."""
    checker = CHECKERS / "html-validate" / "bin" / "html-validate.mjs"
    command: list[str | Path] = [
        "node",
        checker,
        "--config",
        ROOT / ".ci" / "html-validate.cjs",
        "--formatter",
        "text",
        *pages(built),
    ]
    done = children.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def focused(page: Page, key: str = "Tab") -> dict[str, Any]:
    """Press a key, and return what has the focus."""
    page.keyboard.press(key)
    found: dict[str, Any] = ask(page, "focused")
    return found


@WIDTHS
@pytest.mark.parametrize("name", BY_KEYBOARD)
def test_the_keyboard_reaches_all(browser: Browser, built: Path, name: str, width: int) -> None:
    """One key leads to all that can be followed, opened or scrolled, with the focus in sight."""
    page = opened(browser, built / f"{name}.html", width=width)
    for summary in page.locator("summary:visible").all():
        before = summary.evaluate("one => one.parentElement.open")
        summary.press("Enter")
        assert summary.evaluate("one => one.parentElement.open") != before
    page.reload()
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    stops = []
    while not (stop := focused(page))["end"]:
        stops.append(stop)
    assert len(stops) > 5
    assert [stop["html"] for stop in stops if not stop["marked"]] == []
    assert [stop["html"] for stop in stops if not stop["clear"]] == []
    assert ask(page, "unreached") == []
    page.context.close()


@WIDTHS
@pytest.mark.parametrize("name", BY_KEYBOARD)
def test_the_first_key_skips_to_the_text(
    browser: Browser, built: Path, name: str, width: int
) -> None:
    """The skip link is the first stop, is visible, and skips all that comes before the text."""
    page = opened(browser, built / f"{name}.html", width=width)
    first = focused(page)
    assert 'href="#main"' in first["html"]
    assert first["clear"]
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")
    page.context.close()


def test_the_search_works_by_keyboard(browser: Browser, built: Path) -> None:
    """Typing finds, the number is announced, Enter opens the first hit, Escape restores all."""
    page = opened(browser, built / "all" / "index.html")
    entries = page.locator("[data-group] li:visible")
    number = entries.count()
    while "search-box" not in (stop := focused(page))["html"]:
        assert not stop["end"]
    page.keyboard.type("gateway")
    assert 0 < entries.count() < number
    assert page.locator("[role=status]").inner_text()
    page.keyboard.press("Enter")
    assert page.evaluate(
        "document.activeElement === document.querySelector('[data-group] li:not([hidden]) a')"
    )
    page.locator("#search-box").press("Escape")
    assert entries.count() == number
    page.context.close()
