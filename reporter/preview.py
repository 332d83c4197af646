"""A project kept warm for whoever is writing it: what was saved is read again, what is looked at is rendered again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter import html
from reporter.plan import Plan, library_of
from reporter.plan import _check_existence as check_existence
from reporter.problems import Problem, ReporterError, quoted
from reporter.project import SETTINGS, Broken, Contents, Loaded
from reporter.project import _files as files_of
from reporter.project import _load_file as load_file
from reporter.project import _strange as strange_in
from reporter.reader import read
from reporter.records import KINDS, Project
from reporter.relevance import sort_problems
from reporter.reports import select
from reporter.theme import Theme
from reporter.validation import validate
from reporter.warm import Page
from reporter.watch import state_of

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.records import Kind
    from reporter.reports import Selection
    from reporter.warm import Wish
    from reporter.watch import State

HOME = "index"  # the page that one sees first, where there is one


class Reading:
    """Reads a project again and again, but a file only where it was saved since."""

    def __init__(self, root: Path) -> None:
        self._data = root / "data"
        self._known: dict[Path, tuple[State, tuple[Loaded | Broken, ...]]] = {}

    def contents(self) -> Contents:
        """Return all records, as ``project.load`` does."""
        strange = tuple(strange_in(self._data))
        source = read(self._data / SETTINGS)
        settings = validate(Project, source)
        found = [item for kind in KINDS for path in files_of(self._data, kind) for item in self._file(kind, path)]
        records = tuple(item for item in found if isinstance(item, Loaded))
        return Contents(settings, source, records, (*(item for item in found if isinstance(item, Broken)), *strange))

    def _file(self, kind: Kind, path: Path) -> tuple[Loaded | Broken, ...]:
        state = state_of(path)
        known = self._known.get(path)
        if known is None or known[0] != state:
            known = self._known[path] = (state, tuple(load_file(kind, path)))
        return known[1]


@dataclass(frozen=True, slots=True)
class _Theme(Theme):
    """A theme as it was saved the n-th time: what is kept for the one before does not serve for it."""

    turn: int = 0


class Preview:
    """The pages of a project."""

    def __init__(self, wish: Wish) -> None:
        self._wish = wish
        self._reading = Reading(wish.project)
        self._theme = _Theme.of(wish.project)
        self._plan: Plan | None = None
        self._problems: tuple[Problem, ...] = ()

    def refresh(self, *, theme: bool = False) -> tuple[Problem, ...]:
        """Read what was saved (in the ``theme`` too, if so), and return what is wrong now. Pages are rendered when they are asked for."""
        if theme:
            self._theme = replace(_Theme.of(self._wish.project), turn=self._theme.turn + 1)
        try:
            self._plan = self._planned()
            self._problems = self._plan.problems
        except ReporterError as error:
            self._plan, self._problems = None, error.problems
        return self._problems

    def _planned(self) -> Plan:
        choice, day = self._wish.choice, self._wish.day
        contents = self._reading.contents()
        problems = sort_problems(contents, choice.roots)
        if any(problem.severity == "error" for problem in problems):
            raise ReporterError(problems)
        library = library_of(contents)
        check_existence(library, choice)
        return Plan(library, select(library, choice, day), day, self._wish.asked, problems)

    def page(self, name: str) -> Page:
        """Return the page ``name`` (without a name, the first one): rendered, or with the problems for which it cannot be."""
        if self._plan is None:
            return Page(None, self._problems)
        selections = {selection.id: selection for selection in self._plan.selections}
        name = name or (HOME if HOME in selections else next(iter(selections), ""))
        if name not in selections:
            hint = f"there are: {', '.join(selections)}" if selections else "add a record: reporter new meeting"
            absent = Problem(None, f"there is no page {quoted(name)}" if name else "there is nothing to show yet", hint)
            return Page(None, (*self._problems, absent), gone=True)
        try:
            return Page(self._rendered(self._plan, selections[name]), self._problems)
        except ReporterError as error:
            return Page(None, (*self._problems, *error.problems))

    def _rendered(self, plan: Plan, selection: Selection) -> bytes:
        (task,) = replace(plan, selections=(selection,)).tasks(("html",))
        return html.render(self._theme, task.template, task.report, task.language).encode()
