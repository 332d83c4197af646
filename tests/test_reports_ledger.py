"""Tests of the ledger of all promises."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import children
import pytest
from reading import context, dialogue

from reporter.formats import pdf
from reporter.formats.html import render
from reporter.library import Library
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.register import Document, Organisation, Project
from reporter.reports.common import rows_shown
from reporter.reports.ledger.view import (
    MOST_PLACES,
    LedgerReport,
    ledger_report,
)
from reporter.reports.views import Label, Who
from reporter.theme import Theme

ROOT = Path(__file__).parent.parent
YEARS = range(2000, 2021)
MOST_ROWS = 151
DAYS = (
    "2023-03-24",
    "2023-06-30",
    "2024-04-10",
    "2024-08-27",
    "2025-12-31",
    "2026-04-30",
    "2026-11-21",
)


def promise(name: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a promise of both states, with a source and nothing else."""
    return {
        "id": name,
        "by": ["a", "b"],
        "verb": "agreed",
        "text": f"to do {name}",
        "strength": "committed",
        "source": "d",
        **fields,
    }


def meeting(number: int, day: str, *statements: dict[str, Any], complete: bool = True) -> Meeting:
    """Return a meeting of which only its statements are known."""
    items = {"complete": complete, "items": statements}
    found = {
        "number": number,
        "title": {"en": "Talks"},
        "date": day,
        "place": "not verified",
        "evidence": "full",
        "statements": items,
    }
    return Meeting.model_validate(found)


def agreement(name: str, day: str, *undertakings: dict[str, Any]) -> Agreement:
    """Return an agreement with these undertakings."""
    found = {
        "id": name,
        "short": {"en": f"{name} agreement"},
        "title": {"en": "not verified"},
        "type": "exchange of notes",
        "parties": ["a", "b"],
        "summary": {"text": "Notes.", "source": "d"},
        "signing": {"date": day, "source": "d"},
        "in_force": "not verified",
        "undertakings": undertakings,
    }
    return Agreement.model_validate(found)


def library(*records: Meeting | Agreement, researched: str = "2024-12-31") -> Library:
    """Return a library of two states, State A and State B, a document, a weak one, and one body."""
    project = {
        "series": {"en": "Talks of A and B"},
        "short": {"en": "Talks"},
        "language": "en",
        "author": "Context",
        "sides": [{"id": name, "name": {"en": f"State {name.upper()}"}} for name in "ab"],
        "areas": [{"id": "all", "name": {"en": "All"}}],
        "researched_until": researched,
    }
    document = {
        "title": "Statement",
        "publisher": "A",
        "date": "2020-01-01",
        "language": "en",
        "read": "full",
    }
    official = Document.model_validate({"id": "d", "standing": "official", **document})
    weak = Document.model_validate({"id": "w", "standing": "weak", **document})
    agency = Organisation.model_validate({"id": "a-agency", "name": {"en": "Agency"}, "side": "a"})
    return Library(Project.model_validate(project), (official, weak, agency, *records))


def ledger(found: Library, day: str) -> LedgerReport:
    """Return the ledger as of ``day``."""
    return ledger_report(context(found, date.fromisoformat(day), asked=True))


def ids(rows: tuple[Any, ...]) -> list[str]:
    """Return the ids of the rows, in order."""
    return [row.row.id for row in rows]


def test_promises_and_expectations_stand_apart() -> None:
    """What is only wished for is listed apart, and what has no strength is no promise at all."""
    found = ledger(
        library(
            meeting(
                1,
                "2020-01-01",
                promise("p"),
                promise("e", strength="interest"),
                promise("s", strength=None),
            )
        ),
        "2020-02-01",
    )
    assert (ids(found.promises), ids(found.expectations)) == (["p"], ["e"])


def test_nothing_said_after_the_day_is_listed() -> None:
    """A meeting or an agreement of a later day has no row and no line."""
    found = ledger(
        library(
            meeting(1, "2020-01-01", promise("p")),
            meeting(2, "2021-01-01", promise("q")),
            agreement("n", "2021-01-01", promise("u")),
        ),
        "2020-06-01",
    )
    assert (ids(found.promises), len(found.by_meeting), found.by_agreement) == (["p"], 1, ())


def test_what_is_overdue_comes_first_then_what_nobody_looked_at_then_by_due_date() -> None:
    """The most urgent stands at the top; what has no date comes last."""
    asked = {"history": [{"date": "2021-05-01", "text": "Asked.", "source": "d"}]}
    made = meeting(
        1,
        "2020-01-01",
        promise("fresh", **asked),
        promise("late", due="2020"),
        promise("old"),
        promise("soon", due="2022", **asked),
    )
    assert ids(ledger(library(made), "2021-06-01").promises) == ["late", "old", "soon", "fresh"]


def test_promises_of_one_urgency_stand_in_the_order_of_the_meetings_and_then_the_agreements() -> (
    None
):
    """An agreement older than a meeting comes after it all the same."""
    found = library(
        meeting(1, "2020-02-01", promise("p")),
        meeting(2, "2020-03-01", promise("q")),
        agreement("n", "2020-01-01", promise("u")),
    )
    assert ids(ledger(found, "2020-04-01").promises) == ["p", "q", "u"]


def test_a_due_date_after_the_research_is_not_overdue() -> None:
    """Where nobody has looked, nothing is called overdue."""
    found = ledger(
        library(meeting(1, "2020-01-01", promise("p", due="2020")), researched="2020-06-30"),
        "2021-06-01",
    )
    assert (found.overdue, found.unchecked) == (0, 1)


def test_a_repeated_promise_says_at_which_meetings_it_was_taken_up_again() -> None:
    """Also where a repetition is repeated in its turn."""
    found = library(
        meeting(1, "2020-01-01", promise("p")),
        meeting(2, "2020-02-01"),
        meeting(3, "2020-03-01", promise("q", repeats="p")),
        meeting(4, "2020-04-01", promise("r", repeats="q", strength=None)),
    )
    rows = {row.row.id: row for row in ledger(found, "2020-05-01").promises}
    assert {name: row.again for name, row in rows.items()} == {"p": (3, 4), "q": (4,)}
    assert rows["p"].note == "taken up again at meetings 3 and 4"
    assert rows["q"].note == "taken up again at meeting 4"


@pytest.mark.parametrize(("source", "again"), [("d", (2,)), ("w", ())])
def test_evidence_about_a_meeting_counts_unless_the_source_is_weak(
    source: str, again: tuple[int, ...]
) -> None:
    """What a weak source alone says proves nothing."""
    history = [{"date": "2020-02-01", "text": "Taken up.", "about": "meeting-02", "source": source}]
    found = ledger(
        library(meeting(1, "2020-01-01", promise("p", history=history)), meeting(2, "2020-02-01")),
        "2020-03-01",
    )
    assert found.promises[0].again == again


def test_evidence_that_comes_later_says_nothing_yet() -> None:
    """As of a day before the evidence the promise was not taken up again."""
    history = [
        {"date": "2020-06-01", "text": "Found out later.", "about": "meeting-02", "source": "d"}
    ]
    found = ledger(
        library(meeting(1, "2020-01-01", promise("p", history=history)), meeting(2, "2020-02-01")),
        "2020-03-01",
    )
    assert (found.promises[0].again, found.promises[0].note) == ((), "")


def test_each_meeting_says_what_became_of_its_promises() -> None:
    """One row for each meeting, also for one without promises, its expectations counted apart."""
    met = {"history": [{"date": "2020-02-01", "text": "Done.", "status": "met", "source": "d"}]}
    made = meeting(
        1, "2020-01-01", promise("p", **met), promise("q"), promise("e", strength="planned")
    )
    rows = ledger(library(made, meeting(2, "2020-02-01", complete=False)), "2020-03-01").by_meeting
    assert [
        (
            row.promises,
            row.expectations,
            row.complete,
            [(count.status, count.number) for count in row.counts],
        )
        for row in rows
    ] == [
        (2, 1, True, [("met", 1), ("open", 1)]),
        (0, 0, False, []),
    ]


def test_what_each_side_owes_is_counted() -> None:
    """A body counts for its side; what all owe together is counted once."""
    made = meeting(
        1,
        "2020-01-01",
        promise("p", by="a-agency"),
        promise("q", by="b"),
        promise("r"),
        promise("s", by="a", strength="planned"),
    )
    rows = ledger(library(made), "2020-02-01").by_side
    assert [
        (row.who and row.who.everyone, row.promises, row.unfinished, row.expectations)
        for row in rows
    ] == [
        (False, 1, 1, 1),
        (False, 1, 1, 0),
        (True, 1, 1, 0),
    ]


def test_what_falls_due_is_counted_by_year() -> None:
    """A range counts in its last year; what has no date comes last."""
    made = meeting(
        1, "2020-01-01", promise("p", due="2021/2022"), promise("q"), promise("r", due="2021-03")
    )
    found = ledger(library(made), "2020-02-01")
    assert [(row.year, row.promises) for row in found.by_due] == [(2021, 1), (2022, 1), (None, 1)]
    page = render(Theme.of(ROOT), "ledger", found, "en")
    assert "2022: one promise (one left to do); no date: one promise (one left to do)." in page


def test_an_empty_ledger_is_printed() -> None:
    """A series without a promise has a ledger that says so."""
    page = render(
        Theme.of(ROOT), "ledger", ledger(library(meeting(1, "2020-01-01")), "2020-02-01"), "en"
    )
    assert "No promise is on record." in page


def test_the_bottom_line_names_what_is_late() -> None:
    """Three at most, what is most urgent first; of more it says so."""
    late = [promise(f"p{n}", due=f"2020-0{n}", short=f"Do the task {n}") for n in (2, 3, 4, 5)]
    found = ledger(library(meeting(1, "2020-01-01", *late)), "2021-01-01")
    named = "Late, among others: do the task 2, do the task 3 and do the task 4."
    assert named in f"{found.bottom_line} {found.note}"
    found = ledger(library(meeting(1, "2020-01-01", *late[:3])), "2021-01-01")
    assert named.replace(", among others", "") in f"{found.bottom_line} {found.note}"


def test_what_is_late_several_times_is_counted() -> None:
    """Promises of several years in the same words are named once, and are as many as they are."""
    late = [promise(f"p{n}", due=f"202{n}", short="Report on flows") for n in (0, 1, 2)]
    found = ledger(library(meeting(1, "2020-01-01", *late)), "2021-01-01")
    assert "Late: report on flows." in found.bottom_line
    assert "overdue" not in f"{found.bottom_line} {found.note}"
    found = ledger(library(meeting(1, "2020-01-01", *late)), "2022-01-01")
    assert "Late: report on flows." in found.bottom_line
    assert "two are overdue" in f"{found.bottom_line} {found.note}"


def test_of_a_long_promise_the_ledger_has_the_beginning() -> None:
    """The bottom line fewer words of it; no sentence ends twice."""
    late = promise("p1", due="2020-02", text=f"to do {'a thing ' * 200}")
    found = ledger(library(meeting(1, "2020-01-01", late)), "2021-01-01")
    (row,) = found.promises
    assert row.row.short == f"Do {'a thing ' * 14}…".replace(" …", "…")
    assert f"Late: do {'a thing ' * 7}…".replace(" …", "…") in found.bottom_line
    assert "…." not in found.bottom_line


def test_a_column_names_two_of_many_owners() -> None:
    """A row with all of them would be as high as the page."""
    view = ledger(library(meeting(1, "2020-01-01", promise("p1"))), "2021-01-01")
    for number, told in ((4, "O1, O2, O3, O4"), (5, "O1, O2 and three others")):
        names = tuple(Label(language="en", text=f"O{n}") for n in range(1, number + 1))
        (row,) = view.promises
        changed = row.row.model_copy(update={"who": Who(names=names)})
        many = view.model_copy(update={"promises": (row.model_copy(update={"row": changed}),)})
        assert f'data-label="Who, by when">{told}</td>' in render(
            Theme.of(ROOT), "ledger", many, "en"
        )


def test_one_event_is_told_once() -> None:
    """A row with the news of a row above it names that one; a search in vain is each row's own."""
    news = {"date": "2020-03-01", "text": "A bill is tabled.", "source": "d"}
    search = {"checked": "2020-04-01", "text": "A law", "where": "pages"}
    rows = [promise(name, history=[{**news, "status": "in progress"}]) for name in ("p1", "p2")]
    rows += [promise(name, history=[search]) for name in ("p3", "p4")]
    page = ledger(library(meeting(1, "2020-01-01", *rows)), "2020-05-01")
    same = {row.row.id: row.same_news and row.same_news.id for row in page.promises}
    assert same == {"p1": None, "p2": "p1", "p3": None, "p4": None}
    assert '1 Mar 2020: as for <a href="#p1">P1</a>' in render(Theme.of(ROOT), "ledger", page, "en")


def test_of_what_is_not_late_what_stands_alike_stands_together() -> None:
    """The worst first, and of these what was said first."""
    states = {"p1": "in progress", "p2": "open", "p3": "in progress", "p4": "open"}
    said = {"date": "2020-03-01", "text": "A report.", "source": "d"}
    rows = [promise(name, history=[{**said, "status": state}]) for name, state in states.items()]
    found = ledger(library(meeting(1, "2020-01-01", *rows)), "2020-05-01")
    assert ids(found.promises) == ["p2", "p4", "p1", "p3"]


def test_no_column_is_empty() -> None:
    """Where no expectation has a status, it has no column; the strength says what it is."""
    wish = promise("e1", strength="interest", short="meet again")
    plan = promise("e2", strength="planned", due="2021", short="launch it")
    for rows, heads in (([wish], []), ([plan], ["Status"]), ([wish, plan], ["Status"])):
        found = ledger(library(meeting(1, "2020-01-01", *rows)), "2020-05-01")
        page = render(Theme.of(ROOT), "ledger", found, "en")
        assert page.count('<th scope="col">Status</th>') == len(heads)
        assert ("All others: " in page) == (len(rows) > 1)
        assert ("<em>Interest.</em> Meet again" in page) == (wish in rows)


def test_no_column_is_of_one_meeting() -> None:
    """With forty meetings the page has the columns that it has with two."""
    two = library(meeting(1, "2020-01-01", promise("p")), meeting(2, "2020-02-01"))
    many = library(
        meeting(1, "2020-01-01", promise("p")),
        *(meeting(n, f"2020-{n // 10 + 2:02}-{n % 10 + 1:02}") for n in range(2, 41)),
    )
    pages = [
        render(Theme.of(ROOT), "ledger", ledger(one, "2021-01-01"), "en") for one in (two, many)
    ]
    heads = [page.partition('id="promises"')[2].partition("</thead>")[0] for page in pages]
    assert heads[0].count("<th ") == heads[1].count("<th ") == 4


def test_nothing_is_counted_of_which_there_is_none() -> None:
    """Neither 'no have a date' nor 'no not done'."""
    done = [{"date": "2020-03-01", "text": "Done.", "status": "met", "source": "d"}]
    made = meeting(1, "2020-01-01", promise("p", history=done))
    found = ledger(library(made), "2020-06-01")
    assert found.bottom_line == "Promises on record: one is met."
    told = render(Theme.of(ROOT), "ledger", found, "en")
    assert "Both: one promise (none left to do)." in told


@pytest.mark.full
def test_thirty_promises_take_one_page(tmp_path: Path) -> None:
    """None of them is done, each has news; what has no room is the news of the least urgent."""
    news = "The two agencies met in spring and agreed on what each of them is to bring"
    lines = [
        promise(
            f"c1-{n:02}",
            short=f"Exchange the data of the instrument number {n} between both agencies",
            due=f"20{n:02}" if n > 20 else None,
            history=[{"date": "2020-03-01", "text": f"{news}, {n} of {news}", "source": "d"}],
        )
        for n in range(1, 31)
    ]
    found = ledger(library(meeting(1, "2020-01-01", *lines)), "2020-06-01")
    done = pdf.render(Theme.of(ROOT), render(Theme.of(ROOT), "ledger", found, "en"), "x")
    (tmp_path / "x.pdf").write_bytes(done.content)
    told = children.run(
        ["pdftotext", "-layout", tmp_path / "x.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout
    first, *others = told.split("\f")
    assert [n for n in range(1, 31) if f"C1-{n:02}" not in first] == []
    assert "C1-" not in " ".join(others)
    assert 0 < first.count("The two agencies met") < 60
    assert "The last news of" in first


def test_the_page_does_not_grow_with_what_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is in the record; the page has what is left to do, and the newest of the rest."""
    monkeypatch.setattr(rows_shown, "MOST_ROWS", MOST_ROWS)
    met = [
        {"date": f"{year}-05-01", "text": "Done", "status": "met", "source": "d"} for year in YEARS
    ]
    talks = [
        meeting(n, f"{2000 + n}-01-01", *(promise(f"p{n}-{k}", history=[met[n]]) for k in range(9)))
        for n in range(1, 20)
    ]
    found = ledger(library(*talks, meeting(20, "2021-01-01", promise("open"))), "2024-01-01")
    assert len(found.promises) == 9 * 19 + 1
    assert sum(row.shown for row in found.promises) == MOST_ROWS
    assert next(row.shown for row in found.promises if row.row.id == "open")
    assert {row.made.report for row in found.promises if not row.shown} == {
        *("meeting-01", "meeting-02", "meeting-03")
    }
    assert [(link.text, link.number) for link in found.years] == [
        *(("2003", 3), ("2002", 9), ("2001", 9)),
    ]
    assert "21 more entries" in found.finished
    page = render(Theme.of(ROOT), "ledger", found, "en")
    assert page.count('class="state"') == MOST_ROWS
    assert found.finished in page


def test_of_very_many_meetings_those_with_something_left_to_do_are_shown() -> None:
    """The others are in the record."""
    talks = [meeting(n, f"{1000 + n}-01-01") for n in range(1, MOST_PLACES + 1)]
    last = meeting(MOST_PLACES + 1, "2021-01-01", promise("open"))
    found = ledger(library(*talks, last), "2024-01-01")
    assert len(found.by_meeting) == MOST_PLACES + 1
    assert [place.made.report for place in found.by_meeting if place.shown] == ["meeting-151"]


@pytest.fixture(scope="module")
def real() -> Library:
    """Return the library of the records in this checkout."""
    contents = dialogue()
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


@pytest.mark.parametrize("day", DAYS)
def test_the_real_ledger_knows_no_evidence_after_its_day(real: Library, day: str) -> None:
    """Neither evidence nor a check nor a status note is later than the day."""
    rows = (*(found := ledger(real, day)).promises, *found.expectations)
    dates = [
        line.date
        for row in rows
        for line in (row.row.evidence, *row.row.reported)
        if line and line.date
    ]
    assert rows
    assert all(when.known_on(date.fromisoformat(day)) for when in dates)


@pytest.mark.parametrize(
    ("day", "name", "status"),
    [
        ("2023-03-24", "c8-05", "open"),
        ("2023-06-30", "c8-04", None),  # without a date: it has news
        ("2023-06-30", "e8-04", None),
        ("2024-04-10", "e8-03", "slipped"),
        ("2024-04-10", "c8-05", "open"),
        ("2024-08-27", "c8-05", "met"),
        ("2024-04-10", "c6-02", "missed"),
        ("2025-12-31", "e8-03", "slipped"),
        ("2026-04-30", "c6-02", "partly met"),
        ("2025-12-31", "u-08", "partly met"),
        ("2026-04-30", "c1-01", "met late"),
        ("2026-11-21", "c8-03", None),
    ],
)
def test_the_real_ledger_says_where_things_stood(
    real: Library, day: str, name: str, status: str | None
) -> None:
    """The status is that of the day, not that of today."""
    rows = (*(found := ledger(real, day)).promises, *found.expectations)
    assert {row.row.id: row.row.standing.status for row in rows}[name] == status


def test_the_real_ledger_counts_every_promise_once(real: Library) -> None:
    """By meeting and agreement, by side and by due date the same promises are counted."""
    found = ledger(real, DAYS[-1])
    sums = [
        sum(row.promises for row in rows)
        for rows in ((*found.by_meeting, *found.by_agreement), found.by_side, found.by_due)
    ]
    assert sums == [len(found.promises)] * 3
