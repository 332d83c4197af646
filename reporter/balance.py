"""How a page is composed where the renderer cannot do it, or not soon enough: heights are estimated, as for labels, in points."""

from __future__ import annotations

from itertools import product
from math import ceil
from typing import TYPE_CHECKING

from reporter.charts.drawing import WIDTH, lines_of
from reporter.reports.comparison.two_columns import SubjectRow
from reporter.reports.series.grid import GridRow
from reporter.reports.views import View

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from reporter.reports.agreement.view import AgreementReport
    from reporter.reports.common.participants import Chair
    from reporter.reports.comparison.two_columns import AreaTable
    from reporter.reports.series.grid import Grid
    from reporter.reports.views import Label, Line, Refs

_TEXT, _SIDE, _HALF = 323.0, 145.0, 236.0  # the widths of the columns, as in the stylesheet
_DAY, _STATUS, _HANGING = 60.0, 68.0, 12.0
_HEAD, _GAP = 32.0, 2.25  # a heading with what is above it; what is between two items
_LEAD, _LEAD_LINE = 13.4, 18.0
_LARGE, _LARGE_LINE = 10.3, 13.5
_SMALL, _SMALL_LINE = 8.5, 11.25
_FINE, _FINE_LINE = 7.5, 9.0
_REFERENCE = 5  # characters of a reference
_BOX_OF_CHART = 32.0
_GRID = 23.0  # the head of a grid, and what is below it
_MILLIMETRE = 72 / 25.4
_PAGES = {"A4": 729.0, "Letter": 698.0}
_CAUTION, _TIGHTER = (
    1.1,
    0.78,
)  # the estimate is a little low; what a dense setting makes of a height


class Balance(View):
    """What stands where on the page, and how tight."""

    later_beside: bool
    """Whether what happened since stands beside the facts, and not over the whole width."""
    unknown_beside: bool
    """Whether what is not verified stands below the facts."""
    drawn: bool
    """Whether what rests on what is drawn, because that costs no page."""
    dense: bool
    """Whether it is set tighter, because that saves a page."""


def balanced(report: AgreementReport) -> Balance:
    """Return the arrangement that makes the page shortest, with a drawing where that leaves it one page."""
    choices = list(product((True, False), repeat=2))
    later, unknown = min(choices, key=lambda choice: _top(report, *choice))
    height = _CAUTION * (_title(report) + _top(report, later, unknown) + _below(report))
    page = _PAGES[report.masthead.paper]
    pages = ceil(height / page)
    dense = ceil(_TIGHTER * height / page) < pages
    drawn = not dense and ceil((height + _drawing(report)) / page) == pages
    return Balance(later_beside=later, unknown_beside=unknown, drawn=drawn, dense=dense)


def _title(report: AgreementReport) -> float:
    titles = sum(lines_of(title.text, _SMALL, WIDTH) for title in report.titles) or 1
    lead = lines_of(f"{report.summary.text}{_refs(report.summary.refs)} {'x' * 60}", _LEAD, WIDTH)
    return 60 + titles * _SMALL_LINE + lead * _LEAD_LINE


def _top(report: AgreementReport, later: bool, unknown: bool) -> float:  # noqa: FBT001 (two places, each yes or no)
    left = _left(report) + (_later(report, _TEXT) if later else 0)
    right = _right(report) + (_unknown(report, _SIDE) if unknown else 0)
    return (
        max(left, right)
        + (0 if later else _later(report, WIDTH))
        + (0 if unknown else _unknown(report, _HALF) / 2)
    )


def _left(report: AgreementReport) -> float:
    points = sum(
        lines_of(f"{row.verb} {row.text} {row.quote or ''}{_refs(row.refs)}", _LARGE, _TEXT - 50)
        * _LARGE_LINE
        + 2 * _SMALL_LINE
        for row in report.undertakings
    )
    return _section(points) + _section(_items(report.content, _TEXT))


def _right(report: AgreementReport) -> float:
    signature, texts = report.signature, ["", "", "", "", "", ""]
    if signature:
        texts.append(
            f"{signature.place or ''} 26 November 2026{' 27 November 2026 (Japan)' if signature.local else ''}{_refs(signature.refs)}"
        )
        texts += [*_people(signature.signatories), *_people(signature.present)]
    if report.force.state != "not applicable":
        texts += ["", f"26 November 2026, {report.force.text or ''}{_refs(report.force.refs)}"]
    return _section(_lines(texts, _SIDE) + len(texts) * _GAP)


def _people(found: Iterable[Chair]) -> list[str]:
    def first(labels: Iterable[Label]) -> str:
        return next((label.text for label in labels), "")

    return [
        f"{first(item.person)}, {item.post.text if item.post else ''}, {item.body.text}{_refs(item.refs)}"
        for item in found
    ]


def _later(report: AgreementReport, width: float) -> float:
    room = width - _DAY - _STATUS * any(item.undertakings for item in report.later)
    rows = [
        lines_of(f"{item.line.text}{_refs(item.line.refs)}", _SMALL, room) * _SMALL_LINE + 2 * _GAP
        for item in report.later
    ]
    return _section(sum(rows) + (_LARGE_LINE if rows else 0))


def _unknown(report: AgreementReport, width: float) -> float:
    return _section(
        sum(lines_of(text, _FINE, width - _HANGING) * _FINE_LINE + _GAP for text in report.unknown)
    )


def _below(report: AgreementReport) -> float:
    related = [
        f"{row.name.text}, implements, 26 November 2026: {row.line.text}{_refs(row.line.refs)}"
        for row in report.relations
    ]
    tied = [
        f"C8-01, eighth meeting. Committed: {item.row.short}{_refs(item.row.refs)}"
        for item in report.tied
    ]
    became = [
        f"In progress {item.row.evidence.text if item.row.evidence else ''} {'x' * 30}"
        for item in report.tied
    ]
    disagreements = [
        f"{row.fact} {' '.join(value.text for value in row.values)} {row.used} {row.why}"
        for row in report.disagreements
    ]
    views = [line.text for group in report.commentary for line in group.lines]
    halves = [
        _section(_lines(texts, _HALF - _HANGING))
        for texts in (related, [*tied, *became], disagreements, views)
    ]
    forecasts = [
        f"{item.line.text} {' '.join(step.line.text for step in item.outcome)}"
        for group in report.forecasts
        for item in group.rows
    ]
    return sum(halves) / 2 + _section(_lines(forecasts, WIDTH / 2)) + _sources(report)


def _sources(report: AgreementReport) -> float:
    texts = [
        f"{entry.title.text} {entry.publisher}, 26 November 2026. Official, opening."
        for entry in report.sources
    ]
    return _section(sum(lines_of(text, _FINE, _HALF - 18) for text in texts) * _FINE_LINE / 2 + 27)


def _drawing(report: AgreementReport) -> float:
    sides = [
        sum(item.relation != "beside" and item.back is back for item in report.relations)
        for back in (False, True)
    ]
    return max(sides) * _BOX_OF_CHART + 36 if all(sides) else 0.0


def _items(lines: Iterable[Line], width: float) -> float:
    return sum(
        lines_of(f"{line.text}{_refs(line.refs)}", _SMALL, width - _HANGING) * _SMALL_LINE + _GAP
        for line in lines
    )


def _lines(texts: Iterable[str], width: float) -> float:
    return sum(lines_of(text, _SMALL, width) * _SMALL_LINE for text in texts)


def _section(height: float) -> float:
    return height + _HEAD if height else 0.0


def _refs(refs: Refs) -> str:
    return "x" * _REFERENCE * len(refs)


def halved(grids: Sequence[Grid | AreaTable], room: float) -> list[Sequence[Grid | AreaTable]]:
    """Return ``grids`` as two columns of about the same height, in their order; the names of rows have ``room`` millimetres.

    The renderer could balance columns itself, but sets every row of every grid again at each try: ten seconds for a page.
    """
    heights = [_GRID + sum(_row(row, room * _MILLIMETRE) for row in grid.rows) for grid in grids]
    at = min(
        range(1, len(grids) + 1),
        key=lambda at: max(sum(heights[:at]), sum(heights[at:])),
        default=0,
    )
    return [half for half in (grids[:at], grids[at:]) if half]


def _row(row: GridRow | SubjectRow, room: float) -> float:
    more = f" ({row.abbreviation})" if isinstance(row, GridRow) and row.abbreviation else ""
    refs = _refs(row.refs) if isinstance(row, SubjectRow) else ""
    return lines_of(f"{row.name.text}{more}{refs}", _SMALL, room) * _SMALL_LINE + _GAP
