"""A side that a series has by default and never met: it was added for another series."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.records import MEETING, SERIES
from reporter.records.places import series_of
from reporter.records.register import Series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records.project import Contents, Loaded

SIDES = 2  # that its meetings name: of a series that has only begun nothing is told


def unmet_sides(contents: Contents) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a warning for each side of a series that only meetings of other series name.

    Its lists would be missing on each page of that series.
    """
    met = _sides_met(contents)
    for series, sides in met.items():
        elsewhere = {side for of, found in met.items() if of != series for side in found}
        never = sorted(elsewhere - sides) if len(sides) >= SIDES else []
        settings = _settings_of(contents, series) if never else None
        if settings is None:
            continue
        loaded, problem = settings
        field = "sides" if series else "own_sides"
        own = ", ".join(one.id for one in contents.settings.sides if one.id in sides)
        hint = f"if it has no part in it, write '{field}: [{own}]'"
        for side in never:
            message = f"'{side}' is a side of this series by default, and at none of its meetings"
            told = replace(problem, message=message, hint=hint, severity="warning")
            yield loaded, told


def _sides_met(contents: Contents) -> dict[str, set[str]]:
    """Return, by series, the sides that its meetings name, themselves or by their bodies."""
    sides = {side.id for side in contents.settings.sides}
    facts = [loaded.facts for loaded in contents.records]
    of_bodies = {one.id: one.short[0] for one in facts if one.short}
    found: dict[str, set[str]] = defaultdict(set)
    for loaded in contents.records:
        if loaded.kind == MEETING.name:
            names = {name for named in loaded.facts.names.values() for name in named}
            met = {of_bodies.get(name, name) for name in names}
            found[series_of(loaded.facts.id)] |= {side for side in met if side in sides}
    return found


def _settings_of(contents: Contents, series: str) -> tuple[Loaded, Problem] | None:
    """Return where the sides of a series may be written; None where they are."""
    if not series:
        if contents.settings.own_sides:
            return None
        own = (one for one in contents.records if one.kind == MEETING.name)
        first = next(one for one in own if not series_of(one.facts.id))
        return first, contents.settings_source.problem(("sides",), "")
    for loaded in contents.records:
        record = loaded.record if loaded.kind == SERIES.name else None
        if isinstance(record, Series) and record.id == series:
            return None if record.sides else (loaded, loaded.problem(("id",), ""))
    return None
