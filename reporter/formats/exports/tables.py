"""Tables as CSV (RFC 4180): the promises of the ledger, and who took part.

They are UTF-8 with a byte order mark: without it Excel takes the file for the system's old
encoding, and names in other scripts are lost. A cell that a spreadsheet would take for a formula
gets an apostrophe in front, which makes it a text.
"""

from __future__ import annotations

import codecs
import csv
import io
from decimal import Decimal
from typing import TYPE_CHECKING

from reporter.formats.exports.attendance_table import COLUMNS as PARTICIPANTS
from reporter.formats.exports.attendance_table import participants, role_name
from reporter.reports.comparison.view import ComparisonReport
from reporter.reports.filtered.view import FilteredReport
from reporter.reports.ledger.view import LedgerReport
from reporter.reports.matrix.view import MatrixReport
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.series.view import SeriesReport
from reporter.reports.upcoming.view import UpcomingReport

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from reporter.formats.jobs import Job, MadeContent
    from reporter.language import Language
    from reporter.library import Library
    from reporter.reports.common.ledger_rows import LedgerRow
    from reporter.reports.comparison.two_columns import SideTable
    from reporter.reports.matrix.view import Average
    from reporter.reports.views import Line, Refs, Report, SourceEntry
    from reporter.theme import Theme

Cells = tuple[object, ...]
Table = tuple[tuple[str, ...], ...]

COMPARISON = (
    *(
        "side",
        "body",
        "name",
        "former_name",
        "earlier_meeting",
        "earlier_role",
        "later_meeting",
        "later_role",
        "move",
        "first_time",
    ),
    *("earlier_list_complete", "later_list_complete", "sources"),
)
MATRIX = (
    *("promise", "party", "name", "text", "due", "status", "notes"),
    *("score", "average", "percent", "scores", "sources"),
)
# What begins a formula in some spreadsheet: also in full width, and after white space, which is cut
# off.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def gather(report: Report, library: Library, _day: date, _words: Language) -> Table:
    """Return the table of a report.

    Of a comparison those who came and went, of the ledger its rows, of a matrix its cells and
    averages, else who took part.
    """
    match report:
        case LedgerReport():
            promises = (*report.promises, *report.expectations)
            return _table(LEDGER, (_promise(row, _cited_in(report)) for row in promises))
        case FilteredReport():
            return _table(LEDGER, (_promise(row, _cited_in(report)) for row in report.rows))
        case ComparisonReport():
            rows = (cells for side in report.sides for cells in _bodies(report, side))
            return _table(COMPARISON, rows)
        case MatrixReport():
            return _table(MATRIX, _matrix(report))
        case MeetingReport():
            keys = [report.number]
        case SeriesReport():
            keys = [row.number for row in report.meetings]
        case UpcomingReport():  # who came last time
            keys = [report.before] if report.before else []
        case _:
            message = f"{report.id} has no table"
            raise ValueError(message)
    return _table(PARTICIPANTS, participants(library, keys))


def _cited_in(report: LedgerReport | FilteredReport) -> tuple[SourceEntry, ...]:
    """Return all sources of a report, those that its page does not cite, too."""
    return (*report.sources, *report.further)


def _table(columns: Iterable[str], rows: Iterable[Cells]) -> Table:
    return (tuple(columns), *(tuple(cell(value) for value in row) for row in rows))


def make(job: Job, _theme: Theme, _source: bytes) -> MadeContent:
    """Return the file of a report."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(job.gathered["csv"])
    return codecs.BOM_UTF8 + text.getvalue().encode(), ()


def cell(value: object) -> str:
    """Return a value as the text of a cell, which no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):  # with a minus it is a number still
        return str(value)
    text = str(value)
    return f"'{text}" if text.lstrip(" \u00a0\u3000").startswith(_FORMULA) else text


def _promise(found: LedgerRow, sources: tuple[SourceEntry, ...]) -> Cells:
    return tuple(read(found, sources) for read in LEDGER.values())


def _matrix(report: MatrixReport) -> Iterator[Cells]:
    """Yield each cell; then averages: of a promise, of a party, and of all, without the other."""
    names = {member.id: member.name.text for member in report.members}
    for row in report.commitments:
        for cell in row.cells:
            notes = _list(cell.notes)
            told = (row.id, cell.party, names[cell.party], row.text, row.due, cell.status, notes)
            if cell.status:
                yield (*told, cell.score, None, None, None, cited(row.refs, report.sources))
    for row in report.commitments:
        yield (row.id, None, None, row.text, row.due, None, None, *_average(row.average), None)
    for member in report.members:
        none = (None,) * 4
        yield (None, member.id, member.name.text, *none, *_average(member.average), None)
    yield (*(None,) * 7, *_average(report.average), None)


def _average(average: Average | None) -> Cells:
    if average is None:
        return (None, None, None, None)
    return (None, average.value, average.percent, average.of)


def _evidence(found: LedgerRow) -> Line | None:
    return None if found.row.checked else found.row.evidence


def _looked_for(found: LedgerRow) -> Line | None:
    """Return what somebody looked for last and did not find."""
    return found.row.evidence if found.row.checked else None


def _bodies(report: ComparisonReport, side: SideTable) -> Iterator[Cells]:
    for body in side.rows:
        yield (
            *(side.side.text, body.id, body.name.text, body.former.text if body.former else None),
            *(
                report.earlier.number,
                role_name(body.earlier, alone=report.chairs_alone),
                report.later.number,
                role_name(body.later, alone=report.chairs_alone),
                body.move,
                body.first,
            ),
            *(side.earlier_complete, side.later_complete),
            cited(
                body.refs or (*side.earlier_refs, *side.later_refs),
                (*report.sources, *report.further),
            ),
        )


def cited(refs: Refs, sources: tuple[SourceEntry, ...]) -> str:
    """Return the sources as the records write them: ``joint-statement-08#4; diet-record``."""
    names = {source.number: source.id for source in sources}
    found = [
        (names[ref.number], paragraph) for ref in refs for paragraph in ref.paragraphs or (None,)
    ]
    return _list(
        dict.fromkeys(
            name if paragraph is None else f"{name}#{paragraph}" for name, paragraph in found
        )
    )


def _list(items: Iterable[str]) -> str:
    return "; ".join(items)


# The columns of the ledger, each with what stands in it for a promise.
LEDGER: dict[str, Callable[[LedgerRow, tuple[SourceEntry, ...]], object]] = {
    "id": lambda found, _: found.row.id,
    "kind": lambda found, _: found.kind,
    "strength": lambda found, _: found.row.strength,
    "verb": lambda found, _: found.row.verb,
    "text": lambda found, _: found.row.text,
    "who": lambda found, _: _list(name.text for name in found.row.who.names),
    "sides": lambda found, _: _list(found.sides),
    "desk_officer": lambda found, _: found.officer,
    "made_at": lambda found, _: found.made.report,
    "made_on": lambda found, _: found.made.on,
    "also_at": lambda found, _: _list(f"{one.made.report} ({one.id})" for one in found.also),
    "due": lambda found, _: found.row.due,
    "due_last_day": lambda found, _: found.row.due and found.row.due.last,
    "due_words": lambda found, _: found.row.due_words,
    "status": lambda found, _: found.row.standing.status,
    "status_inferred": lambda found, _: found.row.standing.inferred,
    "status_by_owner": lambda found, _: _list(
        f"{own.id}: {own.status}" for own in found.row.standing.owners
    ),
    "overdue_since": lambda found, _: found.row.standing.overdue_since,
    "not_checked_after": lambda found, _: found.row.standing.not_checked_after,
    "not_checked_since": lambda found, _: found.row.standing.not_checked_since,
    "changed_since_review": lambda found, _: found.row.standing.changed,
    "evidence_date": lambda found, _: (line := _evidence(found)) and line.date,
    "evidence": lambda found, _: (line := _evidence(found)) and line.text,
    "evidence_inferred": lambda found, _: (line := _evidence(found)) and line.inferred,
    "evidence_sources": lambda found, sources: (
        (line := _evidence(found)) and cited(line.refs, sources)
    ),
    "looked_for_on": lambda found, _: found.row.checked,
    "looked_for": lambda found, _: (line := _looked_for(found)) and line.text,
    "reported": lambda found, _: _list(line.text for line in found.row.reported),
    "sources": lambda found, sources: cited(found.row.refs, sources),
}
