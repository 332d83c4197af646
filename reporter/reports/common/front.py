"""What stands on page one of a meeting, and what the promises and expectations below it rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import meeting_id
from reporter.library import Owned
from reporter.records.base import NOT_VERIFIED, Citation
from reporter.records.brevity import cut
from reporter.reports.common import written
from reporter.reports.common.changes import changes
from reporter.reports.common.heights import (
    SOME,
    WORDS_OF_A_NAME,
    Fact,
    Top,
    bottom_lines,
    heading_text,
    status_words,
    subject,
)
from reporter.reports.common.meetings_table import months_apart
from reporter.reports.common.page_one import Fit, Parts, shortened, shortened_step
from reporter.reports.common.participants import chairs
from reporter.reports.common.promises import agreed, agreed_row, counts, steps
from reporter.reports.views import Followed, Heading, Label, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.meeting import Meeting
    from reporter.reports.common.changes import Changes
    from reporter.reports.common.context import Context
    from reporter.reports.common.participants import Chairs
    from reporter.reports.common.promises import Agreed, Step
    from reporter.reports.views import Line

WORDS_OF_A_TITLE = 20  # that there is room for at a glance


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


def meeting_heading(meeting: Meeting) -> Heading:
    """Return what the briefing on ``meeting`` is called."""
    place = None if isinstance(meeting.place, str) else meeting.place
    return Heading(
        kind="meeting", number=meeting.number, city=place.city if place else None, date=meeting.date
    )


class Tracked(NamedTuple):
    """The statements of a meeting that are followed up."""

    promises: tuple[Followed, ...]
    expectations: tuple[Followed, ...]
    matters: tuple[Followed, ...]


def followed(context: Context, meeting: Meeting) -> Tracked:
    """Return the promises, the expectations and the other matters of ``meeting`` that are followed up, in this order."""
    owned = [Owned(statement, meeting) for statement in context.said(meeting)]
    return Tracked(
        promises=tuple(context.followed(item) for item in owned if item.statement.is_promise),
        expectations=tuple(
            context.followed(item) for item in owned if item.statement.is_expectation
        ),
        matters=tuple(
            context.followed(item)
            for item in owned
            if not item.statement.strength and context.snapshot.history(item.statement.history)
        ),
    )


class Front(NamedTuple):
    """All that page one of a meeting may print, and what follows from it."""

    context: Context
    spoken_of: tuple[str, ...]
    """Ids of what the statements are about."""
    bottom_line: Line | None
    agreed: tuple[Agreed, ...]
    agreed_ids: tuple[str, ...]
    """Of those that are composed."""
    changes: Changes | None
    steps: tuple[Step, ...]
    steps_written: bool
    place: Venue | None
    chairs: tuple[Chairs, ...]
    document: IssuedDocument | None
    before: Neighbour | None
    after: Neighbour | None
    tracked: Tracked


def front(context: Context, meeting: Meeting, fit: Fit) -> Front:
    """Return page one of ``meeting`` with as much of what changed as fits; its fields are filled as they are printed."""
    context.snapshot.note(meeting.date)
    spoken_of = tuple(
        dict.fromkeys(name for statement in context.said(meeting) for name in statement.about)
    )
    made = agreed(context, meeting)
    first, points = (
        written.bottom_line(context, meeting),
        written.points(context, meeting.agreed, meeting),
    )
    return Front(
        context=context,
        spoken_of=spoken_of,
        bottom_line=first,
        agreed=points or tuple(shortened(agreed_row(context, item)) for item in made[: fit.points]),
        agreed_ids=() if points else tuple(item.id or "" for item in made),
        changes=_changes(context, meeting, fit),
        steps=(to_do := written.next_steps(context, meeting))
        or tuple(map(shortened_step, steps(context, meeting, spoken_of))),
        steps_written=bool(to_do),
        place=_venue(context, meeting),
        chairs=chairs(context, meeting),
        document=_document(context, meeting),
        before=_neighbour(context, meeting, -1),
        after=_neighbour(context, meeting, +1),
        tracked=followed(context, meeting),
    )


def parts(page: Front, meeting: Meeting) -> Parts:
    """Return what is to find room on page one."""
    promises, expectations = (counts(rows) for rows in page.tracked[:2])
    if page.bottom_line:
        lead = [page.bottom_line.text]
    else:
        lead = [
            f"{subject(item.who)} {item.verb or ''} {item.text}," for item in page.agreed[:2]
        ] or [_spoken(page.context, meeting)]
    is_brief = not (meeting.statements.complete or page.agreed)
    return Parts(
        top=Top(
            page.context.masthead(meeting_heading(meeting)),
            heading_text(meeting_heading(meeting)),
            page.context.labels(meeting.title),
            bottom_lines(lead, status_words(promises)),
        ),
        agreed=page.agreed,
        agreed_made=len(page.agreed_ids),
        changes=page.changes,
        since=f"What changed since the {heading_text(page.before.heading)}" if page.before else "",
        steps=page.steps,
        steps_written=page.steps_written,
        said=tuple(
            f"{item.verb} {item.text} {item.quote or ''}" for item in page.context.said(meeting)
        )
        if is_brief
        else (),
        areas=len(
            {
                page.context.library.subjects[item.subjects[0]].area
                for item in page.context.said(meeting)
                if item.subjects
            }
        )
        + 1,
        facts=tuple(_facts(page, meeting)),
        chairs=page.chairs,
        tallies=(promises, expectations),
    )


def _spoken(context: Context, meeting: Meeting) -> str:
    spoken = dict.fromkeys(name for item in context.said(meeting) for name in item.subjects)
    names = (context.library.subjects[name].name for name in list(spoken)[:3])
    listed = ", ".join(cut(context.label(name).text, WORDS_OF_A_NAME) for name in names)
    return f"The meeting dealt with {listed} and twelve other subjects."


def _facts(page: Front, meeting: Meeting) -> Iterator[Fact]:
    """Yield what stands at a glance beside the chairs, each with its lines."""
    if page.place is None:
        yield Fact((("not verified", ()),))
    else:
        building = ", ".join(label.text for label in page.place.building)
        yield Fact(
            ((f"{building}, {page.place.city}; host {page.place.host.text}", page.place.refs),)
        )
    sides = page.context.library.sides
    if meeting.participants:
        names = (
            sides[side.side].name.best(page.context.language)[1] for side in meeting.participants
        )
        yield Fact(tuple((f"{name} 88, list read in part", SOME) for name in names))
    if page.document is None:
        yield Fact((("not verified", ()),))
    else:
        yield Fact(((f"{page.document.title.text}, twelve paragraphs", page.document.refs),))
    for other in (page.before, page.after):
        if other:
            yield Fact(((f"{heading_text(other.heading)}; 31 months earlier", ()),))


def _changes(context: Context, meeting: Meeting, fit: Fit) -> Changes | None:
    before = context.library.meetings.get(meeting.number - 1)
    return (
        changes(context, before, meeting, fit.rows)
        if before and context.snapshot.was_held(before)
        else None
    )


def _venue(context: Context, meeting: Meeting) -> Venue | None:
    if isinstance(meeting.place, str):
        return None
    place = meeting.place
    return Venue(
        city=place.city,
        building=()
        if isinstance(place.venue, str)
        else tuple(map(_short, context.labels(place.venue))),
        host=context.label(context.library.sides[place.host].name),
        refs=context.sources.cite(place.source),
    )


def _document(context: Context, meeting: Meeting) -> IssuedDocument | None:
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
        paragraphs=document.paragraphs,
        refs=context.sources.cite([Citation(document.id)]),
    )


def _neighbour(context: Context, meeting: Meeting, step: int) -> Neighbour | None:
    other = context.library.meetings.get(meeting.number + step)
    if other is None or not context.snapshot.was_held(other):
        return None
    return Neighbour(
        heading=meeting_heading(other),
        months=months_apart(other, meeting),
        report=meeting_id(other.number),
    )


def _short(name: Label) -> Label:
    return name.model_copy(update={"text": cut(name.text, WORDS_OF_A_TITLE)})
