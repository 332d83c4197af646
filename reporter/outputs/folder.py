"""A folder of outputs: whose each file is, what happened to it once written, and the lock."""

from __future__ import annotations

import os
from collections import deque
from contextlib import ExitStack, suppress
from threading import Thread
from typing import TYPE_CHECKING

from reporter.formats import FORMATS
from reporter.outputs.digests import digest
from reporter.outputs.files import check_writable, held, write
from reporter.outputs.manifest import NAME, OUTPUT, Manifest, OutputEntry, content_of
from reporter.problems import Problem, ReporterError, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

LARGEST = 256 * 1024 * 1024  # bytes of an output; what is larger is not what was written
CHECKPOINT = 50  # files after which the manifest is written: what a killed build did is kept

NEW = "it was not built before"
MISSING = "it is missing"
EDITED = "it was edited by hand"
VIEW = "what it says changed"
DAY = "what it says changed with the day"
LOOK = "a template or the tool changed"


class Folder:
    """The outputs in a folder, and the manifest among them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.manifest = Manifest()
        self._states: dict[str, str] = {}
        self._saved: bytes | None = None
        self._written = 0
        self._lock = ExitStack()

    def open(self, edition: str, waiting: Callable[[], None], *, make: bool) -> None:
        """Read the manifest; to ``make`` something, lock the folder before.

        Raises ReporterError where it holds another edition.
        """
        if make:
            self._lock.enter_context(held(self.path, waiting))
        self._saved = content_of(self.path / NAME)
        self.manifest = Manifest.parsed(self._saved or b"")
        there = self.manifest.edition
        if there and there != edition and self._holds_any():
            message = f"the folder holds the {there} edition: the {edition} one does not go into it"
            stop(self.path, message, "choose another folder with --output")
        self.manifest.edition = edition

    def close(self) -> None:
        """Let another build have it."""
        self._lock.close()

    def _holds_any(self) -> bool:
        """Return whether there are outputs in the folder, noted or not."""
        found = (path.name for path in self.path.glob("*.*"))
        return bool(self.manifest.files) or any(map(OUTPUT.fullmatch, found))

    def look(self, names: Iterable[str]) -> None:
        """Find out what happened to outputs, two at a time: it is reading and hashing."""
        waiting = deque(name for name in names if name not in self._states)

        def work() -> None:
            with suppress(IndexError):
                while True:
                    self.state(waiting.popleft())

        other = Thread(target=work, daemon=True)  # it does not keep an interrupted build
        other.start()
        work()
        other.join()

    def state(self, name: str) -> str:
        """Return what happened to an output since it was built; nothing where it is as it was."""
        if name not in self._states:
            self._states[name] = self._state(name)
        return self._states[name]

    def _state(self, name: str) -> str:
        if name not in self.manifest.files:
            return NEW
        content = content_of(self.path / name, LARGEST)
        if content is None:
            return MISSING
        return "" if digest(content) == self.manifest.files[name].digest else EDITED

    def size(self, name: str) -> int:
        """Return how many bytes an output has; 0 where it is not there."""
        try:
            return (self.path / name).lstat().st_size
        except OSError:
            return 0

    def reason(self, name: str, says: str, inputs: Mapping[str, str]) -> str:
        """Return why an output is made anew."""
        if state := self.state(name):
            return state
        entry = self.manifest.files[name]
        if entry.says == says:
            return LOOK
        same = (entry.records, entry.look) == (inputs["records"], inputs["look"])
        return DAY if same and entry.day != inputs["day"] else VIEW

    def check_writable(self, names: Iterable[str], *, force: bool) -> None:
        """Raise ReporterError where outputs of these names cannot be written, or must not be."""
        check_writable(self.path)
        hint = "move it away, choose another folder with --output, or overwrite it with --force"
        strange = [
            Problem(self.path / name, "this file is not one of reporter's", hint)
            for name in names
            if not force and name not in self.manifest.files and _is_strange(self.path / name)
        ]
        if strange:
            raise ReporterError(strange)

    def write(self, name: str, content: bytes, entry: OutputEntry) -> None:
        """Write an output. The first time, it is said before of which edition they are."""
        if not self.manifest.files and not self._written:
            self.save(always=True)
        write(self.path / name, content)
        self.keep(name, entry)
        self._written += 1
        if self._written % CHECKPOINT == 0:
            self.save()

    def keep(self, name: str, entry: OutputEntry) -> None:
        """Note what an output is now."""
        self.manifest.files[name] = entry
        self._states[name] = ""

    def save(self, *, always: bool = False) -> None:
        """Write the manifest where that changes anything, and there is something to say."""
        content = self.manifest.content()
        if content != self._saved and (self.manifest.files or self._saved or always):
            write(self.path / NAME, content)
            self._saved = content

    def remove(self, names: Iterable[str]) -> Iterator[Problem]:
        """Remove outputs; yield a problem for each that cannot be removed, which stays noted."""
        for name in names:
            try:
                (self.path / name).unlink(missing_ok=True)
            except OSError as error:
                message = f"cannot be removed: {error.strerror}"
                yield Problem(self.path / name, message, "remove it by hand")
            else:
                del self.manifest.files[name]


def _is_strange(path: Path) -> bool:
    """Return whether a file exists that does not look like ours. A folder is in the way anyway."""
    if not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
        return False
    content = None if path.is_symlink() else content_of(path, LARGEST)
    return content is None or not FORMATS[path.suffix[1:]].mark.search(content)
