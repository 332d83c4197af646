"""What others predict or think of an agreement: always with its author, never as a fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import When
from reporter.records.statements import TurnedOut as Turn
from reporter.reports.common.review_marks import has_changed
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.base import Sources
    from reporter.records.statements import Forecast, Sourced
    from reporter.reports.common.context import Context


class PredictionOutcome(View):
    """A step towards what was predicted, or away from it."""

    line: Line
    checked: bool
    """Whether somebody looked for it and found nothing."""


class Predicted(View):
    """Something that was predicted, and how it turned out."""

    line: Line
    due: When | None
    outcome: tuple[PredictionOutcome, ...]
    """Oldest first."""
    turned_out: Turn
    """Whether it came true, by a source that is not weak."""
    state: str
    """The same in words."""
    notes: tuple[str, ...] = ()
    """Our inference; since when nobody has looked; that it was changed since its review."""


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


def printed_predictions(context: Context, forecasts: Iterable[Forecast]) -> tuple[Predictions, ...]:
    """Return the forecasts where pages print them: there they give numbers to their sources."""
    return predictions(context, forecasts) if context.library.project.predictions else ()


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
    word, notes = _turned_out(context, forecast)
    return Predicted(
        line=context.text(forecast.text, forecast.source, date=forecast.date),
        due=forecast.due,
        outcome=tuple(
            PredictionOutcome(line=context.entry(entry), checked=entry.checked is not None)
            for entry in context.snapshot.history(forecast.history)
        ),
        turned_out=word,
        state=context.words.of("turned_out", word),
        notes=notes,
    )


def _turned_out(context: Context, forecast: Forecast) -> tuple[Turn, tuple[str, ...]]:
    """Return whether a forecast came true, and what there is to add."""
    words, library = context.words, context.library
    known = [entry for entry in context.snapshot.history(forecast.history) if entry.turned_out]
    solid = [entry for entry in known if not library.is_weak(entry.source)]
    last = solid[-1] if solid else None
    notes = [words.say("inferred")] if last and last.inferred else []
    word: Turn = (last.turned_out if last else None) or "not known"
    if word == "not known":
        since = context.snapshot.standing(forecast, forecast.date).last_heard
        day = words.when(since, short=True) if since else ""
        notes += [words.say("not_checked_since", date=day)] if since else []
    if has_changed(context.snapshot, forecast):
        notes.append(words.say("changed_since_review"))
    return word, tuple(notes)


def _by(context: Context, source: Sources) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(context.library.documents[citation.document].publisher for citation in source)
    )
