"""Tests of what is wrong with a picture: told before a page with an empty place is made."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from PIL import Image

from reporter.formats.images import fault_of


def picture(mode: str, kind: str) -> bytes:
    """Return a small picture."""
    found = BytesIO()
    Image.new(mode, (40, 40)).save(found, kind)
    return found.getvalue()


def drawing(body: str) -> bytes:
    """Return a drawing."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{body}</svg>'.encode()


@pytest.mark.parametrize(
    ("mode", "kind"),
    [("RGBA", "PNG"), ("P", "PNG"), ("CMYK", "JPEG"), ("L", "JPEG"), ("P", "GIF"), ("RGB", "WEBP")],
)
def test_what_every_browser_shows(mode: str, kind: str) -> None:
    """Whatever its name ends in."""
    assert fault_of("crest.png", picture(mode, kind)) is None


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is empty"),
        (b"<html>not found</html>", "is no picture"),
        (picture("RGB", "JPEG")[:400], "is damaged"),
        (picture("CMYK", "TIFF"), "is a picture of the kind TIFF, which no browser shows"),
        (picture("I;16", "PNG"), "has more than 8 bits for each dot"),
    ],
)
def test_what_is_no_picture_for_everybody(content: bytes, told: str) -> None:
    """With what to do."""
    fault = fault_of("crest.png", content)
    assert fault is not None
    assert fault.message == told
    assert fault.hint


@pytest.mark.parametrize(
    ("content", "told", "place"),
    [
        (drawing("\n <text>A</text>"), "has text", (2, 2)),
        (drawing("<!-- <text> -->\n<foreignObject/>"), "has text", (2, 1)),
        (drawing('\n<image href="https://e.org/a.png"/>'), "loads another file", (2, 14)),
        (drawing("\n<style>@import url(a.css);</style>"), "loads another file", (2, 8)),
        (drawing('<use fill="url(b.svg#c)"/>'), "loads another file", (1, 70)),
        (drawing("<g>"), "is no whole drawing", (1, 64)),
        (b"<svg/>", "is no drawing", (1, 1)),
        (gzip.compress(drawing(""), mtime=0), "is compressed", (0, 0)),
        (drawing("").decode().encode("utf-16"), "is not UTF-8", (0, 0)),
    ],
)
def test_what_is_no_drawing_for_everybody(
    content: bytes, told: str, place: tuple[int, int]
) -> None:
    """At its line, where it has lines."""
    fault = fault_of("Crest.SVG", content)
    assert fault is not None
    assert fault.message.startswith(told)
    assert (fault.line, fault.column) == place


@pytest.mark.parametrize(
    "body",
    [
        '<circle r="3" fill="url(#a)"/>',
        "<!-- <text>none</text> -->",
        '<a href="https://example.org/"><path d="M0 0"/></a>',
        '<image href="data:image/png;base64,AAAA"/>',
    ],
)
def test_a_sound_drawing(body: str) -> None:
    """What stands in a comment is no text, and a link loads nothing."""
    assert fault_of("crest.svg", drawing(body)) is None
