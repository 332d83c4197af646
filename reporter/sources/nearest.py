"""The passage nearest to a quotation, where somebody keeps the texts: ``texts/ID.txt``."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.records.brevity import joined
from reporter.sources.words import words
from reporter.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = "texts"
LARGEST = 16 * 1024 * 1024  # bytes
NEAR = 0.5  # of the words, in order: what is farther helps nobody
MOST_WORDS = 20_000  # that are looked through
_HINT = "keep the part that is cited"


def nearest(root: Path, document: str, text: str) -> str:
    """Return the words of a kept text that are nearest to a quotation; empty where none is near."""
    path = root / TEXTS / f"{document}.txt"
    if not path.is_file():
        return ""
    try:
        there = words(read_text(path, LARGEST, _HINT, within=root))[:MOST_WORDS]
    except ReporterError:  # it is never needed
        return ""
    wanted = words(text)
    best, found = NEAR, ""
    matcher = SequenceMatcher(None, b=wanted, autojunk=False)
    for at in range(max(1, len(there) - len(wanted) + 1)):
        matcher.set_seq1(there[at : at + len(wanted)])
        if matcher.quick_ratio() > best and (ratio := matcher.ratio()) > best:
            best, found = ratio, joined(there[at : at + len(wanted)])
    return found
