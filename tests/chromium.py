"""The system's Chromium, and the questions that several tests ask of a page in it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

# What reaches beyond the window, except inside a box that scrolls by itself, and except what is put away until it has the focus.
BEYOND = """() => [...document.body.querySelectorAll('*')].filter(element => {
    const box = element.getBoundingClientRect()
    if (box.width === 0 || (box.right <= innerWidth + 1 && box.left >= -1)) return false
    for (let one = element; one; one = one.parentElement)
        if (one.matches('.skip') || ['auto', 'scroll', 'hidden'].includes(getComputedStyle(one).overflowX) && one !== element) return false
    return !['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || box.right > innerWidth + 1
}).map(element => element.outerHTML.slice(0, 120))"""
# Text whose contrast to what is behind it is below 4.5 to 1; on a chart, behind it is the shape it lies on.
CONTRAST = """() => {
    const parts = colour => colour.match(/[\\d.]+/g).map(Number)
    const light = colour => parts(colour).slice(0, 3).map(value => value / 255)
        .map(value => value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)
        .reduce((sum, value, place) => sum + value * [0.2126, 0.7152, 0.0722][place], 0)
    const filled = colour => colour !== 'none' && (parts(colour)[3] ?? 1) === 1
    const shape = element => {
        element.scrollIntoView({block: 'center', inline: 'center'})
        const box = element.getBoundingClientRect()
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
        const shapes = [...element.closest('.chart').querySelectorAll('path')].filter(one => filled(getComputedStyle(one).fill))
        return shapes.findLast(one => one.isPointInFill(new DOMPoint(x, y).matrixTransform(one.getScreenCTM().inverse())))
    }
    const ground = element => {
        const behind = element.closest('.chart') && shape(element)
        if (behind) return getComputedStyle(behind).fill
        for (let one = element; one; one = one.parentElement) {
            const colour = getComputedStyle(one).backgroundColor
            if (filled(colour)) return colour
        }
        return 'rgb(255, 255, 255)'
    }
    const faint = []
    for (const element of document.querySelectorAll('body *')) {
        const own = [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim())
        if (!own || !element.checkVisibility() || element.closest('svg, script')) continue
        const [one, other] = [light(getComputedStyle(element).color), light(ground(element))]
        const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
        if (ratio < 4.5) faint.push(`${ratio.toFixed(2)} ${element.outerHTML.slice(0, 120)}`)
    }
    return faint
}"""


def launched() -> Iterator[Browser]:
    """Yield the system's Chromium, for a fixture."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.fail(
            "no Chromium on this system: install the package 'chromium' (make test does), or leave these tests out: -m 'not browser'"
        )
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield found
        found.close()


def opened(browser: Browser, path: Path, *, width: int = 1400, dark: bool = False, scripts: bool = True) -> Page:
    """Open a page without a network."""
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if dark else "light", java_script_enabled=scripts, offline=True
    )
    page = context.new_page()
    page.goto(path.as_uri())
    return page
