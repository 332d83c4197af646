"""Who chaired or led a side, and who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field

from reporter.reports.common.people import in_short
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.base import Sources
    from reporter.records.meeting import Meeting, Participants
    from reporter.records.statements import Post
    from reporter.reports.common.context import Context

Way = Literal["chair", "chairs", "heads", "either"]
"""One has the chair, several have it, none has it and the sides are led, or now this, now that."""
_CALLED = {"chair": "chairs_alone", "chairs": "chairs", "heads": "heads_of"}
_ANNOUNCED = {
    "chair": "chairs_announced_alone",
    "chairs": "chairs_announced",
    "heads": "heads_announced",
}


class Chair(View):
    """A chairing body, with its head where one is named; or anybody else in an official post."""

    body: Label
    parent: Label | None = None
    """The body of which it is a part."""
    person: tuple[Label, ...] = ()
    said: str = Field(exclude=True)
    """The name of the person as a reader of the page can say it."""
    post: Label | None = None
    refs: Refs


class Chairs(View):
    """The chairs of one side, or those who led it."""

    side: Label
    led: bool = False
    """Whether they led it, and nobody is said to have had the chair."""
    chairs: tuple[Chair, ...]
    called: str = Field(default="", exclude=True)
    """That they are the co-chairs, or the chair, or led their side."""
    told: bool = Field(default=True, exclude=True)
    """Whether there is more to say of them than that they chair: the list of its side says that."""


class BodyRow(View):
    """A body that took part."""

    id: str
    name: tuple[Label, ...]
    abbreviation: str | None = None
    printed_as: str | None = None
    chair: bool = False
    called: str = Field(default="", exclude=True)
    """Of one in the chair: co-chair, or chair. Those who led are named below the list."""
    special: bool = False


class SideList(View):
    """The participants of one side, in the order of the document."""

    side: Label
    complete: bool
    """Whether the list was read to its end."""
    given: str = ""
    """Of a document that was read: that it gives no list, or one that is open-ended."""
    note: str = Field(default="", exclude=True)
    """What is to be said where the list does not name all, or nobody."""
    unlisted: bool = Field(default=False, exclude=True)
    """Whether nothing is told of it but that the document gives no list."""
    bodies: tuple[BodyRow, ...]
    refs: Refs


def chairs(context: Context, meeting: Meeting) -> tuple[Chairs, ...]:
    """Return the chairs or heads by side, in the order of the sides, then chairs of no side."""
    own = tuple(_of_side(context, meeting, side) for side in chairing_sides(context, meeting))
    others = tuple(
        Chairs(side=found.body, chairs=(found,), called=context.words.say("chair_of_no_side"))
        for found in posts(context, meeting.chaired_by)
    )
    return (*own, *others)


def chairing_sides(context: Context, meeting: Meeting) -> list[str]:
    """Return the sides of those who chaired or led, in the order that all pages have."""
    named = dict.fromkeys(chair.side for chair in meeting.cochairs)
    return sorted(named, key=lambda side: _place(context, side))


def _of_side(context: Context, meeting: Meeting, side: str) -> Chairs:
    found = [chair for chair in meeting.cochairs if chair.side == side]
    listed = {body.body for one in meeting.participants if one.side == side for body in one.bodies}
    way, name = way_of(context.library, meeting), context.library.sides[side].name
    if way == "chairs" and len(found) == 1:
        called = "cochair_announced" if meeting.is_announced else "cochair"
    else:
        called = (_ANNOUNCED if meeting.is_announced else _CALLED)[way]
    return Chairs(
        side=context.label(name),
        led=way == "heads",
        chairs=tuple(
            _chair(context, chair.organisation, chair.head, chair.source) for chair in found
        ),
        called=context.words.say(called, side=context.label(name).text),
        told=way == "heads"
        or any(chair.head or chair.organisation not in listed for chair in found),
    )


def is_chaired_alone(library: Library, meeting: Meeting) -> bool:
    """Return whether one side has the chair: in turn, or since no other is in the series."""
    sides = library.part(meeting.series).sides
    if meeting.chaired_by and (not meeting.cochairs or meeting.chairing == "heads"):
        return True
    return meeting.chairing == "in turn" or (len(sides) == 1 and len(meeting.cochairs) == 1)


def are_chaired_alone(library: Library, meetings: Iterable[Meeting]) -> bool:
    """Return whether each of these meetings of which a chair is on record had one chair."""
    found = [
        is_chaired_alone(library, one)
        for one in meetings
        if one.chaired_by or (one.cochairs and one.chairing != "heads")
    ]
    return bool(found) and all(found)


def way_of(library: Library, meeting: Meeting) -> Literal["chair", "chairs", "heads"]:
    """Return whether the sides of a meeting had the chair, one or all, or were only led."""
    if meeting.chairing == "heads":
        return "heads"
    return "chair" if is_chaired_alone(library, meeting) else "chairs"


def way_of_all(library: Library, meetings: Sequence[Meeting]) -> Way:
    """Return the same of several meetings, for the head of what says it of each."""
    led = {way_of(library, one) == "heads" for one in meetings if one.cochairs}
    if True in led:
        chaired = False in led or any(one.chaired_by for one in meetings)
        return "either" if chaired else "heads"
    return "chair" if are_chaired_alone(library, meetings) else "chairs"


def posts(context: Context, people: tuple[Post, ...]) -> tuple[Chair, ...]:
    """Return persons in their posts."""
    return tuple(_chair(context, post.organisation, post) for post in people)


def sides(context: Context, meeting: Meeting) -> tuple[SideList, ...]:
    """Return the participants of ``meeting`` by side."""
    lists = sorted(meeting.participants, key=lambda one: _place(context, one.side))
    return tuple(_side(context, meeting, side) for side in lists)


def _place(context: Context, side: str) -> int:
    """Return the place of a side as on all pages: our own first, then as the settings have them."""
    return -1 if side == context.library.desk else list(context.library.sides).index(side)


def _chair(context: Context, body: str, head: Post | None, source: Sources | None = None) -> Chair:
    person = context.library.people[head.person] if head and head.person else None
    organisation = context.library.organisations[body]
    parent = context.library.organisations.get(organisation.parent or "")
    return Chair(
        body=context.label(organisation.name),
        parent=context.label(parent.name) if parent else None,
        person=context.labels(person.name) if person else (),
        said=in_short(context, person) if person else "",
        post=context.label(head.post) if head and head.post else None,
        refs=context.sources.cite(source, head.source if head else None),
    )


def _note(context: Context, side: Participants) -> str:
    name = context.label(context.library.sides[side.side].name).text
    if side.complete:
        return "" if side.bodies else context.words.say("lists_nobody", side=name)
    key = "list_of" if side.list else "read_in_part" if side.bodies else "read_not"
    if side.list:
        return context.words.of("list_of", side.list, side=name)
    return context.words.say(key, side=name)


def _side(context: Context, meeting: Meeting, side: Participants) -> SideList:
    way = way_of(context.library, meeting)
    chairing = {chair.organisation for chair in meeting.cochairs} if way != "heads" else ()
    rows: list[BodyRow] = []
    for body in side.bodies:
        organisation = context.library.organisations[body.body]
        row = BodyRow(
            id=body.body,
            name=context.labels(organisation.name) or (context.label(organisation.name),),
            abbreviation=organisation.abbreviation,
            printed_as=body.printed_as,
            chair=body.body in chairing,
            called=context.words.say("chair_alone" if way == "chair" else "chair")
            if body.body in chairing
            else "",
            special=body.special,
        )
        rows.append(row)
    return SideList(
        side=context.label(context.library.sides[side.side].name),
        complete=side.complete,
        given=side.list or "",
        note=_note(context, side),
        unlisted=side.list == "not given"
        and not any(chair.side == side.side for chair in meeting.cochairs),
        bodies=tuple(rows),
        refs=context.sources.cite(side.source, *(body.source for body in side.bodies)),
    )
