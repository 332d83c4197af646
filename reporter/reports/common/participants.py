"""Who chaired and who took part."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from reporter.records.base import Sources
    from reporter.records.meeting import Meeting, Participants
    from reporter.records.statements import Post
    from reporter.reports.common.context import Desk


class Chair(View):
    """A chairing body, with its head where one is named; or anybody else in an official post."""

    body: Label
    parent: Label | None = None
    """The body of which it is a part."""
    person: tuple[Label, ...] = ()
    post: Label | None = None
    refs: Refs


class Chairs(View):
    """The chairs of one side."""

    side: Label
    chairs: tuple[Chair, ...]


class BodyRow(View):
    """A body that took part."""

    id: str
    name: tuple[Label, ...]
    abbreviation: str | None = None
    printed_as: str | None = None
    chair: bool = False
    special: bool = False


class SideList(View):
    """The participants of one side, in the order of the document."""

    side: Label
    complete: bool
    """Whether the list was read to its end."""
    bodies: tuple[BodyRow, ...]
    refs: Refs


def chairs(desk: Desk, meeting: Meeting) -> tuple[Chairs, ...]:
    """Return the chairs of ``meeting`` by side, in the order of the document."""
    return tuple(
        Chairs(
            side=desk.label(desk.library.sides[side].name),
            chairs=tuple(
                _chair(desk, chair.organisation, chair.head, chair.source)
                for chair in meeting.cochairs
                if chair.side == side
            ),
        )
        for side in dict.fromkeys(chair.side for chair in meeting.cochairs)
    )


def posts(desk: Desk, people: tuple[Post, ...]) -> tuple[Chair, ...]:
    """Return persons in their posts."""
    return tuple(_chair(desk, post.organisation, post) for post in people)


def sides(desk: Desk, meeting: Meeting) -> tuple[SideList, ...]:
    """Return the participants of ``meeting`` by side."""
    return tuple(_side(desk, meeting, side) for side in meeting.participants)


def _chair(desk: Desk, body: str, head: Post | None, source: Sources | None = None) -> Chair:
    person = desk.library.people[head.person] if head and head.person else None
    organisation = desk.library.organisations[body]
    parent = desk.library.organisations.get(organisation.parent or "")
    return Chair(
        body=desk.label(organisation.name),
        parent=desk.label(parent.name) if parent else None,
        person=desk.labels(person.name) if person else (),
        post=desk.label(head.post) if head and head.post else None,
        refs=desk.sources.cite(source, head.source if head else None),
    )


def _side(desk: Desk, meeting: Meeting, side: Participants) -> SideList:
    chairing = {chair.organisation for chair in meeting.cochairs}
    rows: list[BodyRow] = []
    for body in side.bodies:
        organisation = desk.library.organisations[body.body]
        row = BodyRow(
            id=body.body,
            name=desk.labels(organisation.name) or (desk.label(organisation.name),),
            abbreviation=organisation.abbreviation,
            printed_as=body.printed_as,
            chair=body.body in chairing,
            special=body.special,
        )
        rows.append(row)
    return SideList(
        side=desk.label(desk.library.sides[side.side].name),
        complete=side.complete,
        bodies=tuple(rows),
        refs=desk.sources.cite(side.source, *(body.source for body in side.bodies)),
    )
