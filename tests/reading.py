"""What a view is made with, for tests that make one."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reporter.language import Language, language_of
from reporter.reports.common.context import Context
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from datetime import date

    from reporter.library import Library


@cache
def words(code: str) -> Language:
    """Return a language of the default theme."""
    return language_of(Theme((default_templates(),)), code)


def context(library: Library, day: date, *, asked: bool = False, code: str = "en") -> Context:
    """Return a context in which nothing has been cited yet."""
    return Context.on(library, day, words(code), asked=asked)
