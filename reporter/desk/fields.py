"""What each field of the records is for: ``reporter explain``, and the list of all fields.

All of it is in the models of the records: what is said here is said in an editor, too.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from reporter.dates import PATTERN as DATE
from reporter.desk.schema import (
    NEEDED_WITHOUT_DAY,
    NEEDED_WITHOUT_DEFAULT,
    NEEDED_WITHOUT_END,
    NEEDED_WITHOUT_KEY,
    schemas,
)
from reporter.outputs.files import write
from reporter.problems import Problem, ReporterError, did_you_mean
from reporter.records import KINDS, SERIES
from reporter.records.addresses import URL_PATTERN
from reporter.records.base import (
    ID_PATTERN,
    LANGUAGE_PATTERN,
    MATTER_PATTERN,
    RECORD_PATTERN,
    SENTENCE_PATTERN,
)
from reporter.records.outline import PARAGRAPH_PATTERN
from reporter.records.shorthand import BODY_PATTERN, SOURCE_PATTERN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    Json = dict[str, Any]

STARTER = Path(__file__).parent / "starter" / "project" / "data"
LONGEST = 90  # characters of an example
NAMED = (*(kind.name for kind in KINDS), SERIES.name, "project")
MEANT = {"body": "organisation", "bodies": "organisation"}
"""The kind, or the field, that is meant by what people call it."""
MEANT |= dict.fromkeys(("statement", "promise"), "meeting.statements.items")
MARKS = {
    "needed": "*",
    NEEDED_WITHOUT_DEFAULT: "+",
    NEEDED_WITHOUT_KEY: ":",
    NEEDED_WITHOUT_DAY: "-",
    NEEDED_WITHOUT_END: "=",
}
_OWN_PARAGRAPH = "; '#5' is one of the record's own document"
_PATTERNS = {
    BODY_PATTERN: "an id (or the abbreviation of a body)",
    DATE: "a date",
    ID_PATTERN: "an id",
    MATTER_PATTERN: "the id of a promise, or that of a programme with one of its tracks: "
    "'ferry#delivery'",
    RECORD_PATTERN: "an id",
    LANGUAGE_PATTERN: "the code of a language",
    SENTENCE_PATTERN: "a sentence: '5.2'",
    URL_PATTERN: "an address",
}
_COMMON = {
    "id": "Its id, by which others name it.",
    "text": "What there is to say, in our own words.",
    "date": "The day or period of it.",
    "source": "The document that says so.",
    "side": "The side, by its id.",
    "organisation": "The body, by its id.",
    "name": "Its name in each language.",
}
_PLAIN = {"integer": "a whole number", "boolean": "true or false"}


class Field(NamedTuple):
    """A field of a record or of a part of one."""

    name: str
    need: str
    """``needed``, or where it is; empty where it may be left out."""
    takes: str
    """What it may be, in words."""
    text: str
    """What it is for."""
    parts: tuple[str, ...]
    """The names of the models of what it holds."""


class FieldsPart(NamedTuple):
    """A record, or a part of one."""

    name: str
    text: str
    fields: tuple[Field, ...]


def explained(path: str) -> list[str]:
    """Return, line by line, what a kind of record, or a field like ``meeting.place.city``, is for.

    Of nothing it is what each kind is for. Raises ReporterError where there is no such thing.
    """
    if not path:
        width = max(map(len, NAMED))
        return [f"{kind:{width}}  {_found(kind, ())[0].text}" for kind in NAMED]
    first, dot, rest = path.partition(".")
    kind, *names = f"{MEANT.get(first, first)}{dot}{rest}".split(".")
    part, found = _found(kind, names)
    lines = _told(path, found) if found else [f"{path}: {part.text}"]
    example = _example(kind, names) if names else ""
    lines += [f"  for example: {example}"] if example else []
    return [*lines, *_listed(part.fields)]


def field_of(path: str) -> Field:
    """Return what there is to say of a field like ``meeting.place.city``."""
    kind, *names = path.split(".")
    found = _found(kind, names)[1]
    assert found  # noqa: S101 (a field is named)
    return found


def _found(kind: str, names: Iterable[str]) -> tuple[FieldsPart, Field | None]:
    """Return the field to which names lead, and the part that it holds, if it has fields."""
    schema = _schema(kind)
    part, found = _part(schema, _root(schema)), None
    for name in names:
        found = next((field for field in part.fields if field.name == name), None)
        if found is None:
            raise _unknown("field", name, [field.name for field in part.fields])
        part = _part(schema, found.parts[0]) if found.parts else FieldsPart(f"'{name}'", "", ())
    return part, found


def write_fields(project: Path) -> Path:
    """Write the list of all fields to ``data/FIELDS.md``. Raises OSError where that fails."""
    return write(project / "data" / "FIELDS.md", written().encode())


def written() -> str:
    """Return the list of all fields of all kinds, as Markdown."""
    lines = ["# Fields", "", "Written by `reporter schema`. `reporter explain` says the same."]
    for kind in NAMED:
        schema = _schema(kind)
        for name in _reached(schema, _root(schema)):
            part = _part(schema, name)
            head = f"## {kind}" if name == _root(schema) else f"### {kind}: {part.name}"
            lines += ["", head, "", part.text, "", "| field | | what it takes | what it is for |"]
            lines += ["|---|---|---|---|"]
            lines += [
                f"| `{field.name}` | {field.need} | {_cell(field.takes)} | {_cell(field.text)} |"
                for field in part.fields
            ]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _told(path: str, field: Field) -> list[str]:
    need = field.need or "may be left out"
    return [f"{path}: {field.text}".rstrip(": "), f"  takes {field.takes}; {need}"]


def _listed(fields: Iterable[Field]) -> Iterator[str]:
    found = tuple(fields)
    width = max((len(field.name) for field in found), default=0)
    for field in found:
        mark = MARKS.get(field.need, " ")
        yield f"  {mark} {field.name:{width}}  {field.takes}{field.text and ': '}{field.text}"
    for need, mark in MARKS.items():
        if any(field.need == need for field in found):
            yield f"  {mark} is {need}"


@cache
def _schemas() -> dict[str, Json]:
    """Return the schema of each kind of record by what people call it: its name, or its plural."""
    found = dict(schemas())
    for kind in KINDS:
        own = found[kind.name if kind.own_file else kind.plural]
        found |= {kind.name: own, kind.plural: own}
    return found


def _schema(kind: str) -> Json:
    if kind not in _schemas():
        raise _unknown("record", kind, NAMED)
    return _schemas()[kind]


def _unknown(what: str, name: str, known: Sequence[str]) -> ReporterError:
    there = f"there are: {', '.join(known)}" if known else "what stands before it has no fields"
    hint = did_you_mean(name, known) or there
    return ReporterError([Problem(None, f"there is no {what} '{name}'", hint)])


def _root(schema: Json) -> str:
    """Return the name of the model of a record; empty where the schema itself is it."""
    return str(schema["items"]["$ref"].rpartition("/")[2]) if "items" in schema else ""


def _part(schema: Json, name: str) -> FieldsPart:
    own = schema["definitions"][name] if name else schema
    needed = own.get("required", ())
    fields = tuple(
        Field(
            field,
            "needed" if field in needed else inner.get("$comment", ""),
            _takes(inner, schema),
            inner.get("description") or _fallback(field, inner, schema),
            tuple(_parts(inner, schema)),
        )
        for field, inner in own.get("properties", {}).items()
    )
    return FieldsPart(own.get("title", name), own.get("description", ""), fields)


def _fallback(field: str, inner: Json, schema: Json) -> str:
    """Return what a field is for that does not say it: what its model is, or what it always is."""
    models = [schema["definitions"][name].get("description", "") for name in _parts(inner, schema)]
    return next(iter(models), _COMMON.get(field, ""))


def _reached(schema: Json, first: str) -> list[str]:
    """Return the models of a record and of its parts, each once, in the order of its fields."""
    found = [first]
    for name in found:
        for field in _part(schema, name).fields:
            found += [part for part in dict.fromkeys(field.parts) if part not in found]
    return found


def _parts(inner: Json, schema: Json) -> Iterator[str]:
    """Yield the models that a field holds, itself or in a list, that have fields."""
    if "$ref" in inner:
        name = inner["$ref"].rpartition("/")[2]
        if schema["definitions"][name].get("properties"):
            yield name
    for key in ("anyOf", "allOf", "oneOf"):
        for each in inner.get(key, ()):
            yield from _parts(each, schema)
    if isinstance(inner.get("items"), dict):
        yield from _parts(inner["items"], schema)


def _takes(inner: Json, schema: Json) -> str:
    """Return in words what a field may be."""
    several = next((inner[key] for key in ("anyOf", "allOf", "oneOf") if key in inner), None)
    if several:
        words = [_takes(each, schema) for each in several if each.get("type") != "null"]
        return _either(
            "a list of them" if word == f"a list: each {words[0]}" else word
            for word in dict.fromkeys(words)
        )
    if "$ref" in inner:
        return _model(inner["$ref"].rpartition("/")[2], schema)
    if inner.get("type") == "array":
        return f"a list: each {_takes(inner['items'], schema)}" if inner.get("items") else "a list"
    if "enum" in inner or "const" in inner:
        return _either(f"'{word}'" for word in inner.get("enum", [inner.get("const")]))
    return _plain(inner)


def _model(name: str, schema: Json) -> str:
    definition = schema["definitions"][name]
    if definition.get("properties"):
        return f"{name} (fields of its own)"
    if "patternProperties" in definition:
        return "texts by language ('en: ...')"
    return _takes(definition, schema)


def _plain(inner: Json) -> str:
    if PARAGRAPH_PATTERN in inner.get("patternProperties", ()):
        return "such lists by paragraph ('3:' or '3.2:')"
    pattern = str(inner.get("pattern", ""))
    if pattern in _PATTERNS:
        return _PATTERNS[pattern]
    if "(#" in pattern:
        own = _OWN_PARAGRAPH if pattern == SOURCE_PATTERN else ""
        return f"a document's id (and '#' with a paragraph, or with a sentence of one{own})"
    kind = inner.get("type")
    if kind == "integer" and {"minimum", "maximum"} <= inner.keys():
        return f"a whole number from {inner['minimum']} to {inner['maximum']}"
    return _PLAIN.get(str(kind), "a text")


def _either(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def _example(kind: str, names: list[str]) -> str:
    """Return a value of the field in the project that ``reporter init`` writes, on one line."""
    plural = next((each.plural for each in KINDS if each.name == kind), kind)
    for path in sorted(STARTER.rglob("*.yaml")):
        if plural in {path.stem, path.parent.name}:
            content = path.read_text(encoding="utf-8")
            record = yaml.load(content, Loader=yaml.BaseLoader)  # noqa: S506 (texts alone)
            for value in _values(record, names):
                text = yaml.safe_dump(
                    value, default_flow_style=True, width=10_000, allow_unicode=True
                ).removesuffix("...\n")
                if len(text) <= LONGEST:
                    return text.strip()
    return ""


def _values(value: Any, names: list[str]) -> Iterator[Any]:  # noqa: ANN401 (as YAML has it)
    if isinstance(value, list):
        for each in value:
            yield from _values(each, names)
        if not names:
            yield value
    elif not names:
        yield value
    elif isinstance(value, dict) and names[0] in value:
        yield from _values(value[names[0]], names[1:])
