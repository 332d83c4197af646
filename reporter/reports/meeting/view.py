"""The briefing on one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.dates import When
from reporter.reports.common.background import AgreementRow, PolicyRow, agreement_rows, policy_rows
from reporter.reports.common.changes import Changes
from reporter.reports.common.commentary import Predictions, predictions
from reporter.reports.common.context import Context
from reporter.reports.common.front import (
    IssuedDocument,
    Neighbour,
    Venue,
    front,
    meeting_heading,
    parts,
)
from reporter.reports.common.page_one import Fit, page_one
from reporter.reports.common.participants import Chair, Chairs, SideList, posts, sides
from reporter.reports.common.programmes import TrackRow, refs_of, track_rows
from reporter.reports.common.promises import Agreed, Step, counts
from reporter.reports.views import (
    Count,
    Disagreement,
    Followed,
    Label,
    Line,
    Refs,
    Report,
    View,
    Views,
    Who,
)

if TYPE_CHECKING:
    from datetime import date

    from reporter.library import Library
    from reporter.records.meeting import Meeting

MOST_SUBJECTS = 3  # in a bottom line


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
    """Whether all of the statement is here: it was read to its end, and nothing of it is left out."""
    bottom_line: Line | None
    """As a person wrote it; None where it is composed."""
    spoken_of: tuple[Label, ...]
    """Of what was spoken first, for a composed bottom line."""
    spoken_more: int
    agreed: tuple[Agreed, ...]
    agreed_written: bool
    """Whether a person wrote these points."""
    agreed_more: int
    agreed_next: str | None
    """Id of the first that page one has no room for."""
    changes: Changes | None
    """What changed since the meeting before, where that is on record."""
    steps: tuple[Step, ...]
    """Next steps, as far as page one has room for them."""
    steps_written: bool
    """Whether a person wrote them."""
    steps_rest: tuple[Step, ...]
    """Those for which page one has no room."""
    fit: Fit
    """How much else page one has room for."""
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
    tracks: tuple[TrackRow, ...]
    track_refs: Refs
    policies: tuple[PolicyRow, ...]
    forecasts: tuple[Predictions, ...]
    disagreements: tuple[Disagreement, ...]
    unknown: tuple[str, ...]


def meeting_report(context: Context, meeting: Meeting) -> MeetingReport:
    """Return the view of ``meeting`` in this context.

    The fields are filled in the order in which they are printed, so that sources are numbered in that order.
    """
    page = front(context, meeting, Fit())
    fit = page_one(parts(page, meeting), context.library.project.paper)
    if fit != Fit():  # what is not printed is not cited
        page = front(context.afresh(), meeting, fit)
    context, subjects, hidden = (
        page.context,
        _subjects(page.context, meeting),
        page.agreed_ids[fit.points :],
    )
    about = tuple(dict.fromkeys([*page.spoken_of, *meeting.about]))
    return MeetingReport(
        id=meeting_id(meeting.number),
        heading=meeting_heading(meeting),
        masthead=context.masthead(meeting_heading(meeting)),
        number=meeting.number,
        date=meeting.date,
        titles=context.labels(meeting.title),
        evidence=meeting.evidence,
        complete=meeting.statements.complete,
        bottom_line=page.bottom_line,
        spoken_of=subjects[:MOST_SUBJECTS],
        spoken_more=max(0, len(subjects) - MOST_SUBJECTS),
        agreed=page.agreed,
        agreed_written=bool(page.agreed) and not page.agreed_ids,
        agreed_more=len(hidden),
        agreed_next=next(iter(hidden), None),
        changes=page.changes,
        steps=page.steps[: fit.steps],
        steps_written=page.steps_written,
        steps_rest=page.steps[fit.steps :],
        fit=fit,
        place=page.place,
        chairs=page.chairs,
        document=page.document,
        before=page.before,
        after=page.after,
        promises=(tracked := page.tracked).promises,
        promise_counts=counts(tracked.promises),
        expectations=tracked.expectations,
        expectation_counts=counts(tracked.expectations),
        matters=tracked.matters,
        purpose=context.lines(meeting.purpose),
        phrases=tuple(context.text(phrase.words, phrase.source) for phrase in meeting.phrases),
        firsts=context.lines(meeting.firsts),
        events=_events(context, meeting),
        said=_said(context, meeting),
        participants=sides(context, meeting),
        also_present=posts(context, meeting.also_present),
        agreements=agreement_rows(context, about),
        tracks=(tracks := track_rows(context, about)),
        track_refs=refs_of(tracks),
        policies=policy_rows(context, about, meeting.date),
        forecasts=predictions(context, meeting.forecasts),
        disagreements=context.disagreements({*page.spoken_of, meeting_id(meeting.number)}),
        unknown=meeting.not_verified,
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
    )


def _events(context: Context, meeting: Meeting) -> tuple[Held, ...]:
    return tuple(
        Held(date=event.date, city=event.city, line=context.text(event.text, event.source))
        for event in meeting.events
        if context.snapshot.knows(event.date)
    )


def _subjects(context: Context, meeting: Meeting) -> tuple[Label, ...]:
    """Return of what was spoken, in the order of the document."""
    names = dict.fromkeys(
        name for statement in context.said(meeting) for name in statement.subjects
    )
    return tuple(context.label(context.library.subjects[name].name) for name in names)


def _said(context: Context, meeting: Meeting) -> tuple[AreaGroup, ...]:
    areas = context.library.project.areas
    groups: dict[str, list[Said]] = {area.id: [] for area in areas}
    for statement in context.said(meeting):
        area = (
            context.library.subjects[statement.subjects[0]].area
            if statement.subjects
            else areas[-1].id
        )
        row = Said(
            verb=statement.verb,
            who=context.who(statement.by),
            text=statement.text,
            quote=statement.quote,
            refs=context.sources.cite(statement.source),
        )
        groups[area].append(row)
    return tuple(
        AreaGroup(area=context.label(area.name), rows=tuple(groups[area.id]))
        for area in areas
        if groups[area.id]
    )


def _about(_library: Library, arguments: tuple[int, ...], _day: date) -> tuple[str, ...]:
    """Return the meeting after it, and all before: what changed is told from them."""
    return tuple(map(meeting_id, range(1, arguments[0] + 2)))


def _instead(library: Library, arguments: tuple[int, ...], day: date) -> str | None:
    """Before its day, the briefing for a meeting takes the place of that on it."""
    meeting = library.meetings.get(arguments[0])
    return None if meeting is None or meeting.date.known_on(day) else "upcoming"


VIEWS = Views(
    MeetingReport,
    lambda library, number: meeting_heading(library.meetings[number]),
    lambda context, number: meeting_report(context, context.library.meetings[number]),
    _about,
    lambda snapshot: ((number,) for number in snapshot.held()),
    _instead,
)
