"""From a project to its briefings: look, plan, make pages, print papers. The whole program in one function."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reporter.kinds import KINDS
from reporter.outputs.cores import cores
from reporter.outputs.digests import inputs_of, printing_of
from reporter.outputs.files import check_apart, check_writable, held
from reporter.outputs.manifest import Done, Manifest
from reporter.outputs.places import placed
from reporter.outputs.progress import Progress
from reporter.problems import Problem, ReporterError
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.choice import Order
    from reporter.library import Library
    from reporter.outputs.cluster import Cluster
    from reporter.outputs.crew import Crew
    from reporter.outputs.workers import Paper, Sheet
    from reporter.plan import Plan


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was written and why, what was not, and what there is to say about it."""

    reasons: dict[Path, str]
    """What was written, or would be; and why."""
    unchanged: tuple[Path, ...] = ()
    left: tuple[Path, ...] = ()
    """Files of reports that no longer exist, and are there."""
    removed: tuple[Path, ...] = ()
    """Files of such reports that were removed."""
    lost: tuple[str, ...] = ()
    """Reports that could not be made."""
    problems: tuple[Problem, ...] = ()
    checked: bool = False
    """Whether nothing was to be written."""

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that were written."""
        return () if self.checked else tuple(self.reasons)

    @property
    def failed(self) -> bool:
        """Whether anything that was asked for is missing."""
        return any(problem.severity == "error" for problem in self.problems)


def build(order: Order, progress: Progress | None = None) -> Outcome:
    """Build what is ordered. Raises ReporterError where nothing can be built; then every old output is as it was."""
    progress = progress or Progress()
    theme = Theme.of(order.project)
    check_apart(order.output, *(order.project / name for name in ("data", "templates")))
    with held(
        order.output, progress.waiting, make=not order.check and (order.project / "data").is_dir()
    ):
        inputs = inputs_of(
            order.project, theme, order.day, asked=order.asked, edition=order.edition
        )
        manifest = Manifest.read(order.output)
        manifest.keep_to(order.edition.name)
        order = replace(order, choice=replace(order.choice, there=manifest.pages))
        names = _known_names(order, manifest, inputs)
        quick = names and not order.exports and not order.force
        # A look at the records may tell that what is left over is not.
        doubtful = manifest.left and (order.prune or order.check or order.variable)
        if quick and not doubtful and manifest.is_current(names, inputs):
            return _outcome(
                order, manifest, Done(unchanged=names, problems=manifest.warnings(names))
            )

        from reporter.outputs.workers import makers  # noqa: PLC0415 (from here on it takes time)

        told: list[Problem] = []
        with _printers(order, theme, told) as printing:
            printing.start(_first_printers(order, manifest, inputs))
            from reporter.outputs.renewal import Renewal  # noqa: PLC0415 (as above)
            from reporter.plan import plan  # noqa: PLC0415 (imports pydantic, while the printers import WeasyPrint)

            with _without_collector():
                planned = plan(
                    order.project, order.choice, order.day, asked=order.asked, edition=order.edition
                )
            renewal = Renewal(order, planned, manifest, inputs, printing_of(theme), progress)
            if not order.check:
                check_writable(order.output)
            if not order.check and not order.force:
                _check_strangers(order, planned, manifest)
            if order.formats:
                with makers(planned, theme, order.jobs, order.limit) as making:
                    renewal.settle(printing.run(renewal.sheets(making.run(renewal.wishes()))))
            done = renewal.finish().plus(Done(problems=tuple(told)))
            if order.exports:
                from reporter.outputs.exporting import export  # noqa: PLC0415 (as above)

                done = done.plus(export(order, planned, theme, manifest, inputs, done.failed))
        return _outcome(order, manifest, done, _too_early(order, planned.library))


def _check_strangers(order: Order, planned: Plan, manifest: Manifest) -> None:
    """Raise ReporterError where a file that no build has written would be overwritten."""
    names = (
        f"{item.id}.{form}"
        for item in planned.selections
        for form in (*order.formats, *KINDS[item.heading.kind].forms)
        if form in order.formats or form in order.exports
    )
    if found := manifest.strangers(names):
        raise ReporterError(found)


def _too_early(order: Order, library: Library) -> Problem | None:
    """Return the warning that the day lies before everything: a clock or a variable may be wrong.

    Who asked for that day, and prunes nothing, knows.
    """
    if library.first_day is None or library.first_day <= order.day:
        return None
    if order.asked and not order.prune:
        return None
    who = f", as {order.variable} says" if order.variable else ""
    message = f"the day is {order.day}{who}: every meeting and agreement on record is later"
    hint = f"the first is of {library.first_day}; name a day with --as-of"
    hint += f", or unset {order.variable}" if order.variable else ""
    pruned = "nothing was removed; " if order.prune else ""
    return Problem(None, message, f"{pruned}{hint}", severity="warning")


def _printers(order: Order, theme: Theme, told: list[Problem]) -> Crew[Sheet, Paper] | Cluster:
    """Return those who print: processes of this machine, or the workers of a cluster, of which something may be ``told``."""
    if order.scheduler:
        from reporter.outputs.cluster import Cluster  # noqa: PLC0415 (only where it is asked for)

        return Cluster(order.scheduler, theme, order.limit, told)
    from reporter.outputs.workers import printers  # noqa: PLC0415 (from here on it takes time)

    return printers(theme, order.jobs, order.limit)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Let records be read without looking for garbage among them, again and again: there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _known_names(order: Order, manifest: Manifest, inputs: dict[str, str]) -> tuple[str, ...]:
    """Return the outputs that are wanted, as far as that can be known without reading a record."""
    if order.choice.report:
        return order.names(order.choice.report)
    names = tuple(name for report in manifest.reports for name in order.names(report))
    return names if manifest.inputs == inputs and manifest.linked == manifest.links(names) else ()


def _first_printers(order: Order, manifest: Manifest, inputs: dict[str, str]) -> int:
    """Return how many printers to start before it is known whether there is anything to print."""
    if "pdf" not in order.formats or order.check:
        return 0
    reports = (order.choice.report,) if order.choice.report else manifest.reports
    known = [manifest.files.get(f"{report}.pdf") for report in reports]
    if (
        order.force
        or not known
        or not all(entry and entry.look == inputs["look"] for entry in known)
    ):
        return (
            1 if order.choice.report else min(order.jobs, cores())
        )  # the others when it is known how many reports there are
    same = all(entry and entry.records == inputs["records"] for entry in known)
    return 0 if same and not any(manifest.state(f"{report}.pdf") for report in reports) else 1


def _day_given(order: Order) -> Problem:
    """Return the warning that reports were called gone on a day that nobody named."""
    given = f"the day is {order.day}, as {order.variable} says"
    hint = f"if you mean another day, unset {order.variable} and build again"
    message = f"{given}: reports that do not exist on it were removed"
    return Problem(None, message, hint, severity="warning")


def _outcome(order: Order, manifest: Manifest, done: Done, early: Problem | None = None) -> Outcome:
    """Clear up, write the manifest, and say what was done.

    Where the day is too ``early``, no report is called gone.
    """
    left = manifest.left if order.choice.kind is None and not early else ()
    found = [*done.problems, *([early] if early else ())]
    if order.check:
        hint = "run the build again, and do not edit what it writes"
        found += [
            Problem(order.output / name, f"not what the records say: {reason}", hint)
            for name, reason in done.reasons.items()
        ]
        found += [
            Problem(
                order.output / name, "there is no such report any more", "remove it with --prune"
            )
            for name in left
        ]
    else:
        if order.prune and left:
            found += manifest.remove(left)
            found += [_day_given(order)] if order.variable else []
        try:
            manifest.write()
        except ReporterError as error:
            found += error.problems
    return Outcome(
        {order.output / name: reason for name, reason in done.reasons.items()},
        tuple(order.output / name for name in done.unchanged),
        tuple(order.output / name for name in left if name in manifest.files),
        tuple(order.output / name for name in left if name not in manifest.files),
        done.failed,
        tuple(dict.fromkeys(placed(found, order.project))),
        order.check,
    )
