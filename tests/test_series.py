"""Tests of projects of several series: each is made of its own records, and all share the rest."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import several
from click.testing import CliRunner
from exporting import Exports
from fuzzing import examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from reading import context, words

from reporter.choice import EVERYTHING, Choice, Edition
from reporter.cli import main
from reporter.desk import completion
from reporter.desk.adding import new
from reporter.desk.draft.draft import DraftRequest, write_draft
from reporter.desk.listing import listing
from reporter.desk.sheets.matching import matched, written
from reporter.desk.sheets.sheet_rows import Home, SheetRow
from reporter.library.edition import edited, library_of
from reporter.problems import ReporterError
from reporter.records import cache
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.records.skeletons import UNCHANGED
from reporter.reports.common.ledger_rows import ledger_rows
from reporter.reports.plan import plan

if TYPE_CHECKING:
    from reporter.library import Library
    from reporter.reports.common.ledger_rows import LedgerRow

DAY = date(2026, 1, 1)


@pytest.fixture
def both(project: Path) -> Path:
    """Return a project of two series, 'space' and 'sea'."""
    several.add(project)
    return project


def views(root: Path, choice: Choice = EVERYTHING, day: date = DAY) -> dict[str, str]:
    """Return the reports of a project by the name of their files, as JSON."""
    found = plan(root, choice, day, asked=True)
    tasks = found.tasks(words(found.library.project.language))
    return {task.report.id: task.report.model_dump_json() for task in tasks}


def wrong(root: Path) -> list[str]:
    """Return what is wrong with a project: file and message."""
    try:
        found = sort_problems(load(root), None)
    except ReporterError as error:
        found = error.problems
    return [f"{problem.path and problem.path.name}: {problem.message}" for problem in found]


def test_a_series_among_several_says_what_it_says_alone(project: Path) -> None:
    """Its reports are the same, but for the names that tell it from others."""
    alone = views(project)
    several.add(project)
    among = views(project)
    for name, text in alone.items():
        if name.startswith(("meeting", "compare")):
            there = json.loads(among[f"space--{name}"].replace("space--", ""))
            there["masthead"] |= dict.fromkeys(("series", "short", "head"))
            here = json.loads(text)
            here["masthead"] |= dict.fromkeys(("series", "short", "head"))
            assert there == here


def test_a_full_build_has_the_reports_of_all_series(both: Path) -> None:
    """Each series has its meetings, comparisons and overview; the rest is shared."""
    found = views(both)
    assert {"sea--meeting-03", "sea--meeting-05", "sea--compare-03-05", "sea--series"} <= set(found)
    assert {"space--meeting-01", "space--series", "ledger", "index"} <= set(found)
    assert "meeting-01" not in found
    assert "series" not in found


def test_shared_reports_name_the_series_of_each_meeting(both: Path) -> None:
    """The ledger has the promises of all, each with its series."""
    ledger = json.loads(views(both, Choice("ledger"))["ledger"])
    made = {row["row"]["id"]: row["made"] for row in ledger["promises"]}
    assert made["s3-01"]["report"] == "sea--meeting-03"
    assert made["s3-01"]["heading"]["name"]["text"] == "Talks on sea"
    assert made["c1-01"]["heading"]["name"]["text"] == "Talks on space"


def test_who_owes_a_line_of_the_ledger_is_named_where_series_have_other_sides(both: Path) -> None:
    """'Both' might be read as others than the two of its series; 'All' are all of the project."""
    ledger = json.loads(views(both, Choice("ledger"))["ledger"])
    everyone = {row["row"]["id"]: row["row"]["who"]["everyone"] for row in ledger["promises"]}
    assert not everyone["c1-02"]
    assert everyone["s3-01"]


def test_calendars_of_a_series_and_of_all_have_the_same_ids(both: Path) -> None:
    """So that to import both doubles nothing."""
    planned = plan(both, EVERYTHING, DAY, asked=True)
    whole, found = planned.library, {}
    made_of = {"ledger": whole} | {f"{name}--series": whole.part(name) for name in ("sea", "space")}
    for task in planned.tasks(words("en")):
        if task.report.id in made_of:
            exports = Exports(made_of[task.report.id], DAY, words("en"))
            content = exports.render(task.report, "ics").decode().replace("\r\n ", "")
            found[task.report.id] = set(re.findall("UID:(due-.*)", content))
    assert found["sea--series"]
    assert found["space--series"]
    assert found["ledger"] >= found["sea--series"] | found["space--series"]


def test_the_index_has_a_part_for_each_series(both: Path) -> None:
    """There its reports stand without its name."""
    index = json.loads(views(both)["index"])
    groups = {group["name"]: group for group in index["groups"]}
    assert groups["series-sea"]["series"]["text"] == "Talks of sea"
    assert [entry["id"] for entry in groups["series-sea"]["entries"]] == [
        "sea--series",
        "sea--meeting-05",
        "sea--meeting-03",
        "sea--compare-03-05",
    ]
    assert all(entry["heading"]["name"] is None for entry in groups["series-sea"]["entries"])
    assert index["latest"]["heading"]["name"]["text"] in {"Talks on sea", "Talks on space"}


def test_a_party_is_met_in_the_series_in_which_it_is(both: Path) -> None:
    """What a third side was not at is not with it."""
    report = json.loads(views(both, Choice("party", ("state-c",)))["with-state-c"])
    rows = [row["row"]["id"] for group in report["owed"] for row in group["rows"]]
    assert rows == ["s3-01", "s5-01"]
    assert report["met"]["report"] == "sea--meeting-05"


@pytest.mark.parametrize(
    ("arguments", "report"),
    [
        ("--meeting sea/3", "sea--meeting-03"),
        ("--series sea --meeting 3", "sea--meeting-03"),
        ("--series sea --meeting sea/3", "sea--meeting-03"),
        ("--compare sea/5 sea/3", "sea--compare-03-05"),
        ("--series sea --compare 3 5", "sea--compare-03-05"),
        ("--series sea", "sea--series"),
    ],
)
def test_a_command_names_the_series(both: Path, arguments: str, report: str) -> None:
    """Before the number, or by its own option, which alone means the overview."""
    base = ["build", "--project", str(both), "--format", "json", "--as-of", str(DAY)]
    result = CliRunner().invoke(main, [*base, *arguments.split()])
    assert result.exit_code == 0, result.output
    assert (both / "output" / f"{report}.json").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--meeting 3", "there are several series: which meeting 3?"),
        ("--series", "there are several series: which one?"),
        ("--series nowhere", "there is no series 'nowhere'"),
        ("--meeting sea/4", "there is no meeting 4 in the series 'sea'"),
        ("--meeting nowhere/3", "there is no series 'nowhere'"),
        ("--series sea --meeting space/1", "another series"),
        ("--compare sea/3 space/1", "another series"),
        ("--series sea --ledger", "choose one of"),
        ("--meeting Sea/3", "not the id of a series"),
    ],
)
def test_a_series_that_is_not_clear_is_asked_for(both: Path, arguments: str, told: str) -> None:
    """The message says which there are."""
    base = ["build", "--project", str(both), "--format", "json", "--as-of", str(DAY)]
    result = CliRunner().invoke(main, [*base, *arguments.split()])
    assert result.exit_code != 0
    assert told in result.output


def test_one_series_has_no_id(project: Path) -> None:
    """Whoever names one is told so."""
    with pytest.raises(ReporterError, match="there is no series 'sea'"):
        views(project, Choice("meeting", (1,), series="sea"))


def test_names_of_files_lead_back_to_reports() -> None:
    """Also where the id of a series looks like the name of a report."""
    for choice in (
        Choice("meeting", (8,), series="agreement-x"),
        Choice("comparison", (7, 8), series="space"),
        Choice("series", (), series="series"),
        Choice("agreement", ("space-meeting-08",)),
        Choice("series", ()),
    ):
        found = Choice.named(choice.report or "")
        assert found
        assert (found.report, found.series) == (choice.report, choice.series)
    assert Choice.named("space--ledger") is None
    assert Choice.named("--meeting-08") is None


def test_the_list_and_completion_name_the_series(both: Path) -> None:
    """So does the command for what is to come."""
    assert completion.series(both) == ["sea", "space"]
    assert completion.meetings(both)[:2] == ["sea/3", "sea/5"]
    lines = listing(both, date(2024, 6, 1), asked=True)
    assert any(
        "sea--meeting-03" in line and "Talks on sea: Third meeting" in line for line in lines
    )
    assert any("--meeting sea/5" in line for line in lines)


def test_a_meeting_names_one_of_its_own_series_by_its_number(both: Path) -> None:
    """Whoever is of no series has to say which."""
    library = library_of(load(both))
    sea = library.parts["sea"].meetings[5]
    assert sea.statements.items[1].about == ("sea/meeting-05",)
    path = both / "data" / "disagreements.yaml"
    text = path.read_text(encoding="utf-8")
    assert "about: lander-agreement" in text
    path.write_text(text.replace("about: lander-agreement", "about: meeting-01"), encoding="utf-8")
    assert "disagreements.yaml: there is no record 'meeting-01'" in wrong(both)


def test_the_cache_keeps_meetings_of_each_series(both: Path) -> None:
    """A second reading gives the same records."""
    assert library_of(cache.read(both)) == library_of(cache.read(both))


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        ("series/sea/series.yaml", "id: sea", "id: see", "stands in the folder 'sea'"),
        ("series/sea/series.yaml", "series:", "serie:", "unknown field 'serie'"),
        ("series/space/series.yaml", "state-b]", "state-x]", "there is no side 'state-x'"),
        ("series/space/series.yaml", "state-b]", "state-a]", "stands twice among the sides"),
        ("series/space/meetings/01.yaml", "id: c1-01", "id: s3-01", "have the id 's3-01'"),
        (
            "series/space/meetings/01.yaml",
            "- {side: state-a",
            "- {side: state-c",
            "no side of this series",
        ),
        ("series/sea/meetings/05.yaml", "number: 5", "number: 6", "stands in '05.yaml'"),
    ],
)
def test_errors_stand_at_their_file(both: Path, file: str, old: str, new: str, told: str) -> None:
    """Those of a series, and those of its meetings."""
    path = both / "data" / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert any(line.startswith(path.name) and told in line for line in wrong(both))


def test_a_new_meeting_begins_with_its_series(both: Path) -> None:
    """It gets the next number there, and the sides of its own; without a series none is written."""
    path = new(both, "meeting", "sea/", DAY)
    assert path == both / "data" / "series" / "sea" / "meetings" / "06.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../../.schema/meeting.json")
    assert new(both, "meeting", "space/7", DAY).parts[-3:] == ("space", "meetings", "07.yaml")
    assert new(both, "meeting", "sea/call-2024", DAY).stem == "call-2024"
    assert len([line for line in wrong(both) if UNCHANGED in line]) == 3
    for named, told in (
        (None, "several series"),
        ("8", "several series"),
        ("x/8", "no series 'x'"),
    ):
        with pytest.raises(ReporterError, match=told):
            new(both, "meeting", named, DAY)


def test_a_draft_is_of_a_series(both: Path, tmp_path: Path) -> None:
    """It is written beside the other meetings of the series, and its ids begin with it."""
    text = tmp_path / "statement.txt"
    text.write_text("State A and State B committed to share their charts in 2026.\n", "utf-8")
    found = write_draft(both, DraftRequest(text, 7, language="en", series="sea"), None)
    assert found.path == both / "data" / "series" / "sea" / "meetings" / "07.yaml"
    assert "id: sea-c7-01" in found.text
    with pytest.raises(ReporterError, match="several series"):
        write_draft(both, DraftRequest(text, 8, language="en"), None)


def test_a_key_in_a_sheet_names_a_meeting_of_a_series() -> None:
    """Its id has a slash, as the parts of a key have between them."""
    digest = "0123456789"
    for key, places in (
        (f"sea/meeting-03/0/s3-01 {digest}", "sea/meeting-03"),
        (f"sea/port-2019/0/s3-01 {digest}", "sea/port-2019"),
        (f"sea/meeting-03/state-a/1/ {digest}", "sea/meeting-03/state-a"),
        (f"meeting-03/state-a/1/ {digest}", "meeting-03/state-a"),
    ):
        found = written(key, None)
        assert found
        assert found.places == places


def test_a_row_of_a_meeting_with_an_id_in_a_series_is_found_again() -> None:
    """By the list in which it stood, whatever the id of the meeting is."""
    place = ("sea/port-2019",)
    row = SheetRow(place, "s3-01", 0, Home(Path("x.yaml"), ("statements", "items")), ("a",), {})
    before = written(row.key, None)
    assert before
    assert matched([before], [row]) == {row.key: row}


def test_editions_of_four_eyes_keep_what_is_reviewed(both: Path) -> None:
    """They look at records of every kind, series among them."""
    library = edited(library_of(load(both)), Edition("reviewed"))
    assert not library.every_meeting
    assert set(library.parts) == {"sea", "space"}


@pytest.fixture
def own(project: Path) -> Path:
    """Return a project whose own series is in data/meetings, with 'sea' beside it."""
    several.beside(project)
    return project


def test_the_own_series_says_what_it_says_alone(project: Path) -> None:
    """To the last sign, and under the same names: another series beside it changes nothing."""
    alone = views(project)
    several.beside(project)
    among = views(project)
    own = [name for name in alone if name.startswith(("meeting", "compare", "series"))]
    assert len(own) > 2
    assert {name: among[name] for name in own} == {name: alone[name] for name in own}
    assert {"sea--meeting-03", "sea--compare-03-05", "sea--series"} <= set(among)


def test_another_series_may_have_more_sides_than_the_own_one(project: Path) -> None:
    """Its pages stay as they are, a side of the other is none of its own; the ledger names both."""
    alone = views(project)
    several.wider(project)
    among = views(project)
    assert among["meeting-02"] == alone["meeting-02"]
    assert among["series"] == alone["series"]
    ledger = json.loads(among["ledger"])
    everyone = {row["row"]["id"]: row["row"]["who"]["everyone"] for row in ledger["promises"]}
    assert not everyone["c1-02"]
    assert everyone["s3-01"]
    new(project, "meeting", None, DAY)
    path = project / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("host: state-b", "host: state-c"), encoding="utf-8")
    assert "02.yaml: 'state-c' is no side of this series" not in wrong(project)  # it may be host
    lists = "participants: [{side: state-c, complete: true, bodies: []}]\n"
    path.write_text(f"{text}{lists}", encoding="utf-8")
    assert "02.yaml: 'state-c' is no side of this series" in wrong(project)


def test_sides_of_the_own_series_are_sides_of_the_project(project: Path) -> None:
    """Others are refused, at their place."""
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}own_sides: [state-a, state-x]\n", encoding="utf-8")
    assert wrong(project) == ["project.yaml: there is no side 'state-x'"]


def test_a_side_that_only_another_series_meets_is_warned_of(project: Path) -> None:
    """A side that was added for another series has no lists in the first: its file may say so."""
    several.wider(project)
    told = "'state-c' is a side of this series by default, and at none of its meetings"
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    assert not [one for one in sort_problems(load(project), None) if "by default" in one.message]
    settings.write_text(text.replace("own_sides: [state-a, state-b]\n", ""), encoding="utf-8")
    (found,) = [one for one in sort_problems(load(project), None) if "by default" in one.message]
    assert (found.message, found.severity) == (told, "warning")
    assert found.hint == "if it has no part in it, write 'own_sides: [state-a, state-b]'"
    assert str(found.path).endswith("project.yaml")
    several.move(project, ["space"])
    (found,) = [one for one in sort_problems(load(project), None) if "by default" in one.message]
    assert (found.message, found.hint.split(", ", 1)[1]) == (
        told,
        "write 'sides: [state-a, state-b]'",
    )
    assert str(found.path).endswith("space/series.yaml")


def test_reports_on_all_name_the_own_series_too(own: Path) -> None:
    """In the ledger each line says of which series it is."""
    found = views(own)
    ledger = json.loads(found["ledger"])
    made = {row["row"]["id"]: row["made"] for row in ledger["promises"]}
    assert made["c1-01"]["report"] == "meeting-01"
    assert made["c1-01"]["heading"]["name"]["text"] == "Space Talks"
    assert made["s3-01"]["heading"]["name"]["text"] == "Talks on sea"
    assert ledger["masthead"]["series"]["text"] == "Space Talks of State A and State B"


def test_a_party_is_met_in_the_own_series_and_in_others(own: Path) -> None:
    """What was promised in either is with it."""
    report = json.loads(views(own, Choice("party", ("state-b",)))["with-state-b"])
    rows = [row["row"]["id"] for group in report["owed"] for row in group["rows"]]
    assert {"c1-02", "s3-01"} <= set(rows)
    assert report["met"]["report"] == "meeting-02"
    assert report["met"]["name"].startswith("Space Talks: ")


def test_the_index_begins_with_the_own_series(own: Path) -> None:
    """It has a part like any other, and words that find its reports."""
    index = json.loads(views(own)["index"])
    groups = [group["name"] for group in index["groups"]]
    assert groups[:3] == ["all", "series", "series-sea"]
    entries = {entry["id"]: entry for group in index["groups"] for entry in group["entries"]}
    assert index["groups"][1]["entries"][0]["id"] == "series"
    assert entries["meeting-02"]["heading"]["name"] is None
    assert "debris" in str(entries["series"]["words"]).lower()
    assert "tide" not in str(entries["series"]["words"]).lower()
    assert index["latest"]["heading"]["name"]["text"] == "Space Talks"


def test_neighbours_are_of_the_same_series(own: Path) -> None:
    """The meeting before another is never one of another series, though it lies between."""
    found = views(own)
    assert json.loads(found["sea--meeting-05"])["before"]["report"] == "sea--meeting-03"
    assert json.loads(found["meeting-02"])["before"]["report"] == "meeting-01"


@pytest.mark.parametrize(
    ("arguments", "report"),
    [
        ("--meeting 2", "meeting-02"),
        ("--series", "series"),
        ("--compare 1 2", "compare-01-02"),
        ("--meeting sea/3", "sea--meeting-03"),
        ("--series sea", "sea--series"),
        ("--ledger --status overdue", "ledger--status-overdue"),
        ("--with state-b", "with-state-b"),
    ],
)
def test_commands_without_a_series_mean_the_own_one(own: Path, arguments: str, report: str) -> None:
    """What was asked for before another series came is asked for in the same way."""
    base = ["build", "--project", str(own), "--format", "json", "--as-of", str(DAY)]
    result = CliRunner().invoke(main, [*base, *arguments.split()])
    assert result.exit_code == 0, result.output
    assert (own / "output" / f"{report}.json").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ("--meeting 3", "there is no meeting 3"),
        ("--meeting sea/1", "there is no meeting 1 in the series 'sea'"),
        ("--series space", "there is no series 'space'"),
    ],
)
def test_what_is_not_there_is_told_beside_the_own_series(
    own: Path, arguments: str, told: str
) -> None:
    """A number alone is never one of another series; the hint names that one."""
    base = ["build", "--project", str(own), "--format", "json", "--as-of", str(DAY)]
    result = CliRunner().invoke(main, [*base, *arguments.split()])
    assert result.exit_code != 0
    assert told in result.output
    if arguments == "--meeting 3":
        assert "sea/3" in result.output


def test_a_build_writes_checks_and_prunes_both(own: Path) -> None:
    """All is up to date after it, and what is gone goes from the outputs."""
    base = ["build", "--project", str(own), "--format", "json", "--as-of", str(DAY)]
    assert CliRunner().invoke(main, base).exit_code == 0
    checked = CliRunner().invoke(main, [*base, "--check"])
    assert checked.exit_code == 0, checked.output
    (own / "data" / "series" / "sea" / "meetings" / "05.yaml").unlink()
    assert CliRunner().invoke(main, [*base, "--check"]).exit_code == 1
    assert CliRunner().invoke(main, [*base, "--prune"]).exit_code == 0
    there = {path.name for path in (own / "output").glob("*.json")}
    assert {"meeting-02.json", "sea--meeting-03.json"} <= there
    assert not {"sea--meeting-05.json", "sea--compare-03-05.json"} & there


def test_records_of_the_own_series_are_listed_and_added(own: Path) -> None:
    """A new one gets its next number, beside the others there."""
    assert completion.series(own) == ["sea"]
    assert completion.meetings(own)[:3] == ["1", "2", "sea/3"]
    lines = listing(own, DAY, asked=True)
    assert any(line.startswith("meeting-01 ") and "Space Talks: First" in line for line in lines)
    assert new(own, "meeting", None, DAY) == own / "data" / "meetings" / "03.yaml"
    assert new(own, "meeting", "sea/", DAY).parts[-3:] == ("sea", "meetings", "06.yaml")


def test_a_draft_of_the_own_series_lies_with_it(own: Path, tmp_path: Path) -> None:
    """Its ids are those of a project of one series."""
    text = tmp_path / "statement.txt"
    text.write_text("State A and State B committed to share their charts in 2026.\n", "utf-8")
    found = write_draft(own, DraftRequest(text, 7, language="en"), None)
    assert found.path == own / "data" / "meetings" / "07.yaml"
    assert "id: c7-01" in found.text


def test_one_matter_of_the_own_series_and_another_counts_once(own: Path) -> None:
    """Its line names both places, and what became of it is told at either."""
    path = own / "data" / "series" / "sea" / "meetings" / "03.yaml"
    text = path.read_text(encoding="utf-8").replace("due: 2026", "same_as: c2-01, due: 2026-12")
    path.write_text(text, encoding="utf-8")
    found = views(own)
    ledger = json.loads(found["ledger"])
    rows = {row["row"]["id"]: row for row in ledger["promises"]}
    (row,) = (row for name, row in rows.items() if name in {"c2-01", "s3-01"})
    places = [row["made"], *(other["made"] for other in row["also"])]
    assert {place["report"] for place in places} == {"meeting-02", "sea--meeting-03"}
    assert "Data shared" in found["sea--meeting-03"]


def test_a_meeting_of_another_series_names_one_of_the_own(own: Path) -> None:
    """With a slash before it; without, one of its own series is meant."""
    path = own / "data" / "series" / "sea" / "meetings" / "05.yaml"
    text = path.read_text(encoding="utf-8")
    history = "history: [{date: 2025-05-01, text: Charts shown, about: /meeting-02, source: news}]"
    path.write_text(text.replace("due: 2026", f"due: 2026, {history}"), encoding="utf-8")
    library = library_of(load(own))
    statement, _ = library.parts["sea"].meetings[5].statements.items
    assert statement.history[0].about == ("meeting-02",)
    assert "s5-01" in [one.statement.id for one in library.mentions["meeting-02"]]
    path.write_text(text.replace("meeting-05", "/meeting-05"), encoding="utf-8")
    assert "05.yaml: there is no record 'meeting-05'" in wrong(own)


def test_of_a_series_of_which_only_some_is_on_record_no_gap_is_told(own: Path) -> None:
    """Others may lie between its meetings, so that none is the one before or after."""
    settings = own / "data" / "series" / "sea" / "series.yaml"
    (settings.parent / "meetings" / "07.yaml").write_text(
        "number: 7\ntitle: {en: Seventh}\ndate: 2030\nplace: not verified\nevidence: announced\n"
        "announced: {text: It was announced., source: news}\nstatements: {complete: false}\n",
        encoding="utf-8",
    )
    (settings.parent / "meetings" / "04.yaml").write_text(
        "number: 4\ndate: 2024-06\nplace: not verified\nevidence: partial\n"
        "statements: {complete: false}\n",
        encoding="utf-8",
    )
    whole = views(own)
    text = settings.read_text(encoding="utf-8")
    settings.write_text(f"{text}only_some: true\n", encoding="utf-8")
    found = views(own)
    assert json.loads(whole["sea--meeting-05"])["before"]
    assert not json.loads(found["sea--meeting-05"])["before"]
    assert json.loads(whole["sea--meeting-07"])["cover"]["before"]
    assert not json.loads(found["sea--meeting-07"])["cover"]["before"]
    assert "sea--compare-04-05" not in found
    overview = json.loads(found["sea--series"])
    assert overview["longest"] is None
    assert "gap" in json.loads(whole["sea--series"])["note"]
    assert "gap" not in overview["note"]
    assert found["series"] == whole["series"]


def test_many_meetings_without_numbers_are_counted(own: Path) -> None:
    """Where a sentence names meetings of several series, a long list of days helps nobody."""
    folder = own / "data" / "series" / "sea" / "meetings"
    text = (folder / "03.yaml").read_text(encoding="utf-8")
    for path in folder.iterdir():
        path.unlink()
    for month in range(1, 5):
        record = text.replace("number: 3", f"id: call-{month}\nkind: call")
        record = record.replace("2024-02-01", f"2024-0{month}-01").replace("s3-", f"s{month}-")
        record = record.replace("meeting-03", f"sea/call-{month}").replace(
            "complete: true", "complete: false"
        )
        (folder / f"call-{month}.yaml").write_text(record, encoding="utf-8")
    assert "four meetings (Talks on sea)" in views(own, Choice("ledger"))["ledger"]


def test_a_correction_of_the_own_series_at_a_glance(own: Path) -> None:
    """Its name without a series is clear, where there is an own one."""
    record = (
        "- {id: a-slip, report: series, said: It said so, since: 2025-01-01,"
        " right: It is so, found_by: a reader, on: 2025-02-01}\n"
    )
    (own / "data" / "corrections.yaml").write_text(record, encoding="utf-8")
    found = views(own)
    assert "a-slip" in found["series"]
    assert "a-slip" not in found["sea--series"]


def test_errors_in_all_meetings_of_the_own_series_stop_its_reports(own: Path) -> None:
    """Nobody is asked which series was meant."""
    for path in (own / "data" / "meetings").iterdir():
        path.write_text(f"{path.read_text(encoding='utf-8')}unknown: 1\n", encoding="utf-8")
    with pytest.raises(ReporterError, match="unknown field 'unknown'"):
        views(own, Choice("meeting", (1,)))


def test_editions_keep_the_own_series(own: Path) -> None:
    """Also where nothing of it is left."""
    library = edited(library_of(load(own)), Edition("public-reviewed"))
    assert not library.every_meeting
    assert list(library.parts) == ["", "sea"]


def test_an_empty_folder_is_no_series(both: Path) -> None:
    """Where no meeting is beside the folders of series, the project has none of its own."""
    (both / "data" / "meetings").mkdir()
    assert not any(line.startswith("meetings:") for line in wrong(both))
    with pytest.raises(ReporterError, match="several series"):
        views(both, Choice("meeting", (1,)))


def test_a_promise_made_in_two_series_is_told(both: Path) -> None:
    """The warning names both places."""
    path = both / "data" / "series" / "sea" / "meetings" / "05.yaml"
    text = path.read_text(encoding="utf-8")
    own = "text: to chart the sea"
    path.write_text(text.replace("debris", "lander").replace(own, "text: to chart"), "utf-8")
    other = both / "data" / "series" / "space" / "meetings" / "02.yaml"
    twin = (
        "  items:\n    - {id: c2-77, verb: committed, text: to chart, strength: committed,"
        " due: 2026, subjects: lander, by: [state-a, state-b, state-c], source: news}\n"
    )
    changed = other.read_text(encoding="utf-8").replace("  items:\n", twin, 1)
    other.write_text(changed, encoding="utf-8")
    assert any("promises what" in line for line in wrong(both))


def lines(library: Library, day: date) -> dict[str, LedgerRow]:
    """Return the lines of the ledger of a library by their ids, without where they were made."""
    rows = ledger_rows(context(library, day))
    return {row.row.id: row for row in rows}


@examples(10)
@given(projects(), st.data())
def test_each_line_over_all_series_is_that_of_its_own(sample: Sample, data: st.DataObject) -> None:
    """On any day, and in both editions; sources are numbered by each report for itself."""
    day = data.draw(days(sample))
    edition = data.draw(st.sampled_from([Edition(), Edition("public")]))
    names = data.draw(st.sampled_from([("one",), ("one", "other")]))
    with folder() as root, within(60):
        sample.save(root)
        several.move(root, names)
        library = edited(library_of(load(root)), edition)
        every = lines(library, day)
        for part in library.parts.values():
            for name, row in lines(part, day).items():
                if row.made.report.startswith(f"{part.series}--") and not row.also:
                    there = every[name]
                    assert there.row.standing == row.row.standing
                    assert there.row.who == row.row.who
                    assert (there.kind, there.note, there.again) == (row.kind, row.note, row.again)
                    assert (there.row.text, there.row.due) == (row.row.text, row.row.due)
