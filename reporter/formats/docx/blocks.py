"""What a Word document is made of, as plain values: paragraphs and tables, in the order of reading.

They are read from a finished page (``from_page``), compared with those of another day
(``tracking``), and written (``to_body``).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WordChange = Literal["", "ins", "del"]
"""How something is marked: it is as it was, it came in, or it went out."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A part of a page that is no text."""

    told: str
    """What it shows, for whoever does not see it."""
    html: str
    content: bytes = b""
    """The PNG of one that was drawn before."""
    size: tuple[float, float] = (1.0, 1.0)
    """How large that is, in points."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text that is set in one way. A line break in it is one on the page."""

    text: str
    language: str = ""
    """Only where it is not that of the document."""
    style: str = ""
    """Name of its style."""
    bold: bool = False
    italic: bool = False
    underlined: bool = False
    link: str = ""
    """Where it leads: ``#place``, ``report.html#place``, or an address of the web."""
    tip: str = ""
    """What is said of the link."""
    drawing: Drawing | None = None
    """What stands there in place of text."""
    change: WordChange = ""


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """A paragraph, a heading, or an item of a list."""

    style: str
    """Name of its style."""
    runs: tuple[Run, ...] = ()
    anchors: tuple[str, ...] = ()
    """The places in it to which links may lead."""
    numbered: int = 0
    """Which list it counts in; 0 where it counts in none."""
    change: WordChange = ""

    @property
    def text(self) -> str:
        """Its text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class WordCell:
    """A cell of a table."""

    paragraphs: tuple[WordParagraph, ...]
    span: int = 1
    """How many columns it takes."""

    @property
    def text(self) -> str:
        """Its text, a line for each paragraph."""
        return "\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of a table."""

    cells: tuple[WordCell, ...]
    change: WordChange = ""

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts of its cells."""
        return tuple(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table: it has a head, for what has none is a list."""

    label: str
    """What it is called, for whoever does not see it."""
    head: tuple[WordRow, ...]
    rows: tuple[WordRow, ...]

    @property
    def all_rows(self) -> tuple[WordRow, ...]:
        """The head, then the body."""
        return self.head + self.rows


WordBlock = WordParagraph | WordTable


@dataclass(frozen=True, slots=True)
class WordFacts:
    """What a document says of itself, and what stands at the edges of its pages."""

    language: str
    title: str
    author: str
    description: str
    created: str
    """A day."""
    modified: str
    day: str
    """As of which day it speaks, as a sentence."""
    series: str
    foot: str
    imprint: str
    """What stands at the foot of the first page."""
    marking: str
    addressee: str
    page: str
    """The word before the number of a page, and the word before the number of pages."""
    of: str


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A report."""

    facts: WordFacts
    blocks: tuple[WordBlock, ...] = ()
    before: WordFacts | None = None
    """What an earlier one said of itself, where the blocks say what changed since."""


def joined(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Return runs, those that are set alike as one."""
    found: list[Run] = []
    for run in runs:
        if found and replace(found[-1], text=run.text) == run:
            found[-1] = replace(run, text=found[-1].text + run.text)
        else:
            found.append(run)
    return tuple(found)


def paragraphs(blocks: Iterable[WordBlock]) -> Iterator[WordParagraph]:
    """Yield all paragraphs, those in tables, too."""
    for block in blocks:
        if isinstance(block, WordParagraph):
            yield block
        else:
            for row in block.all_rows:
                for cell in row.cells:
                    yield from cell.paragraphs
