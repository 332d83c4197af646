"""A test that the wheel is complete: installed elsewhere, it builds a project by itself.

It starts and works without the checkout.
"""

from __future__ import annotations

import os
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import children
import pytest
from conftest import TESTS

pytestmark = pytest.mark.full
ROOT = TESTS.parent


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command outside the checkout and this environment; return its output."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTHON", "COVERAGE", "COV_"))
    }
    done = children.run(
        command, cwd=cwd, env=environment, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the wheel, built from the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        cwd=folder,
    )
    (found,) = folder.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the command, installed in an environment with our dependencies, not our checkout.

    No network is needed.
    """
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False, symlinks=True)
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        folder / "bin" / "python",
        "install",
        "--no-deps",
        "--no-index",
        wheel,
        cwd=folder,
    )
    (packages,) = folder.glob("lib/*/site-packages")
    (packages / "dependencies.pth").write_text(
        sysconfig.get_path("purelib") + "\n", encoding="utf-8"
    )
    return folder / "bin" / "reporter"


def test_the_wheel_holds_what_is_not_python(wheel: Path) -> None:
    """Templates, fonts, languages, starter, script, and the mark of types; no tests, no data."""
    names = zipfile.ZipFile(wheel).namelist()
    expected = [
        f"reporter/_templates/{path.relative_to(ROOT / 'templates')}"
        for path in (ROOT / "templates").rglob("*")
        if path.is_file()
    ]
    expected += [
        str(path.relative_to(ROOT))
        for path in (ROOT / "reporter" / "desk" / "starter").rglob("*")
        if path.is_file()
    ]
    expected += ["reporter/desk/serve/serve.js", "reporter/py.typed"]
    assert sorted(set(expected) - set(names)) == []
    assert [
        name for name in names if name.split("/")[0] != "reporter" and ".dist-info/" not in name
    ] == []
    assert len(expected) >= 20


def test_the_installed_wheel_starts_and_builds_a_project(installed: Path, tmp_path: Path) -> None:
    """``reporter init x && cd x && reporter build``, outside the checkout."""
    where = run(
        installed.with_name("python"),
        "-c",
        "import reporter; print(reporter.__file__)",
        cwd=tmp_path,
    )
    assert Path(where.strip()).is_relative_to(installed.parent.parent)
    run(installed, "init", "x", cwd=tmp_path)
    project = tmp_path / "x"
    assert "no problems" in run(installed, "check", cwd=project)
    run(installed, "build", cwd=project)
    names = {path.name for path in (project / "output").iterdir()}
    assert {
        "index.html",
        "meeting-01.html",
        "meeting-01.pdf",
        "agreement-water-arrangement-2024.pdf",
    } <= names
    assert (project / "output" / "meeting-01.pdf").read_bytes().startswith(b"%PDF-")
