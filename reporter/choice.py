"""What somebody wants to build.

It is plain values, so that the command line can say it without reading a record.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

from reporter.filters import ID, Filters
from reporter.formats import FORMATS, PAGES
from reporter.kinds import KINDS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import Self

    from reporter.kinds import Argument

EditionName = Literal["internal", "public", "reviewed", "public-reviewed"]
EDITIONS: tuple[EditionName, ...] = get_args(EditionName)
PaperName = Literal["A4", "Letter"]


def is_public(edition: EditionName) -> bool:
    """Return whether an edition leaves out what is internal."""
    return edition.startswith("public")


def is_four_eyed(edition: EditionName) -> bool:
    """Return whether an edition leaves out what nobody has reviewed as it stands."""
    return edition.endswith("reviewed")


LAST_NUMBER = 9999  # of a meeting
NUMBERED = re.compile("meeting-[0-9]+")  # the id of a meeting that its number names
MeetingKey = int | str
"""By which a meeting is known in its series: its number, or the id of one that has none."""
AFTER_SERIES = "--"  # in the name of a file: what no id has


def meeting_id(key: MeetingKey, series: str = "") -> str:
    """Return the id by which records refer to a meeting: ``meeting-08``, ``talks/meeting-08``.

    One that its number does not name goes by an id of its own: ``talks/call-2024-05``.
    """
    name = f"meeting-{key:02}" if isinstance(key, int) else key
    return f"{series}/{name}" if series else name


def meeting_report_id(key: MeetingKey, series: str = "") -> str:
    """Return the name of the files of the report on a meeting."""
    return file_name(KINDS["meeting"].report((key,)), series)


def report_on_meeting(meeting: str) -> str:
    """Return the name of the files of the report on the meeting with this id."""
    series, _, name = meeting.rpartition("/")
    return file_name(name if NUMBERED.fullmatch(name) else f"meeting-{name}", series)


def file_name(report: str, series: str = "") -> str:
    """Return the name of a report's files: that of one on a series begins with the series.

    No id has two hyphens together, so that the name tells where the one ends.
    """
    return f"{series}{AFTER_SERIES}{report}" if series else report


def comparison_id(first: MeetingKey, second: MeetingKey, series: str = "") -> str:
    """Return the name of the comparison of two meetings, in whichever order they are named."""
    kind = KINDS["comparison"]
    return file_name(kind.report(kind.ordered((first, second))), series)


def agreement_id(name: str) -> str:
    """Return the name of the report on an agreement."""
    return f"agreement-{name}"


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom, and on what."""

    name: EditionName = "internal"
    paper: PaperName | None = None
    """None: the paper of the project."""
    desk: str = ""
    """The side whose briefing it is; empty: that of the project."""
    predictions: bool = False
    """Whether pages print what others predicted, also where the project does not say so."""


INTERNAL = Edition()
FEED = "feed.xml"
"""The name of the feed that ``reporter changes`` writes beside the outputs, linked by the index."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One report; without a kind, everything."""

    kind: str | None = None
    arguments: tuple[Argument, ...] = ()
    """What the report is about: numbers of meetings, ids of other records."""
    formats: tuple[str, ...] = PAGES
    """In which pages are made."""
    there: frozenset[str] = frozenset()
    """Files of pages that were made before, to which the index leads, too; and the feed."""
    series: str = ""
    """The id of the series that it is about; nothing of the project's own, or of all."""

    @property
    def report(self) -> str | None:
        """Name of the report's files, without the ending; None for everything."""
        if self.kind is None:
            return None
        kind = KINDS[self.kind]
        return file_name(kind.report(kind.ordered(self.arguments)), self.series)

    @classmethod
    @cache
    def named(cls, report: str) -> Self | None:
        """Return the choice of the report whose files have this name; None where no report has."""
        series, mark, rest = report.partition(AFTER_SERIES)
        is_series = bool(mark) and bool(re.fullmatch(ID, series))
        places = [("", report)] + ([(series, rest)] if is_series else [])
        for name, kind in KINDS.items():
            own = kind.of_series or kind.in_series
            if mark and not own and AFTER_SERIES not in kind.file:
                continue
            for of, file in places if own else places[:1]:
                arguments = kind.arguments(file)
                if arguments is not None and len(set(arguments)) == len(arguments):
                    return cls(name, arguments, series=of)
        return None

    def pages(self, report: str) -> tuple[str, ...]:
        """Return the formats in which a report has a page after this build, the main one first.

        Where no page is built, an index still leads to where the main one would be.
        """
        found = tuple(
            ending
            for ending in PAGES
            if ending in self.formats or f"{report}.{ending}" in self.there
        )
        return found or PAGES[:1]

    @property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """The records without which the report cannot be: kind and id of each."""
        takes = KINDS[self.kind].takes if self.kind else ()
        if takes == ("filters",):
            filters = Filters.named(str(self.arguments[0]))
            return filters.needs if filters else ()
        if takes == ("promises",):
            name = str(self.arguments[0])
            return (("promises", f"{self.series}/{name}" if self.series else name),)
        return (
            *((("series", self.series),) if self.series else ()),
            *(
                (kind, meeting_id(name, self.series) if kind == "meeting" else str(name))
                for kind, name in zip(takes, self.arguments, strict=True)
            ),
        )


EVERYTHING = Choice()


class Stamp(NamedTuple):
    """Which report a file is, as it says of itself."""

    report: str
    """Name of its files, without the ending."""
    series: str
    """The series of meetings that it is about."""
    day: date
    """The day for which it speaks."""
    edition: str
    desk: str
    """The side whose briefing it is; empty where it is nobody's."""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A report in a file that somebody kept, with which one of today is compared."""

    path: Path
    content: bytes
    stamp: Stamp


@dataclass(frozen=True, slots=True)
class Options:
    """What to build, and how."""

    project: Path
    output: Path
    day: date
    """The day for which to evaluate."""
    asked: bool
    """Whether that day was asked for."""
    choice: Choice
    jobs: int = 1
    limit: float = 120.0
    """Seconds that a report may take."""
    force: bool = False
    """Render what did not change, too."""
    prune: bool = False
    """Remove the files of reports that no longer exist."""
    check: bool = False
    """Write nothing: say what would be written."""
    exports: tuple[str, ...] = ()
    """Formats for other programs."""
    edition: Edition = INTERNAL
    scheduler: str = ""
    """Address of the Dask scheduler whose workers print; without one, this machine does."""
    since: date | None = None
    """The day since which changes are shown, by the formats that show them."""
    kept: KeptFile | None = None
    """The file since which they are shown, in place of a day."""
    variable: str = ""
    """The variable of the environment that gave the day, if one did."""

    @property
    def formats(self) -> tuple[str, ...]:
        """All formats that are wanted."""
        return (*self.choice.formats, *self.exports)

    def names(self, report: str) -> tuple[str, ...]:
        """Return the names of a report's files, in the formats that it has."""
        choice = Choice.named(report)
        known = KINDS[choice.kind].formats if choice and choice.kind else ()
        beside = tuple(ending for ending in known if FORMATS[ending].beside in self.formats)
        return tuple(f"{report}.{ending}" for ending in (*self.formats, *beside) if ending in known)
