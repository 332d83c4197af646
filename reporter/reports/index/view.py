"""The index: leads to every report that is built, and says by which words each can be found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from reporter.choice import EVERYTHING, agreement_id
from reporter.dates import When
from reporter.kinds import GROUPS, KINDS
from reporter.library import Owned
from reporter.records.meeting import Meeting
from reporter.reports.common.background import signed
from reporter.reports.common.context import Context
from reporter.reports.common.promises import counted, state
from reporter.reports.index.search import Words, agreement_words, meeting_words, together
from reporter.reports.views import Heading, Report, View, Views

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reporter.choice import Choice
    from reporter.language import Language
    from reporter.library import Library
    from reporter.library.snapshot import Snapshot, StandingWord
    from reporter.records.agreement import Agreement


class IndexEntry(View):
    """A report that is built."""

    id: str
    """Name of its files, without the ending."""
    heading: Heading
    date: When | None
    """Of the meeting, the later of two, or the signing; None if there is none or not verified."""
    formats: tuple[str, ...]
    """Endings of its files, the one to lead to first."""
    status: str = ""
    """How the promises made there stand: ``one missed, three open``."""
    words: Words


class IndexGroup(View):
    """Reports of one kind."""

    name: str
    entries: tuple[IndexEntry, ...]


class SearchWords(View):
    """What the search says."""

    found: tuple[str, ...]
    """That so many reports were found: for none, for one, and so on."""
    kinds: dict[str, str]
    """By which sort of words."""


class IndexReport(Report):
    """All that the index prints."""

    bottom_line: str
    """How many reports of each kind there are."""
    search: SearchWords
    groups: tuple[IndexGroup, ...]
    number: int
    """How many reports there are."""
    latest: IndexEntry | None
    """The newest meeting."""


class Chosen(Protocol):
    """A report that was selected."""

    @property
    def id(self) -> str:
        """Name of its files, without the ending."""

    @property
    def heading(self) -> Heading:
        """What it is called."""


def index_entries(
    context: Context, selections: Sequence[Chosen], *, choice: Choice = EVERYTHING
) -> tuple[IndexEntry, ...]:
    """Return an entry for each of ``selections``, found by the words of the records it is about.

    Reports on all records are found by those of the meetings and agreements selected with them:
    what is not known on the day is not among these.
    """
    snapshot, library = context.snapshot, context.library
    numbers = [item.heading.number for item in selections if item.heading.kind == "meeting"]
    meetings = {number: library.meetings[number] for number in numbers if number is not None}
    agreements = {
        item.id: agreement for item in selections if (agreement := _agreement(library, item))
    }
    entries: list[IndexEntry] = []
    for item in selections:
        agreement = agreements.get(item.id)
        if agreement:
            snapshot.is_made(agreement)  # from that day on it is shown here
        status, lines = _standing(context, _owners(item.heading, meetings, agreement))
        words = _words(snapshot, item, meetings, agreements)
        entries.append(
            IndexEntry(
                id=item.id,
                heading=item.heading,
                date=_date(library, item.heading, agreement),
                formats=choice.pages(item.id),
                status=status,
                words=words.model_copy(update={"statuses": lines}),
            )
        )
    return tuple(entries)


def _owners(
    heading: Heading, meetings: Mapping[int, Meeting], agreement: Agreement | None
) -> list[Meeting | Agreement]:
    """Return the record of whose promises an entry gives the status."""
    if heading.kind == "meeting" and heading.number and heading.number in meetings:
        return [meetings[heading.number]]
    return [agreement] if agreement else []


def _standing(
    context: Context, owners: Iterable[Meeting | Agreement]
) -> tuple[str, tuple[str, ...]]:
    """Return how the promises of these records stand, in short and each in a line."""
    words = context.words
    found: list[StandingWord] = []
    lines: list[str] = []
    for owner in owners:
        said = owner.statements.items if isinstance(owner, Meeting) else owner.undertakings
        for statement in said:
            owned = Owned(statement, owner)
            if statement.strength is None or not context.is_made(owned):
                continue
            status, overdue = state(context, owned)
            found += [status] if statement.is_promise else []
            told = [words.of("status", status)] + ([words.say("overdue")] if overdue else [])
            lines.append(f"{', '.join(told)}: {statement.short or statement.text}")
    told = [words.of("stand", count.status, n=count.number) for count in counted(found)]
    return words.list(told), tuple(dict.fromkeys(lines))


def index_report(
    context: Context, *, selections: Sequence[Chosen], choice: Choice = EVERYTHING
) -> IndexReport:
    """Return the index of ``selections`` in this context.

    It leads to the pages that there are once ``choice`` is built.
    """
    entries = index_entries(context, selections, choice=choice)
    for entry in entries:
        context.snapshot.note(entry.date or entry.heading.date)
    groups = [
        IndexGroup(name=name, entries=found) for name in GROUPS if (found := _sorted(name, entries))
    ]
    held = [entry for entry in entries if entry.heading.kind == "meeting"]
    number = sum(len(group.entries) for group in groups)
    return IndexReport(
        id="index",
        heading=Heading(kind="index"),
        masthead=context.masthead(Heading(kind="index")),
        bottom_line=_counts(groups, number, context.words),
        search=_search(number, context.words),
        groups=tuple(groups),
        number=number,
        latest=max(held, key=lambda entry: entry.heading.number or 0, default=None),
        speaks=context.speaks(),
        sources=(),
    )


def _counts(groups: Sequence[IndexGroup], number: int, words: Language) -> str:
    counts = [words.of("index_count", group.name, n=len(group.entries)) for group in groups]
    if not counts:
        return words.say("index_nothing")
    return words.capital(words.say("index_counts", n=number, counts=words.list(counts)))


def _search(number: int, words: Language) -> SearchWords:
    found = (words.capital(words.say("index_found", n=n)) for n in range(number + 1))
    kinds = {kind: words.of("index_kind", kind) for kind in Words.model_fields}
    return SearchWords(found=tuple(found), kinds=kinds)


def _agreement(library: Library, item: Chosen) -> Agreement | None:
    """Return the agreement that a report is about."""
    if item.heading.kind != "agreement":
        return None
    return next(
        (
            agreement
            for name, agreement in library.agreements.items()
            if agreement_id(name) == item.id
        ),
        None,
    )


def _date(library: Library, heading: Heading, agreement: Agreement | None) -> When | None:
    number = heading.other or heading.number
    if heading.kind == "programme":  # the first that is on record of it says little to a reader
        return None
    if heading.date is not None or heading.kind == "upcoming":
        return heading.date
    if number is not None:
        return library.meetings[number].date
    return signed(agreement) if agreement else None


def _words(
    snapshot: Snapshot,
    item: Chosen,
    meetings: Mapping[int, Meeting],
    agreements: Mapping[str, Agreement],
) -> Words:
    heading = item.heading
    match heading.kind:
        case "meeting" | "upcoming" | "comparison":
            found = [
                meeting
                for number, meeting in meetings.items()
                if number in (heading.number, heading.other)
            ]
            return together(meeting_words(snapshot, meeting) for meeting in found)
        case "agreement":
            return together(
                agreement_words(snapshot, agreement)
                for name, agreement in agreements.items()
                if name == item.id
            )
    of_meetings = together(meeting_words(snapshot, meeting) for meeting in meetings.values())
    if heading.kind == "series":
        return of_meetings.model_copy(update={"promises": ()})
    of_agreements = together(
        agreement_words(snapshot, agreement) for agreement in agreements.values()
    )
    return Words(promises=together([of_meetings, of_agreements]).promises)


def _sorted(name: str, entries: Iterable[IndexEntry]) -> tuple[IndexEntry, ...]:
    """Return the entries of a group, the latest first, what is to come before it.

    Of the rest, what has no date comes last.
    """
    kinds = [kind for kind, its in KINDS.items() if its.group == name]
    found = [entry for kind in kinds for entry in entries if entry.heading.kind == kind]
    if name == "whole":
        return tuple(found)
    ahead = [entry for entry in found if entry.heading.kind == "upcoming"]
    ahead.sort(key=lambda entry: entry.heading.number or 0, reverse=True)
    found = [entry for entry in found if entry not in ahead]
    dated = [entry for entry in found if entry.date]
    dated.sort(key=lambda entry: entry.date.last.isoformat() if entry.date else "", reverse=True)
    return (*ahead, *dated, *(entry for entry in found if not entry.date))


VIEWS = Views(
    IndexReport,
    lambda _library: Heading(kind="index"),
    lambda context, selections, choice: index_report(context, selections=selections, choice=choice),
)
