"""A problem is a value: where it is, what is wrong, what to do."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path  # noqa: TC003 (a cluster reads what problems are made of)
from typing import TYPE_CHECKING, Literal, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

Severity = Literal["error", "warning"]
LONGEST_SHOWN = 60  # characters of a value that a message repeats
SAMPLE = 12  # of the characters that no typeface has
SELECTOR = "\ufe0f"  # behind a sign that is to be a coloured picture; pages leave it out
FEW = 4  # of these; each has room for its name
MOST_OF_FILE = 50  # problems that are shown of one file
MOST_OF_ALL = 500  # and of a run
_MEND_FIRST = "mend those above first, and run it again"
SHORTEST_SLIP = 4  # letters of a word that is taken for another one, mistyped


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, in words for whoever has to mend it.

    ``line`` and ``column`` count from one; zero means that the problem belongs to the file as a
    whole.
    """

    path: Path | None
    message: str
    hint: str = ""
    line: int = 0
    column: int = 0
    severity: Severity = "error"
    characters: str = ""
    """What it is about, where only the text of a page is known, and not of which record it is."""
    cell: str = ""
    """The name of the cell, in a sheet: ``D14``."""

    def render(self, root: Path | None = None) -> str:
        """Return ``data/x.yaml:6:5: error: message``, with the hint indented below it.

        Paths inside ``root`` are relative. Whatever is not printable is escaped: a file name in a
        message may hold anything.
        """
        first = f"{self._place(root)}{self.severity}: {printable(self.message)}"
        return f"{first}\n    {printable(self.hint)}" if self.hint else first

    def _place(self, root: Path | None) -> str:
        if self.path is None:
            return ""
        inside = root and self.path != root and self.path.is_relative_to(root)
        path = self.path.relative_to(root) if root and inside else self.path
        place = self.cell or f"{self.line}:{self.column}"
        position = f":{place}" if self.line else ""
        return f"{printable(path.as_posix())}{position}: "

    @property
    def as_warning(self) -> Problem:
        """The same as a warning, which stops nothing."""
        return replace(self, severity="warning")

    @property
    def order(self) -> tuple[str, int, int, str]:
        """Sort key: by file, then from top to bottom."""
        return (str(self.path or ""), self.line, self.column, self.message)


class ReporterError(Exception):
    """The one exception that the command line catches: everything that a user can mend."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: problem.order))
        super().__init__()

    def __str__(self) -> str:
        return "\n".join(problem.render() for problem in self.problems)

    def __reduce__(self) -> tuple[type[ReporterError], tuple[tuple[Problem, ...]]]:
        """Let it travel from a worker process whole."""
        return type(self), (self.problems,)


def stop(path: Path | None, message: str, hint: str, line: int = 0, column: int = 0) -> NoReturn:
    """Raise the error of one problem; what led to it says no more."""
    raise ReporterError([Problem(path, message, hint, line, column)]) from None


def capped(problems: Iterable[Problem]) -> Iterator[Problem]:
    """Yield as many problems as somebody reads, file by file, and how many more there are.

    Errors come before warnings where there is no room for both.
    """
    files: dict[Path | None, list[Problem]] = {}
    for problem in problems:
        files.setdefault(problem.path, []).append(problem)
    room, others = MOST_OF_ALL, []
    for path, found in sorted(files.items(), key=lambda item: has_errors(item[1]), reverse=True):
        if not room:
            others.append(found)
            continue
        worst = sorted(found, key=lambda problem: problem.severity)[: min(room, MOST_OF_FILE)]
        room -= len(worst)
        kept = set(map(id, worst))
        yield from (problem for problem in found if id(problem) in kept)
        if left := [problem for problem in found if id(problem) not in kept]:
            message = f"{len(left):,} more problem{'s' * (len(left) > 1)} in this file"
            yield Problem(path, message, _MEND_FIRST, severity=_worst(left))
    if others:
        every = [problem for found in others for problem in found]
        message = f"{len(every):,} more problems in {len(others):,} other files"
        yield Problem(None, message, _MEND_FIRST, severity=_worst(every))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Return whether any of these is an error."""
    return any(problem.severity == "error" for problem in problems)


def _worst(problems: Iterable[Problem]) -> Severity:
    return "error" if has_errors(problems) else "warning"


class AbsentError(ReporterError):
    """There is no such report."""


def printable(text: str) -> str:
    """Return ``text`` on one printable line, so that a file cannot control the terminal.

    Whatever is not printable is escaped.
    """
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() else char.encode("unicode_escape").decode("ascii")
        for char in text
    )


def quoted(text: str) -> str:
    """Return ``text`` for use in a message: in quotation marks, printable, cut if long."""
    return (
        f"'{printable(text)}'"
        if len(text) <= LONGEST_SHOWN
        else f"'{printable(text[:LONGEST_SHOWN])}...'"
    )


def sample(characters: Iterable[str]) -> str:
    """Return a few of these characters in order, each once, in quotation marks; a blank is none.

    What is no letter has its number and its name with it: a mark alone can hardly be seen.
    """
    found = sorted(character for character in {*characters} if character.strip())
    shown = "".join(
        f"\u25cc{each}" if unicodedata.category(each)[0] == "M" else each for each in found[:SAMPLE]
    )
    told = f"'{shown}{'…' if len(found) > SAMPLE else ''}'"
    if len(found) > FEW or any(each.isalpha() for each in found):
        return told
    return f"{told} ({', '.join(map(_with_number, found))})"


def _with_number(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '').casefold()}".strip()


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return ``did you mean 'x'?`` for a known word of which this is a slip of typing, or ''.

    A word that differs in more than a letter, or in a number, is likely to mean something else.
    """
    typed = _parts(word[:LONGEST_SHOWN])
    found = next((name for name in sorted(known) if _is_slip(typed, _parts(name))), None)
    return f"did you mean {quoted(found)}?" if found else ""


@lru_cache(maxsize=10_000)
def _parts(word: str) -> list[str]:
    return re.split(r"[\s_-]+", word.casefold())


def _is_slip(typed: list[str], meant: list[str]) -> bool:
    """Return whether two words differ only in how parts are joined, or by one letter of one."""
    length = sum(map(len, typed)) - sum(map(len, meant))
    if abs(length) > 1:
        return False
    if not length and "".join(typed) == "".join(meant):
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
