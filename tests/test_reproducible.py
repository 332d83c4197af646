"""The same records give the same bytes: anyone's, anywhere, in any language of the machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import children
import pytest
from conftest import ROOT

pytestmark = pytest.mark.full
EPOCH = "1795219200"  # 21 November 2026
ONE = {
    "PYTHONHASHSEED": "1",
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "C",
    "LANG": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
}
OTHER = {
    "PYTHONHASHSEED": "2",
    "TZ": "Pacific/Pago_Pago",
    "LC_ALL": "C.UTF-8",
    "LANG": "ja_JP.UTF-8",
    "LANGUAGE": "ja",
}


def start(project: Path, output: Path, environment: dict[str, str]) -> children.Child[str]:
    """Start a build of meeting 8 in a process of its own."""
    settings = {**os.environ, **environment, "SOURCE_DATE_EPOCH": EPOCH, "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "reporter",
        "build",
        "--meeting",
        "8",
        "--project",
        str(project),
        "--output",
        str(output),
    ]
    return children.Child(
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )


def finished(process: children.Child[str]) -> tuple[int, str, list[str]]:
    """Wait for a build; return how it ended, what problems it told, and the names of its files."""
    printed, told = process.communicate(timeout=300)
    problems = re.findall(r".*(?:error|warning): .*", told)
    return process.returncode, "".join(problems), [Path(line).name for line in printed.splitlines()]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return the folders of two builds: of this project, and of a copy elsewhere.

    Each has another hash seed, time zone and locale.
    """
    folder = tmp_path_factory.mktemp("built")
    copy = folder / "a copy, elsewhere"
    shutil.copytree(ROOT / "data", copy / "data")
    shutil.copytree(ROOT / "templates", copy / "templates")
    processes = [start(ROOT, folder / "one", ONE), start(copy, folder / "the other", OTHER)]
    assert [finished(process) for process in processes] == [
        (0, "", ["meeting-08.html", "meeting-08.pdf"])
    ] * 2
    return folder / "one", folder / "the other"


@pytest.mark.parametrize("name", ["meeting-08.html", "meeting-08.pdf"])
def test_the_same_bytes(built: tuple[Path, Path], name: str) -> None:
    """Hash seed, time zone, locale and folder leave no trace in a file."""
    one, other = ((folder / name).read_bytes() for folder in built)
    assert len(one) > 50_000
    differing = next(
        (place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]),
        None,
    )
    assert (len(one), differing) == (len(other), None)


@pytest.mark.parametrize("name", ["meeting-08.html", "meeting-08.pdf"])
def test_no_trace_of_the_machine(built: tuple[Path, Path], name: str) -> None:
    """No path of the machine that built it is in a file."""
    for folder in built:
        found = (folder / name).read_bytes()
        assert [place for place in (ROOT, folder, sys.prefix) if str(place).encode() in found] == []
