"""Sources as a page cites them: those that it prints first, then those for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reporter.reports.views import Report, SourceEntry, refs_in, renumbered

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reporter.reports.common.context import Context


class WithFurther(Report):
    """A report that holds more than its page prints."""

    further: tuple[SourceEntry, ...] = ()
    """The sources that the page does not cite."""


R = TypeVar("R", bound=WithFurther)


def all_shown(report: R) -> tuple[R]:
    """Return a report: its page prints all of it but the rows that are not shown."""
    return (report,)


def printed_first(
    context: Context,
    make: Callable[[Context], R],
    printed: Callable[[R], Iterable[object]] = all_shown,
    rank: Callable[[SourceEntry], int] = lambda _entry: 0,
) -> R:
    """Return the report that ``make`` makes, with the sources that its page cites in front.

    ``printed`` takes a report and returns what of it is printed; ``rank`` orders what that cites,
    the least first.
    """
    report = make(context)
    cited = {ref.number for part in printed(report) for ref in refs_in(part)}
    entries = (*report.sources, *report.further)
    found = [entry for entry in entries if entry.number in cited]
    order = [entry.id for entry in sorted(found, key=rank)]
    if order != [entry.id for entry in entries[: len(order)]]:
        old = {entry.id: entry.number for entry in entries}
        ids = (*order, *(name for name in old if name not in order))
        numbers = {old[name]: number for number, name in enumerate(ids, 1)}
        report = renumbered(report, numbers)
        entries = tuple(sorted(renumbered(entries, numbers), key=lambda entry: entry.number))
    entries += context.sources.passed()
    return report.model_copy(
        update={"sources": entries[: len(order)], "further": entries[len(order) :]}
    )
