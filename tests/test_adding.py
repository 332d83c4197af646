"""Tests of new records that ask: answers are written, and nothing before all is answered."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from conftest import problems_of

from reporter.cli import main, recording
from reporter.desk.adding import new
from reporter.problems import ReporterError
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.records.skeletons import UNCHANGED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.desk.adding.questions import Question
    from reporter.records.reader import Plain

DAY = date(2026, 11, 21)
ANSWERS = {
    "body": ["Ministry of Space", "state-b", "MoS"],
    "person": ["Minister for Space"],
    "document": ["A Text", "State A", "2026-03-24", "en", "", "official", "", "full", "4"],
    "subject": ["Moon", "science"],
    "policy": ["Plan", "state-a", "First plan", "2026", "news"],
    "agreement": ["Plan", "Plan on Space", "declaration", "A plan.", "statement-01", "2"],
    "programme": ["Small lander", "b-agency"],
    "visit": ["Visit to the City", "2026-03", "", "", "meeting 2"],
    "meeting": ["Third Meeting", "2026-03", "-", "partial"],
}


class Answering:
    """Answers questions in turn, and remembers what was asked."""

    def __init__(self, *answers: str) -> None:
        self.left: Iterator[str] = iter(answers)
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Plain:
        """Return the next answer, or what is proposed."""
        self.asked.append(question)
        typed = next(self.left)
        return question.answer(typed or question.default or "")


@pytest.mark.parametrize("kind", ANSWERS)
def test_what_was_answered_is_a_record(kind: str, project: Path) -> None:
    """It has no problem, it is no skeleton, and each question says what it is for."""
    asking = Answering(*ANSWERS[kind])
    new(project, kind, None if kind == "meeting" else "a-new-one", DAY, asking)
    assert problems_of(project) == ()
    assert list(asking.left) == []
    assert all(question.name and question.text for question in asking.asked)


@pytest.mark.parametrize("kind", [kind for kind in ANSWERS if kind != "meeting"])
def test_without_a_terminal_it_is_still_to_be_filled_in(kind: str, project: Path) -> None:
    """That is an error until somebody has done so."""
    new(project, kind, "a-new-one", DAY)
    assert [problem.message for problem in problems_of(project)] == [UNCHANGED]


def test_a_shared_file_keeps_every_other_line(project: Path) -> None:
    """The record comes last; a file that was not there begins with its schema."""
    path = project / "data" / "organisations.yaml"
    before = path.read_text(encoding="utf-8")
    new(project, "body", "a-new-one", DAY, Answering(*ANSWERS["body"]))
    assert path.read_text(encoding="utf-8").startswith(before.rstrip("\n"))
    policies = project / "data" / "policies.yaml"
    policies.unlink(missing_ok=True)
    new(project, "policy", "a-plan", DAY, Answering(*ANSWERS["policy"]))
    assert policies.read_text(encoding="utf-8").startswith("# yaml-language-server: $schema=")


def test_a_meeting_proposes_who_met_last(project: Path) -> None:
    """Same sides, same bodies, next number; what is typed instead counts."""
    asking = Answering(
        *("Third Meeting", "2026-03-24", "statement-02", "full", "Rome", "", "1"),
        *("", "", "-", "BSA, b-ministry", "2"),
    )
    path = new(project, "meeting", None, DAY, asking)
    assert path.name == "03.yaml"
    assert problems_of(project) == ()
    found = next(item.record for item in load(project).records if item.path == path)
    assert isinstance(found, Meeting)
    assert [(each.side, [body.body for body in each.bodies]) for each in found.participants] == [
        ("state-a", ["a-ministry"]),
        ("state-b", ["b-agency", "b-ministry"]),
    ]
    assert [each.organisation for each in found.cochairs] == ["a-ministry"]
    assert found.participants[0].complete
    assert "source: '#2'" in path.read_text(encoding="utf-8").replace('"', "'")


def test_a_meeting_online_is_in_no_city(project: Path) -> None:
    """Whoever says so in place of a city is asked for no host."""
    asking = Answering(
        *("Third Meeting", "2026-03-24", "statement-02", "full", "online"),
        *("a-ministry", "a-ministry", "BSA", "BSA", "2"),
    )
    path = new(project, "meeting", None, DAY, asking)
    assert problems_of(project) == ()
    found = next(item.record for item in load(project).records if item.path == path)
    assert isinstance(found, Meeting)
    assert (found.form, found.place) == ("online", "not verified")
    assert "place" not in path.read_text(encoding="utf-8").partition("statements:")[0]


def test_a_body_is_of_its_own_side(project: Path) -> None:
    """One that was typed for another side is told, with whose it is."""
    answers = ("Third Meeting", "2026-03-24", "statement-02", "full", "online", "BSA")
    with pytest.raises(ReporterError) as caught:
        new(project, "meeting", None, DAY, Answering(*answers))
    assert "'BSA' is of 'state-b'" in str(caught.value)


def test_what_is_not_there_yet_is_said(tmp_path: Path) -> None:
    """Of a project without documents, and of areas, which are no records."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "project.yaml").write_text(
        "series: {en: Talks}\nshort: {en: Talks}\nlanguage: en\nauthor: Desk\n"
        "sides: [{id: a, name: {en: A}}, {id: b, name: {en: B}}]\n"
    )
    hints = {problem.message: problem.hint for problem in problems_of(tmp_path)}
    expected = "add 'areas:'; an example: 'reporter explain project.areas'"
    assert hints["the field 'areas' is missing"] == expected
    with (tmp_path / "data" / "project.yaml").open("a") as file:
        file.write("areas: [{id: water, name: {en: Water}}]\nresearched_until: 2026\n")
    subjects = tmp_path / "data" / "subjects.yaml"
    subjects.write_text("- {id: moon, name: {en: Moon}, area: security}\n")
    assert [each.hint for each in problems_of(tmp_path)] == [
        "the areas are: water; see 'areas' in project.yaml"
    ]
    subjects.unlink()
    asking = Answering("First Meeting", "2026-03", "", "partial")
    new(tmp_path, "meeting", None, DAY, asking)
    assert "There is none yet. A new one comes first" in asking.asked[2].text


@pytest.mark.parametrize(
    ("kind", "before", "typed", "message", "hint"),
    [
        ("document", ["T", "P"], "2026-13-01", "'2026-13-01' is not a date", "12"),
        ("document", ["T", "P", "", ""], "htp:/x", "is not of the form allowed here", "https://"),
        ("body", ["B"], "state-c", "there is no side 'state-c'", "state-a"),
        ("subject", ["S"], "sciense", "there is no area 'sciense'", "science"),
        ("programme", ["P"], "JAXB", "is not of the form", "small letters"),
        ("policy", ["P", "state-a", "V", "2026"], "newz", "there is no document 'newz'", "news"),
        ("agreement", ["A", "", "declaration", "x", "statement-01"], "9", "no such paragraph", "3"),
    ],
)
def test_an_answer_is_checked_as_it_is_typed(  # noqa: PLR0913, PLR0917 (one row of a table)
    project: Path, kind: str, before: list[str], typed: str, message: str, hint: str
) -> None:
    """What is wrong is said with what to do, and nothing is written."""
    files = {path: path.read_bytes() for path in project.rglob("*.yaml")}
    with pytest.raises(ReporterError) as caught:
        new(project, kind, "a-new-one", DAY, Answering(*before, typed))
    (problem,) = caught.value.problems
    assert message in problem.message
    assert hint in problem.hint
    assert {path: path.read_bytes() for path in project.rglob("*.yaml")} == files


def test_an_id_is_asked_for_where_none_is_given(project: Path) -> None:
    """One that is taken is refused before anything else is asked."""
    new(project, "body", None, DAY, Answering("a-new-one", *ANSWERS["body"]))
    with pytest.raises(ReporterError, match="there is such a record already: 'a-ministry'"):
        new(project, "body", "a-ministry", DAY, Answering())
    with pytest.raises(ReporterError, match="'a-ministry'"):
        new(project, "body", None, DAY, Answering("a-ministry"))


def test_the_command_asks_on_a_terminal(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong answer is asked for again; without input, or without a terminal, nothing is asked."""
    monkeypatch.setattr(recording, "is_terminal", lambda: True)
    command = ["new", "body", "a-new-one", "--project", str(project)]
    run = CliRunner().invoke(main, command, input="Ministry\nstate-c\nstate-b\n\n")
    assert run.exit_code == 0, run.output
    assert "Error: there is no side 'state-c'" in run.stderr
    assert run.stdout == f"{project}/data/organisations.yaml\n"
    run = CliRunner().invoke(
        main, ["new", "body", "b-new", "--no-input", "--project", str(project)]
    )
    assert run.exit_code == 0
    assert "name" not in run.stderr


def test_who_breaks_off_leaves_nothing_behind(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C, or the end of the input, between two answers."""
    monkeypatch.setattr(recording, "is_terminal", lambda: True)
    files = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    for kind in ("meeting", "body"):
        command = ["new", kind, "7" if kind == "meeting" else "x", "--project", str(project)]
        run = CliRunner().invoke(main, command, input="Something\n")
        assert (run.exit_code, run.stderr.endswith("Aborted!\n")) == (1, True)

    def broken_off(_: Question) -> Plain:
        raise click.Abort

    monkeypatch.setattr(recording, "ask", broken_off)
    run = CliRunner().invoke(main, ["new", "body", "x", "--project", str(project)])
    assert run.exit_code == 1
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == files
