"""What a sentence states in a script without blanks, where the verb stands last."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.desk.draft.clauses import ALL, Clause, Speaker

if TYPE_CHECKING:
    from reporter.desk.draft.clauses import Antecedents
    from reporter.desk.draft.known_names import KnownNames
    from reporter.desk.draft.lexicon import Lexicon, Operative
    from reporter.sources.reading import Reading

_TOPIC = re.compile(r"([^、,，。.\s]{1,40}?)[はが](?=[、,，]|\S)")  # noqa: RUF001
_AFTER = re.compile(r"\s*(?:[、,，。.;]|$|[（(]|ものの|とともに|上で|こと)")  # noqa: RUF001
_SHORTEST = 3  # signs of a form that may stand in the middle: what is shorter is a noun


class SignClauses:
    """Takes sentences apart, as ``Clauses`` does those of words."""

    def __init__(self, lexicon: Lexicon, reading: Reading, names: KnownNames) -> None:
        self._lexicon = lexicon
        self._names = names
        forms = {form: forms for forms in reading.verbs for form in forms}
        found: dict[str, Operative] = {}
        for operative in lexicon.operative:
            for said in operative.said:
                for form in forms.get(said, (said, _going_on(said))):
                    found.setdefault(form, operative)
        self._forms = sorted(found.items(), key=lambda one: (-len(one[0]), one[0]))

    def of(self, sentence: str, context: Antecedents) -> list[Clause]:
        """Return what a sentence states, in order."""
        subject = self._subject(sentence) or context.stem or ALL
        found: list[Clause] = []
        begin = subject.start + len(subject.text)
        for start, form, operative in self._hits(sentence):
            object_ = max(begin, found[-1].start + len(found[-1].phrase) if found else begin)
            found.append(
                Clause(operative, "past", form, "", subject, start, min(object_, start), start)
            )
        return found

    def _hits(self, sentence: str) -> list[tuple[int, str, Operative]]:
        taken: list[tuple[int, str, Operative]] = []
        for form, operative in self._forms:
            for match in re.finditer(re.escape(form), sentence):
                free = all(
                    match.end() <= start or start + len(other) <= match.start()
                    for start, other, _ in taken
                )
                if free and self._closes(form, sentence[match.end() :]):
                    taken.append((match.start(), form, operative))
        return sorted(taken, key=lambda one: one[0])

    @staticmethod
    def _closes(form: str, after: str) -> bool:
        """Return whether a verb closes a clause: a bare noun only at the end of a sentence."""
        if len(form) < _SHORTEST:
            return not after.strip("。. ")
        return bool(_AFTER.match(after))

    def _subject(self, sentence: str) -> Speaker | None:
        for match in _TOPIC.finditer(sentence):
            text = match[1]
            if text.endswith(self._lexicon.all):
                return Speaker(match.start(), match[0], "all")
            if self._names.parties(text) or text.endswith(self._lexicon.one):
                known = self._names.side_of(text)
                return Speaker(match.start(), match[0], "name" if known else "unknown")
        return None


def _going_on(said: str) -> str:
    """Return the form of a verb with which a sentence goes on: 歓迎し of 歓迎した."""
    for ending, going_on in (("した", "し"), ("する", "し"), ("った", "い"), ("べた", "べ")):
        if said.endswith(ending):
            return said.removesuffix(ending) + going_on
    return said
