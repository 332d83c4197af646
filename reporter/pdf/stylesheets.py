"""Where in a project's own stylesheets stands what the renderer passes over.

A page has all its stylesheets inside, so that the renderer counts the lines of a file that nobody wrote.
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

    Place = tuple[Path, int, int]
    Parse = Callable[[str], Iterable[Problem]]

HINT = "mend it, or put what is for screens only between @media screen { and }"
_AT = re.compile(r" at (\d+):(\d+)")
_SELECTOR = re.compile(r"selector, ('.*'|\".*\")")


def located(theme: Theme, problems: Iterable[Problem], parse: Parse) -> list[Problem]:
    """Return what was found in a page, with the project's own stylesheet (below its folder), line and column where it is about one.

    ``parse`` returns what the renderer finds in the text of one stylesheet.
    """
    found = list(problems)
    if len(theme.folders) == 1 or not any(_AT.search(problem.message) or _SELECTOR.search(problem.message) for problem in found):
        return found
    places = _places(theme, parse)
    return [_placed(problem, places.get(_words(problem.message))) for problem in found]


def _placed(problem: Problem, place: Place | None) -> Problem:
    if not place:
        return problem
    path, line, column = place
    return replace(problem, message=_AT.sub("", problem.message), hint=HINT, path=path, line=line, column=column)


@cache
def _places(theme: Theme, parse: Parse) -> Mapping[str, Place]:
    """Return the place of each thing that the renderer passes over in the project's own stylesheets."""
    found: dict[str, Place] = {}
    own = theme.folders[0]
    for path in sorted(own.rglob("*.css")):
        name = path.relative_to(own).as_posix()
        text = theme.text(name)
        for problem in parse(text):
            said = _AT.search(problem.message)
            line, column = (int(said[1]), int(said[2])) if said else _selector(text, problem.message)
            if line:
                found.setdefault(_words(problem.message), (Path("templates", name), line, column))
    return found


def _words(message: str) -> str:
    """Return what is said, without the line, and without the room at the end of a file."""
    return " ".join(_AT.sub("", message).replace("\\n", " ").split())


def _selector(text: str, message: str) -> tuple[int, int]:
    """Return line and column of the selector of which the renderer tells only the words; 0 where it cannot be found."""
    words = _SELECTOR.search(message)
    before, there, _ = text.partition(ast.literal_eval(words[1])) if words else (text, "", "")
    return (before.count("\n") + 1, len(before) - before.rfind("\n")) if there else (0, 0)
