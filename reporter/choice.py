"""What somebody wants to be built. Plain values, so that the command line can say it without reading a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ReportName = Literal["meeting", "upcoming", "comparison", "agreement", "ledger", "series", "index"]


def meeting_id(number: int) -> str:
    """Return the id by which records refer to a meeting, which is also the name of its report."""
    return f"meeting-{number:02}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One report; without a kind, everything."""

    kind: ReportName | None = None
    meetings: tuple[int, ...] = ()
    agreement: str | None = None

    @property
    def needs(self) -> tuple[str, ...]:
        """Ids of the records without which the report cannot be."""
        return (*map(meeting_id, self.meetings), *([self.agreement] if self.agreement else []))
