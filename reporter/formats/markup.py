"""What a filled page says about itself: the language of its Japanese words, and what it contains."""

from __future__ import annotations

import re
from html import unescape

_TOKEN = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_LANGUAGE = re.compile(r"""\slang=["']?([\w-]+)""")
_VOID = {
    "area",
    "base",
    "br",
    "col",
    "embed",
    "hr",
    "img",
    "input",
    "link",
    "meta",
    "source",
    "track",
    "wbr",
}
_NO_MARKUP = {"title", "style", "script", "textarea", "option"}
_LETTER = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"  # kana, kanji and their signs of repetition
_OPENING = "\u300c\u300e\u3008\u300a\u3010\uff08"
_BETWEEN = "\u3000-\u3002\u3008-\u3011\u301c\u30fb\u30fc\uff01-\uff5e"  # punctuation, the long vowel, full-width letters and digits
_JAPANESE = re.compile(
    f"[{_OPENING}]*[{_LETTER}](?:[{_LETTER}{_BETWEEN}]|[0-9A-Za-z]+(?=[{_LETTER}]))*"
)
_HEADING = re.compile(r'<h2\b[^>]*\sid="([\w-]+)"[^>]*>(.*?)</h2>', re.DOTALL)


def with_japanese_marked(page: str) -> str:
    """Return a page in which every Japanese word is in an element that says so; those that have said it stay as they are."""
    if not _JAPANESE.search(page):
        return page
    pieces: list[str] = []
    open_: list[tuple[str, str]] = []
    at = 0
    for token in _TOKEN.finditer(page):
        if (
            (name := (token[2] or "").lower())
            and open_
            and open_[-1][0] in _NO_MARKUP
            and name != open_[-1][0]
        ):
            continue  # nothing in a script is an element
        pieces += [_marked(page[at : token.start()], open_), token[0]]
        at = token.end()
        if name and token[1]:
            while open_ and open_.pop()[0] != name:
                pass
        elif name and name not in _VOID and not token[3].endswith("/"):
            said = _LANGUAGE.search(token[3])
            open_.append((name, said[1] if said else open_[-1][1] if open_ else ""))
    return "".join([*pieces, _marked(page[at:], open_)])


def _marked(text: str, open_: list[tuple[str, str]]) -> str:
    if not open_ or open_[-1][0] in _NO_MARKUP or open_[-1][1].partition("-")[0] == "ja":
        return text
    return _JAPANESE.sub(r'<span lang="ja">\g<0></span>', text)


def headings(page: str) -> list[tuple[str, str]]:
    """Return id and text of each heading of a section, in order."""
    return [
        (name, " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split()))
        for name, text in _HEADING.findall(page)
    ]
