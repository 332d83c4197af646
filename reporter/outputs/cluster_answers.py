"""What the workers of a Dask cluster say, read so that nothing of it can run here, or be printed.

Dask unpickles whatever a worker sends: results, their types, errors, events. Here, a pickle is read
as plain data, and the answer to a job as JSON that has to be the result of a report.
"""

from __future__ import annotations

import logging
import pickle
import warnings
from dataclasses import replace
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from pydantic import ConfigDict, TypeAdapter

from reporter.formats.jobs import Result
from reporter.problems import Problem, stop

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reporter.formats.jobs import Job

LOG = "see the log of the worker"
_KNOWN = {
    "bytes": bytes,
    "unpickle_exception": lambda kind, arguments, *_: kind(*arguments),
    "unpickle_exception_with_attrs": lambda kind, found, *_: kind(*found["args"]),
    "unpickle_traceback": lambda *_: None,
}
_ANSWER: TypeAdapter[tuple[Result]] = TypeAdapter(
    tuple[Result],  # a dataclass alone cannot be told how bytes are written
    config=ConfigDict(ser_json_bytes="base64", val_json_bytes="base64"),
)


class ForeignError(Exception):
    """What somebody else calls an error, with what it is said to be made of."""

    def __setstate__(self, _state: object) -> None:
        """Take nothing else."""


class Wary(pickle.Unpickler):
    """Imports nothing: whatever is named is an error of that name, which can do nothing."""

    def find_class(self, _module: str, name: str) -> Any:  # noqa: ANN401 (as Python has it)
        """Return what stands for a class or a function."""
        return _KNOWN.get(name) or type(name, (ForeignError,), {})


def loads(data: bytes, *, buffers: Iterable[Any] = ()) -> Any:  # noqa: ANN401 (what was sent)
    """Return what was sent; where that is nothing, an error, which counts as the answer."""
    try:
        return Wary(BytesIO(data), buffers=buffers).load()
    except Exception as error:  # noqa: BLE001 (what is damaged fails with anything)
        return TypeError(str(error))


def connected(address: str, patience: float) -> Any:  # noqa: ANN401 (Dask's client)
    """Return a client of the scheduler there that reads like that, and is silent.

    Raises ReporterError where there is none.
    """
    try:
        import distributed  # noqa: PLC0415 (it takes time)
    except ModuleNotFoundError:
        hint = "pip install 'reporter-briefings[cluster]'"
        stop(None, "--scheduler needs 'distributed', which is not installed", hint)
    logging.disable(logging.CRITICAL)  # what Dask logs is told in our own words
    warnings.simplefilter("ignore")
    dask: Any = distributed  # it comes with half of its types
    dask.protocol.pickle.pickle = SimpleNamespace(dumps=pickle.dumps, loads=loads)
    dask.Client._default_event_handlers = {}  # noqa: SLF001 (there is no other switch)
    dask.Client.__del__ = lambda _: None  # it would wait for a scheduler that does not answer
    try:
        return dask.Client(address, set_as_default=False, timeout=patience)
    except (ForeignError, OSError, ImportError, RuntimeError, TypeError, ValueError) as error:
        hint = "start one there: dask scheduler; and give the address that it prints"
        stop(None, f"no scheduler answers at {address}: {said(error)}", hint)


def written(result: Result) -> bytes:
    """Return the answer to a job. What was read for it lies on the worker's machine."""
    return _ANSWER.dump_json((replace(result, read={}),))


def understood(answer: Any, job: Job, sender: str) -> Result:  # noqa: ANN401 (what was sent)
    """Return the result that an answer is: files in the formats of the job, or problems."""
    if isinstance(answer, Exception):
        return failed(f"{job.id}: cannot be made on the worker {sender}: {said(answer)}")
    try:
        (result,) = _ANSWER.validate_json(answer)
        if not result.problems:
            return Result({name: result.files[name] for name in job.formats})
    except (ValueError, LookupError):
        return failed(f"{job.id}: the worker {sender} sent something else than a report")
    told = (
        item if item.path else replace(item, message=f"{item.message}, on the worker {sender}")
        for item in result.problems
    )
    return Result(problems=tuple(told))


def refusals(places: Mapping[str, Any]) -> list[Problem]:
    """Return a warning for each worker on which nothing can be made."""
    hint = "install there what is installed here, and give it one thread: outputs would differ"
    return [
        Problem(
            None,
            f"the worker {address} cannot make reports: {place.exception()}",
            hint,
            severity="warning",
        )
        for address, place in places.items()
        if place.status == "error"
    ]


def failed(message: str) -> Result:
    """Return the result of a job that failed for a reason which a worker's log may have."""
    return Result(problems=(Problem(None, message, LOG),))


def said(error: object) -> str:
    """Return an error of somebody else's on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())
