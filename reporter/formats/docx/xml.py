"""The XML of Word: its names, and a way to write elements and to read what others wrote."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML = "http://www.w3.org/XML/1998/namespace"
NAMES = {"w": W, "r": R}


def w(name: str, /, *children: _Element | None, **attributes: object) -> _Element:
    """Return an element of Word: ``w("pStyle", val="Title")``."""
    element = etree.Element(f"{{{W}}}{name}", nsmap=NAMES)
    for key, value in attributes.items():
        element.set(f"{{{W}}}{key}", str(value))
    element.extend(child for child in children if child is not None)
    return element


def w_name(name: str) -> str:
    """Return the whole name of an element or an attribute of Word."""
    return f"{{{W}}}{name}"


def value(element: _Element | None) -> str:
    """Return what an element says as its ``w:val``."""
    return "" if element is None else str(element.get(f"{{{W}}}val") or "")


def written(root: _Element) -> bytes:
    """Return a part of a document as it is written."""
    etree.cleanup_namespaces(root, keep_ns_prefixes=["w", "r"])
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def parsed(raw: bytes) -> _Element:
    """Return XML that others wrote; nothing else is read for it.

    Raises ValueError where it is none.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        tree = etree.parse(io.BytesIO(raw), parser)
    except etree.XMLSyntaxError as error:
        raise ValueError from error
    if tree.docinfo.doctype:
        raise ValueError
    return tree.getroot()
