"""A reader whose machine has no face of another script sees no boxes."""

from __future__ import annotations

import base64
import re

import pytest
from conftest import VALID

from reporter.formats import font
from reporter.formats.html.glyphs import with_glyphs
from reporter.theme import Theme

THEME = Theme.of(VALID)
FACE = re.compile(r"data:font/woff2;base64,([\w+/=]+)")


def page_of(text: str) -> str:
    """Return a page that holds a text."""
    return f"<html><head><title>x</title></head><body>{text}</body></html>"


def signs_in(page: str) -> set[str]:
    """Return what the faces in a page draw."""
    faces = map(base64.b64decode, FACE.findall(page))
    return {chr(number) for face in faces for number in font.drawn_by(face)}


def test_the_signs_of_another_script_are_in_the_page() -> None:
    """Those that it has, and no others."""
    page = with_glyphs(page_of("the dialogue, 宇宙に関する対話"), THEME)
    assert signs_in(page) == set("宇宙に関する対話")
    assert page.index("@font-face") < page.index("</head>")


@pytest.mark.parametrize("text", ["plain", "co\u2011chairs met \u2013 here", "\U0001f6f0"])
def test_a_page_without_such_signs_stays_as_it_is(text: str) -> None:
    """So does one with signs that no face has."""
    assert with_glyphs(page_of(text), THEME) == page_of(text)


def test_the_same_bytes_twice() -> None:
    """They are those of the face: no day and no order of today's is in them."""
    first, second = (with_glyphs(page_of(text), THEME) for text in ("会合", "合会"))
    assert FACE.findall(first) == FACE.findall(second) != []
