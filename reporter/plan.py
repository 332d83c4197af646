"""Plans a build: reads the records, stops where they are wrong, and returns the views that are to be rendered."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter.choice import INTERNAL, Edition
from reporter.library import Library, identity
from reporter.library.edition import public
from reporter.problems import AbsentError, Problem, ReporterError, did_you_mean, quoted
from reporter.records.cache import read
from reporter.records.relevance import sort_problems
from reporter.reports import Selection, select, subjects
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from reporter.choice import Choice
    from reporter.language import Language
    from reporter.records.project import Contents
    from reporter.reports.views import Report


@dataclass(frozen=True, slots=True)
class Task:
    """A view, and what makes a page of it."""

    template: str
    report: Report
    language: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The reports to render, and the problems elsewhere in the project, as warnings."""

    library: Library
    selections: tuple[Selection, ...]
    day: date
    asked: bool
    problems: tuple[Problem, ...]

    def task(self, selection: Selection, words: Language) -> Task:
        """Make the view of one report in this language."""
        return Task(
            selection.template,
            selection.view(Context.on(self.library, self.day, words, asked=self.asked)),
            words.code,
        )

    def tasks(self, words: Language) -> Iterator[Task]:
        """Yield a task for each report; each view is made when its turn comes."""
        return (self.task(selection, words) for selection in self.selections)


def plan(
    project: Path, choice: Choice, day: date, *, asked: bool, edition: Edition = INTERNAL
) -> Plan:
    """Plan the reports of ``choice`` as of ``day``. Raises ReporterError with every problem if they cannot be built."""
    return plan_of(read(project), choice, day, asked=asked, edition=edition)


def plan_of(
    contents: Contents, choice: Choice, day: date, *, asked: bool, edition: Edition = INTERNAL
) -> Plan:
    """Plan them from records that were read already. Raises AbsentError where they do not hold what is chosen."""
    library = library_of(contents)
    problems = sort_problems(contents, subjects(library, choice, day))
    if any(problem.severity == "error" for problem in problems):
        raise ReporterError(problems)
    _check_existence(library, choice)
    library = edited(library, edition)
    return Plan(library, select(library, choice, day), day, asked, problems)


def edited(library: Library, edition: Edition) -> Library:
    """Return the library of an edition. Raises ReporterError where its desk is no side."""
    if edition.desk and edition.desk not in library.sides:
        hint = did_you_mean(edition.desk, library.sides) or f"there are: {', '.join(library.sides)}"
        raise ReporterError([Problem(None, f"there is no side {quoted(edition.desk)}", hint)])
    changed = {"paper": edition.paper, "desk": edition.desk}
    update = {name: value for name, value in changed.items() if value}
    found = public(library) if edition.name == "public" else library
    return replace(found, project=library.project.model_copy(update=update))


def library_of(contents: Contents) -> Library:
    """Return the library of all records that could be read."""
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


def missing(library: Library, choice: Choice) -> tuple[tuple[str, str], ...]:
    """Return the records that the choice names and that are not there: kind and id of each."""
    return tuple((kind, name) for kind, name in choice.needs if name not in _known(library, kind))


def _known(library: Library, kind: str) -> tuple[str, ...]:
    """Return the ids of all records of a kind."""
    if kind == "meeting":
        return tuple(map(identity, library.meetings.values()))
    by_kind: dict[str, Iterable[str]] = {
        "agreement": library.agreements,
        "organisation": library.bodies,
        "programme": library.programmes,
    }
    return tuple(by_kind[kind])


def _check_existence(library: Library, choice: Choice) -> None:
    if absent := missing(library, choice):
        raise AbsentError([_absent(library, *absent[0])])


def _absent(library: Library, kind: str, name: str) -> Problem:
    known = _known(library, kind)
    if kind != "meeting":
        there = f"there are: {', '.join(known)}" if known else f"data/{kind}s.yaml holds none"
        return Problem(None, f"there is no {kind} '{name}'", did_you_mean(name, known) or there)
    numbers = ", ".join(str(number) for number in library.meetings)
    hint = f"there are: {numbers}" if numbers else "data/meetings/ holds none"
    return Problem(None, f"there is no meeting {int(name.rpartition('-')[2])}", hint)
