"""What is the same at several places: its names, and who belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.statements import Status

BOUND: frozenset[Status | None] = frozenset({"missed", "slipped"})
"""Statuses that hold for one due date only."""


def track_id(programme: str, track: str) -> str:
    """Return how a statement names a track of a programme: ``ferry#delivery``."""
    return f"{programme}#{track}"


def together(links: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each id that is linked to another one the same id for all that are linked."""
    first: dict[str, str] = {}

    def root(name: str) -> str:
        while first.setdefault(name, name) != name:
            name = first[name]
        return name

    for one, other in links:
        first[root(one)] = root(other)
    return {name: root(name) for name in tuple(first)}
