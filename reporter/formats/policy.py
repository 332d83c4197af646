"""What a page may load and run in a browser: its Content-Security-Policy, in one place.

A page as built has its policy in its head and needs nothing from anywhere. A page as served gets it
as a header, because a server may say more in one, and may run programs of its own:

    page, policy = served(page, program)

gives the page without the policy of its head, and the policy to send with it. The page may then
run ``program`` as the text of a script element, and hear news from where it came.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from reporter.text import read_text
from reporter.theme import default_templates

# Nothing from anywhere: pictures and fonts are in the page, and so are styles.
_CLOSED = (
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "base-uri 'none'",
    "form-action 'none'",
)
# What counts only in a header; and the news.
_SERVED = ("connect-src 'self'", "frame-ancestors 'none'")
_META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="[^"]*">\n?')
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_COMMENTS = r"(?:\s|<!--(?:-?>|.*?--!?>))*"
_ATTRIBUTES = r"""(?:\s(?:"[^"]*"|'[^']*'|[^"'>])*)?"""
# All that may stand before the first element of a head.
_HEAD = re.compile(
    rf"{_COMMENTS}(?:<!doctype[^>]*>)?{_COMMENTS}"
    rf"(?:<html{_ATTRIBUTES}>{_COMMENTS}(?:<head{_ATTRIBUTES}>\n?)?)?",
    re.IGNORECASE | re.DOTALL,
)


_SEARCH, _IN_PARTS, _SHARED = "index.js", "pieces.js", "searching.js"
# What such a program makes a script of may run: a page in a file can name no place to load from.
_LOADS = "'strict-dynamic'"


@cache
def program(name: str = _SEARCH) -> str:
    """Return one of the programs that a page as built may run: both search the index.

    The other one, of very many reports, loads what it finds from files beside the page.
    """
    shared = read_text(default_templates() / _SHARED)
    text = read_text(default_templates() / name)
    return text.replace(f'{{% include "{_SHARED}" %}}\n', shared).strip()


def sealed(page: str) -> str:
    """Return a page with its policy, before all else in its head."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{_policy(_programs(page))}">\n'
    found = _HEAD.match(page)
    at = found.end() if found else 0
    return f"{page[:at]}{meta}{page[at:]}"


def served(page: str, *programs: str) -> tuple[str, str]:
    """Return a page without the policy of its head, and the policy under which to serve it.

    It may run ``programs``, too, and hear news from where it came.
    """
    return unsealed(page), _policy([*_programs(page), *programs], *_SERVED)


def unsealed(page: str) -> str:
    """Return a page without the policy of its head."""
    return _META.sub("", page, count=1)


def _programs(page: str) -> list[str]:
    """Return the texts of the scripts in a page that are ours."""
    ours = {program(_SEARCH), program(_IN_PARTS)}
    return [text for text in _SCRIPT.findall(page) if text.strip() in ours]


def _policy(programs: list[str], *more: str) -> str:
    digests = [hashlib.sha256(text.encode()).digest() for text in programs]
    hashes = [f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests]
    loads = [_LOADS] if any(text.strip() == program(_IN_PARTS) for text in programs) else []
    scripts = [f"script-src {' '.join([*hashes, *loads])}"] if hashes else []
    return "; ".join([*_CLOSED, *scripts, *more])
