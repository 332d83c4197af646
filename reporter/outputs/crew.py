"""Processes that work for us, each on one job at a time; one that dies or hangs costs its own job only.

There are no threads here: forking beside them is not safe, and neither is Pango in them. A process is forked where it needs
what its parent has read, and started afresh where it is to import something while the parent goes on.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Any, Generic, TypeVar, cast
from weakref import WeakSet

from reporter.outputs.files import Scratch
from reporter.outputs.limits import TookTooLong, limit_memory, until

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

J = TypeVar("J")
A = TypeVar("A")
Prepare = Callable[
    ..., Callable[[Any], Any]
]  # called once in each process; what it returns does the jobs

TERM = 100  # jobs after which a process that was started afresh is replaced: what C libraries do not give back does not add up
TIDY = 0.25  # seconds of work after which the collector is worth its time
GRACE = 5.0  # seconds in which one that is dying may say of what
TELLING = 1.0  # seconds in which one whose time is over may say with what
_BOOT = "import sys; sys.path[:] = sys.argv[2:]; from reporter.outputs.crew import _started; _started(int(sys.argv[1]))"
_ours: WeakSet[Connection[Any, Any]] = (
    WeakSet()
)  # our ends of all connections: a forked process must not keep them open


@dataclass(frozen=True, slots=True)
class Lost:
    """Stands for the answer of a process that gave none."""

    code: int | None
    """With which it ended, negative if by a signal; None if it took too long."""
    place: str = ""
    """Where it was, if not on this machine."""


class Member:
    """A process, and the job that it has."""

    def __init__(
        self,
        connection: Connection[Any, Any],
        process: subprocess.Popen[bytes] | multiprocessing.process.BaseProcess,
    ) -> None:
        self.connection = connection
        self.process = process
        self.job: Any = None
        self.deadline = 0.0
        self.jobs = 0

    def end(self, patience: float = 0.0) -> int:
        """End it, should it not end by itself, and return its exit code."""
        self.connection.close()
        if isinstance(self.process, subprocess.Popen):
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(patience)
            self.process.kill()
            return self.process.wait()
        self.process.join(patience)
        self.process.kill()
        self.process.join()
        return cast("int", self.process.exitcode)


class Crew(Generic[J, A]):
    """Up to ``size`` processes. Use it as a context manager: at its end they are ended."""

    def __init__(
        self, prepare: Prepare, arguments: tuple[Any, ...], *, size: int, limit: float, forked: bool
    ) -> None:
        self._prepare, self._arguments = prepare, arguments
        self._size, self._limit, self._forked = size, limit, forked
        self._members: list[Member] = []
        self.scratch = Scratch()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for member in self._members:
            member.end()
        self.scratch.remove()

    def start(self, number: int) -> None:
        """Start up to ``number`` processes now; the others are started when there is work for them.

        Where the machine has no room for one more, those that are there do the work. Raises OSError where there is none.
        """
        for _ in range(number):
            try:
                self._members.append(self._new())
            except OSError:  # no file or process may be opened any more
                if not self._members:
                    raise
                self._size = len(self._members)
                return

    def _new(self) -> Member:
        if self._forked:
            return _fork(self._prepare, self._arguments, self._limit)
        return spawn(
            _work, self._prepare, self._arguments, limit=self._limit, scratch=self.scratch.folder
        )

    def run(self, jobs: Iterable[J]) -> Iterator[tuple[J, A | Lost]]:
        """Yield each job with its answer, as they come. A job is taken when there is somebody to do it."""
        waiting = iter(jobs)
        while True:
            while (free := self._free()) or len(self._members) < self._size:
                job = next(waiting, None)
                if job is None:
                    break
                if not free:
                    number = len(self._members)
                    self.start(1)
                    free = self._members[-1] if len(self._members) > number else None
                if free:
                    self._give(free, job)
                else:
                    waiting = chain([job], waiting)
            if all(member.job is None for member in self._members):
                return
            yield from self._answers()

    def _free(self) -> Member | None:
        """Return one that has nothing to do; those who died meanwhile, or have done enough, are dismissed."""
        for member in [member for member in self._members if member.job is None]:
            if (self._forked or member.jobs < TERM) and not member.connection.poll():
                return member
            self._dismiss(member)
        return None

    def _dismiss(self, member: Member, patience: float = 0.0) -> int:
        self._members.remove(member)
        return member.end(patience)

    def _give(self, member: Member, job: J) -> None:
        deadline = time.monotonic() + self._limit
        member.job, member.deadline, member.jobs = job, deadline + TELLING, member.jobs + 1
        with suppress(OSError):  # it is dead, as its connection will tell
            member.connection.send((job, deadline))

    def _answers(self) -> list[tuple[J, A | Lost]]:
        """Return the next answers: all at once, since whoever takes them may take time, and who was not ready before may be by then."""
        busy = [member for member in self._members if member.job is not None]
        ready = wait(
            [member.connection for member in busy],
            max(0.0, min(member.deadline for member in busy) - time.monotonic()),
        )
        late = [
            member
            for member in busy
            if member.connection not in ready and time.monotonic() >= member.deadline
        ]
        return [self._answer(member) for member in busy if member.connection in ready] + [
            self._give_up(member) for member in late
        ]

    def _give_up(self, member: Member) -> tuple[J, Lost]:
        self._dismiss(member)
        return member.job, Lost(None)

    def _answer(self, member: Member) -> tuple[J, A | Lost]:
        job, member.job = member.job, None
        try:
            answer = member.connection.recv()
        except (EOFError, OSError):
            return job, Lost(self._dismiss(member, GRACE))  # it is dying, and will say of what
        if isinstance(answer, Lost):  # it has given up in the middle, and is of no more use
            self._dismiss(member)
        return job, answer


def spawn(
    work: Callable[..., None],
    *arguments: Any,  # noqa: ANN401 (as the caller has it)
    limit: float,
    scratch: str | None = None,
) -> Member:
    """Start a process afresh that calls ``work`` with its end of a connection and these arguments."""
    connection, theirs = _connect(limit)
    with theirs:
        command = [sys.executable, "-c", _BOOT, str(theirs.fileno()), *sys.path]
        environment = {**os.environ, "TMPDIR": scratch} if scratch else None
        process = subprocess.Popen(  # noqa: S603 (our own interpreter)
            command,
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env=environment,
        )
    connection.send((work, arguments))
    return Member(connection, process)


def _fork(prepare: Prepare, arguments: tuple[Any, ...], limit: float) -> Member:
    connection, theirs = _connect(limit)
    with theirs:
        work = (theirs.fileno(), prepare, arguments)
        process = multiprocessing.get_context("fork").Process(
            target=_forked, args=work, daemon=True
        )
        gc.freeze()  # so that no collection in the child touches, and thereby copies, what both have
        try:
            process.start()
        finally:
            gc.unfreeze()
    return Member(connection, process)


def _connect(limit: float) -> tuple[Connection[Any, Any], socket.socket]:
    ours, theirs = socket.socketpair()
    for option in (
        socket.SO_SNDTIMEO,
        socket.SO_RCVTIMEO,
    ):  # who stops in the middle of a message does not stop us
        ours.setsockopt(socket.SOL_SOCKET, option, struct.pack("ll", int(limit) + 1, 0))
    connection = Connection(ours.detach())
    _ours.add(connection)
    return connection, theirs


def _started(handle: int) -> None:
    """Work in a process that was started afresh."""
    connection: Connection[Any, Any] = Connection(handle)
    work, arguments = connection.recv()
    work(connection, *arguments)


def _forked(handle: int, prepare: Prepare, arguments: tuple[Any, ...]) -> None:
    """Work in a process that was forked."""
    for connection in list(_ours):
        connection.close()
    _work(Connection(os.dup(handle)), prepare, arguments)


def _work(connection: Connection[Any, Any], prepare: Prepare, arguments: tuple[Any, ...]) -> None:
    """Do jobs until nobody is there to give any. What is no fault of the records or templates is a traceback, and ends the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us
    limit_memory()
    do = prepare(*arguments)
    gc.collect()
    gc.freeze()
    gc.disable()
    tidied = time.monotonic()
    with suppress(EOFError, ConnectionError):
        while True:
            job, deadline = connection.recv()
            try:
                with until(deadline):
                    answer = do(job)
            except TookTooLong:
                connection.send(Lost(None))
                return  # in the middle of what, nobody knows
            connection.send(answer)
            if time.monotonic() - tidied > TIDY:
                gc.collect()
                tidied = time.monotonic()
