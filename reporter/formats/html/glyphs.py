"""The signs that a page has and no face of the screen draws, taken out of a face for paper.

A face of ten thousand signs is too large for a page; the twenty that the page has are not. Without
them, a reader whose machine has no such face would see boxes.
"""

from __future__ import annotations

import base64
from functools import cache
from typing import TYPE_CHECKING

from reporter.formats import font
from reporter.formats.look import faces, paper_content, screen_file

if TYPE_CHECKING:
    from reporter.formats.css import Face
    from reporter.theme import Theme


def with_glyphs(page: str, theme: Theme) -> str:
    """Return a page with the signs that it needs in its head; like the faces, not for paper."""
    missing = frozenset() if page.isascii() else frozenset(map(ord, page)) - _drawn(theme)
    parts = [(face, reserve.part(missing)) for face, reserve in _reserves(theme)] if missing else []
    rules = [face.rule(_address(part)) for face, part in parts if part]
    if not rules:
        return page
    style = "\n".join(('<style media="not speech">', *rules, "</style>"))
    return page.replace("</head>", f"{style}\n</head>", 1)


@cache
def _drawn(theme: Theme) -> frozenset[int]:
    """Return what the faces of the screen draw."""
    names = filter(None, map(screen_file, faces(theme)))
    return frozenset().union(*(font.drawn_by(theme.content(name)) for name in names))


@cache
def _reserves(theme: Theme) -> tuple[tuple[Face, font.Reserve], ...]:
    """Return the families that the screen has no file of, with the first face of each."""
    found: dict[str, tuple[Face, font.Reserve]] = {}
    for face in faces(theme):
        if face.family not in found and not screen_file(face):
            content = paper_content(face, theme)
            found |= {face.family: (face, font.Reserve(content))} if content else {}
    return tuple(found.values())


def _address(part: bytes) -> str:
    data = base64.b64encode(part).decode("ascii")
    return f'url("data:font/woff;base64,{data}") format("woff")'
