"""What is wrong with a picture before a page takes it in: neither browser nor renderer says it.

A broken one would be an empty place, and what a drawing loads or sets in type differs by machine.
"""

from __future__ import annotations

import re
import warnings
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET
from xml.parsers.expat import errors

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PIXELS = 40_000_000  # of one that is opened here; of a larger one the renderer tells
OUTLINES = "turn its text into outlines, in the program that drew it"
ANEW = "put a sound copy of it in its place"
_SHOWN = frozenset({"AVIF", "BMP", "GIF", "JPEG", "PNG", "WEBP"})  # by every browser
_DEEP = ("I", "F")  # modes of more than eight bits
_TEXT = re.compile(r"<(?:[\w-]+:)?(?:text|foreignObject)[\s>/]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_LOADED = re.compile(r"@import\b|url\(\s*[\"']?(?!#|data:)[^)\"'\s]")
_LINK = re.compile(r"(?:^|\})href$")
_SVG = '"http://www.w3.org/2000/svg"'
_OTHERWISE = (
    (b"\x1f\x8b", "is compressed", "save it as plain SVG"),
    ((b"\xff\xfe", b"\xfe\xff"), "is not UTF-8", "save it as UTF-8"),
)
# What a library says of XML that is not whole; other codes are limits, of which the renderer tells.
_BROKEN = frozenset(
    errors.codes[message]
    for message in (
        errors.XML_ERROR_SYNTAX,
        errors.XML_ERROR_NO_ELEMENTS,
        errors.XML_ERROR_INVALID_TOKEN,
        errors.XML_ERROR_UNCLOSED_TOKEN,
        errors.XML_ERROR_PARTIAL_CHAR,
        errors.XML_ERROR_TAG_MISMATCH,
        errors.XML_ERROR_DUPLICATE_ATTRIBUTE,
        errors.XML_ERROR_UNDEFINED_ENTITY,
        errors.XML_ERROR_UNBOUND_PREFIX,
    )
)


class PictureFault(NamedTuple):
    """What is wrong with a picture, what to do, and in a drawing where."""

    message: str
    hint: str
    line: int = 0
    column: int = 0


def fault_of(name: str, content: bytes) -> PictureFault | None:
    """Return what is wrong with the picture of this name, if anything is."""
    if not content:
        return PictureFault("is empty", ANEW)
    return _of_drawing(content) if name.lower().endswith(".svg") else _of_pixels(content)


def _of_pixels(content: bytes) -> PictureFault | None:
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 (heavy: only where there is a picture)

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            image = Image.open(BytesIO(content))
            if image.width * image.height <= MOST_PIXELS:
                image.load()
    except Image.DecompressionBombError:
        return None
    except UnidentifiedImageError:
        return PictureFault("is no picture", ANEW)
    except (OSError, SyntaxError, ValueError):
        return PictureFault("is damaged", ANEW)
    if image.format not in _SHOWN:
        told = f"is a picture of the kind {image.format}, which no browser shows"
        return PictureFault(told, "save it as PNG or JPEG")
    if image.mode.startswith(_DEEP):
        return PictureFault("has more than 8 bits for each dot", "save it with 8 bits")
    return None


def _of_drawing(content: bytes) -> PictureFault | None:
    for begin, message, hint in _OTHERWISE:
        if content.startswith(begin):
            return PictureFault(message, hint)
    try:
        root = ET.fromstring(content)  # noqa: S314 (expat knows its limits)
    except ET.ParseError as error:
        line, column = error.position
        fault = PictureFault("is no whole drawing: something is not closed", ANEW, line, column + 1)
        return fault if error.code in _BROKEN else None
    if not str(root.tag).endswith("}svg"):
        return PictureFault("is no drawing", f"it begins with <svg xmlns={_SVG}>", 1, 1)
    text = content.decode("utf-8", "replace")
    bare = _COMMENT.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
    if found := _TEXT.search(bare):
        told = "has text, which each machine would set in another typeface"
        return PictureFault(told, OUTLINES, *_place(bare, found.start()))
    if address := next(_loaded(root), ""):
        told = "loads another file, which is not there for those who read the page"
        return PictureFault(told, "draw it into this one", *_place(bare, bare.find(address)))
    return None


def _loaded(root: ET.Element) -> Iterator[str]:
    """Yield what a drawing loads beside itself."""
    for element in root.iter():
        name = str(element.tag).rpartition("}")[2]
        for key, value in element.items():
            leads = _LINK.search(key) and name != "a" and not value.startswith(("#", "data:"))
            if leads or _LOADED.search(value):
                yield value
        if name == "style" and (found := _LOADED.search(element.text or "")):
            yield found[0]


def _place(text: str, at: int) -> tuple[int, int]:
    """Return line and column of what begins there."""
    at = max(at, 0)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
