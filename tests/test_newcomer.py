"""A newcomer's first five minutes: init, new, a wrong date, mend, serve, build.

They are spent in a terminal and a browser.

Also here, because it needs the same: how soon a save is seen.
"""

from __future__ import annotations

import os
import pty
import re
import select
import shutil
import signal
import statistics
import sys
import time
from contextlib import contextmanager, suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import TESTS
from playwright.sync_api import expect, sync_playwright
from reading import context

from reporter.choice import Choice
from reporter.desk.serve.last_good import Request
from reporter.desk.serve.preview import Preview
from reporter.formats import html
from reporter.library.edition import library_of
from reporter.reports import select as select_reports

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.long]
ROOT = TESTS.parent
PATIENCE = 60  # seconds; other tests run beside this one
CTRL_C = b"\x03"


class Terminal:
    """A pseudo-terminal in which somebody types commands of reporter."""

    def __init__(self, folder: Path, **more: str) -> None:
        self.folder = folder
        self.environment = (
            os.environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "200"} | more
        )

    @contextmanager
    def running(self, *words: str) -> Iterator[Screen]:
        """Start a command, and see to it that it has ended."""
        pid, handle = pty.fork()
        if pid == 0:
            os.chdir(self.folder)
            os.execve(  # noqa: S606
                sys.executable, [sys.executable, "-m", "reporter", *words], self.environment
            )
        try:
            yield (screen := Screen(pid, handle))
        finally:
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)
            os.close(handle)
        assert "Traceback" not in screen.text

    def type(self, *words: str) -> tuple[int, str]:
        """Run a command to its end; return its exit code and what the terminal shows."""
        with self.running(*words) as screen:
            return screen.end(), screen.text


class Screen:
    """What a terminal shows."""

    def __init__(self, pid: int, handle: int) -> None:
        self.pid, self.handle, self.text = pid, handle, ""

    def see(self, pattern: str) -> re.Match[str]:
        """Wait until ``pattern`` is shown."""
        for _ in range(PATIENCE * 10):
            if found := re.search(pattern, self.text):
                return found
            if not self._look():
                break
        pytest.fail(f"not seen: {pattern}; but: {self.text}")

    def end(self) -> int:
        """Wait for the end; return the exit code."""
        while self._look():
            pass
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])

    def press(self, keys: bytes) -> None:
        """Press keys."""
        os.write(self.handle, keys)

    def _look(self) -> bool:
        """Take what comes within a tenth of a second; return False at the end."""
        if select.select([self.handle], [], [], 0.1)[0]:
            try:
                more = os.read(self.handle, 65536)
            except OSError:  # Linux says so when the other end is closed
                return False
            self.text += more.decode(errors="replace").replace("\r\n", "\n")
            return bool(more)
        return True


@pytest.fixture
def page() -> Iterator[Page]:
    """Return a page of a real browser; an error in a script fails the test."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        found = browser.new_page()
        errors: list[str] = []
        found.on("pageerror", lambda error: errors.append(str(error)))
        yield found
        browser.close()
        assert errors == []


def change(path: Path, old: str, new: str) -> None:
    """Edit a record, as an editor saves it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_the_path_of_a_newcomer(tmp_path: Path, page: Page) -> None:
    """From nothing to a briefing on paper, a mistake on the way included."""
    code, said = Terminal(tmp_path).type("init", "talks")
    assert (code, "reporter serve" in said) == (0, True)
    desk = Terminal(tmp_path / "talks")
    code, said = desk.type("new", "meeting", "--no-input")
    name, how = said.splitlines()
    assert (code, name, how.endswith(": reporter build --meeting 3")) == (
        0,
        "data/meetings/03.yaml",
        True,
    )
    record = tmp_path / "talks" / name
    change(record, f"date: {date.today().year}", "date: 2026-02-30")  # noqa: DTZ011 (a newcomer's)
    code, said = desk.type("check")
    assert code == 1
    assert re.search(
        (
            r"data/meetings/03.yaml:\d+:7: \x1b\[\S*error:\x1b\[0m '2026-02-30' is not a date: "
            r"that month has 28 days"
        ),
        said,
    )
    change(record, "2026-02-30", "2026-02-28")
    assert desk.type("check")[0] == 0
    serve_and_look(desk, record, page)
    code, said = desk.type("build")
    assert code == 0
    written = {path.name for path in (tmp_path / "talks" / "output").iterdir()}
    assert {
        "index.html",
        "meeting-01.html",
        "meeting-01.pdf",
        "meeting-03.html",
        "meeting-03.pdf",
    } <= written


def serve_and_look(desk: Terminal, record: Path, page: Page) -> None:
    """Open the pages in a browser; save what is right and what is wrong; end with Ctrl-C."""
    with desk.running("serve", "--no-open", "--port", "0") as screen:
        address = screen.see(r"http://127\.0\.0\.1:\d+/\S+/")[0]
        page.goto(f"{address}meeting-99.html")
        expect(page.get_by_role("status")).to_contain_text("there is no meeting 99")
        page.get_by_role("link", name="All briefings").click()
        expect(page).to_have_title(re.compile("River Talks"))
        page.goto(f"{address}meeting-03.html")
        expect(page.locator("body")).to_contain_text("28 February 2026")
        page.evaluate("window.mark = 'the same page, not loaded again'")
        change(record, "2026-02-28", "2026-02-31")
        problems = page.get_by_role("status")
        expect(problems).to_contain_text("data/meetings/03.yaml:")
        expect(problems).to_contain_text("that month has 28 days")
        expect(page.locator("body")).to_contain_text("28 February 2026")
        screen.see("'2026-02-31' is not a date")
        change(record, "2026-02-31", "2026-02-28")
        expect(problems).to_have_count(0)
        change(
            record,
            "  items: []",
            (
                "  items:\n    - {by: state-a, verb: noted, text: what was saved just now, "
                "source: agency-news}"
            ),
        )
        expect(page.locator("body")).to_contain_text("what was saved just now")
        assert page.evaluate("window.mark") == "the same page, not loaded again"
        screen.press(CTRL_C)
        assert screen.end() == 0
        assert screen.text.endswith("Ended\n")


def test_colours_are_for_terminals(tmp_path: Path) -> None:
    """And not for those who set NO_COLOR."""
    assert "\x1b[" in Terminal(tmp_path, NO_COLOR="").type("check")[1]
    assert "\x1b[" not in Terminal(tmp_path, NO_COLOR="1").type("check")[1]


@pytest.mark.bench
def test_a_saved_statement_is_seen_at_once(tmp_path: Path, page: Page) -> None:
    """In at most three times the time of rendering its page, in a project of real size.

    Medians are compared, side by side.
    """
    shutil.copytree(ROOT / "data", tmp_path / "data")
    record, words = (
        tmp_path / "data" / "meetings" / "08.yaml",
        "Hold the ninth meeting in the United States",
    )
    preview = Preview(Request(tmp_path, "index", date(2026, 11, 21), asked=True))
    preview.page("meeting-08")
    with Terminal(tmp_path).running(
        "serve", "--no-open", "--port", "0", "--as-of", "2026-11-21"
    ) as screen:
        page.goto(screen.see(r"http://\S+/")[0] + "meeting-08.html")
        expect(page.locator("body")).to_contain_text(words)
        shown, rendered = [], []
        for turn in range(15):
            new = f"Hold meeting {turn} of this test"
            shown.append(seen(page, record, words, new))
            words = new
            rendered.append(rendering(preview))
    ratio = statistics.median(shown) / statistics.median(rendered)
    assert ratio <= 3, (shown, rendered)


def seen(page: Page, record: Path, old: str, new: str) -> float:
    """Return the seconds from a save until the page in the browser has the new words."""
    page.evaluate(
        """words => { window.seen = new Promise(resolve => {
             const look = () => document.body.textContent.includes(words) && resolve(Date.now());
             new MutationObserver(look).observe(document.documentElement, \
{childList: true, subtree: true, characterData: true});
           }) }""",
        new,
    )
    begin = time.time()
    change(record, old, new)
    end = float(page.evaluate("window.seen")) / 1000
    time.sleep(0.3)  # the terminal is told, too
    return end - begin


def rendering(preview: Preview) -> float:
    """Return the seconds for rendering the page of the eighth meeting: its view, and its HTML.

    Everything is warm.
    """
    assert preview._contents
    library = library_of(preview._contents)
    begin = time.perf_counter()
    (selection,) = select_reports(library, Choice("meeting", (8,)), date(2026, 11, 21))
    report = selection.view(context(library, date(2026, 11, 21), asked=True))
    html.render(preview._theme, selection.template, report, library.project.language)
    return time.perf_counter() - begin
