"""A coming meeting as it was known on a day: its record may hold what was told only later."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reporter.dates import UNDATED, When
from reporter.records.base import NOT_VERIFIED
from reporter.records.package import Prepared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.choice import MeetingKey
    from reporter.library.snapshot import Snapshot
    from reporter.records.base import Sources
    from reporter.records.meeting import Meeting

_TOLD = ("announced", "place", "cochairs", "chaired_by", "participants", "also_present")
"""What tells that there is to be such a meeting, and so when."""
_CITED = (*_TOLD, "purpose")


def coming(snapshot: Snapshot) -> Iterator[MeetingKey]:
    """Yield the keys of the meetings ahead of which anything is known on the day."""
    for number, meeting in snapshot.library.meetings.items():
        if not meeting.is_over(snapshot.day) and not snapshot.is_called_off(meeting):
            told = (_known(snapshot, getattr(meeting, name)) for name in _TOLD)
            if any(map(_is_there, told)) or not _is_told_of(meeting):
                yield number


def as_known(snapshot: Snapshot, meeting: Meeting) -> Meeting:
    """Return the record of a coming meeting with only what could be known on the day.

    A place, a chair or a list is known from the day of its newest source; without one that is
    dated, from the last day for which sources were searched. The date has no source of its own: it
    is known as soon as anything else is told of the meeting; where the record tells nothing else,
    always. What an office wrote is known from the date that it bears.
    """
    known: dict[str, Any] = {name: _known(snapshot, getattr(meeting, name)) for name in _CITED}
    if not any(_is_there(known[name]) for name in _TOLD) and _is_told_of(meeting):
        known["date"] = UNDATED
    for name in type(meeting).model_fields:
        part = getattr(meeting, name)
        if isinstance(part, Prepared) and not snapshot.knows(part.date):
            known[name] = None
    known["place"] = known["place"] or NOT_VERIFIED
    return meeting.model_copy(update=known)


def _known(snapshot: Snapshot, value: Any) -> Any:  # noqa: ANN401 (as the field has it)
    """Return what is known of the value of a field that cites sources."""
    if isinstance(value, tuple):
        return tuple(item for item in value if _is_known(snapshot, item))
    return value if value is None or isinstance(value, str) or _is_known(snapshot, value) else None


def _is_known(snapshot: Snapshot, item: Any) -> bool:  # noqa: ANN401 (as above)
    """Return whether a fact of this date, of these sources, was known on the day.

    What nothing dates was known when the records were last searched.
    """
    source: Sources = item.source or ()
    documents = [snapshot.library.documents[citation.document] for citation in source]
    dates = (getattr(item, "date", None), *(document.date for document in documents))
    known = [date for date in dates if isinstance(date, When)]
    return all(map(snapshot.knows, known or [snapshot.library.project.researched_until]))


def _is_told_of(meeting: Meeting) -> bool:
    """Return whether the record tells anything of the meeting, if only that it was held."""
    return meeting.evidence != "announced" or any(_is_there(getattr(meeting, n)) for n in _TOLD)


def _is_there(value: object) -> bool:
    return bool(value) and value != NOT_VERIFIED
