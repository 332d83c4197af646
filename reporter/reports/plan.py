"""Plans a build: reads the records, stops where they are wrong, returns the views to render."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter.choice import INTERNAL, Edition
from reporter.library.edition import edited, library_of
from reporter.records.cache import read
from reporter.records.prose import reading
from reporter.records.relevance import check
from reporter.reports import Selection, records_of
from reporter.reports.choose import choose
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from reporter.choice import Choice, Options
    from reporter.language import Language
    from reporter.library import Library
    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Contents
    from reporter.reports.views import Report


@dataclass(frozen=True, slots=True)
class Task:
    """A view, and what makes a page of it."""

    template: str
    report: Report
    language: str


@dataclass(frozen=True, slots=True)
class BuildPlan:
    """The reports to render, and the problems elsewhere in the project, as warnings."""

    library: Library
    selections: tuple[Selection, ...]
    day: date
    asked: bool
    problems: tuple[Problem, ...]
    worded: tuple[Record, ...] = ()
    """The parts of records of which a sentence was read to plan it."""

    def task(self, selection: Selection, words: Language) -> Task:
        """Make the view of one report in this language."""
        return Task(
            selection.template,
            selection.on_page(Context.on(self.library, self.day, words, asked=self.asked)),
            words.code,
        )

    def tasks(self, words: Language) -> Iterator[Task]:
        """Yield a task for each report; each view is made when its turn comes."""
        return (self.task(selection, words) for selection in self.selections)


def plan(
    project: Path, choice: Choice, day: date, *, asked: bool, edition: Edition = INTERNAL
) -> BuildPlan:
    """Plan the reports of ``choice`` as of ``day``."""
    return plan_of(read(project), choice, day, asked=asked, edition=edition)


def plan_for(contents: Contents, options: Options, there: frozenset[str]) -> BuildPlan:
    """Plan what the options ask for, beside the pages that are ``there``."""
    choice = replace(options.choice, there=there)
    return plan_of(contents, choice, options.day, asked=options.asked, edition=options.edition)


def plan_of(
    contents: Contents, choice: Choice, day: date, *, asked: bool, edition: Edition = INTERNAL
) -> BuildPlan:
    """Plan them from records that were read already."""
    with reading() as first:
        library = library_of(contents)
        about = records_of(library, choice, day)
    problems = check(contents, about)
    with reading() as then:
        library = edited(library, edition)
        chosen = choose(library, choice, day, contents)
    worded = (*first.values(), *then.values())
    return BuildPlan(library, chosen, day, asked, problems, worded)
