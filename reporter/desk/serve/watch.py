"""Reports what is saved in some folders, as the system tells it. Only it knows watchfiles.

Each folder is watched by itself, none through another: a link may lead to the whole disk.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from watchfiles import Change
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

if TYPE_CHECKING:
    from collections.abc import Iterable

STEP = 15  # milliseconds between two looks at what the system has told; a save takes two
LONGEST = 200  # milliseconds after which saves that go on and on are told
POLL = 300  # milliseconds between two looks at files of which the system tells nothing
TICK = 1000  # milliseconds after which what nobody can be told of is looked at
EDITORS_OWN = re.compile(r"\..*|.*~|#.*#")
# Disks of another system, which tells nothing here of what is saved there.
MOUNTS = Path("/proc/self/mounts")
SHARED = {"9p", "fakeowner", "fuse.grpcfuse", "fuse.vmhgfs-fuse", "prl_fs", "vboxsf", "virtiofs"}


class Watch:
    """Watches folders, from now on."""

    def __init__(self, roots: Iterable[Path]) -> None:
        self._roots = tuple(roots)
        self._stopped = Event()
        self._renew()

    def stop(self) -> None:
        """Let ``wait`` come to its end."""
        self._stopped.set()

    def wait(self) -> set[Path]:
        """Return what was saved, added or removed, as soon as there is any; nothing at the end.

        Of very much that is saved at once the system may tell a part: look at all files.
        """
        saved: set[Path] = set()
        while not saved and not self._stopped.is_set():
            try:
                told = self._notify.watch(LONGEST, STEP, TICK, self._stopped)
            except WatchfilesRustInternalError:  # of a name that is not UTF-8
                saved.update(self._roots)
            else:
                changes = set() if isinstance(told, str) else told
                saved.update(filter(None, map(self._named, _lasting(changes))))
            moved = self._watched.symmetric_difference(self._there())
            if saved or moved:
                self._renew()  # before whoever is told reads: nothing can be missed between
            saved = saved or {self._folders.get(path, self._roots[0]) for path in moved}
        return saved

    def _renew(self) -> None:
        """Watch the folders that there are now, and that in which one may come to be."""
        self._folders: dict[str, Path] = {}  # real paths of those in which every file counts
        self._files: dict[str, Path] = {}  # of what counts elsewhere: where a link leads
        for root in self._roots:
            named = os.path.join(os.path.realpath(root.parent), root.name)  # noqa: PTH118
            self._files[named] = root
            self._look(root)
        self._watched = self._there()
        self._notify = _notify(sorted(self._watched))

    def _look(self, folder: Path, *, linked: bool = False) -> None:
        """Watch a folder and its subfolders, but none inside a linked one: those are not read."""
        try:
            entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
        except OSError:  # not there, or no folder
            return
        self._folders.setdefault(os.path.realpath(folder), folder)
        for path, is_link in [(folder / entry.name, entry.is_symlink()) for entry in entries]:
            if is_link:
                self._files[os.path.realpath(path)] = path
            if not linked and path.is_dir():
                self._look(path, linked=is_link)

    def _there(self) -> set[str]:
        """Return those folders to be watched that there are."""
        around = {*self._folders, *map(os.path.dirname, self._files)}
        return set(filter(os.path.isdir, around))

    def _named(self, path: str) -> Path | None:
        """Return the name by which a file is known here; None where it does not count."""
        folder, name = os.path.split(path)
        if EDITORS_OWN.fullmatch(name):
            return None
        inside = self._folders.get(folder)
        return inside / name if inside else self._files.get(path)


def _lasting(changes: set[tuple[int, str]]) -> set[str]:
    """Return the paths that still exist: editors save through files that come and go."""
    came = {path for kind, path in changes if kind == Change.added}
    return {path for _, path in changes if path not in came or os.path.lexists(path)}


def _notify(folders: list[str]) -> RustNotify:
    """Have the system report changes; poll where it has no room for that or hears nothing."""
    told = [folder for folder in folders if folder == folder.encode(errors="replace").decode()]
    try:
        return RustNotify(told, False, _is_shared(told), POLL, False, True)  # noqa: FBT003
    except WatchfilesRustInternalError:
        return RustNotify(told, False, True, POLL, False, True)  # noqa: FBT003 (both by place)


def _is_shared(folders: list[str]) -> bool:
    """Return whether one of the folders is on a disk of another system."""
    try:
        lines = MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return False
    kinds = {mount: kind for _, mount, kind, *_ in map(str.split, lines)}
    disks = {
        next(filter(kinds.get, map(str, [path, *path.parents])), "") for path in map(Path, folders)
    }
    return not SHARED.isdisjoint(map(kinds.get, disks))
