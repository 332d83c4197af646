"""Tests of the day that notes until when a report stays as it is."""

from __future__ import annotations

import pickle
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import several
from conftest import ROOT
from fuzzing import examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from reading import words
from sized import generate

from reporter.dates import months_later
from reporter.formats import FORMATS
from reporter.formats.job_maker import job_of
from reporter.kinds import KINDS
from reporter.library.edition import library_of
from reporter.library.snapshot import Snapshot, months_between
from reporter.library.today import COMPARING, TELLING, Today
from reporter.outputs.manifest import OutputEntry
from reporter.records.project import load
from reporter.reports import everything
from reporter.reports.common.context import Context

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Mapping
    from pathlib import Path

    from reporter.formats.jobs import Job
    from reporter.library import Library

DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)
EARLIER, LATER = date(2026, 2, 1), date(2026, 5, 1)


@pytest.mark.parametrize(
    ("asked", "until"),
    [
        (lambda today: today < EARLIER, date.max),
        (lambda today: today >= EARLIER, date.max),
        (lambda today: today == EARLIER, date.max),
        (lambda today: today < LATER, LATER),
        (lambda today: today >= LATER, LATER),
        (lambda today: min(today, LATER), LATER),
        (lambda today: (today, 1) < (LATER, 2), LATER),
        (lambda today: [today < LATER, today > NEXT], NEXT),
        (lambda today: today in {DAY: 1}, NEXT),
        (lambda today: today > DAY, NEXT),
        (lambda today: Today.of(DAY) < today, NEXT),
        (lambda today: today.year, NEXT),
        (lambda today: f"{today}", NEXT),
        (lambda today: today - EARLIER, NEXT),
        (lambda today: LATER - today, NEXT),
        (lambda today: today + timedelta(1), NEXT),
        (pickle.dumps, NEXT),
        (lambda today: months_later(today, 2), NEXT),
        (lambda today: months_between(date(2025, 12, 10), today), date(2026, 3, 10)),
        (Today.of, date.max),
    ],
)
def test_it_notes_when_an_answer_changes(asked: Callable[[Today], Any], until: date) -> None:
    """A comparison on the other day at the earliest; whatever else is asked, tomorrow."""
    today = Today.of(DAY)
    found = asked(today)
    assert today.until == until
    assert found == asked(Today.of(DAY)) or isinstance(found, Today)


def test_it_is_a_day_like_others() -> None:
    """Each answer is that of a plain day, and elsewhere it is one."""
    today, other = Today.of(DAY), date(2026, 3, 4)
    for name in COMPARING:
        for compared in (EARLIER, DAY, LATER):
            assert getattr(today, name)(compared) == getattr(DAY, name)(compared)
    assert (str(today), hash(today), other - today) == (str(DAY), hash(DAY), other - DAY)
    assert (today.year, today.month, today.day) == (2026, 3, 1)
    assert type(pickle.loads(pickle.dumps(today))) is date  # noqa: S301 (our own)


def test_nothing_is_asked_of_it_unnoticed() -> None:
    """What a date of this version of Python can do and was not thought of is named here."""
    known = {*COMPARING, *TELLING, "year", "month", "day", "__reduce__"}
    makes = {"fromisocalendar", "fromisoformat", "fromordinal", "fromtimestamp", "today"}
    makes |= {"max", "min", "resolution", "__new__", "__doc__", "__replace__", "strptime"}
    assert {*vars(date)} - known - makes - {"__getattribute__"} == set()


def test_the_last_of_all_days() -> None:
    """It has none after it, and so holds for no other."""
    today = Today.of(date.max)
    today.tells()
    assert today.until == date.max


@pytest.mark.parametrize(
    ("entry", "holds"),
    [
        (OutputEntry("", "2026-03-01", ""), ["2026-03-01"]),
        (OutputEntry("", "2026-03-01", "", until="2026-03-03"), ["2026-03-01", "2026-03-02"]),
        (OutputEntry("", "as of 2026-03-01", "", until="2026-03-03"), ["as of 2026-03-01"]),
    ],
)
def test_an_output_holds_until_the_day_that_was_noted(entry: OutputEntry, holds: list[str]) -> None:
    """Not before it was made, and not where something else was asked for, too."""
    asked = [f"2026-0{day}" for day in ("2-28", "3-01", "3-02", "3-03")]
    more = ["as of 2026-03-01", "as of 2026-03-02", "2026-03-02 since 2026-02-01"]
    assert [day for day in (*asked, *more) if entry.holds_on(day)] == holds


def _is_before(snapshot: Snapshot) -> bool:
    snapshot.note(EARLIER)
    return snapshot.day < LATER


def test_what_is_worked_out_once_bounds_each_report() -> None:
    """Also one that finds it already worked out."""
    library = library_of(load(ROOT))
    for _ in range(2):
        today = Today.of(DAY)
        snapshot = Snapshot(library, today)
        asked = snapshot.once("asked", _is_before)
        assert (asked, today.until, snapshot.changed) == (True, LATER, EARLIER)


Key = tuple[str, str, str]


def jobs(library: Library, day: date, among: Container[Key] | None = None) -> dict[Key, Job]:
    """Return the jobs of a full build for a day: all, or some.

    Each has a key of that on which it depends beside records.
    """
    context = Context.on(library, day, words("en"))
    found = (
        ((one.id, one.template, one.told), one)
        for one in everything(library, day)
        if one.told is not None
    )
    return {
        key: job_of(context, None, one, gathering(one.template))
        for key, one in found
        if among is None or key in among
    }


def gathering(kind: str) -> tuple[str, ...]:
    """Return the formats of a kind of report that need something beside its view."""
    return tuple(name for name in KINDS[kind].formats if FORMATS[name].gathers)


def said(job: Job) -> tuple[str, ...]:
    """Return all that a report says in whatever format."""
    return job.record.decode(), *(job.says(name) for name in job.formats)


def differing(library: Library, first: date, other: date) -> set[str]:
    """Return the reports that say something else on another day than was promised on the first."""
    return changed(library, jobs(library, first), other)[0]


def changed(library: Library, before: Mapping[Key, Job], other: date) -> tuple[set[str], int]:
    """Return those of the jobs that say something else on a day, against what they promised.

    And of how many something was promised.
    """
    kept = {key for key, job in before.items() if other < _until(job)}
    after = jobs(library, other, kept)
    return {key[0] for key in after if said(before[key]) != said(after[key])}, len(after)


def _until(job: Job) -> date:
    return date.fromisoformat(job.until)


@examples(25)
@given(projects(), st.data())
def test_no_report_changes_before_the_day_that_it_noted(
    sample: Sample, data: st.DataObject
) -> None:
    """Of no valid project, on whatever two days."""
    day = data.draw(days(sample), label="day")
    with folder() as root, within(60):
        sample.save(root)
        library = library_of(load(root))
        found = Counter(map(_until, jobs(library, day).values()))
        others = [until - timedelta(1) for until in found if until - timedelta(1) > day]
        if others:
            other = data.draw(st.sampled_from(sorted(others)), label="other")
            assert differing(library, day, other) == set()


@pytest.mark.parametrize("first", [date(2023, 3, 2), date(2025, 1, 1), date(2026, 3, 5)])
@pytest.mark.parametrize("of_ours", [True, pytest.param(False, marks=pytest.mark.full)])
def test_most_reports_hold_for_long(
    tmp_path: Path, project: Path, first: date, *, of_ours: bool
) -> None:
    """Of several series, day by day for a week and then every few months for years."""
    if of_ours:
        several.add(project)
    library = library_of(load(project if of_ours else generate(tmp_path / "many", 9, series=3)))
    before, kept = jobs(library, first), 0
    for ahead in (*range(1, 8), *range(30, 1200, 90)):
        others, held = changed(library, before, first + timedelta(ahead))
        assert others == set()
        kept += held
    assert kept
