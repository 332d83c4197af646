"""The briefing on one meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import MeetingKey
from reporter.dates import When
from reporter.library import Owned
from reporter.reports.common import page_one_texts
from reporter.reports.common.agreed_points import Agreed, counts
from reporter.reports.common.changes import Changes, changes
from reporter.reports.common.commentary import Predictions, predictions, printed_predictions
from reporter.reports.common.context import Context
from reporter.reports.common.findings import WithFindings
from reporter.reports.common.further_sources import printed_first
from reporter.reports.common.gap import up_to
from reporter.reports.common.instruments import AgreementRow, PolicyRow, agreement_rows, policy_rows
from reporter.reports.common.meeting_head import (
    IssuedDocument,
    Neighbour,
    Venue,
    called_off,
    issued_document,
    meeting_heading,
    neighbour,
    venue,
)
from reporter.reports.common.page_one_columns import Column, in_the_series, who_met
from reporter.reports.common.participants import Chair, Chairs, SideList, chairs, posts, sides
from reporter.reports.common.programmes import TrackRow, track_rows
from reporter.reports.common.sentences import ended
from reporter.reports.meeting.background import Background, background
from reporter.reports.meeting.knowledge import Differing, Knowledge, knowledge, told_elsewhere
from reporter.reports.meeting.new import NewLine, new_lines
from reporter.reports.meeting.opening import bottom_line, setting
from reporter.reports.meeting.promised import Promised, promised
from reporter.reports.meeting.said import AreaGroup, said
from reporter.reports.meeting.standing import (
    WELL,
    FollowedStatement,
)
from reporter.reports.meeting.steps import Steps, steps
from reporter.reports.views import (
    Count,
    DisagreementTold,
    Followed,
    Label,
    Line,
    View,
    Views,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Statement
    from reporter.reports.views import SourceEntry

LITTLE = 12  # promises and statements, of which a page has room beside the rest
CITED_CHANGES = ("came", "left", "new", "wording")  # of which the page tells
# The fields whose sources the page cites.
PRINTED = (
    *("setting", "steps", "agreed", "promised", "new", "met", "said", "purpose", "events"),
    *("participants", "chairs", "also_present", "background", "disagreements"),
    "corrections",
)


class HeldAround(View):
    """Something held around the meeting."""

    date: When
    city: str | None
    line: Line
    text: str
    """The same in a sentence."""


class MeetingReport(WithFindings):
    """All that the briefing on a meeting prints."""

    number: MeetingKey
    date: When
    titles: tuple[Label, ...]
    evidence: str
    complete: bool
    """Whether all of the statement is here: it was read to its end, and nothing is left out."""
    stands_alone: bool
    """Whether page one is a page of its own.

    Of a meeting of which little is known, or that promised nothing, it goes on.
    """
    setting: Line
    """Where it was, who was the host, what it issued, and whether that was read whole."""
    bottom_line: str
    """What it meant, then the exception: 45 words at most."""
    bottom_line_written: bool
    """Whether a person wrote the first part."""
    steps: Steps
    agreed: tuple[Agreed, ...]
    """What was agreed, as a person wrote it; mostly nobody does."""
    promised: Promised
    new: tuple[NewLine, ...]
    new_written: bool
    met: tuple[Column, ...]
    """Who chaired."""
    series: Column | None
    """The meetings before and after."""
    unknown_line: str
    """What is not known, in a line."""
    said: tuple[AreaGroup, ...]
    purpose: tuple[Line, ...]
    phrases: tuple[Line, ...]
    firsts: tuple[Line, ...]
    events: tuple[HeldAround, ...]
    participants: tuple[SideList, ...]
    chairs: tuple[Chairs, ...]
    also_present: tuple[Chair, ...]
    background: Background
    disagreements: tuple[DisagreementTold, ...]
    differing: tuple[Differing, ...]
    """On what else that it speaks of sources disagree: the reports on that tell it."""
    knowledge: Knowledge
    unknown: tuple[str, ...]
    """Questions that stay open."""
    place: Venue | None
    document: IssuedDocument | None
    before: Neighbour | None
    after: Neighbour | None
    changes: Changes | None
    """For other programs: what changed since the meeting before."""
    promises: tuple[Followed, ...]
    """For other programs, as what follows."""
    promise_counts: tuple[Count, ...]
    expectations: tuple[Followed, ...]
    expectation_counts: tuple[Count, ...]
    matters: tuple[Followed, ...]
    agreements: tuple[AgreementRow, ...]
    tracks: tuple[TrackRow, ...]
    policies: tuple[PolicyRow, ...]
    forecasts: tuple[Predictions, ...]


def _printed(report: MeetingReport) -> Iterator[object]:
    names = (*PRINTED, "forecasts") if report.masthead.predictions else PRINTED
    return (getattr(report, name) for name in names)


def _official_first(entry: SourceEntry) -> int:
    """Order the documents that the page cites: the official ones first and the weak ones last."""
    return {"official": 0, "official copy": 0, "weak": 2}.get(entry.standing, 1)


@printed_first(_printed, _official_first)
def meeting_report(context: Context, meeting: Meeting) -> MeetingReport:
    """Return the view of ``meeting`` in this context.

    Its fields are filled in the order in which they are printed; what is for other programs comes
    last. The official ones of the sources that the page cites come first.
    """
    context.snapshot.note_held(meeting)
    place, issued = venue(context, meeting), issued_document(context, meeting)
    where = setting(context, meeting, place, issued)
    items = tuple(_items(context, meeting))
    bottom, is_written = context.settled(  # what it has no room for moves nothing
        lambda found: bottom_line(found, meeting, tuple(_items(found, meeting)))
    )
    said_here, heading = context.said(meeting), meeting_heading(context.library, meeting)
    number = sum(item.statement.is_promise for item in items)
    alone = bool(number) and number + len(said_here) > LITTLE
    to_do = steps(context, meeting, items)
    points = page_one_texts.points(context, meeting.agreed, meeting)
    kept = promised(context, items)
    before, earlier = neighbour(context, meeting, -1), _compared_with(context, meeting)
    cited = changes(context, earlier, meeting, CITED_CHANGES) if earlier else None
    lines, is_new_written = new_lines(context, meeting, cited)
    named = [name for item in said_here for name in item.about]
    about = tuple(dict.fromkeys([*named, *meeting.about]))
    report = MeetingReport(
        id=meeting.report,
        heading=heading,
        masthead=context.masthead(heading),
        number=meeting.key,
        date=meeting.date,
        titles=context.labels(meeting.title) if meeting.title else (),
        evidence=meeting.evidence,
        complete=meeting.statements.complete,
        stands_alone=alone,
        place=place,
        document=issued,
        setting=where,
        bottom_line=bottom,
        bottom_line_written=is_written,
        steps=to_do,
        agreed=points,
        promised=kept,
        before=before,
        new=lines,
        new_written=is_new_written,
        met=who_met(context, meeting),
        series=in_the_series(context, meeting),
        said=said(context, meeting),
        purpose=context.lines(meeting.purpose),
        phrases=_phrases(context, meeting),
        firsts=context.lines(meeting.firsts),
        events=tuple(_events(context, meeting)),
        participants=sides(context, meeting),
        chairs=chairs(context, meeting),
        also_present=posts(context, meeting.also_present),
        background=background(context, named, meeting.about, meeting.date),
        differing=(elsewhere := told_elsewhere(context, meeting, {*named})),
        disagreements=context.disagreements({*named, meeting.id}, {one.id for one in elsewhere}),
        corrections=(mended := context.corrections(meeting.report, about=(meeting.id,))),
        knowledge=(known := knowledge(context, meeting, items, cited, mended)),
        unknown_line=known.line,
        unknown=meeting.not_verified,
        forecasts=printed_predictions(context, meeting.forecasts),
        speaks=context.speaks(),
        sources=context.sources.entries(),
        searched=context.sources.searched,
        after=neighbour(context, meeting, +1),
        changes=changes(context, earlier, meeting) if earlier else None,
        promises=(promises := _followed(context, items, "promise")),
        promise_counts=counts(promises),
        expectations=(expectations := _followed(context, items, "expectation")),
        expectation_counts=counts(expectations),
        matters=_followed(context, items, "matter"),
        agreements=agreement_rows(context, about),
        tracks=track_rows(context, about),
        policies=policy_rows(context, about, meeting.date),
    )
    if not report.forecasts:
        report = report.model_copy(update={"forecasts": predictions(context, meeting.forecasts)})
    return report.completed(context, (*said_here, *meeting.forecasts))


def _items(context: Context, meeting: Meeting) -> Iterator[FollowedStatement]:
    """Yield the statements that are followed, and where they stand."""
    for statement in context.said(meeting):
        if statement.strength or context.afresh().snapshot.history(statement.history):
            owned = Owned(statement, meeting)
            made = context.made(owned)
            item = FollowedStatement(owned, context.afresh().snapshot.standing(statement, made))
            _note_standing(context, item)
            yield item


def _note_standing(context: Context, item: FollowedStatement) -> None:
    """Note the days of what is printed: of a plan that went well, its status alone."""
    statement, made = item.statement, context.made(item.owned)
    if statement.is_promise or (item.has_status and item.standing.status not in WELL):
        context.snapshot.standing(statement, made)
    elif item.has_status:
        context.settled(lambda found: found.snapshot.standing(statement, made).status)


def _followed(
    context: Context, items: tuple[FollowedStatement, ...], kind: str
) -> tuple[Followed, ...]:
    return tuple(context.followed(item.owned) for item in items if _kind(item.statement) == kind)


def _kind(statement: Statement) -> str:
    if statement.is_promise:
        return "promise"
    return "expectation" if statement.strength else "matter"


def _phrases(context: Context, meeting: Meeting) -> tuple[Line, ...]:
    return tuple(context.text(phrase.words, phrase.source) for phrase in meeting.phrases)


def _events(context: Context, meeting: Meeting) -> Iterator[HeldAround]:
    for event in meeting.events:
        if context.snapshot.knows(event.date):
            day = context.words.capital(context.words.when(event.date))
            where = ", ".join(filter(None, (day, event.city)))
            yield HeldAround(
                date=event.date,
                city=event.city,
                line=context.text(event.text, event.source),
                text=ended(context.words.say("news", date=where, text=event.text)),
            )


def _compared_with(context: Context, meeting: Meeting) -> Meeting | None:
    """Return the meeting of its kind before it: what changed is told against that one."""
    before = [
        one
        for one in context.library.earlier(meeting, alike=True)
        if context.afresh().snapshot.was_held(one)
    ]
    if not before or context.library.parted(before[-1], meeting):
        return None
    context.snapshot.note_held(before[-1])
    return before[-1]


def _records(library: Library, arguments: tuple[MeetingKey, ...], _day: date) -> tuple[str, ...]:
    """Return the meeting after it, and all before: what changed is told from them."""
    key, keys = arguments[0], list(library.meetings)
    after = keys[keys.index(key) + 1 :][:1] if key in keys else []
    following = [key + 1] if isinstance(key, int) else []
    return up_to(library, key, *after, *following)


def _instead(library: Library, arguments: tuple[MeetingKey, ...], day: date) -> str | None:
    """Before its day, the briefing for a meeting takes the place of that on it."""
    meeting = library.meetings.get(arguments[0])
    return None if meeting is None or meeting.is_over(day) else "upcoming"


VIEWS = Views(
    MeetingReport,
    lambda snapshot, number: meeting_heading(snapshot.library, snapshot.library.meetings[number]),
    lambda context, number: meeting_report(context, context.library.meetings[number]),
    _records,
    lambda snapshot: ((meeting.key,) for meeting in snapshot.held()),
    _instead,
    refused=called_off,
)
