"""What a page may load: files of the theme and of the font packages, and pictures and fonts written into the page."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reporter.text import read_bytes
from reporter.theme import Theme

BASE = "file:///theme/"  # stands for the theme's folders, so that no path of the machine can reach a PDF
PACKAGES = ("rendercv_fonts", "weblate_fonts")
INLINE = re.compile(r"data:(image/|font/|application/(x-)?font-)", re.IGNORECASE)


class ThemeFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches what belongs to the theme, and nothing else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(allowed_protocols={"data"})
        self._theme = theme

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content at ``url``; anything that is not the theme's stops the rendering."""
        if INLINE.match(url):
            return super().fetch(url, headers)
        path = self._path(url)
        if path is None:
            message = f"'{url.removeprefix(BASE)}' is not a file of the theme"
            raise FatalURLFetchingError(message)
        return URLFetcherResponse(url, read_bytes(path))

    def _path(self, url: str) -> Path | None:
        parts = urlsplit(url)
        name = unquote(parts.path)
        if parts.scheme == "package":
            package, _, rest = name.partition("/")
            return Theme((Path(str(resources.files(package))),)).find(rest) if package in PACKAGES else None
        if not url.startswith(BASE):
            return None
        return self._theme.find(name.removeprefix("/theme/"))
