"""Tests of what GitHub is told of problems."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import invoke

from reporter.cli.failures import annotation
from reporter.problems import Problem


@pytest.mark.parametrize(
    ("problem", "expected"),
    [
        (
            Problem(Path("/repo/data/a.yaml"), "wrong", "mend it", 6, 5),
            "::error file=data/a.yaml,line=6,col=5::wrong%0Amend it",
        ),
        (
            Problem(Path("/repo/data/a.yaml"), "wrong", severity="warning"),
            "::warning file=data/a.yaml::wrong",
        ),
        (Problem(None, "wrong"), "::error::wrong"),
        (
            Problem(Path("/repo/a,b:c%.yaml"), "100% :: wrong,"),
            "::error file=a%2Cb%3Ac%25.yaml::100%25 :: wrong,",
        ),
        (
            Problem(Path("/repo/\x1b\r\n.yaml"), "wrong\r\n\x1b", "no\n"),
            r"::error file=\x1b\r\n.yaml::wrong\r\n\x1b%0Ano\n",
        ),
        (Problem(Path("/elsewhere/a.yaml"), "wrong"), "::error file=/elsewhere/a.yaml::wrong"),
    ],
)
def test_annotation(problem: Problem, expected: str) -> None:
    """File, line and column stand where GitHub looks for them.

    What would end a value or speak to a terminal is escaped.
    """
    assert annotation(problem, Path("/repo")) == expected


@pytest.mark.parametrize(("value", "count"), [("true", 1), ("", 0)])
def test_only_there(project: Path, value: str, count: int) -> None:
    """They are printed beside the plain words, in GitHub's CI only, and on stderr."""
    (project / "data" / "programmes" / "other.yaml").write_text(
        "id: other\nnonsense: 1\n", encoding="utf-8"
    )
    done = invoke(
        "check",
        "--project",
        project,
        environment={"GITHUB_ACTIONS": value, "GITHUB_WORKSPACE": str(project)},
    )
    assert done.stderr.count("data/programmes/other.yaml:2:1: error: unknown field 'nonsense'") == 1
    assert (
        done.stderr.count("::error file=data/programmes/other.yaml,line=2,col=1::unknown field")
        == count
    )
    assert "::" not in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "\n::error::pwn.yaml",
        "\x1bc.yaml",
        "\r::error::.YAML",
        "\n::error::",
        "##[add-mask]\u2028::stop-commands::x.yaml",
        "\u3000::add-mask::##vso[x]\x85.yaml",
    ],
)
def test_a_name_of_a_file_says_nothing(project: Path, name: str) -> None:
    """A file name gives no command to GitHub's CI or the terminal, wherever it is repeated."""
    meetings = project / "data" / "meetings"
    (meetings / "02.yaml").rename(meetings / (name if "." in name else f"{name}.yaml"))
    (meetings / "03.yaml").write_text(
        (meetings / "01.yaml").read_text(encoding="utf-8"), encoding="utf-8"
    )
    (meetings / "01.yaml").rename(meetings / f"1{name}.yaml")
    done = invoke(
        "check",
        "--project",
        project,
        environment={"GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": str(project)},
    )
    assert done.exit_code == 1
    assert "\x1b" not in done.stderr
    assert "##[" not in done.stderr
    commands = [line for line in done.stderr.splitlines() if line.strip().startswith("::")]
    assert commands
    assert [line for line in commands if not line.startswith("::error file=data/")] == []
