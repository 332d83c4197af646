"""A file to its text: a real file of a sane size, UTF-8, and nothing in it that does not show."""

from __future__ import annotations

import re
import stat
from typing import TYPE_CHECKING, NoReturn

from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_FILE = 1024 * 1024  # bytes; the longest file that a person keeps is a tenth of it
LARGEST_OTHER = 32 * LARGEST_FILE  # of what is no text, such as a font for Japanese
SPLIT = "one record is one file: split it"
# What neither prints nor breaks a line as editors count lines, and what makes a text read otherwise than it is written.
NOT_TEXT = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u200a\u200c-\u2027\u202f-\u205f\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd"
    r"\U00010000-\U0001fffd\U00020000-\U0002fffd\U00030000-\U0003fffd\U000e0100-\U000e01ef]"
)
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_text(path: Path, largest: int = LARGEST_FILE, hint: str = SPLIT) -> str:
    """Return the text of a file. Raises ReporterError where it cannot be read or is not text, with line and column.

    ``hint`` says what to do where it is larger than ``largest``.
    """
    raw = read_bytes(path, largest, hint)
    try:
        text = raw.removeprefix(_BYTE_ORDER_MARK).decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw.removeprefix(_BYTE_ORDER_MARK)[: error.start].decode("utf-8")
        _stop(path, "not UTF-8", "save the file as UTF-8", *_place(before))
    if bad := NOT_TEXT.search(text):
        _stop(
            path,
            f"the character U+{ord(bad[0]):04X} is not text",
            "delete it; it does not show",
            *_place(text[: bad.start()]),
        )
    return text


def read_bytes(path: Path, largest: int = LARGEST_OTHER, hint: str = "use a smaller one") -> bytes:
    """Return the content of a file. Raises ReporterError where it cannot be read, is no file, or is larger than ``largest``."""
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe would never end
            _stop(
                path,
                "a folder, not a file"
                if stat.S_ISDIR(found.st_mode)
                else "not a file that can be read",
                "move it away",
            )
        if found.st_size > largest:
            _stop(path, f"larger than {largest // 1024**2} MiB", hint)
        with path.open("rb") as file:
            return file.read()
    except FileNotFoundError:
        _stop(
            path,
            "there is no such file",
            "a link to nothing: delete it"
            if path.is_symlink()
            else "put it there, or correct the name",
        )
    except OSError as error:
        _stop(path, f"cannot be read: {error.strerror}", "check the permissions of the file")


def _place(before: str) -> tuple[int, int]:
    """Return line and column of what follows the text ``before``."""
    lines = f"{before}.".splitlines()
    return len(lines), len(lines[-1])


def _stop(path: Path, message: str, hint: str, line: int = 0, column: int = 0) -> NoReturn:
    raise ReporterError([Problem(path, message, hint, line, column)]) from None
