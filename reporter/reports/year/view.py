"""A year: all reports that belong to it, and every promise that was made in it.

It is there where the index and the ledger have no room for all. Beside its page lies a file of the
words by which the index finds these reports.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library import identity
from reporter.records.meeting import Meeting
from reporter.reports.common.agreed_points import counts as standing_counts
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.ledger_rows import LedgerRow, ledger_rows, overdue
from reporter.reports.common.rows_shown import when_of, year_heading, year_of
from reporter.reports.common.sentences import brief, standings
from reporter.reports.headings import OF_SERIES, title
from reporter.reports.index.view import IndexGroup, counts, grouped, index_entries
from reporter.reports.views import Views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.choice import Choice
    from reporter.language import Language
    from reporter.records.agreement import Agreement
    from reporter.reports import Selection
    from reporter.reports.common.context import Context
    from reporter.reports.index.view import IndexEntry

FOUND = frozenset({"meeting", "upcoming", "agreement", "binder"})
"""The kinds that are found by the words of their records; others by their titles alone."""


class YearReport(WithFurther):
    """All that the page of a year prints."""

    bottom_line: str
    """How many reports there are, how many promises, and how they stand: 45 words at most."""
    groups: tuple[IndexGroup, ...]
    """The reports, with the words by which each is found."""
    promises: tuple[LedgerRow, ...]
    expectations: tuple[LedgerRow, ...]


def _printed(report: YearReport) -> Iterator[object]:
    for row in (*report.promises, *report.expectations):
        yield from (row.row.refs, row.row.evidence)


@printed_first(_printed)
def year_report(
    context: Context, selections: Sequence[Selection], choice: Choice, year: str
) -> YearReport:
    """Return the page of a year in this context; ``selections`` are the reports of that year."""
    entries = index_entries(context, selections, choice=choice, found=FOUND)
    library = context.library
    owners: tuple[Meeting | Agreement, ...] = (*library.every_meeting, *library.agreements.values())
    here = {identity(owner) for owner in owners if _is_of(owner, year)}
    rows = ledger_rows(context, concerns=lambda owned: identity(owned.owner) in here)
    promises = tuple(row for row in rows if row.kind == "promise")
    heading = year_heading(year)
    return YearReport(
        id=f"year-{year}",
        heading=heading,
        masthead=context.masthead(heading),
        bottom_line=brief(_sentences(context, selections, promises)),
        groups=tuple(grouped([_with_series(entry, context.words) for entry in entries])),
        promises=promises,
        expectations=tuple(row for row in rows if row.kind != "promise"),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _with_series(entry: IndexEntry, words: Language) -> IndexEntry:
    """Return the entry of a report on one of several series, called by that, too."""
    series = entry.heading.name
    if series is None or entry.heading.kind not in OF_SERIES:
        return entry
    alone = entry.short or title(entry.heading.model_copy(update={"name": None}), words)
    called = words.of("heading", "in_series", series=series.text, title=alone)
    return entry.model_copy(update={"short": called})


def _is_of(owner: Meeting | Agreement, year: str) -> bool:
    return year_of(when_of(owner)) == year


def _sentences(
    context: Context, selections: Sequence[Selection], promises: Sequence[LedgerRow]
) -> Iterator[str]:
    words = context.words
    yield counts(selections, context)
    if promises:
        told = standings(standing_counts(row.row for row in promises), words)
        yield words.capital(words.say("ledger_on_record", n=len(promises), counts=told))
        if late := overdue(promises):
            yield words.capital(words.say("are_overdue", n=late))


VIEWS = Views(
    YearReport,
    lambda _snapshot, year: year_heading(year),
    year_report,
    there=lambda _snapshot, _arguments: True,
)
