"""What can be built, as lines for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import Choice
from reporter.language import language_of
from reporter.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


def listing(project: Path, day: date) -> list[str]:
    """Return a line for each report of a full build: its id, its title, and its date where it has one."""
    planned = plan(project, Choice(), day, asked=False)
    words = language_of(Theme.of(project), planned.library.project.language)
    width = max(len(item.id) for item in planned.selections)
    return [
        f"{item.id:<{width}}  {words.heading(item.heading)}" + (f" ({item.heading.date})" if item.heading.date else "")
        for item in planned.selections
    ]
