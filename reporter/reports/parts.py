"""Of which records a report is made, where that is known: of others it tells nothing.

What is shared is a part of every report. Of the meetings, a report on a series has its own, one on
an agreement or a programme those that name it, the page of a year those of the year; and with each,
those that it names and that name it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.outputs.digests import digest
from reporter.records.meeting import Meeting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from reporter.records.project import Contents, Loaded
    from reporter.reports import Selection


class Parts:
    """The digests of all that each report is made of."""

    def __init__(self, contents: Contents, read: Mapping[Path, str]) -> None:
        """Take all records, and the digest of each file of them."""
        meetings = [item for item in contents.records if isinstance(item.record, Meeting)]
        own = {item.path for item in meetings}
        data = contents.settings_source.path.parent
        self._files = {item.facts.id: read[item.path] for item in meetings}
        self._shared = digest(
            *(
                part
                for path in sorted(path for path in read if path.is_relative_to(data))
                if path not in own
                for part in (path.relative_to(data).as_posix(), read[path])
            )
        )
        self._owners = {name: item.facts.id for item in meetings for _, name in item.facts.ids}
        self._naming: dict[str, set[str]] = {}
        for item in meetings:
            for name in _names(item):
                self._naming.setdefault(name, set()).add(item.facts.id)
        self._near = dict(self._neighbours(meetings))
        shared = (item for item in contents.records if item.path not in own)
        self._always = {
            self._owners[name] for item in shared for name in _names(item, self._owners)
        }
        self._known: dict[tuple[frozenset[str] | None, str, str], str] = {}

    def _neighbours(self, meetings: Iterable[Loaded]) -> Iterator[tuple[str, set[str]]]:
        """Yield each meeting with those that it names, or that name it or a part of it."""
        for item in meetings:
            named = {self._owners[name] for name in _names(item, self._owners)}
            naming = (self._naming.get(name, ()) for _, name in item.facts.ids)
            yield item.facts.id, named.union(*naming)

    def digest(self, selection: Selection) -> str:
        """Return the digest of all that a report is made of; nothing where that is not known."""
        if selection.told is None:
            return ""
        key = selection.about, selection.template, selection.told
        if key not in self._known:
            about = selection.about
            found = sorted(self._files if about is None else self._reached(about))
            files = (part for name in found for part in (name, self._files[name]))
            self._known[key] = digest(self._shared, selection.template, selection.told, *files)
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


def _names(item: Loaded, among: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield the ids that a record names: all, or those that are in a mapping."""
    for names in item.facts.names.values():
        yield from (name for name in names if among is None or name in among)
