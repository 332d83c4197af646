"""Finds where in the templates something on a page comes from.

The templates are filled once more, with marks of file and line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import nodes

from reporter.formats.html.environment import Closed, Generator

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2.compiler import Frame

    from reporter.theme import Theme

_MARK = re.compile("\ufdd0([^\ufdd1]*)\ufdd1([0-9]+)\ufdd2")  # of what no text may have


class _MarkedGenerator(Generator):
    """Compiles templates that tell before each line, and before each value, where it comes from."""

    def visit_Output(self, node: nodes.Output, frame: Frame) -> None:  # noqa: N802
        """Put marks among what is printed."""
        node.nodes = [marked for piece in node.nodes for marked in self._marked(piece)]
        super().visit_Output(node, frame)

    def _marked(self, piece: nodes.Expr) -> Iterator[nodes.Expr]:
        if not isinstance(piece, nodes.TemplateData):
            yield nodes.TemplateData(self._mark(piece.lineno), lineno=piece.lineno)
            yield piece
            return
        lines = piece.data.split("\n")
        marked = [
            f"{self._mark(piece.lineno + number)}{line}" if line.strip() else line
            for number, line in enumerate(lines)
        ]
        yield nodes.TemplateData("\n".join(marked), lineno=piece.lineno)

    def _mark(self, line: int) -> str:
        return f"\ufdd0{self.filename}\ufdd1{line}\ufdd2"


class Tracing(Closed):
    """The same environment, whose pages are full of marks."""

    code_generator_class = _MarkedGenerator


class TemplateLine(NamedTuple):
    """A line of a template."""

    path: Path
    line: int


class Traced:
    """A page that was filled with marks."""

    def __init__(self, marked: str) -> None:
        texts: list[str] = []
        self._offsets: list[int] = []
        self._places: list[TemplateLine] = []
        end = length = 0
        for mark in _MARK.finditer(marked):
            texts.append(marked[end : mark.start()])
            length += mark.start() - end
            end = mark.end()
            self._offsets.append(length)
            self._places.append(TemplateLine(Path(mark[1]), int(mark[2])))
        self.text = "".join([*texts, marked[end:]])

    def place(self, at: int) -> TemplateLine | None:
        """Return the line of the template that printed what stands at this place of the text."""
        index = bisect_right(self._offsets, at) - 1
        return self._places[index] if index >= 0 else None


def written(theme: Theme, value: str) -> TemplateLine | None:
    """Return the first line of a project's own templates in which something is written."""
    for path in sorted(theme.folders[0].rglob("*")):
        name = path.relative_to(theme.folders[0]).as_posix()
        if value and path.suffix in {".html", ".js"} and theme.find(name):
            before, there, _ = theme.text(name).partition(value)
            if there:
                return TemplateLine(path, before.count("\n") + 1)
    return None
