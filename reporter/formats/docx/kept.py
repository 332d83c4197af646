"""A Word document that somebody kept, read back: as it stands there, whoever has saved it since.

It may come from anywhere. Only text is taken from it, how it is set, and pictures in PNG; what
leads to something else is not. Of changes that are still marked in it, the later state counts.
"""

from __future__ import annotations

import struct
from dataclasses import replace
from itertools import groupby
from posixpath import join, normpath
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import (
    Drawing,
    Run,
    WordCell,
    WordDocument,
    WordFacts,
    WordParagraph,
    WordRow,
    WordTable,
    joined,
)
from reporter.formats.docx.flow import cleaned
from reporter.formats.docx.stamp import LARGEST
from reporter.formats.docx.xml import R, W, parsed, value, w_name
from reporter.sources.unzipping import parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import WordBlock

MOST_PARAGRAPHS = 50_000
MOST_SPAN = 1_000  # columns of a cell
_MAIN, _STYLES, _LINKS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_CORE = "docProps/core.xml"
_SUBJECT = "{http://purl.org/dc/elements/1.1/}subject"
_CATEGORY = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}category"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_PLACED = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_UNIT = 12_700  # of DrawingML in a point
_PNG = b"\x89PNG\r\n\x1a\n"
_BEGIN = struct.Struct(">8s4x4sII")  # of a PNG: its mark, then the chunk with width and height
_LARGEST_SIDE = 20_000  # of a picture
_LONGEST_SIZE = 12  # digits of a side in units of DrawingML; a longer one is larger than any page
_AROUND = frozenset(
    w_name(name)
    for name in ("hyperlink", "ins", "moveTo", "smartTag", "customXml", "sdt", "sdtContent")
)
"""What stands around other things, which are read as if it were not there."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_PARAGRAPHS = (
    *("Body Text", "Series", "Title", "Setting", "Heading 1", "Heading 2", "Heading 3"),
    *("Bottom Line", "Note", "List Bullet", "List Bullet 2", "List Number", "List Number 2"),
    *("List Continue", "List Dated", "Term", "Definition", "List Sources", "Table Text"),
    *("Table Head", "Picture", "Caption"),
)
_CHARACTERS = ("Strong", "Emphasis", "Hyperlink", "Reference", "Soft")
_STYLE_OF = {name.lower(): name for name in (*_PARAGRAPHS, *_CHARACTERS)}
_EDGES = {
    ("header", "first"): "addressee",
    ("header", "default"): "series",
    ("footer", "first"): "imprint",
    ("footer", "default"): "foot",
}
"""What stands at the left of the head or foot of a page."""


def kept(content: bytes, facts: WordFacts) -> WordDocument:
    """Return what a document says that was made of a report before.

    What it does not say of itself is as in ``facts``, which are those of the report now. Raises
    ValueError where it cannot be read, or is too large.
    """
    there = parts(content, [_MAIN, _STYLES, _LINKS, _CORE], LARGEST)
    reader = _DocxReader(content, there, facts.language)
    body = reader.root.find(f"{{{W}}}body")
    blocks = tuple(reader.blocks(body)) if body is not None else ()
    return WordDocument(replace(facts, **reader.told()), blocks)


class _DocxReader:
    """Reads one document."""

    def __init__(self, content: bytes, there: dict[str, bytes], language: str) -> None:
        self.root = parsed(there[_MAIN])
        if sum(1 for _ in self.root.iter(w_name("p"))) > MOST_PARAGRAPHS:
            raise ValueError
        self._content, self._language = content, language.partition("-")[0]
        self._core = parsed(there[_CORE]) if _CORE in there else None
        styles = parsed(there[_STYLES]).iterfind(w_name("style")) if _STYLES in there else ()
        self._names = {
            str(style.get(w_name("styleId"))): value(style.find(w_name("name"))).lower()
            for style in styles
        }
        links = parsed(there[_LINKS]) if _LINKS in there else ()
        self._links = {
            str(link.get("Id")): _inside(str(link.get("Target") or ""))
            for link in links
            if link.get("TargetMode") != "External"
        }

    def told(self) -> dict[str, str]:
        """Return what it says of itself, and what stands at the edges of its pages, by name."""
        found = {}
        if self._core is not None:
            found["day"] = self._core.findtext(_SUBJECT) or ""
            found["marking"] = self._core.findtext(_CATEGORY) or ""
        for (kind, which), name in _EDGES.items():
            for link in self.root.iter(w_name(f"{kind}Reference")):
                if link.get(w_name("type")) == which and name not in found:
                    found[name] = self._edge(str(link.get(f"{{{R}}}id")))
        return {name: cleaned(text) for name, text in found.items()}

    def _edge(self, link: str) -> str:
        """Return what stands at the left of a head or foot."""
        name = self._links.get(link, "")
        raw = parts(self._content, [name], LARGEST).get(name)
        if not raw:
            return ""
        first = next(parsed(raw).iter(w_name("p")), None)
        return self._text(first).partition("\t")[0] if first is not None else ""

    def _text(self, paragraph: _Element) -> str:
        return "".join(run.text for run in self._runs(paragraph))

    def blocks(self, around: _Element) -> Iterator[WordBlock]:
        """Yield paragraphs and tables, none of them empty."""
        for element in around:
            if element.tag == w_name("p"):
                paragraph = self._paragraph(element)
                if paragraph.runs:
                    yield paragraph
            elif element.tag == w_name("tbl"):
                yield from self._table(element)
            elif element.tag in _AROUND:
                yield from self.blocks(element)

    def _paragraph(self, element: _Element) -> WordParagraph:
        properties = element.find(w_name("pPr"))
        style, numbered = "", 0
        if properties is not None:
            style = self._style(properties.find(w_name("pStyle")))
            number = value(properties.find(f"{w_name('numPr')}/{w_name('numId')}"))
            if (
                style.startswith("List Number")
                and number.isdecimal()
                and len(number) < len("1" * 6)
            ):
                numbered = int(number)
        runs = joined(self._runs(element))
        return WordParagraph(style if style in _PARAGRAPHS else "Body Text", runs, (), numbered)

    def _style(self, element: _Element | None) -> str:
        """Return the name of a style that is ours; nothing for another one."""
        return _STYLE_OF.get(self._names.get(value(element), ""), "")

    def _table(self, element: _Element) -> Iterator[WordBlock]:
        rows = [row for row in _below(element, "tr") if row.find(_GONE_ROW) is None]
        heads = [row.find(f"{w_name('trPr')}/{w_name('tblHeader')}") is not None for row in rows]
        head = tuple(self._row(row) for row, is_head in zip(rows, heads, strict=True) if is_head)
        body = tuple(
            self._row(row) for row, is_head in zip(rows, heads, strict=True) if not is_head
        )
        label = value(element.find(f"{w_name('tblPr')}/{w_name('tblCaption')}"))
        if head or body:
            yield WordTable(cleaned(label), head, body)

    def _row(self, element: _Element) -> WordRow:
        return WordRow(tuple(self._cell(cell) for cell in _below(element, "tc")))

    def _cell(self, element: _Element) -> WordCell:
        every = [self._paragraph(each) for each in element.iter(w_name("p"))]
        full = tuple(paragraph for paragraph in every if paragraph.runs)
        span = value(element.find(f"{w_name('tcPr')}/{w_name('gridSpan')}"))
        wide = span.isdecimal() and len(span) < len(str(MOST_SPAN))
        found = full or tuple(every[:1]) or (WordParagraph("Table Text"),)
        return WordCell(found, max(1, int(span)) if wide else 1)

    def _runs(self, around: _Element) -> Iterator[Run]:
        for element in around:
            if element.tag == w_name("r"):
                yield from self._run(element)
            elif element.tag in _AROUND:
                yield from self._runs(element)

    def _run(self, element: _Element) -> Iterator[Run]:
        setting = self._setting(element.find(w_name("rPr")))
        for is_drawing, pieces in groupby(element, lambda piece: piece.tag == w_name("drawing")):
            if is_drawing:
                yield from (Run("", drawing=found) for found in map(self._drawing, pieces) if found)
            elif text := cleaned("".join(map(_sign, pieces))):
                yield replace(setting, text=text)

    def _setting(self, properties: _Element | None) -> Run:
        if properties is None:
            return Run("")
        style = self._style(properties.find(w_name("rStyle")))
        style = style if style in _CHARACTERS else ""
        language = value(properties.find(w_name("lang"))).partition("-")[0]
        spoken = language.isascii() and language.isalpha() and language != self._language
        return Run(
            "",
            language=language if spoken else "",
            style="" if style in {"Strong", "Emphasis"} else style,
            bold=style == "Strong" or _is_on(properties.find(w_name("b"))),
            italic=style == "Emphasis" or _is_on(properties.find(w_name("i"))),
            underlined=_is_on(properties.find(w_name("u"))),
        )

    def _drawing(self, element: _Element) -> Drawing | None:
        """Return a picture; of one that is not in PNG, what is said of it."""
        named = next(element.iter(f"{_PLACED}docPr"), None)
        told = " ".join(cleaned(named.get("descr") if named is not None else "").split())
        size = next(element.iter(f"{_PLACED}extent"), None)
        shown = next(element.iter(f"{_DRAWING}blip"), None)
        if size is None or shown is None or not told:
            return None
        name = self._links.get(str(shown.get(f"{{{R}}}embed")), "")
        content = parts(self._content, [name], LARGEST).get(name, b"")
        width, height = (str(size.get(side) or "") for side in ("cx", "cy"))
        if not _is_png(content) or not (width.isdecimal() and height.isdecimal()):
            return Drawing(told, "")
        return Drawing(told, "", content, (_points(width), _points(height)))


_GONE_ROW = f"{w_name('trPr')}/{w_name('del')}"


def _below(element: _Element, name: str) -> Iterator[_Element]:
    """Yield the rows of a table, or the cells of a row."""
    for child in element:
        if child.tag == w_name(name):
            yield child
        elif child.tag in _AROUND:
            yield from _below(child, name)


def _sign(piece: _Element) -> str:
    """Return what a piece of a run says."""
    name = str(piece.tag).rpartition("}")[2] if str(piece.tag).startswith(f"{{{W}}}") else ""
    return piece.text or "" if name == "t" else _SIGNS.get(name, "")


def _is_on(element: _Element | None) -> bool:
    return element is not None and value(element) not in {"0", "false", "none", "off"}


def _inside(target: str) -> str:
    """Return the name of a part to which the main one leads."""
    return target.removeprefix("/") if target.startswith("/") else normpath(join("word", target))


def _points(size: str) -> float:
    return max(1, min(int(size[:_LONGEST_SIZE]), _LARGEST_SIDE * _UNIT)) / _UNIT


def _is_png(content: bytes) -> bool:
    """Return whether it is a picture in PNG, of a size that a page can have."""
    if len(content) < _BEGIN.size:
        return False
    mark, chunk, *sides = _BEGIN.unpack_from(content)
    is_begun = (mark, chunk) == (_PNG, b"IHDR")
    return is_begun and all(0 < side <= _LARGEST_SIDE for side in sides)


def recognised(
    blocks: Iterable[WordBlock], now: Iterable[WordBlock], drawn: dict[tuple[str, bytes], Drawing]
) -> Iterator[WordBlock]:
    """Yield blocks that were read, with what a program may have lost that saved them.

    A table without a name has that of the one ``now`` with the same head. Pictures that are as they
    were are those in ``drawn``, which has them by what they are called and by their PNG.
    """
    labels = {_head(table): table.label for table in now if isinstance(table, WordTable)}
    for block in blocks:
        if isinstance(block, WordTable):
            yield replace(block, label=block.label or labels.get(_head(block), ""))
        else:
            yield replace(block, runs=tuple(_as_drawn(run, drawn) for run in block.runs))


def _head(table: WordTable) -> tuple[tuple[str, ...], ...]:
    return tuple(row.texts for row in table.head)


def _as_drawn(run: Run, drawn: dict[tuple[str, bytes], Drawing]) -> Run:
    if run.drawing is None:
        return run
    key = run.drawing.told, run.drawing.content
    return replace(run, drawing=drawn.get(key, run.drawing))
