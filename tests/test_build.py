"""Tests of a build: what is written, what is not, and that every file is whole at every moment."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import OLD

from reporter.build import build
from reporter.choice import Choice, Options
from reporter.outputs import files
from reporter.problems import ReporterError
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = date(2025, 6, 30)
FIRST = Choice("meeting", (1,))


def order(project: Path, choice: Choice = FIRST, formats: tuple[str, ...] = ("html",)) -> Options:
    """Return an order for the project's own output folder."""
    return Options(
        project, project / "output", DAY, asked=True, choice=replace(choice, formats=formats)
    )


def content(folder: Path) -> dict[str, bytes]:
    """Return all files of a folder, hidden ones included.

    The list of what was built is not among them: it is the program's own.
    """
    return (
        {path.name: path.read_bytes() for path in folder.iterdir() if path.name != ".reporter.json"}
        if folder.exists()
        else {}
    )


def test_both_formats(project: Path) -> None:
    """One report gives an HTML file and a PDF, in this order, and nothing else."""
    outcome = build(order(project, formats=("html", "pdf")))
    assert outcome.problems == ()
    assert outcome.failed is False
    assert outcome.written == (
        project / "output" / "meeting-01.html",
        project / "output" / "meeting-01.pdf",
    )
    found = content(project / "output")
    assert sorted(found) == ["meeting-01.html", "meeting-01.pdf"]
    assert found["meeting-01.html"].startswith(b"<!doctype html>")
    assert found["meeting-01.html"].rstrip().endswith(b"</html>")
    assert found["meeting-01.pdf"].startswith(b"%PDF-1.7")
    assert found["meeting-01.pdf"].rstrip().endswith(b"%%EOF")


def test_one_format(project: Path) -> None:
    """Only what is asked for is written; what lies there otherwise is left alone."""
    (project / "output").mkdir()
    (project / "output" / "meeting-01.pdf").write_bytes(b"old")
    build(order(project))
    assert sorted(content(project / "output")) == ["meeting-01.html", "meeting-01.pdf"]
    assert content(project / "output")["meeting-01.pdf"] == b"old"


def test_a_meeting_to_come(project: Path) -> None:
    """Before its day, a meeting has the briefing for it, under the same name."""
    early = Options(
        project,
        project / "output",
        date(2025, 1, 1),
        asked=True,
        choice=Choice("meeting", (2,), formats=("html",)),
    )
    build(early)
    assert b"Second meeting, upcoming" in content(project / "output")["meeting-02.html"]


def break_template(project: Path) -> None:
    """Have the template use a name that is not there."""
    (project / "templates").mkdir()
    (project / "templates" / "meeting.html").write_text("{{ nobody }}", encoding="utf-8")


def break_picture(project: Path) -> None:
    """Have the page ask for a picture that is not there: the HTML can be made, the PDF cannot."""
    (project / "templates").mkdir()
    page = default_templates().joinpath("meeting.html").read_text(encoding="utf-8")
    page = page.replace("{% block main %}", '{% block main %}<img alt="Arms" src="nothing.png">', 1)
    (project / "templates" / "meeting.html").write_text(page, encoding="utf-8")


def break_record(project: Path) -> None:
    """Have the meeting name a body that is not there."""
    path = project / "data" / "meetings" / "01.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(
            "organisation: a-ministry", "organisation: a-minstry"
        ),
        encoding="utf-8",
    )


def failed(order: Options) -> bool:
    """Return whether a build fails, before or while it renders."""
    try:
        return build(order).failed
    except ReporterError:
        return True


@pytest.mark.parametrize(
    ("breaking", "formats"),
    [(break_template, ("html",)), (break_picture, ("html", "pdf")), (break_record, ("html",))],
)
def test_a_failure_leaves_old_outputs_as_they_were(
    project: Path, breaking: Callable[[Path], None], formats: tuple[str, ...]
) -> None:
    """Where a report cannot be made whole, neither of its files is touched.

    Nothing half-written lies about.
    """
    (project / "output").mkdir()
    old = {f"meeting-01.{form}": content for form, content in OLD.items()}
    for name, text in old.items():
        (project / "output" / name).write_bytes(text)
    breaking(project)
    assert failed(order(project, formats=formats)) is True
    assert content(project / "output") == old


def test_a_report_that_fails_costs_no_other(project: Path) -> None:
    """In a full build the others are written."""
    (project / "templates").mkdir()
    page = default_templates().joinpath("meeting.html").read_text(encoding="utf-8")
    (project / "templates" / "meeting.html").write_text(
        page.replace("{% block main %}", "{% block main %}{{ 1 / (report.heading.number - 1) }}"),
        encoding="utf-8",
    )
    outcome = build(order(project, Choice()))
    assert outcome.failed is True
    assert "meeting-01.html" not in content(project / "output")
    assert "meeting-02.html" in content(project / "output")


@pytest.mark.full
def test_characters_without_a_picture_are_named_where_they_stand(project: Path) -> None:
    """In the record, with line and column; of each report that they cost."""
    record = project / "data" / "meetings" / "01.yaml"
    text = record.read_text(encoding="utf-8").replace(
        "deliver its part", "deliver \u0642\u0645\u0631 its part"
    )
    record.write_text(text, encoding="utf-8")
    outcome = build(order(project, Choice(), formats=("html", "pdf")))
    before = text[: text.index("\u0642")]
    places = {(problem.path, problem.line, problem.column) for problem in outcome.problems}
    assert places == {(record, before.count("\n") + 1, len(before) - before.rfind("\n"))}
    assert {problem.message.partition(":")[0] for problem in outcome.problems} >= {
        "meeting-01",
        "ledger",
    }
    assert {path.stem for path in outcome.written} & {"meeting-01", "ledger"} == set()


def test_an_unrelated_broken_record_is_a_warning(project: Path) -> None:
    """What the report does not show does not stop it, and is told."""
    (project / "data" / "programmes" / "other.yaml").write_text(
        "id: other\nnonsense: 1\n", encoding="utf-8"
    )
    outcome = build(order(project))
    assert outcome.failed is False
    assert [path.name for path in outcome.written] == ["meeting-01.html"]
    assert {problem.severity for problem in outcome.problems} == {"warning"}
    assert any("unknown field 'nonsense'" in problem.message for problem in outcome.problems)


def test_a_full_build_stops_at_any_problem(project: Path) -> None:
    """What everything is built from must be right."""
    (project / "data" / "programmes" / "other.yaml").write_text(
        "id: other\nnonsense: 1\n", encoding="utf-8"
    )
    with pytest.raises(ReporterError, match="unknown field 'nonsense'"):
        build(order(project, Choice()))
    assert content(project / "output") == {}


# Files


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    """Who has the old file open reads on; the new one is another file, readable by all."""
    path = tmp_path / "page.html"
    path.write_bytes(b"old and longer")
    with path.open("rb") as reader:
        assert files.write(path, b"new") == path
        assert reader.read() == b"old and longer"
    assert content(tmp_path) == {"page.html": b"new"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    """Where writing fails, the old file is as it was, and no other is left behind."""
    path = tmp_path / "page.html"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, step, fail)
    with pytest.raises(ReporterError) as caught:
        files.write(path, b"new")
    assert [problem.render(tmp_path) for problem in caught.value.problems] == [
        (
            "page.html: error: cannot be written: No space left on device\n"
            "    the old file is as it was"
        )
    ]
    assert content(tmp_path) == {"page.html": b"old"}


def test_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """It is a problem, and it stays."""
    (tmp_path / "page.html").mkdir()
    with pytest.raises(ReporterError, match="cannot be written: Is a directory"):
        files.write(tmp_path / "page.html", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["page.html"]


def test_folders_are_made(tmp_path: Path) -> None:
    """The folder for results need not be there."""
    files.check_writable(tmp_path / "a" / "b")
    assert list((tmp_path / "a" / "b").iterdir()) == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    """Below a file no folder can be; the way is named."""
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ReporterError) as caught:
        files.check_writable(tmp_path / "file" / "output")
    assert [problem.render(tmp_path) for problem in caught.value.problems] == [
        (
            "file/output: error: cannot write here: Not a directory\n"
            "    choose another folder with --output"
        )
    ]


# The theme


def test_a_theme_of_a_project_without_templates(tmp_path: Path) -> None:
    """It is the default one."""
    assert Theme.of(tmp_path) == Theme((default_templates(),))


def test_a_theme_is_the_projects_first(tmp_path: Path) -> None:
    """Files of the project's own hide the default ones of the same name, and only these."""
    (tmp_path / "templates" / "languages").mkdir(parents=True)
    (tmp_path / "templates" / "style.css").write_text("p {}", encoding="utf-8")
    theme = Theme.of(tmp_path)
    assert theme.file("style.css") == tmp_path / "templates" / "style.css"
    assert theme.file("base.html") == default_templates() / "base.html"
    found = [path for path in theme.files() if path.name == "style.css"]
    assert found == [tmp_path / "templates" / "style.css"]
    assert default_templates() / "base.html" in theme.files()


def test_the_default_project_is_its_own_theme() -> None:
    """In the checkout, the default templates are not looked for twice."""
    assert (
        Theme.of(default_templates().parent).folders == (default_templates(),)
        or default_templates().name == "_templates"
    )


@pytest.mark.full
def test_no_page_leads_to_one_that_could_not_be_made(project: Path) -> None:
    """Until it can be: then the others lead to it again, and a later build has nothing to do."""
    path = project / "templates" / "meeting.html"
    path.parent.mkdir()
    page = default_templates().joinpath("meeting.html").read_text(encoding="utf-8")
    broken = page.replace(
        "{% block main %}", "{% block main %}{{ 1 / (report.heading.number - 1) }}"
    )
    for text, leads in ((broken, False), (broken, False), (page, True)):
        path.write_text(text, encoding="utf-8")
        assert build(order(project, Choice())).failed is not leads
        made = content(project / "output")
        assert ("meeting-01.html" in made) is leads
        for name in ("index.html", "series.html", "ledger.html", "meeting-02.html"):
            assert (b'href="meeting-01.html' in made[name]) is leads
    assert build(order(project, Choice())).written == ()
