"""The page in a browser: on narrow and wide screens, light and dark, without scripts or network."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from chromium import ask, launched, opened
from conftest import ROOT, VALID, page_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
PAGES = {
    "eighth": (ROOT, 8, date(2026, 11, 21)),
    "ninth-to-come": (ROOT, 9, date(2024, 1, 1)),
    "small": (VALID, 1, date(2025, 6, 30)),
}
WIDTHS = [360, 1400]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@pytest.fixture(scope="module", params=PAGES)
def path(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a page, alone in a folder."""
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    file.write_text(page_of(*PAGES[request.param]), encoding="utf-8")
    return file


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_reaches_beyond_the_window(
    browser: Browser, path: Path, width: int, *, dark: bool
) -> None:
    """The page never scrolls sideways; a wide table scrolls in its own box."""
    page = opened(browser, path, width=width, dark=dark)
    assert ask(page, "beyond") == []
    page.context.close()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_text_can_be_read(browser: Browser, path: Path, *, dark: bool) -> None:
    """Contrast with the background is 4.5 to 1 or better; no text is smaller than 11 pixels."""
    page = opened(browser, path, dark=dark)
    assert ask(page, "contrast") == []
    sizes = page.evaluate(
        "[...document.querySelectorAll('main p, main li, main td, main th')].map(one => "
        "parseFloat(getComputedStyle(one).fontSize))"
    )
    assert min(sizes) >= 11
    page.context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_it_reads_the_same_without_scripts(browser: Browser, path: Path, width: int) -> None:
    """No script is needed to read it, and every section is open."""
    with_scripts, without = (
        opened(browser, path, width=width),
        opened(browser, path, width=width, scripts=False),
    )
    text = with_scripts.locator("main").inner_text()
    assert len(text) > 1000
    assert without.locator("main").inner_text() == text
    with_scripts.context.close()
    without.context.close()


def test_it_needs_no_network(browser: Browser, path: Path) -> None:
    """The file alone is asked for, nothing is refused, and nothing fails."""
    context = browser.new_context(offline=True)
    page = context.new_page()
    asked: list[str] = []
    failures: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("requestfailed", lambda request: failures.append(request.url))
    page.on("console", lambda message: failures.append(message.text))
    page.on("pageerror", lambda error: failures.append(str(error)))
    page.goto(path.as_uri(), wait_until="networkidle")
    assert [address for address in asked if not address.startswith("data:")] == [path.as_uri()]
    assert failures == []
    context.close()


def test_the_embedded_fonts_are_used(browser: Browser, path: Path) -> None:
    """The faces of the page are loaded from the page itself."""
    page = opened(browser, path)
    loaded = page.evaluate(
        "document.fonts.ready.then(fonts => [...fonts].filter(face => "
        "face.status === 'loaded').map(face => face.family))"
    )
    assert {name.strip("\"'") for name in loaded} >= {"Reporter Serif", "Reporter Sans"}
    page.context.close()


def test_links_inside_lead_there(browser: Browser, path: Path) -> None:
    """Following a citation brings its source into view."""
    page = opened(browser, path, width=360)
    page.locator('a[href^="#source-"]').first.click()
    assert page.evaluate("document.querySelector(':target').id").startswith("source-")
    page.wait_for_function(
        "(() => { const box = document.querySelector(':target').getBoundingClientRect(); "
        "return box.top >= 0 && box.top < innerHeight })()"
    )  # the browser scrolls when it next draws
    page.context.close()


def test_what_is_long_is_folded_on_a_phone_alone(browser: Browser, path: Path) -> None:
    """A touch unfolds it; where there is room, and on paper, nothing is folded or asks for it."""
    page = opened(browser, path, width=360)
    last, toggle = page.locator(".sources li").last, page.locator("details.fold summary").last
    shown = "element => element.checkVisibility({contentVisibilityAuto: true})"
    assert not last.evaluate(shown)
    toggle.click()
    assert last.evaluate(shown)
    page.context.close()
    page = opened(browser, path, width=1400)
    last, toggle = page.locator(".sources li").last, page.locator("details.fold summary").last
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        assert last.evaluate(shown)
        assert not toggle.evaluate(shown)
    page.context.close()


def test_the_keyboard_reaches_the_briefing(browser: Browser, path: Path) -> None:
    """The first Tab stop skips to the text and is visible; wide tables can be scrolled, too."""
    page = opened(browser, path, width=360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    boxes = (
        "[...document.querySelectorAll('.scroll')].filter(box => box.scrollWidth > box.clientWidth)"
    )
    assert (
        page.evaluate(
            f"{boxes}.filter(box => box.tabIndex !== 0 || "
            "!box.getAttribute('aria-labelledby')).length"
        )
        == 0
    )
    page.context.close()
