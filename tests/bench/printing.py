"""A pool job that prints a finished page, to measure it without reading and filling templates."""

from __future__ import annotations

import resource
from typing import TYPE_CHECKING, NamedTuple

from reporter.formats import pdf

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.theme import Theme


class Sheet(NamedTuple):
    """A page to print."""

    id: str
    page: Path


def print_page(sheet: Sheet, theme: Theme) -> int:
    """Print it, and return the most memory that the worker ever had, in KiB."""
    pdf.render(theme, sheet.page.read_text(encoding="utf-8"), sheet.id, b"{}", sheet.id)
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
