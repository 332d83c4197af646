"""Tests of the locks in ``.ci/``: they install for ever, whatever is released after them."""

from __future__ import annotations

import os
import re
import shlex
import sys
import tomllib
import venv
import zipfile
from importlib import metadata
from typing import TYPE_CHECKING

import children
import pytest
from conftest import ROOT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

if TYPE_CHECKING:
    from pathlib import Path

LOCKS = (ROOT / ".ci" / "requirements.txt", ROOT / ".ci" / "requirements-tests.txt")
LOCKED = re.compile(
    r"(?P<requirement>\S+==\S+(?: ; [^\\\n]+?)?)(?P<hashes>(?: \\\n"
    r"    --hash=sha256:[0-9a-f]{64})+)\n"
)

# The oldest pip that comes with each Python: with its first release, and with Debian 12 and 13.
OLDEST_PIPS = {
    11: ("22.3", "23.0.1"),
    12: ("23.2.1",),
    13: ("24.2", "25.1.1"),
    14: ("25.2",),
}[min(sys.version_info.minor, 14)]


def locked(path: Path) -> list[Requirement]:
    """Return what a lock holds."""
    text = path.read_text(encoding="utf-8")
    return [Requirement(found["requirement"]) for found in LOCKED.finditer(text)]


def held_here(path: Path) -> dict[str, Requirement]:
    """Return by name what a lock installs on this machine."""
    return {
        str(canonicalize_name(item.name)): item
        for item in locked(path)
        if item.marker is None or item.marker.evaluate()
    }


def wants(name: str, extras: set[str]) -> list[Requirement]:
    """Return what an installed package needs here."""
    needed = [Requirement(line) for line in metadata.requires(name) or ()]
    return [
        item
        for item in needed
        if item.marker is None
        or any(item.marker.evaluate({"extra": extra}) for extra in ("", *extras))
    ]


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_is_exact(path: Path) -> None:
    """Every line is a package in one version with its hashes: no address, no option, no file."""
    text = path.read_text(encoding="utf-8")
    assert LOCKED.sub("", text) == ""
    assert len(locked(path)) >= 30


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_is_complete(path: Path) -> None:
    """All that a locked package needs is locked, extras included, in a suitable version."""
    held = held_here(path)
    missing = [
        f"{name} needs {item}"
        for name, one in held.items()
        for item in wants(name, one.extras)
        if (other := held.get(canonicalize_name(item.name))) is None
        or not item.extras <= other.extras
        or not item.specifier.contains(str(other.specifier).removeprefix("=="), prereleases=True)
    ]
    assert missing == []


def test_a_lock_has_all_that_we_declare() -> None:
    """All dependencies in ``pyproject.toml`` are locked; those of users are in the short lock."""
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    project, groups = declared["project"], declared["dependency-groups"]
    users = {canonicalize_name(Requirement(line).name) for line in project["dependencies"]}
    more = [*project["optional-dependencies"].values(), *groups.values()]
    others = {canonicalize_name(Requirement(line).name) for lines in more for line in lines}
    short, long = (held_here(path) for path in LOCKS)
    assert users - short.keys() == set()
    assert (users | others) - long.keys() == set()
    assert {name: long[name].specifier for name in short} == {
        name: item.specifier for name, item in short.items()
    }


# Trying it


def from_makefile(variable: str) -> list[str]:
    """Return a command that the Makefile has in a variable."""
    say = f"say: ; @echo '$({variable})'"
    command = ["make", "--silent", "--no-print-directory", "--eval", say, "say"]
    done = children.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return shlex.split(done.stdout)


def release(folder: Path, name: str, version: str, *needs: str, extras: str = "") -> None:
    """Put a package into a folder that serves as an index.

    ``needs`` are those of its extra, if it has one.
    """
    stem = f"{name.replace('-', '_')}-{version}"
    condition = f"; extra == '{extras}'" if extras else ""
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {name}",
        f"Version: {version}",
        *([f"Provides-Extra: {extras}"] if extras else ()),
        *(f"Requires-Dist: {need}{condition}" for need in needs),
    ]
    described = "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    with zipfile.ZipFile(folder / f"{stem}-py3-none-any.whl", "w") as wheel:
        wheel.writestr(f"{stem}.dist-info/METADATA", "\n".join(lines) + "\n")
        wheel.writestr(f"{stem}.dist-info/WHEEL", described)
        wheel.writestr(f"{stem}.dist-info/RECORD", "")


def python_of(folder: Path) -> str:
    """Return the Python of a new and empty environment, with the pip that comes with this one."""
    venv.create(folder, with_pip=True, symlinks=True)
    return str(folder / "bin" / "python")


def installed(python: str) -> dict[str, str]:
    """Return what an environment holds."""
    command = [python, "-m", "pip", "list", "--format", "freeze"]
    done = children.run(command, capture_output=True, text=True, check=True)
    return dict(line.split("==") for line in done.stdout.splitlines())


def install(python: str, lock: Path, environment: dict[str, str]) -> None:
    """Install a lock as the Makefile does."""
    _, *how = from_makefile("INSTALL")
    for command in ([python, *how, "--requirement", str(lock)], [python, "-m", "pip", "check"]):
        done = children.run(
            command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.full
def test_a_new_lock_installs_after_newer_releases(tmp_path: Path) -> None:
    """What `make lock` locks, an extra included, is what `make install` installs.

    It does so offline, from an index in a folder.
    """
    index = tmp_path / "index"
    index.mkdir()
    release(index, "top", "1.0", "base[more]>=1")
    release(index, "base", "1.0", "added>=1", extras="more")
    release(index, "added", "1.0")
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nname = "x"\nversion = "1"\ndependencies = ["top"]\n', encoding="utf-8"
    )
    uv, *how = from_makefile("LOCK")
    offline = ["--no-config", "--no-index", "--find-links", str(index), "--output-file", "lock"]
    children.run([str(ROOT / uv), *how, *offline], cwd=tmp_path, check=True)
    for name in ("top", "base", "added"):
        release(index, name, "2.0")
    python = python_of(tmp_path / "environment")
    settings = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(index), "PIP_CONFIG_FILE": os.devnull}
    install(python, tmp_path / "lock", settings)
    expected = {"top": "1.0", "base": "1.0", "added": "1.0"}
    assert installed(python).items() >= expected.items()


@pytest.mark.index
@pytest.mark.timeout(1800)
@pytest.mark.parametrize(  # each of them: `make locks`
    "pip",
    [OLDEST_PIPS[0], *(pytest.param(pip, marks=pytest.mark.fuzz) for pip in OLDEST_PIPS[1:])],
)
def test_our_locks_install_after_newer_releases(pip: str, tmp_path: Path) -> None:
    """With the oldest pip there is, on a day on which each locked package has a newer release."""
    index = tmp_path / "index"
    index.mkdir()
    for path in LOCKS:
        for item in locked(path):
            release(index, canonicalize_name(item.name), "9999")
    python = python_of(tmp_path / "environment")
    old = [python, "-m", "pip", "install", "--quiet", "--force-reinstall", f"pip=={pip}"]
    children.run(old, check=True)
    found = " ".join([*os.environ.get("PIP_FIND_LINKS", "").split(), str(index)])
    for path in LOCKS:
        install(python, path, {"PIP_FIND_LINKS": found})
    there = {str(canonicalize_name(name)): version for name, version in installed(python).items()}
    assert there.pop("pip") == pip
    held = {
        name: str(item.specifier).removeprefix("==") for name, item in held_here(LOCKS[1]).items()
    }
    assert {name: there.get(name) for name in held} == held
