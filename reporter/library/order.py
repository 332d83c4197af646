"""The order of the meetings of a series."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.records.meeting import Meeting


def in_order(meetings: Iterable[Meeting]) -> tuple[Meeting, ...]:
    """Return the meetings of one series by date; those of a kind that have numbers, by number.

    Of one that is known by month or year the last day counts. It is never placed after one of its
    kind with a higher number, which may be known by its day, unless it surely was held later.
    """
    found = list(meetings)
    last = _latest(found)
    return tuple(
        sorted(
            found,
            key=lambda one: (
                last[one.id],
                one.kind != "preparatory",
                one.number is None,
                one.number or 0,
                one.date.first,
                one.id,
            ),
        )
    )


def _latest(meetings: list[Meeting]) -> dict[str, date]:
    """Return, by the id of a meeting, the last day that its date and its number let it have."""
    found: dict[str, date] = {}
    least: dict[str, date] = {}
    for one in sorted(meetings, key=lambda one: -(one.number or 0)):
        day = one.date.last
        if one.number is not None:
            later = least.get(one.kind, day)
            least[one.kind] = min(day, later)
            day = later if one.date.first <= later < day else day
        found[one.id] = day
    return found
