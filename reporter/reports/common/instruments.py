"""Rows for the agreements, policies and programmes behind a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from reporter.dates import When
from reporter.library.force import bonds, in_force_from
from reporter.reports.common.context import settled
from reporter.reports.views import Label, Line, Refs, View, Who

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from reporter.records.agreement import Agreement, InForce, Signing
    from reporter.records.register import Policy, Version
    from reporter.reports.common.context import Context


class LocalDay(View):
    """The date of an act on one side's calendar."""

    side: Label
    date: When


ForceState = Literal["in force", "not yet", "not verified", "not applicable"]


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
    force: ForceState
    force_text: str | None = None
    """How it entered into force, or how well that is known."""
    summary: Line
    refs: Refs


class EarlierVersion(View):
    """A version of a policy that another one had replaced by then."""

    name: str
    date: When | None


class PolicyRow(View):
    """A version of a side's policy."""

    name: str
    side: Who
    date: When | None
    refs: Refs
    earlier: tuple[EarlierVersion, ...] = ()
    """Of the one in force on the day: those before it, the oldest first."""


def agreement_rows(context: Context, names: Iterable[str]) -> tuple[AgreementRow, ...]:
    """Return those of the named agreements that exist on the day, oldest first."""
    found = [
        context.library.agreements[name] for name in names if name in context.library.agreements
    ]
    made = [agreement for agreement in found if context.snapshot.is_made(agreement)]
    made.sort(key=lambda agreement: agreement.oldest_first)
    return tuple(_agreement_row(context, agreement) for agreement in made)


def latest_first(agreement: Agreement) -> tuple[bool, int, str]:
    """Return a key by which the agreement signed last is first; without a date, last."""
    when = agreement.signed_on
    return (when is None, -when.last.toordinal() if when else 0, agreement.id)


def _agreement_row(context: Context, agreement: Agreement) -> AgreementRow:
    signing = agreement.known_signing
    state, force = in_force(context, agreement)
    return AgreementRow(
        id=agreement.id,
        short=context.label(agreement.short),
        titles=context.labels(agreement.title),
        type=agreement.type,
        how=signing.how if signing else "signed",
        signed=agreement.signed_on,
        local=local_days(context, signing) if signing else (),
        place=signing.place if signing else None,
        in_force=force.date if force and isinstance(force.date, When) else None,
        force=state,
        force_text=force.text if force else None,
        summary=Line(
            text=agreement.summary.text, refs=context.sources.cite(agreement.summary.source)
        ),
        refs=context.sources.cite(
            signing.source if signing else None, force.source if force else None
        ),
    )


def local_days(context: Context, signing: Signing) -> tuple[LocalDay, ...]:
    """Return the date of a signing on the calendars of the sides where it is a different day.

    Days that have not come yet are left out.
    """
    sides = context.library.sides
    days = [
        day
        for day in signing.local
        if day.date != signing.date and context.snapshot.knows(day.date)
    ]
    return tuple(LocalDay(side=context.label(sides[day.side].name), date=day.date) for day in days)


def in_force(context: Context, agreement: Agreement) -> tuple[ForceState, InForce | None]:
    """Return whether an agreement is in force on the day, and what is on record of that by then."""
    force = agreement.in_force
    if isinstance(force, str):
        return force, None
    day = in_force_from(agreement)
    if day is None or not context.snapshot.knows(day):
        return "not yet", None
    found = force if day == force.date else force.model_copy(update={"date": day})
    return (day if isinstance(day, str) else "in force"), found


@settled
def in_force_for(
    context: Context, agreement: Agreement, names: Container[str]
) -> ForceState | None:
    """Return whether an agreement is in force for one of these parties on the day.

    None where by its acts none of them has joined it yet.
    """
    found, _ = in_force(context, agreement)
    snapshot = context.snapshot
    known = [act for act in agreement.acts if snapshot.knows(act.date)]
    own = [bond for bond in bonds(agreement, known, snapshot.day) if bond.party in names]
    for bond in own:
        snapshot.note(bond.since)
        snapshot.note(bond.until)
    if not agreement.acts or (own and found not in {"in force", "not yet"}):
        return found
    is_bound = any(bond.is_in_force(snapshot.day) for bond in own)
    return ("in force" if is_bound else "not yet") if own else None


def policy_rows(context: Context, names: Iterable[str], day: When) -> tuple[PolicyRow, ...]:
    """Return the named policies' versions: the one in force on ``day`` and later ones, in order.

    The oldest is first.
    """
    rows: list[tuple[str, PolicyRow]] = []
    for policy in (
        context.library.policies[name] for name in names if name in context.library.policies
    ):
        known = [version for version in policy.versions if context.snapshot.knows(version.date)]
        before = [
            version
            for version in known
            if isinstance(version.date, str) or version.date.known_on(day.last)
        ]
        rows += [
            (str(version.date), _policy_row(context, policy, version, before))
            for version in known
            if version not in before[:-1]
        ]
    return tuple(row for _, row in sorted(rows, key=lambda item: item[0]))


def _policy_row(
    context: Context, policy: Policy, version: Version, before: Sequence[Version]
) -> PolicyRow:
    earlier = before[:-1] if version in before else ()
    return PolicyRow(
        earlier=tuple(
            EarlierVersion(name=one.name, date=None if isinstance(one.date, str) else one.date)
            for one in earlier
        ),
        name=version.name,
        side=context.who(policy.side),
        date=None if isinstance(version.date, str) else version.date,
        refs=context.sources.cite(version.source),
    )
