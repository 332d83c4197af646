"""Limits of a process: the time of a job, after which it can still say what took it, and memory."""

from __future__ import annotations

import gc
import resource
import signal
from contextlib import AbstractContextManager, contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MEMORY = 4 * 1024**3  # bytes; the longest ledger that was tried takes an eighth of it
GRACE = 5.0  # seconds in which a process that is dying may say of what
AGAIN = 1.0  # seconds after which whatever took no notice is told again
# seconds of work after which a process that cannot take notice ends itself, where nobody is left to
# end it
OVERTIME = 5.0


class TookTooLong(BaseException):
    """The time for a job is over. Raised wherever the job is, so its traceback shows the place."""


def until(deadline: float) -> AbstractContextManager[None]:
    """Raise TookTooLong inside, again and again, once ``monotonic()`` is past the deadline."""
    left = max(deadline - monotonic(), 0.001)
    return _limited(left, signal.ITIMER_REAL, signal.SIGALRM)


def working(seconds: float) -> AbstractContextManager[None]:
    """Raise TookTooLong inside after so many seconds of work, however busy the machine is."""
    return _limited(seconds, signal.ITIMER_VIRTUAL, signal.SIGVTALRM)


@contextmanager
def _limited(seconds: float, timer: int, sent: signal.Signals) -> Iterator[None]:
    signal.signal(sent, _raise)
    signal.setitimer(signal.ITIMER_PROF, seconds + OVERTIME)
    signal.setitimer(timer, seconds, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(timer, 0)
        signal.setitimer(signal.ITIMER_PROF, 0)


def _raise(_number: int, _frame: FrameType | None) -> None:
    raise TookTooLong


def limit_memory() -> None:
    """Let this process have no more than MEMORY; a lower limit that was set for it holds."""
    with suppress(OSError, ValueError):  # a system may have no such limit
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(
            resource.RLIMIT_AS,
            (MEMORY if most == resource.RLIM_INFINITY else min(MEMORY, most), most),
        )


@contextmanager
def collector_off(*, for_good: bool = False) -> Iterator[None]:
    """Look for no garbage among records and views, again and again: there is none.

    With ``for_good`` what is there now is not looked through later, either.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if for_good:
            gc.freeze()
        if was_on:
            gc.enable()
