"""Makes reports on the workers of a Dask cluster.

What goes to a worker are bytes and functions of the standard library, so that the scheduler needs
no reporter. Dask keeps a ``Remote`` on each worker, and drops it when the build is over or gone.
"""

from __future__ import annotations

import pickle
import time
import weakref
from collections import Counter
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from functools import partial
from itertools import islice
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from reporter.outputs.cluster_answers import connected, failed, refusals, said, understood, written
from reporter.outputs.digests import printing_versions
from reporter.outputs.pool import Pool
from reporter.problems import Problem, ReporterError, stop
from reporter.text import read_bytes
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.formats.jobs import Job, Result
    from reporter.outputs.pool import Make

PATIENCE = 30.0  # seconds to wait for a scheduler, and for a worker that answers
PAUSE = 0.05  # seconds between two looks at what is done
TRIES = 3  # workers that a job may cost


class Remote:
    """A pool of one that wakes as it is unpickled on a worker. Jobs come and go as bytes."""

    def __init__(self, theme: Theme, modules: tuple[str, ...], limit: float) -> None:
        self._here = {**printing_versions(), "threads": "1"}
        self._settings = {"modules": modules, "limit": limit, "size": 1}
        self._files: dict[str, bytes] = {}
        for number, folder in enumerate(theme.folders):
            for path in Theme((folder,)).files():
                with suppress(ReporterError):  # one that is too large may be one nobody asks for
                    self._files[f"{number}/{path.relative_to(folder)}"] = read_bytes(path)

    def __setstate__(self, sent: dict[str, Any]) -> None:
        """Start the pool, if what is made here is the same as where it comes from."""
        from distributed import get_worker  # noqa: PLC0415 (on a worker)

        here, worker = sent["_here"], get_worker()
        there = {**printing_versions(), "threads": str(worker.state.nthreads)}
        if different := ", ".join(
            f"{name} {there.get(name, 'missing')} (here {here.get(name, 'missing')})"
            for name in sorted({*there, *here})
            if there.get(name) != here.get(name)
        ):
            raise RuntimeError(different)
        self._room = TemporaryDirectory(prefix="reporter-", dir=worker.local_directory)
        room = Path(self._room.name)
        for name, content in sent["_files"].items():
            (room / name).parent.mkdir(parents=True, exist_ok=True)
            (room / name).write_bytes(content)
        self._pool = Pool(Theme((*sorted(room.iterdir()),)), **sent["_settings"], parent=str(room))
        weakref.finalize(self, self._pool.__exit__)
        self._pool.start()

    def make(self, job: bytes) -> bytes:
        """Return what became of a job."""
        ((_, result),) = self._pool.map(*pickle.loads(job))  # noqa: S301 (it runs what it likes)
        return written(result)


class Cluster(ExitStack):
    """The workers of a scheduler. Those that cannot make reports get none; ``told`` names them."""

    def __init__(
        self, settings: tuple[Theme, tuple[str, ...], float], address: str, told: list[Problem]
    ) -> None:
        super().__init__()
        self._remote = pickle.dumps(Remote(*settings))
        self._address, self._told, self._longest = address, told, 2 * settings[-1] + PATIENCE
        self._client: Any = None  # Dask comes without types
        self._places: dict[str, Any] = {}  # by address, the Remote there

    def map(self, make: Make, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Yield each job with what ``make`` made of it, as they come.

        Raises ReporterError where the cluster cannot be used, or no longer.
        """
        waiting, tries = iter(jobs), Counter[str]()
        again: list[Job] = []
        given: dict[Any, tuple[Job, str, float]] = {}
        seen = time.monotonic()
        while given or (again := again or [*islice(waiting, 1)]):
            if fit := self._fit(seen):
                seen = time.monotonic()
            busy = Counter(address for _, address, _ in given.values())
            # One job that is made, and one that waits.
            for address in [one for most in (1, 2) for one in fit if busy[one] < most]:
                if again := again or [*islice(waiting, 1)]:
                    job = again.pop()
                    packed = methodcaller("make", pickle.dumps((make, [job])))
                    future = self._submit(packed, self._places[address], workers=[address])
                    given[future] = job, address, time.monotonic() + self._longest
            for future, (job, address, deadline) in [*given.items()]:
                if future.cancelled() or time.monotonic() > deadline:
                    self._places.pop(address, None)  # if it is still there, it is asked anew
                if address not in self._places:
                    del given[future]
                    tries[job.id] += 1
                    if tries[job.id] < TRIES:
                        again.append(job)
                    else:
                        yield job, failed(f"{job.id}: {TRIES} workers were lost while they made it")
                elif future.done():
                    with suppress(OSError, CancelledError):  # it is lost, as the next look tells
                        answer = future.exception(PATIENCE) or future.result(PATIENCE)
                        del given[future]
                        future.release()  # as it is collected, an interrupt would be lost
                        yield job, understood(answer, job, address)
            time.sleep(PAUSE)

    def _fit(self, seen: float) -> list[str]:
        """Return who can make reports. Raises ReporterError where nobody was ``seen`` for long."""
        if not self._client:
            self._client = self.enter_context(connected(self._address, PATIENCE))
            self._submit = partial(self._client.submit, pure=False)
            self.callback(lambda: self._told.extend(refusals(self._places)))
        try:
            there = self._client.nthreads()
        except OSError as error:
            hint = "what was made is kept; start it, and build again for the rest"
            stop(None, f"the scheduler at {self._address} is gone: {said(error)}", hint)
        for new in there.keys() - self._places.keys():
            self._places[new] = self._submit(pickle.loads, self._remote, workers=[new])
        self._places = {address: self._places[address] for address in there}
        fit = [address for address, place in self._places.items() if place.status == "finished"]
        refused = refusals(self._places)
        if not fit and (len(refused) == len(there) > 0 or time.monotonic() > seen + PATIENCE):
            message = f"the scheduler at {self._address} has no worker that makes reports"
            hint = f"start one for each core: dask worker {self._address} --nthreads 1"
            raise ReporterError([*refused, Problem(None, message, hint)])
        return fit
