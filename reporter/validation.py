"""Plain data to frozen records: pydantic's findings in our words, each at its line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError

from reporter.problems import Problem, ReporterError, did_you_mean

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

    from reporter.reader import Path_, Source
    from reporter.records.base import Record

R = TypeVar("R", bound="Record")

_EXPECTED = {
    "string_type": "a text",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "tuple_type": "a list",
    "list_type": "a list",
    "dict_type": "a mapping with fields",
    "model_type": "a mapping with fields",
    "model_attributes_type": "a mapping with fields",
}


def validate(model: type[R], source: Source, where: Path_ = ()) -> R:
    """Return the record of ``model`` found at ``where`` in a file. Raises ReporterError with every problem in it."""
    data: Any = source.data
    for step in where:
        data = data[step]
    try:
        return model.model_validate(data)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=True)
        raise ReporterError({_problem(model, source, where, detail): None for detail in details}) from None


def _problem(model: type[Record], source: Source, where: Path_, error: ErrorDetails) -> Problem:
    location = _real(source, where, error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind.startswith("reporter_"):
        return source.problem(location, context["message"], context["hint"])
    if kind == "extra_forbidden":
        hint = did_you_mean(str(location[-1]), _siblings(model, error["loc"]))
        return source.problem(location, f"unknown field '{location[-1]}'", hint or "the schema lists the fields that exist", of_key=True)
    if kind == "missing":
        return source.problem(location[:-1], *_missing(str(location[-1])))
    return source.problem(location, *_wrong(kind, context, error["input"]))


def _missing(name: str) -> tuple[str, str]:
    if name == "source":
        return "no source: the field 'source' is missing", "every statement names a document: 'source: document-id#paragraph'"
    return f"the field '{name}' is missing", f"add '{name}:'"


def _wrong(kind: str, context: dict[str, Any], value: object) -> tuple[str, str]:
    shown = f"'{value}'" if isinstance(value, str) else {None: "nothing"}.get(value, "this") if value is None else "this"
    if kind == "literal_error":
        expected = [word.strip("'") for word in context["expected"].replace(" or ", ", ").split(", ")]
        return f"{shown} is not one of the words allowed here", did_you_mean(str(value), expected) or f"one of: {', '.join(expected)}"
    if kind == "string_too_short":
        return "an empty text", "write it, or leave the field out"
    if kind == "string_pattern_mismatch":
        return f"{shown} is not of the form allowed here", f"it must match {context['pattern']}"
    if kind in _EXPECTED:
        return f"expected {_EXPECTED[kind]}, found {shown}", ""
    bound = next((f"{word} {context[key]}" for key, word in _BOUNDS.items() if key in context), "another value")
    return f"{shown} is out of range", f"it must be {bound}"


_BOUNDS = {"ge": "at least", "le": "at most", "min_length": "at least this many:", "max_length": "at most this many:"}


def _real(source: Source, where: Path_, location: tuple[int | str, ...]) -> Path_:
    """Drop from pydantic's location the steps that are not in the file (names of union members and validators)."""
    mark, way = source.mark, list(where)
    for step in where:
        mark = mark.children[step]
    for index, step in enumerate(location):
        if step in mark.children:
            mark = mark.children[step]
            way.append(step)
        elif index == len(location) - 1 and isinstance(step, str) and step.isidentifier():
            way.append(step)
    return tuple(way)


def _siblings(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the names of the fields that exist beside an unknown one."""
    found: type[BaseModel] = model
    for step in location[:-1]:
        field = found.model_fields.get(str(step))
        if field is not None:
            found = next(iter(_models(field.annotation)), found)
    return list(found.model_fields)


def _models(annotation: Any) -> list[type[BaseModel]]:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [model for argument in getattr(annotation, "__args__", ()) for model in _models(argument)]
