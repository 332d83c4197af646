"""The pages as they can be shown now: the last good ones, and those who wait for the next."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass, replace
from threading import Condition
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import INTERNAL
from reporter.desk.serve.renderer import Renderer
from reporter.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from reporter.choice import Edition

SETTLE = 0.05  # seconds for which bad news wait: an editor may be in the middle of saving
MOST = 64  # pages that are kept, more than anybody looks at


class Request(NamedTuple):
    """What is to be shown."""

    project: Path
    first: str
    """The page to begin with."""
    day: date
    """The day for which pages speak, ``asked`` for or not."""
    asked: bool
    edition: Edition = INTERNAL
    limit: float = 10.0
    """Seconds for filling the template of one page: somebody waits for it."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it can be shown now."""

    html: bytes | None
    """The last good one; None where there was none yet."""
    problems: tuple[Problem, ...]
    """What is wrong with the records, or with this page."""
    gone: bool = False
    """Whether there is no such report (any more)."""
    turn: int = 0
    """How many saves there were before it was made."""

    @property
    def version(self) -> str:
        """A word that changes when the HTML does."""
        return hashlib.sha256(self.html or b"").hexdigest()[:16]


class ServedPages:
    """The pages of a project, each made when somebody asks for it."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self._renderer = Renderer(request)
        self._closed = False
        self._turn = 1
        self._saved: set[Path] = set()
        self._known: dict[str, Page] = {}
        self._making: set[str] = set()
        self._changed = Condition()

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._renderer.close()

    def refresh(self, saved: Iterable[Path]) -> None:
        """Have read what was saved, and wake those who wait for it."""
        with self._changed:
            self._renderer.refresh()
            self._saved.update(saved)
            self._turn += 1
            self._changed.notify_all()

    def saved(self) -> set[Path]:
        """Wait for a save, until no other follows it. Return what was saved; nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._saved or self._closed)
        turn = 0
        while turn != self._turn:
            turn = self._turn
            time.sleep(SETTLE)
        with self._changed:
            found, self._saved = self._saved, set()
            return found

    def wait(self, page: Page, seconds: float) -> bool:
        """Wait until there may be another page than this one; return False if none will come."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._turn != page.turn, seconds)
            return not self._closed

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the project now."""
        answer, _ = self._ask("problems")
        return answer if isinstance(answer, tuple) else ()

    def page(self, name: str) -> Page:
        """Return the page ``name``, or the first one without a name; made anew after each save."""
        name = name or self.request.first
        with self._changed:
            self._changed.wait_for(lambda: name not in self._making)
            known = self._known.get(name)
            if known and known.turn == self._turn:
                return known
            self._making.add(name)
        try:
            made, turn = self._ask("page", name)
            page = made if isinstance(made, Page) else Page(None, (_failed(name),))
            last = known.html if known and not page.gone else None
            return self._kept(name, replace(page, html=page.html or last, turn=turn))
        finally:
            with self._changed:
                self._making.remove(name)
                self._changed.notify_all()

    def _kept(self, name: str, page: Page) -> Page:
        """Keep a page that there is; of the others anybody can think of as many as he likes."""
        with self._changed:
            self._known.pop(name, None)
            if not page.gone:
                self._known[name] = page
            if len(self._known) > MOST:
                del self._known[next(iter(self._known))]
            return page

    def _ask(self, what: str, name: str = "") -> tuple[object, int]:
        """Return an answer, and after how many saves it was asked for.

        Whatever takes its time while something is saved gives way to what is newer.
        """
        while True:
            turn = self._turn
            answer = self._renderer.answer(what, name)
            if answer is not None or turn == self._turn or self._closed:
                return answer, turn


def _failed(name: str) -> Problem:
    hint = "look for what takes so long in a template; the terminal may say more"
    return Problem(None, f"{name}: making the page failed, or took too long and was ended", hint)
