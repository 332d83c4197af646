"""Tests of the README: what it shows is what the program does.

`pytest --update` writes what is shown anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import textwrap
from contextlib import ExitStack, chdir
from pathlib import Path

import children
import click
import pytest
from click.testing import CliRunner
from conftest import ROOT, VALID, invoke

from reporter.cli import main
from reporter.kinds import KINDS

FILES = ("README.md", "data/README.md")
TEXT = {name: (ROOT / name).read_text(encoding="utf-8") for name in FILES}
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = [(name, block) for name, text in TEXT.items() for block in BLOCK.findall(text)]
INLINE = sorted(
    {command for text in TEXT.values() for command in re.findall(r"`(reporter [^`]+)`", text)}
)
EXAMPLES = [
    example
    for command in main.commands.values()
    for example in re.findall(r"Example: (reporter .+)", command.help or "")[:1]
]
LANGUAGES = "templates/languages"
KINDS_NAMED = "|".join(kind.option.flag for kind in KINDS.values() if kind.option)
EVERYTHING = re.compile(rf"reporter build(?!.* (?:{KINDS_NAMED})\b)")
END = "\x1e"  # stands after the output of each command


def transcript(block: str) -> list[tuple[str, str]]:
    """Return the commands of a block, each with the output that is shown for it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)
    assert parts[0] == "", "a block begins with a command"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def shell(commands: list[str], folder: Path, tools: Path) -> tuple[int, list[str]]:
    """Run commands one after the other, as a person does.

    Return the last one's exit code and what each printed.
    """
    script = "".join(f"{command}\ncode=$?; printf '{END}'\n" for command in commands) + "exit $code"
    environment = {
        "PATH": f"{tools}:/usr/bin:/bin",
        "COLUMNS": "80",
        "LC_ALL": "C.UTF-8",
        "HOME": str(folder),
    }
    done = children.run(
        ["bash", "-c", script],
        cwd=folder,
        env=environment,
        stdout=-1,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        check=False,
        timeout=600,
    )
    return done.returncode, done.stdout.split(END)[:-1]


def typed(line: str, folder: Path, tools: Path) -> tuple[int, str]:
    """Return the exit code of a command typed in a folder, and what it prints.

    What only a shell understands is given to one; the rest is run in this process.
    """
    if re.search("[|>&;$]", line):
        code, (printed,) = shell([line], folder, tools)
        return code, printed
    with chdir(folder):
        done = CliRunner().invoke(main, shlex.split(line)[1:], catch_exceptions=False)
    return done.exit_code, done.output


@pytest.fixture(scope="session")
def tools(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the command, as an installation would put it there."""
    folder = tmp_path_factory.mktemp("bin")
    (folder / "reporter").write_text(
        f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m reporter "$@"\n',
        encoding="utf-8",
    )
    (folder / "reporter").chmod(0o755)
    return folder


def checkout(folder: Path) -> Path:
    """Return a copy of what a project is made of."""
    for name in ("data", "templates"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("Makefile", "pyproject.toml", "LICENSE", "README.md"):
        shutil.copyfile(ROOT / name, folder / name)
    shutil.copytree(ROOT / ".ci", folder / ".ci", ignore=shutil.ignore_patterns("node_modules"))
    return folder


def check_block(name: str, block: str, folder: Path, tools: Path, *, update: bool) -> None:
    """Run a block, and compare what it shows with what is printed.

    Where nothing is shown, anything may be printed.
    """
    commands = transcript(block)
    asked = [
        re.sub(r"^make (\w+)$", r"make --dry-run \1", command) for command, _ in commands
    ]  # it would set up a second environment
    code, printed = shell(asked, checkout(folder), tools)
    found = [
        (command, text if shown else "")
        for (command, shown), text in zip(commands, printed, strict=True)
    ]
    if update and found != commands:
        text = (ROOT / name).read_text(encoding="utf-8")
        renewed = "".join(f"$ {command}\n{shown}" for command, shown in found)
        (ROOT / name).write_text(text.replace(block, renewed), encoding="utf-8")
    else:
        assert found == commands, "run `pytest tests/test_readme.py --update` to renew it"
    assert code == int("error: " in printed[-1]), printed[-1]


def test_the_readme_shows_before_it_tells() -> None:
    """It is short, and begins with a command, the picture of a page, and a record."""
    lines = TEXT["README.md"].splitlines()
    assert len(lines) <= 150
    assert [line for line in lines if len(line) > 100] == []
    start = "\n".join(lines[:30])
    assert "$ make brief" in start
    assert "```yaml" in start
    assert "On the page" in start
    for picture in (found := re.findall(r"!\[[^]]+\]\(([^)]+)\)", start)):
        assert (ROOT / picture).is_file(), picture
    assert found


def test_every_command_is_named_and_no_other() -> None:
    """The table of commands has all; no sentence names one, or an option, that is none."""
    table = re.findall(r"^\| `reporter (\w+)", TEXT["README.md"], re.MULTILINE)
    assert set(table) == main.commands.keys()
    for command in INLINE:
        words = shlex.split(command.replace("\\|", "|").partition("|")[0])
        assert words[1] in main.commands, command
        found = main.commands[words[1]]
        if isinstance(found, click.Group):
            found = found.commands[words[2]]
        known = {name for option in found.params for name in option.opts}
        assert {word.partition("=")[0] for word in words if word.startswith("--")} <= known, command


def test_what_to_touch_is_there() -> None:
    """The table of what to change names files and folders of ours, or of a project's look."""
    table = TEXT["README.md"].partition("| to change | touch |")[2].partition("\n\n")[0]
    named = re.findall(r"`([^`]+)`", table)
    assert len(named) > 8
    for name in named:
        assert any((ROOT / folder / name).exists() for folder in ("", "templates", LANGUAGES)), name


def test_files_that_are_named_are_there() -> None:
    """Every path of ours in a sentence exists; what a build makes, in its folder, may not."""
    names = set(re.findall(r"`([\w.]+/[\w./-]+|[A-Z]+\.md|LICENSE)`", TEXT["README.md"]))
    assert len(names) > 8
    missing = {name for name in names if not (ROOT / name).exists()}
    assert {name for name in missing if not name.startswith("output/")} == set()


@pytest.mark.full
@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_blocks_do_what_they_show(
    name: str, block: str, tmp_path: Path, tools: Path, *, update: bool
) -> None:
    """Every block can be typed as it stands, and prints what it shows."""
    check_block(name, block, tmp_path, tools, update=update)


def add_smallest_meeting(folder: Path) -> None:
    """Add the record that the codebook shows."""
    ((name, shown),) = re.findall(
        r"Write `(meetings/\d+\.yaml)`.*?```yaml\n(.*?)```", TEXT["data/README.md"], re.DOTALL
    )
    (folder / "data" / name).write_text(
        textwrap.dedent("   " + shown.rstrip(" ")), encoding="utf-8"
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, tools: Path) -> Path:
    """Return a project of which something was built, today and yesterday, by an empty folder."""
    folder = tmp_path_factory.mktemp("here") / "dialogue"
    folder.mkdir()
    checkout(folder)
    prepare = [
        "reporter build --meeting 8",
        "reporter build --ledger --format json",
        "mkdir yesterday ../talks",
    ]
    code, printed = shell([*prepare, "cp output/ledger.json yesterday/"], folder, tools)
    assert code == 0, printed
    add_smallest_meeting(folder)
    return folder


@pytest.mark.full
@pytest.mark.parametrize("command", sorted({*INLINE, *EXAMPLES}))
def test_commands_can_be_typed(command: str, built: Path, tools: Path, tmp_path: Path) -> None:
    """Every command named can be typed as it stands.

    It may be in a sentence, in a table, or the example in a help.
    """
    if command.startswith("reporter serve"):
        assert served(command, built, tools) == 0
        return
    folder = built / "data" if "../dialogue" in command else built
    if command.startswith(("reporter source add", "reporter draft")):  # of a file: in a copy
        folder = shutil.copytree(built, tmp_path / "copy")
        for name in re.findall(r"\S+\.pdf", command):
            shutil.copy(folder / "output" / "meeting-08.pdf", folder / name)
    if command.startswith(("reporter review", "reporter todo")):  # not of what was just begun
        folder = tmp_path / "copy"
        folder.mkdir()
        checkout(folder)
    if EVERYTHING.match(command):  # as well tried where that is little
        folder = shutil.copytree(VALID, tmp_path / "small")
    if made := re.match(
        r"reporter (?:sheet|take) (\w+)", command
    ):  # what is taken is written first
        folder = shutil.copytree(VALID, tmp_path / "small")
        assert typed(f"reporter sheet {made[1]}", folder, tools)[0] == 0
    line = (
        command.replace("\\|", "|")
        .replace("| source", "> completion.fish")
        .replace("../dialogue", "..")
    )
    if re.match(r"reporter build --(?!meeting|format)", line):  # as well tried without paper
        line += " --format html"
    code, printed = typed(line, folder, tools)
    assert code == 0, printed


def served(command: str, folder: Path, tools: Path) -> int:
    """Run a command that goes on until it is interrupted.

    Interrupt it when it says where it listens.
    """
    words = [*command.split()[1:], "--port", "0", "--no-open"]
    process = children.Child(
        [tools / "reporter", *words],
        cwd=folder,
        stdout=-1,
        encoding="utf-8",
        start_new_session=True,
    )
    assert process.stdout is not None
    with process, process.stdout:
        assert any("http://" in line for line in iter(process.stdout.readline, ""))
        process.send_signal(signal.SIGINT)
        return process.wait(60)


@pytest.mark.long
def test_a_cluster_can_be_started_as_shown(tmp_path: Path, tools: Path) -> None:
    """The commands in CONTRIBUTING start a scheduler and workers, and print with them.

    They run here on this machine.
    """
    (block,) = re.findall(
        r"```sh\n(pip install '\.\[cluster.*?)```",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"),
        re.DOTALL,
    )
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = str(taken.getsockname()[1])
    lines = [
        re.sub(" +#.*", "", line).replace("HOST", "127.0.0.1").replace("8786", port)
        for line in block.splitlines()
    ]
    _install, scheduler, worker, build = lines
    shutil.copytree(VALID, tmp_path / "project")
    environment = {
        **os.environ,
        "PATH": f"{tools}:{Path(sys.executable).parent}:/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
    }
    with ExitStack() as stack:
        for command in (f"{scheduler} --host 127.0.0.1 --port {port}", worker):
            quiet = {
                "stdout": subprocess.DEVNULL,
                "stderr": subprocess.DEVNULL,
                "start_new_session": True,
            }
            process = children.Child(  # type: ignore[call-overload]
                shlex.split(command), cwd=tmp_path, env=environment, **quiet
            )
            stack.callback(process.wait)
            stack.callback(os.killpg, process.pid, signal.SIGTERM)
        words = [*shlex.split(build), "--timeout", "300"]
        done = children.run(
            words,
            cwd=tmp_path / "project",
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert "index.pdf" in done.stdout


def test_the_record_shown_is_a_record() -> None:
    """The promise in the README stands in the records as it is shown."""
    ((name, shown),) = re.findall(
        r"^A promise in `([^`]+)`:\n\n```yaml\n(.*?)^```$",
        TEXT["README.md"],
        re.MULTILINE | re.DOTALL,
    )
    record = (ROOT / name).read_text(encoding="utf-8")
    assert shown in re.sub("^ {4}", "", record, flags=re.MULTILINE)


def test_the_smallest_meeting_is_one(tmp_path: Path) -> None:
    """The record in the codebook with which a meeting begins can be added as it stands."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    add_smallest_meeting(tmp_path)
    done = invoke("check", "--project", tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
