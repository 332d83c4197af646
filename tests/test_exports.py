"""Tests of the reports in forms for other programs.

They are JSON, CSV, iCalendar, and linked data in the page.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from exporting import Exports, forms_of
from icalendar import Calendar, Event, Journal
from jsonschema import Draft202012Validator
from pyld import jsonld
from reading import context, dialogue

from reporter.desk.schema import report_schemas
from reporter.formats import EXPORTS, FORMATS
from reporter.formats.exports.calendar_days import entries
from reporter.formats.exports.calendars import slug
from reporter.formats.exports.linked import linked_data
from reporter.formats.exports.tables import cell
from reporter.formats.html import render
from reporter.kinds import KINDS as REPORT_KINDS
from reporter.language import language_of
from reporter.library import Library
from reporter.library.edition import public
from reporter.library.snapshot import Snapshot
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.register import Document, Organisation, Project
from reporter.reports import everything, selection, views_of
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.reports import Selection
    from reporter.reports.views import Report

ROOT = Path(__file__).parent.parent
WORDS = language_of(Theme.of(ROOT), "en")
DAYS = ("2023-03-24", "2024-08-01", "2026-05-31")
ASKED = True  # the day was asked for
DOMAIN = "talks-of-a-and-b"


@cache
def real() -> Library:
    """Return the library of the project itself."""
    contents = dialogue()
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


@cache
def views(day: str) -> tuple[Report, ...]:
    """Return the view of every report of the project on a day, and of meetings to come then."""
    return tuple(
        selection.view(context(real(), date.fromisoformat(day), asked=ASKED))
        for selection in selections(real(), day)
    )


def selections(found: Library, day: str) -> tuple[Selection, ...]:
    """Return every report on a day, and those before the meetings still to come then."""
    on = date.fromisoformat(day)
    ahead = [
        selection(found, "meeting", (meeting.key,), on)
        for meeting in found.meetings.values()
        if not meeting.date.known_on(on)
    ]
    body = next(iter(found.organisations))
    party = next(reversed(found.sides))
    asked = {"body": body, "party": party, "filtered": f"with-{party}--status-open-in-progress-met"}
    matrices = (
        selection(found, "matrix", (owned.owner.id,), on)
        for owned in found.all_statements
        if owned.statement.is_promise and Snapshot(found, on).was_said(owned)
    )
    alone = (selection(found, kind, (name,), on) for kind, name in asked.items())
    return (*everything(found, on), *ahead, *alone, *islice(matrices, 1))


def view_of(found: Library, day: str, name: str) -> Report:
    """Return the view of one report on a day."""
    selection = next(item for item in selections(found, day) if item.id == name)
    return selection.view(context(found, date.fromisoformat(day), asked=ASKED))


def exported(form: str, day: str = DAYS[-1]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of every report of the project that has a form."""
    exports = Exports(real(), date.fromisoformat(day), WORDS)
    for view in views(day):
        if form in forms_of(view.heading.kind):
            yield view.id, exports.render(view, form)


def said(name: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return a promise of both states, with a source and nothing else."""
    return {
        "id": name,
        "by": ["a", "b"],
        "verb": "agreed",
        "text": f"to do {name}",
        "strength": "committed",
        "source": "d#1",
        **fields,
    }


def meeting(
    number: int,
    day: str,
    *statements: dict[str, Any],
    **fields: Any,  # noqa: ANN401
) -> Meeting:
    """Return a meeting of which only its statements are known."""
    items = {"complete": True, "items": statements}
    found = {
        "number": number,
        "title": {"en": "Talks"},
        "date": day,
        "place": "not verified",
        "evidence": "full",
        "statements": items,
    }
    return Meeting.model_validate(found | fields)


def agreement(**fields: Any) -> Agreement:  # noqa: ANN401
    """Return an agreement of both states of 1 March 2020."""
    found = {
        "id": "pact",
        "short": {"en": "the Pact"},
        "title": {"en": "Pact of States"},
        "type": "exchange of notes",
        "parties": ["a", "b"],
        "summary": {"text": "Notes.", "source": "d#1"},
        "signing": {"date": "2020-03-01", "source": "d#1"},
        "in_force": {"date": "2020-03-01", "source": "d#1"},
    }
    return Agreement.model_validate(found | fields)


def library(
    *records: Meeting | Agreement | Programme,
    series: str = "Talks of A and B",
    **settings: Any,  # noqa: ANN401
) -> Library:
    """Return a library of two states, State A and State B, with one document and two bodies."""
    project = {
        "series": {"en": series},
        "short": {"en": "Talks"},
        "language": "en",
        "author": "Context",
        "sides": [{"id": name, "name": {"en": f"State {name.upper()}"}} for name in "ab"],
        "areas": [{"id": "all", "name": {"en": "All"}}],
        "researched_until": "2024-12-31",
        **settings,
    }
    document = {
        "id": "d",
        "title": "Statement",
        "publisher": "A",
        "date": "2020-01-01",
        "language": "en",
        "read": "full",
    }
    official = Document.model_validate({**document, "standing": "official", "paragraphs": 3})
    bodies = [
        Organisation.model_validate(
            {"id": f"{side}-office", "name": {"en": f"Office {side}"}, "side": side}
        )
        for side in "ab"
    ]
    return Library(Project.model_validate(project), (official, *bodies, *records))


# a value of a calendar may be of any of thirty types
def calendar_of(found: Library, day: str, name: str = "series") -> Any:  # noqa: ANN401
    """Return a report's calendar, read back."""
    return Calendar.from_ical(
        Exports(found, date.fromisoformat(day), WORDS).render(view_of(found, day, name), "ics")
    )


def table_of(found: Library, day: str, name: str) -> list[dict[str, str]]:
    """Return the rows of a report's table by the names of its columns."""
    return rows_of(
        Exports(found, date.fromisoformat(day), WORDS).render(view_of(found, day, name), "csv")
    )


def days_of(calendar: Any) -> dict[str, tuple[date, date]]:  # noqa: ANN401 (as above)
    """Return each entry's first day and the day after its last, by its id without the series."""
    events = [event for event in calendar.subcomponents if isinstance(event, Event)]
    return {str(event["UID"]).partition("@")[0]: (event.start, event.end) for event in events}


def rows_of(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a table by the names of its columns."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


# Which report has which forms


def test_every_kind_of_report_says_its_forms() -> None:
    """All have JSON; a meeting has the same after its day and before it.

    That is because `--meeting` may mean either.
    """
    assert all(views_of(kind).model for kind in REPORT_KINDS)
    assert all("json" in forms_of(kind) for kind in REPORT_KINDS)
    assert forms_of("meeting") == forms_of("upcoming") == ("json", "md", "docx", "csv", "ics")
    assert not {"ics"} & {
        *forms_of("comparison"),
        *forms_of("agreement"),
        *forms_of("index"),
    }
    assert not {"csv"} & {*forms_of("agreement"), *forms_of("index")}


def test_the_index_leads_to_every_kind_of_a_full_build() -> None:
    """A kind without a group would be missing from it in silence."""
    built = {item.heading.kind for item in everything(real(), date(2026, 1, 1))}
    assert {name for name in built if REPORT_KINDS[name].group is None} == {"index"}


def test_a_form_that_a_report_has_not() -> None:
    """Whoever asks for it all the same has not looked at its kind."""
    found = library(meeting(1, "2020-01-01"))
    with pytest.raises(ValueError, match="index has no calendar"):
        Exports(found, date(2021, 1, 1), WORDS).render(view_of(found, "2021-01-01", "index"), "ics")


@pytest.mark.parametrize("form", [form for form in EXPORTS if not FORMATS[form].source])
def test_the_same_records_give_the_same_bytes(form: str) -> None:
    """Nothing of the clock, the machine or chance is in a file; others are made of the page."""
    first, second = dict(exported(form)), dict(exported(form))
    assert first == second
    assert len(first) >= 10


# JSON


def test_json_keeps_to_its_published_schema() -> None:
    """The longest of each kind of report is valid; each is UTF-8, indented, its last line ended."""
    day = "2024-08-01"  # one meeting is still to come
    # The real records have no visit: its binder is looked at in test_reports_binder.py.
    # They are not many enough for pages of years: see test_scale.py.
    assert {view.heading.kind for view in views(day)} == set(REPORT_KINDS) - {"binder", "year"}
    made = [*zip(views(day), (content for _, content in exported("json", day)), strict=True)]
    made.sort(key=lambda one: len(one[1]))
    for kind, content in {view.heading.kind: content for view, content in made}.items():
        check = Draft202012Validator(report_schemas()[f"report-{kind}"])
        assert [error.message for error in check.iter_errors(json.loads(content))] == [], kind
    for _, content in made:
        assert content.startswith(b'{\n  "id": "')
        assert content.endswith(b"\n}\n")
        assert b"\\u" not in content


def test_a_wrong_report_is_refused_by_the_schema() -> None:
    """A field too many, one too few and a word that is not allowed are faults."""
    check = Draft202012Validator(report_schemas()["report-ledger"])
    ledger = json.loads(next(content for name, content in exported("json") if name == "ledger"))
    row = ledger["promises"][0]
    assert check.is_valid(ledger)
    assert not check.is_valid(ledger | {"more": 1})
    assert not check.is_valid({key: value for key, value in ledger.items() if key != "dated"})
    assert not check.is_valid(ledger | {"promises": [row | {"kind": "wish"}]})


# CSV


def test_csv_is_as_rfc_4180_and_excel_have_it() -> None:
    """It begins with a byte order mark and a header, and ends its lines with CR LF.

    All its rows are of one width.
    """
    tables = dict(exported("csv"))
    assert {"ledger", "series", "meeting-08", "compare-07-08"} <= tables.keys()
    for content in tables.values():
        assert content.startswith(codecs.BOM_UTF8)
        assert content.endswith(b"\r\n")
        assert re.findall(rb"[^\r]\n", content) == []
        header, *rows = csv.reader(
            io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True
        )
        assert all(re.fullmatch("[a-z_]+", name) for name in header)
        assert {len(row) for row in rows} <= {len(header)}


def test_the_ledger_as_a_table() -> None:
    """Each promise and each expectation is a row.

    It has the due date, the status and the sources as the records write them.
    """
    due = said("c1", due="2021-02", due_words="early 2021")
    history = [{"date": "2020-05", "text": "Begun", "status": "in progress", "source": "d#2"}]
    checks = [{"checked": "2020-06-01", "where": "the web", "text": "Any word of it"}]
    found = library(
        meeting(
            1,
            "2020-01-01",
            due,
            said("c2", history=history),
            said("e1", strength="interest", by="a-office", history=checks),
        )
    )
    rows = {row["id"]: row for row in table_of(found, "2021-06-01", "ledger")}
    assert {name: row["kind"] for name, row in rows.items()} == {
        "c1": "promise",
        "c2": "promise",
        "e1": "expectation",
    }
    first, second, third = (rows[name] for name in ("c1", "c2", "e1"))
    assert (first["due"], first["due_last_day"], first["due_words"]) == (
        "2021-02",
        "2021-02-28",
        "early 2021",
    )
    assert (first["who"], first["sides"], first["made_at"], first["made_on"]) == (
        "State A; State B",
        "a; b",
        "meeting-01",
        "2020-01-01",
    )
    assert (first["status"], first["overdue_since"], first["sources"]) == (
        "open",
        "2021-02-28",
        "d#1",
    )
    assert (second["evidence_date"], second["evidence"], second["evidence_sources"]) == (
        "2020-05",
        "Begun",
        "d#2",
    )
    assert (second["status"], second["evidence_inferred"], second["looked_for"]) == (
        "in progress",
        "no",
        "",
    )
    assert (third["looked_for_on"], third["looked_for"], third["evidence"]) == (
        "2020-06-01",
        "Any word of it",
        "",
    )
    assert (third["who"], third["strength"]) == ("Office a", "interest")


def test_who_took_part_as_a_table() -> None:
    """By side in the order of the list; a chair outside the list stands after it.

    The series is its meetings one after another.
    """
    lists = [
        {
            "side": "a",
            "complete": True,
            "bodies": [{"body": "a-office", "printed_as": "Bureau", "special": True}],
            "source": "d#1",
        },
        {"side": "b", "complete": False},
    ]
    chairs = [{"side": "b", "organisation": "b-office", "source": "d#2"}]
    found = library(
        meeting(1, "2020-01-01", participants=lists, cochairs=chairs),
        meeting(2, "2021-01-01", participants=lists[:1]),
    )
    first, second = (table_of(found, "2022-01-01", name) for name in ("meeting-01", "meeting-02"))
    assert [list(row.values()) for row in first] == [
        [
            "1",
            "2020-01-01",
            "State A",
            "1",
            "a-office",
            "Office a",
            "",
            "special",
            "Bureau",
            "yes",
            "d#1",
        ],
        ["1", "2020-01-01", "State B", "", "b-office", "Office b", "", "co-chair", "", "no", "d#2"],
    ]
    assert table_of(found, "2022-01-01", "series") == first + second


def test_before_a_meeting_the_table_has_who_came_last() -> None:
    """Of the meeting itself nobody is known; of the first one there is no row."""
    bodies = [{"side": "a", "complete": True, "bodies": ["a-office"], "source": "d#1"}]
    found = library(
        meeting(1, "2020-01-01", participants=bodies), meeting(2, "2021-01-01", participants=bodies)
    )
    assert [row["meeting"] for row in table_of(found, "2020-06-01", "meeting-02")] == ["1"]
    assert table_of(found, "2019-06-01", "meeting-01") == []


def test_who_came_and_went_as_a_table() -> None:
    """A comparison has both meetings in each row, and says what cannot be told."""
    tables = dict(exported("csv"))
    rows = rows_of(tables["compare-05-06"])
    assert {row["earlier_meeting"] for row in rows} == {"5"}
    assert {row["move"] for row in rows} >= {"out", "stayed"}
    unread = [row for row in rows_of(tables["compare-08-09"]) if row["later_list_complete"] == "no"]
    assert unread
    assert "out" not in {row["move"] for row in unread}


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        " =1",
        "\u3000=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
    ],
)
def test_no_cell_is_a_formula(text: str) -> None:
    """What a spreadsheet would calculate is a text, which an apostrophe in front makes it."""
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, ""), (True, "yes"), (False, "no"), (8, "8"), ("a=1", "a=1"), ("'quoted'", "'quoted'")],
)
def test_other_cells_stay_as_they_are(value: object, text: str) -> None:
    """Nothing is put in front of what is no formula."""
    assert cell(value) == text


def test_no_formula_leaves_the_records() -> None:
    """A record that begins as a formula does not end as one; separators stay inside its cell."""
    found = library(
        meeting(1, "2020-01-01", said("c1", text='=HYPERLINK("http://x"),1\n-2', short="x"))
    )
    assert table_of(found, "2021-01-01", "ledger")[0]["text"] == '\'=HYPERLINK("http://x"),1\n-2'


# iCalendar


@pytest.mark.parametrize(
    ("due", "day"),
    [
        ("2021-02-10", date(2021, 2, 10)),
        ("2024-02", date(2024, 2, 29)),
        ("2021", date(2021, 12, 31)),
        ("2021-03/2021-05", date(2021, 5, 31)),
        ("../2021-05-24", date(2021, 5, 24)),
        ("9999", date(9999, 12, 31)),
    ],
)
def test_what_is_due_stands_on_its_last_day(due: str, day: date) -> None:
    """A day, a month, a year or a range is an entry of one whole day, in the document's words."""
    found = library(meeting(1, "2020-01-01", said("c1", due=due, due_words="by then; or so")))
    (event,) = calendar_of(found, "2020-06-01", "ledger").subcomponents
    assert event.name == "VEVENT"
    assert event["DTSTART"].dt == day
    assert event["DTSTART"].params == {"VALUE": "DATE"}
    assert "DTEND" not in event
    assert event["SUMMARY"] == "Due: Do c1 (State A and State B)"
    assert "\u201cby then; or so\u201d" in event["DESCRIPTION"]
    assert "First meeting, 1 January 2020" in event["DESCRIPTION"]


def test_a_meeting_stands_on_its_own_days() -> None:
    """The last of them is included.

    Of a meeting of which only the month is known it is the last day of that month.
    """
    found = library(
        meeting(1, "2020-01-30/2020-02-01"), meeting(2, "2021-02"), meeting(3, "../2022-01-05")
    )
    assert days_of(calendar_of(found, "2023-01-01")) == {
        "meeting-01": (date(2020, 1, 30), date(2020, 2, 2)),
        "meeting-02": (date(2021, 2, 28), date(2021, 3, 1)),
        "meeting-03": (date(2022, 1, 5), date(2022, 1, 6)),
    }
    latest = date.max - timedelta(days=1)
    assert (
        days_of(calendar_of(library(meeting(1, "9999-12-30/9999-12-31")), "9999-12-31"))[
            "meeting-01"
        ][0]
        == latest
    )


def test_each_calendar_has_its_own() -> None:
    """A meeting has itself and what is due of it; the ledger all that is due.

    The series has both; agreements count.
    """
    pact = agreement(undertakings=[said("u1", due="2030")])
    found = library(
        meeting(1, "2020-01-01", said("c1", due="2021")),
        meeting(2, "2021-01-01", said("c2", due="2022"), said("c3")),
        pact,
    )
    day = "2021-06-01"
    assert days_of(calendar_of(found, day, "meeting-01")).keys() == {"meeting-01", "due-c1"}
    assert days_of(calendar_of(found, day, "ledger")).keys() == {"due-c1", "due-c2", "due-u1"}
    assert days_of(calendar_of(found, day)).keys() == {
        "meeting-01",
        "meeting-02",
        "due-c1",
        "due-c2",
        "due-u1",
    }


def test_the_ledgers_calendar_has_plans_and_steps_too() -> None:
    """All that falls due.

    The newest plan of what has not ended, and steps that are no promise with a date.
    """
    old, new = (
        {"stated": "2020-01-01", "due": "2021", "source": "d"},
        {"stated": "2020-03-01", "due": "2022", "source": "d"},
    )
    ended = {"date": "2020-05-01", "result": "done", "text": "Landed", "source": "d"}
    tracks = [
        {"id": "launch", "name": "Launch", "plans": [old, new]},
        {"id": "landing", "name": "Landing", "plans": [old], "outcome": ended},
        {"id": "return", "name": "Return", "plans": [old]},
    ]
    lander = Programme.model_validate(
        {"id": "lander", "name": {"en": "Lander"}, "lead": "a", "tracks": tracks}
    )
    step = {"text": "Send a draft", "by": "a", "due": "2020-09", "source": "d#1"}
    carried = {"text": "Do it", "by": "a", "due": "2020-10", "follows": "c1", "source": "d#1"}
    gone = {"text": "Call", "by": "a", "due": "2020-11", "done": "2020-02-01", "source": "d#1"}
    promises = (said("c1", due="2021"), said("c2", due="2021", same_as="lander#return"))
    found = library(
        meeting(1, "2020-01-01", *promises, next_steps=[step, carried, gone]),
        lander,
    )
    found_days = days_of(calendar_of(found, "2020-06-01", "ledger"))
    plan = "plan-lander.launch"
    steps = [name for name in found_days if name.startswith("step-")]
    assert len(steps) == 1
    assert found_days.keys() == {"due-c1", "due-c2", plan, *steps}
    assert found_days[plan][0] == date(2022, 12, 31)
    assert days_of(calendar_of(found, "2020-02-01", "ledger"))[plan][0] == date(2021, 12, 31)
    assert calendar_of(found, "2020-06-01", "ledger").walk("VALARM") == []


def test_a_promise_not_yet_made_takes_no_entry_from_the_calendar() -> None:
    """Until then its track, and the step that is to carry it out, stand for themselves."""
    plan = {"stated": "2020-01-01", "due": "2021", "source": "d"}
    track = {"id": "return", "name": "Return", "plans": [plan]}
    lander = Programme.model_validate(
        {"id": "lander", "name": {"en": "Lander"}, "lead": "a", "tracks": [track]}
    )
    step = {"text": "Do it", "by": "a", "due": "2020-10", "follows": "c1", "source": "d#1"}
    later = said("c1", due="2021", made="2020-08-01", same_as="lander#return")
    found = library(meeting(1, "2020-01-01", later, next_steps=[step]), lander)
    plan_id, step_id = sorted(days_of(calendar_of(found, "2020-06-01", "ledger")))
    assert (plan_id, step_id[:5]) == ("plan-lander.return", "step-")
    assert days_of(calendar_of(found, "2020-09-01", "ledger")).keys() == {"due-c1"}


def test_a_step_of_a_meeting_without_a_date_names_no_day_of_it() -> None:
    """It holds from its own date on."""
    step = {"text": "Ask", "by": "a", "due": "2020-10", "date": "2020-02-01", "source": "d#1"}
    ahead = meeting(2, "not verified", next_steps=[step], evidence="announced")
    found = library(meeting(1, "2020-01-01"), ahead)
    (event,) = calendar_of(found, "2020-06-01", "ledger").subcomponents
    assert event["DESCRIPTION"].partition("\n")[0::2] == ("By when: October 2020", "Second meeting")


def test_before_a_meeting_the_calendar_has_what_is_owed() -> None:
    """What is done is not in it; the meeting itself is, as far as it was agreed upon."""
    done = [{"date": "2020-02-01", "text": "Done", "status": "met", "source": "d#1"}]
    again = said("c3", text="to meet again in 2021", due="2021")
    items = (said("c1", due="2021-05"), said("c2", due="2021-06", history=done), again)
    found = library(meeting(1, "2020-01-01", *items, next="c3"), meeting(2, "2021-02-03"))
    calendar = calendar_of(found, "2020-06-01", "meeting-02")
    assert days_of(calendar).keys() == {"due-c1", "due-c3"}
    assert b"20210203" not in calendar.to_ical()


def test_a_meeting_that_is_announced_is_tentative() -> None:
    """The series has it from the day of the announcement on."""
    announced = {"text": "Ministry announces it", "date": "2021-01-10", "source": "d#1"}
    found = library(
        meeting(1, "2020-01-01"),
        meeting(2, "2021-02-03", announced=announced, evidence="announced"),
    )
    assert days_of(calendar_of(found, "2021-01-09")).keys() == {"meeting-01"}
    held, ahead = calendar_of(found, "2021-01-10").subcomponents
    assert (held["STATUS"], ahead["STATUS"]) == ("CONFIRMED", "TENTATIVE")
    assert "Ministry announces it" in ahead["DESCRIPTION"]


def test_a_meeting_that_was_called_off_is_cancelled() -> None:
    """In the same entry, one revision later: who imports the calendar again is told."""
    told = [{"text": f"Ministry {what}", "source": "d#1"} for what in ("announces it", "drops it")]
    announced, called_off = ({**one, "date": f"2021-01-1{at}"} for at, one in enumerate(told))
    found = library(
        meeting(1, "2020-01-01"),
        meeting(2, "2021-02-03", announced=announced, called_off=called_off, evidence="announced"),
    )
    days = "2021-01-10", "2021-01-11"
    before, after = (calendar_of(found, day).subcomponents[1] for day in days)
    assert before["UID"] == after["UID"]
    assert (before["STATUS"], after["STATUS"]) == ("TENTATIVE", "CANCELLED")
    assert before["SEQUENCE"] < after["SEQUENCE"]
    assert "Ministry drops it" in after["DESCRIPTION"]


def test_nothing_is_due_that_was_not_said_yet() -> None:
    """A calendar as of a day knows the due dates after it, and nothing said or done after it."""
    done = [{"date": "2020-08-01", "text": "Done", "status": "met", "source": "d#1"}]
    found = library(
        meeting(1, "2020-01-01", said("c1", due="2021", history=done)),
        meeting(2, "2021-01-01", said("c2", due="2022")),
    )
    calendar = calendar_of(found, "2020-06-01")
    assert days_of(calendar).keys() == {"meeting-01", "due-c1"}
    assert b"Status: Open" in calendar.to_ical()
    assert b"Status: Met" in calendar_of(found, "2020-09-01").to_ical()


def revision_of(found: Library, day: str, name: str, report: str = "series") -> tuple[int, date]:
    """Return the number of an entry in a calendar, and the day on which it was last changed."""
    (event,) = (
        event
        for event in calendar_of(found, day, report).subcomponents
        if event["UID"].startswith(f"{name}@")
    )
    modified = event["LAST-MODIFIED"].dt
    assert modified == datetime.combine(modified.date(), datetime.min.time(), UTC)
    assert event["DTSTAMP"].dt >= modified
    assert (event.name, event.errors) == ("VEVENT", [])
    return int(event["SEQUENCE"]), modified.date()


def test_what_was_put_off_is_a_later_version() -> None:
    """Of a promise not spoken of again it is the first; each line of its history makes another."""
    put_off = {"date": "2021-03-04", "text": "Put off", "status": "slipped", "source": "d#1"}
    looked = {"checked": "2021-06", "where": "pages", "text": "Any news"}
    plain, moved = said("c1", due="2021"), said("c1", due="2022-05", history=[put_off, looked])
    before = library(meeting(1, "2020-01-01", plain))
    after = library(meeting(1, "2020-01-01", moved))
    assert revision_of(before, "2021-05-01", "due-c1") == (0, date(2020, 1, 1))
    assert revision_of(after, "2021-03-03", "due-c1") == (0, date(2020, 1, 1))
    for report in ("series", "ledger", "meeting-01"):
        assert revision_of(after, "2021-05-01", "due-c1", report) == (1, date(2021, 3, 4))
        assert revision_of(after, "2021-07-01", "due-c1", report) == (2, date(2021, 6, 30))


def test_a_meeting_that_is_put_off_and_held_is_one_entry() -> None:
    """Its number grows from the announcement on, with all changes of the plan, until it is held."""
    put_off = {"date": "2021-01-20", "text": "Put off", "status": "slipped", "source": "d#1"}
    held = {"date": "2021-04-05", "text": "It met", "status": "met", "source": "d#1"}
    again = said("c1", text="to meet again", due="2021", history=[put_off, held])
    announced = {"text": "Ministry announces it", "date": "2021-01-10", "source": "d#1"}
    found = library(
        meeting(1, "2020-01-01", again, next="c1"), meeting(2, "2021-04-05", announced=announced)
    )
    assert [
        revision_of(found, day, "meeting-02") for day in ("2021-01-10", "2021-02-01", "2021-04-05")
    ] == [(0, date(2021, 1, 10)), (1, date(2021, 1, 20)), (2, date(2021, 4, 5))]
    assert revision_of(found, "2022-01-01", "meeting-01") == (0, date(2020, 1, 1))


def test_what_an_edition_leaves_out_makes_no_version() -> None:
    """The public calendar counts what is in it."""
    inside = {
        "date": "2021-03-04",
        "text": "Put off",
        "status": "slipped",
        "source": "d#1",
        "internal": True,
    }
    found = library(meeting(1, "2020-01-01", said("c1", due="2022", history=[inside])))
    assert revision_of(found, "2021-05-01", "due-c1")[0] == 1
    assert revision_of(public(found), "2021-05-01", "due-c1") == (0, date(2020, 1, 1))


@pytest.mark.parametrize("day", DAYS)
def test_no_version_is_lower_on_a_later_day(day: str) -> None:
    """A calendar that is imported again replaces each entry, in the project as it is."""
    on = date.fromisoformat(day)
    known: dict[str, int] = {}
    for later in (on, on + timedelta(days=40), on + timedelta(days=400)):
        view = view_of(real(), later.isoformat(), "series")
        calendar: Any = Calendar.from_ical(Exports(real(), later, WORDS).render(view, "ics"))
        for event in calendar.subcomponents:
            sequence = int(event["SEQUENCE"])
            assert sequence >= known.get(event["UID"], 0)
            known[event["UID"]] = sequence
    assert known


def test_one_thing_is_one_entry_in_all_calendars() -> None:
    """Whichever report it is taken from, an entry says the same under the same id.

    So no import doubles it.
    """
    on = date.fromisoformat(DAYS[-1])
    seen: dict[str, object] = {}
    for view in views(DAYS[-1]):
        if "ics" in forms_of(view.heading.kind):
            for entry in entries(view, real(), on, WORDS):
                assert seen.setdefault(entry.id, entry) == entry
    assert {"meeting-08", "due-c8-05"} <= seen.keys()


@pytest.mark.parametrize("day", DAYS)
def test_every_calendar_is_read_back(day: str) -> None:
    """It holds what RFC 5545 wants, and no line is too long.

    It has ids that no machine gave, one stamp, no alarm and no hour.
    """
    for name, content in exported("ics", day):
        calendar: Any = Calendar.from_ical(content)
        assert calendar["VERSION"] == "2.0"
        assert calendar["PRODID"]
        assert calendar.errors == []
        assert content.endswith(b"END:VCALENDAR\r\n")
        assert max(map(len, content.split(b"\r\n"))) <= 75
        ids = [str(event["UID"]) for event in calendar.subcomponents]
        assert len(ids) == len(set(ids)) > 0, name
        for event in calendar.subcomponents:
            assert str(event["UID"]).endswith("@" + slug(real().project.series["en"]))
            assert event["DTSTAMP"].dt == datetime.combine(
                date.fromisoformat(day), datetime.min.time(), UTC
            )
            assert event.subcomponents == event.errors == []
            assert type(event["DTSTART"].dt) is date


def test_a_calendar_without_an_entry_says_so() -> None:
    """RFC 5545 has no empty calendar."""
    (only,) = calendar_of(
        library(meeting(1, "2020-01-01", said("c1"))), "2021-01-01", "ledger"
    ).subcomponents
    assert isinstance(only, Journal)
    assert (only["UID"], only["SUMMARY"]) == (f"ledger@{DOMAIN}", "Nothing has a due date.")


def test_the_handling_marking_goes_with_every_entry() -> None:
    """An entry leaves its calendar when it is imported, so it carries the marking itself."""
    found = library(
        meeting(1, "2020-01-01", said("c1", due="2022")), handling={"marking": "FOR OFFICIAL USE"}
    )
    calendar = calendar_of(found, "2021-01-01")
    assert calendar["DESCRIPTION"] == "FOR OFFICIAL USE\nAs of 1 January 2021"
    assert [str(event["DESCRIPTION"]).splitlines()[-1] for event in calendar.subcomponents] == [
        "FOR OFFICIAL USE"
    ] * 2


def test_no_text_of_a_record_becomes_part_of_the_calendar() -> None:
    """Line breaks, commas, semicolons and backslashes are read back as they were written.

    They are so wherever they stand.
    """
    hostile = 'a, b; c\\n\nEND:VEVENT\nBEGIN:VALARM: "d"'
    place = {"city": hostile, "host": "a", "source": "d#1"}
    said_so = said("c1", text=hostile, short=hostile, due="2022", due_words=hostile)
    records = meeting(1, "2020-01-01", said_so, title={"en": hostile}, place=place)
    found = library(records, short={"en": hostile}, series=hostile)
    calendar = calendar_of(found, "2021-01-01")
    held, due = calendar.subcomponents
    content = Exports(found, date(2021, 1, 1), WORDS).render(
        view_of(found, "2021-01-01", "series"), "ics"
    )
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    written = {name: text for name, _, text in (line.partition(":") for line in lines)}
    assert (
        written["NAME"]
        == written["X-WR-CALNAME"]
        == r'The series at a glance: a\, b\; c\\n\nEND:VEVENT\nBEGIN:VALARM: "d"'
    )
    assert (held["LOCATION"], held["DESCRIPTION"], held["SUMMARY"]) == (
        hostile,
        hostile,
        f"First meeting: {hostile}",
    )
    assert due["SUMMARY"] == f"Due: {hostile} (State A and State B)"
    assert held["UID"] == "meeting-01@a-b-c-n-end-vevent-begin-valarm-d"
    assert held.subcomponents == due.subcomponents == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Talks of A and B", DOMAIN),
        ("A-B  Talks (2+2)", "a-b-talks-2-2"),
        ("包括的 対話", "包括的-対話"),
        ("?!", ""),
    ],
)
def test_the_name_of_a_series_in_an_id(name: str, found: str) -> None:
    """It is in lower case, with hyphens; letters of all scripts stay."""
    assert slug(name) == found


def test_a_series_without_a_letter_has_ids_too() -> None:
    """An id always says what it belongs to."""
    (event,) = calendar_of(
        library(meeting(1, "2020-01-01"), series="?!"), "2021-01-01"
    ).subcomponents
    assert event["UID"] == "meeting-01@series"


# Linked data


def expanded(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Return linked data as a processor understands it that cannot reach the network."""

    def refuse(address: str, _options: object) -> None:
        pytest.fail(f"it asks for {address}")

    found: list[dict[str, Any]] = jsonld.expand(data, {"documentLoader": refuse})
    return found


@pytest.mark.parametrize("day", DAYS)
def test_linked_data_expands_offline(day: str) -> None:
    """Every term of every report becomes one of schema.org, and nothing is lost."""
    types = set()
    for view in views(day):
        data = linked_data(view, WORDS)
        (node,) = expanded(data)
        types.add(data["@type"])
        assert len(node) == len(data) - 1
        assert [key for key in node if not key.startswith(("@", "https://schema.org/"))] == []
    assert types >= {"Event", "Report", "CollectionPage", "Legislation", "CreativeWork"}


def test_linked_data_of_a_meeting() -> None:
    """It is an event with its name in each language, its days, place, chairs and those who came."""
    data = linked_data(next(view for view in views(DAYS[-1]) if view.id == "meeting-09"), WORDS)
    (node,) = expanded(data)
    assert node["@type"] == ["https://schema.org/Event"]
    assert {name["@language"] for name in node["https://schema.org/name"]} == {"en", "ja"}
    assert node["https://schema.org/startDate"] == [{"@value": "2024-08-26"}]
    assert node["https://schema.org/endDate"] == [{"@value": "2024-08-27"}]
    assert data["location"]["address"]["addressLocality"] == "Washington, D.C."
    assert len(data["organizer"]) >= 2
    assert data["subjectOf"][0]["dateModified"] == DAYS[-1]


def test_of_a_meeting_that_was_only_announced_nobody_is_said_to_have_come() -> None:
    """Nor to have held it; and a day that is not known is not given."""
    chairs = [{"side": "a", "organisation": "a-office", "source": "d#1"}]
    found = library(meeting(1, "../2020-01-01", cochairs=chairs, evidence="announced"))
    data = linked_data(view_of(found, "2021-01-01", "meeting-01"), WORDS)
    assert data.keys().isdisjoint({"organizer", "attendee", "startDate", "location"})
    assert data["endDate"] == "2020-01-01"


@pytest.mark.parametrize(
    ("fields", "kind", "term", "value"),
    [
        ({}, "Legislation", "legislationDate", "2020-03-01"),
        ({}, "Legislation", "legislationLegalForce", {"@id": "https://schema.org/InForce"}),
        ({"in_force": "not verified"}, "Legislation", "legislationLegalForce", None),
        ({"signing": "not verified"}, "Legislation", "legislationDate", None),
        ({"type": "joint statement"}, "CreativeWork", "dateCreated", "2020-03-01"),
        ({"type": "joint statement"}, "CreativeWork", "legislationLegalForce", None),
        ({"type": "negotiation"}, "Thing", "dateCreated", None),
    ],
)
def test_linked_data_of_an_agreement(
    fields: dict[str, Any], kind: str, term: str, value: object
) -> None:
    """What binds is legislation, what does not is a work, and what is not verified is not in it."""
    data = linked_data(view_of(library(agreement(**fields)), "2021-01-01", "agreement-pact"), WORDS)
    assert (data["@type"], data.get(term)) == (kind, value)


def test_linked_data_knows_nothing_later() -> None:
    """On the evening of a meeting no year after it is in the linked data of any report."""
    data = json.dumps([linked_data(view, WORDS) for view in views("2023-03-24")])
    years = {int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", data)}
    assert 2023 in years
    assert max(years) == 2023


def test_the_page_carries_its_linked_data() -> None:
    """Once, in the head, as JSON; and no text of a record ends the element or opens another."""
    hostile = "</script><script>alert(1)</script><!-- <script> & ]]>"
    view = view_of(
        library(meeting(1, "2020-01-01", title={"en": hostile})), "2021-01-01", "meeting-01"
    )
    page = render(Theme.of(ROOT), "meeting", view, "en")
    head = page.partition("</head>")[0]
    (content,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL)
    assert page.count("<script") == page.count("</script") == 1
    assert "<" not in content
    assert json.loads(content) == linked_data(view, WORDS)
    assert json.loads(content)["name"][0]["@value"] == hostile
