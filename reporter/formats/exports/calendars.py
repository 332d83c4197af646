"""Calendars (RFC 5545) with entries of whole days only. The only module that knows icalendar.

The same records give the same bytes: the stamp is the day for which the report speaks, and the id
of an entry is made of its record's id and the name of the series. So importing a calendar again, or
another one with it, changes entries and doubles none. A calendar that has an entry already accepts
a later one only with a higher number (SEQUENCE): that number counts what is on record of the entry.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event, Journal, vText

from reporter.formats.exports.calendar_days import entries
from reporter.language import language_of
from reporter.reports.headings import title
from reporter.reports.views import Label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.formats.exports.calendar_entries import CalendarEntry
    from reporter.formats.jobs import Job, MadeContent
    from reporter.language import Language
    from reporter.library import Library
    from reporter.reports.views import Report
    from reporter.theme import Theme


Gathered = tuple[str, "tuple[CalendarEntry, ...]"]


def gather(report: Report, library: Library, day: date, words: Language) -> Gathered:
    """Return what ids of entries end in, the series of the project, and the entries of a report.

    A calendar of one of several series has the same ids as the ledger of all.
    """
    project = (library.whole or library).project
    series = Label.of(project.series, words.code).text
    return slug(series) or "series", entries(report, library, day, words)


def make(job: Job, theme: Theme, _source: bytes) -> MadeContent:
    """Return the file of a report: its meetings, and what is due at any time."""
    domain, events = job.gathered["ics"]
    return calendar(job.report, domain, events, language_of(theme, job.language)), ()


def calendar(
    report: Report, domain: str, events: Iterable[CalendarEntry], words: Language
) -> bytes:
    """Return the calendar of a report."""
    name = f"{title(report.heading, words)}: {report.masthead.short.text}"
    marking = report.masthead.marking
    about = _lines(marking, words.say("as_of", date=words.day(report.speaks.day)))
    found = Calendar()
    found.add("prodid", f"-//reporter//reporter//{words.code.upper()}")
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    for key, text in (
        ("name", name),
        ("x-wr-calname", name),
        ("description", about),
        ("x-wr-caldesc", about),
    ):
        # Said to be a text, as it does not know the names with an X, and would not escape them.
        found.add(key, vText(text))
    stamp = datetime.combine(report.speaks.day, time(), UTC)
    for entry in events:
        found.add_component(_event(entry, stamp, domain, marking))
    if not found.subcomponents:
        found.add_component(_nothing(report, stamp, domain, words))
    return bytes(found.to_ical())


def slug(name: str) -> str:
    """Return a name in lower case, with hyphens for all except letters and digits of any script."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFKC", name).casefold()).strip("-")


def _event(entry: CalendarEntry, stamp: datetime, domain: str, marking: str | None) -> Event:
    """Return an entry with the handling marking, since an import takes it out of its calendar."""
    event = Event()
    event.add("uid", f"{entry.id}@{domain}")
    event.add("dtstamp", stamp)
    if entry.told:
        event.add("last-modified", datetime.combine(entry.told[-1], time(), UTC))
    event.add("sequence", entry.revision)
    event.add("dtstart", entry.first)
    if entry.last > entry.first:  # a day alone needs no end, which is the day after the last one
        event.add("dtend", entry.last + timedelta(days=entry.last < date.max))
    event.add("summary", entry.summary)
    event.add("description", _lines(entry.description, marking))
    if entry.place:
        event.add("location", entry.place)
    if entry.category:
        event.add("categories", [entry.category])
    event.add("status", entry.status)
    event.add("transp", "TRANSPARENT")  # nobody is busy all day
    return event


def _lines(*lines: str | None) -> str:
    return "\n".join(filter(None, lines))


def _nothing(report: Report, stamp: datetime, domain: str, words: Language) -> Journal:
    """Return what says that there is no entry: a calendar must hold something."""
    journal = Journal()
    journal.add("uid", f"{report.id}@{domain}")
    journal.add("dtstamp", stamp)
    journal.add("dtstart", report.speaks.day)
    journal.add("summary", words.say("calendar_empty"))
    return journal
