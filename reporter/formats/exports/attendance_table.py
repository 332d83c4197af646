"""Who took part in which meeting, a row for each body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.common.bodies import delegation
from reporter.reports.common.participants import is_chaired_alone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.choice import MeetingKey
    from reporter.library import Library
    from reporter.records.meeting import Meeting

COLUMNS = (
    *("meeting", "date", "side", "order", "body", "name", "abbreviation", "role", "printed_as"),
    *("list_complete", "sources"),
)


def role_name(role: str, *, alone: bool = False) -> str:
    """Return the name of a role in tables; all but one are named as they are."""
    return "co-chair" if role == "chair" and not alone else role


def participants(library: Library, keys: Iterable[MeetingKey]) -> Iterator[tuple[object, ...]]:
    """Yield the rows of these meetings by side: those on the list in its order, then the others."""
    for meeting in (library.meetings[key] for key in keys):
        for side in library.sides:
            yield from _side(library, meeting, side)


def _side(library: Library, meeting: Meeting, side: str) -> Iterator[tuple[object, ...]]:
    """Yield who of a side took part; whoever is not in the list has no place in its order."""
    found = delegation(library, meeting, side)
    listed = {
        body.body: body
        for lists in meeting.participants
        if lists.side == side
        for body in lists.bodies
    }
    places = {name: place for place, name in enumerate(listed, 1)}
    for name, member in sorted(
        found.members.items(), key=lambda item: places.get(item[0], len(places) + 1)
    ):
        organisation = library.organisations[name]
        sources = member.source or (found.source if name in listed else ())
        yield (
            *(
                meeting.key,
                meeting.date,
                library.sides[side].name.best(library.project.language)[1],
                places.get(name),
                name,
            ),
            *(
                organisation.name.best(library.project.language)[1],
                organisation.abbreviation,
                role_name(member.role, alone=is_chaired_alone(library, meeting)),
            ),
            *(listed[name].printed_as if name in listed else None, found.complete),
            "; ".join(dict.fromkeys(map(str, sources))),
        )
