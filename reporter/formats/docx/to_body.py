"""From paragraphs and tables to the body of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import WordTable
from reporter.formats.docx.runs import is_right_to_left
from reporter.formats.docx.widths import widths
from reporter.formats.docx.xml import w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import WordBlock, WordCell, WordParagraph, WordRow
    from reporter.formats.docx.reference import ReferenceDocument
    from reporter.formats.docx.runs import RunWriter


class BlockWriter:
    """Writes the blocks of one document."""

    def __init__(self, reference: ReferenceDocument, texts: RunWriter) -> None:
        self._reference, self._texts = reference, texts
        self._begun = False
        """Whether a report was begun: another one begins on a page of its own."""

    def written(self, blocks: Iterable[WordBlock], width: int) -> Iterator[_Element]:
        """Yield the elements of these blocks on pages with lines of this width."""
        table = False
        for block in blocks:
            if isinstance(block, WordTable):
                if table:  # Word would make one of two
                    yield w("p")
                yield self._table(block, width)
            else:
                yield self._paragraph(block)
            table = isinstance(block, WordTable)
        if table:
            yield w("p", w("pPr", w("spacing", before=0, after=0, line=20, lineRule="exact")))

    def _paragraph(self, paragraph: WordParagraph) -> _Element:
        style = self._reference.style(paragraph.style)
        numbering = ""
        if paragraph.numbered or paragraph.style.startswith("List Bullet"):
            numbering = self._reference.numbering(paragraph.style, paragraph.numbered)
        counted = w("numPr", w("ilvl", val=0), w("numId", val=numbering)) if numbering else None
        bidi = w("bidi") if is_right_to_left(paragraph.text) else None
        mark = self._texts.change(paragraph.change)
        marked = w("rPr", mark) if mark is not None else None
        begins = paragraph.style == "Series"
        broken = w("pageBreakBefore") if begins and self._begun else None
        self._begun = self._begun or begins
        properties = w("pPr", w("pStyle", val=style), broken, counted, bidi, marked)
        opened, ends = self._texts.bookmarks(paragraph.anchors)
        return w("p", properties, *opened, *self._texts.runs(paragraph.runs), *ends)

    def _table(self, table: WordTable, width: int) -> _Element:
        sizes = widths(table, width)
        style = self._reference.style("Report Table", "table")
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": 0, "lastColumn": 0}
        properties = w(
            "tblPr",
            w("tblStyle", val=style),
            w("tblW", w=5000, type="pct"),
            w("tblLook", val="0620", **look, noHBand=1, noVBand=1),
            w("tblCaption", val=table.label) if table.label else None,
        )
        grid = w("tblGrid", *(w("gridCol", w=size) for size in sizes))
        head = (self._row(row, sizes, head=True) for row in table.head)
        body = (self._row(row, sizes) for row in table.rows)
        return w("tbl", properties, grid, *head, *body)

    def _row(self, row: WordRow, sizes: list[int], *, head: bool = False) -> _Element:
        repeats = w("tblHeader") if head else None
        properties = w("trPr", w("cantSplit"), repeats, self._texts.change(row.change))
        cells, left = [], list(sizes)
        for cell in row.cells:
            taken = [left.pop(0) for _ in range(min(cell.span, len(left)))]
            cells.append(self._cell(cell, sum(taken), len(taken)))
        return w("tr", properties, *cells)

    def _cell(self, cell: WordCell, width: int, span: int) -> _Element:
        spans = w("gridSpan", val=span) if span > 1 else None
        properties = w("tcPr", w("tcW", w=width, type="dxa"), spans)
        return w("tc", properties, *map(self._paragraph, cell.paragraphs))
