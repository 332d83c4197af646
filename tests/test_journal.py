"""Tests of several files that are written as one, whenever the process ends."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import children
import pytest
from conftest import ROOT

from reporter.outputs.files import write_all
from reporter.outputs.journal import NAME, finish
from reporter.problems import ReporterError
from reporter.records.project import load

OLD, NEW = (b"old 1", b"old 2", None), (b"new 1", b"new 2", b"new 3")
NAMES = ("a.yaml", "meetings/01.yaml", "people.yaml")
KILLED = """
import os, sys
from pathlib import Path
from reporter.outputs.files import write_all
folder, last = Path(sys.argv[1]), int(sys.argv[2])
count, move = 0, os.replace
def replace(one, other):
    global count
    if count == last:
        os.kill(os.getpid(), 9)
    count += 1
    move(one, other)
Path.replace = lambda path, other: replace(path, other)
names, old, new = ({names!r}, {old!r}, {new!r})
write_all({{folder / n: pair for n, pair in zip(names, zip(old, new))}}, folder)
"""


def there(folder: Path) -> list[bytes | None]:
    """Return what the files hold."""
    paths = [folder / name for name in NAMES]
    return [path.read_bytes() if path.exists() else None for path in paths]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the old files."""
    (tmp_path / "meetings").mkdir()
    for name, content in zip(NAMES, OLD, strict=True):
        if content is not None:
            (tmp_path / name).write_bytes(content)
    return tmp_path


def wanted(folder: Path) -> dict[Path, tuple[bytes | None, bytes]]:
    """Return what is to be written."""
    pairs = zip(OLD, NEW, strict=True)
    return {folder / name: pair for name, pair in zip(NAMES, pairs, strict=True)}


def kill_before(folder: Path, last: int) -> None:
    """Write all in a process that is killed before it moves one more file."""
    program = KILLED.format(names=NAMES, old=OLD, new=NEW)
    command = [sys.executable, "-c", program, str(folder), str(last)]
    done = children.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == -9


def hidden(folder: Path) -> list[str]:
    """Return what is left of the writing."""
    return [path.name for path in folder.rglob(".*")]


def test_all_are_written(folder: Path) -> None:
    """And nothing else is there."""
    write_all(wanted(folder), folder)
    assert there(folder) == [*NEW]
    assert hidden(folder) == []


@pytest.mark.parametrize("last", [0, 1, 2])
def test_what_was_begun_is_finished(folder: Path, last: int) -> None:
    """By whoever reads next, wherever it ended; and once only."""
    kill_before(folder, last)
    assert there(folder) == [*NEW[:last], *OLD[last:]]
    finish(folder)
    assert there(folder) == [*NEW]
    assert hidden(folder) == []
    finish(folder)
    assert there(folder) == [*NEW]


def test_a_journal_that_is_not_whole_counts_for_nothing(folder: Path) -> None:
    """It was written before the first file was moved."""
    kill_before(folder, 0)
    (folder / NAME).write_bytes((folder / NAME).read_bytes()[:-9])
    finish(folder)
    assert there(folder) == [*OLD]
    assert not (folder / NAME).exists()


def test_what_was_changed_meanwhile_is_nobody_elses(folder: Path) -> None:
    """It is told, and nothing is moved, until a person has looked at it."""
    kill_before(folder, 1)
    (folder / NAMES[1]).write_bytes(b"by hand")
    with pytest.raises(ReporterError, match="this one was changed since"):
        finish(folder)
    assert there(folder) == [NEW[0], b"by hand", None]
    (folder / NAME).unlink()
    finish(folder)


@pytest.mark.parametrize(
    "line",
    [
        ["../a.yaml", ".a.yaml.12345678.part", "", "x"],
        ["a.yaml", "../.a.yaml.12345678.part", "", "x"],
        ["a.yaml", "b.yaml", "", "x"],
        ["a.yaml"],
        {"a": 1},
        7,
    ],
)
def test_a_journal_of_another_house_moves_nothing(folder: Path, line: object) -> None:
    """Nor does it stop anybody."""
    (folder / NAME).write_text(json.dumps([line]), encoding="utf-8")
    finish(folder)
    assert there(folder) == [*OLD]


def test_one_that_is_stopped_by_hand_puts_all_back(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl-C between two files is no reason to leave half of them."""
    move = Path.replace
    moved: list[Path] = []

    def replace(path: Path, other: Path) -> Path:
        if len(moved) == 1:
            moved.append(other)
            raise KeyboardInterrupt
        moved.append(other)
        return move(path, other)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        write_all(wanted(folder), folder)
    assert there(folder) == [*OLD]
    assert hidden(folder) == []


def test_a_project_is_read_once_it_is_whole(project: Path) -> None:
    """What was begun before is finished first."""
    data = project / "data"
    people, meeting = data / "people.yaml", data / "meetings" / "01.yaml"
    files = {path: path.read_bytes() for path in (people, meeting)}
    program = KILLED.format(
        names=[str(path.relative_to(data)) for path in files],
        old=list(files.values()),
        new=[content + b"# new\n" for content in files.values()],
    )
    command = [sys.executable, "-c", program, str(data), "1"]
    children.run(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, check=False)
    assert not meeting.read_bytes().endswith(b"# new\n")
    load(project)
    assert all(path.read_bytes().endswith(b"# new\n") for path in files)
