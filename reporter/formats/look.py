"""The stylesheets of a theme as a page takes them in: with its pictures and faces inside, so that it stays one file."""

from __future__ import annotations

import base64
import mimetypes
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Find = Callable[[str], bytes]

FACES = ("fonts.css", "look.css")
"""The stylesheets that may name the files of faces."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACE = re.compile(r"@font-face\s*\{[^}]*\}\s*")
_FAMILY = re.compile(r"""font-family\s*:\s*(["']?)([^"';}]+)\1""")
_VARIABLE = re.compile(r"--([\w-]+)\s*:\s*([^;}]+)")
_URL = re.compile(r"""url\(\s*(["']?)(?!data:)([^"')]+)\1\s*\)""")
_SCREEN_FACE = re.compile(r"""url\(\s*(["']?)([^"':)]+\.woff2)\1\s*\)""")


def variables(*sheets: str) -> dict[str, str]:
    """Return the variables of stylesheets, the last word on each: for what no stylesheet reaches, like the shapes of a chart in print."""
    return {
        name: value.strip()
        for sheet in sheets
        for name, value in _VARIABLE.findall(_COMMENT.sub("", sheet))
    }


def faces(sheet: str) -> list[str]:
    """Return the rules of a stylesheet that name the files of a face."""
    return [face.strip() for face in _FACE.findall(_COMMENT.sub("", sheet))]


def families(sheet: str) -> set[str]:
    """Return the names of the families that a stylesheet has faces of."""
    return {name for face in faces(sheet) for _, name in _FAMILY.findall(face)}


def without_faces(sheet: str, find: Find) -> str:
    """Return a stylesheet without its faces, which are taken in once for all, and with its pictures inside."""
    return _URL.sub(
        lambda found: f'url("{data_address(found[2], find)}")',
        _FACE.sub("", _COMMENT.sub("", sheet)),
    )


def place_of(name: str, sheet: str) -> tuple[int, int]:
    """Return line and column where a stylesheet names a file; where a comment names it too, it is not meant."""
    before = _COMMENT.sub(lambda comment: re.sub(r"\S", " ", comment[0]), sheet).partition(name)[0]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def screen_faces(sheet: str, find: Find) -> str:
    """Return the faces of a stylesheet that have a WOFF2 file, with the file inside; the paper has files of its own."""
    return "\n".join(
        re.sub(
            r"src\s*:[^;}]*", f'src: url("{data_address(woff2[2], find)}") format("woff2")', face
        )
        for face in faces(sheet)
        if (woff2 := _SCREEN_FACE.search(face))
    )


def data_address(name: str, find: Find) -> str:
    """Return the file ``name`` of the theme as an address that holds it."""
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return f"data:{kind};base64,{base64.b64encode(find(name)).decode('ascii')}"


def css_text(text: str) -> str:
    """Return a text as a string of a stylesheet: nothing but numbers of characters, so that no text can be taken for a rule."""
    return '"' + "".join(f"\\{ord(character):06x}" for character in text) + '"'
