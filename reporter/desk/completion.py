"""Ids for shell completion, from file names: a key press waits, so no record is read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.text import read_text

if TYPE_CHECKING:
    from pathlib import Path

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")  # as in records; and nothing else may reach the shell


def meetings(project: Path) -> list[str]:
    """Return the numbers of the meetings of a project, in order."""
    return [
        str(number)
        for number in sorted({int(stem) for stem in _stems(project, "meetings") if stem.isdigit()})
    ]


def agreements(project: Path) -> list[str]:
    """Return the ids of the agreements of a project."""
    return _stems(project, "agreements")


def programmes(project: Path) -> list[str]:
    """Return the ids of the programmes of a project."""
    return _stems(project, "programmes")


def organisations(project: Path) -> list[str]:
    """Return the ids of the bodies of a project, as its file has them line by line."""
    try:
        text = read_text(project / "data" / "organisations.yaml", within=project)
    except ReporterError:
        return []
    return sorted(
        {name for name in re.findall(r"^- id: *(\S+)", text, re.MULTILINE) if _ID.fullmatch(name)}
    )


def _stems(project: Path, folder: str) -> list[str]:
    """Return the names of the records in a folder; none where it cannot be read.

    A shell has no way to show a problem.
    """
    try:
        found = [
            path.stem for path in (project / "data" / folder).iterdir() if path.suffix == ".yaml"
        ]
    except OSError:
        return []
    return sorted(stem for stem in found if _ID.fullmatch(stem))


NAMES = {
    "meeting": meetings,
    "agreement": agreements,
    "organisation": organisations,
    "programme": programmes,
}
"""By the kind of record: what returns the names that an option takes."""
