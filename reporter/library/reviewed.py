"""The edition that prints nothing but what somebody has reviewed as it stands.

What nobody has reviewed is taken out before any view is made; so is what cannot be told without
it: what cites a document, or names a body or person, that is out. A list that lost something is no
longer complete; what is one whole, such as a track with its plans, goes as a whole.
"""

from __future__ import annotations

from operator import is_
from typing import TYPE_CHECKING, Any, TypeVar

from reporter.library import identity
from reporter.records import NAMES
from reporter.records.base import NOT_VERIFIED, REPORT, Citation, Record, Unsure
from reporter.records.programme import Programme, Track
from reporter.records.references import fields_of, parts, with_each
from reporter.records.register import Disagreement, Policy, Series
from reporter.records.reviews import can_be_reviewed, is_reviewed
from reporter.records.same import track_id
from reporter.records.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.records.base import Refers
    from reporter.records.register import Project

R = TypeVar("R", bound=Record)
_WHOLE = (Track, Policy, Disagreement)
# Lists of names that may be shorter.
_LINKS = frozenset({"about", "subjects", "report", "predecessor"})
_LOOSE = frozenset({"repeats", "same_as", "parent"})  # names that may be left out
_There = dict[str, set[str]]  # the ids that there are, by kind


def only_reviewed(record: R) -> R | None:
    """Return what of a record was reviewed as it stands; None where the record itself was not."""
    if can_be_reviewed(record) and not is_reviewed(record):
        return None
    names = fields_of(type(record))
    return _with(record, {name: with_each(getattr(record, name), only_reviewed) for name in names})


def whole(project: Project, records: Iterable[Record]) -> tuple[Record, ...]:
    """Return the records without what names something that is not among them."""
    found = tuple(records)
    while True:
        there = _there(project, found)
        left = tuple(item for each in found if (item := _without(each, there)) is not None)
        if len(left) == len(found) and all(map(is_, left, found)):
            return left
        found = left


def _there(project: Project, records: Iterable[Record]) -> _There:
    ids: _There = {
        "side": {side.id for side in project.sides},
        "area": {area.id for area in project.areas},
        "phrase": {phrase.id for phrase in project.phrases},
    }
    for record in records:
        ids.setdefault(NAMES[type(record)], set()).add(identity(record))
        if isinstance(record, Series):
            ids["phrase"].update(phrase.id for phrase in record.phrases)
        if isinstance(record, Programme):
            tracks = {track_id(record.id, track.id) for track in record.tracks}
            ids.setdefault("track", set()).update(tracks)
        for _, part in parts(record):
            if isinstance(part, Statement) and part.id:
                ids.setdefault("statement", set()).add(part.id)
    return ids


def _has(there: _There, refers: Refers, name: str) -> bool:
    """Return whether it is there; a binder says itself which of its reports is not."""
    return refers.kinds == (REPORT,) or any(name in there.get(kind, ()) for kind in refers.kinds)


def _without(record: R, there: _There) -> R | None:
    """Return a record without what is not there; None where it cannot be without it."""
    found: dict[str, Any] = {}
    for name, refers in fields_of(type(record)).items():
        value = getattr(record, name)
        new = _left(name, value, refers, there)
        if new is None and value is not None and name in _LOOSE:
            found[name] = None
        elif new is None and value is not None and not isinstance(value, Record):
            if not _may_be_unknown(type(record), name):
                return None
            found[name] = NOT_VERIFIED
        else:
            found[name] = new
    return _with(record, found)


def _left(name: str, value: Any, refers: Refers | None, there: _There) -> Any:  # noqa: ANN401
    """Return what is left of a value; None where it is gone, or cannot be without what is."""
    if (new := with_each(value, lambda part: _without(part, there))) is not value:
        return new
    if type(value) is not tuple or not value:
        lost = refers and isinstance(value, str) and not _has(there, refers, value)
        return None if lost and value != NOT_VERIFIED else value
    if isinstance(value[0], Citation):
        documents = {item.document for item in value}
        return value if documents <= there.get("document", set()) else None
    names = tuple(item for item in value if refers is None or _has(there, refers, item))
    if len(names) == len(value):
        return value
    return names if name in _LINKS else None


def _with(record: R, found: dict[str, Any]) -> R | None:
    """Return a record with what is left of its fields; None where it cannot be without the rest."""
    changed: dict[str, Any] = {}
    fields = type(record).model_fields
    for name, new in found.items():
        value = getattr(record, name)
        if new is value:
            continue
        shorter = new is None or (isinstance(new, tuple) and len(new) < len(value))
        if shorter and isinstance(record, _WHOLE) and name not in _LINKS:
            return None
        if shorter and fields[name].is_required() and not new:
            if not _may_be_unknown(type(record), name):
                return None
            new = NOT_VERIFIED  # noqa: PLW2901 (of this one)
        elif shorter and _may_be_unknown(type(record), name):
            new = NOT_VERIFIED  # noqa: PLW2901 (as above)
        if shorter and isinstance(new, tuple) and "complete" in fields:
            changed["complete"] = False
        changed[name] = new
    return record.model_copy(update=changed) if changed else record


def _may_be_unknown(model: type[Record], name: str) -> bool:
    """Return whether a field may say that something is not verified."""
    field = model.model_fields[name]
    return field.default == NOT_VERIFIED or any(isinstance(mark, Unsure) for mark in field.metadata)
