"""Tests of the binder of a visit: its reports in order, their tabs, and what cannot be in it."""

from __future__ import annotations

import io
import json
import re
import shutil
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

import page as validator
import pikepdf
import pytest
from conftest import VALID, problems_of
from jsonschema import Draft202012Validator
from outloud import check  # type: ignore[import-untyped]

from reporter.choice import Choice, Edition
from reporter.desk.completion import of_kind
from reporter.desk.listing import listing
from reporter.desk.schema import report_schemas
from reporter.desk.verify import verify
from reporter.formats import pdf
from reporter.formats.docx.from_page import read
from reporter.formats.html import render
from reporter.formats.markdown import markdown
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.records.reportnames import report_named
from reporter.reports.binder.view import BinderReport
from reporter.reports.index.view import IndexReport
from reporter.reports.plan import Task, plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.problems import Problem

DAY = date(2026, 1, 1)
VISIT = """id: capital
title: {en: Visit to the Second City}
date: 2026-03-10/2026-03-11
place: Second City
addressee: For the Minister
drafted_by: Space Desk
cleared_by: Head of Division
contact: extension 100
reports:
  - {report: with state-b, title: State B in short, note: Read this first.}
  - meeting-01
  - meeting 2
  - agreement-lander-agreement
  - compare 2 1
"""


def with_visit(root: Path, text: str = VISIT) -> Path:
    """Add the record of a visit to a project."""
    path = root / "data" / "visits" / "capital.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return root


@cache
def task(root: Path, edition: str = "internal", day: date = DAY) -> Task:
    """Return the binder of a project, ready to be printed."""
    wanted = Edition("public") if edition == "public" else Edition()
    planned = plan(root, Choice("binder", ("capital",)), day, asked=False, edition=wanted)
    return planned.task(planned.selections[0], language_of(Theme.of(root), "en"))


def binder(root: Path, edition: str = "internal") -> BinderReport:
    """Return the view of the binder of a project."""
    found = task(root, edition).report
    assert isinstance(found, BinderReport)
    return found


def told_of(problem: Problem, root: Path) -> str:
    """Return a problem as it is printed, with what to do, in one line."""
    return " ".join(problem.render(root).split())


def refused(root: Path, day: date = DAY, edition: str = "internal") -> list[str]:
    """Return what is said of a binder that cannot be had."""
    with pytest.raises(ReporterError) as caught:
        task(root, edition, day)
    return [told_of(problem, root) for problem in caught.value.problems]


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project with a visit, which no test changes."""
    root = tmp_path_factory.mktemp("visited")
    shutil.copytree(VALID, root, dirs_exist_ok=True)
    return with_visit(root)


@pytest.fixture(scope="module")
def page(visited: Path) -> str:
    """Return the page of its binder."""
    return render(Theme.of(visited), "binder", binder(visited), "en")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("meeting-08", "meeting-08"),
        ("meeting 8", "meeting-08"),
        ("compare 8 7", "compare-07-08"),
        ("with state-b", "with-state-b"),
        ("body b-agency", "body-b-agency"),
        ("agreement lander-agreement", "agreement-lander-agreement"),
        ("ledger", "ledger"),
        ("meeting space/8", "space--meeting-08"),
        ("series space", "space--series"),
        ("meeting space/call-2024-05", "space--meeting-call-2024-05"),
        ("meeting call-2024-05", "meeting-call-2024-05"),
        ("compare space/7 space/call-1", "space--compare--07--call-1"),
        ("matrix space/call-1", "space--matrix-call-1"),
        ("ledger--with-state-b", "ledger--with-state-b"),
    ],
)
def test_a_report_goes_by_its_name_or_by_what_it_is_about(text: str, name: str) -> None:
    """As 'reporter list' shows it, or as one asks for it."""
    assert report_named(text, {}) == name


def test_what_cannot_be_in_a_binder_is_told_at_its_line(project: Path) -> None:
    """With what to do: no such report, another binder, an index, one twice, none at all."""
    lines = ["meetng-01", "binder other", "index", "meeting X", "compare 1 1"]
    reports = "".join(f"  - {line}\n" for line in lines)
    with_visit(project, f"id: capital\ntitle: {{en: Visit}}\nreports:\n{reports}")
    told = [told_of(problem, project) for problem in problems_of(project)]
    assert [text.partition(": error: ")[0] for text in told] == [
        f"data/visits/capital.yaml:{line}:5" for line in range(4, 9)
    ]
    assert "'meetng-01' names no report" in told[0]
    assert "did you mean 'meeting'?" in told[0]
    assert "another binder" in told[1]
    assert "holds no index" in told[2]
    with_visit(project, "id: capital\ntitle: {en: Visit}\nreports: [ledger, meeting 1, ledger]\n")
    (twice,) = [told_of(problem, project) for problem in problems_of(project)]
    assert "data/visits/capital.yaml:3:30: error: the report 'ledger' is in the binder" in twice
    with_visit(project, "id: capital\ntitle: {en: Visit}\nreports: []\n")
    (empty,) = [told_of(problem, project) for problem in problems_of(project)]
    assert "an empty list says nothing" in empty


def test_a_report_on_what_is_on_no_record_is_an_error_of_the_visit(project: Path) -> None:
    """At its line, with what may have been meant."""
    with_visit(project, VISIT.replace("lander-agreement", "lander-agreemnt"))
    (told,) = [told_of(problem, project) for problem in problems_of(project)]
    assert "data/visits/capital.yaml:13:5: error: there is no agreement 'lander-agreemnt'" in told
    assert "did you mean 'lander-agreement'?" in told
    with_visit(project, VISIT.replace("meeting 2", "meeting call-2024"))
    (told,) = [told_of(problem, project) for problem in problems_of(project)]
    assert "there is no meeting 'call-2024'" in told


def test_the_tabs_have_the_order_and_the_titles_of_the_record(visited: Path) -> None:
    """Each holds its report as it is by itself."""
    found = binder(visited)
    assert [(tab.label, tab.report.id) for tab in found.tabs] == [
        ("Tab 1", "with-state-b"),
        ("Tab 2", "meeting-01"),
        ("Tab 3", "meeting-02"),
        ("Tab 4", "agreement-lander-agreement"),
        ("Tab 5", "compare-01-02"),
    ]
    assert found.tabs[0].title == "State B in short"
    assert found.tabs[1].title.startswith("First meeting")
    for tab in found.tabs:
        choice = Choice.named(tab.report.id)
        assert choice
        planned = plan(visited, choice, DAY, asked=False)
        alone = planned.task(planned.selections[0], language_of(Theme.of(visited), "en"))
        assert (tab.kind, tab.report) == (alone.template, alone.report)


def test_its_json_keeps_to_the_published_schema(visited: Path) -> None:
    """And each report in it to the schema of its kind."""
    found = json.loads(binder(visited).model_dump_json())
    schemas = report_schemas()
    Draft202012Validator(schemas["report-binder"]).validate(found)
    for tab in found["tabs"]:
        Draft202012Validator(schemas[f"report-{tab['kind']}"]).validate(tab["report"])


def test_it_speaks_for_the_day_of_the_report_that_changed_last(visited: Path) -> None:
    """A quiet night changes nothing in it."""
    found = binder(visited)
    assert found.speaks.day == max(tab.report.speaks.day for tab in found.tabs)


def test_a_visit_says_for_whom_it_is_and_who_answers_for_it(visited: Path) -> None:
    """In place of what holds for the project; each report keeps its own head."""
    found = binder(visited)
    head = found.masthead
    assert (head.addressee, head.drafted_by, head.contact) == (
        "For the Minister",
        "Space Desk",
        "extension 100",
    )
    assert head.imprint == "Drafted: Space Desk, extension 100 · Cleared: Head of Division"
    assert found.setting == "Second City, 10\u201311 March 2026"
    assert {tab.report.masthead.addressee for tab in found.tabs} == {None}


def test_a_public_binder_holds_public_reports_only(project: Path) -> None:
    """Nothing that is internal is in it; a visit may have no public edition at all."""
    with_visit(project, f"{VISIT}marking: SECRET\n")
    found = binder(project, "public")
    assert {tab.report.masthead.edition for tab in found.tabs} == {"public"}
    told = found.model_dump_json()
    assert not re.search("SECRET|For the Minister|extension 100", told)
    with_visit(project, f"{VISIT}internal: true\n")
    task.cache_clear()
    assert "there is no visit 'capital'" in refused(project, edition="public")[0]


def test_a_report_that_is_not_there_on_the_day_stops_the_binder(visited: Path) -> None:
    """At its line, with what to do; a full build leaves such a binder out."""
    day = date(2019, 1, 1)
    told = refused(visited, day)
    assert any(
        line.startswith("data/visits/capital.yaml:13:5: error: the report 'agreement-lander")
        and "choose a later day with --as-of" in line
        for line in told
    )
    names = [item.id for item in plan(visited, Choice(), day, asked=True).selections]
    assert "binder-capital" not in names
    assert "binder-capital" in [
        item.id for item in plan(visited, Choice(), DAY, asked=True).selections
    ]


def test_a_mistake_elsewhere_does_not_stop_it(project: Path) -> None:
    """Only the records that its reports are about do."""
    with_visit(
        project,
        VISIT.replace(
            "  - {report: with state-b, title: State B in short, note: Read this first.}\n", ""
        ),
    )
    wrong = project / "data" / "programmes" / "wrong.yaml"
    wrong.write_text("id: wrong\n", encoding="utf-8")
    planned = plan(project, Choice("binder", ("capital",)), DAY, asked=False)
    assert {problem.severity for problem in planned.problems} == {"warning"}


def test_a_binder_can_be_found(visited: Path) -> None:
    """It is listed, completed, and in the index, where its name finds it."""
    assert any(line.startswith("binder-capital ") for line in listing(visited, DAY, asked=False))
    assert of_kind(visited, "visits") == ["capital"]
    planned = plan(visited, Choice("index"), DAY, asked=False)
    index = planned.task(planned.selections[0], language_of(Theme.of(visited), "en")).report
    assert isinstance(index, IndexReport)
    (group,) = [group for group in index.groups if group.name == "visit"]
    assert [entry.id for entry in group.entries] == ["binder-capital"]
    assert group.entries[0].words.titles == ("Visit to the Second City",)
    assert "one binder for a visit" in index.bottom_line


def test_links_between_reports_stay_in_the_binder(page: str) -> None:
    """Every link leads somewhere on the page, or to the web; no id is there twice."""
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    links = re.findall(r'\shref="([^"]*)"', page)
    assert not [link for link in links if not link.startswith(("#", "http", "mailto:"))]
    assert {link[1:] for link in links if link.startswith("#")} <= {*ids, "main"}
    assert '<a class="to" href="#t2">' in page  # from the briefing on a party to the first meeting
    names = re.findall(r'\saria-(?:labelledby|describedby)="([^"]+)"', page)
    assert {name for found in names for name in found.split()} <= set(ids)


def test_headings_are_a_level_lower_in_a_report(page: str) -> None:
    """The title of the binder is the only one of its level, in every format."""
    assert len(re.findall(r"<h1(?![^>]*aria-level)", page)) == 1
    assert len(re.findall(r'<h1[^>]*aria-level="2"', page)) == 5
    lines = markdown(page).decode().splitlines()
    assert [line for line in lines if line.startswith("# ")] == ["# Visit to the Second City"]
    styles = [block.style for block in read(page).blocks if hasattr(block, "style")]
    assert styles.count("Title") == 1
    assert "Heading 1" in styles


@pytest.fixture(scope="module")
def paper(visited: Path, page: str) -> bytes:
    """Return the PDF of the binder."""
    record = binder(visited).model_dump_json(indent=1).encode()
    found = pdf.render(Theme.of(visited), page, "binder-capital", record, "0" * 64)
    assert found.problems == ()
    return found.content


KNOWN = {"TAG-002", "PAG-001"}
"""Why these stay is in CONTRIBUTING.md."""


@pytest.mark.full
def test_the_paper_follows_both_standards(paper: bytes, tmp_path: Path) -> None:
    """As one file, and it is read aloud in order."""
    for profile in ("3a", "ua1"):
        report = validator.validate_pdf_bytes(paper, profile=profile)
        assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    path = tmp_path / "binder.pdf"
    path.write_bytes(paper)
    findings = check(str(path)).findings
    assert [found.message for found in findings if found.rule not in KNOWN] == []


@pytest.mark.full
def test_the_marking_is_in_one_piece_beside_a_long_day(project: Path) -> None:
    """At the head and at the foot of the cover: no hyphen parts it."""
    with_visit(project, f"{VISIT}marking: OFFICIAL\n")
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8").replace("2026-06-30", "2025-11-30")
    settings.write_text(text, encoding="utf-8")
    page = render(Theme.of(project), "binder", binder(project), "en")
    found = pdf.render(Theme.of(project), page, "binder-capital", b"{}", "0" * 64)
    assert text_of(found.content)[0].count("OFFICIAL") == 2


@pytest.mark.full
def test_a_title_of_two_lines_stands_beside_its_tab(project: Path) -> None:
    """Its second line begins below its first, not below the number of the tab."""
    with_visit(project, VISIT.replace("State B in short", "Wherever " * 12))
    page = render(Theme.of(project), "binder", binder(project), "en")
    found = pdf.render(Theme.of(project), page, "binder-capital", b"{}", "0" * 64)
    (tab,), title = (lefts_of(found.content, word) for word in ("Tab 1", "Wherever"))
    assert len(title) == 12
    assert min(title) > title[0] - 1 > tab


def lefts_of(paper: bytes, word: str) -> list[float]:
    """Return where on its line each of these begins on the first page, in points."""
    import pypdfium2

    found = pypdfium2.PdfDocument(paper)[0].get_textpage()
    search = found.search(word)
    places = iter(search.get_next, None)
    return [float(found.get_charbox(place[0])[0]) for place in places]


@pytest.mark.full
def test_the_contents_lead_to_the_right_pages(paper: bytes, visited: Path) -> None:
    """As do the bookmarks; each report counts its own pages beside those of the binder."""
    with pikepdf.open(io.BytesIO(paper)) as opened:
        first = {
            str(item.title): 1 + page_number(opened, item) for item in opened.open_outline().root
        }
        count = len(opened.pages)
    texts = text_of(paper)
    tabs = binder(visited).tabs
    for tab in tabs:
        name = f"{tab.label} · {tab.title}"
        line = rf"{re.escape(tab.label)}\s+{re.escape(tab.title)}[ .]+{first[name]}\b"
        assert re.search(line, texts[0]), (line, texts[0])
    starts = [first[f"{tab.label} · {tab.title}"] for tab in tabs]
    for tab, start, end in zip(tabs, starts, [*starts[1:], count + 1], strict=True):
        for number in range(start, end):
            text = texts[number - 1]
            assert f"{tab.label} · page {number - start + 1} of {end - start}" in text
            assert f"Page {number} of {count}" in text


@pytest.mark.full
def test_the_paper_is_the_same_each_time_and_holds_its_record(
    paper: bytes, visited: Path, page: str, tmp_path: Path
) -> None:
    """The record of the binder holds that of each report, and can be verified."""
    record = binder(visited).model_dump_json(indent=1).encode()
    again = pdf.render(Theme.of(visited), page, "binder-capital", record, "0" * 64)
    assert again.content == paper
    path = tmp_path / "binder-capital.pdf"
    path.write_bytes(paper)
    assert verify(path, visited, DAY).differences == ()
    assert [tab["report"]["id"] for tab in json.loads(record)["tabs"]][1] == "meeting-01"
    changed = tmp_path / "changed"
    shutil.copytree(visited, changed)
    meeting = changed / "data" / "meetings" / "02.yaml"
    told = meeting.read_text(encoding="utf-8").replace("to share data on debris", "to share none")
    meeting.write_text(told, encoding="utf-8")
    assert any("tabs[2].report" in line for line in verify(path, changed, DAY).differences)


def page_number(opened: pikepdf.Pdf, item: pikepdf.OutlineItem) -> int:
    """Return on which page a bookmark leads, counted from 0."""
    assert item.destination is not None
    target = item.destination[0]  # type: ignore[index]
    return next(at for at, found in enumerate(opened.pages) if found.obj.objgen == target.objgen)


def text_of(paper: bytes) -> list[str]:
    """Return the text of each page."""
    import pypdfium2

    document = pypdfium2.PdfDocument(paper)
    return [
        found.get_textpage().get_text_bounded().replace("\u00a0", " ").replace("\r\n", "\n")
        for found in document
    ]
