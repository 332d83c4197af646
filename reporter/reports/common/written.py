"""What a person wrote for page one, as far as it holds on the day."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from reporter.library.snapshot import UNFINISHED
from reporter.reports.common.promises import Agreed, Step, state

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.records.meeting import Meeting, NextStep, Point
    from reporter.records.statements import Sourced
    from reporter.reports.common.context import Desk
    from reporter.reports.views import Line

W = TypeVar("W", bound="Sourced")


def since(desk: Desk, item: Sourced, meeting: Meeting | None) -> date | None:
    """Return the day from which a written text holds; None where nothing says so.

    It may tell all that its sources tell: without a date of its own it holds from that of the newest of them on, and
    from the day of the ``meeting``.
    """
    if item.date:
        return item.date.last
    dates = [desk.library.documents[citation.document].date for citation in item.source]
    known = [date.last for date in dates if not isinstance(date, str)] + (
        [meeting.date.last] if meeting else []
    )
    return max(known, default=None)


def holding(desk: Desk, items: Iterable[W], meeting: Meeting | None) -> list[W]:
    """Return the written texts that hold on the day."""
    found = [(since(desk, item, meeting), item) for item in items]
    held = [(day, item) for day, item in found if day is None or day <= desk.snapshot.day]
    for day, _ in held:
        desk.snapshot.note(day)
    return [item for _, item in held]


def bottom_line(desk: Desk, meeting: Meeting, *, ahead: bool = False) -> Line | None:
    """Return the newest of the written ones; one dated before the meeting is for the briefing before it (``ahead``)."""
    written = [
        item
        for item in meeting.bottom_line
        if ahead == bool(item.date and meeting.date.surely_after(item.date))
    ]
    held = holding(desk, written, meeting)
    newest = max(
        reversed(held),
        key=lambda item: since(desk, item, meeting) or desk.snapshot.day,
        default=None,
    )
    return desk.line(newest) if newest else None


def points(desk: Desk, items: Iterable[Point], meeting: Meeting | None) -> tuple[Agreed, ...]:
    """Return the written points that hold."""
    return tuple(
        Agreed(verb=item.verb, text=item.text, who=None, refs=desk.sources.cite(item.source))
        for item in holding(desk, items, meeting)
    )


def next_steps(desk: Desk, meeting: Meeting) -> tuple[Step, ...]:
    """Return the written steps that hold and are not done."""
    return tuple(
        _step(desk, item)
        for item in holding(desk, meeting.next_steps, meeting)
        if _is_to_do(desk, item)
    )


def _is_to_do(desk: Desk, item: NextStep) -> bool:
    if item.done and desk.snapshot.knows(item.done):
        return False
    return (
        item.follows is None or state(desk, desk.library.statements[item.follows])[0] in UNFINISHED
    )


def _step(desk: Desk, item: NextStep) -> Step:
    is_overdue = item.follows is not None and state(desk, desk.library.statements[item.follows])[1]
    return Step(
        text=item.text,
        who=desk.who(item.by),
        due=item.due,
        due_words=item.due_words,
        overdue=is_overdue,
        refs=desk.sources.cite(item.source),
    )
