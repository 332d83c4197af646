"""Tests of parts of the ledger: whom they concern, who owes, how it stands, due before a day."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import several
from click.testing import CliRunner
from conftest import ROOT, VALID, promise, with_promises
from exporting import Exports
from fuzzing import examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from reading import context, words
from test_reports_ledger import library as library_with
from test_reports_ledger import meeting as meeting_with
from test_reports_ledger import promise as said_of

from reporter.choice import Choice, Edition
from reporter.cli import main
from reporter.desk.completion import owners
from reporter.desk.listing import listing
from reporter.filters import STANDINGS, Filters
from reporter.formats.html import render
from reporter.library.edition import edited, library_of
from reporter.problems import AbsentError, ReporterError
from reporter.records.project import load
from reporter.reports import select
from reporter.reports.choose import missing
from reporter.reports.common.ledger_rows import is_unchecked
from reporter.reports.filtered import view
from reporter.reports.filtered.view import MOST_URGENT, FilteredReport, filtered_report
from reporter.reports.ledger.view import ledger_report
from reporter.reports.party.view import party_report
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library
    from reporter.reports.common.ledger_rows import LedgerRow
    from reporter.reports.views import SourceEntry

DAY = date(2026, 1, 1)
PROMISE = promise("c2-09", "b-ministry", "to lend its antenna", "2025-06") + promise(
    "c2-10", "state-a", "to mend its mast", "2026-06"
)


@pytest.fixture
def promised(project: Path) -> Path:
    """Return a project in which each side promised something of its own."""
    return with_promises(project, PROMISE)


def part(root: Path, filters: Filters, day: date = DAY, desk: str = "") -> FilteredReport:
    """Return a part of the ledger of a project."""
    found = edited(library_of(load(root)), Edition(desk=desk))
    return filtered_report(context(found, day), filters.name)


def ids(report: FilteredReport) -> set[str]:
    """Return the ids of its lines."""
    return {row.row.id for row in report.rows}


NAMES = {
    "with-japan--status-overdue-open": Filters("japan", "", ("overdue", "open")),
    "owner-j-jaxa--due-before-2026-03-31": Filters("", "j-jaxa", (), date(2026, 3, 31)),
    "status-met-met-late-not-verified": Filters(standings=("not verified", "met", "met late")),
    "with-with-owner--owner-status-open": Filters("with-owner", "status-open"),
}


@pytest.mark.parametrize("filters", NAMES.values(), ids=NAMES)
def test_a_name_says_what_is_asked_for(filters: Filters) -> None:
    """It gives the filters back, whatever the order in which they were asked for."""
    again = Filters.named(filters.name)
    assert again is not None
    assert (again.name, set(again.standings)) == (filters.name, set(filters.standings))
    assert replace(again, standings=()) == replace(filters, standings=())
    assert Choice.named(f"ledger--{filters.name}") == Choice("filtered", (filters.name,))


@pytest.mark.parametrize(
    "name",
    [
        *("", "x", "with-", "with-a--with-b", "status-odd", "status-open-overdue"),
        *("owner-a--with-b", "due-before-2026-02-30", "due-before-2026-3-1", "with-a--", "with-A"),
    ],
)
def test_no_other_name_is_one(name: str) -> None:
    """Nor is it taken for a report."""
    assert Filters.named(name) is None
    assert Choice.named(f"ledger--{name}") is None


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(owner="b-ministry"), {"c2-09"}),
        (Filters(owner="state-a"), {"c2-10"}),
        (Filters(standings=("overdue",)), {"c2-09"}),
        (Filters(before=date(2025, 7, 1)), {"c2-09"}),
        (Filters(before=date(2026, 6, 30)), {"c2-09"}),
        (Filters(before=date(2026, 7, 1)), {"c2-09", "c2-10"}),
        (Filters(before=date(2025, 7, 1), owner="state-a"), set()),
    ],
)
def test_each_filter_keeps_what_it_says(promised: Path, filters: Filters, found: set[str]) -> None:
    """Alone, and together only that for which both hold."""
    assert ids(part(promised, filters)) & {"c2-09", "c2-10"} == found


def test_a_party_is_a_filter_too(promised: Path) -> None:
    """It keeps what the party owes, and what we promised where it was."""
    found = part(promised, Filters("state-b"), desk="state-a")
    assert {"c2-09", "c2-10"} <= ids(found)
    with pytest.raises(ReporterError) as caught:
        part(promised, Filters("state-a"), desk="state-a")
    (problem,) = caught.value.problems
    assert "--owner state-a" in problem.hint


def test_the_head_says_what_was_filtered(promised: Path) -> None:
    """And how many of how many lines it shows."""
    filters = Filters("state-b", "b-ministry", ("overdue", "open"), date(2025, 7, 1))
    found = part(promised, filters)
    assert found.shown == (
        "With State B · owed by Department of Foreign Relations · overdue or open · due before 1 "
        "July 2025: "
        f"1 of {found.of} lines of the ledger."
    )
    page = render(Theme.of(VALID), "filtered", found, "en")
    assert found.shown in page
    assert "What needs action first" in page


def test_only_statements_with_those_who_are_asked_for_may_hold_more(project: Path) -> None:
    """Of several series those in which a side is, or the side of a body; else of all."""
    several.add(project)
    for name in ("space/meetings/01", "sea/meetings/03"):
        path = project / "data" / "series" / f"{name}.yaml"
        text = path.read_text(encoding="utf-8").replace(
            "complete: true\n  items", "complete: false\n  items"
        )
        path.write_text(text, encoding="utf-8")
    sea, space = "3 (Talks on sea)", "1 (Talks on space)"
    told = {
        name: part(project, filters).unread
        for name, filters in {
            "all": Filters(standings=("open",)),
            "with": Filters("state-c"),
            "owner": Filters(owner="state-c"),
            "body": Filters(owner="b-agency"),
        }.items()
    }
    assert {name for name, text in told.items() if sea in text} == set(told)
    assert {name for name, text in told.items() if space in text} == {"all", "body"}
    with_c = party_report(context(library_of(load(project)), DAY), "state-c")
    assert (sea in with_c.unread, space in with_c.unread) == (True, False)


def test_who_follows_up_is_said_once(promised: Path) -> None:
    """In the head where it is one for all lines, else with each; in no public edition."""
    settings = promised / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}desk_officer: Desk B\n", encoding="utf-8")
    found = part(promised, Filters("state-b"))
    assert found.officer == "Followed up by Desk B."
    assert render(Theme.of(VALID), "filtered", found, "en").count("Desk B") == 1
    meeting = promised / "data" / "meetings" / "02.yaml"
    named = meeting.read_text(encoding="utf-8").replace(
        "id: c2-09\n", "id: c2-09\n      desk_officer: Desk A\n"
    )
    meeting.write_text(named, encoding="utf-8")
    found = part(promised, Filters("state-b"))
    assert found.officer == ""
    page = render(Theme.of(VALID), "filtered", found, "en")
    assert page.count("Desk A") == 1
    assert page.count("Desk B") == len(found.rows) - 1
    library = edited(library_of(load(promised)), Edition("public"))
    shown = filtered_report(context(library, DAY), "with-state-b")
    page = render(Theme.of(VALID), "filtered", shown, "en")
    assert "Desk A" not in page
    assert "Desk B" not in page


def test_the_rest_is_grouped_by_owner(promised: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own first; each group has the lines of one owner, what is due first before the others."""
    monkeypatch.setattr(view, "MOST_URGENT", 0)
    found = part(promised, Filters(before=date(2100, 1, 1)), desk="state-b")
    headings = [group.heading for group in found.groups]
    assert len({*headings}) == len(headings)
    ours, theirs = map(headings.index, ("Department of Foreign Relations", "State A"))
    assert ours < theirs
    for group in found.groups:
        assert len({row.row.who for row in group.rows}) == 1
        dues = [row.row.due.last for row in group.rows if row.row.due]
        assert dues == sorted(dues)
    assert found.urgent == ()


def test_what_needs_action_comes_first(promised: Path) -> None:
    """Each line stands once."""
    found = part(promised, Filters(before=date(2100, 1, 1)))
    assert "c2-09" in {row.row.id for row in found.urgent}
    assert [row.row.standing.overdue_since is None for row in found.urgent] == sorted(
        row.row.standing.overdue_since is None for row in found.urgent
    )
    assert len(found.urgent) <= MOST_URGENT
    assert len({row.row.id for row in found.rows}) == len(found.rows) == found.number


def test_an_empty_part_says_so(promised: Path) -> None:
    """In a sentence, and its calendar and table are valid."""
    found = part(promised, Filters(before=date(1900, 1, 1)))
    assert (found.bottom_line, found.rows) == ("No line of the ledger is of this kind.", ())
    made = Exports(library_of(load(promised)), DAY, words("en"))
    assert Calendar.from_ical(made.render(found, "ics")).errors == []
    assert made.render(found, "csv").count(b"\n") == 1


def test_other_programs_get_the_same_lines(promised: Path) -> None:
    """The table has them all, and the calendar what is due."""
    found = part(promised, Filters(owner="b-ministry"))
    made = Exports(library_of(load(promised)), DAY, words("en"))
    assert b"c2-09" in made.render(found, "csv")
    calendar = Calendar.from_ical(made.render(found, "ics"))
    assert [str(event["uid"]).partition("@")[0] for event in calendar.walk("VEVENT")] == [
        "due-c2-09"
    ]
    assert json.loads(made.render(found, "json"))["number"] == 1


@pytest.mark.parametrize(
    ("name", "message"),
    [("owner-b-minstry", "there is no side or body 'b-minstry'"), ("with-x", "there is no party")],
)
def test_who_is_not_there(name: str, message: str) -> None:
    """An owner or a party that is not on record is refused, with the nearest one."""
    with pytest.raises(AbsentError) as caught:
        plan(VALID, Choice("filtered", (name,)), DAY, asked=True)
    (problem,) = caught.value.problems
    assert message in problem.message
    assert problem.hint.startswith(("did you mean 'b-ministry'", "there are: "))


def invoke(*arguments: str) -> str:
    """Return what a wrong command says."""
    done = CliRunner().invoke(main, ["build", "--project", str(VALID), *arguments])
    assert done.exit_code == 2
    return done.output


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--ledger", "--status", "opne"), "did you mean 'open'?"),
        (("--ledger", "--status", ","), "there are: overdue, unchecked, open"),
        (("--status", "open"), "add --ledger"),
        (("--due-before", "2026-01-01"), "add --ledger"),
        (("--with", "a", "--owner", "b"), "add --ledger"),
        (("--owner", "a", "--body", "b"), "another name for --body"),
        (("--ledger", "--due-before", "soon"), "is not a day"),
        (("--ledger", "--owner", "a b"), "take an id"),
        (("--ledger", "--owner", "a", "--meeting", "1"), "choose one of"),
    ],
)
def test_a_wrong_filter_is_a_wrong_command(arguments: tuple[str, ...], said: str) -> None:
    """It says what to write instead."""
    assert said in invoke(*arguments)


def test_it_is_listed_and_completed() -> None:
    """By its command; owners are sides and bodies."""
    assert any(
        "ledger--status-overdue" in line and "--due-before" in line
        for line in listing(VALID, DAY, asked=False)
    )
    assert {"state-a", "b-agency"} <= {*owners(VALID)}


def test_it_is_there_as_long_as_those_whom_it_names() -> None:
    """Else ``--prune`` removes what was built of it; one that names nobody stays."""
    library = library_of(load(VALID))
    for name, gone in (("with-state-b", 0), ("with-state-b--owner-gone", 1), ("status-met", 0)):
        choice = Choice.named(f"ledger--{name}")
        assert choice is not None
        assert len(missing(library, choice)) == gone


def test_a_full_build_has_none() -> None:
    """Only who asks for a part gets it."""
    library = library_of(load(VALID))
    assert not [found for found in select(library, Choice(), DAY) if found.template == "filtered"]


# Each line is the ledger's


def plain(row: LedgerRow, sources: tuple[SourceEntry, ...]) -> Any:  # noqa: ANN401
    """Return all that a line says, with its sources by name and not by number."""
    names = {source.number: source.id for source in sources}

    def named(value: Any) -> Any:  # noqa: ANN401
        if isinstance(value, dict):
            if "number" in value and "paragraphs" in value:
                return names[value["number"]], value["paragraphs"]
            return {key: named(item) for key, item in value.items() if key != "shown"}
        return [*map(named, value)] if isinstance(value, list | tuple) else value

    return named(row.model_dump())


class Checked:
    """The ledger of a day, to hold its parts to."""

    def __init__(self, library: Library, day: date) -> None:
        """Take the whole ledger: its lines, and how each is told."""
        self.library, self.day = library, day
        ledger = ledger_report(context(library, day))
        self.rows = {row.row.id: row for row in (*ledger.promises, *ledger.expectations)}
        sources = (*ledger.sources, *ledger.further)
        self.lines = {name: plain(row, sources) for name, row in self.rows.items()}

    def part(self, filters: Filters) -> set[str]:
        """Fail where a line is not the ledger's; return the ids of the lines."""
        found = filtered_report(context(self.library, self.day), filters.name)
        assert found.of == len(self.lines)
        for row in found.rows:
            assert plain(row, (*found.sources, *found.further)) == self.lines[row.row.id]
        assert len(ids(found)) == len(found.rows) == found.number
        return ids(found)

    def check(self, filters: Filters) -> None:
        """Fail where one filter keeps another set, or all together not what each of them keeps."""
        found = {one: self.part(one) for one in alone(filters)}
        for one, kept in found.items():
            if one.standings or one.before:
                assert kept == {name for name, row in self.rows.items() if keeps(one, row)}
        assert self.part(filters) == set.intersection(*found.values())


def keeps(filters: Filters, row: LedgerRow) -> bool:
    """Return whether a line is kept by how it stands, or by when it is due."""
    standing, due = row.row.standing, row.row.due
    if filters.before:
        return due is not None and due.last < filters.before
    late = standing.overdue_since and "overdue" in filters.standings
    unchecked = is_unchecked(row) and "unchecked" in filters.standings
    return bool(standing.status in filters.standings or late or unchecked)


def alone(filters: Filters) -> list[Filters]:
    """Return each of these filters alone."""
    single = [
        Filters(party=filters.party),
        Filters(owner=filters.owner),
        Filters(standings=filters.standings),
        Filters(before=filters.before),
    ]
    return [one for one in single if one != Filters()]


@pytest.fixture(scope="module")
def dialogue() -> Library:
    """Return the records of the project itself."""
    return library_of(load(ROOT))


@pytest.mark.parametrize("day", ["2023-06-30", "2026-11-21"])
def test_each_line_is_the_line_of_the_ledger(dialogue: Library, day: str) -> None:
    """The same status, words, days and sources; filters together keep what all of them keep."""
    filters = Filters("united-states", "japan", ("overdue", "open"), date(2030, 1, 1))
    Checked(dialogue, date.fromisoformat(day)).check(filters)


@st.composite
def filters_of(draw: st.DrawFn, library: Library) -> Filters:
    """Return some filters for a project; at least one."""
    parties = [name for name in library.parties if Filters.named(Filters(name).name)]
    known = (*library.sides, *library.bodies)
    names = [name for name in known if Filters.named(Filters(owner=name).name)]
    found = Filters(
        draw(st.sampled_from(["", *parties])),
        draw(st.sampled_from(["", *names])),
        tuple(draw(st.lists(st.sampled_from(STANDINGS), max_size=4, unique=True))),
        draw(st.none() | st.dates(date(2020, 1, 1), date(2027, 1, 1))),
    )
    return Filters(standings=STANDINGS[:3]) if found == Filters() else found


@examples(15)
@given(projects(), st.data())
def test_each_line_of_a_project_by_chance_is_that_of_its_ledger(
    sample: Sample, data: st.DataObject
) -> None:
    """On any day, in both editions, with any filters."""
    day = data.draw(days(sample))
    edition = data.draw(st.sampled_from([Edition(), Edition("public")]))
    with folder() as root, within(60):
        sample.save(root)
        library = edited(library_of(load(root)), edition)
        filters = data.draw(filters_of(library))
        party = library.parties.get(filters.party)
        if party and party == library.project.desk and edition.name != "public":
            filters = replace(filters, party="", owner=party)
        Checked(library, day).check(filters)


def test_an_owner_of_whom_nothing_is_shown_has_no_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many, the page leaves out what was finished long ago; the record has it."""
    monkeypatch.setattr("reporter.reports.common.rows_shown.MOST_ROWS", 1)
    done = {"date": "2020-05-01", "text": "Done", "status": "met", "source": "d"}
    said = said_of("p", by="a", history=[done]), said_of("q", by="b")
    found = library_with(meeting_with(1, "2020-01-01", *said))
    report = filtered_report(
        context(found, date(2020, 6, 1)), Filters(standings=("met", "open")).name
    )
    assert [(group.heading, group.shown) for group in report.groups] == [
        ("State A", False),
        ("State B", True),
    ]
    told = render(Theme.of(ROOT), "filtered", report, "en")
    assert "State A</h3>" not in told
    assert "State B</h3>" in told
