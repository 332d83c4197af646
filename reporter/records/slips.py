"""Slips of the pen in YAML: what a parser stumbles over, by its name and where it stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.lookalikes import named, straight

if TYPE_CHECKING:
    from collections.abc import Sequence

_LINES_ABOVE = 3  # a slip shows in its own line or soon after it
_NO_BLANK = re.compile(r"([\w-]+):(?=[^\s:/])(.*)", re.ASCII)
_NAME = r"[\"']?[A-Za-z_][\w-]*[\"']?"
_BLOCK_KEY = rf"^[ ]*(?:-[ ]+)*{_NAME}"  # a line with its key
_KEY = rf"^[ ]*(?:-[ ]+)*(?:\{{[ ]*)?{_NAME}"  # the same, or the first key in {...}
_SAID = r"^[ ]*(?:-[ ]+)*[^\s\"'\[\]{}|>#:-][^:\"'\[\]{}#]*"  # a line whose key may be words
_QUOTED = r"(?:\"(?:[^\"\\]|\\.)*+\"|'(?:[^']|'')*+')"
_BLOCK = re.compile(r":[ ]+[|>][-+0-9]*\s*(?:#.*)?$")  # what begins a text over several lines
_EMPTY = re.compile(rf"{_BLOCK_KEY}: +(?P<bad>\[\]|\{{\}}) *(?:#.*)?$", re.ASCII)
_NO_BRACKETS = "these brackets are empty, and more follows below: take them away"
_QUOTE = "put the text in quotation marks"
CUT = "a text ends before '#': what follows is a comment"
KEEP = f"{_QUOTE}; a comment has a blank behind its '#'"
COMMA = f"in {{...}} a comma ends a value; where it is part of a text, {_QUOTE}"
COMMENT = "what begins with '#' is a comment: put it in quotation marks, or write null"


class Slip(NamedTuple):
    """What is wrong and what to do, and in which place of a file."""

    place: tuple[int, int]
    hint: str


# What is wrong at the place ``bad`` of a line, and what to do.
_SLIPS = tuple(
    (re.compile(pattern, re.ASCII), hint)
    for pattern, hint in (
        (r"^(?P<bad>={7}|\|{7})(?:\s|$)", "a merge is not finished: delete the marks of git"),
        (r"^ *(?P<bad>\t)", "a tab stands in the indentation: write blanks"),
        (rf"{_KEY}(?P<bad>:)[^\s:/]", "a blank is missing after the colon: write 'key: value'"),
        (
            r"^ *(?P<bad>[\u2022\u2023\u25e6\u25aa\u25cf\u00b7*])\s",
            "an item of a list has a '-' before it",
        ),
        (
            r"^ *(?P<bad>-)[A-Za-z_]\w*:(?:\s|$)",
            "a blank is missing after the dash: write '- key: value'",
        ),
        (r": +(?P<bad>[@`%]|\*(?=[^*]*\*))", f"no text begins with this sign: {_QUOTE}"),
        (
            rf"^(?:[^\"'#]|{_QUOTED})*?: +{_QUOTED} *(?P<bad>[^\s,}}\]#])",
            "something stands after the quotation mark: write those inside a text twice",
        ),
        (
            rf"{_SAID}: +[^\s\"'\[{{|>#](?:(?! #).)*?(?P<bad>:)(?:\s|$)",
            f"a colon and a blank stand inside a text: {_QUOTE}",
        ),
        (
            rf"\{{(?:[^\"'#]|{_QUOTED})*?: +[^\s\"'\[{{,}}][^\"',{{}}]*?(?P<bad>\[)",
            f"brackets stand inside a text in {{...}}: {_QUOTE}",
        ),
        (
            rf"^(?:[^\"'#]|{_QUOTED})*?[\[{{,:] +(?P<bad>#)[0-9]",
            "what begins with '#' is a comment: put it in quotation marks",
        ),
    )
)
# Where in a line a character may stand that only looks like one of these.
_ALIKE = tuple(
    (re.compile(pattern + r"(?P<bad>[^\x00-\x7f])", re.ASCII), signs, where)
    for pattern, signs, where in (
        (r"^ *(?:- +)*", " -", "in the indentation"),
        (rf"{_KEY} *", ":", "after the key"),
        (rf"{_KEY}:", " ", "after the colon"),
        (rf"{_KEY}: +", "\"'{[", "where the value begins"),
    )
)


def slip(lines: Sequence[str], first: int, last: int) -> Slip | None:
    """Return the slip that makes the parser fail between two lines, or just above them."""
    top = max(1, min(first, last - _LINES_ABOVE))
    for number in range(min(last, len(lines)), top - 1, -1):
        if number < last and _is_text(lines, number):
            continue
        if found := _in_line(lines[number - 1]):
            column, hint = found
            return Slip((number, column), hint)
    return _empty(lines, last)


def _empty(lines: Sequence[str], last: int) -> Slip | None:
    """Return the brackets in the line above that hold nothing, where what follows is theirs."""
    above = ((at, lines[at - 1]) for at in range(min(last - 1, len(lines)), 0, -1))
    said = ((at, line) for at, line in above if line.strip() and not line.lstrip().startswith("#"))
    number, line = next(said, (0, ""))
    found = _EMPTY.match(line)
    return Slip((number, found.start("bad") + 1), _NO_BRACKETS) if found else None


def _is_text(lines: Sequence[str], number: int) -> bool:
    """Return whether a line stands in a text over several lines, in which anything may stand."""
    indent = _indent(lines[number - 1])
    for above in filter(str.strip, reversed(lines[: number - 1])):
        if _indent(above) < indent:
            if _BLOCK.search(above):
                return True
            indent = _indent(above)
    return False


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_line(line: str) -> tuple[int, str] | None:
    for pattern, signs, where in _ALIKE:
        found = pattern.match(line)
        if found and (sign := straight(found["bad"])) and sign in signs:
            write = "a blank" if sign == " " else sign
            return found.start("bad") + 1, f"{where} stands {named(found['bad'])}: write {write}"
    for pattern, hint in _SLIPS:
        if found := pattern.search(line):
            return found.start("bad") + 1, hint
    return None


def bracket_too_many(
    lines: Sequence[str], begin: tuple[int, int], end: tuple[int, int], depth: int, most: int
) -> tuple[int, int] | None:
    """Return the bracket between two places that opens more than ``most`` levels.

    ``depth`` levels are open before it.
    """
    for number, line in enumerate(lines[begin[0] - 1 : end[0]], begin[0]):
        for column, sign in enumerate(line, 1):
            if begin <= (number, column) <= end:
                depth += (sign in "[{") - (sign in "]}")
            if depth > most:
                return number, column
    return None


def no_value(key: str, before: str, after: str) -> str:
    """Return what to do about a key without a value.

    ``before`` and ``after`` are the rest of its line.
    """
    if found := _NO_BLANK.fullmatch(straight(key)):
        odd = next((f"{named(char)}: " for char in key if char != ":" == straight(char)), "")
        return f"{odd}write '{found[1]}: {found[2]}', with a blank after the colon"
    if not before.rstrip().endswith(":"):
        return COMMA
    if after.startswith("#"):
        return COMMENT
    return "write the value, or null, or leave the key out"
