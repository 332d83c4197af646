"""Makes reports on the workers of a Dask cluster. The only module that knows Dask.

What goes to a worker are bytes and functions of the standard library, so that the scheduler needs
no reporter; what comes back are bytes. Each worker holds a ``Remote`` as long as the build lives.
"""

from __future__ import annotations

import json
import logging
import operator
import pickle
import time
import warnings
import weakref
from collections import Counter
from concurrent.futures import CancelledError
from contextlib import ExitStack, suppress
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from io import BytesIO
from itertools import islice
from operator import methodcaller
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from reporter.formats.jobs import DAMAGED, Result
from reporter.outputs.digests import printing_versions
from reporter.outputs.pool import Pool
from reporter.problems import Problem, ReporterError
from reporter.text import read_bytes
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Self

    from reporter.formats.jobs import Job
    from reporter.outputs.pool import Make

    Files = dict[str, bytes]

PATIENCE = 30.0  # seconds to wait for a scheduler or a worker, if a report may not take less
PAUSE = 0.5  # seconds between two looks at who is there
TRIES = 3  # workers that a job may cost
SLACK = 10.0  # seconds in which a worker says that a job took too long
# Where the classes of bytes and errors are that a worker may send, and what errors are made of.
PLAIN, PARTS = ("builtins", "distributed.scheduler"), ("tblib", "tblib.pickling_support")
INSTALL = "install there what is installed here: its outputs would differ"
LOG = "see the log of the worker"


class Remote:
    """A pool of one, on a worker. What comes and goes is bytes."""

    def __init__(self, folders: list[Files], modules: tuple[str, ...], limit: float) -> None:
        from distributed import get_worker  # noqa: PLC0415 (on a worker)

        parent = get_worker().local_directory
        with ExitStack() as opened:
            room = opened.enter_context(TemporaryDirectory(prefix="reporter-", dir=parent))
            paths = [Path(room, str(number)) for number in range(len(folders))]
            for folder, files in zip(paths, folders, strict=True):
                for name, content in files.items():
                    (folder / name).parent.mkdir(parents=True, exist_ok=True)
                    (folder / name).write_bytes(content)
            pool = Pool(Theme(tuple(paths)), modules, limit, 1, room)
            self._pool = opened.enter_context(pool)
            weakref.finalize(self, opened.pop_all().close)

    def about(self) -> bytes:
        """Return what reports are made with."""
        self._pool.start()
        return json.dumps(printing_versions()).encode()

    def make(self, job: bytes) -> bytes:
        """Return what became of a job."""
        ((_, result),) = self._pool.map(*pickle.loads(job))  # noqa: S301 (a build runs what it likes)
        return result.packed()


class WorkerPlace(NamedTuple):
    """A worker: what it holds, and what it says of itself, until when."""

    remote: Any
    about: Any
    deadline: float


class Cluster:
    """The workers of the scheduler at ``address``, asked when there is something to make.

    Those that come later and cannot make it are named in ``told``.
    """

    def __init__(
        self, settings: tuple[Theme, tuple[str, ...], float], address: str, told: list[Problem]
    ) -> None:
        if find_spec("distributed") is None:
            hint = "pip install 'reporter-briefings[cluster]'"
            _stop("--scheduler needs 'distributed', which is not installed", hint)
        theme, modules, self._limit = settings
        folders = [dict(_files(folder)) for folder in theme.folders]
        self._remote = pickle.dumps(partial(Remote, folders, modules, self._limit))
        self._address, self._told, self._patience = address, told, min(PATIENCE, self._limit)
        self._client: Any = None  # Dask comes without types
        self._places: dict[str, WorkerPlace] = {}
        self._fit: set[str] = set()
        self._refused: dict[str, Problem] = {}
        self._given: dict[Any, tuple[Job, str, float]] = {}
        self._again: list[Job] = []
        self._tries: Counter[str] = Counter()
        self._begun, self._seen = False, time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client:
            self._client.close()

    def map(self, make: Make, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Yield each job with what ``make`` made of it, as they come.

        Raises ReporterError where the cluster cannot be used, or no longer.
        """
        waiting = iter(jobs)
        self._again += islice(waiting, 1)
        if self._again and not self._client:
            self._client = _connected(self._address, self._patience)
        while self._again or self._given:
            self._look()
            busy = Counter(address for _, address, _ in self._given.values())
            for address in sorted(self._fit, key=busy.__getitem__) if self._begun else ():
                self._again = self._again or [*islice(waiting, 1)]
                if self._again and busy[address] < 2:  # one that is made, and one that waits  # noqa: PLR2004
                    job = self._again.pop()
                    packed = methodcaller("make", pickle.dumps((make, [job])))
                    future = self._submit(address, packed, self._places[address].remote)
                    self._given[future] = (
                        job,
                        address,
                        time.monotonic() + 2 * (self._limit + SLACK),
                    )
            yield from self._done()
            self._again = self._again or [*islice(waiting, 1)]
            time.sleep(PAUSE / 10)

    def _look(self) -> None:
        """See who is there, and who is fit. Raises ReporterError where nobody is left."""
        try:
            there = dict(self._client.nthreads())
        except OSError as error:
            hint = "what was made is kept; start it, and build again for the rest"
            _stop(f"the scheduler at {self._address} is gone: {_said(error)}", hint)
        for address in self._places.keys() - there.keys():
            self._lose(address)
        for address in there.keys() - self._places.keys() - self._refused.keys():
            remote = self._submit(
                address, operator.call, self._submit(address, pickle.loads, self._remote)
            )
            about = self._submit(address, methodcaller("about"), remote)
            self._places[address] = WorkerPlace(
                remote, about, time.monotonic() + max(PATIENCE, self._limit)
            )
        for address in self._places.keys() - self._fit:
            place = self._places[address]
            if there[address] != 1 or place.about.done() or time.monotonic() > place.deadline:
                self._judge(address, there[address], place)
        settled = self._fit == self._places.keys()
        if settled and self._refused and not self._begun:
            raise ReporterError(self._refused.values())
        self._begun = self._begun or bool(settled and self._fit)
        self._seen = time.monotonic() if self._places else self._seen
        if (alone := time.monotonic() - self._seen) > self._patience:
            left = "has lost all its workers" if self._begun else "has no worker"
            hint = (
                "start one for each core, on each machine: "
                f"dask worker {self._address} --nthreads 1"
            )
            _stop(f"the scheduler at {self._address} {left}; waited {alone:.0f} s for one", hint)

    def _judge(self, address: str, threads: int, place: WorkerPlace) -> None:
        """Take a worker, if what is made there is the same as here; else say why not."""
        problem = Problem(None, f"the worker {address} did not answer in time", LOG)
        if threads != 1:
            hint = (
                "Pango is not safe in threads; start it anew: "
                f"dask worker {self._address} --nthreads 1"
            )
            problem = Problem(
                None, f"the worker {address} has {threads} threads and must have one", hint
            )
        elif place.about.status == "finished":
            theirs, ours = {}, printing_versions()
            with suppress(OSError, CancelledError, *DAMAGED):
                theirs = {**json.loads(place.about.result(timeout=SLACK))}
            different = ", ".join(
                f"{name} {theirs.get(name, 'missing')} (here {ours.get(name, 'missing')})"
                for name in sorted({*theirs, *ours})
                if theirs.get(name) != ours.get(name)
            )
            if not different:
                self._fit.add(address)
                return
            problem = Problem(None, f"the worker {address} has {different}", INSTALL)
        elif place.about.done():
            said = _said(place.about.exception())
            problem = Problem(None, f"the worker {address} cannot make reports: {said}", INSTALL)
        self._lose(address)
        self._refused[address] = problem
        self._told.extend([replace(problem, severity="warning")] if self._begun else [])

    def _submit(self, address: str, function: object, *arguments: object) -> Any:  # noqa: ANN401
        return self._client.submit(function, *arguments, workers=[address], pure=False)

    def _done(self) -> Iterator[tuple[Job, Result]]:
        """Yield what is done; what a worker was lost with is given to another."""
        for future, (job, address, deadline) in [*self._given.items()]:
            if future.status == "finished":
                with suppress(OSError, CancelledError):
                    packed = future.result(timeout=SLACK)
                    del self._given[future]
                    yield job, Result.unpacked(packed, job.formats, address)
            elif future.status == "error" and "Killed" not in _said(future.exception()):
                del self._given[future]
                said = (
                    f"{job.id}: cannot be made on the worker {address}: {_said(future.exception())}"
                )
                yield job, Result(problems=(Problem(None, said, LOG),))
            elif future.status != "pending" or time.monotonic() > deadline:
                self._lose(address)  # Dask waits for minutes before it takes one for lost
        for job in [job for job in self._again if self._tries[job.id] >= TRIES]:
            self._again.remove(job)
            message = f"{job.id}: {TRIES} workers were lost while they made it"
            yield job, Result(problems=(Problem(None, message, LOG),))

    def _lose(self, address: str) -> None:
        """Give what a worker had to others. Should it still be there, it is looked at anew."""
        self._places.pop(address, None)
        self._fit.discard(address)
        for future, (job, place, _) in [*self._given.items()]:
            if place == address:
                del self._given[future]
                self._tries[job.id] += 1
                self._again.append(job)


def _files(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a folder of a theme that a page may load: no link leads out of it."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            with suppress(ReporterError):  # one that is too large may be one that nobody asks for
                yield path.relative_to(folder).as_posix(), read_bytes(path)


def _connected(address: str, patience: float) -> Any:  # noqa: ANN401 (Dask's client)
    """Return a client that neither prints what workers say nor unpickles what they send."""
    import distributed  # noqa: PLC0415 (it takes time)
    from distributed.protocol import pickle as protocol  # noqa: PLC0415 (as above)

    class Wary(pickle.Unpickler):
        """Knows the classes of bytes and errors, and none that might do something."""

        def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401 (a class)
            """Return a class, or what an error is made of."""
            found = super().find_class(module, name) if module in (*PLAIN, *PARTS) else None
            if isinstance(found, type) and issubclass(found, (bytes, BaseException)):
                return found
            if module in PARTS and found.__module__ == module:
                return found
            message = f"no worker may send a {module}.{name}"
            raise TypeError(message)

    def loads(data: bytes, *, buffers: Iterable[Any] = ()) -> Any:  # noqa: ANN401 (what was sent)
        """Return what was sent; if not allowed, return the error, which counts as the answer."""
        try:
            return Wary(BytesIO(data), buffers=buffers).load()
        except Exception as error:  # noqa: BLE001 (what is damaged fails with anything)
            return TypeError(str(error))

    logging.disable(logging.CRITICAL)  # what Dask logs is told in our own words
    warnings.simplefilter("ignore")
    protocol.loads = loads
    quiet = type(
        "Quiet", (distributed.Client,), {"_default_event_handlers": {}, "__del__": lambda _: None}
    )
    try:
        return quiet(address, set_as_default=False, timeout=patience)
    except (OSError, ImportError, RuntimeError, TypeError, ValueError) as error:
        hint = "start one there: dask scheduler; and give the address that it prints"
        _stop(f"no scheduler answers at {address}: {_said(error)}", hint)


def _stop(message: str, hint: str) -> NoReturn:
    raise ReporterError([Problem(None, message, hint)]) from None


def _said(error: BaseException | None) -> str:
    """Return an error of somebody else's on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())
