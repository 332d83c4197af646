"""Tests of the pool: one that hangs or dies costs its own report only."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reporter.cli.building import build
from reporter.formats.jobs import Result
from reporter.outputs import workers
from reporter.outputs.pool import Pool
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.full, pytest.mark.usefixtures("cold")]

LIMIT = 6.0  # seconds; a process that starts anew on a busy machine needs one or two


@dataclass(frozen=True)
class Task:
    """Something to do, as a job is."""

    id: str


def spoil() -> None:
    """Begin an answer, and die."""
    for handle in range(3, 64):
        with suppress(OSError):
            os.write(handle, b"\0\0\xff\xff half of an answer")
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    """Have a bug."""
    message = "a bug of ours"
    raise RuntimeError(message)


DEEDS: dict[str, Callable[[], object]] = {
    "dies": lambda: os._exit(7),
    "hangs": lambda: time.sleep(90),
    "slow": lambda: time.sleep(0.5),
    "killed": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "stopped": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "spoils": spoil,
    "bug": fail,
    "big": lambda: "big" * 1_000_000,
    "who": os.getpid,
    "clock": lambda: signal.getitimer(signal.ITIMER_REAL)[0] > 0,
    "litter": tempfile.mkdtemp,
}


def do(task: Task, _theme: Theme) -> object:
    """Do what the name says; a worker must be able to import this."""
    deed = DEEDS.get(task.id.rpartition("-")[2], lambda: None)
    return deed() or f"did {task.id}"


def pool(*, size: int = 1, limit: float = 60) -> Pool:
    """Return a pool that needs nothing of a theme."""
    return Pool(Theme(()), (), limit, size)


def run(workers: Pool, *names: str) -> Iterator[tuple[str, Any]]:
    """Yield what came of each task; what is told of a lost one in its place."""
    tasks: Any = map(Task, names)
    give: Any = workers.map
    for task, answer in give(do, tasks):
        if isinstance(answer, Result):
            yield task.id, answer.problems[0].message
        else:
            yield task.id, answer


def answers(*names: str, size: int = 1, limit: float = 60) -> dict[str, Any]:
    """Return what came of each task."""
    with pool(size=size, limit=limit) as workers:
        return dict(run(workers, *names))


@pytest.mark.parametrize("size", [1, pytest.param(2, marks=pytest.mark.full)])
def test_one_that_fails_costs_no_other(size: int) -> None:
    """Whatever becomes of the others, the good ones are there; each failure is named."""
    names = ("1-good", "2-dies", "3-good", "4-hangs", "5-killed", "6-good", "7-spoils", "8-good")
    found = answers(*names, size=size, limit=LIMIT)
    assert found == {
        "1-good": "did 1-good",
        "2-dies": "2-dies: the renderer died (exit code 7)",
        "3-good": "did 3-good",
        "4-hangs": "4-hangs: rendering took too long and was ended",
        "5-killed": "5-killed: the renderer was killed (signal 9)",
        "6-good": "did 6-good",
        "7-spoils": found["7-spoils"],
        "8-good": "did 8-good",
    }
    assert str(found["7-spoils"]).startswith("7-spoils: ")


def test_a_process_that_stands_still_is_ended() -> None:
    """One that is stopped takes no signal but the last; it is ended when its time is over."""
    found = answers("stopped", "good", limit=2.0)
    assert found == {
        "stopped": "stopped: rendering took too long and was ended",
        "good": "did good",
    }


def test_long_tasks_and_answers() -> None:
    """Neither a long job nor a long answer stops anybody."""
    job = "x" * 1_000_000 + "-good"
    found = answers(job, "big", "2-big", job + "-good", size=2)
    assert found["big"] == "big" * 1_000_000
    assert found[job] == f"did {job}"


def test_a_bug_is_a_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    """What is no fault of records or templates is not dressed up as one; it costs its own job."""
    assert answers("bug", "good") == {
        "bug": "bug: the renderer died (exit code 1)",
        "good": "did good",
    }
    assert "RuntimeError: a bug of ours" in capfd.readouterr().err


def test_workers_are_kept() -> None:
    """None is started for each job, nor more than there is work for."""
    assert len(set(answers("1-who", "2-who", "3-who").values())) == 1
    assert len(set(answers("1-who", size=4).values())) == 1


def test_nothing_is_left() -> None:
    """What a worker had in the folder for temporary files goes with it."""
    with pool() as workers:
        ((_, folder),) = run(workers, "litter")
        assert Path(folder).is_dir()
    assert not Path(folder).parent.exists()


def test_jobs_are_taken_when_they_can_soon_be_done() -> None:
    """What is to be done may be large, and there may be thousands of it."""
    taken: list[int] = []

    def names() -> Iterator[str]:
        for number in range(8):
            taken.append(number)
            yield f"{number}-good"

    with pool() as workers:
        tasks: Any = map(Task, names())
        give: Any = workers.map
        done = give(do, tasks)
        next(done)
        assert len(taken) == 2
        assert len(list(done)) == 7


@pytest.mark.long
def test_who_takes_the_answers_may_take_time() -> None:
    """What was done in time is not lost because nobody asked for it."""
    found = {}
    with pool(size=2, limit=LIMIT) as workers:
        for name, answer in run(workers, "1-good", "2-slow"):
            found[name] = answer
            time.sleep(LIMIT + 1.0)
    assert found == {"1-good": "did 1-good", "2-slow": "did 2-slow"}


def test_one_that_died_idle_costs_nothing() -> None:
    """A worker that is killed while there is nothing to do is replaced."""
    with pool() as workers:
        ((_, first),) = run(workers, "who")
        os.kill(first, signal.SIGKILL)
        time.sleep(0.5)
        assert dict(run(workers, "good")) == {"good": "did good"}


def test_a_worker_does_not_outlive_its_time() -> None:
    """Should nobody be left to end it, its own clock does."""
    assert answers("clock") == {"clock": True}


def test_giving_up_ends_them() -> None:
    """An error in whoever called them ends them, and is passed on."""

    def give_up(found: list[int]) -> None:
        with pool() as workers:
            found += dict(run(workers, "who")).values()
            raise KeyError

    found: list[int] = []
    with pytest.raises(KeyError):
        give_up(found)
    with pytest.raises(ProcessLookupError):
        os.kill(found[0], 0)


@pytest.mark.parametrize("code", [None, 1, -9])
def test_words_for_the_lost(code: int | None) -> None:
    """The report is named; there is something to do, and an option that is named exists."""
    problem = workers._ended("meeting-08", code)
    assert problem.message.startswith("meeting-08: ")
    options = {name for parameter in build.params for name in parameter.opts}
    assert problem.hint
    assert [word for word in re.findall(r"--[a-z-]+", problem.hint) if word not in options] == []
