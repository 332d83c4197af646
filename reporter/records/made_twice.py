"""Checks promises that are made in several places: those that are the same have one answer.

They share evidence and status. What is bound to a day of its own, missed or slipped, holds for
those that are due on that day only.
"""

from __future__ import annotations

from itertools import combinations, pairwise, product
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.facts import REPEATS, SAME
from reporter.records.places import shown
from reporter.records.programme import Programme
from reporter.records.references import parts
from reporter.records.same import BOUND, together, track_id
from reporter.records.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.dates import When
    from reporter.problems import Problem
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_
    from reporter.records.statements import Entry, Status


class _Set(NamedTuple):
    """A status that a line sets, and of whom: of nobody named, of all."""

    status: Status
    where: Path_
    parties: frozenset[str] = frozenset()

    def meets(self, other: _Set) -> bool:
        """Return whether both tell of one who owes it."""
        return not (self.parties and other.parties and self.parties.isdisjoint(other.parties))


class _StatusPlace(NamedTuple):
    """A statement, or a track of a programme, and the statuses that it sets on each day."""

    loaded: Loaded
    id: str
    due: When | None
    is_track: bool
    sets: dict[date, list[_Set]]
    """Of several on one day that tell of the same, the last."""


def at_odds(records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a problem for each day on which one matter has two statuses, at the later place."""
    found = tuple(records)
    roots = together(
        (lead[1], lead[2]) for loaded in found for lead in loaded.facts.leads if lead[0] == SAME
    )
    matters: dict[str, list[_StatusPlace]] = {}
    for loaded in found if roots else ():
        if any(name in roots for _, name in loaded.facts.ids):
            for place in _places(loaded):
                if place.id in roots:
                    matters.setdefault(roots[place.id], []).append(place)
    for places in matters.values():
        for first, second in combinations(places, 2):
            yield from _odds(first, second)


def _odds(first: _StatusPlace, second: _StatusPlace) -> Iterator[tuple[Loaded, Problem]]:
    both = first.due == second.due or first.is_track or second.is_track
    for day in sorted(first.sets.keys() & second.sets.keys()):
        for one, other in product(first.sets[day], second.sets[day]):
            found = {one.status, other.status}
            if len(found) == 1 or (not both and found & BOUND) or not one.meets(other):
                continue
            message = (
                f"'{second.id}' is '{other.status}' on {day}, and '{first.id}', which is the same, "
                f"is '{one.status}' ({place_of(first.loaded, one.where)})"
            )
            hint = "one matter has one status on a day: correct one, or take 'same_as' out"
            yield second.loaded, second.loaded.problem(other.where, message, hint)


def _places(loaded: Loaded) -> Iterator[_StatusPlace]:
    for way, part in parts(loaded.record):
        if isinstance(part, Statement) and part.id:
            found: dict[date, dict[frozenset[str], _Set]] = {}
            for day, one in _sets(part.history, way):
                found.setdefault(day, {})[one.parties] = one
            sets = {day: [*last.values()] for day, last in found.items()}
            yield _StatusPlace(loaded, part.id, part.due, is_track=False, sets=sets)
    if isinstance(loaded.record, Programme):
        for index, track in enumerate(loaded.record.tracks):
            out = track.outcome
            done = (
                {out.date.last: [_Set("met", ("tracks", index, "outcome", "result"))]}
                if out and out.result == "done"
                else {}
            )
            name = track_id(loaded.record.id, track.id)
            yield _StatusPlace(loaded, name, None, is_track=True, sets=done)


def _sets(history: Iterable[Entry], way: Path_) -> Iterator[tuple[date, _Set]]:
    """Yield each status that a history sets, with its day."""
    for index, entry in enumerate(history):
        if entry.status and not entry.checked:
            where = (*way, "history", index, "status")
            yield entry.when.last, _Set(entry.status, where, frozenset(entry.parties))


def two_of_one_owner(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each status of somebody who has another one from that day, too.

    It does so where a line names those of whom it tells.
    """
    for way, part in parts(loaded.record):
        if not isinstance(part, Statement) or not any(one.parties for one in part.history):
            continue
        for (day, one), (other_day, other) in combinations(_sets(part.history, way), 2):
            if day == other_day and one.status != other.status and one.meets(other):
                owners = (one.parties or other.parties) & (other.parties or one.parties)
                for name in [name for name in part.by if name in owners][:1]:
                    told = (
                        f"'{name}' is '{one.status}' on {day}, and '{other.status}' on the same day"
                    )
                    hint = "one of two statuses on a day: name in each line whom it tells of"
                    yield loaded.problem(other.where, told, hint)


def place_of(loaded: Loaded, where: Path_) -> str:
    """Return where something stands: ``data/meetings/01.yaml:30:7``."""
    line, column = loaded.source.position((*loaded.where, *where))[:2]
    return f"{shown(loaded.path)}:{line}:{column}"


def made_twice(records: Iterable[Loaded]) -> Iterator[tuple[Loaded, Problem]]:
    """Yield a warning for each promise that stands twice without saying so.

    Owner, due date and words of both are the same, and they are about one thing.
    """
    found = tuple(records)
    alike: dict[tuple[str, str], list[tuple[str, Loaded]]] = {}
    for loaded in found:
        for name, key, about in loaded.facts.promises or ():
            for one in about:
                alike.setdefault((key, one), []).append((name, loaded))
    pairs = dict.fromkeys(pair for group in alike.values() for pair in pairwise(group))
    if not pairs:
        return
    linked = {REPEATS, SAME}
    roots = together(
        (lead[1], lead[2]) for loaded in found for lead in loaded.facts.leads if lead[0] in linked
    )
    for (one, first), (other, second) in pairs:
        if roots.get(one, one) != roots.get(other, other):
            yield second, _twice(first, one, second, other)


def _twice(first: Loaded, one: str, second: Loaded, other: str) -> Problem:
    message = f"'{other}' promises what '{one}' does ({place_of(first, _way_to(first, one))})"
    hint = f"add 'same_as: {one}' or, where it was promised anew, 'repeats: {one}'"
    return second.problem((*_way_to(second, other), "text"), message, hint).as_warning


def _way_to(loaded: Loaded, name: str) -> Path_:
    return next(
        way for way, part in parts(loaded.record) if isinstance(part, Statement) and part.id == name
    )


def against_precedence(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each ``slipped`` and ``missed`` that its own dates contradict."""
    for way, part in parts(loaded.record):
        if isinstance(part, Statement) and part.strength:
            told = tuple(enumerate(part.history))
            own = ([line for line in told if line[1].tells_of(name)] for name in part.by)
            found = dict.fromkeys(
                fault for lines in own for fault in _contradicted(part.due, lines)
            )
            for index, message, hint in found:
                yield loaded.problem((*way, "history", index, "status"), message, hint)


def _contradicted(
    due: When | None, history: Iterable[tuple[int, Entry]]
) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong in the lines of a history that tell of one owner, with their numbers."""
    is_known, missed = True, False  # whether the day by which it is to be done is on record
    for index, entry in history:
        when = entry.when
        if entry.status == "slipped":
            if is_known and (missed or (due and when.surely_after(due))):
                message = f"slipped on {when}, " + (
                    f"after its day was over: {due}" if due else "after it was missed"
                )
                hint = "it is 'missed': only a new date given before that day makes it 'slipped'"
                yield index, message, hint
            is_known = entry.due is not None
        if entry.due:
            if due and entry.due.last <= due.last:
                hint = "what slips gets a later day: correct the year, or leave 'due' out"
                yield index, f"moved to a day that is no later: {entry.due}, from {due}", hint
            due = entry.due
        if entry.status == "missed":
            missed = True
            if due and is_known and when.last < due.last:
                hint = "a promise is missed only when its day is over: leave the status as it was"
                yield index, f"missed on {when}, before its day was over: {due}", hint
