"""Which parts of a page were changed since a review: a mark beside each, and a line in all."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from reporter.records.base import Record
from reporter.records.reviews import is_changed
from reporter.records.statements import Entry, Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library.snapshot import Snapshot
    from reporter.reports.common.context import Context

_WORDS: dict[type[Record], str] = {
    Statement: "review_statements",
    Entry: "review_lines",
    Forecast: "review_forecasts",
}


def has_changed(snapshot: Snapshot, item: Statement | Forecast) -> bool:
    """Return whether it, or a line of its history that is known on the day, was changed."""
    return any(_changed(item, snapshot.day))


def changed_line(
    context: Context, records: Iterable[Record], items: Iterable[Statement | Forecast]
) -> str:
    """Return how much of some records, and of what was said, was changed since it was reviewed.

    It is a sentence; without any change, nothing.
    """
    words, day = context.words, context.snapshot.day
    found = Counter(type(part) for item in items for part in _changed(item, day))
    records_changed = sum(map(is_changed, records))
    parts = [words.say("review_records", n=records_changed)] if records_changed else []
    parts += [words.say(key, n=found[kind]) for kind, key in _WORDS.items() if found[kind]]
    return words.say("review_changed", list=words.list(parts)) if parts else ""


def _changed(item: Statement | Forecast, day: date) -> Iterator[Record]:
    """Yield it, and the lines of its history known on the day, as far as they were changed."""
    if is_changed(item):
        yield item
    yield from (line for line in item.history if is_changed(line) and line.when.known_on(day))
