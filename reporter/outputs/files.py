"""Writes files whole: at every moment each is either the old one or the new one."""

from __future__ import annotations

import fcntl
import os
import re
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNFINISHED = ".part"  # ends the name of a file that is being written
OURS = re.compile(
    rf"\.\.?[a-z0-9-]+(\.[a-z]+)?\.\w{{8}}{re.escape(UNFINISHED)}"
)  # the name of such a file


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
            message = f"results do not go into {folder.name}/: they would be taken for what they are made from"
            raise ReporterError([Problem(output, message, "choose another folder with --output")])


def _not_writable(folder: Path, error: OSError) -> ReporterError:
    why = "this is no folder" if isinstance(error, FileExistsError) else error.strerror
    return ReporterError(
        [Problem(folder, f"cannot write here: {why}", "choose another folder with --output")]
    )


@contextmanager
def held(folder: Path, waiting: Callable[[], None], *, make: bool) -> Iterator[None]:
    """Keep ``folder`` for one build at a time, if it is there; what a build that was killed left unfinished is removed.

    The lock is on the folder itself and ends with the process. Where the file system has no locks (some network disks),
    two builds at once are not kept apart; every file is whole nevertheless.
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


def _umask() -> int:
    """Return what the user takes from the permissions of new files; it can only be asked by setting it."""
    os.umask(mask := os.umask(0o077))
    return mask


def write(path: Path, content: bytes) -> Path:
    """Write ``content`` to ``path`` and return it. Raises ReporterError where that fails; the old file is then as it was."""
    name = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise ReporterError(
            [Problem(path, f"cannot be written: {error.strerror}", "the old file is as it was")]
        ) from None
    return path
