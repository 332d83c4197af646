"""For whom an agreement is in force, and since when: what follows from acts, by its own rule.

Acts are given as far as they are known; a day that follows from them may lie ahead.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import MAXYEAR, date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from reporter.dates import MONTHS_IN_YEAR, When, months_later
from reporter.records.agreement import INSTRUMENTS, LEAVING, InForce

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.agreement import Act, ActName, Agreement, ForceRule, Period
    from reporter.records.base import NotVerified

_DAYS_IN_WEEK = 7


class Reservation(NamedTuple):
    """A reservation of a party, and what withdrew it."""

    made: Act
    withdrawn: Act | None = None


@dataclass(frozen=True, slots=True)
class Bond:
    """How a party stands to an agreement."""

    party: str
    signed: Act | None = None
    bound: Act | None = None
    """By what it was bound last."""
    since: When | None = None
    """From when it is in force for the party; None where that is not known."""
    provisional: Act | None = None
    """Since when it applies it provisionally, until it is in force for the party."""
    left: Act | None = None
    """Its notice that it withdraws, where it was not bound again."""
    until: When | None = None
    """From when it is not bound any more."""
    reservations: tuple[Reservation, ...] = ()
    acts: tuple[Act, ...] = field(default=(), repr=False)
    """All its acts, oldest first."""

    def is_bound(self, day: date) -> bool:
        """Return whether an act of it binds it on the day, if not yet in force."""
        return self.bound is not None and not (self.until and self.until.known_on(day))

    def is_in_force(self, day: date) -> bool:
        """Return whether the agreement is in force for it on the day."""
        return self.is_bound(day) and self.since is not None and self.since.known_on(day)

    def is_provisional(self, day: date) -> bool:
        """Return whether the party applies it on the day, while it is not in force for it."""
        return self.provisional is not None and not self.is_in_force(day)

    @property
    def was_never_in_force(self) -> bool:
        """Return whether the party withdrew before it was in force for it."""
        is_early = self.since is None or bool(self.until and self.until.last <= self.since.last)
        return self.left is not None and is_early


class Entered(NamedTuple):
    """When an agreement enters into force as a whole, and with which act that was certain."""

    day: When
    decided: When


def rule_of(agreement: Agreement) -> ForceRule | None:
    """Return by which rule an agreement enters into force, if one is on record."""
    return agreement.in_force.rule if isinstance(agreement.in_force, InForce) else None


def binding(agreement: Agreement) -> tuple[ActName, ...]:
    """Return the acts by which a party is bound."""
    rule = rule_of(agreement)
    return rule.bound_by if rule else INSTRUMENTS


def entered(agreement: Agreement) -> Entered | None:
    """Return when an agreement enters into force by its rule, once enough parties are bound.

    No act that comes after the deciding one moves that day.
    """
    return _entered(agreement, agreement.acts)


def in_force_from(agreement: Agreement) -> When | NotVerified | None:
    """Return from when it is in force: by its acts and its rule, else as it is written."""
    force, found = agreement.in_force, entered(agreement)
    if found:
        return found.day
    return force.date if isinstance(force, InForce) else None


def bonds(agreement: Agreement, acts: Iterable[Act], day: date | None = None) -> tuple[Bond, ...]:
    """Return how each party that has done anything stands, in the order of the parties.

    With a ``day``, an entry into force that is only written is told from its own day on.
    """
    known = tuple(acts)
    found = (bond_of(agreement, name, known, day) for name in agreement.parties)
    return tuple(bond for bond in found if bond)


def bond_of(
    agreement: Agreement, name: str, acts: tuple[Act, ...], day: date | None = None
) -> Bond | None:
    """Return how a party stands after these acts; None where none is its own."""
    own = [act for act in acts if name in act.parties]
    written = _written(agreement)
    is_told = written and (day is None or written.day.known_on(day))
    whole = _entered(agreement, acts) or (written if is_told else None)
    return _bond(agreement, name, own, whole) if own else None


def _entered(agreement: Agreement, acts: Iterable[Act]) -> Entered | None:
    rule = rule_of(agreement)
    if rule is None:
        return None
    bound: set[str] = set()
    for act in acts:
        if act.what in rule.bound_by:
            bound.update(act.parties)
        elif act.what in LEAVING:
            bound.difference_update(act.parties)
        if _is_enough(rule, bound, agreement.parties):
            return Entered(_later(act.date, rule.after, rule), act.date)
    return None


def _is_enough(rule: ForceRule, bound: set[str], parties: Iterable[str]) -> bool:
    needed = {*rule.of, *(parties if rule.every else ())}
    return needed <= bound and len(bound) >= (rule.instruments or 0)


def _written(agreement: Agreement) -> Entered | None:
    """Return when it entered into force by what is written, where acts do not tell."""
    force = agreement.in_force
    day = force.date if isinstance(force, InForce) else None
    return Entered(day, day) if isinstance(day, When) else None


def _bond(agreement: Agreement, name: str, acts: list[Act], whole: Entered | None) -> Bond:
    bond, by = Bond(name, acts=tuple(acts)), binding(agreement)
    for act in acts:
        if act.what == "signed":
            bond = replace(bond, signed=bond.signed or act)
        if act.what == "applied provisionally":
            bond = replace(bond, provisional=act, left=None, until=None)
        if act.what in by:
            since = _since(rule_of(agreement), act, whole)
            bond = replace(bond, bound=act, since=since, left=None, until=None)
        elif act.what in LEAVING:
            until = _until(rule_of(agreement), act, bond.since)
            bond = replace(bond, provisional=None, left=act, until=until)
        bond = replace(bond, reservations=_reserved(bond.reservations, act))
    return bond


def _since(rule: ForceRule | None, act: Act, whole: Entered | None) -> When | None:
    """Return from when it is in force for who did an act that binds."""
    if act.effective:
        return act.effective
    if whole is None:
        return None
    if act.date.last <= whole.decided.last:
        return whole.day
    if rule is None:  # how long it takes is not on record
        return None
    own = _later(act.date, rule.later or rule.after, rule)
    return max(whole.day, own, key=lambda when: when.last)


def _until(rule: ForceRule | None, act: Act, since: When | None) -> When:
    """Return from when who withdraws is not bound: at once before it is in force for it."""
    if act.effective:
        return act.effective
    is_early = since is None or act.date.last < since.last
    return act.date if rule is None or is_early else _later(act.date, rule.withdrawal, rule)


def _reserved(found: tuple[Reservation, ...], act: Act) -> tuple[Reservation, ...]:
    """Return the reservations of a party after an act of it."""
    if act.what == "reserved":
        return (*found, Reservation(act))
    if act.what != "withdrew a reservation":
        return found
    return tuple(one._replace(withdrawn=act) if is_withdrawn_by(one, act) else one for one in found)


def is_withdrawn_by(reservation: Reservation, act: Act) -> bool:
    """Return whether an act withdraws a reservation: the one it names, or each that is left."""
    return not reservation.withdrawn and act.to in {None, reservation.made.to}


def _later(when: When, period: Period | None, rule: ForceRule) -> When:
    """Return what is so much later than a date; of one that is no day, what it is at the latest."""
    day = _plus(when.last, period) if period else when.last
    if period and (rule.next_month or period.next_month):
        day = months_later(day.replace(day=1), 1)
    exact = When.of(day)
    return exact if when == When.of(when.last) else When(None, exact.end)


def _plus(day: date, period: Period) -> date:
    if period.months is not None or period.years is not None:
        return months_later(day, (period.months or 0) + MONTHS_IN_YEAR * (period.years or 0))
    days = (period.days or 0) + _DAYS_IN_WEEK * (period.weeks or 0)
    most = (date(MAXYEAR, 12, 31) - day).days
    return day + timedelta(days=min(days, most))
