"""A project kept warm for whoever is writing it: what was saved is read again, what is looked at is rendered again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.desk.watch import state_of
from reporter.formats import html
from reporter.formats.policy import unsealed
from reporter.language import language_of
from reporter.outputs.warm import Page
from reporter.plan import plan_of
from reporter.problems import AbsentError, Problem, ReporterError, quoted
from reporter.records.project import load, load_file
from reporter.records.relevance import sort_problems
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.desk.watch import State
    from reporter.outputs.warm import Request
    from reporter.plan import Plan
    from reporter.records import Kind
    from reporter.records.project import Broken, Contents, Loaded


class Reading:
    """Reads a project again and again, but a file only where it was saved since."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, tuple[State, tuple[Loaded | Broken, ...]]] = {}

    def contents(self) -> Contents:
        """Return all records."""
        return load(self._root, self._file)

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

    def __init__(self, request: Request) -> None:
        self._request = request
        self._reading = Reading(request.project)
        self._theme = _Theme((), 0)
        self._contents: Contents | None = None
        self._problems: tuple[Problem, ...] = ()

    def refresh(self, *, theme: bool) -> None:
        """Read what was saved, in the ``theme`` too if so."""
        self._contents = None
        try:
            if theme:
                self._theme = _Theme(Theme.of(self._request.project).folders, self._theme.turn + 1)
            self._contents = self._reading.contents()
        except ReporterError as error:
            self._problems = error.problems

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the project now."""
        return sort_problems(self._contents, None) if self._contents else self._problems

    def page(self, name: str) -> Page:
        """Return the page ``name``: rendered, or with the problems for which it cannot be."""
        if self._contents is None:
            return Page(None, self._problems)
        choice = Choice.named(name)
        if not choice:
            return Page(
                None,
                (Problem(None, f"there is no page {quoted(name)}", "begin at the index"),),
                gone=True,
            )
        try:
            plan = plan_of(
                self._contents,
                replace(choice, formats=("html",)),
                self._request.day,
                asked=self._request.asked,
                edition=self._request.edition,
            )
        except ReporterError as error:
            return Page(None, error.problems, gone=isinstance(error, AbsentError))
        try:
            return Page(self._rendered(plan, name), plan.problems)
        except ReporterError as error:
            return Page(None, (*plan.problems, *error.problems))

    def _rendered(self, plan: Plan, name: str) -> bytes:
        words = language_of(self._theme, plan.library.project.language)
        selection = next(selection for selection in plan.selections if selection.id == name)
        task = plan.task(selection, words)
        page = html.render(self._theme, task.template, task.report, task.language)
        return unsealed(page).encode()  # the server sends a policy of its own
