"""What changed between two meetings, as far as the records can tell.

This covers bodies, subjects, promises, firsts and set phrases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import MeetingKey, comparison_id
from reporter.reports.common.bodies_between import (
    BodiesMoved,
    Group,
    Limit,
    SideOfBoth,
    Unread,
    limits,
    moved,
)
from reporter.reports.common.phrases import Reworded, reworded
from reporter.reports.common.promises_between import PromiseChanges, no_changes, promise_changes
from reporter.reports.common.subjects_between import Spoken
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Container

    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

MOST_FIRSTS, MOST_PHRASES = 1, 2
ROWS = ("came", "left", "renamed", "new", "dropped", "again", "promises", "wording")


class First(View):
    """Something that happened for the first time."""

    number: MeetingKey
    """Of the meeting."""
    line: Line


class Changes(View):
    """What changed from one meeting to another."""

    before: MeetingKey
    number: MeetingKey
    report: str
    """Id of the report that compares the two."""
    came: BodiesMoved
    left: BodiesMoved
    renamed: tuple[Group, ...]
    firsts: tuple[First, ...]
    """Recorded of meetings after the earlier, up to the later one; weakly sourced ones last."""
    firsts_brief: int
    """How many of them stand on page one."""
    opened: Group
    returned: Group
    """Subjects that an earlier meeting had, but not the one before."""
    dropped: Group
    again: Group
    unread: Unread | None
    """Whether subjects and promises that are new or no longer mentioned cannot be told."""
    limits: tuple[Limit, ...]
    """The same, and what cannot be told of bodies, in short."""
    promises: PromiseChanges
    wording: tuple[Reworded, ...]
    """Set phrases, those that moved first."""
    wording_brief: int
    """How many of them stand on page one."""


def changes(
    context: Context, before: Meeting, meeting: Meeting, rows: Container[str] = ROWS
) -> Changes:
    """Return what changed from ``before`` to ``meeting``, as far as ``rows`` go.

    Both were held by the day of the context. What cannot be told is always mentioned. The fields
    are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    context.snapshot.note_held(before)
    context.snapshot.note_held(meeting)
    rolls = [SideOfBoth(context, side, before, meeting) for side in context.library.sides]
    nobody, nothing = BodiesMoved(groups=(), unread=()), Group()
    came = moved(rolls, "in") if "came" in rows else nobody
    left = moved(rolls, "out") if "left" in rows else nobody
    spoken = Spoken(context, before, meeting)
    return Changes(
        before=before.key,
        number=meeting.key,
        report=comparison_id(before.key, meeting.key, meeting.series),
        came=came,
        left=left,
        renamed=tuple(group for side in rolls if (group := side.group("renamed")).items)
        if "renamed" in rows
        else (),
        firsts=(firsts := _firsts(context, before, meeting) if "new" in rows else ()),
        firsts_brief=min(MOST_FIRSTS, sum(not first.line.weak for first in firsts)),
        opened=spoken.opened() if "new" in rows else nothing,
        returned=spoken.returned() if "new" in rows else nothing,
        dropped=spoken.dropped() if "dropped" in rows else nothing,
        again=spoken.again() if "again" in rows else nothing,
        unread=Unread(meetings=spoken.unread) if spoken.unread else None,
        limits=limits(context.library, rolls, spoken.unread),
        promises=promise_changes(context, before, meeting)
        if "promises" in rows
        else no_changes(context, before),
        wording=(wording := reworded(context, before, meeting) if "wording" in rows else ()),
        wording_brief=min(MOST_PHRASES, sum(phrase.later is not None for phrase in wording)),
    )


def _firsts(context: Context, before: Meeting, meeting: Meeting) -> tuple[First, ...]:
    until = (*context.library.earlier(meeting), meeting)
    between = until[len(context.library.earlier(before)) + 1 :]
    held = [found for found in between if context.snapshot.was_held(found)]
    firsts = [
        First(number=found.key, line=line) for found in held for line in context.lines(found.firsts)
    ]
    return tuple(sorted(firsts, key=lambda first: first.line.weak))
