"""Tests of what a shell completes."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import children
import pytest
import yaml
from conftest import TESTS, VALID

from reporter.desk.completion import meetings, names_of, of_kind, owners
from reporter.library import identity
from reporter.records import KINDS
from reporter.reports.choose import _known

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.library import Library

HEAVY = ("pydantic", "yaml", "jinja2", "babel", "weasyprint")


def asked(*words: str, shell: str = "bash") -> list[str]:
    """Return what a shell is offered for the last word of a line."""
    environment = os.environ | {
        "_REPORTER_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": " ".join(words),
        "COMP_CWORD": words[-1],
    }
    if shell != "fish":
        environment |= {"COMP_CWORD": str(len(words) - 1)}
    code = "from reporter.cli import main; main(prog_name='reporter')"
    return children.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    ).stdout.splitlines()


def test_meetings_are_numbers_in_order(project: Path) -> None:
    """They come from file names, also of broken files; an id comes after all numbers."""
    folder = project / "data" / "meetings"
    for name in ("11.yaml", "notes.yaml", "12.txt", ".13.yaml", "②.yaml"):
        (folder / name).write_text("broken: [", encoding="utf-8")
    assert meetings(project) == ["1", "2", "11", "notes"]


def test_agreements_are_ids(project: Path) -> None:
    """A name that is no id reaches no shell."""
    (project / "data" / "agreements" / "$(rm -rf x).yaml").touch()
    assert of_kind(project, "agreements") == ["lander-agreement"]


def test_bodies_are_found_however_they_are_written(project: Path) -> None:
    """On a line of their own, as a new project has them, and on several."""
    bodies = {"a-ministry", "b-ministry", "b-agency"}
    assert bodies <= {*of_kind(project, "organisations")}
    assert bodies | {"state-a", "state-b"} <= {*owners(project)}
    path = project / "data" / "organisations.yaml"
    path.write_text('- {"id": x}\n- { id: c-unit}\n-   id: d-unit # new\n- {id: $(rm)}\n')
    assert of_kind(project, "organisations") == ["c-unit", "d-unit"]


def test_a_kind_of_report_may_be_about_any_kind_of_record(library: Library) -> None:
    """The names that its option takes are offered, and known, for each kind that has any."""
    for kind in KINDS:
        known = {*_known(library, kind.name)}
        assert known.issuperset(names_of(kind.name)(VALID)) or kind.name == "meeting"
        assert {identity(one) for one in library.records if type(one) is kind.model} <= known


def test_without_a_project_there_is_nothing_to_complete(tmp_path: Path) -> None:
    """No folder, or a file in its place: an empty list and no traceback."""
    assert meetings(tmp_path) == of_kind(tmp_path, "agreements") == []
    (tmp_path / "data").touch()
    assert meetings(tmp_path) == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("build", "--meeting", ""), ["plain,1", "plain,2"]),
        (("build", "--compare", "1", ""), ["plain,1", "plain,2"]),
        (("build", "--agreement", "la"), ["plain,lander-agreement"]),
        (("serve", "--meeting", "2"), ["plain,2"]),
        (("new", "prog"), ["plain,programme"]),
        (("completion", ""), ["plain,bash", "plain,zsh", "plain,fish"]),
    ],
)
def test_the_command_line_completes(words: tuple[str, ...], expected: list[str]) -> None:
    """Ids of the project that the line names, and the words of other arguments."""
    command, *rest = words
    assert (
        asked(
            "reporter",
            command,
            *(("--project", str(VALID)) if command in {"build", "serve"} else ()),
            *rest,
        )
        == expected
    )


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_the_other_shells_are_answered(shell: str) -> None:
    """By their own protocol."""
    answer = "\n".join(
        asked("reporter", "build", "--project", str(VALID), "--agreement", "la", shell=shell)
    )
    assert "lander-agreement" in answer


@pytest.fixture
def shell_environment(tmp_path: Path) -> dict[str, str]:
    """Return an environment in which the command is installed, and nobody's own settings."""
    launcher = tmp_path / "reporter"
    launcher.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m reporter "$@"\n', encoding="utf-8")
    launcher.chmod(0o755)
    paths = {"PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(TESTS.parent)}
    return (
        os.environ
        | paths
        | {
            "HOME": str(tmp_path),
            "ZDOTDIR": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path),
            "TERM": "xterm",
        }
    )


def test_bash_completes_in_earnest(shell_environment: dict[str, str]) -> None:
    """A shell that read the script offers the ids of the project."""
    lines = (
        'eval "$(reporter completion bash)"',
        f"COMP_WORDS=(reporter build --project '{VALID}' --agreement l); COMP_CWORD=5",
        "_reporter_completion reporter; echo ${COMPREPLY[@]}",
    )
    run = children.run(
        ["bash", "-c", "\n".join(lines)],
        env=shell_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout == "lander-agreement\n"


@pytest.mark.full
def test_fish_completes_in_earnest(shell_environment: dict[str, str]) -> None:
    """As bash does."""
    script = (
        "reporter completion fish | source; "
        f"complete --do-complete 'reporter build --project {VALID} --agreement l'"
    )
    run = children.run(
        ["fish", "--no-config", "-c", script],
        env=shell_environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.split() == ["lander-agreement"]


@pytest.mark.full
def test_zsh_completes_in_earnest(shell_environment: dict[str, str]) -> None:
    """As bash does, when Tab is typed: zsh completes only at a terminal, so it gets one."""
    lines = (
        "zmodload zsh/zpty",
        "zpty shell zsh -f -i",
        (
            "zpty -w shell 'PROMPT=; autoload -Uz compinit; compinit -u; "
            "eval \"$(reporter completion zsh)\"; echo re''ady'"
        ),
        "zpty -r -m shell text '*ready*'",
        f"zpty -w -n shell 'reporter build --project {VALID} --agreement l'$'\\t'",
        "zpty -r -m shell text '*--agreement l*ander-agreement*'",
        "print -r -- $text",
    )
    command = ["zsh", "-f", "-c", "\n".join(lines)]
    run = children.run(
        command, env=shell_environment, capture_output=True, text=True, check=True, timeout=60
    )
    assert "lander-agreement" in run.stdout


def test_completing_imports_nothing_heavy() -> None:
    """A key press waits for it."""
    code = "import sys, reporter.cli; print(*sys.modules)"
    loaded = children.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert "click" in loaded
    assert [name for name in HEAVY if name in loaded] == []


def test_the_hook_runs_the_check() -> None:
    """pre-commit gets a command that exists, whatever changed, without the names of files.

    It names no file that is deleted, so that a hook which waits for names misses a deletion.
    """
    (hook,) = yaml.safe_load((TESTS.parent / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert (hook["entry"], hook["language"], hook["pass_filenames"]) == (
        "reporter check",
        "python",
        False,
    )
    assert hook["always_run"] is True
    command = [sys.executable, "-m", *hook["entry"].split(), "--project", str(VALID)]
    assert children.run(command, capture_output=True, check=False).returncode == 0
