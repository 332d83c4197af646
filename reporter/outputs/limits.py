"""What a process may take for a job: so much time, after which it still can say with what, and so much memory."""

from __future__ import annotations

import resource
import signal
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

MEMORY = 4 * 1024**3  # bytes; the longest ledger that was tried takes an eighth of it
AGAIN = 1.0  # seconds after which whatever took no notice is told again
OVERTIME = 5.0  # seconds of work after which a process ends itself that can take no notice, where nobody is left to end it


class TookTooLong(BaseException):
    """The time for a job is over. Raised wherever the job is just then, so that its traceback says where that was."""


@contextmanager
def until(deadline: float) -> Iterator[None]:
    """Raise TookTooLong inside, again and again, as soon as ``monotonic()`` is past the deadline."""
    left = max(deadline - monotonic(), 0.001)
    signal.signal(signal.SIGALRM, _raise)
    signal.setitimer(signal.ITIMER_PROF, left + OVERTIME)
    signal.setitimer(signal.ITIMER_REAL, left, AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
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
