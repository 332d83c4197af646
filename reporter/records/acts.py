"""Acts of the parties to an agreement: none that cannot be, and no date that they contradict."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.library.force import binding, bond_of, entered, is_withdrawn_by, rule_of
from reporter.records.agreement import LEAVING, Agreement, InForce

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records.agreement import Act
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_


def wrong_acts(loaded: Loaded) -> Iterator[Problem]:
    """Yield the problems of what parties to an agreement did, and of when it entered into force."""
    agreement = loaded.record
    if not isinstance(agreement, Agreement):
        return
    yield from _strangers(loaded, agreement)
    for index, act in enumerate(agreement.acts):
        for name in act.parties:
            if told := _impossible(agreement, index, name):
                yield loaded.problem(("acts", index, "what"), *told)
    yield from _contradicted(loaded, agreement)


def _strangers(loaded: Loaded, agreement: Agreement) -> Iterator[Problem]:
    """Yield a problem where somebody acts, or is needed, who is not named as a party."""
    rule = rule_of(agreement)
    named: list[tuple[Path_, tuple[str, ...]]] = [
        (("acts", index, "parties"), act.parties) for index, act in enumerate(agreement.acts)
    ]
    named += [(("in_force", "rule", "of"), rule.of)] if rule else []
    for where, names in named:
        for at, name in enumerate(names):
            if name not in agreement.parties:
                place = loaded.source.said((*where, at))
                hint = "add it to 'parties', or correct the id"
                yield loaded.problem(place, f"'{name}' is not among the parties", hint)


def _impossible(agreement: Agreement, index: int, name: str) -> tuple[str, str] | None:
    """Return what is wrong with an act of a party after those above it, and what to do."""
    act, above = agreement.acts[index], agreement.acts[:index]
    bond = bond_of(agreement, name, above)
    bound = bond.bound if bond and not bond.left else None
    if act.what == "signed" and bond and bond.signed:
        return f"'{name}' signed already, on {bond.signed.date}", "leave one of them out"
    if act.what in binding(agreement) and bound:
        return f"'{name}' is bound already, since {bound.date}", "leave one of them out"
    if act.what in LEAVING and not bound and not (bond and bond.provisional):
        hint = "add the act by which it was bound above, or leave this one out"
        return f"'{name}' was not bound on {act.date}", hint
    left = bond.reservations if bond else ()
    if act.what == "withdrew a reservation" and not any(is_withdrawn_by(x, act) for x in left):
        return f"'{name}' has no such reservation", _there(act, [one.made for one in left])
    return None


def _there(act: Act, made: list[Act]) -> str:
    """Return to what a party has made reservations."""
    there = ", ".join(f"'{one.to}'" for one in made if one.to)
    if act.to and there:
        return f"it has one to {there}: name that in 'to', or leave 'to' out to withdraw all"
    return "add the reservation above, or leave this one out"


def _contradicted(loaded: Loaded, agreement: Agreement) -> Iterator[Problem]:
    force, found = agreement.in_force, entered(agreement)
    written = force.date if isinstance(force, InForce) else None
    if not isinstance(written, When) or found is None:
        return
    if written.surely_after(found.day) or found.day.surely_after(written):
        message = f"in force on {written}, and by its rule on {found.day}"
        hint = "correct the date, the rule or the acts; or leave the date out, since it follows"
        yield loaded.problem(("in_force", "date"), message, hint)
