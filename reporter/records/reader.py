"""YAML to plain data with positions. The only module that knows PyYAML.

Only ``null``, ``true`` and ``false`` are special; every other scalar stays text until a model types it (``12:30`` is not
750, ``012`` is not 10). Repeated keys are errors; so are anchors and aliases, tags, and a second document, because a
record says what it says in one place. The file is read as a stream of events, without recursion, so that its depth
costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import yaml

from reporter.problems import Problem, ReporterError, quoted
from reporter.text import NOT_TEXT, read_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from yaml._yaml import Mark as CMark

Plain = dict[str, "Plain"] | list["Plain"] | str | bool | None
Path_ = tuple[
    str | int, ...
]  # the way to a value inside a file: ("statements", "items", 3, "source")

DEEPEST = 50  # levels of nesting; a record needs ten
LONGEST = 10_000  # characters of one text; that is three pages, and a statement is a sentence
_SPECIAL: dict[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Mark:
    """Where a value stands, and where its key and its children stand."""

    line: int
    column: int
    key: tuple[int, int] | None = None
    children: dict[str | int, Mark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its plain data and the position of each value."""

    path: Path
    data: Plain
    mark: Mark

    def position(self, where: Path_, *, of_key: bool = False) -> tuple[int, int]:
        """Return line and column of the value (or of the key) at ``where``, or of the nearest value around it."""
        mark = self.mark
        for step in where:
            if step in mark.children:
                mark = mark.children[step]
            elif step != 0:  # else a list of one, written without its dash
                return mark.line, mark.column
        return mark.key if of_key and mark.key else (mark.line, mark.column)

    def problem(
        self, where: Path_, message: str, hint: str = "", *, of_key: bool = False
    ) -> Problem:
        """Return an error at the value (or the key) at ``where``."""
        line, column = self.position(where, of_key=of_key)
        return Problem(self.path, message, hint, line, column)


def read(path: Path) -> Source:
    """Read one YAML file. Raises ReporterError with everything that is wrong with its form."""
    return parse(path, read_text(path))


def parse(path: Path, text: str) -> Source:
    """Read the text of the file ``path``."""
    builder = _Builder(path)
    try:
        return builder.build(text)
    except yaml.MarkedYAMLError as error:
        line, column = _position(error.problem_mark or error.context_mark)
        if quote := builder.open_quote(line, error):
            problem = Problem(
                path,
                "this is not YAML",
                "this quotation mark is not closed: close it; inside a text write it twice",
                *quote,
            )
        else:
            problem = Problem(path, "this is not YAML", _yaml_hint(error), line, column)
        raise ReporterError([*builder.problems, problem]) from None


def _yaml_hint(error: yaml.MarkedYAMLError) -> str:
    begin = error.context_mark
    inside = (
        f", in what begins in line {begin.line + 1}"
        if begin and error.problem_mark and begin.line != error.problem_mark.line
        else ""
    )
    return f"the parser says: {error.problem or error.context}{inside}; look for a missing quote, a tab, or a colon inside a text"


def _position(mark: yaml.Mark | CMark | None) -> tuple[int, int]:
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


@dataclass(slots=True)
class _Open:
    """A mapping or a list that is being read, and the key that waits for its value."""

    data: dict[str, Plain] | list[Plain]
    mark: Mark
    key: str | None = None
    place: tuple[int, int] = (0, 0)


class _Builder:
    """Builds plain data from parser events, with a stack of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: tuple[Plain, Mark] | None = None
        self.stack: list[_Open] = []
        self.quote: tuple[int, int] | None = (
            None  # where a quoted text over several lines begins, and
        )
        self.quote_ends = 0  # the line in which it ends

    def open_quote(self, line: int, error: yaml.MarkedYAMLError) -> tuple[int, int] | None:
        """Return where the quotation mark stands that makes the parser fail in ``line``: a text without its end takes that of another."""
        never_ends = (
            error.context == "while scanning a quoted scalar"
            and error.problem == "found unexpected end of stream"
        )
        begin = _position(error.context_mark) if never_ends else (line, 0)
        if self.quote and self.quote_ends == begin[0]:
            return self.quote
        return begin if never_ends else None

    def build(self, text: str) -> Source:
        documents = 0
        for event in self._events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(
                        event,
                        "a second document in one file",
                        "one record is one file: delete the '---'",
                    )
            else:
                self._take(event)
        if self.root is None or self.root[0] is None:
            raise ReporterError(
                [
                    Problem(
                        self.path, "the file is empty", "write the record, or delete the file", 1, 1
                    )
                ]
            )
        if self.problems:
            raise ReporterError(self.problems)
        return Source(self.path, *self.root)

    @staticmethod
    def _events(text: str) -> Iterator[yaml.Event]:
        yield from yaml.parse(text, Loader=_LOADER)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.NodeEvent):
            self._refuse(event)
            if isinstance(event, yaml.ScalarEvent):
                self._follow_quotes(event)
                self._add(
                    _SPECIAL.get(event.value, event.value) if not event.style else event.value,
                    event,
                )
            else:
                data: dict[str, Plain] | list[Plain] = (
                    {} if isinstance(event, yaml.MappingStartEvent) else []
                )
                self.stack.append(_Open(data, self._add(data, event)))

    def _follow_quotes(self, event: yaml.ScalarEvent) -> None:
        begin, end = _position(event.start_mark), _position(event.end_mark)
        if event.style in {"'", '"'} and begin[0] < end[0]:
            if self.quote is None or self.quote_ends != begin[0]:
                self.quote = begin
            self.quote_ends = end[0]

    def _refuse(self, event: yaml.NodeEvent) -> None:
        """Stop at what YAML has and a record needs not."""
        if isinstance(event, yaml.AliasEvent) or event.anchor:
            self._stop(
                event,
                "anchors and aliases are not supported",
                "write the value out where it is needed",
            )
        if (
            isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent)
            and event.tag is not None
        ):
            self._stop(
                event, f"the tag {quoted(event.tag)} is not supported", "write the plain value"
            )
        if isinstance(event, yaml.CollectionStartEvent) and len(self.stack) >= DEEPEST:
            self._stop(
                event,
                f"nested deeper than {DEEPEST} levels",
                "no record needs this; look for a missing closing bracket",
            )
        if isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST:
            message = f"a text of {len(event.value):,} characters: one has at most {LONGEST:,}"
            self._stop(
                event,
                message,
                "say it shorter, and cite the document; or look for a missing quotation mark",
            )
        if isinstance(event, yaml.ScalarEvent) and (bad := NOT_TEXT.search(event.value)):
            self._stop(
                event, f"the character U+{ord(bad[0]):04X} is not text", "leave its escape out"
            )

    def _add(self, value: Plain, event: yaml.Event) -> Mark:
        place = _position(event.start_mark)
        mark = Mark(*place)
        if not self.stack:
            self.root = (value, mark)
            return mark
        parent = self.stack[-1]
        if isinstance(parent.data, list):
            parent.mark.children[len(parent.data)] = mark
            parent.data.append(value)
        elif parent.key is None:
            parent.key, parent.place = self._key(event), place
        else:
            self._set(parent.data, parent, value, mark)
        return mark

    def _key(self, event: yaml.Event) -> str:
        if not isinstance(event, yaml.ScalarEvent):
            self._stop(event, "a key must be a word", "quote the key, or check the indentation")
        return event.value

    def _set(self, data: dict[str, Plain], parent: _Open, value: Plain, mark: Mark) -> None:
        key, parent.key = parent.key or "", None
        if key in data:
            first = parent.mark.children[key].key or (0, 0)
            hint = f"first in line {first[0]}: keep one"
            self.problems.append(
                Problem(self.path, f"the key {quoted(key)} stands twice", hint, *parent.place)
            )
            return
        mark.key = parent.place
        parent.mark.children[key] = mark
        data[key] = value

    def _stop(self, event: yaml.Event, message: str, hint: str) -> NoReturn:
        raise ReporterError(
            [*self.problems, Problem(self.path, message, hint, *_position(event.start_mark))]
        )
