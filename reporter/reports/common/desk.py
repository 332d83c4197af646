"""Whose briefing it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.choice import is_public

if TYPE_CHECKING:
    from reporter.library import Library


def desk_of(library: Library) -> str | None:
    """Return the side whose briefing it is; in the public edition it is nobody's."""
    return None if is_public(library.edition) else library.project.desk
