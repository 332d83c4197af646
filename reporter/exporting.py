"""Writes the reports in forms for other programs, where these changed. It takes no template and no worker, and needs no manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from reporter.exports import Exports, Form, forms
from reporter.files import write
from reporter.language import language_of
from reporter.manifest import Done

if TYPE_CHECKING:
    from reporter.choice import Order
    from reporter.plan import Plan
    from reporter.theme import Theme


def export(order: Order, plan: Plan, theme: Theme) -> Done:
    """Write what ``order`` asks for, of the reports that have such a form; return what was written, and what was there already."""
    exports = Exports(plan.library, plan.day, language_of(theme, plan.library.project.language))
    reasons: dict[str, str] = {}
    unchanged: list[str] = []
    for selection in plan.selections:
        wanted = [form for form in order.exports if form in forms(selection.heading.kind)]
        if not wanted:
            continue
        report = plan.task(selection).report
        for form in wanted:
            path, content = order.output / f"{selection.id}.{form}", exports.render(report, cast("Form", form))
            if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content and not order.force:
                unchanged.append(path.name)
            else:
                reasons[path.name] = "what it says changed" if path.is_file() else "it was not there"
                if not order.check:
                    write(path, content)
    return Done(reasons, tuple(unchanged))
