"""Tests of what is too much, too odd, or not what it seems.

Each soon gets a message or the right page, and nothing else is touched.
"""

from __future__ import annotations

import json
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from conftest import run as in_a_process
from pypdf import PdfWriter

from reporter.cli import main
from reporter.formats import html  # noqa: F401 (so that no forked process imports it anew)
from reporter.reports import plan  # noqa: F401 (as below)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

GIANT = (
    20 * 1024**3
)  # bytes; no memory of a test machine holds it, and as it is all holes it takes no room
pytestmark = [pytest.mark.full, pytest.mark.timeout(120)]


def run(*arguments: str | Path) -> Result:
    """Run a command, which never ends with a traceback."""
    done = CliRunner().invoke(main, [*map(str, arguments)])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def built(project: Path, *arguments: str | Path) -> Result:
    """Build the page on meeting 1, whatever may be wrong with the rest."""
    arguments = arguments or ("--meeting", "1", "--format", "html")
    return run("build", "--project", project, "--as-of", "2025-06-30", *arguments)


def lines(done: Result) -> list[str]:
    """Return the problems that a command reported, with hints, without what it did and how fast."""
    return (
        done.stderr.rpartition("\n")[0].splitlines()
        if " written, " not in done.stderr
        else done.stderr.splitlines()[:-1]
    )


def giant(path: Path, size: int = GIANT) -> None:
    """Make a file of this size."""
    with path.open("wb") as file:
        file.truncate(size)


def everything(root: Path) -> dict[str, bytes]:
    """Return all files of a project but its results; links are not followed."""
    found = (path for path in root.rglob("*") if path.is_file() and not path.is_symlink())
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in found
        if "output" not in path.relative_to(root).parts
    }


# Files that are none, or too large


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            os.mkfifo,
            "data/meetings/03.yaml: warning: not a file that can be read\n    move it away",
        ),
        (
            lambda path: path.symlink_to("/dev/zero"),
            "data/meetings/03.yaml: warning: not a file that can be read\n    move it away",
        ),
        (
            lambda path: path.symlink_to("03.yaml"),
            "data/meetings/03.yaml: warning: cannot be read: Too many levels of symbolic links",
        ),
        (
            giant,
            (
                "data/meetings/03.yaml: warning: larger than 1 MiB\n"
                "    one record is one file: split it"
            ),
        ),
    ],
    ids=["pipe", "endless", "circle", "giant"],
)
def test_a_record_that_is_no_file(project: Path, make: Callable[[Path], None], words: str) -> None:
    """A pipe, a device, a link to itself, 20 GB: nothing waits for one or loads it.

    This holds whoever looks at it first.
    """
    make(project / "data" / "meetings" / "03.yaml")
    done = built(project)
    assert (done.exit_code, done.stdout) == (0, f"{project}/output/meeting-01.html\n")
    assert "\n".join(lines(done)).startswith(words)


@pytest.mark.parametrize("command", ["check", "list"])
@pytest.mark.parametrize("make", [os.mkfifo, giant], ids=["pipe", "giant"])
def test_the_other_commands_do_not_wait_either(
    project: Path, make: Callable[[Path], None], command: str
) -> None:
    """They name the file and stop."""
    make(project / "data" / "meetings" / "03.yaml")
    done = run(command, "--project", project)
    assert done.exit_code == 1
    assert done.stderr.startswith("data/meetings/03.yaml: error: ")


def test_folders_that_lead_round_in_circles(project: Path) -> None:
    """Four links to their own folder or above are four strange folders, not endless paths."""
    for name in ("a", "b"):
        (project / "data" / name).symlink_to(".")
        (project / "data" / "meetings" / name).symlink_to("..")
    done = built(project)
    assert (done.exit_code, [line.partition(": there")[0] for line in lines(done)][::2]) == (
        0,
        [
            f"data/{name}: warning: no kind of record is kept here"
            for name in ("a", "b", "meetings/a", "meetings/b")
        ],
    )


@pytest.mark.parametrize(
    ("name", "asks", "words"),
    [
        (
            "meeting.html",
            "",
            (
                "templates/meeting.html: error: larger than 1 MiB\n"
                "    a template or a stylesheet needs no more"
            ),
        ),
        (
            "style.css",
            "",
            (
                "templates/style.css: error: larger than 1 MiB\n"
                "    a template or a stylesheet needs no more"
            ),
        ),
        ("languages/en.yaml", "", "templates/languages/en.yaml: error: larger than 1 MiB"),
        (
            "arms.png",
            "{{ embed('arms.png') }}",
            "templates/arms.png: error: larger than 32 MiB\n    use a smaller one",
        ),
    ],
)
def test_a_part_of_the_theme_that_is_too_large(
    project: Path, name: str, asks: str, words: str
) -> None:
    """A template, a stylesheet, a language, a picture of 20 GB: it is named, with the limit."""
    (project / "templates" / "languages").mkdir(parents=True)
    giant(project / "templates" / name)
    if asks:
        (project / "templates" / "meeting.html").write_text(asks, encoding="utf-8")
    done = built(project)
    assert done.exit_code == 1
    assert "\n".join(lines(done)).startswith(words)


@pytest.mark.parametrize("name", ["large.css", "pipe.css"])
def test_a_part_of_the_theme_that_nobody_asks_for(project: Path, name: str) -> None:
    """It costs nothing."""
    (project / "templates").mkdir()
    if name == "pipe.css":
        os.mkfifo(project / "templates" / name)
    else:
        giant(project / "templates" / name)
    assert (built(project).exit_code, lines(built(project))) == (0, [])


# Results, and the list of them


@pytest.mark.parametrize(
    "make",
    [
        lambda path: path.write_text("[" * 100_000, encoding="utf-8"),
        lambda path: path.write_text('{"files": ' + '{"a": ' * 100_000, encoding="utf-8"),
        lambda path: path.write_bytes(b"\xff\xfe\x00"),
        os.mkfifo,
        giant,
        lambda path: path.symlink_to("/dev/zero"),
        lambda path: path.symlink_to(path.name),
    ],
    ids=["deep-list", "deep-mapping", "bytes", "pipe", "giant", "endless", "circle"],
)
def test_a_list_of_results_that_is_none(project: Path, make: Callable[[Path], None]) -> None:
    """It is as if there were none: everything is made anew, and a good list takes its place."""
    (project / "output").mkdir()
    listed = project / "output" / ".reporter.json"
    make(listed)
    assert (built(project).exit_code, lines(built(project))) == (0, [])
    assert list(json.loads(listed.read_bytes())["files"]) == ["meeting-01.html"]
    assert not listed.is_symlink()


@pytest.mark.parametrize("seconds", ["nan", "inf", "0.5", "1e300"])
def test_a_time_that_is_none(project: Path, seconds: str) -> None:
    """It is wrong use."""
    assert built(project, "--meeting", "1", "--timeout", seconds).exit_code == 2


def test_a_number_that_no_meeting_has(project: Path) -> None:
    """It is wrong use, and nothing is counted up to it."""
    assert built(project, "--meeting", "99999999999").exit_code == 2
    assert built(project, "--compare", "1", "99999999999").exit_code == 2


@pytest.mark.parametrize("folder", ["data/meetings", "templates"])
def test_a_name_of_a_file_that_is_no_text(project: Path, folder: str) -> None:
    """A build survives it; what it cannot read, it names."""
    (project / "templates").mkdir()
    (project / folder / os.fsdecode(b"\xff.yaml")).touch()
    done = built(project)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    assert (project / "output" / "meeting-01.html").exists()


def test_a_comparison_with_a_meeting_to_come(project: Path) -> None:
    """It is told as what it is."""
    done = run(
        "build",
        "--project",
        project,
        "--as-of",
        "2024-01-01",
        "--compare",
        "1",
        "2",
        "--format",
        "html",
    )
    assert (
        done.exit_code,
        "meeting 2 was not held by 2024-01-01" in done.stderr,
        "died" in done.stderr,
    ) == (1, True, False)


def test_files_of_others_stay(project: Path) -> None:
    """Only what a build that was killed left unfinished is removed."""
    (project / "output").mkdir()
    for name in (".notes.txt.part", ".meeting-01.html.abcd_123.part"):
        (project / "output" / name).write_text("half", encoding="utf-8")
    built(project)
    assert [path.name for path in (project / "output").glob("*.part")] == [".notes.txt.part"]


def test_outputs_have_the_permissions_of_their_user(project: Path) -> None:
    """Who keeps new files from others keeps outputs from them."""
    before = os.umask(0o077)
    try:
        built(project)
    finally:
        os.umask(before)
    assert {path.stat().st_mode & 0o777 for path in (project / "output").iterdir()} == {0o600}


def test_a_list_of_results_names_nothing_else(project: Path) -> None:
    """A list from elsewhere makes no build look at, or remove, what no build writes."""
    built(project, "--format", "html")
    listed = project / "output" / ".reporter.json"
    (project / "output" / "notes.txt").write_text("mine", encoding="utf-8")
    (project / "secret.html").write_text("mine", encoding="utf-8")
    content: dict[str, Any] = json.loads(listed.read_bytes())
    entry = content["files"]["index.html"]
    for name in (
        "notes.txt",
        "../secret.html",
        f"{project}/secret.html",
        "..",
        "",
        "a\0b",
        "\ud800.html",
        ".reporter.json",
        "a/../b.html",
    ):
        content["files"][name] = entry
    content["files"]["gone.html"] = entry | {"view": [1], "digest": {"a": 2}, "input": 7}
    listed.write_text(json.dumps(content), encoding="utf-8")
    done = built(project, "--format", "html", "--prune")
    assert (done.exit_code, re.findall(r"([^/\n]+): removed", done.stderr)) == (0, ["gone.html"])
    assert (project / "output" / "notes.txt").read_text(encoding="utf-8") == "mine"
    assert (project / "secret.html").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    "make",
    [os.mkfifo, lambda path: path.symlink_to("../precious"), giant],
    ids=["pipe", "link", "giant"],
)
def test_a_result_that_is_no_file(project: Path, make: Callable[[Path], None]) -> None:
    """It is replaced; what a link leads to stays as it is."""
    built(project)
    (project / "precious").write_text("mine", encoding="utf-8")
    page = project / "output" / "meeting-01.html"
    page.unlink()
    make(page)
    assert built(project).exit_code == 0
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert not page.is_symlink()
    assert (project / "precious").read_text(encoding="utf-8") == "mine"


def test_a_folder_in_the_place_of_a_result(project: Path) -> None:
    """Its report fails and is not told as written; the others are there."""
    (project / "output" / "meeting-01.html").mkdir(parents=True)
    done = built(project, "--format", "html")
    assert done.exit_code == 1
    assert lines(done) == [
        "output/meeting-01.html: error: cannot be written: Is a directory",
        "    the old file is as it was",
    ]
    assert "meeting-01.html" not in done.stdout
    assert f"{project}/output/meeting-02.html\n{project}/output/" in done.stdout
    assert ", 1 failed, " in done.stderr


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda path: path.write_text("mine", encoding="utf-8"),
            "cannot write here: this is no folder",
        ),
        (lambda path: path.symlink_to("gone"), "cannot write here: this is no folder"),
        (lambda path: path.symlink_to("output"), "cannot write here: this is no folder"),
        (os.mkfifo, "cannot write here: this is no folder"),
    ],
    ids=["file", "dangling", "circle", "pipe"],
)
def test_results_without_a_folder(project: Path, make: Callable[[Path], None], words: str) -> None:
    """A file, a dead or circular link, or a pipe in the place of output/ stays and is named."""
    make(project / "output")
    done = built(project)
    assert done.exit_code == 1
    assert done.stderr == f"output: error: {words}\n    choose another folder with --output\n"
    assert not (project / "gone").exists()


@pytest.mark.parametrize(
    "output",
    ["data", "data/meetings", "data/../data", "data/new", "link", "templates", "templates/new"],
)
def test_results_do_not_go_among_what_they_are_made_from(project: Path, output: str) -> None:
    """Neither into data/ nor into templates/, whatever it is called there; nothing is touched."""
    (project / "templates").mkdir()
    (project / "link").symlink_to("data/meetings")
    before = everything(project)
    done = built(project, "--meeting", "1", "--output", project / output)
    assert done.exit_code == 1
    assert re.fullmatch(
        rf"{output}: error: results do not go into (data|templates)/: "
        r"they would be taken for what they are made from\n"
        r"    choose another folder with --output\n",
        done.stderr,
    )
    assert everything(project) == before


def test_results_go_where_a_link_leads(project: Path) -> None:
    """Who links output/ to another folder means that folder."""
    (project / "elsewhere").mkdir()
    (project / "output").symlink_to("elsewhere")
    assert built(project).exit_code == 0
    assert (project / "elsewhere" / "meeting-01.html").is_file()
    assert (project / "output").is_symlink()


# Texts, ids, and what other programs hand over


def with_text(project: Path, value: str) -> Result:
    """Build the page on meeting 1, a statement of which says something else."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("to deliver its part of the lander", value, 1), encoding="utf-8")
    return built(project)


TOO_LONG = "    say it shorter, and cite the document; or look for a missing quotation mark\n"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            "w" * 1_000_000,
            f"23:13: error: a text of 1,000,000 characters: one has at most 10,000\n{TOO_LONG}",
        ),
        (
            '"' + "a\\n" * 300_000 + '"',
            f"23:13: error: a text of 600,000 characters: one has at most 10,000\n{TOO_LONG}",
        ),
        (
            "w" * 10_001,
            f"23:13: error: a text of 10,001 characters: one has at most 10,000\n{TOO_LONG}",
        ),
        (
            '"a\\u202eb"',
            "23:13: error: the character U+202E is not text\n    leave its escape out\n",
        ),
        (
            '"a\\u200bb"',
            "23:13: error: the character U+200B is not text\n    leave its escape out\n",
        ),
        (
            '"a\\ufdd0b"',
            "23:13: error: the character U+FDD0 is not text\n    leave its escape out\n",
        ),
        (
            '"a\\U000E0041b"',
            "23:13: error: the character U+E0041 is not text\n    leave its escape out\n",
        ),
        ('"a\\0b"', "23:13: error: the character U+0000 is not text\n    leave its escape out\n"),
        (
            "a\u202eb",
            "23:14: error: the character U+202E is not text\n    delete it; it does not show\n",
        ),
        (
            "a\u2060b",
            "23:14: error: the character U+2060 is not text\n    delete it; it does not show\n",
        ),
        (
            "a\U0001fffeb",
            "23:14: error: the character U+1FFFE is not text\n    delete it; it does not show\n",
        ),
        (
            "a\x1bb",
            "23:14: error: the character U+001B is not text\n    delete it; it does not show\n",
        ),
    ],
    ids=range(12),
)
def test_a_text_that_is_none(project: Path, value: str, words: str) -> None:
    """The line is named at once, for a word of a million letters or for a million lines.

    So it is for what does not show or turns the text around.
    """
    done = with_text(project, value)
    assert (done.exit_code, done.stderr) == (1, f"data/meetings/01.yaml:{words}")


@pytest.mark.parametrize(
    "value",
    [
        "\u05e9\u05dc\u05d5\u05dd",
        "\u0633\u0644\u0627\u0645\u200c\u0647\u0627",
        "a" + "\u0301" * 500,
        "w" * 9999,
    ],
)
def test_a_text_that_is_one(project: Path, value: str) -> None:
    """Hebrew, Persian with its joiners, many accents, a long word: the page has it."""
    assert with_text(project, value).exit_code == 0
    assert value in (project / "output" / "meeting-01.html").read_text(encoding="utf-8")


def test_a_hundred_thousand_statements(project: Path) -> None:
    """They are no meeting: the file is refused by its size."""
    path = project / "data" / "meetings" / "01.yaml"
    item = (
        "    - {by: [state-a, state-b], verb: discussed, text: the uses of space, source: "
        "statement-01#3}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + item * 100_000, encoding="utf-8")
    done = built(project)
    assert (done.exit_code, done.stderr.splitlines()[0]) == (
        1,
        "data/meetings/01.yaml: error: larger than 1 MiB",
    )


@pytest.mark.parametrize(
    "name",
    [
        "../x",
        "/x",
        "a/b",
        ".",
        "..",
        "",
        "a\\b",
        "a\nb",
        "\u00e9",
        "e\u0301",
        "X",
        "x" * 81,
        "-x",
        "--help-me",
    ],
)
def test_an_id_that_is_a_path_or_odd(project: Path, name: str) -> None:
    """No record can be added under it, none that has it is read, and no file is made anywhere."""
    before = everything(project)
    done = run("new", "agreement", "--project", project, "--", name)
    assert (done.exit_code, everything(project)) == (1, before)
    agreement = project / "data" / "agreements" / "lander-agreement.yaml"
    text = agreement.read_text(encoding="utf-8")
    agreement.write_text(
        text.replace("id: lander-agreement", f"id: {json.dumps(name)}", 1), encoding="utf-8"
    )
    done = built(project, "--format", "html")
    assert done.exit_code == 1
    assert re.search(r"agreements/lander-agreement.yaml:\d+:\d+: error: ", done.stderr)
    assert not (project / "output").exists() or list((project / "output").iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        "[" * 100_000,
        '{"promises": ' * 50_000,
        "\xff",
        "{}",
        '{"promises": [{"row": 1}], "expectations": []}',
    ],
)
def test_a_ledger_that_is_none(tmp_path: Path, content: str) -> None:
    """What another program hands over as a ledger, however deep, is refused by its name."""
    path = tmp_path / "ledger.json"
    path.write_text(content, encoding="latin-1")
    done = run("changes", path, path)
    assert (done.exit_code, ": error: " in done.stderr) == (1, True)


@pytest.mark.parametrize(
    "record",
    [
        "[" * 100_000,
        "[]",
        "{}",
        '{"id": 1, "speaks": {}, "masthead": {}}',
        '{"id": "x", "speaks": {"day": "x", "asked": 1}, "masthead": {}}',
    ],
    ids=range(5),
)
def test_a_record_in_a_pdf_that_is_none(project: Path, record: str) -> None:
    """What somebody else embedded under its name is not taken for a record."""
    path = project / "other.pdf"
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_attachment("record.json", record.encode())
    writer.write(path)
    done = run("verify", path, "--project", project)
    assert (done.exit_code, done.stderr.splitlines()[0]) == (
        1,
        "other.pdf: error: there is no record of reporter in it",
    )


def test_a_pipe_is_no_pdf(project: Path) -> None:
    """It is not waited for."""
    os.mkfifo(project / "pipe.pdf")
    assert run("verify", project / "pipe.pdf", "--project", project).stderr.startswith(
        "pipe.pdf: error: not a file that can be read"
    )


@pytest.mark.parametrize("name", ["data", "data/meetings", "data/meetings/01.yaml", "output"])
def test_what_somebody_may_not_read(name: str, project: Path) -> None:
    """As somebody without rights: the folder or file is named, and what to do."""
    (project / "output").mkdir()
    (project / name).chmod(0)
    wanted = ("build", "--project", project, "--as-of", "2025-06-30", "--meeting", "1")
    done = in_a_process(*wanted, "--format", "html", bound=True)
    (project / name).chmod(0o700)
    assert done.returncode == 1
    assert done.stderr.startswith(f"{name}: error: cannot ")
