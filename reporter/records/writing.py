"""Plain data as YAML, in the styles in which people write it."""

from __future__ import annotations

import json
import textwrap
from typing import TYPE_CHECKING

from reporter.records.reader import one_text
from reporter.records.spans import BLOCKS, SPECIAL

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reporter.records.spans import Plain

WIDTH = 120  # columns of a line, beyond which a new text goes on in the next
_WORDS = {True: "true", False: "false", None: "null"}


def scalar(value: Plain, style: str = "", indent: int | None = None) -> str:
    """Return a text, or true or false, as near to ``style`` as it can be written.

    ``indent`` is that of the lines of a text over several lines; without one it is written on one
    line, as in brackets.
    """
    if not isinstance(value, str):
        assert isinstance(value, bool) or value is None  # noqa: S101 (no list)
        return _WORDS[value]
    return next(form for form in _forms(value, style, indent) if form)


def _forms(value: str, style: str, indent: int | None) -> Iterator[str]:
    """Yield the ways to write a text, the best first; an empty one that would not be read so."""
    if indent is not None and (style in BLOCKS or "\n" in value):
        if style == ">":
            yield _if_read(_folded(value, indent), ">", value)
        yield _if_read(_literal(value, indent), "|", value)
    if "\n" not in value:
        if style not in {"'", '"'} and value not in SPECIAL:
            around = "[{}]" if indent is None else "- {}\n"
            yield _if_read(value, "", value, around)
        if style != '"':
            yield _if_read("'" + value.replace("'", "''") + "'", "'", value)
    yield json.dumps(value, ensure_ascii=False)


def _if_read(form: str, style: str, value: str, around: str = "- {}\n") -> str:
    """Return a form of a text where the parser reads it so."""
    return form if one_text(around.replace("{}", form, 1)) == (style, value) else ""


def _folded(value: str, indent: int) -> str:
    margin = " " * indent
    lines = textwrap.wrap(
        value,
        max(40, WIDTH - indent),
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
        expand_tabs=False,
    )
    return "\n".join([">-", *(margin + line for line in lines)])


def _literal(value: str, indent: int) -> str:
    margin = " " * indent
    return "\n".join(["|-", *(line and margin + line for line in value.split("\n"))])


def in_brackets(value: Plain) -> str:
    """Return any value on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_brackets(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_brackets, value)) + "]"
    return scalar(value)


def in_lines(record: Mapping[str, Plain], indent: int) -> str:
    """Return the fields of a mapping, one below the other; the first line has no indent."""
    return f"\n{' ' * indent}".join(field(key, value, indent) for key, value in record.items())


def field(key: str, value: Plain, indent: int) -> str:
    """Return a field that begins in column ``indent``: its name and its value."""
    short = f"{key}: {in_brackets(value)}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        margin = " " * (indent + 2)
        items = (in_lines(item, indent + 4) for item in value if isinstance(item, dict))
        return "\n".join([f"{key}:", *(f"{margin}- {item}" for item in items)])
    if isinstance(value, str) and (len(short) + indent > WIDTH or "\n" in value):
        return f"{key}: {scalar(value, '>', indent + 2)}"
    if isinstance(value, str):
        return f"{key}: {scalar(value, '', indent + 2)}"
    if isinstance(value, dict) and value and len(short) + indent > WIDTH:
        return f"{key}:\n{' ' * (indent + 2)}{in_lines(value, indent + 2)}"
    return short
