"""Who chaired and who took part, in the order of the text."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.known_names import Name
from reporter.desk.draft.paragraphs import Sentence, is_text
from reporter.desk.draft.whose import NOBODY

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from reporter.desk.draft.known_names import KnownNames, NameFound
    from reporter.desk.draft.lexicon import Lexicon

CLOSE = 6  # signs between a body and the one that it is part of
_ID = re.compile(r"[^a-z0-9]+")
_OF = ("'s", "\u2019s")  # of a body is something, and not the body itself
MOST_WORDS = 14  # of the name of a body
MOST_LINES = 200  # of a list of those who came
# Two words with a capital, or an abbreviation.
_NAME = re.compile(
    r"(?<![\w.])[A-Z][\w'\u2019&-]*(?:\s+(?:(?:of|for|the)\s+)*[A-Z][\w'\u2019&-]*)+"
    r"|(?<!\w)[A-Z]{3,8}(?!\w)"
)
_NUMBER = re.compile(r"\d{1,2}\.?\s+\S")


class Attending(NamedTuple):
    """A body that the text names."""

    id: str
    side: str
    printed: str
    """Its name in the text, where the project has another one."""
    known: bool
    source: str
    """Paragraph and sentence."""
    person: str = ""
    """Who of it came, where the text names one whom the project knows."""


class AttendanceFound(NamedTuple):
    """The chairs, the participants, and what was told and could not be placed."""

    chairs: list[Attending]
    bodies: list[Attending]
    persons: list[Attending]
    """Those who are named beside the chairs, each with the body for which they act."""
    left: list[tuple[Sentence, str]]
    missed: list[tuple[str, str]]
    """What may be the name of a body, too, and where it stands: no list is known to be whole."""
    sides: dict[str, str]
    """The sides of which only that they took part is told, and the place that says so."""

    @property
    def told(self) -> set[str]:
        """The sentences that say it."""
        named = {one.source for one in (*self.chairs, *self.bodies, *self.persons)}
        named |= {*self.sides.values()}
        return named | {sentence.place for sentence, _ in self.left}


class _BodyNamed(NamedTuple):
    """A body where it stands in a text; without an id, one that nobody knows."""

    start: int
    end: int
    id: str
    side: str
    text: str


class RollCall:
    """Finds bodies in the sentences that tell who came."""

    def __init__(self, lexicon: Lexicon, names: KnownNames, official: dict[str, str]) -> None:
        self._lexicon = lexicon
        self._names = names
        self._official = official
        self._ands = _any(lexicon.both)
        self._long = _of_fields(lexicon)
        self._marked = re.compile(
            rf"\((?:{_any(lexicon.marked_chairs) or '(?!)'})\)", re.IGNORECASE
        )

    def of(self, sentences: Sequence[Sentence], lines: Sequence[str] = ()) -> AttendanceFound:
        """Return who chaired and took part, by the sentences of a text or a list in its file."""
        found = AttendanceFound([], [], [], [], [], {})
        for sentence in sentences:
            text = sentence.text
            if self._names_us(sentence) and self._persons(text, []):
                self._put([], found, sentence, text, "participants")
                continue
            chairs = self._phrase(text, self._lexicon.chairs)
            attended = self._phrase(text, self._lexicon.attended)
            if chairs and _is_with(sentence, found.chairs):
                both = attended and chairs.end() < attended.start()
                told = text[: attended.start()] if attended and both else text
                self._put(found.chairs, found, sentence, self._region(told, chairs), "chairs")
                text = text[len(told) :]
            if attended and text:
                self._put(found.bodies, found, sentence, text, "participants")
        first = [one for one in sentences if one.paragraph == 1]
        if not (found.chairs or found.bodies or found.persons):
            met = next((one for one in first if len(self._persons(one.text, [])) > 1), None)
            if met:
                self._put([], found, met, met.text, "participants")  # persons: no list of bodies
        if not found.bodies and (listed := self._listed(lines)):
            whole = Sentence(1, 1, "; ".join(listed), item=False, first=True, within="")
            marked = "; ".join(line for line in listed if self._marked.search(line))
            if marked and not found.chairs:
                self._put(found.chairs, found, whole, marked, "chairs")
            self._put(found.bodies, found, whole, whole.text, "participants")
        return found

    def _names_us(self, sentence: Sentence) -> bool:
        """Return whether a text opens with those whose it is: 'We, the heads of the ministries'."""
        word, comma, _ = sentence.text.partition(",")
        return sentence.place == "1.1" and bool(comma) and word.casefold() in self._lexicon.pronouns

    def _listed(self, lines: Sequence[str]) -> list[str]:
        """Return the lines of a list or a table of those who came."""
        heads = [
            at
            for at, line in enumerate(lines)
            if re.sub(r"^.*[:\d]\s|^[\W\d]+|[\W\d]+$", "", line).casefold() in self._lexicon.rolls
        ]
        if not heads:
            return []
        found: list[str] = []
        for line in lines[heads[0] + 1 :]:
            if is_text(line) or _NUMBER.match(line) or len(found) == MOST_LINES:
                break
            found.append(line.replace("|", ";").replace("\t", ";"))
        return found

    def _put(
        self,
        into: list[Attending],
        found: AttendanceFound,
        sentence: Sentence,
        text: str,
        what: str,
    ) -> None:
        there = list(self._bodies(text, sentence.place))
        persons = self._persons(text, [start for start, _ in there])
        named = {at: person for person, at in persons if at is not None}
        known = {(one.id, one.side) for one in into}
        for start, one in there:
            if (one.id, one.side) not in known:
                person = named.get(start, "") if what == "chairs" else ""
                into.append(one._replace(person=person))
                known.add((one.id, one.side))
        bodies = dict(there)
        for person, at in persons:
            body = bodies[at] if at is not None else self._post(person, sentence.place)
            if what == "chairs" and not body.side and len(sides := self._side_ids(text)) == 1:
                body = body._replace(side=sides[0])
            if what == "participants":
                found.persons.append(body._replace(person=person))
            elif at is None:
                into.append(body._replace(person=person))
        sides = self._present(text) if what == "participants" else []
        if not there and not persons and sides:
            found.sides.update({side: sentence.place for side in sides if side not in found.sides})
        elif not there and not persons:
            found.left.append((sentence, what))
        else:
            missed = [(sentence.place, name) for name in self._missed(text)]
            found.missed.extend(one for one in missed if one not in found.missed)

    def _present(self, text: str) -> list[str]:
        """Return the sides that came: those behind 'attended by', else all that are named."""
        phrase = self._phrase(text, self._lexicon.attended)
        return (self._side_ids(text[phrase.end() :]) if phrase else []) or self._side_ids(text)

    def _side_ids(self, text: str) -> list[str]:
        return list(dict.fromkeys(side for _, _, side in self._sides(text)))

    def _post(self, person: str, place: str) -> Attending:
        """Return the body for which a person acted before, as far as records say so."""
        body = self._names.posts.get(person, Name(NOBODY, "body"))
        return Attending(body.id, body.side or "", "", known=True, source=place)

    def _persons(self, text: str, bodies: list[int]) -> list[tuple[str, int | None]]:
        """Return the known persons in a text, each with where the body named with them stands.

        It stands behind their names, or in front: as it does with the first of them.
        """
        spread = self._spread(text)
        found = [one for one in self._names.found(spread) if one.name.kind == "person"]
        if not found:
            return []
        behind = not bodies or found[0].start < bodies[0]
        edges = [0, *(one.start for one in found), len(spread)]
        out: list[tuple[str, int | None]] = []
        for index, one in enumerate(found):
            begin, end = edges[index + behind], edges[index + behind + 1]
            near = [at for at in bodies if begin <= at < end]
            out.append((one.name.id, near[0 if behind else -1] if near else None))
        return out

    def _phrase(self, text: str, phrases: tuple[str, ...]) -> re.Match[str] | None:
        whole = "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))
        return re.search(rf"(?<!\w)(?:{whole})(?!\w)", text, re.IGNORECASE)

    @staticmethod
    def _region(text: str, phrase: re.Match[str]) -> str:
        """Return the part that names the chairs: what follows, or what stands in front."""
        after = text[phrase.end() :]
        return after if len(after) > len(phrase[0]) else text[: phrase.start()]

    def _bodies(self, text: str, place: str) -> Iterator[tuple[int, Attending]]:
        """Yield the bodies in a text, each with where it stands once the text is spread."""
        spread = self._spread(text)
        lists, found = self._lists(spread), self._in_order(spread)
        marks, first = lists or self._sides(spread), found[0].start if found else 0
        before: _BodyNamed | None = None
        for one in found:
            is_part = before is not None and self._is_part_of(one, before)
            before = one
            if is_part:
                continue
            side = self._side_at(one.start, marks)
            if lists and lists[0][0] < first and self._is_namesake(one, side):
                id_ = f"{side}-{_id_of(one.text)}"
                yield one.start, Attending(id_, side, one.text, known=False, source=place)
                continue
            official = self._official.get(one.id, "")
            told = _plain(one.text) == _plain(official) or self._names.is_post(one.text)
            printed = "" if told else one.text
            known, side = bool(one.id), one.side or side
            yield one.start, Attending(one.id or _id_of(one.text), side, printed, known, place)

    def _is_namesake(self, one: _BodyNamed, side: str) -> bool:
        """Return whether another side is meant, whose list it stands in: both have a ministry."""
        noun, _, more = one.text.partition(" ")
        is_common = bool(more) and noun.casefold() in self._lexicon.bodies
        return is_common and bool(one.side and side) and one.side != side

    def _in_order(self, text: str) -> list[_BodyNamed]:
        """Return the bodies that a text names, each once where it names it twice in a row."""
        parties = self._names.parties(text)
        known = [
            _BodyNamed(one.start, one.end, one.name.id, one.name.side or "", one.text)
            for one in parties
            if one.name.kind == "body"
        ]
        pairs = list(pairwise(known))
        wholes = {one.start for one, following in pairs if self._is_part_of(one, following)}
        again = {one.start for before, one in pairs if _is_abbreviation(text, before, one)}
        kept = [one for one in known if one.start not in wholes | again]
        free = [
            _BodyNamed(start, end, "", "", text[start:end])
            for start, end in self._unknown(text, [(one.start, one.end) for one in parties])
        ]
        return sorted([*kept, *free])

    def _is_part_of(self, whole: _BodyNamed, part: _BodyNamed) -> bool:
        """Return whether a body is only named as that of which the one beside it is a part."""
        first, second = sorted((whole, part))
        return second.start - first.end <= CLOSE and whole.id in self._ancestors(part.id)

    def _ancestors(self, id_: str) -> list[str]:
        found: list[str] = []
        parent = self._names.parents.get(id_)
        while parent and parent not in found:
            found.append(parent)
            parent = self._names.parents.get(parent)
        return found

    def _spread(self, text: str) -> str:
        """Return a text with one noun for several bodies written out before each of them."""
        for word in self._lexicon.plurals:
            single = word.stands_for[0]
            text = re.sub(
                rf"\b{word.word} of (?:the )?([^;.]+)",
                lambda match, single=single: self._each(single, match[1]),  # type: ignore[misc]
                text,
            )
        return text

    def _each(self, single: str, listed: str) -> str:
        """Return a list with the noun before each item, as far as bodies of the project go."""
        parts = re.split(rf"(\s*,\s*(?:(?:{self._ands})\s+)?|\s+(?:{self._ands})\s+)", listed)
        out = ""
        for index in range(0, len(parts), 2):
            name = re.match(r"[^\W\d].*", parts[index])
            text = parts[index]
            if index == 0 or (name and self._names.organisation(f"{single} of {text}")):
                text = f"{single} of {text}"
            out += text + (parts[index + 1] if index + 1 < len(parts) else "")
        return out

    def _lists(self, text: str) -> list[tuple[int, int, str]]:
        """Return where a text says whose list it is: 'from the Canadian side'."""
        nouns = _any(self._lexicon.sides)
        found = {
            match.end(): (match.start(), match.end(), side)
            for match in re.finditer(rf"[\w.]+ (?:{nouns})\b", text)
            if (side := self._names.side_of(match[0]))
        }
        for start, end, side in self._sides(text):
            if noun := re.compile(rf"\s+(?:{nouns})\b").match(text, end):
                found[noun.end()] = (start, noun.end(), side)
        return sorted(found.values())

    def _sides(self, text: str) -> list[tuple[int, int, str]]:
        """Return where a text names a side."""
        return [
            (one.start, one.end, one.name.id)
            for one in self._names.parties(text)
            if one.name.kind == "side"
        ]

    @staticmethod
    def _side_at(start: int, marks: list[tuple[int, int, str]]) -> str:
        """Return the side to whose list a place belongs: of the mark behind it, or in front."""
        if not marks:
            return ""
        if marks[0][0] < start and (len(marks) == 1 or marks[-1][0] < start):
            return [side for at, _, side in marks if at < start][-1]
        after = [side for at, _, side in marks if at >= start]
        return after[0] if after else marks[-1][2]

    def _missed(self, text: str) -> Iterator[str]:
        """Yield what else looks like the name of a body, in a sentence that tells who came."""
        titles = rf"(?<!\w)({_any(self._lexicon.persons)})\."
        spread = re.sub(titles, r"\1 ", self._spread(text), flags=re.IGNORECASE)
        named = self._names.found(spread)
        told: list[_BodyNamed | NameFound] = list(self._in_order(spread))
        told += [one for one in named if one.name.kind != "side"]
        masked = _masked(spread, [(one.start, one.end) for one in told])
        nouns = (*self._lexicon.sides, *self._lexicon.one, *self._lexicon.stands_for("MEETING"))
        no_body = re.compile(
            rf"(?<!\w)(?:{_any((*nouns, *self._lexicon.persons))})(?!\w)|\d", re.IGNORECASE
        )
        sides = {one.text for one in named if one.name.kind == "side"}
        joints = rf"\([^)]*\)|[;,:]|\s(?:{self._ands})\s|\.(?:\s|$)|\x00+"
        for part in re.split(joints, masked):
            found = _NAME.search(part)
            if found and found[0] not in sides and not no_body.search(part):
                yield found[0]

    def _unknown(self, text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
        """Yield where bodies stand that the project does not know: names with a noun for one."""
        nouns = _any(self._lexicon.bodies)
        long = [(match.start(), match.end()) for match in self._long.finditer(_masked(text, spans))]
        yield from long
        masked = _masked(text, [*spans, *long])
        joints = rf"\s*[;,:.]\s+(?:(?:{self._ands})\s+)?|\s+(?:{self._ands})\s+|\x00+"
        begin = 0
        for joint in [*re.finditer(joints, masked), None]:
            end = joint.start() if joint else len(masked)
            yield from self._proper(masked, begin, end, nouns)
            begin = joint.end() if joint else end

    def _proper(self, text: str, begin: int, end: int, nouns: str) -> Iterator[tuple[int, int]]:
        part = text[begin:end]
        pattern = (
            rf"(?:[A-Z][\w'\u2019.&-]*\s+(?:(?:of|for|the|on)\s+)*)*(?i:{nouns})\b"
            r"(?:\s+(?:of|for|on)(?:\s+the)?(?:\s+[A-Z][\w'\u2019&-]*)+)?"
        )
        match = re.search(pattern, part)
        if not match or self._is_meeting(part[match.end() :]):
            return
        start = match.start() + self._post_in(match[0])
        name = part[start : match.end()]
        if name.endswith(_OF):
            return
        if name[:1].isupper() and 1 < len(name.split()) <= MOST_WORDS:
            yield begin + start, begin + match.end()

    def _is_meeting(self, after: str) -> bool:
        """Return whether a name goes on as that of a meeting: 'the Council Meeting'."""
        words = after.split(maxsplit=1)
        meetings = self._lexicon.stands_for("MEETING")
        return bool(words) and words[0].strip(".,;:()").casefold() in meetings

    def _post_in(self, name: str) -> int:
        """Return where a body begins in a name with a post in front: 'President of the Bank'."""
        posts = _any(sorted(self._lexicon.one, key=len, reverse=True))
        of = _any(self._lexicon.of)
        found = re.match(rf"(?i:(?:\S+ )*(?:{posts}),? (?:{of}) (?:the )?)(?=[A-Z])", name)
        return found.end() if found else 0


def _of_fields(lexicon: Lexicon) -> re.Pattern[str]:
    """Return the pattern of a name with an "and" in it: a ministry of science and technology."""
    words = _any(sorted(lexicon.fields, key=len, reverse=True)) or "(?!)"
    field, ands = rf"(?=[A-Z])(?i:{words})(?!\w)", _any(lexicon.both)
    proper = r"[A-Z][\w'\u2019.&-]*"
    return re.compile(
        rf"(?:{proper}\s+)*(?=[A-Z])(?i:{_any(lexicon.bodies)})\s+(?:of|for|on)\s+(?:the\s+)?"
        rf"{proper}(?:\s+{proper}){{0,2}}"
        rf"(?:,\s+{field})*,?\s+(?:{ands}|&)\s+{field}(?!\s+[A-Z\x00])"
    )


def _masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return a text in which signs without a meaning stand in some places."""
    for start, end in spans:
        text = text[:start] + "\x00" * (end - start) + text[end:]
    return text


def _is_with(sentence: Sentence, chairs: list[Attending]) -> bool:
    """Return whether a sentence tells of chairs where the first of them are told."""
    first = chairs[0].source.partition(".")[0] if chairs else str(sentence.paragraph)
    return first == str(sentence.paragraph)


def _is_abbreviation(text: str, before: _BodyNamed, one: _BodyNamed) -> bool:
    """Return whether a body stands in brackets behind its own name."""
    return before.id == one.id and "(" in text[before.end : one.start]


def _any(words: Iterable[str]) -> str:
    """Return a regular expression for any of these words."""
    return "|".join(re.escape(word) for word in words)


def _plain(name: str) -> str:
    return name.casefold().replace("\u2019", "'").removeprefix("the ")


def _id_of(name: str) -> str:
    """Return an id for a body: the letters of its name."""
    return _ID.sub("-", name.casefold()).strip("-")[:40].strip("-") or "todo"
