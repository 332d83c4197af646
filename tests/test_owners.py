"""Tests of promises that several owe: lines of a history that tell of some of them only."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from conftest import problems_of, with_promises
from reading import context, words
from test_matters import entry, same
from test_reports_ledger import agreement, ledger, library, meeting, promise

from reporter.formats.exports.tables import LEDGER, gather
from reporter.formats.html import render
from reporter.library.snapshot import Snapshot
from reporter.records.statements import Forecast, Statement
from reporter.reports.body.rows import promises as owed_by
from reporter.reports.common.owners import of_whom
from reporter.reports.filtered.view import filtered_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.party.view import party_report
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library
    from reporter.library.snapshot import Standing
    from reporter.reports.views import Followed

STARTED = entry("2020-05-01", "in progress")
MET = entry("2021-01-01", "met", parties="a")
MISSED = entry("2021-06-01", "missed", parties=["b"])
DAY = "2022-01-01"


def of(*lines: dict[str, Any], **fields: Any) -> Library:  # noqa: ANN401
    """Return a library in which both states made one promise with this history."""
    return library(meeting(1, "2020-01-01", promise("p", history=lines, **fields)))


def standing(found: Library, day: str = DAY) -> Standing:
    """Return where the promise stands."""
    snapshot = Snapshot(found, date.fromisoformat(day))
    return snapshot.standing(found.statements["p"].statement, None)


def own(found: Library, day: str = DAY) -> dict[str, str]:
    """Return the status of each owner, where they have one of their own."""
    return {name: one.status for name, one in standing(found, day).own}


def row(found: Library, day: str = DAY) -> Followed:
    """Return the promise as the ledger has it."""
    return ledger(found, day).promises[0].row


def test_a_line_tells_of_all_or_of_those_it_names() -> None:
    """The newest line that tells of an owner has their status; the worst holds for the whole."""
    found = of(STARTED, MET, MISSED)
    assert (standing(found, "2020-12-31").status, own(found, "2020-12-31")) == ("in progress", {})
    assert own(found, "2021-03-01") == {"a": "met", "b": "in progress"}
    assert standing(found, "2021-03-01").status == "in progress"
    assert own(found) == {"a": "met", "b": "missed"}
    assert standing(found).status == "missed"


def test_a_later_line_of_all_takes_the_place_of_both() -> None:
    """They stand alike again, and nothing is said of each."""
    found = of(MET, MISSED, entry("2021-09-01", "overtaken"))
    assert own(found) == {"a": "overtaken", "b": "overtaken"}
    assert row(found).standing.apart == ""


def test_it_is_met_when_the_last_of_them_met_it() -> None:
    """And late if one of them was."""
    second = entry("2021-06-01", "met", parties="b")
    assert standing(of(MET, second)).status == "met"
    fulfilled = standing(of(MET, second)).fulfilled
    assert fulfilled is not None
    assert str(fulfilled.when) == "2021-06-01"
    late = of(MET, second, due="2021-03")
    assert (standing(late).status, own(late)) == ("met late", {"a": "met", "b": "met late"})
    assert standing(late, "2021-04-30").overdue_since == date(2021, 3, 31)


def test_the_evidence_beside_a_status_is_on_those_who_stand_so() -> None:
    """Not what another owner did later."""
    late = entry("2021-08-01", "met", parties="a", text="Built")
    found = row(of(entry("2021-06-01", "missed", parties="b", text="Never built"), late))
    assert found.standing.status == "missed"
    assert found.evidence is not None
    assert found.evidence.text == "State B: Never built"


def test_an_inference_on_one_owner_is_one_on_the_whole() -> None:
    """Where the whole stands as that owner does."""
    inferred = entry("2021-06-01", "missed", parties="b", inferred=True)
    assert standing(of(MET, inferred)).inferred
    assert not standing(of(entry("2021-01-01", "met", parties="a", inferred=True), MISSED)).inferred


def test_weak_sources_set_no_status_of_an_owner() -> None:
    """They are reported, and of whom."""
    found = standing(of(STARTED, entry("2021-06-01", parties="b", source="w")))
    assert (found.status, [one.parties for one in found.reported]) == ("in progress", [("b",)])


@pytest.mark.parametrize(
    ("number", "missed", "told"),
    [
        (2, 1, "missed: State B; met: State A"),
        (20, 2, "missed: 2 of 20 (X1 and X2); met: 18 of 20"),
        (20, 16, "missed: 16 of 20; met: 4 of 20"),
    ],
)
def test_how_they_differ_is_said_in_few_words(number: int, missed: int, told: str) -> None:
    """Of few all are named; of many those who are few at one status."""
    names = ["b", "a"] if number == 2 else [f"x{n}" for n in range(1, number + 1)]
    lines = [
        entry("2021-01-01", "missed", parties=names[:missed]),
        entry("2021-01-02", "met", parties=names[missed:]),
    ]
    found = library(meeting(1, "2020-01-01", promise("p", by=names, history=lines)))
    bodies = [
        type(found.organisations["a-agency"])(id=name, name={"en": name.upper()})
        for name in names
        if number > 2
    ]
    whole = type(found)(found.project, (*found.records, *bodies))
    assert row(whole).standing.apart == told


def test_pages_say_how_owners_differ() -> None:
    """The ledger, the meeting, the report on an owner."""
    found = of(STARTED, MET, MISSED)
    told = "missed: State B; met: State A"
    page = context(found, date.fromisoformat(DAY))
    assert row(found).standing.apart == told
    promises = meeting_report(page.afresh(), found.meetings[1]).promises
    assert promises[0].standing.apart == told
    rows = meeting_report(page.afresh(), found.meetings[1]).promised.rows
    assert [(one.apart, one.news and one.news.text) for one in rows] == [
        (told, "1 Jun 2021: State B: News of 2021-06-01")
    ]
    assert told in owed_by(page.afresh(), ("a",), owed=False)[0].notes
    theme = Theme((default_templates(),))
    html = render(theme, "ledger", ledger(found, DAY), "en")
    assert f'<span class="since apart">{told}</span>' in html


def test_a_line_says_of_whom_it_tells() -> None:
    """Unless its own words do."""
    found = of(entry("2021-01-01", "met", parties="a", text="State A built it"))
    page = context(found, date.fromisoformat(DAY))
    (line,) = found.statements["p"].statement.history
    assert of_whom(page, line) == ""
    assert page.told(line) == "State A built it"
    unnamed = line.model_copy(update={"text": "It was built"})
    assert page.told(unnamed) == "State A: It was built"


def test_tables_have_each_owner() -> None:
    """In CSV by their ids, in JSON with their names."""
    report = ledger(of(STARTED, MET, MISSED), DAY)
    table = gather(report, of(), date.fromisoformat(DAY), words("en"))
    text = io.StringIO("\n".join(",".join(f'"{cell}"' for cell in line) for line in table))
    (told,) = csv.DictReader(text)
    assert tuple(told) == tuple(LEDGER)
    assert told["status_by_owner"] == "a: met; b: missed"
    owners = report.model_dump(mode="json")["promises"][0]["row"]["standing"]["owners"]
    assert [(one["id"], one["name"]["text"], one["status"]) for one in owners] == [
        ("a", "State A", "met"),
        ("b", "State B", "missed"),
    ]


def test_what_is_missed_by_one_is_still_open_with_the_other() -> None:
    """The briefing before a visit has it, and says where the party itself stands."""
    found = of(STARTED, MISSED, by=["a", "b", "a-agency"])
    page = context(found, date.fromisoformat(DAY))
    (line,) = [one for group in party_report(page, "a").owed for one in group.rows]
    assert (line.row.standing.status, line.own) == ("missed", "")
    assert line.row.standing.apart == "missed: State B; in progress: State A and Agency"
    done = of(MISSED, entry("2021-07-01", "met", parties="a"))
    assert party_report(context(done, date.fromisoformat(DAY)), "a").owed == ()


def test_a_status_is_asked_of_the_owner_who_is_asked_for() -> None:
    """What another one missed is no missed promise of theirs."""
    page = context(of(STARTED, MET, MISSED), date.fromisoformat(DAY))
    kept = {
        name: filtered_report(page.afresh(), name).number
        for name in ("owner-a--status-missed", "owner-b--status-missed", "status-missed")
    }
    assert [*kept.values()] == [0, 1, 1]


def test_the_same_promise_shares_what_tells_of_its_owners() -> None:
    """A line on somebody who does not owe it at the other place is not one of its own."""
    found = same(
        meeting(1, "2020-01-01", promise("p", history=[STARTED, MET, MISSED])),
        agreement("pact", "2020-02-01", promise("q", by=["a"], same_as="p")),
    )
    history = found.statements["q"].statement.history
    assert [(str(one.when), one.parties) for one in history] == [
        ("2020-05-01", ()),
        ("2021-01-01", ("a",)),
    ]


def test_nobody_is_told_of_who_does_not_owe_it() -> None:
    """Nor is there a line of some in a forecast, which nobody owes."""
    with pytest.raises(ValueError, match="'c' does not owe 'p'"):
        Statement.model_validate(promise("p", history=[entry("2021-01-01", "met", parties="c")]))
    line = entry("2021-01-01", parties="a")
    told = {"id": "f-1", "text": "x", "date": "2020", "source": "d", "history": [line]}
    with pytest.raises(ValueError, match="nobody owes a forecast"):
        Forecast.model_validate(told)


LINES = """      history:
        - {date: 2025-08-01, text: Lent, status: met, parties: state-a, source: news}
        - {date: 2025-08-01, text: Not lent, status: missed, parties: PARTIES, source: news}
"""
SAID = """    - id: c2-09
      by: [state-a, state-b]
      verb: committed
      text: to lend their antennas
      strength: committed
      due: 2025-07
"""
SOURCE = "      source: statement-02#3\n"


@pytest.mark.parametrize(
    ("parties", "message", "column"),
    [
        ("state-b", None, 0),
        ("[state-b, b-agency]", "'b-agency' does not owe 'c2-09'", 71),
        (
            "[state-b, state-a]",
            "'state-a' is 'met' on 2025-08-01, and 'missed' on the same day",
            54,
        ),
    ],
)
def test_a_wrong_line_is_told_at_its_place(
    project: Path, parties: str, message: str | None, column: int
) -> None:
    """Whom it names, or the status that it sets."""
    found = problems_of(with_promises(project, SAID + LINES.replace("PARTIES", parties) + SOURCE))
    assert [one.message for one in found] == ([message] if message else [])
    assert [one.column for one in found] == ([column] if message else [])


@pytest.mark.parametrize(("other", "wrong"), [("state-b", False), ("state-a", True)])
def test_the_order_of_precedence_holds_for_each_owner(
    project: Path,
    other: str,
    wrong: bool,  # noqa: FBT001 (of one rule)
) -> None:
    """What one of them missed can slip for another one, and not for the same."""
    lines = LINES.replace("PARTIES", other).replace("status: met", "status: missed")
    lines = lines.replace(
        "2025-08-01, text: Not lent, status: missed", "2025-09, text: x, status: slipped"
    )
    undated = SAID.replace("      due: 2025-07\n", "")
    found = problems_of(with_promises(project, undated + lines + SOURCE))
    assert [one.message for one in found] == ["slipped on 2025-09, after it was missed"] * wrong


def test_what_one_owner_has_not_done_is_overdue_though_the_other_missed_it() -> None:
    """The step is that of the one who has still to do it."""
    found = of(MISSED, due="2020-12-31")

    def step(day: date) -> tuple[str, str]:
        steps = meeting_report(context(found, day), found.meetings[1]).steps
        (row,) = (one for one in (*steps.rows, *steps.others) if one.id == "p")
        return row.who, row.overdue

    assert step(date(2022, 1, 1)) == ("State A", "overdue")
    assert step(date(2020, 12, 1)) == ("Both", "")
