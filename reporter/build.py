"""From a project to its briefings: start the workers, plan, render, write. The whole program in one function."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.files import check_writable, write
from reporter.theme import Theme
from reporter.workers import workers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reporter.choice import Choice
    from reporter.problems import Problem


@dataclass(frozen=True, slots=True)
class Order:
    """What to build."""

    project: Path
    output: Path
    day: date
    """The day for which to evaluate."""
    asked: bool
    """Whether that day was asked for."""
    choice: Choice
    formats: tuple[str, ...] = ("html", "pdf")
    jobs: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written, and what there is to say about it."""

    written: tuple[Path, ...]
    problems: tuple[Problem, ...]

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for is missing."""
        return any(problem.severity == "error" for problem in self.problems)


def build(order: Order) -> Outcome:
    """Build what is ordered. Raises ReporterError where nothing can be built; then every old output is as it was."""
    theme = Theme.of(order.project)
    with workers(theme, order.jobs, pdf="pdf" in order.formats) as pool:
        from reporter.plan import plan  # noqa: PLC0415 (imports pydantic, while the workers import WeasyPrint)

        planned = plan(order.project, order.choice, order.day, asked=order.asked)
        check_writable(order.output)
        problems, written = list(planned.problems), []
        for result in pool.render(planned.tasks(order.formats)):
            problems += [problem for problem in result.problems if problem not in problems]  # what all lack is told once
            written += [write(order.output / f"{result.id}.{ending}", content) for ending, content in result.files.items()]
    return Outcome(tuple(written), tuple(problems))
