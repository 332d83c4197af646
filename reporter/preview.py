"""A project kept warm for whoever is writing it: what changed is read again, what is looked at is rendered again.

Where records or templates are wrong, the last good page is kept, beside the problems.
"""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from dataclasses import dataclass, replace
from threading import Condition, RLock
from typing import TYPE_CHECKING

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
from reporter.workers import workers

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from reporter.choice import Choice
    from reporter.records import Kind
    from reporter.reports import Selection
    from reporter.workers import Workers

TIME_LIMIT = 10.0  # seconds for one page: somebody waits for it
HOME = "index"  # the page that one sees first, where there is one

State = tuple[int, int, int]


def state_of(path: Path) -> State:
    """Return what tells whether a file was saved since; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


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
class Page:
    """A page as it can be shown now."""

    html: bytes | None
    """The last good one; None where there was none yet."""
    problems: tuple[Problem, ...]
    """What is wrong with the records, or with this page."""
    turn: int
    """The refreshing to which it belongs."""

    @property
    def version(self) -> str:
        """A word that changes when the HTML does."""
        return hashlib.sha256(self.html or b"").hexdigest()[:16]


class Preview:
    """The pages of a project. Use it as a context manager: it keeps a renderer warm."""

    def __init__(self, project: Path, choice: Choice, day: date, *, asked: bool) -> None:
        self.project = project
        self.problems: tuple[Problem, ...] = ()
        """What is wrong with the records now: errors, which keep pages from being renewed, and warnings."""
        self._wish = (choice, day, asked)
        self._reading = Reading(project)
        self._theme = Theme.of(project)
        self._plan: Plan | None = None
        self._pages: dict[str, Page] = {}
        self._turn = 0
        self._closed = False
        self._lock = RLock()
        self._turned = Condition(self._lock)
        self._renderer = ExitStack()
        self._workers: Workers | None = None

    def __enter__(self) -> Self:
        self.refresh()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._closed = True
        self._renderer.__exit__(kind, error, trace)  # ends what is being rendered, for which another thread may hold the lock
        self.tell()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders in which a save may change a page."""
        return (self.project / "data", self.project / "templates", *self._theme.folders)

    def refresh(self, *, theme: bool = True) -> None:
        """Read what was saved; pages are rendered when they are asked for. After a change of the ``theme`` the renderer is a new one."""
        if theme:
            self._start_renderer()
        try:
            plan = self._planned()
            problems = plan.problems
        except ReporterError as error:
            plan, problems = None, error.problems
        with self._turned:
            self._plan = plan or self._plan
            self.problems = problems
            self._turn += 1

    def _start_renderer(self) -> None:
        with self._lock:
            self._renderer.close()
            self._theme = Theme.of(self.project)
            self._workers = self._renderer.enter_context(workers(self._theme, 1, pdf=False, limit=TIME_LIMIT))

    def _planned(self) -> Plan:
        choice, day, asked = self._wish
        contents = self._reading.contents()
        problems = sort_problems(contents, choice.roots)
        if any(problem.severity == "error" for problem in problems):
            raise ReporterError(problems)
        library = library_of(contents)
        check_existence(library, choice)
        return Plan(library, select(library, choice, day), day, asked, problems)

    def tell(self) -> None:
        """Wake those who wait for a change."""
        with self._turned:
            self._turned.notify_all()

    def wait(self, page: Page, seconds: float) -> bool:
        """Wait until there may be another page than this one, but not for ever. Return False when the preview is closed."""
        with self._turned:
            self._turned.wait_for(lambda: self._closed or self._turn != page.turn, seconds)
            return not self._closed

    def page(self, name: str) -> Page:
        """Return the page ``name``, or the first one without a name; rendered anew if anything was saved since."""
        with self._lock:
            selections = {selection.id: selection for selection in self._plan.selections} if self._plan else {}
            name = name or (HOME if HOME in selections else next(iter(selections), ""))
            known = self._pages.get(name) or Page(None, (), 0)
            if known.turn != self._turn:
                known = self._pages[name] = self._renewed(name, selections, known)
            return known

    def _renewed(self, name: str, selections: dict[str, Selection], known: Page) -> Page:
        if any(problem.severity == "error" for problem in self.problems):
            return Page(known.html, self.problems, self._turn)
        if name not in selections:
            hint = f"there are: {', '.join(selections)}" if selections else "add a record: reporter new meeting"
            absent = Problem(None, f"there is no page {quoted(name)}" if name else "there is nothing to show yet", hint)
            return Page(None, (*self.problems, absent), self._turn)
        html, problems = self._rendered(selections[name])
        return Page(html or known.html, (*self.problems, *problems), self._turn)

    def _rendered(self, selection: Selection) -> tuple[bytes | None, tuple[Problem, ...]]:
        assert self._plan is not None  # noqa: S101 (there is a selection)
        assert self._workers is not None  # noqa: S101 (started with the first refreshing)
        try:
            (result,) = self._workers.render(replace(self._plan, selections=(selection,)).tasks(("html",)))
        except ReporterError as error:
            return None, error.problems
        return result.files.get("html"), result.problems
