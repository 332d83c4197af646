"""What is to be finished where several files are written as one, and the process ends between two.

All of them stand ready beside those that they replace before the first is moved; a journal then
says which. Whoever reads the files next moves the others. A journal that is not whole was written
before the first was moved: the old files count.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import re
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.problems import stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = ".unfinished"  # in the folder under which the files lie
_CUT_OFF = "a command was cut off while it wrote several files"
_STAGED = r"\.%s\.\w{8}\.part"


class PendingFile(NamedTuple):
    """A file that is ready to take the place of another one."""

    path: Path
    staged: Path
    before: str
    """Digest of what is replaced; nothing where there is no such file."""
    after: str


@contextmanager
def noted(folder: Path, moves: Sequence[tuple[Path, Path]]) -> Iterator[None]:
    """Note in a folder which files are being moved; one of them alone needs no note.

    Raises ReporterError where another process is at it.
    """
    if len(moves) < 2 or not all(path.is_relative_to(folder) for path, _ in moves):  # noqa: PLR2004
        yield
        return
    lines = [
        [path.relative_to(folder).as_posix(), staged.name, _digest(path), _digest(staged)]
        for path, staged in moves
    ]
    journal = folder / NAME
    handle = _begun(journal)
    try:
        _locked(handle)
        os.write(handle, json.dumps(lines).encode())
        with suppress(OSError):
            os.fsync(handle)
        yield
    finally:  # all are moved, or those that were are put back
        journal.unlink(missing_ok=True)
        os.close(handle)


def _begun(journal: Path) -> int:
    try:
        return os.open(journal, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)
    except FileExistsError:
        stop(journal, "another command is writing these files", "run it again")
    except OSError as error:
        stop(journal, f"cannot be written: {error.strerror}", "nothing was written")


def finish(folder: Path) -> None:
    """Finish what was being moved in a folder when the process ended, if anything was.

    Raises ReporterError where that cannot be done.
    """
    journal = folder / NAME
    try:
        handle = os.open(journal, os.O_RDONLY | os.O_NOFOLLOW)
    except OSError:  # there is none, nearly always
        return
    try:
        _locked(handle)  # as long as the other one is alive, it is at it itself
        if not journal.exists():
            return
        with os.fdopen(os.dup(handle), "rb") as file:
            moves = _moves(folder, file.read())
        _finish(journal, moves)
    except OSError as error:
        message = f"{_CUT_OFF}, and what is left cannot be written: {error.strerror}"
        stop(journal, message, "make the folder writable, and run this again")
    finally:
        os.close(handle)


def _finish(journal: Path, moves: Sequence[PendingFile]) -> None:
    for move in moves:
        now = _digest(move.path)
        if now != move.after and (now != move.before or _digest(move.staged) != move.after):
            message = f"{_CUT_OFF}, and this one was changed since"
            hint = (
                f"{move.staged.name} beside it has what was to be written: "
                f"bring both together in {move.path.name}, and delete {journal}"
            )
            stop(move.path, message, hint)
    for move in moves:
        if _digest(move.path) != move.after:
            move.staged.replace(move.path)
        move.staged.unlink(missing_ok=True)
    journal.unlink(missing_ok=True)


def _moves(folder: Path, raw: bytes) -> list[PendingFile]:
    """Return what a journal notes; nothing of one that is not whole, or none of ours."""
    try:
        data: Any = json.loads(raw)
        return [_move(folder, *map(str, line)) for line in data]
    except (ValueError, TypeError):
        return []


def _move(folder: Path, name: str, staged: str, before: str, after: str) -> PendingFile:
    path = folder / name
    inside = path.resolve().is_relative_to(folder.resolve()) and not path.is_symlink()
    if not inside or not after or not re.fullmatch(_STAGED % re.escape(path.name), staged):
        raise ValueError
    return PendingFile(path, path.parent / staged, before, after)


def _locked(handle: int) -> None:
    with suppress(OSError):  # some network disks have no locks
        fcntl.flock(handle, fcntl.LOCK_EX)


def _digest(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
