"""How long the search for surprises goes on, and what ends one that hangs.

A plain run tries few examples, always the same ones; a quick one, of which the full tests are no
part, the first of these. With ``FUZZ=20000`` in the environment (``make
fuzz``) it tries about that many, new ones each time; failing ones are kept in ``.hypothesis/`` and
tried first the next time, with or without a number.
"""

from __future__ import annotations

import os
import shutil
import signal
import tempfile
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, Phase, settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType
    from typing import Any

FUZZ = int(os.environ.get("FUZZ") or 0)
LEAST, OF_QUICK = 3, 3
"""A quick run tries one of as many examples, but so many at least: the first have hardly any
content."""
is_quick = False
# a folder in memory, where there is one: small files, written very often
MEMORY = Path("/dev/shm")  # noqa: S108


class HangError(Exception):
    """It took too long."""


def examples(plain: int, share: float = 1.0) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Try ``plain`` examples in a plain run, else this share of the requested number."""
    some = min(plain, max(LEAST, plain // OF_QUICK)) if is_quick else plain
    many = max(some, round(FUZZ * share))
    # What takes minutes where a test fails is for the search: a plain run says at once that it
    # does.
    slow = (Phase.explain,) if FUZZ else (Phase.explain, Phase.shrink)
    phases = [phase for phase in Phase if phase not in slow]
    return settings(max_examples=many, phases=phases, suppress_health_check=list(HealthCheck))


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """Fail where what is done here takes longer than ``seconds``, wherever it hangs."""

    def end(_number: int, _frame: FrameType | None) -> None:
        message = f"not done after {seconds} s"
        raise HangError(message)

    before = signal.signal(signal.SIGALRM, end)
    limit, _ = signal.setitimer(signal.ITIMER_REAL, seconds)  # that of the whole test
    begun = monotonic()
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)
        left = limit - (monotonic() - begun)
        signal.setitimer(signal.ITIMER_REAL, max(left, 0.001) if limit else 0)


@contextmanager
def folder() -> Iterator[Path]:
    """Give a folder for one example."""
    place = Path(
        tempfile.mkdtemp(prefix="fuzz-", dir=MEMORY if os.access(MEMORY, os.W_OK) else None)
    )
    try:
        yield place
    finally:
        shutil.rmtree(place)


def content_of(place: Path) -> dict[str, bytes]:
    """Return what lies in a folder, hidden files too."""
    return {
        path.relative_to(place).as_posix(): path.read_bytes()
        for path in sorted(place.rglob("*"))
        if path.is_file()
    }
