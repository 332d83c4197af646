"""Grids of a series: a row per body or subject, a column per meeting, and marks in the cells."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from reporter.choice import MeetingKey
from reporter.dates import When
from reporter.records.base import Citation
from reporter.reports.common.bodies import Role, delegation, is_same
from reporter.reports.common.meetings_table import letters
from reporter.reports.common.subjects_between import subjects
from reporter.reports.views import Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.records.register import Subject
    from reporter.reports.common.bodies import Delegation
    from reporter.reports.common.context import Context

GridMark = Role | Literal["subject", "absent", "not known"]
"""``absent`` is said only of a list or a statement that was read to its end."""
_MARKS: tuple[GridMark, ...] = (*get_args(Role), "subject", "absent", "not known")


class Former(View):
    """A body that another one succeeded: they share a row, unless there are several of them."""

    name: Label
    """Of several, their names."""
    successor: Label
    until: When | None
    """When the other one took over."""
    shares_row: bool = True
    refs: Refs


class GridRow(View):
    """A body or a subject, with a mark for each meeting."""

    name: Label
    abbreviation: str | None = None
    marks: tuple[GridMark, ...]


class Grid(View):
    """The bodies of a side, or the subjects of an area."""

    name: Label
    rows: tuple[GridRow, ...]
    former: tuple[Former, ...] = ()


class ColumnOrigin(View):
    """Where a column is taken from."""

    number: MeetingKey
    """Of the meeting."""
    label: str = ""
    """What stands for its number where it has none."""
    refs: Refs


class Grids(View):
    """Grids that share their columns and their legend."""

    grids: tuple[Grid, ...]
    marks: tuple[GridMark, ...]
    """Those that occur."""
    given: bool = Field(default=False, exclude=True)
    """Whether a document gives no list, or one that is open-ended."""
    origins: tuple[ColumnOrigin, ...]
    """Of the columns of which a source is on record."""


def bodies_grids(context: Context, meetings: Sequence[Meeting]) -> Grids:
    """Return who chaired, led and took part in which of ``meetings``.

    There is a grid for each side, with bodies in the order of their first appearance.
    """
    delegations = {
        side: [delegation(context.library, meeting, side) for meeting in meetings]
        for side in context.library.sides
    }
    grids = [_side_grid(context, side, columns) for side, columns in delegations.items()]
    sources = (_sources(columns) for columns in zip(*delegations.values(), strict=True))
    found = _grids(context, meetings, grids, sources)
    given = any(column.given for columns in delegations.values() for column in columns)
    return found.model_copy(update={"given": given})


def subjects_grids(context: Context, meetings: Sequence[Meeting]) -> Grids:
    """Return what was a subject of which of ``meetings``.

    There is a grid for each area, with subjects in the order of the records.
    """
    spoken = [subjects(context, meeting) for meeting in meetings]
    grids = []
    for area in context.library.project.areas:
        rows = [
            _subject_row(context, subject, meetings, spoken)
            for subject in context.library.subjects.values()
            if subject.area == area.id
        ]
        grids.append(
            Grid(
                name=context.label(area.name),
                rows=tuple(row for row in rows if "subject" in row.marks),
            )
        )
    sources = (
        [citation for statement in context.said(meeting) for citation in statement.source]
        for meeting in meetings
    )
    return _grids(context, meetings, grids, sources)


def _grids(
    context: Context,
    meetings: Sequence[Meeting],
    grids: Iterable[Grid],
    sources: Iterable[Iterable[Citation]],
) -> Grids:
    filled = tuple(grid for grid in grids if grid.rows)
    found = {mark for grid in filled for row in grid.rows for mark in row.marks}
    marks = letters(meetings)
    origins = (
        ColumnOrigin(
            number=meeting.key, label=marks.get(meeting.id, ""), refs=_whole(context, cited)
        )
        for meeting, cited in zip(meetings, sources, strict=True)
    )
    return Grids(
        grids=filled,
        marks=tuple(mark for mark in _MARKS if mark in found),
        origins=tuple(origin for origin in origins if origin.refs),
    )


def _whole(context: Context, cited: Iterable[Citation]) -> Refs:
    """Cite documents without their paragraphs, those first that were cited most often."""
    found = Counter(citation.document for citation in cited)
    return context.sources.cite([Citation(document) for document, _ in found.most_common()])


def _sources(columns: Iterable[Delegation]) -> Iterator[Citation]:
    for column in columns:
        yield from column.source
        for member in column.members.values():
            yield from member.source


def _subject_row(
    context: Context,
    subject: Subject,
    meetings: Sequence[Meeting],
    spoken: Sequence[Container[str]],
) -> GridRow:
    marks: list[GridMark] = []
    for meeting, found in zip(meetings, spoken, strict=True):
        if subject.id in found:
            marks.append("subject")
        else:
            marks.append("absent" if meeting.statements.complete else "not known")
    return GridRow(name=context.label(subject.name), marks=tuple(marks))


def _side_grid(context: Context, side: str, columns: Sequence[Delegation]) -> Grid:
    rows: list[GridRow] = []
    former: list[Former] = []
    bodies = dict.fromkeys(body for column in columns for body in column.members)
    for line in _lines(context.library, bodies):
        latest = context.library.organisations[line[-1]]
        former += [_former(context, before, after) for before, after in pairwise(line)]
        former += _made_of(context, line[0], bodies)
        marks = tuple(_mark(column, line) for column in columns)
        rows.append(
            GridRow(name=context.label(latest.name), abbreviation=latest.abbreviation, marks=marks)
        )
    return Grid(
        name=context.label(context.library.sides[side].name), rows=tuple(rows), former=tuple(former)
    )


def _mark(column: Delegation, line: Sequence[str]) -> GridMark:
    """Return the mark of a body or of a predecessor: the later one's if both were there."""
    member = next((column.members[body] for body in reversed(line) if body in column.members), None)
    if member is not None:
        return member.role
    return "absent" if column.complete else "not known"


def _lines(library: Library, bodies: Iterable[str]) -> list[list[str]]:
    """Return ``bodies`` in order, each with its predecessors among them, oldest first."""
    lines: list[list[str]] = []
    for body in bodies:
        line = next(
            (line for line in lines if any(is_same(library, body, other) for other in line)), None
        )
        if line is None:
            lines.append([body])
        else:
            line.append(body)
            line.sort(key=lambda name: _age(library, name))
    return lines


def _age(library: Library, body: str) -> int:
    """Return how many bodies came before this one."""
    before = library.organisations[body].predecessor
    return max((1 + _age(library, former) for former in before), default=0)


def _made_of(context: Context, body: str, bodies: Container[str]) -> Iterator[Former]:
    """Yield which other rows a body took over from: several, or a part of one."""
    organisation = context.library.organisations[body]
    rows = [context.library.organisations[one] for one in organisation.predecessor if one in bodies]
    if rows and context.snapshot.knows(organisation.since):
        names = context.words.list([context.label(one.name).text for one in rows])
        yield Former(
            name=Label(language=context.language, text=names),
            successor=context.label(organisation.name),
            until=organisation.since,
            shares_row=False,
            refs=context.sources.cite(organisation.source),
        )


def _former(context: Context, before: str, after: str) -> Former:
    organisation = context.library.organisations[after]
    known = before in organisation.predecessor and context.snapshot.knows(organisation.since)
    return Former(
        name=context.label(context.library.organisations[before].name),
        successor=context.label(organisation.name),
        until=organisation.since if known else None,
        refs=context.sources.cite(organisation.source),
    )
