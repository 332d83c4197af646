"""Where in a project stands what was found in a finished page, by those who have the page only."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reporter.problems import SELECTOR, ReporterError
from reporter.text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.problems import Problem

_FOREIGN = re.compile(r"[^\x00-\x7f]+(?:[^\w\n]+[^\x00-\x7f]+)*")  # a name of several words


class _ForeignText(NamedTuple):
    """Where characters stand that are not those of a keyboard, side by side."""

    path: Path
    line: int
    column: int
    characters: frozenset[str]

    def likeness(self, characters: frozenset[str]) -> float:
        """Return how far it has these characters, and no others: one is all of them, alone."""
        return len(self.characters & characters) / len(self.characters | characters)


def placed(problems: Iterable[Problem], project: Path) -> Iterator[Problem]:
    """Yield each problem with the project's file that it is about.

    Line and column are added where they can be found.
    """
    runs = cache(lambda: tuple(_runs(project / "data")))
    for problem in problems:
        path = problem.path
        if path and path.parts[:1] == ("templates",):
            yield replace(problem, path=project / path)
        elif problem.characters and (run := _likest(runs(), frozenset(problem.characters))):
            unseen = (
                "; behind it U+FE0F variation selector-16" if SELECTOR in run.characters else ""
            )
            yield replace(
                problem,
                message=f"{path}: {problem.message}{unseen}",
                path=run.path,
                line=run.line,
                column=run.column,
                characters="",
            )
        else:
            yield problem


def _likest(runs: Iterable[_ForeignText], characters: frozenset[str]) -> _ForeignText | None:
    """Return the text of the records that has most of the characters and fewest others."""
    found = max(runs, key=lambda run: run.likeness(characters), default=None)
    return found if found and found.likeness(characters) else None


def _runs(data: Path) -> Iterator[_ForeignText]:
    for path in sorted(data.rglob("*.yaml")):
        try:
            lines = read_text(path, within=data.parent).splitlines()
        except ReporterError:
            continue
        for number, line in enumerate(lines, 1):
            for found in _FOREIGN.finditer(line):
                characters = frozenset(each for each in found[0] if not each.isascii())
                yield _ForeignText(path, number, found.start() + 1, characters)
