"""The index: leads to every report that is built, and says by which words each can be found.

Of very many reports it leads to the newest, and to a page for each year, which has all of that
year; by which words they can be found stands in a file beside that page.
"""

from __future__ import annotations

import operator
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from pydantic import Field

from reporter.choice import EVERYTHING, FEED, Choice, MeetingKey, agreement_id
from reporter.dates import When
from reporter.kinds import GROUPS, KINDS
from reporter.library import Owned
from reporter.records.meeting import Meeting
from reporter.reports.common.agreed_points import counted, state
from reporter.reports.common.context import Context, settled
from reporter.reports.common.rows_shown import MOST_ROWS, year_heading, year_of
from reporter.reports.common.sentences import in_short, standings
from reporter.reports.headings import kind, place_in
from reporter.reports.index.search import FoundBy, together, words_of
from reporter.reports.upcoming.known import as_known
from reporter.reports.views import Heading, Label, Report, View, Views

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot, StandingWord
    from reporter.records.agreement import Agreement
    from reporter.records.visit import Visit
    from reporter.reports import Selection


MOST_REPORTS = 300  # to which the index leads by itself
MOST_LISTED = 60  # meetings, comparisons, agreements and visits to which it leads if there are more
LEAST_LISTED = 5  # the same for one of many series
MOST_FOUND = 50  # that its search then shows
SeriesNumber = tuple[str | None, MeetingKey]
"""The series and the number of a meeting."""


class IndexEntry(View):
    """A report that is built."""

    id: str
    """Name of its files, without the ending."""
    heading: Heading
    short: str = Field(default="", exclude=True)
    """Of a meeting whose place is known, its title without its date, which stands beside it."""
    date: When | None
    """Of the meeting, the later of two, or the signing; None if there is none or not verified."""
    formats: tuple[str, ...]
    """Endings of its files, the one to lead to first."""
    status: str = ""
    """How the promises made there stand: ``one missed, three open``."""
    words: FoundBy


class IndexGroup(View):
    """Reports of one kind."""

    name: str
    entries: tuple[IndexEntry, ...]


class SeriesGroup(IndexGroup):
    """Reports of one of several series."""

    series: Label


class SearchWords(View):
    """What the search says."""

    found: tuple[str, ...]
    """That so many reports were found: for none, for one, and so on."""
    kinds: dict[str, str]
    """By which sort of words."""


class PartsWords(SearchWords):
    """What the search says where its words stand in files of their own."""

    parts: tuple[str, ...] = Field(exclude=True)
    """The names of these files."""
    best: str = Field(exclude=True)
    """That more were found than are shown."""
    waiting: str = Field(exclude=True)
    """That the files are being loaded."""
    missing: tuple[str, ...] = Field(exclude=True)
    """That so many of them are not there: for none, for one, and so on."""


class IndexReport(Report):
    """All that the index prints."""

    bottom_line: str
    """How many reports of each kind there are."""
    search: SearchWords
    groups: tuple[IndexGroup | SeriesGroup, ...]
    number: int
    """How many reports there are."""
    latest: IndexEntry | None
    """The newest meeting."""
    feed: str = ""
    """The file of the feed, if there is one."""


class LargeIndexReport(IndexReport):
    """The index of very many reports, whose first group are the pages of the years."""

    search: PartsWords
    newest: str = Field(exclude=True)
    """That the other groups have the newest."""


class DatedReport(NamedTuple):
    """A report that was selected, and the date by which it is listed."""

    item: Selection
    heading: Heading
    date: When | None


L = TypeVar("L", IndexEntry, DatedReport)
"""What has a place in the index."""


def by_year(library: Library, selections: Sequence[Selection]) -> dict[str, tuple[Selection, ...]]:
    """Return the reports of each year that has a page of its own, the first year first.

    There is none while other pages have room for all.
    """
    made = sum(owned.statement.strength is not None for owned in library.all_statements)
    if len(selections) <= MOST_REPORTS and made <= MOST_ROWS:
        return {}
    found: dict[str, list[Selection]] = {}
    for item in selections:
        if year := _year_in(library, item):
            found.setdefault(year, []).append(item)
    return {year: tuple(found[year]) for year in sorted(found)}


def _year_in(library: Library, item: Selection) -> str | None:
    """Return the year to whose page a report belongs; None where it is about more than a year."""
    if item.heading.kind == "programme" or KINDS[item.heading.kind].group in {"whole", None}:
        return None
    return year_of(_date(library.part(item.series), item, _agreement(library, item)))


def index_entries(
    context: Context,
    selections: Sequence[Selection],
    *,
    choice: Choice = EVERYTHING,
    found: Container[str] = frozenset(KINDS),
) -> tuple[IndexEntry, ...]:
    """Return an entry for each of ``selections``, found by the words of the records it is about.

    Reports on all records are found by those of the meetings and agreements selected with them:
    what is not known on the day is not among these. Those of other kinds than ``found`` have none.
    """
    snapshot, library = context.snapshot, context.library
    meetings = {
        (item.series, key): library.part(item.series).meetings[key]
        for item in selections
        if item.heading.kind == "meeting"
        for key in _keys(item)
    }
    agreements = {
        item.id: agreement for item in selections if (agreement := _agreement(library, item))
    }
    entries: list[IndexEntry] = []
    for item in selections:
        agreement = agreements.get(item.id)
        if agreement:
            snapshot.is_made(agreement)  # from that day on it is shown here
        status, lines = _standing(context, _owners(item, meetings, agreement))
        words, is_found = FoundBy(), item.heading.kind in found
        if is_found:
            words = _words(snapshot, item, meetings, agreements)
        entries.append(
            IndexEntry(
                id=item.id,
                heading=item.heading,
                short=_short(item.heading, context.words),
                date=_date(library.part(item.series), item, agreement),
                formats=choice.pages(item.id),
                status=status,
                words=words.model_copy(update={"statuses": lines if is_found else ()}),
            )
        )
    return tuple(entries)


def _owners(
    item: Selection, meetings: Mapping[SeriesNumber, Meeting], agreement: Agreement | None
) -> list[Meeting | Agreement]:
    """Return the record of whose promises an entry gives the status."""
    if item.heading.kind == "meeting":
        return [meetings[item.series, key] for key in _keys(item)]
    return [agreement] if agreement else []


def _standing(
    context: Context, owners: Iterable[Meeting | Agreement]
) -> tuple[str, tuple[str, ...]]:
    """Return how the promises of these records stand, in short and each in a line."""
    words = context.words
    found: list[tuple[StandingWord, bool]] = []
    lines: list[str] = []
    for owner in owners:
        for statement in owner.statements_made:
            owned = Owned(statement, owner)
            if not statement.has_status or not context.was_said(owned):
                continue
            status, is_overdue, inferred = state(context, owned)
            found += [(status, inferred)] if statement.is_promise else []
            told = [words.of("status", status)] + ([words.say("overdue")] if is_overdue else [])
            told += [words.say("inferred")] if inferred else []
            lines.append(f"{', '.join(told)}: {in_short(statement, words)}")
    return standings(counted(found), words, alone=True), tuple(dict.fromkeys(lines))


@settled
def _expected_on(context: Context, meeting: Meeting) -> When:
    """Return for when a meeting is expected, which is told as soon as anything is told of it."""
    return as_known(context.snapshot, meeting).date


def _note_days(context: Context, entries: Iterable[IndexEntry]) -> None:
    """Note since when each report is as it is listed: one on a meeting since that is over."""
    meetings = {meeting.report: meeting for meeting in context.library.every_meeting}
    for entry in entries:
        meeting = meetings.get(entry.id)
        if meeting is None:
            context.snapshot.note(entry.date or entry.heading.date)
        elif entry.heading.kind == "meeting":
            context.snapshot.note_held(meeting)
        else:
            _expected_on(context, meeting)


def index_report(
    context: Context, *, selections: Sequence[Selection], choice: Choice = EVERYTHING
) -> IndexReport:
    """Return the index of ``selections`` in this context.

    It leads to the pages that there are once ``choice`` is built.
    """
    there = by_year(context.library, selections)
    listed = _newest(context.library, selections) if there else selections
    found = frozenset[str]() if there else frozenset(KINDS)
    entries = index_entries(context, listed, choice=choice, found=found)
    _note_days(context, entries)
    has_many = context.library.has_many
    own = {item.id: item.series if has_many else None for item in listed}
    shared = [entry for entry in entries if own[entry.id] is None]
    called = {"whole": "all"} if has_many else {}
    groups: list[IndexGroup] = [
        group.model_copy(update={"name": called.get(group.name, group.name)})
        for group in grouped(shared)
    ]
    groups[1:1] = _by_series(context, entries, own)
    number = sum(KINDS[item.heading.kind].group in GROUPS for item in selections)
    report = IndexReport(
        id="index",
        heading=Heading(kind="index"),
        masthead=context.masthead(Heading(kind="index")),
        bottom_line=counts(selections, context),
        search=_search(MOST_FOUND if there else number, context.words),
        groups=tuple(groups),
        number=number,
        feed=FEED if FEED in choice.there else "",
        latest=_latest(context, entries),
        speaks=context.speaks(),
        sources=(),
    )
    if not there:
        return report
    years = tuple(_year(year, there[year], choice, context.words) for year in reversed(there))
    return _large(report, years, context.words)


def _year(year: str, here: Sequence[Selection], choice: Choice, words: Language) -> IndexEntry:
    """Return the entry of the page of a year, with the number of its reports."""
    heading = year_heading(year)
    name = KINDS["year"].report((year,))
    told = words.say("index_reports", n=len(here))
    return IndexEntry(
        id=name,
        heading=heading,
        date=None,
        formats=choice.pages(name),
        status=told,
        words=FoundBy(),
    )


def _large(report: IndexReport, found: tuple[IndexEntry, ...], words: Language) -> LargeIndexReport:
    """Return the index with the pages of the years, beside which the words of its search are."""
    told = (words.capital(words.say("index_missing", n=n)) for n in range(len(found) + 1))
    search = PartsWords(
        **dict(report.search),
        parts=tuple(f"{entry.id}.js" for entry in found),
        best=words.say("index_best", n=MOST_FOUND),
        waiting=words.say("index_waiting"),
        missing=tuple(told),
    )
    groups = (IndexGroup(name="year", entries=found), *report.groups)
    more = {"search": search, "groups": groups, "newest": words.say("index_newest")}
    return LargeIndexReport(**dict(report) | more)


def _newest(library: Library, selections: Sequence[Selection]) -> list[Selection]:
    """Return, of each series and of what is shared, the newest; and all that is of no year."""
    most = max(LEAST_LISTED, MOST_LISTED // len(library.parts))
    dated: dict[str | None, list[DatedReport]] = {}
    for item in selections:
        date = _date(library.part(item.series), item, _agreement(library, item))
        dated.setdefault(item.series, []).append(DatedReport(item, item.heading, date))
    return [
        one.item
        for here in dated.values()
        for name in GROUPS
        for one in _sorted(name, here)[: None if name in {"whole", "programme"} else most]
    ]


def grouped(entries: Sequence[IndexEntry]) -> Iterator[IndexGroup]:
    """Yield these entries by the kind of their reports."""
    for name in GROUPS:
        if found := _sorted(name, entries):
            yield IndexGroup(name=name, entries=found)


def _by_series(
    context: Context, entries: Sequence[IndexEntry], own: Mapping[str, str | None]
) -> Iterator[SeriesGroup]:
    """Yield the reports of each of several series, whose name they need not repeat."""
    for name, part in context.library.parts.items():
        here = [
            entry.model_copy(update={"heading": entry.heading.model_copy(update={"name": None})})
            for entry in entries
            if own[entry.id] == name
        ]
        found = tuple(entry for group in GROUPS for entry in _sorted(group, here))
        if found:
            series = context.label(part.project.series)
            anchor = f"series-{name}" if name else "series"
            yield SeriesGroup(name=anchor, series=series, entries=found)


def counts(selections: Sequence[Selection], context: Context) -> str:
    """Return how many reports of each kind there are, as a sentence."""
    words, library = context.words, context.library
    called = {"whole": "all"} if library.has_many else {}
    groups = [KINDS[item.heading.kind].group for item in selections]
    found = [(called.get(name, name), n) for name in GROUPS if (n := groups.count(name))]
    if not found:
        return words.say("index_nothing")
    told = words.list([words.of("index_count", name, n=n) for name, n in found])
    return words.capital(words.say("index_counts", n=sum(n for _, n in found), counts=told))


def _latest(context: Context, entries: Iterable[IndexEntry]) -> IndexEntry | None:
    """Return the latest meeting that is known to have been held, of one day by its number."""
    meetings = {meeting.report: meeting for meeting in context.library.every_meeting}
    listed = [entry for entry in entries if entry.heading.kind == "meeting"]
    held = [entry for entry in listed if context.snapshot.took_place(meetings[entry.id])]
    return max(held, key=_by_date, default=None)


def _by_date(entry: IndexEntry) -> tuple[date, int]:
    return entry.date.last if entry.date else date.min, entry.heading.number or 0


def _search(number: int, words: Language) -> SearchWords:
    found = (words.capital(words.say("index_found", n=n)) for n in range(number + 1))
    kinds = {kind: words.of("index_kind", kind) for kind in FoundBy.model_fields}
    return SearchWords(found=tuple(found), kinds=kinds)


def _agreement(library: Library, item: Selection) -> Agreement | None:
    """Return the agreement that a report is about."""
    if item.heading.kind != "agreement":
        return None
    return library.agreements.get(item.id.removeprefix(agreement_id("")))


def _visit(library: Library, item: Selection) -> Visit | None:
    """Return the visit that a report is the binder of."""
    return next(
        (visit for visit in library.visits.values() if f"binder-{visit.id}" == item.id), None
    )


def _short(heading: Heading, words: Language) -> str:
    place = place_in(heading, words)
    if heading.kind != "meeting" or not place:
        return ""
    meeting = words.capital(kind(heading, words))
    return words.of("heading", "kind_place", meeting=meeting, place=place)


def _keys(item: Selection) -> tuple[MeetingKey, ...]:
    """Return the meetings of a series that a report is about."""
    choice = Choice.named(item.id)
    of_meetings = choice and choice.kind and "meeting" in KINDS[choice.kind].takes
    return choice.arguments if choice and of_meetings else ()


def _date(library: Library, item: Selection, agreement: Agreement | None) -> When | None:
    heading = item.heading
    if heading.kind == "programme":  # the first that is on record of it says little to a reader
        return None
    if heading.date is not None or heading.kind == "upcoming":
        return heading.date
    if keys := _keys(item):
        return max(library.meetings[key].date for key in keys)
    return agreement.signed_on if agreement else None


def _words(
    snapshot: Snapshot,
    item: Selection,
    meetings: Mapping[SeriesNumber, Meeting],
    agreements: Mapping[str, Agreement],
) -> FoundBy:
    heading = item.heading
    match heading.kind:
        case "meeting" | "upcoming" | "comparison":
            found = [
                meeting
                for (series, key), meeting in meetings.items()
                if series == item.series and key in _keys(item)
            ]
            return together(words_of(snapshot, meeting) for meeting in found)
        case "agreement":
            return together(
                words_of(snapshot, agreement)
                for name, agreement in agreements.items()
                if name == item.id
            )
        case "binder":
            visit = _visit(snapshot.library, item)
            return FoundBy(titles=tuple(visit.title.root.values()) if visit else ())
    of_meetings = together(
        words_of(snapshot, meeting)
        for meeting in meetings.values()
        if item.series in (None, meeting.series)
    )
    if heading.kind == "series":
        return of_meetings.model_copy(update={"promises": ()})
    of_agreements = together(words_of(snapshot, agreement) for agreement in agreements.values())
    return FoundBy(promises=together([of_meetings, of_agreements]).promises)


def _sorted(name: str, entries: Iterable[L]) -> tuple[L, ...]:
    """Return the entries of a group, the latest first, what is to come before it.

    Of the rest, what has no date comes last.
    """
    kinds = [kind for kind, its in KINDS.items() if its.group == name]
    found = [entry for kind in kinds for entry in entries if entry.heading.kind == kind]
    if name == "whole":
        return tuple(found)
    coming = (entry for entry in found if entry.heading.kind == "upcoming")
    ahead = sorted(coming, key=lambda entry: entry.heading.number or 0, reverse=True)
    held = [entry for entry in found if entry.heading.kind != "upcoming"]
    dated = [(entry.date.last, entry) for entry in held if entry.date]
    latest = [entry for _, entry in sorted(dated, key=operator.itemgetter(0), reverse=True)]
    return tuple(ahead + latest + [entry for entry in held if not entry.date])


VIEWS = Views(
    IndexReport,
    lambda _snapshot: Heading(kind="index"),
    lambda context, selections, choice: index_report(context, selections=selections, choice=choice),
)
