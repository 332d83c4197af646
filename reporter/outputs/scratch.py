"""A folder for what the processes of a build write on the way."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

SCRATCH = "reporter-build-"  # begins the name of a folder for temporary files


class Scratch:
    """A folder for temporary files of processes that may be ended; made when it is asked for.

    It is locked as long as the build lives: one that is not was left behind, and the next build
    removes it.
    """

    def __init__(self, parent: str | None = None) -> None:
        self._parent = parent
        self._made: TemporaryDirectory[str] | None = None
        self._lock = -1

    @property
    def folder(self) -> str | None:
        """Its path; None where there is no room for it, which whoever needs some will say."""
        if not self._made:
            with suppress(OSError):
                _remove_left(Path(self._parent or tempfile.gettempdir()))
                self._make()
        return self._made.name if self._made else None

    def _make(self) -> None:
        made = TemporaryDirectory(prefix=SCRATCH, dir=self._parent, ignore_cleanup_errors=True)
        self._lock = os.open(made.name, os.O_RDONLY)
        fcntl.flock(self._lock, fcntl.LOCK_SH)
        if Path(made.name).exists():  # else another build was faster than the lock
            self._made = made
        else:
            os.close(self._lock)
            self._make()

    def remove(self) -> None:
        """Remove it, and all that is in it."""
        if self._made:
            self._made.cleanup()
        if self._lock >= 0:
            os.close(self._lock)
            self._lock = -1


def _remove_left(parent: Path) -> None:
    """Remove the folders of builds that were killed: nobody has locked them."""
    for path in parent.glob(f"{SCRATCH}*"):
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                if os.fstat(handle).st_uid == os.geteuid():
                    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    shutil.rmtree(path, ignore_errors=True)
            finally:
                os.close(handle)
