"""A page on a phone: what is wide can be seen, and what stands side by side is apart."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from chromium import launched, opened, program
from reading import words

from reporter.choice import Choice
from reporter.formats.html import render
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
DAY = date(2026, 6, 30)
HANDLING = "handling: {marking: FOR OFFICIAL USE ONLY, addressee: For the Minister}\n"
# Thirty meetings more, of what is known of the last one.
LONGER = """document.querySelectorAll('.matrix tr').forEach(row => {
  for (let more = 0; more < 30; more++) row.append(row.lastElementChild.cloneNode(true))
}); document.querySelectorAll('.matrix td').forEach(cell => cell.textContent = 'x')"""
HIDDEN = """() => {
  const box = document.querySelector('.matrices')
  box.scrollIntoView()
  box.scrollLeft = box.scrollWidth
  return [...box.querySelectorAll('tr td:last-child')].filter(cell => {
    cell.scrollIntoView({block: 'center', inline: 'nearest'})
    const {left, top, width, height} = cell.getBoundingClientRect()
    return !cell.contains(document.elementFromPoint(left + width / 2, top + height / 2))
  }).length
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@pytest.fixture
def page(project: Path) -> Path:
    """Return the page on a series, for somebody, with a marking."""
    settings = project / "data" / "project.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + HANDLING, encoding="utf-8")
    planned = plan(project, Choice("series"), DAY, asked=True)
    (task,) = planned.tasks(words("en"))
    path = project / "series.html"
    path.write_text(render(Theme.of(project), task.template, task.report, "en"), encoding="utf-8")
    return path


@pytest.mark.parametrize("more", ["", LONGER], ids=["few", "many"])
def test_every_mark_of_a_grid_can_be_seen(browser: Browser, page: Path, more: str) -> None:
    """The names beside them, which stay where they are, leave room for them."""
    seen = opened(browser, page, width=360)
    seen.evaluate(f"() => {{ {more} }}")
    assert seen.locator(".matrices tr td:last-child").count() > 1
    assert seen.evaluate(HIDDEN) == 0
    names = "[...document.querySelectorAll('.matrix th[scope=row]')].map(one => one.offsetWidth)"
    assert 120 < min(seen.evaluate(names)) <= max(seen.evaluate(names)) < 320
    seen.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_whom_it_is_for_the_marking_and_the_day_stand_apart(
    browser: Browser, page: Path, width: int
) -> None:
    """On a line of its own each, or with a gap between."""
    seen = opened(browser, page, width=width)
    first, second = (
        seen.locator(f".speaks {name}").bounding_box() for name in (".addressee", ".marking")
    )
    assert first
    assert second
    is_below = second["y"] >= first["y"] + first["height"] - 1
    assert is_below or second["x"] > first["x"] + first["width"] + 10
    seen.context.close()


@pytest.mark.parametrize("width", [640, 1280])
def test_text_is_as_large_as_a_reader_has_set_it(browser: Browser, page: Path, width: int) -> None:
    """Who has set twice the usual size in the browser gets it, and scrolls in one direction."""
    settings = ["--no-sandbox", "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=program(), args=settings)
    seen = opened(large, page, width=width)
    assert seen.evaluate("getComputedStyle(document.body).fontSize") == "34px"
    assert seen.evaluate("document.documentElement.scrollWidth") <= width
    large.close()


def test_what_happened_to_an_agreement_needs_no_scrolling_on_a_phone(
    browser: Browser, project: Path
) -> None:
    """Its rows are cards, also where no promise gives them a status and they stand beside facts."""
    agreement = project / "data" / "agreements" / "lander-agreement.yaml"
    text = agreement.read_text(encoding="utf-8").partition("undertakings:")[0]
    event = "The two governments exchanged notes on what either of them is to deliver first."
    text += f"events: [{{date: 2023-04-01, text: {event}, source: agreement-text}}]\n"
    agreement.write_text(text, encoding="utf-8")
    planned = plan(project, Choice("agreement", ("lander-agreement",)), DAY, asked=True)
    (task,) = planned.tasks(words("en"))
    path = project / "agreement.html"
    path.write_text(render(Theme.of(project), task.template, task.report, "en"), encoding="utf-8")
    seen = opened(browser, path, width=360)
    assert seen.locator(".goes-on .cards tbody tr").count() == 1
    box = seen.locator(".goes-on .scroll")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") <= 0
    seen.context.close()


@pytest.mark.parametrize(("width", "columns"), [(360, 1), (1280, 2)])
def test_what_was_said_stands_in_one_column_on_a_phone(
    browser: Browser, project: Path, width: int, columns: int
) -> None:
    """Two have room for three words a line."""
    planned = plan(project, Choice("meeting", (2,)), DAY, asked=True)
    (task,) = planned.tasks(words("en"))
    path = project / "meeting.html"
    path.write_text(render(Theme.of(project), task.template, task.report, "en"), encoding="utf-8")
    seen = opened(browser, path, width=width)
    seen.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    box = seen.locator(".said")
    width_of = "box => box.clientWidth / box.firstElementChild.getBoundingClientRect().width"
    box.evaluate("box => box.firstElementChild.append('x '.repeat(2000))")
    box.evaluate("box => box.firstElementChild.style.display = 'inline-block'")
    assert round(box.evaluate(width_of)) == columns
    seen.context.close()
