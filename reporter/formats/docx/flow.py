"""How the text of a page becomes paragraphs: blanks, breaks, and how each run is set."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import Run, WordParagraph, joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.formats.docx.blocks import WordBlock

_LONG_TERM = 22  # signs of a name beside which there is no room for what belongs to it
_BLANKS = re.compile(r"[ \t\n\r\f]+")
# What a page may hold, and XML may not.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(slots=True)
class Flow:
    """Collects the runs of a paragraph, and its paragraphs and tables."""

    style: str
    """Of a paragraph of which nothing else is said."""
    numbered: int = 0
    blocks: list[WordBlock] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)

    def write(self, text: str, setting: Run) -> None:
        """Add text to the paragraph, set like a run, with single blanks as a page shows it."""
        text = _BLANKS.sub(" ", cleaned(text))
        if not self.runs or self.runs[-1].text.endswith((" ", "\n", "\t")):
            text = text.removeprefix(" ")
        if text:
            self.runs.append(replace(setting, text=text))

    def sign(self, sign: str) -> None:
        """Add a line break or a tab, unless nothing stands before it."""
        if self.runs:
            last = self.runs[-1]
            self.runs[-1] = replace(last, text=last.text.rstrip(" "))
            self.runs.append(Run(sign))

    def end(self) -> None:
        """End the paragraph, if there is one."""
        if runs := _trimmed(self.runs):
            self.blocks.append(WordParagraph(self.style, runs, tuple(self.anchors), self.numbered))
            self.anchors = []
            if self.style.startswith("List "):  # what follows in an item is no other item
                self.style, self.numbered = "List Continue", 0
        self.runs = []


def with_terms(blocks: list[WordBlock]) -> Iterator[WordBlock]:
    """Yield blocks, each name in one paragraph with the first that belongs to it."""
    term: WordParagraph | None = None
    for block in blocks:
        if term and isinstance(block, WordParagraph) and block.style == "Definition":
            apart = "\t" if len(term.text) < _LONG_TERM else "\n"
            runs = (*term.runs, Run(apart), *block.runs)
            yield replace(term, runs=runs, anchors=(*term.anchors, *block.anchors))
            term = None
            continue
        if term:
            yield term
        term = block if isinstance(block, WordParagraph) and block.style == "Term" else None
        if not term:
            yield block
    if term:
        yield term


def cleaned(text: str | None) -> str:
    """Return text without what XML may not hold."""
    return _FORBIDDEN.sub("", text or "")


def _trimmed(runs: list[Run]) -> tuple[Run, ...]:
    """Return runs without blanks and breaks at the end, those that are set alike as one."""
    found = list(joined(runs))
    while found:
        text = found[-1].text.rstrip(" \n\t")
        if text:
            found[-1] = replace(found[-1], text=text)
            break
        found.pop()
    return tuple(found)
