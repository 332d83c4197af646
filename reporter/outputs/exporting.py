"""Writes the reports in forms for other programs, where these changed. It takes no template and no worker."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.exports import Exports
from reporter.kinds import KINDS
from reporter.language import language_of
from reporter.outputs.digests import digest
from reporter.outputs.files import write
from reporter.outputs.manifest import FORCED, Done, Entry
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.choice import Order
    from reporter.kinds import Form
    from reporter.outputs.manifest import Manifest
    from reporter.plan import Plan
    from reporter.problems import Problem
    from reporter.reports import Selection
    from reporter.theme import Theme


def export(  # noqa: PLR0913, PLR0917 (what is built, from what, and what came of it so far)
    order: Order,
    plan: Plan,
    theme: Theme,
    manifest: Manifest,
    inputs: dict[str, str],
    failed: tuple[str, ...] = (),
) -> Done:
    """Write what ``order`` asks for, of the reports that have such a form, and note it in ``manifest``; return what was done.

    What cannot be written costs no other. Of a report of which a page has ``failed`` nothing is written: what is there of it agrees.
    """
    reasons: dict[str, str] = {}
    unchanged: list[str] = []
    problems: list[Problem] = []
    for name, content in _contents(order, plan, theme, problems, failed):
        made = digest(content)
        reason = FORCED if order.force else manifest.state(name)
        if not reason and manifest.files[name].digest != made:
            reason = manifest.reason(name, made, inputs)
        try:
            if reason and not order.check:
                manifest.claim()
                write(order.output / name, content)
        except ReporterError as error:
            problems += error.problems
            continue
        if reason:
            reasons[name] = reason
        else:
            unchanged.append(name)
        if not order.check:
            manifest.keep(name, Entry(made, inputs["look"], inputs["day"], made, inputs["records"]))
    return Done(reasons, tuple(unchanged), problems=tuple(problems))


def _contents(
    order: Order, plan: Plan, theme: Theme, problems: list[Problem], failed: tuple[str, ...]
) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are wanted, name and content; add the ``problems`` of reports that cannot be made."""
    exports = Exports(plan.library, plan.day, language_of(theme, plan.library.project.language))
    for selection in plan.selections:
        if selection.id not in failed and (wanted := _wanted(order, selection)):
            try:
                report = plan.task(selection, exports.words).report
            except ReporterError as error:
                problems += error.problems
                continue
            yield from ((f"{selection.id}.{form}", exports.render(report, form)) for form in wanted)


def _wanted(order: Order, selection: Selection) -> list[Form]:
    """Return the forms that are wanted of one report, and that it has."""
    return [form for form in KINDS[selection.heading.kind].forms if form in order.exports]
