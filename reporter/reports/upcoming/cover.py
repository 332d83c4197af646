"""What page one of the package begins with: when and where, what for, and the bottom line."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from pydantic import Field

from reporter.dates import UNDATED
from reporter.records.brevity import cut
from reporter.records.meeting import WORDS_OF_A_POINT
from reporter.reports.common import page_one_texts
from reporter.reports.common.agreed_points import agreed_row, shortened
from reporter.reports.common.meeting_head import venue, where
from reporter.reports.common.meeting_names import has_ordinal, name
from reporter.reports.common.owed import owed_in_short
from reporter.reports.common.page_one_columns import (
    MOST_CHAIRS,
    Column,
    ColumnLine,
    place_and_month,
    who_met,
)
from reporter.reports.common.sentences import brief, ended, sentence, speaker
from reporter.reports.views import Line, View

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.meeting import Meeting
    from reporter.reports.common.context import Context
    from reporter.reports.common.owed import Open

MOST_SIDES = 3  # of which page one names the chairs


class Cover(View):
    """Page one of the package."""

    setting: Line
    """When, where, and who is the host, as far as that is known."""
    bottom_line: str
    """What is known of the meeting, and what is still owed: 45 words at most."""
    bottom_line_written: bool
    """Whether a person wrote the first part."""
    purpose: tuple[Line, ...]
    """Why it is held."""
    objectives: tuple[str, ...]
    avoid: tuple[str, ...]
    chairs: tuple[Column, ...]
    """Who chairs for each side or leads it, where that is known."""
    chairing: str = Field(exclude=True)
    """Its heading."""
    before: ColumnLine | None
    """The meeting before."""


def cover(context: Context, meeting: Meeting, last: Meeting | None, owed: Open) -> Cover:
    """Return the cover of the package for ``meeting``, a record as it is known on the day."""
    place = setting(context, meeting)
    text = page_one_texts.bottom_line(context, meeting, ahead=True)
    lead, aims = tuple(_lead(context, meeting, last, text)), meeting.objectives
    return Cover(
        setting=place,
        bottom_line=brief([*lead, *owed_in_short(context, owed)]),
        bottom_line_written=text is not None,
        purpose=_purpose(context, meeting),
        objectives=aims.items if aims else (),
        avoid=meeting.avoid.items if meeting.avoid else (),
        chairs=who_met(context, meeting) if is_short(meeting) else (),
        chairing=context.words.say("who_leads" if meeting.chairing == "heads" else "who_chairs"),
        before=_before(context, last),
    )


def is_short(meeting: Meeting) -> bool:
    """Return whether page one has room for all who chair."""
    chairs = Counter(chair.side for chair in meeting.cochairs)
    return len(chairs) <= MOST_SIDES and max(chairs.values(), default=0) <= MOST_CHAIRS


def setting(context: Context, meeting: Meeting) -> Line:
    """Return in one line when and where the meeting is, and who is the host."""
    words, place = context.words, venue(context, meeting)
    when = words.say("date_open") if meeting.date == UNDATED else words.when(meeting.date)
    if place is None:
        text = words.say("setting_open", date=words.capital(when))
        return Line(text=text)
    text = ended(f"{words.capital(when)}, {where(context, place)}")
    return Line(text=text, refs=place.refs)


def _purpose(context: Context, meeting: Meeting) -> tuple[Line, ...]:
    """Return why the meeting is held: as our office puts it, else as sources do."""
    aims = meeting.objectives
    if aims and aims.purpose:
        return (Line(text=ended(aims.purpose)),)
    return context.lines(meeting.purpose)


def _lead(
    context: Context, meeting: Meeting, last: Meeting | None, text: Line | None
) -> Iterator[str]:
    """Yield what is known of the meeting: by a person, by its announcement, or as agreed before.

    Where our office says what the meeting is for, nobody needs to know how it was agreed on.
    """
    if text:
        yield ended(text.text)
        return
    if meeting.announced:
        yield ended(cut(meeting.announced.text, WORDS_OF_A_POINT))
        return
    if meeting.objectives and meeting.objectives.purpose:
        return
    owned = context.library.statements.get(last.next) if last else None
    if owned and context.was_said(owned):
        row = shortened(agreed_row(context, owned.statement))
        assert row.who is not None  # noqa: S101 (it is taken from a statement)
        yield sentence(f"{speaker(row.who, context.words)} {row.verb} {row.text}", context.words)


def _before(context: Context, last: Meeting | None) -> ColumnLine | None:
    if last is None or context.library.project.only_some:  # others may lie between
        return None
    context.snapshot.note_held(last)
    words = context.words
    text = ", ".join(
        (
            name(last, words),
            *filter(None, (place_and_month(context, last) if has_ordinal(last) else "",)),
        )
    )
    return ColumnLine(text=text, report=last.report)
