"""Tests of working through a list in two processes."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from reporter.outputs.twin import in_two

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = os.getpid()


@pytest.mark.parametrize("number", [0, 1, 2, 3, 40])
def test_each_item_is_made_once(number: int) -> None:
    """Each is made, whichever process makes it."""
    assert sorted(in_two(lambda one: one * 10, range(number))) == list(range(0, number * 10, 10))


def test_a_fork_makes_the_first_ones() -> None:
    """The first ones are made elsewhere, the last one here."""
    made = dict(in_two(lambda one: (one, os.getpid()), range(4)))
    assert made[0] != HERE
    assert made[3] == HERE


def test_what_is_large_comes_whole() -> None:
    """A large answer waits until it is read."""
    assert sorted(map(len, in_two(bytes, [2_000_000, 0, 3_000_000]))) == [
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

    assert sorted(in_two(make, range(6))) == list(range(6))


def test_what_cannot_be_sent_is_made_here() -> None:
    """A value that cannot go to another process needs none."""

    def make(item: int) -> Callable[[], int]:
        return lambda: item

    assert sorted(one() for one in in_two(make, range(5))) == list(range(5))


def test_an_error_is_raised_here(capfd: pytest.CaptureFixture[str]) -> None:
    """It is raised once, with its traceback, and the fork says nothing."""

    def make(item: int) -> int:
        return 1 // item

    with pytest.raises(ZeroDivisionError):
        list(in_two(make, range(3)))
    assert capfd.readouterr().err == ""
