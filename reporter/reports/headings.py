"""What a report is called, in a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reporter.language import Language
    from reporter.reports.views import Heading


def title(heading: Heading, words: Language) -> str:
    """Return the title of a report."""
    if heading.name is not None:
        return words.capital(heading.name.text)
    if heading.number is None:
        return words.of("heading", heading.kind)
    if heading.other is not None:
        first = words.ordinal(heading.number)
        second = words.ordinal(heading.other)
        return words.of("heading", heading.kind, first=first, second=second)
    ordinal = words.nth(heading.number)
    if heading.date is None:
        return words.of("heading", heading.kind, ordinal=ordinal)
    date = words.when(heading.date)
    if not heading.city:
        return words.of("heading", "meeting_without_place", ordinal=ordinal, date=date)
    return words.of("heading", "meeting", ordinal=ordinal, place=heading.city, date=date)
