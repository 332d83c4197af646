"""Which lines of the ledger some filters keep: those for which all of them hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.reports.body.rows import line_of
from reporter.reports.party.rows import party_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.filters import Filters
    from reporter.library import Library, Owned
    from reporter.library.snapshot import Standing
    from reporter.reports.common.context import Context
    from reporter.reports.common.ledger_rows import MatterOwned

    Keeps = Callable[[Context, MatterOwned], bool]


def keeping(library: Library, filters: Filters) -> Keeps:
    """Return what says of a line whether it is kept; of several places one is enough."""
    party = party_of(library, library.parties[filters.party]) if filters.party else None
    owners = owners_of(library, filters.owner) if filters.owner else frozenset()

    def keeps(context: Context, matter: MatterOwned) -> bool:
        first, others = matter
        places = (first, *others)
        if party and not any(map(party.concerns, places)):
            return False
        if owners and not any(owners.intersection(place.statement.by) for place in places):
            return False
        if filters.before and not _is_due(context, first, filters.before):
            return False
        if not filters.standings:
            return True
        return first.statement.has_status and context.settled(
            lambda found: any(
                _stands(standing, filters.standings) for standing in _of(found, first, owners)
            )
        )

    return keeps


def _is_due(context: Context, owned: Owned, before: date) -> bool:
    """Return whether a line is due before a day, as was known of it."""
    due = context.settled(lambda found: found.snapshot.standing(owned.statement, None).due)
    return due is not None and due.last < before


def _of(context: Context, owned: Owned, owners: frozenset[str]) -> tuple[Standing, ...]:
    """Return where a line stands: for owners who are asked for, where each of them stands."""
    standing = context.snapshot.standing(owned.statement, context.made(owned))
    return tuple(own for name, own in standing.own if name in owners) or (standing,)


def owners_of(library: Library, name: str) -> frozenset[str]:
    """Return under which ids a side or a body owes: with its bodies, or those before and after."""
    if name in library.sides:
        bodies = (body.id for body in library.organisations.values() if body.side == name)
        return frozenset((name, *bodies))
    return frozenset(line_of(library, library.bodies[name].id))


def _stands(standing: Standing, words: tuple[str, ...]) -> bool:
    """Return whether it stands at one of these: statuses, ``overdue`` and ``unchecked``."""
    if standing.status in words or ("overdue" in words and standing.overdue_since):
        return True
    return "unchecked" in words and standing.unchecked_since is not None
