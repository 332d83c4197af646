"""Who took part in one meeting and in another, as far as the lists tell.

It says which bodies came in, went out or took another name.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.choice import MeetingKey
    from reporter.library import Library
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting

Role = Literal["chair", "head", "participant", "special", "announced", "beside"]
"""``head``: led its side, where nobody has the chair; ``announced``: only an announcement of the
meeting is known; ``beside``: present, but outside the lists."""

BodyMove = Literal["in", "out", "renamed", "stayed", "cannot be told", "none"]
"""``none``: nothing is said of a body that was only announced, present outside the lists, or
listed as part or as whole of another."""


@dataclass(frozen=True, slots=True)
class DelegationMember:
    """A body at a meeting."""

    body: str
    role: Role
    source: tuple[Citation, ...] = ()
    """Where it differs from that of the list."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """The bodies of one side at a meeting, those in the chair or at its head first."""

    key: MeetingKey
    complete: bool
    """Whether whoever is not named in it was not there."""
    members: dict[str, DelegationMember]
    source: tuple[Citation, ...] = ()
    given: str = ""
    """Of a document that was read: that it gives no list, or one that is open-ended."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A body at two meetings, under one name or two."""

    earlier: DelegationMember | None
    later: DelegationMember | None
    move: BodyMove
    former: tuple[str, ...] = ()
    """Its names at the earlier meeting, where they were others: several that became one."""
    reorganised: bool = False
    """Whether it is more than another name: made of several bodies, or of a part of one."""

    @property
    def member(self) -> DelegationMember:
        """The body at the later meeting; at the earlier one where it was not at the later."""
        member = self.later or self.earlier
        assert member is not None  # noqa: S101 (a pair is made of at least one)
        return member


def delegation(library: Library, meeting: Meeting, side: str) -> Delegation:
    """Return who of ``side`` took part in ``meeting``: chairs, those listed, others known there."""
    return library.once(
        ("delegation", meeting.id, side), lambda: _delegation(library, meeting, side)
    )


def _delegation(library: Library, meeting: Meeting, side: str) -> Delegation:
    announced = meeting.evidence == "announced"
    lists = [listed for listed in meeting.participants if listed.side == side]
    members = [
        DelegationMember(
            chair.organisation, "head" if meeting.chairing == "heads" else "chair", chair.source
        )
        for chair in meeting.cochairs
        if chair.side == side
    ]
    members += [
        DelegationMember(body.body, "special" if body.special else "participant", body.source or ())
        for item in lists
        for body in item.bodies
    ]
    if announced:
        members = [DelegationMember(member.body, "announced", member.source) for member in members]
    posts = [
        post
        for post in meeting.also_present
        if library.organisations[post.organisation].side == side
    ]
    members += [
        DelegationMember(post.organisation, "announced" if announced else "beside", post.source)
        for post in posts
    ]
    found: dict[str, DelegationMember] = {}
    for member in members:
        found.setdefault(member.body, member)
    complete = bool(lists) and not announced and all(listed.complete for listed in lists)
    return Delegation(
        meeting.key,
        complete,
        found,
        tuple(citation for listed in lists for citation in listed.source or ()),
        next((listed.list for listed in lists if listed.list), ""),
    )


def pairs(library: Library, earlier: Delegation, later: Delegation) -> tuple[Pair, ...]:
    """Return each body of the two delegations with what became of it.

    Those of the later delegation come first, in its order, then those of the earlier one only.
    """
    left = dict(earlier.members)
    known = {body: left.pop(body) for body in later.members if body in left}
    for body in later.members:
        former = next(
            (other for other in left if body not in known and is_same(library, body, other)), None
        )
        if former is not None:
            known[body] = left.pop(former)
    made_of = {
        body: tuple(other for other in left if other in _before(library, body))
        for body in later.members
        if body not in known
    }
    left = {body: left[body] for body in left if not any(body in of for of in made_of.values())}
    come = [body for body, of in made_of.items() if not of]
    rows = [
        _made(member, [earlier.members[one] for one in of])
        if (of := made_of.get(body))
        else _pair(known.get(body), member, earlier, _is_counted(library, member, left))
        for body, member in later.members.items()
    ]
    return (
        *rows,
        *(
            _pair(member, None, later, _is_counted(library, member, come))
            for member in left.values()
        ),
    )


def _pair(
    before: DelegationMember | None,
    after: DelegationMember | None,
    other: Delegation,
    is_counted: bool,  # noqa: FBT001 (a plain answer)
) -> Pair:
    """Return a body at two meetings; ``other`` is the delegation of the one it missed, if any."""
    if before and after and "announced" in {before.role, after.role} and before.body == after.body:
        return Pair(before, after, "cannot be told")
    if before and after:
        is_same_name = before.body == after.body
        former = () if is_same_name else (before.body,)
        return Pair(before, after, "stayed" if is_same_name else "renamed", former)
    if not is_counted:
        return Pair(before, after, "none")
    if not other.complete:
        return Pair(before, after, "cannot be told")
    return Pair(before, after, "in" if after else "out")


def _made(member: DelegationMember, of: Sequence[DelegationMember]) -> Pair:
    """Return a body that was made of several, or of a part of one, which sat there before."""
    names = tuple(one.body for one in of)
    return Pair(of[0], member, "renamed", names, reorganised=True)


def _is_counted(library: Library, member: DelegationMember, others: Iterable[str]) -> bool:
    """Return whether something can be said of a body that was at only one of the meetings.

    ``others`` were only at the other one.
    """
    return member.role not in {"announced", "beside"} and not any(
        _is_part(library, member.body, other) for other in others
    )


def newcomers(
    library: Library, meeting: Meeting, side: str
) -> tuple[frozenset[str], tuple[MeetingKey, ...]]:
    """Return the bodies of ``side`` that took part for the first time.

    With them come the earlier meetings of its kind that leave it open, and the numbers of those
    that have no record. If there are any, no body can be called new.
    """
    unread = _unread(library, meeting, side)
    if unread:
        return frozenset(), unread
    here = delegation(library, meeting, side).members
    seen = _seen(library, side)[meeting.key]
    gone = seen - here.keys()
    came = [member.body for member in here.values() if _is_counted(library, member, gone)]
    return frozenset(
        body
        for body in came
        if seen.isdisjoint(_before(library, body))
        and not any(is_same(library, body, other) for other in seen)
    ), ()


def _unread(library: Library, meeting: Meeting, side: str) -> tuple[MeetingKey, ...]:
    """Return the earlier meetings of a kind whose participants for ``side`` are not all known."""

    def find() -> dict[MeetingKey, tuple[MeetingKey, ...]]:
        found: dict[MeetingKey, tuple[MeetingKey, ...]] = {}
        lacking: list[MeetingKey] = []
        next_number = 1
        for one in library.meetings.values():
            if one.kind != meeting.kind:
                continue
            if isinstance(one.key, int):
                lacking += range(next_number, one.key)
                next_number = max(next_number, one.key + 1)
            found[one.key] = tuple(lacking)
            lacking += [] if delegation(library, one, side).complete else [one.key]
        return found

    return library.once(("unread", meeting.kind, side), find)[meeting.key]


def _seen(library: Library, side: str) -> dict[MeetingKey, frozenset[str]]:
    """Return, by meeting, the bodies of ``side`` that took part in earlier meetings."""

    def find() -> dict[MeetingKey, frozenset[str]]:
        delegations = [delegation(library, meeting, side) for meeting in library.meetings.values()]
        before = accumulate(
            (found.members.keys() for found in delegations),
            lambda seen, members: seen | members,
            initial=frozenset[str](),
        )
        return dict(zip(library.meetings, before, strict=False))

    return library.once(("seen", side), find)


def is_same(library: Library, one: str, other: str) -> bool:
    """Return whether two ids mean one body: they are equal, or one succeeded the other.

    A chain of successors counts too, but not past a body that several others succeeded, or that
    was made of several.
    """
    return one in _line(library, other) or other in _line(library, one)


def _line(library: Library, body: str) -> list[str]:
    """Return the body and its predecessors, newest first, until one that has several successors."""
    heirs = library.once(
        ("heirs",),
        lambda: Counter(
            former
            for organisation in library.organisations.values()
            for former in organisation.predecessor
        ),
    )
    found = [body]
    while (
        len(former := library.organisations[found[-1]].predecessor) == 1
        and heirs[former[0]] == 1
        and former[0] not in found
    ):
        found += former
    return found


def _before(library: Library, body: str) -> frozenset[str]:
    """Return all bodies that this one took over from, however long ago."""

    def find() -> frozenset[str]:
        found: set[str] = set()
        ahead = [*library.organisations[body].predecessor]
        while ahead:
            former = ahead.pop()
            if former not in found:
                found.add(former)
                ahead += library.organisations[former].predecessor
        return frozenset(found)

    return library.once(("before", body), find)


def _is_part(library: Library, one: str, other: str) -> bool:
    """Return whether one of two bodies is part of the other."""
    return one in _above(library, other) or other in _above(library, one)


def _above(library: Library, body: str) -> list[str]:
    """Return the bodies of which this one is part, the nearest first."""
    found: list[str] = []
    above = library.organisations[body].parent
    while above and above not in found:
        found.append(above)
        above = library.organisations[above].parent
    return found
