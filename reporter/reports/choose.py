"""Which reports are chosen; one on a record that is not there is refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reporter.choice import NUMBERED, is_four_eyed
from reporter.kinds import KINDS
from reporter.library import identity
from reporter.problems import AbsentError, Problem, ReporterError, did_you_mean
from reporter.records import KINDS as RECORDS
from reporter.records import MEETING, NAMES
from reporter.records.places import place_of
from reporter.reports import refusals, select
from reporter.reports.common.rows_shown import years_on_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.choice import Choice
    from reporter.library import Library
    from reporter.records.project import Contents
    from reporter.reports import Selection
    from reporter.reports.views import Refusal


def choose(
    library: Library, choice: Choice, day: date, contents: Contents
) -> tuple[Selection, ...]:
    """Return the reports that are chosen, from the library of these contents.

    Raises AbsentError where the choice names no record, and ReporterError, at its line in a record,
    where what that asks for is not to be had on the day.
    """
    if absent := missing(library, choice):
        raise AbsentError([_absent(library, *absent[0])])
    if choice.kind is not None:
        refused = refusals(library, choice, day)
        if problems := [_located(contents, refusal) for refusal in refused]:
            raise ReporterError(problems)
    return select(library, by_id(library, choice), day)


def by_id(library: Library, choice: Choice) -> Choice:
    """Return a choice whose bodies and parties go by their ids: a report has one name only."""
    ids = {
        "organisation": {name: body.id for name, body in library.bodies.items()},
        "party": library.parties,
    }
    takes = KINDS[choice.kind].takes if choice.kind else ()
    named = zip(takes, choice.arguments, strict=False)
    arguments = tuple(ids.get(kind, {}).get(str(name), name) for kind, name in named)
    return replace(choice, arguments=arguments) if arguments else choice


def _located(contents: Contents, refusal: Refusal) -> Problem:
    """Return a refusal as a problem at its line."""
    loaded = next(found for found in contents.records if found.facts.id == refusal.record)
    return loaded.problem(loaded.source.said(refusal.where), refusal.message, refusal.hint)


def missing(library: Library, choice: Choice) -> tuple[tuple[str, str], ...]:
    """Return the records that the choice names and that are not there: kind and id of each."""
    absent = [(kind, name) for kind, name in choice.needs if name not in _known(library, kind)]
    if choice.kind == "series" and library.part(choice.series).has_many and not choice.series:
        absent.append(("series", ""))
    return tuple(absent)


def _known(library: Library, kind: str) -> tuple[str, ...]:
    """Return the ids of all records of a kind."""
    if kind == "meeting":
        return tuple(map(identity, library.every_meeting))
    if kind == "series":
        return tuple(filter(None, library.parts)) if library.has_many else ()
    others: dict[str, Iterable[str]] = {
        "organisation": library.bodies,
        "party": library.parties,
        "owner": (*library.sides, *library.bodies),
        "promises": (
            *library.agreements,
            *map(identity, library.every_meeting),
            *library.statements,
        ),
        "year": years_on_record(library),
    }
    own = (identity(record) for record in library.records if NAMES[type(record)] == kind)
    return tuple(others.get(kind, own))


_CALLED = {"owner": "side or body", "promises": "agreement, meeting or promise"}
_TOLD = {"promises": "name it as 'reporter list' or the ledger does: meeting-08, c8-01"}


def _place(kind: str) -> str:
    """Return what holds the records of a kind; the data, if it is no kind of record."""
    found = next((one for one in RECORDS if one.name == kind), None)
    return f"data/{place_of(found)}{'/' * found.own_file}" if found else "data/"


def _absent(library: Library, kind: str, name: str) -> Problem:
    known = _known(library, kind)
    if kind == "organisation":
        if name in library.sides:
            hint = f"it is a side: --with {name} tells of it, --ledger --owner {name} what it owes"
            return Problem(None, f"there is no organisation '{name}'", hint)
        known = tuple(dict.fromkeys(body.id for body in library.bodies.values()))
    if hint := review_first(library, name):
        message = f"'{name}' is not in this edition: nobody has reviewed it as it stands"
        return Problem(None, message, f"{hint}; or build another edition")
    if kind == "series" and not name:
        message = "there are several series: which one?"
        return Problem(None, message, f"there are: {', '.join(known)}")
    if kind == "series" and not known:
        message = f"there is no series '{name}': the project has one, without an id"
        return Problem(None, message, "leave the series out")
    if kind != "meeting":
        there = f"there are: {', '.join(known)}" if known else f"{_place(kind)} holds none"
        what = _CALLED.get(kind, kind)
        near = did_you_mean(name, known) or _with_name(library, name, known)
        hint = near or _of_series(library, name) or _TOLD.get(kind, there)
        return Problem(None, f"there is no {what} '{name}'", hint)
    return no_meeting(library, name)


def _with_name(library: Library, name: str, known: Iterable[str]) -> str:
    """Return which of these records has this name or abbreviation; nothing where none has."""
    wanted = name.casefold()
    found = (id_ for id_ in known if wanted in map(str.casefold, _names(library, id_)))
    id_ = next(found, None)
    return f"it is the name of '{id_}': write that" if id_ else ""


def _names(library: Library, id_: str) -> Iterator[str]:
    if agreement := library.agreements.get(id_):
        yield from agreement.short.root.values()
    party = library.sides.get(id_) or library.organisations.get(id_)
    if record := party or library.programmes.get(id_):
        yield from (*record.name.root.values(), record.abbreviation or "")


def _of_series(library: Library, name: str) -> str:
    """Return how a meeting is named that is one of several series."""
    found = [one for one in map(identity, library.every_meeting) if one.endswith(f"/{name}")]
    return f"say of which series: {', '.join(found)}" if found else ""


def review_first(library: Library, name: str) -> str:
    """Return what to do where an edition lacks a record that nobody has reviewed; else nothing."""
    is_there = is_four_eyed(library.edition) and name in map(identity, library.written)
    return f"have it reviewed, 'reporter review {name} --by NAME'" if is_there else ""


def no_meeting(library: Library, name: str) -> Problem:
    """Return the problem that there is no meeting with this id."""
    series, _, last = name.rpartition("/")
    key = int(last.rpartition("-")[2]) if NUMBERED.fullmatch(last) else last
    shown = str(key) if isinstance(key, int) else f"'{key}'"
    every = library.every_meeting
    if series and series not in _known(library, "series"):
        return _absent(library, "series", series)
    there = ", ".join(f"{one.series}/{key}" for one in every if one.series and one.key == key)
    if library.part(series).has_many:
        message = f"there are several series: which meeting {shown}?"
        return Problem(None, message, f"there are: {there or ', '.join(library.parts)}")
    keys = [str(one.key) for one in every if one.series == series]
    folder = place_of(MEETING._replace(series=series))
    hint = f"there are: {', '.join(keys)}" if keys else f"data/{folder}/ holds none"
    near = did_you_mean(str(key), keys) if isinstance(key, str) else ""
    near = f"of other series: {there}" if there and not series else near
    of = f" in the series '{series}'" if series else ""
    return Problem(None, f"there is no meeting {shown}{of}", near or hint)
