"""Problems as GitHub shows them beside the lines of a change."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import printable

if TYPE_CHECKING:
    from reporter.problems import Problem


def annotation(problem: Problem, root: Path) -> str:
    """Return the command that makes GitHub show ``problem``.

    ``root`` is the folder of the repository; GitHub knows paths relative to it.
    """
    values = {
        "file": _place(problem.path, root),
        "line": str(problem.line or ""),
        "col": str(problem.column or ""),
    }
    where = ",".join(
        f"{key}={_escaped_value(printable(value))}" for key, value in values.items() if value
    )
    text = "\n".join(printable(part) for part in (problem.message, problem.hint) if part)
    return f"::{problem.severity}{' ' if where else ''}{where}::{_escaped(text)}"


def _place(path: Path | None, root: Path) -> str:
    if path is None:
        return ""
    path = Path.cwd() / path
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _escaped_value(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
