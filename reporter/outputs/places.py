"""Where in a project stands what was found in a finished page, by those who have the page only."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.problems import Problem


def placed(problems: Iterable[Problem], project: Path) -> Iterator[Problem]:
    """Yield each problem with the project's file that it is about.

    Line and column are added where they can be found.
    """
    first = cache(lambda characters: _first(characters, project / "data"))
    for problem in problems:
        path = problem.path
        if path and path.parts[:1] == ("templates",):
            yield replace(problem, path=project / path)
        elif problem.characters and (found := first(problem.characters)):
            place, line, column = found
            yield replace(
                problem,
                message=f"{path}: {problem.message}",
                path=place,
                line=line,
                column=column,
                characters="",
            )
        else:
            yield problem


def _first(characters: str, data: Path) -> tuple[Path, int, int] | None:
    """Return where any of these characters stands first in the records."""
    for path in sorted(data.rglob("*.yaml")):
        try:
            lines = read_text(path, within=data.parent).splitlines()
        except ReporterError:
            continue
        for number, line in enumerate(lines, 1):
            if at := next(
                (at for at, character in enumerate(line, 1) if character in characters), 0
            ):
                return path, number, at
    return None
