"""Which of very many promises a page shows: the most urgent; pages of the years have all."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeVar

from reporter.kinds import KINDS, UNDATED
from reporter.records.meeting import Meeting
from reporter.reports.views import Heading, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.dates import When
    from reporter.language import Language
    from reporter.library import Library
    from reporter.records.agreement import Agreement
    from reporter.reports.common.ledger_rows import LedgerRow
    from reporter.reports.common.related import PromisedThere

MOST_ROWS = 250  # of the promises, and of the expectations, on a page that is not that of a year


B = TypeVar("B", "LedgerRow", "PromisedThere")
"""A promise or an expectation as a row, which a page may leave to the page of its year."""


class Urgent(Protocol):
    """What a page shows before something else."""

    @property
    def needs_action(self) -> bool:
        """Whether it is not done, or late."""

    @property
    def last_heard(self) -> date:
        """When anything was heard of it last; else when it was made."""


class OfYear(Protocol):
    """What was said in some year."""

    @property
    def year(self) -> str:
        """The year, as the name of its page has it."""


U = TypeVar("U", bound=Urgent)


class YearLink(View):
    """A year that has a page."""

    report: str
    """Name of the files of its page."""
    text: str
    """``2019``, or in words that there is no date."""
    number: int
    """How much of what is meant stands there."""


class LeftOut(View):
    """What of very many rows a page does not show."""

    said: str
    """How many these are."""
    years: tuple[YearLink, ...]
    """The pages on which they stand."""


def bounded(rows: Iterable[B]) -> tuple[B, ...]:
    """Return the rows, of which not more than a page can hold are shown."""
    found = tuple(rows)
    hidden = {id(row) for row in hidden_of(found)}
    return tuple(
        row.model_copy(update={"shown": False}) if id(row) in hidden else row for row in found
    )


def hidden_of(rows: Sequence[U]) -> list[U]:
    """Return those of the rows for which a page has no room.

    What is not done goes first, in the order that it has, then what was heard of last.
    """
    if len(rows) <= MOST_ROWS:
        return []
    left = [row for row in rows if row.needs_action]
    over = (row for row in rows if not row.needs_action)
    latest = sorted(over, key=lambda row: row.last_heard, reverse=True)
    return (left + latest)[MOST_ROWS:]


def left_out(rows: Iterable[LedgerRow | PromisedThere], words: Language) -> LeftOut | None:
    """Return what is said of the rows that are not shown, where there are any."""
    hidden = [row for row in rows if not row.shown]
    said = words.say("most_urgent_shown", n=len(hidden)) if hidden else ""
    return LeftOut(said=said, years=years_of(hidden, words)) if hidden else None


def year_of(when: When | None) -> str:
    """Return the year of a day as the name of its page has it."""
    return f"{when.last.year:04}" if when else UNDATED


def heard_last(evidence: When | None, made: When | None) -> date:
    """Return when anything was heard of a promise last; else when it was made."""
    known = evidence or made
    return known.last if known else date.min


def when_of(owner: Meeting | Agreement) -> When | None:
    """Return when something was said: the day of a meeting, or that of a signing, if known."""
    return owner.date if isinstance(owner, Meeting) else owner.signed_on


def year_heading(year: str) -> Heading:
    """Return what the page of a year is called."""
    return Heading(kind="year", number=None if year == UNDATED else int(year))


def years_of(hidden: Iterable[OfYear], words: Language) -> tuple[YearLink, ...]:
    """Return the years in which what is not shown was said, the newest first."""
    years = Counter(row.year for row in hidden)
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
    agreements = (agreement.signed_on for agreement in library.agreements.values())
    visits = (visit.date for visit in library.visits.values())
    meetings = (meeting.date for meeting in library.every_meeting)
    return {year_of(when) for when in (*meetings, *agreements, *visits)}
