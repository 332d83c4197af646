"""What an element or an attribute of a page may do: nothing that loads, runs or leads elsewhere.

Elements are allowed by their names; of attributes, those are known that load or run something, and
those of which styles are made. Names are in small letters, values as a browser reads them.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from reporter.choice import FEED
from reporter.formats import css
from reporter.formats.urls import bare, file_name, in_page, scheme
from reporter.problems import quoted
from reporter.records.addresses import URL_PATTERN

ELEMENTS = frozenset({
    "html", "head", "title", "meta", "style", "body", "script",
    "a", "abbr", "address", "area", "article", "aside", "b", "bdi", "bdo", "big", "blockquote",
    "br", "button", "caption", "center", "cite", "code", "col", "colgroup", "data", "datalist",
    "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "fieldset", "figcaption", "figure",
    "font", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "i",
    "img", "input", "ins", "kbd", "label", "legend", "li", "main", "map", "mark", "menu", "meter",
    "nav", "ol", "optgroup", "option", "output", "p", "pre", "progress", "q", "rp", "rt", "ruby",
    "s", "samp", "search", "section", "select", "small", "span", "strike", "strong", "sub",
    "summary", "sup", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "time", "tr",
    "tt", "u", "ul", "var", "wbr",
    "svg", "circle", "clippath", "defs", "desc", "ellipse", "filter", "g", "image", "line",
    "lineargradient", "marker", "mask", "path", "pattern", "polygon", "polyline", "radialgradient",
    "rect", "stop", "symbol", "text", "textpath", "tspan", "use", "feblend", "fecolormatrix",
    "fecomponenttransfer", "fecomposite", "feconvolvematrix", "fediffuselighting",
    "fedisplacementmap", "fedistantlight", "fedropshadow", "feflood", "fefunca", "fefuncb",
    "fefuncg", "fefuncr", "fegaussianblur", "femerge", "femergenode", "femorphology", "feoffset",
    "fepointlight", "fespecularlighting", "fespotlight", "fetile", "feturbulence",
})  # fmt: skip
DATA = frozenset({"application/ld+json", "application/json"})
"""Types of scripts that are data and no programs."""
_LINKS = frozenset({"a", "area"})
_FEED_LINK = {"rel": "alternate", "type": "application/atom+xml", "href": FEED}
"""All that an element 'link' may be: it tells a reader of feeds where ours is; it loads nothing."""
_LOADING = frozenset({
    "action", "archive", "attributionsrc", "background", "classid", "codebase", "data", "dynsrc",
    "formaction", "href", "icon", "imagesrcset", "longdesc", "lowsrc", "manifest", "ping",
    "poster", "profile", "src", "srcdoc", "srcset", "xlink:href", "xml:base",
})  # fmt: skip
_PAINTED = frozenset({
    "clip-path", "cursor", "fill", "filter", "marker", "marker-end", "marker-mid", "marker-start",
    "mask", "stroke",
})  # fmt: skip
_PICTURED = frozenset({"img", "image", "input"})
_EMBEDDED = re.compile(r"data:(image|font)/[\w.+-]+;base64,[A-Za-z0-9+/=]+")
_IN_LOOK = "write the rule into look.css, which takes the file into the page"
_PICTURE = 'put the file into templates/ and write {{ picture("crest.svg", "what it shows") }}'
_PROGRAM = 'leave it out; what is for machines has the type "application/ld+json"'
_TEXT = "write what is to be read: a page loads and runs nothing"
_WEB = "use the name of a report's file, http:, https: or mailto:"


class Fault(NamedTuple):
    """What leads out of a page."""

    message: str
    hint: str
    value: str
    """How it is written in a template, if it is written there as it stands."""
    line: int = 1
    """In a stylesheet."""


NO_PROGRAM = Fault("a page runs no program", _PROGRAM, "<script")


def of_element(name: str) -> Fault | None:
    """Return what is wrong with an element; of a link, see its attributes."""
    if name in ELEMENTS or name == "link":
        return None
    message = f"a page has no element {quoted(name)}: it might load or run something"
    return Fault(message, _TEXT, f"<{name}")


def is_picture(element: str, name: str, value: str) -> bool:
    """Return whether an attribute names a file that can be taken into the page."""
    return (element, name) == ("img", "src") and not in_page(value) and bool(file_name(value))


def of_attribute(element: str, name: str, value: str) -> tuple[Fault, ...]:
    """Return what is wrong with an attribute; a picture of the theme is told from it before."""
    if element == "link" and name != "title":
        return _of_feed_link(name, value)
    if name == "style" or (name in _PAINTED and "(" in value):
        return of_styles(value)
    fault = None
    if name.startswith("on"):
        fault = Fault(f"the attribute {quoted(name)} would run a program", _TEXT, name)
    elif name == "http-equiv":
        message = f"{quoted(value)} in a meta element is an order to the browser"
        fault = Fault(message, _TEXT, value)
    elif (element, name) == ("meta", "charset") and bare(value).lower() != "utf-8":
        fault = Fault(
            f"a page is UTF-8, not {quoted(value)}", 'write <meta charset="utf-8">', value
        )
    elif name in {"href", "xlink:href"} and element in _LINKS:
        message = f"the link {quoted(value)} leads neither to a report nor to the web"
        fault = None if _is_link(value) else Fault(message, _WEB, value)
    elif name in _LOADING and not (name in {"src", "href", "xlink:href"} and in_page(value)):
        hint = _PICTURE if element in _PICTURED or name == "background" else _TEXT
        fault = Fault(f"{quoted(value)} leads out of the page, by '{name}'", hint, value)
    return (fault,) if fault else ()


def _of_feed_link(name: str, value: str) -> tuple[Fault, ...]:
    """Return what is wrong with a link that is no sign to the feed."""
    if _FEED_LINK.get(name) == value:
        return ()
    message = f"a page has no element 'link' with {name}={quoted(value)}: it might load something"
    return (Fault(message, "leave it out: a page names no other file than its feed", value),)


def of_styles(text: str) -> tuple[Fault, ...]:
    """Return what leads out of styles, and what is broken in them."""
    return _of_styles(_EMBEDDED.sub(r"data:\1/x,", text))


@lru_cache(maxsize=256)
def _of_styles(text: str) -> tuple[Fault, ...]:
    sheet = css.SheetTokens(text)
    return (
        *(Fault(fault.message, fault.hint, "", fault.line) for fault in sheet.faults),
        *(
            Fault(
                f"{quoted(one.value)} leads out of the page, by a style",
                _IN_LOOK,
                one.value,
                one.line,
            )
            for one in sheet.addresses
            if not in_page(one.value)
        ),
    )


def _is_link(address: str) -> bool:
    """Return whether a reader may be led there: to a place, another report, or the web."""
    match scheme(address):
        case "":
            return file_name(address) is not None
        case "http" | "https":
            return re.fullmatch(URL_PATTERN, bare(address)) is not None
        case other:
            return other == "mailto"
