"""What the page on an agreement does not print, and other formats do.

What weak sources alone say proves nothing, and predictions are printed where somebody asks for
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.agreement import Agreement
    from reporter.records.statements import Sourced
    from reporter.reports.common.commentary import Predictions
    from reporter.reports.common.context import Context
    from reporter.reports.views import Line


def firm(library: Library, items: Iterable[Sourced]) -> tuple[Sourced, ...]:
    """Return what does not rest on weak sources alone."""
    return tuple(item for item in items if not library.is_weak(item.source))


def weak(context: Context, agreement: Agreement) -> tuple[Line, ...]:
    """Return what weak sources alone say by the day of what it provides, and what they think."""
    found = (*agreement.content, *agreement.commentary)
    return context.lines(item for item in found if context.library.is_weak(item.source))


def not_printed(context: Context, lines: int, forecasts: Sequence[Predictions]) -> str:
    """Return how much the page does not print; nothing where it prints all."""
    words = context.words
    told = [words.say("unprinted_weak", n=lines)] if lines else []
    number = sum(len(group.rows) for group in forecasts)
    if number and not context.library.project.predictions:
        told.append(words.say("unprinted_predictions", n=number))
    return words.say("unprinted", what=words.list(told)) if told else ""
