"""Tests of the renderers: one that hangs or dies costs its own report only."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

import pytest

from reporter import cli
from reporter.problems import ReporterError
from reporter.theme import Theme
from reporter.workers import Result, Task, workers

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.reports.parts import Report

LIMIT = 3.0


@dataclass(frozen=True)
class Stand:
    """Stands for a report's view; it must be importable in the worker."""

    id: str

    @property
    def death(self) -> str:
        """End the process in which a template asks for it, without a word."""
        os._exit(7)

    @property
    def bug(self) -> str:
        """Fail as code of ours would."""
        message = "a bug of ours"
        raise RuntimeError(message)


TEMPLATES = {
    "good": "<p>{{ report.id }}</p>",
    "hangs": "{% for x in range(90000) %}{% for y in range(90000) %}{% endfor %}{% endfor %}",
    "dies": "{{ report.death }}",
    "wrong": "\n{{ report.nothing }}",
    "bug": "{{ report.bug }}",
}


@pytest.fixture
def theme(tmp_path: Path) -> Theme:
    """Return a theme with templates that do what they must not."""
    for name, text in TEMPLATES.items():
        path = tmp_path / "templates" / f"{name}.html"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Theme.of(tmp_path)


def rendered(theme: Theme, *names: str, jobs: int = 1) -> list[Result]:
    """Return what becomes of one task for each template."""
    with workers(theme, jobs, pdf=False, limit=LIMIT) as pool:
        tasks = [Task(name, cast("Report", Stand(f"{number}-{name}")), "en", ("html",)) for number, name in enumerate(names)]
        return list(pool.render(tasks))


def test_one_report_that_fails_costs_no_other(theme: Theme) -> None:
    """Whatever becomes of the others, the good ones are there, in the order of the tasks, and each failure is told once."""
    results = rendered(theme, "good", "dies", "good", "hangs", "wrong", "good")
    assert [result.id for result in results] == ["0-good", "1-dies", "2-good", "3-hangs", "4-wrong", "5-good"]
    good, bad = [results[0], results[2], results[5]], [results[1], results[3], results[4]]
    assert [result.files for result in good] == [{"html": f"<p>{result.id}</p>".encode()} for result in good]
    assert [result.problems for result in good] == [(), (), ()]
    assert [result.files for result in bad] == [{}, {}, {}]
    assert [len(result.problems) for result in bad] == [1, 1, 1]
    assert bad[0].problems[0].message == "1-dies: the renderer died (exit code 7)"
    assert bad[1].problems[0].message == "3-hangs: rendering took longer than 3 s and was ended"
    assert "has no attribute 'nothing'" in bad[2].problems[0].message
    hints = [problem.hint for result in bad for problem in result.problems if problem.severity == "error"]
    assert [bool(hint) for hint in hints] == [True, True, True]
    options = {name for parameter in cli.build.params for name in parameter.opts}
    assert [word for hint in hints for word in re.findall(r"--[a-z-]+", hint) if word not in options] == []


def test_several_at_once(theme: Theme) -> None:
    """Two renderers give the results in the order of the tasks, too."""
    results = rendered(theme, "good", "wrong", "good", "good", jobs=2)
    assert [(result.id, sorted(result.files)) for result in results] == [
        ("0-good", ["html"]),
        ("1-wrong", []),
        ("2-good", ["html"]),
        ("3-good", ["html"]),
    ]


def test_a_bug_is_a_traceback(theme: Theme) -> None:
    """What is no fault of the records or templates is not dressed up as one."""
    with pytest.raises(RuntimeError, match="a bug of ours"):
        rendered(theme, "bug")


def test_the_caller_may_give_up(theme: Theme) -> None:
    """An error while the renderers warm up ends them, and is passed on."""

    def give_up() -> None:
        with workers(theme, 1, pdf=False):
            raise ReporterError([])

    with pytest.raises(ReporterError):
        give_up()


def test_views_are_made_when_their_turn_comes(theme: Theme) -> None:
    """Tasks may come one by one."""
    made: list[Any] = []

    def tasks() -> Any:  # noqa: ANN401
        for number in range(3):
            made.append(number)
            yield Task("good", cast("Report", Stand(str(number))), "en", ("html",))

    with workers(theme, 1, pdf=False, limit=LIMIT) as pool:
        assert [result.id for result in pool.render(tasks())] == ["0", "1", "2"]
    assert made == [0, 1, 2]
