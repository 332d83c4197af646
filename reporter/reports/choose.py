"""Which reports are chosen; one on a record that is not there is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library import identity
from reporter.problems import AbsentError, Problem, did_you_mean
from reporter.reports import select

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reporter.choice import Choice
    from reporter.library import Library
    from reporter.reports import Selection


def choose(library: Library, choice: Choice, day: date) -> tuple[Selection, ...]:
    """Return the reports that are chosen. Raises AbsentError where the choice names no record."""
    if absent := missing(library, choice):
        raise AbsentError([_absent(library, *absent[0])])
    return select(library, choice, day)


def missing(library: Library, choice: Choice) -> tuple[tuple[str, str], ...]:
    """Return the records that the choice names and that are not there: kind and id of each."""
    return tuple((kind, name) for kind, name in choice.needs if name not in _known(library, kind))


def _known(library: Library, kind: str) -> tuple[str, ...]:
    """Return the ids of all records of a kind."""
    if kind == "meeting":
        return tuple(map(identity, library.meetings.values()))
    by_kind: dict[str, Iterable[str]] = {
        "agreement": library.agreements,
        "organisation": library.bodies,
        "programme": library.programmes,
    }
    return tuple(by_kind[kind])


def _absent(library: Library, kind: str, name: str) -> Problem:
    known = _known(library, kind)
    if kind != "meeting":
        there = f"there are: {', '.join(known)}" if known else f"data/{kind}s.yaml holds none"
        return Problem(None, f"there is no {kind} '{name}'", did_you_mean(name, known) or there)
    numbers = ", ".join(str(number) for number in library.meetings)
    hint = f"there are: {numbers}" if numbers else "data/meetings/ holds none"
    return Problem(None, f"there is no meeting {int(name.rpartition('-')[2])}", hint)
