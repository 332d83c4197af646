"""Questions that a new record asks: each says what it is for, and takes no wrong answer."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reporter.desk.fields import field_of
from reporter.problems import Problem, ReporterError, did_you_mean, quoted, stop
from reporter.records import CALLED, KINDS
from reporter.records.base import NOT_VERIFIED, REPORT, Record, held
from reporter.records.project import bodies_of
from reporter.records.reader import parse
from reporter.records.references import citations, fields_of, references
from reporter.records.register import Document
from reporter.records.validation import validate_field
from reporter.records.writing import in_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable

    from reporter.records.project import Contents
    from reporter.records.reader import Plain

ANSWER = Path("answer")
BY_LANGUAGE = "by language"
SETTINGS = frozenset({"side", "area", "phrase"})
MOST_NAMED = 12  # of the records that an answer may name
NONE = "-"
"""What to type where there is none, in place of what is proposed."""


class Question(NamedTuple):
    """Something that a new record has to say."""

    name: str
    """What stands before the answer."""
    text: str
    """What it is for, and what it takes."""
    default: str | None
    """What is taken where nothing is typed; None where there has to be an answer."""
    answer: Callable[[str], Plain]
    """Turns what is typed into a value. Raises ReporterError with what is wrong with it."""


class Form:
    """Asks for the fields of a record of one kind."""

    def __init__(self, kind: str, contents: Contents, ask: Callable[[Question], Plain]) -> None:
        self.kind = kind
        self.contents = contents
        self.ask = ask

    def field(
        self,
        path: str,
        name: str = "",
        *,
        default: str | None = None,
        unsure: bool = False,
        more: str = "",
    ) -> Plain:
        """Return the answer for a field like ``place.city``; None where it is left out.

        ``name`` is what stands before the answer, ``more`` what else there is to say of it; with
        ``unsure`` nothing means not verified.
        """
        model, last = self._model_of(path)
        optional = not unsure and not model.model_fields[last].is_required()
        told = f"{self._told(path)}{more}"
        if optional:
            told += " May be left out."
        default = NOT_VERIFIED if unsure and default is None else default
        if optional and default is None:
            default = ""
        return self._asked(path, name or last, told, default)

    def many(self, path: str, name: str, side: str, default: Collection[str]) -> list[Plain]:
        """Return several bodies of a side, typed with commas; ``NONE`` for none proposed."""
        found = field_of(f"{self.kind}.{path.partition('.')[0]}")
        told = f"{found.text} Ids or abbreviations, with commas; '{NONE}' for none."

        def answers(typed: str) -> list[Plain]:
            return self._several(typed, side)

        answer = self.ask(Question(name, told, ", ".join(default) or NONE, answers))
        return answer if isinstance(answer, list) else []

    def source(self, path: str, document: str, what: str = "says so") -> str:
        """Return a citation of a document; where it has paragraphs, of the one that says so."""
        last = self.paragraphs(document)
        if not last:
            return document
        told = f"The paragraph of '{document}' that {what}: 1 to {last}; or a sentence of it, 2.1."
        answer = self.ask(
            Question(
                "paragraph",
                told,
                None,
                lambda typed: self._checked(path, f"{document}#{typed.lstrip('#')}", last),
            )
        )
        return str(answer)

    def paragraphs(self, document: str) -> int | None:
        """Return how many paragraphs a document has, if they are numbered."""
        known = {one.id: one.paragraphs for one in self.contents.every(Document)}
        return known.get(document)

    def _told(self, path: str) -> str:
        """Return what a field is for, what it takes, and what it may name."""
        found = field_of(f"{self.kind}.{path}")
        model, name = self._model_of(path)
        refers = fields_of(model).get(name)
        refers = None if refers and refers.kinds == (REPORT,) else refers
        takes = f"Takes {found.takes}."
        if BY_LANGUAGE in found.takes:
            takes = f"In the language of the records, '{self.contents.settings.language}'."
        elif refers or name == "source":
            known = sorted(self.known(refers.kinds if refers else ("document",)))
            takes = "Takes an id." if name == "source" else takes
            there = f"There are: {', '.join(known)}." if known else "There is none yet."
            takes = there if len(known) <= MOST_NAMED else takes
            if name in {"document", "source"}:
                takes += " A new one comes first: reporter new document."
        elif found.takes == "a text":
            takes = ""
        return " ".join(filter(None, (found.text, takes)))

    def _asked(self, path: str, name: str, told: str, default: str | None) -> Plain:
        def answer(typed: str) -> Plain:
            if not typed or (typed == NONE and default is not None):
                return None
            return self._checked(path, typed)

        return self.ask(Question(name, told, default, answer))

    def _several(self, typed: str, side: str) -> list[Plain]:
        names = [name.strip() for name in typed.split(",")] if typed.strip() != NONE else []
        bodies = bodies_of(self.contents.records, self.contents.settings.sides)
        for name in names:
            self._named(("organisation",), name)
            own = bodies.side_of(name)
            if own not in {None, side} and not bodies.called(name, side):
                hint = f"name those of '{side}'; whoever came for another side is added by hand"
                stop(None, f"{quoted(name)} is of '{own}'", hint)
        return [name for name in names if name]

    def _model_of(self, path: str) -> tuple[type[Record], str]:
        *above, name = path.split(".")
        model = next(kind.model for kind in KINDS if kind.name == self.kind)
        for step in above:
            model = next(held(model.model_fields[step].annotation, Record))
        return model, name

    def _checked(self, path: str, typed: str, last: int | None = None) -> Plain:
        """Return what was typed as a field has it."""
        model, name = self._model_of(path)
        info = model.model_fields[name]
        language = self.contents.settings.language
        is_name = BY_LANGUAGE in field_of(f"{self.kind}.{path}").takes
        value: Plain = {language: typed} if is_name and typed != NOT_VERIFIED else typed
        if is_name and typed == NOT_VERIFIED and NOT_VERIFIED not in str(info.annotation):
            value = {language: typed}
        try:
            record = validate_field(model, name, parse(ANSWER, in_lines({name: value}, 0)))
        except ReporterError as error:
            raise placeless(error.problems) from None
        self._refer(record, last)
        return value

    def _refer(self, record: Record, last: int | None) -> None:
        """Raise ReporterError where an answer names or cites what is not there."""
        for _, kinds, name in references(record):
            self._named(kinds, name)
        for _, cited in citations(record):
            self._named(("document",), cited.document)
            if last and (cited.paragraph is None or cited.paragraph > last):
                message = f"{quoted(cited.document)} has no such paragraph"
                stop(None, message, f"its last one is {last}")

    def _named(self, kinds: tuple[str, ...], name: str) -> None:
        known = self.known(kinds)
        if name not in known:
            what = " or ".join(CALLED.get(kind, kind) for kind in kinds[:2])
            few = ", ".join(sorted(known)[:MOST_NAMED])
            call = CALLED.get(kinds[-1], kinds[-1])
            add = f"reporter new {call}" if kinds[-1] not in SETTINGS else "to project.yaml"
            there = f"there are: {few}; or add it first: {add}" if few else f"add it first: {add}"
            stop(None, f"there is no {what} {quoted(name)}", did_you_mean(name, known) or there)

    def known(self, kinds: tuple[str, ...]) -> set[str]:
        """Return the ids that there are of some kinds, and the abbreviations of bodies."""
        settings = self.contents.settings
        found = {side.id for side in settings.sides if "side" in kinds}
        found |= {area.id for area in settings.areas if "area" in kinds}
        for loaded in self.contents.records:
            found |= {name for kind, name in loaded.facts.ids if kind in kinds}
            if loaded.facts.short and "organisation" in kinds:
                found.add(str(loaded.facts.short[1]))
        return found


def placeless(problems: Iterable[Problem]) -> ReporterError:
    """Return what is wrong with what is not written: no line of it can be looked at."""
    return ReporterError(Problem(None, problem.message, problem.hint) for problem in problems)
