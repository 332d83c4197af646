"""Takes the record out of a PDF that anybody may have made. The only module that knows pypdf.

Only what we write is decoded: no other filter, which could start a program; so much and no more;
and there is one record, wherever a reader of PDF may look for embedded files.
"""

from __future__ import annotations

import json
import logging
import zlib
from contextlib import contextmanager
from io import BytesIO
from time import monotonic
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader
from pypdf.errors import DependencyError, DeprecationError, PyPdfError
from pypdf.generic import DictionaryObject, EncodedStreamObject, IndirectObject, StreamObject

from reporter.outputs.limits import TookTooLong, until
from reporter.problems import Problem, ReporterError
from reporter.text import DAMAGED, read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

RECORD = "record.json"
OURS = "name a file that reporter has written"
# What pypdf fails with over a file that is damaged, encrypted, or made to make it fail.
UNREADABLE = (
    *DAMAGED,
    *(PyPdfError, DependencyError, DeprecationError, RuntimeError, zlib.error),
)
LARGEST = 256 * 1024 * 1024  # bytes of a PDF
LARGEST_RECORD = 32 * 1024 * 1024
MOST_DECODED = 256 * 1024 * 1024  # bytes of all streams that are decoded on the way to the record
DEEPEST = 100  # levels of a record; ours have a dozen
SECONDS = 20.0  # for a PDF
FOREIGN = "it is packed in a way in which reporter packs nothing"
HUGE = "it unpacks to more than any report"
FILTERS = (None, "/FlateDecode", ["/FlateDecode"])
# What is wrong with the insides of a PDF is told in our words.
logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def content_of(path: Path) -> bytes:
    """Return the bytes of a PDF."""
    return read_bytes(path, LARGEST, OURS)


def record_of(path: Path, content: bytes) -> dict[str, Any]:
    """Return the record embedded in the PDF ``path``. Raises ReporterError where there is none."""
    try:
        with until(monotonic() + SECONDS), _only_ours():
            found = _contents(PdfReader(BytesIO(content)))
    except RefusedError as error:
        raise _unreadable(path, f"cannot be read as a PDF: {error}") from None
    except UNREADABLE:
        raise _unreadable(path, "cannot be read as a PDF") from None
    except TookTooLong:
        raise _unreadable(path, f"cannot be read as a PDF in {SECONDS:g} s") from None
    if len(found) > 1:
        message = "there is more than one record in it: none can be trusted"
        raise _unreadable(path, message)
    record = _parsed(found[0]) if found else None
    if (
        not isinstance(record, dict)
        or not isinstance(record.get("id"), str)
        or not isinstance(record.get("masthead"), dict)
    ):
        raise no_record(path)
    return record


def no_record(path: Path) -> ReporterError:
    """Return the error that a PDF holds nothing of ours."""
    return _unreadable(path, "there is no record of reporter in it")


def _unreadable(path: Path, message: str) -> ReporterError:
    return ReporterError([Problem(path, message, OURS)])


class RefusedError(PyPdfError):
    """A stream is none that we write, or holds too much."""


@contextmanager
def _only_ours() -> Iterator[None]:
    """Let pypdf decode what we write, up to a limit, and nothing else."""
    decode: Callable[[EncodedStreamObject], bytes] = EncodedStreamObject.get_data
    left = MOST_DECODED

    def guarded(stream: EncodedStreamObject) -> bytes:
        nonlocal left
        if stream.get("/Filter") not in FILTERS:
            raise RefusedError(FOREIGN)
        data = decode(stream)
        left -= len(data)
        if left < 0:
            raise RefusedError(HUGE)
        return data

    EncodedStreamObject.get_data = guarded  # type: ignore[assignment,method-assign]
    try:
        yield
    finally:
        EncodedStreamObject.get_data = decode  # type: ignore[assignment,method-assign]


def _contents(reader: PdfReader) -> list[bytes]:
    """Return the embedded files that are called as ours is, each once."""
    if reader.is_encrypted:
        message = "it is encrypted"
        raise RefusedError(message)
    streams: dict[int, StreamObject] = {}
    for name, spec in _specifications(reader):
        if RECORD in {_plain(name), _plain(spec.get("/F")), _plain(spec.get("/UF"))}:
            for stream in _dictionary(spec.get("/EF")).values():
                found = stream.get_object()
                if not isinstance(found, StreamObject) or "/F" in found:
                    raise RefusedError(FOREIGN)
                streams[id(found)] = found
    return [_limited(stream.get_data()) for stream in streams.values()]


def _plain(name: object) -> str:
    """Return a name as a reader of PDF may show it."""
    found = name.get_object() if isinstance(name, IndirectObject) else name
    return str(found).strip().casefold()


def _limited(content: bytes) -> bytes:
    if len(content) > LARGEST_RECORD:
        raise RefusedError(HUGE)
    return content


def _dictionary(value: Any) -> DictionaryObject:  # noqa: ANN401 (any object of a PDF)
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _specifications(reader: PdfReader) -> Iterator[tuple[object, DictionaryObject]]:
    """Yield all that describe an embedded file, with the name in the tree of names, if in one."""
    catalog = _dictionary(reader.trailer["/Root"])
    yield from _tree(_dictionary(_dictionary(catalog.get("/Names")).get("/EmbeddedFiles")))
    yield from ((None, _dictionary(item)) for item in _list(catalog.get("/AF")))
    for found in map(_dictionary, _objects(reader)):  # those of pages and of annotations
        if "/EF" in found:
            yield None, found
        yield None, _dictionary(found.get("/FS"))


def _objects(reader: PdfReader) -> Iterable[IndirectObject]:
    known = {
        (number, generation)
        for generation, offsets in reader.xref.items()
        for number in offsets
        if number
    }
    known |= {(number, 0) for number in reader.xref_objStm}
    return (IndirectObject(number, generation, reader) for number, generation in sorted(known))


def _tree(root: DictionaryObject) -> Iterator[tuple[object, DictionaryObject]]:
    """Yield the names of a tree with what they name."""
    nodes, seen = [root], {id(root)}
    while nodes:
        node = nodes.pop()
        names = _list(node.get("/Names"))
        yield from zip(names[::2], map(_dictionary, names[1::2]), strict=False)
        for kid in map(_dictionary, _list(node.get("/Kids"))):
            if id(kid) not in seen:
                seen.add(id(kid))
                nodes.append(kid)


def _list(value: Any) -> list[Any]:  # noqa: ANN401 (any object of a PDF)
    found = value.get_object() if isinstance(value, IndirectObject) else value
    return list(found) if isinstance(found, list) else []


def _parsed(content: bytes) -> object:
    """Return what JSON says; nothing where it is none, or says something twice or too deep."""
    try:
        found: object = json.loads(content, object_pairs_hook=_once)
    except (ValueError, RecursionError):
        return None
    return found if _depth(found) <= DEEPEST else None


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _depth(value: object) -> int:
    depth, level = 0, [value]
    while level and depth <= DEEPEST:
        depth += 1
        level = [
            inner
            for outer in level
            if isinstance(outer, dict | list)
            for inner in (outer.values() if isinstance(outer, dict) else outer)
        ]
    return depth
