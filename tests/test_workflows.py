"""Tests of the workflows and issue forms: their form, rights, and that every action is pinned."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import children
import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml"))
BIN = Path(sys.executable).parent


def test_there_are_workflows() -> None:
    """The tests below see something."""
    assert {path.name for path in WORKFLOWS} == {"regenerate.yml", "test.yml"}


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned(path: Path) -> None:
    """Every action is named by a commit, with its version beside it."""
    used = re.findall(r"uses: (.*)", path.read_text(encoding="utf-8"))
    assert used
    assert all(re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v[\d.]+", action) for action in used)


def test_workflows_are_safe() -> None:
    """The auditor of workflows finds nothing, offline."""
    run = children.run(
        [BIN / "zizmor", "--offline", *WORKFLOWS], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize(
    ("schema", "paths"),
    [
        ("github-workflows", WORKFLOWS),
        ("github-issue-forms", [path for path in FORMS if path.name != "config.yml"]),
        ("github-issue-config", [path for path in FORMS if path.name == "config.yml"]),
    ],
)
def test_files_fit_their_schema(schema: str, paths: list[Path]) -> None:
    """Workflows and issue forms are valid by the schemas that come with the checker."""
    assert paths
    checker = str(BIN / "check-jsonschema")
    command = [checker, "--builtin-schema", f"vendor.{schema}", *map(str, paths)]
    run = children.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_a_run_that_is_started_again_keeps_its_briefings() -> None:
    """A cache key is never written twice, so it names the attempt too; both steps use one key."""
    (text,) = [path.read_text(encoding="utf-8") for path in WORKFLOWS if path.stem == "regenerate"]
    keys = re.findall(r"^ +key: (.*)$", text, re.MULTILINE)
    assert keys == ["briefings-${{ github.run_id }}-${{ github.run_attempt }}"] * 2


def test_nothing_that_was_restored_is_published() -> None:
    """The published folder is none from an earlier run, and each file in it is made anew."""
    (path,) = [path for path in WORKFLOWS if path.stem == "regenerate"]
    steps = yaml.safe_load(path.read_text(encoding="utf-8"))["jobs"]["build"]["steps"]
    used = {step["uses"].partition("@")[0]: step["with"] for step in steps if "with" in step}
    published = used["actions/upload-pages-artifact"]["path"]
    assert published not in used["actions/cache/restore"]["path"].split()
    (command,) = [step["run"] for step in steps if f"--output {published}" in step.get("run", "")]
    assert "--force" in command.split()


def test_the_promised_versions_are_tried() -> None:
    """Each Python of the classifiers is tried, with the lowest and newest dependencies."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    promised = re.findall(r"Python :: (3\.\d+)'", str(project["classifiers"]))
    jobs = yaml.safe_load((WORKFLOWS[-1]).read_text(encoding="utf-8"))["jobs"]
    assert jobs["python"]["strategy"]["matrix"]["python"] == promised
    assert promised[0] == project["requires-python"].removeprefix(">=")
    commands = {step.get("run") for job in jobs.values() for step in job["steps"]}
    assert {".ci/run", "make quick", "make lowest", "make newest", "make locks"} <= commands
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    called = {str(command).removeprefix("make ") for command in commands - {None}}
    assert {name for name in called if f"\n{name}:" not in makefile} == {".ci/run"}
