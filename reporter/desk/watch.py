"""Tells which files were saved, by looking at them: no notice of the system is needed, so that it works on every disk."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

State = tuple[int, int, int]


def state_of(path: Path) -> State:
    """Return what tells whether a file was saved since; zeros where there is none."""
    try:
        found = path.stat()
    except OSError:
        return (0, 0, 0)
    return (found.st_mtime_ns, found.st_size, found.st_ino)


def states(folders: Iterable[Path]) -> dict[Path, State]:
    """Return the state of every file in the folders, hidden ones left out: editors keep their own there.

    Of a folder behind a link the files are looked at, since records are read there, but no folder in it: nothing is read
    there, and the link may lead to the whole disk.
    """
    return {Path(path): state for folder in folders for path, state in _scan(str(folder))}


def _scan(folder: str, *, linked: bool = False) -> Iterator[tuple[str, State]]:
    try:
        entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except NotADirectoryError:  # somebody saved a file of this name
        yield folder, state_of(Path(folder))
        return
    except OSError:  # not there, or no longer
        return
    for entry in entries:
        if not _is_folder(entry):
            yield entry.path, state_of(Path(entry.path))
        elif not linked:
            yield from _scan(entry.path, linked=entry.is_symlink())


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circle of links
        return False


def changes(before: dict[Path, State], after: dict[Path, State]) -> list[Path]:
    """Return the files that were saved, added or removed between two looks, in order."""
    return sorted(
        path for path in before.keys() | after.keys() if before.get(path) != after.get(path)
    )
