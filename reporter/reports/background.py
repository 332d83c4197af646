"""Rows for the agreements, policies and programmes behind a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from reporter.dates import When
from reporter.reports.parts import Label, Line, Ref, Refs, View, Who
from reporter.snapshot import months_between

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
    from reporter.records.programme import Plan, Programme, Track
    from reporter.records.register import Policy, Version
    from reporter.reports.desk import Desk


class LocalDay(View):
    """The date of an act on one side's calendar."""

    side: Label
    date: When


class AgreementRow(View):
    """An agreement in the background of a report."""

    id: str
    short: Label
    titles: tuple[Label, ...]
    type: str
    how: str
    signed: When | None
    local: tuple[LocalDay, ...] = ()
    place: str | None = None
    in_force: When | None = None
    force: Literal["in force", "not yet", "not verified", "not applicable"]
    summary: Line
    refs: Refs


class PolicyRow(View):
    """A version of a side's policy."""

    name: str
    side: Who
    date: When | None
    refs: Refs


class PlanRow(View):
    """A date as it was planned on a day."""

    stated: When
    due: When
    due_words: str | None = None
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
    """The newest postponement without a date, or report of a halt."""
    months: int | None = None
    """Whole months by which the outcome, or else the latest plan, lies after the end of the first planned period."""
    final: bool = False
    """Whether ``months`` is measured on the outcome."""


def agreement_rows(desk: Desk, names: Iterable[str]) -> tuple[AgreementRow, ...]:
    """Return those of the named agreements that exist on the day, oldest first."""
    found = [desk.library.agreements[name] for name in names if name in desk.library.agreements]
    made = [agreement for agreement in found if desk.snapshot.is_made(agreement)]
    made.sort(key=lambda agreement: (known.last if (known := signed(agreement)) else date.max, agreement.id))
    return tuple(_agreement_row(desk, agreement) for agreement in made)


def signed(agreement: Agreement) -> When | None:
    """Return the date of signing, or None where it is not verified."""
    signing = agreement.signing
    return None if isinstance(signing, str) or isinstance(signing.date, str) else signing.date


def _agreement_row(desk: Desk, agreement: Agreement) -> AgreementRow:
    signing = None if isinstance(agreement.signing, str) else agreement.signing
    force, since, force_source = _in_force(desk, agreement)
    return AgreementRow(
        id=agreement.id,
        short=desk.label(agreement.short),
        titles=desk.labels(agreement.title),
        type=agreement.type,
        how=signing.how if signing else "signed",
        signed=signed(agreement),
        local=tuple(LocalDay(side=desk.label(desk.library.sides[day.side].name), date=day.date) for day in signing.local)
        if signing
        else (),
        place=signing.place if signing else None,
        in_force=since,
        force=force,
        summary=Line(text=agreement.summary.text, refs=desk.sources.cite(agreement.summary.source, most=1)),
        refs=desk.sources.cite(signing.source if signing else None, force_source),
    )


def _in_force(
    desk: Desk, agreement: Agreement
) -> tuple[Literal["in force", "not yet", "not verified", "not applicable"], When | None, Sources | None]:
    force = agreement.in_force
    if isinstance(force, str):
        return force, None, None
    if isinstance(force.date, str):
        return force.date, None, force.source
    if not desk.snapshot.knows(force.date):
        return "not yet", None, None
    return "in force", force.date, force.source


def policy_rows(desk: Desk, names: Iterable[str], day: When) -> tuple[PolicyRow, ...]:
    """Return, of the named policies, the version that stood on ``day`` and those since, oldest first."""
    rows: list[tuple[str, PolicyRow]] = []
    for policy in (desk.library.policies[name] for name in names if name in desk.library.policies):
        known = [version for version in policy.versions if desk.snapshot.knows(version.date)]
        before = [version for version in known if isinstance(version.date, str) or version.date.known_on(day.last)]
        rows += [(str(version.date), _policy_row(desk, policy, version)) for version in known if version not in before[:-1]]
    return tuple(row for _, row in sorted(rows, key=lambda item: item[0]))


def _policy_row(desk: Desk, policy: Policy, version: Version) -> PolicyRow:
    return PolicyRow(
        name=version.name,
        side=desk.who(policy.side),
        date=None if isinstance(version.date, str) else version.date,
        refs=desk.sources.cite(version.source),
    )


def track_rows(desk: Desk, names: Iterable[str]) -> tuple[TrackRow, ...]:
    """Return the tracks of the named programmes that show a plan and what came of it, or a second plan."""
    found = [desk.library.programmes[name] for name in names if name in desk.library.programmes]
    rows = [_track_row(desk, programme, track) for programme in found for track in programme.tracks]
    return tuple(row for row in rows if len(row.plans) + (row.outcome is not None) + bool(row.postponed) > 1 and row.plans)


def refs_of(tracks: Iterable[TrackRow]) -> Refs:
    """Return the references of all plans and outcomes, each document once, in order of number."""
    found: dict[int, set[int]] = {}
    for track in tracks:
        lines = (*track.plans, *track.postponed, *([track.outcome] if track.outcome else []))
        for ref in (ref for line in lines for ref in line.refs):
            found.setdefault(ref.number, set()).update(ref.paragraphs)
    return tuple(Ref(number=number, paragraphs=tuple(sorted(found[number]))) for number in sorted(found))


def track_heading(desk: Desk, programme: Programme, track: Track) -> str:
    """Return programme and track in a few words."""
    name = programme.abbreviation or desk.label(programme.name).text
    if name.lower() in track.name.lower():
        return track.name
    is_word = track.name[1:2].islower()
    return f"{name}: {track.name[:1].lower() if is_word else track.name[:1]}{track.name[1:]}"


class PlanAhead(View):
    """The newest plan of something that is still to come."""

    heading: str
    lead: Who
    plan: PlanRow


def plans_ahead(desk: Desk, names: Iterable[str]) -> tuple[PlanAhead, ...]:
    """Return, for the named programmes, what is planned for after the day; weak sources do not count."""
    ahead: list[PlanAhead] = []
    for programme in (desk.library.programmes[name] for name in names if name in desk.library.programmes):
        for track in programme.tracks:
            done = track.outcome and desk.snapshot.knows(track.outcome.date)
            plans = [plan for plan in track.plans if desk.snapshot.knows(plan.stated) and not desk.library.is_weak(plan.source)]
            if plans and not done and plans[-1].due.last >= desk.snapshot.day:
                row = PlanAhead(
                    heading=track_heading(desk, programme, track), lead=desk.who(programme.lead), plan=_plan_row(desk, plans[-1])
                )
                ahead.append(row)
    return tuple(ahead)


def _plan_row(desk: Desk, plan: Plan) -> PlanRow:
    refs, weak = desk.sources.cite(plan.source), desk.library.is_weak(plan.source)
    return PlanRow(stated=plan.stated, due=plan.due, due_words=plan.due_words, refs=refs, weak=weak)


def _track_row(desk: Desk, programme: Programme, track: Track) -> TrackRow:
    plans = [plan for plan in track.plans if desk.snapshot.knows(plan.stated)]
    outcome = track.outcome if track.outcome and desk.snapshot.knows(track.outcome.date) else None
    months = None
    if plans and (outcome or len(plans) > 1):
        last = outcome.date.first if outcome else plans[-1].due.last
        months = max(0, months_between(plans[0].due.last, last))
    return TrackRow(
        programme=desk.label(programme.name),
        id=track.id,
        heading=track_heading(desk, programme, track),
        lead=desk.who(programme.lead),
        plans=tuple(_plan_row(desk, plan) for plan in plans),
        outcome=desk.text(outcome.text, outcome.source, date=outcome.date) if outcome else None,
        result=outcome.result if outcome else None,
        postponed=desk.lines([item for item in track.postponed if desk.snapshot.knows(item.date)][-1:]),
        months=months,
        final=outcome is not None,
    )
