"""Writes plain data as YAML in each of its styles, and remembers the place of each key and value.

It shares nothing with the reader: a problem of a value is to be reported at the place that this
says.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

Way = tuple[str | int, ...]
_PLAIN = re.compile(r"[^\W_](?:[\w.;()/+=]|[ -](?=\w)|'(?=\w)|:(?=/))*")
_SPECIAL = frozenset({"null", "true", "false", ""})
_STYLES = ("plain", "plain", "plain", "single", "double", "literal", "folded")


class Raw(str):
    """A value that is written as it is: an alias, a tag, what is no YAML at all."""

    __slots__ = ()


class Spot(NamedTuple):
    """Line and column of a value, and of its key."""

    line: int
    column: int
    key_line: int
    key_column: int


class Written(NamedTuple):
    """The text of a file, and where what stands in it."""

    text: str
    spots: dict[Way, Spot]


def write(data: object, random: Random) -> Written:
    """Return ``data`` as YAML, each part in a style by chance."""
    writer = _Writer(random)
    if random.random() < 0.5:
        writer.put("# yaml-language-server: $schema=x.json\n")
    if isinstance(data, dict | list) and data and (random.random() < 0.95 or has_raw(data)):
        writer.block(data, (), 0)
    else:
        writer.inline(data, (), 0)
    writer.put("\n" * random.choice((1, 1, 1, 0, 2)))
    return Written("".join(writer.parts), writer.spots)


def _key(name: str) -> str:
    """Return a key: one with blanks inside, a verb, in quotation marks where it may need them."""
    is_plain = " " not in name.strip() or re.fullmatch(r"\w+( \w+)*", name, re.ASCII)
    return name if is_plain else json.dumps(name, ensure_ascii=False)


class _Writer:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.parts: list[str] = []
        self.spots: dict[Way, Spot] = {}
        self.line = self.column = 1
        self.in_block = False  # after a block scalar, what looks like a comment may be part of it

    def put(self, text: str) -> None:
        self.parts.append(text)
        if "\n" in text:
            self.line += text.count("\n")
            self.column = 1
        self.column += len(text) - text.rfind("\n") - 1

    def mark(self, way: Way, key: tuple[int, int] | None = None) -> None:
        self.spots[way] = Spot(self.line, self.column, *(key or (self.line, self.column)))

    def feed(self, indent: int) -> None:
        self.put("\n")
        if self.random.random() < 0.05 and not self.in_block:
            self.put(" " * self.random.randrange(4) + "# a comment: 'with' [marks] {{ in }} it\n")
        self.put(" " * indent)

    def block(
        self,
        data: Any,  # noqa: ANN401
        way: Way,
        indent: int,
        key: tuple[int, int] | None = None,
    ) -> None:
        self.mark(way, key)
        for index, (name, value) in enumerate(
            data.items() if isinstance(data, dict) else enumerate(data)
        ):
            if index:
                self.feed(indent)
            if isinstance(data, dict):
                place = self.line, self.column
                self.put(f"{_key(str(name))}:")
                self.after_key(value, (*way, name), indent, place)
            else:
                self.put("- ")
                self.value(value, (*way, name), indent + 2)

    def after_key(self, value: object, way: Way, indent: int, key: tuple[int, int]) -> None:
        if self.is_block(value):
            deeper = indent + self.random.choice(
                (0, 2, 4) if isinstance(value, list) else (2, 2, 3)
            )
            self.feed(deeper)
            self.block(value, way, deeper, key)
        else:
            self.put(" " * self.random.choice((1, 1, 1, 3)))
            self.inline(value, way, indent, key, may_block=True)

    def value(self, value: object, way: Way, indent: int) -> None:
        if self.is_block(value):
            self.block(value, way, indent)
        else:
            self.inline(value, way, indent - 1, may_block=True)

    def is_block(self, value: object) -> bool:
        return (
            isinstance(value, dict | list)
            and bool(value)
            and (has_raw(value) or self.random.random() < 0.7)
        )

    def inline(
        self,
        value: object,
        way: Way,
        indent: int,
        key: tuple[int, int] | None = None,
        *,
        may_block: bool = False,
    ) -> None:
        self.mark(way, key)
        self.in_block = False
        if isinstance(value, dict | list):
            self.flow(value, way)
        elif isinstance(value, bool) or value is None:
            self.put({True: "true", False: "false", None: "null"}[value])
        elif isinstance(value, Raw | int):
            self.put(str(value))
        else:
            self.text(str(value), indent, may_block=may_block)

    def flow(self, data: Any, way: Way) -> None:  # noqa: ANN401
        self.put("{" if isinstance(data, dict) else "[")
        for index, (name, value) in enumerate(
            data.items() if isinstance(data, dict) else enumerate(data)
        ):
            if index:
                self.put(self.random.choice((", ", ", ", ",  ")))
            place = None
            if isinstance(data, dict):
                place = self.line, self.column
                self.put(f"{_key(str(name))}: ")
            self.inline(value, (*way, name), 0, place)
        self.put("}" if isinstance(data, dict) else "]")

    def text(self, text: str, indent: int, *, may_block: bool) -> None:
        style = self.random.choice(_STYLES)
        lines = text.split("\n")
        if (
            style == "plain"
            and _PLAIN.fullmatch(text)
            and text not in _SPECIAL
            and text.isprintable()
        ):
            self.put(text)
        elif style == "single" and len(lines) == 1:
            self.put("'" + text.replace("'", "''") + "'")
        elif (
            style == "literal"
            and may_block
            and text
            and all(line == line.strip(" \t") and line for line in lines)
        ):
            self.in_block = True
            self.put("|-" + "".join(f"\n{' ' * (indent + 2)}{line}" for line in lines))
        elif (
            style == "folded"
            and may_block
            and text
            and len(lines) == 1
            and not re.search(r"^\s|\s\s|\t|\s$", text)
        ):
            self.in_block = True
            self.put(
                ">-\n"
                + " " * (indent + 2)
                + re.sub(r" (?=\S)", lambda _: self.break_or_space(indent), text)
            )
        else:
            self.put(json.dumps(text, ensure_ascii=False))

    def break_or_space(self, indent: int) -> str:
        return "\n" + " " * (indent + 2) if self.random.random() < 0.2 else " "


def has_raw(value: object) -> bool:
    """Return whether anything in ``value`` is written as it is."""
    if isinstance(value, dict | list):
        return any(map(has_raw, value.values() if isinstance(value, dict) else value))
    return isinstance(value, Raw)
