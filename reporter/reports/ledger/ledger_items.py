"""The promises and expectations that the ledger counts, of which its page shows the most urgent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.library.snapshot import UNFINISHED
from reporter.reports.common.agreed_points import counted
from reporter.reports.common.ledger_rows import (
    LATE,
    all_matters,
    kind_of,
    made_at,
    owing_sides,
    rows_for,
)
from reporter.reports.common.rows_shown import heard_last, hidden_of, year_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from reporter.library import Owned
    from reporter.library.snapshot import Standing, StandingWord
    from reporter.reports.common.context import Context
    from reporter.reports.common.ledger_rows import LedgerRow, Made, StatementKind
    from reporter.reports.views import Count


@dataclass(frozen=True, slots=True)
class LedgerItem:
    """A promise or an expectation, and all that is counted of it: no sentence of it is read."""

    kind: StatementKind
    owned: Owned
    others: tuple[Owned, ...]
    """Where the same stands, too; it counts once."""
    places: tuple[tuple[Made, StatementKind], ...]
    """Where it was made, its own place first."""
    sides: tuple[str, ...]
    """Ids of the sides that owe it, or whose bodies do, in the order of the project."""
    standing: Standing
    status: StandingWord | None
    """Where it stands; None of what is neither a promise nor a plan with a date."""

    @property
    def made(self) -> Made:
        """Where and when it was made."""
        return self.places[0][0]

    @property
    def needs_action(self) -> bool:
        """Whether it is not done, or late."""
        return self.standing.is_overdue or self.status in LATE | UNFINISHED

    @property
    def last_heard(self) -> date:
        """When anything was heard of it last; else when it was made."""
        latest = self.standing.latest
        return heard_last(latest.when if latest else None, self.made.on)

    @property
    def year(self) -> str:
        """The year in which it was made, as the name of its page has it."""
        return year_of(self.made.on)


def matters_of(context: Context) -> list[LedgerItem]:
    """Return every promise made by the day, then every expectation, what is most urgent first."""
    return [_matter(context, *found) for found in all_matters(context)]


def _matter(context: Context, owned: Owned, others: tuple[Owned, ...]) -> LedgerItem:
    places = tuple((made_at(context, one.owner), kind_of(one)) for one in (owned, *others))
    standing = context.snapshot.standing(owned.statement, context.made(owned))
    status = standing.status if owned.statement.has_status else None
    sides = owing_sides(context, owned)
    return LedgerItem(places[0][1], owned, others, places, sides, standing, status)


def rows_shown(
    context: Context, matters: Sequence[LedgerItem], *, whole: bool
) -> Iterator[tuple[LedgerRow, ...]]:
    """Yield the rows of the promises, then those of the expectations, in their order.

    Of very many, those that the page shows; with ``whole`` also the others, marked as not shown.
    What they rest on is cited after what the page cites.
    """
    groups = [[one for one in matters if one.kind == kind] for kind in ("promise", "expectation")]
    hidden = {place for group in groups for place in map(id, hidden_of(group))}
    wanted = [one for group in groups for one in group if whole or id(one) not in hidden]
    wanted.sort(key=lambda one: id(one) in hidden)
    made = rows_for(context, [(one.owned, one.others) for one in wanted])
    rows = {
        id(one): row.model_copy(update={"shown": False}) if id(one) in hidden else row
        for one, row in zip(wanted, made, strict=True)
    }
    for group in groups:
        yield tuple(rows[id(one)] for one in group if id(one) in rows)


def counts(matters: Iterable[LedgerItem]) -> tuple[Count, ...]:
    """Return how many stand at each status, in the order of the codebook."""
    return counted((one.status, one.standing.inferred) for one in matters)
