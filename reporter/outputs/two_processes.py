"""Works through a list in two processes: this one, and a fork of it that has all it knows."""

from __future__ import annotations

import multiprocessing
import signal
from collections import deque
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from multiprocessing.connection import Connection

T = TypeVar("T")
V = TypeVar("V")

AHEAD = 2  # items that the fork has: one in its hands, and the next one


def in_two(make: Callable[[T], V], items: Sequence[T], wanted: Iterable[int]) -> Iterator[V]:
    """Return what ``make`` makes of the items with these places, in no order.

    The fork begins at once, with the first ones, while the others are found. What ``make`` changes
    is changed in one of the two processes only. Where the fork ends over an item, for lack of
    memory or for an error, it is made here: an error is raised where it is seen.
    """
    ours, theirs = multiprocessing.Pipe()
    work = (theirs, ours, make, items)
    fork = multiprocessing.get_context("fork").Process(target=_work, args=work, daemon=True)
    with theirs:
        fork.start()
    waiting, given = deque[int](), deque[int]()

    def give() -> None:
        while waiting and len(given) < AHEAD:
            given.append(waiting.popleft())
            with suppress(OSError):  # it has ended, as is seen when it is to answer
                ours.send(given[-1])

    def answers() -> Iterator[V]:
        for place in wanted:
            waiting.append(place)
            give()
            if ours.poll():
                yield _answer(ours, make, items[given.popleft()])
        while given:
            give()
            if ours.poll() or (len(given) == 1 and not waiting):
                yield _answer(ours, make, items[given.popleft()])
            else:  # also what the fork has yet to begin, if nothing else is left
                yield make(items[(waiting or given).pop()])

    def ended() -> Iterator[V]:
        with ours:
            yield from answers()
        fork.kill()  # it may be making what was made here meanwhile
        fork.join()

    return ended()


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
