"""A reader whose machine has no face of another script sees no boxes."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pytest
from conftest import VALID
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from reporter.formats import font
from reporter.formats.html.glyphs import with_glyphs
from reporter.theme import Theme

THEME = Theme.of(VALID)
FACE = re.compile(r"data:font/woff;base64,([\w+/=]+)")


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


def drawn(features: str = "") -> bytes:
    """Return a font with two signs of Arabic and one of Chinese, which is made of another."""
    made = FontBuilder(1000, isTTF=True)
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    whole = TTGlyphPen({"dot": square})
    whole.addComponent("dot", (1, 0, 0, 1, 10, 0))
    glyphs = {
        ".notdef": square,
        "dot": square,
        "one": whole.glyph(),
        "beh": square,
        "first": square,
    }
    made.setupGlyphOrder(list(glyphs))
    made.setupCharacterMap({0x4E00: "one", 0x628: "beh"})
    made.setupGlyf(glyphs)
    made.setupHorizontalMetrics(dict.fromkeys(glyphs, (600, 0)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable({"familyName": "Test", "styleName": "Regular"})
    made.setupOS2()
    made.setupPost()
    if features:
        made.addOpenTypeFeatures(features)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def test_a_sign_brings_what_it_is_put_together_of() -> None:
    """A dot above a letter is a glyph of its own."""
    part = font.Reserve(drawn()).part({0x4E00})
    assert font.drawn_by(part) == {0x4E00}
    cut = TTFont(BytesIO(part))
    assert cut["glyf"][cut.getBestCmap()[0x4E00]].isComposite()


def test_signs_that_join_bring_the_rules_by_which_they_do() -> None:
    """Without them a reader of Arabic sees letters one by one."""
    part = font.Reserve(drawn("feature init { sub beh by first; } init;")).part({0x628})
    assert font.drawn_by(part) == {0x628}
    assert len(TTFont(BytesIO(part)).getGlyphOrder()) == 3  # with the form that begins a word
