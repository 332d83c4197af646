"""What leads out of a finished page. The only module that knows tinyhtml5.

The page is read as a browser reads it, so that it counts for what a browser takes it for, in
whatever way it is written. That takes longer than filling the page; so one is first looked through
as it stands. Where each tag is written as plainly as ours are (small letters, double quotation
marks, nothing but text between), all parsers agree on what it is, and it needs no other.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import TYPE_CHECKING, Any, NamedTuple

from tinyhtml5.constants import Token
from tinyhtml5.parser import HTMLParser

from reporter.formats import policy, rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ATTRIBUTE = re.compile(
    r"""[\s/]+(?P<name>[^\s/>=][^\s/>=]*)(?:\s*=\s*(?P<value>"[^"]*"|'[^']*'|[^\s>]*))?"""
)
_PLAIN = re.compile(
    r"<!doctype html>|"
    r"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)"
    r'(?P<attributes>(?:\s+[a-zA-Z][\w:.-]*(?:="[^"<>]*")?)*)\s*/?>'
)
_PLAIN_ATTRIBUTE = re.compile(r'([\w:.-]+)(?:="([^"]*)")?', re.ASCII)
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|#34|#39);)")
_UNREAD = frozenset({"title", "textarea", "style", "script"})
"""Elements in which there are no tags."""
_APART = "write one after the other"


class Leak(NamedTuple):
    """What leads out of a page, and where in its text that stands."""

    fault: rules.Fault
    at: int


class NamedPicture(NamedTuple):
    """Where in a page a picture is named instead of being there."""

    name: str
    at: int
    end: int


def leaks(page: str) -> tuple[list[Leak], list[NamedPicture]]:
    """Return what leads out of a page, and the pictures that it names by files, in their order."""
    if _is_plain(page):
        return [], []
    reader = _LeakReader(page)
    reader.parse(page)
    reader.end()
    return reader.leaks, reader.pictures


def _is_plain(page: str) -> bool:
    """Return whether a page is written as plainly as ours are, and nothing leads out of it."""
    end = 0
    while (at := page.find("<", end)) >= 0:
        tag = _PLAIN.match(page, at)
        if not tag or not (tag["name"] is None or _is_harmless(tag["name"], tag["attributes"])):
            return False
        end = tag.end()
        if tag["name"] in _UNREAD and not tag["end"]:
            start, end = end, page.find(f"</{tag['name']}>", end)
            if end < 0 or not _is_read(tag["name"], tag["attributes"], page[start:end]):
                return False
    return True


@lru_cache(maxsize=4096)
def _is_harmless(name: str, attributes: str) -> bool:
    found = _PLAIN_ATTRIBUTE.findall(attributes)
    return (
        rules.of_element(name) is None
        and not _ENTITY.search(attributes)
        and len({key.lower() for key, _ in found}) == len(found)
        and not any(rules.of_attribute(name, key.lower(), unescape(value)) for key, value in found)
    )


def _is_read(name: str, attributes: str, text: str) -> bool:
    """Return whether the text of an element in which there are no tags is harmless."""
    if name == "script" and _is_program(dict(_PLAIN_ATTRIBUTE.findall(attributes)), text):
        return False
    if name == "script" and text.strip() == policy.program():
        return True
    return "<" not in text and not (name == "style" and rules.of_styles(text))


def _is_program(attributes: dict[str, str], text: str) -> bool:
    """Return whether a script is a program, and not the one that is ours."""
    if attributes.get("type", "").strip().lower() in rules.DATA:
        return False
    return "type" in attributes or text.strip() != policy.program()


class _Watched:
    """A tokenizer that has each token noted, with the place where it ends."""

    def __init__(self, tokenizer: Any, note: Callable[[Any, Any], None]) -> None:  # noqa: ANN401
        vars(self).update(_tokenizer=tokenizer, _note=note)

    def __iter__(self) -> Iterator[Any]:
        for token in self._tokenizer:
            if token["type"] != Token.PARSE_ERROR:
                self._note(token, self._tokenizer.stream.position())
            yield token

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever the tokenizer has)
        return getattr(vars(self)["_tokenizer"], name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(self._tokenizer, name, value)


class _LeakReader(HTMLParser):  # type: ignore[misc]
    """Reads a page, and keeps what leads out of it and the pictures that it names."""

    tokenizer: Any

    def __init__(self, page: str) -> None:
        super().__init__()
        self._page = page
        self._lines = [0, *(found.end() for found in re.finditer("\n", page))]
        self._end = 0  # of the last token
        self._open = ""  # a stylesheet or a script, of which all text is one
        self._attributes: dict[str, str] = {}
        self._texts: list[str] = []
        self._begun = 0
        self.leaks: list[Leak] = []
        self.pictures: list[NamedPicture] = []

    def main_loop(self) -> None:
        """Read the page, looking at each token in passing."""
        self.tokenizer = _Watched(self.tokenizer, self._note)
        super().main_loop()

    def end(self) -> None:
        """Look at the stylesheet or the script that was read, if one was."""
        text, name, self._open, self._texts = "".join(self._texts), self._open, "", []
        if name == "style":
            self._styles(text, self._begun)
        elif name == "script" and _is_program(self._attributes, text):
            before = 0 if self._attributes else len(text) - len(text.lstrip())
            self.leaks.append(Leak(rules.NO_PROGRAM, self._begun + before))

    def _note(self, token: Any, position: tuple[int, int]) -> None:  # noqa: ANN401
        start, self._end = self._end, self._lines[position[0] - 1] + position[1]
        match token["type"]:
            case Token.START_TAG:
                start = max(self._page.find("<", start, self._end), start)
                self._element(token["name"], dict(token["data"]), start)
                if token["selfClosing"] and self._is_drawing():
                    self.end()
            case Token.END_TAG if token["name"] == self._open:
                self.end()
            case Token.COMMENT if self._open:
                self._inside("a comment", start)
            case Token.CHARACTERS | Token.SPACE_CHARACTERS if self._open:
                self._texts.append(token["data"])

    def _is_drawing(self) -> bool:
        """Return whether an element that closes itself is closed: in HTML, none is."""
        opened = self.tree.open_elements
        return bool(opened) and opened[-1].namespace != self.tree.default_namespace

    def _inside(self, what: str, at: int) -> None:
        """Tell of what divides the text of a stylesheet or a script, as it can in a drawing."""
        message = f"{what} inside the element '{self._open}'"
        self.leaks.append(Leak(rules.Fault(message, _APART, f"<{self._open}"), at))

    def _element(self, name: str, attributes: dict[str, str], start: int) -> None:
        if self._open:
            self._inside("an element", start)
        if fault := rules.of_element(name):
            self.leaks.append(Leak(fault, start))
            return
        if name in {"style", "script"}:
            self.end()
            self._open, self._attributes = name, attributes
            self._begun = start if attributes and name == "script" else self._end
        for key, value in attributes.items():
            if key == "style":
                self._styles(value, self._span(key, start)[0])
            elif rules.is_picture(name, key, value):
                self.pictures.append(NamedPicture(value, *self._span(key, start)))
            else:
                faults = rules.of_attribute(name, key, value)
                self.leaks += [Leak(fault, self._span(key, start)[0]) for fault in faults]

    def _styles(self, text: str, at: int) -> None:
        ends = [found.end() for found in re.finditer("\n", text)]
        for fault in rules.of_styles(text):
            self.leaks.append(Leak(fault, at + [0, *ends][min(fault.line - 1, len(ends))]))

    def _span(self, name: str, start: int) -> tuple[int, int]:
        """Return where the value of an attribute of a tag begins and ends; the first one counts."""
        tag = self._page[start : self._end]
        for one in _ATTRIBUTE.finditer(tag, len(re.split(r"[\s/>]", tag)[0])):
            if one["name"].lower() == name:
                first, last = one.span("value" if one["value"] is not None else "name")
                return start + first, start + last
        return start, start
