"""The overview of the series: meetings, participants, subjects, and how the wording changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from reporter.choice import MeetingKey, agreement_id, file_name
from reporter.dates import UNDATED, When
from reporter.records.base import NOT_VERIFIED
from reporter.records.meeting import APART
from reporter.reports.common.agreed_points import counted, state
from reporter.reports.common.context import Context
from reporter.reports.common.gap import gap_sentence, open_gap
from reporter.reports.common.meeting_names import as_heading, date_of, has_ordinal, place_of, the
from reporter.reports.common.meetings_table import (
    ChairsRow,
    Hosted,
    MeetingRow,
    are_many_chairs,
    chairs_rows,
    hosts,
    letters,
    longest_gap,
    meeting_rows,
)
from reporter.reports.common.participants import are_chaired_alone, way_of_all
from reporter.reports.common.phrases import PhraseRow, phrase_rows
from reporter.reports.common.programmes import open_questions
from reporter.reports.common.sentences import brief, rest
from reporter.reports.headings import kind
from reporter.reports.series.grid import Grids, bodies_grids, subjects_grids
from reporter.reports.series.overview import (
    ahead,
    announced_sentences,
    called_off,
    further_sentences,
    meetings_sentence,
    promises_sentence,
)
from reporter.reports.views import (
    Count,
    Followed,
    Heading,
    Label,
    Line,
    Refs,
    Report,
    View,
    Views,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reporter.records.meeting import Meeting

MOST_SIDES = 4  # whose chairs have room in the table of all meetings


class NextMeeting(View):
    """What is on record of a meeting that is still to come."""

    number: MeetingKey | None = None
    """Of a meeting that is announced; None where only the last one agreed to meet again."""
    date: When | None = None
    called: str = Field(default="", exclude=True)
    """``the ninth meeting``."""
    announced: Line | None = None
    agreed: Followed | None = None


class LongestGap(View):
    """The longest time between two meetings that follow each other."""

    before: MeetingKey
    after: MeetingKey
    months: int


class Sitting(View):
    """A meeting on the time line."""

    number: MeetingKey
    label: str = Field(default="", exclude=True)
    """What stands for its number where it has none: a letter."""
    called: str = ""
    """What it is called, where its number does not say it."""
    date: When
    when: str = Field(default="", exclude=True)
    """Its date in words, with what of it is our inference."""
    side: int | None
    """Which of the sides was its host, counted from 0; None where that is not verified."""
    host: Label | None = None
    """Its host, where that is no side."""
    online: bool = False
    """Whether it was online, and nobody was its host."""
    place: str = Field(default="", exclude=True)
    """Where it was, if in no city: online, or by telephone."""
    announced: bool = Field(default=False, exclude=True)
    """Whether it was only announced, and nothing tells that it was held."""


class Signed(View):
    """An agreement on the time line, with its own report."""

    name: Label
    date: When | None
    """None where it is not verified."""
    report: str
    refs: Refs


class SeriesReport(Report):
    """All that the overview of the series prints."""

    bottom_line: str
    """Whether a meeting is overdue, how many there were, how promises stand: 45 words at most."""
    note: str
    """What the bottom line has no room for, then hosts and the longest gap."""
    called_off: tuple[Line, ...]
    """Which meetings were announced and called off."""
    ahead: Line
    """What is on record of the next meeting; nothing where the bottom line says that none is."""
    sides: tuple[Label, ...]
    meetings: tuple[MeetingRow, ...]
    same_kind: str = Field(exclude=True)
    """What all meetings are called alike, where no number tells them apart and there are
    several."""
    announced_only: tuple[MeetingKey, ...]
    """Meetings of which nothing but an announcement is known."""
    hosts: tuple[Hosted, ...]
    host_unknown: int
    """Meetings of which the host is not verified."""
    longest: LongestGap | None
    loose: bool = Field(exclude=True)
    """Whether others, of which nothing is on record, may lie between its meetings."""
    promises: tuple[Count, ...]
    """Of all meetings and agreements, by status."""
    overdue: int
    """Promises whose due date has passed."""
    upcoming: NextMeeting | None
    phrases: tuple[PhraseRow, ...]
    sittings: tuple[Sitting, ...]
    """The meetings on the time line."""
    agreements: tuple[Signed, ...]
    """The agreements on the time line, oldest first; those without a date come last."""
    chairs_alone: bool = Field(exclude=True)
    """Whether each meeting had one chair, of those that had any."""
    chairing: str = Field(exclude=True)
    """How those are called, in a word, who chaired or led."""
    chaired: str = Field(exclude=True)
    """The same for a heading: who chaired."""
    bodies: Grids
    all_led: bool = Field(exclude=True)
    """Whether each body led its side at each meeting, so that who led says all of ``bodies``."""
    subjects: Grids
    chairs: tuple[ChairsRow, ...]
    unnamed: bool = Field(exclude=True)
    """Whether of any of these bodies no person is named."""
    chairs_apart: bool = Field(exclude=True)
    """Whether they stand in their own table alone: a column has no room for them, or nothing."""
    unknown: tuple[str, ...]


def series_report(context: Context) -> SeriesReport:
    """Return the overview of the series in this context.

    The fields are filled in the order in which they are printed, so that sources are numbered in
    that order.
    """
    library = context.library
    meetings = [
        meeting for meeting in library.meetings.values() if context.snapshot.was_held(meeting)
    ]
    words, (promises, overdue) = context.words, _promises(context)
    rows = meeting_rows(context, meetings)
    marks = letters(meetings)
    announced = tuple(meeting for meeting in meetings if meeting.is_announced)
    known = [meeting for meeting in meetings if context.snapshot.took_place(meeting)]
    loose = library.project.only_some
    found, longest = hosts(context, known), None if loose else longest_gap(known)
    unknown = sum(one.place == NOT_VERIFIED and not one.has_no_place for one in known)
    upcoming = _upcoming(context, meetings)
    gap = open_gap(context)
    said = (
        gap_sentence(context, gap) if gap else "",
        meetings_sentence(known, words),
        promises_sentence(promises, overdue, words),
    )
    further = (
        *announced_sentences(announced, known, words),
        rest(said),
        *further_sentences(found, unknown, longest, words),
    )
    return SeriesReport(
        id=file_name("series", library.series),
        heading=Heading(kind="series"),
        masthead=context.masthead(Heading(kind="series")),
        bottom_line=brief(said),
        note=" ".join(filter(None, further)),
        called_off=tuple(called_off(context)),
        ahead=ahead(upcoming, words) if upcoming or not gap else Line(text=""),
        sides=tuple(context.label(side.name) for side in library.sides.values()),
        upcoming=upcoming,
        meetings=rows,
        same_kind=_same_kind(rows),
        announced_only=tuple(meeting.key for meeting in announced),
        hosts=found,
        host_unknown=unknown,
        longest=_gap(longest),
        loose=loose,
        promises=promises,
        overdue=overdue,
        sittings=tuple(_sitting(context, meeting, marks) for meeting in meetings),
        phrases=phrase_rows(context, meetings),
        agreements=_agreements(context),
        chairs_alone=are_chaired_alone(library, meetings),
        chairing=words.say(f"series_{way_of_all(library, meetings)}"),
        chaired=words.say(f"series_{way_of_all(library, meetings)}_over_time"),
        bodies=(bodies := bodies_grids(context, meetings)),
        all_led=bodies.marks == ("head",),
        subjects=subjects_grids(context, meetings),
        chairs=(chaired := chairs_rows(context, meetings)),
        unnamed=any(
            not chair.person
            for row in chaired
            for group in (*row.sides, *row.others)
            if group
            for chair in group.chairs
        ),
        chairs_apart=(
            bool(chaired) and (len(library.sides) > MOST_SIDES or are_many_chairs(meetings))
        )
        or all(row.chairless and not row.chairs for row in rows),
        unknown=(*library.project.not_verified, *open_questions(context)),
        corrections=context.corrections(file_name("series", library.series)),
        speaks=context.speaks(),
        sources=context.sources.entries(),
    )


def _same_kind(rows: Sequence[MeetingRow]) -> str:
    """Return what each of several meetings is called; nothing where they differ."""
    kinds = {row.called for row in rows}
    return kinds.pop() if len(kinds) == 1 and len(rows) > 1 else ""


def _upcoming(context: Context, meetings: Sequence[Meeting]) -> NextMeeting | None:
    """Return what is on record of the next meeting: if announced, its announcement.

    Otherwise it is what the last meeting agreed.
    """
    for meeting in context.library.meetings.values():
        announced = meeting.announced
        if announced and meeting not in meetings and context.snapshot.is_announced(meeting):
            return NextMeeting(
                number=meeting.key,
                called=the(meeting, context.words),
                date=None if meeting.date == UNDATED else meeting.date,
                announced=context.line(announced),
            )
    if not meetings or meetings[-1].next == NOT_VERIFIED:
        return None
    agreed = context.library.statements[meetings[-1].next]
    return NextMeeting(agreed=context.followed(agreed)) if context.was_said(agreed) else None


def _agreements(context: Context) -> tuple[Signed, ...]:
    made = [
        agreement
        for agreement in context.library.own_agreements
        if context.snapshot.is_made(agreement)
    ]
    made.sort(key=lambda agreement: agreement.oldest_first)
    return tuple(
        Signed(
            name=context.label(agreement.short),
            date=agreement.signed_on,
            report=agreement_id(agreement.id),
            refs=context.sources.cite(
                (agreement.known_signing or agreement.summary).source, most=1
            ),
        )
        for agreement in made
    )


def _promises(context: Context) -> tuple[tuple[Count, ...], int]:
    """Return how many promises there are at each status, and how many are overdue.

    Promises of all meetings and agreements count; the same at several places counts once.
    """
    made = [
        owned
        for owned in context.library.all_statements
        if owned.statement.is_promise and context.was_said(owned)
    ]
    states = [state(context, owned) for owned, _ in context.library.once_each(made)]
    found = counted((found.status, found.inferred) for found in states)
    return found, sum(found.is_overdue for found in states)


def _gap(found: tuple[Meeting, Meeting, int] | None) -> LongestGap | None:
    return LongestGap(before=found[0].key, after=found[1].key, months=found[2]) if found else None


def _sitting(context: Context, meeting: Meeting, marks: Mapping[str, str]) -> Sitting:
    sides = list(context.library.sides)
    host = meeting.known_place.host if meeting.known_place else None
    return Sitting(
        number=meeting.key,
        label=marks.get(meeting.id, ""),
        called="" if has_ordinal(meeting) else kind(as_heading(meeting), context.words),
        date=meeting.date,
        when=date_of(meeting, context.words, short=True),
        host=context.in_full(host) if host and host not in sides else None,
        online=not host and meeting.form == "online",
        place="" if host or meeting.form not in APART else place_of(meeting, context.words) or "",
        announced=not context.snapshot.took_place(meeting),
        side=sides.index(host) if host in sides else None,
    )


VIEWS = Views(
    SeriesReport,
    lambda _snapshot: Heading(kind="series"),
    series_report,
    every=lambda _snapshot: ((),),
)
