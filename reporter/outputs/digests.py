"""What a build depends on, as digests: records, templates, tool.

They are read without being interpreted, so that it takes no time.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import zlib
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.choice import INTERNAL, Edition
from reporter.problems import ReporterError
from reporter.text import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.theme import Theme

HERE = Path(__file__).parent.parent
OURSELVES = "reporter_briefings"  # as installed
PAGE_PACKAGES = (
    OURSELVES,
    "babel",
    "jinja2",
    "markupsafe",
    "pydantic",
    "pyyaml",
    "tinycss2",
    "tinyhtml5",
)
PRINT_PACKAGES = (
    "weasyprint",
    "pydyf",
    "pillow",
    "fonttools",
    "tinycss2",
    "cssselect2",
    "tinyhtml5",
    "pyphen",
    "rendercv_fonts",
    "weblate_fonts",
    "markdownify",
    "beautifulsoup4",
    "lxml",
    "pypdfium2",
)
# Of the machine, to lay out text and to cut fonts down to what is used, as the renderer calls them:
# on Linux, on macOS, on Windows.
PANGO = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0.dll")
HARFBUZZ = ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")
DEPTH = 2  # of folders in which records lie
FOLDERS_OF_SERIES = 3  # the same in that of all series: one for each, with its meetings
NOT_PRINTED = (".html", ".yaml")  # what of a theme goes into a PDF only by way of the page


def digest(*parts: bytes | str) -> str:
    """Return a digest of these parts; of one part of bytes it is what ``sha256sum`` says."""
    if len(parts) == 1 and isinstance(parts[0], bytes):
        return hashlib.sha256(parts[0]).hexdigest()
    found = hashlib.sha256()
    for part in parts:
        content = (
            os.fsencode(part) if isinstance(part, str) else part
        )  # a name of a file may be no text
        found.update(b"%d:" % len(content))
        found.update(content)
    return found.hexdigest()


def inputs_of(  # noqa: PLR0913 (all that a report depends on)
    project: Path,
    theme: Theme,
    day: date,
    *,
    asked: bool,
    since: date | str | None = None,
    edition: Edition = INTERNAL,
) -> dict[str, str]:
    """Return what every report depends on: ``records``, ``look`` and ``day``.

    The look is templates, tool and edition.
    """
    told = f"as of {day}" if asked else str(day)
    tool = (_versions(PAGE_PACKAGES), _renderer(), _of_sources(HERE))
    asked_for = (edition.name, edition.paper or "", edition.desk, str(edition.predictions))
    look = digest(_of_files(_theme_files(theme)), *tool, *asked_for)
    return {
        "records": _of_files(_records(project / "data"), project),
        "look": look,
        "day": f"{told} since {since}" if since else told,
    }


def printing_of(theme: Theme) -> str:
    """Return a digest of all that makes another format of a page.

    This is the renderer with its libraries, the fonts, and the files of the theme that it may load.
    """
    files = ((name, path) for name, path in _theme_files(theme) if not name.endswith(NOT_PRINTED))
    return digest(_renderer(), _of_sources(HERE / "formats"), _of_files(files))


def _renderer() -> str:
    return " ".join((_versions(PRINT_PACKAGES), *libraries().values()))


@cache
def libraries() -> dict[str, str]:
    """Return the versions of the machine's libraries; ``missing`` for one that cannot be loaded."""
    return {
        "Pango": _version(PANGO, "pango_version_string"),
        "HarfBuzz": _version(HARFBUZZ, "hb_version_string"),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
    }


def _version(names: tuple[str, ...], function: str) -> str:
    for name in names:
        try:
            ask = getattr(ctypes.CDLL(name), function)
        except (OSError, AttributeError):
            continue
        ask.restype = ctypes.c_char_p
        return bytes(ask()).decode()
    return "missing"


def printing_versions() -> dict[str, str]:
    """Return by name the versions of all that prints."""
    versions = (
        name.removesuffix(".dist-info").split("-", 1)
        for name in _versions((OURSELVES, *PRINT_PACKAGES)).split()
    )
    found = dict(versions)
    installed = found.pop(OURSELVES, "not installed")
    found["reporter"] = f"{installed} (sources {_of_sources(HERE)[:8]})"
    return {**found, "python": f"{sys.version_info.major}.{sys.version_info.minor}", **libraries()}


def _of_files(files: Iterable[tuple[str, Path]], within: Path | None = None) -> str:
    """Return a digest of files and their names inside a folder, never of where that folder is."""
    return digest(*(part for name, path in files for part in (name, _digest_of(path, within))))


def _digest_of(path: Path, within: Path | None) -> str:
    try:
        return digest_of(path, within=within)
    except ReporterError as error:  # a folder, a pipe, a giant: whoever is to read it will say so
        return error.problems[0].message


def _versions(packages: Iterable[str]) -> str:
    """Return the versions of installed packages, from the names of their folders.

    importlib.metadata takes longer than all the rest.
    """
    folders = [folder for folder in sys.path if os.path.isdir(folder)]  # noqa: PTH112 (as above)
    installed = {
        name.lower()
        for folder in folders
        for name in os.listdir(folder)  # noqa: PTH208 (names are all that is needed)
        if name.endswith(".dist-info")
    }
    return " ".join(sorted(name for name in installed if name.partition("-")[0] in packages))


def _records(folder: Path, depth: int = DEPTH) -> Iterator[tuple[str, Path]]:
    """Yield all that a reader of records may see, folders too: a strange one is a problem.

    Records lie in the folder and in those of their kinds, or of a series, no deeper; links are
    followed no further, since they may lead round in circles.
    """
    try:
        every = os.listdir(folder)  # noqa: PTH208 (as above)
        names = sorted(name for name in every if not name.startswith("."))
    except OSError:  # no folder, or none that may be read
        return
    for name in names:
        path = folder / name
        yield name, path
        if depth > 1:
            within = FOLDERS_OF_SERIES if depth == DEPTH and name == "series" else depth - 1
            yield from ((f"{name}/{inner}", found) for inner, found in _records(path, within))


def _theme_files(theme: Theme) -> Iterator[tuple[str, Path]]:
    """Yield all files, those of the defaults too of which a project has its own: they are read."""
    for folder in theme.folders:
        for path in replace(theme, folders=(folder,)).files():
            yield path.relative_to(folder).as_posix(), path


def _of_sources(folder: Path) -> str:
    """Return a digest of our own sources in a folder, which are read as Python reads them."""
    found, begin = {}, len(str(folder))
    for place, _, names in os.walk(folder):
        for name in names:
            if name.endswith(".py"):
                path = os.path.join(place, name)  # noqa: PTH118 (three times as quick)
                with open(path, "rb") as file:  # noqa: PTH123 (as above)
                    found[path[begin:]] = file.read()
    return digest(*(part for name in sorted(found) for part in (name, found[name])))
