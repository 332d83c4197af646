"""Where each value of a file begins and ends, and how it is written: what an edit has to know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from reporter.records.reader import Path_, Plain

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
BLOCKS = frozenset("|>")
FLOWS = frozenset("{[")


@dataclass(slots=True)
class Span:
    """A value in the text of a file: the place of its first sign, and of the first after it.

    The style of a text is its first sign: none, a quotation mark, ``|`` or ``>``; that of a mapping
    or of a list in brackets is the bracket, else ``map`` or ``list``.
    """

    start: int
    end: int
    style: str
    column: int
    """How many signs stand before it in its line."""
    value: str = ""
    """Of a text: how it is read."""
    key: tuple[int, int] | None = None
    children: dict[str | int, Span] = field(default_factory=dict)
    short: Short | None = None
    """Of a part: what it says in the key, and at the end, of its text."""
    inside: Span | None = None
    """Of a statement: the list in which it stands, of several that are taken as one."""
    place: int = 0
    """And its place there."""

    @property
    def is_flow(self) -> bool:
        """Whether it is written in brackets."""
        return self.style in FLOWS

    @property
    def is_text(self) -> bool:
        """Whether it is neither a mapping nor a list."""
        return not self.is_flow and self.style not in {"map", "list"}

    def at(self, way: Path_) -> Span | None:
        """Return the value at ``way``; None where there is none."""
        found: Span | None = self
        for step in way:
            found = found.children.get(step) if found else None
        return found


@dataclass(slots=True)
class Short:
    """What a part of a record says in the key, and at the end, of its text."""

    told: dict[str, Plain]
    """What the key says."""
    key: Span
    text: Span
    """As it is written, with the sources at its end."""
    sources: list[Plain] = field(default_factory=list)
    written: str = ""
    """The sources as they stand there, in brackets."""


@dataclass(slots=True)
class _OpenSpan:
    """A mapping or a list that is being read, and the key that waits for its value."""

    span: Span
    name: str = ""
    key: tuple[int, int] | None = None

    @property
    def is_mapping(self) -> bool:
        return self.span.style in {"map", "{"}

    def add(self, span: Span) -> None:
        span.key = self.key
        self.span.children[self.name if self.is_mapping else len(self.span.children)] = span
        self.key = None


def spans(text: str) -> Span:
    """Return the value in the text of a file, which has to be one that the reader takes."""
    stack = [_OpenSpan(Span(0, 0, "list", 0))]
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            _close(stack.pop().span, _place(event)[1])
        elif isinstance(event, yaml.NodeEvent):
            parent = stack[-1]
            if parent.is_mapping and parent.key is None and isinstance(event, yaml.ScalarEvent):
                parent.name = event.value
                parent.key = _place(event)
                continue
            parent.add(span := _opened(event, text))
            if isinstance(event, yaml.CollectionStartEvent):
                stack.append(_OpenSpan(span))
    return stack[0].span.children[0]


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


def _place(event: yaml.Event) -> tuple[int, int]:
    """Return where an event begins and ends."""
    start, end = event.start_mark, event.end_mark
    assert start and end  # noqa: PT018, S101 (the parser marks each)
    return start.index, end.index


def _opened(event: yaml.NodeEvent, text: str) -> Span:
    start, end = _place(event)
    mark = event.start_mark
    if isinstance(event, yaml.ScalarEvent):
        style = event.style or ""
        if style in BLOCKS:  # blank lines after it are none of it
            end = start + len(text[start:end].rstrip())
    elif isinstance(event, yaml.MappingStartEvent):
        style = "{" if event.flow_style else "map"
    else:
        style = "[" if getattr(event, "flow_style", False) else "list"
    return Span(start, end, style, mark.column if mark else 0, getattr(event, "value", ""))


def _close(span: Span, end: int) -> None:
    """Set the end of a mapping or of a list: in blocks, that of the last thing in it."""
    last = next(reversed(span.children.values()), None)
    span.end = end if span.is_flow or last is None else last.end
