"""Which bodies came and went between two meetings, by side, and where that cannot be told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.choice import MeetingKey
from reporter.dates import When
from reporter.reports.common.bodies import BodyMove, Delegation, Pair, delegation, newcomers, pairs
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

# How many characters of names page one has room for; of more it says how many there are.
ROOM_FOR_BODIES = 62


class Moved(View):
    """A body or a subject."""

    id: str
    name: Label
    special: bool = False
    """Of a body: whether it was a special participant."""
    first: bool = False
    """Of a body: whether it took part for the first time."""
    former: Label | None = None
    """Of a body that was renamed: its name at the earlier meeting; if made of several, theirs."""
    reorganised: bool = False
    """Of a body that was renamed: whether it was made of several, or of a part of one."""
    since: When | None = None
    """Of a body that was renamed: when."""


class Group(View):
    """Several of these, with the sources that prove it of all of them."""

    side: Label | None = None
    items: tuple[Moved, ...] = ()
    brief: int = 0
    """How many of them page one has room for."""
    refs: Refs = ()


class Unread(View):
    """What cannot be told, and why."""

    sides: tuple[Label, ...] = ()
    """For which sides; empty for all."""
    meetings: tuple[MeetingKey, ...]
    """Meetings whose list was read in part, or whose statement is here only in part."""
    partly: bool = False
    """Whether something can be told nevertheless."""


class BodiesMoved(View):
    """Bodies that came in, or went out, by side."""

    groups: tuple[Group, ...]
    """Of the sides of which there are any."""
    unread: tuple[Unread, ...]


class Limit(View):
    """A meeting that is here only in part, so that what else came or went cannot be told."""

    number: MeetingKey
    lists: bool
    """Whether lists of participants were."""
    sides: tuple[Label, ...] = ()
    """Those of which sides; empty for all."""
    statement: bool
    """Whether the statement was."""
    given: str = ""
    """Of a document that was read: that it gives no list, or one that is open-ended."""


class SideOfBoth:
    """The bodies of a side at both meetings."""

    def __init__(self, context: Context, side: str, before: Meeting, meeting: Meeting) -> None:
        self.context = context
        self.label = context.party(side)
        self.earlier, self.later = (
            delegation(context.library, before, side),
            delegation(context.library, meeting, side),
        )
        self.pairs = pairs(context.library, self.earlier, self.later)
        self.first, _ = newcomers(context.library, meeting, side)

    def group(self, move: BodyMove) -> Group:
        """Return the bodies of which ``move`` is true, proved by the lists of both meetings."""
        found = [pair for pair in self.pairs if pair.move == move]
        items = tuple(self._item(pair) for pair in found)
        if not items:
            return Group(side=self.label)
        lists = [self.later.source, self.earlier.source]
        own = [pair.member.source for pair in found]
        changed = [
            self.context.library.organisations[pair.member.body].source or ()
            for pair in found
            if move == "renamed"
        ]
        refs = self.context.sources.cite_each(changed if any(changed) else [*own, *lists])
        return Group(
            side=self.label,
            items=items,
            brief=room_for([item.name.text for item in items], ROOM_FOR_BODIES),
            refs=refs,
        )

    def unread(self, move: BodyMove) -> tuple[MeetingKey, ...]:
        """Return the meetings whose lists must be complete to tell all bodies with ``move``."""
        there, here = (self.earlier, self.later) if move == "in" else (self.later, self.earlier)
        open_ones = any(
            pair.move == "cannot be told" and (pair.later is not None) == (move == "in")
            for pair in self.pairs
        )
        lacking = [there] if open_ones else []
        lacking += _incomplete([here]) if here.complete else _incomplete([here, there])
        return in_series(self.context.library, {delegation.key for delegation in lacking})

    def given(self, key: MeetingKey) -> str:
        """Return how the document of one of the two meetings leaves the list open, if it does."""
        return next(found.given for found in (self.earlier, self.later) if found.key == key)

    def _item(self, pair: Pair) -> Moved:
        organisation = self.context.library.organisations[pair.member.body]
        former = former_name(self.context, pair)
        known = former and organisation.since and self.context.snapshot.knows(organisation.since)
        return Moved(
            id=organisation.id,
            name=self.context.label(organisation.name),
            special=pair.member.role == "special",
            first=pair.move == "in" and organisation.id in self.first,
            former=former,
            reorganised=pair.reorganised,
            since=organisation.since if known else None,
        )


def former_name(context: Context, pair: Pair) -> Label | None:
    """Return what a body was called at the earlier meeting, where that was another name."""
    labels = [context.label(context.library.organisations[name].name) for name in pair.former]
    if len(labels) <= 1:
        return labels[0] if labels else None
    text = context.words.list([label.text for label in labels])
    return Label(language=context.language, text=text)


def _incomplete(delegations: Iterable[Delegation]) -> list[Delegation]:
    return [delegation for delegation in delegations if not delegation.complete]


def moved(sides: Sequence[SideOfBoth], move: BodyMove) -> BodiesMoved:
    """Return the bodies of all sides of which ``move`` is true, and what of it cannot be told."""
    groups = [side.group(move) for side in sides]
    reasons: dict[tuple[tuple[MeetingKey, ...], bool], list[Label]] = defaultdict(list)
    for side, group in zip(sides, groups, strict=True):
        if numbers := side.unread(move):
            reasons[numbers, bool(group.items)].append(side.label)
    unread = (
        Unread(
            sides=() if len(labels) == len(sides) else tuple(labels),
            meetings=numbers,
            partly=partly,
        )
        for (numbers, partly), labels in reasons.items()
    )
    return BodiesMoved(groups=tuple(group for group in groups if group.items), unread=tuple(unread))


def in_series(library: Library, keys: Iterable[MeetingKey]) -> tuple[MeetingKey, ...]:
    """Return meetings in the order of the series."""
    there = list(library.meetings)
    return tuple(sorted(keys, key=there.index))


def limits(
    library: Library, sides: Sequence[SideOfBoth], statements: Sequence[MeetingKey]
) -> tuple[Limit, ...]:
    """Return which meetings leave something open: by their lists, or by their ``statements``.

    Those ``statements`` are here only in part.
    """
    lists: dict[MeetingKey, list[Label]] = defaultdict(list)
    given: dict[MeetingKey, dict[str, list[Label]]] = defaultdict(dict)
    for side in sides:
        for number in {*side.unread("in"), *side.unread("out")}:
            if found := side.given(number):
                given[number].setdefault(found, []).append(side.label)
            else:
                lists[number].append(side.label)
    in_part = tuple(
        Limit(
            number=number,
            lists=number in lists,
            sides=tuple(lists[number]) if 0 < len(lists[number]) < len(sides) else (),
            statement=number in statements,
        )
        for number in in_series(library, {*lists, *statements})
    )
    return (
        *in_part,
        *(
            Limit(
                number=number,
                lists=False,
                sides=() if len(labels) == len(sides) else tuple(labels),
                statement=False,
                given=found,
            )
            for number in in_series(library, given)
            for found, labels in given[number].items()
        ),
    )


def room_for(names: Sequence[str], room: int) -> int:
    """Return how many of ``names`` fit into so many characters, at least the first."""
    used = 0
    for index, name in enumerate(names):
        used += len(name) + 2
        if used > room and index:
            return index
    return len(names)
