"""What became of a promise is told alike on every page, and no stronger than it is on record."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from reading import context, of_desk, words
from test_reports_ledger import agreement, library, meeting, promise

from reporter.formats.exports.calendar_days import entries
from reporter.formats.html import render
from reporter.library.matters import shared
from reporter.records.statements import Sourced
from reporter.reports.agreement.view import agreement_report
from reporter.reports.common.changes import changes
from reporter.reports.common.owed import owed_in_short, still_open
from reporter.reports.common.related import promised
from reporter.reports.common.sentences import standings
from reporter.reports.filtered.view import filtered_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.series.view import series_report
from reporter.reports.views import Count
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.reports.common.context import Context
    from reporter.reports.views import Report

DAY = date(2020, 12, 31)


def on(found: Library, day: str | date = DAY) -> Context:
    """Return a context of these records on a day."""
    asked = day if isinstance(day, date) else date.fromisoformat(day)
    return context(found, asked, asked=True)


def printed(template: str, report: Report) -> str:
    """Return the words of a page."""
    page = render(Theme((default_templates(),)), template, report, "en")
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def line(day: str, text: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an evidence."""
    return {"date": day, "text": text, "source": "d", **fields}


LOOKED = {"checked": "2020-06-01", "where": "the website", "text": "Any plan of the bridge"}


def test_a_search_in_vain_is_no_evidence_on_any_page() -> None:
    """The ledger, a meeting and a body say the same: what was looked for, when, and not found."""
    found = library(meeting(1, "2020-01-01", promise("p", history=[LOOKED])))
    told = "looked for 1 Jun 2020, not found: Any plan of the bridge"
    pages = (
        printed("ledger", ledger_report(on(found))),
        printed("meeting", meeting_report(on(found), found.meetings[1])),
    )
    for page in pages:
        assert told in re.sub(r" :", ":", page)
        assert "nothing newer found" not in page
    (row,) = promised(on(found), found.all_statements)
    assert row.news is None
    assert row.looked is not None
    assert row.looked.text == told


def test_evidence_comes_with_its_day_on_the_page_of_a_body() -> None:
    """As it does in the ledger."""
    history = [line("2020-03-01", "The bridge is drawn")]
    found = library(meeting(1, "2020-01-01", promise("p", history=history)))
    (row,) = promised(on(found), found.all_statements)
    assert row.news is not None
    assert (row.news.text, row.looked) == ("1 Mar 2020: The bridge is drawn", None)


def test_a_meeting_that_was_promised_is_not_taken_up_again_by_being_held() -> None:
    """Other evidence about it counts, also that which confirms what was met before."""
    begun = line("2020-01-15", "They begin.", status="met")
    held = line("2020-02-01", "They meet.", about=["meeting-02"], status="met")
    spoken = line("2020-02-01", "They spoke of it.", about=["meeting-02"])
    found = library(
        meeting(
            1,
            "2020-01-01",
            promise("p", history=[held]),
            promise("q", history=[spoken]),
            promise("r", history=[begun, held]),
        ),
        meeting(2, "2020-02-01"),
    )
    rows = {row.row.id: row for row in ledger_report(on(found)).promises}
    assert {name: row.again for name, row in rows.items()} == {"p": (), "q": (2,), "r": (2,)}


def first_lines(found: Library, day: str | date = DAY) -> str:
    """Return the bottom line of the first meeting."""
    return meeting_report(on(found, day), found.meetings[1]).bottom_line


def test_its_promises_are_never_those_of_the_side_that_was_named_before() -> None:
    """It is said that they are the meeting's, which no sentence before may have named."""
    alone = library(meeting(1, "2020-01-01", promise("p", by=["a"]), promise("q")))
    assert first_lines(alone) == (
        "State A agreed to do p. Both of the meeting's promises are open."
    )
    both = library(meeting(1, "2020-01-01", promise("p"), promise("q", by=["a"])))
    assert first_lines(both).startswith(
        "Both sides agreed to do p. Both of the meeting's promises are open."
    )
    wished = library(meeting(1, "2020-01-01", promise("p", by=["a"], strength="interest")))
    assert first_lines(wished) == "State A agreed to do p. The meeting made no promise."


def test_that_a_promise_is_overdue_goes_before_the_words_of_what_was_agreed() -> None:
    """A long promise is cut, so that there is room for how it stands and that it is late."""
    long = " ".join(["to build a bridge over the river", *(f"and road {n}" for n in range(20))])
    made = meeting(1, "2020-01-01", promise("p", text=long, due="2020-03"))
    told = first_lines(library(made))
    assert told.endswith("… The meeting's one promise is open. It is overdue.")


def slipped(day: str, due: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401
    """Return an evidence by which a promise is moved."""
    return line(day, f"Moved to {due}", status="slipped", due=due, **fields)


def moved(*more: dict[str, Any], **fields: Any) -> Library:  # noqa: ANN401
    """Return the records of a promise for June that was moved in May to the next year."""
    made = promise("p", due="2020-06-30", history=[slipped("2020-05-01", "2021-06"), *more])
    return library(meeting(1, "2020-01-01", made | fields))


@pytest.mark.parametrize(
    ("day", "due", "overdue"),
    [
        ("2020-04-30", "2020-06-30", None),
        ("2020-05-01", "2021-06", None),
        ("2021-06-30", "2021-06", None),
        ("2021-07-01", "2021-06", "2021-06-30"),
    ],
)
def test_a_promise_that_was_moved_is_due_by_its_new_day(
    day: str, due: str, overdue: str | None
) -> None:
    """From the day of the move, and not before; it is late only after the new day."""
    (row,) = ledger_report(on(moved(), day)).promises
    assert str(row.row.due) == due
    since = row.row.standing.overdue_since
    assert (str(since) if since else None) == overdue


def test_what_is_done_by_the_new_day_is_not_late() -> None:
    """And what is done after it is."""
    for done, status in (("2021-06-30", "met"), ("2021-07-01", "met late")):
        found = moved(line(done, "Done", status="met"))
        (row,) = ledger_report(on(found, "2021-12-31")).promises
        assert row.row.standing.status == status


def test_the_words_of_the_old_day_go_with_it() -> None:
    """They stand as long as the day holds."""
    found = moved(due_words="by the summer")
    for day, told in (("2020-04-30", "by the summer"), ("2020-05-01", None)):
        (row,) = ledger_report(on(found, day)).promises
        assert row.row.due_words == told
    found = of_desk(found, "a")
    report = meeting_report(on(found), found.meetings[1])
    assert [row.due for row in report.promised.rows] == ["Jun 2021"]
    assert [row.due for row in report.steps.rows] == ["Jun 2021"]


def test_since_when_there_is_no_news_is_said_of_the_one_promise_itself() -> None:
    """And not 'of the one that is not done', as if there were others that are."""
    news = line("2020-05-01", "They began.", status="in progress")
    others = {
        "": "Nothing newer than May 2020 is on record of it.",
        "q": "Nothing newer than May 2020 is on record of the one that is not done.",
    }
    for name, told in others.items():
        done = [promise(name, history=[line("2020-06-01", "Done.", status="met")])] if name else []
        found = library(meeting(1, "2020-01-01", promise("p", history=[news]), *done))
        report = meeting_report(on(found, date(2021, 12, 31)), found.meetings[1])
        assert told in report.bottom_line


def test_what_became_of_it_by_a_day_begins_with_a_capital() -> None:
    """In a cell, and where it is told what was held around a meeting."""
    news = line("../2020-05-01", "They began.", status="in progress")
    found = library(meeting(1, "2020-01-01", promise("p", history=[news])))
    report = meeting_report(on(found), found.meetings[1])
    (row,) = report.promised.rows
    assert row.news is not None
    assert row.news.text == "By 1 May 2020: They began."


def test_a_filter_by_due_date_asks_for_the_day_that_holds() -> None:
    """As was known on the day of the report."""
    for day, number in (("2020-04-30", 1), ("2020-05-01", 0)):
        assert filtered_report(on(moved(), day), "due-before-2021-01-01").number == number


def test_only_those_are_moved_of_whom_an_entry_tells() -> None:
    """The others are due by the old day."""
    found = moved(
        history=[slipped("2020-05-01", "2021-06", parties=["a"])],
    )
    owned = found.statements["p"]
    standing = on(found).snapshot.standing(owned.statement, None)
    assert {name: str(own.due) for name, own in standing.own} == {"a": "2021-06", "b": "2020-06-30"}


def test_a_weak_source_moves_nothing() -> None:
    """It proves nothing alone."""
    found = library(
        meeting(
            1,
            "2020-01-01",
            promise("p", due="2020-06", history=[slipped("2020-05-01", "2021-06", source="w")]),
        )
    )
    (row,) = ledger_report(on(found)).promises
    assert str(row.row.due) == "2020-06"


def test_that_a_meeting_is_announced_is_news_of_the_promise_to_hold_it() -> None:
    """It counts as a sign of life, and sets no status; what is only about the meeting has none."""
    again = promise("p", about=["meeting-02"], due="2020")
    first = meeting(1, "2019-01-01", again, promise("q", about=["meeting-02"]))
    second = meeting(2, "2020-12-01", complete=False)
    told = {"text": "It meets in Rivertown.", "date": "2020-06-15", "source": ["d"]}
    records = (
        first.model_copy(update={"next": "p"}),
        second.model_copy(update={"announced": Sourced.model_validate(told)}),
    )
    found = library(*records)
    found = type(found)(found.project, shared(found.records))
    rows = {row.row.id: row.row for row in ledger_report(on(found, "2020-07-01")).promises}
    news, standing = rows["p"].evidence, rows["p"].standing
    assert news is not None
    assert (news.text, standing.status) == ("It meets in Rivertown.", "open")
    assert (standing.is_unchecked, rows["q"].standing.is_unchecked) == (False, True)
    assert rows["q"].evidence is None
    (before, *_) = ledger_report(on(found, "2020-06-14")).promises
    assert before.row.evidence is None


def test_one_matter_that_is_due_on_two_days_is_named_once() -> None:
    """Also under other words, where it is recorded that it is the same."""
    found = library(
        meeting(
            1,
            "2020-01-01",
            promise("p", text="to name a contact", due="2020-02"),
            promise("q", text="to name a contact", due="2020-03"),
            promise("r", text="to say who it is", due="2020-04", same_as="p"),
        )
    )
    assert "Late: name a contact. " in ledger_report(on(found)).bottom_line


def test_names_keep_their_capital_in_the_bottom_line() -> None:
    """Also with a possessive after them."""
    promises = (
        promise("p", text="to build at Rivertown", short="Rivertown to build", due="2020-02"),
        promise("q", text="to wait", short="Rivertown's bridge to be built", due="2020-03"),
        promise("r", text="to open", short="Open the bridge", due="2020-04"),
    )
    told = ledger_report(on(library(meeting(1, "2020-01-01", *promises)))).bottom_line
    assert "Rivertown to build, Rivertown's bridge to be built and open the bridge." in told


def test_a_day_is_never_more_exact_than_it_is_on_record() -> None:
    """Since a month nobody has looked where the last news gives no day."""
    history = [line("2020-03", "The bridge is drawn")]
    made = meeting(1, "2020-01-01", promise("p", history=history), promise("q"))
    found = library(made, meeting(2, "2020-02-01"))
    page = printed("ledger", ledger_report(on(found)))
    assert "not checked since Mar 2020" in page
    assert "not checked since 1 Jan 2020" in page
    rows = promised(on(found), found.all_statements)
    assert [row.notes for row in rows] == [
        ("not checked since Mar 2020",),
        ("not checked since 1 Jan 2020",),
    ]
    unchecked = changes(on(found), found.meetings[1], found.meetings[2]).promises.unchecked
    assert [str(item.when) for item in unchecked.items] == ["2020-03", "2020-01-01"]


@pytest.mark.parametrize(
    ("fields", "short"),
    [
        ({"text": "to build a bridge"}, "Build a bridge"),
        ({"verb": "plans", "text": "to build", "strength": "planned"}, "Build"),
        ({"verb": "agreed", "text": "on a bridge"}, "agreed on a bridge"),
        (
            {
                "verb": "looked forward",
                "text": "to a third meeting",
                "strength": "looks forward",
            },
            "looked forward to a third meeting",
        ),
        ({"verb": "recalled", "text": "its duty", "strength": "standing"}, "recalled its duty"),
        ({"text": "to build", "short": "The bridge"}, "The bridge"),
    ],
)
def test_a_statement_without_short_words_keeps_its_verb(fields: dict[str, str], short: str) -> None:
    """But for what is to be done, which is a sentence without it."""
    found = library(meeting(1, "2020-01-01", promise("p", **fields)))
    report = ledger_report(on(found))
    (row,) = (*report.promises, *report.expectations)
    assert row.row.short == short


def test_the_latest_news_of_a_plan_is_the_latest() -> None:
    """What its status says in a few words is not yet told: an older event is no news."""
    history = [
        line("2020-03-01", "The plan is drawn"),
        line("2020-06-01", "The work begins", status="in progress"),
    ]
    plan = promise("q", strength="intends", due="2021", history=history)
    found = library(meeting(1, "2020-01-01", promise("p"), plan))
    told = printed("meeting", meeting_report(on(found), found.meetings[1]))
    assert "1 Jun 2020: The work begins" in told
    assert "The plan is drawn" not in told


def test_that_there_is_no_news_is_no_claim_to_have_looked() -> None:
    """And it is said who said what, where no short words name it."""
    wish = promise("p", by=["a"], verb="expressed interest", text="in it", strength="interest")
    found = library(meeting(1, "2020-01-01", wish))
    told = meeting_report(on(found), found.meetings[1]).knowledge.sentences
    assert told == ("No news is on record of this: State A expressed interest in it.",)


def test_all_of_several_are_called_all_or_both() -> None:
    """In the ledger and on the series."""
    late = [promise(name, due="2020-03") for name in "pqr"]
    for number, all_ in ((2, "both"), (3, "all")):
        found = library(meeting(1, "2020-01-01", *late[:number]))
        told = ledger_report(on(found)).bottom_line
        count = {2: "Two", 3: "Three"}[number]
        assert told.startswith(f"{count} promises are on record: {all_} are open.")
        assert f"{all_.capitalize()} have a date and {all_} have gone unchecked" in told
        series = series_report(on(found)).bottom_line
        stand = f"{all_} are open. {all_.capitalize()} are overdue."
        assert stand in series


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        (
            {"verb": "looked forward", "text": "to a third", "strength": "looks forward"},
            "Of the next meeting: Both sides looked forward to a third (2021).",
        ),
        ({"short": "Hold a third"}, "Agreed on the next meeting: Hold a third (2021)."),
    ],
)
def test_a_next_meeting_is_agreed_on_only_where_it_was(fields: dict[str, str], told: str) -> None:
    """What was only looked forward to keeps its verb."""
    made = meeting(1, "2020-01-01", promise("p", due="2021", **fields))
    found = library(made.model_copy(update={"next": "p"}))
    assert series_report(on(found)).ahead.text == told


def test_a_package_in_which_nothing_was_promised_yet_says_so() -> None:
    """That is not the same as that everything is done."""
    nothing = on(library(meeting(1, "2020-01-01")))
    assert list(owed_in_short(nothing, still_open(nothing))) == ["No promise is on record."]
    done = library(
        meeting(1, "2020-01-01", promise("p", history=[line("2020-02", "D", status="met")]))
    )
    assert list(owed_in_short(on(done), still_open(on(done)))) == [
        "Nothing that was promised is left to be done."
    ]


def test_a_duty_of_each_year_is_said_once_and_kept_each_time() -> None:
    """What was said is one sentence; each time has its own day and status."""
    kept = [line("2020-03-01", "It was sent", status="met")]
    made = meeting(
        1,
        "2020-01-01",
        promise("p", text="to report each year", due="2020-03-31", history=kept),
        promise("q", text="to report each year", due="2021-03-31"),
    )
    found = library(made)
    view = meeting_report(on(found), made)
    assert [row.text for group in view.said for row in group.rows] == ["to report each year"]
    assert {row.id: row.status for row in view.promised.rows} == {"p": "Met", "q": "Open"}


def test_a_calendar_calls_due_only_what_is_owed() -> None:
    """A plan is planned, and what is only wished for is expected."""
    found = library(
        meeting(
            1,
            "2020-01-01",
            promise("p", due="2021"),
            promise("q", due="2021", strength="planned"),
            promise("r", due="2021", strength="shared view"),
        )
    )
    told = entries(ledger_report(on(found)), found, DAY, words("en"))
    assert [entry.summary.partition(":")[0] for entry in told] == ["Due", "Planned", "Expected"]


def test_the_page_on_an_agreement_says_that_its_promise_is_overdue() -> None:
    """As that on a meeting does."""
    found = library(agreement("deal", "2020-01-01", promise("u", due="2020-03")))
    told = agreement_report(on(found), found.agreements["deal"]).bottom_line
    assert told.endswith("Its one promise is open. It is overdue.")


def test_how_many_is_said_where_nothing_else_says_it() -> None:
    """And 'all are not verified' is never said: it can be read in two ways."""
    open_ = [Count(status="open", number=3)]
    assert standings(open_, words("en")) == "all are open"
    assert standings(open_, words("en"), alone=True) == "three are open"
    unclear = [Count(status="not verified", number=3)]
    assert standings(unclear, words("en")) == "three are not verified"
