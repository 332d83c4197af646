"""What a person wrote for page one, as far as it holds on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reporter.dates import UNDATED
from reporter.library.snapshot import UNFINISHED
from reporter.reports.common.agreed_points import Agreed, state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.dates import When
    from reporter.library import Owned
    from reporter.records.meeting import Meeting, NextStep, PageOnePoint
    from reporter.records.statements import Sourced
    from reporter.reports.common.context import Context
    from reporter.reports.views import Line

W = TypeVar("W", bound="Sourced")


def since(context: Context, item: Sourced, meeting: Meeting | None) -> date | None:
    """Return the day from which a written text holds; None where nothing says so.

    A text may tell all that its sources tell: without a date of its own it holds from the date of
    the newest of them, and from the day of the ``meeting``.
    """
    if item.date:
        return item.date.last
    dates = [context.library.documents[citation.document].date for citation in item.source]
    known = [date.last for date in dates if not isinstance(date, str)] + (
        [meeting.date.last] if meeting else []
    )
    return max(known, default=None)


def holding(context: Context, items: Iterable[W], meeting: Meeting | None) -> list[W]:
    """Return the written texts that hold on the day."""
    found = [(since(context, item, meeting), item) for item in items]
    held = [(day, item) for day, item in found if day is None or day <= context.snapshot.day]
    for day, _ in held:
        context.snapshot.note(day)
    return [item for _, item in held]


def bottom_line(context: Context, meeting: Meeting, *, ahead: bool = False) -> Line | None:
    """Return the newest written one; one dated before its meeting is for the briefing ``ahead``."""
    written = [
        item
        for item in meeting.bottom_line
        if ahead == bool(item.date and _lies_after(meeting.date, item.date))
    ]
    held = holding(context, written, meeting)
    newest = max(
        reversed(held),
        key=lambda item: since(context, item, meeting) or context.snapshot.day,
        default=None,
    )
    return context.line(newest) if newest else None


def _lies_after(meeting: When, written: When) -> bool:
    """Return whether a meeting, or one that has no date yet, comes after something was written."""
    return meeting == UNDATED or meeting.surely_after(written)


def points(
    context: Context, items: Iterable[PageOnePoint], meeting: Meeting | None
) -> tuple[Agreed, ...]:
    """Return the written points that hold."""
    return tuple(
        Agreed(verb=item.verb, text=item.text, who=None, refs=context.sources.cite(item.source))
        for item in holding(context, items, meeting)
    )


def is_overdue(context: Context, item: NextStep) -> bool:
    """Return whether the promise that a step carries out is overdue."""
    promise = _followed(context, item)
    return promise is not None and state(context, promise).is_overdue


def is_to_do(context: Context, item: NextStep) -> bool:
    """Return whether a step is neither done nor given up."""
    if item.done and context.snapshot.knows(item.done):
        return False
    promise = _followed(context, item)
    return promise is None or state(context, promise).status in UNFINISHED


def _followed(context: Context, item: NextStep) -> Owned | None:
    """Return the promise that a step carries out; None where its record cannot be read, too."""
    return context.library.statements.get(item.follows or "")
