"""What each side owes: the ledger's own rows that are not done, ours first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import Field

from reporter.language import BOTH, Share
from reporter.reports.common.context import settled
from reporter.reports.common.ledger_rows import LedgerRow, is_missed, ledger_rows, with_own
from reporter.reports.common.rows_shown import LeftOut, bounded, left_out
from reporter.reports.common.sentences import are_overdue, sentence
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from reporter.language import Language
    from reporter.library import Owned
    from reporter.reports.common.context import Context

NAMED = frozenset({"we_owe", "one_owes", "both_owe"})  # the groups whose heading names the owners


class OwedGroup(View):
    """What is owed by one side, or by several together."""

    heading: str
    whose: str
    """The same in a word or two: ``ours``."""
    rows: tuple[LedgerRow, ...]
    """What is most urgent first."""
    shown: bool
    """Whether the page shows any of them."""
    named: bool = Field(default=False, exclude=True)
    """Whether the heading alone says who owes each of them."""
    overdue: int
    unchecked: int
    """How many nobody has looked at since their due date, or for nine months."""


class Open(View):
    """What is not done yet, of meetings and agreements."""

    owed: tuple[OwedGroup, ...]
    """Promises, those of the own side first."""
    missed: tuple[LedgerRow, ...]
    """Promises that were missed."""
    expected: tuple[LedgerRow, ...]
    """Expectations."""
    left_out: LeftOut | None
    """What of very many a page does not show."""


def still_open(
    context: Context,
    ahead: str | None = None,
    concerns: Callable[[Owned], bool] | None = None,
    of: Collection[str] = (),
) -> Open:
    """Return the rows of the ledger that are not done on the day, or those that concern somebody.

    That the meeting itself is expected (``ahead``) is no news before it. Each row says where the
    owners ``of`` whom the report is stand, where owners differ.
    """
    found = ledger_rows(context, concerns, unfinished=True, missed=True)
    rows = with_own(context, found, of)
    promises = bounded(row for row in rows if row.kind == "promise" and not is_missed(row))
    missed = bounded(row for row in rows if row.kind == "promise" and is_missed(row))
    expected = bounded(row for row in rows if row.kind == "expectation" and row.row.id != ahead)
    return Open(
        owed=tuple(_groups(context, promises)),
        missed=missed,
        expected=expected,
        left_out=left_out((*promises, *missed, *expected), context.words),
    )


def owed_in_short(context: Context, left: Open, none: str = "") -> Iterator[str]:
    """Yield who owes how much, what of it is late, and how much was missed.

    ``none`` says that nothing is left to be done.
    """
    words = context.words
    if left.owed:
        yield from _owed_in_short(left.owed, words)
    else:
        key = "nothing_to_do" if _is_any_made(context) else "series_no_promise"
        yield none or words.say(key)
    if left.missed:
        yield words.capital(words.say("missed_count", n=len(left.missed)))


def _owed_in_short(groups: Sequence[OwedGroup], words: Language) -> Iterator[str]:
    number = sum(len(group.rows) for group in groups)
    told = [
        words.say("how_many", n=len(group.rows), whose=group.whose) if groups[1:] else group.whose
        for group in groups
    ]
    yield words.capital(words.say("open_promises", n=number, whose=", ".join(told)))
    if late := sum(group.overdue for group in groups):
        yield are_overdue(number, late, words)
    if unchecked := sum(group.unchecked for group in groups):
        alone = words.say("unchecked_alone")
        several = sentence(words.say("unchecked_count", n=Share(unchecked, number)), words)
        yield alone if number == 1 else several


@settled
def _is_any_made(context: Context) -> bool:
    """Return whether anything was promised by the day."""
    every = context.library.all_statements
    return any(owned.statement.is_promise and context.was_said(owned) for owned in every)


def _groups(context: Context, rows: Sequence[LedgerRow]) -> Iterator[OwedGroup]:
    """Yield what each side owes: our side alone, then with others, then the others.

    Where the package is nobody's: each side alone, in the order of the project, then several
    together. Last comes what bodies of no side owe.
    """
    sides, desk = context.library.sides, context.library.desk
    if desk:
        yield from _group(context, "we_owe", "", [row for row in rows if row.sides == (desk,)])
        ours = [row for row in rows if desk in row.sides and len(row.sides) > 1]
        key = "both_owe" if len(sides) == BOTH else "we_owe_together"
        yield from _group(context, key, "", ours)
        theirs = [row for row in rows if row.sides and desk not in row.sides]
        others = [side for side in sides if side != desk]
        if len(others) == 1:
            yield from _group(context, "one_owes", context.party(others[0]).text, theirs)
        else:
            yield from _group(context, "the_others_owe", "", theirs)
    else:
        for side in sides:
            alone = [row for row in rows if row.sides == (side,)]
            yield from _group(context, "one_owes", context.party(side).text, alone)
        key = "both_owe" if len(sides) == BOTH else "several_owe"
        yield from _group(context, key, "", [row for row in rows if len(row.sides) > 1])
    yield from _group(context, "outsiders_owe", "", [row for row in rows if not row.sides])


def _group(context: Context, key: str, name: str, rows: Iterable[LedgerRow]) -> Iterator[OwedGroup]:
    found = tuple(rows)
    if not found:
        return
    words, standings = context.words, [row.row.standing for row in found]
    yield OwedGroup(
        heading=words.capital(words.say(f"what_{key}", side=name)),
        whose=words.say(key, side=name),
        rows=found,
        shown=any(row.shown for row in found),
        named=key in NAMED and all(row.row.who == context.who(row.sides) for row in found),
        overdue=sum(standing.is_overdue for standing in standings),
        unchecked=sum(standing.is_unchecked for standing in standings),
    )
