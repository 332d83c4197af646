"""From a page of HTML to the bytes of a PDF."""

from __future__ import annotations

import hashlib
import logging
import re
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from traceback import walk_tb
from typing import TYPE_CHECKING

from weasyprint import CSS, Document
from weasyprint.logger import LOGGER

from reporter.formats.pdf import page_one, pdfa
from reporter.formats.pdf.faults import faults
from reporter.formats.pdf.fetcher import BASE, Refused, ThemeFetcher
from reporter.formats.pdf.fonts import families, foreign
from reporter.formats.pdf.layout import VARIANT, lay_out
from reporter.formats.pdf.structure import TreeWriter
from reporter.formats.pdf.stylesheets import apart, located
from reporter.formats.pdf.tags import MarkedPage, Tree
from reporter.outputs.limits import TookTooLong
from reporter.problems import Problem, ReporterError, Severity, printable, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydyf import PDF
    from weasyprint import Attachment

    from reporter.formats.jobs import Job, MadeContent
    from reporter.theme import Theme

PACKAGE = str(Path(__file__).parent.parent.parent)
LONGEST = 160  # characters of what the renderer says
# What the renderer fails with over a stylesheet: it does not look whether values are sound.
FAULTS = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RecursionError,
    SyntaxError,
    TypeError,
    ValueError,
)
OBJECT = re.compile(r"\s*<[^>]* object at [^>]*>")  # names nothing that one can find
ROOM = "WeasyPrint needs room for fonts in the folder for temporary files (TMPDIR)"
IMPOSSIBLE = "look in the project's templates/ for a value that is huge or makes no sense"


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, and what the renderer had to say about it."""

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


def make(job: Job, theme: Theme, source: bytes) -> MadeContent:
    """Return the PDF of a report's page. Its ID comes from the page and the record in it alone."""
    identifier = hashlib.sha256(source + job.record).hexdigest()
    try:
        found = render(theme, source.decode(), job.id, job.record, identifier)
    except OSError as error:
        stop(None, f"{job.id}: cannot be printed: {error.strerror}", ROOM)
    return found.content, found.problems


def render(
    theme: Theme, html: str, name: str, record: bytes | None = None, identifier: str = ""
) -> Rendered:
    """Return the PDF of ``html``, with ``record`` (JSON) embedded in it.

    ``identifier`` is the first part of its ID. Raises ReporterError where something in it cannot be
    rendered as it should be.
    """
    with _logged(Path(name), families(theme)) as found:
        done = None
        try:
            page, sheet = apart(html)
            look, told = _read(theme, sheet)
            found.problems += (replace(problem, path=found.path) for problem in told)
            document = lay_out(theme, page, look)
            document = document.copy([MarkedPage(page) for page in document.pages])
            document.metadata = pdfa.Metadata(document.metadata)
            options = {**VARIANT, "pdf_identifier": identifier.encode() or None}
            content = document.write_pdf(
                finisher=found.finish, attachments=_attachments(document, record, found), **options
            )
            done = content, len(document.pages)
        except Refused as error:
            found.complain(str(error), error.hint)
        except TookTooLong:
            if not found.errors:  # else it was a picture, which is named
                raise
        except FAULTS as error:
            if _is_ours(error):
                raise
            found.complain(
                f"the renderer cannot set this: {type(error).__name__}"
                f"{': ' if str(error) else ''}{error}",
                IMPOSSIBLE,
            )
    if found.errors or not done:
        raise ReporterError(found.errors)
    return Rendered(*done, tuple(located(theme, found.problems, _said)))


@lru_cache(maxsize=2)
def _read(theme: Theme, sheet: str) -> tuple[CSS, tuple[Problem, ...]]:
    """Return a stylesheet, and what the renderer says of it."""
    with _logged(None) as told:
        css = CSS(string=sheet, base_url=BASE, url_fetcher=ThemeFetcher(theme))
    return css, tuple(told.problems)


def _said(theme: Theme, sheet: str) -> tuple[Problem, ...]:
    """Return what the renderer says of a stylesheet.

    There is nothing about one that it cannot read, since no page has that one.
    """
    with suppress(Refused, *FAULTS):
        return _read(theme, sheet)[1]
    return ()


def _is_ours(error: BaseException) -> bool:
    """Return whether our own code failed, and not the renderer over someone's stylesheet."""
    frames = list(walk_tb(error.__traceback__))
    return not isinstance(error, MemoryError | RecursionError) and frames[-1][
        0
    ].f_code.co_filename.startswith(PACKAGE)


def _attachments(document: Document, record: bytes | None, found: RendererLog) -> list[Attachment]:
    if record is None:
        return []
    if not document.metadata.modified:
        found.complain(
            "the page does not say when it was last changed",
            'add <meta name="dcterms.modified" content="2026-11-21">',
        )
        return []
    return [pdfa.record_attachment(record, document.metadata.modified)]


class RendererLog(logging.Handler):
    """The problems of one document: logged by WeasyPrint, or found in the finished pages."""

    def __init__(self, path: Path | None, families: frozenset[str] = frozenset()) -> None:
        super().__init__(logging.WARNING)
        self.path = path
        self.families = families
        self.problems: list[Problem] = []

    @property
    def errors(self) -> list[Problem]:
        """Those that keep the document from being written."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def complain(self, message: str, hint: str, characters: str = "") -> None:
        """Add an error, of a text with these ``characters``."""
        self.problems.append(Problem(self.path, message, hint, characters=characters))

    def emit(self, record: logging.LogRecord) -> None:
        """Add what WeasyPrint logs: its errors are errors, its warnings warnings."""
        severity: Severity = "error" if record.levelno >= logging.ERROR else "warning"
        cause = sys.exc_info()[1]
        said = record.getMessage().replace(BASE, "")
        if isinstance(cause, TookTooLong):
            self.complain(
                f"{_shortened(said)}: it took too long and was ended",
                "use a simpler picture, or raise --timeout",
            )
        elif isinstance(cause, Refused):
            self.complain(f"{_shortened(said)}: {cause}", cause.hint)
        else:
            why = (
                f" ({OBJECT.sub('', str(cause.__cause__ or cause))})"
                if severity == "error" and cause
                else ""
            )
            self.problems.append(
                Problem(self.path, f"the renderer says: {_shortened(said)}{why}", severity=severity)
            )

    def finish(self, document: Document, pdf: PDF) -> None:
        """Add what archive and screen reader need to the drawn pages, and check the rest."""
        tree = Tree(document.metadata.lang or "", self.complain)
        for page in document.pages:
            tree.add(page)
        TreeWriter(pdf).write(tree.root)
        pdfa.drop_repeated_links(pdf)
        pdfa.show_title(pdf)
        pdfa.forbid_smoothing(pdf)
        pdfa.list_once(pdf)
        if not (document.metadata.title and document.metadata.lang):
            self.complain(
                "the page has no title or does not say its language",
                'add <html lang="en"> and <title>',
            )
        parts = page_one.parts_of(document.pages[0]._page_box.children[0].element)  # noqa: SLF001
        for overrun in page_one.overruns(document.pages, parts):
            self.complain(*overrun.told())
        for message in faults(document.pages):
            hint = "give it more room in the stylesheet, or shorten the text"
            self.problems.append(Problem(self.path, message, hint, severity="warning"))
        for message in pdfa.mend_links(pdf):
            self.complain(message, "use the name of a report's file, http:, https: or mailto:")
        for message, characters in foreign(document.fonts.values(), self.families):
            self.complain(
                message,
                "use characters that the theme's fonts have, or add a font to look.css; "
                "until then '--format html' builds the page",
                characters,
            )


def _shortened(text: str) -> str:
    return printable(text if len(text) <= LONGEST else f"{text[:LONGEST]}...")


@contextmanager
def _logged(path: Path | None, families: frozenset[str] = frozenset()) -> Iterator[RendererLog]:
    """Collect what WeasyPrint logs."""
    found = RendererLog(path, families)
    handlers, LOGGER.handlers, propagate, LOGGER.propagate = (
        LOGGER.handlers,
        [found],
        LOGGER.propagate,
        False,
    )
    try:
        yield found
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate
