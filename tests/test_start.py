"""Tests of starting a project, and of adding records to one."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from conftest import VALID, invoke, problems_of
from reading import words

from reporter.choice import Choice
from reporter.desk.adding import new
from reporter.desk.listing import briefing_command
from reporter.desk.schema import schemas, write_schemas
from reporter.desk.start import STARTER, init
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.register import Person
from reporter.records.skeletons import NOT_DESCRIBED, UNCHANGED
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.plan import plan

DAY = date(2026, 11, 21)
KINDS = ["meeting", "agreement", "programme", "visit"]
SHARED = ["body", "person", "document", "subject", "policy"]


@pytest.fixture
def started(tmp_path: Path) -> Path:
    """Return a project that was just started."""
    init(tmp_path / "talks")
    return tmp_path / "talks"


def contents_of(folder: Path) -> dict[Path, bytes | None]:
    """Return everything in a folder, with the content of files."""
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def test_a_started_project_has_no_problems(started: Path) -> None:
    """It has a meeting and an agreement; its one document with paragraphs is fully cited."""
    assert problems_of(started) == ()
    assert {"meeting", "agreement"} <= {loaded.kind for loaded in load(started).records}


def test_a_started_project_can_be_planned(started: Path) -> None:
    """The views of every report can be made."""
    planned = plan(started, Choice(), DAY, asked=False)
    assert {"meeting-01", "agreement-water-arrangement-2024"} <= {
        task.report.id for task in planned.tasks(words("en"))
    }


def test_a_started_project_has_schemas_and_names_them(started: Path) -> None:
    """Each record leads an editor to the schema of its kind."""
    files = sorted((started / "data").rglob("*.yaml"))
    lines = {path: path.read_text(encoding="utf-8").partition("\n")[0] for path in files}
    assert len(files) >= 6
    assert [
        path for path in files if not (path.parent / lines[path].partition("$schema=")[2]).is_file()
    ] == []
    assert {path.stem for path in (started / "data" / ".schema").iterdir()} >= set(schemas())


def test_the_starter_names_no_person(started: Path) -> None:
    """Offices and State A only."""
    people = [
        loaded.record for loaded in load(started).records if isinstance(loaded.record, Person)
    ]
    assert [person.name["en"] for person in people] == ["Director General for Rivers"]


@pytest.mark.parametrize(
    ("day", "also"),
    [
        (DAY, "Look again for any notice that the archive is open"),
        (date(2025, 4, 1), "Exchange data on water levels every month"),
    ],
)
def test_the_next_steps_of_the_starter_say_what_to_do(started: Path, day: date, also: str) -> None:
    """Each begins with what to do, on whatever day; what was only hoped for is none."""
    (task,) = plan(started, Choice("meeting", (1,)), day, asked=True).tasks(words("en"))
    assert isinstance(task.report, MeetingReport)
    steps = [step.text for step in task.report.steps.rows]
    assert {also, "Open the archive of maps"} <= set(steps)
    assert [step for step in steps if not re.match("(Agree|Exchange|Look|Open) ", step)] == []


def test_every_record_of_the_starter_teaches(started: Path) -> None:
    """Each file has a comment of its own below the line for editors."""
    files = sorted((started / "data").rglob("*.yaml"))
    assert len(files) >= 6
    assert [
        path
        for path in files
        if not path.read_text(encoding="utf-8").splitlines()[1].startswith("# ")
    ] == []


def test_init_tells_the_files_it_made(tmp_path: Path) -> None:
    """They are there, .gitignore among them; of what it needed meanwhile nothing is left."""
    folder = tmp_path / "new" / "talks"
    made = init(folder)
    assert set(made) == {
        path for path in folder.rglob("*") if path.is_file() and ".schema" not in path.parts
    }
    assert sorted(path.name for path in folder.iterdir()) == [".gitignore", "data"]


def test_init_takes_an_empty_folder_and_one_of_git(tmp_path: Path) -> None:
    """Who begins with ``git init`` can go on."""
    (tmp_path / ".git").mkdir()
    init(tmp_path)
    assert problems_of(tmp_path) == ()


@pytest.mark.parametrize("name", ["data", "notes.txt", ".hidden"])
def test_init_refuses_a_folder_with_anything_in_it(name: str, tmp_path: Path) -> None:
    """It says so, and leaves the folder as it was."""
    (tmp_path / name).write_text("mine", encoding="utf-8")
    before = contents_of(tmp_path)
    with pytest.raises(ReporterError, match="there is something here already"):
        init(tmp_path)
    assert contents_of(tmp_path) == before


CLONE = (".gitignore", "README.md", "LICENSE", "LICENSE-MIT.txt", ".gitattributes", "CODEOWNERS")


@pytest.mark.parametrize("as_link", [False, True])
def test_init_takes_a_fresh_clone(tmp_path: Path, *, as_link: bool) -> None:
    """What is there is left as it is, whatever it is, and the project can be used at once."""
    for name in (".git", ".github/workflows"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / ".github" / "workflows" / "x.yml").write_text("mine", encoding="utf-8")
    for name in CLONE:
        if as_link:
            (tmp_path / name).symlink_to(tmp_path / "nowhere")
        else:
            (tmp_path / name).write_text("mine", encoding="utf-8")
    before = contents_of(tmp_path)
    done = invoke("init", tmp_path)
    assert (done.exit_code, "add output/ to it" in done.stderr) == (0, True)
    assert before.items() <= contents_of(tmp_path).items()
    assert problems_of(tmp_path) == ()
    assert {path.name for path in tmp_path.iterdir()} == {*CLONE, ".git", ".github", "data"}
    assert str(tmp_path / ".gitignore") not in done.stdout


def test_init_takes_the_clone_of_a_submodule(tmp_path: Path) -> None:
    """Its ``.git`` is a file; the project gets a ``.gitignore`` where there is none."""
    (tmp_path / ".git").write_text("gitdir: ../x\n", encoding="utf-8")
    assert tmp_path / ".gitignore" in init(tmp_path)
    assert (tmp_path / ".git").read_text(encoding="utf-8") == "gitdir: ../x\n"


@pytest.mark.parametrize("name", ["data", "templates", "output", "readmes", "x\n::error::y"])
def test_init_names_what_is_in_the_way(tmp_path: Path, name: str) -> None:
    """Beside what a clone may hold; nothing is written, and nothing is told to a runner."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / name).mkdir()
    before = contents_of(tmp_path)
    done = invoke("init", tmp_path)
    assert (done.exit_code, done.stdout, contents_of(tmp_path)) == (1, "", before)
    assert repr(name) in done.stderr
    assert "README" not in done.stderr


def test_init_that_cannot_move_in_leaves_a_clone_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the second part cannot be moved, the first is taken back."""
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    before = contents_of(tmp_path)
    rename = Path.rename

    def failing(path: Path, target: Path) -> Path:
        if target == tmp_path / "data":
            raise OSError(30, "Read-only file system")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(ReporterError, match="Read-only"):
        init(tmp_path)
    assert contents_of(tmp_path) == before


@pytest.mark.parametrize("name", ["file", "file/inside", "link"])
def test_init_refuses_what_is_no_folder(name: str, tmp_path: Path) -> None:
    """A file, what would be inside of one, and a link to nothing."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    before = contents_of(tmp_path)
    with pytest.raises(ReporterError):
        init(tmp_path / name)
    assert contents_of(tmp_path) == before


def test_init_names_the_folder_that_it_cannot_use(tmp_path: Path) -> None:
    """As it was given, and not as seen from inside of it."""
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for folder, said in [
        (tmp_path, "there is something here already"),
        (tmp_path / "file" / "talks", "cannot be written: Not a directory"),
    ]:
        done = invoke("init", folder)
        assert (done.exit_code, done.stderr.partition("\n")[0]) == (1, f"{folder}: error: {said}")


def test_init_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk fills up in the middle, there is neither half a project nor a folder."""

    def full(_project: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("reporter.desk.start.write_schemas", full)
    with pytest.raises(ReporterError, match="No space left"):
        init(tmp_path / "talks")
    assert list(tmp_path.iterdir()) == []


def beyond_unchanged(root: Path) -> list[str]:
    """Return the problems of a project, but for those of records that nobody has changed yet."""
    messages = [problem.message for problem in problems_of(root)]
    assert UNCHANGED in messages
    return [message for message in messages if message != UNCHANGED]


@pytest.mark.parametrize("kind", [*KINDS, *SHARED])
def test_a_new_record_passes_the_check(kind: str, started: Path) -> None:
    """As it is, in a project that was just started."""
    path = new(started, kind, None if kind == "meeting" else "a-new-one", DAY)
    assert path.is_file()
    assert beyond_unchanged(started) == []


@pytest.mark.parametrize("kind", [*KINDS, *SHARED])
def test_a_new_record_fits_another_project(kind: str, project: Path) -> None:
    """Its sides, language and document are those of the project."""
    new(project, kind, "7" if kind == "meeting" else "a-new-one", DAY)
    assert beyond_unchanged(project) == []


def test_a_new_record_can_be_shown(started: Path) -> None:
    """Once somebody has said one thing of them, the views of the reports on them can be made."""
    for kind, name, old, said in (
        ("meeting", None, "Meeting 3", "Third Meeting"),
        ("agreement", "a-new-one", NOT_DESCRIBED, "Shares data."),
    ):
        path = new(started, kind, name, DAY)
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace(old, said, 1), encoding="utf-8")
    for choice in (Choice("meeting", (3,)), Choice("agreement", ("a-new-one",)), Choice()):
        assert list(plan(started, choice, DAY, asked=False).tasks(words("en")))


def test_a_new_meeting_gets_the_next_number(started: Path) -> None:
    """One more than the last, also where the last one cannot be read now."""
    assert new(started, "meeting", None, DAY).name == "03.yaml"
    (started / "data" / "meetings" / "11.yaml").write_text("number: [", encoding="utf-8")
    assert new(started, "meeting", None, DAY).name == "12.yaml"
    assert new(started, "meeting", "4", DAY).name == "04.yaml"


def test_a_new_meeting_comes_after_one_that_is_announced(started: Path) -> None:
    """It is put into the year of that one: before it, its number would be out of order."""
    path = started / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("date: not verified", "date: 2031-05-02", 1), encoding="utf-8")
    made = new(started, "meeting", None, date(2026, 3, 1))
    assert "\ndate: 2031 #" in made.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", ["1000", "9999", "0010"])
def test_a_new_meeting_takes_any_number_that_a_meeting_can_have(number: str, started: Path) -> None:
    """What the message allows is taken; zeros in front do not count."""
    assert new(started, "meeting", number, DAY).name == f"{int(number):02}.yaml"
    assert beyond_unchanged(started) == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [("call-2024-05", "call"), ("working-level-2024", "working-level"), ("lunch", "regular")],
)
def test_a_new_meeting_without_a_number_has_an_id(name: str, kind: str, started: Path) -> None:
    """Its kind is the one with which the id begins; nobody has filled it in, and a report waits."""
    path = new(started, "meeting", name, DAY)
    assert path.name == f"{name}.yaml"
    assert f"id: {name}\nkind: {kind}\n" in path.read_text(encoding="utf-8")
    messages = [problem.message for problem in problems_of(started)]
    assert messages == [UNCHANGED]
    assert briefing_command(started, name).endswith(f"--meeting {name} --project {started}")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("meeting", "1"),
        ("meeting", "01"),
        ("meeting", "call-2024-05"),
        ("agreement", "water-arrangement-2024"),
    ],
)
def test_new_never_overwrites(kind: str, name: str, started: Path) -> None:
    """What is there already stays as it was."""
    if name.startswith("call"):
        new(started, kind, name, DAY)
    before = contents_of(started)
    with pytest.raises(ReporterError, match="there is such a record already"):
        new(started, kind, name, DAY)
    assert contents_of(started) == before


@pytest.mark.parametrize(
    ("kind", "name", "message"),
    [
        ("agreement", None, "needs an id"),
        *(
            ("agreement", name, "is not an id")
            for name in (
                "../x",
                "/x",
                "A",
                "a_b",
                "a--b",
                "",
                "a\n",
                "null",
                "true",
                "\uff0e",
                "\xe9",
            )
        ),
        *(
            ("meeting", name, "is not the number of a meeting")
            for name in ("0", "10000", "-1", "9" * 5000)
        ),
        *(("meeting", name, "is not an id") for name in ("1.5", "", "\uff11", "Call", "a_b")),
        ("meeting", "meeting-08", "give that: 8"),
        ("meeting", "../1", "there is no series '..'"),
        ("agreement", "state-a", "two records have the id 'state-a'"),
        ("programme", "meeting-01", "'meeting-01' is the name of a meeting"),
        ("agreement", "meeting-02", "'meeting-02' is the name of a meeting"),
        ("agreement", "a" * 300, "is too long"),
    ],
)
def test_new_refuses_a_wrong_id(kind: str, name: str | None, message: str, started: Path) -> None:
    """An id is never a path, and no record takes the id of another; nothing is written."""
    before = set(started.rglob("*.yaml"))
    with pytest.raises(ReporterError, match=re.escape(message)):
        new(started, kind, name, DAY)
    assert set(started.rglob("*.yaml")) == before


def test_new_says_what_to_add_first(started: Path) -> None:
    """Without any document an agreement has no source; a meeting cites nothing yet."""
    names = ("meetings/01.yaml", "meetings/02.yaml", "agreements/water-arrangement-2024.yaml")
    for path in ("documents.yaml", "visits/second-city-2026.yaml", *names):
        (started / "data" / path).unlink()
    with pytest.raises(ReporterError, match="there is no document yet"):
        new(started, "agreement", "a-new-one", DAY)
    assert new(started, "meeting", None, DAY).name == "01.yaml"
    assert beyond_unchanged(started) == []


def test_new_works_beside_a_broken_record(project: Path) -> None:
    """What is wrong elsewhere does not keep anybody from adding a record."""
    (project / "data" / "meetings" / "02.yaml").write_text("number: two", encoding="utf-8")
    assert new(project, "agreement", "a-new-one", DAY).is_file()


def test_there_is_a_template_for_each_kind_of_new_record() -> None:
    """And no other one."""
    assert sorted(path.stem for path in (STARTER / "records").iterdir()) == sorted(KINDS)
    assert VALID.is_dir()


@pytest.mark.parametrize("name", ["data", "data/.schema", "data/meetings"])
def test_nothing_is_written_behind_a_link(started: Path, tmp_path: Path, name: str) -> None:
    """A folder of the project that links out of it is refused; what lies there is unchanged."""
    elsewhere = tmp_path / "elsewhere"
    (started / name).rename(elsewhere)
    (started / name).symlink_to(elsewhere)
    before = contents_of(elsewhere)
    write = (
        (lambda: write_schemas(started))
        if name != "data/meetings"
        else (lambda: new(started, "meeting", None, DAY))
    )
    with pytest.raises(ReporterError, match="a link that leads out of the project"):
        write()
    assert contents_of(elsewhere) == before
