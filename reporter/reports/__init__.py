"""The reports: what can be built, by which view and which template.

A kind of report is a folder here and a line in ``reporter.kinds``; ``VIEWS`` at the end of
``view.py`` in its folder says how it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from reporter.choice import EVERYTHING, Choice, file_name
from reporter.kinds import KINDS
from reporter.library.snapshot import Snapshot
from reporter.reports.views import Heading, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from reporter.kinds import Argument
    from reporter.library import Library
    from reporter.reports.common.context import Context
    from reporter.reports.views import Refusal, Report, Views


@dataclass(frozen=True, slots=True)
class Selection:
    """One report to build."""

    id: str
    """Name of its files, without the ending."""
    template: str
    heading: Heading
    view: Callable[[Context], Report]
    series: str | None = None
    """The id of the series that it is about; None where it is about all that there are."""
    about: frozenset[str] | None = None
    """The ids of the records that it is about; None where it may tell of any."""
    told: str | None = ""
    """What else it depends on, beside records; None where that is not known."""
    page: Callable[[Context], Report] | None = None
    """The view without what its page does not show; None where that is all or nearly so."""

    def on_page(self, context: Context) -> Report:
        """Return the view of a format that shows no more than the page does."""
        return (self.page or self.view)(context)


@cache
def views_of(kind: str) -> Views:
    """Return how reports of a kind are made."""
    found: Views = import_module(f"reporter.reports.{kind}.view").VIEWS
    return found


def records_of(library: Library, choice: Choice, day: date) -> tuple[str, ...] | None:
    """Return the ids of the records that the chosen report is about; None where it is about all.

    An error elsewhere does not stop it. The library holds what could be read; what could not be
    read is named all the same.
    """
    if choice.kind is None:
        return None
    part = library.part(_series_of(choice.kind, choice.series))
    if KINDS[choice.kind].of_series and part.has_many:  # of no series, or of one that is not there
        return ()
    kind = _kind_on(part, choice.kind, choice.arguments, day)
    found = views_of(kind).records(part, choice.arguments, day)
    return found if found is None or not choice.series else (*found, choice.series)


def refusals(library: Library, choice: Choice, day: date) -> Iterator[Refusal]:
    """Yield why the chosen report cannot be made on a day, though its records are there."""
    assert choice.kind is not None  # noqa: S101 (one report is asked for)
    part = library.part(_series_of(choice.kind, choice.series))
    yield from views_of(choice.kind).refused(part, choice.arguments, day)


def select(library: Library, choice: Choice, day: date) -> tuple[Selection, ...]:
    """Return the reports that are chosen; the records that the choice names must exist."""
    if choice.kind is None:
        return everything(library, day, choice)
    if choice.kind in {"index", "year"}:
        every = everything(library, day, choice)
        return tuple(item for item in every if item.id == choice.report)
    return (selection(library, choice.kind, choice.arguments, day, choice.series),)


def everything(library: Library, day: date, choice: Choice = EVERYTHING) -> tuple[Selection, ...]:
    """Select every report of a full build for ``day``: what was not there by then is left out."""
    found = tuple(
        selection(library, kind, arguments, day, part.series)
        for kind, its in KINDS.items()
        for part in (library.parts.values() if its.of_series else (library,))
        for arguments in views_of(kind).every(Snapshot(part, day))
    )
    return (*found, *_of_years(library, found, choice), index_selection(found, choice))


def _of_years(
    library: Library, found: tuple[Selection, ...], choice: Choice
) -> Iterator[Selection]:
    """Yield the pages of the years to which these reports belong, where there are very many."""
    from reporter.reports.index.view import by_year  # noqa: PLC0415 (as ``views_of``)

    views = views_of("year")
    for year, here in by_year(library, found).items():
        view = partial(views.make, selections=here, choice=choice, year=year)
        about = (Choice.named(item.id) for item in here)
        yield Selection(
            KINDS["year"].report((year,)),
            "year",
            views.heading(None, year),
            view,
            about=frozenset(name for one in about if one for _, name in one.needs),
            told="\n".join(f"{item.id} {choice.pages(item.id)} {item.heading}" for item in here),
        )


def is_there(snapshot: Snapshot, choice: Choice) -> bool:
    """Return whether a report can be had on the day; the records that it names must exist."""
    if choice.kind is None or not choice.arguments:
        return True
    library = snapshot.library.part(_series_of(choice.kind, choice.series))
    part = Snapshot(library, snapshot.day)
    views = views_of(_kind_on(part.library, choice.kind, choice.arguments, part.day))
    found = views.there(part, choice.arguments)
    return choice.arguments in tuple(views.every(part)) if found is None else found


def selection(
    library: Library, kind: str, arguments: tuple[Argument, ...], day: date, series: str = ""
) -> Selection:
    """Select one report."""
    of = _series_of(kind, series)
    part = library.part(of)
    kind = _kind_on(part, kind, arguments, day)
    views, arguments = views_of(kind), KINDS[kind].ordered(arguments)
    heading = views.heading(Snapshot(part, day), *arguments)

    def made(make: Callable[..., Report]) -> Callable[[Context], Report]:
        return lambda context: make(context.of_part(of), *arguments)

    return Selection(
        file_name(KINDS[kind].report(arguments), series),
        kind,
        heading if part is library else _of_part(heading, part),
        made(views.make),
        of,
        _about(library, part, kind, arguments),
        page=made(views.page) if views.page else None,
    )


def _about(
    library: Library, part: Library, kind: str, arguments: tuple[Argument, ...]
) -> frozenset[str] | None:
    """Return the ids of the records that a report is about; None where it may tell of any."""
    if part is not library:
        meetings = part.every_meeting
        return part.once(("ids",), lambda: frozenset(meeting.id for meeting in meetings))
    return frozenset(map(str, arguments)) if KINDS[kind].of_named else None


def _series_of(kind: str, series: str) -> str | None:
    """Return the series that reports of a kind are about; None where they are about all."""
    found = series or None if KINDS[kind].in_series else None
    return series if KINDS[kind].of_series else found


def _of_part(heading: Heading, part: Library) -> Heading:
    """Return a heading with the name of its series, of several; unless it has a name already."""
    if heading.name:
        return heading
    return heading.model_copy(update={"name": Label.of(part.project.short, part.project.language)})


def _kind_on(library: Library, kind: str, arguments: tuple[Argument, ...], day: date) -> str:
    """Return the kind of a report on a day: before a meeting, the briefing for it."""
    return views_of(kind).instead(library, arguments, day) or kind


def index_selection(selections: tuple[Selection, ...], choice: Choice) -> Selection:
    """Select the index, which leads to all pages that there are once ``choice`` is built."""
    views = views_of("index")
    heading = Heading(kind="index")
    return Selection(
        "index",
        "index",
        heading,
        lambda context: views.make(context, selections, choice),
        told=None,
    )
