"""The tree of the values in a file: where each begins and ends, how it is written and read."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from re import finditer

Plain = dict[str, "Plain"] | list["Plain"] | str | bool | None
# The way to a value inside a file: ("statements", "items", 3, "source").
Path_ = tuple[str | int, ...]

BLOCKS = frozenset("|>")
FLOWS = frozenset("{[")
NOTHING = frozenset({"", "~"})  # what YAML takes for null, and nobody sees
SPECIAL: dict[str, bool | None] = {"null": None, "true": True, "false": False, "": None, "~": None}


@dataclass(slots=True, eq=False)
class Span:
    """A value in the text of a file: the place of its first sign, and of the first after it.

    The style of a text is its first sign: none, a quotation mark, ``|`` or ``>``; that of a mapping
    or of a list in brackets is the bracket, else ``map`` or ``list``.
    """

    start: int
    end: int
    style: str
    value: str | bool | None = None
    """Of a text: how it is read."""
    key: tuple[int, int] | None = None
    children: dict[str | int, Span] = field(default_factory=dict)
    short: Short | None = None
    """Of a part: what it says in the key, and at the end, of its text."""
    inside: Span | None = None
    """Of a statement: the list in which it stands, of several that are taken as one."""

    @property
    def begin(self) -> int:
        """Where it begins, with its key if it has one."""
        return self.key[0] if self.key else self.start

    @property
    def is_flow(self) -> bool:
        """Whether it is written in brackets."""
        return self.style in FLOWS

    @property
    def is_mapping(self) -> bool:
        """Whether it has fields."""
        return self.style in {"map", "{"}

    @property
    def is_list(self) -> bool:
        """Whether it has items."""
        return self.style in {"list", "["}

    @property
    def is_text(self) -> bool:
        """Whether it is neither a mapping nor a list."""
        return not (self.is_mapping or self.is_list)

    @property
    def is_word(self) -> bool:
        """Whether it is a text, or nothing, and neither true nor false."""
        return self.is_text and not isinstance(self.value, bool)

    @property
    def plain(self) -> Plain:
        """The plain data that it is."""
        if self.is_mapping:
            return {str(name): child.plain for name, child in self.children.items()}
        if self.is_list:
            return [child.plain for child in self.children.values()]
        return self.value

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


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """Return in which line and column of a text something stands."""
    begins = _begins(text)
    line = bisect_right(begins, offset)
    return line, offset - begins[line - 1] + 1


@lru_cache(maxsize=8)
def _begins(text: str) -> list[int]:
    """Return where the lines of a text begin."""
    return [0, *(found.end() for found in finditer(r"\r\n?|\n", text))]
