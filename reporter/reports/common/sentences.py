"""Sentences that several reports say, made with the language at hand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.records.brevity import beyond, within
from reporter.records.statements import MOST_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.language import Language
    from reporter.reports.views import Count, Followed, Who


_ENDED = re.compile(r"[.\u2026!?\u3002\uff01\uff1f]['\"\u2019\u201d\u300d)]*$")


def standings(counts: Iterable[Count], words: Language) -> str:
    """Return ``one is met and two are in progress``."""
    return words.list([words.of("stand", count.status, n=count.number) for count in counts])


def who(parties: Who, words: Language) -> str:
    """Return those who said or owe something: ``Both`` are two sides, ``All`` are more."""
    names = [name.text for name in parties.names]
    if parties.everyone and len(names) > 1:
        return words.say("both" if len(names) == len(("one", "other")) else "all")
    names += [words.say("more", n=parties.more)] if parties.more else []
    return words.list(names)


def speaker(parties: Who, words: Language) -> str:
    """Return those who said something, as a sentence begins: ``Both sides``, ``ASR and SA``."""
    names = [name.text for name in parties.names]
    if parties.everyone and len(names) > 1:
        return words.say("both_sides" if len(names) == len(("one", "other")) else "all_sides")
    return who(parties, words)


def ended(text: str) -> str:
    """Return a text with a full stop, unless it has an end: 'p.m.' gets no second one."""
    return text if not text or _ENDED.search(text) else f"{text}."


def sentence(text: str, words: Language) -> str:
    """Return a text as a sentence, with a capital and an end."""
    return ended(words.capital(text))


def quotation(words: Language) -> tuple[str, str]:
    """Return the marks before and after a quotation."""
    quoted = words.quoted('"x"')
    return quoted[0], quoted[-1]


def due(item: Followed, words: Language) -> str:
    """Return by when something is due, in the words of the document where these are kept."""
    return item.due_words or (
        words.when(item.due, short=True) if item.due else words.say("no_date")
    )


def ordinals(numbers: Iterable[int], words: Language) -> str:
    """Return ``first, second and fifth``."""
    return words.list([words.ordinal(number) for number in numbers])


def numbers(found: Iterable[int], words: Language) -> str:
    """Return ``1, 2 and 5``."""
    return words.list([str(number) for number in found])


def brief(sentences: Iterable[str]) -> str:
    """Return a bottom line: the first sentence, and of the others those for which it has room."""
    return within(sentences, MOST_WORDS)


def rest(sentences: Iterable[str]) -> str:
    """Return what a bottom line of these sentences has no room for."""
    return beyond(sentences, MOST_WORDS)
