"""Tests of what a build may do to existing files: whose they are, and which mode they have."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pytest
from click.testing import CliRunner, Result
from conftest import ROOT

from reporter.cli import main
from reporter.outputs import files
from reporter.outputs.scratch import Scratch
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.full

ONE = ("--meeting", "1", "--format", "html")
MINE = b"<!doctype html><title>Our own page</title>"


def build(project: Path, *options: str) -> Result:
    """Build the page on a meeting, or what the options say."""
    arguments = ["build", "--project", str(project), "--as-of", "2025-06-30", *(options or ONE)]
    done = CliRunner().invoke(main, arguments)
    assert not done.exception or isinstance(done.exception, SystemExit)
    return done


def outputs(project: Path) -> dict[str, bytes]:
    """Return all files of the output folder, hidden ones left out."""
    return {
        path.name: path.read_bytes()
        for path in (project / "output").iterdir()
        if not path.name.startswith(".")
    }


# Files that no build has written


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("meeting-01.html", ONE),
        ("index.html", ("--format", "html")),
        ("ledger.json", ("--ledger", "--format", "json")),
        ("ledger.csv", ("--format", "html", "--format", "csv")),
        ("series.ics", ("--series", "--format", "ics")),
        ("series.pdf", ("--series",)),
    ],
)
def test_a_file_of_somebody_else_is_not_overwritten(
    project: Path, name: str, options: tuple[str, ...]
) -> None:
    """It is named before anything is written; whoever means it says so."""
    (project / "output").mkdir()
    (project / "output" / name).write_bytes(MINE)
    done = build(project, *options)
    assert done.exit_code == 1
    assert f"output/{name}: error: this file is not one of reporter's" in done.stderr
    assert "--force" in done.stderr
    assert outputs(project) == {name: MINE}


def test_a_file_of_somebody_else_is_overwritten_where_that_is_asked_for(project: Path) -> None:
    """With --force, once; then it is ours."""
    (project / "output").mkdir()
    (project / "output" / "meeting-01.html").write_bytes(MINE)
    assert build(project, *ONE, "--force").exit_code == 0
    assert outputs(project)["meeting-01.html"] != MINE
    assert build(project).exit_code == 0


@pytest.mark.parametrize(
    "make",
    [lambda path: path.symlink_to("../mine.html"), os.mkfifo],
    ids=["link", "pipe"],
)
def test_what_is_no_file_is_somebody_elses(project: Path, make: Callable[[Path], None]) -> None:
    """A link is not followed, a pipe not waited for; both stay."""
    (project / "mine.html").write_bytes(MINE)
    (project / "output").mkdir()
    make(project / "output" / "meeting-01.html")
    before = (project / "output" / "meeting-01.html").lstat()
    done = build(project)
    assert (done.exit_code, "not one of reporter's" in done.stderr) == (1, True)
    assert (project / "output" / "meeting-01.html").lstat().st_ino == before.st_ino
    assert (project / "mine.html").read_bytes() == MINE


@pytest.mark.parametrize("options", [ONE, ("--ledger", "--format", "html", "--format", "csv")])
def test_our_own_files_are_known_without_a_manifest(
    project: Path, options: tuple[str, ...]
) -> None:
    """The manifest may be lost, or that of an earlier version: what we wrote is written again."""
    build(project, *options)
    before = outputs(project)
    (project / "output" / ".reporter.json").unlink()
    assert build(project, *options).exit_code == 0
    assert outputs(project) == before


def test_other_files_are_none_of_a_builds_business(project: Path) -> None:
    """What has another name stays as it is, and stops nothing."""
    (project / "output").mkdir()
    (project / "output" / "about.html").write_bytes(MINE)
    assert build(project).exit_code == 0
    assert outputs(project)["about.html"] == MINE


# Modes, and file systems that know none


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444, 0o666])
def test_the_mode_of_a_file_that_is_rewritten_stays(project: Path, mode: int) -> None:
    """Who has given it one has a reason."""
    build(project)
    page = project / "output" / "meeting-01.html"
    page.chmod(mode)
    build(project, *ONE, "--force")
    assert stat.S_IMODE(page.stat().st_mode) == mode


def test_nothing_is_done_to_a_file_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A link put in the place of a file while it is written cannot change another's mode."""
    key = tmp_path / "key"
    key.write_bytes(b"secret")
    key.chmod(0o600)
    plain = os.fsync

    def swap(handle: int) -> None:
        plain(handle)
        (unfinished,) = tmp_path.glob("*.part")
        unfinished.unlink()
        unfinished.symlink_to(key)

    monkeypatch.setattr(os, "fsync", swap)
    files.write(tmp_path / "page.html", b"new")
    assert (stat.S_IMODE(key.stat().st_mode), key.read_bytes()) == (0o600, b"secret")


@pytest.mark.parametrize("call", ["fsync", "fchmod"])
@pytest.mark.parametrize("code", [errno.EPERM, errno.EINVAL, errno.ENOTSUP, errno.ENOSYS])
def test_a_file_system_that_refuses(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: int
) -> None:
    """Windows' disks under WSL and some of a network know no modes, or cannot be told to save."""

    def refuse(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, call, refuse)
    files.write(tmp_path / "page.html", b"new")
    assert (tmp_path / "page.html").read_bytes() == b"new"


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    """It is not passed over: what was written is not there."""

    def fail(*_: object) -> None:
        raise OSError(code, os.strerror(code))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ReporterError):
        files.write(tmp_path / "page.html", b"new")
    assert list(tmp_path.iterdir()) == []


# Temporary files


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_temporary_files_of_a_build_that_was_ended(
    project: Path, tmp_path: Path, how: signal.Signals
) -> None:
    """It removes them itself, or the next build does."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "reporter", "build", "--project", str(project)]
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)}
    process = children.Child(
        command,
        env=settings,
        stderr=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    end = time.monotonic() + 120
    while not list(scratch.glob("*/*")):  # the renderer has put something there
        assert time.monotonic() < end
        time.sleep(0.01)
    process.send_signal(how)
    process.wait(120)
    children.run([*command, "--meeting", "1"], env=settings, capture_output=True, check=True)
    assert list(scratch.iterdir()) == []


def test_temporary_files_of_a_build_that_lives_stay(tmp_path: Path) -> None:
    """Another build beside it does not take them for left over."""
    one, other = Scratch(str(tmp_path)), Scratch(str(tmp_path))
    try:
        first, second = one.folder, other.folder
        assert first
        assert second
        assert (Path(first).is_dir(), Path(second).is_dir()) == (True, True)
    finally:
        one.remove()
        other.remove()
    assert list(tmp_path.iterdir()) == []
    shutil.rmtree(tmp_path)
