"""How long no further meeting has been on record."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reporter.library.snapshot import months_between, months_later

if TYPE_CHECKING:
    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context

_YEAR = 12
_LONG = 20 * _YEAR  # months of a gap that is told in years
_STEPS = ((100 * _YEAR, 100 * _YEAR), (_LONG, 10 * _YEAR))
MONTHS_UNTIL_A_GAP = 12  # after a meeting, before a page says that no other one is on record


class Gap(NamedTuple):
    """The last meeting held, and the whole months since; of many, the round number below."""

    last: Meeting
    months: int


def held(context: Context) -> list[Meeting]:
    """Return the meetings held by the day, in order."""
    meetings = context.library.meetings.values()
    return [meeting for meeting in meetings if meeting.date.known_on(context.snapshot.day)]


def open_gap(context: Context, page: Meeting | None = None) -> Gap | None:
    """Return the gap since the last meeting, where no other one has been announced for long.

    The briefings on the last two meetings tell of it; that on another ``page`` does not.
    """
    last = last_before_gap(context, page)
    if last is None:
        return None
    snapshot = context.snapshot
    months = _told(months_between(last.date.last, snapshot.day))
    snapshot.note(months_later(last.date.last, months))
    return Gap(last, months)


def _told(months: int) -> int:
    """Return as many months as are told: after 20 years whole decades, then whole centuries."""
    return next((months - months % step for least, step in _STEPS if months >= least), months)


def last_before_gap(context: Context, page: Meeting | None = None) -> Meeting | None:
    """Return the last meeting, where the briefing on ``page`` tells of a gap.

    However long the gap grows, this answer changes only on the day on which it opens.
    """
    return context.settled(lambda found: _last_before_gap(found, page))


def _last_before_gap(context: Context, page: Meeting | None) -> Meeting | None:
    snapshot = context.snapshot
    before = held(context)
    if not before:
        return None
    last = before[-1]
    snapshot.note(last.date)
    if page is not None and page.number < last.number - 1:
        return None
    numbers = {meeting.number for meeting in before}
    for meeting in context.library.meetings.values():
        announced = meeting.announced
        if meeting.number not in numbers and announced and snapshot.knows(announced.date):
            return None
    if months_between(last.date.last, snapshot.day) < MONTHS_UNTIL_A_GAP:
        return None
    snapshot.note(months_later(last.date.last, MONTHS_UNTIL_A_GAP))
    return last


def gap_sentence(context: Context, gap: Gap) -> str:
    """Return it in words."""
    words, last = context.words, gap.last.number
    ordinals = {"next": words.ordinal(last + 1), "last": words.ordinal(last)}
    if gap.months >= _LONG:
        return words.say("series_gap_long", n=gap.months // _YEAR, **ordinals)
    return words.say("series_gap_open", n=gap.months, **ordinals)
