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
from typing import TYPE_CHECKING, NoReturn

import yaml

from reporter.problems import Problem, ReporterError, quoted, stop
from reporter.records.slips import CUT, KEEP, bracket_too_many, no_value, slip
from reporter.text import NOT_TEXT, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yaml._yaml import Mark as CMark

Plain = dict[str, "Plain"] | list["Plain"] | str | bool | None
# The way to a value inside a file: ("statements", "items", 3, "source").
Path_ = tuple[str | int, ...]

DEEPEST = 50  # levels of nesting; a record needs ten
_TOO_DEEP = (
    f"nested deeper than {DEEPEST} levels",
    "no record needs this; look for a missing closing bracket",
)
LONGEST = 10_000  # characters of one text; that is three pages, and a statement is a sentence
_CUT = re.compile(r" +#\d")  # a number behind a text
_IN_BRACKETS = re.compile(r"[^\s,\[\]]+")
_SPECIAL: dict[str, bool | None] = {"null": None, "true": True, "false": False}
_NOTHING = {"", "~"}  # what YAML takes for null, and nobody sees
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
PARSER = f"PyYAML {yaml.__version__} {_LOADER.__name__}"


class Mark:
    """Where a value stands, and where its key and its children stand."""

    __slots__ = ("children", "column", "end", "key", "line")

    def __init__(
        self,
        line: int,
        column: int,
        key: tuple[int, int] | None = None,
        children: dict[str | int, Mark] | None = None,
    ) -> None:
        self.line = line
        self.column = column
        self.key = key
        self.children = {} if children is None else children
        self.end: tuple[tuple[int, int], ...] = ()
        """Of a text that ends in brackets: where each word in them stands."""

    def holding(self, children: dict[str | int, Mark]) -> Mark:
        """Return a mark at the same place, with other children."""
        return Mark(self.line, self.column, self.key, children)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its plain data and the position of each value."""

    path: Path
    data: Plain
    mark: Mark
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
        mark = self.mark
        for step in where:
            if step in mark.children:
                mark = mark.children[step]
            elif step != 0:  # else a list of one, written without its dash
                return mark.line, mark.column
        return mark.key if of_key and mark.key else (mark.line, mark.column)

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


def read(path: Path, within: Path | None = None) -> Source:
    """Read one YAML file. Raises ReporterError with everything that is wrong with its form."""
    return parse(path, read_text(path, within=within))


def parse(path: Path, text: str) -> Source:
    """Read the text of the file ``path``."""
    builder = _Builder(path, text)
    try:
        return builder.build()
    except yaml.MarkedYAMLError as error:
        raise ReporterError([*builder.problems, builder.not_yaml(error)]) from None


def _position(mark: yaml.Mark | CMark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


@dataclass(slots=True)
class _OpenNode:
    """A mapping or a list that is being read, and the key that waits for its value."""

    data: dict[str, Plain] | list[Plain]
    mark: Mark
    way: Path_
    key: str | None = None
    place: tuple[int, int] = (0, 0)

    @property
    def next(self) -> Path_:
        """The way to the value that comes next."""
        return (*self.way, len(self.data) if self.key is None else self.key)


class _Builder:
    """Builds plain data from parser events, with a stack of its own."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self.text = text
        self.problems: list[Problem] = []
        self.nothing: dict[Path_, list[Problem]] = {}
        self.root: tuple[Plain, Mark] | None = None
        self.stack: list[_OpenNode] = []
        # Where a quoted text over several lines begins, and the line in which it ends.
        self.quote: tuple[int, int] | None = None
        self.quote_ends = 0
        self.has_cut = _CUT.search(text) is not None

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return self.text.splitlines()

    def build(self) -> Source:
        documents = 0
        for event in yaml.parse(self.text, Loader=_LOADER):
            if isinstance(event, yaml.ScalarEvent):
                self._scalar(event)
            elif isinstance(event, yaml.CollectionEndEvent):
                self.stack.pop()
            elif isinstance(event, yaml.CollectionStartEvent):
                self._collection(event)
            elif isinstance(event, yaml.AliasEvent):
                self._refuse(event)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    hint = "one record is one file: delete the '---'"
                    self._stop(event, "a second document in one file", hint)
        if self.root is None or self.root[0] is None:
            stop(self.path, "the file is empty", "write the record, or delete the file", 1, 1)
        if self.problems:
            raise ReporterError(self.problems)
        return Source(self.path, *self.root, self.nothing)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        value, style = event.value, event.style
        if event.anchor or event.tag is not None:
            self._refuse(event)
        if len(value) > LONGEST:
            message = f"a text of {len(value):,} characters: one has at most {LONGEST:,}"
            hint = "say it shorter, and cite the document; or look for a missing quotation mark"
            self._stop(event, message, hint)
        if style in {"'", '"'}:
            self._quoted(event)
        parent = self.stack[-1] if self.stack else None
        if parent and parent.key is None and isinstance(parent.data, dict):
            parent.key, parent.place = value, _position(event.start_mark)
        elif style or value not in _NOTHING:
            if self.has_cut and not style and value.rfind("[") <= value.rfind("]"):
                self._cut(event)
            self._put(value if style else _SPECIAL.get(value, value), event)
        else:
            if parent:
                problem = self._no_value(parent.key, event)
                self.nothing.setdefault(parent.next[:1], []).append(problem)
            self._put(None, event)

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

    def _collection(self, event: yaml.CollectionStartEvent) -> None:
        if event.anchor or event.tag is not None:
            self._refuse(event)
        if len(self.stack) >= DEEPEST:
            self._stop(event, *_TOO_DEEP)
        if self.stack and self.stack[-1].key is None and isinstance(self.stack[-1].data, dict):
            hint = "quote the key, or check the indentation"
            self._stop(event, "a key must be a word", hint)
        data: dict[str, Plain] | list[Plain]
        data = {} if isinstance(event, yaml.MappingStartEvent) else []
        way = self.stack[-1].next if self.stack else ()
        self.stack.append(_OpenNode(data, self._put(data, event), way))

    def _put(self, value: Plain, event: yaml.Event) -> Mark:
        mark = Mark(*_position(event.start_mark))
        if isinstance(value, str) and value.endswith("]"):
            mark.end = tuple(self._in_brackets(event))
        if not self.stack:
            self.root = (value, mark)
            return mark
        parent = self.stack[-1]
        if isinstance(parent.data, list):
            parent.mark.children[len(parent.data)] = mark
            parent.data.append(value)
            return mark
        key, parent.key, mark.key = parent.key or "", None, parent.place
        if key in parent.data:
            first = parent.mark.children[key].key or (0, 0)
            message = f"the key {quoted(key)} stands twice"
            hint = f"first in line {first[0]}: keep one"
            self.problems.append(Problem(self.path, message, hint, *parent.place))
        else:
            parent.data[key] = value
            parent.mark.children[key] = mark
        return mark

    def _in_brackets(self, event: yaml.Event) -> Iterator[tuple[int, int]]:
        """Yield where the words stand in the brackets that end a text."""
        start, end = (event.start_mark, event.end_mark)
        assert start and end  # noqa: PT018, S101 (the parser marks each)
        close = self.text.rfind("]", start.index, end.index)
        begin = self.text.rfind("[", start.index, close)
        for word in _IN_BRACKETS.finditer(self.text, max(begin, start.index), close):
            line = self.text.count("\n", start.index, word.start())
            yield start.line + line + 1, word.start() - self.text.rfind("\n", 0, word.start())

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
        if not self.stack:
            return bracket_too_many(self.lines, (1, 1), end, 0, DEEPEST)
        begin = self.stack[-1].mark.line, self.stack[-1].mark.column
        written = self.lines[begin[0] - 1][begin[1] - 1 : begin[1]]
        opened = len(self.stack) - (written in {"[", "{"})  # that one is counted with the rest
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
