"""Tests of the page on a programme: what was planned when, what came of it, and what is open."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import VALID, invoke, promise
from lxml import html as markup
from reading import context

from reporter.choice import Choice
from reporter.formats import html
from reporter.library.edition import library_of
from reporter.problems import AbsentError, ReporterError
from reporter.records.project import load
from reporter.reports.plan import plan
from reporter.reports.programme.view import ProgrammeReport, programme_report
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)
PROMISE = promise("c2-09", "b-ministry", "to lend an antenna to the lander", "2025-06", "lander")


def programme(root: Path, day: date = DAY) -> ProgrammeReport:
    """Return the page on the programme of a project."""
    return programme_report(context(library_of(load(root)), day), "lander")


def change(root: Path, old: str, new: str, name: str = "programmes/lander.yaml") -> None:
    """Change a record."""
    path = root / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_plan_its_slip_and_its_outcome() -> None:
    """The first plan, the newest, and by how many months the outcome is later than the first."""
    (launch,) = programme(VALID).plans
    assert launch.first
    assert launch.now
    assert (launch.first.text, launch.now.text) == ("2024", "Feb 2025")
    assert launch.state == "done, 10 Feb 2025, one month later than in the first plan on record"
    assert launch.strong
    assert launch.outcome
    assert launch.outcome.text == "Launched"


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2022-12-31", "planned for 2024"),
        ("2023-06-01", "planned for Feb 2025, two months later than in the first plan on record"),
        ("2025-02-09", "planned for Feb 2025, two months later than in the first plan on record"),
        ("2025-02-10", "done, 10 Feb 2025, one month later than in the first plan on record"),
    ],
)
def test_it_speaks_as_of_the_day(day: str, state: str) -> None:
    """No plan, outcome or event that a later day alone could know."""
    report = programme(VALID, date.fromisoformat(day))
    assert [plan.state for plan in report.plans] == [state]
    assert all(line.date and line.date.known_on(date.fromisoformat(day)) for line in report.events)


@pytest.mark.parametrize(
    ("due", "later"),
    [
        ("2025-03", "three months"),
        ("2025", "twelve months"),
        ("2025/2027", "up to 36 months"),
        ("../2026", "up to 24 months"),
    ],
)
def test_a_plan_that_leaves_more_open_is_at_most_so_much_later(
    project: Path, due: str, later: str
) -> None:
    """Of a span that is longer than the first one only its end is counted, and said to be that."""
    change(
        project, "    outcome: {date: 2025-02-10, result: done, text: Launched, source: news}\n", ""
    )
    change(project, "due: 2025-02,", f"due: {due},")
    (launch,) = programme(project, date(2024, 1, 1)).plans
    assert launch.state.endswith(f", {later} later than in the first plan on record")


def test_a_plan_that_is_only_less_exact_is_not_later(project: Path) -> None:
    """The first plan, 2024, is still in the span that the newest one leaves open."""
    change(
        project, "    outcome: {date: 2025-02-10, result: done, text: Launched, source: news}\n", ""
    )
    change(project, "due: 2025-02,", "due: 2024/2025,")
    (launch,) = programme(project, date(2024, 1, 1)).plans
    assert (launch.state, launch.strong) == ("planned for 2024 to 2025", False)


def test_nothing_is_measured_on_a_plan_of_a_weak_source(project: Path) -> None:
    """Neither on the bottom line nor in the table: the first plan is that of another source."""
    change(project, "due: 2024, source: agreement-text", "due: 2024, source: blog")
    (launch,) = programme(project).plans
    assert (launch.state, launch.now) == ("done, 10 Feb 2025", None)
    assert launch.first
    assert launch.first.text == "Feb 2025"


@pytest.mark.parametrize(("language", "said"), [("en", "“by 2025”"), ("fr", "for by 2025")])
def test_only_words_of_a_document_are_quoted(project: Path, language: str, said: str) -> None:
    """What translates them is told without quotation marks."""
    change(project, "due: 2025-02,", "due: 2025, due_words: by 2025,")
    documents = (project / "data/documents.yaml").read_text(encoding="utf-8")
    at = documents.index("id: statement-01")
    changed = documents[at:].replace("language: en", f"language: {language}", 1)
    (project / "data/documents.yaml").write_text(documents[:at] + changed, encoding="utf-8")
    (launch,) = programme(project, date(2024, 1, 1)).plans
    assert launch.state.startswith(f"planned {said}, ")


def test_a_date_that_passed_without_an_outcome_is_told(project: Path) -> None:
    """It is neither done nor still to come."""
    change(
        project, "    outcome: {date: 2025-02-10, result: done, text: Launched, source: news}\n", ""
    )
    (launch,) = programme(project).plans
    assert launch.state == (
        "planned for Feb 2025, two months later than in the first plan on record, "
        "and no outcome on record"
    )


def test_promises_about_it_are_told_with_their_status(project: Path) -> None:
    """Whoever made them, with how they stand on the day."""
    change(project, "  items:\n", f"  items:\n{PROMISE}", "meetings/02.yaml")
    report = programme(project)
    (promise,) = [row for row in report.promises if row.text == "Lend an antenna to the lander"]
    assert promise.made.report == "meeting-02"
    assert "overdue" in " ".join(promise.notes) or promise.status
    assert any(row.report == "meeting-02" for row in report.meetings)


def test_what_is_no_promise_is_headed_and_marked_as_that(project: Path) -> None:
    """It does not stand below a status as if that were its own."""
    hope = PROMISE.replace("c2-09", "e2-09").replace("strength: committed", "strength: interest")
    change(project, "  items:\n", f"  items:\n{PROMISE}{hope}", "meetings/02.yaml")
    page = html.render(Theme.of(project), "programme", programme(project), "en")
    (table,) = markup.fromstring(page).xpath('//table[@aria-labelledby="promises"]')
    assert table.xpath('string(.//th[@scope="col"][2])') == "Promise or expectation"
    states = [cell.text_content() for cell in table.xpath('.//td[@class="foremost"]')]
    assert states.count("no status") == 1
    assert "" not in states


def test_an_agreement_about_it_is_listed_without_an_undertaking(project: Path) -> None:
    """One that only says that it is about the programme, as one whose undertakings name it."""
    path = project / "data" / "agreements" / "lander-agreement.yaml"
    bare = path.read_text(encoding="utf-8").partition("undertakings:")[0]
    path.write_text(bare, encoding="utf-8")
    assert programme(project).agreements == ()
    path.write_text(f"{bare}about: lander\n", encoding="utf-8")
    assert [row.report for row in programme(project).agreements] == ["agreement-lander-agreement"]


def test_news_of_several_promises_are_told_once(project: Path) -> None:
    """A row that has those of the row above says no more than that."""
    news = "      history: [{date: 2025-05-01, text: They met., source: news}]\n"
    two = (PROMISE.replace("c2-09", name).rstrip("\n") + f"\n{news}" for name in ("c2-09", "c2-10"))
    change(project, "  items:\n", f"  items:\n{''.join(two)}", "meetings/02.yaml")
    report = programme(project)
    assert sum(row.told_above for row in report.promises) == 1
    page = html.render(Theme.of(project), "programme", report, "en")
    assert (page.count("They met."), page.count(">as above<")) == (1, 1)


def test_what_went_wrong_comes_first() -> None:
    """With dates in full, in 45 words at most; who leads it stands in the head of the page."""
    report = programme(VALID)
    line = report.bottom_line
    assert line.startswith("Launch: done, 10 February 2025, one month later")
    assert report.lead.startswith("Lead: ")
    page = html.render(Theme.of(VALID), "programme", report, "en")
    assert page.index(report.lead) < page.rindex("</header>")
    assert len(line.split()) <= 45


def test_nothing_is_printed_of_what_nobody_knew() -> None:
    """The error says from which day something is on record."""
    with pytest.raises(ReporterError) as caught:
        programme(VALID, date(2022, 11, 29))
    (problem,) = caught.value.problems
    assert problem.message == "nothing was known of 'lander' on 2022-11-29"
    assert "2022-11-30" in problem.hint


def test_a_full_build_has_a_page_on_each_that_is_known() -> None:
    """Of a day before anything was known of it there is none."""
    for day, there in ((DAY, True), (date(2022, 11, 1), False)):
        found = plan(VALID, Choice(), day, asked=True).selections
        assert ("programme-lander" in {item.id for item in found}) is there


def test_a_programme_that_is_not_there_is_refused() -> None:
    """With those that there are."""
    with pytest.raises(AbsentError) as caught:
        plan(VALID, Choice("programme", ("landr",)), DAY, asked=True)
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == (
        "there is no programme 'landr'",
        "did you mean 'lander'?",
    )


def test_it_is_built_by_its_name(tmp_path: Path) -> None:
    """As a page, and as data."""
    words = ("--programme", "lander", "--as-of", "2026-01-01", "--output", str(tmp_path / "out"))
    done = invoke("build", "--project", str(VALID), *words, "--format", "html", "--format", "json")
    assert done.exit_code == 0, done.stderr
    page = (tmp_path / "out" / "programme-lander.html").read_text(encoding="utf-8")
    assert "Joint Lander" in page
    view = json.loads((tmp_path / "out" / "programme-lander.json").read_bytes())
    assert view["plans"][0]["name"] == "Launch"


def test_an_event_without_a_date_is_undated(project: Path) -> None:
    """The page says so; it is made all the same."""
    name = "milestones:\n"
    change(project, name, f"{name}  - {{text: Somebody had the idea, source: register}}\n")
    page = html.render(Theme.of(project), "programme", programme(project), "en")
    assert re.search(r'<td><span class="soft">undated</span></td><td>Somebody had the idea', page)


def test_a_card_says_nothing_of_a_plan_that_is_not_on_record(project: Path) -> None:
    """On a phone each cell has the head of its column before it, so an empty one is not shown."""
    done = "      - {stated: 2023-05-10, due: 2025-02, source: statement-01#2}\n"
    outcome = "{date: 2025-03-01, result: done, text: Down, source: news}"
    landing = f"  - {{id: landing, name: Landing, outcome: {outcome}}}\n"
    change(project, "milestones:\n", f"{landing}milestones:\n")
    assert columns(project) == ["What", "First plan on record", "Newest plan", "How it turned out"]
    page = html.render(Theme.of(project), "programme", programme(project), "en")
    cells = markup.fromstring(page).xpath('//table[contains(@class, "cards")]//td[@data-label]')
    empty = [cell.text_content() for cell in cells if cell.get("class") == "empty"]
    assert empty == ["none on record", "none on record"]
    change(project, done, "")
    assert columns(project) == ["What", "First plan on record", "How it turned out"]


def columns(root: Path) -> list[str]:
    """Return the heads of the table of plans."""
    page = html.render(Theme.of(root), "programme", programme(root), "en")
    heads = markup.fromstring(page).xpath('//table[@aria-labelledby="plans"]//th[@scope="col"]')
    return [head.text_content() for head in heads]
