"""How high the parts of page one are on paper, by estimate, in points; the measures are those of the default stylesheet."""

from __future__ import annotations

from calendar import month_name
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.brevity import cut, words
from reporter.records.meeting import WORDS_OF_A_POINT
from reporter.records.statements import MOST_WORDS
from reporter.reports.common import room
from reporter.reports.common.room import MM, height, lines
from reporter.reports.views import Ref

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from reporter.dates import When
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.moves import Group, Item, Limit
    from reporter.reports.common.participants import Chair, Chairs
    from reporter.reports.common.promises import Agreed, Step
    from reporter.reports.common.wording import Reworded
    from reporter.reports.views import Count, Heading, Label, Masthead, Refs, Who

WIDE, LEFT, RIGHT = 174 * MM, 114 * MM, 51 * MM
POINT, CHANGE, WHAT, WHO, DUE = LEFT - 6 * MM, LEFT - 17 * MM, LEFT - 55.2 * MM, 19.8 * MM, 31 * MM
HEAD = 13.5 + 0.6 + 3.9 + 13.5 + 4.5  # of a section, with the space above it
GAP, NOTE, LITTLE, ROW, COLUMNS = 4.5, 13.5, 2.25, 4.5, 13.5
WORDS_OF_A_NAME = 8
A_DATE = "28 September 2024"
SOME = (Ref(number=88, paragraphs=(8,)),)

Told = tuple[str, "Refs"]


class Fact(NamedTuple):
    """Something at a glance: lines with their references."""

    lines: tuple[Told, ...]


class Top(NamedTuple):
    """What stands above the columns."""

    masthead: Masthead
    heading: str
    """About as long as the heading is in words."""
    titles: tuple[Label, ...] = ()
    bottom_line: tuple[str, ...] = ()
    """One of these, or about as long as one of them."""


def top(parts: Top) -> float:
    """Return how high the title and the bottom line are."""
    series = height(parts.masthead.series.text.upper(), room.SERIES, WIDE) + LITTLE
    title = _lines_of_parts(parts.heading) * room.TITLE.line + 9
    official = (
        height("    ".join(label.text for label in parts.titles), room.SMALL, WIDE) + LITTLE
        if parts.titles
        else 0
    )
    told = max(
        (height(cut(text, MOST_WORDS), room.LEAD, WIDE) for text in parts.bottom_line), default=0
    )
    return series + title + official + 6.75 + 13.5 + told


def _lines_of_parts(heading: str) -> int:
    """Return how many lines a heading takes, which breaks after its commas only."""
    count, used = 1, 0.0
    for part in heading.split(", "):
        wide = room.width(f"{part}, ", room.TITLE.face) * room.TITLE.size
        count, used = (count, used + wide) if not used or used + wide <= WIDE else (count + 1, wide)
        count, used = count + int(used // WIDE), used % WIDE
    return count


def heading_text(heading: Heading) -> str:
    """Return a text about as long as the heading of a meeting."""
    return ", ".join(
        filter(
            None, ["Eleventh meeting", heading.city, _date(heading.date) if heading.date else None]
        )
    )


def _date(when: When) -> str:
    day = f"{when.last.day} {month_name[when.last.month]} {when.last.year}"
    return f"{when.first.day}-{day}" if when.is_range else day


def status_words(counts: Sequence[Count]) -> str:
    """Return a sentence about as long as the one that says how promises stand."""
    words = ", ".join(
        f"two {'could not be verified' if count.status == 'not verified' else f'are {count.status}'}"
        for count in counts
    )
    return (
        f"Of its three promises, {words}."
        if counts
        else "No promise is on record; only an announcement of it was found."
    )


def said(statements: Iterable[str], areas: int) -> float:
    """Return how high a list of statements is, under so many headings."""
    listed = sum(height(text, room.SMALL, LEFT, SOME) + LITTLE for text in statements)
    return HEAD + listed + areas * (room.SMALL.line + GAP)


def points(items: Sequence[Agreed], *, more: bool) -> float:
    """Return how high a list of points is."""
    shown = (
        height(_point(item), room.STRONG if _named(item) else room.TEXT, POINT, item.refs) + GAP
        for item in items
    )
    return HEAD + (sum(shown) if items else room.TEXT.line) + (NOTE if more else 0)


def _point(item: Agreed) -> str:
    return " ".join(filter(None, [_named(item), item.verb, item.text]))


def _named(item: Agreed) -> str:
    """Return the names that stand before the verb: none where it is all, or where a person wrote the point."""
    return "" if item.who is None or item.who.everyone else who(item.who)


def steps(items: Sequence[Step], most: int) -> float:
    """Return how high the table of next steps is."""
    if not items:
        return HEAD + room.TEXT.line
    table = COLUMNS + sum(map(_step, items[:most])) if most else 0
    return HEAD + table + (NOTE if len(items) > most else 0)


def _step(item: Step) -> float:
    what, due = (
        height(item.text, room.SMALL, WHAT, item.refs),
        (item.due_words or A_DATE) + (" overdue" if item.overdue else ""),
    )
    return max(what, height(who(item.who), room.SMALL, WHO), height(due, room.SMALL, DUE)) + ROW


def who(parties: Who) -> str:
    """Return names as they are printed."""
    return (
        "Both"
        if parties.everyone
        else ", ".join(name.text for name in parties.names)
        + (" and five more" if parties.more else "")
    )


def wording(items: Sequence[tuple[str, str]], *, more: bool) -> float:
    """Return how high a list of set phrases is."""
    shown = (
        height(name, room.SMALL, LEFT) + height(words, room.SMALL, LEFT, SOME) + LITTLE + GAP
        for name, words in items
    )
    return HEAD + GAP + sum(shown) + (NOTE if more else 0) if items or more else 0


def subject(parties: Who | None) -> str:
    """Return names as they stand at the beginning of a sentence."""
    if parties is None:
        return ""
    return "Both sides" if parties.everyone else who(parties)


def fact(item: Fact) -> float:
    """Return how high a fact is with its name."""
    return (
        room.SMALL.line
        + sum(height(text, room.SMALL, RIGHT, refs) for text, refs in item.lines)
        + GAP
    )


def chairs(sides: Iterable[Chairs], most: int) -> float:
    """Return how high the chairs are, so many of each side."""
    return sum(_chairs(side, most) for side in sides)


def _chairs(side: Chairs, most: int) -> float:
    shown = sum(
        height(_chair(chair), room.SMALL, RIGHT, chair.refs) for chair in side.chairs[:most]
    )
    more = room.SMALL.line if len(side.chairs) > most else 0
    return height(f"Co-chairs last time, {side.side.text}", room.SMALL, RIGHT) + shown + more + GAP


def _chair(chair: Chair) -> str:
    return ", ".join(cut(name.text, WORDS_OF_A_NAME) for name in (*chair.person[:1], chair.body))


def tallies(counted: Iterable[Sequence[Count]]) -> float:
    """Return how high the counts of what stands at each status are."""
    found = [counts for counts in counted if counts]
    return HEAD + sum((1 + len(counts)) * room.SMALL.line + GAP for counts in found) if found else 0


def bottom_lines(lead: Sequence[str], status: str) -> tuple[str, ...]:
    """Return what a bottom line may be: all of it, the first sentence with the status, or as much of it as leaves room for that."""
    first = cut(lead[0], max(MOST_WORDS - words(status), 20))
    return f"{' '.join(lead)} {status}", f"{lead[0]} {status}", f"{first} {status}"


def changes(changed: Changes, rows: Sequence[str], title: str) -> float:
    """Return how high the table of what changed is, below its title."""
    shown = [_CHANGES[row](changed) for row in rows]
    table = sum(height(text, room.TEXT, CHANGE, refs) + LITTLE for text, refs in shown if text)
    limits = " and ".join(map(_limit, changed.limits))
    note = (
        height(
            f"What else came or went cannot be told: {limits} is here only in part.",
            room.FINE,
            LEFT,
        )
        + GAP
    )
    head = HEAD + (lines(title, room.HEADING, LEFT) - 1) * room.HEADING.line
    return head + table + (note if limits else 0) + (NOTE if len(rows) < len(_CHANGES) else 0)


def _limit(item: Limit) -> str:
    lists = f"the list ({', '.join(side.text for side in item.sides)})" if item.lists else ""
    return f"{lists} {'the statement' if item.statement else ''} of meeting 8"


def _names(groups: Sequence[Group]) -> Told:
    found = [group for group in groups if group.items]
    return "; ".join(map(_group, found)), tuple(ref for group in found for ref in group.refs)


def _group(group: Group) -> str:
    side = f"{group.side.text}: " if group.side else ""
    more = " and twelve more" if len(group.items) > group.brief else ""
    return f"{side}{'; '.join(map(_name, group.items[: group.brief]))}{more}"


def _name(item: Item) -> str:
    seat = f"{', special participant' if item.special else ''}{', for the first time' if item.first else ''}"
    was = (
        f", at meeting 88 {cut(item.former.text, WORDS_OF_A_NAME)} (renamed {A_DATE})"
        if item.former
        else ""
    )
    return cut(item.name.text, WORDS_OF_A_NAME) + seat + was


def _new(changed: Changes) -> Told:
    firsts = [first.line for first in changed.firsts[: changed.firsts_brief]]
    opened, refs = _names([changed.opened])
    text = " ".join([*(cut(line.text, WORDS_OF_A_POINT) for line in firsts), opened])
    return text, tuple(ref for line in firsts for ref in line.refs) + refs


def _promises(changed: Changes) -> Told:
    found = [
        group
        for name in ("new", "again", "met", "unchecked")
        if (group := getattr(changed.promises, name)).items
    ]
    return "; ".join(["twelve not checked for long"] * len(found)), tuple(
        ref for group in found for ref in group.refs
    )


def _wording(changed: Changes) -> Told:
    shown = changed.wording[: changed.wording_brief]
    named = len(changed.wording) > 1
    both = [wording for item in shown for wording in (item.later, item.earlier) if wording]
    return "; ".join(f"{_called(item) if named else ''}{_worded(item)}" for item in shown), tuple(
        ref for wording in both for ref in wording.refs
    )


def _called(item: Reworded) -> str:
    return f"{cut(item.name.text, WORDS_OF_A_NAME)}: "


def _worded(item: Reworded) -> str:
    if item.earlier and not item.moved:
        return "the same words as on 28 Sep 2024"
    words = [
        f"'{''.join(piece.text for piece in wording.pieces)}'"
        for wording in (item.later, item.earlier)
        if wording
    ]
    return f"{'; on 28 Sep 2024 '.join(words)}{'' if item.earlier else ', no earlier wording on record'}"


_CHANGES: dict[str, Callable[[Changes], Told]] = {
    "came": lambda changed: (
        _names(changed.came.groups) if changed.came.groups or changed.came.unread else ("none", ())
    ),
    "left": lambda changed: (
        _names(changed.left.groups) if changed.left.groups or changed.left.unread else ("none", ())
    ),
    "renamed": lambda changed: _names(changed.renamed),
    "new": _new,
    "dropped": lambda changed: _names([changed.dropped]),
    "again": lambda changed: _names([changed.again]),
    "promises": _promises,
    "wording": _wording,
}
