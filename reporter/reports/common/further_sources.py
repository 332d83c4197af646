"""Sources as a page cites them: those that it prints first, then those for other programs."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from reporter.reports.views import Report, SourceEntry, refs_in, renumbered

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable

    from reporter.reports.common.context import Context
    from reporter.reports.common.sources import Bibliography


class WithFurther(Report):
    """A report that holds more than its page prints."""

    further: tuple[SourceEntry, ...] = ()
    """The sources that the page does not cite."""


P = ParamSpec("P")
R = TypeVar("R", bound=WithFurther)


def printed_first(
    printed: Callable[[Any], Iterable[object]] = lambda report: (report,),
    rank: Callable[[SourceEntry], int] = lambda _entry: 0,
) -> Callable[[Callable[Concatenate[Context, P], R]], Callable[Concatenate[Context, P], R]]:
    """Let a function that makes a report number the sources first that its page cites.

    ``printed`` takes the report and returns what of it is printed: all, but for the rows that are
    not shown. ``rank`` orders what that cites, the least first.
    """

    def numbering(
        make: Callable[Concatenate[Context, P], R],
    ) -> Callable[Concatenate[Context, P], R]:
        @wraps(make)
        def made(context: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
            report = make(context, *args, **kwargs)
            cited = {ref.number for part in printed(report) for ref in refs_in(part)}
            return _numbered(report, cited, rank, context.sources)

        return made

    return numbering


def _numbered(
    report: R, cited: Container[int], rank: Callable[[SourceEntry], int], sources: Bibliography
) -> R:
    """Return a report with the sources of these numbers in front, in the order of ``rank``."""
    entries = (*report.sources, *report.further)
    found = [entry for entry in entries if entry.number in cited]
    order = [entry.id for entry in sorted(found, key=rank)]
    if order != [entry.id for entry in entries[: len(order)]]:
        old = {entry.id: entry.number for entry in entries}
        ids = (*order, *(name for name in old if name not in order))
        numbers = {old[name]: number for number, name in enumerate(ids, 1)}
        report = renumbered(report, numbers)
        entries = tuple(sorted(renumbered(entries, numbers), key=lambda entry: entry.number))
    entries += sources.passed()
    return report.model_copy(
        update={"sources": entries[: len(order)], "further": entries[len(order) :]}
    )
