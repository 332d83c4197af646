"""What somebody wants to build.

It is plain values, so that the command line can say it without reading a record.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from reporter.formats import PAGES
from reporter.kinds import KINDS

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path
    from typing import Self

    from reporter.kinds import Argument

EditionName = Literal["internal", "public"]
PaperName = Literal["A4", "Letter"]


LAST_NUMBER = 9999  # of a meeting


def meeting_id(number: int) -> str:
    """Return the id by which records refer to a meeting, which is also the name of its report."""
    return f"meeting-{number:02}"


def comparison_id(first: int, second: int) -> str:
    """Return the name of the comparison of two meetings, the earlier one first."""
    return f"compare-{first:02}-{second:02}"


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


INTERNAL = Edition()


@dataclass(frozen=True, slots=True)
class Choice:
    """One report; without a kind, everything."""

    kind: str | None = None
    arguments: tuple[Argument, ...] = ()
    """What the report is about: numbers of meetings, ids of other records."""
    formats: tuple[str, ...] = PAGES
    """In which pages are made."""
    there: frozenset[str] = frozenset()
    """Files of pages that were made before, to which the index leads, too."""

    @property
    def report(self) -> str | None:
        """Name of the report's files, without the ending; None for everything."""
        if self.kind is None:
            return None
        kind = KINDS[self.kind]
        return kind.report(kind.ordered(self.arguments))

    @classmethod
    def named(cls, report: str) -> Self | None:
        """Return the choice of the report whose files have this name; None where no report has."""
        for name, kind in KINDS.items():
            arguments = kind.arguments(report)
            if arguments is not None and len(set(arguments)) == len(arguments):
                return cls(name, arguments)
        return None

    def pages(self, report: str) -> tuple[str, ...]:
        """Return the formats in which a report has a page after this build, the main one first.

        Where no page is built, an index still leads to where the main one would be.
        """
        found = tuple(
            form for form in PAGES if form in self.formats or f"{report}.{form}" in self.there
        )
        return found or PAGES[:1]

    @property
    def needs(self) -> tuple[tuple[str, str], ...]:
        """The records without which the report cannot be: kind and id of each."""
        takes = KINDS[self.kind].takes if self.kind else ()
        return tuple(
            (kind, meeting_id(name) if isinstance(name, int) else name)
            for kind, name in zip(takes, self.arguments, strict=True)
        )


EVERYTHING = Choice()


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
        return tuple(f"{report}.{form}" for form in self.formats if form in known)
