"""Fonts: whether a file is one, what it draws, and a part of it.

The only module that knows fontTools.
"""

from __future__ import annotations

import unicodedata
from copy import copy
from functools import cached_property, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from reporter.text import DAMAGED

if TYPE_CHECKING:
    from collections.abc import Collection

FONTS = (b"OTTO", b"wOFF", b"wOF2", b"\0\1\0\0", b"true", b"ttcf")  # what begins a font
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp")


def fault_of(content: bytes) -> str:
    """Return what is wrong with a font; an empty text where it can be read."""
    if not content.startswith(FONTS):
        return "it is no font"
    from fontTools.ttLib import TTFont, TTLibError, woff2  # noqa: PLC0415 (heavy, and seldom asked)

    try:
        font = TTFont(BytesIO(content), lazy=True, fontNumber=0)
        names = font.reader.keys()  # the reader is no mapping
        tables = {str(tag): font.reader[tag] for tag in names}
        return "" if tables.keys() >= set(_NEEDED) else "it is damaged: a table is missing"
    except (*DAMAGED, TTLibError, woff2.brotli.error):
        return "it is damaged and cannot be read"


@lru_cache(8)
def drawn_by(content: bytes) -> frozenset[int]:
    """Return the characters that a font draws, by number. It must be sound."""
    return frozenset(_numbered(content).getBestCmap())


class Reserve:
    """A sound font of which pages take a few signs."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    @cached_property
    def _font(self) -> Any:  # noqa: ANN401 (fontTools comes without types)
        return _numbered(self._content)

    @cached_property
    def _names(self) -> dict[int, str]:
        return self._font.getBestCmap() if "glyf" in self._font else {}

    def part(self, characters: Collection[int]) -> bytes:
        """Return a font of those of the characters that it draws, as WOFF; nothing for none.

        Where signs join, as those of Arabic do, it has the rules by which they do. Others stand as
        they are, without the rules by which some fonts put them together.
        """
        names = {number: self._names[number] for number in sorted(characters & self._names.keys())}
        if not names:
            return b""
        return _joining(self._content, names) if any(map(_joins, names)) else self._plain(names)

    def _plain(self, names: dict[int, str]) -> bytes:
        from fontTools.fontBuilder import FontBuilder  # noqa: PLC0415 (as in fault_of)
        from fontTools.ttLib import newTable  # noqa: PLC0415 (as above)

        font, glyphs = self._font, {}
        order = [".notdef", *dict.fromkeys(names.values())]
        for name in order:  # which grows: what a sign is put together of
            glyphs[name] = glyph = self._outline(name)
            order += [part for part in _parts(font, glyph) if part not in order]
        made = FontBuilder(font["head"].unitsPerEm, isTTF=True)
        made.setupGlyphOrder(order)
        made.setupCharacterMap(names)
        made.setupHorizontalMetrics({name: font["hmtx"][name] for name in order})
        made.setupNameTable({"familyName": "Part", "styleName": "Regular"})
        made.setupOS2()
        made.setupPost(keepGlyphNames=False)
        # Outlines stay as they are, so that what is said of all of them holds for these.
        made.font.recalcBBoxes = made.font.recalcTimestamp = False
        for tag in ("head", "hhea", "maxp"):
            made.font[tag] = copy(font[tag])
        for tag in ("loca", "glyf"):
            made.font[tag] = newTable(tag)
        made.font["glyf"].glyphs = glyphs
        return _packed(made.font)

    def _outline(self, name: str) -> Any:  # noqa: ANN401 (as above)
        """Return a glyph as the file has it: the table of all glyphs is not taken apart."""
        from fontTools.ttLib.tables._g_l_y_f import Glyph  # noqa: PLC0415 (as in fault_of)

        places, number = self._font["loca"], self._font.getGlyphID(name)
        return Glyph(self._outlines[places[number] : places[number + 1]])

    @cached_property
    def _outlines(self) -> bytes:
        outlines: bytes = self._font.reader["glyf"]
        return outlines


def _parts(font: Any, glyph: Any) -> list[str]:  # noqa: ANN401 (as above)
    if not glyph.isComposite():
        return []
    glyph.expand(font["glyf"])
    return [part.glyphName for part in glyph.components]


def _joins(character: int) -> bool:
    """Return whether a sign is of a script whose signs join, or go above and below others."""
    sign = chr(character)
    return unicodedata.bidirectional(sign) in {"R", "AL"} or unicodedata.category(sign)[0] == "M"


def _joining(content: bytes, names: Collection[int]) -> bytes:
    from fontTools import subset  # noqa: PLC0415 (as in fault_of)

    font = _opened(content)
    font.recalcTimestamp = False
    options = subset.Options(name_IDs=[1, 2], hinting=False, notdef_outline=True)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=names)
    cut.subset(font)
    return _packed(font)


def _packed(font: Any) -> bytes:  # noqa: ANN401 (as above)
    font.flavor = "woff"  # as WOFF2 it would be a fifth smaller, and take six times as long
    content = BytesIO()
    font.save(content)
    return content.getvalue()


def encoded_at(content: bytes, glyphs: Collection[int]) -> dict[int, str]:
    """Return the glyphs that Adobe's standard encoding has at the numbers of ``glyphs``.

    Only those behind the last one, since a subset names all glyphs up to it. They come by their
    number in the font, each with its text.
    """
    from fontTools.encodings.StandardEncoding import StandardEncoding  # noqa: PLC0415 (as above)

    numbers = _numbers(content)
    names = {StandardEncoding[glyph] for glyph in glyphs if glyph < len(StandardEncoding)}
    last = max(glyphs, default=0)
    found = sorted(name for name in names & numbers.keys() if numbers[name] > last)
    if not found:  # as of most
        return {}
    from fontTools.agl import toUnicode  # noqa: PLC0415 (reads thousands of names)

    return {numbers[name]: toUnicode(name) for name in found}


@lru_cache(8)
def _numbers(content: bytes) -> dict[str, int]:
    order = _opened(content).getGlyphOrder()
    return {name: number for number, name in enumerate(order) if number}


def _numbered(content: bytes) -> Any:  # noqa: ANN401 (as above)
    """Return a font whose glyphs are called by their numbers: finding their names takes long."""
    font = _opened(content)
    font.setGlyphOrder([".notdef", *map("glyph{:05}".format, range(1, font["maxp"].numGlyphs))])
    return font


def _opened(content: bytes) -> Any:  # noqa: ANN401 (as above)
    from fontTools.ttLib import TTFont  # noqa: PLC0415 (as in fault_of)

    return TTFont(BytesIO(content), lazy=True, fontNumber=0)
