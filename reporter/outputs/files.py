"""Writes files whole: at every moment each is either the old one or the new one."""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from contextlib import ExitStack, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.outputs.journal import noted
from reporter.problems import Problem, ReporterError, stop

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

UNFINISHED = ".part"  # ends the name of a file that is being written
OURS = re.compile(
    rf"\.\.?[a-z0-9-]+(\.[a-z]+)?\.\w{{8}}{re.escape(UNFINISHED)}"
)  # the name of such a file

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
    import tempfile  # noqa: PLC0415 (it takes time, and where nothing is written nobody needs it)

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
            stop(output, message, "choose another folder with --output")


def _not_writable(folder: Path, error: OSError) -> ReporterError:
    why = "this is no folder" if isinstance(error, FileExistsError) else error.strerror
    return ReporterError(
        [Problem(folder, f"cannot write here: {why}", "choose another folder with --output")]
    )


@contextmanager
def held(folder: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Keep ``folder`` for one build at a time, and remove what a killed build left.

    The lock is on the folder itself and ends with the process. Where the file system has no locks
    (some network disks), two builds at once are not kept apart; every file is whole nevertheless.
    """
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
    with _refusal(path, "the old file is as it was"), _staged(path, content) as name:
        Path(name).replace(path)
    return path


def write_all(files: Mapping[Path, tuple[bytes | None, bytes]], within: Path | None = None) -> None:
    """Write several files, all of them or none: what each holds now, and what it is to hold.

    Where they lie ``within`` a folder, it is so even if the process ends between two of them: see
    ``journal``. Where a link stands, what it leads to is written. Raises ReporterError where that
    fails, or where a file no longer holds what it did.
    """
    with ExitStack() as stack:
        staged: list[tuple[Path, str, bytes | None]] = []
        for named, (before, content) in files.items():
            path = Path(os.path.realpath(named))
            with _refusal(named, "nothing was written"):
                staged.append((path, stack.enter_context(_staged(path, content)), before))
        for path, _, before in staged:
            if (path.read_bytes() if path.exists() else None) != before:
                stop(path, "it was changed meanwhile", "nothing was written: run it again")
        moves = [(path, Path(name)) for path, name, _ in staged]
        with noted(Path(os.path.realpath(within)), moves) if within else nullcontext():
            _move_all(staged)


def _move_all(staged: list[tuple[Path, str, bytes | None]]) -> None:
    """Put each file into its place; where one cannot be, or it is stopped, restore those before."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, name, before in staged:
            done.append((path, before))
            with _refusal(path, "nothing was written"):
                Path(name).replace(path)
    except BaseException:
        for path, before in done:
            if before is None:
                path.unlink(missing_ok=True)
            elif path.read_bytes() != before:
                write(path, before)
        raise


@contextmanager
def _refusal(path: Path, hint: str) -> Iterator[None]:
    """Turn what the system refuses into a problem of the file."""
    try:
        yield
    except OSError as error:
        why = error.strerror
        if isinstance(error, FileNotFoundError) and not path.parent.is_dir():
            why, hint = (
                f"there is no folder '{path.parent}'",
                "make it first, or choose another one",
            )
        stop(path, f"cannot be written: {why}", hint)


@contextmanager
def _staged(path: Path, content: bytes) -> Iterator[str]:
    """Write ``content`` to a file beside ``path``; remove it where it is not moved from there."""
    import tempfile  # noqa: PLC0415 (as above)

    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            with _unless_refused():
                os.fsync(handle)
            with _unless_refused():
                os.fchmod(handle, _mode_of(path))
        yield name
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _unless_refused() -> Iterator[None]:
    """Go on where a file system cannot do this: Windows' under WSL, some network disks."""
    try:
        yield
    except OSError as error:
        if error.errno not in REFUSALS:
            raise


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
