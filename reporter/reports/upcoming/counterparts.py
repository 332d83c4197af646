"""Whom one meets: persons with how to address them, and the delegations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.common.participants import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.common.people import name_of, person_name
from reporter.reports.upcoming.cover import is_short
from reporter.reports.views import Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.meeting import Meeting
    from reporter.records.package import Profile
    from reporter.records.register import Person
    from reporter.records.statements import Post
    from reporter.reports.common.context import Context


class Counterpart(View):
    """Somebody whom one meets."""

    name: str
    """The person, else the body."""
    post: str
    """Post and body."""
    rank: str = ""
    form_of_address: str = ""
    biography: str = ""
    contact: str = ""
    refs: Refs


class CounterpartsOfSide(View):
    """Those of one side."""

    side: str
    people: tuple[Counterpart, ...]


class Attendance(View):
    """Who takes part, or took part."""

    chairs: tuple[Chairs, ...] = ()
    participants: tuple[SideList, ...]
    also_present: tuple[Chair, ...] = ()


def counterparts(context: Context, meeting: Meeting) -> tuple[CounterpartsOfSide, ...]:
    """Return the persons of the other sides; of all sides where the package is nobody's."""
    desk, library = context.library.desk, context.library
    found = tuple(
        CounterpartsOfSide(
            side=context.label(library.sides[side].name).text,
            people=tuple(_people(context, meeting, side)),
        )
        for side in library.sides
        if side != desk
    )
    return tuple(group for group in found if group.people)


def delegations(context: Context, meeting: Meeting) -> Attendance | None:
    """Return the lists of those who are to take part, with the chairs that the cover leaves out."""
    found = Attendance(
        participants=tuple(side for side in sides(context, meeting) if side.bodies),
        chairs=() if is_short(meeting) else chairs(context, meeting),
    )
    return found if found.participants or found.chairs else None


def attendance(context: Context, meeting: Meeting) -> Attendance | None:
    """Return who took part in a meeting that was held."""
    found = Attendance(
        participants=sides(context, meeting),
        chairs=chairs(context, meeting),
        also_present=posts(context, meeting.also_present),
    )
    return found if found.participants or found.chairs or found.also_present else None


def profile_of(context: Context, person: Person) -> Profile | None:
    """Return what is to be known of a person before meeting them, as far as it was on the day."""
    found = person.profile
    return found if found and context.snapshot.knows(found.date) else None


def people(meeting: Meeting) -> Iterator[Post]:
    """Yield those who chair or are otherwise present, as far as they are named."""
    heads = (chair.head for chair in meeting.cochairs)
    yield from (
        post
        for post in (*heads, *meeting.chaired_by, *meeting.also_present)
        if post and post.person
    )


def _people(context: Context, meeting: Meeting, side: str) -> Iterator[Counterpart]:
    chairing = {chair.organisation: chair.side for chair in meeting.cochairs}
    for post in people(meeting):
        own = context.library.organisations[post.organisation].side
        if side == own or (own is None and side == chairing.get(post.organisation)):
            yield _counterpart(context, post)


def _counterpart(context: Context, post: Post) -> Counterpart:
    library = context.library
    person = library.people[post.person or ""]
    body = context.labels(library.organisations[post.organisation].name)[:1]
    told = [context.label(post.post).text] if post.post else []
    profile = profile_of(context, person)
    return Counterpart(
        name=person_name(context, person),
        post=", ".join([*told, name_of(context, body)] if body else told),
        rank=(profile and profile.rank) or "",
        form_of_address=(profile and profile.form_of_address) or "",
        biography=(profile and profile.biography) or "",
        contact=(profile and profile.contact) or "",
        refs=context.sources.cite(post.source),
    )
