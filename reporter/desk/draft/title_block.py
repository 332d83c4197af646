"""When and where a meeting was held, and what its document is called."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.paragraphs import is_around
from reporter.records.brevity import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.desk.draft.dates_named import Calendar
    from reporter.desk.draft.known_names import KnownNames
    from reporter.desk.draft.lexicon import Lexicon, Word
    from reporter.desk.draft.paragraphs import Layout, Sentence

FIRST = 4  # sentences in which the opening is looked for
LONGEST_TITLE = 30  # words
LONGEST_DATELINE = 10  # words
_CITY = r"((?:[A-Z][\w'\u2019-]+|[A-Z]\.)(?:[ ,]+(?:[A-Z][\w'\u2019-]+\.?|D\.C\.))*)"


class Opening(NamedTuple):
    """What a text says of its meeting."""

    title: str
    when: str
    place: str
    host: str
    """The side that the text names behind the place, 'First City, State A', or in its stead."""
    source: str
    """Paragraph and sentence that tell where and when."""
    form: str = ""
    """How they met, where it was not in person alone."""
    kind: str = ""
    """What kind of document it is, by its title."""


def opening(
    layout: Layout,
    sentences: Sequence[Sentence],
    lexicon: Lexicon,
    calendar: Calendar,
    names: KnownNames,
) -> Opening:
    """Return what a text says of its meeting, as far as it does."""
    title = _title(layout, lexicon, calendar)
    first = sentences[:FIRST]
    telling = next((one for one in first if _is_met(one.text, lexicon)), None)
    texts = [telling.text] if telling else []
    texts += reversed(layout.before)
    place = next(
        (
            found
            for text in texts
            if _is_met(text, lexicon) and (found := _place(text, lexicon, calendar))
        ),
        "",
    )
    place = place or next(filter(None, (_dateline(text, calendar) for text in layout.before)), "")
    day = _labelled(layout, lexicon.dated)
    when = _first_day([day, *texts] if day else texts, calendar)
    venue = _labelled(layout, lexicon.venues)
    place = venue.rpartition(",")[2].strip(" .") or place  # its town: 'Town Hall, First City'
    source = telling.place if telling and not day else "1.1"
    form = _meant(telling.text if telling else "", lexicon.forms)
    city, host = _city_and_host(place, texts, names)
    return Opening(title, when, city, host, source, form, _meant(title, lexicon.kinds))


def _city_and_host(place: str, texts: Sequence[str], names: KnownNames) -> tuple[str, str]:
    """Return a place, and the side in which it lies: a place that is a side is no city."""
    if not place:
        return "", ""
    sides = {one.text: one.name.id for one in names.parties(place) if one.name.kind == "side"}
    if place in sides:
        return "", sides[place]
    for text in texts:
        behind = text.partition(f"{place}, ")[2]
        found = [one for one in names.parties(behind)[:1] if one.name.kind == "side"]
        if found and not behind[: found[0].start].strip("the ").strip():
            return place, found[0].name.id
    return place, ""


def _meant(text: str, among: Sequence[Word]) -> str:
    """Return the first of these of which a text has the words: 'hybrid', 'minutes'."""
    small = text.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    return next((one.word for one in among if any(said in small for said in one.stands_for)), "")


def _labelled(layout: Layout, labels: Sequence[str]) -> str:
    """Return what stands behind a label in front of the text: 'Date: 12 March 2025 Venue: ...'."""
    pattern = re.compile(
        rf"(?<!\w)(?i:{'|'.join(map(re.escape, labels)) or '(?!)'})[\s|]*(.+?)(?=\s[A-Z]\w+:|$)"
    )
    found = filter(None, map(pattern.search, layout.before))
    return next((match[1].strip(" |") for match in found), "")


def _first_day(texts: Sequence[str], calendar: Calendar) -> str:
    """Return the first day that is told; one without its year has that of the next date."""
    for index, text in enumerate(texts):
        if when := _when(text, calendar, 2):
            return when
        if alone := calendar.alone(text):
            years = [one.when[:4] for other in texts[index + 1 :] for one in calendar.dates(other)]
            return "/".join(f"{years[0]}-{day}" for day in alone) if years else ""
    return next((when for text in texts if (when := _when(text, calendar, 1))), "")


def _is_met(text: str, lexicon: Lexicon) -> bool:
    small = text.casefold()
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", small) for word in lexicon.met) or (
        lexicon.signs and any(word in text for word in lexicon.met)
    )


def _when(text: str, calendar: Calendar, hyphens: int) -> str:
    """Return the first date of a text that is a month at least, or, with two hyphens, a day."""
    found = (one.when for one in calendar.dates(text))
    return next((when for when in found if when.count("-") >= hyphens), "")


def _place(text: str, lexicon: Lexicon, calendar: Calendar) -> str:
    dates = [(one.start, one.end) for one in calendar.dates(text)]
    met = [
        match.end()
        for word in lexicon.met
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.IGNORECASE)
    ]
    begin = min(met, default=0)
    for word in lexicon.at:
        pattern = (
            rf"{re.escape(word)} {_CITY}" if not lexicon.signs else rf"([^\W\d]{{2,12}}){word}"
        )
        for match in re.finditer(pattern, text):
            inside = any(start <= match.start(1) < end for start, end in dates)
            if not inside and (match.start() >= begin or lexicon.signs):
                return match[1].rstrip(" ,.").partition(",")[0]
    return ""


def _dateline(text: str, calendar: Calendar) -> str:
    """Return the city of a line that has but a day and a place: 'First City, 5 May 2026'."""
    found = calendar.dates(text)
    if not found or words(text) > LONGEST_DATELINE:
        return ""
    begin, end = found[0].start, found[-1].end
    rest = f"{text[:begin]} , {text[end:]}".strip(" ,.;()\u2013\u2014-")
    match = re.fullmatch(rf"{_CITY}", rest.replace(" ,", ","))
    return match[1].partition(",")[0].strip() if match else ""


def _title(layout: Layout, lexicon: Lexicon, calendar: Calendar) -> str:
    """Return the title: the first line in front of the text that is no sentence and no day."""
    lines = [
        line
        for line in layout.before
        if 1 < words(line) <= LONGEST_TITLE and not line.endswith((".", ":", "。"))
    ]
    lines = [line for line in lines if not is_around(line, lexicon)]
    named = [line for line in lines if any(word in line.casefold() for word in lexicon.titles)]
    named.sort(key=lambda line: bool(_dateline(line, calendar)))
    lines = [line for line in lines if words(line) > 2]  # noqa: PLR2004
    lines = [line for line in lines if not calendar.dates(line) or words(line) > 6]  # noqa: PLR2004
    meeting = lexicon.stands_for("MEETING")
    met = [line for line in lines if any(word.casefold() in meeting for word in line.split())]
    title = (named or met or lines or [""])[0].rstrip(" ,;")
    return _whole_title(title, layout.before, lexicon)


def _whole_title(title: str, lines: Sequence[str], lexicon: Lexicon) -> str:
    """Return a title with the lines below in which it goes on: 'of', 'and' end none."""
    at = next((at for at, line in enumerate(lines) if line.startswith(title)), len(lines))
    if title[:1].islower() and 0 < at < len(lines):
        title = f"{lines[at - 1]} {title}"
    for line in lines[at + 1 : at + 4]:
        if title.rpartition(" ")[2].casefold() not in {*lexicon.small, *lexicon.both}:
            break
        title = f"{title} {line.rstrip(' ,;')}"
    return title
