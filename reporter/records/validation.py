"""Makes frozen records of plain data: pydantic's findings in our words, each at its line."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError, create_model

from reporter.dates import PATTERN
from reporter.problems import Problem, ReporterError, did_you_mean, quoted
from reporter.records import addresses
from reporter.records.base import (
    ID_PATTERN,
    LANGUAGE_PATTERN,
    RECORD_PATTERN,
    SENTENCE_PATTERN,
    Record,
    held,
)
from reporter.records.dateforms import elsewhere
from reporter.records.lookalikes import QUOTES, straight, way_out
from reporter.records.slips import COMMA, COMMENT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails

    from reporter.records.reader import Path_, Source

R = TypeVar("R", bound="Record")

# What was expected, and how to write it, by pydantic's code of the error.
_EXPECTED = {
    "string_type": ("a text", "write one text, in quotation marks if it has a colon"),
    "bool_type": ("true or false", "write true or false, without quotation marks"),
    "tuple_type": ("a list", "begin each item with '- ', or write [one, two]"),
    "dict_type": ("a mapping with fields", "write each language by its code: {en: ..., ja: ...}"),
    "model_type": ("a mapping with fields", "write its fields below it, further to the right"),
}
_FORMS = {
    ID_PATTERN: "an id has small letters, digits and single hyphens: 'joint-statement-08'",
    RECORD_PATTERN: "an id has small letters, digits and single hyphens: 'joint-statement-08'; "
    "a meeting of another series has that before it: 'talks/meeting-08', of the project's own '/'",
    SENTENCE_PATTERN: "a sentence is its paragraph and its number there: '5.2'",
    LANGUAGE_PATTERN: "the code of a language has small letters: 'en', 'ja'",
}
# Codes of errors of values in which each character is one of a keyboard.
_PLAIN = frozenset(
    {"bool_type", "citation", "date", "literal_error", "number", "string_pattern_mismatch", "word"}
)
# A word that is allowed, as pydantic writes it: in double marks where it has a single one.
_WORD = re.compile(r"'([^']+)'|\"([^\"]+)\"")
SHARED = frozenset({"by", "side"})  # fields of parts of a record, for which it may have a default
_BOUNDS = {"greater_than_equal": ("at least", "ge"), "less_than_equal": ("at most", "le")}


def validate(model: type[R], source: Source, where: Path_ = ()) -> R:
    """Return the record of ``model`` found at ``where`` in a file.

    Raises ReporterError with every problem in it.
    """
    data: Any = source.data
    for step in where:
        data = data[step]
    empty = [
        problem
        for way, problems in source.nothing.items()
        if way[: len(where)] == where
        for problem in problems
    ]
    try:
        record = model.model_validate(data)
    except ValidationError as error:
        # What a comment or a comma cut off has no value: that it is of no type would only puzzle.
        cut_off = (problem for problem in empty if problem.hint in {COMMA, COMMENT})
        better = [*source.faults, *cut_off]
        problems = _elsewhere(_problems(model, source, where, error), better)
        empty = _elsewhere(empty, problems)
        raise ReporterError([*problems, *source.faults, *empty]) from None
    if empty or source.faults:
        raise ReporterError([*source.faults, *empty])
    return record


def validate_field(model: type[Record], name: str, source: Source) -> Record:
    """Return a record that has nothing but one field of ``model``, as the others do not matter."""
    info = model.model_fields[name]
    fields: dict[str, Any] = {name: (info.annotation, info)}
    return validate(create_model(model.__name__, __base__=Record, **fields), source)


def _elsewhere(problems: Iterable[Problem], others: Iterable[Problem]) -> list[Problem]:
    """Return those problems that are not at the place of one of the others."""
    told = {(problem.line, problem.column) for problem in others}
    return [problem for problem in problems if (problem.line, problem.column) not in told]


def _problems(
    model: type[Record], source: Source, where: Path_, error: ValidationError
) -> list[Problem]:
    found = error.errors(include_url=False, include_context=True)
    details = [detail for detail in found if not _follows(detail, found)]
    return list(dict.fromkeys(_problem(model, source, where, detail) for detail in details))


def _follows(detail: ErrorDetails, found: list[ErrorDetails]) -> bool:
    """Return whether something is called wrong only because something else is.

    pydantic does not count the items that are wrong, and makes no default out of wrong fields.
    """
    where = detail["loc"]
    if detail["type"] == "default_factory_not_called":
        return True
    if where[-1:] == ("[key]",):  # a name that is wrong and has no value is rather no name
        return any(other["loc"] == where[:-1] and other["input"] is None for other in found)
    return detail["type"] == "too_short" and any(
        len(other["loc"]) > len(where) and other["loc"][: len(where)] == where for other in found
    )


def _problem(model: type[Record], source: Source, where: Path_, error: ErrorDetails) -> Problem:
    location = _real(source, where, error["loc"])
    kind, context = error["type"], error.get("ctx", {})
    if kind.startswith("reporter_"):
        hint = _odd(kind.removeprefix("reporter_"), error["input"]) or context["hint"]
        if kind == "reporter_date" and location[-1:] != ("due",):
            hint = elsewhere(hint)
        return source.problem((*location, *context["where"]), context["message"], hint)
    if kind == "extra_forbidden":
        name, fields = str(location[-1]), _siblings(model, error["loc"])
        near = did_you_mean(straight(name).strip(f" {QUOTES}"), fields)
        hint = way_out(name) or near or f"the fields here are: {', '.join(fields)}"
        return source.problem(location, f"unknown field {quoted(name)}", hint, of_key=True)
    if kind == "missing":
        message, hint = _missing(str(location[-1]))
        if model.__name__ == "Project":  # the first that a newcomer writes
            hint += f"; an example: 'reporter explain project.{location[-1]}'"
        return source.problem(location[:-1], message, hint)
    message, hint = _wrong(kind, context, error["input"])
    if hint == _EXPECTED["model_type"][1]:
        names = [model.__name__.lower(), *(step for step in location if isinstance(step, str))]
        hint += f"; 'reporter explain {'.'.join(names)}' names them"
    return source.problem(location, message, hint, of_key=error["loc"][-1:] == ("[key]",))


def _missing(name: str) -> tuple[str, str]:
    if name == "source":
        return (
            "no source: the field 'source' is missing",
            "every statement names a document: 'source: document-id#paragraph'",
        )
    once = f", or once for all parts: 'defaults: {{{name}: ...}}'" if name in SHARED else ""
    return f"the field '{name}' is missing", f"add '{name}:'{once}"


def _odd(kind: str, value: object) -> str:
    """Return the hint where a value that should be plain has a deceptive character."""
    if kind not in _PLAIN or not isinstance(value, str):
        return ""
    is_date = re.fullmatch(PATTERN, straight(value).strip(f" {QUOTES}"))
    return way_out(value) if kind != "date" or is_date else ""


def _wrong(kind: str, context: dict[str, Any], value: object) -> tuple[str, str]:
    shown, odd = _shown(value), _odd(kind, value)
    if kind in _EXPECTED:
        expected, hint = _EXPECTED[kind]
        return f"expected {expected}, found {shown}", odd or _no_blank(value) or hint
    if kind == "literal_error":
        words = [one or other for one, other in _WORD.findall(context["expected"])]
        near = did_you_mean(value, words) if isinstance(value, str) else ""
        hint = odd or near or f"one of: {', '.join(words)}"
        return f"{shown} is not one of the words allowed here", hint
    if kind == "string_pattern_mismatch":
        pattern = context["pattern"]
        if pattern == addresses.URL_PATTERN:
            return f"{shown} is not of the form allowed here", addresses.way_out(str(value))
        if odd and pattern == ID_PATTERN:  # what it seems to be may be no id either
            odd = f"{odd.rpartition(': write ')[0]}: write {quoted(_as_id(straight(str(value))))}"
        hint = odd or _FORMS.get(pattern, f"it must match {pattern}")
        if pattern == ID_PATTERN and not odd and (written := _as_id(value)):
            hint = f"write it {quoted(written)}: {hint.partition(':')[0]}"
        return f"{shown} is not of the form allowed here", hint
    return _wrong_size(kind, context, shown)


def _as_id(value: object) -> str:
    """Return a text as an id, in which only capitals, blanks and marks are others."""
    plain = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")


def _no_blank(value: object) -> str:
    """Return the way out where a field was written without a blank, so that it is a text."""
    found = re.fullmatch(r"([a-z_]+):([^\s/].*)", value) if isinstance(value, str) else None
    return f"write '{found[1]}: {found[2]}', with a blank after the colon" if found else ""


def _wrong_size(kind: str, context: dict[str, Any], shown: str) -> tuple[str, str]:
    if kind == "string_too_short":
        return "an empty text", "write it, or leave the field out"
    if kind == "string_too_long":
        return f"{shown} is too long", f"it may have {context['max_length']} characters"
    if kind == "too_short":
        return f"too few: {context['actual_length']}", f"{context['min_length']} or more are needed"
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return f"{shown} is out of range", f"it must be {words} {context[bound]}"
    return f"{shown} is not allowed here", f"the validator says: {kind}"


def _shown(value: object) -> str:
    """Return a value as a message names it."""
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, dict | list):
        return "a mapping" if isinstance(value, dict) else "a list"
    return "nothing" if value is None else str(value).lower()


def _real(source: Source, where: Path_, location: tuple[int | str, ...]) -> Path_:
    """Drop from pydantic's location the steps that are not in the file.

    Such a step is the index in a list that was written without its dash.
    """
    span, way = source.root, list(where)
    for step in where:
        span = span.children[step]
    for index, step in enumerate(location):
        if step in span.children:
            span = span.children[step]
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
            found = next(held(field.annotation, BaseModel), found)
    return list(found.model_fields)
