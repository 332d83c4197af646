"""Rows for the agreements, policies and programmes behind a report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal

from reporter.dates import When
from reporter.reports.parts import Label, Line, Refs, View, Who

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.agreement import Agreement
    from reporter.records.base import Sources
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
