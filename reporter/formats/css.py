r"""A stylesheet as a browser reads it. The only module that knows tinycss2.

What a text means is asked of its tokens and never of its characters: ``u\72l(`` is an address,
and one in a comment is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DEEPEST = 32  # blocks in blocks; the renderer gives up at 66 nested rules
LARGEST = 1e6  # of a unit; no page is so large
LARGEST_NUMBER = 2.0**31
LONGEST_NUMBER = 100  # digits
_DIGITS = re.compile(rf"\d{{{LONGEST_NUMBER}}}")
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_END = "--end-of-sheet"
_TO_QUOTE = 'put the whole address in quotation marks: url("crest (1).png")'
_WITH_ADDRESS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set"})
_LATER = frozenset({"var", "attr", "env"})
_BROKEN = {
    "bad-string": "a text has no end on its line",
    "bad-url": "this is no address",
    "eof-in-string": "a text has no end",
    "eof-in-url": "an address has no end",
}


class StyleFault(NamedTuple):
    """What is wrong with a stylesheet, and where."""

    message: str
    hint: str
    line: int
    column: int


class Address(NamedTuple):
    """An address in a stylesheet, as a browser reads it."""

    value: str
    of_face: bool
    """Whether it leads to the file of a face."""
    line: int
    column: int
    token: Any
    """What ``write`` changes."""

    def write(self, value: str) -> None:
        """Put another address in its place."""
        self.token.value = value
        text = tinycss2.serializer.serialize_string_value(value)
        quoted = f'"{text}"'
        self.token.representation = quoted if self.token.type == "string" else f"url({quoted})"


@dataclass(frozen=True, slots=True)
class Face:
    """A rule that names the files of a typeface."""

    family: str
    declarations: tuple[tuple[str, str], ...]
    addresses: tuple[str, ...]

    def rule(self, src: str = "") -> str:
        """Return it as it is written, or with another ``src``."""
        parts = [(name, value) for name, value in self.declarations if not src or name != "src"]
        parts += [("src", src)] if src else []
        return f"@font-face {{ {' '.join(f'{name}: {value};' for name, value in parts)} }}"


class SheetTokens:
    """The tokens of a stylesheet, its faces apart."""

    def __init__(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
        self.text = text
        self.faults = list(_long_numbers(text))
        self.addresses: list[Address] = []
        self._tokens = [] if self.faults else _tokens(text)
        self.faults += _too_deep(self._tokens)
        if not self.faults:
            for found in _read(self._tokens):
                if isinstance(found, Address):
                    self.addresses.append(found)
                else:
                    self.faults.append(found)
            self.faults += _unended(self._tokens, text)

    def faces(self) -> list[Face]:
        """Return its faces, wherever they stand."""
        return [_face(block) for block in _face_blocks(self._tokens)]

    def without_faces(self) -> str:
        """Return it without its faces and comments."""
        return str(tinycss2.serialize(_without_faces(self._tokens)))


def place(text: str, line: int, column: int, name: str) -> tuple[int, int]:
    """Return where a name inside the token at this place begins; if escaped, the token's place."""
    start = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    at = text.find(name, start, start + len(name) + 80)
    if at < 0:
        return line, column
    return _line(text, at)


def _tokens(text: str) -> list[Any]:
    """Return the tokens of a text; if all is closed, the last one is the end marker."""
    return list(tinycss2.parse_component_value_list(f"{text}\n{_END}", skip_comments=True))


def _line(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


def _long_numbers(text: str) -> Iterator[StyleFault]:
    bare = _COMMENT.sub(lambda comment: re.sub(r"\S", " ", comment[0]), text)
    if found := _DIGITS.search(bare):
        message = f"a number of more than {LONGEST_NUMBER} digits"
        yield StyleFault(message, "no page is so large", *_line(text, found.start()))


def _inside(token: Any) -> list[Any]:  # noqa: ANN401 (a token has no type)
    found = getattr(token, "content", None) or getattr(token, "arguments", None) or []
    return found if isinstance(found, list) else []


def _too_deep(tokens: list[Any]) -> Iterator[StyleFault]:
    level = tokens
    for _ in range(DEEPEST):
        level = [inner for token in level for inner in _inside(token)]
    if deep := [token for token in level if _inside(token)]:
        message = f"rules and brackets are nested more than {DEEPEST} deep"
        yield StyleFault(message, "write the rules one after the other", *_at(deep[0]))


def _at(token: Any) -> tuple[int, int]:  # noqa: ANN401
    return token.source_line, token.source_column


def _unended(tokens: list[Any], text: str) -> Iterator[StyleFault]:
    """Report the innermost block without an end; an unended text or comment swallows the marker."""
    opened = None
    while tokens and (inner := _inside(tokens[-1])):
        opened, tokens = tokens[-1], inner
    if opened and tokens[-1].type == "ident" and tokens[-1].value == _END:
        what = "bracket" if opened.type != "{} block" else "block"
        yield StyleFault(f"the {what} that begins here has no end", "close it", *_at(opened))
    elif not opened and not (tokens and tokens[-1].type == "ident"):
        at = [found.start() for found in _COMMENT.finditer(text) if not found[0].endswith("*/")]
        yield StyleFault("a comment has no end", "close it: */", *_line(text, at[0] if at else 0))


def _read(tokens: list[Any], *, face: bool = False) -> Iterator[Address | StyleFault]:
    """Yield the addresses in tokens and in what they hold, and what is wrong."""
    rule = ""
    for token in tokens:
        if token.type == "at-keyword":
            rule = token.lower_value
        if rule == "import" and token.type == "at-keyword":
            hint = "write the rules of the other stylesheet into this one"
            yield StyleFault("an '@import' loads another stylesheet", hint, *_at(token))
        if rule not in {"import", "namespace"}:
            yield from _of_token(token, face=face or rule == "font-face")
        if token.type == "{} block" or (token.type == "literal" and token.value == ";"):
            rule = ""


def _of_token(token: Any, *, face: bool) -> Iterator[Address | StyleFault]:  # noqa: ANN401
    match token.type:
        case "url":
            yield Address(token.value, face, *_at(token), token)
        case "error":
            message = _BROKEN.get(token.kind, f"nothing is open that '{token.kind}' would close")
            hint = _TO_QUOTE if token.kind == "bad-url" else "close it where it ends, or delete it"
            yield StyleFault(message, hint, *_at(token))
        case "number" if abs(token.value) > LARGEST_NUMBER:
            yield StyleFault(
                f"the number {token.representation} is too large", _SMALLER, *_at(token)
            )
        case "dimension" | "percentage" if abs(token.value) > LARGEST or token.value == inf:
            message = f"the value {token.representation}{getattr(token, 'unit', '%')} is too large"
            yield StyleFault(message, _SMALLER, *_at(token))
        case "function":
            if token.lower_name == "url":  # the renderer knows none with blanks in its brackets
                found = token.arguments
                found[:] = [part for part in found if part.type != "whitespace"] or found
            if token.lower_name in _WITH_ADDRESS:
                yield from _arguments(token, face=face)
            elif token.lower_name == "local" and face:
                hint = "name a file of the project's templates/: other machines have other fonts"
                yield StyleFault("a font of the machine", hint, *_at(token))
            yield from _read(token.arguments, face=face)
        case _:
            yield from _read(_inside(token), face=face)


_SMALLER = "no page is so large: write a smaller one"


def _arguments(function: Any, *, face: bool) -> Iterator[Address | StyleFault]:  # noqa: ANN401
    for token in function.arguments:
        if token.type == "string":
            yield Address(token.value, face, *_at(token), token)
        elif token.type == "function" and token.lower_name in _LATER:
            message = f"an address that '{token.name}()' is to give"
            yield StyleFault(message, "write the address itself", *_at(token))


def _face_blocks(tokens: list[Any]) -> Iterator[Any]:
    rule = ""
    for token in tokens:
        if token.type == "at-keyword":
            rule = token.lower_value
        elif token.type == "{} block":
            if rule == "font-face":
                yield token
            else:
                yield from _face_blocks(token.content)
            rule = ""


def _without_faces(tokens: list[Any]) -> list[Any]:
    kept: list[Any] = []
    face = False
    for token in tokens:
        face = face or (token.type == "at-keyword" and token.lower_value == "font-face")
        if token.type == "{} block" and not face:
            token.content[:] = _without_faces(token.content)
        if not face and not (token.type == "ident" and token.value == _END):
            kept.append(token)
        face = face and token.type != "{} block"
    return kept


def _face(block: Any) -> Face:  # noqa: ANN401
    found = tinycss2.parse_blocks_contents(block.content, skip_comments=True, skip_whitespace=True)
    declarations = [item for item in found if item.type == "declaration"]
    return Face(
        _family(declarations),
        tuple(
            (item.lower_name, str(tinycss2.serialize(item.value)).strip()) for item in declarations
        ),
        tuple(
            address.value
            for item in declarations
            if item.lower_name == "src"
            for address in _read(item.value, face=True)
            if isinstance(address, Address)
        ),
    )


def _family(declarations: Iterable[Any]) -> str:
    for item in declarations:
        if item.lower_name == "font-family":
            words = [token.value for token in item.value if token.type in {"string", "ident"}]
            return " ".join(words)
    return ""
