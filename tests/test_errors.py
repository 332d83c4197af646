"""Tests of bad input: each case in ``tests/broken/`` says beside its fault what is reported."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import BROKEN, VALID, expected_of, printed, problems_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CASES = sorted(path.name for path in BROKEN.iterdir())


@pytest.mark.parametrize("case", CASES)
def test_a_broken_project_gets_its_problems(case: str, broken: Callable[[str], Path]) -> None:
    """File, line, column and message are those announced, and there are no others.

    Each says what to do, and its message is one line that prints.
    """
    root = broken(case)
    found = problems_of(root)
    assert sorted(printed(problem, root) for problem in found) == sorted(expected_of(case))
    assert [
        problem
        for problem in found
        if not problem.hint or not (problem.message + problem.hint).isprintable()
    ] == []


def test_every_case_announces_something() -> None:
    """No case is silent, and there are as many as there were."""
    assert [case for case in CASES if not expected_of(case)] == []
    assert len(CASES) >= 60


def test_the_valid_project_is_valid() -> None:
    """What the cases are laid over has no problems of its own."""
    assert problems_of(VALID) == ()
