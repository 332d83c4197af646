"""Who met, and the meetings before and after: columns on page one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import UNDATED, Point, When
from reporter.records.brevity import cut
from reporter.reports.common.agreed_points import WORDS_OF_A_NAME
from reporter.reports.common.gap import held, last_before_gap, others_since, the_next
from reporter.reports.common.meeting_names import REGULAR, as_heading, place_of
from reporter.reports.common.meetings_table import months_apart, told_months
from reporter.reports.common.participants import chairing_sides, way_of
from reporter.reports.common.people import name_of, person_name
from reporter.reports.headings import kind
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.language import Language
    from reporter.records.base import Sources
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Post
    from reporter.reports.common.context import Context

SHOWN = ("month", "year")  # what place_and_month says of a date
MOST_CHAIRS = 4  # of a side, on page one
MOST_SIDES = 8  # that have a column there
_HEADS = {"chair": "chair_of", "chairs": "chairs_of", "heads": "heads_of"}


class ColumnLine(View):
    """A line of a column."""

    text: str
    report: str = ""
    """Id of the report that it leads to."""
    refs: Refs = ()


class Column(View):
    """Who chaired for a side or led it, or the meetings before and after."""

    head: str
    entries: tuple[ColumnLine, ...]
    more: tuple[str, ...] = ()
    """What page one says of further ones: of none, one, two that it leaves out."""


def who_met(context: Context, meeting: Meeting) -> tuple[Column, ...]:
    """Return a column for each side that chaired or has a known head; the last counts more."""
    sides = chairing_sides(context, meeting)
    own = tuple(_chairs(context, meeting, side) for side in sides[:MOST_SIDES])
    others = tuple(_chair(context, post.organisation, post) for post in meeting.chaired_by)
    head = context.words.say("chair_of_no_side")
    found = (*own, Column(head=head, entries=others)) if others else own
    if not (further := len(sides) - len(own)):
        return found
    told = ColumnLine(text=context.words.say("further_sides_below"))
    more = context.words.capital(context.words.say("further_sides", n=further))
    return *found, Column(head=more, entries=(told,))


def in_the_series(context: Context, meeting: Meeting) -> Column | None:
    """Return a column with the meetings before and after; None for the only one."""
    entries = tuple(_series(context, meeting))
    return Column(head=context.words.say("in_the_series"), entries=entries) if entries else None


def _chairs(context: Context, meeting: Meeting, side: str) -> Column:
    words = context.words
    found = [chair for chair in meeting.cochairs if chair.side == side]
    entries = tuple(
        _chair(context, chair.organisation, chair.head, chair.source)
        for chair in found[:MOST_CHAIRS]
    )
    further = len(found) - len(entries)
    numbers = range(further, len(found))
    return Column(
        head=words.say(
            _head(context, meeting, len(found)),
            side=context.label(context.library.sides[side].name).text,
        ),
        entries=entries,
        more=tuple(words.say("and_others", n=n) if n else "" for n in numbers),
    )


def _head(context: Context, meeting: Meeting, number: int) -> str:
    way = way_of(context.library, meeting)
    return "cochair_of" if way == "chairs" and number == 1 else _HEADS[way]


def _chair(
    context: Context, organisation: str, head: Post | None, source: Sources | None = None
) -> ColumnLine:
    """Return a chair: the person where one is named, and the body."""
    library = context.library
    names = context.labels(library.organisations[organisation].name)
    body = cut(name_of(context, names[:1]), WORDS_OF_A_NAME) if names else organisation
    person = library.people[head.person] if head and head.person else None
    told = [cut(person_name(context, person), WORDS_OF_A_NAME)] if person else []
    refs = context.sources.cite(source, head.source if head else None)
    return ColumnLine(text=", ".join([*told, body]), refs=refs)


def _series(context: Context, meeting: Meeting) -> Iterator[ColumnLine]:
    words, meetings = context.words, held(context)
    at = meetings.index(meeting)
    for key, other in (
        ("met_before", meetings[at - 1] if at else None),
        ("met_after", meetings[at + 1] if at + 1 < len(meetings) else None),
    ):
        if other is not None and not context.library.parted(meeting, other):
            context.snapshot.note_held(other)
            months = apart(other, meeting, words)
            told = place_and_month(context, other)
            if not context.snapshot.took_place(other):
                told = words.say("as_announced", text=told)
            text = words.say(key, meeting=told, months=months)
            yield ColumnLine(text=text, report=other.report)
    if meeting == meetings[-1] and (coming := _coming(context)):
        told = words.say("met_coming", meeting=place_and_month(context, coming))
        yield ColumnLine(text=told, report=coming.report)
    last = last_before_gap(context, meeting)
    if last:
        following = words.capital(the_next(context, last, regular=others_since(context, last)))
        yield ColumnLine(text=words.say("met_none_after", meeting=following))


def _coming(context: Context) -> Meeting | None:
    """Return the next meeting, where that is announced with a place or a date."""
    snapshot = context.snapshot
    for meeting in context.library.every_meeting:
        if snapshot.is_announced(meeting) and not snapshot.was_held(meeting):
            return meeting if place_and_month(context, meeting) else None
    return None


def place_and_month(context: Context, meeting: Meeting) -> str:
    """Return place and month of a meeting, and its kind where that is another one."""
    is_dated = meeting.date != UNDATED
    when = context.words.when(When.in_month_of(meeting.date.end), short=True) if is_dated else ""
    if meeting.date_inferred in SHOWN:
        when = context.words.of("date_inferred", meeting.date_inferred, date=when)
    city = place_of(meeting, context.words)
    sort = kind(as_heading(meeting), context.words) if meeting.kind != REGULAR else None
    return ", ".join(filter(None, (sort, city, when)))


def apart(one: Meeting, other: Meeting, words: Language) -> str:
    """Return the time between two meetings: in months, or in days where it is less than one."""
    if months_apart(one, other):
        return told_months(one, other, words)
    exact = all(point and point.day for each in (one, other) for point in _ends(each))
    days = abs((other.date.first - one.date.first).days)
    return words.say("days", n=days) if exact and days else words.say("same_time")


def _ends(meeting: Meeting) -> tuple[Point | None, Point]:
    return meeting.date.start, meeting.date.end
