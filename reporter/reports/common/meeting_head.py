"""What every page says of a meeting: heading, place, the document issued, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library.snapshot import Snapshot
from reporter.records.base import NOT_VERIFIED, Citation
from reporter.records.brevity import cut
from reporter.reports.common.gap import held
from reporter.reports.common.meeting_names import as_heading, place_of
from reporter.reports.common.meetings_table import months_apart
from reporter.reports.common.people import name_of
from reporter.reports.views import Heading, Label, Refs, Refusal, View

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.choice import MeetingKey
    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

WORDS_OF_A_TITLE = 20  # that there is room for at a glance


class Venue(View):
    """Where the meeting was held."""

    city: str
    building: tuple[Label, ...]
    host: Label | None
    """None where no side is: online, or in the margins of a summit."""
    refs: Refs


class IssuedDocument(View):
    """The document that the meeting issued."""

    title: Label
    paragraphs: int | None
    refs: Refs


class Neighbour(View):
    """The meeting before or after this one."""

    heading: Heading
    months: int
    """Months between the two, to the nearest."""
    report: str


def meeting_heading(library: Library, meeting: Meeting) -> Heading:
    """Return what the briefing on ``meeting`` is called."""
    named = {"name": series_label(library, meeting)}
    return as_heading(meeting).model_copy(update=named)


def series_label(library: Library, meeting: Meeting) -> Label | None:
    """Return the short name of a meeting's series, where others are told of, too."""
    names = library.named_series(meeting)
    return None if names is None else Label.of(names, library.project.language)


def venue(context: Context, meeting: Meeting) -> Venue | None:
    """Return where a meeting was held; None where that is not verified."""
    city = place_of(meeting, context.words)
    place = meeting.known_place
    if place is None:
        return Venue(city=city, building=(), host=None, refs=()) if city else None
    building = context.labels(place.known_venue) if place.known_venue else ()
    return Venue(
        city=city or "",
        building=tuple(map(_short, building)),
        host=context.in_full(place.host) if place.host else None,
        refs=context.sources.cite(place.source),
    )


def where(context: Context, place: Venue) -> str:
    """Return building and city, and who was the host, in a clause."""
    building = [name_of(context, place.building)] if place.building else []
    at = ", ".join(filter(None, [*building, place.city]))
    return context.words.say("hosted_by", place=at, side=place.host.text) if place.host else at


def issued_document(context: Context, meeting: Meeting) -> IssuedDocument | None:
    """Return the document that a meeting issued; None where none is verified."""
    if meeting.document == NOT_VERIFIED:
        return None
    document = context.library.documents[meeting.document]
    title = (
        context.label(meeting.document_title)
        if meeting.document_title
        else Label(language=document.language[0], text=document.title)
    )
    return IssuedDocument(
        title=_short(title),
        paragraphs=document.paragraphs if document.read == "full" else None,
        refs=context.sources.cite([Citation(document.id)]),
    )


def neighbour(context: Context, meeting: Meeting, step: int) -> Neighbour | None:
    """Return the meeting held before (-1) or after (+1) this one, as they stand in the series."""
    meetings = held(context)
    at = meetings.index(meeting) + step if meeting in meetings else -1
    if not 0 <= at < len(meetings):
        return None
    other = meetings[at]
    if context.library.parted(meeting, other):
        return None
    context.snapshot.note_held(other)
    return Neighbour(
        heading=meeting_heading(context.library, other),
        months=months_apart(other, meeting),
        report=other.report,
    )


def _short(name: Label) -> Label:
    return name.model_copy(update={"text": cut(name.text, WORDS_OF_A_TITLE)})


def called_off(library: Library, arguments: tuple[MeetingKey, ...], day: date) -> Iterator[Refusal]:
    """Yield why there is no briefing on a meeting, or for it, that was called off."""
    snapshot = Snapshot(library, day)
    for meeting in filter(None, map(library.meetings.get, arguments)):
        if snapshot.is_called_off(meeting):
            message = "it was called off: there is no briefing on it, and none for it"
            hint = "the overview of the series tells of it: reporter build --series"
            yield Refusal(meeting.id, ("called_off",), message, hint)
