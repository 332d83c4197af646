"""Tests of the installed name: on the package index, `reporter` is another project."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NOT_OURS = {"node_modules", "output", "tests"}
HIDDEN = {".ci", ".github"}  # the other hidden folders are caches and environments
TEXTS = {
    ".cjs",
    ".css",
    ".html",
    ".js",
    ".json",
    ".md",
    ".py",
    ".toml",
    ".txt",
    ".yaml",
    ".yml",
    "",
}

# A word that installs, and later the bare name among other words: not as a part of another name,
# path or address.
INSTALLS = re.compile(
    r"(?:\b(?:pip3?|pipx|uv|poetry|pdm|conda|hatch)\b[^\n]*?\b(?:install|add|run|inject)\b|\buvx\b)"
    r"[^\n]*?(?<![\w./'\"-])['\"]?reporter(?![\w/.:-])",
)


def texts() -> list[Path]:
    """Return the files that people read and machines follow, but for the tests."""
    found: list[Path] = []
    folders = [ROOT]
    while folders:
        for path in folders.pop().iterdir():
            if path.name in NOT_OURS or path.is_symlink():
                continue
            if path.is_dir():
                folders += [path] if path.name in HIDDEN or not path.name.startswith(".") else []
            elif path.suffix in TEXTS:
                found.append(path)
    return found


def test_nobody_is_told_to_install_a_stranger() -> None:
    """No hint, page, docstring, workflow or setting installs a package called ``reporter``."""
    found = texts()
    names = {path.relative_to(ROOT).as_posix() for path in found}
    assert {
        "README.md",
        "Makefile",
        ".github/workflows/test.yml",
        "reporter/cli/__init__.py",
    } <= names
    contents = {path: path.read_text(encoding="utf-8", errors="replace") for path in found}
    told = {path: INSTALLS.findall(text) for path, text in contents.items()}
    assert {path: lines for path, lines in told.items() if lines} == {}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("pip install reporter", True),
        ("pip install 'reporter[cluster]'", True),
        ('python -m pip install --upgrade "reporter==0.1.0"', True),
        ("pipx install reporter", True),
        ("uv tool install reporter", True),
        ("uv add jinja2 reporter", True),
        ("uvx reporter build", True),
        ("pip install reporter-briefings", False),
        ("pip install 'reporter-briefings[cluster]'", False),
        ("pip install '.[cluster]'", False),
        ("uvx --from reporter-briefings reporter build", True),  # write: uv tool install
        ("pip install ./reporter", False),
        ("make install && reporter build", False),
    ],
)
def test_such_a_line_would_be_seen(line: str, told: bool) -> None:  # noqa: FBT001 (a case)
    """Whichever tool installs, with a version or an extra; not our own name, and no folder."""
    assert bool(INSTALLS.search(line)) is told


def test_command_and_package_keep_their_name() -> None:
    """The distribution has a name of its own; what one types and imports is ``reporter``."""
    assert PROJECT["name"] != "reporter"
    assert PROJECT["scripts"] == {"reporter": "reporter.cli:main"}


def test_the_program_knows_its_own_name() -> None:
    """Version, digests and hints ask for the distribution that ``pyproject.toml`` names."""
    from reporter.outputs.digests import OURSELVES

    assert PROJECT["name"].replace("-", "_") == OURSELVES
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "reporter").rglob("*.py")]
    asked = {name for text in sources for name in re.findall(r"metadata\.version\((.*?)\)", text)}
    hinted = {name for text in sources for name in re.findall(r"pip install '?([\w-]+)", text)}
    assert (asked, hinted) == ({f"'{PROJECT['name']}'"}, {PROJECT["name"]})
