"""The binder of a visit: reports for those who go, as one document with contents and tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import SerializeAsAny, WithJsonSchema

from reporter.library.snapshot import Snapshot
from reporter.reports import records_of, selection
from reporter.reports.binder.tabs import choice_of, refusals
from reporter.reports.headings import title
from reporter.reports.views import Heading, Label, Refusal, Report, View, Views

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.records.visit import Visit
    from reporter.reports.common.context import Context


class BinderTab(View):
    """A report in a binder."""

    number: int
    kind: str
    """Which kind of report it is, and so which template prints it."""
    label: str
    """``Tab 3``."""
    title: str
    """What its tab is called: as the record says, or as the report itself is called."""
    note: str | None
    """What to look at in it."""
    report: Annotated[SerializeAsAny[Report], WithJsonSchema({"type": "object"})]
    """The report, as it is by itself; the schema of its kind says how: ``report-meeting.json``."""


class BinderReport(Report):
    """All that a binder prints."""

    setting: str
    """Where and when the visit is."""
    bottom_line: str
    """How many reports it holds."""
    tabs: tuple[BinderTab, ...]
    """The reports, in the order of their tabs."""


def binder_heading(library: Library, name: str) -> Heading:
    """Return what a binder is called: as the visit is."""
    visit = library.visits[name]
    label = Label.of(visit.title, library.project.language)
    return Heading(kind="binder", name=label, date=visit.date)


def binder_report(context: Context, name: str) -> BinderReport:
    """Return the view of a binder in this context: with the view of each report in it."""
    library, words = context.library, context.words
    visit = library.visits[name]
    tabs = tuple(_tabs(context, visit))
    heading = binder_heading(library, name)
    own = {
        field: value
        for field in ("addressee", "marking", "drafted_by", "cleared_by", "contact", "version")
        if (value := getattr(visit, field))
    }
    parts = [visit.place, words.when(visit.date) if visit.date else None]
    return BinderReport(
        id=f"binder-{name}",
        heading=heading,
        masthead=context.masthead(heading, own),
        setting=", ".join(part for part in parts if part),
        bottom_line=words.capital(words.say("binder_reports", n=len(tabs))),
        tabs=tabs,
        # It speaks for the day of the report that changed last.
        speaks=max((tab.report.speaks for tab in tabs), key=lambda speaks: speaks.day),
        sources=(),
    )


def _tabs(context: Context, visit: Visit) -> Iterator[BinderTab]:
    words = context.words
    for number, tab in enumerate(visit.reports, 1):
        choice = choice_of(tab)
        kind, day = str(choice.kind), context.snapshot.day
        chosen = selection(context.library, kind, choice.arguments, day, choice.series)
        yield BinderTab(
            number=number,
            kind=chosen.template,
            label=words.say("tab", number=number),
            title=tab.title or title(chosen.heading, words),
            note=tab.note,
            report=chosen.on_page(context.afresh()),
        )


def _every(snapshot: Snapshot) -> Iterator[tuple[str]]:
    """Yield the binders of which every report can be had on the day."""
    for visit in snapshot.library.visits.values():
        if not any(refusals(snapshot.library, visit, snapshot.day)):
            yield (visit.id,)


def _records(library: Library, arguments: tuple[str, ...], day: date) -> tuple[str, ...] | None:
    """Return the records that the reports are about; None where one is about all."""
    (name,) = arguments
    visit = library.visits.get(name)
    found = [name]
    for choice in map(choice_of, visit.reports if visit else ()):
        about = records_of(library, choice, day)
        if about is None:
            return None
        found += about
    return tuple(dict.fromkeys(found))


def _refused(library: Library, arguments: tuple[str, ...], day: date) -> Iterator[Refusal]:
    yield from refusals(library, library.visits[arguments[0]], day)


VIEWS = Views(
    BinderReport,
    lambda snapshot, name: binder_heading(snapshot.library, name),
    binder_report,
    records=_records,
    every=_every,
    refused=_refused,
)
