"""The reports: what can be built, by which view and which template.

A kind of report is a folder here and a line in ``reporter.kinds``; ``VIEWS`` at the end of
``view.py`` in its folder says how it is made.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from reporter.choice import EVERYTHING
from reporter.kinds import KINDS
from reporter.library.snapshot import Snapshot
from reporter.reports.views import Heading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.choice import Choice
    from reporter.kinds import Argument
    from reporter.library import Library
    from reporter.reports.common.context import Context
    from reporter.reports.views import Report, Views


@dataclass(frozen=True, slots=True)
class Selection:
    """One report to build."""

    id: str
    """Name of its files, without the ending."""
    template: str
    heading: Heading
    view: Callable[[Context], Report]


def views_of(kind: str) -> Views:
    """Return how reports of a kind are made."""
    found: Views = import_module(f"reporter.reports.{kind}.view").VIEWS
    return found


def subjects(library: Library, choice: Choice, day: date) -> tuple[str, ...] | None:
    """Return the ids of the records that the chosen report is about; None where it is about all.

    An error elsewhere does not stop it. The library holds what could be read; what could not be
    read is named all the same.
    """
    if choice.kind is None:
        return None
    kind = _kind_on(library, choice.kind, choice.arguments, day)
    return views_of(kind).subjects(library, choice.arguments, day)


def select(library: Library, choice: Choice, day: date) -> tuple[Selection, ...]:
    """Return the reports that are chosen; the records that the choice names must exist."""
    if choice.kind is None:
        return everything(library, day, choice)
    if choice.kind == "index":
        return everything(library, day, choice)[-1:]
    return (selection(library, choice.kind, choice.arguments, day),)


def everything(library: Library, day: date, choice: Choice = EVERYTHING) -> tuple[Selection, ...]:
    """Select every report of a full build for ``day``: what was not there by then is left out."""
    snapshot = Snapshot(library, day)
    found = tuple(
        selection(library, kind, arguments, day)
        for kind in KINDS
        for arguments in views_of(kind).every(snapshot)
    )
    return (*found, index_selection(found, choice))


def was_there(snapshot: Snapshot, choice: Choice) -> bool:
    """Return whether a report could be had on a day; one that the index never leads to always could."""
    if choice.kind is None or KINDS[choice.kind].group is None or not choice.arguments:
        return True
    instead = views_of(choice.kind).instead(snapshot.library, choice.arguments, snapshot.day)
    return bool(instead) or choice.arguments in tuple(views_of(choice.kind).every(snapshot))


def selection(library: Library, kind: str, arguments: tuple[Argument, ...], day: date) -> Selection:
    """Select one report."""
    kind = _kind_on(library, kind, arguments, day)
    views, arguments = views_of(kind), KINDS[kind].ordered(arguments)
    return Selection(
        KINDS[kind].report(arguments),
        kind,
        views.heading(library, *arguments),
        lambda context: views.make(context, *arguments),
    )


def _kind_on(library: Library, kind: str, arguments: tuple[Argument, ...], day: date) -> str:
    """Return the kind of a report on a day: before a meeting, the briefing for it."""
    return views_of(kind).instead(library, arguments, day) or kind


def index_selection(selections: tuple[Selection, ...], choice: Choice) -> Selection:
    """Select the index, which leads to all pages that there are once ``choice`` is built."""
    views = views_of("index")
    heading = Heading(kind="index")
    return Selection(
        "index", "index", heading, lambda context: views.make(context, selections, choice)
    )
