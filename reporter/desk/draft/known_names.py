"""The names that a project knows, and where they stand in a text."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.agreement import Agreement
from reporter.records.brevity import is_sign
from reporter.records.programme import Programme
from reporter.records.references import parts
from reporter.records.register import Organisation, Person, Policy, Subject
from reporter.records.statements import Post

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.desk.draft.lexicon import Lexicon
    from reporter.records.base import Names as Written
    from reporter.records.project import Contents

ENOUGH = 0.5  # of the weight of a subject's words: what has less is another subject
COMMON, FEW_PARTS = 0.2, 3  # of the parts of a text: what more of them have says nothing
SURE = 0.9  # the same, for one beside another
SHORTEST_STEM = 4
LONGEST_STEM = 8
GENERIC = 0.25  # of its weight: what a word weighs that each text has, such as "meeting"


class Name(NamedTuple):
    """A name of a record."""

    id: str
    kind: str
    side: str | None = None


class NameFound(NamedTuple):
    """A name where it stands in a text."""

    start: int
    end: int
    name: Name
    text: str


class KnownNames:
    """All names of a project."""

    def __init__(self, contents: Contents, lexicon: Lexicon) -> None:
        self._shared = frozenset(lexicon.shared)
        self._posts_of = {post.word: post.stands_for for post in lexicon.posts}
        self._for_bodies: set[str] = set()
        self._short = _short_name(lexicon.called)
        self._speakers = frozenset((*lexicon.all, *lexicon.one))
        self._known: dict[str, list[Name]] = {}
        self.parents: dict[str, str | None] = {}
        self.sides = tuple(side.id for side in contents.settings.sides)
        self._subjects: dict[str, list[tuple[str, ...]]] = {}
        self._parts: list[tuple[str, str]] = []
        for side in contents.settings.sides:
            self._add(side.name, Name(side.id, "side", side.id), side.abbreviation)
        for loaded in contents.records:
            self._take(loaded.record)
        self.posts = self._posts(contents)
        """The bodies for which persons acted, by the records so far."""
        self._generic = frozenset(stems(" ".join(lexicon.stands_for("MEETING"))))
        self._weights = self._weighed()
        self._common: frozenset[str] = frozenset()
        """Words that a text has everywhere: alone they name no subject."""
        self._pattern = _pattern(self._known)

    def _take(self, record: object) -> None:
        match record:
            case Organisation():
                self.parents[record.id] = record.parent
                name = Name(record.id, "body", record.side)
                self._add(record.name, name, record.abbreviation)
                self._add_posts(record.name, name)
            case Person():
                self._add(record.name, Name(record.id, "person"))
            case Programme():
                self._add(record.name, Name(record.id, "about"), record.abbreviation)
            case Policy():
                self._add(record.name, Name(record.id, "about"))
            case Agreement():
                self._add(record.title, Name(record.id, "agreement"))
                if record.short is not None:
                    self._add(record.short, Name(record.id, "agreement"))
            case Subject():
                for text in (*record.name.root.values(), record.id.replace("-", " ")):
                    self._subjects.setdefault(record.id, []).append(tuple(stems(text)))
                    if is_sign(text[0]):
                        self._parts.append((text, record.id))

    def _posts(self, contents: Contents) -> dict[str, Name]:
        bodies = {
            name.id: name for names in self._known.values() for name in names if name.kind == "body"
        }
        posts = [
            post
            for loaded in contents.records
            for _, post in parts(loaded.record)
            if isinstance(post, Post) and post.person and post.organisation in bodies
        ]
        return {str(post.person): bodies[post.organisation] for post in posts}

    def act_for(self, person: str, body: str, side: str) -> None:
        """Learn from a text for which body a person acts, where no record says it."""
        self.posts.setdefault(person, Name(body, "body", side))

    def _add(self, names: Written, name: Name, abbreviation: str | None = None) -> None:
        for text in (*names.root.values(), abbreviation or ""):
            if text and text != "not verified":
                known = self._known.setdefault(_plain(text), [])
                if name not in known:
                    known.append(name)

    def _add_posts(self, names: Written, name: Name) -> None:
        """Let a person stand for a body: 'the Minister of Trade'."""
        for text in names.root.values():
            noun, _, rest = text.partition(" ")
            for post in self._posts_of.get(noun, ()) if rest else ():
                plain = _plain(f"{post} {rest}")
                self._for_bodies.add(plain)
                self._known.setdefault(plain, []).append(name)

    def is_post(self, text: str) -> bool:
        """Return whether a text names a body by the post of a person."""
        return _plain(text) in self._for_bodies

    def learn(self, texts: Sequence[str]) -> None:
        """Learn the short names that a text itself gives, and which words it has everywhere."""
        new: dict[str, list[Name]] = {}
        for text in texts:
            for found in self.found(text):
                match = self._short.match(text, found.end)
                if match and not self._is_known(match[1]):
                    new.setdefault(_plain(match[1]), [found.name])
        self._known |= new
        self._pattern = _pattern(self._known)
        parts = [set(stems(part)) for text in texts for part in re.split(r"[.;:] ", text)]
        counts = Counter(word for part in parts for word in part)
        most = max(FEW_PARTS, len(parts) * COMMON)
        self._common = frozenset(word for word, count in counts.items() if count > most)

    def _is_known(self, name: str) -> bool:
        """Return whether a name has a meaning: "the Participants" are all, not the last of them."""
        return _plain(name) in self._known or name.casefold() in self._speakers

    def found(self, text: str) -> list[NameFound]:
        """Return the names in a text, in order; of two that overlap the longer one.

        An abbreviation of bodies of several sides means none of them.
        """
        found: list[NameFound] = []
        for match in self._pattern.finditer(text):
            names = self._known.get(_plain(match[0]), [])
            chosen = [name for name in names if len(names) == 1 or name.side is None]
            chosen = chosen or [name for name in names if name.kind == "side"]
            found += [NameFound(match.start(), match.end(), name, match[0]) for name in chosen[:1]]
        return found

    def parties(self, text: str) -> list[NameFound]:
        """Return the sides and bodies in a text, in order."""
        return [found for found in self.found(text) if found.name.kind in {"side", "body"}]

    @property
    def people(self) -> dict[str, str]:
        """The sides of persons by a word of their names, as far as the records tell one alone."""
        found: dict[str, set[str]] = {}
        for plain, names in self._known.items():
            for name in names:
                body = self.posts.get(name.id) if name.kind == "person" else None
                if body and body.side and " " in plain:
                    for word in plain.split():
                        found.setdefault(word.title(), set()).add(body.side)
        return {word: next(iter(sides)) for word, sides in found.items() if len(sides) == 1}

    def beginning(self, text: str) -> tuple[str, ...]:
        """Return the one party whose name begins with these words, two at least."""
        start = f"{_plain(text)} "
        found = {
            name.id
            for known, names in self._known.items()
            for name in names
            if name.kind in {"side", "body"}
            and f"{known} ".startswith(start)
            and text[:1].isupper()
        }
        return tuple(found) if len(found) == 1 and start.count(" ") > 1 else ()

    def side_of(self, text: str) -> str | None:
        """Return the side that a text names, also by a word made of its name: 'Canadian'."""
        for found in self.found(text):
            if found.name.kind in {"side", "body"} and found.name.side:
                return found.name.side
        for word in re.findall(r"[^\W\d]{4,}", text):
            for known, names in self._known.items():
                side = names[0].kind == "side"
                if side and self._stands_for(word.casefold(), known.casefold()):
                    return names[0].id
        return None

    def _stands_for(self, word: str, name: str) -> bool:
        """Return whether a word stands for a side: made of its name, or the first word of it."""
        first, _, more = name.partition(" ")
        return _akin(word, name) or (bool(more) and first == word and word not in self._shared)

    def about(self, text: str) -> list[str]:
        """Return the programmes, policies and agreements that a text names."""
        kinds = {"about", "agreement"}
        return list(
            dict.fromkeys(one.name.id for one in self.found(text) if one.name.kind in kinds)
        )

    def agreements(self, text: str) -> list[str]:
        """Return the agreements that a text names."""
        return [one.name.id for one in self.found(text) if one.name.kind == "agreement"]

    def organisation(self, name: str) -> Name | None:
        """Return the body of this name."""
        known = self._known.get(_plain(name), [])
        return next((one for one in known if one.kind == "body"), None)

    def subjects(self, text: str) -> list[str]:
        """Return the subjects of the project that a text names, the surest first."""
        there = set(stems(text))
        scored = [
            (-self._score(words, there), id_)
            for id_, names in self._subjects.items()
            for words in names
        ]
        scored += [(-2.0, id_) for part, id_ in self._parts if part in text]
        best = sorted(one for one in scored if -one[0] >= ENOUGH)
        sure = [one for index, one in enumerate(best) if not index or -one[0] >= SURE]
        return list(dict.fromkeys(id_ for _, id_ in sure))

    def _score(self, words: tuple[str, ...], there: set[str]) -> float:
        """Return how much of a name stands in a text, and a little more for a long one."""
        whole = sum(self._weights[word] for word in words)
        if there.isdisjoint({*words} - self._common):
            return 0.0
        part = sum(self._weights[word] for word in words if word in there)
        return part / whole * (1 + 0.01 * part) if whole else 0.0

    def _weighed(self) -> dict[str, float]:
        every = [set(words) for names in self._subjects.values() for words in names]
        counts = Counter(word for words in every for word in words)
        return {
            word: math.log(1 + len(every) / count) * (GENERIC if word in self._generic else 1)
            for word, count in counts.items()
        }


def _short_name(called: Iterable[str]) -> re.Pattern[str]:
    """Return how a text gives a short name: (EU), (hereinafter referred to as "the Union")."""
    words = "|".join(rf"{re.escape(word)}\s+" for word in called)
    return re.compile(
        rf"\s*\((?:{words})*[\"\u201c']?(?:{words})*([A-Z][\w.&-]{{1,14}})[\"\u201d']?\)"
    )


def stems(text: str) -> Iterator[str]:
    """Yield the stems of the words of a text that say something."""
    for word in re.findall(r"[^\W_]+", text.casefold()):
        if len(word) >= SHORTEST_STEM or word.isdigit() or word in _ROMAN:
            yield word[: max(SHORTEST_STEM, min(LONGEST_STEM, len(word) - 2))]
        elif text and word.upper() in text.split():  # an abbreviation
            yield word


_ROMAN = frozenset({"i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"})


def _plain(text: str) -> str:
    """Return a name without what may differ in a text: capitals, articles, blanks."""
    small = re.sub(r"\s+", " ", text.replace("\u2019", "'")).strip()
    if len(small) > 5 and not small.isupper():  # noqa: PLR2004 (an abbreviation is as it is)
        small = small.casefold()
    return re.sub(r"^the |(?<= )the ", "", small)


def _akin(word: str, name: str) -> bool:
    """Return whether a word is made of a name: Canadian of Canada, Vietnamese of Viet Nam."""
    name = name.replace(" ", "")
    enough = max(4, len(name) - 2)
    is_long = len(word) >= enough and not is_sign(word[0])
    return is_long and name.startswith(word[:enough])


def _pattern(known: Iterable[str]) -> re.Pattern[str]:
    parts = []
    for name in sorted(known, key=lambda name: (-len(name), name)):
        words = [re.escape(word).replace("'", "['\u2019]") for word in name.split(" ")]
        text = r"\s+(?:the\s+)?".join(words)
        edge = "" if is_sign(name[0]) else r"(?<!\w)"
        after = "" if is_sign(name[-1]) else r"(?!\w)"
        whole = f"{edge}{text}{after}"
        parts.append(whole if name != name.casefold() else f"(?i:{whole})")
    return re.compile("|".join(parts) or r"(?!)")
