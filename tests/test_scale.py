"""Tests of large projects: pages that stay bounded, and an index whose search comes in parts."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from chromium import launched, opened
from jsonschema import Draft202012Validator
from reading import words
from sized import generate

from reporter.choice import EVERYTHING, Choice, Options
from reporter.desk.schema import report_schemas
from reporter.desk.serve.last_good import Request
from reporter.desk.serve.preview import Preview
from reporter.formats import FORMATS
from reporter.formats.exports import year_search
from reporter.formats.html import render
from reporter.formats.job_maker import job_of
from reporter.formats.jobs import Job
from reporter.records.prose import reading
from reporter.records.statements import Statement
from reporter.reports import selection
from reporter.reports.body.view import BodyReport
from reporter.reports.common import rows_shown
from reporter.reports.common.context import Context
from reporter.reports.index import view as index_view
from reporter.reports.index.view import IndexReport, LargeIndexReport
from reporter.reports.ledger import view as ledger_view
from reporter.reports.ledger.view import LedgerReport, ledger_report
from reporter.reports.party.view import PartyReport
from reporter.reports.plan import plan
from reporter.reports.programme.view import ProgrammeReport
from reporter.reports.year.view import YearReport
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from reporter.reports.common.ledger_rows import LedgerRow
    from reporter.reports.views import Report

DAY = date(2026, 3, 1)
SERIES, EACH, PROMISES = 3, 4, 6
ROWS = 40
FEW = 1
ROW = 'scope="row"'  # the head of one


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a generated project of three series of four meetings with four promises each."""
    root = tmp_path_factory.mktemp("generated")
    return generate(root, SERIES * EACH, series=SERIES, promises=PROMISES)


def views(root: Path) -> dict[str, Report]:
    """Return the reports of a full build by the names of their files."""
    found = plan(root, EVERYTHING, DAY, asked=False)
    assert found.problems == ()
    return {task.report.id: task.report for task in found.tasks(words("en"))}


@pytest.fixture(scope="module")
def small(generated: Path) -> dict[str, Report]:
    """Return the reports of the project as it is."""
    return views(generated)


@pytest.fixture(scope="module")
def large(generated: Path) -> dict[str, Report]:
    """Return them as if so many promises, places and reports were very many."""
    with pytest.MonkeyPatch.context() as patch:
        as_if_large(patch)
        return views(generated)


@pytest.fixture(scope="module")
def whole(generated: Path) -> LedgerReport:
    """Return the ledger of so many with all its lines, as other programs get it."""
    with pytest.MonkeyPatch.context() as patch:
        as_if_large(patch)
        return ledger_of(generated)


def ledger_of(root: Path) -> LedgerReport:
    """Return the ledger of a project with all its lines."""
    library = plan(root, EVERYTHING, DAY, asked=False).library
    return ledger_report(Context.on(library, DAY, words("en")))


def as_if_large(patch: pytest.MonkeyPatch) -> None:
    """Let few promises, places and reports be very many."""
    for module in (rows_shown, index_view):
        patch.setattr(module, "MOST_ROWS", ROWS)
    patch.setattr(ledger_view, "MOST_PLACES", 2)
    patch.setattr(index_view, "MOST_LISTED", SERIES)
    patch.setattr(index_view, "LEAST_LISTED", 1)


def printed(report: Report, name: str = "") -> str:
    """Return the page of a report."""
    return render(Theme.of(Path()), name or report.id, report, "en")


def years(reports: dict[str, Report]) -> Iterator[YearReport]:
    """Yield the pages of years."""
    return (report for report in reports.values() if isinstance(report, YearReport))


def row_ids(rows: tuple[LedgerRow, ...], *, shown: bool | None = None) -> set[str]:
    """Return the ids of the rows: all, those that are shown, or those that are not."""
    return {row.row.id for row in rows if shown is None or row.shown == shown}


def test_the_generator_makes_projects_of_several_series(small: dict[str, Report]) -> None:
    """All of it is valid, and each meeting has as many promises as were asked for."""
    meetings = [name for name in small if "--meeting-" in name]
    ledger = small["ledger"]
    assert isinstance(ledger, LedgerReport)
    made = [row.made.report for row in ledger.promises]
    assert len(meetings) == SERIES * EACH
    assert {made.count(name) for name in meetings} == {PROMISES}


def test_a_small_project_has_one_index_and_one_ledger(small: dict[str, Report]) -> None:
    """With all in it, and no pages of years."""
    index, ledger = small["index"], small["ledger"]
    assert isinstance(ledger, LedgerReport)
    assert (list(years(small)), type(index), ledger.years) == ([], IndexReport, ())
    assert all(row.shown for row in (*ledger.promises, *ledger.expectations))
    assert "strict-dynamic" not in printed(index)


def test_the_ledger_names_few_series_and_lists_many_owners(
    small: dict[str, Report], generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of very many there are so many; and a list is read where a long sentence is not."""
    ledger = small["ledger"]
    assert isinstance(ledger, LedgerReport)
    assert ledger.covers.startswith("From three series (Talks Series-01, Talks")
    monkeypatch.setattr(ledger_view, "MOST_SERIES", SERIES - 1)
    many = ledger_of(generated)
    assert many.covers == "From three series and from agreements."
    assert "<h3>By side</h3>" not in printed(ledger)
    long = ledger.model_copy(update={"by_side": ledger.by_side * 17})
    assert printed(long).count("promises (") > printed(ledger).count("promises (")
    assert "<h3>By side</h3>" in printed(long)


def test_the_ledger_shows_no_more_than_a_page_has_room_for(whole: LedgerReport) -> None:
    """What is not done goes before what is over, and the page says where the others stand."""
    ledger, rows = whole, whole.promises
    hidden = [row for row in rows if not row.shown]
    assert len(rows) - len(hidden) == ROWS
    left = [row for row in rows if row.row.standing.status in {"open", "in progress"}]
    assert len(left) > ROWS
    assert row_ids(rows, shown=True) <= row_ids(tuple(left)) | {
        row.row.id for row in rows if row.row.standing.status == "partly met"
    }
    assert sum(link.number for link in ledger.years) == len(hidden)
    page = printed(ledger)
    assert page.count("<tr id=") == ROWS + sum(row.shown for row in ledger.expectations)
    assert all(f'href="{link.report}.html"' in page for link in ledger.years)


def test_what_the_ledger_does_not_show_stands_on_the_pages_of_the_years(
    large: dict[str, Report], whole: LedgerReport
) -> None:
    """Each promise is on that of the year in which it was made."""
    ledger = whole
    by_year = {year.id: row_ids(year.promises) for year in years(large)}
    assert set().union(*by_year.values()) == row_ids(ledger.promises)
    for row in ledger.promises:
        assert row.row.id in by_year[f"year-{rows_shown.year_of(row.made.on)}"]


Bounded = PartyReport | BodyReport | ProgrammeReport


def asked(root: Path, kind: str, name: str) -> Bounded:
    """Return the report of this kind on one body or party, as it is asked for by itself."""
    found = plan(root, Choice(kind=kind, arguments=(name,)), DAY, asked=True)
    (task,) = found.tasks(words("en"))
    assert isinstance(task.report, Bounded)
    return task.report


BY_A_BODY = ("by: state-a\n      verb: committed", "by: state-a-body-1\n      verb: committed")


@pytest.fixture
def with_bodies(generated: Path, tmp_path: Path) -> Path:
    """Return the project with promises that a body made, and not its side."""
    project = shutil.copytree(generated, tmp_path / "project")
    for path in project.rglob("0[12].yaml"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(*BY_A_BODY), encoding="utf-8")
    return project


@pytest.mark.parametrize(
    ("kind", "name"),
    [("party", "state-b"), ("body", "state-a-body-1"), ("programme", "programme-1")],
)
def test_no_page_shows_more_promises_than_it_has_room_for(
    with_bodies: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    """It says where the others stand, and does not cite what they rest on; JSON has all."""
    whole = asked(with_bodies, kind, name)
    monkeypatch.setattr(rows_shown, "MOST_ROWS", FEW)
    found = asked(with_bodies, kind, name)
    assert found.left_out
    page, before = printed(found, kind), printed(whole, kind)
    left = sum(year.number for year in found.left_out.years)
    assert page.count(ROW) == before.count(ROW) - left
    assert found.left_out.said in page
    assert whole.left_out is None
    assert all(f'href="{year.report}.html"' in page for year in found.left_out.years)
    every = [{one.id for one in (*each.sources, *each.further)} for each in (found, whole)]
    assert every[0] == every[1]
    assert len(found.sources) < len(whole.sources)


def test_what_was_missed_goes_before_what_was_met_later(
    with_bodies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On the report on a body as in the ledger: it needs action, though it is no longer open."""
    whole = asked(with_bodies, "body", "state-a-body-1")
    assert isinstance(whole, BodyReport)
    first = whole.owes[0]
    rows = [
        first.model_copy(update={"mark": mark, "last_heard": day})
        for mark, day in (("met", date(2025, 2, 1)), ("missed", date(2024, 2, 1)))
    ]
    monkeypatch.setattr(rows_shown, "MOST_ROWS", 1)
    assert [row.shown for row in rows_shown.bounded(rows)] == [False, True]


def test_of_many_places_the_newest_with_something_left_to_do_are_shown(
    large: dict[str, Report],
) -> None:
    """As many as the page has room for."""
    ledger = large["ledger"]
    assert isinstance(ledger, LedgerReport)
    for places in (ledger.by_meeting, ledger.by_agreement):
        assert [place.shown for place in places] == [*([False] * (len(places) - 2)), True, True]


def test_the_index_leads_to_the_newest_and_to_each_year(large: dict[str, Report]) -> None:
    """It has no words to search by; those stand beside the pages of the years."""
    index = large["index"]
    assert isinstance(index, LargeIndexReport)
    listed = [entry for group in index.groups for entry in group.entries]
    of_series = [group.entries for group in index.groups if group.name == "series-series-01"]
    assert [entry.id for entry in of_series[0]] == [
        "series-01--series",
        "series-01--meeting-04",
        "series-01--compare-03-04",
    ]
    assert not any(any(entry.words.model_dump().values()) for entry in listed)
    by_year = [entry.id for entry in index.groups[0].entries]
    assert by_year == sorted((year.id for year in years(large)), reverse=True)
    assert index.search.parts == tuple(f"{name}.js" for name in by_year)
    assert index.number == len(large) - len(by_year) - 1


def test_each_report_of_a_year_is_on_its_page(large: dict[str, Report]) -> None:
    """Once, with the words of its record; the others are listed by the index itself."""
    found = [entry for year in years(large) for group in year.groups for entry in group.entries]
    index = large["index"]
    assert isinstance(index, LargeIndexReport)
    listed = {entry.id for group in index.groups for entry in group.entries}
    ids = [entry.id for entry in found]
    assert len(ids) == len(set(ids))
    assert {*ids, *listed} == {*large} - {"index"}
    meeting = next(entry for entry in found if entry.id == "series-01--meeting-01")
    assert len(meeting.words.promises) == PROMISES
    assert meeting.short.startswith("Talks Series-01: ")


def test_the_names_of_the_pages_of_years_are_known() -> None:
    """Also that of what has no date; a file to search by goes with each page."""
    named = [Choice.named(name) for name in ("year-2019", "year-undated", "year-19", "year-old")]
    assert [one.arguments if one else None for one in named] == [
        ("2019",),
        ("undated",),
        None,
        None,
    ]
    asked = Options(Path(), Path(), DAY, asked=False, choice=Choice(formats=("html",)))
    assert asked.names("year-2019") == ("year-2019.html", "year-2019.js")
    assert asked.names("ledger") == ("ledger.html",)


def part_of(report: Report) -> bytes:
    """Return the file to search by beside the page of a year."""
    content, _ = year_search.make(Job(report.id, "year", report, b"", "en"), Theme.of(Path()), b"")
    return content


def test_a_part_of_the_search_is_one_call(large: dict[str, Report]) -> None:
    """Its values are plain, and it is known for ours."""
    year = next(years(large))
    content = part_of(year)
    assert FORMATS["js"].mark.search(content)
    head, call, _ = content.decode().split("\n")
    assert head.startswith("//")
    found = json.loads(call.removeprefix("found(").removesuffix(");"))
    assert [one["page"] for one in found] == [
        f"{entry.id}.html" for group in year.groups for entry in group.entries
    ]
    assert found[0]["words"]["promises"]


def test_only_an_index_in_parts_may_load_any(large: dict[str, Report]) -> None:
    """And nothing but what its own program asks for."""
    policy = printed(large["index"]).partition('content="')[2].partition('"')[0]
    scripts = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert scripts.endswith("'strict-dynamic'")
    assert scripts.count("'sha256-") == 1


@pytest.mark.parametrize("kind", ["index", "year", "ledger"])
def test_json_of_many_keeps_to_its_published_schema(large: dict[str, Report], kind: str) -> None:
    """It is the one of smaller projects."""
    report = next(report for name, report in large.items() if name.partition("-")[0] == kind)
    check = Draft202012Validator(report_schemas()[f"report-{kind}"])
    assert [
        error.message for error in check.iter_errors(json.loads(report.model_dump_json()))
    ] == []


@pytest.fixture(scope="module")
def built(large: dict[str, Report], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the index and what lies beside it."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "index.html").write_text(printed(large["index"]), encoding="utf-8")
    for year in years(large):
        (folder / f"{year.id}.html").write_text(printed(year, "year"), encoding="utf-8")
        (folder / f"{year.id}.js").write_bytes(part_of(year))
    return folder


def test_a_part_of_the_search_is_served_like_a_page(
    generated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One that is not there is not."""
    monkeypatch.setattr(index_view, "MOST_ROWS", ROWS)
    preview = Preview(Request(generated, "index", DAY, asked=False))
    assert (preview.page("year-2026.js").html or b"").startswith(year_search.HEAD.encode())
    assert all(preview.page(name).gone for name in ("index.js", "ledger.js", "x.js"))


def test_what_makes_a_page_of_the_ledger_gets_no_more_than_that_shows(
    large: dict[str, Report], whole: LedgerReport
) -> None:
    """Other programs get all lines, and the same numbers for what the page cites."""
    ledger = large["ledger"]
    assert isinstance(ledger, LedgerReport)
    assert len(ledger.promises) == ROWS < len(whole.promises)
    assert row_ids(ledger.promises) == row_ids(whole.promises, shown=True)
    assert printed(ledger) == printed(whole)
    assert {name for name, form in FORMATS.items() if not form.of_page} == {"json", "csv", "ics"}


@pytest.mark.parametrize("formats", [("html", "json", "csv"), ("json",), ("html",)])
def test_what_is_made_together_does_not_change_what_is_made(
    generated: Path, monkeypatch: pytest.MonkeyPatch, formats: tuple[str, ...]
) -> None:
    """Each format has what it has alone: the page its lines, the others all."""
    as_if_large(monkeypatch)
    library = plan(generated, EVERYTHING, DAY, asked=False).library
    found = selection(library, "ledger", (), DAY)
    job = job_of(Context.on(library, DAY, words("en")), None, found, formats)
    for name in formats:
        report = job.of(name).report
        assert isinstance(report, LedgerReport)
        assert all(row.shown for row in report.promises) == (name == "html")
        assert job.of(name).record == report.model_dump_json(indent=1).encode()


def test_a_sentence_that_no_page_shows_makes_no_page_anew(
    generated: Path, monkeypatch: pytest.MonkeyPatch, whole: LedgerReport
) -> None:
    """The ledger counts all promises, and reads the sentences of those that it shows."""
    as_if_large(monkeypatch)
    library = plan(generated, EVERYTHING, DAY, asked=False).library
    with reading() as read:
        ledger_report(Context.on(library, DAY, words("en")), whole=False)
    texts = {part.text for part in read.values() if isinstance(part, Statement)}
    shown = {row.row.text for row in whole.promises if row.shown}
    hidden = {row.row.text for row in whole.promises if not row.shown}
    assert shown <= texts
    assert not hidden & texts


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@pytest.mark.browser
def test_the_search_loads_its_parts_and_finds_in_all_of_them(browser: Browser, built: Path) -> None:
    """From files, without a network; what is not there is told, and nothing else is lost."""
    page = opened(browser, built / "index.html")
    page.focus("#search-box")
    page.fill("#search-box", "talks series-01 city")
    page.wait_for_function("!document.querySelector('#search-found').textContent.includes('…')")
    hits = page.locator("#search-hits li a")
    assert hits.count() == EACH
    assert str(hits.first.get_attribute("href")).startswith("series-01--meeting-")
    assert page.locator("[data-group]:visible").count() == 0
    page.press("#search-box", "Escape")
    assert page.locator("#search-hits li").count() == 0
    gone = min(built.glob("*.js"))
    gone.rename(built / "moved")
    page = opened(browser, built / "index.html")
    page.focus("#search-box")
    page.fill("#search-box", "ledger")
    page.wait_for_function("!document.querySelector('#search-found').textContent.includes('…')")
    assert "One report found. One part of the search" in page.inner_text("#search-found")
