"""Addresses of pages: which form they have, and what to write where a browser shows another one."""

from __future__ import annotations

import re
from urllib.parse import quote

# A host by its name, no user before it, and nothing that does not show or that a browser would take
# for something else. Python, Rust and ECMAScript read it alike.
URL_PATTERN = (
    r"^https?://([A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
    r"([/?#][^\s<>\x22\\^`{|}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]*)?$"
)
_UNSAFE = re.compile(r"[\s<>\x22\\^`{|}\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f]")
_SOFT_HYPHEN = "\u00ad"  # from the text in which the address was broken
_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+-]*):)?(?://)?([^/?#]*)(.*)", re.DOTALL)
_DOI = re.compile(r"(?:doi:\s*)?(10\.\d{4,}/\S+)", re.IGNORECASE)
_IN_GENERAL = (
    "an address is https://host/path, without blanks, quotation marks, or a user before the host"
)
_NO_PAGE = "a browser opens no such address: cite the page that leads there, with https://"
_LONGEST = 2_000  # characters of an address that a hint repeats


def way_out(written: str) -> str:
    """Return what to write instead of an address that is not of the form."""
    text = written.strip().removeprefix("<").removesuffix(">")
    if doi := _DOI.fullmatch(text):
        scheme, host, rest = "https", "doi.org", f"/{doi[1]}"
    elif found := _PARTS.fullmatch(text):
        scheme, host, rest = (found[1] or "https").lower(), found[2], found[3]
    else:
        return _IN_GENERAL
    if scheme not in {"http", "https"}:
        return _NO_PAGE
    name = _host(host)
    rest = _UNSAFE.sub(lambda sign: quote(sign[0]), rest.replace(_SOFT_HYPHEN, ""))
    better = f"{scheme}://{name}{rest}"
    if len(better) > _LONGEST or "." not in name or not re.fullmatch(URL_PATTERN, better):
        return _IN_GENERAL
    return f"write {better}{', without the user' if '@' in host else ''}"


def _host(written: str) -> str:
    """Return the name of a host as programs write it."""
    name, colon, port = written.rpartition("@")[2].partition(":")
    try:
        return f"{name.rstrip('.').encode('idna').decode()}{colon}{port}"
    except UnicodeError:
        return written
