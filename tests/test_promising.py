"""Tests of projects by chance that are full of promises: whoever asks, each line says the same."""

from __future__ import annotations

import random
from collections import Counter
from contextlib import suppress
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from fuzzing import FUZZ, folder, within
from promising import chance_day, promising
from reading import context
from test_today import differing, jobs

from reporter.choice import EDITIONS, Edition
from reporter.filters import STANDINGS, Filters
from reporter.library.edition import edited, library_of
from reporter.library.snapshot import UNFINISHED
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.reports.body import rows as body_rows
from reporter.reports.body.view import body_report
from reporter.reports.common.ledger_rows import ledger_rows
from reporter.reports.filtered.view import filtered_report
from reporter.reports.party.rows import party_of
from reporter.reports.party.view import party_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from reporter.library import Library
    from reporter.reports.common.ledger_rows import LedgerRow
    from reporter.reports.common.related import PromisedThere

FEW = 12  # projects in a chunk
# Chunks of a quick run, a whole one and a long one.
QUICK, WHOLE, ALL = 2, 4, max(300, FUZZ) // FEW
Told = dict[Any, Any]
chunked = pytest.mark.parametrize(
    "chunk",
    [
        *range(QUICK),
        *(pytest.param(n, marks=pytest.mark.full) for n in range(QUICK, WHOLE)),
        *(pytest.param(n, marks=pytest.mark.long) for n in range(WHOLE, ALL)),
    ],
)


class Case(NamedTuple):
    """A project of a seed, in an edition, on a day."""

    library: Library
    day: date
    pick: random.Random

    @property
    def rows(self) -> tuple[LedgerRow, ...]:
        """The lines of the ledger of all series."""
        return tuple(ledger_rows(context(self.library, self.day)))

    def parts(self) -> Iterator[tuple[Library, str]]:
        """Yield the library of each series, and how the names of reports on its meetings begin."""
        for part in self.library.parts.values():
            yield part, f"{part.series}--meeting-" if part.series else "meeting-"


@lru_cache(maxsize=WHOLE * FEW)
def library_by(seed: int) -> Library:
    """Return the library of the project of a seed."""
    with folder() as root:
        return library_of(load(promising(root, seed)))


def cases(chunk: int) -> Iterator[Case]:
    """Yield some projects, each in an edition, of a desk and on a day by chance."""
    for seed in range(chunk * FEW, (chunk + 1) * FEW):
        pick = random.Random(seed)  # noqa: S311 (nothing is secret here)
        with within(60):
            library = library_by(seed)
            name = pick.choice(("internal", "public", *EDITIONS))
            desk = pick.choice(("", *library.sides))
            library = edited(library, Edition(name, desk=desk))
            yield Case(library, chance_day(pick), pick)


def told(row: LedgerRow) -> tuple[object, ...]:
    """Return what a line says, whatever numbers its sources have."""
    line = row.row
    news = line.evidence and line.evidence.model_dump(exclude={"refs"})
    reported = [item.model_dump(exclude={"refs"}) for item in line.reported]
    said = (line.text, line.short, line.who.names, line.strength, line.due, line.due_words)
    return (row.kind, row.again, row.note, said, line.standing, line.checked, news, reported)


def told_of_body(row: PromisedThere) -> tuple[object, ...]:
    """Return the same of a line of the report on a body, but for 'Both' of a series' two sides."""
    news = [line and line.model_dump(exclude={"refs"}) for line in (row.news, row.looked)]
    return (row.text, row.due, row.status, row.mark, row.inferred, row.notes, news)


def own_lines(case: Case) -> Told:
    """Return what each series says of the promises made at its own meetings, by their ids."""
    return {
        row.row.id: told(row)
        for part, own in case.parts()
        for row in ledger_rows(context(part, case.day))
        if row.made.report.startswith(own)
    }


def by_id(rows: Iterable[LedgerRow]) -> Told:
    """Return what lines say, by their ids."""
    return {row.row.id: told(row) for row in rows}


def test_the_projects_are_valid_and_full_of_promises() -> None:
    """With several series, the same in two of them, and histories of single owners."""
    found: Counter[str] = Counter()
    for seed in range(FEW):
        with folder() as root:
            contents = load(promising(root, seed))
            assert [
                str(one) for one in sort_problems(contents, None) if one.severity == "error"
            ] == []
            library = library_of(contents)
            rows = tuple(ledger_rows(context(library, contents_day(library))))
            found += Counter(
                lines=len(rows),
                several=len(library.parts) > 1,
                apart=sum(bool(row.row.standing.apart) for row in rows),
                overdue=sum(row.row.standing.is_overdue for row in rows),
                same=len(library.matters),
            )
    assert found["lines"] > 8 * FEW
    assert all(found[name] > 1 for name in ("several", "apart", "overdue", "same"))


def contents_day(library: Library) -> date:
    """Return the day up to which the records were researched."""
    return library.project.researched_until.last


@chunked
def test_each_line_over_all_series_is_that_of_its_own(chunk: int) -> None:
    """In the ledger; what stands in several of them is told once, and stands alike in each."""
    for case in cases(chunk):
        own, rows = own_lines(case), case.rows
        for row in rows:
            if row.row.id in own and not row.also:
                assert told(row) == own[row.row.id]
            elif row.row.id in own:
                assert row.row.standing == own[row.row.id][4]
        assert {*own} <= {one.id for row in rows for one in (row.row, *row.also)}


@chunked
def test_the_briefing_on_a_party_has_all_that_is_not_done_with_it(chunk: int) -> None:
    """And each line is that of the ledger."""
    for case in cases(chunk):
        every, rows = by_id(case.rows), case.rows
        for name in {*case.library.parties.values()}:
            with suppress(ReporterError):  # our own side, or nothing was known of it
                report = party_report(context(case.library, case.day), name)
                shown = by_id(row for group in report.owed for row in group.rows)
                shown |= by_id(report.expected)
                assert shown.items() <= every.items()
                party = party_of(case.library, name)
                owned = case.library.statements
                assert {*shown} >= {
                    row.row.id
                    for row in rows
                    if row.row.standing.status in UNFINISHED and party.concerns(owned[row.row.id])
                }


@chunked
def test_the_report_on_a_body_has_the_lines_of_each_series(chunk: int) -> None:
    """What is told at another place is told there."""
    for case in cases(chunk):
        for body in case.library.organisations:
            with suppress(ReporterError):  # it was not there yet
                report = body_report(context(case.library, case.day), body)
                check_body(case, body, (*report.owes, *report.owed))


def check_body(case: Case, body: str, rows: tuple[PromisedThere, ...]) -> None:
    """Fail where a line of a series is not in the report on a body, or another one there."""
    every = {(row.made.report, row.text): told_of_body(row) for row in rows}
    also = {other.report for row in rows for other in row.also}
    names = body_rows.line_of(case.library, body)
    for part, own in case.parts():
        for owed in (False, True):
            for row in body_rows.promises(context(part, case.day), names, owed=owed):
                if row.made.report.startswith(own) and not row.also:
                    key = (row.made.report, row.text)
                    assert key[0] in also or every[key] == told_of_body(row)


@chunked
def test_filters_keep_lines_of_the_ledger(chunk: int) -> None:
    """Any of them, alone or two together: these keep what each of them keeps.

    Of a line whose owners stand differently, a status is asked for of the owner who is named.
    """
    for case in cases(chunk):
        every, pick, library = by_id(case.rows), case.pick, case.library
        owners = (*library.sides, *library.organisations)
        some = [
            Filters(party=pick.choice(tuple(library.parties.values()))),
            Filters(owner=pick.choice(owners)),
            Filters(
                standings=tuple(word for word in STANDINGS if pick.random() < 0.3) or ("open",)
            ),
            Filters(before=chance_day(pick)),
        ]
        one, other = pick.sample(some, 2)
        both = Filters(
            one.party or other.party,
            one.owner or other.owner,
            one.standings or other.standings,
            one.before or other.before,
        )
        with suppress(ReporterError):  # our own side
            kept = [
                by_id(filtered_report(context(library, case.day), filters.name).rows)
                for filters in (one, other, both)
            ]
            assert all(found.items() <= every.items() for found in kept)
            apart = {row.row.id for row in case.rows if row.row.standing.apart}
            assert {*kept[2]} ^ ({*kept[0]} & {*kept[1]}) <= apart


@chunked
def test_no_report_changes_before_the_day_that_it_noted(chunk: int) -> None:
    """On any two days, of which one is the last before something may change."""
    for case in cases(chunk):
        library, day = case.library, case.day
        untils = sorted({job.until for job in jobs(library, day).values()})
        until = type(day).fromisoformat(case.pick.choice(untils))
        for other in (until - timedelta(1), case.pick.choice((day, chance_day(case.pick)))):
            if other > day:
                assert differing(library, day, other) == set()
