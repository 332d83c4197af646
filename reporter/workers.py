"""Worker processes that render. Started first, so that they import WeasyPrint while the records are read.

Processes, never threads: Pango is not safe there. Each task has a time limit of its own, and one that dies or hangs
costs its own report only.
"""

from __future__ import annotations

import multiprocessing
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pebble import ProcessExpired, ProcessPool

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.reports.parts import Report
    from reporter.theme import Theme

TIME_LIMIT = 120.0  # seconds for one report, unless told otherwise


@dataclass(frozen=True, slots=True)
class Task:
    """One report to render."""

    template: str
    report: Report
    language: str
    formats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What became of a task: the content of its files by format, and problems."""

    id: str
    files: dict[str, bytes]
    problems: tuple[Problem, ...] = ()


class Workers:
    """A pool of renderers for one theme."""

    def __init__(self, pool: ProcessPool, theme: Theme, limit: float) -> None:
        self._pool = pool
        self._theme = theme
        self._limit = limit

    def render(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield the result of each task, in the order of the tasks."""
        futures = [(task, self._pool.schedule(_render, (self._theme, task), timeout=self._limit)) for task in tasks]
        for task, future in futures:
            try:
                yield future.result()
            except TimeoutError:
                message = f"rendering took longer than {self._limit:g} s and was ended"
                yield Result(
                    task.report.id,
                    {},
                    (Problem(None, f"{task.report.id}: {message}", "look for a loop in the template that does not end"),),
                )
            except ProcessExpired as error:
                yield Result(
                    task.report.id,
                    {},
                    (
                        Problem(
                            None,
                            f"{task.report.id}: the renderer died (exit code {error.exitcode})",
                            "it may have had too little memory; the system's log says more",
                        ),
                    ),
                )


@contextmanager
def workers(theme: Theme, jobs: int, *, pdf: bool, limit: float = TIME_LIMIT) -> Iterator[Workers]:
    """Start ``jobs`` renderers at once; they warm up while the caller goes on."""
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=jobs, context=context) as pool:
        pool.schedule(_warm_up, (theme,), {"pdf": pdf})
        try:
            yield Workers(pool, theme, limit)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _warm_up(theme: Theme, *, pdf: bool) -> None:
    import reporter.html  # noqa: PLC0415 (imported in the worker, while the parent reads)

    if pdf:
        from reporter import pdf as renderer  # noqa: PLC0415 (as above)

        renderer.warm_up(theme)
    del reporter


def _render(theme: Theme, task: Task) -> Result:
    from reporter import html  # noqa: PLC0415 (heavy: only in the worker)

    name = task.report.id
    try:
        page = html.render(theme, task.template, task.report, task.language)
        files = {"html": page.encode("utf-8")} if "html" in task.formats else {}
        problems: tuple[Problem, ...] = ()
        if "pdf" in task.formats:
            from reporter import pdf  # noqa: PLC0415 (as above)

            rendered = pdf.render(theme, page, name, task.report.model_dump_json(indent=1).encode())
            files["pdf"], problems = rendered.content, rendered.problems
    except ReporterError as error:
        return Result(name, {}, error.problems)
    return Result(name, files, problems)
