"""Word documents of tests: how they are made, and what is in them."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from lxml import etree
from PIL import Image

from reporter.formats.docx import docx
from reporter.formats.docx.from_page import read
from reporter.formats.docx.reference import ReferenceDocument
from reporter.formats.docx.tracking import tracked
from reporter.formats.pdf.pictures import Picture
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.formats.docx.blocks import Drawing

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DEFAULT = Theme((default_templates(),))


def page(body: str, *, language: str = "en", **edges: str) -> str:
    """Return a page as the templates have it, with this in it and at its edges."""
    words = {"page": "Page", "of": "of", "day": "As of 1 May 2024"} | edges
    data = " ".join(f'data-{name}="{text}"' for name, text in words.items())
    return (
        f'<!doctype html><html lang="{language}"><head><title>A title</title>'
        '<meta name="author" content="The desk"><meta name="dcterms.created" content="2023-03-24">'
        '<meta name="dcterms.modified" content="2024-05-01"></head>'
        f"<body {data}><main>{body}</main></body></html>"
    )


def drawn(drawing: Drawing) -> Picture | None:
    """Return a picture of a drawing: of a size, and nothing more; None of one that is blank."""
    if "blank" in drawing.html:
        return None
    buffer = io.BytesIO()
    Image.new("1", (8, 4)).save(buffer, "PNG")
    return Picture(buffer.getvalue(), 940.0, 470.0)


def converted(html: str, own: Path | None = None, paper: str = "A4") -> Word:
    """Return a page as a Word document, in the styles of a project's own templates, if any."""
    theme = Theme((own, *DEFAULT.folders)) if own else DEFAULT
    return Word(docx(read(html), ReferenceDocument(theme), paper, "en-GB", drawn))


def compared(before: str | None, after: str) -> Word:
    """Return a page as a Word document that shows what changed since another page."""
    document = tracked(read(before) if before else None, read(after))
    return Word(docx(document, ReferenceDocument(DEFAULT), "A4", "en-GB", drawn))


@dataclass(frozen=True)
class Word:
    """A Word document, as a test looks at it."""

    content: bytes

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The parts by name."""
        with zipfile.ZipFile(io.BytesIO(self.content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def part(self, name: str) -> etree._Element:
        """Return the XML of a part."""
        return etree.fromstring(self.parts[name])

    @cached_property
    def document(self) -> etree._Element:
        """The main part."""
        return self.part("word/document.xml")

    @cached_property
    def styles(self) -> dict[str, str]:
        """The names of styles by id."""
        found = self.part("word/styles.xml").iterfind(f"{W}style")
        return {str(style.get(f"{W}styleId")): value(style.find(f"{W}name")) for style in found}

    def links(self, part: str = "document") -> dict[str, tuple[str, bool]]:
        """Return by name to what a part leads, and whether that is outside."""
        name = f"word/_rels/{part}.xml.rels"
        found = self.part(name) if name in self.parts else ()
        return {
            str(link.get("Id")): (str(link.get("Target")), link.get("TargetMode") == "External")
            for link in found
        }

    @property
    def paragraphs(self) -> list[tuple[str, str]]:
        """The paragraphs in order, those in tables, too: style and text; no empty one."""
        found = self.document.iter(f"{W}p")
        return [(self.style_of(item), text(item)) for item in found if text(item)]

    @property
    def tables(self) -> list[list[list[str]]]:
        """The texts of cells, by table and row."""
        return [
            [[text(cell) for cell in row.iterfind(f"{W}tc")] for row in table.iterfind(f"{W}tr")]
            for table in self.document.iter(f"{W}tbl")
        ]

    def accepted(self) -> Word:
        """Return the document once somebody has accepted all changes."""
        return self._settled("ins", "del")

    def rejected(self) -> Word:
        """Return the document once somebody has rejected all changes."""
        return self._settled("del", "ins")

    def _settled(self, stays: str, goes: str) -> Word:
        """Return the document with one sort of change as text, and without what has the other."""
        files = {}
        for name, raw in self.parts.items():
            files[name] = raw
            if name == "word/document.xml" or name.startswith(("word/header", "word/footer")):
                root = etree.fromstring(raw)
                _settle(root, stays, goes)
                files[name] = etree.tostring(root)
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name, raw in files.items():
                archive.writestr(name, raw)
        return Word(buffer.getvalue())

    def style_of(self, paragraph: etree._Element) -> str:
        """Return the name of the style of a paragraph."""
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        return self.styles[style] if style else ""


def value(element: etree._Element | None) -> str:
    """Return what an element says as its ``w:val``."""
    return "" if element is None else str(element.get(f"{W}val"))


def text(element: etree._Element) -> str:
    """Return the text in an element."""
    return "".join(_pieces(element))


def _pieces(element: etree._Element) -> Iterator[str]:
    for piece in element.iter(f"{W}t", f"{W}delText", f"{W}tab", f"{W}br"):
        if piece.tag in {f"{W}t", f"{W}delText"}:
            yield piece.text or ""
        elif piece.getparent().tag == f"{W}r":
            yield "\t" if piece.tag == f"{W}tab" else "\n"


def _settle(root: etree._Element, stays: str, goes: str) -> None:
    """Do in a part what Word does when all changes are accepted or rejected."""
    for row in root.findall(f".//{W}trPr/{W}{goes}/../.."):
        _remove(row)
    for table in [table for table in root.iter(f"{W}tbl") if table.find(f"{W}tr") is None]:
        _remove(table)
    ends = root.findall(f".//{W}pPr/{W}rPr/{W}{goes}/../../..")
    for run in root.findall(f".//{W}{goes}/{W}r/.."):
        _remove(run)
    for paragraph in ends:
        assert text(paragraph) == "", "with its mark, the rest would go to the next one"
        _remove(paragraph)
    for mark in list(root.iter(f"{W}{stays}")):
        for child in mark:
            mark.addprevious(child)
        _remove(mark)
    for gone in root.iter(f"{W}delText"):
        gone.tag = f"{W}t"


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
