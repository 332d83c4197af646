"""The system's Chromium, and the questions that several tests ask of a page in it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

QUESTIONS = Path(__file__).with_name("questions.js").read_text(encoding="utf-8")


def launched() -> Iterator[Browser]:
    """Yield the system's Chromium, for a fixture."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program(), args=["--no-sandbox"])
        yield found
        found.close()


def program() -> str:
    """Return where the system's Chromium is."""
    found = (
        shutil.which("chromium")
        or shutil.which("chromium-browser")
        or shutil.which("google-chrome")
    )
    if found is None:
        pytest.fail(
            "no Chromium on this system: install the package 'chromium' (make test "
            "does), or leave these tests out: -m 'not browser'"
        )
    return found


def opened(
    browser: Browser, path: Path, *, width: int = 1400, dark: bool = False, scripts: bool = True
) -> Page:
    """Open a page without a network."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        java_script_enabled=scripts,
        offline=True,
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page


def ask(page: Page, question: str) -> Any:  # noqa: ANN401 (an answer in JSON)
    """Return what a page answers to one of the questions."""
    return page.evaluate(f"() => {{ {QUESTIONS}\nreturn {question}() }}")
