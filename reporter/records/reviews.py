"""Four eyes: what was reviewed, and whether it still says what it said then.

A review is of a record, of a statement or forecast in it, or of a line of a history, each by
itself: what stands inside of one and can be reviewed has a review of its own. Its digest is over
the values, in a form in which neither the order of keys nor blanks, comments or defaults matter.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, TypeVar

from reporter.records.base import Names, Record, Reviewed
from reporter.records.meeting import Meeting
from reporter.records.references import parts, with_each
from reporter.records.statements import Entry, Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_

R = TypeVar("R", bound=Record)
REVIEW = "reviewed"
OF_OUR_HOUSE = frozenset({"desk_officer", REVIEW})
"""Fields that say who in our house works on something: no part of what is reviewed, nor public."""
CHANGED = "0" * 12
"""The digest of a review in the library, where what was reviewed has changed since."""
_LISTED = (Statement, Forecast)  # a list of them has a length, which is reviewed with the record
_BYTES = 6
_APART = frozenset({"subject", "disagreement", "correction"})
"""Kinds that share their ids with no other: one of another kind may have the same."""


def can_be_reviewed(part: Record) -> bool:
    """Return whether a record, or a part of one, has a review of its own."""
    return REVIEW in type(part).model_fields


def reviewable(record: Record) -> list[tuple[Path_, Record]]:
    """Return what has a review of its own in a record, itself too, each with the way to it."""
    return [(where, part) for where, part in parts(record) if can_be_reviewed(part)]


def review_of(part: Record) -> Reviewed | None:
    """Return who reviewed a part, or None."""
    found: Reviewed | None = getattr(part, REVIEW, None)
    return found


def digest_of(part: Record) -> str:
    """Return the digest of what a review of ``part`` is about."""
    told = json.dumps(_plain(part), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


def _follows(part: Record) -> tuple[str, ...]:
    """Return the fields that others fill: the id of a meeting that its number names."""
    return ("id",) if isinstance(part, Meeting) and isinstance(part.key, int) else ()


def _plain(value: object) -> object:
    """Return a value as JSON has it; every other kind of value as it is written."""
    if isinstance(value, Record):
        return {
            name: found
            for name, field in type(value).model_fields.items()
            if name not in (*OF_OUR_HOUSE, *_follows(value))
            and (here := getattr(value, name)) != field.get_default()
            and (found := _plain(here)) is not None
        }
    if isinstance(value, tuple) and type(value) is tuple:
        if value and isinstance(value[0], Record) and can_be_reviewed(value[0]):
            return len(value) if isinstance(value[0], _LISTED) else None
        return [_plain(item) for item in value]
    if isinstance(value, Names):
        return {code: _plain(name) for code, name in value.root.items()}
    if value is None or isinstance(value, bool | int):
        return value
    return unicodedata.normalize("NFC", str(value))


def holds(part: Record) -> bool:
    """Return whether a part of a record, as it is written, says what its review is about."""
    review = review_of(part)
    return review is not None and review.digest == digest_of(part)


def is_reviewed(part: Record) -> bool:
    """Return whether a part of the library was reviewed as it stands."""
    review = review_of(part)
    return review is not None and review.digest != CHANGED


def is_changed(part: Record) -> bool:
    """Return whether a part of the library was changed since somebody reviewed it."""
    review = review_of(part)
    return review is not None and review.digest == CHANGED


def judged(record: R) -> R:
    """Return a record in which each review that no longer holds has the digest ``CHANGED``."""
    changed = {
        name: new for name, value in record if (new := with_each(value, judged)) is not value
    }
    review = review_of(record)
    if review and not holds(record):
        changed[REVIEW] = review.model_copy(update={"digest": CHANGED})
    return record.model_copy(update=changed) if changed else record


def changed_since(loaded: Loaded) -> Iterator[Problem]:
    """Yield a warning for each part of a record that was changed since somebody reviewed it."""
    if not loaded.facts.reviewed:
        return
    for where, part in parts(loaded.record):
        review = review_of(part)
        if review and not holds(part):
            message = f"changed since {review.by} reviewed it on {review.on}"
            hint = (
                f"have it reviewed again: 'reporter review {_name(loaded, where)} --by NAME'; "
                "or take the change back"
            )
            yield loaded.problem((*where, REVIEW), message, hint).as_warning


def _name(loaded: Loaded, where: tuple[str | int, ...]) -> str:
    """Return by which name the command knows a part: its id, or that of what it stands in."""
    found = loaded.facts.id
    if loaded.kind in _APART:
        return f"{loaded.kind}:{found}"
    for way, part in parts(loaded.record):
        if way == where[: len(way)]:
            if isinstance(part, Statement | Forecast) and part.id:
                found = part.id
            if isinstance(part, Entry):
                found = f"{found}@{part.when}"
    return found
