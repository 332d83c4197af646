"""The rows of the report on a body: meetings, promises, agreements, programmes, people, names."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.records.statements import Sourced
from reporter.reports.common.bodies import DelegationMember, Role, delegation
from reporter.reports.common.instruments import in_force_for, latest_first
from reporter.reports.common.meeting_names import date_of
from reporter.reports.common.participants import is_chaired_alone
from reporter.reports.common.related import PromisedThere, RelatedRow, promised, row
from reporter.reports.common.sentences import dated
from reporter.reports.views import Label, Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.library import Library, Owned
    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
    from reporter.records.meeting import Meeting
    from reporter.records.programme import Programme
    from reporter.records.statements import Post
    from reporter.reports.common.context import Context


class Led(View):
    """A programme that the body leads, and what is known of it last."""

    name: Label
    news: Line | None


class MeetingAttended(RelatedRow):
    """A meeting, and in what role the body was there."""

    announced: bool = Field(default=False, exclude=True)
    """Whether it was only announced to come."""
    day: str = Field(default="", exclude=True)
    """The date as a sentence has it, in full."""


class Bound(RelatedRow):
    """An agreement, and what the body has to do with it."""

    bound: bool = Field(default=False, exclude=True)
    """Whether it is a party or signed; else it was a witness, or present."""


class PersonActing(View):
    """Who acted for the body, and at what."""

    names: tuple[Label, ...]
    post: Label | None
    at: RelatedRow


def line_of(library: Library, name: str) -> tuple[str, ...]:
    """Return a body with its predecessors and successors, the oldest first."""
    bodies = library.organisations
    found = before = [name]
    while before := list(dict.fromkeys(f for one in before for f in bodies[one].predecessor)):
        before = [one for one in before if one not in found]
        found = [*before, *found]
    successors = {former: body.id for body in bodies.values() for former in body.predecessor}
    while (later := successors.get(found[-1])) and later not in found:
        found.append(later)
    return tuple(found)


def meetings(context: Context, names: tuple[str, ...]) -> Iterator[MeetingAttended]:
    """Yield the meetings held in which the body took part, the latest first."""
    library, words = context.library, context.words
    for meeting in reversed(library.every_meeting):
        if not context.snapshot.was_held(meeting):
            continue
        members = _attending(library, meeting, names)
        for (role, is_own), found in groupby(
            members, key=lambda one: (one[0].role, one[0].body == names[-1])
        ):
            same = list(found)
            alone = role == "chair" and is_chaired_alone(library, meeting)
            note = words.of("presence", "chair alone" if alone else role)
            if not is_own:
                bodies = [library.organisations[member.body] for member, _ in same]
                former = words.list([context.label(body.name).text for body in bodies])
                note = f"{note}, {words.say('body_as', name=former)}"
            refs = context.sources.cite(*(member.source or listed for member, listed in same))
            told = row(context, meeting, note, refs)
            day = date_of(meeting, words)
            yield MeetingAttended(**dict(told), announced=role == "announced", day=day)


def _attending(
    library: Library, meeting: Meeting, names: tuple[str, ...]
) -> Iterator[tuple[DelegationMember, Sources]]:
    """Yield the body in each delegation, with the sources of its list; without a side: alone."""
    sides = {library.organisations[name].side for name in names}
    for side in sides - {None}:
        found = delegation(library, meeting, str(side))
        yield from (
            (member, found.source) for member in found.members.values() if member.body in names
        )
    role: Role = "announced" if meeting.is_announced else "beside"
    chairing: Role = "announced" if meeting.is_announced else "chair"
    posts = [(chairing, post) for post in meeting.chaired_by]
    posts += [(role, post) for post in meeting.also_present]
    for own, post in posts if None in sides else ():
        if post.organisation in names:
            yield DelegationMember(post.organisation, own, post.source), ()


def promises(context: Context, names: tuple[str, ...], *, owed: bool) -> tuple[PromisedThere, ...]:
    """Return what the body owes, or what others owe that is about it; the most urgent first."""
    every = context.library.all_statements
    return promised(context, (owned for owned in every if _concerns(owned, names, owed)))


def _concerns(owned: Owned, names: tuple[str, ...], owed: bool) -> bool:  # noqa: FBT001 (which)
    owes = not {*names}.isdisjoint(owned.statement.by)
    return not owes and not {*names}.isdisjoint(owned.statement.about) if owed else owes


def agreements(context: Context, names: tuple[str, ...]) -> Iterator[Bound]:
    """Yield the agreements to which the body is a party, or that somebody signed or saw for it."""
    for agreement in sorted(context.library.agreements.values(), key=latest_first):
        if not context.snapshot.is_made(agreement):
            continue
        is_party = not {*names}.isdisjoint(agreement.parties) and (
            in_force_for(context, agreement, names) is not None
        )
        acted = [(role, post) for role, post in _acted(agreement) if post.organisation in names]
        if is_party or acted:
            role = "party" if is_party else acted[0][0]
            source = acted[0][1].source if acted else agreement.summary.source
            note = context.words.say(f"body_{role}")
            told = row(context, agreement, note, context.sources.cite(source))
            yield Bound(**dict(told), bound=role in {"party", "signed"})


def programmes(context: Context, names: tuple[str, ...]) -> Iterator[Led]:
    """Yield the programmes that the body leads, each with its newest milestone on the day."""
    for programme in context.library.programmes.values():
        if not {*names}.isdisjoint(programme.lead):
            yield Led(name=context.label(programme.name), news=_news(context, programme))


def _news(context: Context, programme: Programme) -> Line | None:
    """Return what happened last, with its day; what weak sources alone say only if all is weak."""
    happened = [item for item in programme.milestones if context.snapshot.knows(item.date)]
    happened += [
        Sourced.model_construct(text=f"{track.name}: {end.text}", date=end.date, source=end.source)
        for track in programme.tracks
        if (end := track.outcome) and context.snapshot.knows(end.date)
    ]
    told = sorted(
        ((not context.library.is_weak(item.source), item.date.last), place)
        for place, item in enumerate(happened)
        if item.date
    )
    newest = happened[told[-1][1]] if told else None
    return dated(context.line(newest), context.words) if newest else None


def people(context: Context, names: tuple[str, ...]) -> Iterator[PersonActing]:
    """Yield who acted for the body at meetings and signings, the latest first, each once."""
    seen: set[str] = set()
    for owner, post in _posts(context):
        if post.organisation in names and post.person and post.person not in seen:
            seen.add(post.person)
            yield PersonActing(
                names=context.labels(context.library.people[post.person].name),
                post=context.label(post.post) if post.post else None,
                at=row(context, owner, "", context.sources.cite(post.source)),
            )


def names_of(context: Context, names: tuple[str, ...]) -> Iterator[Line]:
    """Yield each change of name or founding of the body that is on record by the day."""
    words, organisations = context.words, context.library.organisations
    for name in names:
        body = organisations[name]
        known = body.since or body.predecessor
        if body.source is None or not known or not context.snapshot.knows(body.since):
            continue
        told: dict[str, object] = {"name": context.label(body.name).text}
        told["date"] = words.when(body.since) if body.since else words.say("not_verified")
        former = [context.label(organisations[one].name).text for one in body.predecessor]
        if former:
            told["former"] = words.list(former)
        text = words.say("body_renamed" if former else "body_founded", None, **told)
        yield context.text(text, body.source)


def _posts(context: Context) -> Iterator[tuple[Meeting | Agreement, Post]]:
    held = [item for item in context.library.every_meeting if context.snapshot.took_place(item)]
    for meeting in reversed(held):
        heads = (chair.head for chair in meeting.cochairs if chair.head)
        yield from (
            (meeting, post) for post in (*heads, *meeting.chaired_by, *meeting.also_present)
        )
    for agreement in sorted(context.library.agreements.values(), key=latest_first):
        if context.snapshot.is_made(agreement):
            yield from ((agreement, post) for _, post in _acted(agreement))


def _acted(agreement: Agreement) -> Iterator[tuple[str, Post]]:
    """Yield who signed, then who was a witness of it or merely present, with the role."""
    if signing := agreement.known_signing:
        yield from (("signed", post) for post in signing.named)
        yield from (("witness", post) for post in signing.witnesses)
        yield from (("present", post) for post in signing.present)
