"""What the page on an agreement does not print, and other formats do.

What weak sources alone say proves nothing, and predictions are printed where somebody asks for
them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
    from reporter.reports.common.commentary import Predictions
    from reporter.reports.common.context import Context
    from reporter.reports.views import Line


class WithSources(Protocol):
    """What has sources."""

    @property
    def source(self) -> Sources:
        """They may be none."""


C = TypeVar("C", bound=WithSources)


def is_weak(library: Library, item: WithSources) -> bool:
    """Return whether weak sources alone say it."""
    return bool(item.source) and library.is_weak(item.source)


def firm(library: Library, items: Iterable[C]) -> tuple[C, ...]:
    """Return what does not rest on weak sources alone."""
    return tuple(item for item in items if not is_weak(library, item))


def weak(context: Context, agreement: Agreement) -> tuple[Line, ...]:
    """Return what weak sources alone say by the day of what it provides, and what they think."""
    found = (*agreement.content, *agreement.commentary)
    return context.lines(item for item in found if is_weak(context.library, item))


def not_printed(context: Context, lines: int, forecasts: Sequence[Predictions]) -> str:
    """Return how much the page does not print; nothing where it prints all."""
    words = context.words
    told = [words.say("unprinted_weak", n=lines)] if lines else []
    number = sum(len(group.rows) for group in forecasts)
    if number and not context.library.project.predictions:
        told.append(words.say("unprinted_predictions", n=number))
    return words.say("unprinted", what=words.list(told)) if told else ""
