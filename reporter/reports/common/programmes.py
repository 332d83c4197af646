"""Programmes: what was planned when, what came of it, and what is still ahead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.library.snapshot import months_between
from reporter.reports.common.context import settled
from reporter.reports.views import Label, Line, Refs, View, Who

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.records.programme import Outcome, Plan, Programme, Track
    from reporter.reports.common.context import Context


class PlanRow(View):
    """A date as it was planned on a day."""

    stated: When
    due: When
    due_words: str | None = None
    is_quoted: bool = False
    """Whether a document in the language of the records has these words, not its translation."""
    refs: Refs
    weak: bool = False


class TrackRow(View):
    """What was planned in a programme, and what came of it."""

    programme: Label
    id: str
    heading: str
    """Programme and track in a few words."""
    lead: Who
    plans: tuple[PlanRow, ...]
    outcome: Line | None = None
    result: str | None = None
    postponed: tuple[Line, ...] = ()
    """Postponements without a date and reports of a halt, oldest first."""
    months: int | None = None
    """Whole months from the end of the first planned period to the outcome or latest plan.

    None where that cannot be told: nothing is measured on a weak source alone, nor on a plan that
    only says less closely when.
    """
    final: bool = False
    """Whether ``months`` is measured on the outcome."""

    @property
    def firm(self) -> tuple[PlanRow, ...]:
        """The plans that not only a weak source gives; all of them where there is no such plan."""
        return tuple(plan for plan in self.plans if not plan.weak) or self.plans


def track_rows(context: Context, names: Iterable[str]) -> tuple[TrackRow, ...]:
    """Return the tracks of the named programmes that have a plan and its outcome, or two plans."""
    found = [
        context.library.programmes[name] for name in names if name in context.library.programmes
    ]
    return tuple(
        track_row(context, programme, track)
        for programme in found
        for track in programme.tracks
        if _tells(track, context.snapshot.day)
    )


def _tells(track: Track, day: date) -> bool:
    """Return whether there is more to draw than a single plan."""
    plans = sum(plan.stated.known_on(day) for plan in track.plans)
    ended = track.outcome is not None and track.outcome.date.known_on(day)
    halted = any(item.date is None or item.date.known_on(day) for item in track.postponed)
    return plans > 0 and plans + ended + halted > 1


def track_heading(context: Context, programme: Programme, track: Track) -> str:
    """Return programme and track in a few words."""
    name = _name(context, programme)
    if name.lower() in track.name.lower():
        return track.name
    is_word = track.name[1:2].islower()
    return f"{name}: {track.name[:1].lower() if is_word else track.name[:1]}{track.name[1:]}"


def _name(context: Context, programme: Programme) -> str:
    return programme.abbreviation or context.label(programme.name).text


@settled
def open_questions(context: Context) -> tuple[str, ...]:
    """Return what is not verified of the programmes that were known in part by the day.

    Each comes with the name of its programme.
    """
    return tuple(
        f"{_name(context, programme)}: {question}"
        for programme in context.library.own_programmes
        if programme.not_verified
        and any(
            context.snapshot.knows(plan.stated)
            for track in programme.tracks
            for plan in track.plans
        )
        for question in programme.not_verified
    )


def newest_plan(context: Context, track: Track) -> Plan | None:
    """Return the newest plan that is not weak, of a track that has not ended."""
    if track.outcome and context.snapshot.knows(track.outcome.date):
        return None
    plans = [
        plan
        for plan in track.plans
        if plan.stated.known_on(context.snapshot.day) and not context.library.is_weak(plan.source)
    ]
    return plans[-1] if plans and context.snapshot.knows(plans[-1].stated) else None


def _plan_row(context: Context, plan: Plan) -> PlanRow:
    library = context.library
    spoken = [library.documents[citation.document].language for citation in plan.source]
    return PlanRow(
        stated=plan.stated,
        due=plan.due,
        due_words=plan.due_words,
        is_quoted=any(library.project.language in languages for languages in spoken),
        refs=context.sources.cite(plan.source),
        weak=library.is_weak(plan.source),
    )


def known_since(programme: Programme) -> When | None:
    """Return the date of the first that is on record of a programme."""
    stated = [plan.stated for track in programme.tracks for plan in track.plans]
    ended = [track.outcome.date for track in programme.tracks if track.outcome]
    happened = [item.date for item in programme.milestones if item.date]
    return min([*stated, *ended, *happened], key=lambda when: when.last, default=None)


def _months(context: Context, plans: list[Plan], outcome: Outcome | None) -> int | None:
    """Return how many months later than in the first plan it was, or is planned now."""
    firm = [plan for plan in plans if not context.library.is_weak(plan.source)]
    if not firm or not (outcome or len(firm) > 1):
        return None
    first, newest = firm[0].due, firm[-1].due
    if outcome:
        return max(0, months_between(first.last, outcome.date.first))
    if newest.start and newest.first <= first.first and first.last < newest.last:
        return None
    return max(0, months_between(first.last, newest.last))


def track_row(context: Context, programme: Programme, track: Track) -> TrackRow:
    """Return what was planned on a track by the day, and what came of it."""
    plans = [plan for plan in track.plans if context.snapshot.knows(plan.stated)]
    outcome = (
        track.outcome if track.outcome and context.snapshot.knows(track.outcome.date) else None
    )
    if plans and not outcome:
        # From then on the chart shows that nothing came of it.
        context.snapshot.has_passed(plans[-1].due)
    return TrackRow(
        programme=context.label(programme.name),
        id=track.id,
        heading=track_heading(context, programme, track),
        lead=context.who(programme.lead),
        plans=tuple(_plan_row(context, plan) for plan in plans),
        outcome=context.text(outcome.text, outcome.source, date=outcome.date) if outcome else None,
        result=outcome.result if outcome else None,
        postponed=context.lines(
            [
                item
                for item in track.postponed
                if item.date is None or item.date.known_on(context.snapshot.day)
            ]
        ),
        months=_months(context, plans, outcome),
        final=outcome is not None,
    )
