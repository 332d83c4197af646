"""Averages of the scores of statuses, exact to the last digit.

They are fractions until they are printed; a half is rounded away from zero.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reporter.library.snapshot import StandingWord
    from reporter.records.statements import Status

_WHOLE = (Decimal(-1), Decimal(1))  # from nothing to all, as compliance reports have it
_HALF = Fraction(1, 2)


class Mean(NamedTuple):
    """An average of some scores."""

    value: Fraction
    of: int
    """How many scores there are."""


def score_of(status: StandingWord, scores: Mapping[Status, Decimal]) -> Decimal | None:
    """Return the score of a status; what is met late is met. None where it has none."""
    return scores.get("met" if status == "met late" else status)


def mean(scores: Iterable[Decimal | None]) -> Mean | None:
    """Return the average of scores, without what has none; None where nothing has."""
    found = [Fraction(score) for score in scores if score is not None]
    return Mean(sum(found, Fraction()) / len(found), len(found)) if found else None


def rounded(value: Fraction, places: int) -> Decimal:
    """Return a fraction with so many decimal places."""
    whole = int(abs(value) * 10**places + _HALF)
    return Decimal(-whole if value < 0 else whole).scaleb(-places)


def percent(value: Fraction, scores: Iterable[Decimal]) -> int | None:
    """Return an average as a percentage; None where scores do not run from -1 to 1."""
    found = tuple(scores)
    if (min(found), max(found)) != _WHOLE:
        return None
    return int(rounded((value + 1) * 50, 0))
