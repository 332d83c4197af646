"""Pictures in the text of a Word document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.builder import ElementMaker

from reporter.formats.docx.xml import R

if TYPE_CHECKING:
    from lxml.etree import _Element

_MAIN = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WORD = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = ElementMaker(namespace=_MAIN, nsmap={"a": _MAIN})
_PIC = ElementMaker(namespace=_PICTURE, nsmap={"pic": _PICTURE})
_WP = ElementMaker(namespace=_WORD, nsmap={"wp": _WORD})
_UNIT = 12_700  # of DrawingML in a point
_WIDEST, _HIGHEST = 470.0, 620.0  # points: what there is room for on each paper


def fitting(width: float, height: float) -> tuple[int, int]:
    """Return the size of a picture in units of DrawingML, no larger than a page has room for."""
    scale = min(1.0, _WIDEST / width, _HIGHEST / height)
    return round(width * scale * _UNIT), round(height * scale * _UNIT)


def inline(told: str, link: str, number: int, size: tuple[int, int]) -> _Element:
    """Return a picture that stands in a line of text; ``link`` is the name of its part."""
    width, height = map(str, size)
    named = {"id": str(number), "name": f"Picture {number}", "descr": told}
    shape = _PIC.spPr(
        _A.xfrm(_A.off(x="0", y="0"), _A.ext(cx=width, cy=height)),
        _A.prstGeom(_A.avLst(), prst="rect"),
    )
    picture = _PIC.pic(
        _PIC.nvPicPr(_PIC.cNvPr(**named), _PIC.cNvPicPr()),
        _PIC.blipFill(_A.blip({f"{{{R}}}embed": link}), _A.stretch(_A.fillRect())),
        shape,
    )
    return _WP.inline(
        _WP.extent(cx=width, cy=height),
        _WP.docPr(**named),
        _WP.cNvGraphicFramePr(_A.graphicFrameLocks(noChangeAspect="1")),
        _A.graphic(_A.graphicData(picture, uri=_PICTURE)),
        **dict.fromkeys(("distT", "distB", "distL", "distR"), "0"),
    )
