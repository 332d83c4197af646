"""The stylesheets of a theme as a page takes them in: its pictures and faces inside, as one file.

What is wrong in a stylesheet of a project's own, or with a file that it names, is told at its line.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from reporter.formats import css, font, images
from reporter.formats.urls import bare, file_name, in_page
from reporter.problems import Problem, ReporterError, quoted, stop
from reporter.text import read_bytes, read_text
from reporter.theme import NO_FILE, Theme, absent, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

LOOK = ("style.css", "look.css")
"""The stylesheets that have the variables, the last word last."""
FACES = ("fonts.css", "look.css")
"""The stylesheets that may name the files of faces."""
PACKAGES = ("rendercv_fonts", "weblate_fonts")
"""Packages of fonts, of which a face may name a file: ``package:weblate_fonts/...``."""

NOTHING_ELSE = "put the file into the project's templates/ and name it from there"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_VARIABLE = re.compile(r"--([\w-]+)\s*:\s*([^;}]+)")


@dataclass(frozen=True, slots=True)
class Stylesheet:
    """A stylesheet of a theme."""

    text: str
    """Without its faces, and with its pictures inside."""
    faces: tuple[css.Face, ...] = ()


@cache
def stylesheet(theme: Theme, name: str) -> Stylesheet:
    """Return a stylesheet as a page takes it in.

    Raises ReporterError with all that is wrong in one of a project's own.
    """
    text = theme.text(name)
    path = theme.file(name)
    if not theme.owns(path) and name not in FACES:  # it has no addresses, as a test sees to
        return Stylesheet(_COMMENT.sub("", text))
    sheet = css.SheetTokens(text)
    faces = tuple(sheet.faces())
    faults = [*sheet.faults, *_taken_in(theme, sheet)]
    if faults:
        raise ReporterError(Problem(path, *fault) for fault in faults)
    if not sheet.addresses and not faces:  # nothing was taken in or out: it stays as it was written
        return Stylesheet(_COMMENT.sub("", text))
    return Stylesheet(sheet.without_faces(), faces)


def faces(theme: Theme) -> list[css.Face]:
    """Return the faces of a theme, those of a ministry last."""
    return [face for name in FACES for face in stylesheet(theme, name).faces]


def screen_faces(theme: Theme) -> str:
    """Return the faces that have a WOFF2 file, with the file inside; the paper has its own."""
    found = [(face, screen_file(face)) for face in faces(theme)]
    return "\n".join(
        face.rule(f'url("{data_address(name, theme)}") format("woff2")')
        for face, name in found
        if name
    )


def variables(*sheets: str) -> dict[str, str]:
    """Return the variables of stylesheets, the last word on each.

    They are for what no stylesheet reaches, like the shapes of a chart in print.
    """
    return {
        name: value.strip()
        for sheet in sheets
        for name, value in _VARIABLE.findall(_COMMENT.sub("", sheet))
    }


@cache
def colours(theme: Theme) -> dict[str, str]:
    """Return the variables of the look of a theme, whatever a project's own stylesheets lack."""
    return variables(read_text(default_templates() / LOOK[0]), *map(theme.text, LOOK))


@cache
def data_address(name: str, theme: Theme) -> str:
    """Return the file ``name`` of the theme as an address that holds it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{as_base64(name, theme)}"


def as_base64(name: str, theme: Theme) -> str:
    """Return the file ``name`` of the theme as base64.

    Raises ReporterError for a picture that not everybody would see alike.
    """
    content = theme.content(name)
    if (mimetypes.guess_type(name)[0] or "").startswith("image/") and (
        fault := images.fault_of(name, content)
    ):
        message = f"{quoted(name)} {fault.message}"
        place = (fault.line, fault.column)
        stop(theme.file(name), message, fault.hint, *place)
    return base64.b64encode(content).decode("ascii")


def css_text(text: str) -> str:
    """Return a text as a string of a stylesheet, in numbers: no text can be taken for a rule."""
    return '"' + "".join(f"\\{ord(character):06x}" for character in text) + '"'


def package_file(address: str) -> Path | None:
    """Return the file of a font package that an address names."""
    package, _, rest = unquote(bare(address)).removeprefix("package:").partition("/")
    if package not in PACKAGES:
        return None
    return Theme((Path(str(resources.files(package))),)).find(rest)


def screen_file(face: css.Face) -> str:
    """Return the name of the WOFF2 file of a face, of the theme; empty where it has none."""
    names = [file_name(address) or "" for address in face.addresses]
    return next((name for name in names if name.endswith(".woff2")), "")


def paper_content(face: css.Face, theme: Theme) -> bytes:
    """Return what the first file of a face holds; nothing where there is none."""
    address = face.addresses[0] if face.addresses else ""
    if path := package_file(address) if bare(address).startswith("package:") else None:
        return read_bytes(path)
    name = file_name(address)
    return theme.content(name) if name and theme.find(name) else b""


def _taken_in(theme: Theme, sheet: css.SheetTokens) -> Iterator[css.StyleFault]:
    """Take the pictures of a stylesheet into it; yield what is wrong with the files it names."""
    for address in sheet.addresses:
        if in_page(address.value):
            continue
        fault = _fault_of_font(theme, address) if address.of_face else _embed(theme, address)
        if fault:
            at = css.place(sheet.text, address.line, address.column, address.value)
            yield css.StyleFault(*fault, *at)


def _embed(theme: Theme, address: css.Address) -> tuple[str, str] | None:
    """Put a picture in the place of its address; return what is wrong and what to do, if so."""
    name, fault = _file(theme, address.value)
    if fault:
        return fault
    if not (mimetypes.guess_type(name)[0] or "").startswith("image/"):
        return f"{quoted(name)} is no picture", "name a file that ends in .svg, .png or .jpg"
    try:
        _, mark, fragment = bare(address.value).partition("#")
        address.write(f"{data_address(name, theme)}{mark}{fragment}")
    except ReporterError as error:
        return _of_file(name, error)
    return None


def _fault_of_font(theme: Theme, address: css.Address) -> tuple[str, str] | None:
    """Return what is wrong with the file of a face, and what to do."""
    if bare(address.value).startswith("package:"):
        hint = f"the packages of fonts are {' and '.join(PACKAGES)}"
        missing = f"there is no {quoted(address.value)}", hint
        return None if package_file(address.value) else missing
    name, fault = _file(theme, address.value)
    if fault or not theme.owns(theme.file(name)):
        return fault
    try:
        wrong = font.fault_of(theme.content(name))
    except ReporterError as error:
        return _of_file(name, error)
    told = f"{quoted(name)}: {wrong}", "put a sound copy of the font in its place"
    return told if wrong else None


def _file(theme: Theme, address: str) -> tuple[str, tuple[str, str] | None]:
    """Return the file that an address names; what is wrong with it, if it names none."""
    name = file_name(address)
    if name is None:
        return "", (f"{quoted(address)} leads out of the page", NOTHING_ELSE)
    if not name:
        return "", ("an address that is empty", "name a file of the project's templates/")
    return name, None if theme.find(name) else (absent(name), NO_FILE)


def _of_file(name: str, error: ReporterError) -> tuple[str, str]:
    (problem,) = error.problems
    told = problem.message
    return told if told.startswith(quoted(name)) else f"{quoted(name)}: {told}", problem.hint
