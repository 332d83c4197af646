"""What somebody wants to be built. Plain values, so that the command line can say it without reading a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

EditionName = Literal["internal", "public"]
PaperName = Literal["A4", "Letter"]
ReportName = Literal["meeting", "upcoming", "comparison", "agreement", "ledger", "series", "index"]


def meeting_id(number: int) -> str:
    """Return the id by which records refer to a meeting, which is also the name of its report."""
    return f"meeting-{number:02}"


@dataclass(frozen=True, slots=True)
class Edition:
    """For whom, and on what."""

    name: EditionName = "internal"
    paper: PaperName | None = None
    """None: the paper of the project."""


INTERNAL = Edition()


@dataclass(frozen=True, slots=True)
class Choice:
    """One report; without a kind, everything."""

    kind: ReportName | None = None
    meetings: tuple[int, ...] = ()
    agreement: str | None = None

    @property
    def report(self) -> str | None:
        """Name of the report's files, without the ending; None for everything."""
        match self.kind:
            case "meeting" | "upcoming":
                return meeting_id(self.meetings[0])
            case "comparison":
                return "compare-" + "-".join(f"{number:02}" for number in sorted(self.meetings))
            case "agreement":
                return f"agreement-{self.agreement}"
            case _:
                return self.kind

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of the records without which the report cannot be."""
        return (*map(meeting_id, self.meetings), *([self.agreement] if self.agreement else []))


@dataclass(frozen=True, slots=True)
class Order:
    """What to build, and how."""

    project: Path
    output: Path
    day: date
    """The day for which to evaluate."""
    asked: bool
    """Whether that day was asked for."""
    choice: Choice
    formats: tuple[str, ...] = ("html", "pdf")
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

    def names(self, report: str) -> tuple[str, ...]:
        """Return the names of a report's files."""
        return tuple(f"{report}.{ending}" for ending in self.formats)
