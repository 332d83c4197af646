"""Tests of what goes to a terminal, a log or a runner: text, whatever a record or name says."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pytest
from conftest import ROOT, invoke

from reporter.outputs.terminal import plain, tell
from reporter.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "reporter"
DAY = "2025-06-30"
HOSTILE = (
    "\n::error::x\r##[group]x\u2028::warning::x",
    "::stop-commands::x\x85::debug::x\x1b]0;x\x07\x9b31m",
    "\u3000::add-mask::x\u202e\u2066##vso[task.complete]x",
)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("two\nlines\r\x0b\x0c\x1c\x85\u2028\u2029", r"two\nlines\r\x0b\x0c\x1c\x85\u2028\u2029"),
        ("\x1b[31m\x07\x9b\x7f", r"\x1b[31m\x07\x9b\x7f"),
        (
            "\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
            r"\u202a\u202e\u2066\u2069\u200e\u200f\u061c",
        ),
        ("\udcff\ud800", r"\udcff\ud800"),
        ("\u200b\u2060\ufeff\xad\U000e0041", r"\u200b\u2060\ufeff\xad\U000e0041"),
        ("月\u3000面, 1\u202f000\xa0€, م\u200cی", "月\u3000面, 1\u202f000\xa0€, م\u200cی"),
        ("::error::x", r"\x3a:error::x"),
        (" \u3000\xa0::add-mask::x", " \u3000\xa0\\x3a:add-mask::x"),
        ("\t::x", r"\t::x"),
        ("a ::error::x", "a ::error::x"),
        (":: and ::", r"\x3a: and ::"),
        ("a ##[error]x", r"a #\x23[error]x"),
        ("###[##[x ##vso[y", r"##\x23[#\x23[x #\x23vso[y"),
        ("## Heading [x]", "## Heading [x]"),
    ],
)
def test_what_goes_out_is_text(text: str, shown: str) -> None:
    """Nothing in it is obeyed, by a terminal or by a runner; what only makes a word is left."""
    assert plain(text) == shown
    assert plain(shown) == shown


def test_a_hint_begins_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """What stands below a problem is no command either, though it begins its line."""
    tell(Problem(None, "::error::a", "::add-mask::b"), None)
    assert capsys.readouterr().err == "error: ::error::a\n    \\x3a:add-mask::b\n"


def reporter(
    *arguments: str | Path | bytes, cwd: Path, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """Run the command, and return what it wrote as bytes."""
    command = list(map(os.fsencode, (sys.executable, "-m", "reporter", *arguments)))
    settings = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    return children.run(
        command, cwd=cwd, env=settings, capture_output=True, timeout=300, check=False
    )


def titled(project: Path, words: str) -> None:
    """Give the city of the first meeting, which stands in its title, another name."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    changed = text.replace("city: First City,", f'city: "{words}",')
    assert changed != text
    path.write_text(changed, encoding="utf-8")


@pytest.mark.full
@pytest.mark.parametrize(
    "environment",
    [
        *({"PYTHONIOENCODING": name} for name in ("cp932", "ascii")),
        *(
            pytest.param({"PYTHONIOENCODING": name}, marks=pytest.mark.fuzz)
            for name in ("ISO-8859-1", "EUC-JP", "koi8-r", "utf-8:strict")
        ),
        pytest.param({"LC_ALL": "C", "LANG": "C"}, marks=pytest.mark.fuzz),
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    ],
    ids=lambda environment: "-".join(environment.values()),
)
def test_no_encoding_of_the_terminal_is_too_poor(
    project: Path, environment: dict[str, str]
) -> None:
    """What it does not have is escaped: a title, or the name of a folder that is no text at all."""
    titled(project, "Zürich, 月面 😀 Кремль")
    odd = project.rename(os.fsdecode(os.fsencode(project.parent) + b"/\xff\x8f"))
    for arguments in (
        ("list", "--as-of", "2020-12-31"),
        ("check",),
        ("new", "meeting"),
        ("build", "--meeting", "1", "--format", "html", "--as-of", DAY),
    ):
        done = reporter(*arguments, "--project", odd, cwd=odd.parent, **environment)
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False), done.stderr
        assert done.stdout
    missing = reporter("verify", odd / "x.pdf", cwd=odd.parent, **environment)
    assert (missing.returncode, b"Traceback" in missing.stderr) == (2, False)


@pytest.mark.parametrize("words", ["x ##[error]y", "a\u200fb", "##vso[x]"])
def test_a_title_says_nothing_to_the_runner(project: Path, words: str) -> None:
    """It is listed escaped where it would be obeyed."""
    titled(project, words)
    shown = invoke("list", "--project", project).stdout
    assert plain(words) in shown
    assert words not in shown


@pytest.mark.full
@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_says_nothing_to_the_runner(tmp_path: Path, name: str) -> None:
    """Of a folder or a file, in any command that names it, on either stream."""
    folder = tmp_path / name
    commands: tuple[tuple[str | Path, ...], ...] = (
        ("init", Path(name)),
        ("new", "meeting", "--project", Path(name)),
        ("check", "--project", f"{name}x"),
        ("build", "--meeting", "1", "--format", "html", "--project", Path(name), "--verbose"),
        ("verify", f"{name}/data/project.yaml"),
        ("changes", name, f"{name}/data/project.yaml"),
        ("list", "--as-of", name),
    )
    for arguments in commands:
        done = reporter(*arguments, cwd=tmp_path, CI="true")
        shown = done.stdout.decode() + done.stderr.decode()
        assert "Traceback" not in shown
        assert [line for line in lines_of(shown) if is_obeyed(line)] == []
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2028\u2029]", shown)
    assert folder.is_dir()


@pytest.mark.full
def test_a_manifest_says_nothing(project: Path) -> None:
    """What somebody else wrote among the outputs is escaped where it is told, or is no manifest."""
    words = "\n::error::x\x1b[31m\ud800"
    build = ("build", "--format", "html", "--meeting", "1", "--as-of", DAY)
    assert reporter(*build, cwd=project).returncode == 0
    manifest = project / "output" / ".reporter.json"
    whole = json.loads(manifest.read_text(encoding="utf-8"))
    for damaged in (
        {**whole, "reports": [*whole["reports"], words]},
        {**whole, "alone": [words]},
        {**whole, "linked": words},
        {**whole, "inputs": {**whole["inputs"], words: words}},
        {
            **whole,
            "files": {
                name: {**entry, "warnings": [[words, words, ""]]}
                for name, entry in whole["files"].items()
            },
        },
    ):
        manifest.write_text(json.dumps(damaged), encoding="utf-8")
        done = reporter(*build, cwd=project, PYTHONIOENCODING="utf-8:strict")
        shown = done.stdout.decode() + done.stderr.decode()
        assert (done.returncode, "Traceback" in shown) == (0, False), shown
        assert [line for line in lines_of(shown) if is_obeyed(line)] == []
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]", shown)


def lines_of(shown: str) -> list[str]:
    """Return the lines of a log, by whatever a program may take for the end of one."""
    return shown.splitlines()


def is_obeyed(line: str) -> bool:
    """Return whether a runner would take a line for a command."""
    return line.strip().startswith("::") or re.search(r"##[\w.]*\[", line) is not None


def spoken(tree: ast.AST) -> Iterator[str]:
    """Yield each way in which a module prints by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {
                "print",
                "click.echo",
                "click.secho",
                "sys.stdout.write",
                "sys.stderr.write",
            }:
                yield called


@pytest.mark.full
def test_there_is_one_door() -> None:
    """No other module prints by itself, so that nobody can forget to escape."""
    paths = [path for path in PACKAGE.rglob("*.py") if path.name != "terminal.py"]
    assert len(paths) > 100
    found = {
        f"{path.relative_to(PACKAGE)}: {call}"
        for path in paths
        for call in spoken(ast.parse(path.read_text(encoding="utf-8")))
    }
    assert found == set()
    assert list(spoken(ast.parse("import click\nclick.echo(1)\nprint(2)"))) == [
        "click.echo",
        "print",
    ]


def test_a_full_disk_behind_standard_error_costs_nothing(project: Path) -> None:
    """What is asked for is done, though nobody can be told of it."""
    line = f"{sys.executable} -m reporter build --meeting 1 --format html 2> /dev/full"
    done = children.run(
        ["sh", "-c", line],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert (done.returncode, done.stdout) == (0, "output/meeting-01.html\n")
