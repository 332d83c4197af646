"""Tests of working through a list in two processes."""

from __future__ import annotations

import multiprocessing
import os
from typing import TYPE_CHECKING

import pytest

from reporter.outputs.two_processes import in_two

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HERE = os.getpid()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 40])
def test_each_item_is_made_once(number: int) -> None:
    """Each is made, whichever process makes it."""
    assert sorted(in_two(lambda one: one * 10, range(number), range(number))) == list(
        range(0, number * 10, 10)
    )


def test_a_fork_makes_the_first_one() -> None:
    """The first one is made elsewhere, and what follows it by whoever has nothing to do."""
    made = dict(in_two(lambda one: (one, os.getpid()), range(4), range(4)))
    assert made[0] != HERE


def test_what_is_large_comes_whole() -> None:
    """A large answer waits until it is read."""
    assert sorted(map(len, in_two(bytes, [2_000_000, 0, 3_000_000], range(3)))) == [
        0,
        2_000_000,
        3_000_000,
    ]


def test_where_the_fork_dies_all_is_made_here() -> None:
    """What the fork had in its hands is not lost."""

    def make(item: int) -> int:
        if item == 1 and os.getpid() != HERE:
            os._exit(9)
        return item

    assert sorted(in_two(make, range(6), range(6))) == list(range(6))


def test_what_cannot_be_sent_is_made_here() -> None:
    """A value that cannot go to another process needs none."""

    def make(item: int) -> Callable[[], int]:
        return lambda: item

    assert sorted(one() for one in in_two(make, range(5), range(5))) == list(range(5))


def test_an_error_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    """It is raised once, with its traceback, and the fork says nothing."""

    def make(item: int) -> int:
        return 1 // item

    with pytest.raises(ZeroDivisionError):
        list(in_two(make, range(3), range(3)))
    assert capfd.readouterr().err == ""


def test_what_the_fork_has_not_begun_is_made_here() -> None:
    """Nobody waits for an item that is behind one that takes long."""
    release = multiprocessing.get_context("fork").Event()

    def make(item: int) -> tuple[int, int]:
        if item == 0:
            release.wait()
        return item, os.getpid()

    made = {}
    for item, where in in_two(make, range(3), range(3)):
        made[item] = where
        if len(made) == 2:
            release.set()
    assert made[0] != HERE
    assert (made[1], made[2]) == (HERE, HERE)


def test_the_fork_works_while_others_are_found() -> None:
    """It has begun with the first ones before it is known how many there are."""
    begun = multiprocessing.get_context("fork").Event()

    def make(item: int) -> int:
        begun.set()
        return item

    def found() -> Iterator[int]:
        yield 2
        assert begun.wait(60)
        yield 0

    assert sorted(in_two(make, range(3), found())) == [0, 2]
