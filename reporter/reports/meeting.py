"""The briefing on one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.library import Owned
from reporter.records.base import NOT_VERIFIED, Citation
from reporter.reports.agreed import Agreed, Step, agreed, agreed_row, counts, steps
from reporter.reports.attendance import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.background import AgreementRow, PolicyRow, agreement_rows, policy_rows
from reporter.reports.changes import Changes, changes
from reporter.reports.desk import Desk
from reporter.reports.parts import Count, Disagreement, Followed, Heading, Label, Line, Refs, Report, View, Who
from reporter.reports.programmes import TrackRow, refs_of, track_rows
from reporter.snapshot import nearest_months

if TYPE_CHECKING:
    from datetime import date

    from reporter.library import Library
    from reporter.records.meeting import Meeting

MOST_AGREED = 6
MOST_STEPS = {"A4": 5, "Letter": 3}  # as many as page one has room for


class Venue(View):
    """Where the meeting was held."""

    city: str
    building: tuple[Label, ...]
    host: Label
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


class Said(View):
    """One statement."""

    verb: str
    who: Who
    text: str
    quote: str | None = None
    refs: Refs


class AreaGroup(View):
    """What was said in one area."""

    area: Label
    rows: tuple[Said, ...]


class Held(View):
    """Something held around the meeting."""

    date: When
    city: str | None
    line: Line


class MeetingReport(Report):
    """All that the briefing on a meeting prints."""

    number: int
    date: When
    titles: tuple[Label, ...]
    evidence: str
    complete: bool
    """Whether the statement was read to its end."""
    bottom_line: Line | None
    agreed: tuple[Agreed, ...]
    agreed_more: int
    changes: Changes | None
    """What changed since the meeting before, where that is on record."""
    steps: tuple[Step, ...]
    steps_more: int
    place: Venue | None
    chairs: tuple[Chairs, ...]
    document: IssuedDocument | None
    before: Neighbour | None
    after: Neighbour | None
    promises: tuple[Followed, ...]
    promise_counts: tuple[Count, ...]
    expectations: tuple[Followed, ...]
    expectation_counts: tuple[Count, ...]
    matters: tuple[Followed, ...]
    """Statements without strength whose outcome is followed."""
    purpose: tuple[Line, ...]
    phrases: tuple[Line, ...]
    firsts: tuple[Line, ...]
    events: tuple[Held, ...]
    said: tuple[AreaGroup, ...]
    participants: tuple[SideList, ...]
    also_present: tuple[Chair, ...]
    agreements: tuple[AgreementRow, ...]
    policies: tuple[PolicyRow, ...]
    tracks: tuple[TrackRow, ...]
    track_refs: Refs
    disagreements: tuple[Disagreement, ...]
    unknown: tuple[str, ...]


def meeting_heading(meeting: Meeting) -> Heading:
    """Return what the briefing on ``meeting`` is called."""
    place = None if isinstance(meeting.place, str) else meeting.place
    return Heading(kind="meeting", number=meeting.number, city=place.city if place else None, date=meeting.date)


def meeting_report(library: Library, meeting: Meeting, day: date, *, asked: bool) -> MeetingReport:
    """Return the view of ``meeting`` as of ``day``; ``asked`` says whether that day was asked for.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    desk = Desk.on(library, day)
    desk.snapshot.note(meeting.date)
    spoken_of = tuple(dict.fromkeys(name for statement in meeting.statements.items for name in statement.about))
    about = tuple(dict.fromkeys([*spoken_of, *meeting.about]))
    made = agreed(meeting)
    return MeetingReport(
        id=meeting_id(meeting.number),
        heading=meeting_heading(meeting),
        masthead=desk.masthead(),
        number=meeting.number,
        date=meeting.date,
        titles=desk.labels(meeting.title),
        evidence=meeting.evidence,
        complete=meeting.statements.complete,
        bottom_line=desk.line(meeting.bottom_line) if meeting.bottom_line else None,
        agreed=tuple(agreed_row(desk, statement) for statement in made[:MOST_AGREED]),
        agreed_more=max(0, len(made) - MOST_AGREED),
        changes=_changes(desk, meeting),
        steps=(to_do := steps(desk, meeting, spoken_of))[: (most := MOST_STEPS[library.project.paper])],
        steps_more=max(0, len(to_do) - most),
        place=_venue(desk, meeting),
        chairs=chairs(desk, meeting),
        document=_document(desk, meeting),
        before=_neighbour(desk, meeting, -1),
        after=_neighbour(desk, meeting, +1),
        promises=(tracked := followed(desk, meeting)).promises,
        promise_counts=counts(tracked.promises),
        expectations=tracked.expectations,
        expectation_counts=counts(tracked.expectations),
        matters=tracked.matters,
        purpose=desk.lines(meeting.purpose),
        phrases=tuple(desk.text(phrase.words, phrase.source) for phrase in meeting.phrases),
        firsts=desk.lines(meeting.firsts),
        events=_events(desk, meeting),
        said=_said(desk, meeting),
        participants=sides(desk, meeting),
        also_present=posts(desk, meeting.also_present),
        agreements=agreement_rows(desk, about),
        policies=policy_rows(desk, about, meeting.date),
        tracks=(tracks := track_rows(desk, about)),
        track_refs=refs_of(tracks),
        disagreements=desk.disagreements({*spoken_of, meeting_id(meeting.number)}),
        unknown=meeting.not_verified,
        speaks=desk.speaks(asked=asked),
        sources=desk.sources.entries(),
    )


class Tracked(NamedTuple):
    """The statements of a meeting that are followed up."""

    promises: tuple[Followed, ...]
    expectations: tuple[Followed, ...]
    matters: tuple[Followed, ...]


def followed(desk: Desk, meeting: Meeting) -> Tracked:
    """Return the promises, the expectations and the other matters of ``meeting`` that are followed up, in this order."""
    owned = [Owned(statement, meeting) for statement in meeting.statements.items]
    return Tracked(
        promises=tuple(desk.followed(item) for item in owned if item.statement.is_promise),
        expectations=tuple(desk.followed(item) for item in owned if item.statement.is_expectation),
        matters=tuple(
            desk.followed(item) for item in owned if not item.statement.strength and desk.snapshot.history(item.statement.history)
        ),
    )


def _changes(desk: Desk, meeting: Meeting) -> Changes | None:
    before = desk.library.meetings.get(meeting.number - 1)
    return changes(desk, before, meeting) if before and desk.snapshot.was_held(before) else None


def _venue(desk: Desk, meeting: Meeting) -> Venue | None:
    if isinstance(meeting.place, str):
        return None
    place = meeting.place
    return Venue(
        city=place.city,
        building=() if isinstance(place.venue, str) else desk.labels(place.venue),
        host=desk.label(desk.library.sides[place.host].name),
        refs=desk.sources.cite(place.source),
    )


def _document(desk: Desk, meeting: Meeting) -> IssuedDocument | None:
    if meeting.document == NOT_VERIFIED:
        return None
    document = desk.library.documents[meeting.document]
    title = desk.label(meeting.document_title) if meeting.document_title else Label(language=document.language[0], text=document.title)
    return IssuedDocument(title=title, paragraphs=document.paragraphs, refs=desk.sources.cite([Citation(document.id)]))


def _neighbour(desk: Desk, meeting: Meeting, step: int) -> Neighbour | None:
    other = desk.library.meetings.get(meeting.number + step)
    if other is None or not desk.snapshot.was_held(other):
        return None
    months = nearest_months(other.date.first, meeting.date.first)
    return Neighbour(heading=meeting_heading(other), months=months, report=meeting_id(other.number))


def _events(desk: Desk, meeting: Meeting) -> tuple[Held, ...]:
    return tuple(
        Held(date=event.date, city=event.city, line=desk.text(event.text, event.source))
        for event in meeting.events
        if desk.snapshot.knows(event.date)
    )


def _said(desk: Desk, meeting: Meeting) -> tuple[AreaGroup, ...]:
    areas = desk.library.project.areas
    groups: dict[str, list[Said]] = {area.id: [] for area in areas}
    for statement in meeting.statements.items:
        area = desk.library.subjects[statement.subjects[0]].area if statement.subjects else areas[-1].id
        row = Said(
            verb=statement.verb,
            who=desk.who(statement.by),
            text=statement.text,
            quote=statement.quote,
            refs=desk.sources.cite(statement.source),
        )
        groups[area].append(row)
    return tuple(AreaGroup(area=desk.label(area.name), rows=tuple(groups[area.id])) for area in areas if groups[area.id])
