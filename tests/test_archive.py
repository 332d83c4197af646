"""Archives of somebody else's: what is wrong is an error of one kind, never a traceback."""

from __future__ import annotations

import io
import zipfile

import pytest

from reporter.sources.unzipping import NoArchiveError, TooLargeError, parts

NAME = "word/document.xml"


def archive(content: bytes = b"<a/>" * 100, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return an archive with one part."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as found:
        found.writestr(NAME, content)
    return buffer.getvalue()


def with_method(number: int) -> bytes:
    """Return an archive that says it is packed in another way."""
    content, way = bytearray(archive()), number.to_bytes(2, "little")
    content[8:10] = way
    at = content.rindex(b"PK\x01\x02") + 10
    content[at : at + 2] = way
    return bytes(content)


def in_the_data(old: bytes) -> bytes:
    """Return an archive with other bytes where the part is."""
    at = old.index(NAME.encode()) + len(NAME)
    return old[:at] + b"\xff" * 8 + old[at + 8 :]


def test_the_parts_that_are_there() -> None:
    """Others are left out."""
    assert parts(archive(b"x"), [NAME, "word/other.xml"], 10) == {NAME: b"x"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"PK\x03\x04",
        archive()[:60],
        in_the_data(archive()),
        in_the_data(archive(method=zipfile.ZIP_LZMA)),
        with_method(99),
    ],
    ids=["empty", "a beginning", "cut", "damaged", "damaged otherwise", "packed strangely"],
)
def test_one_that_cannot_be_read(content: bytes) -> None:
    """Whatever is wrong with it."""
    with pytest.raises(NoArchiveError) as caught:
        parts(content, [NAME], 1000)
    assert not isinstance(caught.value, TooLargeError)


def test_a_part_that_unpacks_to_too_much() -> None:
    """It is not unpacked whole: one byte too many is enough to know."""
    assert parts(archive(b"x" * 1000), [NAME], 1000)
    with pytest.raises(TooLargeError):
        parts(archive(b"x" * 1001), [NAME], 1000)
