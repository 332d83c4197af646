"""How the commands show what is wrong, and with which code they exit."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.outputs.terminal import command, tell
from reporter.problems import Problem, ReporterError, capped, printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@contextmanager
def problems(project: Path) -> Iterator[None]:
    """Show the problems of what cannot be done, and exit with 1."""
    try:
        yield
    except ReporterError as error:
        show(error.problems, project)
        sys.exit(1)


def show(problems: Iterable[Problem], project: Path) -> None:
    """Show problems, and mark them in a workflow of GitHub."""
    in_workflow = os.environ.get("GITHUB_ACTIONS") == "true"
    for problem in capped(problems):
        tell(problem, project)
        if in_workflow:
            command(annotation(problem, Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())))


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
