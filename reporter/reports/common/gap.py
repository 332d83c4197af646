"""How long no further meeting has been on record."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import meeting_id
from reporter.dates import MONTHS_IN_YEAR, UNDATED, months_later
from reporter.library.snapshot import Snapshot, months_between, over_from
from reporter.library.today import Today
from reporter.reports.common.meeting_names import has_ordinal, name

if TYPE_CHECKING:
    from reporter.choice import MeetingKey
    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context

_STEPS = ((100, 100), (20, 10), (5, 1))  # from so many years on, whole ones of so many are told
LONG = _STEPS[-1][0] * MONTHS_IN_YEAR  # months that are told in years
TELLERS = 2  # of the last meetings, whose briefings tell of a gap
MONTHS_UNTIL_A_GAP = 12  # after a meeting, before a page says that no other one is on record


class Gap(NamedTuple):
    """The last meeting held, and the whole months since; of many, the round number below."""

    last: Meeting
    months: int


def held(context: Context) -> list[Meeting]:
    """Return the meetings held by the day, in order."""
    snapshot = context.snapshot
    return [
        meeting
        for meeting in context.library.every_meeting
        if meeting.is_over(snapshot.day) and not snapshot.is_called_off(meeting)
    ]


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


def up_to(library: Library, *keys: MeetingKey) -> tuple[str, ...]:
    """Return the ids of the meetings up to the last of some, also of those without a record."""
    numbers = [key for key in keys if isinstance(key, int)]
    counted = [
        meeting_id(number, library.series) for number in range(1, max(numbers, default=0) + 1)
    ]
    there = [meeting for key in keys if (meeting := library.meetings.get(key))]
    every = [one.id for meeting in there for one in (*library.earlier(meeting), meeting)]
    own = [meeting_id(key, library.series) for key in keys]
    return tuple(dict.fromkeys((*counted, *every, *own)))


def the_next(context: Context, last: Meeting, *, regular: bool = False) -> str:
    """Return ``ninth meeting`` after the eighth; ``further meeting`` where none is counted.

    ``regular`` says that it is one of those that are counted, where others came after the last.
    One that was put off may have been held after one with a higher number.
    """
    words = context.words
    if not has_ordinal(last):
        return words.say("further_meeting")
    numbers = (one.number or 0 for one in (last, *held(context)) if has_ordinal(one))
    ordinal = words.ordinal(max(numbers) + 1)
    kind = words.say("regular_meeting") if regular else words.of("meeting_kind", "regular")
    return words.say("nth_of_kind", ordinal=ordinal, kind=kind)


def next_was_held(context: Context, meeting: Meeting, statement: Statement) -> bool:
    """Return whether a statement without a status is about a next meeting, and that was held."""
    if statement.has_status or statement.id != meeting.next:
        return False
    library = context.library.part(meeting.series)
    later = library.every_meeting[library.places[meeting.id] + 1 :]
    return any(one.kind == meeting.kind and context.snapshot.took_place(one) for one in later)


def others_since(context: Context, last: Meeting) -> bool:
    """Return whether meetings that are not counted were held after the last that is."""
    return has_ordinal(last) and held(context)[-1:] != [last]


def _told(months: int) -> int:
    """Return as many months as are told: of many whole years, then whole decades and centuries."""
    years = months // MONTHS_IN_YEAR
    steps = (step * MONTHS_IN_YEAR for least, step in _STEPS if years >= least)
    return next((months - months % step for step in steps), months)


def last_before_gap(context: Context, page: Meeting | None = None) -> Meeting | None:
    """Return the last meeting, where the briefing on ``page`` tells of a gap.

    However long the gap grows, this answer changes only on the day on which it opens.
    """
    return context.snapshot.settled(lambda found: _last_before_gap(found, page))


class _GapTold(NamedTuple):
    """What there is to tell on a day, whichever page tells it."""

    last: Meeting | None
    """The last meeting, if a gap is open."""
    tellers: tuple[str, ...]
    """Ids of the last two meetings, whose briefings tell of it."""


def _last_before_gap(snapshot: Snapshot, page: Meeting | None) -> Meeting | None:
    found = snapshot.once("gap", _found)
    return found.last if page is None or page.id in found.tellers else None


def _found(snapshot: Snapshot) -> _GapTold:
    _note_over(snapshot)
    before = _last_two(snapshot)
    if not before or snapshot.library.lacks_meetings:
        return _GapTold(None, ())
    last = before[-1]
    snapshot.note_held(last)
    opened = months_later(last.date.last, MONTHS_UNTIL_A_GAP)
    if _is_any_announced(snapshot, last) or snapshot.day < opened:
        return _GapTold(None, ())
    snapshot.note(opened)
    return _GapTold(last, tuple(one.id for one in before))


def _note_over(snapshot: Snapshot) -> None:
    """Note when the last meeting was over, and the next one will be."""
    dated = (one for one in snapshot.library.every_meeting if one.date != UNDATED)
    days = snapshot.library.once(("over",), lambda: sorted(map(over_from, dated)))
    over = bisect_right(days, snapshot.plain)
    snapshot.note(days[over - 1] if over else None)
    if isinstance(snapshot.day, Today) and over < len(days):
        snapshot.day.changes(days[over])


def _last_two(snapshot: Snapshot) -> list[Meeting]:
    """Return the last two meetings held whose numbers go on; of all where none has a number."""
    library = snapshot.library
    is_counted = library.once(("counted",), lambda: any(map(has_ordinal, library.every_meeting)))
    counted: list[Meeting] = []
    others: list[Meeting] = []
    for one in reversed(library.every_meeting):
        if one.is_over(snapshot.plain) and snapshot.took_place(one):
            (counted if has_ordinal(one) else others).append(one)
        if len(counted if is_counted else others) == TELLERS:
            break
    return (counted or others[:TELLERS])[::-1]


def _is_any_announced(snapshot: Snapshot, last: Meeting) -> bool:
    """Return whether a meeting is known to be coming, beside those that count like the last one."""
    library = snapshot.library
    announced = library.once(
        ("announced",), lambda: [one for one in library.every_meeting if one.announced]
    )
    return any(not _counts(snapshot, one, last) and snapshot.is_announced(one) for one in announced)


def _counts(snapshot: Snapshot, one: Meeting, last: Meeting) -> bool:
    """Return whether a meeting was held, and has a number if the last one has."""
    is_over = one.is_over(snapshot.plain) and snapshot.took_place(one)
    return is_over and (has_ordinal(one) or not has_ordinal(last))


def gap_sentence(context: Context, gap: Gap) -> str:
    """Return it in words."""
    words, last = context.words, gap.last
    short = words.ordinal(last.number or 0) if has_ordinal(last) else name(last, words)
    further = the_next(context, last, regular=others_since(context, last))
    ordinals = {"next": further, "last": short}
    if gap.months >= LONG:
        return words.say("series_gap_long", n=gap.months // MONTHS_IN_YEAR, **ordinals)
    return words.say("series_gap_open", n=gap.months, **ordinals)
