"""A problem is a value: where it is, what is wrong, what to do."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Severity = Literal["error", "warning"]
LONGEST_SHOWN = 60  # characters of a value that a message repeats
SHORTEST_SLIP = 4  # letters of a word that is taken for another one, mistyped


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for whoever has to mend it.

    ``line`` and ``column`` count from one; zero means that the problem belongs to the file as a whole.
    """

    path: Path | None
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    characters: str = ""
    """What it is about, where only the text of a page is known, and not of which record it is."""

    def render(self, root: Path | None = None) -> str:
        """Return ``data/x.yaml:6:5: error: message``, the hint indented below it; paths inside ``root`` are relative.

        Whatever does not print is escaped: a name of a file in a message may hold anything.
        """
        first = f"{self._place(root)}{self.severity}: {printable(self.message)}"
        return f"{first}\n    {printable(self.hint)}" if self.hint else first

    def _place(self, root: Path | None) -> str:
        if self.path is None:
            return ""
        inside = root and self.path != root and self.path.is_relative_to(root)
        path = self.path.relative_to(root) if root and inside else self.path
        position = f":{self.line}:{self.column}" if self.line else ""
        return f"{printable(path.as_posix())}{position}: "

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, then from top to bottom."""
        return (str(self.path or ""), self.line, self.column, self.message)


class ReporterError(Exception):
    """The one exception that the command line catches: everything that a user can mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.order))
        super().__init__("\n".join(problem.render() for problem in self.problems))

    def __reduce__(self) -> tuple[type[ReporterError], tuple[tuple[Problem, ...]]]:
        """Let it travel from a worker process whole."""
        return type(self), (self.problems,)


class AbsentError(ReporterError):
    """There is no such report."""


def printable(text: str) -> str:
    """Return ``text`` on one line, with whatever does not print escaped: a file cannot speak to the terminal."""
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def quoted(text: str) -> str:
    """Return ``text`` as a message repeats it: in quotation marks, printable, cut where it is long."""
    return (
        f"'{printable(text)}'"
        if len(text) <= LONGEST_SHOWN
        else f"'{printable(text[:LONGEST_SHOWN])}...'"
    )


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for a known word of which this is a slip of typing, or ''.

    A word that differs in more than a letter, or in a number, is likely to mean something else.
    """
    typed = _parts(word[:LONGEST_SHOWN])
    found = next((name for name in sorted(known) if _is_slip(typed, _parts(name))), None)
    return f"did you mean {quoted(found)}?" if found else ""


def _parts(word: str) -> list[str]:
    return re.split(r"[\s_-]+", word.casefold())


def _is_slip(typed: list[str], meant: list[str]) -> bool:
    """Return whether two words differ at most in how their parts are joined, or in one letter of one."""
    if "".join(typed) == "".join(meant):
        return True
    differ = [pair for pair in zip(typed, meant, strict=False) if pair[0] != pair[1]]
    return len(typed) == len(meant) and len(differ) == 1 and _is_mistyped(*differ[0])


def _is_mistyped(one: str, other: str) -> bool:
    """Return whether a letter is missing, too many, another one, or two have changed places."""
    if max(len(one), len(other)) < SHORTEST_SLIP:
        return False
    same = _same(one, other)
    one, other = one[same:], other[same:]
    same = _same(one[::-1], other[::-1])
    one, other = one[: len(one) - same], other[: len(other) - same]
    swapped = one == other[::-1] and len(one) == len("ab")
    return (one + other).isalpha() and (swapped or max(len(one), len(other)) == 1)


def _same(one: str, other: str) -> int:
    """Return how many letters are the same at the beginning of two words."""
    return next(
        (i for i, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        min(len(one), len(other)),
    )
