"""A page as a Word document, made of the finished HTML: real styles, links, and pages that count.

The page is read as paragraphs and tables (``reading``), compared with that of an earlier day if
there is one (``tracking``), and written (``writing``) in the styles of ``templates/reference.docx``
(``reference``) on pages with heads and feet (``pages``).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import Paragraph, paragraphs
from reporter.formats.docx.package import Part, packed
from reporter.formats.docx.pages import Pages, properties, sections, settings
from reporter.formats.docx.reading import read
from reporter.formats.docx.reference import Reference
from reporter.formats.docx.runs import Texts
from reporter.formats.docx.tracking import tracked
from reporter.formats.docx.writing import Writer
from reporter.formats.docx.xml import w, written
from reporter.language import language_of, region_tag

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import Document, Drawing
    from reporter.formats.jobs import Job, Made
    from reporter.formats.pdf.pictures import Picture
    from reporter.theme import Theme

_SHEET = 520  # points: the width of what a page has room for


def make(job: Job, theme: Theme, source: bytes) -> Made:
    """Return the file of a report whose page is ``source``, with what changed if that is asked."""
    language = region_tag(str(language_of(theme, job.language).locale))
    document = read(source.decode())
    if job.earlier:
        before = read(job.earlier.page.decode()) if job.earlier.page else None
        document = tracked(before, document)
    paper, draw = job.report.masthead.paper, partial(_drawn, theme, source.decode())
    return docx(document, Reference(theme), paper, language, draw), ()


def _drawn(theme: Theme, page: str, drawing: Drawing) -> Picture | None:
    """Return a drawing as the PDF has it."""
    from reporter.formats.pdf.pictures import picture  # noqa: PLC0415 (only where there is one)

    return picture(theme, page, drawing.html, _SHEET)


def docx(
    document: Document,
    reference: Reference,
    paper: str,
    language: str,
    draw: Callable[[Drawing], Picture | None],
) -> bytes:
    """Return a document as the file that Word opens; ``draw`` makes pictures of drawings."""
    places = (anchor for paragraph in paragraphs(document.blocks) for anchor in paragraph.anchors)
    texts = Texts(reference, document.facts, places, draw)
    pages = Pages(reference, document, texts, paper)
    body = w("body", *_body(document, Writer(reference, texts), pages))
    reference.speak(language)
    main = Part("document", written(w("document", body)), texts.relations)
    parts = {"word/document.xml": main}
    for name, root in reference.parts.items():
        kind = "theme" if name.startswith("theme") else name
        texts.relations.to(kind, f"{name}.xml")
        parts[f"word/{name}.xml"] = Part(kind, written(root))
    texts.relations.to("settings", "settings.xml")
    parts["word/settings.xml"] = Part("settings", settings(language))
    for name, picture in texts.pictures.items():
        parts[f"word/{name}"] = Part("image", picture)
    return packed(parts | pages.parts | properties(document.facts, language))


def _body(document: Document, writer: Writer, pages: Pages) -> list[_Element]:
    """Return the elements of all sections, each with its pages at its end."""
    found: list[_Element] = []
    every = sections(document.blocks, pages.width(wide=False))
    for number, section in enumerate(every):
        found += writer.written(section.blocks, pages.width(wide=section.wide))
        ends = pages.properties(wide=section.wide, first=not number)
        if section is every[-1]:
            found.append(ends)
            continue
        last = section.blocks[-1]
        if isinstance(last, Paragraph) and last.change:  # with it, the end of the pages would go
            found.append(w("p", w("pPr")))
        found[-1].find(w("pPr").tag).append(ends)
    return found
