"""Projects with one fault: it is reported at its line, with what to do, alone.

It costs only the reports that show it.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import problems_of
from faults import FAULTS, NOT_YAML, Faulty
from fuzzing import content_of, examples, folder, within
from generated import days, projects
from hypothesis import assume, given
from hypothesis import strategies as st
from reading import words
from test_fuzz_projects import THEME, choices

from reporter.build import build
from reporter.choice import Choice, Options
from reporter.formats import html
from reporter.problems import ReporterError
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reporter.problems import Problem
    from reporter.reports.plan import Task


@st.composite
def faulty_projects(draw: st.DrawFn) -> Faulty:
    """Return projects with one fault."""
    sample = draw(projects())
    name = draw(st.sampled_from(sorted(FAULTS)))
    sites = list(FAULTS[name](sample))
    assume(sites)
    return Faulty.of(sample, sites[draw(st.integers(0, len(sites) - 1))])


def place_of(problem: Problem, root: Path, *, column: bool) -> tuple[str, int, int]:
    """Return where a problem was found: file, line and column."""
    assert problem.path
    return (
        problem.path.relative_to(root / "data").as_posix(),
        problem.line,
        problem.column if column else 0,
    )


def begins(problem: Problem) -> int:
    """Return the line in which begins what is wrong, where the hint names it."""
    found = re.search(r"begins in line (\d+)", problem.hint)
    below = "more follows below" in problem.hint  # empty brackets, and a key further to the right
    return int(found[1]) if found else problem.line + below


def is_changed(problem: Problem) -> bool:
    """Return whether a problem is that something was changed since its review."""
    return problem.message.startswith("changed since")


def changes(found: Iterable[Problem], root: Path, faulty: Faulty) -> set[tuple[str, int, int]]:
    """Return where something was changed since its review: its file, unless faulty, and line."""
    at_fault = {name for name, _, _ in faulty.places}
    places = {place_of(problem, root, column=False) for problem in found if is_changed(problem)}
    return {place for place in places if place[0] not in at_fault}


def changes_before(faulty: Faulty) -> set[tuple[str, int, int]]:
    """Return where there was such a change without the fault."""
    with folder() as root:
        faulty.original.save(root)
        return changes(problems_of(root), root, faulty)


@pytest.mark.full
@examples(150)
@given(faulty_projects())
def test_a_fault_is_reported_at_its_line(faulty: Faulty) -> None:
    """In its file, line and column, with what is wrong and what to do; and nothing else is."""
    with folder() as root, within(60):
        faulty.sample.save(root)
        found = problems_of(root)
        (problem,) = [item for item in found if not is_changed(item)]
        place = place_of(problem, root, column=faulty.site.column)
        if problem.message == NOT_YAML and place not in faulty.places:
            place = (place[0], begins(problem), 0)  # of a bracket
        assert place in faulty.places
        assert re.search(faulty.site.message, problem.message)
        assert problem.hint
        assert changes(found, root, faulty) <= changes_before(faulty)  # fewer where less was read


@pytest.mark.full
@examples(60, 0.5)
@given(faulty_projects(), st.data())
def test_a_fault_stops_what_shows_it_and_nothing_else(faulty: Faulty, data: st.DataObject) -> None:
    """A report is either refused, with the problem, or made as if nothing were wrong.

    Never is it tried and given up.
    """
    day, choice = data.draw(days(faulty.original)), data.draw(choices(faulty.original))
    with folder() as root, within(60):
        faulty.sample.save(root)
        tasks: list[Task] = []
        with suppress(ReporterError):
            tasks += plan(root, choice, day, asked=True).tasks(words("en"))
        assert choice.kind or not tasks
        for task in tasks:
            html.render(THEME, task.template, task.report, task.language)


@pytest.mark.full
@examples(6, 0.2)
@given(faulty_projects())
def test_a_fault_leaves_the_output_as_it_was(faulty: Faulty) -> None:
    """Every byte of the folder: a full build stops at any fault."""
    with folder() as root, within(60):
        faulty.sample.save(root)
        output = root / "output"
        output.mkdir()
        (output / "index.html").write_text("yesterday's page", encoding="utf-8")
        (output / ".reporter.json").write_text("{}", encoding="utf-8")
        before = content_of(output)
        with pytest.raises(ReporterError):
            build(
                Options(
                    root, output, date(2026, 6, 1), asked=True, choice=Choice(formats=("html",))
                )
            )
        assert content_of(output) == before
