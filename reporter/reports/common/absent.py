"""Reports on what did not exist on the day: each is refused, with the day from which it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from datetime import date

    from reporter.dates import When


def absent(name: str, day: date, first: When | None) -> ReporterError:
    """Return the error that nothing was known of ``name`` on ``day``; ``first`` is on record."""
    message = f"nothing was known of '{name}' on {day}"
    known = f"the first that is on record is of {first}: " if first else ""
    return ReporterError([Problem(None, message, f"{known}choose a later day with --as-of")])
