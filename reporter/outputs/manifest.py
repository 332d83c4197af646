"""What was built from what: a dot-file among the outputs. Without it, everything is rendered anew.

Of each output it has the digest of its bytes (``sha256sum`` gives the same), of the view that it shows, and of all that it
was made from: records, templates and tool, day. Of a PDF it has also the digest of its input, which stands in the PDF too.
It holds no time and no path, so that the same build leaves the same manifest.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reporter.formats import FORMATS
from reporter.kinds import PAGES
from reporter.outputs.digests import digest
from reporter.outputs.files import write
from reporter.problems import Problem, ReporterError
from reporter.text import LARGEST_OTHER, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

NAME = ".reporter.json"
FORMAT = 3
LARGEST = 256 * 1024 * 1024  # bytes of an output; what is larger is not what was written
OUTPUT = re.compile(
    r"[a-z0-9-]+\.(html|pdf|json|csv|ics)"
)  # the name of one; a manifest from elsewhere names nothing else
REPORT = re.compile(r"[a-z0-9-]+")
PLACE = re.compile(r"(templates/[^\n]+:\d{1,9}:\d{1,9})?")  # in a stylesheet of the project

NEW = "it was not built before"
MISSING = "it is missing"
EDITED = "it was edited by hand"
VIEW = "what it says changed"
DAY = "what it says changed with the day"
LOOK = "a template or the tool changed"
FORCED = "it was asked for with --force"


@dataclass(frozen=True, slots=True)
class Entry:
    """One output."""

    digest: str
    look: str
    day: str
    view: str
    records: str = ""
    """Nothing where there was something to say of other records, which is to be said each time."""
    input: str = ""
    """Of a PDF: the digest of page, embedded record, renderer and fonts."""
    warnings: tuple[tuple[str, str, str], ...] = ()
    """What the renderer said, to be said again: message, hint, and the place in a stylesheet, if it was about one."""

    def made_from(self, inputs: Mapping[str, str]) -> bool:
        """Return whether it was made from exactly this."""
        return {"records": self.records, "look": self.look, "day": self.day} == inputs


@dataclass(frozen=True, slots=True)
class Done:
    """What a build has done with the outputs of a folder."""

    reasons: Mapping[str, str] = field(default_factory=dict)
    """Those that were renewed, or would be, and why."""
    unchanged: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    """The reports that could not be made."""
    problems: tuple[Problem, ...] = ()

    def plus(self, other: Done) -> Done:
        """Return both together."""
        return Done(
            {**self.reasons, **other.reasons},
            self.unchanged + other.unchanged,
            self.failed + other.failed,
            self.problems + other.problems,
        )


@dataclass
class Manifest:
    """The outputs in a folder."""

    folder: Path
    files: dict[str, Entry] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    """What the last full build was made from."""
    reports: tuple[str, ...] = ()
    """The reports of that build."""
    alone: tuple[str, ...] = ()
    """Those that were built by themselves only: the briefing before a meeting, a comparison of others than neighbours."""
    linked: str = ""
    """Of the pages to which the index of that build leads, as ``links`` returns it; nothing where an index is older."""
    edition: str = ""
    """The edition of all outputs: two in one folder would be taken for one another."""
    _states: dict[str, str] = field(default_factory=dict)
    _claimed: bool = False

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Return the manifest in ``folder``; an empty one where there is none that can be used."""
        try:
            data: Any = json.loads(_content(folder / NAME, LARGEST_OTHER) or b"")
            files = {
                name: _entry(values)
                for name, values in data["files"].items()
                if OUTPUT.fullmatch(name)
            }
            alone, reports = _names(data.get("alone", ())), _names(data["reports"])
            linked = str(data.get("linked", ""))
            known = cls(
                folder, files, {**data["inputs"]}, reports, alone, linked, str(data["edition"])
            )
            return known if data["format"] == FORMAT else cls(folder)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            return cls(folder)

    def write(self, *, always: bool = False) -> None:
        """Write it, if that changes anything, and if there is an output or it is to be there ``always``. Raises ReporterError."""
        files = {
            name: {key: value for key, value in asdict(entry).items() if value}
            for name, entry in self.files.items()
        }
        data = {
            "format": FORMAT,
            "edition": self.edition,
            "inputs": self.inputs,
            "reports": self.reports,
            "files": files,
        }
        data |= {"linked": self.linked} if self.linked else {}
        reports = {name.rpartition(".")[0] for name in self.files}
        data |= (
            {"alone": alone}
            if (alone := [report for report in self.alone if report in reports])
            else {}
        )
        content = (json.dumps(data, indent=1, sort_keys=True) + "\n").encode()
        before = _content(self.folder / NAME, LARGEST_OTHER)
        if before != content and (self.files or before or always):
            write(self.folder / NAME, content)

    def claim(self) -> None:
        """Say on disk of which edition the folder is, before the first output is there: a build may be killed. Raises ReporterError."""
        if not self._claimed and not self.files:
            self.write(always=True)
        self._claimed = True

    def keep_to(self, edition: str) -> None:
        """Make this the edition of the folder. Raises ReporterError where it holds another one."""
        if self.edition and self.edition != edition and self._holds_any():
            message = f"the folder holds the {self.edition} edition: the {edition} one does not go into it"
            raise ReporterError(
                [Problem(self.folder, message, "choose another folder with --output")]
            )
        self.edition = edition

    def _holds_any(self) -> bool:
        """Return whether there are outputs in the folder, noted or not."""
        return bool(self.files) or any(
            OUTPUT.fullmatch(path.name) for path in self.folder.glob("*.*")
        )

    def strangers(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return a problem for each file of these names that no build has written."""
        hint = "move it away, choose another folder with --output, or overwrite it with --force"
        return tuple(
            Problem(self.folder / name, "this file is not one of reporter's", hint)
            for name in names
            if name not in self.files and self._is_strange(self.folder / name)
        )

    @staticmethod
    def _is_strange(path: Path) -> bool:
        """Return whether there is a file that does not look like ours. A folder is in the way anyway."""
        if not os.path.lexists(path) or (path.is_dir() and not path.is_symlink()):
            return False
        content = None if path.is_symlink() else _content(path)
        return content is None or not FORMATS[path.suffix[1:]].mark.search(content)

    @property
    def pages(self) -> frozenset[str]:
        """The outputs that are pages."""
        return frozenset(name for name in self.files if name.rpartition(".")[2] in PAGES)

    def links(self, names: Iterable[str] = ()) -> str:
        """Return the digest of the names of all pages of the last full build's reports, once ``names`` are there, too."""
        return digest(
            *sorted(
                name for name in self.pages.union(names) if name.rpartition(".")[0] in self.reports
            )
        )

    def state(self, name: str) -> str:
        """Return what happened to an output since it was built; nothing where it is as it was."""
        if name not in self._states:
            self._states[name] = self._state(name)
        return self._states[name]

    def _state(self, name: str) -> str:
        if name not in self.files:
            return NEW
        content = _content(self.folder / name)
        if content is None:
            return MISSING
        return "" if digest(content) == self.files[name].digest else EDITED

    def is_current(self, names: Iterable[str], inputs: Mapping[str, str]) -> bool:
        """Return whether these outputs are as they were built, from exactly this."""
        return all(
            name in self.files and self.files[name].made_from(inputs) for name in names
        ) and not any(map(self.state, names))

    def reason(self, name: str, view: str, inputs: Mapping[str, str]) -> str:
        """Return why an output is renewed."""
        if state := self.state(name):
            return state
        entry = self.files[name]
        if entry.view == view:
            return LOOK
        only_day = (entry.records, entry.look) == (
            inputs["records"],
            inputs["look"],
        ) and entry.day != inputs["day"]
        return DAY if only_day else VIEW

    def keep(self, name: str, entry: Entry) -> None:
        """Note what an output is now."""
        self.files[name] = entry
        self._states[name] = ""

    def warnings(self, names: Iterable[str]) -> tuple[Problem, ...]:
        """Return what the renderer said of these outputs when they were built."""
        return tuple(
            _told(name.rpartition(".")[0], *warning)
            for name in names
            for warning in self.files[name].warnings
        )

    def remove(self, names: Iterable[str]) -> Iterator[Problem]:
        """Remove outputs; yield a problem for each that cannot be removed, which stays noted."""
        for name in names:
            try:
                (self.folder / name).unlink(missing_ok=True)
            except OSError as error:
                yield Problem(
                    self.folder / name, f"cannot be removed: {error.strerror}", "remove it by hand"
                )
            else:
                del self.files[name]

    @property
    def left(self) -> tuple[str, ...]:
        """The outputs of reports that the last full build no longer had."""
        known = {*self.reports, *self.alone}
        return (
            tuple(sorted(name for name in self.files if name.rpartition(".")[0] not in known))
            if self.reports
            else ()
        )


def _content(path: Path, largest: int = LARGEST) -> bytes | None:
    try:
        return read_bytes(path, largest, within=path.parent)
    except ReporterError:
        return None


def _names(values: Iterable[object]) -> tuple[str, ...]:
    """Return the names of reports; what is none makes a manifest unusable."""
    names = (*map(str, values),)
    if not all(map(REPORT.fullmatch, names)):
        raise ValueError
    return names


def _entry(values: dict[str, Any]) -> Entry:
    words = {
        key: str(value) for key, value in values.items() if key != "warnings" and value
    }  # as it is written: without what is empty
    told = tuple(
        (str(message), str(hint), str(place)) for message, hint, place in values.get("warnings", ())
    )
    if not all(PLACE.fullmatch(place) for _, _, place in told):
        raise ValueError
    return Entry(**words, warnings=told)


def warning(problem: Problem) -> tuple[str, str, str]:
    """Return a warning of a report as it is noted."""
    return (
        problem.message,
        problem.hint,
        f"{problem.path}:{problem.line}:{problem.column}" if problem.line else "",
    )


def _told(report: str, message: str, hint: str, place: str) -> Problem:
    """Return what was noted, as it was."""
    path, line, column = place.rsplit(":", 2) if place else (report, "0", "0")
    return Problem(Path(path), message, hint, int(line), int(column), severity="warning")
