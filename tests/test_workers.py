"""Tests of the processes: one that hangs or dies costs its own report only."""

from __future__ import annotations

import os
import re
import signal
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from reporter import cli
from reporter.outputs.crew import Crew, Lost
from reporter.outputs.workers import lost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LIMIT = 6.0  # seconds; a process that starts anew on a busy machine needs one or two


def clerk(greeting: str) -> Callable[[str], str]:
    """Return somebody who does what he is told; a process that is started afresh must be able to import him."""

    def do(job: str) -> str:
        match job.rpartition("-")[2]:
            case "dies":
                os._exit(7)
            case "hangs" | "slow" as how:
                time.sleep(90 if how == "hangs" else 0.5)
            case "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            case "stopped":
                os.kill(os.getpid(), signal.SIGSTOP)
            case "bug":
                message = "a bug of ours"
                raise RuntimeError(message)
            case "big":
                return job * 1_000_000
            case "who":
                return str(os.getpid())
            case "forgets":
                return str(signal.getitimer(signal.ITIMER_REAL)[0] > 0)
        return f"{greeting} {job}"

    return do


def litterer() -> Callable[[str], str]:
    """Return somebody who makes a folder for temporary files."""
    return lambda _: tempfile.mkdtemp()


def crew(*, size: int = 1, forked: bool = True, limit: float = 60) -> Crew[str, str]:
    """Return a crew of clerks."""
    return Crew(clerk, ("done",), size=size, limit=limit, forked=forked)


def full(clerks: Crew[str, str], room: int) -> Callable[[], Any]:
    """Return what starts a clerk, but no more than there is room for."""
    start, number = clerks._new, iter(range(room))

    def new() -> Any:  # noqa: ANN401 (a process)
        if next(number, None) is None:
            raise OSError(24, "Too many open files")
        return start()

    return new


def answers(
    *jobs: str, size: int = 1, forked: bool = True, limit: float = 60
) -> dict[str, str | Lost]:
    """Return the answer to each job."""
    with crew(size=size, forked=forked, limit=limit) as clerks:
        return dict(clerks.run(jobs))


@pytest.mark.parametrize(
    ("size", "forked"),
    [
        (1, True),
        *(
            pytest.param(*case, marks=pytest.mark.full)
            for case in ((1, False), (2, True), (2, False))
        ),
    ],
)
def test_one_that_fails_costs_no_other(*, size: int, forked: bool) -> None:
    """Whatever becomes of the others, the good ones are there, and each failure says how it came."""
    found = answers(
        "1-good",
        "2-dies",
        "3-good",
        "4-hangs",
        "5-killed",
        "6-good",
        size=size,
        forked=forked,
        limit=LIMIT,
    )
    assert found == {
        "1-good": "done 1-good",
        "2-dies": Lost(7),
        "3-good": "done 3-good",
        "4-hangs": Lost(None),
        "5-killed": Lost(-signal.SIGKILL),
        "6-good": "done 6-good",
    }


@pytest.mark.full
def test_a_process_that_stands_still_is_ended() -> None:
    """One that is stopped takes no signal but the last; it is ended when its time is over."""
    assert answers("stopped", "good", limit=2.0) == {"stopped": Lost(None), "good": "done good"}


@pytest.mark.parametrize("forked", [True, False])
def test_long_answers(*, forked: bool) -> None:
    """Neither a long job nor a long answer stops anybody."""
    job = "x" * 1_000_000 + "-big"
    assert answers("big", "good", forked=forked) == {"big": "big" * 1_000_000, "good": "done good"}
    assert answers(job[-500_000:], forked=forked)


def test_a_bug_is_a_traceback(capfd: pytest.CaptureFixture[str]) -> None:
    """What is no fault of the records or templates is not dressed up as one; it costs its own job only."""
    assert answers("bug", "good") == {"bug": Lost(1), "good": "done good"}
    assert "RuntimeError: a bug of ours" in capfd.readouterr().err


def test_they_are_kept() -> None:
    """Nobody is started for each job, nor more than there is work for."""
    assert len(set(answers("1-who", "2-who", "3-who").values())) == 1
    assert len(set(answers("1-who", size=4).values())) == 1


@pytest.mark.parametrize(("forked", "number"), [(False, 3), (True, 1)])
def test_they_are_replaced(monkeypatch: pytest.MonkeyPatch, *, forked: bool, number: int) -> None:
    """Nobody who prints works for ever: what a library does not give back would add up. Who makes pages keeps what he has worked out."""
    monkeypatch.setattr("reporter.outputs.crew.TERM", 2)
    assert (
        len(set(answers("1-who", "2-who", "3-who", "4-who", "5-who", forked=forked).values()))
        == number
    )


def test_nothing_is_left() -> None:
    """What a process that is ended had in the folder for temporary files goes with it."""
    clerks: Crew[str, str] = Crew(litterer, (), size=1, limit=60, forked=False)
    with clerks:
        ((_, folder),) = clerks.run(["a folder"])
        assert Path(str(folder)).is_dir()
    assert not Path(str(folder)).parent.exists()


@pytest.mark.parametrize("forked", [True, False])
def test_there_is_room_for_no_more(monkeypatch: pytest.MonkeyPatch, *, forked: bool) -> None:
    """Where no process can be started any more, those that are there do the work; where there is none, that is told."""
    clerks = crew(size=4, forked=forked)
    monkeypatch.setattr(clerks, "_new", full(clerks, 1))
    with clerks:
        clerks.start(2)
        assert set(dict(clerks.run(["1-good", "2-good", "3-good"]))) == {
            "1-good",
            "2-good",
            "3-good",
        }
    nobody = crew(forked=forked)
    monkeypatch.setattr(nobody, "_new", full(nobody, 0))
    with pytest.raises(OSError, match="Too many"):
        nobody.start(1)


@pytest.mark.full
def test_who_takes_the_answers_may_take_time() -> None:
    """What was done in time is not lost because nobody asked for it: printing may take longer than making the next page."""
    found = {}
    with crew(size=2, limit=2.0) as clerks:
        for job, answer in clerks.run(["1-good", "2-slow"]):
            found[job] = answer
            time.sleep(4.0)
    assert found == {"1-good": "done 1-good", "2-slow": "done 2-slow"}


def test_one_that_died_idle_costs_nothing() -> None:
    """Who is killed while there is nothing to do is replaced."""
    with crew() as clerks:
        ((_, first),) = clerks.run(["who"])
        os.kill(int(str(first)), signal.SIGKILL)
        time.sleep(0.5)
        assert dict(clerks.run(["good"])) == {"good": "done good"}


def test_jobs_are_taken_when_somebody_is_free() -> None:
    """What is to be done next may not be known before the first is done."""
    taken: list[int] = []

    def jobs() -> Iterator[str]:
        for number in range(4):
            taken.append(number)
            yield f"{number}-good"

    with crew() as clerks:
        run = clerks.run(jobs())
        next(run)
        assert taken == [0]
        assert len(list(run)) == 3


def test_a_process_does_not_outlive_its_time() -> None:
    """Should nobody be left to end it, its own clock does."""
    assert answers("forgets") == {"forgets": "True"}


def test_giving_up_ends_them() -> None:
    """An error in whoever called them ends them, and is passed on."""

    def give_up(found: list[Any]) -> None:
        with crew() as clerks:
            found += dict(clerks.run(["who"])).values()
            raise KeyError

    found: list[Any] = []
    with pytest.raises(KeyError):
        give_up(found)
    with pytest.raises(ProcessLookupError):
        os.kill(int(found[0]), 0)


@pytest.mark.parametrize(
    "answer", [Lost(code, place) for code in (None, 1, -9) for place in ("", "tcp://there:1")]
)
def test_words_for_the_lost(answer: Lost) -> None:
    """The report is named, and where it was; there is something to do, and an option that is named exists."""
    problem = lost("meeting-08", answer)
    assert problem.message.startswith("meeting-08: ")
    assert ("the worker " + answer.place in problem.message) == bool(answer.place)
    options = {name for parameter in cli.build.params for name in parameter.opts}
    assert problem.hint
    assert [word for word in re.findall(r"--[a-z-]+", problem.hint) if word not in options] == []
