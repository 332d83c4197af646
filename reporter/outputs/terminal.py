"""The one door to standard output and standard error: what goes out is text, one line at a time.

A record, a name of a file or a PDF may hold anything. Here it can speak neither to the terminal
nor to the runner of a workflow, which reads a log for commands.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from contextlib import suppress
from io import TextIOWrapper
from typing import TYPE_CHECKING, TextIO

from reporter.problems import printable

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.problems import Problem

JOINERS = "\u200c\u200d"  # some scripts and signs are not spelled without them
# What a runner obeys: '::' where a line begins, behind any blanks, and '##[' anywhere.
BEGINNING = re.compile(r"^(\s*):(?=:)")
ANYWHERE = re.compile(r"##(?=[\w.-]*\[)")
COLOURS = {"error": "31", "warning": "33"}


def plain(text: str) -> str:
    """Return ``text`` as one line that nobody obeys; blanks and joiners of any script stay."""
    return BEGINNING.sub(r"\1\\x3a", _without_marks(text))


def _without_marks(text: str) -> str:
    return ANYWHERE.sub(r"#\\x23", _printable(text))


def _printable(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        char if unicodedata.category(char) == "Zs" or char in JOINERS else printable(char)
        for char in text
    )


def say(line: object = "", *, err: bool = False) -> None:
    """Print one line on standard output, or with ``err`` on standard error."""
    _put(plain(str(line)), sys.stderr if err else sys.stdout)


def command(line: str) -> None:
    """Print what the runner of a workflow is to obey, on standard error. Its values are escaped."""
    _put(_without_marks(line), sys.stderr)


def tell(problem: Problem, root: Path | None) -> None:
    """Print a problem and its hint on standard error; on a terminal its severity is in colour."""
    first, *hint = map(plain, problem.render(root).split("\n"))
    _put(_coloured(first, problem.severity), sys.stderr)
    for line in hint:
        _put(line, sys.stderr)


def _coloured(line: str, severity: str) -> str:
    if not sys.stderr or not sys.stderr.isatty() or os.environ.get("NO_COLOR"):
        return line
    before, word, after = line.partition(f"{severity}: ")
    return f"{before}\x1b[{COLOURS[severity]};1m{word.rstrip()}\x1b[0m {after}"


def open_streams() -> None:
    """Let both streams take any text: what their encoding does not have is escaped."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _put(line: str, stream: TextIO | None) -> None:
    """Print a line. Where standard error fails, there is nobody left to be told."""
    if stream is None:  # closed
        return
    try:
        stream.write(f"{line}\n")  # in one piece: who reads the first line only gets a whole one
        stream.flush()
    except (OSError, ValueError):
        if stream is not sys.stderr:
            raise
        silence(stream)


def silence(stream: TextIO) -> None:
    """Have what is left to be written to ``stream`` go nowhere: it would fail again at the end."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
