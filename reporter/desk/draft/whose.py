"""Finds whose a statement is: which sides and bodies are meant by the words for who speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.desk.draft.clauses import Speaker
    from reporter.desk.draft.known_names import KnownNames
    from reporter.desk.draft.lexicon import Lexicon

NOBODY = "todo"  # an id that no record has: 'check' asks for another one
_NAMED = re.compile(r"([A-Z][\w'\u2019-]+),?(?: Jr\.)? of (?:the )?$")
_TITLED = re.compile(
    r"((?:[A-Z][\w'\u2019-]+ ){0,2}[A-Z][\w'\u2019-]+), (?:[\w-]+ ){1,6}of (?:the )?$"
)

_CAPITAL = re.compile(r"[A-Z][\w'\u2019-]+")
_BEHIND = re.compile(r",?(?: (?:[A-Z][\w'\u2019-]+|[A-Z]\.))* ([A-Z][\w'\u2019-]+)")


class Whose(NamedTuple):
    """The parties, and the words for them where the project knows none."""

    ids: tuple[str, ...]
    words: str = ""


class Speakers:
    """Remembers who spoke last."""

    def __init__(self, names: KnownNames, lexicon: Lexicon, people: dict[str, str]) -> None:
        self._names = names
        self._and = re.compile("|".join(rf"\s{re.escape(word)}\s" for word in lexicon.both))
        self._people = {word.casefold(): side for word, side in people.items()}
        self._some = tuple(f"{word} " for word in lexicon.some)
        self._every = frozenset(lexicon.every)
        self._plural = frozenset(lexicon.all)
        self._all = Whose(names.sides)
        self._last = self._all
        self._was_person = False  # of whom "they" is not said

    def whose(self, subject: Speaker) -> Whose:
        """Return whose a statement with this subject is."""
        if subject.sort == "again":
            several = subject.text.casefold() in self._plural
            return self._all if self._was_person and several else self._last
        self._was_person = False
        self._last = self._found(subject)
        return self._last

    def _found(self, subject: Speaker) -> Whose:
        parties = self._names.parties(subject.text)
        named = tuple(dict.fromkeys(one.name.id for one in parties))
        named = named or self._names.beginning(subject.text)
        sides = [id_ for id_ in named if id_ in self._names.sides]
        small = f"{subject.text.casefold()} "
        if not named and small.startswith(self._some):
            return Whose((NOBODY,), subject.text)
        if not named and small.partition(" ")[0] in self._every:
            return self._all
        if subject.sort == "all":
            alone = len(sides) == len(named) == 1 < len(self._names.sides)
            joined = self._and.search(subject.text)
            return Whose((sides[0],)) if alone and not joined else self._all
        if named:
            unknown = subject.sort != "one" and self._names_another(subject.text)
            return Whose((*named, NOBODY), subject.text) if unknown else Whose(named)
        if side := self._names.side_of(subject.text):
            return Whose((side,))
        return self._persons(subject.text)

    def _names_another(self, text: str) -> bool:
        """Return whether a row of names has one that is of no party: 'the Union and State A'."""
        return any(
            _CAPITAL.search(part) and not self._names.parties(part)
            for part in re.split(rf"{self._and.pattern}|,", text)
        )

    def _apart(self, text: str) -> list[str]:
        """Return the persons of a row: parted by commas, too, where that makes one a side."""
        parts = self._and.split(text)
        every = [one for part in parts for one in part.split(",") if one.strip()]
        return every if len(every) == len(self._names.sides) else parts

    def _persons(self, text: str) -> Whose:
        """Return whose a statement of persons is: of the sides of those whom the text places.

        As many persons as there are sides, side by side, speak for all.
        """
        parts = self._apart(text)
        self._was_person = len(parts) == 1
        last = [_CAPITAL.findall(part) for part in parts]
        sides = [self._people.get(words[-1].casefold()) for words in last if words]
        if sides and len(sides) == len(parts) and all(sides):
            return Whose(tuple(dict.fromkeys(side for side in sides if side)))
        if len(parts) == len(self._names.sides) > 1 and all(len(words) > 1 for words in last):
            return self._all
        return Whose((NOBODY,), text)


def sides_of_people(texts: Iterable[str], names: KnownNames, lexicon: Lexicon) -> dict[str, str]:
    """Return the sides of the persons that a text places: 'President Berg of this state'.

    Or by their posts, or by whom they represent: 'Prime Minister of this state Olga Berg', 'this
    state was represented by Ms. Olga Berg'.
    """
    found = dict(names.people)
    posts = "|".join(re.escape(word) for word in lexicon.one)
    of, articles = "|".join(lexicon.of), "|".join(lexicon.articles)
    in_front = re.compile(rf"(?:{posts}) (?:{of}) (?:(?:{articles}) )?$", re.IGNORECASE)
    phrases = "|".join(map(re.escape, lexicon.stood_for)) or "(?!)"
    stood_for = re.compile(rf" (?:{phrases}) [^,.;]*?((?:[A-Z]\w*\. )*[^,.;]*)")
    for text in texts:
        for party in names.parties(text):
            front, behind = text[: party.start], text[party.end :]
            match = _TITLED.search(front)
            if not match:
                behind_it = in_front.search(front)
                match = _BEHIND.match(behind) if behind_it else _NAMED.search(front)
            for word in match[1].split() if match and party.name.side else ():
                found.setdefault(word, str(party.name.side))
            named = stood_for.match(behind)
            words = _CAPITAL.findall(named[1]) if named else []
            if words and party.name.kind == "side":
                found.setdefault(words[-1], party.name.id)
    return found
