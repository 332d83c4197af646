"""The paragraphs of a file that a fingerprint knows, under the numbers that they have there."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from reporter.desk.draft.paragraphs import MOST_JOINED
from reporter.sources.extract import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.sources.fingerprint import Fingerprint


def groups_of(there: Sequence[str], fingerprint: Fingerprint) -> list[list[int]]:
    """Return which paragraphs of a file, from 1, are those of a document; none where not all are."""
    wanted: defaultdict[int, str] = defaultdict(str)
    for spot, digests in fingerprint.sentences.items():
        wanted[spot.paragraph] += digests
    found: list[list[int]] = []
    at = 0
    for digests in wanted.values():
        group = _next(there, at, digests, fingerprint)
        if not group:
            return []
        found.append(group)
        at = group[-1]
    return found


def _next(there: Sequence[str], at: int, digests: str, fingerprint: Fingerprint) -> list[int]:
    """Return the first paragraphs after one that together have these digests."""
    for begin in range(at, len(there)):
        if not digests.startswith(fingerprint.digests(there[begin])):
            continue
        for end in range(begin + 1, min(len(there), begin + MOST_JOINED) + 1):
            if fingerprint.digests(joined(there[begin:end])) == digests:
                return list(range(begin + 1, end + 1))
    return []
