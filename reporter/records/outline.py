"""Statements as a record may list them: below the paragraph of each, with its verb for a key.

Whatever reads or edits a record finds them in one list, with a ``verb`` and a ``text`` each.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reporter.problems import Problem, did_you_mean, quoted
from reporter.records.inline import ends_with_sources, inline, key_span, mark_inline
from reporter.records.reader import Mark
from reporter.records.spans import Short, Span, spans
from reporter.records.statements import Statement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reporter.records.reader import Path_, Plain, Source

K = TypeVar("K", str, "str | int")
T = TypeVar("T")

# The ways to the lists of statements in the records that have some.
LISTS: tuple[Path_, ...] = (("statements", "items"), ("undertakings",))
# What of a statement stands elsewhere where it is below a paragraph, or where its verb is a key.
BELOW = "source"
SAID = ("verb", "text")
PARAGRAPH_PATTERN = r"^[1-9][0-9]{0,3}(\.[1-9][0-9]{0,3})?$"
LONGEST_VERB = 80  # characters; YAML has no key of more than one line
_FIELDS = frozenset(Statement.model_fields)


class _Listed(NamedTuple):
    """A statement as it is written."""

    way: Path_
    """The way to it in its list."""
    paragraph: str
    """That below which it stands; empty where it names its own."""
    verb: str
    """The key that is its verb; empty where it has a ``verb``."""


def can_be_key(verb: str) -> bool:
    """Return whether a verb is one also where it is a key, and not taken for a field."""
    is_short = len(verb) <= LONGEST_VERB and "\n" not in verb
    return is_short and verb not in _FIELDS and not did_you_mean(verb, _FIELDS)


def in_one_list(source: Source, *, cited: bool = True) -> Source:
    """Return a file of a record with its statements in one list, where they stand in it.

    With ``cited``, those below a paragraph cite it. What is no paragraph is left out, and told.
    """
    for way in LISTS:
        value = _at(source.data, way)
        if isinstance(value, list) or _is_outline(value):
            source = _arranged(source, way, value, cited=cited)
    return inline(source)


def spans_of(text: str) -> Span:
    """Return the values in the text of a file, statements in one list."""
    root = spans(text)
    for way in LISTS:
        if (span := root.at(way)) and not span.is_text:
            children = [_span(span, each, text) for each in _listed(_plain(span))]
            span.children = dict(enumerate(children))
    mark_inline(root, text)
    return root


def _at(data: Plain, way: Path_) -> Plain:
    for step in way:
        data = data.get(str(step)) if isinstance(data, dict) else None
    return data


def _is_outline(value: Plain) -> bool:
    return isinstance(value, dict) and (
        not value or any(re.match(PARAGRAPH_PATTERN, key) for key in value)
    )


def _listed(items: Plain) -> list[_Listed]:
    if isinstance(items, list):
        return [_Listed((index,), "", _verb(one)) for index, one in enumerate(items)]
    return [
        _Listed((key, index), key, _verb(one))
        for key, below in (items.items() if isinstance(items, dict) else ())
        if re.match(PARAGRAPH_PATTERN, key) and isinstance(below, list)
        for index, one in enumerate(below)
    ]


def _verb(one: Plain) -> str:
    """Return the key that is the verb of a statement: the only one that is no field of it."""
    if not isinstance(one, dict) or one.keys() & {*SAID}:
        return ""
    strange = [
        key for key, value in one.items() if can_be_key(key) and isinstance(value, str | None)
    ]
    if not strange and isinstance(one.get("reviewed"), str):  # a field, and a verb, too
        return "reviewed"
    return strange[0] if len(strange) == 1 else ""


def _fields(children: Mapping[K, T], verb: str, of_key: Callable[[T], T]) -> dict[K, T]:
    """Return the fields of a statement, where the key of one of them is its verb."""
    found: dict[K, T] = {}
    for name, each in children.items():
        found |= {"verb": of_key(each), "text": each} if name == verb else {name: each}
    return found


# Plain data, and marks


def _arranged(source: Source, way: Path_, value: Plain, *, cited: bool) -> Source:
    listed = _listed(value)
    mark = source.mark
    for step in way:
        mark = mark.children[step]
    items: list[Plain] = []
    found = Mark(mark.line, mark.column)
    found.key = mark.key
    for index, each in enumerate(listed):
        found.children[index] = _mark(mark, each, cited=cited)
        items.append(_statement(value, each, cited=cited))
    data = _put(source.data, way, items)
    faults = (*source.faults, *_strangers(source, way, value))
    return replace(source, data=data, mark=_marked(source.mark, way, found), faults=faults)


def _statement(value: Plain, listed: _Listed, *, cited: bool) -> Plain:
    one = value
    for step in listed.way:
        one = one[step]  # type: ignore[index]
    if not isinstance(one, dict):
        return one
    found = _fields(one, listed.verb, lambda _: listed.verb)
    is_below = cited and listed.paragraph and not ends_with_sources(found)
    return {BELOW: f"#{listed.paragraph}", **found} if is_below else found


def _mark(mark: Mark, listed: _Listed, *, cited: bool) -> Mark:
    above = mark
    for step in listed.way:
        above, mark = mark, mark.children[step]
    found = mark.holding({})
    if cited and listed.paragraph:
        found.children[BELOW] = _key_mark(above.key)
    found.children |= _fields(mark.children, listed.verb, lambda child: _key_mark(child.key))
    return found


def _key_mark(place: tuple[int, int] | None) -> Mark:
    return Mark(*(place or (1, 1)), place)


def _put(data: Plain, way: Path_, value: Plain) -> Plain:
    if not way or not isinstance(data, dict):
        return value
    step, *rest = way
    return {**data, str(step): _put(data[str(step)], tuple(rest), value)}


def _marked(mark: Mark, way: Path_, at_end: Mark) -> Mark:
    if not way:
        return at_end
    inside = _marked(mark.children[way[0]], way[1:], at_end)
    return mark.holding({**mark.children, way[0]: inside})


def _strangers(source: Source, way: Path_, value: Plain) -> list[Problem]:
    """Return what is wrong with a list by paragraph: no paragraph, or no list below it."""
    found = []
    for key, below in value.items() if isinstance(value, dict) else ():
        where = (*way, key)
        if not re.match(PARAGRAPH_PATTERN, key):
            hint = "write its number, '5', or that of a sentence, '5.2'"
            found.append(source.problem(where, f"{quoted(key)} is no paragraph", hint, of_key=True))
        elif not isinstance(below, list):
            hint = "begin each statement below it with '- '"
            found.append(source.problem(where, "expected a list of statements", hint))
    return found


# Places in a text


def _plain(span: Span) -> Plain:
    if span.is_text:
        return span.value
    if span.style in {"map", "{"}:
        return {str(name): _plain(child) for name, child in span.children.items()}
    return [_plain(child) for child in span.children.values()]


def _span(span: Span, listed: _Listed, text: str) -> Span:
    inside = span
    for step in listed.way:
        inside, span = span, span.children[step]
    said = span.children.get(listed.verb)
    children = _fields(span.children, listed.verb, lambda key: key_span(listed.verb, key, text))
    short = Short({"verb": listed.verb}, children["verb"], said) if said else None
    return replace(span, children=children, short=short, inside=inside, place=int(listed.way[-1]))
