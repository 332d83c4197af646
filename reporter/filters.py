"""Filters of the ledger: with whom, by whom, how it stands, due before which day.

They are plain values: the command line and the name of a file can say them without a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

STANDINGS = (
    *("overdue", "unchecked", "open", "in progress", "partly met", "slipped", "not verified"),
    *("missed", "met", "met late", "overtaken", "standing"),
)
"""How a line may stand: every status, and what dates add to it."""
_SLUGS = {word.replace(" ", "-"): word for word in STANDINGS}
_SLUG = "|".join(sorted(_SLUGS, key=len, reverse=True))
ID = "[a-z0-9]+(-[a-z0-9]+)*"
"""The form of an id: never two hyphens in a row."""
_NAMED = (  # compiled where it is needed
    rf"(?:--with-(?P<party>{ID}))?(?:--owner-(?P<owner>{ID}))?"
    rf"(?:--status-(?P<standings>(?:{_SLUG})(?:-(?:{_SLUG}))*))?"
    r"(?:--due-before-(?P<before>[0-9]{4}-[0-9]{2}-[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Filters:
    """Which lines of the ledger are shown: those for which all of these hold."""

    party: str = ""
    """Whom they concern."""
    owner: str = ""
    """Who owes them: a side with its bodies, or a body with its predecessors and successors."""
    standings: tuple[str, ...] = ()
    """They stand at one of these."""
    before: date | None = None
    """They are due before this day; what has no date is not."""

    @property
    def name(self) -> str:
        """The same in the name of a file, which no id can spoil: none has two hyphens in a row."""
        found = (word for word in STANDINGS if word in self.standings)
        parts = (
            ("with", self.party),
            ("owner", self.owner),
            ("status", "-".join(word.replace(" ", "-") for word in found)),
            ("due-before", self.before.isoformat() if self.before else ""),
        )
        return "--".join(f"{key}-{value}" for key, value in parts if value)

    @classmethod
    def named(cls, name: str) -> Self | None:
        """Return the filters of which this is the name; None where it is the name of none."""
        found = re.fullmatch(_NAMED, f"--{name}")
        if found is None:
            return None
        standings = re.findall(_SLUG, found["standings"] or "")
        try:
            before = date.fromisoformat(found["before"]) if found["before"] else None
        except ValueError:
            return None
        words = tuple(_SLUGS[slug] for slug in standings)
        filters = cls(found["party"] or "", found["owner"] or "", words, before)
        return filters if name and filters.name == name else None

    @property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """The records without which it asks for nothing: kind and id of each."""
        named = (("party", self.party), ("owner", self.owner))
        return tuple((kind, name) for kind, name in named if name)
