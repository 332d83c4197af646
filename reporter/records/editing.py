"""Changes the text of a file at the very place of a value; every other sign stays as it is.

Nothing is ever written anew from the data, so that comments, order and style remain.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from reporter.records.inline import ended, key_of
from reporter.records.outline import can_be_key, spans_of
from reporter.records.spans import BLOCKS, Short, Span
from reporter.records.writing import field, in_brackets, in_lines, scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from reporter.records.reader import Path_, Plain

_HEADER = re.compile(r"[|>]([+-]?[ \t]*(?:#.*)?)$")  # of a block, with a comment
_COMMENT = "a comment stands there that would be lost"


class CannotEditError(Exception):
    """A change that would cost something else."""

    def __init__(self, change: Change | Added, offset: int) -> None:
        self.change = change
        self.offset = offset
        super().__init__(_COMMENT)


@dataclass(frozen=True, slots=True)
class Change:
    """A new value for a field; None removes the field."""

    way: Path_
    """The way to it: record, and names of fields."""
    value: Plain
    order: tuple[str, ...]
    """The fields that there may be beside it, in the order in which they are written."""
    row: Path_
    """The record, or the part of one, to which it belongs."""


@dataclass(frozen=True, slots=True)
class Added:
    """New items of a list, after the item ``after``; -1 puts them first."""

    way: Path_
    """The way to the list, which may not be there yet."""
    after: int
    values: tuple[Plain, ...]
    order: tuple[str, ...]
    """The fields that there may be beside the list."""


class _Edit(NamedTuple):
    start: int
    end: int
    text: str


def edited(text: str, changes: Sequence[Change], added: Sequence[Added] = ()) -> str:
    """Return the text of a file with all changes, and then all additions, made.

    Raises CannotEditError where one would cost a comment.
    """
    left = list(changes)
    while left:
        now, left = _pass(left)
        text = _Editor(text).changed(now)
    return _Editor(text).extended(added) if added else text


def _pass(changes: Iterable[Change]) -> tuple[list[Change], list[Change]]:
    """Return the changes that can be made at once, one for each record, and those that wait."""
    now: list[Change] = []
    later: list[Change] = []
    taken: set[Path_] = set()
    for change in changes:
        (later if change.row in taken else now).append(change)
        taken.add(change.row)
    return now, later


class _Editor:
    """Makes the edits of one text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.root = spans_of(text)
        self.feed = "\r\n" if "\r\n" in text else "\n"

    def changed(self, changes: Iterable[Change]) -> str:
        return self._applied(edit for change in changes for edit in self._change(change))

    def extended(self, added: Iterable[Added]) -> str:
        return self._applied([self._add(item) for item in added])

    def _applied(self, edits: Iterable[_Edit]) -> str:
        parts, at = [], 0
        for edit in sorted(edits, key=lambda edit: edit[:2]):
            parts += [self.text[at : edit.start], edit.text.replace("\n", self.feed)]
            at = edit.end
        return "".join([*parts, self.text[at:]])

    # Changes

    def _change(self, change: Change) -> Iterator[_Edit]:
        span, parent = self.root.at(change.way), self.root.at(change.way[:-1])
        short = parent.short if parent else None
        if span and parent and short and change.way[-1] in {*short.told, "text", *_cited(short)}:
            yield from self._said(change, parent, short)
        elif change.value is None:
            if span is not None:
                yield self._removed(change)
        elif span is None:
            many = isinstance(change.value, list) and len(change.value) > 1
            value = change.value if many or not isinstance(change.value, list) else change.value[0]
            yield self._put_in(change, change.way, value)
        elif isinstance(change.value, list):
            yield from self._list(change, span, change.value)
        elif isinstance(change.value, dict) or not span.is_text:
            self._check_no_comment(change, span)
            yield _Edit(span.start, span.end, in_brackets(change.value))
        else:
            in_flow = parent is not None and parent.is_flow
            yield self._text(span, change.value, in_flow=in_flow)

    def _said(self, change: Change, parent: Span, short: Short) -> Iterator[_Edit]:
        """Yield how a field changes that stands in the key, or at the end, of a text."""
        name, value = str(change.way[-1]), change.value
        after = ", " if parent.is_flow else f"\n{' ' * self._column(parent.start)}"
        if name in short.told:
            told = {**short.told, name: value}
            key = str(value or "") if name == "verb" else key_of(told)
            if key and (name != "verb" or can_be_key(key)):
                yield _Edit(short.key.start, short.key.end, scalar(key, short.key.style))
            else:
                said = [*_fields(told), "text"]
                yield _Edit(short.key.start, short.key.end, after.join(said))
            return
        text = value if name == "text" else parent.children["text"].value
        sources = value if name == "source" else list(short.sources)
        written = short.written if name == "text" else ""
        new = ended(text, sources, written) if text and sources else text
        if new:
            yield self._text(short.text, new, in_flow=parent.is_flow)
            return
        self._check_no_comment(change, short.text)
        if "#" in self.text[short.key.end : short.text.start]:
            raise CannotEditError(change, short.key.start)
        left = {**short.told, "text": text, "source": sources or None}
        yield _Edit(short.key.start, short.text.end, after.join(_fields(left)))

    def _text(self, span: Span, value: Plain, *, in_flow: bool) -> _Edit:
        """Return how one text replaces another, in the style of that."""
        old = self.text[span.start : span.end]
        indent = self._indent(span, old)
        if in_flow or (span.style not in BLOCKS and self._tail(span.end)):
            return _Edit(span.start, span.end, scalar(value, span.style))
        new = scalar(value, span.style, indent)
        header = _HEADER.match(old.partition("\n")[0].rstrip("\r"))
        if span.style in BLOCKS and new[0] in BLOCKS and header:
            new = new[0] + header[1] + new[2:]
        return _Edit(span.start, span.end, new)

    def _indent(self, span: Span, old: str) -> int:
        """Return the indent of the lines of a block: as they have it, or two more than the key."""
        if span.style in BLOCKS:
            line = next((line for line in old.split("\n")[1:] if line.strip()), "")
            if line:
                return len(line) - len(line.lstrip(" "))
        return self._column(span.begin) + (2 if span.key else 0)

    def _list(self, change: Change, span: Span, values: list[Plain]) -> Iterator[_Edit]:
        parent = self.root.at(change.way[:-1])
        if span.is_text and len(values) == 1:
            yield self._text(span, values[0], in_flow=parent is not None and parent.is_flow)
        elif span.is_text:
            yield _Edit(span.start, span.end, in_brackets(values))
        elif len(span.children) == len(values):
            for child, value in zip(span.children.values(), values, strict=True):
                if str(child.value).strip() != value:
                    yield self._text(child, value, in_flow=span.is_flow)
        else:
            self._check_no_comment(change, span)
            margin = " " * self._column(span.start)
            lines = f"\n{margin}".join(f"- {scalar(value)}" for value in values)
            yield _Edit(span.start, span.end, in_brackets(values) if span.is_flow else lines)

    # Fields that come and go

    def _put_in(self, change: Change | Added, way: Path_, value: Plain) -> _Edit:
        """Return how a field is put into its mapping, in its order; so is the mapping itself."""
        *above, name = way
        mapping = self.root.at(tuple(above))
        if mapping is None:
            return self._put_in(change, tuple(above), {str(name): value})
        if not mapping.children:
            return _Edit(mapping.start, mapping.end, in_brackets({str(name): value}))
        first = next(iter(mapping.children.values()))
        before = self._before(mapping, str(name), change.order)
        if mapping.is_flow:
            new = f"{name}: {in_brackets(value)}"
            start = _end(mapping, before) if before else first.begin
            return _Edit(start, start, f", {new}" if before else f"{new}, ")
        column = self._column(mapping.start)
        new = field(str(name), value, column)
        margin = " " * column
        if before is None:
            return _Edit(mapping.start, mapping.start, f"{new}\n{margin}")
        end = self._line_end(_end(mapping, before))
        return _Edit(end, end, f"\n{margin}{new}")

    @staticmethod
    def _before(mapping: Span, name: str, order: tuple[str, ...]) -> Span | None:
        """Return the last of the fields that come before one."""
        last = next(reversed(mapping.children.values()))
        if name not in order:
            return last
        earlier = order[: order.index(name)]
        return next(
            (mapping.children[each] for each in reversed(earlier) if each in mapping.children), None
        )

    def _removed(self, change: Change) -> _Edit:
        """Return how a field is taken out, and with the last one its mapping, too."""
        way = change.way
        while len(way) > len(change.row) + 1:
            parent = self.root.at(way[:-1])
            if parent is None or len(parent.children) > 1:
                break
            way = way[:-1]
        parent = self.root.at(way[:-1])
        assert parent  # noqa: S101 (it has the field)
        before, span, after = _around(parent, way[-1])
        self._check_no_comment(change, span)
        if span.key and "#" in self.text[span.key[1] : span.start]:
            raise CannotEditError(change, span.begin)
        if not parent.is_flow:
            return self._out_of_lines(change, span, after)
        begin = _end(parent, before) if before else span.begin
        end = after.begin if after and not before else span.end
        if "#" in self.text[begin : span.begin] + self.text[span.end : end]:
            raise CannotEditError(change, span.begin)
        return _Edit(begin, end, "")

    def _out_of_lines(self, change: Change, span: Span, after: Span | None) -> _Edit:
        begin, end = self._line_start(span.begin), self._line_end(span.end)
        if self.text[span.end : end].strip():
            raise CannotEditError(change, span.end)
        if not self.text[begin : span.begin].strip():
            after_feed = self.text.find("\n", end) + 1
            if after_feed:
                return _Edit(begin, after_feed, "")
            return _Edit(self._line_end(begin - 1) if begin else 0, end, "")
        if after is None:
            return _Edit(span.begin, span.end, "{}")
        if self.text[end : after.begin].strip():
            raise CannotEditError(change, end)
        return _Edit(span.begin, after.begin, "")

    def _check_no_comment(self, change: Change, span: Span) -> None:
        """Raise CannotEditError where a comment stands inside of a value."""
        if span.style in BLOCKS:
            if "#" in self.text[span.start :].partition("\n")[0]:
                raise CannotEditError(change, span.start)
            return
        if span.is_text:
            return
        at = span.start
        for child in span.children.values():
            if "#" in self.text[at : child.begin]:
                raise CannotEditError(change, at)
            self._check_no_comment(change, child)
            at = child.end
        if "#" in self.text[at : span.end]:
            raise CannotEditError(change, at)

    # Items of lists

    def _add(self, item: Added) -> _Edit:
        span = self.root.at(item.way)
        values = list(item.values)
        if span is None:
            return self._put_in(item, item.way, values)
        if not span.children:
            return _Edit(span.start, span.end, in_brackets(values))
        near = span.children[max(item.after, 0)]
        span = near.inside or span
        if span.is_flow:
            return self._into_brackets(span, near if item.after >= 0 else None, values)
        first, column = self._column(span.start), self._column(near.start)
        margin = " " * first
        dash = f"-{' ' * (column - first - 1)}" if near.style == "map" else "- "
        new = [f"{dash}{self._item(near, value)}" for value in values]
        if item.after < 0:
            return _Edit(span.start, span.start, "".join(f"{text}\n{margin}" for text in new))
        end = self._line_end(near.end)
        return _Edit(end, end, "".join(f"\n{margin}{text}" for text in new))

    def _item(self, near: Span, value: Plain) -> str:
        """Return a new item, written as the one beside it is."""
        if isinstance(value, dict) and near.style == "map":
            return in_lines(value, self._column(near.start))
        return in_brackets(value)

    @staticmethod
    def _into_brackets(span: Span, after: Span | None, values: list[Plain]) -> _Edit:
        new = ", ".join(map(in_brackets, values))
        if after:
            return _Edit(after.end, after.end, f", {new}")
        start = span.children[0].start
        return _Edit(start, start, f"{new}, ")

    # Lines

    def _column(self, offset: int) -> int:
        """Return how many signs stand before a place in its line."""
        return offset - self._line_start(offset)

    def _line_start(self, offset: int) -> int:
        return self.text.rfind("\n", 0, offset) + 1

    def _line_end(self, offset: int) -> int:
        end = self.text.find("\n", offset)
        end = len(self.text) if end < 0 else end
        return end - 1 if self.text[end - 1 : end] == "\r" else end

    def _tail(self, offset: int) -> str:
        """Return what follows in the line."""
        return self.text[offset : self._line_end(offset)].strip()


def _end(parent: Span, child: Span) -> int:
    """Return where a field ends: one that stands in the key of a text, with that."""
    short = parent.short
    is_short = short and short.key.start <= child.start <= short.text.end
    return short.text.end if short and is_short else child.end


def _cited(short: Short) -> tuple[str, ...]:
    return ("source",) if short.sources else ()


def _fields(told: Mapping[str, Plain]) -> list[str]:
    """Return fields as they are written, those that have a value."""
    return [f"{name}: {in_brackets(value)}" for name, value in told.items() if value is not None]


def _around(parent: Span, name: str | int) -> tuple[Span | None, Span, Span | None]:
    """Return a field between those before and after it."""
    every = [None, *parent.children.values(), None]
    index = list(parent.children).index(name)
    before, span, after = every[index : index + 3]
    assert span  # noqa: S101 (it is there)
    return before, span, after
