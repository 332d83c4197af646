"""Finds what a sentence states: whose it is, with which verb, and what."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.draft.lexicon import Operative
from reporter.desk.draft.lexing import Hit, tokens

if TYPE_CHECKING:
    from reporter.desk.draft.known_names import KnownNames
    from reporter.desk.draft.lexicon import Lexicon
    from reporter.desk.draft.lexing import Patterns, SentenceToken

FARTHEST_PLAIN = 45  # words: a verb of a sentence that is none of the lexicon
FARTHEST = 8  # words from the head of a subject to its first one
LONGEST_ROW = 24  # words of several persons who speak together
LONGEST_NAME = 10  # words of a subject that nobody knows
_BREAKS = frozenset(",;:.()—–")  # noqa: RUF001


class Speaker(NamedTuple):
    """Who speaks: the words, and whether they mean all, one that is named, or whoever it was."""

    start: int
    text: str
    sort: str
    """all, one, again, name, unknown."""


class Clause(NamedTuple):
    """What a part of a sentence states."""

    said: Operative
    form: str
    phrase: str
    """The words of the text that are the verb."""
    degree: str
    """A word in front of it that stays with it: strongly."""
    subject: Speaker
    start: int
    """Where the verb begins in the sentence."""
    begin: int
    """Where what is stated begins."""
    end: int


class Antecedents(NamedTuple):
    """What sentences before have left open."""

    stem: Speaker | None = None
    """Who speaks in the items of a list."""
    item: bool = False


ALL = Speaker(0, "", "all")


class Clauses:
    """Takes sentences apart."""

    def __init__(self, lexicon: Lexicon, patterns: Patterns, names: KnownNames) -> None:
        self.lexicon = lexicon
        self.patterns = patterns
        self.names = names
        self.skipped = frozenset(lexicon.between) | frozenset(lexicon.degrees)
        self.ands = frozenset(lexicon.both)
        self.helpers = {word: each.word for each in lexicon.helpers for word in each.stands_for}
        """Words before "not", each with the form that a verb without it would have."""

    def of(self, sentence: str, context: Antecedents) -> list[Clause]:
        """Return what a sentence states, in order."""
        return _SentenceReading(self, sentence, context).clauses()


class _SentenceReading:
    """One sentence, and what of it is stated so far."""

    def __init__(self, clauses: Clauses, sentence: str, context: Antecedents) -> None:
        self._lexicon = clauses.lexicon
        self._patterns = clauses.patterns
        self._names = clauses.names
        self._skipped = clauses.skipped
        self._ands = clauses.ands
        self._helpers = clauses.helpers
        self._sentence = sentence
        self._context = context
        self._words = tokens(sentence)
        self._hits = [hit for hit in self._patterns.hits(self._words) if self._is_outside(hit)]
        self._starts = {hit.start for hit in self._hits}
        self._parties = self._names.parties(sentence)
        self._taken: list[tuple[Hit, Speaker]] = []
        self._waiting: list[Hit] = []

    def _is_outside(self, hit: Hit) -> bool:
        """Return whether words stand outside of brackets: '(hereinafter referred to as ...)'."""
        before = [word.low for word in self._words[: hit.start]]
        return before.count("(") <= before.count(")")

    def clauses(self) -> list[Clause]:
        """Return what is stated."""
        self._go_through()
        if not self._taken and not self._waiting and (plain := self._plain()):
            self._taken.append(plain)
            self._go_through()  # what follows it: 'the sides named a chair, and agreed to meet'
        return self._ended()

    def _go_through(self) -> None:
        """Take the words of the lexicon that state something, in order."""
        for found in self._hits:
            hit = self._denied(found)
            if self._taken and hit.start < self._taken[-1][0].end:
                continue
            if self._opens(hit) or self._refers(hit):
                self._waiting.append(hit)
            elif subject := self._subject_of(hit):
                self._take(hit, subject)

    def _denied(self, hit: Hit) -> Hit:
        """Return words with what denies them, in front of them: 'did not agree'."""
        lexicon, words = self._lexicon, self._words
        at = self._before(hit.start)
        if at == 0 or words[at - 1].low not in lexicon.negations:
            return hit
        helper = words[at - 2].low if at > 1 else ""
        start = at - 2 if helper in self._helpers else at - 1
        said = " ".join(word.low for word in words[start : hit.end])
        form = self._helpers.get(helper, hit.form)
        return Hit(start, hit.end, Operative(verb=said, said=()), form, hit.pattern)

    def _before(self, at: int) -> int:
        """Return where the words end that stand in front of adverbs and helpers before a token."""
        lexicon, words = self._lexicon, self._words
        while at > 0:
            low = words[at - 1].low
            goes_on = low in lexicon.to and at > 1 and words[at - 2].low in lexicon.go_on
            if low not in self._skipped and not goes_on and not self._is_adverb(words[at - 1]):
                break
            at -= 1
        return at

    def _is_adverb(self, word: SentenceToken) -> bool:
        adverbs = self._lexicon.adverbs
        return bool(adverbs) and word.text[0].islower() and word.low.endswith(adverbs)

    # A sentence without words of the lexicon

    def _plain(self) -> tuple[Hit, Speaker] | None:
        """Return what those who met say plainly: 'the sides are united', 'they set a goal'."""
        for at in range(1, min(len(self._words), FARTHEST_PLAIN)):
            if not self._may_be_verb(at) or self._is_meeting(at) or self._is_unreal(at):
                continue
            subject = self._active(at, self._before(at))
            if subject and subject.sort != "unknown" and self._opens_sentence(subject):
                end = self._end_of_verb(at) if self._is_verb(at, subject) else 0
                if not end:
                    return None
                verb = " ".join(word.low for word in self._words[at:end])
                said = Operative(verb=verb, said=(), plain=True)
                return Hit(at, end, said, "past", ()), subject
        return None

    def _may_be_verb(self, at: int) -> bool:
        """Return whether a word could be the verb of a sentence."""
        word, lexicon = self._words[at], self._lexicon
        if self._before(at + 1) <= at:  # an adverb
            return False
        others = {*lexicon.all, *lexicon.one, *lexicon.small, *lexicon.below, *lexicon.both}
        stands = self._is_being(at) or word.low not in {*others, *lexicon.met, *lexicon.infinitive}
        return word.text[0].islower() and stands and not word.low.endswith("ing")

    def _is_meeting(self, at: int) -> bool:
        """Return whether words only say that those who met have met: 'took place'."""
        two = " ".join(word.low for word in self._words[at : at + 2])
        return two in self._lexicon.met

    def _is_being(self, at: int) -> bool:
        return self._words[at].low in self._lexicon.stands_for("BE")

    def _is_verb(self, at: int, subject: Speaker) -> bool:
        """Return whether a word is the verb of this subject; behind a pronoun each is."""
        low = self._words[at].low
        told = low.endswith("ed") or low in self._lexicon.finite or self._is_being(at)
        pronoun = subject.text.casefold() in self._lexicon.pronouns
        return pronoun or told or self._patterns.is_verb(low)

    def _opens_sentence(self, subject: Speaker) -> bool:
        """Return whether a subject begins a sentence, or follows what only leads to it."""
        return subject.start == 0 or self._words[subject.start - 1].low == ","

    def _end_of_verb(self, at: int) -> int:
        """Return the token after a verb: of 'are united' both words; 0 where 'are' says nothing."""
        if not self._is_being(at):
            return at + 1
        end = at + 1
        while end < len(self._words) and self._words[end].low in self._lexicon.between:
            end += 1
        word = self._words[end] if end < len(self._words) else None
        small = {*self._lexicon.small, *self._lexicon.met, *self._lexicon.below}
        return end + 1 if word and word.text[0].islower() and word.low not in small else 0

    def _take(self, hit: Hit, subject: Speaker) -> None:
        known = subject if subject.sort != "unknown" or subject.text else ALL
        self._taken += [(waiting, known) for waiting in self._waiting if hit.form != "ing"]
        self._waiting = []
        self._taken.append((hit, subject))

    def _ended(self) -> list[Clause]:
        if self._waiting and self._context.item:
            self._taken += [(hit, self._context.stem or ALL) for hit in self._waiting]
        self._taken.sort(key=lambda taken: taken[0].start)
        found: list[Clause] = []
        for index, (hit, subject) in enumerate(self._taken):
            following = self._taken[index + 1] if index + 1 < len(self._taken) else None
            found.append(self._clause(hit, subject, following))
        return [_whole(clause, found[index + 1 :]) for index, clause in enumerate(found)]

    def _clause(self, hit: Hit, subject: Speaker, following: tuple[Hit, Speaker] | None) -> Clause:
        words = self._words
        last = words[hit.end - 1]
        end = len(self._sentence)
        if following:
            other, whose = following
            before = self._before(other.start)
            begins = whose.start if hit.end <= whose.start < before else before
            end = words[max(begins, hit.end) - 1].end if begins <= other.start else last.end
            end = max(end, last.end)
            if all(
                word.low == "," or word.low in self._ands
                for word in words[hit.end : max(begins, hit.end)]
            ):
                end = last.end
        front = words[hit.start - 1].low if hit.start else ""
        degree = front if front in self._lexicon.degrees else ""
        start, begin = words[hit.start].start, last.end
        if self._is_passive(hit):
            begin = words[0].start
        phrase = self._sentence[start : last.end]
        return Clause(hit.said, hit.form, phrase, degree, subject, start, begin, end)

    # Which hits state something

    def _subject_of(self, hit: Hit) -> Speaker | None:
        """Return whose statement it is; None where it is none."""
        if hit.said.whole:
            return ALL if self._before(hit.start) == 0 else None
        if hit.said.names:
            return self._last() if self._taken and self._names_agreement(hit) else None
        if hit.form == "ing":
            return self._going_on(hit) or self._trailing(hit)
        if self._is_passive(hit):
            return self._passive(hit)
        at = self._before(hit.start)
        if self._is_unreal(hit.start):
            return None
        return (
            self._active(hit.start, at)
            or self._joined(hit, at)
            or self._strange(hit, at)
            or self._begins(hit, at)
        )

    def _is_unreal(self, verb: int) -> bool:
        """Return whether something was not done: 'they would have agreed'."""
        at = self._before(verb)
        front = [word.low for word in self._words[max(at - 1, 0) : verb]]
        have = self._lexicon.stands_for("HAVE")
        pairs = pairwise(word for word in front if word in {*have, *self._lexicon.unreal})
        return any(one in self._lexicon.unreal and two in have for one, two in pairs)

    def _last(self) -> Speaker:
        return self._taken[-1][1] if self._taken else ALL

    def _opens(self, hit: Hit) -> bool:
        """Return whether a participle opens the sentence: 'Recalling this, the sides agreed'."""
        if hit.form != "ing" or hit.said.common or self._taken:
            return False
        front = " ".join(word.low for word in self._words[: hit.start])
        if front in {"", *self._lexicon.leads}:
            return True
        before = self._words[hit.start - 1].low
        return bool(self._waiting) and (before == "," or before in self._ands)

    def _refers(self, hit: Hit) -> bool:
        """Return whether words in front of the main clause refer to an agreement."""
        return hit.said.names and not self._taken and self._names_agreement(hit)

    def _names_agreement(self, hit: Hit) -> bool:
        text = self._sentence[self._words[hit.end - 1].end :]
        return bool(self._names.agreements(text))

    def _going_on(self, hit: Hit) -> Speaker | None:
        """Return whose a verb in progress is: 'State A is looking forward to it'."""
        at = self._before(hit.start)
        if at < 2 or self._words[at - 1].low not in self._lexicon.passive:  # noqa: PLR2004
            return None
        front = self._before(at - 1)
        return self._active(hit.start, front) if front else None

    def _trailing(self, hit: Hit) -> Speaker | None:
        """Return whose a participle after the main clause is: ', noting that'."""
        if hit.said.common or hit.said.lists or not self._taken:
            return None
        at = self._before(hit.start)
        before = self._words[at - 1].low if at else ""
        after_comma = before == "," or (
            before in self._ands and at > 1 and self._words[at - 2].low == ","
        )
        follows = before in self._ands and self._taken[-1][0].form == "ing"
        return self._last() if after_comma or follows else None

    def _is_passive(self, hit: Hit) -> bool:
        at = self._before(hit.start)
        return (
            hit.form == "past"
            and at > 0
            and self._words[at - 1].low in self._lexicon.passive
            and not hit.said.whole
        )

    def _passive(self, hit: Hit) -> Speaker | None:
        """Return whose a passive is: 'it was agreed that', 'the report was noted by the sides'."""
        if self._taken or (hit.said.common and not hit.said.passive):
            return None
        front = [word.low for word in self._words[: hit.start]]
        bare = [word for word in front if word not in self._lexicon.between]
        if bare and bare[0] in self._lexicon.it:
            return ALL
        if (
            any(word in self._lexicon.relative for word in front)
            or front[0] in self._lexicon.nobody
        ):
            return None
        being = self._before(hit.start) - 1
        return None if being > 0 and front[being - 1] in self._lexicon.below else ALL

    def _active(self, verb: int, at: int) -> Speaker | None:
        """Return who stands before a verb, which is ``verb``, and adverbs that begin at ``at``."""
        if at == 0 or self._words[at - 1].low in self._ands:
            return None  # behind "and" the verb is another one of whoever spoke before
        floor = self._floor(at)
        found = self._pronoun_far_off(verb, at) or self._in_front(at, floor)
        if found is None and (front := self._before_inserted(at, floor)):
            found = self._in_front(front, floor)
        denied = found and found.text.partition(" ")[0].casefold() in self._lexicon.nobody
        return None if found is None or denied or self._is_below(found.start) else found

    def _in_front(self, at: int, floor: int) -> Speaker | None:
        """Return who stands directly in front of a token."""
        return self._party(at, floor) or self._noun(at, floor) or self._noun_with_of(at, floor)

    def _before_inserted(self, at: int, floor: int) -> int:
        """Return the comma in front of what is inserted: ', through its agency,'; 0 without."""
        words = self._words
        if words[at - 1].low != ",":
            return 0
        comma = next((i for i in range(at - 2, floor, -1) if words[i].low == ","), 0)
        inside = words[comma + 1].low in self._lexicon.inserted if comma else False
        return comma if inside and not self._has_hit(comma + 1, at) else 0

    def _strange(self, hit: Hit, at: int) -> Speaker | None:
        """Return who stands in front of a verb and is not known."""
        found = self._unknown(hit, at, self._floor(at)) if at else None
        return None if found is None or self._is_below(found.start) else found

    def _floor(self, at: int) -> int:
        """Return the first token that may belong to the subject."""
        return min(self._taken[-1][0].end if self._taken else 0, at)

    def _is_below(self, start: int) -> bool:
        return start > 0 and self._words[start - 1].low in self._lexicon.below

    def _pronoun_far_off(self, verb: int, at: int) -> Speaker | None:
        """Return the 'we' of 'We, the leaders of these states, agree'."""
        words = self._words
        opens = len(words) > 1 and words[1].low == "," and words[0].low in self._lexicon.all
        others = any(
            other.form in {"base", "past"} and other.start < verb and not other.said.common
            for other in self._hits
        )
        if self._taken or not opens or words[at - 1].low != "," or others:
            return None
        return Speaker(0, words[0].text, "all")

    def _noun(self, at: int, floor: int) -> Speaker | None:
        low = self._words[at - 1].low
        sort = "again" if low in self._lexicon.again else "all"
        if low not in self._lexicon.all and low not in self._lexicon.again:
            sort = "one"
            if low not in self._lexicon.one:
                return None
        start = self._back(at - 1, floor)
        text = self._text(start, at)
        if sort == "one" and self._names.side_of(text) is None:
            start = self._all_of(start, floor)
            return Speaker(start, self._text(start, at), "unknown")
        return Speaker(start, text, sort)

    def _all_of(self, start: int, floor: int) -> int:
        """Return where a row of persons or posts begins that ends with the one at a token."""
        words, begin = self._words, start
        if not (start and (words[start - 1].low in self._ands or words[start - 1].low == ",")):
            return start
        while begin > floor and (
            words[begin - 1].low == "," or words[begin - 1].low not in _BREAKS
        ):
            begin -= 1
        opens = begin == 0 and (
            words[0].text[0].isupper() or words[0].low in self._lexicon.articles
        )
        row = words[begin:start]
        odd = any(word.low in self._lexicon.relative for word in row) or self._has_hit(begin, start)
        led = row and row[0].low in (*self._lexicon.leads, *self._lexicon.below)
        return begin if opens and not odd and not led and len(row) <= LONGEST_ROW else start

    def _back(self, at: int, floor: int) -> int:
        """Return where the words begin that belong to the noun at a token."""
        lexicon, words = self._lexicon, self._words
        start = at
        while start > floor and at - start < FARTHEST:
            low = words[start - 1].low
            if low in _BREAKS or low in lexicon.below or low in self._ands:
                break
            if low in lexicon.small and start != at and low not in lexicon.articles:
                break
            start -= 1
            if low in lexicon.articles:
                break
        return start

    def _party(self, at: int, floor: int) -> Speaker | None:
        """Return the names of sides or bodies that end in front of a token."""
        end = self._words[at - 1].end
        first: int | None = None
        for party in reversed(self._parties):
            if party.end == end and party.start >= self._words[floor].start:
                first = party.start
                end = self._end_before(first)
        if first is None:
            return None
        start = next(i for i, word in enumerate(self._words) if word.end > first)
        while start > floor and self._words[start - 1].low in self._lexicon.articles:
            start -= 1
        if start and self._words[start - 1].low in self._ands:
            start = self._all_of(start, floor)  # with whom nobody knows: 'the Union and State A'
        return Speaker(start, self._text(start, at), "name")

    def _end_before(self, start: int) -> int:
        """Return where a name would end that stands before 'and' or a comma and this one."""
        front = self._sentence[:start].rstrip()
        for _ in range(4):
            front = front.rstrip(" ,&")
            for word in (*self._lexicon.articles, *self._lexicon.both):
                if front.casefold().endswith(f" {word}"):
                    front = front[: -len(word)].rstrip(" ,&")
        return len(front)

    def _noun_with_of(self, at: int, floor: int) -> Speaker | None:
        """Return the subject of 'the ministers of these states agreed'."""
        words = self._words
        for head in range(at - 2, max(floor, at - 40) - 1, -1):
            low = words[head].low
            if low not in self._lexicon.all and low not in self._lexicon.one:
                continue
            if words[head + 1].low not in self._lexicon.of or self._has_hit(head + 1, at):
                continue
            if self._is_said(head + 1, at):
                return None
            start = self._back(head, floor)
            opens = start in {0, floor} or words[start - 1].low in {",", ";"}
            if opens or words[start - 1].low in self._ands:
                if self._has_clause(head + 1, at):
                    return None
                sort = "all" if low in self._lexicon.all else "one"
                if sort == "one" and self._names.side_of(self._text(start, at)) is None:
                    start = self._all_of(start, floor)
                return Speaker(start, self._text(start, at), sort)
        return None

    def _is_said(self, start: int, end: int) -> bool:
        """Return whether words have a verb of their own: 'was not in a position to'."""
        verbs = {*self._lexicon.passive, *self._lexicon.negations}
        between = self._words[start:end]
        return between[-1].low in self._lexicon.to or any(word.low in verbs for word in between)

    def _has_clause(self, start: int, end: int) -> bool:
        """Return whether words are more than names: they say 'that' or 'which'."""
        return any(
            word.low in self._lexicon.relative or word.low == ";" for word in self._words[start:end]
        )

    def _has_hit(self, start: int, end: int) -> bool:
        return any(
            start <= hit.start < end
            and hit.form in {"base", "past", "s", "other"}
            and not hit.said.common
            for hit in self._hits
        )

    def _unknown(self, hit: Hit, at: int, floor: int) -> Speaker | None:
        """Return a subject that nobody knows: a proper name in front of a verb."""
        start = at
        while start > floor and self._words[start - 1].low not in _BREAKS - {"."}:
            start -= 1
        while start < at and start > floor and self._words[start].low in self._ands:
            start += 1
        opened = self._taken and start == floor
        several = any(word.low in self._ands for word in self._words[start:at])
        bare = hit.form == "base" and not several
        weak = hit.form == "other" and len(hit.pattern) == 1
        weak = weak or (hit.said.common and hit.form != "past")
        if opened or bare or weak or not self._is_name(start, at):
            return None
        start = self._all_of(start, floor) if several else start
        return Speaker(start, self._text(start, at), "unknown")

    def _is_name(self, start: int, end: int) -> bool:
        """Return whether words are a name: of a person, a state, a body."""
        lexicon, text = self._lexicon, self._words[start:end]
        if not text or len(text) > LONGEST_NAME or self._has_hit(start, end):
            return False
        first, last = text[0], text[-1]
        if not (first.text[0].isupper() or first.low in lexicon.articles):
            return False
        if not last.is_word or last.low in lexicon.small or first.low in lexicon.it:
            return False
        if any(word.low in lexicon.relative or word.low == ":" for word in text):
            return False
        proper = [word for word in text if word.text[0].isupper()]
        odd = first.low in (*lexicon.below, *lexicon.leads)
        alone = len(text) == 1 and start == 0 and not self._taken and not odd
        return bool(proper) and (len(proper) > 1 or proper[0] is not first or alone)

    def _joined(self, hit: Hit, at: int) -> Speaker | None:
        """Return whose a verb is that follows another one: 'welcomed this and agreed to that'."""
        if not self._taken or at == 0:
            return None
        last, before = self._taken[-1][0], self._words[at - 1].low
        follows = before in self._ands or before in {",", ";"}
        alike = _is_alike(hit, last) or (self._is_perfect(last) and hit.form in {"base", "s"})
        if last.said.whole or not follows or not alike:
            return None
        if hit.said is not last.said:
            weak = hit.said.common and before == "," and not self._is_finite(hit)
            if weak or self._is_infinitive(hit, last, at) or self._is_pair(at, last):
                return None
        return self._last()

    def _is_finite(self, hit: Hit) -> bool:
        """Return whether a form is a verb of its own: 'adopted the plan', not 'adopted in May'."""
        following = self._words[hit.end].low if hit.end < len(self._words) else ""
        return hit.form == "past" and following in self._lexicon.articles

    def _is_perfect(self, hit: Hit) -> bool:
        """Return whether a verb stands in the perfect: 'have agreed', and intend to go on."""
        at = self._before(hit.start)
        front = {word.low for word in self._words[at : hit.start]}
        return bool(front & {*self._lexicon.stands_for("HAVE")})

    def _is_pair(self, at: int, last: Hit) -> bool:
        """Return whether a verb only goes with one that states nothing: 'discussed and agreed'."""
        return at - 2 in self._starts and at - 2 >= last.end

    def _is_infinitive(self, hit: Hit, last: Hit, at: int) -> bool:
        """Return whether a verb goes on with 'to strengthen this and promote that'."""
        if hit.form not in {"base", "other"}:
            return False
        opened = [word.low for word in self._words[last.start : at]]
        infinitive = any(word in self._lexicon.infinitive for word in opened)
        weak = hit.said.common or hit.said.doing
        return infinitive and (weak or self._words[at - 1].low == ",")

    def _begins(self, hit: Hit, at: int) -> Speaker | None:
        """Return whose a verb is with which an item begins: '- welcomed the report'."""
        if at != 0 or self._taken or hit.form == "ing":
            return None
        stem = self._context.stem
        if hit.form == "base" and (stem is None or hit.said.common):
            return None
        if stem is None and not self._context.item and hit.form != "past":
            return None
        return stem or ALL

    def _text(self, start: int, end: int) -> str:
        return self._sentence[self._words[start].start : self._words[end - 1].end]


def _is_alike(hit: Hit, last: Hit) -> bool:
    """Return whether two verbs can have one subject: they have one form."""
    return hit.form == last.form or "other" in {hit.form, last.form} or last.form == "ing"


def _whole(clause: Clause, following: list[Clause]) -> Clause:
    """Return a clause with what it states: where it shares that with the next, what that has."""
    if clause.end > clause.begin or not following:
        return clause
    return clause._replace(begin=following[0].begin, end=following[0].end)
