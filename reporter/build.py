"""From a project to its briefings: records, library, views, pages, files. The whole program in one line."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import Problem, ReporterError
from reporter.workers import Task, workers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reporter.library import Library
    from reporter.project import Contents
    from reporter.reports import Selection


@dataclass(frozen=True, slots=True)
class Order:
    """What to build."""

    project: Path
    output: Path
    day: date
    """The day for which to evaluate."""
    asked: bool
    """Whether that day was asked for."""
    meeting: int
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
    from reporter.html import Theme  # noqa: PLC0415 (imports Jinja: after the workers' module, not before --help)

    theme = Theme.of(order.project)
    with workers(theme, order.jobs, pdf="pdf" in order.formats) as pool:
        contents = read_project(order.project)
        selections = select(contents, order)
        warnings = relevant(contents, selections)
        library = library_of(contents)
        check_writable(order.output)
        tasks = [Task(item.template, item.view(library, order.day, order.asked), library.project.language, order.formats) for item in selections]
        written: list[Path] = []
        problems = list(warnings)
        for result in pool.render(tasks):
            problems += result.problems
            written += [write(order.output / f"{result.id}.{ending}", content) for ending, content in result.files.items()]
    return Outcome(tuple(written), tuple(problems))


def read_project(root: Path) -> Contents:
    """Read all records of a project."""
    from reporter.project import load  # noqa: PLC0415 (imports pydantic: while the workers start)

    return load(root)


def library_of(contents: Contents) -> Library:
    """Return the library of all records that could be read."""
    from reporter.library import Library  # noqa: PLC0415 (as above)

    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


def select(contents: Contents, order: Order) -> tuple[Selection, ...]:
    """Return the reports that are ordered. Raises ReporterError where one does not exist, and says which do."""
    from reporter.library import meeting_id  # noqa: PLC0415 (as above)
    from reporter.reports import meeting_selection  # noqa: PLC0415 (as above)

    numbers = {loaded.record.number for loaded in contents.records if loaded.kind == "meeting"}  # type: ignore[attr-defined]
    if order.meeting not in numbers and meeting_id(order.meeting) not in {broken.id for broken in contents.broken}:
        known = ", ".join(str(number) for number in sorted(numbers))
        hint = f"there are: {known}" if known else "data/meetings/ holds none"
        raise ReporterError([Problem(None, f"there is no meeting {order.meeting}", hint)])
    return (meeting_selection(order.meeting),)


def relevant(contents: Contents, selections: Sequence[Selection]) -> tuple[Problem, ...]:
    """Return the problems that do not touch the selected reports, as warnings; raises ReporterError for those that do."""
    from reporter.relevance import sort_problems  # noqa: PLC0415 (as above)

    problems = sort_problems(contents, [root for item in selections for root in item.roots])
    if any(problem.severity == "error" for problem in problems):
        raise ReporterError(problems)
    return problems


def check_writable(folder: Path) -> None:
    """Make the output folder. Raises ReporterError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise ReporterError([Problem(folder, f"cannot write here: {error.strerror}", "choose another folder with --output")]) from None


def write(path: Path, content: bytes) -> Path:
    """Write a file so that at every moment it is either the old one or the new one, whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise ReporterError([Problem(path, f"cannot be written: {error.strerror}", "the old file is as it was")]) from None
    return path
