"""Tests of the library: all records, found by id."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import context

from reporter.library import Library, identity
from reporter.records.base import Citation
from reporter.reports.ledger.view import ledger_report

if TYPE_CHECKING:
    from reporter.records.project import Contents


def test_records_by_id(library: Library) -> None:
    """Each kind has its own."""
    assert list(library.meetings) == [1, 2]
    assert list(library.agreements) == ["lander-agreement"]
    assert list(library.programmes) == ["lander"]
    assert list(library.policies) == ["a-strategy"]
    assert list(library.organisations) == ["a-ministry", "b-ministry", "b-agency", "b-office"]
    assert list(library.people) == ["a-envoy"]
    assert list(library.subjects) == ["lander", "debris"]
    assert list(library.disagreements) == ["day-of-signing"]
    assert list(library.sides) == ["state-a", "state-b"]
    assert library.documents["news"].standing == "press"


def test_meetings_are_in_order(contents: Contents) -> None:
    """Whatever order the files come in."""
    library = Library(
        contents.settings, tuple(reversed([loaded.record for loaded in contents.records]))
    )
    assert list(library.meetings) == [1, 2]


def test_identity(library: Library) -> None:
    """A meeting goes by its number, everything else by its id."""
    assert (identity(library.meetings[2]), identity(library.agreements["lander-agreement"])) == (
        "meeting-02",
        "lander-agreement",
    )


def test_statements_know_their_owner(library: Library) -> None:
    """Those of meetings come first, then undertakings; those with an id are found by it."""
    assert list(library.statements) == ["c1-01", "c1-02", "c2-01", "e2-02", "u-01"]
    assert library.statements["c2-01"].meeting is library.meetings[2]
    assert library.statements["u-01"].owner is library.agreements["lander-agreement"]
    assert library.statements["u-01"].meeting is None
    assert len(list(library.all_statements)) == 6


def test_a_statement_repeats_what_the_one_before_it_repeated(library: Library) -> None:
    """Through others too, the latest first; a missing one ends the chain, and so does a circle."""
    last = library.statements["c2-01"].statement
    assert library.repeated(last) == ("c1-02",)
    assert library.repeated(last.model_copy(update={"repeats": "c2-01"})) == ("c2-01", "c1-02")
    assert library.repeated(last.model_copy(update={"repeats": "gone"})) == ("gone",)
    meeting = library.meetings[1]
    items = tuple(
        item.model_copy(update={"repeats": "c2-01" if item.id == "c1-02" else "gone"})
        for item in meeting.statements.items
    )
    statements = meeting.statements.model_copy(update={"items": items})
    records = (
        meeting.model_copy(update={"statements": statements}) if record is meeting else record
        for record in library.records
    )
    circle = Library(library.project, tuple(records))
    assert circle.repeated(last) == ("c1-02", "c2-01")
    rows = {
        row.row.id: row.again
        for row in ledger_report(context(circle, date(2026, 1, 1), asked=True)).promises
    }
    assert (rows["c1-01"], rows["c1-02"]) == ((), (2,))


@pytest.mark.parametrize(
    ("documents", "weak"),
    [(["blog"], True), (["blog", "news"], False), (["news"], False), (["blog", "blog"], True)],
)
def test_sources_are_weak_together(
    library: Library,
    documents: list[str],
    weak: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """One that is not weak is enough."""
    assert library.is_weak(tuple(map(Citation, documents))) is weak
