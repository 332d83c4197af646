"""Tests of the command line: what it answers, where it says it, and with which code it ends."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from typing import TYPE_CHECKING

import children
import click
import pytest
from click.testing import CliRunner, Result
from conftest import OLD, ROOT, VALID, run

from reporter.cli import main
from reporter.theme import default_templates

if TYPE_CHECKING:
    from pathlib import Path

FOUND = {
    " ".join((name, *inner)): found
    for name, command in main.commands.items()
    for inner, found in (
        [((other,), each) for other, each in command.commands.items()]
        if isinstance(command, click.Group)
        else [((), command)]
    )
}
COMMANDS = sorted(FOUND)
HEAVY = ("weasyprint", "pydantic", "jinja2", "yaml", "babel", "multiprocessing", "rich")
LIGHT = f"""
import shlex, sys
sys.modules.update(dict.fromkeys({HEAVY!r}))
from reporter.cli import main
for line in sys.argv[1:]:
    try:
        main(shlex.split(line), prog_name="reporter")
    except SystemExit as end:
        if end.code:
            raise
"""
DAY = "2025-06-30"


def invoke(*arguments: str | Path, epoch: str | None = None) -> Result:
    """Run the command in this process."""
    return CliRunner().invoke(
        main, [*map(str, arguments)], env={"SOURCE_DATE_EPOCH": epoch}, prog_name="reporter"
    )


def light(folder: Path, *lines: str) -> subprocess.CompletedProcess[str]:
    """Run commands where nothing heavy can be imported, though a namesake is installed."""
    for name, version in (("reporter-briefings", "9.8.7"), ("reporter", "1.2.3")):
        metadata = folder / f"{name.replace('-', '_')}-{version}.dist-info" / "METADATA"
        metadata.parent.mkdir()
        text = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        metadata.write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)])}
    return children.run(
        [sys.executable, "-c", LIGHT, *lines],
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def complaints(text: str) -> str:
    """Return what stands on stderr, the count at the end of a build left out."""
    return re.sub(r"^\d+ written, .*\n", "", text, flags=re.MULTILINE)


# Help


def test_help_imports_nothing_heavy(tmp_path: Path) -> None:
    """Help and version answer at once: no library that takes time is imported."""
    done = light(tmp_path, "--version", "--help", *(f"{name} --help" for name in COMMANDS))
    assert (done.returncode, done.stderr) == (0, "")
    assert "9.8.7" in done.stdout.partition("\n")[0]
    assert re.findall(r"^Usage: reporter ((?:[a-z]+ )*)", done.stdout, re.MULTILINE) == [
        "",
        *(f"{name} " for name in COMMANDS),
    ]


def test_heavy_imports_would_be_noticed(tmp_path: Path) -> None:
    """The test above sees an import: a command that reads records cannot run so."""
    assert (
        "ModuleNotFoundError"
        in light(tmp_path, f"check --project {shlex.quote(str(VALID))}").stderr
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_has_an_example(name: str) -> None:
    """It stands on a line of its own, and its options exist."""
    shown = invoke(*name.split(), "--help").output
    (example,) = re.findall(r"^ *Example: reporter (.+)$", shown, re.MULTILINE)
    assert f"{example} ".startswith(f"{name} ")
    assert [
        option
        for option in re.findall(r"--[\w-]+", example)
        if option not in shown.replace(example, "")
    ] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_each_option_says_what_it_is_for(name: str) -> None:
    """No option is without a sentence of help that ends in a full stop or in its default."""
    options = [parameter for parameter in FOUND[name].params if isinstance(parameter, click.Option)]
    assert [
        option.name for option in options if not re.search(r"(\.|\])$", option.help or "")
    ] == []


def test_what_a_command_does_is_said_in_a_line() -> None:
    """Whole, in the list of all commands, on a terminal of the usual width."""
    listed = invoke("--help").output.partition("Commands:\n")[2].splitlines()
    assert len(listed) == len({name.partition(" ")[0] for name in COMMANDS})
    assert [line for line in listed if not re.fullmatch(r"  [a-z]+ +[A-Z].*[^.]\.", line)] == []


def test_short_help() -> None:
    """-h does what --help does, and without a command the help is shown."""
    assert invoke("-h").output == invoke("--help").output
    assert invoke().output == invoke("--help").output


# Wrong use


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("build", "--meeting", "8", "--ledger"),
            (
                "choose one of --meeting, --compare, --agreement, --body, --with, --programme, "
                "--ledger, "
                "--matrix, --series and --binder"
            ),
        ),
        (
            ("build", "--series", "--agreement", "x"),
            (
                "choose one of --meeting, --compare, --agreement, --body, --with, --programme, "
                "--ledger, "
                "--matrix, --series and --binder"
            ),
        ),
        (
            ("build", "--compare", "7", "8", "--meeting", "8"),
            (
                "choose one of --meeting, --compare, --agreement, --body, --with, --programme, "
                "--ledger, "
                "--matrix, --series and --binder"
            ),
        ),
        (("build", "--compare", "8", "8"), "--compare takes two different meetings"),
        (("build", "--compare", "8"), "requires 2 arguments"),
        (("build", "--meeting", "8th!"), "'8th!' is neither the number nor the id of a meeting"),
        (("build", "--meeting", "0"), "0 is not in the range 1<=x<=9999"),
        (
            ("build", "--meeting", "8", "--as-of", "yesterday"),
            "'yesterday' is not a day: write it as 2023-03-24, or 'today'",
        ),
        (("build", "--meeting", "8", "--as-of", "2023-02-30"), "'2023-02-30' is not a day"),
        (("build", "--meeting", "8", "--as-of", "2023"), "'2023' is not a day"),
        (("list", "--as-of", ""), "'' is not a day"),
        (("build", "--format", "odt"), "'odt' is not one of 'html', 'pdf'"),
        (("build", "--nonsense"), "No such option '--nonsense'"),
        (("build", "8"), "Got unexpected extra argument"),
        (("biuld",), "No such command 'biuld'"),
        (("check", "--project", str(VALID / "data" / "project.yaml")), "is a file"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_wrong_use(arguments: tuple[str, ...], message: str) -> None:
    """It ends with 2; what is wrong stands on stderr, and nothing on stdout."""
    done = invoke(*arguments)
    assert done.exit_code == 2
    assert message in " ".join(done.stderr.split())
    assert done.stdout == ""


@pytest.mark.parametrize("command", [("list",), ("build", "--meeting", "1")])
@pytest.mark.parametrize("epoch", ["today", "-1", "1.5", "12e3", "²", "9" * 30])
def test_source_date_epoch_that_is_no_day(
    project: Path, command: tuple[str, ...], epoch: str
) -> None:
    """An environment that cannot be understood is wrong use, not ignored, and not a traceback."""
    done = invoke(*command, "--project", project, epoch=epoch)
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"SOURCE_DATE_EPOCH is '{epoch}'" in done.stderr
    assert not (project / "output").exists()


def test_source_date_epoch(project: Path) -> None:
    """It sets the day of the reports unless another is asked for: meeting 2 is ahead or past."""
    early, late = "1735689600", "1751241600"
    assert "Second meeting, Second City" in invoke("list", "--project", project, epoch=late).stdout
    assert (
        "Second meeting, Second City"
        not in invoke("list", "--project", project, epoch=early).stdout
    )
    assert (
        "Second meeting, Second City"
        in invoke("list", "--project", project, "--as-of", DAY, epoch=early).stdout
    )


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_the_first_and_the_last_day(project: Path, day: str) -> None:
    """Every day of the calendar can be asked for."""
    assert invoke("list", "--project", project, "--as-of", day).exit_code == 0
    assert (
        invoke(
            "build", "--project", project, "--meeting", "1", "--format", "html", "--as-of", day
        ).exit_code
        == 0
    )


# What works


def test_check(project: Path) -> None:
    """It counts, and says for each document how many paragraphs are cited."""
    documents = project / "data" / "documents.yaml"
    documents.write_text(
        documents.read_text(encoding="utf-8").replace("paragraphs: 4", "paragraphs: 6"),
        encoding="utf-8",
    )
    done = invoke("check", "--project", project)
    assert (done.exit_code, done.stderr) == (0, "")
    assert re.match(r"\d+ records, no problems: 2 meetings, ", done.stdout)
    assert "statement-01: 3 of 3 paragraphs cited\n" in done.stdout
    assert re.search(
        r"^statement-02: \d of 6 paragraphs cited; not cited: (\d, )*5, 6$",
        done.stdout,
        re.MULTILINE,
    )


def test_list() -> None:
    """A line for each report, first the name of its files."""
    done = invoke("list", "--project", VALID, "--as-of", DAY)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line for line in lines if not re.match(r"[a-z0-9-]+  +\S", line)] == []
    assert [line.split()[0] for line in lines if line.startswith("meeting-")] == [
        "meeting-01",
        "meeting-02",
    ]


def test_list_has_meetings_to_come(project: Path) -> None:
    """They come with a working command for the briefing, which a full build leaves out."""
    early = "1735689600"
    last = invoke("list", "--project", project, epoch=early).stdout.splitlines()[-1]
    assert re.fullmatch(
        (
            r"meeting-02 +Second meeting, upcoming \(only with reporter build --meeting 2 "
            rf"--project {project}\)"
        ),
        last,
    )
    asked = invoke(
        "list", "--project", project, "--as-of", "2025-01-01", epoch=early
    ).stdout.splitlines()[-1]
    assert asked.endswith(f" --project {project} --as-of 2025-01-01)")
    command = shlex.split(re.findall(r"only with reporter (.*)\)", asked)[0])
    done = invoke(*command, "--format", "html")
    assert (done.exit_code, done.stdout) == (0, f"{project / 'output' / 'meeting-02.html'}\n")


def test_new_meeting_says_how_to_see_it(project: Path) -> None:
    """Its file is all of stdout; the command shown is the one that a newcomer needs.

    No full build has the meeting yet.
    """
    done = invoke("new", "meeting", "--project", project)
    assert (done.exit_code, done.stdout) == (0, f"{project / 'data' / 'meetings' / '03.yaml'}\n")
    assert done.stderr.splitlines()[-1].endswith(
        f": reporter build --meeting 3 --project {project}"
    )
    assert invoke("new", "agreement", "a-new-one", "--project", project).stderr == ""


def test_schema(project: Path) -> None:
    """It prints what it wrote."""
    done = invoke("schema", "--project", project)
    assert (done.exit_code, done.stderr) == (0, "")
    data = project / "data"
    written = [*(data / ".schema").iterdir(), data / "FIELDS.md"]
    assert sorted(done.stdout.split()) == sorted(map(str, written))


def test_build_in_the_current_folder(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without options the project is the current folder, and results go into its output/.

    Their paths are all of stdout.
    """
    monkeypatch.chdir(project)
    done = invoke("build", "--meeting", "1", "--format", "html", "--as-of", DAY)
    assert (done.exit_code, complaints(done.stderr), done.stdout) == (
        0,
        "",
        f"output{os.sep}meeting-01.html\n",
    )
    assert "As of 30 June 2025" in (project / "output" / "meeting-01.html").read_text(
        encoding="utf-8"
    )


def test_build_into_another_folder(project: Path, tmp_path: Path) -> None:
    """--output takes the results, and is made if it is not there."""
    done = invoke(
        "build",
        "--project",
        project,
        "--meeting",
        "1",
        "--format",
        "html",
        "--output",
        tmp_path / "x" / "y",
    )
    assert (done.exit_code, done.stdout) == (0, f"{tmp_path / 'x' / 'y' / 'meeting-01.html'}\n")
    assert not (project / "output").exists()


# What cannot be done


def failure(*arguments: str | Path, project: Path) -> str:
    """Return what is said of a failure; nothing is written, and nothing stands on stdout."""
    done = invoke(*arguments, "--project", project)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "Traceback" not in done.stderr
    assert not (project / "output").exists() or list((project / "output").iterdir()) == []
    return done.stderr


def test_a_meeting_that_does_not_exist(project: Path) -> None:
    """It says which do."""
    assert (
        failure("build", "--meeting", "9", project=project)
        == "error: there is no meeting 9\n    there are: 1, 2\n"
    )
    assert (
        failure("build", "--compare", "1", "9", project=project)
        == "error: there is no meeting 9\n    there are: 1, 2\n"
    )


def test_no_meeting_at_all(project: Path) -> None:
    """It says so."""
    for path in (project / "data" / "meetings").iterdir():
        path.unlink()
    for name in ("disagreements", "policies"):
        (project / "data" / f"{name}.yaml").unlink()
    for path in (project / "data").glob("*/*.yaml"):
        path.unlink()
    assert "error: there is no meeting 1\n    data/meetings/ holds none\n" in failure(
        "build", "--meeting", "1", project=project
    )
    for name, option in (("agreement", "agreement"), ("visit", "binder")):
        told = failure("build", f"--{option}", "none", project=project)
        assert f"there is no {name} 'none'\n    data/{name}s/ holds none\n" in told


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("lander-agrement", "did you mean 'lander-agreement'?"),
        ("nonsense", "there are: lander-agreement"),
    ],
)
def test_an_agreement_that_does_not_exist(project: Path, name: str, hint: str) -> None:
    """A name that is nearly one is suggested, otherwise those that exist."""
    assert (
        failure("build", "--agreement", name, project=project)
        == f"error: there is no agreement '{name}'\n    {hint}\n"
    )


def test_a_folder_that_is_no_project(tmp_path: Path) -> None:
    """It says what a project holds."""
    shown = failure("check", project=tmp_path)
    assert shown.startswith(
        "data: error: there is no such folder\n    start a project with 'reporter init', or name"
    )


def test_an_output_folder_that_cannot_be_written(project: Path) -> None:
    """Where a file is in the way, it stays, and the way out is named."""
    (project / "output").write_bytes(b"mine")
    done = invoke("build", "--meeting", "1", "--project", project)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "output: error: cannot write here: this is no folder\n"
        "    choose another folder with --output\n"
    )
    below = invoke(
        "build", "--meeting", "1", "--project", project, "--output", project / "output" / "below"
    )
    assert (below.exit_code, below.stdout) == (1, "")
    assert below.stderr == (
        "output/below: error: cannot write here: Not a directory\n"
        "    choose another folder with --output\n"
    )
    assert (project / "output").read_bytes() == b"mine"


def test_all_problems_at_once(project: Path) -> None:
    """Problems of several files are shown together, by file and line, each with its hint."""
    first, second = (
        project / "data" / "meetings" / "01.yaml",
        project / "data" / "meetings" / "02.yaml",
    )
    first.write_text(
        first.read_text(encoding="utf-8")
        .replace("cochairs:", "cochairz:")
        .replace("due: 2024\n", "due: June\n"),
        encoding="utf-8",
    )
    second.write_text(
        second.read_text(encoding="utf-8").replace("words: safe", "word: safe"), encoding="utf-8"
    )
    shown = failure("check", project=project)
    places = re.findall(r"^(data/\S+?):(\d+):\d+: error: ", shown, re.MULTILINE)
    assert [name for name, _ in places] == sorted(name for name, _ in places)
    assert {name for name, _ in places} == {"data/meetings/01.yaml", "data/meetings/02.yaml"}
    assert "unknown field 'cochairz'\n    did you mean 'cochairs'?\n" in shown
    assert "'June' is not a date" in shown


def test_an_unrelated_broken_record(project: Path) -> None:
    """It is a warning on stderr, and the meeting is built; the check fails on it."""
    (project / "data" / "programmes" / "other.yaml").write_text(
        "id: other\nnonsense: 1\n", encoding="utf-8"
    )
    done = invoke("build", "--meeting", "1", "--format", "html", "--project", project)
    assert (done.exit_code, done.stdout) == (0, f"{project / 'output' / 'meeting-01.html'}\n")
    assert "data/programmes/other.yaml:2:1: warning: unknown field 'nonsense'" in done.stderr
    assert "error:" not in done.stderr
    checked = invoke("check", "--project", project)
    assert (checked.exit_code, checked.stdout) == (1, "")
    assert "data/programmes/other.yaml:2:1: error: unknown field 'nonsense'" in checked.stderr


def own_template(project: Path, change: str) -> None:
    """Give the project a template of its own that begins its text with ``change``."""
    page = default_templates().joinpath("meeting.html").read_text(encoding="utf-8")
    (project / "templates").mkdir()
    changed = page.replace("{% block main %}\n", f"{{% block main %}}\n{change}\n", 1)
    (project / "templates" / "meeting.html").write_text(changed, encoding="utf-8")
    assert changed != page


def line_of(project: Path, change: str) -> int:
    """Return the line of a change in the template."""
    text = (project / "templates" / "meeting.html").read_text(encoding="utf-8")
    return text[: text.index(change)].count("\n") + 1


def test_a_template_that_is_wrong(project: Path) -> None:
    """File and line of the project's own template are named, as for a record."""
    own_template(project, "{{ report.nothing }}")
    shown = failure("build", "--meeting", "1", "--format", "html", "--as-of", DAY, project=project)
    place = f"templates/meeting.html:{line_of(project, '{{ report.nothing }}')}:1: error: "
    assert shown.startswith(
        f"{place}the template cannot be filled: 'MeetingReport' has no attribute 'nothing'"
    )


def test_a_template_of_the_projects_own(project: Path) -> None:
    """It replaces the default one, and only that."""
    own_template(project, "<p>House style</p>")
    assert (
        invoke("build", "--meeting", "1", "--format", "html", "--project", project).exit_code == 0
    )
    page = (project / "output" / "meeting-01.html").read_text(encoding="utf-8")
    assert "<p>House style</p>" in page
    assert "Bottom line</h2>" in page


@pytest.fixture
def no_pango(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which WeasyPrint does not find Pango, and says so as cffi does."""
    package = tmp_path / "without" / "weasyprint"
    package.mkdir(parents=True)
    says = (
        "cannot load library 'libpango-1.0-0': libpango-1.0-0: "
        "cannot open shared object file: No such file or directory."
    )
    (package / "__init__.py").write_text(f"raise OSError({says!r})\n", encoding="utf-8")
    return {"PYTHONPATH": str(package.parent)}


@pytest.mark.full
def test_nobody_listens(project: Path) -> None:
    """A build works even if nobody listens to its problems; a vanished folder is reported."""
    command = f"{sys.executable} -m reporter build --project {project} --meeting 1 --format html"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "CI": "true"}
    done = children.run(
        ["sh", "-c", f"{command} 2>&-"],
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
        timeout=120,
    )
    assert done.stdout.decode().splitlines() == [f"{project}/output/meeting-01.html"]
    gone = (
        f"mkdir {project}/gone && cd {project}/gone && rmdir {project}/gone && "
        f"{sys.executable} -P -m reporter build"
    )
    found = children.run(
        ["sh", "-c", gone], env=environment, capture_output=True, check=False, timeout=120
    )
    assert (
        found.returncode,
        b"the current folder is no more" in found.stderr,
        b"Traceback" in found.stderr,
    ) == (1, True, False)


@pytest.mark.full
def test_pango_is_missing(project: Path, no_pango: dict[str, str]) -> None:
    """What to install is said for each system; the old outputs stay."""
    (project / "output").mkdir()
    (project / "output" / "meeting-01.pdf").write_bytes(OLD["pdf"])
    done = run("build", "--meeting", "1", "--project", project, environment=no_pango)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(
        "error: Pango, which lays out text, is missing: cannot load library 'libpango-1.0-0'"
    )
    assert [
        word
        for word in ("apt install", "dnf install", "apk add", "brew install", "Windows")
        if word not in done.stderr
    ] == []
    assert "Traceback" not in done.stderr
    assert {path.name: path.read_bytes() for path in (project / "output").iterdir()} == {
        "meeting-01.pdf": OLD["pdf"]
    }


@pytest.mark.parametrize(
    "command",
    [
        *("list", "--version", "--help"),
        pytest.param("build --format html --meeting 1", marks=pytest.mark.full),
    ],
)
def test_a_full_disk_behind_the_standard_output_is_told(project: Path, command: str) -> None:
    """In a line, and not as a fault of ours."""
    line = f"{sys.executable} -m reporter {command} > /dev/full"
    done = children.run(
        ["sh", "-c", line],
        cwd=project,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert (
        done.stderr.splitlines()[-1]
        == "error: the standard output cannot be written: No space left on device"
    )
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("option", ["--output", "--project"])
def test_an_empty_name_is_no_folder(
    project: Path, option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A variable of a shell that is not set does not mean the current folder."""
    monkeypatch.chdir(project)
    done = run("build", "--meeting", "1", option, "")
    assert done.returncode == 2
    assert "an empty name is no folder" in done.stderr


@pytest.mark.parametrize("day", ["20250101", "2025-W01-1", "2025-02-30", "2025-1-1", ""])
def test_a_day_has_one_form(project: Path, day: str) -> None:
    """That of the help, whatever version of Python reads it."""
    done = run("list", "--project", project, "--as-of", day)
    assert done.returncode == 2
    assert "is not a day: write it as 2023-03-24" in done.stderr


@pytest.mark.full
def test_without_pango_there_is_html(project: Path, no_pango: dict[str, str]) -> None:
    """Only a PDF needs Pango; where several reports need it, it is told once."""
    done = run(
        "build", "--meeting", "1", "--format", "html", "--project", project, environment=no_pango
    )
    assert (done.returncode, complaints(done.stderr)) == (0, "")
    everything = run("build", "--format", "pdf", "--project", project, environment=no_pango)
    assert (
        everything.returncode,
        everything.stderr.count("Pango, which lays out text, is missing"),
    ) == (1, 1)


def test_nothing_of_a_file_speaks_to_the_terminal(project: Path) -> None:
    """A name or a value with control characters is printed escaped."""
    (project / "data" / "meetings" / "\x1b[31mred.yaml").write_text("number: 3\n", encoding="utf-8")
    assert "\x1b" not in failure("check", project=project)


def test_an_interruption_before_any_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C while the command line is read is no traceback either."""

    def interrupted(*_args: object, **_how: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(click.Group, "main", interrupted)
    with pytest.raises(SystemExit) as ended:
        main.main(["list"])
    assert (ended.value.code, capsys.readouterr().err) == (1, "Aborted!\n")
