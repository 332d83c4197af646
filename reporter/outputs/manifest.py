"""What was made from what: a dot-file among the outputs. Without it, everything is made anew.

For each output it has the digest of its bytes (the same as from ``sha256sum``), of what it says,
and of all that it was made from: records, look and tool, day. It holds no time and no path, so that
the same build leaves the same manifest.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporter.formats import FORMATS
from reporter.problems import Problem, ReporterError
from reporter.text import LARGEST_OTHER, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

NAME = ".reporter.json"
FORMAT = 4
# The name of an output, and of a report; a manifest from elsewhere names nothing else.
OUTPUT = re.compile(rf"[a-z0-9-]+\.({'|'.join(FORMATS)})")
DAY = re.compile(r"\d{4}-\d\d-\d\d")  # without anything that was asked for
REPORT = re.compile(r"[a-z0-9-]+")
PLACE = re.compile(r"(templates/[^\n]+:\d{1,9}:\d{1,9})?")  # in a stylesheet of the project

Warning_ = tuple[str, str, str]  # message, hint, and the place in a stylesheet, if it is about one


@dataclass(frozen=True, slots=True)
class OutputEntry:
    """One output."""

    digest: str
    day: str
    says: str
    look: str = ""
    """Nothing where templates were others while they were read."""
    records: str = ""
    """Nothing where there was something to say of other records, which is to be said each time."""
    made_of: str = ""
    """Of a format that is made of another one: the digest of that, and of what makes it."""
    warnings: tuple[Warning_, ...] = ()
    """What the renderer said, to be said again."""
    part: str = ""
    """Digest of the records of which it is made, where that is known."""
    worded: str = ""
    """The ids of the records of which it reads sentences."""
    until: str = ""
    """The first day after its own on which it may say something else, where that is known."""

    def made_from(self, inputs: Mapping[str, str]) -> bool:
        """Return whether it was made from exactly this."""
        return {"records": self.records, "look": self.look, "day": self.day} == inputs

    def holds_on(self, day: str) -> bool:
        """Return whether it says the same on a day, made from the same."""
        return self.day == day or bool(DAY.fullmatch(day) and self.day <= day < self.until)

    def problems(self, report: str) -> tuple[Problem, ...]:
        """Return what the renderer said."""
        return tuple(_told(report, *warning) for warning in self.warnings)


@dataclass
class Manifest:
    """The outputs of a folder."""

    files: dict[str, OutputEntry] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    """What the last full build was made from."""
    reports: tuple[str, ...] = ()
    """The reports of that build."""
    alone: tuple[str, ...] = ()
    """Those that were built by themselves only: the briefing before a meeting, a comparison of
    others than neighbours."""
    linked: str = ""
    """Digest of the pages to which the index leads; nothing where an index is older."""
    edition: str = ""
    """The edition of all outputs: two in one folder would be taken for one another."""

    @classmethod
    def of(cls, folder: Path) -> Manifest:
        """Return the manifest in a folder; an empty one where there is none that can be used."""
        return cls.parsed(content_of(folder / NAME) or b"")

    @classmethod
    def parsed(cls, content: bytes) -> Manifest:
        """Return the manifest in these bytes; an empty one where there is none that can be used."""
        try:
            data: Any = json.loads(content)
            files = {
                name: _entry(values)
                for name, values in data["files"].items()
                if OUTPUT.fullmatch(name)
            }
            alone, reports = _names(data["alone"]), _names(data["reports"])
            inputs, linked, edition = {**data["inputs"]}, str(data["linked"]), str(data["edition"])
            known = cls(files, inputs, reports, alone, linked, edition)
            return known if data["format"] == FORMAT else cls()
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls()

    def content(self) -> bytes:
        """Return the bytes of its file: JSON, in which an output has a line."""
        rest = {name: value for name, value in vars(self).items() if name != "files"}
        head = json.dumps({"format": FORMAT, **rest}, indent=1, sort_keys=True).removesuffix("\n}")
        entries = ((name, _noted(entry)) for name, entry in sorted(self.files.items()))
        files = ",\n".join(f"  {json.dumps(name)}: {json.dumps(entry)}" for name, entry in entries)
        return f'{head},\n "files": {{\n{files}\n }}\n}}\n'.encode()

    @property
    def left(self) -> tuple[str, ...]:
        """The outputs of reports that the last full build no longer had."""
        known = {*self.reports, *self.alone}
        names = (name for name in self.files if name.rpartition(".")[0] not in known)
        return tuple(sorted(names)) if self.reports else ()

    @property
    def pages(self) -> frozenset[str]:
        """The outputs that are pages."""
        return frozenset(name for name in self.files if FORMATS[name.rpartition(".")[2]].page)


def content_of(path: Path, largest: int = LARGEST_OTHER) -> bytes | None:
    """Return the content of an output or a manifest; None where there is none."""
    try:
        return read_bytes(path, largest, within=path.parent, unnoted=True)
    except ReporterError:
        return None


def _names(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names of reports; what is none makes a manifest unusable."""
    names = (*map(str, values),)
    if not all(map(REPORT.fullmatch, names)):
        raise ValueError
    return names


def _noted(entry: OutputEntry) -> dict[str, object]:
    values = ((item.name, getattr(entry, item.name)) for item in fields(entry))
    return {name: value for name, value in values if value}


def _entry(values: dict[str, Any]) -> OutputEntry:
    known = (item.name for item in fields(OutputEntry) if item.name != "warnings")
    words = {key: str(values[key]) for key in known if values.get(key)}
    told = tuple(
        (str(message), str(hint), str(place)) for message, hint, place in values.get("warnings", ())
    )
    if not all(PLACE.fullmatch(place) for _, _, place in told):
        raise ValueError
    return OutputEntry(**words, warnings=told)


def warning(problem: Problem) -> Warning_:
    """Return a warning of a report as it is noted."""
    place = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else ""
    return (problem.message, problem.hint, place)


def _told(report: str, message: str, hint: str, place: str) -> Problem:
    """Return what was noted, as it was."""
    path, line, column = place.rsplit(":", 2) if place else (report, "0", "0")
    return Problem(Path(path), message, hint, int(line), int(column), severity="warning")
