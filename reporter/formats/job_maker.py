"""From a plan to jobs: the view of each report, and what its formats need beyond it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.formats import FORMATS
from reporter.formats.jobs import Earlier, FullView, Job
from reporter.language import language_of
from reporter.library.today import Today
from reporter.problems import ReporterError
from reporter.records.prose import EVERY, reading
from reporter.reports import is_there, select
from reporter.reports.common.context import Context
from reporter.reports.made_of import MadeOf

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from reporter.choice import Options
    from reporter.records.project import Contents
    from reporter.reports import Selection
    from reporter.reports.plan import BuildPlan
    from reporter.reports.views import Report
    from reporter.theme import Theme


class JobMaker:
    """Makes the jobs of a build, where its records were read."""

    def __init__(self, contents: Contents, plan: BuildPlan, options: Options, theme: Theme) -> None:
        words = language_of(theme, plan.library.project.language)
        self._contents, self._worded = contents, plan.worded
        self._context = Context.on(plan.library, options.day, words, asked=options.asked)
        self._earlier: Callable[[str], Earlier] | None = None
        if options.since:
            then = Context.on(plan.library, options.since, words, asked=True)
            self._earlier = partial(earlier_of, then, options.choice)
        elif kept := options.kept:
            self._earlier = lambda _report: Earlier(word=kept)  # only one is asked for

    def job(self, selection: Selection, formats: tuple[str, ...]) -> Job:
        """Return the job that makes a report in these formats."""
        return job_of(self._context, self._earlier, selection, formats)

    def digests(self, files: Mapping[Path, str]) -> Callable[[Selection, str], str]:
        """Return a function that gives the digest of all that a report is made of.

        It takes the report, and the ids of the records whose sentences that reads. ``files`` has
        the digest of each file that was read.
        """
        return MadeOf(self._contents, files, self._context, self._worded).digest


def job_of(
    context: Context,
    since: Callable[[str], Earlier] | None,
    selection: Selection,
    formats: tuple[str, ...],
) -> Job:
    """Return the job that makes a report: its view, and what formats need beyond it.

    ``since`` returns the report of a name as it was on an earlier day.
    """
    day, words = Today.of(context.snapshot.day), context.words
    library = context.library.part(selection.series)
    pages = [name for name in formats if FORMATS[name].of_page]
    with reading() as read:
        report = (selection.on_page if pages else selection.view)(context.on_day(day))
        both = selection.page and 0 < len(pages) < len(formats)
        held = selection.view(context.on_day(day)) if both else report
        gathered = {  # no page gathers
            name: FORMATS[name].load().gather(held, library, day, words)
            for name in formats
            if FORMATS[name].gathers
        }
        compared = since and any(FORMATS[name].compares for name in formats)
        earlier = since(selection.id) if since and compared else None
    owners = context.library.owners(read.values())
    record, whole = _json(report), FullView(held, _json(held)) if both else None
    shown = record + (whole.record if whole else b"")
    if str(day.plain).encode() in shown or repr(day.plain) in repr(gathered):
        day.tells()
    return Job(
        selection.id,
        selection.template,
        report,
        record,
        words.code,
        formats,
        gathered,
        earlier,
        until="" if since else str(day.until),
        worded=EVERY if owners is None or since else " ".join(owners),
        whole=whole,
    )


def _json(report: Report) -> bytes:
    return report.model_dump_json(indent=1).encode()


def earlier_of(context: Context, choice: Choice, report: str) -> Earlier:
    """Return the report of a name as it was on the day of the context, if it was there."""
    named = Choice.named(report)
    if named is None or not is_there(context.snapshot, named):
        return Earlier()
    choice = replace(choice, kind=named.kind, arguments=named.arguments, series=named.series)
    try:
        (selection,) = select(context.library, choice, context.snapshot.day)
        view = selection.on_page(context.afresh())
    except ReporterError:  # it is refused for that day
        return Earlier()
    return Earlier(selection.template, view, _json(view))
