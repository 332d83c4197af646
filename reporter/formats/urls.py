"""Addresses as a browser reads them: what stays in the page, what names a file, what leads out."""

from __future__ import annotations

import re
from urllib.parse import unquote

_BLANK = "".join(map(chr, range(0x21)))
_UNSEEN = re.compile(r"[\t\n\r]")
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_IN_PAGE = re.compile(r"#|data:(?:image/|font/|application/(?:x-)?font-)", re.IGNORECASE)


def bare(address: str) -> str:
    """Return an address without what a browser passes over: blanks around it, breaks inside."""
    return _UNSEEN.sub("", address.strip(_BLANK))


def scheme(address: str) -> str:
    """Return ``https`` of an address that has a scheme."""
    found = _SCHEME.match(bare(address))
    return found[0][:-1].lower() if found else ""


def in_page(address: str) -> bool:
    """Return whether an address leads to a place in the page, or holds a picture or a font."""
    return bool(_IN_PAGE.match(bare(address)))


def file_name(address: str) -> str | None:
    """Return the name of the file that a relative address names; None where it leads elsewhere."""
    found = bare(address)
    name = unquote(re.split(r"[?#]", found, maxsplit=1)[0])
    if _SCHEME.match(found) or "\\" in found or name.startswith("/") or ".." in name.split("/"):
        return None
    return name
