"""A series of many sides has pages that can be read, whatever their number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from conftest import ROOT
from lxml import html as markup
from reading import context

from reporter.formats import pdf
from reporter.formats.html import render
from reporter.library import Library
from reporter.records.meeting import Meeting, Participants
from reporter.records.register import Document, Organisation, Project
from reporter.reports.meeting.view import meeting_report
from reporter.reports.party.view import party_report
from reporter.reports.series.view import series_report
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.reports.views import Report

DAY = date(2026, 1, 1)
FOOT = 0.07  # of the height of a page: below it stands its foot
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def sides(number: int) -> list[str]:
    """Return the ids of so many sides."""
    return [f"state-{LETTERS[n // 26]}{LETTERS[n % 26]}" for n in range(number)]


def library(number: int, *together: Sequence[str], meetings: int = 1) -> Library:
    """Return meetings of so many sides, each of which chaired it and promised something.

    Or each of several groups ``together``.
    """
    names = sides(number)
    head = {"organisation": "", "post": {"en": "Envoy"}, "source": "d"}
    chairs = [
        {"side": one, "organisation": f"m-{one}", "source": "d"}
        | {"head": {**head, "organisation": f"m-{one}"}}
        for one in names
    ]
    promises: list[dict[str, Any]] = [
        {"id": f"c1-{n:02}", "by": [*by], "verb": "agreed", "text": f"to lend ship {n}"}
        | {"strength": "committed", "source": "d"}
        for n, by in enumerate(together or ([one] for one in names), 1)
    ]
    found: dict[str, Any] = {"number": 1, "title": {"en": "Talks"}, "date": "2020-01-01"}
    found |= {"place": {"city": "Port", "host": names[0], "source": "d"}, "cochairs": chairs}
    found |= {"evidence": "full", "statements": {"complete": True, "items": promises}}
    project: dict[str, Any] = {
        "series": {"en": "Talks"},
        "short": {"en": "Talks"},
        "language": "en",
    }
    project |= {"author": "Desk", "researched_until": "2025-12-31"}
    project |= {"sides": [{"id": one, "name": {"en": one.title()}} for one in names]}
    project |= {"areas": [{"id": "all", "name": {"en": "All"}}]}
    paper = {"id": "d", "title": "Statement", "publisher": "Office", "date": "2020-01-01"}
    paper |= {"language": "en", "standing": "official", "read": "full"}
    ministries = (
        Organisation.model_validate({"id": f"m-{one}", "side": one, "name": {"en": f"M {one}"}})
        for one in names
    )
    held = [found]
    for later in range(2, meetings + 1):
        said = {"statements": {"complete": True}, "number": later, "date": f"2020-{later:02}-01"}
        held.append({**found, **said})
    records = (Document.model_validate(paper), *ministries, *map(Meeting.model_validate, held))
    return Library(Project.model_validate(project), records)


def briefing(records: Library) -> Any:  # noqa: ANN401 (as views are)
    """Return the briefing on the meeting."""
    return meeting_report(context(records, DAY), records.meetings[1])


def page(kind: str, report: Report) -> Any:  # noqa: ANN401 (lxml has no types)
    """Return the page of a report."""
    return markup.fromstring(render(Theme.of(ROOT), kind, report, "en"))


@pytest.mark.parametrize(("number", "columns"), [(8, 8), (9, 9), (40, 9)])
def test_who_met_has_so_many_columns_and_says_how_many_more(number: int, columns: int) -> None:
    """The chairs of all stand behind page one."""
    found = library(number)
    report = meeting_report(context(found, DAY), found.meetings[1])
    assert len(report.met) == columns
    more = {8: "State-Ah, co-chair", 9: "One more side", 40: "32 more sides"}
    assert report.met[-1].head == more[number]
    assert len(report.chairs) == number


@pytest.mark.parametrize("number", [3, 12, 40])
def test_a_briefing_on_a_party_groups_any_number_of_owners(number: int) -> None:
    """Each group has an id of its own."""
    found = library(number)
    ids = page("party", party_report(context(found, DAY), sides(number)[0])).xpath("//h3/@id")
    assert len(ids) == len({*ids})
    assert len(ids) >= 1


@pytest.mark.parametrize(("number", "apart"), [(3, False), (5, True), (40, True)])
def test_an_overview_has_no_column_for_each_of_many_sides(number: int, *, apart: bool) -> None:
    """Who chaired stands in one cell of each meeting, and not in the table of meetings too."""
    tree = page("series", series_report(context(library(number), DAY)))
    heads = tree.xpath('//table[@aria-labelledby="chairs"]/thead//th')
    assert len(heads) == (3 if apart else 2 + number)
    told = tree.xpath('//table[@aria-labelledby="meetings"]//td[@data-label="Co-chairs"]')
    assert bool(told) == (not apart)


def test_most_of_many_sides_are_told_by_those_who_are_left_out() -> None:
    """Names of nineteen states in front of each statement hide what they said."""
    names = sides(20)
    report = briefing(library(20, names[1:], names[1:]))
    assert [row.lead for row in report.said[0].rows] == ["All but State-Aa agreed"] * 2
    assert "All sides but State-Aa agreed to lend ship 1" in report.bottom_line
    assert "(all but State-Aa" in report.promised.rows[0].brief
    told = page("meeting", report).text_content()
    assert "State-Ab" not in told.partition("What was said")[2].partition("Who took part")[0]


def test_many_sides_are_all_named_once() -> None:
    """Then two of them, and how many others; of three all are."""
    names = sides(20)
    half = library(20, names[:10], names[:10], names[:3], names[:3])
    first, second, *few = briefing(half).said[0].rows
    assert first.lead.endswith("State-Ah, State-Ai and State-Aj agreed")
    assert second.lead == "State-Aa, State-Ab and eight others agreed"
    assert {row.lead for row in few} == {"State-Aa, State-Ab and State-Ac agreed"}


def test_sides_of_which_nobody_is_named_are_told_together() -> None:
    """Once, and not in a column each; one that stayed away is not told as if it had come."""
    names, records = sides(20), library(20)
    lists: list[dict[str, Any]] = [
        {"side": one, "list": "not given", "source": "d"} for one in names
    ]
    lists[0] = {"side": names[0], "complete": True, "source": "d"}
    update = {"participants": tuple(map(Participants.model_validate, lists)), "cochairs": ()}
    first = records.meetings[1].model_copy(update=update)
    report = briefing(Library(records.project, (*records.documents.values(), first)))
    assert "is not given in the document (State-Ab, State-Ac and 17 others)" in report.unknown_line
    told = page("meeting", report).xpath("//section[@aria-labelledby='participants']")[0]
    assert told.xpath(".//h3") == []
    assert "State-Aa: the document lists nobody." in told.text_content()
    assert told.text_content().count("the document does not say who took part") == 1


def test_both_of_three_sides_are_named() -> None:
    """Where they are few, who is left out says no more."""
    names = sides(3)
    (row,) = briefing(library(3, names[1:])).said[0].rows
    assert row.lead == "State-Ab and State-Ac agreed"


def test_the_overview_of_many_sides_leaves_no_page_half_empty() -> None:
    """Grids higher than a page begin below what stands there, and so does a row of many chairs."""
    report = series_report(context(library(45, meetings=5), DAY))
    assert not report.all_led
    html = render(Theme.of(ROOT), "series", report, "en")
    document = pypdfium2.PdfDocument(pdf.render(Theme.of(ROOT), html, "series", b"{}").content)
    ends = [lowest(each) for each in document]
    assert len(ends) > 2
    assert max(ends[:-1]) < 0.3


def lowest(each: pypdfium2.PdfPage) -> float:
    """Return how far above the foot of a page its text ends, as a part of its height."""
    text, height = each.get_textpage(), each.get_height()
    boxes = [text.get_rect(at) for at in range(text.count_rects())]
    return float(min(bottom for _, bottom, _, _ in boxes if bottom > FOOT * height) / height)
