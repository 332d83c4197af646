"""A process that holds what was read, and has a copy of itself make each page.

The copy has all that was read at no cost, and when it has to be ended, no other page waits for it.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
from concurrent.futures import Future
from contextlib import suppress
from itertools import count
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from threading import Lock, Thread
from time import monotonic, process_time
from typing import TYPE_CHECKING, Any

from reporter.outputs.limits import limit_memory

if TYPE_CHECKING:
    from reporter.desk.serve.last_good import Request
    from reporter.desk.serve.preview import Preview

    Pipe = Connection[Any, Any]

PATIENCE = 1.0  # seconds after which something that ends, or has to, is waited for no longer
QUICK = 2.0  # seconds of work; what takes more is not done a second time
_fork = multiprocessing.get_context("fork")
_spawn = multiprocessing.get_context("spawn")


class Renderer:
    """The process as others see it: it answers what it is asked, and is started anew if it died."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._lock = Lock()
        self._closed = False
        self._numbers = count()
        self._waiting: dict[int, Future[object]] = {}
        self._start()

    def _start(self) -> None:
        self._connection, theirs = _spawn.Pipe()
        process = _spawn.Process(target=_work, args=(theirs, self._request))
        resource_tracker.ensure_running()  # it would take back what is blocked here
        # Ctrl-C goes to each process of a terminal: only ours is to end by it.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()
        self._process = process
        Thread(target=self._receive, args=(self._connection,), daemon=True).start()

    def _receive(self, connection: Pipe) -> None:
        """Hand out answers; where no more will come, whoever waits for one has none."""
        with suppress(EOFError, OSError):
            while True:
                number, answer = connection.recv()
                self._waiting.pop(number).set_result(answer)
        with self._lock:
            connection.close()
            while self._waiting:
                self._waiting.popitem()[1].set_result(None)

    def close(self) -> None:
        """End the process, and all that it has started."""
        with self._lock:
            self._closed = True
            self._tell("end")
        self._end()

    def _end(self) -> None:
        self._process.join(PATIENCE)
        if self._process.pid:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()

    def refresh(self) -> None:
        """Have it read what was saved, before it answers anything else."""
        with self._lock:
            self._tell("refresh")

    def answer(self, what: str, name: str) -> object:
        """Return its answer; None if there is none, since it failed or gave way to a refreshing."""
        answer, again = self._asked(what, name).result(), self._connection.closed
        return self._asked(what, name).result() if again and answer is None else answer

    def _asked(self, what: str, name: str) -> Future[object]:
        answer = Future[object]()
        with self._lock:
            if self._closed:
                answer.set_result(None)
                return answer
            if self._connection.closed:  # it has died
                self._end()
                self._start()
            number = next(self._numbers)
            self._waiting[number] = answer
            self._tell(what, name, number)
        return answer

    def _tell(self, what: str, name: str = "", number: int = 0) -> None:
        with suppress(OSError):  # it has died, as the connection will tell
            self._connection.send((what, name, number))


def _work(connection: Pipe, request: Request) -> None:
    """Read, and have copies answer, until the other end is closed."""
    os.setpgid(0, 0)  # one signal ends this process and its copies
    from reporter.desk.serve.preview import Preview  # noqa: PLC0415 (heavy: only in this process)

    preview = Preview(request)
    gc.collect()
    gc.freeze()  # what was read stays: looking through it again would cost as much as a page
    copies: dict[Pipe, _Copy] = {}
    with suppress(EOFError, ConnectionError):
        while True:
            for ready in wait([connection, *copies]):
                if isinstance(ready, Connection) and (done := copies.pop(ready, None)):
                    connection.send((done.number, done.answer()))
                    done.teach(preview)
                    continue
                what, name, number = connection.recv()
                if what == "end":
                    raise EOFError
                if what == "refresh":
                    for copy in copies.values():
                        copy.give_way()
                    preview.refresh()
                else:
                    new = _Copy(preview, what, name, number)
                    copies[new.pipe] = new
    for copy in copies.values():
        copy.process.kill()


class _Copy:
    """A copy of a process, which answers one question."""

    def __init__(self, preview: Preview, what: str, name: str, number: int) -> None:
        self.name, self.number = name, number
        self.begun = monotonic()
        self.is_quick = False
        self.pipe, theirs = _fork.Pipe(duplex=False)
        with theirs:
            self.process = _fork.Process(target=_answer, args=(theirs, preview, what, name))
            self.process.start()

    def give_way(self) -> None:
        """End it if it takes its time: there is something newer to be shown."""
        if monotonic() - self.begun > PATIENCE:
            self.process.kill()

    def answer(self) -> object:
        """Return its answer; None if it ended without one."""
        with self.pipe, suppress(EOFError):
            answer, self.is_quick = self.pipe.recv()
            return answer
        return None

    def teach(self, preview: Preview) -> None:
        """Have its parent do once what it did well and quickly: later copies then know how."""
        self.process.join()
        if self.is_quick:
            preview.learn(self.name)


def _answer(pipe: Pipe, preview: Preview, what: str, name: str) -> None:
    gc.freeze()
    limit_memory()
    answer = preview.page(name) if what == "page" else preview.problems()
    pipe.send((answer, process_time() < QUICK))
