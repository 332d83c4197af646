"""Reads a file as text: a real file of a sane size, UTF-8, and nothing in it that does not show.

The one place that reads what others wrote. What is checked is the opened handle, never a name that
may lead elsewhere a moment later.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
import struct
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from reporter.problems import stop

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LARGEST_FILE = 1024 * 1024  # bytes; the longest file that a person keeps is a tenth of it
LUMP = 64 * 1024  # bytes read at once of a file that is larger than it says
LARGEST_OTHER = 32 * LARGEST_FILE  # of what is no text, such as a font for Japanese
SPLIT = "one record is one file: split it"
DAMAGED = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, OSError),
    *(TypeError, ValueError, struct.error),
)
"""What libraries end with that read a damaged file, beside errors of their own."""
# What neither prints nor breaks a line as editors count lines, and what makes a text read otherwise
# than it is written.
NOT_TEXT = (  # of what does not print; compiled where it is used: that takes time
    r"[^\t\n\r\x20-\x7e\xa0-\u200a\u200c-\u2027\u202f-\u205f\u206a-\ud7ff\ue000-\ufdcf"
    r"\ufdf0-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd\U000e0100-\U000e01ef]"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
OLD_OFFICE = b"\xd0\xcf\x11\xe0"  # so begin files of an old Office, and encrypted ones of any
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_HIDDEN = {
    "\0": "is it UTF-16? save the file as UTF-8",
    "\ufeff": "a byte order mark inside the text: delete it; it does not show",
}
_MERGE = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})(?=[ \r]|$)|={7}(?=\r?$))", re.MULTILINE)
_TWO_VERSIONS = "git left two versions here: keep one, and delete the lines of marks"

_noted: list[dict[Path, str]] = []

_READING = os.O_RDONLY | os.O_CLOEXEC | os.O_NOCTTY | os.O_NONBLOCK  # a pipe is not waited for
_FOLDER = _READING | os.O_DIRECTORY
_INSIDE = "put what it leads to in its place: nothing from elsewhere is read"


def read_text(
    path: Path, largest: int = LARGEST_FILE, hint: str = SPLIT, *, within: Path | None = None
) -> str:
    """Return the text of a file.

    Raises ReporterError where it cannot be read or is not text. ``hint`` says what to do where it
    is larger than ``largest``; ``within`` is as for ``read_bytes``.
    """
    return decoded(path, read_bytes(path, largest, hint, within=within))


def decoded(path: Path, raw: bytes) -> str:
    """Return the text of a file that was read. Raises ReporterError with line and column."""
    content = raw.removeprefix(_BYTE_ORDER_MARK)
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start].decode("utf-8")
        stop(path, "not UTF-8", _encoding_hint(content, error.start), *_place(before))
    one_line = text.replace("\n", "").replace("\r", "").replace("\t", "")
    if not one_line.isprintable() and (bad := re.search(NOT_TEXT, text)):
        message = f"the character U+{ord(bad[0]):04X} is not text"
        hint = _HIDDEN.get(bad[0], "delete it; it does not show")
        stop(path, message, hint, *_place(text[: bad.start()]))
    if mark := _MERGE.search(text):
        message = f"'{mark[0]}' is the mark of a merge that is not finished"
        stop(path, message, _TWO_VERSIONS, *_place(text[: mark.start()]))
    return text


def encoded(text: str, before: bytes | None) -> bytes:
    """Return a text as the content of a file, with the mark at its beginning that it had before."""
    is_marked = before is not None and before.startswith(_BYTE_ORDER_MARK)
    return (_BYTE_ORDER_MARK if is_marked else b"") + text.encode()


def _encoding_hint(raw: bytes, start: int) -> str:
    if raw.startswith(_UTF_16):
        return "it is UTF-16: save the file as UTF-8"
    try:
        char = raw[start : start + 1].decode("cp1252")
    except UnicodeDecodeError:
        return "save the file as UTF-8"
    return f"in Windows-1252 the byte 0x{raw[start]:02X} is '{char}': save the file as UTF-8"


@contextmanager
def noted() -> Iterator[dict[Path, str]]:
    """Note the digest of each file that is read meanwhile; nothing of one that changed in between.

    What lies on the disk a moment earlier or later may be something else.
    """
    found: dict[Path, str] = {}
    _noted.append(found)
    try:
        yield found
    finally:
        _noted[:] = [other for other in _noted if other is not found]


def _note(path: Path, raw: bytes) -> str:
    digest = hashlib.sha256(raw).hexdigest() if _noted else ""
    for found in _noted:
        found[path] = digest if found.get(path, digest) == digest else ""
    return digest


def digest_of(path: Path, *, within: Path | None = None) -> str:
    """Return the digest of a file, and note it. Raises ReporterError as ``read_bytes`` does."""
    raw = read_bytes(path, within=within, unnoted=True)
    return _note(path, raw) or hashlib.sha256(raw).hexdigest()


def read_bytes(
    path: Path,
    largest: int = LARGEST_OTHER,
    hint: str = "use a smaller one",
    *,
    within: Path | None = None,
    unnoted: bool = False,
) -> bytes:
    """Return the content of a file. Raises ReporterError where it cannot be read or is too large.

    ``within`` is a folder out of which no link is followed. What is ``unnoted`` is nothing of which
    a report is made.
    """
    try:
        with _opened(path, _READING, within) as handle:
            found = os.fstat(handle)
            _check_file(path, found.st_mode)
            raw = b"" if found.st_size > largest else _read(handle, found.st_size, largest + 1)
            if found.st_size > largest or len(raw) > largest:  # it may say nothing of its size
                stop(path, f"larger than {largest // 1024**2} MiB", hint)
            if not unnoted:
                _note(path, raw)
            return raw
    except FileNotFoundError:
        linked = path.is_symlink()
        todo = "a link to nothing: delete it" if linked else "put it there, or correct the name"
        stop(path, "there is no such file", todo)
    except OSError as error:
        stop(path, f"cannot be read: {error.strerror}", "check the permissions of the file")


def listed(folder: Path, *, within: Path | None = None) -> list[tuple[str, bool]]:
    """Return the names in a folder, in order, each with whether it is a folder. Raises OSError.

    Raises ReporterError where a link leads out of ``within``.
    """
    with _opened(folder, _FOLDER, within) as handle, os.scandir(handle) as entries:
        return sorted((entry.name, _is_folder(entry)) for entry in entries)


def check_inside(folder: Path, within: Path) -> None:
    """Raise ReporterError where a link leads from ``folder`` out of ``within``.

    Nothing is written there.
    """
    with _opened(folder, _FOLDER, within):
        pass


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a circle of links
        return False


def _read(handle: int, size: int, most: int) -> bytes:
    """Return what is in a file that says to have this size, but no more than ``most`` bytes."""
    parts = []
    while most > 0 and (part := os.read(handle, min(size + 1, most))):
        parts.append(part)
        most -= len(part)
        size = max(size - len(part), LUMP)
    return b"".join(parts)


@contextmanager
def _opened(path: Path, flags: int, within: Path | None) -> Iterator[int]:
    """Open what ``path`` leads to; with ``within`` nothing that lies outside of that folder."""
    handle = _open(path, path, flags) if within is None else _walk(path, flags, within)
    try:
        yield handle
    finally:
        os.close(handle)


def _walk(path: Path, flags: int, within: Path) -> int:
    """Open a file of a folder. Links are resolved first; one created meanwhile is not followed."""
    begin = "" if within == Path() else f"{within}{os.sep}"
    if str(path).startswith(begin):
        with suppress(OSError, ValueError):  # a link on the way, or not there
            parts = str(path)[len(begin) :].split(os.sep)  # noqa: PTH206 (quicker)
            return _steps(path, parts, flags, within)
    home, real = os.path.realpath(within), os.path.realpath(path)
    if os.path.commonpath((home, real)) != home:
        if not stat.S_ISDIR(mode := Path(real).stat().st_mode):
            _check_file(path, mode)
        stop(path, "a link that leads out of the project", _INSIDE)
    return _steps(path, Path(os.path.relpath(real, home)).parts, flags, Path(home))


def _steps(path: Path, steps: Sequence[str], flags: int, home: Path) -> int:
    """Open from folder to folder, each by the handle of the one before."""
    if ".." in steps:
        raise ValueError
    handle = os.open(home, _FOLDER)
    try:
        for step in steps[:-1]:
            below = os.open(step, _FOLDER | os.O_NOFOLLOW, dir_fd=handle)
            os.close(handle)
            handle = below
        return _open(path, steps[-1] if steps else ".", flags | os.O_NOFOLLOW, handle)
    finally:
        os.close(handle)


def _open(path: Path, name: Path | str, flags: int, folder: int | None = None) -> int:
    """Open the last step of the way to ``path``, unless it is a device or a pipe."""
    found = os.stat(name, dir_fd=folder, follow_symlinks=not flags & os.O_NOFOLLOW)
    if stat.S_ISLNK(found.st_mode):
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
    if not flags & os.O_DIRECTORY:
        _check_file(path, found.st_mode)
    return os.open(name, flags, dir_fd=folder)


def _check_file(path: Path, mode: int) -> None:
    """Raise ReporterError where that is no file: to open a device may do something."""
    if not stat.S_ISREG(mode):
        what = "a folder, not a file" if stat.S_ISDIR(mode) else "not a file that can be read"
        stop(path, what, "move it away")


def _place(before: str) -> tuple[int, int]:
    """Return line and column of what follows the text ``before``."""
    lines = f"{before}.".splitlines()
    return len(lines), len(lines[-1])
