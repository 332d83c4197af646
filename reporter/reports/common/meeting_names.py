"""What a meeting is called in a sentence: by its number, or by its kind and its date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.dates import UNDATED
from reporter.reports.headings import called, dated, place_in
from reporter.reports.views import Heading

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.choice import MeetingKey
    from reporter.language import Language
    from reporter.library import Library
    from reporter.records.meeting import Meeting

REGULAR = "regular"
LONG_ROW = 3  # meetings that follow each other, of which the first and the last are named


def as_heading(meeting: Meeting, kind: str = "meeting") -> Heading:
    """Return what a meeting by itself is called, without its series."""
    place = meeting.known_place
    return Heading(
        kind=kind,
        number=meeting.number,
        city=place.city if place else None,
        form=None if meeting.form == "in person" else meeting.form,
        date_inferred=meeting.date_inferred,
        date=None if meeting.date == UNDATED else meeting.date,
        sort=None if meeting.kind == REGULAR else meeting.kind,
    )


def place_of(meeting: Meeting, words: Language) -> str | None:
    """Return the city of a meeting, or that it was online, as far as that is known."""
    return place_in(as_heading(meeting), words) or None


def date_of(meeting: Meeting, words: Language, *, short: bool = False) -> str:
    """Return the date of a meeting, and what of it is our inference."""
    return dated(as_heading(meeting), words, short=short)


def has_ordinal(meeting: Meeting) -> bool:
    """Return whether its number alone says which meeting it is."""
    return meeting.number is not None and meeting.kind == REGULAR


def name(meeting: Meeting, words: Language) -> str:
    """Return ``eighth meeting``, or ``call of 3 May 2024``."""
    return called(as_heading(meeting), words)


def the(meeting: Meeting, words: Language) -> str:
    """Return ``the eighth meeting``, or ``the call of 3 May 2024``."""
    return words.say("the_meeting", meeting=name(meeting, words))


def mentioned(meetings: Iterable[Meeting | int], words: Language) -> str:
    """Return ``meetings 5 and 8``, or ``meeting 5 and the call of 3 May 2024``.

    A number stands for a meeting that has no record.
    """
    found = list(meetings)
    numbers = [one if isinstance(one, int) else one.number for one in found if _counts(one)]
    others = [the(one, words) for one in found if not isinstance(one, int) and not _counts(one)]
    told = words.say("meetings_numbered", n=len(numbers), numbers=numbered(numbers, words))
    return words.list([told, *others] if numbers else others)


def numbered(numbers: Iterable[int | None], words: Language) -> str:
    """Return ``1, 2 and 4``; of three or more in a row the first and the last, ``1 to 7 and 9``."""
    told: list[str] = []
    for row in runs(filter(None, numbers)):
        is_long = len(row) >= LONG_ROW
        ends = words.say("from_to", None, least=row[0], most=row[-1]) if is_long else ""
        told += [ends] if is_long else map(str, row)
    return words.list(told)


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return numbers in order, those that follow one another together."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def _counts(one: Meeting | int) -> bool:
    return isinstance(one, int) or has_ordinal(one)


def keyed(library: Library, keys: Iterable[MeetingKey], words: Language) -> str:
    """Return the same of the meetings of a series with these numbers and ids."""
    there = library.meetings
    found = (there.get(key, key) for key in keys)
    return mentioned((one for one in found if not isinstance(one, str)), words)
