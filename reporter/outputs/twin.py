"""Works through a list in two processes: this one, and a fork of it that has all it knows."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
V = TypeVar("V")

AHEAD = 2  # items that the fork has: one in its hands, and the next one


def in_two(make: Callable[[T], V], items: Sequence[T]) -> Iterator[V]:
    """Return what ``make`` makes of each item, in no order: of the first ones a fork makes it.

    The fork begins at once. What ``make`` changes is changed in one of the two processes only.
    Where the fork ends over an item, for lack of memory or for an error, it is made here: an error
    is raised where it is seen.
    """
    ours, theirs = multiprocessing.Pipe()
    work = (theirs, ours, make, items)
    fork = multiprocessing.get_context("fork").Process(target=_work, args=work, daemon=True)
    with theirs:
        fork.start()
    waiting, given = deque(range(len(items))), deque[int]()

    def give() -> None:
        while waiting and len(given) < AHEAD:
            given.append(waiting.popleft())
            with suppress(OSError):  # it has ended, as is seen when it is to answer
                ours.send(given[-1])

    def answers() -> Iterator[V]:
        with ours:
            while given:
                if waiting and not ours.poll():
                    yield make(items[waiting.pop()])
                else:
                    yield _answer(ours, make, items[given.popleft()])
                give()
        fork.join()

    give()
    return answers()


def _answer(fork: Connection[Any, Any], make: Callable[[T], V], item: T) -> V:
    try:
        answer: V = fork.recv()
    except (EOFError, OSError):
        return make(item)
    return answer


def _work(
    build: Connection[Any, Any],
    other: Connection[Any, Any],
    make: Callable[[T], V],
    items: Sequence[T],
) -> None:
    """Make what is asked for until nobody asks any more."""
    other.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build ends us
    with suppress(Exception):  # it is made there, and then raises the same
        while True:
            build.send(make(items[build.recv()]))
