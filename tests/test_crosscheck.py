"""Tests of checks that need more than one record; their messages are in ``tests/broken/``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from conftest import printed, problems_of

from reporter.records.crosscheck import crosscheck
from reporter.records.project import load

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.problems import Problem
    from reporter.records.project import Contents


def change(project: Path, name: str, *pairs: tuple[str, str]) -> Path:
    """Replace texts in a file of the project."""
    path = project / "data" / name
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")
    return project


def found(project: Path) -> list[str]:
    """Return the messages of all problems of a project."""
    return [problem.message for problem in problems_of(project)]


@pytest.mark.parametrize("number", ["02", "03", "2"])
def test_the_name_of_a_meeting_is_no_other_id(project: Path, number: str) -> None:
    """Whether there is such a meeting or not, that is said once; a subject has ids of its own."""
    change(project, "organisations.yaml", ("id: b-office", f"id: meeting-{number}"))
    with (project / "data" / "subjects.yaml").open("a", encoding="utf-8") as subjects:
        subjects.write("- {id: meeting-03, name: {en: The third meeting}, area: security}\n")
    (problem,) = (problem for problem in problems_of(project) if "b-office" not in problem.message)
    assert problem.message == f"'meeting-{number}' is the name of a meeting"
    assert problem.hint == "give it another id: 'meeting-' and digits are for meetings"


def test_valid_records_have_no_problems(contents: Contents) -> None:
    """Nothing is found where nothing is wrong."""
    assert list(crosscheck(contents)) == []


def test_a_repeated_id_of_a_part_is_named_where_it_stands(project: Path) -> None:
    """Both: the file and the line of each."""
    first = project / "data" / "meetings" / "01.yaml"
    text = first.read_text(encoding="utf-8")
    line = text[: text.index("id: c1-01")].count("\n") + 1
    (first.parent / "07.yaml").write_text(
        text.replace("number: 1\n", "number: 7\n"), encoding="utf-8"
    )
    (problem,) = [
        problem
        for problem in problems_of(project)
        if problem.message == "two records have the id 'c1-01'"
    ]
    assert (problem.path, problem.line) == (first.parent / "07.yaml", line)
    assert problem.hint.startswith(f"the other one is in data/meetings/01.yaml, line {line}:")


def test_a_problem_comes_with_its_record(project: Path) -> None:
    """So that what shows the record can tell whether the problem concerns it."""
    change(project, "programmes/lander.yaml", ("lead: b-agency", "lead: c-agency"))
    ((loaded, problem),) = crosscheck(load(project))
    assert (loaded.kind, problem.line, problem.column) == ("programme", 3, 7)


@pytest.mark.parametrize(
    ("name", "old", "new", "hint"),
    [
        ("programmes/lander.yaml", "lead: b-agency", "lead: b-agncy", "did you mean 'b-agency'?"),
        (
            "programmes/lander.yaml",
            "lead: b-agency",
            "lead: zzz",
            "the sides are: state-a, state-b; or name a body that is on record",
        ),
        (
            "meetings/01.yaml",
            "about: [lander, ",
            "about: [state-a, ",
            "that id is one of another kind: side",
        ),
        ("programmes/lander.yaml", "source: news", "source: newz", "did you mean 'news'?"),
        (
            "programmes/lander.yaml",
            "source: news",
            "source: zzzzz",
            "add it to documents.yaml ('reporter new document zzzzz')",
        ),
        ("programmes/lander.yaml", "statement-01#2", "statement-01#7", "its last one is 3"),
        (
            "programmes/lander.yaml",
            "statement-01#2",
            "statement-01",
            "it has 3: write 'statement-01#1' or another",
        ),
        (
            "subjects.yaml",
            "id: debris",
            "id: lander",
            "the other one is in data/subjects.yaml, line 1: give one of them another id",
        ),
        (
            "organisations.yaml",
            "id: b-office",
            "id: state-a",
            "the other one is in the sides of project.yaml: give one of them another id",
        ),
    ],
)
def test_hints(project: Path, name: str, old: str, new: str, hint: str) -> None:
    """A hint says which id may be meant, what exists, or where the other record is."""
    change(project, name, (old, new))
    assert hint in [problem.hint for problem in problems_of(project)]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("documents.yaml", "- [", "this is not YAML"),
        ("organisations.yaml", "{}", "expected a list of organisations"),
        ("meetings/01.yaml", "number: 1", "the field 'date' is missing"),
        ("agreements/lander-agreement.yaml", "", "the file is empty"),
    ],
)
def test_what_a_broken_file_holds_is_not_missed(
    project: Path, name: str, text: str, message: str
) -> None:
    """A reference to an unreadable record is not reported: the file's own problem is enough."""
    (project / "data" / name).write_text(text, encoding="utf-8")
    problems = problems_of(project)
    assert message in [problem.message for problem in problems]
    assert {problem.path for problem in problems} == {project / "data" / name}


def test_a_subject_may_have_the_id_of_a_programme(contents: Contents) -> None:
    """One id may stand twice where no field can mean both.

    Subjects, statements and disagreements each count by themselves.
    """
    kinds = [
        loaded.kind for loaded in contents.records if getattr(loaded.record, "id", "") == "lander"
    ]
    assert kinds == ["programme", "subject"]


def test_a_source_that_is_missing_is_not_weak(project: Path) -> None:
    """A weak source beside a missing document is not called alone: one mistake, one problem."""
    change(
        project,
        "meetings/01.yaml",
        ("status: met, source: news", "status: met, source: [blog, newz]"),
    )
    assert found(project) == ["there is no document 'newz'"]


def test_an_evidence_without_a_status_may_be_weak(contents: Contents) -> None:
    """It is printed as reported, not confirmed; the valid project has one."""
    meeting = next(
        loaded.record for loaded in contents.records if getattr(loaded.record, "number", 0) == 2
    )
    assert "blog" in repr(meeting)


def all_of(project: Path) -> list[Problem]:
    """Return the problems of the cross-check alone."""
    return [problem for _, problem in crosscheck(load(project))]


def test_long_chains_are_followed_quickly(project: Path) -> None:
    """Two thousand bodies, each followed by the next and the last by the first, are a cycle."""
    path = project / "data" / "organisations.yaml"
    lines = [
        f"- {{id: o{n}, name: {{en: O}}, predecessor: o{(n + 1) % 2000}, source: register}}\n"
        for n in range(2000)
    ]
    path.write_text(path.read_text(encoding="utf-8") + "".join(lines), encoding="utf-8")
    (problem,) = all_of(project)
    assert problem.message.startswith("a cycle of predecessors: o0 -> o1 -> ")


def test_two_ways_to_one_record_are_no_cycle(project: Path) -> None:
    """Bodies that share a predecessor are no problem."""
    change(
        project,
        "organisations.yaml",
        ("{id: b-ministry,", "{id: b-ministry, predecessor: b-office, source: register,"),
    )
    assert found(project) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("2024", "2024-06"), ("2024-06-30", "2024-06"), ("../2025", "2024"), ("2024/2025", "2024")],
)
def test_what_may_be_in_order_is_in_order(project: Path, first: str, second: str) -> None:
    """A history runs backwards only if surely so: a month may lie before or after its days."""
    change(
        project,
        "meetings/01.yaml",
        ("date: 2024-03", f"date: {first}"),
        ("date: 2025-01-20", f"date: {second}"),
    )
    assert found(project) == []


def test_problems_are_sorted(project: Path) -> None:
    """By file, then from top to bottom, whichever check found them."""
    change(
        project,
        "programmes/lander.yaml",
        ("lead: b-agency", "lead: c-agency"),
        ("source: news", "source: newz"),
    )
    change(
        project,
        "agreements/lander-agreement.yaml",
        ("id: lander-agreement", "id: lander-agreement\nzzz: x"),
    )
    lines = [printed(problem, project) for problem in problems_of(project)]
    assert [line.split(" error")[0] for line in lines] == [
        "data/agreements/lander-agreement.yaml:2:1:",
        "data/programmes/lander.yaml:3:7:",
        "data/programmes/lander.yaml:10:71:",
    ]
