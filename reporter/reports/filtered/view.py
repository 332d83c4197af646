"""A part of the ledger: the lines for which all of some filters hold, what needs action first.

Each line is the ledger's own, and so is what the ledger said wrong.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.filters import Filters
from reporter.language import Share
from reporter.library.snapshot import UNFINISHED
from reporter.problems import stop
from reporter.reports.common.agreed_points import counts
from reporter.reports.common.context import settled
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.ledger_rows import (
    LedgerRow,
    is_late,
    is_unchecked,
    number_of_rows,
    overdue,
    rows_of,
    with_own,
)
from reporter.reports.common.rows_shown import YearLink, bounded, years_of
from reporter.reports.common.sentences import brief, standings, unread, who
from reporter.reports.filtered.keeping import keeping, owners_of
from reporter.reports.party.rows import unread_with
from reporter.reports.views import Heading, Label, View, Views

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot
    from reporter.reports.common.context import Context

MOST_URGENT = 15  # lines that need action, on one page with the head of the report


class OwnerGroup(View):
    """What is owed by one side or body, or by several together."""

    heading: str
    rows: tuple[LedgerRow, ...]
    """What is due first comes first, what has no date last."""
    shown: bool
    """Whether the page shows any of them."""


class FilteredReport(WithFurther):
    """All that a part of the ledger prints."""

    shown: str
    """What was asked for, and how many of how many lines these are."""
    number: int
    """How many lines these are."""
    of: int
    """How many lines the whole ledger has."""
    officer: str
    """Who follows all of them up, in words; nothing where that differs, and each line says it."""
    bottom_line: str
    """How the promises stand, what is overdue and unchecked: 45 words at most."""
    urgent: tuple[LedgerRow, ...]
    """What needs action first: not done, and late, unchecked or dated; the worst first."""
    groups: tuple[OwnerGroup, ...]
    """All others by who owes them, our own first."""
    unread: str
    """Which statements are here only in part, and may hold others."""
    finished: str
    """How many the page does not show; nothing where it shows all."""
    years: tuple[YearLink, ...] = Field(default=(), exclude=True)
    """The pages on which those stand."""

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """All lines, as they stand on the page."""
        return (*self.urgent, *(row for group in self.groups for row in group.rows))


def filtered_heading(library: Library, name: str) -> Heading:
    """Return what a part of the ledger is called: by the party and the owner, if they are named."""
    filters = _filters(name)
    bodies = {name: body.name for name, body in library.bodies.items()}
    called = bodies | {name: side.name for name, side in library.sides.items()}
    named = [called[one] for one in (filters.party, filters.owner) if one]
    texts = [one.best(library.project.language) for one in named]
    if not texts:
        return Heading(kind="filtered")
    label = Label(language=texts[0][0], text=", ".join(dict.fromkeys(text for _, text in texts)))
    return Heading(kind="filtered", name=label)


def _printed(report: FilteredReport) -> Iterator[object]:
    return iter((*(row.row.refs for row in report.rows if row.shown), report.corrections))


def _filters(name: str) -> Filters:
    filters = Filters.named(name)
    assert filters is not None  # noqa: S101 (the choice has seen to it)
    return filters


@printed_first(_printed)
def filtered_report(context: Context, name: str) -> FilteredReport:
    """Return the part of the ledger of which this is the name, in this context.

    Its page leaves what was heard of each line last to the ledger; the sources of that come after
    those that it cites. Raises ReporterError where the party is our own side.
    """
    library, filters, words = context.library, _filters(name), context.words
    if filters.party and library.parties[filters.party] == library.desk:
        message = f"'{filters.party}' is the side whose briefing it is"
        hint = f"ask for what it owes, with --owner {filters.party}, or name another --desk"
        stop(None, message, hint)
    kept = rows_of(context, keeping(library, filters))
    rows = with_own(context, kept, owners_of(library, filters.owner) if filters.owner else ())
    urgent = [row for row in rows if _needs_action(row)][:MOST_URGENT]
    left = bounded(row for row in rows if not any(row is one for one in urgent))
    hidden = [row for row in left if not row.shown]
    total = number_of_rows(context)
    said = words.say("dot").join(_said(context, filters))
    officers = [row.officer for row in rows]
    one_officer = bool(rows) and officers[0] is not None and len({*officers}) == 1
    told = words.say("filtered_of", n=total, shown=len(rows), all=total)
    return FilteredReport(
        id=f"ledger--{name}",
        heading=filtered_heading(library, name),
        masthead=context.masthead(filtered_heading(library, name)),
        shown=words.capital(words.say("filtered_shown", what=said, of=told)),
        number=len(rows),
        of=total,
        officer=words.say("followed_up_by", name=officers[0]) if one_officer else "",
        bottom_line=brief(_sentences(rows, words)),
        urgent=tuple(urgent),
        groups=tuple(_groups(context, left)),
        unread=_unread(context, filters),
        finished=words.say("ledger_finished", n=len(hidden)) if hidden else "",
        years=years_of(hidden, words),
        corrections=context.corrections("ledger"),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


@settled
def _unread(context: Context, filters: Filters) -> str:
    """Return which statements of meetings with those who are asked for are here only in part."""
    library = context.library
    if filters.party:
        return unread_with(context, library.parties[filters.party])
    if filters.owner:
        body = library.bodies.get(filters.owner)
        return unread_with(context, body.id if body else filters.owner)
    held = filter(context.snapshot.was_held, library.every_meeting)
    return unread(context.snapshot, held, context.words)


def _said(context: Context, filters: Filters) -> Iterator[str]:
    """Yield what was asked for, in words."""
    words, library = context.words, context.library
    if filters.party:
        party = context.party(library.parties[filters.party]).text
        yield words.say("filtered_party", who=party)
    if filters.owner:
        body = library.bodies.get(filters.owner)
        owner = context.party(body.id if body else filters.owner).text
        yield words.say("filtered_owner", who=owner)
    if filters.standings:
        found = [_standing(word, words) for word in filters.standings]
        yield words.either(found)
    if filters.before:
        yield words.say("filtered_before", date=words.day(filters.before))


def _standing(word: str, words: Language) -> str:
    if word in {"overdue", "unchecked"}:
        return words.say(f"filtered_{word}")
    return words.small(words.of("status", word))


def _needs_action(row: LedgerRow) -> bool:
    standing = row.row.standing
    if standing.status not in UNFINISHED:
        return False
    return is_late(row) or is_unchecked(row) or row.row.due is not None


def _sentences(rows: Sequence[LedgerRow], words: Language) -> Iterator[str]:
    """Yield how the promises among the lines stand, and what of all is late."""
    if not rows:
        yield words.say("filtered_none")
        return
    promises = [row.row for row in rows if row.kind == "promise"]
    if promises:
        told = standings(counts(promises), words)
        yield words.capital(words.say("filtered_promises", n=len(promises), counts=told))
    if len(promises) < len(rows):
        expected = len(rows) - len(promises)
        yield words.capital(words.say("filtered_expected", n=expected))
    if late := overdue(rows):
        yield words.capital(words.say("are_overdue", n=Share(late, len(rows))))
    if unchecked := sum(map(is_unchecked, rows)):
        yield f"{words.capital(words.say('ledger_unchecked', n=Share(unchecked, len(rows))))}."


def _groups(context: Context, rows: Sequence[LedgerRow]) -> Iterator[OwnerGroup]:
    """Yield the lines of each owner: our own side first, then in the order of the project."""
    order, desk = tuple(context.library.sides), context.library.desk
    found: dict[str, list[LedgerRow]] = {}
    for row in rows:
        found.setdefault(who(row.row.who, context.words), []).append(row)

    def place(item: tuple[str, list[LedgerRow]]) -> tuple[object, ...]:
        sides = item[1][0].sides
        ours = desk in sides
        several = len(item[1][0].row.who.names) > 1
        return (not ours, not sides, several, *map(order.index, sides[:1]), item[0])

    for name, its in sorted(found.items(), key=place):
        its.sort(key=lambda row: (row.row.due.last if row.row.due else date.max, row.row.id))
        shown = any(row.shown for row in its)
        yield OwnerGroup(heading=context.words.capital(name), rows=tuple(its), shown=shown)


def _is_there(snapshot: Snapshot, arguments: tuple[str]) -> bool:
    """Return whether it is about another party than the side whose briefing it is."""
    library, party = snapshot.library, _filters(arguments[0]).party
    return not party or library.parties[party] != library.desk


VIEWS = Views(
    FilteredReport,
    lambda snapshot, name: filtered_heading(snapshot.library, name),
    filtered_report,
    there=_is_there,
)
