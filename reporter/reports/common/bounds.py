"""What of very many promises a page shows: what needs action most; years have pages with all."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from reporter.kinds import KINDS, UNDATED
from reporter.library.snapshot import UNFINISHED
from reporter.reports.common.background import signed
from reporter.reports.common.undertaken import LedgerRow, is_late
from reporter.reports.views import Heading, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.dates import When
    from reporter.language import Language
    from reporter.library import Library

MOST_ROWS = 250  # of the promises, and of the expectations, on a page that is not that of a year


class YearLink(View):
    """A year that has a page."""

    report: str
    """Name of the files of its page."""
    text: str
    """``2019``, or in words that there is no date."""
    number: int
    """How much of what is meant stands there."""


def bounded(rows: Iterable[LedgerRow]) -> tuple[LedgerRow, ...]:
    """Return the rows, of which not more than a page can hold are shown.

    What is not done goes first, in the order that it has, then what was heard of last.
    """
    found = tuple(rows)
    if len(found) <= MOST_ROWS:
        return found
    left = [row for row in found if _needs_action(row)]
    over = [row for row in found if not _needs_action(row)]
    over.sort(key=_last_heard, reverse=True)
    hidden = {id(row) for row in (*left, *over)[MOST_ROWS:]}
    return tuple(
        row.model_copy(update={"shown": False}) if id(row) in hidden else row for row in found
    )


def _needs_action(row: LedgerRow) -> bool:
    return is_late(row) or row.row.standing.status in UNFINISHED


def _last_heard(row: LedgerRow) -> date:
    newest = row.row.evidence.date if row.row.evidence else None
    known = newest or row.made.on
    return known.last if known else date.min


def year_of(when: When | None) -> str:
    """Return the year of a day as the name of its page has it."""
    return f"{when.last.year:04}" if when else UNDATED


def year_heading(year: str) -> Heading:
    """Return what the page of a year is called."""
    return Heading(kind="year", number=None if year == UNDATED else int(year))


def years_of(rows: Iterable[LedgerRow], words: Language) -> tuple[YearLink, ...]:
    """Return the years in which what is not shown was said, the newest first."""
    years = Counter(year_of(row.made.on) for row in rows if not row.shown)
    return tuple(
        YearLink(
            report=KINDS["year"].report((year,)),
            text=words.capital(words.say("no_date")) if year == UNDATED else year,
            number=years[year],
        )
        for year in sorted(years, key=lambda year: year.replace(UNDATED, ""), reverse=True)
    )


def years_on_record(library: Library) -> set[str]:
    """Return the years of all meetings, agreements and visits."""
    agreements = (signed(agreement) for agreement in library.agreements.values())
    visits = (visit.date for visit in library.visits.values())
    meetings = (meeting.date for meeting in library.every_meeting)
    return {year_of(when) for when in (*meetings, *agreements, *visits)}
