"""How a name or a short text stands in the middle of a sentence: names keep their capital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.library import Library
    from reporter.reports.common.context import Context

_WORD = re.compile(r"\w+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}]\w+)*")
_POSSESSIVE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s?$")
# A word, or two, after another word of the same sentence.
_MIDDLE = re.compile(r"(?<=[^\W_] )(?=(\w+(?:[-'\u2019]\w+)*)(?: (\w+))?)")


class _Written(NamedTuple):
    """The words of all texts as they stand in the middle of a sentence."""

    words: frozenset[str]
    pairs: frozenset[tuple[str, str]]


def inside(context: Context, text: str) -> str:
    """Return a text for the middle of a sentence.

    Whether its first word is a name is seen from how the records write it there: "Danube" keeps
    its capital where they say "cooperation on the Danube", "Water" loses it.
    """
    found = _WORD.findall(text[:120])
    if not found or not found[0][:1].isupper() or not text.startswith(found[0]):
        return text
    written = _written(context.library)
    first, second = _POSSESSIVE.sub("", found[0]), found[1] if len(found) > 1 else ""
    if second and (first, second) in written.pairs:
        return text
    small, told = context.words.small(first), written.words
    is_name = not told.isdisjoint((first, found[0])) and small not in told
    return text if is_name else small + text[len(first) :]


def _written(library: Library) -> _Written:
    def find() -> _Written:
        words: set[str] = set()
        pairs: set[tuple[str, str]] = set()
        for text in _texts(library):
            for match in _MIDDLE.finditer(text):
                words.add(match[1])
                if match[2]:
                    pairs.add((match[1], match[2]))
        for name in _names(library):
            first, *more = _WORD.findall(name)[:2]
            if more:
                pairs.add((first, more[0]))
            else:
                words.add(first)
        return _Written(frozenset(words), frozenset(pairs))

    return library.once(("written",), find)


def _texts(library: Library) -> Iterator[str]:
    for owned in library.all_statements:
        yield owned.statement.text
        yield from (entry.text for entry in owned.statement.history)
    for agreement in library.agreements.values():
        yield agreement.summary.text
    yield from _names(library)


def _names(library: Library) -> Iterator[str]:
    """Yield the names of the sides, which keep their capitals wherever they stand."""
    for side in library.sides.values():
        name = side.name.best(library.project.language)[1]
        if _WORD.search(name):
            yield name
