"""Tests of matters: promises that are the same one in several places have one answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from test_reports_ledger import agreement, ids, ledger, library, meeting, promise

from reporter.library.edition import public
from reporter.library.matters import shared
from reporter.records.crosscheck import crosscheck
from reporter.records.programme import Programme
from reporter.records.project import load

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library


def entry(day: str, status: str | None = None, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an evidence."""
    told = {"status": status} if status else {}
    return {"date": day, "text": f"News of {day}", "source": "d", **told, **fields}


def same(*records: Any) -> Library:  # noqa: ANN401
    """Return a library in which the same promises share their evidence."""
    found = library(*records)
    return type(found)(found.project, shared(found.records))


TWO = (
    meeting(1, "2020-01-01", promise("p", history=[entry("2020-05-01", "in progress")])),
    agreement(
        "pact", "2020-02-01", promise("q", same_as="p", history=[entry("2021-01-01", "met")])
    ),
)


def test_what_is_the_same_counts_once_and_names_both_places() -> None:
    """In the ledger it is one row; each place counts it as its own page does."""
    found = ledger(same(*TWO), "2020-12-31")
    assert ids(found.promises) == ["p"]
    assert [other.made.report for other in found.promises[0].also] == ["agreement-pact"]
    assert [(count.status, count.number) for count in found.promise_counts] == [("in progress", 1)]
    assert [place.promises for place in (*found.by_meeting, *found.by_agreement)] == [1, 1]
    assert "counts once" in found.bottom_line + found.note


def test_the_same_share_evidence_and_status() -> None:
    """What is told of one holds for the other from the same day on."""
    statements = same(*TWO).statements
    for name in "pq":
        history = statements[name].statement.history
        assert [item.status for item in history] == ["in progress", "met"]


def test_what_is_due_on_another_day_is_a_promise_of_its_own() -> None:
    """It shares the evidence, but not that the other day was missed."""
    found = same(
        meeting(1, "2020-01-01", promise("p", due="2020", history=[entry("2020-12-31", "missed")])),
        meeting(2, "2021-01-01", promise("q", due="2022", same_as="p")),
    )
    rows = ledger(found, "2021-06-30").promises
    assert [(row.row.id, row.row.standing.status) for row in rows] == [
        ("p", "missed"),
        ("q", "open"),
    ]
    assert found.statements["q"].statement.history[0].text == "News of 2020-12-31"


def test_a_track_tells_what_became_of_a_promise() -> None:
    """What a programme's track came to is evidence, from its day on."""
    track = {"id": "launch", "name": "Launch"}
    outcome = {"date": "2020-06-01", "result": "done", "text": "Launched", "source": "d"}
    programme = Programme.model_validate(
        {
            "id": "lander",
            "name": {"en": "Lander"},
            "lead": "a",
            "tracks": [{**track, "outcome": outcome}],
        }
    )
    found = same(
        meeting(1, "2020-01-01", promise("p", same_as="lander#launch", due="2020")), programme
    )
    assert ledger(found, "2020-05-31").promises[0].row.standing.status == "open"
    assert ledger(found, "2020-06-01").promises[0].row.standing.status == "met"


def test_an_internal_promise_gives_nothing_to_the_public_edition() -> None:
    """Neither its evidence nor a link to it; what is left is called neither late nor unchecked."""
    first = meeting(1, "2020-01-01", promise("p"))
    second = meeting(
        2,
        "2020-02-01",
        promise("q", internal=True, same_as="p", history=[entry("2020-05-01", "met")]),
        promise("r", same_as="q"),
    )
    found = public(same(first, second))
    assert found.statements.keys() == {"p", "r"}
    assert found.statements["r"].statement.same_as == "p"
    assert found.statements["p"].statement.history == ()
    assert {"p", "r"} <= found.cut


@pytest.fixture
def add(project: Path) -> Any:  # noqa: ANN401
    """Return what writes statements into the record of a third meeting, and tells what is wrong."""

    def write(items: str) -> list[tuple[str, str]]:
        path = project / "data" / "meetings" / "03.yaml"
        path.write_text(HEAD + items, encoding="utf-8")
        return [
            (problem.severity, problem.message)
            for _, problem in crosscheck(load(project))
            if problem.path == path
        ]

    return write


HEAD = """\
number: 3
title: {en: Third meeting}
date: 2027-03-01
place: not verified
evidence: full
statements:
  complete: false
  items:
"""
ONE = (
    "    - {id: x-1, by: state-a, verb: agreed, text: to build a lander together, strength: "
    "committed, subjects: lander, source: news"
)


@pytest.mark.parametrize(
    ("items", "message"),
    [
        (
            f"{ONE}, history: [{{date: 2027-05-01, text: a, status: met, source: news}}]}}\n"
            + (
                f"{ONE}, same_as: x-1, history: [{{date: 2027-05-01, text: b, status: open, "
                f"source: news}}]}}\n"
            ).replace("id: x-1", "id: x-2"),
            (
                "'x-2' is 'open' on 2027-05-01, and 'x-1', which is the same, is 'met' "
                "(data/meetings/03.yaml:9:"
            ),
        ),
        (f"{ONE}}}\n{ONE}}}\n".replace("x-1", "x-2", 1), "'x-1' promises what 'x-2' does"),
        (f"{ONE}, same_as: x-1}}\n", "a cycle of statements that are the same: x-1 -> x-1"),
        (f"{ONE}, same_as: nothing}}\n", "there is no record 'nothing'"),
        (
            (
                f"{ONE}, due: 2027-05, history: [{{date: 2027-07-01, text: a, status: slipped, "
                f"source: news}}]}}\n"
            ),
            "slipped on 2027-07-01, after its day was over: 2027-05",
        ),
        (
            (
                f"{ONE}, due: 2028, history: [{{date: 2027-07-01, text: a, status: missed, "
                f"source: news}}]}}\n"
            ),
            "missed on 2027-07-01, before its day was over: 2028",
        ),
    ],
)
def test_what_contradicts_itself_is_refused(
    add: Any,  # noqa: ANN401
    items: str,
    message: str,
) -> None:
    """Two statuses on a day, cycles, what is not there; a promise made twice is a warning."""
    ((severity, found),) = add(items)
    assert found.startswith(message)
    assert severity == ("warning" if "promises what" in message else "error")


def test_what_says_that_it_is_the_same_is_not_made_twice(add: Any) -> None:  # noqa: ANN401
    """Nor is what was promised by another, for another day, or about something else."""
    for other in (", same_as: x-1", ", repeats: x-1", ", due: 2028"):
        second = f"{ONE}{other}}}\n".replace("id: x-1", "id: x-2")
        assert add(f"{ONE}}}\n{second}") == []
