"""Starts a project: ``reporter init`` copies ``starter/``, a small one with comments that teach."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from importlib import resources
from pathlib import Path

from reporter.desk.schema import write_schemas
from reporter.problems import quoted, stop

STARTER = Path(str(resources.files("reporter"))) / "desk" / "starter"
MOST_NAMED = 5  # of the files that are in the way
# What a fresh clone may hold: it is none of a project's, and is left as it is.
OF_A_CLONE = re.compile(
    r"\.git(ignore|attributes|modules|keep|hub|lab|lab-ci\.yml|ea)?"
    r"|\.(forgejo|editorconfig|mailmap)"
    r"|\.pre-commit-config\.yaml|\.DS_Store"
    r"|(readme|licen[sc]es?|copying|notice|authors|contributing|security|changelog|code_of_conduct"
    r"|codeowners)([.-][\w.-]+)?",
    re.IGNORECASE,
)


def init(folder: Path) -> tuple[Path, ...]:
    """Start a project in ``folder`` and return the files that were made.

    What a fresh clone holds is left as it is. Raises ReporterError, and writes nothing, where
    anything else is there.
    """
    try:
        fresh = not folder.exists()
        if not fresh:
            _check_empty(folder)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _move_in(folder)
        finally:
            if fresh and not any(folder.iterdir()):
                folder.rmdir()
    except OSError as error:
        stop(folder, f"cannot be written: {error.strerror}", "choose another folder")


def _check_empty(folder: Path) -> None:
    """Raise ReporterError where more is there than a fresh clone holds, and name it."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else None
    strange = [name for name in names or () if not OF_A_CLONE.fullmatch(name)]
    if names is not None and not strange:
        return
    shown = ", ".join(quoted(name) for name in strange[:MOST_NAMED])
    more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
    hint = "name a folder that is empty or does not exist yet"
    if strange:
        hint += f", or a fresh clone; in the way: {shown}{more}"
    stop(folder, "there is something here already", hint)


def _move_in(folder: Path) -> tuple[Path, ...]:
    """Make the project beside its place, and move it there once complete: all of it or nothing."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        made = Path(name)
        _fill(made)
        parts = [part for part in sorted(made.iterdir()) if not os.path.lexists(folder / part.name)]
        files = sorted(
            path.relative_to(made)
            for part in parts
            for path in (part, *part.rglob("*"))
            if path.is_file() and ".schema" not in path.parts
        )
        moved: list[Path] = []
        try:
            for part in parts:
                moved.append(part.rename(folder / part.name))  # noqa: PERF401 (known if one fails)
        except OSError:
            for part in moved:
                part.rename(made / part.name)
            raise
    return tuple(folder / path for path in files)


def _fill(folder: Path) -> None:
    starter = STARTER / "project"
    for path in starter.rglob("*"):
        if path.is_file():
            # Files to be hidden have no dot in the starter: a .gitignore would act on our own
            # checkout.
            target = (
                folder / path.relative_to(starter)
                if path.name != "gitignore"
                else folder / ".gitignore"
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    write_schemas(folder)
