"""Speaks with a cluster for a build: opens a press on each worker that is fit, and keeps each of them busy.

What travels through the scheduler are bytes, and functions of the standard library: the scheduler needs no reporter. Each task
names its worker, so that none goes to one that is not fit. A worker has two sheets, one that is printed and one that waits;
the build is asked for a sheet when somebody can take it, so that its pages never pile up.
"""

from __future__ import annotations

import asyncio
import pickle
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from operator import methodcaller
from time import monotonic
from typing import TYPE_CHECKING, Any

from distributed import Client, Future, Security
from distributed.scheduler import KilledWorker

from reporter.outputs.cluster.press import Opening, packed
from reporter.outputs.crew import Lost
from reporter.outputs.digests import printing_versions
from reporter.outputs.workers import Paper
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterable
    from multiprocessing.connection import Connection

    from reporter.theme import Theme

PATIENCE = 30.0  # seconds to wait for a scheduler or for a worker, if a report may not take less
PAUSE = 0.5  # seconds between two looks at who is there
LANES = 2  # sheets that a worker has
TRIES = 3  # workers that a sheet may cost
SLACK = 10.0  # seconds in which a worker says that a sheet took too long
INSTALL = "install there what is installed here: its papers would differ"


class Gone(Exception):  # noqa: N818 (it says what happened)
    """A worker, or what it held, is no longer there."""


@dataclass(slots=True)
class Job:
    """A sheet as it travels."""

    number: int
    id: str
    sheet: bytes
    tries: int = 0


class Courier:
    """Stands between a build and its cluster."""

    def __init__(
        self, connection: Connection[Any, Any], address: str, theme: Theme, limit: float
    ) -> None:
        self._connection, self._address, self._theme, self._limit = (
            connection,
            address,
            theme,
            limit,
        )
        self._patience = min(PATIENCE, limit)
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()
        self._words: asyncio.Queue[object] = asyncio.Queue()
        self._over, self._begun = asyncio.Event(), asyncio.Event()
        self._presses: dict[str, asyncio.Task[None]] = {}
        self._opening: set[str] = set()
        self._refused: list[Problem] = []
        self._client: Any = None

    async def work(self) -> None:
        """Work until the build closes the connection, or nothing more can be done."""
        asyncio.get_running_loop().add_reader(self._connection.fileno(), self._listen)
        speaking = asyncio.create_task(self._speak())
        try:
            async with self._connected() as self._client, asyncio.TaskGroup() as group:
                self._opened = pickle.dumps(Opening(packed(self._theme), self._limit))
                self._ours = printing_versions()
                await self._watch(group)
        except* ReporterError as found:
            self._words.put_nowait(
                ReporterError(problem for error in found.exceptions for problem in _problems(error))
            )
        await self._words.join()
        speaking.cancel()

    def _listen(self) -> None:
        """Take a sheet from the build."""
        try:
            self._jobs.put_nowait(Job(*self._connection.recv()))
        except (EOFError, OSError):
            asyncio.get_running_loop().remove_reader(self._connection.fileno())
            self._over.set()

    async def _speak(self) -> None:
        """Tell the build what there is to tell; in a thread, since it may be busy and not listen."""
        while True:
            word = await self._words.get()
            with suppress(OSError):  # the build is no more, as it will be heard
                await asyncio.to_thread(self._connection.send, word)
            self._words.task_done()

    @asynccontextmanager
    async def _connected(self) -> AsyncIterator[Any]:
        connect: Any = Client  # Dask comes without types here
        certificates: Any = Security()  # type: ignore[no-untyped-call]
        try:
            if self._address.startswith("tls:") and not certificates.get_connection_args(
                "client"
            ).get("ssl_context"):
                hint = "name them in Dask's configuration, under distributed.comm.tls, or use tcp:// in a network of your own"
                raise ReporterError([Problem(None, f"{self._address} wants certificates", hint)])
            async with asyncio.timeout(
                self._patience + PAUSE
            ):  # what listens there may be something else, and never answer
                client = await connect(
                    self._address, asynchronous=True, set_as_default=False, timeout=self._patience
                )
        except TypeError:  # it does not take what a scheduler takes
            message = f"what listens at {self._address} is not a scheduler"
            raise ReporterError(
                [Problem(None, message, "give the address that 'dask scheduler' prints")]
            ) from None
        except (OSError, ImportError) as error:
            message = f"no scheduler answers at {self._address}: {_said(error)}"
            raise ReporterError(
                [Problem(None, message, "start one there: dask scheduler")]
            ) from None
        try:
            yield client
        finally:
            await client.close()

    async def _watch(self, group: asyncio.TaskGroup) -> None:
        """See who is there, until the build is over."""
        seen = monotonic()
        while not self._over.is_set():
            there = await self._threads()
            for address in self._presses.keys() - there.keys():
                self._presses.pop(address).cancel()
                self._opening.discard(address)
            for address in there.keys() - self._presses.keys():
                self._opening.add(address)
                self._presses[address] = group.create_task(self._serve(address, there[address]))
            self._begin()
            if any(not task.done() for task in self._presses.values()):
                seen = monotonic()
            elif monotonic() - seen > self._patience:
                raise self._alone()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._over.wait(), PAUSE)
        for task in self._presses.values():
            task.cancel()

    async def _threads(self) -> dict[str, int]:
        """Return the addresses of the workers that are there, and how many threads each has."""
        try:
            return dict(await self._client.nthreads())
        except OSError as error:
            message = f"the scheduler at {self._address} is gone: {_said(error)}"
            raise ReporterError(
                [
                    Problem(
                        None,
                        message,
                        "what was printed is kept; start it, and build again for the rest",
                    )
                ]
            ) from None

    def _begin(self) -> None:
        """Let work begin when each of the first workers is fit; one that is not may be meant to be."""
        if not self._begun.is_set() and self._presses and not self._opening:
            if self._refused:
                raise ReporterError(self._refused)
            self._begun.set()

    def _alone(self) -> ReporterError:
        left = "has lost all its workers" if self._begun.is_set() else "has no worker"
        hint = f"start one for each core, on each machine: dask worker {self._address} --nthreads 1"
        return ReporterError(
            [
                Problem(
                    None,
                    f"the scheduler at {self._address} {left}; waited {self._patience:.0f} s for one",
                    hint,
                )
            ]
        )

    async def _serve(self, address: str, threads: int) -> None:
        """Keep a worker busy."""
        try:
            press = await self._press(address, threads)
            self._opening.discard(address)
            await self._begun.wait()
            async with asyncio.TaskGroup() as lanes:
                for _ in range(LANES):
                    lanes.create_task(self._lane(address, press))
        except* ReporterError as found:
            for error in found.exceptions:
                self._refuse(address, _problems(error))
        except* Gone:
            self._presses.pop(address, None)  # should it still be there, it is looked at anew
            self._opening.discard(address)

    def _refuse(self, address: str, problems: Iterable[Problem]) -> None:
        self._opening.discard(address)
        if not self._begun.is_set():
            self._refused += problems
        else:
            for problem in problems:
                self._words.put_nowait(replace(problem, severity="warning"))

    async def _press(self, address: str, threads: int) -> Future[Any]:
        """Return the press on a worker, if papers printed there would be the same as here."""
        if threads != 1:
            hint = (
                "Pango is not safe in threads; start it anew: dask worker "
                + self._address
                + " --nthreads 1"
            )
            raise ReporterError(
                [
                    Problem(
                        None, f"the worker {address} has {threads} threads and must have one", hint
                    )
                ]
            )
        waiting = max(PATIENCE, self._limit)
        try:
            async with asyncio.timeout(waiting):
                press = self._submit(address, pickle.loads, self._opened)
                theirs = await self._result(self._submit(address, methodcaller("about"), press))
        except TimeoutError:
            message = f"the worker {address} did not answer in {waiting:.0f} s"
            raise ReporterError(
                [Problem(None, message, "is it busy with other work? end it, or raise --timeout")]
            ) from None
        if isinstance(theirs, BaseException):
            raise ReporterError(
                [Problem(None, f"the worker {address} cannot print: {_said(theirs)}", INSTALL)]
            )
        if isinstance(theirs, Lost):
            what = (
                "its printer was not ready in time" if theirs.code is None else "its printer died"
            )
            raise ReporterError(
                [
                    Problem(
                        None,
                        f"the worker {address} cannot print: {what}",
                        "see its log, or raise --timeout",
                    )
                ]
            )
        if different := _differences(theirs, self._ours):
            raise ReporterError([Problem(None, f"the worker {address} has {different}", INSTALL)])
        return press

    async def _lane(self, address: str, press: Future[Any]) -> None:
        """Let a worker print one sheet after the other."""
        while True:
            if self._jobs.empty():
                self._words.put_nowait(None)
            job = await self._jobs.get()
            try:
                async with asyncio.timeout(LANES * (self._limit + SLACK)):
                    answer = await self._result(
                        self._submit(address, methodcaller("print_", job.sheet), press)
                    )
            except (Gone, asyncio.CancelledError):
                self._again(job)
                raise
            except (
                TimeoutError
            ):  # it stands still: Dask waits for minutes before it takes such a worker for lost
                self._again(job)
                raise Gone from None
            if isinstance(answer, BaseException):
                message = f"{job.id}: cannot be printed on the worker {address}: {_said(answer)}"
                answer = Paper(None, (Problem(None, message, "see the log of the worker"),))
            elif isinstance(answer, Lost):
                answer = replace(answer, place=address)
            self._words.put_nowait((job.number, answer))

    def _again(self, job: Job) -> None:
        """Give a sheet to another worker, if it did not cost too many."""
        job.tries += 1
        if job.tries < TRIES:
            self._jobs.put_nowait(job)
        else:
            problem = Problem(
                None,
                f"{job.id}: {TRIES} workers were lost while they printed it",
                "see the logs of the workers",
            )
            self._words.put_nowait((job.number, Paper(None, (problem,))))

    def _submit(
        self, address: str, function: Callable[[Any], Any], argument: object
    ) -> Future[Any]:
        future: Future[Any] = self._client.submit(function, argument, workers=[address], pure=False)
        return future

    async def _result(self, future: Future[Any]) -> Any:  # noqa: ANN401 (whatever was pickled)
        """Return the result of a task, or its exception."""
        task: Any = future  # its methods come without types
        error: BaseException | None = await task.exception()
        if isinstance(error, KilledWorker) or task.cancelled():
            raise Gone
        return error or pickle.loads(await task)  # noqa: S301 (from a worker that runs what we send)


def _differences(theirs: dict[str, str], ours: dict[str, str]) -> str:
    names = sorted(
        name for name in theirs.keys() | ours.keys() if theirs.get(name) != ours.get(name)
    )
    return ", ".join(
        f"{name} {theirs.get(name, 'missing')} (here {ours.get(name, 'missing')})" for name in names
    )


def _problems(error: Exception) -> tuple[Problem, ...]:
    return error.problems if isinstance(error, ReporterError) else ()


def _said(error: BaseException) -> str:
    """Return an error of somebody else's on one line."""
    if isinstance(error, OSError):
        return " ".join(str(error).split()) or "it takes too long"
    return " ".join(f"{type(error).__name__}: {error}".split())
