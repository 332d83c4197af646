"""What an office prepared: the day, points, answers, sensitivities, logistics, and who wrote it.

It stands in the records of the meeting and of persons; the public edition has none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.records.package import Prepared
from reporter.reports.common.sentences import ended
from reporter.reports.upcoming.counterparts import people, profile_of
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

PARTS = (
    *("objectives", "avoid", "run_of_show", "agenda", "sensitivities", "answers", "logistics"),
)
"""The fields of a meeting that an office writes, as they are printed."""


class AgendaPoint(View):
    """An item of the agenda, with what we say to it."""

    title: str
    lead: str
    line: tuple[str, ...]
    if_raised: tuple[str, ...]
    red_line: str


class SlotRow(View):
    """A line of the run of show."""

    time: str
    text: str
    who: str
    place: str


class Seats(View):
    """How one side sits, from the middle outwards."""

    side: str
    seats: tuple[str, ...]


class Show(View):
    """The day, with seating and precedence."""

    rows: tuple[SlotRow, ...]
    with_who: bool
    """Whether any row says who."""
    with_place: bool
    seating: tuple[Seats, ...]
    precedence: tuple[str, ...]


class HeadedText(View):
    """A text, with a few words in front: a question and its answer, a topic and why it matters."""

    head: str
    text: str


class Labelled(View):
    """Texts of one sort, with its label."""

    label: str
    texts: tuple[str, ...]


class Signature(View):
    """Who wrote some parts of the package, and who cleared them."""

    parts: str
    text: str


class OwnPart(View):
    """What our own side prepared, besides what is on the cover."""

    show: Show | None = None
    points: tuple[AgendaPoint, ...] = ()
    sensitivities: tuple[HeadedText, ...] = ()
    answers: tuple[HeadedText, ...] = ()
    logistics: tuple[Labelled, ...] = ()
    signatures: tuple[Signature, ...] = ()
    """One for each author and clearance."""


def own_part(context: Context, meeting: Meeting) -> OwnPart:
    """Return what our own side prepared for a meeting, a record as it is known on the day."""
    sensitivities = meeting.sensitivities.items if meeting.sensitivities else ()
    answers = meeting.answers.items if meeting.answers else ()
    return OwnPart(
        show=_show(context, meeting),
        points=tuple(_points(meeting)),
        sensitivities=tuple(
            HeadedText(head=ended(item.topic), text=item.text) for item in sensitivities
        ),
        answers=tuple(HeadedText(head=item.question, text=item.answer) for item in answers),
        logistics=tuple(_logistics(context, meeting)),
        signatures=tuple(_signatures(context, meeting)),
    )


def _show(context: Context, meeting: Meeting) -> Show | None:
    if (found := meeting.run_of_show) is None:
        return None
    sides = context.library.sides
    return Show(
        rows=tuple(
            SlotRow(time=slot.time, text=slot.text, who=slot.who or "", place=slot.place or "")
            for slot in found.items
        ),
        with_who=any(slot.who for slot in found.items),
        with_place=any(slot.place for slot in found.items),
        seating=tuple(
            Seats(side=context.label(sides[row.side].name).text, seats=row.seats)
            for row in found.seating
        ),
        precedence=found.precedence,
    )


def _points(meeting: Meeting) -> Iterator[AgendaPoint]:
    for item in meeting.agenda.items if meeting.agenda else ():
        yield AgendaPoint(
            title=item.title,
            lead=item.lead or "",
            line=item.line,
            if_raised=item.if_raised,
            red_line=item.red_line or "",
        )


def _logistics(context: Context, meeting: Meeting) -> Iterator[Labelled]:
    if (found := meeting.logistics) is None:
        return
    words = context.words
    for name in ("address", "arrival", "interpreter"):
        if text := getattr(found, name):
            yield Labelled(label=words.say(f"logistics_{name}"), texts=(text,))
    if contacts := found.contacts:
        told = (words.say("reach", who=one.who, reach=one.reach) for one in contacts)
        yield Labelled(label=words.say("logistics_contacts"), texts=tuple(told))


def _signatures(context: Context, meeting: Meeting) -> Iterator[Signature]:
    """Yield who answers for which parts: each author and clearance once."""
    words, found = context.words, dict[tuple[str, str], list[str]]()
    for name, part in _parts(context, meeting):
        names = found.setdefault((part.author, part.clearance), [])
        if name not in names:
            names.append(name)
    for (author, clearance), names in found.items():
        told = words.list([names[0], *(words.small(name) for name in names[1:])])
        text = words.say("prepared_by", author=author, clearance=clearance)
        yield Signature(parts=ended(words.capital(told)), text=text)


def _parts(context: Context, meeting: Meeting) -> Iterator[tuple[str, Prepared]]:
    words = context.words
    for name in PARTS:
        part = getattr(meeting, name)
        if isinstance(part, Prepared):
            yield words.of("package", name), part
    for post in people(meeting):
        person = context.library.people[post.person or ""]
        if profile := profile_of(context, person):
            yield words.of("package", "profile"), profile
