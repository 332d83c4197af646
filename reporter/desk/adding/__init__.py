"""Adds records to a project: ``reporter new``.

Whoever is asked writes a record that says something; without answers it is a template of
``starter/records/``, or has the words of one that nobody has filled in. Either is read and
cross-checked before it is written, so the project never gets worse.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from string import Template
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.choice import LAST_NUMBER, NUMBERED
from reporter.dates import UNDATED
from reporter.desk.adding.questions import Form, Question, placeless
from reporter.desk.adding.recipes import answered, last_meeting, named_by
from reporter.desk.start import STARTER
from reporter.library.edition import part_of
from reporter.outputs.files import write
from reporter.problems import quoted, stop
from reporter.records import CALLED, KINDS
from reporter.records.base import ID_PATTERN
from reporter.records.crosscheck import crosscheck
from reporter.records.editing import Added, edited
from reporter.records.meeting import Meeting
from reporter.records.places import place_of
from reporter.records.project import Loaded, bodies_of, load, load_content
from reporter.records.register import Document, Organisation
from reporter.records.shorthand import Bodies
from reporter.records.skeletons import NOT_DESCRIBED, UNCHANGED, title_of_new
from reporter.records.writing import in_lines
from reporter.text import LARGEST_FILE, SPLIT, check_inside, decoded, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from reporter.records import Kind
    from reporter.records.project import Contents
    from reporter.records.reader import Plain

    Ask = Callable[[Question], Plain]

SPECIAL_WORDS = frozenset({"null", "true", "false"})  # they would not be read as text
STATEMENTS = "statements:"  # of a meeting: from here on nobody is asked
THERE = "there is such a record already"


class _New(NamedTuple):
    """What is to be written."""

    kind: Kind
    name: str
    """Its id, or the name of the file of a meeting."""
    path: Path
    contents: Contents


def new(project: Path, name: str, id_: str | None, day: date, ask: Ask | None = None) -> Path:
    """Add a record of the kind ``name`` and return its file.

    With ``ask`` it says what is answered. Raises ReporterError where it cannot be added or exists
    already. A meeting is named by its number, or by an id where it has none, and without either
    gets the next number; of another series, it begins with that: ``talks/9``, or ``talks/``.
    ``day`` is today: a meeting about which nobody is asked is put into its year, or that of the
    last one on record, to be corrected.
    """
    kind = next(kind for kind in KINDS if CALLED.get(kind.name, kind.name) == name)
    contents = load(project)
    if kind.model is Meeting:
        series, slash, key = (id_ or "").rpartition("/")
        kind, contents = kind._replace(series=series), part_of(contents, series)
        id_ = key or None if slash else id_
        wanted = _wanted(project, kind, _meeting(project, contents, kind, id_), contents)
    elif id_ is None and ask:
        wanted = _wanted(project, kind, _asked_id(project, kind, name, contents, ask), contents)
    else:
        wanted = _wanted(project, kind, _id(id_, name), contents)
    text = _own_file(wanted, day, ask) if kind.own_file else _longer_file(wanted, ask)
    _check(wanted, text)
    try:
        wanted.path.parent.mkdir(exist_ok=True)
        check_inside(wanted.path.parent, project)
    except OSError as error:
        message = f"cannot be made: {error.strerror}"
        stop(wanted.path.parent, message, "check the permissions of data/")
    return write(wanted.path, text.encode())


def _wanted(project: Path, kind: Kind, name: str, contents: Contents) -> _New:
    """Return what is to be written. Raises ReporterError where that record is there."""
    file = f"{place_of(kind)}/{name}.yaml" if kind.own_file else place_of(kind)
    wanted = _New(kind, name, project / "data" / file, contents)
    _check_free(wanted)
    return wanted


def _asked_id(project: Path, kind: Kind, name: str, contents: Contents, ask: Ask) -> str:
    def answer(typed: str) -> Plain:
        return _wanted(project, kind, _id(typed, name), contents).name

    text = f"The id by which other records name it, like '{_LIKE[name]}'; it stays as it is."
    return str(ask(Question("id", text, None, answer)))


def _check_free(wanted: _New) -> None:
    """Raise ReporterError where the record is there, before anybody answers for it."""
    hint = "change that one, or choose another id"
    taken = any(
        loaded.kind == wanted.kind.name and loaded.facts.id == wanted.name
        for loaded in wanted.contents.records
    )
    if wanted.kind.own_file and os.path.lexists(wanted.path):
        stop(wanted.path, THERE, hint)
    if taken:
        stop(wanted.path, f"{THERE}: {quoted(wanted.name)}", hint)


def _id(id_: str | None, kind: str) -> str:
    if id_ is None:
        stop(None, "a new record needs an id", f"for example: reporter new {kind} {_LIKE[kind]}")
    if not re.fullmatch(ID_PATTERN, id_, re.ASCII) or "\n" in id_ or id_ in SPECIAL_WORDS:
        hint = (
            f"an id has small letters, digits and single hyphens: '{_LIKE[kind]}'; "
            "null, true and false are no ids"
        )
        stop(None, f"{quoted(id_)} is not an id", hint)
    return id_


_LIKE = {
    "agreement": "data-sharing-2024",
    "body": "a-ministry",
    "document": "statement-02",
    "meeting": "call-2024-05",
    "person": "a-director",
    "policy": "water-plan",
    "programme": "small-ferry",
    "subject": "water-levels",
    "visit": "second-city-2026",
}


def _meeting(project: Path, contents: Contents, kind: Kind, id_: str | None) -> str:
    """Return the file name of the requested meeting, or else of the one after the last."""
    if id_ is None:
        number = max(_numbers(project, contents, kind), default=0) + 1
    elif re.fullmatch(r"[+-]?[0-9]+", id_, re.ASCII):
        number = int(id_) if len(id_.lstrip("0")) <= len(str(LAST_NUMBER)) else 0
    elif NUMBERED.fullmatch(id_):
        message = f"{quoted(id_)} is named by its number"
        stop(None, message, f"give that: {id_.partition('-')[2].lstrip('0')}")
    else:
        return _id(id_, "meeting")
    if number not in range(1, LAST_NUMBER + 1):
        shown = quoted(id_) if id_ is not None else str(number)
        message = f"{shown} is not the number of a meeting"
        stop(
            None,
            message,
            f"give a number from 1 to {LAST_NUMBER}, or none; or an id: {_LIKE['meeting']}",
        )
    return f"{number:02}"


def _numbers(project: Path, contents: Contents, kind: Kind) -> set[int]:
    """Return the numbers of all meetings, of those too that cannot be read now."""
    keys = (meeting.key for meeting in contents.every(Meeting))
    found = {key for key in keys if isinstance(key, int)}
    stems = {path.stem for path in (project / "data" / place_of(kind)).glob("*.y*ml")}
    return found | {int(stem) for stem in stems if stem.isascii() and stem.isdigit()}


# The text of a record with a file of its own


def _own_file(wanted: _New, day: date, ask: Ask | None) -> str:
    template = (STARTER / "records" / f"{wanted.kind.name}.yaml").read_text(encoding="utf-8")
    filled = Template(template).substitute(_filled(wanted, day))
    if wanted.kind.series:
        filled = filled.replace("$schema=../", "$schema=../../../", 1)
    if ask is None:
        return filled
    record = answered(Form(wanted.kind.name, wanted.contents, ask), wanted.name)
    line, tail = filled.partition("\n")[0], filled.partition(f"\n{STATEMENTS}")
    return f"{line}\n{in_lines(record, 0)}\n{''.join(tail[1:]).lstrip()}"


def _filled(wanted: _New, day: date) -> dict[str, str]:
    kind, stem, contents = wanted.kind, wanted.name, wanted.contents
    sides = [side.id for side in contents.settings.sides]
    last = last_meeting(contents)
    dates = [one.date for one in contents.every(Meeting) if one.date != UNDATED]
    latest = max((date.first.year for date in dates), default=0)
    return {
        "id": stem,
        "named": "\n".join(f"{name}: {value}" for name, value in named_by(stem).items()),
        "promise": f"c{stem.lstrip('0')}-01" if stem.isdigit() else f"{stem}-01",
        "title": title_of_new(stem.lstrip("0") if kind.model is Meeting else stem),
        "described": NOT_DESCRIBED,
        "year": f"{max(day.year, latest):04}",
        "language": contents.settings.language,
        "side": sides[0],
        "sides": ", ".join(sides),
        "source": _source(kind, contents),
        "chairing": last.chairing if last else "co-chairs",
        "cochairs": _comments(_cochairs(contents, sides)),
        "participants": _comments(_participants(contents, sides)),
    }


def _cochairs(contents: Contents, sides: list[str]) -> list[str]:
    """Return the co-chairs of the last meeting, each as an item of a list."""
    last, own = last_meeting(contents), _own_sides(contents)
    found = [(each.side, each.organisation) for each in last.cochairs] if last else []
    return [
        f'{{{_side(side, body, own)}organisation: {body}, source: "#1"}}'
        for side, body in found or [(side, "...") for side in sides]
    ]


def _participants(contents: Contents, sides: list[str]) -> list[str]:
    """Return the lists of participants of the last meeting, each as an item of a list."""
    last, own = last_meeting(contents), _own_sides(contents)
    found = {
        each.side: [body.body for body in each.bodies]
        for each in (last.participants if last else ())
    }
    return [
        f"{{{_side(side, next(iter(bodies), ''), own)}complete: false, "
        f'bodies: [{", ".join(bodies)}], source: "#2"}}'
        for side, bodies in (found or {side: ["..."] for side in sides}).items()
    ]


def _own_sides(contents: Contents) -> dict[str, str | None]:
    return {body.id: body.side for body in contents.every(Organisation)}


def _side(side: str, body: str, own: dict[str, str | None]) -> str:
    """Return the side of a body, where the body does not tell it."""
    return "" if own.get(body) == side else f"side: {side}, "


def _comments(items: list[str]) -> str:
    return "\n".join(f"#   - {item}" for item in items)


def _source(kind: Kind, contents: Contents) -> str:
    """Return a citation of the last document: people add an agreement just after its document."""
    if documents := contents.every(Document):
        return f"{documents[-1].id}#1" if documents[-1].paragraphs else documents[-1].id
    if kind.name in {"agreement", "policy"}:
        message = f"there is no document yet that could say what this {kind.name} is"
        hint = "add one first, 'reporter new document': nothing is said without a source"
        stop(None, message, hint)
    return "document-id#1"  # it cites nothing yet


# The text of a file that holds all records of a kind


def _longer_file(wanted: _New, ask: Ask | None) -> str:
    """Return the file of a kind with one record more at its end."""
    kind = wanted.kind
    record = (
        answered(Form(kind.name, wanted.contents, ask), wanted.name) if ask else _skeleton(wanted)
    )
    if not os.path.lexists(wanted.path):
        line = f"# yaml-language-server: $schema=.schema/{kind.plural}.json"
        return f"{line}\n- {in_lines(record, 2)}\n"
    raw = read_bytes(wanted.path, LARGEST_FILE, SPLIT, within=wanted.path.parents[1])
    text = decoded(wanted.path, raw)
    count = sum(1 for _ in load_content(kind, wanted.path, raw, Bodies()))
    text = edited(text, (), (Added((), count - 1, (record,), ()),))
    return text if text.endswith("\n") else f"{text}\n"


def _skeleton(wanted: _New) -> dict[str, Any]:
    """Return a record with what it must have, and with nothing that somebody said."""
    settings = wanted.contents.settings
    language = settings.language
    named = {"id": wanted.name, "name": {language: NOT_DESCRIBED}}
    match wanted.kind.name:
        case "document":
            texts = {"title": NOT_DESCRIBED, "publisher": NOT_DESCRIBED, "date": "not verified"}
            known = {"language": language, "standing": "official", "read": "full"}
            return {"id": wanted.name, **texts, **known}
        case "subject":
            return {**named, "area": settings.areas[0].id}
        case "policy":
            source = _source(wanted.kind, wanted.contents)
            version = {"name": NOT_DESCRIBED, "date": "not verified", "source": source}
            return {**named, "side": settings.sides[0].id, "versions": [version]}
    return named


def _check(wanted: _New, text: str) -> None:
    """Raise ReporterError with what ``reporter check`` would say of the new record."""
    bodies = bodies_of(wanted.contents.records)
    *_, added = load_content(wanted.kind, wanted.path, text.encode(), bodies)
    if not isinstance(added, Loaded):
        raise placeless(added.problems)
    every = replace(wanted.contents, records=(*wanted.contents.records, added))
    found = [problem for loaded, problem in crosscheck(every) if loaded is added]
    left = (problem for problem in found if problem.message != UNCHANGED)
    if problems := [problem for problem in left if problem.severity == "error"]:
        raise placeless(problems)
