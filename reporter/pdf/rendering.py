"""From a page of HTML to the bytes of a PDF."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from weasyprint import HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError

from reporter.pdf import archive, page_one
from reporter.pdf.fetcher import BASE, ThemeFetcher
from reporter.pdf.fonts import faces, families, foreign
from reporter.pdf.structure import Writer
from reporter.pdf.tags import MarkedPage, Tree
from reporter.problems import Problem, ReporterError, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydyf import PDF
    from weasyprint import Attachment

    from reporter.theme import Theme

# With level b WeasyPrint leaves the tags to us; the metadata say a, which is what the file is in the end.
VARIANT: dict[str, Any] = {"pdf_variant": "pdf/a-3b"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, and what the renderer had to say about it."""

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


def warm_up(theme: Theme) -> None:
    """Load the fonts of ``theme``; done once in each worker, while the records are being read."""
    with _logged(None):
        faces(theme)


def render(theme: Theme, html: str, name: str, record: bytes | None = None, identifier: str = "") -> Rendered:
    """Return the PDF of ``html``, with ``record`` (JSON) embedded in it, and ``identifier`` as the first part of its ID.

    Raises ReporterError where something in it cannot be rendered as it should be.
    """
    with _logged(Path(name), families(theme)) as found:
        try:
            document = _lay_out(theme, html)
            options = {**VARIANT, "pdf_identifier": identifier.encode() or None}
            content = document.write_pdf(finisher=found.finish, attachments=_attachments(document, record, found), **options)
        except FatalURLFetchingError as error:
            found.complain(f"a file is missing: {error}", "put it into the project's templates/ folder")
            raise ReporterError(found.errors) from None
    if found.errors:
        raise ReporterError(found.errors)
    return Rendered(content, len(document.pages), tuple(found.problems))


def _lay_out(theme: Theme, html: str) -> Document:
    configuration, css = faces(theme)
    source = HTML(string=html, base_url=BASE, url_fetcher=ThemeFetcher(theme))
    document = source.render(stylesheets=[css], font_config=configuration, **VARIANT)
    document = document.copy([MarkedPage(page) for page in document.pages])
    document.metadata = archive.Metadata(document.metadata)
    return document


def _attachments(document: Document, record: bytes | None, found: Found) -> list[Attachment]:
    if record is None:
        return []
    if not document.metadata.modified:
        found.complain("the page does not say when it was last changed", 'add <meta name="dcterms.modified" content="2026-11-21">')
        return []
    return [archive.record_attachment(record, document.metadata.modified)]


class Found(logging.Handler):
    """The problems of one document: what WeasyPrint logs, and what is found in the finished pages."""

    def __init__(self, path: Path | None, families: frozenset[str] = frozenset()) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self.families = families
        self.problems: list[Problem] = []

    @property
    def errors(self) -> list[Problem]:
        """Those that keep the document from being written."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def complain(self, message: str, hint: str) -> None:
        """Add an error."""
        self.problems.append(Problem(self.path, message, hint))

    def emit(self, record: logging.LogRecord) -> None:
        """Add what WeasyPrint logs: its errors are errors, its warnings warnings."""
        severity: Severity = "error" if record.levelno >= logging.ERROR else "warning"
        self.problems.append(Problem(self.path, f"the renderer says: {record.getMessage()}", severity=severity))

    def finish(self, document: Document, pdf: PDF) -> None:
        """Add to the drawn pages what the archive and the screen reader need, and check the rest."""
        tree = Tree(document.metadata.lang or "", self.complain)
        for page in document.pages:
            tree.add(page)
        Writer(pdf).write(tree.root)
        archive.drop_repeated_links(pdf)
        archive.show_title(pdf)
        archive.forbid_smoothing(pdf)
        archive.list_once(pdf)
        if not (document.metadata.title and document.metadata.lang):
            self.complain("the page has no title or does not say its language", 'add <html lang="en"> and <title>')
        if overrun := page_one.overrun(document.pages):
            self.complain(*overrun.told())
        for message in archive.mend_links(pdf):
            self.complain(message, "use the name of a report's file, http:, https: or mailto:")
        for message in foreign(document.fonts.values(), self.families):
            self.complain(message, "use characters that the theme's fonts have, or add a font to look.css")


@contextmanager
def _logged(path: Path | None, families: frozenset[str] = frozenset()) -> Iterator[Found]:
    """Collect what WeasyPrint logs."""
    found = Found(path, families)
    handlers, LOGGER.handlers, propagate, LOGGER.propagate = LOGGER.handlers, [found], LOGGER.propagate, False
    try:
        yield found
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate
