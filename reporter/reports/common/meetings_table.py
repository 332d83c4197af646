"""The meetings of a series in order: when, where, who chaired or led, how long after the last."""

from __future__ import annotations

from itertools import pairwise
from string import ascii_lowercase
from typing import TYPE_CHECKING, TypeVar

from pydantic import Field

from reporter.choice import MeetingKey
from reporter.dates import MONTHS_IN_YEAR, When
from reporter.library.snapshot import nearest_months
from reporter.records.base import NOT_VERIFIED
from reporter.reports.common.gap import LONG
from reporter.reports.common.meeting_names import as_heading, date_of, has_ordinal, place_of
from reporter.reports.common.participants import Chairs, chairing_sides, chairs
from reporter.reports.headings import kind
from reporter.reports.views import Heading, Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from reporter.language import Language
    from reporter.records.meeting import Cochair, Meeting
    from reporter.reports.common.context import Context
    from reporter.reports.series.view import Sitting

MOST_CHAIRS = 6  # of a meeting, in a column
H = TypeVar("H", "Meeting", "Sitting")
"""A meeting, in a record or on a page."""


class Chairing(View):
    """The bodies that chaired for a side, or led it."""

    side: Label
    led: bool = False
    """Whether they led it, and nobody is said to have had the chair."""
    bodies: tuple[Label, ...]
    people: tuple[Label, ...] = Field(default=(), exclude=True)
    """Who stands in their place: the persons who led it, where all are named."""


class MeetingRow(View):
    """A meeting in the table of all meetings."""

    number: MeetingKey
    label: str = ""
    """What stands for its number where it has none: a letter."""
    called: str = ""
    """What it is called, where its number does not say it."""
    heading: Heading = Field(exclude=True)
    report: str
    """Id of its own report."""
    date: When
    inferred: str = ""
    """What of the date is our inference."""
    placeless: bool = Field(default=False, exclude=True)
    """Whether there is no place to look for: of a call."""
    city: str | None
    host: Label | None
    place_refs: Refs
    chairless: bool = Field(default=False, exclude=True)
    """Whether its document was read and names no chair: nobody looked elsewhere."""
    chairs: tuple[Chairing, ...]
    """By side, in the order of the document."""
    chairs_refs: Refs
    evidence: str
    undocumented: bool = Field(default=False, exclude=True)
    """Whether no document of its own is on record, and no announcement."""
    announced: bool = Field(default=False, exclude=True)
    """Whether it was only announced, and nothing tells that it was held."""
    months: int | None
    """Months since the meeting before, to the nearest; None of the first."""
    gap: str = Field(default="", exclude=True)
    """The same as it is printed: ``4 to 15`` where a date is not known to the day."""


class Hosted(View):
    """How many meetings a side has held."""

    side: Label
    meetings: int


class ChairsRow(View):
    """Who chaired a meeting, or led the sides."""

    number: MeetingKey
    label: str = ""
    date: When
    when: str = Field(exclude=True)
    """Its date in words, with what of it is our inference."""
    announced: bool = Field(default=False, exclude=True)
    """Whether those are named who were announced."""
    alone: bool = Field(default=False, exclude=True)
    """Whether no other side had the chair, by its document or since it goes in turn."""
    sides: tuple[Chairs | None, ...]
    """In the order of the series' sides; None where no chair is on record."""
    others: tuple[Chairs, ...] = ()
    """Who had the chair and is of no side."""


def meeting_rows(context: Context, meetings: Sequence[Meeting]) -> tuple[MeetingRow, ...]:
    """Return a row for each of ``meetings``, which are in order."""
    gaps = [None, *pairwise(meetings)]
    marks = letters(meetings)
    return tuple(
        _meeting_row(context, meeting, gap, marks.get(meeting.id, ""))
        for meeting, gap in zip(meetings, gaps, strict=False)
    )


def letters(meetings: Sequence[Meeting]) -> dict[str, str]:
    """Return a letter for each meeting that no number names, by its id: a to z, aa to zz."""
    found: dict[str, str] = {}
    for meeting in meetings:
        if isinstance(meeting.key, str):
            first, last = divmod(len(found), len(ascii_lowercase))
            found[meeting.id] = (ascii_lowercase[first - 1] if first else "") + ascii_lowercase[
                last
            ]
    return found


def _gap(before: Meeting, after: Meeting, words: Language) -> str:
    least, most = least_and_most(before, after)
    return str(most) if least == most else words.say("from_to", None, least=least, most=most)


def _meeting_row(
    context: Context, meeting: Meeting, gap: tuple[Meeting, Meeting] | None, label: str
) -> MeetingRow:
    place = meeting.known_place
    heading = as_heading(meeting)
    if not label:
        heading = heading.model_copy(update={"number": None})  # it stands beside it
    return MeetingRow(
        number=meeting.key,
        label=label,
        called="" if has_ordinal(meeting) else kind(heading, context.words),
        heading=as_heading(meeting),
        report=meeting.report,
        date=meeting.date,
        placeless=meeting.has_no_place,
        city=place_of(meeting, context.words),
        inferred=meeting.date_inferred or "",
        host=context.party(place.host) if place and place.host else None,
        place_refs=context.sources.cite(place.source) if place else (),
        chairless=meeting.evidence == "full",
        chairs=tuple(_chairing(context, meeting)),
        chairs_refs=context.sources.cite(
            *(chair.source for chair in meeting.cochairs),
            *(post.source for post in meeting.chaired_by),
        ),
        evidence=meeting.evidence,
        undocumented=meeting.document == NOT_VERIFIED and meeting.evidence != "announced",
        announced=not context.snapshot.took_place(meeting),
        months=months_apart(*gap) if gap else None,
        gap=_gap(*gap, context.words) if gap else "",
    )


def _people(context: Context, heads: Sequence[Cochair]) -> tuple[Label, ...]:
    """Return the persons who led a side; none where one is not named."""
    found = [each.head.person for each in heads if each.head and each.head.person]
    people = [context.label(context.library.people[name].name) for name in found]
    return tuple(people) if len(people) == len(heads) else ()


def _chairing(context: Context, meeting: Meeting) -> Iterator[Chairing]:
    """Yield the bodies that chaired by side, then those of no side by themselves."""
    for side in chairing_sides(context, meeting):
        found = [chair for chair in meeting.cochairs if chair.side == side]
        led = meeting.chairing == "heads"
        yield Chairing(
            side=context.party(side),
            led=led,
            bodies=tuple(context.party(chair.organisation) for chair in found),
            people=_people(context, found) if led else (),
        )
    for post in meeting.chaired_by:
        person = context.library.people[post.person] if post.person else None
        people = (context.label(person.name),) if person and meeting.chairing == "heads" else ()
        yield Chairing(side=context.party(post.organisation), bodies=(), people=people)


def months_apart(before: Meeting | Sitting, after: Meeting | Sitting) -> int:
    """Return the months between the beginnings of two meetings, to the nearest.

    Of a month or a year the middle counts.
    """
    first, second = (_begins(one.date) for one in (before, after))
    return nearest_months(*(low + (high - low) / 2 for low, high in (first, second)))


def least_and_most(before: Meeting | Sitting, after: Meeting | Sitting) -> tuple[int, int]:
    """Return the fewest and the most months that two dates can be apart: one number if exact."""
    (early, late), (soon, end) = sorted((_begins(before.date), _begins(after.date)))
    return nearest_months(late, max(late, soon)), nearest_months(early, end)


def _begins(when: When) -> tuple[date, date]:
    """Return the first and the last day on which it can have begun."""
    return when.first, when.start.last if when.start else when.last


# By whether it is told in years, and as so much later.
_TOLD = {
    (False, False): ("months", "months_between"),
    (False, True): ("months_later", "months_between_later"),
    (True, False): ("years", "years_between"),
    (True, True): ("years_later", "years_between_later"),
}


def told_months(
    before: Meeting | Sitting,
    after: Meeting | Sitting,
    words: Language,
    *,
    later: bool = False,
) -> str:
    """Return ``13 months``, or ``4 to 15 months`` where a date is not known to the day.

    Of less than one it is ``at about the same time``; of many it is the nearest number of years.
    """
    least, most = least_and_most(before, after)
    if not months_apart(before, after):
        return words.say("same_time")
    one, between = _TOLD[least >= LONG, later]
    if least >= LONG:
        least, most = round(least / MONTHS_IN_YEAR), round(most / MONTHS_IN_YEAR)
    return words.say(one, n=most) if least == most else words.say(between, least=least, most=most)


def longest_gap(meetings: Sequence[H]) -> tuple[H, H, int] | None:
    """Return the two successive meetings that are furthest apart, and the months between them.

    None where there is no second meeting, all were at about the same time, or a number between
    those two is missing: another meeting may lie there.
    """
    gaps = [(before, after, months_apart(before, after)) for before, after in pairwise(meetings)]
    found = max((gap for gap in gaps if gap[2]), key=lambda gap: gap[2], default=None)
    return None if found and _lacks_between(*found[:2]) else found


def _lacks_between(before: Meeting | Sitting, after: Meeting | Sitting) -> bool:
    """Return whether the numbers of two meetings leave one out."""
    first, second = before.number, after.number
    return isinstance(first, int) and isinstance(second, int) and second > first + 1


def hosts(context: Context, meetings: Sequence[Meeting]) -> tuple[Hosted, ...]:
    """Return how many of ``meetings`` each side has held, then others; not those that held none."""
    places = [place.host for meeting in meetings if (place := meeting.known_place)]
    named = dict.fromkeys((*context.library.sides, *filter(None, places)))
    return tuple(
        Hosted(side=context.in_full(host), meetings=places.count(host))
        for host in named
        if host in places
    )


def are_many_chairs(meetings: Iterable[Meeting]) -> bool:
    """Return whether the chairs of a meeting have no room in the table of the meetings."""
    return any(len(meeting.cochairs) > MOST_CHAIRS for meeting in meetings)


def chairs_rows(context: Context, meetings: Sequence[Meeting]) -> tuple[ChairsRow, ...]:
    """Return who chaired or led at those of ``meetings`` of which that is on record.

    Nothing where no person is named and the bodies that chaired have room in the table of the
    meetings.
    """
    named = any(
        meeting.chaired_by or any(chair.head for chair in meeting.cochairs) for meeting in meetings
    )
    if not named and not are_many_chairs(meetings):
        return ()
    rows: list[ChairsRow] = []
    marks = letters(meetings)
    for meeting in meetings:
        found = chairs(context, meeting)
        of_sides = len(found) - len(meeting.chaired_by)
        own = {group.side: group for group in found[:of_sides]}
        labels = [context.label(side.name) for side in context.library.sides.values()]
        rows.append(
            ChairsRow(
                number=meeting.key,
                label=marks.get(meeting.id, ""),
                date=meeting.date,
                when=date_of(meeting, context.words, short=True),
                announced=meeting.is_announced,
                alone=meeting.chairing == "in turn" or meeting.evidence == "full",
                sides=tuple(map(own.get, labels)),
                others=found[of_sides:],
            )
        )
    return tuple(row for row in rows if row.others or any(row.sides))
