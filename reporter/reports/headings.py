"""What a report is called, in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporter.language import Language
    from reporter.reports.views import Heading


_MEETINGS = frozenset({"meeting", "upcoming"})
# What the title of a meeting with a number is made of, by what is known.
_NUMBERED = {
    "meeting_place_date": "meeting",
    "meeting_date": "meeting_without_place",
    "meeting_place": "meeting_without_date",
    "meeting": "meeting_alone",
}
_APART = {"online": "place_online", "by telephone": "place_by_telephone"}
_CALLED = {"party": "party", "filtered": "filtered_on"}
OF_SERIES = frozenset({"meeting", "upcoming", "comparison", "series"})
"""The kinds of heading whose name, where they have one, is that of their series."""


def title(heading: Heading, words: Language) -> str:
    """Return the title of a report."""
    if heading.kind == "matrix":
        return words.capital(words.of("heading", "matrix", name=_of_what(heading, words)))
    if heading.name is not None:
        return _named(heading, heading.name.text, words)
    if heading.pair:
        return words.capital(_of_pair(heading.pair, words))
    if heading.kind in _MEETINGS:
        return _of_meeting(heading, words)
    if heading.number is None or heading.other is None:
        name = heading.kind if heading.number is None else f"{heading.kind}_of"
        return words.of("heading", name, number=heading.number)
    first, second = words.ordinal(heading.number), words.ordinal(heading.other)
    return words.of("heading", heading.kind, first=first, second=second)


def _of_pair(pair: tuple[Heading, ...], words: Language) -> str:
    """Return the title of a comparison; of two meetings of one kind it says that once."""
    earlier, later = pair
    same = earlier.sort == later.sort and earlier.number is None and later.number is None
    if same and earlier.date and later.date:
        first, second = dated(earlier, words), dated(later, words)
        meeting = kind(earlier, words)
        return words.of("heading", "compared_days", meeting=meeting, first=first, second=second)
    first, second = (words.say("the_meeting", meeting=called(x, words)) for x in pair)
    return words.of("heading", "compared", first=first, second=second)


def _of_what(heading: Heading, words: Language) -> str:
    """Return what a matrix is about: a meeting, or what has a name."""
    if heading.number is None and heading.date is None and heading.name:
        return heading.name.text
    return meeting_name(heading, words) if heading.name else called(heading, words)


def _of_meeting(heading: Heading, words: Language) -> str:
    """Return the title of what is about one meeting: its place and day as far as they are known."""
    place, date = place_in(heading, words), dated(heading, words)
    known = [*(["place"] if place else []), *(["date"] if date else [])]
    if heading.number is not None and heading.sort is None:
        name = "_".join([heading.kind, *known])
        name = _NUMBERED.get(name, name)
        return words.of("heading", name, ordinal=words.nth(heading.number), place=place, date=date)
    if heading.number is None and not place:
        told = called(heading, words)
    else:
        key = "_".join(["kind", *known])
        told = words.of("heading", key, meeting=kind(heading, words), place=place, date=date)
    told = words.capital(told)
    return words.of("heading", "to_come", title=told) if heading.kind == "upcoming" else told


def kind(heading: Heading, words: Language) -> str:
    """Return ``eighth meeting``, ``second ministerial meeting`` or ``call``."""
    found = words.of("meeting_kind", heading.sort or "regular")
    if heading.number is None:
        return found
    return words.say("nth_of_kind", ordinal=words.ordinal(heading.number), kind=found)


def dated(heading: Heading, words: Language, *, short: bool = False) -> str:
    """Return the date of a meeting in words; nothing where there is none."""
    date = words.when(heading.date, short=short) if heading.date else ""
    if not date or not heading.date_inferred:
        return date
    return words.of("date_inferred", heading.date_inferred, date=date)


def place_in(heading: Heading, words: Language) -> str:
    """Return where a meeting is: a city, online, by telephone; nothing where it is not known."""
    place = heading.city or ""
    if heading.form == "hybrid":
        return words.say("place_hybrid", place=place) if place else words.say("form_hybrid")
    key = _APART.get(heading.form or "")
    return place or (words.say(key) if key else "")


def called(heading: Heading, words: Language) -> str:
    """Return what a meeting is called in a sentence: ``eighth meeting``, ``call of 3 May 2024``."""
    found = kind(heading, words)
    if heading.number is not None or heading.date is None:
        return found
    return words.of("heading", "kind_of_date", meeting=found, date=dated(heading, words))


def meeting_name(heading: Heading, words: Language) -> str:
    """Return ``Eighth meeting``, with its series where there are several."""
    found = words.capital(called(heading, words))
    if heading.name is None:
        return found
    return words.of("heading", "in_series", series=heading.name.text, title=found)


def _named(heading: Heading, name: str, words: Language) -> str:
    """Return the title of what has a name, or is of a series that has one."""
    if heading.kind in OF_SERIES:
        told = title(heading.model_copy(update={"name": None}), words)
        return words.of("heading", "in_series", series=name, title=told)
    called = _CALLED.get(heading.kind)
    return words.capital(words.of("heading", called, name=name) if called else name)
