"""What changed from one meeting to another: bodies, subjects, promises, firsts and set phrases, as far as the records can tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.reports.bodies import Move, Pair, Roll, newcomers, pairs, roll
from reporter.reports.parts import Label, Line, Refs, View
from reporter.reports.promised import PromiseChanges, promise_changes, room_for
from reporter.reports.wording import Reworded, reworded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.reports.desk import Desk

# How many characters of names page one has room for; of more it says how many there are.
ROOM_FOR_BODIES = 62
ROOM_FOR_SUBJECTS = 96
MOST_FIRSTS = MOST_PHRASES = 2  # on page one


class Item(View):
    """A body or a subject."""

    id: str
    name: Label
    special: bool = False
    """Of a body: whether it was a special participant."""
    first: bool = False
    """Of a body: whether it took part for the first time."""
    former: Label | None = None
    """Of a body that was renamed: its name at the earlier meeting."""
    since: When | None = None
    """Of a body that was renamed: when."""


class Group(View):
    """Several of these, with the sources that prove it of all of them."""

    side: Label | None = None
    items: tuple[Item, ...] = ()
    brief: int = 0
    """How many of them page one has room for."""
    refs: Refs = ()


class Unread(View):
    """What cannot be told, and why."""

    sides: tuple[Label, ...] = ()
    """For which sides; empty for all."""
    meetings: tuple[int, ...]
    """Meetings whose list or statement was read in part."""
    partly: bool = False
    """Whether something can be told nevertheless."""


class Bodies(View):
    """Bodies that came in, or went out, by side."""

    groups: tuple[Group, ...]
    """Of the sides of which there are any."""
    unread: tuple[Unread, ...]


class First(View):
    """Something that happened for the first time."""

    number: int
    """Of the meeting."""
    line: Line


class Changes(View):
    """What changed from one meeting to another."""

    before: int
    number: int
    report: str
    """Id of the report that compares the two."""
    came: Bodies
    left: Bodies
    renamed: tuple[Group, ...]
    firsts: tuple[First, ...]
    """As recorded, of the meetings after the earlier one up to the later one; what weak sources alone say comes last."""
    firsts_brief: int
    """How many of them stand on page one."""
    opened: Group
    dropped: Group
    again: Group
    unread: Unread | None
    """Whether subjects and promises that are new or no longer mentioned cannot be told."""
    promises: PromiseChanges
    wording: tuple[Reworded, ...]
    """Set phrases, those that moved first."""
    wording_brief: int
    """How many of them stand on page one."""


def changes(desk: Desk, before: Meeting, meeting: Meeting) -> Changes:
    """Return what changed from ``before`` to ``meeting``, which are both held by the day of the desk.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    desk.snapshot.note(before.date)
    desk.snapshot.note(meeting.date)
    rolls = [_Side(desk, side, before, meeting) for side in desk.library.sides]
    came, left = _moved(rolls, "in"), _moved(rolls, "out")
    spoken = _Spoken(desk, before, meeting)
    return Changes(
        before=before.number,
        number=meeting.number,
        report=comparison_id(before, meeting),
        came=came,
        left=left,
        renamed=tuple(group for side in rolls if (group := side.group("renamed")).items),
        firsts=(firsts := _firsts(desk, before, meeting)),
        firsts_brief=min(MOST_FIRSTS, sum(not first.line.weak for first in firsts)),
        opened=spoken.opened(),
        dropped=spoken.dropped(),
        again=spoken.again(),
        unread=Unread(meetings=spoken.unread) if spoken.unread else None,
        promises=promise_changes(desk, before, meeting),
        wording=(wording := reworded(desk, before, meeting)),
        wording_brief=min(MOST_PHRASES, sum(phrase.later is not None for phrase in wording)),
    )


def comparison_id(before: Meeting, meeting: Meeting) -> str:
    """Return the id of the report that compares two meetings."""
    return f"compare-{before.number:02}-{meeting.number:02}"


class _Side:
    """The bodies of a side at both meetings."""

    def __init__(self, desk: Desk, side: str, before: Meeting, meeting: Meeting) -> None:
        self.desk = desk
        self.label = desk.party(side)
        self.earlier, self.later = roll(desk.library, before, side), roll(desk.library, meeting, side)
        self.pairs = pairs(desk.library, self.earlier, self.later)
        self.first, _ = newcomers(desk.library, meeting, side)

    def group(self, move: Move) -> Group:
        """Return the bodies of which ``move`` is true, proved by the lists of both meetings."""
        found = [pair for pair in self.pairs if pair.move == move]
        items = tuple(self._item(pair) for pair in found)
        if not items:
            return Group(side=self.label)
        lists = [self.later.source, self.earlier.source]
        own = [pair.seat.source for pair in found]
        changed = [self.desk.library.organisations[pair.seat.body].source for pair in found if move == "renamed"]
        refs = self.desk.sources.cite(*(changed if any(changed) else [*own, *lists]))
        return Group(side=self.label, items=items, brief=room_for([item.name.text for item in items], ROOM_FOR_BODIES), refs=refs)

    def unread(self, move: Move) -> tuple[int, ...]:
        """Return the meetings whose list would have to be read to its end to tell all bodies of which ``move`` is true."""
        there, here = (self.earlier, self.later) if move == "in" else (self.later, self.earlier)
        open_ones = any(pair.move == "cannot be told" and (pair.later is not None) == (move == "in") for pair in self.pairs)
        lacking = [there] if open_ones else []
        lacking += _incomplete([here]) if here.complete else _incomplete([here, there])
        return tuple(sorted({roll.number for roll in lacking}))

    def _item(self, pair: Pair) -> Item:
        organisation = self.desk.library.organisations[pair.seat.body]
        renamed = pair.earlier if pair.move == "renamed" else None
        known = renamed and organisation.since and self.desk.snapshot.knows(organisation.since)
        return Item(
            id=organisation.id,
            name=self.desk.label(organisation.name),
            special=pair.seat.role == "special",
            first=pair.move == "in" and organisation.id in self.first,
            former=self.desk.label(self.desk.library.organisations[renamed.body].name) if renamed else None,
            since=organisation.since if known else None,
        )


def _incomplete(rolls: Iterable[Roll]) -> list[Roll]:
    return [roll for roll in rolls if not roll.complete]


def _moved(sides: Sequence[_Side], move: Move) -> Bodies:
    groups = [side.group(move) for side in sides]
    reasons: dict[tuple[tuple[int, ...], bool], list[Label]] = defaultdict(list)
    for side, group in zip(sides, groups, strict=True):
        if numbers := side.unread(move):
            reasons[numbers, bool(group.items)].append(side.label)
    unread = (
        Unread(sides=() if len(labels) == len(sides) else tuple(labels), meetings=numbers, partly=partly)
        for (numbers, partly), labels in reasons.items()
    )
    return Bodies(groups=tuple(group for group in groups if group.items), unread=tuple(unread))


class _Spoken:
    """The subjects of both meetings."""

    def __init__(self, desk: Desk, before: Meeting, meeting: Meeting) -> None:
        self.desk = desk
        self.earlier, self.later = subjects(before), subjects(meeting)
        self.unread = unread_statements(before, meeting)

    def opened(self) -> Group:
        return self._group([] if self.unread else [name for name in self.later if name not in self.earlier])

    def dropped(self) -> Group:
        return self._group([] if self.unread else [name for name in self.earlier if name not in self.later])

    def again(self) -> Group:
        return self._group([name for name in self.later if name in self.earlier])

    def _group(self, names: list[str]) -> Group:
        found = [subject for subject in self.desk.library.subjects.values() if subject.id in names]
        items = tuple(Item(id=subject.id, name=self.desk.label(subject.name)) for subject in found)
        cited = [spoken.get(item.id, ()) for item in items for spoken in (self.later, self.earlier)]
        return Group(items=items, brief=room_for([item.name.text for item in items], ROOM_FOR_SUBJECTS), refs=self.desk.sources.cite(*cited))


def subjects(meeting: Meeting) -> dict[str, tuple[Citation, ...]]:
    """Return the subjects of which a meeting spoke, each with the sources of what was said."""
    found: dict[str, tuple[Citation, ...]] = defaultdict(tuple)
    for statement in meeting.statements.items:
        for name in statement.subjects:
            found[name] += statement.source
    return dict(found)


def unread_statements(*meetings: Meeting) -> tuple[int, ...]:
    """Return the numbers of the meetings whose statement was not read to its end."""
    return tuple(meeting.number for meeting in meetings if not meeting.statements.complete)


def _firsts(desk: Desk, before: Meeting, meeting: Meeting) -> tuple[First, ...]:
    between = (desk.library.meetings.get(number) for number in range(before.number + 1, meeting.number + 1))
    held = [found for found in between if found and desk.snapshot.was_held(found)]
    firsts = [First(number=found.number, line=line) for found in held for line in desk.lines(found.firsts)]
    return tuple(sorted(firsts, key=lambda first: first.line.weak))
