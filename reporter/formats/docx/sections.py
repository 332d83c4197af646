"""The pages of a Word document: its sections, what stands at their edges, and its properties."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from lxml import etree

from reporter.formats.docx.blocks import Run, WordParagraph, WordTable
from reporter.formats.docx.opc import PackagePart
from reporter.formats.docx.tracking import marked
from reporter.formats.docx.widths import needs_width
from reporter.formats.docx.xml import R, w, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import WordBlock, WordDocument, WordFacts
    from reporter.formats.docx.reference import ReferenceDocument
    from reporter.formats.docx.runs import RunWriter

_PAPERS = {"A4": (11906, 16838), "Letter": (12240, 15840)}  # twentieths of a point
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_DC, _TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_EXTENDED = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
_COMPATIBLE = "http://schemas.microsoft.com/office/word"
_GLUE = "\u00a0"


@dataclass(slots=True)
class Section:
    """Blocks on pages of one shape."""

    wide: bool
    """Whether the pages lie across."""
    blocks: list[WordBlock]


def sections(blocks: Iterable[WordBlock], width: int) -> list[Section]:
    """Return the sections of a document, whose upright pages have lines of this width.

    A table that needs it lies across, with its heading and with what is said below it.
    """
    found = [Section(wide=False, blocks=[])]
    for block in blocks:
        last = found[-1]
        if isinstance(block, WordTable) and not last.wide and needs_width(block) > width:
            begins = len(last.blocks)
            while begins and _is_heading(last.blocks[begins - 1]):
                begins -= 1
            found.append(Section(wide=True, blocks=last.blocks[begins:]))
            del last.blocks[begins:]
        elif last.wide and _is_heading(block):
            found.append(Section(wide=False, blocks=[]))
        found[-1].blocks.append(block)
    return [section for section in found if section.blocks]


def _is_heading(block: WordBlock) -> bool:
    return isinstance(block, WordParagraph) and block.style.startswith(("Heading", "Caption"))


class PageShape:
    """The shape of the pages of one document, and the parts that stand at their edges."""

    def __init__(
        self, reference: ReferenceDocument, document: WordDocument, texts: RunWriter, paper: str
    ) -> None:
        self.parts: dict[str, PackagePart] = {}
        self._reference, self._texts = reference, texts
        self._facts, self._before = document.facts, document.before or document.facts
        self._margins = reference.margins()
        self._paper = _PAPERS[paper]

    def width(self, *, wide: bool) -> int:
        """Return the width of the lines on a page."""
        return self._paper[wide] - self._margins["left"] - self._margins["right"]

    def properties(self, *, wide: bool, first: bool) -> _Element:
        """Return the properties of a section."""
        edges = [
            self._edge(kind, which, wide=wide)
            for which in (("first", "default") if first else ("default",))
            for kind in ("header", "footer")
        ]
        width, height = reversed(self._paper) if wide else self._paper
        return w(
            "sectPr",
            *edges,
            w("pgSz", w=width, h=height, orient="landscape" if wide else "portrait"),
            w("pgMar", **self._margins),
            w("titlePg") if first else None,
        )

    def _edge(self, kind: str, which: str, *, wide: bool) -> _Element:
        """Return what refers to a head or foot of pages, which is written the first time."""
        name = f"{kind}-{which}{'-wide' if wide else ''}.xml"
        if f"word/{name}" not in self.parts:
            write = self._head if kind == "header" else self._foot
            self.parts[f"word/{name}"] = PackagePart(kind, written(write(which, wide=wide)))
        reference = w(f"{kind}Reference", type=which)
        reference.set(f"{{{R}}}id", self._texts.relations.to(kind, name))
        return reference

    def _head(self, which: str, *, wide: bool) -> _Element:
        left = "addressee" if which == "first" else "series"
        return w("hdr", self._line("header", left, self._told("day", bold=True), wide=wide))

    def _foot(self, which: str, *, wide: bool) -> _Element:
        left = "imprint" if which == "first" else "foot"
        facts = self._facts
        right = [*self._field(facts.page, "PAGE"), *self._field(f"{_GLUE}{facts.of}", "NUMPAGES")]
        return w("ftr", self._line("footer", left, right, wide=wide))

    def _line(self, style: str, left: str, right: Iterable[_Element], *, wide: bool) -> _Element:
        """Return a line at the edge of a page: left, the marking in the middle, right."""
        width = self.width(wide=wide)
        tabs = [w("tab", val="clear", pos=at) for at in self._reference.tabs(style)]
        tabs += [w("tab", val="center", pos=width // 2), w("tab", val="right", pos=width)]
        properties = w("pPr", w("pStyle", val=self._reference.style(style)), w("tabs", *tabs))
        marking = self._told("marking", bold=True)
        return w("p", properties, *self._told(left), _tab(), *marking, _tab(), *right)

    def _told(self, name: str, *, bold: bool = False) -> Iterator[_Element]:
        """Yield what the document says of itself, and what it said before."""
        runs = marked(getattr(self._before, name), getattr(self._facts, name))
        return self._texts.runs(replace(run, bold=bold) for run in runs)

    def _field(self, word: str, field: str) -> Iterator[_Element]:
        """Yield a word and a number that Word counts."""
        yield from self._texts.runs([Run(f"{word}{_GLUE}")])
        yield w("fldSimple", *self._texts.runs([Run("1")]), instr=f" {field} ")


def _tab() -> _Element:
    return w("r", w("tab"))


def settings(language: str) -> bytes:
    """Return how Word is to treat the document: as one of its own, of today."""
    setting = w("compatSetting", name="compatibilityMode", uri=_COMPATIBLE, val=15)
    return written(
        w(
            "settings",
            w("defaultTabStop", val=720),
            w("characterSpacingControl", val="doNotCompress"),
            w("compat", setting),
            w("themeFontLang", val=language, eastAsia=language, bidi=language),
        )
    )


def properties(facts: WordFacts, language: str) -> dict[str, PackagePart]:
    """Return what a document says of itself, without opening it."""
    names = {"cp": _CORE, "dc": _DC, "dcterms": _TERMS, "xsi": _XSI}
    core = etree.Element(f"{{{_CORE}}}coreProperties", nsmap=names)
    told = {
        f"{{{_DC}}}title": facts.title,
        f"{{{_DC}}}subject": facts.day,
        f"{{{_DC}}}creator": facts.author,
        f"{{{_DC}}}description": facts.description,
        f"{{{_DC}}}language": language,
        f"{{{_CORE}}}category": facts.marking,
    }
    for name, text in told.items():
        if text:
            etree.SubElement(core, name).text = text
    for name, day in (("created", facts.created), ("modified", facts.modified)):
        if day:
            found = etree.SubElement(core, f"{{{_TERMS}}}{name}")
            found.set(f"{{{_XSI}}}type", "dcterms:W3CDTF")
            found.text = f"{day}T00:00:00Z"
    app = etree.Element(f"{{{_EXTENDED}}}Properties", nsmap={None: _EXTENDED})
    etree.SubElement(app, f"{{{_EXTENDED}}}Application").text = "reporter"
    return {
        "docProps/core.xml": PackagePart("core", written(core)),
        "docProps/app.xml": PackagePart("app", written(app)),
    }
