"""Tests of what workers of a cluster may send: nothing that is run, and nothing but a report."""

from __future__ import annotations

import os
import pickle
from pathlib import Path
from typing import Any

import pytest

from reporter.formats.jobs import File, Job, Result
from reporter.outputs.cluster_answers import ForeignError, loads, understood, written
from reporter.problems import Problem

JOB: Any = Job(
    "meeting-08",
    "meeting.html",
    None,  # type: ignore[arg-type]
    b"",
    "en",
    formats=("html",),
)
THERE = "tcp://there:1"


@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"[]",
        b"[{}]",
        b"[" * 5000,
        b"\xff",
        b'[{"files": {"pdf": {"made_of": "d"}}}]',
        b'[{"files": {"html": {"made_of": 1}}}]',
        b'[{"files": {"html": {"made_of": "d", "content": "?"}}}]',
        b'[{"problems": ["a"]}]',
        b'[{"problems": [{"path": null, "message": "m", "severity": "none"}]}]',
        pickle.dumps(Path("x")),
        None,
        Path("x"),
    ],
    ids=range(13),
)
def test_an_answer_that_is_none(sent: object) -> None:
    """It is the problem of one report, and names who sent it."""
    found = understood(sent, JOB, THERE)
    assert found.files == {}
    assert [THERE in problem.message for problem in found.problems] == [True]


def test_an_answer_comes_whole() -> None:
    """Bytes and warnings are as they were; what was not asked for is left out."""
    file = File("d", bytes(range(256)), (Problem(Path("x.css"), "odd", severity="warning"),))
    made = Result({"html": file, "pdf": file}, read={Path("x.css"): "d"})
    assert understood(written(made), JOB, THERE) == Result({"html": file})
    lost = Result(problems=(Problem(None, "too long"), Problem(Path("x.css"), "odd", line=3)))
    first, second = understood(written(lost), JOB, THERE).problems
    assert (first.message, second) == (f"too long, on the worker {THERE}", lost.problems[1])


class Trap:
    """It would do something where it is unpickled."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.putenv, ("TRAPPED", "yes")


class KeeperError(Exception):
    """An error of somebody else's."""


@pytest.mark.parametrize(
    "sent", [Trap(), [Trap()], Path("x"), Trap, KeeperError("x"), Problem(None, "x")]
)
def test_nothing_is_run_or_imported(sent: object) -> None:
    """Whatever is named is an error of that name, with what it was said to be made of."""
    found = loads(pickle.dumps(sent))
    while isinstance(found, list):
        (found,) = found
    kind = found if isinstance(found, type) else type(found)
    assert kind.__mro__[1:] == ForeignError.__mro__
    assert kind not in {Trap, KeeperError}


def test_what_is_damaged_is_an_error() -> None:
    """It is returned, since it is all the answer that there is."""
    assert isinstance(loads(b"\x80\x05no"), TypeError)


def test_plain_data_comes_through() -> None:
    """Bytes are what answers are made of, and the words of an error are kept."""
    assert loads(pickle.dumps((bytes, b"a", {"b": 1}))) == (bytes, b"a", {"b": 1})
    assert str(loads(pickle.dumps(KeeperError("out of paper")))) == "out of paper"
