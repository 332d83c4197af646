"""Makes reports in several processes; one that dies or hangs costs its own report only.

A server (``workers``) imports what makes reports while the build reads the records, and then forks
the workers: what they need is imported once. Each worker has a connection of its own, so that one
that is killed in the middle of an answer spoils no other's; with one queue for all it would.
"""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import sys
from contextlib import suppress
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import reporter
from reporter.outputs.limits import GRACE
from reporter.outputs.scratch import Scratch
from reporter.problems import Problem, ReporterError, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Self

    from reporter.formats.jobs import Job, Result
    from reporter.theme import Theme

    Make = Callable[[Job, Theme], Result]

_HOME = str(Path(reporter.__file__).parent.parent)
# The package that runs here, though another one is installed; it imports nothing. Then the path:
# nothing is imported from the current folder. What is imported is no garbage, and is not looked
# through; neither is it taken apart at the end, for which the build would wait.
_BOOT = (
    "import gc, os, sys; gc.disable(); "
    "sys.path[:] = sys.argv[2:3]; import reporter; sys.path[:] = sys.argv[3:]; "
    "from reporter.outputs.workers import serve; serve(int(sys.argv[1])); os._exit(0)"
)


class Pool:
    """Up to ``size`` workers, each with a time limit; at the end of the ``with`` they are ended."""

    def __init__(
        self,
        theme: Theme,
        modules: tuple[str, ...],
        limit: float,
        size: int,
        parent: str | None = None,
    ) -> None:
        self._settings = (theme, modules, limit, size)
        self._size = size
        self._scratch = Scratch(parent)
        self._server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._server:
            self._hang_up()  # which ends the server, and that its workers
            with suppress(subprocess.TimeoutExpired):
                self._server.wait(GRACE)
            self._server.kill()
            self._server.wait()
        self._scratch.remove()

    def start(self) -> None:
        """Begin to import what makes reports, while there is other work to do."""
        ours, theirs = socket.socketpair()
        self._connection: Connection[Any, Any] = Connection(ours.detach())
        temporary = {"TMPDIR": folder} if (folder := self._scratch.folder) else {}
        with theirs:
            try:
                self._server = subprocess.Popen(  # noqa: S603 (our own interpreter)
                    [sys.executable, "-c", _BOOT, str(theirs.fileno()), _HOME, *sys.path],
                    pass_fds=[theirs.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env={**os.environ, **temporary},
                )
            except OSError as error:
                raise ReporterError(
                    [Problem(None, f"no process can be started: {error.strerror}")]
                ) from None
        self._connection.send(self._settings)

    def _hang_up(self) -> None:
        """Tell the server that this was all, and wait until it is no more.

        To wait for the process itself is to look at it again and again, and to sleep in between.
        """
        with suppress(OSError), socket.socket(fileno=os.dup(self._connection.fileno())) as line:
            line.shutdown(socket.SHUT_WR)
            self._connection.poll(GRACE)
        self._connection.close()

    def map(self, make: Make, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Yield each job with what ``make`` made of it, as they come.

        A job is taken from ``jobs`` when there will soon be somebody to do it.
        """
        waiting = iter(jobs)
        given: dict[str, Job] = {}
        while True:
            for job in islice(waiting, 2 * self._size - len(given)):
                given[job.id] = job
                self._say((job.id, pickle.dumps((make, job), pickle.HIGHEST_PROTOCOL)))
            if not given:
                return
            self._say(None)
            name, answer = self._hear()
            yield given.pop(name), pickle.loads(answer)  # noqa: S301 (of our own child)

    def _say(self, message: tuple[str, bytes] | None) -> None:
        """Hand over a job, or ask for an answer: the server says nothing by itself."""
        if not self._server:
            self.start()
        with suppress(ConnectionError):  # it is dead, as is told when it is to answer
            self._connection.send(message)

    def _hear(self) -> tuple[str, bytes]:
        try:
            name, answer = self._connection.recv()
        except (EOFError, OSError):
            message = "the process that gives jobs to the renderers ended in the middle"
            hint = "its own words stand above, if it had any; build again for the rest"
            stop(None, message, hint)
        return name, answer
