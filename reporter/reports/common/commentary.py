"""What others predict or think of an agreement: always with its author, never as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.reports.views import Line, Standing, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.base import Sources
    from reporter.records.statements import Forecast, Sourced
    from reporter.reports.common.context import Context


class Outcome(View):
    """A step towards what was predicted, or away from it."""

    line: Line
    checked: bool
    """Whether somebody looked for it and found nothing."""


class Predicted(View):
    """Something that was predicted, and how it turned out."""

    line: Line
    due: When | None
    outcome: tuple[Outcome, ...]
    """Oldest first."""
    standing: Standing


class Predictions(View):
    """What somebody predicted on a day."""

    by: tuple[str, ...]
    """The publishers of the documents that predict it."""
    date: When
    rows: tuple[Predicted, ...]


class Comments(View):
    """What somebody thinks of it."""

    by: tuple[str, ...]
    """The publishers of the documents that say so."""
    date: When | None
    weak: bool
    """Whether weak sources alone say so."""
    lines: tuple[Line, ...]


def predictions(context: Context, forecasts: Iterable[Forecast]) -> tuple[Predictions, ...]:
    """Return the forecasts made by the day, and how each had turned out.

    Those of the same publishers and the same date are together.
    """
    groups: dict[tuple[tuple[str, ...], When], list[Predicted]] = {}
    for forecast in forecasts:
        if context.snapshot.knows(forecast.date):
            groups.setdefault((_by(context, forecast.source), forecast.date), []).append(
                _predicted(context, forecast)
            )
    return tuple(
        Predictions(by=by, date=date, rows=tuple(rows)) for (by, date), rows in groups.items()
    )


def comments(context: Context, commentary: Iterable[Sourced]) -> tuple[Comments, ...]:
    """Return the commentary known on the day, grouped by publishers and date."""
    groups: dict[tuple[tuple[str, ...], When | None], list[Line]] = {}
    for item in commentary:
        if context.snapshot.knows(item.date):
            groups.setdefault((_by(context, item.source), item.date), []).append(context.line(item))
    return tuple(
        Comments(by=by, date=date, weak=all(line.weak for line in lines), lines=tuple(lines))
        for (by, date), lines in groups.items()
    )


def _predicted(context: Context, forecast: Forecast) -> Predicted:
    standing = context.snapshot.standing(forecast, forecast.date)
    return Predicted(
        line=context.text(forecast.text, forecast.source, date=forecast.date),
        due=forecast.due,
        outcome=tuple(
            Outcome(line=context.entry(entry), checked=entry.checked is not None)
            for entry in context.snapshot.history(forecast.history)
        ),
        standing=Standing(status=standing.status, not_checked_since=standing.not_checked_since),
    )


def _by(context: Context, source: Sources) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(context.library.documents[citation.document].publisher for citation in source)
    )
