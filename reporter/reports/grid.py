"""Grids of a series: a row for each body or subject, a column for each meeting, a mark where they meet."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from reporter.dates import When
from reporter.records.base import Citation
from reporter.reports.parts import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.records.register import Organisation
    from reporter.reports.desk import Desk

Mark = Literal["chair", "participant", "special", "spoken of", "absent", "not known"]
"""``absent`` is said only of a list or a statement that was read to its end."""


class Former(View):
    """A body that another one succeeded and with which it shares a row."""

    name: Label
    successor: Label
    until: When | None
    """When the other one took over."""
    refs: Refs


class GridRow(View):
    """A body or a subject, with a mark for each meeting."""

    name: Label
    abbreviation: str | None = None
    marks: tuple[Mark, ...]


class Grid(View):
    """The bodies of a side, or the subjects of an area."""

    name: Label
    rows: tuple[GridRow, ...]
    former: tuple[Former, ...] = ()


class Origin(View):
    """Where a column is taken from."""

    number: int
    """Of the meeting."""
    announced: bool
    """Whether it is what was announced, and not what is known to have been."""
    refs: Refs


def bodies_grids(desk: Desk, meetings: Sequence[Meeting]) -> tuple[Grid, ...]:
    """Return who chaired and took part in which of ``meetings``: a grid for each side, its bodies in the order of first appearance."""
    grids = (_side_grid(desk, side, meetings) for side in desk.library.sides)
    return tuple(grid for grid in grids if grid.rows)


def subjects_grids(desk: Desk, meetings: Sequence[Meeting]) -> tuple[Grid, ...]:
    """Return what was spoken of at which of ``meetings``: a grid for each area, its subjects in the order of the records."""
    spoken = [{subject for statement in meeting.statements.items for subject in statement.subjects} for meeting in meetings]
    others: list[Mark] = ["absent" if meeting.statements.complete else "not known" for meeting in meetings]
    grids: list[Grid] = []
    for area in desk.library.project.areas:
        subjects = [subject for subject in desk.library.subjects.values() if subject.area == area.id]
        rows = tuple(
            GridRow(
                name=desk.label(subject.name),
                marks=tuple("spoken of" if subject.id in found else other for found, other in zip(spoken, others, strict=True)),
            )
            for subject in subjects
            if any(subject.id in found for found in spoken)
        )
        if rows:
            grids.append(Grid(name=desk.label(area.name), rows=rows))
    return tuple(grids)


def lists_origins(desk: Desk, meetings: Iterable[Meeting]) -> tuple[Origin, ...]:
    """Return the documents from which the lists of participants are taken, by meeting."""
    return tuple(
        Origin(
            number=meeting.number,
            announced=meeting.evidence == "announced",
            refs=desk.sources.cite(
                whole(side.source or () for side in meeting.participants), whole(chair.source for chair in meeting.cochairs)
            ),
        )
        for meeting in meetings
    )


def statements_origins(desk: Desk, meetings: Iterable[Meeting]) -> tuple[Origin, ...]:
    """Return the documents from which the statements are taken, by meeting."""
    return tuple(
        Origin(
            number=meeting.number,
            announced=meeting.evidence == "announced",
            refs=desk.sources.cite(whole(statement.source for statement in meeting.statements.items)),
        )
        for meeting in meetings
    )


def whole(groups: Iterable[Iterable[Citation]]) -> tuple[Citation, ...]:
    """Return the documents that are cited, without their paragraphs, those cited most often first."""
    cited = Counter(citation.document for group in groups for citation in group)
    return tuple(Citation(document) for document, _ in cited.most_common())


def _side_grid(desk: Desk, side: str, meetings: Sequence[Meeting]) -> Grid:
    columns = [_attendance(meeting, side) for meeting in meetings]
    others: list[Mark] = ["absent" if _is_complete(meeting, side) else "not known" for meeting in meetings]
    rows: list[GridRow] = []
    former: list[Former] = []
    for chain in _chains(desk.library, dict.fromkeys(body for column in columns for body in column)):
        latest = desk.library.organisations[chain[-1]]
        former += [_former(desk, before, after) for before, after in pairwise(chain)]
        marks = tuple(_mark(column, chain, other) for column, other in zip(columns, others, strict=True))
        rows.append(GridRow(name=desk.label(latest.name), abbreviation=latest.abbreviation, marks=marks))
    return Grid(name=desk.label(desk.library.sides[side].name), rows=tuple(rows), former=tuple(former))


def _attendance(meeting: Meeting, side: str) -> dict[str, Mark]:
    """Return the bodies of a side at a meeting, those in the chair first."""
    found: dict[str, Mark] = {chair.organisation: "chair" for chair in meeting.cochairs if chair.side == side}
    for body in (body for listed in meeting.participants if listed.side == side for body in listed.bodies):
        found.setdefault(body.body, "special" if body.special else "participant")
    return found


def _is_complete(meeting: Meeting, side: str) -> bool:
    lists = [listed for listed in meeting.participants if listed.side == side]
    return bool(lists) and all(listed.complete for listed in lists)


def _mark(column: dict[str, Mark], chain: Sequence[str], other: Mark) -> Mark:
    """Return the mark of a body, or of the one that it succeeded: the later one's where both are there."""
    return next((column[body] for body in reversed(chain) if body in column), other)


def _chains(library: Library, bodies: Iterable[str]) -> list[list[str]]:
    """Return ``bodies`` in their order, each with those among them that it succeeded, oldest first.

    A body that several others succeeded shares a row with none of them.
    """
    successors = Counter(organisation.predecessor for organisation in library.organisations.values())
    chains: dict[str, list[str]] = {}
    for body in bodies:
        chains.setdefault(_origin(library, library.organisations[body], successors), []).append(body)
    return [sorted(chain, key=lambda body: _age(library, body)) for chain in chains.values()]


def _origin(library: Library, organisation: Organisation, successors: Counter[str | None]) -> str:
    """Return the first of the bodies that succeeded each other down to this one."""
    before = organisation.predecessor
    if before is None or successors[before] > 1:
        return organisation.id
    return _origin(library, library.organisations[before], successors)


def _age(library: Library, body: str) -> int:
    """Return how many bodies came before this one."""
    before = library.organisations[body].predecessor
    return 0 if before is None else 1 + _age(library, before)


def _former(desk: Desk, before: str, after: str) -> Former:
    organisation = desk.library.organisations[after]
    known = organisation.predecessor == before and desk.snapshot.knows(organisation.since)
    return Former(
        name=desk.label(desk.library.organisations[before].name),
        successor=desk.label(organisation.name),
        until=organisation.since if known else None,
        refs=desk.sources.cite(organisation.source),
    )
