"""The rows of the page on a programme: plans, agreements, meetings, events."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.dates import When
from reporter.reports.common.instruments import latest_first
from reporter.reports.common.programmes import TrackRow, track_row
from reporter.reports.common.related import RelatedRow, row
from reporter.reports.common.sentences import due, with_year
from reporter.reports.views import Line, Refs, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.language import Language
    from reporter.records.programme import Programme
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context
    from reporter.reports.common.programmes import PlanRow


A_MONTH = timedelta(days=27)  # from a day to any month


class PlannedDate(View):
    """A plan or what came of it: for when, and where that is said."""

    text: str
    note: str
    """When it was stated; nothing of an outcome."""
    refs: Refs


class Planned(View):
    """One thing that was planned, and what came of it."""

    name: str
    state: str
    """What became of the plan in a clause: done, ahead, how much after the first plan on record."""
    told: str = Field(exclude=True)
    """The same for a sentence, with dates in full."""
    strong: bool
    """Whether it is later than it was planned, or came to nothing."""
    first: PlannedDate | None
    now: PlannedDate | None
    """The newest plan, where it is not the first."""
    outcome: Line | None
    halted: tuple[Line, ...]
    """The newest postponement without a date, or report of a halt."""
    track: TrackRow
    """For other programs: every plan and postponement."""


def plans(context: Context, programme: Programme) -> Iterator[Planned]:
    """Yield what was planned by the day, in the order of the record."""
    for track in programme.tracks:
        found = track_row(context, programme, track)
        if found.plans or found.outcome:
            yield _planned(context, track.name, found)


def _planned(context: Context, name: str, track: TrackRow) -> Planned:
    first, last = (track.firm[0], track.firm[-1]) if track.plans else (None, None)
    moved = last is not None and first is not None and last.due != first.due
    return Planned(
        name=context.words.capital(name),
        state=_state(context, track, last, short=True),
        told=_state(context, track, last, short=False),
        strong=bool(track.months or _halt(track)) or track.result in {"failed", "stopped"},
        first=_dated(context, first) if first else None,
        now=_dated(context, last) if last and moved else None,
        outcome=track.outcome,
        halted=track.postponed[-1:],
        track=track,
    )


def _state(context: Context, track: TrackRow, last: PlanRow | None, *, short: bool) -> str:
    """Return what became of a plan, in a clause."""
    words = context.words
    if halt := _halt(track):
        said = words.say("programme_postponed", date=words.when(halt, short=short))
        if last is None:
            return said
        when = _due(context, last, short=short)
        return words.say("programme_last_planned", state=said, when=when)
    if track.outcome and track.outcome.date:
        when = words.when(track.outcome.date, short=short)
        state = words.say("programme_ended", result=words.say(str(track.result)), when=when)
    elif last:
        return _ahead(context, last, _slip(track, words), short=short)
    else:
        state = words.say(str(track.result))
    later = _slip(track, words)
    return words.say("programme_slipped", state=state, later=later) if later else state


def _slip(track: TrackRow, words: Language) -> str:
    """Return how much later it is than first planned; nothing where it is not."""
    return words.say(_later(track), n=track.months) if track.months else ""


def _ahead(context: Context, plan: PlanRow, later: str, *, short: bool) -> str:
    """Return for when it is planned, how much later that is, and that this day has passed.

    For when, in the words of the document, where they are words of it.
    """
    words, has_passed = context.words, context.snapshot.has_passed(plan.due)
    told_here = has_passed and not later
    if plan.due_words and plan.is_quoted:
        key = "programme_passed_said" if told_here else "programme_ahead_said"
        quoted = words.in_quotation(plan.due_words)
        state = words.say(key, words=with_year(quoted, plan.due_words, plan.due, words))
    else:
        key = "programme_passed" if told_here else "programme_ahead"
        state = words.say(key, when=_due(context, plan, short=short))
    if not later:
        return state
    state = words.say("programme_slipped", state=state, later=later)
    return words.say("programme_no_outcome", state=state) if has_passed else state


def _halt(track: TrackRow) -> When | None:
    """Return since when it is postponed without a new date; not if a weak source alone says so."""
    halts = [line for line in track.postponed if line.date and not line.weak]
    if track.outcome or not halts or (halt := halts[-1].date) is None:
        return None
    return None if any(halt < plan.stated for plan in track.plans) else halt


def _later(track: TrackRow) -> str:
    """Return how much later it is: at most so much, where the newest plan leaves more open."""
    first, now = (_span(plan.due) for plan in (track.firm[0], track.firm[-1]))
    is_wider = now - first >= A_MONTH
    return "programme_up_to" if is_wider and not track.final else "programme_later"


def _span(due: When) -> timedelta:
    """Return how long the time is in which something is due."""
    return due.last - due.first if due.start else timedelta.max


def _dated(context: Context, plan: PlanRow) -> PlannedDate:
    stated = context.words.when(plan.stated, short=True)
    note = context.words.say("stated", date=stated)
    if plan.weak:
        note = f"{note}, {context.words.say('weak_source')}"
    return PlannedDate(text=_due(context, plan, short=True), note=note, refs=plan.refs)


def _due(context: Context, plan: PlanRow, *, short: bool) -> str:
    return due(plan, context.words) if plan.due_words else context.words.when(plan.due, short=short)


def agreements(context: Context, name: str) -> Iterator[RelatedRow]:
    """Yield the agreements on record by the day that speak of it, the newest first."""
    for agreement in sorted(context.library.agreements.values(), key=latest_first):
        is_named = any(_is_about(item, name) for item in agreement.undertakings)
        if (is_named or name in agreement.about) and context.snapshot.is_made(agreement):
            when = agreement.signed_on
            refs = context.sources.cite(agreement.summary.source) if when else ()
            yield row(context, agreement, "", refs)


def meetings(context: Context, name: str) -> Iterator[RelatedRow]:
    """Yield the meetings held at which it was spoken of, the latest first, with the verbs."""
    spoken = {owned.meeting.id for owned in context.library.about.get(name, ()) if owned.meeting}
    for meeting in reversed(context.library.every_meeting):
        if meeting.id in spoken and context.snapshot.was_held(meeting):
            said = [item for item in context.said(meeting) if _is_about(item, name)]
            verbs = context.words.list(list(dict.fromkeys(item.verb for item in said)))
            refs = context.sources.cite(*(item.source for item in said))
            yield row(context, meeting, verbs, refs)


def _is_about(item: Statement, name: str) -> bool:
    return name in item.about or name in item.subjects


def events(context: Context, programme: Programme) -> Iterator[Line]:
    """Yield what happened by the day, the newest first."""
    known = [item for item in programme.milestones if context.snapshot.knows(item.date)]
    yield from context.lines(list(reversed(known)))
