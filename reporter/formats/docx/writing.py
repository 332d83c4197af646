"""From paragraphs and tables to the body of a Word document."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import Paragraph, Table
from reporter.formats.docx.package import Relations
from reporter.formats.docx.xml import XML, R, W, w
from reporter.language import region_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import Block, Cell, Row, Run
    from reporter.formats.docx.reference import Reference

_SIGNS = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen"}
_TEXT = re.compile("([\n\t\u00ad])")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_REPORT = re.compile(r"([\w-]+)\.html(?:#(.+))?", re.ASCII)
_PLAIN_PLACE = re.compile("[a-z][a-z0-9-]{,38}")
_LONGEST_TIP = 255
_SIGN = 96  # twentieths of a point that a sign in a table takes, more or less
_APART = 2  # signs between two columns
_LONGEST_WORD = 16  # signs of a word that is not broken for the sake of others
_LONGEST_LINE = 60  # signs for which a column makes others give way


class Writer:
    """Writes the blocks of one document; notes to which addresses they lead."""

    def __init__(self, reference: Reference, blocks: Iterable[Block]) -> None:
        self.relations = Relations()
        self._reference = reference
        self._places = {anchor for paragraph in paragraphs(blocks) for anchor in paragraph.anchors}
        self._marked: set[str] = set()
        self._lists = 0

    def written(self, blocks: Iterable[Block], width: int) -> Iterator[_Element]:
        """Yield the elements of these blocks on pages with lines of this width."""
        table = False
        for block in blocks:
            if isinstance(block, Table):
                if table:  # Word would make one of two
                    yield w("p")
                yield self._table(block, width)
            else:
                yield self._paragraph(block)
            table = isinstance(block, Table)
        if table:
            yield w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")))

    def _paragraph(self, paragraph: Paragraph) -> _Element:
        style = self._reference.style(paragraph.style)
        numbering = ""
        if paragraph.numbered or paragraph.style.startswith("List Bullet"):
            numbering = self._reference.numbering(paragraph.style, paragraph.numbered)
        counted = w("numPr", w("ilvl", val=0), w("numId", val=numbering)) if numbering else None
        bidi = w("bidi") if _is_right_to_left(paragraph.text) else None
        properties = w("pPr", w("pStyle", val=style), counted, bidi)
        begins, ends = self._bookmarks(paragraph.anchors)
        return w("p", properties, *begins, *self._runs(paragraph.runs), *ends)

    def _bookmarks(self, anchors: Iterable[str]) -> tuple[list[_Element], list[_Element]]:
        """Return what marks the places in a paragraph; each place of a document is marked once."""
        begins, ends = [], []
        for name in dict.fromkeys(map(place, anchors)):
            if name not in self._marked:
                self._marked.add(name)
                number = len(self._marked)
                begins.append(w("bookmarkStart", id=number, name=name))
                ends.append(w("bookmarkEnd", id=number))
        return begins, ends

    def _runs(self, runs: Iterable[Run]) -> Iterator[_Element]:
        for (link, tip), linked in groupby(runs, lambda run: (run.link, run.tip)):
            written = [self._run(run) for run in linked]
            leads = self._leads(link) if link else {}
            if leads:
                around = w("hyperlink", *written, history=1)
                for name, found in leads.items():
                    around.set(name, found)
                if tip:
                    around.set(w_name("tooltip"), tip[:_LONGEST_TIP])
                yield around
            else:
                yield from written

    def _leads(self, link: str) -> dict[str, str]:
        """Return how a link says where it leads; nothing where that is nowhere."""
        if link.startswith("#"):
            return {w_name("anchor"): place(link[1:])} if link[1:] in self._places else {}
        if found := _REPORT.fullmatch(link):
            leads = {f"{{{R}}}id": self.relations.link(f"{found[1]}.docx")}
            return leads | ({w_name("anchor"): place(found[2])} if found[2] else {})
        if _WEB.match(link):
            return {f"{{{R}}}id": self.relations.link(link)}
        return {}

    def _run(self, run: Run) -> _Element:
        parts = []
        for text in filter(None, _TEXT.split(run.text)):
            part = w(_SIGNS.get(text, "t"))
            if text not in _SIGNS:
                part.text = text
                part.set(f"{{{XML}}}space", "preserve")
            parts.append(part)
        return w("r", self._properties(run), *parts)

    def _properties(self, run: Run) -> _Element | None:
        found = []
        style = run.style or ("Strong" if run.bold else "Emphasis" if run.italic else "")
        if style:
            found.append(w("rStyle", val=self._reference.style(style, "character")))
        if run.bold and style != "Strong":
            found += [w("b"), w("bCs")]
        if run.italic and style != "Emphasis":
            found += [w("i"), w("iCs")]
        if run.underlined:
            found.append(w("u", val="single"))
        if _is_right_to_left(run.text):
            found.append(w("rtl"))
        if run.language:
            tag = region_tag(run.language)
            found.append(w("lang", val=tag, eastAsia=tag, bidi=tag))
        return w("rPr", *found) if found else None

    def _table(self, table: Table, width: int) -> _Element:
        widths = _widths(table, width)
        style = self._reference.style("Report Table", "table")
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
        properties = w(
            "tblPr",
            w("tblStyle", val=style),
            w("tblW", w=5000, type="pct"),
            w("tblLook", val="0620", **look, noHBand=1, noVBand=1),
            w("tblCaption", val=table.label) if table.label else None,
        )
        grid = w("tblGrid", *(w("gridCol", w=size) for size in widths))
        head = (self._row(row, widths, head=True) for row in table.head)
        body = (self._row(row, widths) for row in table.rows)
        return w("tbl", properties, grid, *head, *body)

    def _row(self, row: Row, widths: list[int], *, head: bool = False) -> _Element:
        properties = w("trPr", w("cantSplit"), w("tblHeader") if head else None)
        cells, left = [], list(widths)
        for cell in row.cells:
            taken = [left.pop(0) for _ in range(min(cell.span, len(left)))]
            cells.append(self._cell(cell, sum(taken), len(taken)))
        return w("tr", properties, *cells)

    def _cell(self, cell: Cell, width: int, span: int) -> _Element:
        spans = w("gridSpan", val=span) if span > 1 else None
        properties = w("tcPr", w("tcW", w=width, type="dxa"), spans)
        return w("tc", properties, *map(self._paragraph, cell.paragraphs))


def w_name(name: str) -> str:
    """Return the whole name of an attribute of Word."""
    return f"{{{W}}}{name}"


def paragraphs(blocks: Iterable[Block]) -> Iterator[Paragraph]:
    """Yield all paragraphs, those in tables, too."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.all_rows:
                for cell in row.cells:
                    yield from cell.paragraphs


def place(anchor: str) -> str:
    """Return the name of a bookmark: the same for a place in each report that leads to it.

    Word takes letters, digits and the low line, and no more than forty of them.
    """
    name = re.sub(r"\W", "_", anchor, flags=re.ASCII)
    if _PLAIN_PLACE.fullmatch(anchor):
        return name
    return f"p{name[:26]}_{hashlib.sha256(anchor.encode()).hexdigest()[:10]}"


def needs_width(table: Table) -> int:
    """Return how wide a table has to be so that no word is broken."""
    return sum(least for least, _ in _columns(table)) * _SIGN


def _widths(table: Table, width: int) -> list[int]:
    """Return the widths of columns: room for the longest word, and what is left by the texts."""
    columns = _columns(table)
    left = max(0, width // _SIGN - sum(least for least, _ in columns))
    more = [max(0, wanted - least) for least, wanted in columns]
    share = min(1.0, left / max(1, sum(more)))
    sizes = [least + wanted * share for (least, _), wanted in zip(columns, more, strict=True)]
    return [int(width * size / sum(sizes)) for size in sizes]


def _columns(table: Table) -> list[tuple[int, int]]:
    """Return for each column how many signs its longest word has, and how many it would like."""
    count = max(sum(cell.span for cell in row.cells) for row in table.all_rows)
    texts: list[list[str]] = [[] for _ in range(count)]
    for row in table.all_rows:
        column = 0
        for cell in row.cells:
            if cell.span == 1:
                texts[column].append(cell.text)
            column += cell.span
    return [(_longest(found, str.split), _longest(found, str.splitlines)) for found in texts]


def _longest(texts: list[str], parts: Callable[[str], list[str]]) -> int:
    most = _LONGEST_WORD if parts is str.split else _LONGEST_LINE
    lengths = (_length(part) for text in texts for part in parts(text))
    return min(most, max(lengths, default=1)) + _APART


def _length(text: str) -> int:
    """Return how wide a text is: a sign of East Asia counts twice."""
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _is_right_to_left(text: str) -> bool:
    """Return whether the first letter is written from right to left, as HTML's ``dir=auto``."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
