"""How the commands show what is wrong, and with which code they exit."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.desk.annotations import annotation
from reporter.outputs.terminal import command, tell
from reporter.problems import Problem, ReporterError, capped

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
