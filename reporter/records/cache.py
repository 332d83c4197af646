"""A cache of records, so that unchanged files are not read again.

It lies in the user's own cache folder, one file per project, and not in ``output/``: it holds what
is internal, while results are handed on; it holds what ``reporter check`` finds, which writes no
results; and nobody else puts anything there. It may be deleted at any time. A file is known by its
content, never by its time; an entry from other sources, from other libraries or with a damaged byte
is ignored. The cache is JSON of plain values: facts for cross-checks, and data from which the
validator makes records, by all its rules. It says of a file to which texts it was held without a
problem.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import stat
import sys
import tempfile
import zlib
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.problems import ReporterError
from reporter.records import KINDS
from reporter.records.base import VALIDATOR
from reporter.records.crosscheck import own_problems
from reporter.records.facts import Facts
from reporter.records.places import place_of, placed
from reporter.records.project import Loaded, load, load_content, load_file, read_record, source_of
from reporter.records.prose import bones
from reporter.records.reader import PARSER
from reporter.sources.against import Holding
from reporter.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reporter.records import Kind, Record
    from reporter.records.project import Broken, Contents
    from reporter.records.reader import Path_, Source
    from reporter.records.shorthand import Bodies

HERE = Path(__file__).parent.parent
LARGEST = 1024**3  # bytes of a cache; one of 2,000 meetings has 30 million
DOCUMENTS = "documents.yaml"
TIDY = 50  # files read anew, after which what is left of reading them is worth looking for
MOST = 16  # projects of which something is kept
ENDING = ".records"
ALONE = [[(kind.name, ())] for kind in KINDS if kind.own_file]
"""What a file holds of which a record is known without its sentences."""
END = b"\n\n"  # of the heads


def read(root: Path) -> Contents:
    """Read the project in the folder ``root``; what did not change is taken from the cache."""
    cache = Cache(root)
    contents = load(root, cache.files)
    cache.hold(contents)
    cache.write()
    return contents


class Cache:
    """What was read of one project.

    Its file has a line with the version and a digest of the heads, then the heads (a line for each
    file with all that a check needs), and then the plain data of each file, from which records are
    made.
    """

    def __init__(self, root: Path) -> None:
        name = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:32]
        self._path = _folder() / f"{name}{ENDING}"
        self._version = _version()
        self._before = self._read()
        self._now: dict[str, _CachedFile] = {}
        self._kept: dict[str, list[_CachedRecord]] = {}
        self._anew = 0

    def files(self, kind: Kind, path: Path, bodies: Bodies) -> Iterable[Loaded | Broken]:
        """Return the records of a file, as ``load`` asks for them."""
        try:
            raw = read_record(kind, path)
        except ReporterError:
            return load_file(kind, path, bodies)
        name = f"{place_of(kind)}/{path.name}" if kind.own_file else place_of(kind)
        digest = hashlib.blake2b(raw, digest_size=32).hexdigest()
        entry = self._before.get(name)
        read_again = partial(source_of, kind, path, raw, bodies)
        if entry and entry.digest == digest and entry.still_calls(bodies):
            file = _FileRead(path, entry, read_again)
            return self._with(
                name,
                entry,
                [_CachedRecord(kind, file, (*way,), Facts(*rest)) for way, *rest in entry.facts],
            )
        found = list(load_content(kind, path, raw, bodies))
        self._anew += 1
        if self._anew % TIDY == 0:
            gc.collect(0)  # what reading leaves goes in circles, and the collector is off
        good = [item for item in found if isinstance(item, Loaded)]
        if not good or good != found or any(any(own_problems(item)) for item in good):
            return found
        entry = _entry(name, digest, good)
        file = _FileRead(path, None, read_again)
        return self._with(
            name,
            entry,
            [_CachedRecord(kind, file, one.where, one.facts, one.record) for one in good],
        )

    def _with(
        self, name: str, entry: _CachedFile, records: list[_CachedRecord]
    ) -> list[_CachedRecord]:
        if [(record.kind, record.where) for record in records] in ALONE:
            records[0].bones = entry.bones
        self._now[name], self._kept[name] = entry, records
        return records

    def hold(self, contents: Contents) -> None:
        """Hold the records to the texts of their documents, except where that was done before."""
        documents = self._now.get(DOCUMENTS)
        if not documents:
            return
        holding = Holding(contents, documents.digest)
        for name, records in self._kept.items():
            entry, digest = self._now[name], holding.digest(records)
            for loaded in records:
                loaded.against = () if entry.held == digest else holding.against(loaded)
            if entry.held != digest and all(loaded.against == () for loaded in records):
                self._now[name] = _held(name, entry, digest)

    def write(self) -> None:
        """Keep what was read, if anything changed and it can be kept."""
        before, now = (
            {name: (entry.digest, entry.held) for name, entry in entries.items()}
            for entries in (self._before, self._now)
        )
        if before == now:
            return
        heads = b",\n".join(entry.head for entry in self._now.values())
        with suppress(OSError):
            if _is_made(self._path.parent):
                data = (entry.data for entry in self._now.values())
                _write(self._path, [self._header(heads), heads, END, *data])

    def _header(self, heads: bytes) -> bytes:
        return f"{self._version} {hashlib.sha256(heads).hexdigest()}\n".encode()

    def _read(self) -> dict[str, _CachedFile]:
        """Return what was kept; nothing if of another version, damaged, or another user's."""
        try:
            if not _is_ours(self._path.parent):
                return {}
            raw = read_bytes(self._path, LARGEST)
        except (OSError, ReporterError):
            return {}
        begin, end = raw.find(b"\n") + 1, raw.find(END)
        if end < 0 or raw[:begin] != self._header(heads := raw[begin:end]):
            return {}
        found, data, at = {}, memoryview(raw), end + len(END)
        for head, values in zip(heads.split(b",\n"), json.loads(b"[%b]" % heads), strict=True):
            name, length, digest, facts, called, check, held, bare = values
            kept = data[at : at + length]
            found[name] = _CachedFile(digest, facts, called, check, held, bare, kept, head)
            at += length
        return found


class _CachedFile(NamedTuple):
    """A file of records: the digest of its content, the facts of each record, its plain data."""

    digest: str
    facts: list[list[Any]]
    called: list[list[str | None]]
    """The bodies that are named by an abbreviation: its side, the abbreviation, the id."""
    check: int
    """What finds a damage in the data."""
    held: str
    """The digest of what it was held to without a problem."""
    bones: str
    """The digest of its data without their sentences."""
    data: bytes | memoryview
    head: bytes
    """All but the data, as it is written."""

    def still_calls(self, bodies: Bodies) -> bool:
        """Return whether each abbreviation, and each side, is that of the body of which it was."""
        return all(
            bodies.called(name, side) == [body] if name else bodies.side_of(str(body)) == side
            for side, name, body in self.called
        )


def _entry(name: str, digest: str, records: list[Loaded]) -> _CachedFile:
    facts = [[list(loaded.where), *loaded.facts] for loaded in records]
    source = records[0].source
    data, called = json.dumps(source.data).encode(), [list(each) for each in source.called]
    entry = _CachedFile(digest, facts, called, zlib.crc32(data), "", bones(data), data, b"")
    return _held(name, entry, "")


def _held(name: str, entry: _CachedFile, held: str) -> _CachedFile:
    """Return an entry with what it was held to."""
    *rest, _, bare, data, _ = entry
    head = json.dumps([name, len(data), *rest, held, bare]).encode()
    return entry._replace(held=held, head=head)


class _FileRead:
    """A file whose content is known."""

    def __init__(
        self, path: Path, entry: _CachedFile | None, read_again: Callable[[], Source]
    ) -> None:
        self.path = path
        self._entry = entry
        self._read_again = read_again

    @cached_property
    def data(self) -> Any:  # noqa: ANN401 (plain data)
        """Its plain data, kept for all records in it."""
        return self.taken()

    def taken(self) -> Any:  # noqa: ANN401 (plain data)
        """Return its plain data, and let go of what was kept of it, since records are made once.

        Where that is damaged, or gone, the file itself is read.
        """
        entry, self._entry = self._entry, None
        if entry is None or zlib.crc32(entry.data) != entry.check:
            return self.source.data
        return json.loads(bytes(entry.data))

    @cached_property
    def source(self) -> Source:
        """The positions in it, which only problems need."""
        return self._read_again()


class _CachedRecord(Loaded):
    """A record that was read before, or need not be looked at again; without all its positions."""

    def __init__(
        self, kind: Kind, file: _FileRead, where: Path_, facts: Facts, record: Record | None = None
    ) -> None:
        self.kind = kind.name
        self.path = file.path
        self.where = where
        self.sound = True
        self.facts = facts
        self._kind = kind
        self._file = file
        if record:
            self.record = record

    @cached_property
    def record(self) -> Record:
        data = self._file.data[self.where[0]] if self.where else self._file.taken()
        return placed(self._kind, self._kind.model.model_validate(data))

    @property
    def source(self) -> Source:
        return self._file.source


def _folder() -> Path:
    """Return the user's folder for caches, as systems agree on it."""
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    is_known = os.environ.get("HOME") != ""
    home = os.path.expanduser("~") if is_known else ""  # noqa: PTH111 (there may be none)
    return (named if named.is_absolute() else Path(home, ".cache")) / "reporter"


def _is_made(folder: Path) -> bool:
    """Make a folder and its parent, and return whether it is ours.

    A user without a home is not given one.
    """
    if not folder.is_absolute():
        return False
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, exist_ok=True)
    return _is_ours(folder)


def _is_ours(folder: Path) -> bool:
    """Return whether a folder is one of the user's own, into which nobody else writes."""
    found = os.lstat(folder)
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o022
    )


def _write(path: Path, parts: Iterable[bytes | memoryview]) -> None:
    """Write a whole file for this user alone, and remove those of projects not read for long."""
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(parts)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    found = sorted(path.parent.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime)
    for old in found[:-MOST]:
        old.unlink(missing_ok=True)


def _version() -> str:
    """Return a digest of all that makes records of files: our own sources, and the libraries."""
    found = hashlib.sha256(f"{sys.version} {PARSER} {VALIDATOR}".encode())
    for folder in (HERE, HERE / "records", HERE / "library", HERE / "sources"):
        for path in sorted(folder.glob("*.py")):
            found.update(path.read_bytes())
    return found.hexdigest()
