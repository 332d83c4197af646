"""What a report is about: the records without which it cannot be, so that an error elsewhere does not stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import meeting_id

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.choice import Choice
    from reporter.library import Library


def roots(library: Library, choice: Choice, day: date) -> tuple[str, ...] | None:
    """Return the ids of the records that the chosen report is about; None where it is about all of them.

    The library holds what could be read; what could not be read is named all the same.
    """
    if choice.kind == "agreement":
        return (*choice.needs, *_tied(library, str(choice.agreement)))
    if choice.kind == "comparison":
        return tuple(
            map(meeting_id, range(1, max(choice.meetings) + 1))
        )  # what is a first is told from all earlier lists
    if choice.kind == "meeting":
        (number,) = choice.meetings
        meeting = library.meetings.get(number)
        if meeting and not meeting.date.known_on(day):
            return None  # what is owed and what has happened since may stand in any record
        return tuple(
            map(meeting_id, range(1, number + 2))
        )  # the one after it, and all before: what changed is told from them
    return None


def _tied(library: Library, name: str) -> Iterator[str]:
    """Yield the agreements that link to this one, and the meetings and agreements with statements about it."""
    for agreement in library.agreements.values():
        if any(link.agreement == name for link in agreement.links):
            yield agreement.id
    for owned in library.all_statements():
        about = {
            *owned.statement.about,
            *(other for entry in owned.statement.history for other in entry.about),
        }
        if name in about:
            yield (
                meeting_id(owned.meeting.number)
                if owned.meeting
                else str(getattr(owned.owner, "id", ""))
            )
