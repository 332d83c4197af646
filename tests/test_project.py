"""Tests of reading a project from disk."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import printed, problems_of

from reporter.choice import Choice
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.register import Subject
from reporter.reports.plan import plan
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.records.project import Contents


def found(root: Path) -> list[str]:
    """Return the first lines of all problems."""
    return [printed(problem, root) for problem in problems_of(root)]


def test_every_kind_is_read(contents: Contents) -> None:
    """Each record of each kind, and the settings."""
    kinds = [loaded.kind for loaded in contents.records]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "meeting": 2,
        "agreement": 1,
        "programme": 1,
        "policy": 1,
        "organisation": 4,
        "person": 1,
        "subject": 2,
        "document": 6,
        "disagreement": 1,
    }
    assert (contents.settings.language, contents.broken, contents.problems) == ("en", (), ())


def test_a_record_knows_its_place(contents: Contents) -> None:
    """A problem of a record in a list has the line of that record."""
    office = next(
        loaded for loaded in contents.records if getattr(loaded.record, "id", "") == "b-office"
    )
    assert (office.where, office.problem(("name",), "wrong").line) == ((3,), 11)


def test_only_settings_are_needed(tmp_path: Path, project: Path) -> None:
    """A new project holds its settings and nothing else."""
    (tmp_path / "new" / "data").mkdir(parents=True)
    (project / "data" / "project.yaml").rename(tmp_path / "new" / "data" / "project.yaml")
    assert load(tmp_path / "new").records == ()


def test_no_data(tmp_path: Path) -> None:
    """A folder that is no project says what is missing."""
    assert found(tmp_path) == ["data: error: there is no such folder"]
    (tmp_path / "data").write_text("x", encoding="utf-8")
    assert found(tmp_path) == ["data: error: cannot be read: Not a directory"]


def test_no_settings(project: Path) -> None:
    """Without settings there is no project to speak of."""
    (project / "data" / "project.yaml").unlink()
    with pytest.raises(ReporterError) as caught:
        load(project)
    assert [printed(problem, project) for problem in caught.value.problems] == [
        "data/project.yaml: error: there is no such file"
    ]


@pytest.mark.parametrize(
    ("field", "text", "over"),
    [("marking", "限" * 225, 370), ("public_marking", "FOR OFFICIAL USE " * 5 + "x", 6)],
)
def test_a_marking_that_the_paper_would_cut(
    project: Path, field: str, text: str, over: int
) -> None:
    """A handling marking has as many characters as fit.

    For a longer one the message gives the line, the column and how many are too many.
    """
    settings = project / "data/project.yaml"
    before = settings.read_text(encoding="utf-8")
    settings.write_text(f"{before}handling:\n  {field}: {text}\n", encoding="utf-8")
    (problem,) = problems_of(project)
    assert f"{over} too many" in problem.message
    assert (problem.path, problem.line, problem.column) == (
        settings,
        before.count("\n") + 2,
        len(field) + 5,
    )
    settings.write_text(f"{before}handling:\n  {field}: {'限' * 40}\n", encoding="utf-8")
    assert not problems_of(project)


def test_a_language_of_which_there_are_no_words(project: Path) -> None:
    """A language without words is an error of the settings, since no page can be made in it.

    The message names the languages there are; the project can add one.
    """
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    line = text[: text.index("language: en")].count("\n") + 1
    settings.write_text(text.replace("language: en", "language: ja"), encoding="utf-8")
    hint = "there are: en; or add templates/languages/ja.yaml"
    expected = [f"data/project.yaml:{line}:11: error: there is no language 'ja'\n    {hint}"]
    assert [problem.render(project) for problem in problems_of(project)] == expected
    with pytest.raises(ReporterError) as caught:
        plan(project, Choice(), date(2026, 11, 21), asked=False)
    assert [problem.render(project) for problem in caught.value.problems] == expected
    words = project / "templates" / "languages" / "ja.yaml"
    words.parent.mkdir(parents=True)
    shutil.copy(default_templates() / "languages" / "en.yaml", words)
    assert found(project) == []


def test_links(project: Path) -> None:
    """A link to a file of the project is read, one to nothing is a problem, one to itself too."""
    programmes = project / "data" / "programmes"
    (programmes / "lander.yaml").rename(project / "lander.yaml")
    (programmes / "lander.yaml").symlink_to(project / "lander.yaml")
    assert found(project) == []
    (programmes / "rover.yaml").symlink_to("gone.yaml")
    (programmes / "wheel.yaml").symlink_to("wheel.yaml")
    assert found(project) == [
        "data/programmes/rover.yaml: error: there is no such file",
        "data/programmes/wheel.yaml: error: cannot be read: Too many levels of symbolic links",
    ]


OUT = "a link that leads out of the project"
INSIDE = "put what it leads to in its place: nothing from elsewhere is read"


@pytest.mark.parametrize(
    "name",
    [
        "data",
        "data/meetings",
        "data/programmes",
        "data/project.yaml",
        "data/documents.yaml",
        "data/meetings/01.yaml",
    ],
)
@pytest.mark.parametrize("relative", [False, True])
def test_a_link_out_of_the_project(
    project: Path, tmp_path: Path, name: str, *, relative: bool
) -> None:
    """It is told, whatever it leads to, and nothing of what lies there is read or printed."""
    secret = tmp_path / "elsewhere"
    (project / name).rename(secret)
    (project / name).symlink_to(
        os.path.relpath(secret, (project / name).parent) if relative else secret
    )
    told = [problem for problem in problems_of(project) if problem.path == project / name]
    assert [(problem.message, problem.hint) for problem in told] == [(OUT, INSIDE)]


@pytest.mark.parametrize(
    "there", ["/etc/passwd", "/dev/zero", "/dev/tty", "/proc/kmsg", "/proc/self/environ", "/"]
)
@pytest.mark.parametrize("name", ["meetings/03.yaml", "project.yaml", "subjects.yaml"])
def test_a_link_to_the_system(project: Path, there: str, name: str) -> None:
    """Nothing is waited for, and no word of it stands in a message."""
    path = project / "data" / name
    path.unlink(missing_ok=True)
    path.symlink_to(there)
    told = [problem for problem in problems_of(project) if problem.path == path]
    device = ("not a file that can be read", "move it away")
    expected = device if there.startswith("/dev") else (OUT, INSIDE)
    assert [(problem.message, problem.hint) for problem in told] == [expected]


def test_a_link_behind_a_link_out_of_the_project(project: Path, tmp_path: Path) -> None:
    """Where the way ends counts, not its first step."""
    (tmp_path / "01.yaml").write_text("number: 1", encoding="utf-8")
    (project / "way").symlink_to(tmp_path)
    path = project / "data" / "meetings" / "03.yaml"
    path.symlink_to("../../way/01.yaml")
    assert [problem.message for problem in problems_of(project)] == [OUT]


def test_a_project_behind_a_link(project: Path, tmp_path: Path) -> None:
    """The folder that somebody names is the project, by whatever way they come to it."""
    (tmp_path / "way").symlink_to(project)
    assert found(tmp_path / "way") == []


@pytest.mark.parametrize("name", ["policies.yaml", "agreements"])
def test_a_dangling_link_is_not_nothing(project: Path, name: str) -> None:
    """Where a kind of record has a link to nothing, that is said."""
    path = project / "data" / name
    path.rename(project / "elsewhere")
    path.symlink_to("gone")
    assert f"data/{name}: error: " in "\n".join(found(project))


@pytest.mark.parametrize(
    "name",
    [
        ".#03.yaml",
        "._03.yaml",
        "03.yaml~",
        "03.yaml.swp",
        "03.yaml.bak",
        "03.yaml.orig",
        "notes.txt",
        "README.md",
        "#03.yaml#",
    ],
)
def test_what_editors_leave_behind_is_no_record(project: Path, name: str) -> None:
    """Hidden files, copies and locks are not read."""
    (project / "data" / "meetings" / name).symlink_to("nobody@nowhere.1234")
    assert found(project) == []


@pytest.mark.parametrize("folder", ["", "meetings/"])
@pytest.mark.parametrize(
    "name",
    ["@eaDir", "lost+found", "__MACOSX", ".Trash-0", "$RECYCLE.BIN", "System Volume Information"],
)
def test_folders_that_systems_make_hold_no_records(project: Path, folder: str, name: str) -> None:
    """They are nobody's fault, and are passed over with all that is in them."""
    made = project / "data" / folder / name
    made.mkdir()
    (made / "01.yaml").write_text("nonsense", encoding="utf-8")
    assert found(project) == []


@pytest.mark.parametrize(
    ("name", "ending", "hint"),
    [
        ("03.yaml.txt", ".txt", "name it '03.yaml'"),
        ("03.yml.txt", ".txt", "name it '03.yaml'"),
        ("03.yml", ".yml", "name it '03.yaml'"),
        ("03.YAML", ".YAML", "name it '03.yaml'"),
        ("03.yaml.docx", ".docx", "name it '03.yaml'"),
        ("03.yaml (1)", ".yaml (1)", "name it '03.yaml'"),
        ("03.json", ".json", "write it as YAML, as '03.yaml'"),
        ("03.toml", ".toml", "write it as YAML, as '03.yaml'"),
    ],
)
def test_a_record_of_another_name_is_told(project: Path, name: str, ending: str, hint: str) -> None:
    """It would be missed: an editor hid the ending, or a program wrote another form."""
    path = project / "data" / "meetings" / name
    path.write_text("number: 3", encoding="utf-8")
    (problem,) = problems_of(project)
    message = f"not read: its name ends in '{ending}'"
    assert (problem.path, problem.message, problem.hint) == (path, message, hint)


@pytest.mark.parametrize("name", ["documents.yml", "documents.yaml.txt", "subjects.json"])
def test_a_shared_file_of_another_name_is_told(project: Path, name: str) -> None:
    """Where it lies, with the names of what is read."""
    path = project / "data" / name
    path.write_text("[]", encoding="utf-8")
    (problem,) = problems_of(project)
    assert (problem.path, problem.message) == (path, "no kind of record is kept here")
    assert "documents.yaml" in problem.hint


def test_folders_below_a_kind_are_not_read(project: Path, tmp_path: Path) -> None:
    """A folder below a kind, or a link to one, is an error, once; a hidden one is ignored.

    Otherwise its records would be missed.
    """
    meetings = project / "data" / "meetings"
    (meetings / "sub" / "deeper").mkdir(parents=True)
    (meetings / "sub" / "03.yaml").write_text("number: nonsense", encoding="utf-8")
    (meetings / ".hidden").mkdir()
    (meetings / "link").symlink_to(tmp_path)
    (project / "data" / "agreements" / "2024").mkdir()
    assert [problem.render(project) for problem in problems_of(project)] == [
        (
            f"data/{name}: error: no kind of record is kept here\n"
            f"    move what it holds to {kind}/ itself, or the folder out of data/"
        )
        for name, kind in [
            ("agreements/2024", "agreements"),
            ("meetings/link", "meetings"),
            ("meetings/sub", "meetings"),
        ]
    ]


def test_names_that_differ_by_case(project: Path) -> None:
    """Ids are lower-case: 'Lander.yaml' beside 'lander.yaml' is not another programme."""
    text = (project / "data" / "programmes" / "lander.yaml").read_text(encoding="utf-8")
    (project / "data" / "programmes" / "Lander.yaml").write_text(text, encoding="utf-8")
    (project / "data" / "programmes" / "rover.YAML").write_text(text, encoding="utf-8")
    assert found(project) == [
        "data/programmes/Lander.yaml:1:5: error: 'lander' stands in 'Lander.yaml'",
        "data/programmes/lander.yaml:1:5: error: two records have the id 'lander'",
        "data/programmes/rover.YAML: error: not read: its name ends in '.YAML'",
    ]


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("3.yaml", "meeting-03"),
        ("03.yaml", "meeting-03"),
        ("draft.yaml", "draft"),
        ("²", None),
    ],
)
def test_a_broken_meeting_has_the_id_of_its_file(project: Path, name: str, id_: str | None) -> None:
    """So that what names it is not reported as well."""
    path = project / "data" / "meetings" / (name if id_ else "².yaml")
    path.write_text("number: [", encoding="utf-8")
    (broken,) = load(project).broken
    assert (broken.kind, broken.id) == ("meeting", id_ or "²")


def test_a_broken_record_in_a_list(project: Path) -> None:
    """It has its id where that can be read, and the others of the file are read."""
    path = project / "data" / "subjects.yaml"
    path.write_text(
        (
            "- {id: debris, name: {en: Debris}, area: security}\n- {id: lander}\n"
            "- {name: {en: X}}\n- []\n"
        ),
        encoding="utf-8",
    )
    contents = load(project)
    assert [broken.id for broken in contents.broken] == ["lander", None, None]
    subjects = [loaded.record for loaded in contents.records if isinstance(loaded.record, Subject)]
    assert [subject.id for subject in subjects] == ["debris"]


@pytest.mark.parametrize("folder", ["data", "data/meetings"])
def test_a_folder_that_may_not_be_read(
    project: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    """Missing permissions are a problem of that folder (simulated: tests may run as root)."""
    plain, which = os.open, (project / folder).stat()

    def refuse(path: str, flags: int, **how: int) -> int:
        if os.path.samestat(os.stat(path, dir_fd=how.get("dir_fd")), which):
            raise PermissionError(13, "Permission denied")
        return plain(path, flags, **how)

    monkeypatch.setattr(os, "open", refuse)
    assert f"{folder}: error: cannot be read: Permission denied" in found(project)


def test_the_order_of_files_does_not_matter(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever order a disk gives, the records come in the same one."""
    before = [loaded.record for loaded in load(project).records]
    plain = os.scandir

    @contextmanager
    def backwards(handle: int) -> Iterator[Iterator[os.DirEntry[str]]]:
        with plain(handle) as entries:
            yield iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    monkeypatch.setattr(os, "scandir", backwards)
    assert [loaded.record for loaded in load(project).records] == before
