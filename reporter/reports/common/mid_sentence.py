"""How a name or a short text stands in the middle of a sentence: names keep their capital."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.prose import note, unnoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from reporter.library import Library
    from reporter.records.statements import Statement
    from reporter.reports.common.context import Context

_WORD = re.compile(r"\w+(?:[-'\N{RIGHT SINGLE QUOTATION MARK}]\w+)*")
_POSSESSIVE = re.compile("['\N{RIGHT SINGLE QUOTATION MARK}]s?$")
_BETWEEN = "\0"  # the texts of all records
_FIRST = re.compile(f"{_BETWEEN}({_WORD.pattern})")
_AFTER = re.compile(  # a word that is not small after another one, and what comes then
    rf" (?![a-z])(?<=[^\W_] )([^\W\d_][^ {_BETWEEN}]*)(?= ?([^ {_BETWEEN}]*))"
)
_LETTERS, _MORE = re.compile(r"\w+"), re.compile(r"[-'\N{RIGHT SINGLE QUOTATION MARK}]?\w")


class _WrittenWords(NamedTuple):
    """The words that begin with a capital in the middle of a sentence, and all texts."""

    words: AbstractSet[str]
    pairs: AbstractSet[tuple[str, str]]
    """Each with the word that comes after it."""
    first: AbstractSet[str]
    """The words with which a text begins, and that begin with a capital."""
    texts: str


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
    if found[0] not in written.first:
        note(context.library.project)  # another text may write it elsewhere
    if second and (first, second) in written.pairs:
        return text
    small = context.words.small(first)
    is_name = not written.words.isdisjoint((first, found[0]))
    if is_name and not _is_written(context.library, small):
        return text
    return small + text[len(first) :]


def names_written(context: Context) -> Iterator[str]:
    """Yield what makes a text begin otherwise inside of a sentence, of texts of the records.

    Of what a report reads of its records this alone comes from all of them.
    """
    library, written = context.library, _written(context.library)
    begin = written.first | {_POSSESSIVE.sub("", word) for word in written.first}
    for word in sorted(written.words & begin):
        yield f"{word} {_is_written(library, context.words.small(word))}"
    yield from (" ".join(pair) for pair in sorted(written.pairs) if pair[0] in begin)


def _is_written(library: Library, word: str) -> bool:
    """Return whether a word stands somewhere after another word of the same sentence."""
    return library.once(("written", word), lambda: _stands(_written(library).texts, word))


def _stands(texts: str, word: str) -> bool:
    at = texts.find(f" {word}")
    while at >= 0:
        if texts[at - 1].isalnum() and not _MORE.match(texts, at + 1 + len(word)):
            return True
        at = texts.find(f" {word}", at + 1)
    return False


def _written(library: Library) -> _WrittenWords:
    def read() -> _WrittenWords:
        with unnoted():  # as ``names_written`` tells
            return _read(library)

    return library.once(("written",), read)


def _read(library: Library) -> _WrittenWords:
    """Read all texts; of several series each on its own, so that theirs are read once."""
    parts = [_written(part) for part in library.parts.values()] if library.has_many else []
    owners = (*(() if parts else library.every_meeting), *library.own_agreements)
    said = [statement for owner in owners for statement in owner.statements_made]
    texts = _joined(_texts(library, said))
    capital = {(word, after) for word, after in _AFTER.findall(texts) if word[0].isupper()}
    words = {found[0] for word, _ in capital if (found := _WORD.match(word))}
    pairs = {
        (word, found[0])
        for word, after in capital
        if _WORD.fullmatch(word) and (found := _LETTERS.match(after))
    }
    for name in _names(library):
        first, *more = _WORD.findall(name)[:2]
        if more:
            pairs.add((first, more[0]))
        else:
            words.add(first)
    begun = {*_FIRST.findall(texts), *_FIRST.findall(_joined(_short(library, said)))}
    first = {word for word in begun if word[0].isupper()}
    return _WrittenWords(
        words.union(*(part.words for part in parts)),
        pairs.union(*(part.pairs for part in parts)),
        first.union(*(part.first for part in parts)),
        "".join((texts, *(part.texts for part in parts))),
    )


def _joined(texts: Iterable[str]) -> str:
    return _BETWEEN.join(("", *texts))


def _texts(library: Library, said: Iterable[Statement]) -> Iterator[str]:
    for statement in said:
        yield statement.text
        yield from (entry.text for entry in statement.history)
    for agreement in library.agreements.values():
        yield agreement.summary.text
    yield from _names(library)


def _short(library: Library, said: Iterable[Statement]) -> Iterator[str]:
    """Yield what else may begin inside of a sentence."""
    yield from filter(None, (statement.short for statement in said))
    for subject in library.subjects.values():
        yield from subject.name.root.values()


def _names(library: Library) -> Iterator[str]:
    """Yield the names of the sides, which keep their capitals wherever they stand."""
    for side in library.sides.values():
        name = side.name.best(library.project.language)[1]
        if _WORD.search(name):
            yield name
