"""What the processes do: pages are made of views, papers are printed of pages.

Both may take for ever, since templates may be someone else's; a crew sees to that. Pages are made in processes that are
forked when the records are there, so that no record travels. Papers are printed in processes that were started before, and
imported WeasyPrint while the records were read; they know nothing of records, views and templates.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.language import language_of
from reporter.outputs.crew import Crew, Lost
from reporter.outputs.digests import digest
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.plan import Plan
    from reporter.theme import Theme


@dataclass(frozen=True, slots=True)
class Wish:
    """A page to make: which selection of the plan, and the view that is known already."""

    id: str
    index: int
    known: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page. Where its view is the known one, there is nothing in it."""

    id: str
    view: str = ""
    html: bytes | None = None
    record: bytes = b""
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to print; its ``input`` is the digest of all that makes the paper."""

    page: Page
    input: str

    @property
    def id(self) -> str:
        """Name of its report."""
        return self.page.id


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF; nothing in it where that could not be made."""

    pdf: bytes | None
    problems: tuple[Problem, ...]


def makers(plan: Plan, theme: Theme, jobs: int, limit: float) -> Crew[Wish, Page]:
    """Return those who make pages of the reports of ``plan``."""
    return Crew(_maker, (plan, theme), size=jobs, limit=limit, forked=True)


def _maker(plan: Plan, theme: Theme) -> Callable[[Wish], Page]:
    words = language_of(theme, plan.library.project.language)

    def make(wish: Wish) -> Page:
        try:
            task = plan.task(plan.selections[wish.index], words)
            record = task.report.model_dump_json(indent=1).encode()
            view = digest(task.template, task.language, record)
            if view == wish.known:
                return Page(wish.id, view)
            from reporter.formats import html  # noqa: PLC0415 (only where a page is to be made)

            return Page(
                wish.id,
                view,
                html.render(theme, task.template, task.report, task.language).encode(),
                record,
            )
        except ReporterError as error:
            return Page(wish.id, problems=error.problems)

    return make


def printers(theme: Theme, jobs: int, limit: float) -> Crew[Sheet, Paper]:
    """Return those who print; they need not know what the project says."""
    return Crew(printer, (theme,), size=jobs, limit=limit, forked=False)


def printer(theme: Theme) -> Callable[[Sheet], Paper]:
    """Return what prints, in a process that does nothing else."""
    with suppress(ReporterError, OSError):  # what is missing is told with each page
        from reporter.formats import pdf  # noqa: PLC0415 (in this process only)

        pdf.warm_up(theme)

    def print_(sheet: Sheet) -> Paper:
        try:
            from reporter.formats import pdf  # noqa: PLC0415 (as above)

            html = (sheet.page.html or b"").decode()
            rendered = pdf.render(theme, html, sheet.id, sheet.page.record, sheet.input)
        except ReporterError as error:
            return Paper(None, error.problems)
        except OSError as error:
            hint = "WeasyPrint needs room for fonts in the folder for temporary files (TMPDIR)"
            return Paper(
                None, (Problem(None, f"{sheet.id}: cannot be printed: {error.strerror}", hint),)
            )
        return Paper(rendered.content, rendered.problems)

    return print_


TOO_LONG = "look in the templates for a loop or a value that is huge, or raise --timeout"


def lost(name: str, answer: Lost) -> Problem:
    """Return the problem of a report whose process gave no answer."""
    place = f" on the worker {answer.place}" if answer.place else ""
    if answer.code is None:
        return Problem(None, f"{name}: rendering{place} took too long and was ended", TOO_LONG)
    if answer.code < 0:
        hint = (
            "out of memory? have fewer workers on that machine"
            if place
            else "out of memory? have fewer at once with --jobs"
        )
        return Problem(
            None, f"{name}: the renderer{place} was killed (signal {-answer.code})", hint
        )
    hint = (
        "its own words stand in the worker's log"
        if place
        else "its own words stand above, if it had any"
    )
    return Problem(None, f"{name}: the renderer{place} died (exit code {answer.code})", hint)
