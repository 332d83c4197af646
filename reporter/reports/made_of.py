"""Which records a report is made of, as far as that is known: it tells of no others.

What is shared is a part of every report. Of the meetings, a report on a series has its own, one on
an agreement or a programme those that name it, the page of a year those of the year; and with each,
those that it names and that name it. The sentences of a record are a part of those reports only
that read them the last time: with all else the same, a report reads the same again.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from reporter.library import identity
from reporter.outputs.digests import digest
from reporter.records.meeting import Meeting
from reporter.records.prose import EVERY
from reporter.records.references import parts
from reporter.records.reviews import is_changed
from reporter.reports.common.mid_sentence import names_written

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from reporter.records import Record
    from reporter.records.project import Contents, Loaded
    from reporter.reports import Selection
    from reporter.reports.common.context import Context


class MadeOf:
    """The digests of all that each report is made of."""

    def __init__(
        self,
        contents: Contents,
        read: Mapping[Path, str],
        context: Context | None = None,
        always: Iterable[Record] = (),
    ) -> None:
        """Take all records, and the digest of each file of them.

        Without a context, and the parts of which ``always`` a sentence was read, the sentences of
        all are a part of each report.
        """
        meetings = [item for item in contents.records if isinstance(item.record, Meeting)]
        common = context.library.owners(always) if context else None
        told = _told(contents) if common is not None else []
        bare = {**read, **{item.path: item.bones for item in told}}
        self._sentences = {item.facts.id: read[item.path] for item in told}
        self._every = digest(*(self._sentences[name] for name in sorted(self._sentences)))
        self._files = {item.facts.id: bare[item.path] for item in meetings}
        self._shared = digest(
            *_files(bare, contents.settings_source.path.parent, {item.path for item in meetings}),
            *(self._sentences.get(name, "") for name in common or ()),
            *_outdated(contents, context),
        )
        self._names_written = cache(partial(_names_written, context))
        self._owners = {name: item.facts.id for item in meetings for _, name in item.facts.ids}
        self._naming: dict[str, set[str]] = {}
        for item in meetings:
            for name in _names(item):
                self._naming.setdefault(name, set()).add(item.facts.id)
        self._near = dict(self._neighbours(meetings))
        own = {item.path for item in meetings}
        shared = (item for item in contents.records if item.path not in own)
        self._always = {
            self._owners[name] for item in shared for name in _names(item, self._owners)
        }
        self._known: dict[tuple[object, ...], str] = {}

    def _neighbours(self, meetings: Iterable[Loaded]) -> Iterator[tuple[str, set[str]]]:
        """Yield each meeting with those that it names, or that name it or a part of it."""
        for item in meetings:
            named = {self._owners[name] for name in _names(item, self._owners)}
            naming = (self._naming.get(name, ()) for _, name in item.facts.ids)
            yield item.facts.id, named.union(*naming)

    def digest(self, selection: Selection, worded: str = EVERY) -> str:
        """Return the digest of all that a report is made of; nothing where that is not known.

        ``worded`` has the ids of the records of which it read sentences, or stands for all.
        """
        if selection.told is None:
            return ""
        if worded == EVERY:
            return digest(self._of_kind(selection), self._every)
        sentences = (self._sentences.get(name, "") for name in worded.split())
        return digest(self._of_kind(selection), *sentences)

    def _of_kind(self, selection: Selection) -> str:
        """Return the digest of all that all reports of its kind on the same records are made of."""
        told = selection.told or ""
        key = selection.about, selection.template, told, selection.series
        if key not in self._known:
            about = selection.about
            found = sorted(self._files if about is None else self._reached(about))
            files = (part for name in found for part in (name, self._files[name]))
            names = self._names_written(selection.series)
            self._known[key] = digest(self._shared, selection.template, told, *names, *files)
        return self._known[key]

    def _reached(self, about: Iterable[str]) -> set[str]:
        """Return the meetings that are these records or name them, and all that these lead to."""
        ahead, found = {*self._always}, set[str]()
        for name in about:
            ahead |= self._naming.get(name, set())
            ahead |= {self._owners[name]} if name in self._owners else set()
        while ahead:
            found |= ahead
            ahead = {other for one in ahead for other in self._near[one]} - found
        return found


def _told(contents: Contents) -> list[Loaded]:
    """Return the records that are known without their sentences."""
    ids = Counter(item.facts.id for item in contents.records)
    return [item for item in contents.records if item.bones and ids[item.facts.id] == 1]


def _files(read: Mapping[Path, str], data: Path, without: Container[Path]) -> Iterator[str]:
    """Yield the names and digests of files in ``data``."""
    for path in sorted(path for path in read if path.is_relative_to(data)):
        if path not in without:
            yield from (path.relative_to(data).as_posix(), read[path])


def _outdated(contents: Contents, context: Context | None) -> Iterator[str]:
    """Yield the parts of records that no longer say what was reviewed."""
    reviewed = {item.facts.id for item in contents.records if item.facts.reviewed}
    for record in context.library.written if context else ():
        if identity(record) in reviewed:
            yield from (
                f"{identity(record)} {way}" for way, part in parts(record) if is_changed(part)
            )


def _names_written(context: Context | None, series: str | None) -> tuple[str, ...]:
    """Return what begins otherwise inside of a sentence: in a series, or in each and in all."""
    if context is None:
        return ()
    library = context.library
    parts = {id(part): part for part in (library, *library.parts.values())}
    here = parts.values() if series is None else (library.part(series),)
    return tuple(word for part in here for word in names_written(replace(context, library=part)))


def _names(item: Loaded, among: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the ids that a record names: all, or those that are in a mapping."""
    for names in item.facts.names.values():
        yield from (name for name in names if among is None or name in among)
