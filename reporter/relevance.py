"""Which records a report shows, and so which problems stop it; the others are warnings."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.crosscheck import crosscheck
from reporter.library import identity
from reporter.records.register import Disagreement
from reporter.references import citations, references

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.problems import Problem
    from reporter.project import Contents, Loaded

_ENDS = frozenset({"organisation", "person", "document", "subject"})  # shown by name only: what they refer to is not


def sort_problems(contents: Contents, roots: Iterable[str] | None) -> tuple[Problem, ...]:
    """Return all problems of a project; those of records that a report on ``roots`` does not show become warnings.

    Without ``roots`` every problem is an error.
    """
    checked = tuple(crosscheck(contents))
    if roots is None:
        return (*contents.problems, *(problem for _, problem in checked))
    shown, absent = _shown(contents, frozenset(roots))
    found: list[Problem] = []
    for broken in contents.broken:
        stops = broken.id in absent if broken.id else bool(absent)
        found += broken.problems if stops else map(_as_warning, broken.problems)
    found += (problem if id(loaded) in shown else _as_warning(problem) for loaded, problem in checked)
    return tuple(found)


def _as_warning(problem: Problem) -> Problem:
    return replace(problem, severity="warning")


def _shown(contents: Contents, roots: frozenset[str]) -> tuple[set[int], set[str]]:
    """Return the records shown (by identity), and the ids among those shown that were not read."""
    by_id: dict[str, list[Loaded]] = {}
    for loaded in contents.records:
        by_id.setdefault(identity(loaded.record), []).append(loaded)
    start = [loaded for name in roots for loaded in by_id.get(name, ())]
    start += [loaded for loaded in contents.records if isinstance(loaded.record, Disagreement) and roots.intersection(loaded.record.about)]
    shown = {id(loaded) for loaded in start}
    absent = {name for name in roots if name not in by_id}
    queue = [(loaded, True) for loaded in start]
    while queue:
        loaded, is_root = queue.pop()
        for name in _named(loaded):
            absent.update([name] if name not in by_id else [])
            for other in by_id.get(name, ()):
                if id(other) not in shown and (is_root or other.kind in _ENDS):
                    shown.add(id(other))
                    queue.append((other, False))
    return shown, absent


def _named(loaded: Loaded) -> set[str]:
    names = {reference.id for reference in references(loaded.record) if not set(reference.kinds) & {"side", "area", "phrase", "statement"}}
    names |= {reference.id for reference in references(loaded.record) if "organisation" in reference.kinds}
    return names | {citation.document for _, citation in citations(loaded.record)}
