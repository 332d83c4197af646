"""Tests of the overview of the whole series."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from lxml import html as markup
from reading import context, dialogue, of_desk, words

from reporter.formats import pdf
from reporter.formats.html import render
from reporter.library import Library
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.register import Document, Organisation, Project, Subject
from reporter.reports.common.meetings_table import Hosted
from reporter.reports.comparison.view import comparison_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.meeting.view import meeting_report
from reporter.reports.series.overview import further_sentences
from reporter.reports.series.view import SeriesReport, series_report
from reporter.reports.views import Label
from reporter.theme import Theme

ROOT = Path(__file__).parent.parent
DAY = date(2024, 12, 31)

PROJECT = {
    "series": {"en": "Talks"},
    "short": {"en": "Talks"},
    "language": "en",
    "author": "Context",
    "sides": [
        {"id": "a", "name": {"en": "State A"}, "abbreviation": "A"},
        {"id": "b", "name": {"en": "State B"}, "abbreviation": "B"},
    ],
    "areas": [{"id": "sea", "name": {"en": "At sea"}}, {"id": "land", "name": {"en": "On land"}}],
    "phrases": [{"id": "calm", "name": {"en": "How calm it is"}}],
    "researched_until": "2024-12-31",
}
BODIES: list[dict[str, Any]] = [
    {"id": "a-old", "name": {"en": "Old Office"}, "side": "a"},
    {
        "id": "a-new",
        "name": {"en": "New Office"},
        "side": "a",
        "predecessor": "a-old",
        "since": "2021-05-01",
        "source": "d1",
    },
    {
        "id": "a-union",
        "name": {"en": "United Office"},
        "side": "a",
        "predecessor": ["a-new", "a-farm"],
        "since": "2023-05-01",
        "source": "d2",
    },
    {"id": "a-navy", "name": {"en": "Navy of A"}, "side": "a", "abbreviation": "NA"},
    {"id": "a-farm", "name": {"en": "Farm Board"}, "side": "a"},
    {"id": "b-ministry", "name": {"en": "Ministry of B"}, "side": "b", "abbreviation": "MB"},
]
SUBJECTS = [
    {"id": "ships", "area": "sea", "name": {"en": "ships"}},
    {"id": "ports", "area": "sea", "name": {"en": "ports"}},
    {"id": "roads", "area": "land", "name": {"en": "roads"}},
]


def said(subject: str, **more: object) -> dict[str, object]:
    """Return a statement on a subject."""
    return {
        "subjects": subject,
        "by": ["a", "b"],
        "verb": "discussed",
        "text": f"the {subject}",
        "source": "d1",
        **more,
    }


def meeting(number: int, day: str, *, complete: bool = True, **more: object) -> Meeting:
    """Return a meeting on a day, whose statement is ``complete`` and which ``more`` describes."""
    values: dict[str, object] = {
        "number": number,
        "title": {"en": f"Meeting {number}"},
        "date": day,
        "place": {"city": "Port", "host": "a" if number % 2 else "b", "source": "d1"},
        "evidence": "full" if complete else "partial",
        "statements": {"complete": complete, "items": []},
    }
    return Meeting.model_validate(values | more)


def listed(side: str, *bodies: object, complete: bool = True) -> dict[str, object]:
    """Return a list of participants."""
    return {"side": side, "complete": complete, "bodies": list(bodies), "source": "d1"}


def library(*records: Meeting | Agreement) -> Library:
    """Return a library of these records and of the bodies, subjects and sources above."""
    document = {
        "title": "Statement",
        "publisher": "Ministry",
        "date": "2024",
        "language": "en",
        "standing": "official",
        "read": "full",
    }
    return Library(
        Project.model_validate(PROJECT),
        (
            *(Organisation.model_validate(body) for body in BODIES),
            *(Subject.model_validate(subject) for subject in SUBJECTS),
            *(Document.model_validate(document | {"id": name}) for name in ("d1", "d2")),
            *records,
        ),
    )


def report(*records: Meeting | Agreement, day: date = DAY) -> SeriesReport:
    """Return the overview of these records as of a day that was asked for."""
    return series_report(context(library(*records), day, asked=True))


def printed(view: SeriesReport) -> str:
    """Return the HTML of the report."""
    return render(Theme.of(ROOT), "series", view, "en")


def text(html: str) -> str:
    """Return what is to be read of a page, in one line."""
    html = re.sub(r'<span class="nowrap">(.*?)</span>', r"\1", html)
    return " ".join(
        re.sub(r"<(style|script)[^>]*>.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL).split()
    )


def marks(view: SeriesReport, side: int = 0) -> dict[str, tuple[str, ...]]:
    """Return the marks of each body of a side."""
    return {row.name.text: row.marks for row in view.bodies.grids[side].rows}


def test_a_meeting_after_the_day_is_not_in_the_series() -> None:
    """Only what was held by the day is counted."""
    meetings = meeting(1, "2020-01-10"), meeting(2, "2022-01-10")
    assert [row.number for row in report(*meetings, day=date(2021, 1, 1)).meetings] == [1]


def test_who_chaired_is_told_once() -> None:
    """Bodies stand in the table of the meetings; a table of their own has the persons, if any."""
    chair = {"side": "a", "organisation": "a-navy", "source": "d1"}
    head = {"organisation": "a-navy", "post": {"en": "Director"}, "source": "d1"}
    named = {**chair, "head": head}
    for cochair, number in ((chair, 0), (named, 1)):
        assert len(report(meeting(1, "2020-01-10", cochairs=[cochair])).chairs) == number


def test_many_chairs_stand_in_a_table_of_their_own_alone() -> None:
    """Named or not: a column has no room for them; a row as high as a page leaves an empty one."""
    chair = {"side": "a", "organisation": "a-navy", "source": "d1"}
    for number, apart in ((6, False), (7, True)):
        view = report(meeting(1, "2020-01-10", cochairs=[chair] * number))
        assert (view.chairs_apart, len(view.chairs)) == (apart, int(apart))
        page = markup.fromstring(printed(view))
        assert len(page.xpath('//table[@aria-labelledby="chairs"]//td/div')) == number * apart
        heads = page.xpath('//table[@aria-labelledby="meetings"]/thead//th')
        assert [head.text for head in heads].count("Co-chairs") == (not apart)


@pytest.mark.parametrize(("first", "number", "most"), [(1, 28, 28), (1, 60, 20), (100, 20, 10)])
def test_a_grid_has_no_more_columns_than_a_page_has_room_for(
    first: int, number: int, most: int
) -> None:
    """Each meeting has one all the same, and a row has a mark."""
    found = [
        meeting(
            first + n,
            f"{1930 + n}-01-10",
            participants=[listed("a", "a-navy" if n < 12 else "a-farm")],
        )
        for n in range(number)
    ]
    page = markup.fromstring(printed(report(*found)))
    grids = page.xpath('//div[@aria-labelledby="bodies"]//table')
    heads = [grid.xpath("./thead//th[position() > 1]/text()") for grid in grids]
    assert max(map(len, heads)) == most
    assert sorted(map(int, {head for row in heads for head in row})) == [
        *range(first, first + number)
    ]
    for row in page.xpath('//div[@aria-labelledby="bodies"]//tbody/tr'):
        assert row.xpath(".//span[@role]")


def test_gaps_are_counted_from_beginning_to_beginning() -> None:
    """The longest gap is the largest number of the table."""
    view = report(meeting(1, "2020-01-10"), meeting(2, "2020-07-10"), meeting(3, "2023-01-11"))
    assert [row.months for row in view.meetings] == [None, 6, 30]
    assert view.longest
    assert (view.longest.before, view.longest.after, view.longest.months) == (2, 3, 30)


def test_of_many_hosts_those_are_named_that_were_it_most_often() -> None:
    """The others are counted; who was host at which meeting stands in the table."""
    sides = [Label(language="en", text=f"State {n}") for n in range(9)]
    found = [Hosted(side=side, meetings=1 + n % 2) for n, side in enumerate(sides)]
    told = list(further_sentences(found, 0, None, words("en")))
    assert told == [
        "Hosts: State 1 (two), State 3 (two), State 5 (two), State 7 (two) and five others."
    ]
    assert "State 0 (one)" in " ".join(further_sentences(found[:6], 0, None, words("en")))


def test_a_column_for_chairs_has_something_in_it() -> None:
    """Where all was read and no document names anybody in the chair, there is none."""
    view = report(meeting(1, "2020-01-10"), meeting(2, "2020-02-10"))
    assert ">Co-chairs<" not in printed(view)
    partly = report(meeting(1, "2020-01-10", complete=False), meeting(2, "2020-02-10"))
    assert ">Co-chairs<" in printed(partly)


def test_hosts_are_counted_and_unknown_ones_apart() -> None:
    """A meeting whose place is not verified has no host."""
    view = report(
        meeting(1, "2020-01-10"),
        meeting(2, "2021-01-10"),
        meeting(3, "2022-01-10", place="not verified"),
    )
    assert [(host.side.text, host.meetings) for host in view.hosts] == [
        ("State A", 1),
        ("State B", 1),
    ]
    assert view.host_unknown == 1


def test_a_successor_shares_the_row_of_the_body_before_it() -> None:
    """The row has the newest name, and a note says since when."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-old", "a-navy")])
    second = meeting(2, "2022-01-10", participants=[listed("a", "a-navy", "a-new")])
    view = report(first, second)
    assert marks(view) == {
        "New Office": ("participant", "participant"),
        "Navy of A": ("participant", "participant"),
    }
    (former,) = view.bodies.grids[0].former
    assert (former.name.text, former.successor.text, str(former.until)) == (
        "Old Office",
        "New Office",
        "2021-05-01",
    )
    assert "Before 1 May 2021 the New Office was the Old Office." in text(printed(view))


def test_a_body_made_of_several_has_a_row_of_its_own() -> None:
    """A note below says of which other rows it was made, and since when."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-new", "a-farm")])
    second = meeting(2, "2024-01-10", participants=[listed("a", "a-union")])
    view = report(first, second)
    assert marks(view)["United Office"] == ("absent", "participant")
    told = "1 May 2023: United Office took over from New Office and Farm Board."
    assert told in text(printed(view))
    assert told not in text(printed(report(first, second, day=date(2023, 1, 1))))


def test_before_the_change_the_row_has_the_old_name() -> None:
    """As of a day before the successor first took part, nothing is said of it."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-old")])
    second = meeting(2, "2022-01-10", participants=[listed("a", "a-new")])
    view = report(first, second, day=date(2020, 12, 31))
    assert marks(view) == {"Old Office": ("participant",)}
    assert "New Office" not in printed(view)


def test_nobody_is_absent_from_a_list_that_was_read_in_part() -> None:
    """A body that is not in it may have been in the rest of it."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-navy", "a-farm")])
    second = meeting(2, "2021-01-10", participants=[listed("a", "a-navy", complete=False)])
    third = meeting(3, "2022-01-10", participants=[listed("a", "a-navy")])
    fourth = meeting(4, "2023-01-10")
    assert marks(report(first, second, third, fourth))["Farm Board"] == (
        "participant",
        "not known",
        "absent",
        "not known",
    )


def test_chairs_and_special_participants_have_marks_of_their_own() -> None:
    """A chair that is also in the list has the mark of a chair."""
    chair = {"side": "a", "organisation": "a-navy", "source": "d1"}
    held = meeting(
        1,
        "2020-01-10",
        cochairs=[chair],
        participants=[listed("a", "a-navy", {"body": "a-farm", "special": True})],
    )
    assert marks(report(held)) == {"Navy of A": ("chair",), "Farm Board": ("special",)}


def test_who_was_announced_is_not_said_to_have_come() -> None:
    """Of a meeting known from its announcement only, bodies are announced and nobody is absent."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-navy", "a-farm")])
    second = meeting(2, "2021-01-10", evidence="announced", participants=[listed("a", "a-navy")])
    view = report(first, second)
    assert marks(view) == {
        "Navy of A": ("participant", "announced"),
        "Farm Board": ("participant", "not known"),
    }
    assert "The second meeting was announced for 10 January 2021" in text(printed(view))


def test_a_subject_is_absent_only_from_a_statement_read_to_its_end() -> None:
    """Elsewhere it cannot be told; subjects that never came up have no row."""
    first = meeting(1, "2020-01-10", statements={"complete": True, "items": [said("ships")]})
    second = meeting(
        2, "2021-01-10", complete=False, statements={"complete": False, "items": [said("ports")]}
    )
    (sea,) = report(first, second).subjects.grids
    assert {row.name.text: row.marks for row in sea.rows} == {
        "ships": ("subject", "not known"),
        "ports": ("absent", "subject"),
    }


def test_each_mark_is_a_cell_with_words_for_those_who_do_not_see_it() -> None:
    """The grid is a table with heads of rows and columns; an empty cell is empty."""
    first = meeting(1, "2020-01-10", participants=[listed("a", "a-navy", "a-farm")])
    second = meeting(2, "2021-01-10", participants=[listed("a", "a-navy")])
    html = printed(report(first, second))
    assert '<th scope="col">State A</th><th scope="col">1</th><th scope="col">2</th>' in html
    assert (
        '<th scope="row">Farm Board</th><td>'
        '<span class="mark" role="img" aria-label="participant">●</span></td><td></td>'
    ) in html


def test_words_added_to_a_set_phrase_are_marked_and_named() -> None:
    """The first wording on record is compared with nothing."""
    first = meeting(
        1, "2020-01-10", phrases=[{"phrase": "calm", "words": "calm and open", "source": "d1"}]
    )
    second = meeting(
        2,
        "2021-01-10",
        phrases=[{"phrase": "calm", "words": "calm, wide and open", "source": "d1"}],
    )
    third = meeting(
        3,
        "2022-01-10",
        phrases=[{"phrase": "calm", "words": "calm, wide and open", "source": "d1"}],
    )
    html = printed(report(first, second, third))
    assert "<ins>wide</ins>" in html
    assert "the first on record" in html
    assert "added: wide" in html
    assert "unchanged" in html


PROMISE = {"id": "c1-01", "strength": "committed", "due": "2022", "short": "Meet again"}


def test_promises_of_meetings_and_agreements_are_counted_with_those_overdue() -> None:
    """Expectations are not promises, and what is signed later does not count."""
    items = [said("ships", **PROMISE), said("ports", id="c1-02", strength="interest")]
    agreement = Agreement.model_validate(
        {
            "id": "pact",
            "short": {"en": "pact"},
            "title": {"en": "Pact"},
            "type": "memorandum of understanding",
            "parties": ["a", "b"],
            "summary": {"text": "A pact.", "source": "d1"},
            "signing": {"date": "2021-06-01", "source": "d2"},
            "in_force": "not verified",
            "undertakings": [said("roads", id="p-01", strength="committed")],
        }
    )
    records = meeting(1, "2020-01-10", statements={"complete": True, "items": items}), agreement
    early, late = report(*records, day=date(2021, 1, 1)), report(*records, day=date(2023, 1, 1))
    assert [(count.status, count.number) for count in early.promises] == [("open", 1)]
    assert [(count.status, count.number) for count in late.promises] == [("open", 2)]
    assert (early.overdue, late.overdue) == (0, 1)
    assert not early.agreements
    assert [item.report for item in late.agreements] == ["agreement-pact"]


def test_what_was_said_after_its_meeting_counts_from_that_day_on() -> None:
    """In the overview as in the ledger, in the briefing and in the comparison.

    Before that day nothing tells of it.
    """
    items = [
        said("ships", **PROMISE),
        said("ports", id="c1-02", strength="committed", made="2020-06-01"),
        said("roads", made="2020-06-01"),
    ]
    found = library(
        meeting(1, "2020-01-10", statements={"complete": True, "items": items}),
        meeting(2, "2020-02-10"),
    )
    for day, number in ((date(2020, 5, 31), 1), (date(2020, 6, 1), 2)):
        series, ledger = (
            series_report(context(found, day, asked=True)),
            ledger_report(context(found, day, asked=True)),
        )
        ours = of_desk(found, "a")
        briefing = meeting_report(context(ours, day, asked=True), ours.meetings[1])
        compared = comparison_report(
            context(found, day, asked=True), found.meetings[1], found.meetings[2]
        )
        assert (
            [count.number for count in series.promises]
            == [count.number for count in ledger.promise_counts]
            == [number]
        )
        assert len(briefing.promises) == len(briefing.steps.rows) == number
        assert compared.changes.promises.made == number
        subjects = {row.name.text for grid in series.subjects.grids for row in grid.rows}
        assert subjects == {item.name.text for item in compared.changes.dropped.items}
        assert (
            len(subjects)
            == sum(len(group.rows) for group in briefing.said)
            == (1 if number == 1 else 3)
        )


def test_the_next_meeting_is_what_the_last_one_agreed() -> None:
    """Once it is held, and nothing more is agreed, none is on record."""
    first = meeting(
        1,
        "2020-01-10",
        statements={"complete": True, "items": [said("ships", **PROMISE)]},
        next="c1-01",
    )
    before, after = report(first, day=date(2021, 1, 1)), report(first, meeting(2, "2022-01-10"))
    assert "Agreed on the next meeting: Meet again (2022)." in text(printed(before))
    assert "No third meeting is on record" in text(printed(after))
    assert "No next meeting is on record." not in text(printed(after))


def test_a_meeting_that_is_announced_is_told_from_the_day_of_its_announcement() -> None:
    """The day before, its record says nothing."""
    announced = {"text": "A note names the month.", "date": "2023-01-05", "source": "d2"}
    records = meeting(1, "2020-01-10"), meeting(2, "2023-06", announced=announced)
    assert report(*records, day=date(2023, 1, 4)).upcoming is None
    view = report(*records, day=date(2023, 1, 5))
    assert "The second meeting is announced for June 2023: A note names the month." in text(
        printed(view)
    )


def test_a_series_without_meetings_can_be_printed() -> None:
    """It says that nothing is on record."""
    assert "No meeting is on record. No promise is on record." in text(printed(report()))


def test_what_is_in_a_record_never_becomes_markup() -> None:
    """Names are printed as they are written."""
    held = meeting(
        1, "2020-01-10", place={"city": "<script>alert(1)</script>", "host": "a", "source": "d1"}
    )
    html = printed(report(held))
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.fixture(scope="module")
def real() -> Library:
    """Return the library of the project in this repository."""
    contents = dialogue()
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


def test_the_real_series_names_its_longest_gap_and_no_next_meeting(real: Library) -> None:
    """The bottom line is composed from the records."""
    words = text(printed(series_report(context(real, date(2025, 12, 31), asked=True))))
    assert (
        "Nine meetings are on record, the first on 11 March 2013, the latest on "
        "26\N{EN DASH}27 August 2024."
    ) in words
    assert "The longest gap, 31 months, lies between the seventh and the eighth." in words
    assert "No tenth meeting is on record" in words


@pytest.mark.parametrize(
    "day", [date(2013, 3, 11), date(2017, 5, 16), date(2023, 3, 24), date(2024, 8, 26)]
)
def test_nothing_later_than_the_day_is_in_the_real_overview(real: Library, day: date) -> None:
    """Apart from due dates and sources, no year after the day is printed."""
    html = printed(series_report(context(real, day, asked=True)))
    body = (
        html[html.index("<main") : html.index('<h2 id="sources"')]
        .replace("(2024)", "")
        .replace("(early 2014)", "")
    )
    later = {
        int(year) for year in re.findall(r"\b20[0-9]{2}\b", text(body)) if int(year) > day.year
    }
    assert not later


def test_every_row_of_the_real_overview_has_a_mark_for_each_meeting(real: Library) -> None:
    """Rows are as long as the series, and the successor of a body stands in its row."""
    view = series_report(context(real, date(2025, 12, 31), asked=True))
    rows = [
        row for grids in (view.bodies, view.subjects) for grid in grids.grids for row in grid.rows
    ]
    assert {len(row.marks) for row in rows} == {9}
    assert "Office of National Space Policy" not in {row.name.text for row in rows}
    secretariat = marks(view)["National Space Policy Secretariat"]
    assert secretariat[0] == secretariat[-1] == "chair"


def test_columns_are_divided_beforehand(real: Library) -> None:
    """Grids stand in their order in two columns, about as many in each."""
    view = series_report(context(real, date(2025, 12, 31), asked=True))
    page = markup.fromstring(render(Theme.of(ROOT), "series", view, "en"))
    for grids, name in ((view.bodies, "bodies"), (view.subjects, "subjects")):
        found = page.xpath(f'//div[@aria-labelledby="{name}"]/div')
        columns = [column.xpath(".//table") for column in found]
        assert len(columns) <= 2
        assert sum(map(len, columns)) == len(grids.grids)
        numbers = [len(column) for column in columns]
        assert max(numbers) - min(numbers) <= 1


def test_numbers_of_four_digits_are_not_broken() -> None:
    """Neither in the table of the meetings nor in the drawing: a council may count its years."""
    meetings = [meeting(number, f"{number}-01-10") for number in range(2016, 2024)]
    page = render(Theme.of(ROOT), "series", report(*meetings), "en")
    assert pdf.render(Theme.of(ROOT), page, "series", b"{}").problems == ()


def test_words_of_another_script_stand_in_their_place_in_a_drawing() -> None:
    """What comes after them is not printed over them."""
    accord = {
        "id": "accord",
        "short": {"en": "Accord 宇宙 on Data"},
        "title": {"en": "Accord"},
        "type": "arrangement",
        "parties": ["a", "b"],
        "summary": {"text": "It is short.", "source": "d1"},
        "signing": {"date": "2022-05-01", "source": "d1"},
        "in_force": "not applicable",
    }
    found = report(meeting(1, "2021-01-10"), Agreement.model_validate(accord))
    page = render(Theme.of(ROOT), "series", found, "en")
    document = pypdfium2.PdfDocument(pdf.render(Theme.of(ROOT), page, "series", b"{}").content)
    text = document[0].get_textpage()
    drawn = text.get_text_range()
    start = drawn.index("Accord", drawn.index("as of"))
    before, after = (text.get_charbox(drawn.index(words, start)) for words in ("宙", "on Data"))
    assert before[2] <= after[0]
    document.close()
