"""What stands in a calendar: meetings on their days, and what is due on its last day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.dates import UNDATED
from reporter.formats.exports.calendar_entries import (
    CalendarEntry,
    plans_due,
    steps_due,
    told_on,
)
from reporter.records.statements import PLANS, PROMISES
from reporter.reports.common.context import Context
from reporter.reports.common.meeting_names import as_heading, date_of
from reporter.reports.filtered.view import FilteredReport
from reporter.reports.headings import kind, title
from reporter.reports.ledger.view import LedgerReport, ledger_report
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.series.view import SeriesReport
from reporter.reports.upcoming.view import UpcomingReport

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.dates import When
    from reporter.language import Language
    from reporter.library import Library
    from reporter.records.meeting import Meeting
    from reporter.reports.series.view import NextMeeting
    from reporter.reports.views import Followed, Heading, Report

    SaidThere = tuple[Followed, Heading]  # a promise or an expectation, and where it was made


def entries(
    report: Report, library: Library, day: date, words: Language
) -> tuple[CalendarEntry, ...]:
    """Return the entries of a report as of ``day``, in order of time.

    One thing is one entry, whatever report it is taken from.
    """
    context = Context.on(library, day, words)
    match report:
        case LedgerReport():
            found = list(_dues(_of_ledger(report), context))
            found += [*plans_due(context), *steps_due(context)]
        case FilteredReport():
            lines = ((found.row, found.made.heading) for found in report.rows)
            found = list(_dues(lines, context))
        case MeetingReport():
            own = ((row, report.heading) for row in (*report.promises, *report.expectations))
            found = [_meeting(context, library.meetings[report.number]), *_dues(own, context)]
        case UpcomingReport():
            found = [*_coming(report, context), *_dues(_ahead(report), context)]
        case SeriesReport():
            found = [_meeting(context, library.meetings[row.number]) for row in report.meetings]
            found += [*_announced(report.upcoming, context), *_called_off(context)]
            found += _dues(_of_ledger(ledger_report(context.afresh())), context)
        case _:
            message = f"{report.id} has no calendar"
            raise ValueError(message)
    return tuple(sorted(found, key=lambda entry: (entry.first, entry.last, entry.id)))


def _of_ledger(ledger: LedgerReport) -> Iterator[SaidThere]:
    return ((found.row, found.made.heading) for found in (*ledger.promises, *ledger.expectations))


def _ahead(report: UpcomingReport) -> Iterator[SaidThere]:
    """Yield what is still owed or expected before a meeting."""
    rows = (*(row for group in report.owed for row in group.rows), *report.expected)
    return ((found.row, found.made.heading) for found in rows)


def _coming(report: UpcomingReport, context: Context) -> Iterator[CalendarEntry]:
    """Yield the coming meeting itself, where its date is known."""
    if report.date is None:
        return
    meeting, place = context.library.meetings[report.number], report.place
    where = [*(name.text for name in place.building[:1]), place.city] if place else []
    said = report.cover.setting.text
    yield _of_meeting(context, meeting, report.date, said, ", ".join(where) or None)


def _meeting(context: Context, meeting: Meeting) -> CalendarEntry:
    words, place = context.words, meeting.known_place
    venue = context.label(place.known_venue).text if place and place.known_venue else ""
    told = [label.text for label in (context.labels(meeting.title) if meeting.title else ())]
    told += [date_of(meeting, words)] if _is_unsure(meeting) else []
    told += [words.of("evidence", meeting.evidence)] if meeting.evidence == "announced" else []
    where = ", ".join(filter(None, [venue, place.city])) if place else None
    entry = _of_meeting(context, meeting, meeting.date, "\n".join(told), where)
    is_sure = not meeting.is_announced and not _is_unsure(meeting)
    return replace(entry, status="CONFIRMED") if is_sure else entry


def _of_meeting(
    context: Context, meeting: Meeting, when: When, description: str, place: str | None = None
) -> CalendarEntry:
    """Return a meeting that is still to come on its days."""
    first, last = _days(when)
    return CalendarEntry(
        meeting.report,
        first,
        last,
        _title(context, meeting),
        description,
        place,
        status="TENTATIVE",
        told=_told_of_meeting(context, meeting),
    )


def _is_unsure(meeting: Meeting) -> bool:
    """Return whether the days in the calendar say more than is known: of a month, or inferred."""
    return bool(meeting.date_inferred) or _days(meeting.date) != (
        meeting.date.first,
        meeting.date.last,
    )


def _announced(upcoming: NextMeeting | None, context: Context) -> Iterator[CalendarEntry]:
    """Yield the meeting that is announced for a day still to come."""
    if upcoming and upcoming.number and upcoming.date and upcoming.announced:
        meeting = context.library.meetings[upcoming.number]
        told = f"{context.words.when(upcoming.date)}\n{upcoming.announced.text}"
        yield _of_meeting(context, meeting, upcoming.date, told)


def _called_off(context: Context) -> Iterator[CalendarEntry]:
    """Yield the meetings that were called off: who has one in a calendar is told so there."""
    for meeting in context.library.every_meeting:
        off = meeting.called_off
        if off and meeting.date != UNDATED and context.snapshot.is_called_off(meeting):
            entry = _of_meeting(context, meeting, meeting.date, off.text)
            days = told_on(context, [off.date]) if off.date else ()
            yield replace(entry, status="CANCELLED", told=tuple(sorted({*entry.told, *days})))


def _title(context: Context, meeting: Meeting) -> str:
    words = context.words
    return words.say(
        "calendar_of_meeting",
        meeting=words.capital(kind(as_heading(meeting), words)),
        series=context.label(context.library.project.short).text,
    )


def _days(when: When) -> tuple[date, date]:
    """Return the first and last day of what is known to the day, else the last possible day."""
    exact = when.start is not None and when.start.day is not None and when.end.day is not None
    return (when.first, when.last) if exact else (when.last, when.last)


def _told_of_meeting(context: Context, meeting: Meeting) -> tuple[date, ...]:
    """Return when a meeting was announced, what became of the plan for it, and when it was held."""
    before = context.library.earlier(meeting)
    plan = context.library.statements.get(before[-1].next) if before else None
    whens = (
        [entry.when for entry in context.snapshot.history(plan.statement.history)] if plan else []
    )
    whens += [meeting.announced.date] if meeting.announced and meeting.announced.date else []
    return told_on(context, [*whens, meeting.date])


def _told_of_statement(context: Context, name: str) -> tuple[date, ...]:
    """Return when something was said, and when anybody looked what became of it."""
    owned = context.library.statements[name]
    made = context.made(owned)
    history = context.snapshot.history(owned.statement.history)
    return told_on(context, [*([made] if made else ()), *(entry.when for entry in history)])


def _key(strength: str | None) -> str:
    """Return the words for a day: only a promise is due on it."""
    if strength in PROMISES:
        return "calendar_due"
    return "calendar_planned" if strength in PLANS else "calendar_expected"


def _dues(found: Iterable[SaidThere], context: Context) -> Iterator[CalendarEntry]:
    """Yield what is due, on the last day on which it is."""
    words = context.words
    for row, made in found:
        if (due := row.due) is not None:
            who = words.list(name.text for name in row.who.names)
            told = [f"{words.say('by_when')}: {words.when(due)}"]
            told += [words.in_quotation(row.due_words)] if row.due_words else []
            at = title(made, words)
            told.append(words.say("ahead", who=who, verb=row.verb, text=row.text, meeting=at))
            if row.standing.status:
                status = words.of("status", row.standing.status)
                if row.standing.inferred:
                    status = words.say("with_inference", text=status)
                told += [f"{words.say('status')}: {status}"]
            yield CalendarEntry(
                id=f"due-{row.id}",
                first=due.last,
                last=due.last,
                summary=words.say(_key(row.strength), text=row.short, who=who),
                description="\n".join(told),
                category=words.say("promises" if row.strength in PROMISES else "expectations"),
                told=_told_of_statement(context, row.id or ""),
            )
