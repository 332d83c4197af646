"""What can be built, as lines for a terminal."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reporter.choice import Choice, Edition
from reporter.filters import Filters
from reporter.language import language_of
from reporter.library import identity
from reporter.library.snapshot import Snapshot
from reporter.records import NAMES
from reporter.records.reviews import is_changed, is_reviewed, reviewable
from reporter.reports import Selection, selection
from reporter.reports.headings import title
from reporter.reports.matrix.rows import known as known_matrices
from reporter.reports.party.rows import known_parties
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reporter.choice import MeetingKey
    from reporter.language import Language
    from reporter.records import Record
    from reporter.reports.plan import BuildPlan


def listing(
    project: Path, day: date, *, asked: bool, desk: str = "", unreviewed: bool = False
) -> list[str]:
    """Return a line for each report of a full build: its id, its title, and its date if any.

    Below them is a line for parts of the ledger, for each party, for what many promised together,
    and for each coming meeting of which nothing was known on the day, with the command, since a
    full build leaves these out.
    ``asked`` says whether the ``day`` was asked for; those commands then ask for it, too. Where
    anything was reviewed, each report on a record says how far that one is; with ``unreviewed``,
    only those are listed of which something is not reviewed as it stands.
    """
    planned = plan(project, Choice(), day, asked=asked, edition=Edition(desk=desk))
    words = language_of(Theme.of(project), planned.library.project.language)
    if unreviewed:
        return _unreviewed(planned, words)
    others, reviews = list(_others(planned)), _reviews(planned)
    width = max(len(item.id) for item in (*planned.selections, *(item for item, _, _ in others)))
    told = day if asked else None
    return [
        *(_line(item, words, width, reviews.get(item.id)) for item in planned.selections),
        *(
            f"{_line(item, words, width)} (only with {_command(project, options, told)}{more})"
            for item, options, more in others
        ),
    ]


def _others(planned: BuildPlan) -> Iterator[tuple[Selection, str, str]]:
    """Yield what a full build leaves out, the options that ask for it, and what else does."""
    library, day, snapshot = planned.library, planned.day, Snapshot(planned.library, planned.day)
    chosen = {item.id for item in planned.selections}
    overdue, more = Filters(standings=("overdue",)).name, ", --with, --owner or --due-before"
    yield selection(library, "filtered", (overdue,), day), "--ledger --status overdue", more
    for name in known_parties(library, day):
        yield selection(library, "party", (name,), day), f"--with {name}", ""
    for name, series in known_matrices(snapshot):
        found = selection(library, "matrix", (name,), day, series)
        yield found, f"--matrix {_of_series(name, series)}", ""
    for series, part in library.parts.items():
        for key, meeting in part.meetings.items():
            if meeting.report not in chosen and not snapshot.is_called_off(meeting):
                found = selection(library, "meeting", (key,), day, series)
                yield found, f"--meeting {_of_series(key, series)}", ""


def _of_series(name: MeetingKey, series: str) -> str:
    """Return how something is named in a command: that of another series begins with its id."""
    return f"{series}/{name}" if series else str(name)


class _Reviews(NamedTuple):
    """How much of the records of a report can be reviewed, is as it was, and has changed since."""

    parts: int = 0
    reviewed: int = 0
    changed: int = 0

    def __str__(self) -> str:
        if self.changed:
            return f"{self.changed} changed since review"
        if self.reviewed == self.parts:
            return "reviewed"
        return f"{self.reviewed} of {self.parts} reviewed" if self.reviewed else "not reviewed"


def _reviews(planned: BuildPlan, *, always: bool = False) -> dict[str, _Reviews]:
    """Return how far the review of each report on records is; nothing where nothing is reviewed."""
    found = {
        (NAMES[type(record)], identity(record)): _reviews_of(record)
        for record in planned.library.written
    }
    if not always and not any(each.reviewed or each.changed for each in found.values()):
        return {}
    told = {}
    for item in planned.selections:
        choice = Choice.named(item.id)
        records = [found[name] for name in choice.needs if name in found] if choice else []
        counted = _Reviews(*map(sum, zip(*records, strict=True)))
        if counted.parts:
            told[item.id] = counted
    return told


def _reviews_of(record: Record) -> _Reviews:
    found = [part for _, part in reviewable(record)]
    return _Reviews(len(found), sum(map(is_reviewed, found)), sum(map(is_changed, found)))


def _unreviewed(planned: BuildPlan, words: Language) -> list[str]:
    """Return a line for each report of whose records something is not reviewed as it stands."""
    reviews = _reviews(planned, always=True)
    left = [
        item
        for item in planned.selections
        if (found := reviews.get(item.id)) and found.reviewed < found.parts
    ]
    width = max((len(item.id) for item in left), default=0)
    return [_line(item, words, width, reviews[item.id]) for item in left]


def briefing_command(project: Path, key: MeetingKey, series: str = "") -> str:
    """Return the command that makes the briefing on a meeting, or before its day the one for it."""
    return _command(project, f"--meeting {_of_series(key, series)}")


def _command(project: Path, options: str, day: date | None = None) -> str:
    """Return the command that builds one report, which these options ask for."""
    where = f" --project {shlex.quote(str(project))}" if project != Path() else ""
    return f"reporter build {options}{where}{f' --as-of {day}' if day else ''}"


def _line(item: Selection, words: Language, width: int, reviews: _Reviews | None = None) -> str:
    day = f" ({item.heading.date})" if item.heading.date else ""
    told = f" [{reviews}]" if reviews else ""
    return f"{item.id:<{width}}  {title(item.heading, words)}{day}{told}"
