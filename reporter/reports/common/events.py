"""What happened, told once: one event may stand in the history of several records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.library.tokens import composed, tokens

if TYPE_CHECKING:
    from reporter.records.statements import Entry

SHORTEST = 4  # letters of a word that says what something is about
SHARED = 2  # such words that two accounts of one event have in common


def is_same(one: Entry, other: Entry) -> bool:
    """Return whether two lines of a history tell of one event.

    They do, where they have one date, a source in common, and words in common that say what it was;
    and both tell of all who owe it, or of the same.
    """
    if one.when != other.when or not (one.source and other.source):
        return False
    if {*one.parties} != {*other.parties}:
        return False
    if one.text == other.text:
        return True
    sources = [{citation.document for citation in entry.source or ()} for entry in (one, other)]
    if sources[0].isdisjoint(sources[1]):
        return False
    least = 1 if sources[0] == sources[1] and len(sources[0]) > 1 else SHARED
    return len(_words(one.text) & _words(other.text)) >= least


def is_alike(one: str, other: str) -> bool:
    """Return whether two texts have words in common that say what they are about."""
    return len(_words(one) & _words(other)) >= SHARED


def _words(text: str) -> frozenset[str]:
    whole = composed(text)
    return frozenset(
        token.key
        for token in tokens(whole)
        if token.end - token.start >= SHORTEST or not token.key.isascii()
    )


class ToldEvents:
    """The events that a page has told so far."""

    def __init__(self) -> None:
        self._entries: list[Entry] = []

    def knows(self, entry: Entry) -> bool:
        """Return whether the event was told."""
        return any(is_same(entry, other) for other in self._entries)

    def tell(self, entry: Entry) -> None:
        """Remember that it is told now."""
        self._entries.append(entry)
