"""Whether a file is a font. The only module that knows fontTools."""

from __future__ import annotations

import struct
from io import BytesIO

FONTS = (b"OTTO", b"wOFF", b"wOF2", b"\0\1\0\0", b"true", b"ttcf")  # what begins a font
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp")


def fault_of(content: bytes) -> str:
    """Return what is wrong with a font; an empty text where it can be read."""
    if not content.startswith(FONTS):
        return "it is no font"
    from fontTools.ttLib import TTFont, TTLibError, woff2  # noqa: PLC0415 (heavy, and seldom asked)

    faults = (
        TTLibError,
        woff2.brotli.error,
        ArithmeticError,
        AssertionError,
        AttributeError,
        LookupError,
        MemoryError,
        OSError,
        TypeError,
        ValueError,
        struct.error,
    )
    try:
        font = TTFont(BytesIO(content), lazy=True, fontNumber=0)
        tables = {str(tag): font.reader[tag] for tag in font.reader.keys()}  # noqa: SIM118 (no mapping)
        return "" if tables.keys() >= set(_NEEDED) else "it is damaged: a table is missing"
    except faults:
        return "it is damaged and cannot be read"
