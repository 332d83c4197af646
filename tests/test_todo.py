"""Tests of the work list: what is left to be done in the records, by whom, and where."""

from __future__ import annotations

import csv
import json
from datetime import date
from typing import TYPE_CHECKING, get_args

import pytest
import several
from click.testing import CliRunner
from conftest import VALID, promise, with_promises
from fuzzing import examples, folder, within
from generated import Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st

from reporter.cli import main
from reporter.desk.completion import officers
from reporter.desk.review import review
from reporter.desk.sheets.ask import AskedOf, ask
from reporter.desk.todo import Todo, todo
from reporter.desk.todo.told import NOBODY, NOTHING, TodoFormat, counted, lines
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2026, 1, 1)
PROMISE = promise("c2-09", "b-ministry", "to lend its antenna", "2025-06") + promise(
    "c2-10", "state-a", "to mend its mast", "2026-06"
)


@pytest.fixture
def promised(project: Path) -> Path:
    """Return a project in which Desk A follows up a promise, and Desk B all others."""
    ours = PROMISE.replace("id: c2-09\n", "id: c2-09\n      desk_officer: Desk A\n")
    with_promises(project, ours)
    settings = project / "data" / "project.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}desk_officer: Desk B\n", encoding="utf-8")
    return project


def kinds(items: tuple[Todo, ...]) -> dict[str, str]:
    """Return what is to be done with each record or promise."""
    return {item.id: item.kind for item in reversed(items)}


def test_what_is_overdue_is_there_with_its_place(promised: Path) -> None:
    """Since when, and the line on which the promise begins; it is not there before its day ends."""
    found = next(item for item in todo(promised, DAY) if item.id == "c2-09")
    assert (found.kind, found.officer, found.since) == ("overdue", "Desk A", date(2025, 6, 30))
    text = (promised / found.file).read_text(encoding="utf-8").splitlines()
    assert "c2-09" in "".join(text[found.line - 1 : found.line + 1])
    assert "c2-09" not in kinds(todo(promised, date(2025, 6, 1)))


def test_who_is_not_named_is_the_projects(promised: Path) -> None:
    """The name that the project gives holds for what names nobody."""
    found = {item.officer for item in todo(promised, DAY) if item.id != "c2-09"}
    assert found == {"Desk B"}
    assert {item.officer for item in todo(VALID, DAY)} == {""}


def test_a_series_has_an_officer_of_its_own(promised: Path) -> None:
    """Their name holds for its promises that name nobody, and for its meetings."""
    several.add(promised)
    space = promised / "data" / "series" / "space" / "series.yaml"
    settings = space.read_text(encoding="utf-8")
    space.write_text(f"{settings}desk_officer: Desk S\n", encoding="utf-8")
    review(promised, ["c2-10"], "K. Sato", DAY)
    found = {item.id: item.officer for item in todo(promised, DAY)}
    assert (found["c2-09"], found["sea/meeting-03"]) == ("Desk A", "Desk B")
    assert found["space/meeting-01"] == "Desk S"
    assert "Desk S" in officers(promised)
    late = [item for item in todo(promised, date(2027, 1, 1), "Desk S") if item.id == "c2-10"]
    assert [(item.kind, item.file) for item in late] == [
        ("overdue", "data/series/space/meetings/02.yaml")
    ]


def test_one_officer_gets_what_is_theirs(promised: Path) -> None:
    """However the name is written; another name is refused with the nearest one."""
    assert [item.id for item in todo(promised, DAY, "desk a")] == ["c2-09"]
    with pytest.raises(ReporterError) as caught:
        todo(promised, DAY, "Desk C")
    (problem,) = caught.value.problems
    assert "Desk A" in problem.hint
    assert officers(promised) == ["Desk A", "Desk B"]
    with pytest.raises(ReporterError, match="desk_officer"):
        todo(VALID, DAY, "Desk A")


def test_what_names_nothing_that_is_there_is_told_at_its_line(promised: Path) -> None:
    """As by any command that needs the whole project; questions are not asked of it, either."""
    path = promised / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8").replace("about: a-strategy", "about: no-strategy")
    path.write_text(text, encoding="utf-8")
    line = text.partition("no-strategy")[0].count("\n") + 1
    ways: tuple[Callable[[], object], ...] = (
        lambda: todo(promised, DAY),
        lambda: ask(promised, AskedOf(desk="state-a"), DAY, promised / "questions.xlsx"),
    )
    for way in ways:
        with pytest.raises(ReporterError) as caught:
            way()
        assert [(one.path, one.line) for one in caught.value.problems] == [(path, line)]


def test_what_nobody_reviewed_is_there_where_anybody_reviews(promised: Path) -> None:
    """And what was changed since; a project that has no reviews is not asked for any."""
    assert "unreviewed" not in {item.kind for item in todo(promised, DAY)}
    review(promised, ["c2-10"], "K. Sato", DAY)
    found = [item for item in todo(promised, DAY) if item.kind == "unreviewed"]
    assert {"meeting-01", "meeting-02", "documents"} <= {item.id for item in found}
    assert all("not reviewed" in item.text for item in found)
    path = promised / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to mend its mast", "to mend a mast"), encoding="utf-8")
    found = [item for item in todo(promised, DAY) if item.id == "c2-10"]
    assert [item.text for item in found] == ["changed since K. Sato reviewed it on 2026-01-01"]


def test_a_name_in_one_language_only(promised: Path) -> None:
    """It is there where the series has a name in another one; the unverified was looked for."""
    subjects = promised / "data" / "subjects.yaml"
    text = subjects.read_text(encoding="utf-8")
    more = (
        "- {id: mast, name: {en: Mast}, area: science}\n"
        "- {id: sail, name: {en: Sail, qaa: not verified}, area: science}\n"
    )
    subjects.write_text(text + more, encoding="utf-8")
    settings = promised / "data" / "project.yaml"
    before = settings.read_text(encoding="utf-8")
    named = before.replace("series: {", "series: {qaa: Talks, ", 1)
    settings.write_text(named, encoding="utf-8")
    found = {item.id: item for item in todo(promised, DAY) if item.kind == "untranslated"}
    assert "'qaa'" in found["mast"].text
    assert found["mast"].text.endswith("Mast")
    assert "sail" not in found


def test_the_worst_comes_first() -> None:
    """What is overdue, then what nobody has looked at since its day, longest ago first.

    What has no status need not be checked.
    """
    found = lines(todo(VALID, date(2027, 1, 1)), "text")
    assert found == [
        "overdue    2025-12-31  data/agreements/lander-agreement.yaml:10  u-01: Launch the lander",
        (
            "unchecked  2024-06-01  data/meetings/01.yaml:31                  c1-02: Share data "
            "on debris"
        ),
        (
            "unchecked  2026-06-30  data/meetings/02.yaml:10                  c2-01: Share data "
            "on debris"
        ),
    ]


def test_a_text_read_whole_of_which_sentences_are_left(project: Path, tmp_path: Path) -> None:
    """They are named, until each is coded or set aside."""
    text = tmp_path / "news.txt"
    text.write_text(
        "First tests were made in March 2024. It left in January 2025.\n", encoding="utf-8"
    )
    add = ["source", "add", str(text), "--document", "news", "--project", str(project)]
    assert CliRunner().invoke(main, add).exit_code == 0
    (found,) = [item for item in todo(project, DAY) if item.kind == "uncoded"]
    assert (found.id, found.text) == ("news", "2 of 2 sentences: 1.1, 1.2")
    documents = project / "data" / "documents.yaml"
    before = documents.read_text(encoding="utf-8")
    aside = "aside: [{sentence: '1.1', reason: a heading}], "
    documents.write_text(before.replace("{id: news, ", f"{{id: news, {aside}"), encoding="utf-8")
    (found,) = [item for item in todo(project, DAY) if item.kind == "uncoded"]
    assert found.text == "1 of 2 sentences: 1.2"


ITEMS = (
    Todo(
        "", "overdue", "c1-01", "Mend | a ::mast", date(2025, 6, 30), "data/meetings/01.yaml", 7, 5
    ),
    Todo("", "uncoded", "s02", "## [a](b) =1+1", None, "data/documents.yaml", 34, 3),
)


@pytest.mark.parametrize("form", get_args(TodoFormat))
def test_each_form_has_each_line(form: str) -> None:
    """One thing is one line, or one object."""
    found = lines(ITEMS, form)  # type: ignore[arg-type]
    if form == "json":
        read = json.loads("\n".join(found))
        assert [(item["id"], item["since"], item["line"]) for item in read] == [
            ("c1-01", "2025-06-30", 7),
            ("s02", None, 34),
        ]
        assert read[1]["text"] == ITEMS[1].text
        assert not any("##" in line for line in found)
        return
    if form == "csv":
        rows = [*csv.DictReader(found)]
        assert [row["file"] for row in rows] == [item.file for item in ITEMS]
        return
    assert sum("data/meetings/01.yaml:7" in line for line in found) == 1
    assert any(NOBODY in line for line in found) == (form == "md")
    assert counted(ITEMS) == "2 to do: 1 overdue, 1 uncoded"


def test_a_line_is_not_wider_than_the_terminal() -> None:
    """The place stays whole, what it is about is cut."""
    long = ITEMS[0]._replace(text="word " * 60)
    (line,) = lines((long,), "text", 100)
    assert len(line) <= 100
    assert "data/meetings/01.yaml:7" in line


@pytest.mark.parametrize(("form", "said"), [("text", NOTHING), ("md", NOTHING), ("json", "[]")])
def test_nothing_to_do_is_a_sentence(form: str, said: str) -> None:
    """Or an empty list for a program."""
    assert lines((), form) == [said]  # type: ignore[arg-type]


def test_the_command_lists_it(promised: Path) -> None:
    """By officer; the exit code is 0 whatever is left."""
    arguments = ["todo", "--project", str(promised), "--as-of", "2026-01-01"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "Desk A"
    assert " to do: " in done.stderr
    assert CliRunner().invoke(main, [*arguments, "--officer", "Desk X"]).exit_code == 1


@examples(10)
@given(projects(), st.data())
def test_a_project_by_chance_has_a_list(sample: Sample, data: st.DataObject) -> None:
    """On any day; each line has a place that is there, and each form can be read."""
    with folder() as root, within(60):
        files = sample.save(root)
        found = todo(root, data.draw(days(sample)))
        for item in found:
            text = files[item.file.removeprefix("data/")].text
            assert 1 <= item.line <= text.count("\n") + 1
        assert len(json.loads("\n".join(lines(found, "json")))) == len(found)
        assert len([*csv.DictReader(lines(found, "csv"))]) == len(found)
        order = [item.officer for item in found]
        assert all(order[at] or not any(order[at:]) for at in range(len(order)))
