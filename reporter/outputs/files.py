"""Writes files whole: at every moment each is either the old one or the new one."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import shutil
import stat
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNFINISHED = ".part"  # ends the name of a file that is being written
OURS = re.compile(
    rf"\.\.?[a-z0-9-]+(\.[a-z]+)?\.\w{{8}}{re.escape(UNFINISHED)}"
)  # the name of such a file
SCRATCH = "reporter-build-"  # begins the name of a folder for temporary files

REFUSALS = {
    errno.EPERM,
    errno.EACCES,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTTY,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
}


def check_writable(folder: Path) -> None:
    """Make the folder. Raises ReporterError where nothing can be written into it."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise _not_writable(folder, error) from None


def check_apart(output: Path, *inputs: Path) -> None:
    """Raise ReporterError where results would go among what they are made from."""
    for folder in inputs:
        if Path(os.path.realpath(output)).is_relative_to(
            os.path.realpath(folder)
        ):  # which stops at a link to itself
            message = (
                f"results do not go into {folder.name}/: "
                "they would be taken for what they are made from"
            )
            raise ReporterError([Problem(output, message, "choose another folder with --output")])


def _not_writable(folder: Path, error: OSError) -> ReporterError:
    why = "this is no folder" if isinstance(error, FileExistsError) else error.strerror
    return ReporterError(
        [Problem(folder, f"cannot write here: {why}", "choose another folder with --output")]
    )


@contextmanager
def held(folder: Path, waiting: Callable[[], None], *, make: bool) -> Iterator[None]:
    """Keep ``folder`` for one build at a time, if it exists; remove what a killed build left.

    The lock is on the folder itself and ends with the process. Where the file system has no locks
    (some network disks), two builds at once are not kept apart; every file is whole nevertheless.
    """
    if not make:
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise _not_writable(folder, error) from None
    try:
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                fcntl.flock(handle, fcntl.LOCK_EX)
            for path in folder.glob(f".*{UNFINISHED}"):
                if OURS.fullmatch(path.name):
                    path.unlink(missing_ok=True)
        yield
    finally:
        os.close(handle)


def write(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it.

    Raises ReporterError where that fails; the old file is then as it was. The mode of a file that
    is replaced stays; a link in its place is replaced, not followed.
    """
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            with _unless_refused():
                os.fsync(handle)
            with _unless_refused():
                os.fchmod(handle, _mode_of(path))
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise ReporterError(
            [Problem(path, f"cannot be written: {error.strerror}", "the old file is as it was")]
        ) from None
    return path


@contextmanager
def _unless_refused() -> Iterator[None]:
    """Go on where a file system cannot do this: Windows' under WSL, some network disks."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSALS:
            raise


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


def _mode_of(path: Path) -> int:
    """Return the mode of the file ``path``, or where there is none, that of a new one."""
    try:
        found = path.lstat().st_mode
    except OSError:
        found = 0
    if stat.S_ISREG(found):
        return found & 0o777
    os.umask(mask := os.umask(0o077))  # it can only be asked by setting it
    return 0o666 & ~mask
