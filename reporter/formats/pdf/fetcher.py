"""What a page may load: theme and font package files, and pictures and fonts in the page."""

from __future__ import annotations

import re
import warnings
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from PIL import Image, ImageCms
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reporter.formats.font import FONTS
from reporter.formats.look import package_file
from reporter.problems import ReporterError, quoted
from reporter.text import read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.theme import Theme

# stands for the theme's folders, so that no path of the machine can reach a PDF
BASE = "file:///theme/"
LARGEST_PICTURE = 40_000_000  # pixels; a page of A4 at 600 dots per inch has 35 million
KINDS = {".svg": {"Content-Type": "image/svg+xml"}, ".css": {"Content-Type": "text/css"}}
INLINE = re.compile(r"data:(image/|font/|application/(x-)?font-)", re.IGNORECASE)


class Refused(FatalURLFetchingError):  # type: ignore[misc] # noqa: N818 (it says what happened)
    """A page asks for what it cannot have."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


class Response(URLFetcherResponse):  # type: ignore[misc]
    """What was fetched."""

    path = (
        None  # or WeasyPrint reads the file that has this path on the machine, should there be one
    )


class ThemeFetcher(URLFetcher):  # type: ignore[misc]
    """Fetches what belongs to the theme, and nothing else."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(allowed_protocols={"data"})
        self._theme = theme

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content at ``url``; anything that is not the theme's stops the rendering."""
        if INLINE.match(url):
            return Response(
                url, _drawable(url, (found := super().fetch(url, headers)).read()), found.headers
            )
        path = self._path(url)
        if path is None:
            message = f"a file is missing: {shown(url)} is not a file of the theme"
            raise Refused(
                message,
                "put it into the project's templates/ folder; "
                "nothing from elsewhere is loaded, by no link either",
            )
        try:
            content = read_bytes(path, within=self._theme.home(path))
            return Response(url, _drawable(url, content), KINDS.get(path.suffix, {}))
        except ReporterError as error:
            (problem,) = error.problems
            message = f"{shown(url)}: {problem.message}"
            raise Refused(message, problem.hint) from None

    def _path(self, url: str) -> Path | None:
        try:
            parts = urlsplit(url)
        except ValueError:  # an address that is none
            return None
        name = unquote(parts.path)
        if parts.scheme == "package":
            return package_file(url)
        if not url.startswith(BASE):
            return None
        return self._theme.find(name.removeprefix("/theme/"))


def _drawable(url: str, content: bytes) -> bytes:
    """Return the content of a file; refuse a picture that would be huge once drawn.

    The size is the one that the picture itself states. One in the four colours of a printer comes
    in those of a screen, which are all that the colour profile of a PDF/A here describes.
    """
    if content.startswith(FONTS):
        return content
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(BytesIO(content)) as picture:
            pixels = picture.width * picture.height
            if pixels <= LARGEST_PICTURE and picture.mode == "CMYK":
                return _in_colours_of_a_screen(picture)
    except Image.DecompressionBombError:
        pixels = LARGEST_PICTURE + 1
    except (OSError, ValueError, SyntaxError):  # no picture of pixels
        return content
    if pixels > LARGEST_PICTURE:
        message = (
            f"{shown(url)}: a picture of more than {LARGEST_PICTURE // 1_000_000} million pixels"
        )
        raise Refused(message, "make it smaller: no paper shows as many")
    return content


def _in_colours_of_a_screen(picture: Image.Image) -> bytes:
    """Return a picture as a PNG in sRGB, by the colour profile that it brings, if it does."""
    content, profile = BytesIO(), picture.info.get("icc_profile")
    found = picture.convert("RGB")
    if profile:
        with suppress(ImageCms.PyCMSError, OSError):  # one that is damaged: as without one
            theirs = ImageCms.ImageCmsProfile(BytesIO(profile))
            ours = ImageCms.createProfile("sRGB")
            found = ImageCms.profileToProfile(picture, theirs, ours, outputMode="RGB") or found
    found.save(content, "PNG")
    return content.getvalue()


def shown(url: str) -> str:
    """Return an address for a message: a theme file by its name, others cut if they are long."""
    return quoted(url.removeprefix(BASE))
