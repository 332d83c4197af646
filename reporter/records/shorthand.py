"""What a record of a meeting or an agreement may say in short, written out before it is read.

``defaults`` at its head hold for the parts that need a field and do not have it; ``'#5'`` is a
paragraph of the record's own document; a body may go by its abbreviation, and tells its side;
statements may stand below their paragraph (see ``outline``). Whatever reads records sees them
written out, as if a person had done it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.problems import Problem, ReporterError, did_you_mean, quoted
from reporter.records.agreement import Agreement
from reporter.records.base import (
    CITATION_PATTERN,
    ID_PATTERN,
    NOT_VERIFIED,
    Citation,
    Defaults,
    Record,
    held,
)
from reporter.records.inline import HISTORY
from reporter.records.lookalikes import way_out
from reporter.records.meeting import Body, Cochair, Meeting, Participants
from reporter.records.outline import in_one_list
from reporter.records.reader import Path_
from reporter.records.references import fields_of
from reporter.records.statements import Entry, Post
from reporter.records.validation import validate

if TYPE_CHECKING:
    from reporter.records.reader import Plain, Source

HEAD = "defaults"
_SEVERAL = re.compile(r"[,;/&+\n]|\band\b")  # what people put between two bodies
WHERE = "where"  # one looked: what became of a statement others tell, and no other default holds
# What of a record its own document says: the parts for which the defaults hold.
OWN: dict[type[Record], frozenset[str]] = {
    Meeting: frozenset(
        {"place", "cochairs", "chaired_by", "participants", "also_present"}
        | {"statements", "firsts", "phrases"}
    ),
    Agreement: frozenset({"summary", "signing", "content", "undertakings"}),
}
_OWN_PARAGRAPH = re.compile(r"#[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})?")
# The same for an editor: an id or an abbreviation, a citation of a document or of the own one.
BODY_PATTERN = rf"{ID_PATTERN}|[^a-z0-9-]"
SOURCE_PATTERN = rf"{CITATION_PATTERN}|^{_OWN_PARAGRAPH.pattern}$"
_BODIES = {("organisation",), ("side", "organisation")}
_SIDED = frozenset({Cochair, Participants})  # the bodies that they name tell the side
# What parts are given that need it and do not say it: each with the way to where it is said.
_Held = dict[str, tuple[Any, Path_]]


class Called(NamedTuple):
    """A body on its side, and its abbreviation, if it has one."""

    side: str | None
    abbreviation: str
    id: str


@dataclass(frozen=True)
class Bodies:
    """The bodies of a project."""

    every: tuple[Called, ...] = ()
    ids: frozenset[str] = frozenset()
    """Those of sides and of all bodies."""
    named: tuple[tuple[str, str], ...] = ()
    """The names of all bodies and sides, each with its id."""

    def side_of(self, name: str) -> str | None:
        """Return the side of a body by its id, or an abbreviation or name that one body has."""
        ids = [name] if name in self.ids else self.called(name, None) or self.with_name(name)
        return self._sides.get(ids[0]) if len(ids) == 1 else None

    def called(self, abbreviation: str, side: str | None) -> list[str]:
        """Return the ids of the bodies that may be meant, where the side is known: of that one."""
        found = self._by_name.get(abbreviation, [])
        if side is None:
            return [body.id for body in found]
        own = [body.id for body in found if body.side == side]
        return own or [body.id for body in found if body.side is None]

    def names(self, side: str | None) -> list[str]:
        """Return the abbreviations that stand for a body of a side."""
        return [name for name in self._by_name if self.called(name, side)]

    def with_id(self, text: str) -> str:
        """Return the side or body whose id is written like a name; nothing where there is none."""
        found = re.sub(r"[\W_]+", "-", text.casefold())
        return found if found in self.ids else ""

    def with_name(self, text: str) -> list[str]:
        """Return the ids of the bodies, or of the side, of this name."""
        plain = text.casefold().removeprefix("the ")
        return [id_ for name, id_ in self.named if name.casefold().removeprefix("the ") == plain]

    @cached_property
    def _by_name(self) -> dict[str, list[Called]]:
        found: dict[str, list[Called]] = {}
        for body in self.every:
            if body.abbreviation:
                found.setdefault(body.abbreviation, []).append(body)
        return found

    @cached_property
    def _sides(self) -> dict[str, str | None]:
        return {body.id: body.side for body in self.every}


class _FieldParts(NamedTuple):
    """What is to be written out of a field of a model."""

    name: str
    default: bool
    """Whether ``defaults`` hold for it."""
    cites: bool
    names_body: bool
    models: tuple[type[Record], ...]


def written_out(model: type[Record], source: Source, bodies: Bodies) -> Source:
    """Return a file of a record of ``model`` with all that it says in short written out.

    What cannot be is left as it is, with its problem. Raises ReporterError where the defaults
    themselves are wrong, since what they hold for would be, too.
    """
    if model not in OWN or not isinstance(source.data, dict):
        return source
    source = in_one_list(source)
    writer = _RecordWriter(model, source, bodies)
    data = writer.write()
    return replace(
        source,
        data=data,
        filled=writer.filled,
        called=tuple(dict.fromkeys(writer.called)),
        faults=(*source.faults, *writer.faults),
    )


def takes_default(model: type[Record], name: str) -> bool:
    """Return whether ``defaults`` can give a field of a part of a record."""
    if name not in Defaults.model_fields or name not in model.model_fields:
        return model is Post and name == "organisation"  # a head is one of the body that chairs
    is_needed = (model, name) in {(Participants, "source"), (Entry, WHERE)}
    return is_needed or model.model_fields[name].is_required()


def is_handed_on(model: type[Record], name: str) -> bool:
    """Return whether a field of a part holds for its own parts, too: a co-chair's for its head."""
    return model is Cochair and name in {"source", "organisation"}


def names_body(model: type[Record], name: str) -> bool:
    """Return whether a field of a part of a record may name a body by its abbreviation."""
    return any(field.name == name and field.names_body for field in _fields(model))


def held_by(model: type[Record], name: str) -> tuple[type[Record], ...]:
    """Return the models of the parts that a field holds."""
    return next((field.models for field in _fields(model) if field.name == name), ())


def parts_of(model: type[Record], *, own: bool = False) -> frozenset[type[Record]]:
    """Return the models of all parts of a record, or of those for which its defaults hold."""
    waiting = [
        part
        for field in _fields(model)
        if not own or field.name in OWN[model]
        for part in field.models
    ]
    found: set[type[Record]] = set()
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.add(part)
            waiting += [inner for field in _fields(part) for inner in field.models]
    return frozenset(found)


class _RecordWriter:
    """Writes out one record."""

    def __init__(self, model: type[Record], source: Source, bodies: Bodies) -> None:
        self._model = model
        self._source = source
        self._bodies = bodies
        self._data: dict[str, Plain] = dict(source.data) if isinstance(source.data, dict) else {}
        self._document = self._data.get("document") if "document" in model.model_fields else None
        self._defaults: _Held = {}
        self.filled: dict[Path_, Path_] = {}
        self.called: list[Called] = []
        self.faults: list[Problem] = []

    def write(self) -> dict[str, Plain]:
        """Return the record without its defaults, which stand where they hold."""
        if HEAD in self._data:
            self._head(self._data.pop(HEAD))
        own = OWN[self._model]
        for field in _fields(self._model):
            if field.name in self._data:
                held = self._defaults if field.name in own else {}
                value = self._data[field.name]
                self._data[field.name] = self._field(field, value, (field.name,), None, held)
        return self._data

    def _head(self, defaults: Plain) -> None:
        found = self._part(Defaults, defaults, (HEAD,), None, {})
        data = {**self._data, HEAD: found}
        if self.faults:
            raise ReporterError(self.faults)
        validate(Defaults, replace(self._source, data=data), (HEAD,))
        if isinstance(found, dict):
            self._defaults = {name: (value, (HEAD, name)) for name, value in found.items()}

    def _part(
        self,
        model: type[Record],
        value: Plain,
        way: Path_,
        side: str | None,
        held: _Held,
    ) -> Plain:
        """Return a part of a record, of a side if that is known, with what the defaults give."""
        if model is Body and isinstance(value, str):
            return self._body(value, way, side)
        if not isinstance(value, dict):
            return value
        found = dict(value)
        for name, (given, whence) in self._given(model, found, way, held).items():
            found[name] = given
            self.filled[*way, name] = whence
        own = found.get("side") if model is not Defaults else None  # a default is no part's own
        side = own if isinstance(own, str) and "side" in model.model_fields else side
        for field in sorted(_fields(model), key=lambda field: bool(field.models)):
            name = field.name
            if name in found and (*way, name) not in self.filled:
                inner = held | self._handed_on(model, found, way)
                if name == HISTORY:
                    inner = {WHERE: inner[WHERE]} if WHERE in inner else {}
                found[name] = self._field(field, found[name], (*way, name), side, inner)
        return found

    def _given(self, model: type[Record], part: dict[str, Plain], way: Path_, held: _Held) -> _Held:
        """Return what a part needs, does not say, and is given."""
        found = {
            field.name: held[field.name]
            for field in _fields(model)
            if field.default and field.name in held and field.name not in part
            if field.name != WHERE or "checked" in part
        }
        if model in _SIDED and "side" not in {*part, *found} and (given := self._side(part, way)):
            found["side"] = given
        return found

    def _handed_on(self, model: type[Record], part: dict[str, Plain], way: Path_) -> _Held:
        """Return what a part hands on to those in it: a co-chair to its head."""
        ways = {name: (*way, name) for name in part if is_handed_on(model, name)}
        return {name: (part[name], self.filled.get(each, each)) for name, each in ways.items()}

    def _side(self, part: dict[str, Plain], way: Path_) -> tuple[str, Path_] | None:
        """Return the side of the body that has the chair, or of the first of a list with one."""
        bodies = part.get("bodies")
        named = [(part.get("organisation"), "organisation")]
        named += [
            (each.get("body") if isinstance(each, dict) else each, "bodies")
            for each in (bodies if isinstance(bodies, list) else [bodies])
        ]
        for body, name in named:
            if isinstance(body, str) and (side := self._bodies.side_of(body.strip())):
                self.called.append(Called(side, "", body.strip()))
                return side, (*way, name)
        return None

    def _field(
        self, field: _FieldParts, value: Plain, way: Path_, side: str | None, held: _Held
    ) -> Plain:
        if isinstance(value, list):
            return [
                self._field(field, item, (*way, index), side, held)
                for index, item in enumerate(value)
            ]
        if field.models:
            return self._part(field.models[0], value, way, side, held)
        if isinstance(value, str) and field.cites and _OWN_PARAGRAPH.fullmatch(value):
            return self._cited(value, way)
        if isinstance(value, str) and field.names_body:
            return self._body(value, way, side)
        return value

    def _cited(self, paragraph: str, way: Path_) -> str:
        found = self._own_documents()
        if len(found) == 1:
            return f"{found[0]}{paragraph}"
        shown = quoted(paragraph)
        if found:
            message = f"{shown} may be of {' or of '.join(map(quoted, found))}"
            hint = f"write which: '{found[0]}{paragraph}'"
        else:
            message = f"{shown} is of no document: this record does not say which is its own"
            first = "'document:' or " if "document" in self._model.model_fields else ""
            hint = f"add {first}'defaults: {{source: ...}}', or write 'document-id{paragraph}'"
        self.faults.append(self._source.problem(way, message, hint))
        return paragraph

    def _own_documents(self) -> list[str]:
        """Return the documents that the record itself, or its default source, names."""
        given, _ = self._defaults.get("source", ([], ()))
        cited = [
            str(each).partition("#")[0] for each in (given if isinstance(given, list) else [given])
        ]
        own = self._document
        named = [own] if isinstance(own, str) and own != NOT_VERIFIED else []
        return [name for name in dict.fromkeys([*named, *cited]) if name]

    def _body(self, text: str, way: Path_, side: str | None) -> str:
        if re.fullmatch(ID_PATTERN, text) or way_out(text):
            return text
        text = text.strip()
        found = self._bodies.called(text, side)
        if len(found) == 1:
            self.called.append(Called(side, text, found[0]))
            return found[0]
        if found:
            message = f"{quoted(text)} is the abbreviation of {len(found)} bodies"
            hint = f"write the id of one of them: {', '.join(sorted(found))}"
        else:
            of = f" of '{side}'" if side else ""
            message = f"no body{of} has the abbreviation {quoted(text)}"
            hint = self._instead(text, side)
        self.faults.append(self._source.problem(way, message, hint))
        return text

    def _instead(self, text: str, side: str | None) -> str:
        if called := self._bodies.with_name(text):
            own = [id_ for id_ in called if self._bodies.side_of(id_) in {side, None}] or called
            return f"it is the name of {', '.join(own)}: write the id"
        if others := self._bodies.called(text, None):
            return f"it is that of {', '.join(sorted(others))}, of another side"
        if _SEVERAL.search(text):
            return "several are a list: [a, b]; in a cell of a sheet they have commas between them"
        near = did_you_mean(text, self._bodies.names(side))
        if not near and (named := self._bodies.with_id(text)):
            near = f"did you mean {quoted(named)}?"
        return near or "write its id, or give the body its 'abbreviation' in organisations.yaml"


@cache
def _fields(model: type[Record]) -> tuple[_FieldParts, ...]:
    """Return the fields of a model of which anything may have to be written out."""
    found = []
    plain = {WHERE: None} if model is Entry else {}
    for name, refers in (fields_of(model) | plain).items():
        annotation = model.model_fields[name].annotation
        models = tuple(held(annotation, Record))
        cites = any(held(annotation, Citation))
        names_body = refers is not None and refers.kinds in _BODIES
        field = _FieldParts(name, takes_default(model, name), cites, names_body, models)
        if any(field[1:]):
            found.append(field)
    return tuple(found)
