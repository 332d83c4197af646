"""A project kept ready for its writer: saved files are read again, and pages are made."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.desk.serve.last_good import Page
from reporter.formats import FORMATS, html
from reporter.formats.jobs import Job
from reporter.kinds import KINDS
from reporter.language import language_of
from reporter.outputs.limits import TookTooLong, working
from reporter.problems import AbsentError, Problem, ReporterError, quoted
from reporter.records.project import load, load_file
from reporter.records.relevance import sort_problems
from reporter.reports.plan import plan_of
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.desk.serve.last_good import Request
    from reporter.language import Language
    from reporter.records import Kind
    from reporter.records.project import Broken, Contents, Loaded
    from reporter.records.shorthand import Bodies
    from reporter.reports.plan import BuildPlan

State = tuple[int, int, int]


def _state(path: Path) -> State:
    """Return what tells whether a file was saved since; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


class RepeatedReading:
    """Reads a project again and again, but a file only where it was saved since."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[Path, tuple[State, Bodies, tuple[Loaded | Broken, ...]]] = {}

    def contents(self) -> Contents:
        """Return all records."""
        before, self._known = self._known, {}

        def read(kind: Kind, path: Path, bodies: Bodies) -> tuple[Loaded | Broken, ...]:
            state, known = _state(path), before.get(path)
            if not known or known[:2] != (state, bodies):
                known = state, bodies, tuple(load_file(kind, path, bodies))
            self._known[path] = known
            return known[2]

        try:
            return load(self._root, read)
        except ReporterError:  # of the settings, before all files were read
            self._known = before | self._known
            raise


class Preview:
    """The pages of a project as it was last read."""

    def __init__(self, request: Request) -> None:
        self._request = request
        self._reading = RepeatedReading(request.project)
        self._look: dict[Path, State] = {}
        self._words: dict[str, Language] = {}
        self._learned: set[str | None] = set()
        self.refresh()

    def refresh(self) -> None:
        """Read what was saved."""
        self._contents: Contents | None = None
        self._problems: tuple[Problem, ...] = ()
        try:
            self._theme = Theme.of(self._request.project)
            look = {path: _state(path) for path in self._theme.files()}
            if look != self._look:
                html.forget()
                self._look, self._words, self._learned = look, {}, set()
            self._contents = self._reading.contents()
        except ReporterError as error:
            self._problems = error.problems

    def problems(self) -> tuple[Problem, ...]:
        """Return what is wrong with the project now."""
        return sort_problems(self._contents, None) if self._contents else self._problems

    def page(self, name: str) -> Page:
        """Return the page ``name``: rendered, or with the problems for which it cannot be.

        With an ending, it is the file of that format beside the page.
        """
        if self._contents is None:
            return Page(None, self._problems)
        report, _, form = name.partition(".")
        choice = Choice.named(report)
        if not choice or (form and form not in KINDS[choice.kind or "index"].formats):
            return Page(None, (Problem(None, f"there is no page {quoted(name)}"),), gone=True)
        choice = replace(choice, formats=("html",))
        day, asked, edition = self._request.day, self._request.asked, self._request.edition
        try:
            plan = plan_of(self._contents, choice, day, asked=asked, edition=edition)
        except ReporterError as error:
            return Page(None, error.problems, gone=isinstance(error, AbsentError))
        try:
            return Page(self._rendered(plan, report, form or "html"), plan.problems)
        except ReporterError as error:
            return Page(None, (*plan.problems, *error.problems))
        except TookTooLong:
            message = f"{name}: took longer than {self._request.limit:g} s and was ended"
            return Page(None, (*plan.problems, Problem(None, message)))

    def _rendered(self, plan: BuildPlan, name: str, form: str) -> bytes:
        code = plan.library.project.language
        if code not in self._words:
            self._words[code] = language_of(self._theme, code)
        selection = next(selection for selection in plan.selections if selection.id == name)
        task = plan.task(selection, self._words[code])
        job = Job(name, task.template, task.report, b"", task.language)
        with working(self._request.limit):
            content, _ = FORMATS[form].load().make(job, self._theme, b"")
        return bytes(content)

    def learn(self, name: str) -> None:
        """Make a page for nothing but the knowledge how pages of its kind are made."""
        choice = Choice.named(name)
        if choice and choice.kind not in self._learned:
            self._learned.add(choice.kind)
            self.page(name)
