"""A part of a page as a picture of pixels, for formats that have no CSS: as it looks in the PDF."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

import pypdfium2
from PIL import Image, ImageChops

from reporter.formats.pdf.rendering import render

if TYPE_CHECKING:
    from reporter.theme import Theme

DOTS = 200  # per inch
_POINTS = 72
_COLOURS = 256
_SHEET = """<style>@page { size: %dpt 700pt; margin: 0; }
@page :first { margin: 0; } body { margin: 0; }
@page { @top-left { content: none } @top-center { content: none } @top-right { content: none }
@bottom-left { content: none } @bottom-center { content: none } @bottom-right { content: none } }
</style></head><body><main>"""


class Picture(NamedTuple):
    """A PNG, and how large it is in points."""

    content: bytes
    width: float
    height: float


def picture(theme: Theme, page: str, element: str, width: int) -> Picture | None:
    """Return an element of a page, drawn on a sheet this wide, in points; None where it is blank.

    Raises ReporterError where it cannot be drawn.
    """
    head = page.partition("</head>")[0]
    html = f"{head}{_SHEET % width}{element}</main></body></html>"
    document = pypdfium2.PdfDocument(render(theme, html, "picture").content)
    image = document[0].render(scale=DOTS / _POINTS).to_pil().convert("RGB")
    document.close()
    blank = Image.new("RGB", image.size, image.getpixel((0, image.height - 1)))
    box = ImageChops.difference(image, blank).getbbox()
    if box is None:
        return None
    found = image.crop(box)
    buffer = BytesIO()
    found.quantize(_COLOURS).save(buffer, "PNG", optimize=True, dpi=(DOTS, DOTS))
    scale = _POINTS / DOTS
    return Picture(buffer.getvalue(), found.width * scale, found.height * scale)
