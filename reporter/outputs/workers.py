"""The processes of a pool: a server, and the workers to which it gives the jobs of a build.

There are no threads: forking beside them is not safe, and neither is Pango in them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import pickle
import signal
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from importlib import import_module
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any

from reporter.formats.jobs import Result
from reporter.outputs.limits import GRACE, TookTooLong, limit_memory, until
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.theme import Theme

MOST = 100  # jobs after which a worker is replaced: what C libraries do not give back adds up
TIDY = 0.25  # seconds of work after which the collector is worth its time
TELLING = 1.0  # seconds in which one whose time is over may say with what
TOO_LONG = "look in the templates for a loop or a value that is huge, or raise --timeout"
MEMORY = "out of memory? have fewer at once with --jobs"
DIED = "its own words stand above, if it had any"


class Worker:
    """A process that does one job at a time."""

    def __init__(self, theme: Theme, limit: float, others: Iterable[Connection[Any, Any]]) -> None:
        ours, theirs = socket.socketpair()
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            # Who stops in the middle of a message does not stop the server.
            ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(limit) + 1, 0))
        self.connection: Connection[Any, Any] = Connection(ours.detach())
        with theirs:
            self._process = multiprocessing.get_context("fork").Process(
                target=_work,
                args=(theirs.fileno(), theme, limit, (*others, self.connection)),
                daemon=True,
            )
            self._process.start()
        self._limit = limit
        self.job: str | None = None
        self.deadline = 0.0
        self.jobs = 0

    def give(self, name: str, job: bytes) -> None:
        """Have a job done."""
        self.job, self.jobs = name, self.jobs + 1
        self.deadline = time.monotonic() + self._limit + TELLING
        with suppress(OSError):  # it is dead, as its connection will tell
            self.connection.send_bytes(job)

    def answer(self) -> bytes | None:
        """Return its answer; None where it is dead, or of no more use."""
        try:
            return self.connection.recv_bytes()
        except (EOFError, OSError):
            return None

    def end(self, patience: float = 0.0) -> int | None:
        """End it, should it not end by itself, and return its exit code."""
        self._process.join(patience)
        self._process.kill()
        self._process.join()
        self.connection.close()
        return self._process.exitcode


class JobServer:
    """Gives jobs to workers, and to the build an answer when it asks for one."""

    def __init__(self, build: Connection[Any, Any], theme: Theme, size: int, limit: float) -> None:
        self._build, self._theme, self._size, self._limit = build, theme, size, limit
        self._workers: list[Worker] = []
        self._jobs: deque[tuple[str, bytes]] = deque()
        self._answers: deque[tuple[str, bytes]] = deque()
        self._asked = False

    def run(self) -> None:
        """Work until the build is over, or is no more."""
        try:
            while True:
                while self._jobs and (worker := self._free()):
                    worker.give(*self._jobs.popleft())
                if self._asked and self._answers:
                    self._build.send(self._answers.popleft())
                    self._asked = False
                self._wait()
        except (EOFError, ConnectionError):
            for worker in self._workers:
                worker.end()

    def _free(self) -> Worker | None:
        """Return a worker that has nothing to do, a new one if there may be one more."""
        idle = [worker for worker in self._workers if worker.job is None]
        for worker in idle:
            if worker.jobs < MOST and not worker.connection.poll():
                return worker
            self._dismiss(worker)
        if len(self._workers) == self._size:
            return None
        others = [self._build, *(worker.connection for worker in self._workers)]
        try:
            self._workers.append(Worker(self._theme, self._limit, others))
        except OSError as error:  # the machine has no room for one more
            if self._workers:
                self._size = len(self._workers)
                return None
            message = f"no process can be started: {error.strerror}"
            name, _ = self._jobs.popleft()
            self._lose(name, Problem(None, f"{name}: {message}", "close other programs"))
            return None
        return self._workers[-1]

    def _wait(self) -> None:
        """Take what comes next: answers, jobs, or the end of somebody's time."""
        busy = [worker for worker in self._workers if worker.job is not None]
        until_ = min((worker.deadline for worker in busy), default=None)
        patience = None if until_ is None else max(0.0, until_ - time.monotonic())
        ready = wait([self._build, *(worker.connection for worker in busy)], patience)
        for worker in busy:
            if worker.connection in ready:
                self._take(worker)
            elif time.monotonic() >= worker.deadline:
                self._dismiss(worker)
                self._lose(str(worker.job), _ended(str(worker.job), None))
        if self._build in ready:
            message = self._build.recv()
            if message:
                self._jobs.append(message)
            else:
                self._asked = True

    def _take(self, worker: Worker) -> None:
        name, worker.job = str(worker.job), None
        answer = worker.answer()
        if answer is None:
            code = self._dismiss(worker, GRACE)  # it is dying, and will say of what
            self._lose(name, _ended(name, code))
        elif answer:
            self._answers.append((name, answer))
        else:
            self._dismiss(worker)  # it has given up in the middle of what, nobody knows
            self._lose(name, _ended(name, None))

    def _dismiss(self, worker: Worker, patience: float = 0.0) -> int | None:
        self._workers.remove(worker)
        return worker.end(patience)

    def _lose(self, name: str, problem: Problem) -> None:
        self._answers.append((name, pickle.dumps(Result(problems=(problem,)))))


def _ended(name: str, code: int | None) -> Problem:
    """Return the problem of a report whose worker gave no answer; without ``code``, in time."""
    if code is None:
        return Problem(None, f"{name}: rendering took too long and was ended", TOO_LONG)
    if code < 0:
        return Problem(None, f"{name}: the renderer was killed (signal {-code})", MEMORY)
    return Problem(None, f"{name}: the renderer died (exit code {code})", DIED)


def serve(handle: int) -> None:
    """Be the server of the build at the other end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends us
    build: Connection[Any, Any] = Connection(handle)
    with suppress(EOFError):
        theme, modules, limit, size = build.recv()
        gc.disable()
        for name in modules:
            with suppress(ReporterError):  # what is missing is told with each report
                import_module(name)
        gc.freeze()
        JobServer(build, theme, size, limit).run()
        gc.freeze()  # it has nothing to look for as the process ends, either


def _work(
    handle: int, theme: Theme, limit: float, inherited: tuple[Connection[Any, Any], ...]
) -> None:
    """Do jobs until nobody is there to give any. A bug is a traceback, and ends the process."""
    connection: Connection[Any, Any] = Connection(os.dup(handle))
    for other in inherited:
        other.close()
    limit_memory()
    tidied = time.monotonic()
    with suppress(EOFError, ConnectionError):
        while True:
            make, job = pickle.loads(connection.recv_bytes())  # noqa: S301 (of the build)
            try:
                with until(time.monotonic() + limit):
                    answer = pickle.dumps(make(job, theme), pickle.HIGHEST_PROTOCOL)
            except TookTooLong:
                answer = b""
            connection.send_bytes(answer)
            if time.monotonic() - tidied > TIDY:
                gc.collect()
                tidied = time.monotonic()
