"""Takes the stylesheet out of a page, to read it once for all pages, and locates its faults.

A page contains the stylesheets of its theme, so the renderer counts the lines of a file that nobody
wrote. Faults are located in the project's own files.
"""

from __future__ import annotations

import ast
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from reporter.problems import Problem
    from reporter.theme import Theme

    StylePlace = tuple[Path, int, int]
    StyleProblems = Callable[[Theme, str], Iterable[Problem]]

HINT = "mend it, or put what is for screens only between @media screen { and }"
_LOOK = re.compile(r"<style>(.*?)</style>", re.DOTALL)
# Styles for no paper, and those of single pages, which win over all others wherever they stand.
_BESIDE = re.compile(r'<style (?:media="(?:not speech|screen)"|data-pages)>')
_LINKED = re.compile(r"<link\b[^>]*stylesheet", re.IGNORECASE)
_OF_PAGE = re.compile(
    r"@(?:counter-style|color-profile|font-face|import|layer|namespace)\b"
)  # would be lost in one that is read apart
_AT = re.compile(r" at (\d+):(\d+)")
_SELECTOR = re.compile(r"selector, ('.*'|\".*\")")


def apart(html: str) -> tuple[str, str]:
    """Return a page and its stylesheet.

    If it is not the only one for paper, it stays in the page, where it counts as in a browser.
    """
    found = _LOOK.findall(html)
    alone = (
        len(found) == 1
        and html.count("<style") == 1 + len(_BESIDE.findall(html))
        and not _LINKED.search(html)
    )
    return (
        (_LOOK.sub("", html), found[0]) if alone and not _OF_PAGE.search(found[0]) else (html, "")
    )


def located(theme: Theme, problems: Iterable[Problem], said: StyleProblems) -> list[Problem]:
    """Return what was found in a page, with the place in the project's own stylesheet if any.

    The place is the file (below the project's folder), line and column. ``said`` returns what the
    renderer says of the text of a stylesheet of the theme.
    """
    found = list(problems)
    if len(theme.folders) == 1 or not any(
        _AT.search(problem.message) or _SELECTOR.search(problem.message) for problem in found
    ):
        return found
    places = _places(theme, said)
    return [_placed(problem, places.get(_words(problem.message))) for problem in found]


def _placed(problem: Problem, place: StylePlace | None) -> Problem:
    if not place:
        return problem
    path, line, column = place
    return replace(
        problem,
        message=_AT.sub("", problem.message),
        hint=HINT,
        path=path,
        line=line,
        column=column,
    )


@cache
def _places(theme: Theme, said: StyleProblems) -> Mapping[str, StylePlace]:
    """Return the place of each thing in the project's stylesheets that the renderer ignores."""
    found: dict[str, StylePlace] = {}
    own = theme.folders[0]
    for path in sorted(own.rglob("*.css")):
        name = path.relative_to(own).as_posix()
        text = theme.text(name)
        for problem in said(theme, text):
            at = _AT.search(problem.message)
            line, column = (int(at[1]), int(at[2])) if at else _selector(text, problem.message)
            if line:
                found.setdefault(_words(problem.message), (Path("templates", name), line, column))
    return found


def _words(message: str) -> str:
    """Return what is said, without the line, and without the room at the end of a file."""
    return " ".join(_AT.sub("", message).replace("\\n", " ").split())


def _selector(text: str, message: str) -> tuple[int, int]:
    """Return line and column of the selector that the renderer quotes; 0 if it is not found.

    The renderer gives only its words.
    """
    words = _SELECTOR.search(message)
    before, there, _ = text.partition(ast.literal_eval(words[1])) if words else (text, "", "")
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if there else (0, 0)
