"""The ledger: all promises and expectations of meetings and agreements, and their outcomes."""

from __future__ import annotations

from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.language import Share
from reporter.library.snapshot import UNFINISHED
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_STEP
from reporter.reports.common.context import Context
from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.ledger_rows import (
    LedgerRow,
    Made,
    StatementKind,
    is_late,
    made_at,
    told_once,
)
from reporter.reports.common.mid_sentence import inside
from reporter.reports.common.review_marks import changed_line
from reporter.reports.common.rows_shown import YearLink, hidden_of, years_of
from reporter.reports.common.sentences import brief, ended, report_on, rest, standings, unread
from reporter.reports.ledger.ledger_items import LedgerItem, counts, matters_of, rows_shown
from reporter.reports.views import Count, Heading, View, Views, Who

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.language import Language
    from reporter.library import Library
    from reporter.records.meeting import Meeting


MOST_NAMED = 3  # of the promises that are late, in the bottom line
MOST_SERIES = 8  # that are named below the title
MOST_PLACES = 150  # meetings, and agreements, on the page


class MadeAt(View):
    """A meeting or an agreement, and what was promised there."""

    made: Made
    complete: bool = True
    """Of a meeting: whether all of its statement is here."""
    promises: int
    counts: tuple[Count, ...]
    """Where the promises stand."""
    expectations: int
    overdue: int
    shown: bool = True
    """Whether the page shows it: of very many, the newest of which something is left to do."""


class Tally(View):
    """How many promises and expectations there are of one kind."""

    promises: int
    unfinished: int
    """How many of the promises are not done."""
    expectations: int


class SideTally(Tally):
    """What one side owes, or all sides together."""

    who: Who | None
    """None for what is owed by bodies of neither side."""


class DueTally(Tally):
    """What is due in a year."""

    year: int | None
    """None for what has no date."""


class Mended(View):
    """A correction, and the reports with which it is printed."""

    id: str
    day: date
    said: str
    right: str
    reports: tuple[str, ...]


class LedgerReport(WithFurther):
    """All that the ledger prints."""

    covers: str = ""
    """Of which series the promises are, where there are several."""
    bottom_line: str
    """How many promises there are, how they stand, and what nobody has read: 45 words at most."""
    note: str
    """What the bottom line has no room for."""
    unread: tuple[int | str, ...]
    """Those whose statement is here only in part: numbers; ids where there are several series."""
    agreements: int
    """How many agreements hold a promise."""
    dated: int
    """How many promises have a date."""
    overdue: int
    unchecked: int
    """How many promises nobody has looked at since their due date, or for nine months."""
    promise_counts: tuple[Count, ...]
    expectation_counts: tuple[Count, ...]
    by_meeting: tuple[MadeAt, ...]
    by_agreement: tuple[MadeAt, ...]
    """Agreements with a promise or an expectation, oldest first."""
    by_side: tuple[SideTally, ...]
    by_due: tuple[DueTally, ...]
    promises: tuple[LedgerRow, ...]
    """All of them, for other programs; the page shows those that are ``shown``."""
    expectations: tuple[LedgerRow, ...]
    finished: str
    """How many the page does not show; nothing where it shows all."""
    years: tuple[YearLink, ...] = Field(default=(), exclude=True)
    """The pages on which those stand."""
    unknown: tuple[str, ...] = ()
    """Questions of the whole project that stay open, where no series of its own tells them."""
    mended: tuple[Mended, ...] = ()
    """All corrections, whichever report they are printed with, for other programs."""


def _printed(report: LedgerReport) -> Iterator[object]:
    """Yield what has references on the page: what weak sources alone say has no room there."""
    for row in (*report.promises, *report.expectations):
        if row.shown:
            yield from (row.row.refs, row.row.evidence)
    yield report.corrections


@printed_first(_printed)
def ledger_report(context: Context, *, whole: bool = True) -> LedgerReport:
    """Return the ledger in this context, with all promises and expectations.

    It grows with the series, its page does not: of very many promises, it has those that need
    action most and those that were finished last, and the pages of the years have all. Without the
    ``whole``, those alone are in the view that its page shows.
    """
    library, words = context.library, context.words
    held = [meeting for meeting in library.every_meeting if context.snapshot.was_held(meeting)]
    matters = matters_of(context)
    owed = [matter for matter in matters if matter.kind == "promise"]
    expected = [matter for matter in matters if matter.kind == "expectation"]
    hidden = [*hidden_of(owed), *hidden_of(expected)]
    promises, expectations = map(told_once, rows_shown(context, matters, whole=whole))
    by_agreement = tuple(_by_agreement(matters))
    by_meeting = tuple(_by_meeting(context, held, matters))
    in_part = [meeting for meeting in held if not meeting.statements.complete]
    said = tuple(_sentences(context, owed, promises, unread(context.snapshot, held, words)))
    return LedgerReport(
        id="ledger",
        heading=Heading(kind="ledger"),
        masthead=context.masthead(Heading(kind="ledger")),
        covers=_covers(library, words) if library.has_many else "",
        bottom_line=brief(said),
        note=rest(said),
        unread=tuple(one.id if library.has_many else one.key for one in in_part),
        agreements=sum(place.promises > 0 for place in by_agreement),
        dated=_dated(owed),
        overdue=_overdue(owed),
        unchecked=_unchecked(owed),
        promise_counts=counts(owed),
        expectation_counts=counts(expected),
        by_meeting=_at_work(by_meeting),
        by_agreement=_at_work(by_agreement),
        by_side=tuple(_by_side(context, matters)),
        by_due=tuple(_by_due(matters)),
        promises=promises,
        expectations=expectations,
        finished=words.say("ledger_finished", n=len(hidden)) if hidden else "",
        years=years_of(hidden, words),
        unknown=library.project.not_verified if library.has_many and not library.has_own else (),
        corrections=context.corrections("ledger"),
        mended=tuple(_register(context)),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
        review=changed_line(context, (), (matter.owned.statement for matter in matters)),
    )


def _covers(library: Library, words: Language) -> str:
    """Return of which series the ledger is: the head of its pages names the project alone."""
    series = [part.project.short.best(words.code)[1] for part in library.parts.values()]
    if len(series) > MOST_SERIES:  # the places below name them
        return words.say("ledger_covers_many", n=len(series))
    return words.say("ledger_covers", n=len(series), series=words.list(series))


def _register(context: Context) -> Iterator[Mended]:
    """Yield what our pages said wrong, as far as it was found by the day, the oldest first."""
    known = [
        item for item in context.library.corrections.values() if context.snapshot.knows(item.on)
    ]
    for item in sorted(known, key=lambda item: item.on):
        reports = (*(report_on(context.library, name) for name in item.about), *item.report)
        yield Mended(
            id=item.id,
            day=item.on.last,
            said=item.said,
            right=item.right,
            reports=reports,
        )


def _sentences(
    context: Context, owed: Sequence[LedgerItem], promises: Iterable[LedgerRow], untold: str
) -> Iterator[str]:
    """Yield how many promises there are, what is left of them, and where there may be others.

    ``owed`` has all of them, ``promises`` the most urgent at least.
    """
    words, number = context.words, len(owed)
    if owed:
        said = words.say("ledger_on_record", n=number, counts=standings(counts(owed), words))
        yield words.capital(said)
        named = list(islice(_late(context, promises), MOST_NAMED + 1))
        if named:
            key = "ledger_late" if len(named) <= MOST_NAMED else "ledger_late_some"
            said = words.say(key, what=words.list(named[:MOST_NAMED]))
            yield ended(said.removesuffix("."))
        left = list(_counted(context, owed, named)) if number > 1 else []
        if number == 1 and _unchecked(owed):
            yield words.say("ledger_unchecked_alone")
        if twice := sum(bool(matter.others) for matter in owed):
            left.append(words.say("ledger_twice", n=twice))
        if left:
            yield f"{words.capital(words.list(left))}."
    else:
        yield words.capital(words.say("ledger_empty"))
    if untold:
        yield untold


def _counted(context: Context, owed: Sequence[LedgerItem], named: Sequence[str]) -> Iterator[str]:
    """Yield how many of several have a date, are late where not all are named, and unchecked."""
    words, number = context.words, len(owed)
    if dated := _dated(owed):
        yield words.say("ledger_dated", n=Share(dated, number))
    if (late := _overdue(owed)) and (len(named) > MOST_NAMED or late > len(named)):
        yield words.say("overdue_count", n=Share(late, number))
    if unchecked := _unchecked(owed):
        yield words.say("ledger_unchecked", n=Share(unchecked, number))


def _late(context: Context, promises: Iterable[LedgerRow]) -> Iterator[str]:
    """Yield what is late in a few words each; the same due on two days once."""
    told: set[str] = set()
    for row in filter(is_late, promises):
        text = cut(inside(context, row.row.short), WORDS_OF_A_STEP)
        same = context.library.statements[row.row.id].statement.same_as
        marks = {text, row.row.id, *([same] if same else [])}
        if told.isdisjoint(marks):
            yield text
        told |= marks


def _by_meeting(
    context: Context, held: Sequence[Meeting], matters: Sequence[LedgerItem]
) -> Iterator[MadeAt]:
    places = _by_place(matters)
    for meeting in held:
        yield _place(
            made_at(context, meeting),
            [(kind, matter) for _, kind, matter in places.get(meeting.report, ())],
            complete=meeting.statements.complete,
        )


def _by_agreement(matters: Sequence[LedgerItem]) -> Iterator[MadeAt]:
    places = _by_place(matters)
    first = [here[0][0] for here in places.values()]
    signed = [made for made in first if made.heading.kind == "agreement"]
    for made in sorted(
        signed, key=lambda made: (made.on.last if made.on else date.max, made.report)
    ):
        yield _place(made, [(kind, matter) for _, kind, matter in places[made.report]])


def _at_work(places: tuple[MadeAt, ...]) -> tuple[MadeAt, ...]:
    """Return the meetings or agreements, the oldest first.

    Of very many, the newest with something left to do are shown.
    """
    if len(places) <= MOST_PLACES:
        return places
    newest = {id(place) for place in [*filter(_has_work, places)][-MOST_PLACES:]}
    return tuple(place.model_copy(update={"shown": id(place) in newest}) for place in places)


def _has_work(place: MadeAt) -> bool:
    left = sum(count.number for count in place.counts if count.status in UNFINISHED)
    return bool(left or place.overdue or not place.complete)


def _by_place(
    matters: Iterable[LedgerItem],
) -> dict[str, list[tuple[Made, StatementKind, LedgerItem]]]:
    """Return them by the report on what they were made at: at each of several places."""
    found: dict[str, list[tuple[Made, StatementKind, LedgerItem]]] = {}
    for matter in matters:
        for made, kind in matter.places:
            found.setdefault(made.report, []).append((made, kind, matter))
    return found


def _place(
    made: Made, matters: Sequence[tuple[StatementKind, LedgerItem]], *, complete: bool = True
) -> MadeAt:
    owed = [matter for kind, matter in matters if kind == "promise"]
    return MadeAt(
        made=made,
        complete=complete,
        promises=len(owed),
        counts=counts(owed),
        expectations=len(matters) - len(owed),
        overdue=_overdue(owed),
    )


def _by_side(context: Context, matters: Sequence[LedgerItem]) -> Iterator[SideTally]:
    """Yield what each side owes alone, in the project's order, then what several owe together."""
    order = tuple(context.library.sides)
    groups: dict[tuple[str, ...], list[LedgerItem]] = {}
    for matter in matters:
        groups.setdefault(matter.sides, []).append(matter)
    for sides in sorted(
        groups, key=lambda sides: (not sides, len(sides), *map(order.index, sides))
    ):
        yield SideTally(who=context.who(sides) if sides else None, **_tally(groups[sides]))


def _by_due(matters: Sequence[LedgerItem]) -> Iterator[DueTally]:
    """Yield what is due in each year, by the last day of the due date, then what has no date."""
    years: dict[int | None, list[LedgerItem]] = {}
    for matter in matters:
        due = matter.standing.due
        years.setdefault(due.last.year if due else None, []).append(matter)
    for year in sorted(years, key=lambda year: year or date.max.year + 1):
        yield DueTally(year=year, **_tally(years[year]))


def _tally(matters: Sequence[LedgerItem]) -> dict[str, int]:
    owed = [matter for matter in matters if matter.kind == "promise"]
    return {
        "promises": len(owed),
        "unfinished": sum(matter.status in UNFINISHED for matter in owed),
        "expectations": len(matters) - len(owed),
    }


def _dated(matters: Iterable[LedgerItem]) -> int:
    return sum(matter.standing.due is not None for matter in matters)


def _overdue(matters: Iterable[LedgerItem]) -> int:
    return sum(matter.standing.is_overdue for matter in matters)


def _unchecked(matters: Iterable[LedgerItem]) -> int:
    return sum(matter.standing.unchecked_since is not None for matter in matters)


VIEWS = Views(
    LedgerReport,
    lambda _snapshot: Heading(kind="ledger"),
    ledger_report,
    page=partial(ledger_report, whole=False),
    every=lambda _snapshot: ((),),
)
