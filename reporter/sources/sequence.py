"""Statements of a meeting run as its document does, and a list read to the end is of it alone."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from reporter.problems import quoted
from reporter.records.meeting import Meeting
from reporter.sources.fingerprint import Spot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem
    from reporter.records.meeting import Phrase
    from reporter.records.project import Loaded
    from reporter.records.reader import Path_
    from reporter.records.statements import Statement
    from reporter.sources.fingerprint import Fingerprint
    from reporter.sources.judging import Holder

_IN_ORDER = "put the statements in the order of the document, or correct what they cite"
_OTHER = "cite it, too: 'statements' holds what the meeting's own document says, to its end"


def sequence(loaded: Loaded, holder: Holder, document: Fingerprint) -> Iterator[Problem]:
    """Yield where the statements of a meeting do not follow its document."""
    meeting = loaded.record
    assert isinstance(meeting, Meeting)  # noqa: S101 (as the caller has it)
    order = _Order(loaded, holder, document)
    items = meeting.statements.items
    places = [_place(statement, document.document) for statement in items]
    wrong = misplaced(places)
    last = Spot(0, 0)
    for index, (statement, spot) in enumerate(zip(items, places, strict=True)):
        where = ("statements", "items", index, "source")
        if spot is None:
            if meeting.statements.complete:
                message = f"a statement of '{document.document}' that does not cite it"
                yield loaded.problem(where, message, _OTHER)
        elif index in wrong:
            yield order.misplaced(where, spot, last)
        else:
            last = spot if spot.paragraph else last
            yield from order.follows(statement, where)
    for index, phrase in enumerate(meeting.phrases if meeting.statements.complete else ()):
        if _place(phrase, document.document) is None:
            message = f"a phrase of '{document.document}' that does not cite it"
            yield loaded.problem(("phrases", index, "source"), message, _OTHER)


def _place(part: Statement | Phrase, document: str) -> Spot | None:
    """Return where in a document a part of a record first cites it; sentence 0 is any."""
    return min(
        (
            Spot(cited.paragraph or 0, cited.sentence or 0)
            for cited in part.source
            if cited.document == document
        ),
        default=None,
    )


def is_before(one: Spot, other: Spot) -> bool:
    """Return whether a place is surely before another one."""
    if not (one.paragraph and other.paragraph):
        return False
    if one.paragraph != other.paragraph:
        return one.paragraph < other.paragraph
    return bool(one.sentence and other.sentence) and one.sentence < other.sentence


def misplaced(places: list[Spot | None]) -> set[int]:
    """Return which places are out of order: as few as can be, so that the others are in order."""
    there = [(index, spot) for index, spot in enumerate(places) if spot]
    if not any(is_before(after, before) for (_, before), (_, after) in pairwise(there)):
        return set()
    best: list[tuple[int, int]] = []  # how many are in order up to this one, and after which
    for at, (_, spot) in enumerate(there):
        best.append(
            max(
                (
                    (best[earlier][0] + 1, earlier)
                    for earlier in range(at)
                    if not is_before(spot, there[earlier][1])
                ),
                default=(1, -1),
            )
        )
    kept: set[int] = set()
    at = max(range(len(best)), key=lambda index: best[index][0])
    while at >= 0:
        kept.add(there[at][0])
        at = best[at][1]
    return {index for index, _ in there} - kept


def _shown(spot: Spot) -> str:
    return f"sentence {spot}" if spot.sentence else f"paragraph {spot.paragraph}"


class _Order:
    """How far the statements have come in a document, by verbs and by quotations.

    Each is followed by itself: a verb may stand before or behind the words that it governs.
    """

    def __init__(self, loaded: Loaded, holder: Holder, document: Fingerprint) -> None:
        self._loaded = loaded
        self._holder = holder
        self._document = document
        self._last: dict[str, tuple[int, str]] = {}

    def misplaced(self, where: Path_, spot: Spot, last: Spot) -> Problem:
        """Return the problem that a statement is listed after one of this place."""
        if not is_before(spot, last):
            return self._problem(where, f"{_shown(spot)} stands behind what follows here")
        return self._problem(where, f"{_shown(spot)} stands before {_shown(last)}")

    def _problem(self, where: Path_, what: str) -> Problem:
        message = f"out of order: {what} in '{self._document.document}'"
        return self._loaded.problem(where, message, _IN_ORDER)

    def follows(self, statement: Statement, where: Path_) -> Iterator[Problem]:
        """Yield a problem where a statement stands in the document before the one above it."""
        for what, (shown, places) in self._anchors(statement).items():
            last, after = self._last.get(what, (-1, ""))
            place = next((place for place in places if place >= last), None)
            if place is None:
                yield self._problem(where, f"{quoted(shown)} stands before {quoted(after)}")
                return
            self._last[what] = place, shown

    def _anchors(self, statement: Statement) -> dict[str, tuple[str, list[int]]]:
        """Return the verb and the quotation, each with the places at which it stands."""
        passages = [
            passage
            for cited in statement.source
            if cited.document == self._document.document
            and (passage := self._holder.cited(cited).passage)
        ]
        verbs = (
            self._holder.forms(statement.verb, self._document)
            if self._holder.is_own_language(self._document)
            else []
        )
        found = {
            "verb": (statement.verb, verbs),
            "quotation": (statement.quote or "", [self._document.digests(statement.quote or "")]),
        }
        return {
            what: (shown, places)
            for what, (shown, texts) in found.items()
            if (places := sorted({at for p in passages for text in texts for at in p.places(text)}))
        }
