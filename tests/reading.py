"""What a view is made with, and the records of this repository, for tests that make one."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.language import Language, language_of
from reporter.library import Library
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.records.register import Series
from reporter.reports.common.context import Context
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from datetime import date

    from reporter.records.project import Contents


@cache
def words(code: str) -> Language:
    """Return a language of the default theme."""
    return language_of(Theme((default_templates(),)), code)


def context(library: Library, day: date, *, asked: bool = False, code: str = "en") -> Context:
    """Return a context in which nothing has been cited yet."""
    return Context.on(library, day, words(code), asked=asked)


def of_desk(library: Library, side: str) -> Library:
    """Return these records as the desk of a side has them."""
    project = library.project.model_copy(update={"desk": side})
    return Library(project, tuple(library.records))


def dialogue(root: Path = Path(__file__).parent.parent) -> Contents:
    """Return the records of this repository as if its own series were the only one."""
    found = load(root)
    own = tuple(
        loaded
        for loaded in found.records
        if not isinstance(loaded.record, Series)
        and not (isinstance(loaded.record, Meeting) and loaded.record.series)
    )
    return replace(found, records=own)
