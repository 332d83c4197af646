"""Archives, such as Word documents: read part by part, within a limit, and written."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # it needs a password, or is packed in a way that is not known
    ValueError,
)


class NoArchiveError(ValueError):
    """It cannot be read."""


class TooLargeError(NoArchiveError):
    """A part of it unpacks to more than there may be."""


def parts(content: bytes, names: Iterable[str], largest: int) -> dict[str, bytes]:
    """Return those of the named parts that an archive has, of ``largest`` bytes at most each.

    Raises NoArchiveError where it cannot be read, TooLargeError where a part is larger.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            there = frozenset(archive.namelist())
            found = {name: _part(archive, name, largest) for name in names if name in there}
    except _FAULTS:
        raise NoArchiveError from None
    if any(len(part) > largest for part in found.values()):
        raise TooLargeError
    return found


def every_part(content: bytes, largest: int) -> Iterator[tuple[str, bytes]]:
    """Yield the parts of an archive with their names, of ``largest`` bytes at most together.

    Raises NoArchiveError where it cannot be read, TooLargeError where they are larger.
    """
    left = largest
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            for name in archive.namelist():
                part = _part(archive, name, left)
                left -= len(part)
                if left < 0:
                    raise TooLargeError
                yield name, part
    except _FAULTS as error:
        if isinstance(error, NoArchiveError):
            raise
        raise NoArchiveError from None


def zipped(files: Mapping[str, bytes], plain: str = "") -> bytes:
    """Return an archive, with the same bytes each time; ``plain`` lies in it as it is."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name)  # of the first moment that an archive can name
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_STORED if name == plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return buffer.getvalue()


def _part(archive: zipfile.ZipFile, name: str, largest: int) -> bytes:
    with archive.open(name) as part:
        return part.read(largest + 1)
