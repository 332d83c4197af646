"""Reads YAML as plain data with positions. The only module that knows PyYAML.

Only ``null``, ``true`` and ``false`` are special; every other scalar stays text until a model types
it (``12:30`` is not 750, ``012`` is not 10). A missing value does not mean null: a key without a
value is an error. So are repeated keys, anchors and aliases, tags, and a second document, because a
record says each thing in one place. The file is read as a stream of events, without recursion, so
deep nesting costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import yaml

from reporter.problems import Problem, ReporterError, quoted, stop
from reporter.records.slips import CUT, KEEP, bracket_too_many, no_value, slip
from reporter.records.spans import (
    BLOCKS,
    NOTHING,
    SPECIAL,
    Path_,
    Plain,
    Span,
    line_and_column,
)
from reporter.text import NOT_TEXT, read_text

if TYPE_CHECKING:
    from yaml._yaml import Mark as CMark

__all__ = ["PARSER", "Path_", "Plain", "Source", "one_text", "parse", "read", "spans"]

DEEPEST = 50  # levels of nesting; a record needs ten
_TOO_DEEP = (
    f"nested deeper than {DEEPEST} levels",
    "no record needs this; look for a missing closing bracket",
)
LONGEST = 10_000  # characters of one text; that is three pages, and a statement is a sentence
_CUT = re.compile(r" +#\d")  # a number behind a text
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PARSER = f"PyYAML {yaml.__version__} {_LOADER.__name__}"


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its text, and its plain data."""

    path: Path
    text: str
    data: Plain
    root: Span
    """Where each value stands."""
    nothing: dict[Path_, list[Problem]] = field(default_factory=dict)
    """What has no value, by the first step of the way to it."""
    filled: dict[Path_, Path_] = field(default_factory=dict)
    """The ways to what ``defaults`` gave, each with the way to that default."""
    called: tuple[tuple[str | None, str, str], ...] = ()
    """The bodies that were named by an abbreviation: its side, the abbreviation, the id."""
    faults: tuple[Problem, ...] = ()
    """What was said in short and could not be written out."""

    def position(self, where: Path_, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column of the value (or key) at ``where``, or of what encloses it."""
        span = self.root
        for step in where:
            if step in span.children:
                span = span.children[step]
            elif step != 0:  # else a list of one, written without its dash
                return self.place(span)
        return self.place(span, of_key=of_key)

    def place(self, span: Span, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column of a value, or of its key."""
        return line_and_column(self.text, span.begin if of_key else span.start)

    def said(self, where: Path_) -> Path_:
        """Return the way to where a value is said: itself, or the default that holds for it."""
        for end in range(len(where), 0, -1):
            if where[:end] in self.filled:
                return (*self.filled[where[:end]], *where[end:])
        return where

    def problem(
        self, where: Path_, message: str, hint: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return an error at the value (or the key) at ``where``."""
        return Problem(self.path, message, hint, *self.position(where, of_key=of_key))

    def problem_at(self, span: Span, message: str, hint: str, *, of_key: bool = False) -> Problem:
        """Return an error at a value, or at its key."""
        return Problem(self.path, message, hint, *self.place(span, of_key=of_key))


def read(path: Path, within: Path | None = None) -> Source:
    """Read one YAML file. Raises ReporterError with everything that is wrong with its form."""
    return parse(path, read_text(path, within=within))


def parse(path: Path, text: str) -> Source:
    """Read the text of the file ``path``."""
    builder = _Builder(path, text)
    try:
        return builder.source()
    except yaml.MarkedYAMLError as error:
        raise ReporterError([*builder.problems, builder.not_yaml(error)]) from None


def spans(text: str) -> Span:
    """Return where the values stand in a text that is YAML, whatever else is wrong with it."""
    found = _Builder(Path(), text, strict=False).root()
    assert found  # noqa: S101 (it is not empty)
    return found


def one_text(text: str) -> tuple[str, str] | None:
    """Return the style and the value of the one text that is in a list; None for anything else."""
    try:
        found = list(yaml.parse(text, Loader=_LOADER))[3:-3]
    except yaml.YAMLError:
        return None
    event = found[0] if len(found) == 1 else None
    if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag is not None:
        return None
    return event.style or "", event.value


def _range(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    assert start and end  # noqa: PT018, S101 (the parser marks each)
    return start.index, end.index


def _position(mark: yaml.Mark | CMark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


class _OpenSpan:
    """A mapping or a list that is being read, and the key that waits for its value."""

    __slots__ = ("children", "is_mapping", "key", "name", "span")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.children = span.children
        self.is_mapping = span.is_mapping
        self.name = ""
        self.key: tuple[int, int] | None = None

    @property
    def next(self) -> str | int:
        """The step to the value that comes next."""
        return self.name if self.is_mapping else len(self.children)

    def close(self, end: int) -> None:
        """Set its end: in blocks, that of the last thing in it."""
        last = next(reversed(self.children.values()), None)
        self.span.end = end if self.span.is_flow or last is None else last.end


class _Builder:
    """Builds the tree of a text from parser events, with a stack of its own.

    If it is ``strict``, it looks for what is wrong with the form.
    """

    def __init__(self, path: Path, text: str, *, strict: bool = True) -> None:
        self.path = path
        self.text = text
        self.strict = strict
        self.problems: list[Problem] = []
        self.nothing: dict[Path_, list[Problem]] = {}
        self.documents = 0
        self.stack = [_OpenSpan(Span(0, 0, "list"))]  # around what the text is
        # Where a quoted text over several lines begins, and the line in which it ends.
        self.quote: tuple[int, int] | None = None
        self.quote_ends = 0
        self.has_cut = _CUT.search(text) is not None

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    def source(self) -> Source:
        root = self.root()
        if root is None or (data := root.plain) is None:
            stop(self.path, "the file is empty", "write the record, or delete the file", 1, 1)
        if self.problems:
            raise ReporterError(self.problems)
        return Source(self.path, self.text, data, root, self.nothing)

    def root(self) -> Span | None:
        """Return the value that the text is; None where there is none."""
        for event in yaml.parse(self.text, Loader=_LOADER):
            parent = self.stack[-1]
            is_key = parent.is_mapping and parent.key is None
            if isinstance(event, yaml.ScalarEvent):
                if self.strict:
                    self._scalar(event, parent, is_key=is_key)
                if is_key:
                    parent.name, parent.key = event.value, _range(event)
                else:
                    self._put(parent, event, event.style or "", event.value)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop().close(_range(event)[1])
            elif isinstance(event, yaml.CollectionStartEvent):
                if self.strict:
                    self._collection(event, is_key=is_key)
                styles = "[{" if event.flow_style else ("list", "map")
                style = styles[isinstance(event, yaml.MappingStartEvent)]
                self.stack.append(_OpenSpan(self._put(parent, event, style)))
            elif self.strict:
                self._other(event)
        return self.stack[0].children.get(0)

    def _put(self, parent: _OpenSpan, event: yaml.Event, style: str, value: str = "") -> Span:
        start, end = _range(event)
        if style in BLOCKS:  # blank lines after it are none of it
            end = start + len(self.text[start:end].rstrip())
        read = value if style else SPECIAL.get(value, value)
        span = Span(start, end, style, read, parent.key)
        parent.children.setdefault(parent.next, span)  # where a key stands twice, the first counts
        parent.key = None
        return span

    def _other(self, event: yaml.Event) -> None:
        """Refuse what a record needs not."""
        if isinstance(event, yaml.AliasEvent):
            self._refuse(event)
        elif isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                hint = "one record is one file: delete the '---'"
                self._stop(event, "a second document in one file", hint)

    def _scalar(self, event: yaml.ScalarEvent, parent: _OpenSpan, *, is_key: bool) -> None:
        value, style = event.value, event.style
        if event.anchor or event.tag is not None:
            self._refuse(event)
        if len(value) > LONGEST:
            message = f"a text of {len(value):,} characters: one has at most {LONGEST:,}"
            hint = "say it shorter, and cite the document; or look for a missing quotation mark"
            self._stop(event, message, hint)
        if style in {"'", '"'}:
            self._quoted(event)
        if is_key:
            if value in parent.children:
                self._twice(value, event)
        elif style or value not in NOTHING:
            if self.has_cut and not style and value.rfind("[") <= value.rfind("]"):
                self._cut(event)
        elif self.stack[1:]:
            root = self.stack[1]
            problem = self._no_value(parent.name if parent.is_mapping else None, event)
            begun = not root.is_mapping and parent is not root  # an item that is there already
            step = len(root.children) - 1 if begun else root.next
            self.nothing.setdefault((step,), []).append(problem)

    def _twice(self, key: str, event: yaml.ScalarEvent) -> None:
        first = self.stack[-1].children[key]
        line, _ = line_and_column(self.text, first.begin)
        message = f"the key {quoted(key)} stands twice"
        hint = f"first in line {line}: keep one"
        self.problems.append(Problem(self.path, message, hint, *_position(event.start_mark)))

    def _cut(self, event: yaml.ScalarEvent) -> None:
        """Note where a text was cut: in ``Resolution #4`` the number is a comment to YAML."""
        assert event.end_mark  # noqa: S101 (the parser marks each)
        if _CUT.match(self.text, event.end_mark.index):
            place = _position(event.end_mark)
            self.problems.append(Problem(self.path, CUT, KEEP, place[0], place[1] + 1))

    def _quoted(self, event: yaml.ScalarEvent) -> None:
        begin, end = _position(event.start_mark), _position(event.end_mark)
        if begin[0] < end[0]:
            if self.quote is None or self.quote_ends != begin[0]:
                self.quote = begin
            self.quote_ends = end[0]
        if bad := re.search(NOT_TEXT, event.value):
            message = f"the character U+{ord(bad[0]):04X} is not text"
            self._stop(event, message, "leave its escape out")

    def _collection(self, event: yaml.CollectionStartEvent, *, is_key: bool) -> None:
        if event.anchor or event.tag is not None:
            self._refuse(event)
        if len(self.stack) > DEEPEST:
            self._stop(event, *_TOO_DEEP)
        if is_key:
            hint = "quote the key, or check the indentation"
            self._stop(event, "a key must be a word", hint)

    def _no_value(self, key: str | None, event: yaml.ScalarEvent) -> Problem:
        """Return the problem of a key, or of an item of a list, that has no value."""
        line, column = _position(event.start_mark)
        if key is None:
            message, hint = "an item without a value", "write it, or delete the dash"
        else:
            written = self.lines[line - 1] if line <= len(self.lines) else ""
            hint = no_value(key, written[: column - 1], written[column - 1 :].lstrip(" ~"))
            message = f"{quoted(key)} has no value"
        return Problem(self.path, message, hint, line, column)

    def not_yaml(self, error: yaml.MarkedYAMLError) -> Problem:
        """Return the problem at which the parser stopped: a slip that is known, or what it says."""
        line, column = _position(error.problem_mark or error.context_mark)
        begin = _position(error.context_mark)[0] if error.context_mark else line
        if quote := self._open_quote(line, error):
            hint = "this quotation mark is not closed: close it; inside a text write it twice"
            return Problem(self.path, "this is not YAML", hint, *quote)
        if place := self._too_deep((line, column)):
            return Problem(self.path, *_TOO_DEEP, *place)
        if found := slip(self.lines, begin, line):
            return Problem(self.path, "this is not YAML", found.hint, *found.place)
        inside = f", in what begins in line {begin}" if begin != line else ""
        hint = (
            f"the parser says: {error.problem or error.context}{inside}; "
            "look for a missing quote, a tab, or a colon inside a text"
        )
        return Problem(self.path, "this is not YAML", hint, line, column)

    def _open_quote(self, line: int, error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
        """Return the quotation mark at fault: one without its end pairs with the next one."""
        never_ends = (
            error.context == "while scanning a quoted scalar"
            and error.problem == "found unexpected end of stream"
        )
        begin = _position(error.context_mark) if never_ends else (line, 0)
        if self.quote and self.quote_ends == begin[0]:
            return self.quote
        return begin if never_ends else None

    def _too_deep(self, end: tuple[int, int]) -> tuple[int, int] | None:
        """Return the bracket that nests too deep, where the parser stopped before reporting it.

        The parser looks ahead, so it can fail before it passes on that bracket.
        """
        last = self.stack[-1].span
        begin = line_and_column(self.text, last.start)
        opened = len(self.stack) - 1 - last.is_flow  # that one is counted with the rest
        return bracket_too_many(self.lines, begin, end, opened, DEEPEST)

    def _refuse(self, event: yaml.NodeEvent) -> NoReturn:
        """Stop at what YAML has and a record needs not."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            hint = "write the value out where it is needed"
            self._stop(event, "anchors and aliases are not supported", hint)
        message = f"the tag {quoted(str(getattr(event, 'tag', '')))} is not supported"
        self._stop(event, message, "write the plain value")

    def _stop(self, event: yaml.Event, message: str, hint: str) -> NoReturn:
        place = _position(event.start_mark)
        raise ReporterError([*self.problems, Problem(self.path, message, hint, *place)])
