"""Finds the matters in what is stated: in a list, each that is a subject of the project."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.desk.draft.known_names import KnownNames
    from reporter.desk.draft.lexicon import Lexicon

MOST_SUBJECTS = 2


class StatedMatter(NamedTuple):
    """A part of what is stated, and the subjects that it names."""

    start: int
    end: int
    text: str
    subjects: tuple[str, ...]


def matters(text: str, offset: int, lexicon: Lexicon, names: KnownNames) -> list[StatedMatter]:
    """Return the matters in what is stated; ``offset`` is where it begins in its sentence.

    A part of a list stands by itself where it names a subject that no part before it names.
    """
    found: list[StatedMatter] = []
    for start, end in _pieces(text, lexicon):
        own = _own(names.subjects(text[start:end]), found)
        if found and not (own and found[-1].subjects):
            last = found[-1]
            whole = text[last.start - offset : end]
            subjects = own or last.subjects or tuple(names.subjects(whole)[:MOST_SUBJECTS])
            found[-1] = StatedMatter(last.start, offset + end, whole, subjects)
        else:
            found.append(StatedMatter(offset + start, offset + end, text[start:end], own))
    return found


def _own(named: list[str], found: list[StatedMatter]) -> tuple[str, ...]:
    used = {subject for matter in found for subject in matter.subjects}
    return tuple(subject for subject in named if subject not in used)[:MOST_SUBJECTS]


def _pieces(text: str, lexicon: Lexicon) -> Iterator[tuple[int, int]]:
    """Yield the parts between the commas and the joining words of a list."""
    joints = sorted((*lexicon.including, *lexicon.both), key=len, reverse=True)
    words = "|".join(rf"{re.escape(joint)}" for joint in joints)
    start = 0
    for match in re.finditer(rf"\s*[,;]\s+(?:(?:{words})\s+)?|\s+(?:{words})\s+", text):
        if text[start : match.start()].strip():
            yield start, match.start()
            start = match.end()
    if text[start:].strip():
        yield start, len(text)
