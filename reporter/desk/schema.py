"""JSON Schemas of the kinds of record, for editors, and of each report as JSON.

With the schemas of records, editors complete and check a record while it is typed. Their draft is
07, which YAML language servers read best; pydantic writes 2020-12, so its keywords are translated.

A schema judges what an editor sees, which is not what our reader sees. Both take ``2023-03-24`` and
``2023-03`` as text (YAML 1.2 has no dates, and the servers keep to it). But to an editor ``8`` and
``2023`` are numbers, while our reader keeps the text until a model types it. So a number in the
models is an integer here, and a text that may consist of digits (a year, an id, a name) may be a
number here too. The schemas never refuse a plainly written record that ``reporter check`` accepts.
The reverse does not hold: only ``reporter check`` finds what needs a second look (a date that does
not exist, a reference to nothing, a quotation that is too long).

The schemas of reports say what ``--format json`` writes, for the programs that read it. They are of
draft 2020-12, exactly as pydantic gives them: no editor reads them, and what pydantic says of JSON
holds for JSON as it is.
"""

from __future__ import annotations

import json
import re
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

from reporter.dates import PATTERN as DATE
from reporter.desk.docstrings import descriptions
from reporter.kinds import KINDS as REPORT_KINDS
from reporter.outputs.files import write
from reporter.problems import stop
from reporter.records import KINDS, SERIES, Project
from reporter.records.base import CITATION_PATTERN, ID_PATTERN
from reporter.records.inline import DATED_PATTERN, HISTORY
from reporter.records.outline import BELOW, PARAGRAPH_PATTERN, SAID
from reporter.records.shorthand import (
    BODY_PATTERN,
    HEAD,
    OWN,
    SOURCE_PATTERN,
    WHERE,
    held_by,
    is_handed_on,
    names_body,
    parts_of,
    takes_default,
)
from reporter.records.statements import Entry, Statement
from reporter.reports import views_of
from reporter.text import check_inside

if TYPE_CHECKING:
    from pathlib import Path

    from pydantic.json_schema import JsonSchemaValue

    from reporter.records import Record
    from reporter.reports.views import Report

DRAFT = "http://json-schema.org/draft-07/schema#"
REPORT_DRAFT = GenerateJsonSchema.schema_dialect
FOLDER = ".schema"  # in data/
NEEDED_WITHOUT_DEFAULT = "needed where no default holds"
NEEDED_WITHOUT_KEY = "needed where no key is the verb of the text: 'discussed: the plan'"
NEEDED_WITHOUT_DAY = "needed where no key is the day of the text: '2023-06-13 met: It is built'"
NEEDED_WITHOUT_END = "needed where no default holds and no text ends with it: 'It is built [s22#1]'"
# A part has a source, or it has a text that ends with one in brackets.
_ENDED = {"type": "string", "pattern": r"\]$"}
_CITED = {"anyOf": [{"required": [BELOW]}, {"not": {"additionalProperties": {"not": _ENDED}}}]}
_STATEMENT = {"$ref": "#/definitions/Statement"}
Json = dict[str, Any]

_OF_NAMES = frozenset({"properties", "patternProperties", "definitions"})  # names to schemas
_OF_LISTS = frozenset({"anyOf", "allOf", "oneOf"})
_OF_ONE = frozenset({"items", "additionalProperties", "propertyNames"})
# Pydantic's own, which it leaves standing where a validator comes first.
_WORDS = {"ge": "minimum", "le": "maximum"}
# Defaults that an editor would write out when it completes a field.
_NOTHING: tuple[object, ...] = (None, [])


def write_schemas(project: Path) -> tuple[Path, ...]:
    """Write the schema of each kind of file and of report to ``data/.schema/``.

    Raises ReporterError where that cannot be done.
    """
    data = project / "data"
    if not data.is_dir():
        hint = "name the folder of the project with --project; it holds data/"
        stop(data, "there is no such folder", hint)
    folder = data / FOLDER
    try:
        check_inside(data, project)
        folder.mkdir(exist_ok=True)
        check_inside(folder, project)
        return tuple(
            write(folder / f"{name}.json", as_text(schema).encode())
            for name, schema in (schemas() | report_schemas()).items()
        )
    except OSError as error:
        stop(folder, f"cannot write here: {error.strerror}", "check the permissions of the folder")


@cache
def schemas() -> MappingProxyType[str, Json]:
    """Return each schema by its name: the kind, or its plural for a shared file."""
    own = {kind.name: _own_file(kind.model) for kind in (*KINDS, SERIES) if kind.own_file}
    shared = {
        kind.plural: _shared_file(kind.plural, kind.model) for kind in KINDS if not kind.own_file
    }
    return MappingProxyType({**own, **shared, "project": _own_file(Project)})


@cache
def report_schemas() -> MappingProxyType[str, Json]:
    """Return the schema of each kind of report by its name: ``report-meeting``."""
    return MappingProxyType(
        {f"report-{kind}": _report(views_of(kind).model) for kind in REPORT_KINDS}
    )


def as_text(schema: Json) -> str:
    """Return a schema as it stands in its file."""
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _report(model: type[Report]) -> Json:
    return {
        "$schema": REPORT_DRAFT,
        **model.model_json_schema(mode="serialization", schema_generator=_AllRequired),
    }


class _Described(GenerateJsonSchema):
    """Describes fields by what stands below them, and gives them no titles that repeat names.

    Pydantic can describe them too, but whenever the models are imported, which takes time.
    """

    def field_title_should_be_set(self, schema: object) -> bool:  # noqa: ARG002 (pydantic's name)
        return False

    def model_schema(self, schema: Any) -> JsonSchemaValue:  # noqa: ANN401 (of pydantic's core)
        """Return the schema of a model, with the descriptions of its fields."""
        found = super().model_schema(schema)
        for name, description in descriptions(schema["cls"]).items():
            if field := found.get("properties", {}).get(name):
                field["description"] = description
        return found


class _AllRequired(_Described):
    """Requires every field: what a report does not say is written as null or as an empty list."""

    def field_is_required(
        self,
        field: object,  # noqa: ARG002 (pydantic's names)
        total: bool,  # noqa: ARG002, FBT001 (as above)
    ) -> bool:
        return True


def _of_model(model: type[Record]) -> Json:
    found = model.model_json_schema(
        ref_template="#/definitions/{model}", schema_generator=_Described
    )
    definitions = dict(sorted(found.pop("$defs", {}).items()))
    return _translate({**found, "definitions": definitions})


def _own_file(model: type[Record]) -> Json:
    found = _of_model(model)
    return {"$schema": DRAFT, **(_in_short(found, model) if model in OWN else found)}


def _in_short(schema: Json, model: type[Record]) -> Json:
    """Let an editor accept what a record may say in short."""
    with_defaults = parts_of(model, own=True)
    for part in (model, *parts_of(model)):
        own = schema if part is model else schema["definitions"].get(part.__name__, {})
        fields = own.get("properties", {})
        for name in fields:
            if names_body(part, name):
                fields[name] = _patterned(fields[name], ID_PATTERN, BODY_PATTERN)
            if part in with_defaults and takes_default(part, name) and name != WHERE:
                fields[name]["$comment"] = NEEDED_WITHOUT_DEFAULT
        needed = own.get("required", [])
        if "text" in fields and BELOW in needed:
            held = "$comment" in fields[BELOW]
            fields[BELOW]["$comment"] = NEEDED_WITHOUT_END
            own |= {} if held else {"allOf": [_CITED]}
        own |= {"required": [name for name in needed if "$comment" not in fields[name]]}
    schema["allOf"] = [_without_default(model, name) for name in ("by", BELOW)]
    _dated(schema["definitions"][Entry.__name__])
    for field in _with_statements(schema):
        field.update(_outlined(field))
    found: Json = _patterned(schema, CITATION_PATTERN, SOURCE_PATTERN)
    return found


def _dated(entry: Json) -> None:
    """Let a day be the key of the text of an entry."""
    text = {"type": ["string", "number"], "description": "What happened, or was looked for."}
    entry["required"].remove("text")
    entry["patternProperties"] = {DATED_PATTERN: text}
    dated = {"propertyNames": {"not": {"const": "text"}}}
    entry["anyOf"] = [{"required": ["text"]}, dated]
    entry["properties"]["text"]["$comment"] = NEEDED_WITHOUT_DAY


def _with_statements(schema: Json) -> list[Json]:
    """Return the lists of statements in the schema of a record; these may have a short form."""
    _said_by_key(schema["definitions"][Statement.__name__])
    parts = (schema, *schema["definitions"].values())
    fields = [field for part in parts for field in part.get("properties", {}).values()]
    return [field for field in fields if field.get("items") == _STATEMENT]


def _said_by_key(statement: Json) -> None:
    """Let a key that is no field be the verb of a statement, and its value what follows."""
    needed = [name for name in statement["required"] if name not in SAID]
    whole = {"required": [*SAID], "propertyNames": {"enum": [*statement["properties"]]}}
    key = {"not": {"anyOf": [{"required": [name]} for name in SAID]}}
    text = {"type": ["string", "number"], "description": "What follows the verb."}
    statement |= {"required": needed, "additionalProperties": text, "anyOf": [whole, key]}
    for name in SAID:
        statement["properties"][name]["$comment"] = NEEDED_WITHOUT_KEY


def _outlined(field: Json) -> Json:
    """Let a list of statements be one by paragraph, in which none needs a source."""
    one = {key: field.pop(key) for key in ("items", "type")}
    below = {"type": "array", "items": one["items"]}
    by_paragraph = {
        "type": "object",
        "patternProperties": {PARAGRAPH_PATTERN: below},
        "additionalProperties": False,
    }
    return {"anyOf": [one, by_paragraph]}


def _without_default(model: type[Record], name: str) -> Json:
    """Return that the parts of a record need a field for which it gives no default."""
    given = {"required": [HEAD], "properties": {HEAD: {"required": [name]}}}
    parts = {
        field: needing
        for field in sorted(OWN[model])
        if (needing := _needing(held_by(model, field), name))
    }
    return {"if": {"not": given}, "then": {"properties": parts}}


def _needing(models: tuple[type[Record], ...], name: str) -> Json:
    """Return that a part, or each of a list, needs a field, if it is one that may have it."""
    found: Json = {}
    for model in models:
        if takes_default(model, name) and model.model_fields[name].is_required():
            cites = name == BELOW and "text" in model.model_fields
            found |= {"allOf": [_CITED]} if cites else {"required": [name]}
        parts = {
            field: needing
            for field in model.model_fields
            if field != HISTORY and (needing := _needing(held_by(model, field), name))
        }
        if is_handed_on(model, name):
            parts = {}
        found |= {"properties": parts} if parts else {}
    if Statement in models and found:
        below = (
            {} if name == BELOW else {"patternProperties": {PARAGRAPH_PATTERN: {"items": found}}}
        )
        return {"items": found, **below}
    return {**found, "items": found} if found else {}


def _patterned(schema: Any, old: str, new: str) -> Any:  # noqa: ANN401
    """Return a schema with one pattern in place of another, wherever it stands."""
    if isinstance(schema, dict):
        return {
            key: new if key == "pattern" and value == old else _patterned(value, old, new)
            for key, value in schema.items()
        }
    return [_patterned(each, old, new) for each in schema] if isinstance(schema, list) else schema


def _shared_file(plural: str, model: type[Record]) -> Json:
    one = _of_model(model)
    definitions = {**one.pop("definitions"), model.__name__: one}
    return {
        "$schema": DRAFT,
        "title": plural.capitalize(),
        "type": "array",
        "items": {"$ref": f"#/definitions/{model.__name__}"},
        "definitions": dict(sorted(definitions.items())),
    }


def _translate(schema: Json) -> Json:
    """Return a schema, and all inside it, in the words of draft 07."""
    found = {
        _WORDS.get(key, key): _inside(key, value)
        for key, value in schema.items()
        if key != "default" or value not in _NOTHING
    }
    if "description" in found:
        found["description"] = found["description"].replace("``", "`").replace("\n", " ")
    if "patternProperties" in found:
        found.setdefault("additionalProperties", False)
    if found.get("type") == "string" and "enum" not in found and "const" not in found:
        found |= _digits(found.get("pattern"))
    if "$ref" in found and len(found) > 1:  # in draft 07 nothing beside a reference counts
        found["allOf"] = [{"$ref": found.pop("$ref")}]
    return found


def _inside(key: str, value: Any) -> Any:  # noqa: ANN401
    if key in _OF_NAMES:
        return {name: _translate(inner) for name, inner in value.items()}
    if key in _OF_LISTS:
        return [_translate(inner) for inner in value]
    return _translate(value) if key in _OF_ONE and isinstance(value, dict) else value


def _digits(pattern: str | None) -> Json:
    """Return the types that an editor may see where the model has a text.

    A number is one of them if the text may consist of digits.
    """
    if pattern is None:
        return {"type": ["string", "number"]}
    if pattern == DATE:  # a year
        return {"type": ["string", "integer"], "minimum": 1, "maximum": 9999}
    return {"type": ["string", "integer"] if re.search(pattern, "2023") else "string"}
