"""HTML to PDF. The only module that knows WeasyPrint.

WeasyPrint logs what it cannot do and carries on; here its errors are errors and its warnings warnings. Nothing is
fetched but files of the theme and of the font packages that its stylesheet names.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from reporter.problems import Problem, ReporterError, Severity

try:
    from weasyprint import CSS, HTML
    from weasyprint.logger import LOGGER
    from weasyprint.text.fonts import FontConfiguration
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
except OSError as error:  # a shared library is missing
    MISSING = "Debian or Ubuntu: apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0; Fedora: dnf install pango; Alpine: apk add pango; macOS: brew install pango"
    raise ReporterError([Problem(None, f"Pango is missing: {str(error).splitlines()[0]}", MISSING)]) from error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.html import Theme

BASE = "file:///theme/"  # stands for the theme's folders, so that no path of the machine can reach a PDF
PACKAGES = ("rendercv_fonts", "weblate_fonts")
FAMILY = "Reporter "  # every face of a theme belongs to a family of this name
PDF_OPTIONS: dict[str, Any] = {"pdf_tags": True, "pdf_variant": "pdf/ua-1"}


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF, and what the renderer had to say about it."""

    content: bytes
    pages: int
    problems: tuple[Problem, ...]


class ThemeFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches files of the theme and of the font packages, and nothing else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(allowed_protocols={"file", "data", "package"})
        self._theme = theme

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content at ``url``; anything that is not the theme's stops the rendering."""
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = self._path(url)
        if path is None or not path.is_file():
            message = f"'{url.removeprefix(BASE)}' is not a file of the theme"
            raise FatalURLFetchingError(message)
        return URLFetcherResponse(url, path.read_bytes())

    def _path(self, url: str) -> Path | None:
        parts = urlsplit(url)
        name = unquote(parts.path)
        if parts.scheme == "package":
            package, _, rest = name.partition("/")
            root = Path(str(resources.files(package))) if package in PACKAGES else None
            return _inside(root, rest)
        if not url.startswith(BASE):
            return None
        found = (_inside(folder, name.removeprefix("/theme/")) for folder in self._theme.folders)
        return next((path for path in found if path and path.is_file()), None)


def _inside(root: Path | None, name: str) -> Path | None:
    """Return the file ``name`` below ``root``, unless it leads out of it."""
    if root is None:
        return None
    path = (root / name).resolve()
    return path if path.is_relative_to(root.resolve()) else None


@cache
def _fonts(theme: Theme) -> tuple[FontConfiguration, CSS]:
    configuration = FontConfiguration()
    sheet = theme.file("fonts.css")
    css = CSS(string=sheet.read_text(encoding="utf-8"), font_config=configuration, url_fetcher=ThemeFetcher(theme), base_url=BASE)
    return configuration, css


def warm_up(theme: Theme) -> None:
    """Load the fonts of ``theme``; done once in each worker, while the records are being read."""
    with _logged(None):
        _fonts(theme)


def render(theme: Theme, html: str, name: str) -> Rendered:
    """Return the PDF of ``html``. Raises ReporterError where something in it cannot be rendered as it should be."""
    path = Path(name)
    with _logged(path) as problems:
        try:
            configuration, css = _fonts(theme)
            source = HTML(string=html, base_url=BASE, url_fetcher=ThemeFetcher(theme))
            document = source.render(stylesheets=[css], font_config=configuration, **PDF_OPTIONS)
            content = document.write_pdf(finisher=_check_fonts(path, problems), **PDF_OPTIONS)
        except FatalURLFetchingError as error:
            problems.append(Problem(path, f"a file is missing: {error}", "put it into the project's templates/ folder"))
    if errors := [problem for problem in problems if problem.severity == "error"]:
        raise ReporterError(errors)
    return Rendered(content, len(document.pages), tuple(problems))


def _check_fonts(path: Path, problems: list[Problem]) -> Any:  # noqa: ANN401
    def finisher(document: Any, _pdf: Any) -> None:  # noqa: ANN401
        for font in document.fonts.values():
            family = getattr(font, "family", b"")
            name = family.decode() if isinstance(family, bytes) else str(family)
            if not name.startswith(FAMILY):
                message = f"the font '{name}' is not one of the theme's"
                problems.append(Problem(path, message, "a character has no glyph in the theme's fonts, or a stylesheet names another font"))

    return finisher


class _Collector(logging.Handler):
    def __init__(self, path: Path | None, problems: list[Problem]) -> None:
        super().__init__(logging.WARNING)
        self.path, self.problems = path, problems

    def emit(self, record: logging.LogRecord) -> None:
        severity: Severity = "error" if record.levelno >= logging.ERROR else "warning"
        self.problems.append(Problem(self.path, f"the renderer says: {record.getMessage()}", severity=severity))


@contextmanager
def _logged(path: Path | None) -> Iterator[list[Problem]]:
    """Collect what WeasyPrint logs as problems."""
    problems: list[Problem] = []
    handler = _Collector(path, problems)
    handlers, LOGGER.handlers, propagate, LOGGER.propagate = LOGGER.handlers, [handler], LOGGER.propagate, False
    try:
        yield problems
    finally:
        LOGGER.handlers, LOGGER.propagate = handlers, propagate
