"""The subjects of two meetings: taken up again, new, or dropped, as far as statements tell."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.reports.common.bodies_between import Group, Moved, room_for

if TYPE_CHECKING:
    from reporter.choice import MeetingKey
    from reporter.records.base import Citation
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

ROOM_FOR_SUBJECTS = 96  # characters of their names that page one has room for


class Spoken:
    """The subjects of both meetings."""

    def __init__(self, context: Context, before: Meeting, meeting: Meeting) -> None:
        self.context = context
        self.earlier, self.later = subjects(context, before), subjects(context, meeting)
        self.unread = unread_statements(before, meeting)
        self.once = {
            name for one in context.library.earlier(meeting) for name in subjects(context, one)
        }

    def opened(self) -> Group:
        """Return the subjects of no meeting before the later one; none where it cannot be told."""
        return self._group([name for name in self._came() if name not in self.once])

    def returned(self) -> Group:
        """Return the subjects of an earlier meeting that the one between did not speak of."""
        return self._group([name for name in self._came() if name in self.once])

    def _came(self) -> list[str]:
        return [] if self.unread else [name for name in self.later if name not in self.earlier]

    def dropped(self) -> Group:
        """Return the subjects of the earlier meeting only; none where that cannot be told."""
        return self._group(
            [] if self.unread else [name for name in self.earlier if name not in self.later]
        )

    def again(self) -> Group:
        """Return the subjects of both meetings."""
        return self._group([name for name in self.later if name in self.earlier])

    def _group(self, names: list[str]) -> Group:
        found = [
            subject for subject in self.context.library.subjects.values() if subject.id in names
        ]
        items = tuple(
            Moved(id=subject.id, name=self.context.label(subject.name)) for subject in found
        )
        cited = [spoken.get(item.id, ()) for item in items for spoken in (self.later, self.earlier)]
        brief = room_for([item.name.text for item in items], ROOM_FOR_SUBJECTS)
        return Group(items=items, brief=brief, refs=self.context.sources.cite_each(cited))


def subjects(context: Context, meeting: Meeting) -> dict[str, tuple[Citation, ...]]:
    """Return the subjects of which a meeting spoke, each with the sources of what was said."""
    found: dict[str, tuple[Citation, ...]] = defaultdict(tuple)
    for statement in context.said(meeting):
        for name in statement.subjects:
            found[name] += statement.source
    return dict(found)


def unread_statements(*meetings: Meeting) -> tuple[MeetingKey, ...]:
    """Return the meetings whose statement is here only in part."""
    return tuple(meeting.key for meeting in meetings if not meeting.statements.complete)
