"""From a project to its briefings: read, check, choose, make, write. The whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats import FORMATS, needed
from reporter.kinds import KINDS
from reporter.outputs.outcome import BuildOutcome
from reporter.outputs.outputs import Outputs
from reporter.outputs.progress import Progress
from reporter.theme import Theme

if TYPE_CHECKING:
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
            # The pool imports the renderer while the files are looked at, and the records read.
            outputs.look()
            from reporter.formats.job_maker import JobMaker  # noqa: PLC0415
            from reporter.formats.jobs import make  # noqa: PLC0415
            from reporter.records.cache import read  # noqa: PLC0415
            from reporter.reports.plan import plan_for  # noqa: PLC0415

            contents = read(options.project)
            plan = plan_for(contents, options, outputs.pages)
            maker = JobMaker(contents, plan, options, theme)
            outputs.expect(plan, maker.digests)
            for jobs in (outputs.stale(maker.job), outputs.unlinked(maker.job)):
                for job, result in pool.map(make, jobs):
                    outputs.put(job, result)
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
