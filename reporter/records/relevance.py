"""Which records a report shows, and so which problems stop it; the others are warnings.

A report shows the records it is about and those they name. Of an agreement, a programme or a policy
named like that, it shows the names of bodies, persons and subjects, and the documents cited. Of
those it shows nothing further.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reporter.problems import ReporterError, has_errors
from reporter.records import KINDS
from reporter.records.crosscheck import crosscheck
from reporter.records.register import Organisation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.problems import Problem
    from reporter.records.project import Broken, Contents, Loaded

_RECORDS = frozenset(kind.name for kind in KINDS)
_ROOTS = frozenset(kind.name for kind in KINDS if kind.own_file)
_DOCUMENT = frozenset({"document"})
NAMED = frozenset({"organisation", "person", "subject", "document"})
"""Kinds of which a report on another record shows the name only."""

_BESIDE = frozenset({"disagreement", "correction"})  # they say on which reports they are printed


class _NamedId(NamedTuple):
    """An id as a record names it, and the kinds of record that it may be."""

    kinds: frozenset[str]
    id: str


def sort_problems(contents: Contents, roots: Iterable[str] | None) -> tuple[Problem, ...]:
    """Return all problems of a project, by file and line.

    Those of records that a report on ``roots`` does not show become warnings. Without ``roots``
    every problem is an error.
    """
    checked = tuple(crosscheck(contents))
    if roots is None:
        found = [*contents.problems, *(problem for _, problem in checked)]
    else:
        shown = _shown(contents, frozenset(roots))
        found = [
            problem if id(loaded) in shown.records else problem.as_warning
            for loaded, problem in checked
        ]
        for broken in contents.broken:
            may_be = shown.may_be(broken)
            found += (problem if may_be else problem.as_warning for problem in broken.problems)
    # One default may be wrong for many parts: it is told once.
    return tuple(sorted(dict.fromkeys(found), key=lambda problem: problem.order))


def check(contents: Contents, about: Iterable[str] | None) -> tuple[Problem, ...]:
    """Return what is wrong elsewhere than in the records that a report is ``about``, as warnings.

    Raises ReporterError with every problem where these are wrong.
    """
    found = sort_problems(contents, about)
    if has_errors(found):
        raise ReporterError(found)
    return found


@dataclass(frozen=True, slots=True)
class _Shown:
    """What a report shows: the records (by identity), and the ids it names with their kinds.

    It also has the kinds of the records that were not read.
    """

    records: set[int]
    named: set[tuple[str, str]]
    absent: set[str]

    def may_be(self, broken: Broken) -> bool:
        """Return whether the report may show a record that could not be read.

        It may if the record is named or, where it has no id, if its kind is missing.
        """
        return (
            broken.kind in self.absent
            if broken.id is None
            else (broken.kind, broken.id) in self.named
        )


def _shown(contents: Contents, roots: frozenset[str]) -> _Shown:
    by_id: dict[str, list[Loaded]] = defaultdict(list)
    for loaded in contents.records:
        by_id[loaded.facts.id].append(loaded)
    named = {_NamedId(_ROOTS, root) for root in roots}
    about = [loaded for root in roots for loaded in by_id[root]]
    direct = {name for loaded in about for name in _named(loaded)}
    behind = [
        loaded for name in direct for loaded in _found(by_id, name) if loaded.kind not in NAMED
    ]
    subjects = {*roots, *(name.id for name in direct)}
    disagreements = [loaded for loaded in contents.records if _is_about(loaded, subjects)]
    named |= direct | {name for loaded in behind for name in _named(loaded) if name.kinds & NAMED}
    named |= {name for loaded in disagreements for name in _cited(loaded)}
    bodies = [
        loaded.record
        for name in named
        for loaded in _found(by_id, name)
        if isinstance(loaded.record, Organisation)
    ]
    # A chair is named with the body of which it is a part.
    named |= {_NamedId(frozenset({"organisation"}), body.parent) for body in bodies if body.parent}
    shown = {id(loaded) for loaded in (*about, *disagreements)}
    shown |= {id(loaded) for name in direct for loaded in _found(by_id, name)}
    shown |= {
        id(loaded) for name in named for loaded in _found(by_id, name) if loaded.kind in NAMED
    }
    # Sides share the namespace of organisations.
    sides = {side.id for side in contents.settings.sides}
    absent = {
        kind
        for name in named
        if name.id not in sides and not _found(by_id, name)
        for kind in name.kinds
    }
    return _Shown(shown, {(kind, name.id) for name in named for kind in name.kinds}, absent)


def _found(by_id: dict[str, list[Loaded]], name: _NamedId) -> list[Loaded]:
    return [loaded for loaded in by_id[name.id] if loaded.kind in name.kinds]


def _is_about(loaded: Loaded, subjects: set[str]) -> bool:
    named = (name for names in loaded.facts.names.values() for name in names)
    return loaded.kind in _BESIDE and not subjects.isdisjoint(named)


def _named(loaded: Loaded) -> Iterator[_NamedId]:
    """Yield the records that a record names, except those of settings and single statements."""
    yield from _cited(loaded)
    for kinds, names in loaded.facts.names.items():
        if of := _RECORDS.intersection(kinds.split("|")):
            yield from (_NamedId(of, name) for name in names)


def _cited(loaded: Loaded) -> Iterator[_NamedId]:
    yield from (_NamedId(_DOCUMENT, name) for name in loaded.facts.cites)
