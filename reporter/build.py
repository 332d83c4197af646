"""From a project to its briefings: read, check, choose, make, write. The whole program."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from reporter.formats import FORMATS, needed
from reporter.kinds import KINDS
from reporter.outputs.outcome import BuildOutcome
from reporter.outputs.outputs import Outputs
from reporter.outputs.progress import Progress
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Callable

    from reporter.choice import Options
    from reporter.outputs.cluster import Cluster
    from reporter.outputs.pool import Pool

__all__ = ["BuildOutcome", "build"]


def build(options: Options, progress: Progress | None = None) -> BuildOutcome:
    """Build what the options say.

    Raises ReporterError where nothing can be built; then every output is as it was.
    """
    theme = Theme.of(options.project)
    with Outputs(options, theme, progress or Progress()) as outputs:
        if outputs.are_current():  # so far, nothing was imported that takes time
            return outputs.outcome()
        from reporter.outputs.limits import collector_off  # noqa: PLC0415

        with _pool(options, theme, outputs) as pool, collector_off(for_good=True):
            # The pool imports the renderer while these are imported, and the records read.
            from reporter.formats.jobs import Earlier, earlier_of, job_of, make  # noqa: PLC0415
            from reporter.language import language_of  # noqa: PLC0415
            from reporter.records.cache import read  # noqa: PLC0415
            from reporter.reports.common.context import Context  # noqa: PLC0415
            from reporter.reports.made_of import MadeOf  # noqa: PLC0415
            from reporter.reports.plan import plan_of  # noqa: PLC0415

            choice = replace(options.choice, there=outputs.pages)
            contents = read(options.project)
            planned = plan_of(
                contents, choice, options.day, asked=options.asked, edition=options.edition
            )
            library, chosen, always = planned.library, planned.selections, planned.worded
            words = language_of(theme, library.project.language)
            context = Context.on(library, options.day, words, asked=options.asked)
            part_of = lambda files: MadeOf(contents, files, context, always).digest  # noqa: E731
            outputs.expect(library, chosen, planned.problems, part_of)
            earlier: Callable[[str], Earlier] | None = None
            if options.since:
                that_day = Context.on(library, options.since, words, asked=True)
                earlier = partial(earlier_of, that_day, choice)
            elif kept := options.kept:
                earlier = lambda _report: Earlier(word=kept)  # noqa: E731 (only one is asked for)
            job = partial(job_of, context, earlier)
            for jobs in (outputs.stale(chosen, job), outputs.unlinked(chosen, job)):
                for made, result in pool.map(make, jobs):
                    outputs.put(made, result)
        return outputs.outcome()


def _pool(options: Options, theme: Theme, outputs: Outputs) -> Pool | Cluster:
    """Return what makes the reports: processes of this machine, or the workers of a cluster."""
    formats = [
        name for name in needed(options.formats) if not (options.check and FORMATS[name].source)
    ]
    kinds = (options.choice.kind,) if options.choice.kind else KINDS
    views = (f"reporter.reports.{kind}.view" for kind in kinds)
    modules = (*(FORMATS[name].module for name in formats), *views)
    if options.scheduler:
        from reporter.outputs.cluster import Cluster  # noqa: PLC0415 (only where it is asked for)

        settings = (theme, modules, options.limit)
        return Cluster(settings, options.scheduler, outputs.problems)
    from reporter.outputs.pool import Pool  # noqa: PLC0415 (not where nothing changed)

    pool = Pool(theme, modules, options.limit, options.jobs)
    if outputs.are_doubtful():
        pool.start()
    return pool
