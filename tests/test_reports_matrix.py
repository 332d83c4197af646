"""Tests of the matrix: who kept what, by party and by promise, with averages to the digit."""

from __future__ import annotations

import csv
import io
import json
import random
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import group
import pytest
import several
from conftest import problems_of, run, with_promises
from hypothesis import given
from hypothesis import strategies as st
from reading import context, words
from test_matters import entry
from test_reports_ledger import agreement, library, meeting, promise

from reporter.choice import Choice
from reporter.cli.options import read_promises
from reporter.desk.completion import promises as completed
from reporter.desk.listing import listing
from reporter.library.edition import library_of
from reporter.problems import AbsentError, ReporterError
from reporter.records.project import load
from reporter.reports.headings import title
from reporter.reports.matrix.averages import mean, percent, rounded
from reporter.reports.matrix.view import MOST_COLUMNS, Average, MatrixReport, matrix_report
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library

DAY = date(2024, 12, 31)
SCORED = {"1", "0", "-1"}
BY_MEMBER = {
    "arcadia": ("1.00", 100),
    "borduria": ("0.50", 75),
    "costaguana": ("0.17", 58),
    "dalmatinia": ("0.83", 92),
    "eastland": ("-0.33", 33),
    "freedonia": ("0.67", 83),
    "grand-fenwick": ("0.83", 92),
    "hyrkania": ("-0.83", 8),
    "illyria": ("0.67", 83),
    "jamborea": ("0.67", 83),
    "kyrzbekistan": ("0.60", 80),
    "lugash": ("0.50", 75),
    "molvania": ("0.33", 67),
    "norland": ("0.83", 92),
    "oceana": ("0.67", 83),
    "parador": ("0.17", 58),
    "qumar": ("0.00", 50),
    "ruritania": ("1.00", 100),
    "sylvania": ("0.50", 75),
    "union-of-tomania": ("0.83", 92),
}
BY_PROMISE = [("0.85", 93), ("0.60", 80), ("0.40", 70), ("0.70", 85), ("-0.15", 43), ("0.47", 74)]
OVERALL = ("0.48", 74)


@pytest.fixture(scope="module")
def twenty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the project of the group of twenty; not to be changed."""
    return group.group(tmp_path_factory.mktemp("twenty"))


def matrix(root: Path, name: str = "meeting-01", day: date = DAY) -> MatrixReport:
    """Return the matrix of a project."""
    return matrix_report(context(library_of(load(root)), day, asked=True), name)


def of(found: Library, name: str, day: str = "2022-01-01") -> MatrixReport:
    """Return the matrix of a library."""
    return matrix_report(context(found, date.fromisoformat(day), asked=True), name)


def test_a_report_on_twenty_gives_its_averages_to_the_digit(twenty: Path) -> None:
    """By member, by promise and of all: two places, and a percentage; what has no score is out."""
    report = matrix(twenty)
    members = {
        one.id: (str(one.average.value), one.average.percent)
        for one in report.members
        if one.average
    }
    assert members == BY_MEMBER
    promises = [
        (str(one.average.value), one.average.percent) for one in report.commitments if one.average
    ]
    assert promises == BY_PROMISE
    assert report.average
    assert (str(report.average.value), report.average.percent) == OVERALL
    assert report.average.of == 119


def test_who_has_the_same_average_is_named_together(tmp_path: Path) -> None:
    """Of however many scores it is: 0 of two is 0 of three."""
    table = {name: ["0", "0", "0"] for name in group.MEMBERS} | {
        "arcadia": ["1", "1", "1"],
        "borduria": ["1", "1", "n"],
        "qumar": ["-1", "1", "-1"],
        "sylvania": ["-1", "0", "0"],
        "oceana": ["-1", "n", "n"],
        "parador": ["-1", "-1", "n"],
    }
    report = matrix(group.group(tmp_path, promises=3, table=table))
    assert "Highest: Arcadia and Borduria, +1.00 (100%)" in report.bottom_line
    assert "lowest: Oceana and Parador, \N{MINUS SIGN}1.00 (0%)" in report.bottom_line


def two_places(scores: list[int]) -> tuple[str, int] | None:
    """Return an average with two places and in percent, rounded as on paper: halves go outwards."""
    if not scores:
        return None
    total, of = sum(scores), len(scores)
    hundredths = (200 * abs(total) + of) // (2 * of)
    value = Decimal(hundredths if total >= 0 else -hundredths) / 100
    return f"{value:.2f}", (100 * (total + of) + of) // (2 * of)


@pytest.mark.parametrize("seed", range(4))
def test_any_table_of_twenty_gives_its_averages(tmp_path: Path, seed: int) -> None:
    """Of 14 promises, some of which not all owe, and of some nothing is told or verified."""
    pick = random.Random(seed)  # noqa: S311 (nothing is secret here)
    table = {
        name: [pick.choice(("1", "1", "0", "-1", "-1", "n", ".", "x")) for _ in range(14)]
        for name in group.MEMBERS
    }
    table |= {"arcadia": ["1"] * 5 + ["0"] * 3 + ["n"] * 6, "oceana": [".", "x"] * 7}
    table |= {"borduria": ["-1"] + ["0"] * 7 + ["x"] * 6}  # 0.625 and -0.125: halves
    report = matrix(group.group(tmp_path, promises=14, table=table))

    def told(average: Average | None) -> tuple[str, int | None] | None:
        return (str(average.value), average.percent) if average else None

    rows = {name: [int(score) for score in row if score in SCORED] for name, row in table.items()}
    found = {member.id: told(member.average) for member in report.members}
    assert found == {name: two_places(scores) for name, scores in rows.items() if name in found}
    assert (found["arcadia"], found["borduria"]) == (("0.63", 81), ("-0.13", 44))
    columns = [[int(row[n]) for row in table.values() if row[n] in SCORED] for n in range(14)]
    assert [told(row.average) for row in report.commitments] == [*map(two_places, columns)]
    assert told(report.average) == two_places([one for scores in columns for one in scores])
    assert {*rows} - {*found} <= {name for name, row in table.items() if {*row} == {"x"}}


def test_each_cell_is_that_of_the_table(twenty: Path) -> None:
    """In the order of the members and of the promises."""
    report = matrix(twenty)
    found = {
        member.id: [row.cells[at].status for row in report.commitments]
        for at, member in enumerate(report.members)
    }
    assert found == {
        name: [group.STATUS[score] for score in row] for name, row in group.MEMBERS.items()
    }


def test_the_bottom_line_has_the_sum(twenty: Path) -> None:
    """How all stand, the average, and who is first and last; with a true minus."""
    line = matrix(twenty).bottom_line
    assert line == (
        "20 parties owe six promises; by party these are 120: 72 are met, 32 are in progress, "
        "15 were missed and one is not verified. The average is +0.48 (74%). Highest: Arcadia and "
        "Ruritania, +1.00 (100%); lowest: Hyrkania, \N{MINUS SIGN}0.83 (8%)."
    )


def test_promises_of_one_party_each_are_counted_once(tmp_path: Path) -> None:
    """Not 'two promises; by party these are two'."""
    alone = {name: ["x", "x"] for name in group.MEMBERS} | {"arcadia": ["1", "x"]}
    table = alone | {"borduria": ["x", "0"]}
    line = matrix(group.group(tmp_path, promises=2, table=table)).bottom_line
    assert line.startswith("Two parties owe two promises: one is met and one is in progress.")


def test_the_highest_comes_first(twenty: Path) -> None:
    """Those who are alike stay in the order of the project."""
    ranked = [one.id for one in matrix(twenty).ranked]
    assert ranked[:3] == ["arcadia", "ruritania", "dalmatinia"]
    assert ranked[-1] == "hyrkania"


def test_before_the_report_nothing_has_a_score(twenty: Path) -> None:
    """And before the summit there is nothing."""
    report = matrix(twenty, day=date(2024, 5, 30))
    assert report.average is None
    assert report.ranked == ()
    assert {cell.status for row in report.commitments for cell in row.cells} == {"open"}
    with pytest.raises(ReporterError) as caught:
        matrix(twenty, day=date(2023, 6, 10))
    assert caught.value.problems[0].message == "nothing was known of 'meeting-01' on 2023-06-10"


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(1, 8), "0.13"),
        (Fraction(-1, 8), "-0.13"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 201), "0.00"),
        (Fraction(-1), "-1.00"),
    ],
)
def test_a_half_goes_away_from_zero(value: Fraction, told: str) -> None:
    """At two places, without a float between; nothing has no sign."""
    assert str(rounded(value, 2)) == told


@given(st.lists(st.sampled_from([Decimal(-1), Decimal(0), Decimal(1), None]), max_size=40))
def test_averages_are_exact(scores: list[Decimal | None]) -> None:
    """They are never further off than half of the last digit."""
    found, known = mean(scores), [int(score) for score in scores if score is not None]
    assert (found is None) == (not known)
    if found:
        assert found.value * found.of == sum(known)
        assert abs(Fraction(rounded(found.value, 2)) - found.value) <= Fraction(1, 200)
        assert percent(found.value, [Decimal(-1), Decimal(1)]) in range(101)


def test_numbers_are_printed_with_their_sign() -> None:
    """In the language of the report."""
    told = [words("en").signed(Decimal(text)) for text in ("-0.15", "0.00", "1", "0.5", "-1")]
    assert told == ["\N{MINUS SIGN}0.15", "0.00", "+1", "+0.5", "\N{MINUS SIGN}1"]


def test_a_project_has_scores_of_its_own(tmp_path: Path) -> None:
    """They take the place of the usual ones; a percentage is of those from -1 to 1 only."""
    root = group.group(tmp_path, settings="scores: {met: 2, in progress: 0.5, missed: 0}\n")
    report = matrix(root)
    assert report.average
    assert (str(report.average.value), report.average.percent) == ("1.34", None)
    assert report.average.text == "+1.34"
    assert "100%" not in report.scale


WRONG = [
    ("scores: {met: 1, done: 0}", "'done' is not one of the words allowed here"),
    ("scores: {met: one}", "expected a number, found 'one'"),
    ("scores: {met: 01}", "expected a number, found '01'"),
    ("scores: {met: \N{MINUS SIGN}1}", "expected a number, found '\N{MINUS SIGN}1'"),
    ("scores: {}", "too few: 0"),
]


@pytest.mark.parametrize(("line", "message"), WRONG)
def test_wrong_scores_are_told_at_their_line(tmp_path: Path, line: str, message: str) -> None:
    """A status that there is not, and what is no number."""
    root = group.group(tmp_path, settings=f"{line}\n")
    (found,) = problems_of(root)
    text = (root / "data" / "project.yaml").read_text(encoding="utf-8")
    assert found.message == message
    assert text.splitlines()[(found.line or 0) - 1] == line


TWO = [
    promise("u1", history=[entry("2021-01-01", "met", parties="a")]),
    promise("u2", by=["b"], history=[entry("2021-01-01", "missed")], due="2020-06"),
    promise("u3", strength="looks forward"),
]


def test_few_parties_have_a_column_each() -> None:
    """Only promises are in it, and who does not owe one has no status there."""
    report = of(library(agreement("pact", "2020-01-01", *TWO)), "pact")
    assert report.layout == "few"
    assert [row.id for row in report.commitments] == ["u1", "u2"]
    cells = [[cell.status for cell in row.cells] for row in report.commitments]
    assert cells == [["met", "open"], [None, "missed"]]
    assert [row.counts for row in report.commitments] == ["1 met, 1 open", "1 missed"]


def test_one_promise_has_a_row_for_each_party() -> None:
    """Under its own id, wherever it was made."""
    report = of(library(meeting(1, "2020-01-01", TWO[0])), "u1")
    assert (report.layout, report.id) == ("one", "matrix-u1")
    assert [(cell.party, cell.status) for cell in report.commitments[0].cells] == [
        ("a", "met"),
        ("b", "open"),
    ]
    assert report.made.report == "meeting-01"


def test_what_is_late_and_inferred_is_counted() -> None:
    """Beside the statuses of a promise, and in the cell."""
    history = [entry("2021-01-01", "in progress", parties="a", inferred=True)]
    made = promise("u1", history=history, due="2021-06")
    report = of(library(meeting(1, "2020-01-01", made)), "meeting-01")
    assert report.commitments[0].counts == "1 in progress, 1 open, 2 overdue, 1 our inference"
    assert report.commitments[0].cells[0].notes == ("our inference", "overdue since 30 Jun 2021")


def test_what_shows_it_is_told_once_for_all() -> None:
    """The last line on each party; a check says that nothing was found."""
    history = [
        entry("2020-05-01", "in progress"),
        entry("2021-01-01", "met", parties="a"),
        {"checked": "2021-02-01", "where": "its pages", "text": "A law", "status": "not verified"}
        | {"parties": ["b"]},
        entry("2021-03-01", parties="a", text="Again"),
    ]
    report = of(library(meeting(1, "2020-01-01", promise("p", history=history))), "p")
    assert [line.text for line in report.commitments[0].evidence] == [
        "State A: News of 2021-01-01",
        "looked for 1 Feb 2021, not found: State B: A law",
    ]


@pytest.mark.parametrize(("number", "sizes"), [(20, [20]), (21, [11, 10]), (45, [15, 15, 15])])
def test_a_table_has_no_more_columns_than_the_paper(number: int, sizes: list[int]) -> None:
    """Of more promises there are several, as wide as each other."""
    owners = [f"x{n}" for n in range(9)]
    made = [promise(f"u{n}", by=owners) for n in range(number)]
    found = library(meeting(1, "2020-01-01", *made))
    agency = found.organisations["a-agency"]
    bodies = [agency.model_copy(update={"id": name}) for name in owners]
    whole = type(found)(found.project, (*found.records, *bodies))
    report = of(whole, "meeting-01")
    assert [len(block.numbers) for block in report.blocks] == sizes
    assert max(sizes) <= MOST_COLUMNS
    assert [n for block in report.blocks for n in block.numbers] == [*range(1, number + 1)]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("u3", "'u3' is no promise"),
        ("pact", "'pact' has no promises"),
        ("meeting-01", "'meeting-01' has no promises"),
    ],
)
def test_what_has_no_promises_is_refused(name: str, message: str) -> None:
    """In words, with what to name instead."""
    found = library(agreement("pact", "2020-01-01", TWO[2]), meeting(1, "2020-01-01"))
    with pytest.raises(ReporterError) as caught:
        of(found, name)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert "somebody committed to" in str(problem.hint)


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "lander-agrement",
            "there is no agreement, meeting or promise 'lander-agrement'",
            "did you",
        ),
        ("zzzzzz", "there is no agreement, meeting or promise 'zzzzzz'", "as 'reporter list'"),
    ],
)
def test_what_is_not_there_is_refused(project: Path, name: str, message: str, hint: str) -> None:
    """With what may have been meant."""
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("matrix", (name,)), DAY, asked=True)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert hint in str(problem.hint)


NAMES = [
    ("2", "matrix-meeting-02"),
    ("meeting-02", "matrix-meeting-02"),
    ("space/2", "space--matrix-meeting-02"),
    ("space/meeting-02", "space--matrix-meeting-02"),
    ("lander-agreement", "matrix-lander-agreement"),
    ("c1-02", "matrix-c1-02"),
    ("C1-02", "matrix-c1-02"),  # as the ledger prints it
]


@pytest.mark.parametrize(("asked", "report"), NAMES)
def test_it_goes_by_one_name(asked: str, report: str) -> None:
    """However it is asked for; the name says what it is about."""
    found = read_promises(asked)
    choice = Choice("matrix", (found.name,), series=found.series)
    assert choice.report == report
    assert Choice.named(report) == choice


def test_a_name_that_cannot_be_is_a_usage_error(project: Path) -> None:
    """As with other options."""
    done = run("build", "--project", project, "--matrix", "No id")
    assert done.returncode == 2
    assert "'No id' is no id" in done.stderr


def test_a_meeting_of_one_of_several_series(project: Path) -> None:
    """Its series is in its name and in its title; without it, it is asked for."""
    several.add(project)
    planned = plan(project, Choice("matrix", ("meeting-03",), series="sea"), DAY, asked=True)
    (task,) = planned.tasks(words("en"))
    assert task.report.id == "sea--matrix-meeting-03"
    assert task.report.masthead.title == "Who kept what: Talks on sea: Third meeting"
    told = title(planned.selections[0].heading, words("en"))
    assert told == "Who kept what: Talks on sea: Third meeting"
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("matrix", ("meeting-03",)), DAY, asked=True)
    assert "sea/meeting-03" in str(caught.value.problems[0].hint)


def test_a_number_that_two_series_have(project: Path) -> None:
    """It is the meeting of the series that is named: the project's own, or the other one."""
    folder = project / "data" / "series" / "sea" / "meetings"
    folder.mkdir(parents=True)
    settings = several.SETTINGS.format(name="sea")
    folder.with_name("series.yaml").write_text(settings, encoding="utf-8")
    record = several.OTHER.format(number=1, date="2020-02-01").replace("state-c", "state-b")
    record = record.replace("[state-a, state-b, state-b]", "[state-a, state-b]")
    (folder / "01.yaml").write_text(record, encoding="utf-8")
    for series, first in (("", "c1-01"), ("sea", "s1-01")):
        planned = plan(project, Choice("matrix", ("meeting-01",), series=series), DAY, asked=True)
        (task,) = planned.tasks(words("en"))
        assert isinstance(task.report, MatrixReport)
        assert task.report.commitments[0].id == first


def test_it_is_listed_and_completed(twenty: Path) -> None:
    """What three or more promised together has a line in the list; each id can be completed."""
    lines = listing(twenty, DAY, asked=False)
    assert [line for line in lines if "--matrix meeting-01" in line and "matrix-meeting" in line]
    assert not any("matrix" in line for line in listing(twenty, date(2023, 6, 10), asked=True))
    assert {"1", "c1-01", "c1-06"} <= {*completed(twenty)}


@pytest.mark.full
def test_it_is_built_where_it_is_asked_for(tmp_path: Path) -> None:
    """Alone, in all its formats; a full build makes none, and leaves one where it is."""
    root = group.group(tmp_path)
    forms = ["--format", "html", "--format", "csv", "--format", "json"]
    run("build", "--project", root, "--matrix", "1", *forms, "--as-of", "2024-12-31", check=True)
    page = (root / "output" / "matrix-meeting-01.html").read_text(encoding="utf-8")
    assert page.count('role="img" aria-label="In progress"') == 32
    assert page.count('role="img" aria-label="Met"') == 72
    told = json.loads((root / "output" / "matrix-meeting-01.json").read_text(encoding="utf-8"))
    assert told["average"]["value"] == "0.48"
    text = (root / "output" / "matrix-meeting-01.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 120 + 6 + 20 + 1
    by_member = {row["party"]: row["average"] for row in rows if not row["promise"]}
    assert by_member.pop("") == OVERALL[0]
    assert by_member == {name: value for name, (value, _) in BY_MEMBER.items()}
    run("build", "--project", root, "--format", "html", "--prune", check=True)
    assert (root / "output" / "matrix-meeting-01.html").exists()
    assert "matrix-" not in (root / "output" / "index.html").read_text(encoding="utf-8")
    other = group.group(tmp_path / "other")
    run("build", "--project", other, "--format", "html", check=True)
    assert not [*(other / "output").glob("*matrix*")]


@pytest.mark.full
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_of_it_is_cut(tmp_path: Path, paper: str) -> None:
    """Of 20 parties and 20 promises; what does not fit on the paper would be told."""
    root = group.group(tmp_path, promises=20)
    command = ("build", "--project", root, "--matrix", "1", "--paper", paper)
    done = run(*command, "--format", "pdf", "--as-of", "2024-12-31", check=True)
    assert "warning" not in done.stderr


def test_a_binder_can_hold_it(project: Path) -> None:
    """By its name or by what it is about; without the record it is told at its line."""
    with_promises(project, "")
    visits = project / "data" / "visits"
    visits.mkdir()
    record = "id: v\ntitle: {en: Visit}\ndate: 2026\nplace: A City\nreports: [matrix NAME]\n"
    for name in ("1", "lander-agreement", "c1-02"):
        (visits / "v.yaml").write_text(record.replace("NAME", name), encoding="utf-8")
        assert problems_of(project) == ()
    (visits / "v.yaml").write_text(record.replace("NAME", "c9-99"), encoding="utf-8")
    assert len(problems_of(project)) == 1
