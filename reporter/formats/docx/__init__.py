"""A page as a Word document, made of the finished HTML: real styles, links, and pages that count.

The page is read as paragraphs and tables (``reading``), which are written (``writing``) in the
styles of ``templates/reference.docx`` (``reference``) on pages with heads and feet (``pages``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.docx.package import Part, packed
from reporter.formats.docx.pages import Pages, properties, sections, settings
from reporter.formats.docx.reading import read
from reporter.formats.docx.reference import Reference
from reporter.formats.docx.writing import Writer
from reporter.formats.docx.xml import w, written
from reporter.language import language_of, region_tag

if TYPE_CHECKING:
    from lxml.etree import _Element

    from reporter.formats.docx.blocks import Document
    from reporter.formats.jobs import Job, Made
    from reporter.theme import Theme


def make(job: Job, theme: Theme, source: bytes) -> Made:
    """Return the file of a report whose page is ``source``."""
    language = region_tag(str(language_of(theme, job.language).locale))
    return docx(read(source.decode()), Reference(theme), job.report.masthead.paper, language), ()


def docx(document: Document, reference: Reference, paper: str, language: str) -> bytes:
    """Return a document as the file that Word opens."""
    pages = Pages(reference, document.facts, paper)
    writer = Writer(reference, document.blocks)
    body = w("body", *_body(document, writer, pages))
    reference.speak(language)
    parts = {"word/document.xml": Part("document", written(w("document", body)), writer.relations)}
    for name, root in reference.parts.items():
        kind = "theme" if name.startswith("theme") else name
        writer.relations.to(kind, f"{name}.xml")
        parts[f"word/{name}.xml"] = Part(kind, written(root))
    writer.relations.to("settings", "settings.xml")
    parts["word/settings.xml"] = Part("settings", settings(language))
    return packed(parts | pages.parts | properties(document.facts, language))


def _body(document: Document, writer: Writer, pages: Pages) -> list[_Element]:
    """Return the elements of all sections, each with its pages at its end."""
    found: list[_Element] = []
    every = sections(document.blocks, pages.width(wide=False))
    for number, section in enumerate(every):
        wide = section.wide
        found += writer.written(section.blocks, pages.width(wide=wide))
        ends = pages.properties(writer.relations, wide=wide, first=not number)
        if section is every[-1]:
            found.append(ends)
        else:
            found[-1].find(w("pPr").tag).append(ends)
    return found
