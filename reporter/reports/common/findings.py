"""For other programs: all that was found of a statement or a plan; a page shows the newest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.reports.common.further_sources import WithFurther
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

    from reporter.records.statements import Entry, Forecast, Statement
    from reporter.reports.common.context import Context


class Finding(View):
    """An evidence, or a check that found nothing."""

    date: When
    """Of what happened, or of the check."""
    where: str | None
    """Where somebody looked; None of an evidence."""
    text: str
    status: str | None
    """The status that it sets, of what has one; of a forecast, how it turned out."""
    inferred: bool
    refs: Refs
    """All of its sources."""


class Found(View):
    """What was found of one statement by the day, oldest first."""

    id: str
    text: str
    findings: tuple[Finding, ...]


class WithFindings(WithFurther):
    """A report that keeps, for other programs, what its page has no room for."""

    found: tuple[Found, ...] = ()

    def completed(self, context: Context, items: Iterable[Statement | Forecast]) -> Self:
        """Return it with all that was found of ``items``.

        It changes nothing of what the page says: neither its day nor its sources.
        """
        history = context.afresh().snapshot.history
        findings = ((item, history(item.history)) for item in items)
        found = tuple(
            Found(
                id=item.id or "",
                text=item.text,
                findings=tuple(_finding(context, item, entry) for entry in entries),
            )
            for item, entries in findings
            if entries
        )
        further = context.sources.entries()[len(self.sources) :]
        return self.model_copy(update={"found": found, "further": further})


def _finding(context: Context, item: Statement | Forecast, entry: Entry) -> Finding:
    has_status = getattr(item, "has_status", False)
    return Finding(
        date=entry.when,
        where=entry.where,
        text=context.told(entry),
        status=(entry.status if has_status else None) or entry.turned_out,
        inferred=entry.inferred,
        refs=context.sources.cite(entry.source or (), most=None),
    )
