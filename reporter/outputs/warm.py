"""Keeps a preview in a process of its own: what was read stays there, and a template that never ends can be ended.

One process and not a pool: it holds the records, so that of a page only the HTML travels.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import signal
from dataclasses import dataclass, replace
from threading import Condition, RLock
from typing import TYPE_CHECKING, Any, Protocol, cast

from reporter.choice import INTERNAL
from reporter.desk.watch import states
from reporter.problems import Problem
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from multiprocessing.connection import Connection
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from reporter.choice import Edition

TIME_LIMIT = 10.0  # seconds for one page: somebody waits for it


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be shown: a project, the page to begin with, and the day for which pages speak."""

    project: Path
    first: str
    day: date
    asked: bool
    """Whether that day was asked for."""
    edition: Edition = INTERNAL


@dataclass(frozen=True, slots=True)
class Page:
    """A page as it can be shown now."""

    html: bytes | None
    """The last good one; None where there was none yet."""
    problems: tuple[Problem, ...]
    """What is wrong with the records, or with this page."""
    turn: int = 0
    """The refreshing to which it belongs."""
    gone: bool = False
    """Whether there is no such report (any more)."""

    @property
    def version(self) -> str:
        """A word that changes when the HTML does."""
        return hashlib.sha256(self.html or b"").hexdigest()[:16]


class Maker(Protocol):
    """Makes pages: a preview."""

    def refresh(self, *, theme: bool) -> None:
        """Read what was saved, in the ``theme`` too if so."""

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the project now."""

    def page(self, name: str) -> Page:
        """Return a page, or the problems for which it cannot be."""


class Warm:
    """A preview in its process, the last good pages, and those who wait for the next ones. A context manager."""

    def __init__(
        self, request: Request, make: Callable[[Request], Maker], limit: float = TIME_LIMIT
    ) -> None:
        self.request = request
        self._make = make
        self._limit = limit
        self._pages: dict[str, Page] = {}
        self._turn = 1
        self._closed = False
        self._lock = RLock()
        self._turned = Condition(self._lock)
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> Self:
        self.found = states(
            self.folders
        )  # first: what is saved while it is read for the first time is read again
        self._start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._closed = True
        self._process.kill()  # first: a thread that waits for it may hold the lock
        self._process.join()
        self._tell()

    @property
    def closed(self) -> bool:
        """Whether nothing more will come."""
        return self._closed

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which a save may change a page."""
        project = self.request.project
        return (project / "data", project / "templates", default_templates())

    def refresh(self, *, theme: bool) -> None:
        """Have read what was saved, in the ``theme`` too if so, and wake those who wait for it."""
        with self._turned:
            self._turn += 1
            self._ask("refresh", theme, None)
            self._tell()

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the project now."""
        with self._lock:
            return cast("tuple[Problem, ...] | None", self._ask("problems", None, None)) or ()

    def wait(self, page: Page, seconds: float) -> bool:
        """Wait until there may be another page than this one, but not for ever. Return False when nothing more will come."""
        with self._turned:
            self._turned.wait_for(lambda: self._closed or self._turn != page.turn, seconds)
            return not self._closed

    def page(self, name: str) -> Page:
        """Return the page ``name``, or the first one without a name; rendered anew if anything was saved since."""
        name = name or self.request.first
        with self._lock:
            known = self._pages.get(name) or Page(None, ())
            if known.turn != self._turn:
                page = cast("Page | None", self._ask("page", name, self._limit)) or Page(
                    None, (self._ended(name),)
                )
                html = page.html or (None if page.gone else known.html)
                known = self._pages[name] = replace(page, html=html, turn=self._turn)
            return known

    def _tell(self) -> None:
        with self._turned:
            self._turned.notify_all()

    def _start(self) -> None:
        self._pipe, theirs = self._context.Pipe()
        self._process = self._context.Process(
            target=_work, args=(theirs, self.request, self._make), daemon=True
        )
        self._process.start()
        self._is_ready = False
        theirs.close()

    def _ask(self, what: str, argument: object, limit: float | None) -> object:
        """Return the answer of the process; None if it took too long or died. Then another one takes its place."""
        try:
            self._is_ready = self._is_ready or self._pipe.recv()
            self._pipe.send((what, argument))
            if self._pipe.poll(limit):
                return self._pipe.recv()
        except (EOFError, ConnectionError):
            pass
        if not self._closed:
            self._process.kill()
            self._process.join()
            self._start()
        return None

    def _ended(self, name: str) -> Problem:
        message = f"{name}: rendering took longer than {self._limit:g} s, or failed, and was ended"
        return Problem(
            None,
            message,
            "look for a loop in a template that does not end; the terminal may say more",
        )


def _work(pipe: Connection[Any, Any], request: Request, make: Callable[[Request], Maker]) -> None:
    """Answer, until the other end is closed."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C goes to every process of a terminal; the parent ends this one
    preview = make(request)
    preview.refresh(theme=True)
    gc.collect()
    gc.freeze()  # what was read stays: to look through it again and again would cost as much as a page
    pipe.send(obj=True)
    while True:
        try:
            what, argument = pipe.recv()
        except EOFError:
            return
        if what == "refresh":
            preview.refresh(theme=argument)
            pipe.send("done")
        else:
            pipe.send(preview.problems() if what == "problems" else preview.page(argument))
