"""Tables with a column for each of two meetings: who took part, and what was spoken of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reporter.choice import MeetingKey
from reporter.reports.common.bodies import (
    BodyMove,
    Delegation,
    DelegationMember,
    Pair,
    Role,
    delegation,
    newcomers,
    pairs,
)
from reporter.reports.common.bodies_between import former_name
from reporter.reports.common.subjects_between import subjects
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

Presence = Role | Literal["absent", "not known"]
"""``absent`` is said only of a list that was read to its end."""


class ComparedBody(View):
    """A body at the two meetings."""

    id: str
    name: Label
    former: Label | None = None
    """Its name at the earlier meeting, where that was another."""
    earlier: Presence
    later: Presence
    move: BodyMove
    first: bool
    """Whether it took part for the first time."""
    refs: Refs
    """Where they differ from those of the lists."""


class SideTable(View):
    """The bodies of one side."""

    side: Label
    earlier_complete: bool
    later_complete: bool
    earlier_refs: Refs
    later_refs: Refs
    firsts_unread: tuple[MeetingKey, ...]
    """Meetings whose lists leave open whether a body took part for the first time."""
    rows: tuple[ComparedBody, ...]


class SubjectRow(View):
    """A subject at the two meetings: whether it was spoken of; None where that cannot be told."""

    id: str
    name: Label
    earlier: bool | None
    later: bool | None
    refs: Refs


class AreaTable(View):
    """The subjects of one area."""

    area: Label
    rows: tuple[SubjectRow, ...]


def side_table(context: Context, side: str, before: Meeting, meeting: Meeting) -> SideTable:
    """Return who of ``side`` took part in the two meetings."""
    earlier, later = (
        delegation(context.library, before, side),
        delegation(context.library, meeting, side),
    )
    first, unread = newcomers(context.library, meeting, side)
    return SideTable(
        side=context.label(context.library.sides[side].name),
        earlier_complete=earlier.complete,
        later_complete=later.complete,
        earlier_refs=context.sources.cite(earlier.source),
        later_refs=context.sources.cite(later.source),
        firsts_unread=unread,
        rows=tuple(
            _body(context, pair, earlier, later, first)
            for pair in pairs(context.library, earlier, later)
        ),
    )


def _body(
    context: Context, pair: Pair, earlier: Delegation, later: Delegation, first: frozenset[str]
) -> ComparedBody:
    organisation = context.library.organisations[pair.member.body]
    own: list[tuple[Citation, ...]] = [
        member.source for member in (pair.earlier, pair.later) if member
    ]
    return ComparedBody(
        id=organisation.id,
        name=context.label(organisation.name),
        former=former_name(context, pair),
        earlier=_presence(pair.earlier, earlier),
        later=_presence(pair.later, later),
        move=pair.move,
        first=pair.move == "in" and pair.member.body in first,
        refs=context.sources.cite(organisation.source if pair.former else None, *own),
    )


def _presence(member: DelegationMember | None, found: Delegation) -> Presence:
    if member:
        return member.role
    return "absent" if found.complete else "not known"


def area_tables(context: Context, before: Meeting, meeting: Meeting) -> tuple[AreaTable, ...]:
    """Return what the two meetings spoke of, by area: those of which at least one spoke."""
    earlier, later = subjects(context, before), subjects(context, meeting)
    tables: list[AreaTable] = []
    for area in context.library.project.areas:
        rows = tuple(
            SubjectRow(
                id=subject.id,
                name=context.label(subject.name),
                earlier=_spoken(subject.id in earlier, before),
                later=_spoken(subject.id in later, meeting),
                refs=context.sources.cite(earlier.get(subject.id), later.get(subject.id)),
            )
            for subject in context.library.subjects.values()
            if subject.area == area.id and (subject.id in earlier or subject.id in later)
        )
        tables += [AreaTable(area=context.label(area.name), rows=rows)] if rows else []
    return tuple(tables)


def _spoken(found: bool, meeting: Meeting) -> bool | None:  # noqa: FBT001 (yes or no is asked)
    if found:
        return True
    return False if meeting.statements.complete else None
