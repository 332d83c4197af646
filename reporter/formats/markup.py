"""What a filled page says about itself: the scripts of its words, and what it contains."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from reporter.language import CLOSING, STOP

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_TOKEN = re.compile(
    r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:[^>\"']|\"[^\"]*\"|'[^']*')*)>", re.DOTALL
)
_LANGUAGE = re.compile(r"""\slang=["']?([\w-]+)""")
_DIRECTION = re.compile(r"\sdir=")
_LENGTH_OF_SCRIPT = 4  # of its code, as in zh-Hant
_OF_SIGNS = frozenset({"ja", "zh", "yue", "ko"})  # languages that have such signs themselves
_RTL_LANGUAGES = frozenset(
    {"ar", "arc", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
)
_RTL_SCRIPTS = frozenset({"adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"})
_RTL_LETTER = "\u05d0-\u07ff\u0840-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U0001e900-\U0001e95f"
_ENTITY = r"&(?:#\d+|#x[\da-f]+|\w+);"
# What stands between two letters; none of another script is among it.
_RTL_BETWEEN = rf"(?:[^<>&\w]|\d|{_ENTITY})*"
_RTL = re.compile(f"[{_RTL_LETTER}](?:{_RTL_BETWEEN}[{_RTL_LETTER}\u0591-\u05cf])*")
_RTL_WORD = re.compile(f"[{_RTL_LETTER}](?:[^<>&\\w()[\\]{{}}]*[{_RTL_LETTER}\u0591-\u05cf])*")
_LEFT_TO_RIGHT = "\u200e"
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
_MARKS = f"(?:[{CLOSING}]|&#3[49];)*"
_TWO_STOPS = re.compile(rf"({STOP}{_MARKS}(?:</\w+>)*)\.(?![.\w/])")
_TWO_STOPS_IN_TEXT = re.compile(
    rf"<(script|style)\b.*?</\1>|<(?!/)[^>]*>|{_TWO_STOPS.pattern}", re.DOTALL
)
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
_LINK = re.compile(r'<a\b[^>]*\shref="([\w.-]+)(?:#[^"]*)?"[^>]*>(.*?)</a>', re.DOTALL)
_NO_MARKUP = {"title", "style", "script", "textarea", "option"}
# kana, kanji and their signs of repetition
_LETTER = "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "\u300c\u300e\u3008\u300a\u3010\uff08"
# punctuation, the long vowel, full-width letters and digits
_BETWEEN = "\u3000-\u3002\u3008-\u3011\u301c\u30fb\u30fc\uff01-\uff5e"
_JAPANESE = re.compile(
    f"[{_OPENING}]*[{_LETTER}](?:[{_LETTER}{_BETWEEN}]|[0-9A-Za-z]+(?=[{_LETTER}]))*"
)
# A heading that the screen does not show is not in the list of contents.
_HEADING = re.compile(
    r'<h2\b(?![^>]*\sdata-unlisted)[^>]*\sid="([\w-]+)"[^>]*>(.*?)</h2>', re.DOTALL
)


class _OpenElement(NamedTuple):
    """An element that is open: its name and the language inside it."""

    name: str
    language: str = ""
    is_isolated: bool = False
    """Whether its direction is its own, so that what stands around it stays in its place."""


def with_scripts_marked(page: str) -> str:
    """Return a page in which each word of another script is in an element that says so.

    Japanese gets its language, which decides on the shapes of its signs; words that are read from
    right to left are isolated, so that brackets, numbers and references after them stay where they
    belong. Text whose language is said stays as it is: Chinese is not Japanese.
    """
    if page.isascii():
        return page
    pieces: list[str] = []
    open_: list[_OpenElement] = [_OpenElement("")]
    at = 0
    for token in _TOKEN.finditer(page):
        name = (token[2] or "").lower()
        if name and open_[-1].name in _NO_MARKUP and name != open_[-1].name:
            continue  # nothing in a script is an element
        pieces.append(_marked(page[at : token.start()], open_[-1]))
        at = token.end()
        if name and token[1]:
            while len(open_) > 1 and open_.pop().name != name:
                pass
            pieces.append(token[0])
        elif name and name not in _VOID and not token[3].endswith("/"):
            inner, tag = _opened(name, token, open_[-1])
            open_.append(inner)
            pieces.append(tag)
        else:
            pieces.append(token[0])
    return "".join([*pieces, _marked(page[at:], open_[-1])])


def _opened(name: str, token: re.Match[str], outer: _OpenElement) -> tuple[_OpenElement, str]:
    """Return an element that opens, and its tag: with its direction where its language has one."""
    said = _LANGUAGE.search(token[3])
    language = said[1] if said else outer.language
    directed = name == "bdi" or _DIRECTION.search(token[3]) is not None
    turns = bool(said) and not directed and _is_rtl(language) != _is_rtl(outer.language)
    tag = f'{token[0][:-1]} dir="{"rtl" if _is_rtl(language) else "ltr"}">' if turns else token[0]
    if name == "body" and not _is_rtl(language):  # it says what heads and feet of pages have
        tag = "".join(_isolated(tag, _LEFT_TO_RIGHT, _LEFT_TO_RIGHT))
    return _OpenElement(name, language, outer.is_isolated or directed or turns), tag


def _is_rtl(language: str) -> bool:
    """Return whether a language is written from right to left, as its script or its usual one."""
    parts = language.split("-")
    script = next((part for part in parts[1:] if len(part) == _LENGTH_OF_SCRIPT), "").lower()
    return script in _RTL_SCRIPTS if script else parts[0] in _RTL_LANGUAGES


def _marked(text: str, inside: _OpenElement) -> str:
    if inside.name in _NO_MARKUP or not inside.name or text.isascii():
        return text
    if inside.language.partition("-")[0] not in _OF_SIGNS:
        text = _JAPANESE.sub(r'<span lang="ja">\g<0></span>', text)
    if inside.is_isolated or _is_rtl(inside.language):
        return text
    return "".join(_isolated(text, "<bdi>", "</bdi>"))


def _isolated(text: str, before: str, after: str) -> Iterator[str]:
    """Yield a text in pieces, what is read from right to left between two marks.

    A bracket goes with the one that belongs to it; digits at the end keep their own direction.
    """
    told = 0
    for run in _RTL.finditer(text):
        start, end = _with_brackets(text, told, run)
        yield text[told:start]
        if end > run.start():
            yield f"{before}{text[start:end]}{after}"
        else:  # the brackets hold words of another script, too
            end = run.end()
            yield _RTL_WORD.sub(rf"{before}\g<0>{after}", run[0])
        told = end
    yield text[told:]


def _with_brackets(text: str, least: int, run: re.Match[str]) -> tuple[int, int]:
    """Return where a run begins and ends with all of its brackets; where it cannot, it is empty."""
    start, end = run.span()
    open_: list[str] = []
    for sign in run[0]:
        if sign in _CLOSED_BY:
            open_.append(_CLOSED_BY[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
        elif sign in _CLOSED_BY.values():
            start -= 1
            if start < least or _CLOSED_BY.get(text[start]) != sign:
                return run.start(), run.start()
    for sign in reversed(open_):
        rest = re.compile(f"{_RTL_BETWEEN}?{re.escape(sign)}").match(text, end)
        if not rest:
            return run.start(), run.start()
        end = rest.end()
    return start, end


def with_one_stop(page: str) -> str:
    """Return a page whose texts have no full stop behind what has an end already: ``Inc..``."""
    if not _TWO_STOPS.search(page):
        return page
    return _TWO_STOPS_IN_TEXT.sub(lambda found: found[2] or found[0], page)


def without_links(page: str, files: Collection[str]) -> str:
    """Return a page in which no link leads to these files: what would is its text alone."""
    return _LINK.sub(lambda link: link[2] if link[1] in files else link[0], page) if files else page


def leads_to(page: str, files: Collection[str]) -> bool:
    """Return whether a link in a page leads to one of these files."""
    return any(link[1] in files for link in _LINK.finditer(page))


def headings(page: str) -> list[tuple[str, str]]:
    """Return id and text of each heading of a section, in order."""
    return [
        (name, " ".join(unescape(re.sub(r"<[^>]*>", "", text)).split()))
        for name, text in _HEADING.findall(page)
    ]
