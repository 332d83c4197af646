"""YAML to plain data with positions. The only module that knows PyYAML.

Only ``null``, ``true`` and ``false`` are special; every other scalar stays text until a model types it (``12:30`` is not
750, ``012`` is not 10). Repeated keys are errors; so are anchors and aliases, tags, and a second document, because a
record says what it says in one place. The file is read as a stream of events, without recursion, so that its depth
costs nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Plain = dict[str, "Plain"] | list["Plain"] | str | bool | None
Path_ = tuple[str | int, ...]  # the way to a value inside a file: ("statements", "items", 3, "source")

LARGEST_FILE = 4 * 1024 * 1024  # bytes; the longest record that a person keeps is a hundredth of it
DEEPEST = 50  # levels of nesting; a record needs ten
_SPECIAL: dict[str, bool | None] = {"null": None, "~": None, "": None, "true": True, "false": False}
_ALLOWED_CONTROLS = frozenset("\t\n\r")
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
            if step not in mark.children:
                return mark.key or (mark.line, mark.column)
            mark = mark.children[step]
        return mark.key if of_key and mark.key else (mark.line, mark.column)

    def problem(self, where: Path_, message: str, hint: str = "", *, of_key: bool = False) -> Problem:
        """Return an error at the value (or the key) at ``where``."""
        line, column = self.position(where, of_key=of_key)
        return Problem(self.path, message, hint, line, column)


def read(path: Path) -> Source:
    """Read one YAML file. Raises ReporterError with everything that is wrong with its form."""
    return parse(path, _text(path))


def parse(path: Path, text: str) -> Source:
    """Read the text of the file ``path``."""
    try:
        return _Builder(path).build(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        raise ReporterError([Problem(path, "this is not YAML", _yaml_hint(error), line, column)]) from None


def _yaml_hint(error: yaml.MarkedYAMLError) -> str:
    detail = error.problem or error.context or ""
    return f"the parser says: {detail}; look for a missing quote, a tab, or a colon inside a text" if detail else ""


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else None
    except FileNotFoundError:
        raise ReporterError([Problem(path, "there is no such file", "a dangling link?" if path.is_symlink() else "")]) from None
    except OSError as error:
        raise ReporterError([Problem(path, f"cannot be read: {error.strerror}", "check the permissions of the file")]) from None
    if raw is None:
        raise ReporterError([Problem(path, f"larger than {LARGEST_FILE // 1024**2} MiB", "one record is one file: split it")])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        column = error.start - (raw.rfind(b"\n", 0, error.start) + 1) + 1
        raise ReporterError([Problem(path, "not UTF-8", "save the file as UTF-8", line, column)]) from None
    if bad := next((i for i, char in enumerate(text) if char < " " and char not in _ALLOWED_CONTROLS), None):
        line, column = text.count("\n", 0, bad) + 1, bad - text.rfind("\n", 0, bad)
        raise ReporterError([Problem(path, f"a control character (U+{ord(text[bad]):04X})", "delete it", line, column)])
    return text


class _Builder:
    """Builds plain data from parser events, with a stack of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.root: tuple[Plain, Mark] | None = None
        # one frame for each open collection: data, mark, pending key, its position
        self.stack: list[tuple[dict[str, Plain] | list[Plain], Mark, list[tuple[str, int, int]]]] = []

    def build(self, text: str) -> Source:
        documents = 0
        for event in self._events(text):
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._stop(event, "a second document in one file", "one record is one file: delete the '---'")
            else:
                self._take(event)
        if self.root is None or self.root[0] is None:
            raise ReporterError([Problem(self.path, "the file is empty", "write the record, or delete the file", 1, 1)])
        if self.problems:
            raise ReporterError(self.problems)
        return Source(self.path, *self.root)

    @staticmethod
    def _events(text: str) -> Iterator[yaml.Event]:
        yield from yaml.parse(text, Loader=_LOADER)

    def _take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            self._stop(event, "anchors and aliases are not supported", "write the value out where it is needed")
        if isinstance(event, yaml.ScalarEvent):
            if event.tag is not None:
                self._stop(event, f"the tag '{event.tag}' is not supported", "write the plain value")
            self._add(_SPECIAL.get(event.value, event.value) if event.style is None else event.value, event)
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= DEEPEST:
                self._stop(event, f"nested deeper than {DEEPEST} levels", "no record needs this; look for a missing closing bracket")
            data: dict[str, Plain] | list[Plain] = {} if isinstance(event, yaml.MappingStartEvent) else []
            self.stack.append((data, self._add(data, event), []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()

    def _add(self, value: Plain, event: yaml.Event) -> Mark:
        line, column = event.start_mark.line + 1, event.start_mark.column + 1
        mark = Mark(line, column)
        if not self.stack:
            self.root = (value, mark)
            return mark
        data, parent, pending = self.stack[-1]
        if isinstance(data, list):
            parent.children[len(data)] = mark
            data.append(value)
        elif not pending:
            pending.append((self._key(value, event), line, column))
        else:
            key, *place = pending.pop()
            self._set(data, parent, key, (place[0], place[1]), value, mark)
        return mark

    def _key(self, value: Plain, event: yaml.Event) -> str:
        if isinstance(value, dict | list):
            self._stop(event, "a key must be a word", "quote the key, or check the indentation")
        return event.value if isinstance(event, yaml.ScalarEvent) else ""

    def _set(self, data: dict[str, Plain], parent: Mark, key: str, place: tuple[int, int], value: Plain, mark: Mark) -> None:
        if key in data:
            first = parent.children[key].key or (0, 0)
            message = f"the key '{key}' stands twice"
            self.problems.append(Problem(self.path, message, f"first in line {first[0]}: keep one", *place))
            return
        mark.key = place
        parent.children[key] = mark
        data[key] = value

    def _stop(self, event: yaml.Event, message: str, hint: str) -> None:
        mark = event.start_mark
        raise ReporterError([*self.problems, Problem(self.path, message, hint, mark.line + 1, mark.column + 1)])
