"""Printers on other machines: sheets go to the workers of a Dask cluster, and papers come back. The only package that knows Dask.

Dask needs threads, beside which no process may be forked; so a courier, in a process of its own, speaks with the cluster
(``courier``). On each worker a build has a press (``press``) as long as it is at work.
"""

from __future__ import annotations

import logging
import pickle
import signal
import warnings
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from reporter.outputs.crew import GRACE, Lost, Member, spawn
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType
    from typing import Self

    from reporter.outputs.workers import Paper, Sheet
    from reporter.theme import Theme


class Cluster:
    """The workers of the scheduler at ``address``. They print as a crew does, and are asked when there is something to print.

    Workers that cannot print are named in ``told``.
    """

    def __init__(self, address: str, theme: Theme, limit: float, told: list[Problem]) -> None:
        if find_spec("distributed") is None:
            message = "--scheduler needs 'distributed', which speaks with a Dask cluster and is not installed"
            raise ReporterError(
                [Problem(None, message, "pip install 'reporter-briefings[cluster]'")]
            )
        self._address, self._theme, self._limit = address, theme, limit
        self._agent: Member | None = None
        self._wanted = 0
        self._given: dict[int, Sheet] = {}
        self._told = told

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._agent:
            self._agent.end(GRACE)

    def start(self, number: int) -> None:
        """Speak with the cluster now, where there will be something to print."""
        if number and not self._agent:
            self._agent = spawn(_speak, self._address, self._theme, self._limit, limit=self._limit)

    def run(self, jobs: Iterable[Sheet]) -> Iterator[tuple[Sheet, Paper | Lost]]:
        """Yield each sheet with its paper, as they come. A sheet is taken when there is a worker for it.

        Raises ReporterError where the cluster cannot be used, or no longer.
        """
        for number, sheet in enumerate(jobs):
            self.start(1)
            while not self._wanted or self._said():
                yield from self._answer()
            self._wanted -= 1
            self._given[number] = sheet
            self._tell((number, sheet.id, pickle.dumps(sheet)))
        while self._given:
            yield from self._answer()

    def _said(self) -> bool:
        assert self._agent  # noqa: S101 (there is a sheet, so it was started)
        return self._agent.connection.poll()

    def _tell(self, message: object) -> None:
        assert self._agent  # noqa: S101 (as above)
        try:
            self._agent.connection.send(message)
        except OSError:
            raise self._silent() from None

    def _answer(self) -> Iterator[tuple[Sheet, Paper | Lost]]:
        """Take what the courier says next, and yield it if it is a paper."""
        assert self._agent  # noqa: S101 (as above)
        try:
            self._agent.connection.poll(None)
            message = self._agent.connection.recv()
        except (EOFError, OSError):
            raise self._silent() from None
        match message:
            case None:
                self._wanted += 1
            case Problem():
                self._told.append(message)
            case ReporterError():
                raise message
            case (number, paper):
                yield self._given.pop(number), paper

    def _silent(self) -> ReporterError:
        message = (
            f"the process that speaks with the scheduler at {self._address} ended in the middle"
        )
        return ReporterError(
            [
                Problem(
                    None,
                    message,
                    "its own words stand above, if it had any; build again for the rest",
                )
            ]
        )


def _speak(connection: Any, address: str, theme: Theme, limit: float) -> None:  # noqa: ANN401 (a connection of any messages)
    """Speak with a cluster, in a process of its own, until the build closes the connection."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends us
    logging.disable(logging.CRITICAL)  # what Dask logs is told in our own words
    warnings.simplefilter("ignore")
    import asyncio  # noqa: PLC0415 (in this process only)

    from reporter.outputs.cluster.courier import Courier  # noqa: PLC0415 (as above)

    asyncio.run(Courier(connection, address, theme, limit).work())
