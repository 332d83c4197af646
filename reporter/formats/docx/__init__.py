"""A page as a Word document, made of the finished HTML: real styles, links, and pages that count.

The page is read as paragraphs and tables (``from_page``), compared with that of an earlier day if
there is one (``tracking``), and written (``to_body``) in the styles of ``templates/reference.docx``
(``reference``) on pages with heads and feet (``sections``).
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import WordParagraph, paragraphs
from reporter.formats.docx.from_page import read
from reporter.formats.docx.kept import kept, recognised
from reporter.formats.docx.opc import PackagePart, packed
from reporter.formats.docx.reference import ReferenceDocument
from reporter.formats.docx.runs import RunWriter
from reporter.formats.docx.sections import PageShape, properties, sections, settings
from reporter.formats.docx.stamp import check_stamp, stamp_of, stamped
from reporter.formats.docx.to_body import BlockWriter
from reporter.formats.docx.tracking import tracked
from reporter.formats.docx.xml import w, written
from reporter.language import language_of, region_tag
from reporter.problems import stop

if TYPE_CHECKING:
    from collections.abc import Callable

    from lxml.etree import _Element

    from reporter.choice import Stamp
    from reporter.formats.docx.blocks import Drawing, WordDocument
    from reporter.formats.jobs import Earlier, Job, MadeContent
    from reporter.formats.pdf.pictures import Picture
    from reporter.theme import Theme

_SHEET = 520  # points: the width of what a page has room for


def make(job: Job, theme: Theme, source: bytes) -> MadeContent:
    """Return the file of a report whose page is ``source``, with what changed if that is asked."""
    language = region_tag(str(language_of(theme, job.language).locale))
    document, stamp = read(source.decode()), stamp_of(job.report)
    draw = cache(partial(_drawn, theme, source.decode()))
    if job.earlier:
        document = tracked(_before(job.earlier, stamp, document, draw), document)
    paper = job.report.masthead.paper
    return docx(document, ReferenceDocument(theme), paper, language, draw, stamp=stamp), ()


def _drawn(theme: Theme, page: str, drawing: Drawing) -> Picture | None:
    """Return a drawing as the PDF has it."""
    from reporter.formats.pdf.pictures import Picture, picture  # noqa: PLC0415 (only for these)

    if drawing.content:
        return Picture(drawing.content, *drawing.size)
    return picture(theme, page, drawing.html, _SHEET) if drawing.html else None


def _before(
    earlier: Earlier,
    stamp: Stamp,
    document: WordDocument,
    draw: Callable[[Drawing], Picture | None],
) -> WordDocument | None:
    """Return with what a document is compared; None where it was not there yet."""
    if not earlier.word:
        return read(earlier.page.decode()) if earlier.page else None
    check_stamp(stamp, earlier.word)
    try:
        found = kept(earlier.word.content, document.facts)
    except (ValueError, KeyError):
        message, hint = "this Word document cannot be read", "save it anew in Word, or name a day"
        stop(earlier.word.path, message, hint)
    there = (run.drawing for each in paragraphs(document.blocks) for run in each.runs)
    drawn = {
        (drawing.told, picture.content): drawing
        for drawing in there
        if drawing and (picture := draw(drawing))
    }
    return replace(found, blocks=tuple(recognised(found.blocks, document.blocks, drawn)))


def docx(  # noqa: PLR0913 (all that a file is made of)
    document: WordDocument,
    reference: ReferenceDocument,
    paper: str,
    language: str,
    draw: Callable[[Drawing], Picture | None],
    *,
    stamp: Stamp | None = None,
) -> bytes:
    """Return a document as the file that Word opens; ``draw`` makes pictures of drawings."""
    places = (anchor for paragraph in paragraphs(document.blocks) for anchor in paragraph.anchors)
    texts = RunWriter(reference, document.facts, places, draw)
    pages = PageShape(reference, document, texts, paper)
    body = w("body", *_body(document, BlockWriter(reference, texts), pages))
    reference.speak(language)
    main = PackagePart("document", written(w("document", body)), texts.relations)
    parts = {"word/document.xml": main}
    for name, root in reference.parts.items():
        kind = "theme" if name.startswith("theme") else name
        texts.relations.to(kind, f"{name}.xml")
        parts[f"word/{name}.xml"] = PackagePart(kind, written(root))
    texts.relations.to("settings", "settings.xml")
    parts["word/settings.xml"] = PackagePart("settings", settings(language))
    for name, picture in texts.pictures.items():
        parts[f"word/{name}"] = PackagePart("image", picture)
    told = properties(document.facts, language) | (stamped(stamp) if stamp else {})
    return packed(parts | pages.parts | told)


def _body(document: WordDocument, writer: BlockWriter, pages: PageShape) -> list[_Element]:
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
        if (
            isinstance(last, WordParagraph) and last.change
        ):  # with it, the end of the pages would go
            found.append(w("p", w("pPr")))
        found[-1].find(w("pPr").tag).append(ends)
    return found
