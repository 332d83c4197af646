"""Tests of keeping what was read, so that it need not be read again."""

from __future__ import annotations

import gc
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import BROKEN, VALID

from reporter.outputs.limits import collector_off
from reporter.problems import Problem, ReporterError
from reporter.records import cache, reader
from reporter.records import project as projects
from reporter.records.cache import MOST, read
from reporter.records.project import load
from reporter.records.relevance import sort_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from reporter.records.project import Contents
    from reporter.records.reader import Source

Parsed = list[str]


@pytest.fixture(autouse=True)
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is read in a folder of the test, and return it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "reporter"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Parsed:
    """Return a list to which the name of each file of records is added that is parsed."""
    found: Parsed = []
    plain = reader.parse

    def parse(path: Path, text: str) -> Source:
        found.append(path.name)
        return plain(path, text)

    monkeypatch.setattr(projects, "parse", parse)
    return found


def told(contents: Contents) -> tuple[Problem, ...]:
    """Return all problems of a project."""
    return sort_problems(contents, None)


def change(path: Path, old: str, new: str) -> None:
    """Replace a piece of a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_did_not_change_is_not_read_again(project: Path, parsed: Parsed) -> None:
    """The records are the same, each parsed once."""
    first = read(project)
    assert sorted(parsed) == sorted(
        path.name for path in (project / "data").rglob("*.yaml") if path.name != "project.yaml"
    )
    parsed.clear()
    second = read(project)
    assert told(second) == told(first) == ()
    records = [item.record for item in second.records]
    assert parsed == []
    assert records == [item.record for item in load(project).records]
    assert [item.facts for item in second.records] == [item.facts for item in load(project).records]


def test_what_changed_is_read(project: Path, parsed: Parsed) -> None:
    """A file is known by its content, whatever its time: also a new or a restored one."""
    read(project)
    path = project / "data" / "meetings" / "01.yaml"
    before, times = path.read_text(encoding="utf-8"), path.stat()
    change(path, "First City", "Third City")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    parsed.clear()
    (found,) = (item.record for item in read(project).records if item.facts.id == "meeting-01")
    assert "Third City" in repr(found)
    assert parsed == ["01.yaml"]
    path.write_text(before, encoding="utf-8")
    (found,) = (item.record for item in read(project).records if item.facts.id == "meeting-01")
    assert "Third City" not in repr(found)


def test_a_record_that_was_removed_is_gone(project: Path) -> None:
    """Nothing is kept of it, and what names it is told at its line."""
    read(project)
    (project / "data" / "programmes" / "lander.yaml").unlink()
    assert told(read(project)) == told(load(project)) != ()


def test_each_project_has_its_own(project: Path, tmp_path: Path, parsed: Parsed) -> None:
    """A copy elsewhere is read; what is kept of the first stays."""
    read(project)
    copy = shutil.copytree(project, tmp_path / "copy")
    parsed.clear()
    read(copy)
    assert parsed != []
    parsed.clear()
    read(project)
    assert parsed == []


@pytest.mark.parametrize("case", sorted(path.name for path in BROKEN.iterdir()))
def test_problems_are_the_same(case: str, broken: Callable[[str], Path], project: Path) -> None:
    """Problems keep their lines and columns, whether all, half or nothing was in the cache."""
    read(project)
    root = broken(case)
    try:
        expected = told(load(root))
    except ReporterError as error:
        expected = error.problems
    for _ in range(2):
        try:
            found = told(read(root))
        except ReporterError as error:
            found = error.problems
        assert found == expected


def test_a_reference_to_what_is_no_more(project: Path, parsed: Parsed) -> None:
    """The record that names it did not change, and the problem has its line all the same."""
    read(project)
    change(project / "data" / "subjects.yaml", "id: debris", "id: other")
    parsed.clear()
    found = told(read(project))
    assert found == told(load(project))
    assert all(problem.line > 1 for problem in found)
    assert "02.yaml" in parsed or "01.yaml" in parsed


def kept(own: Path) -> Path:
    """Return the one file of what is kept."""
    (path,) = own.iterdir()
    return path


def instead(make: Callable[[Path], None]) -> Callable[[Path], None]:
    """Return what puts something else in the place of a file."""

    def put(path: Path) -> None:
        path.unlink()
        make(path)

    return put


DAMAGES: dict[str, Callable[[Path], object]] = {
    "a byte": lambda path: path.write_bytes(
        path.read_bytes().replace(b"statement", b"Statement", 1)
    ),
    "cut": lambda path: path.write_bytes(path.read_bytes()[:900]),
    "empty": lambda path: path.write_bytes(b""),
    "no text": lambda path: path.write_bytes(b"\xff\x00\n" * 99),
    "other version": lambda path: path.write_bytes(b"x" + path.read_bytes()[1:]),
    "json": lambda path: path.write_text(json.dumps([{"a": 1}]), encoding="utf-8"),
    "gone": lambda path: path.unlink(),
    "a folder": instead(lambda path: path.mkdir()),
    "a pipe": instead(os.mkfifo),
    "a link": instead(lambda path: path.symlink_to("/dev/zero")),
    "of others": lambda path: path.parent.chmod(0o777),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_or_foreign_is_nothing(
    project: Path, own: Path, parsed: Parsed, damage: str
) -> None:
    """All is read anew, as if nothing had been kept."""
    records = [item.record for item in read(project).records]
    DAMAGES[damage](kept(own))
    parsed.clear()
    assert [item.record for item in read(project).records] == records
    assert len(parsed) >= 9, damage


def test_other_sources_read_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch, parsed: Parsed
) -> None:
    """What another version kept may follow other rules."""
    read(project)
    monkeypatch.setattr(cache, "PARSER", "another")
    parsed.clear()
    read(project)
    assert len(parsed) >= 9


def test_a_folder_that_cannot_be_written(project: Path, own: Path) -> None:
    """Then nothing is kept, and nothing is said."""
    own.parent.write_text("a file", encoding="utf-8")
    assert told(read(project)) == ()


@pytest.mark.parametrize("home", ["relative", "nowhere/at/all", ""])
def test_a_user_without_a_home(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: str
) -> None:
    """None is made for them, least of all in the folder in which they are."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path / home) if "/" in home else home)
    before = sorted(tmp_path.rglob("*"))
    assert told(read(project)) == ()
    assert sorted(tmp_path.rglob("*")) == before


def test_it_is_for_the_user_alone(project: Path, own: Path) -> None:
    """It holds what is internal: nobody else may look into it. The project stays as it was."""
    before = sorted(project.rglob("*"))
    read(project)
    assert own.stat().st_mode & 0o777 == 0o700
    assert kept(own).stat().st_mode & 0o777 == 0o600
    assert sorted(project.rglob("*")) == before


def test_it_does_not_grow_without_end(tmp_path: Path, own: Path) -> None:
    """Of the projects that were read long ago nothing is kept."""
    for number in range(MOST + 3):
        read(shutil.copytree(VALID, tmp_path / f"project-{number}"))
    assert len(list(own.iterdir())) == MOST


def test_nothing_that_runs_is_in_it(project: Path, own: Path) -> None:
    """It is JSON of plain values."""
    read(project)
    heads, _, data = kept(own).read_text(encoding="ascii").partition("\n\n")
    decoder, at = json.JSONDecoder(), 0
    rest = heads.partition("\n")[2]
    for _, length, *_ in json.loads(f"[{rest}]"):
        assert decoder.raw_decode(data, at)[1] == at + length
        at += length
    assert at == len(data)


def test_data_that_is_damaged_is_read_from_the_file(
    project: Path, own: Path, parsed: Parsed
) -> None:
    """What was kept of one record has another letter: that record is parsed, and no other."""
    records = [item.record for item in read(project).records]
    head, begin, data = kept(own).read_bytes().partition(b"\n\n")
    assert b"First City" in data
    kept(own).write_bytes(head + begin + data.replace(b"First City", b"Worst City", 1))
    parsed.clear()
    assert [item.record for item in read(project).records] == records
    assert parsed == ["01.yaml"]


def test_what_reading_leaves_does_not_pile_up(
    project: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build of a thousand new files took twice the memory, since nobody looked for garbage."""
    record = project / "data" / "meetings" / "02.yaml"
    text = record.read_text(encoding="utf-8").replace("number: 2", "number: {0}")
    for number in range(3, 23):
        found = text.replace("{0}", str(number)).replace("c2-", f"c{number}-")
        record.with_name(f"{number:02}.yaml").write_text(found, encoding="utf-8")
    left = {}
    for tidy in (2, cache.TIDY):  # which is more files than there are
        monkeypatch.setattr(cache, "TIDY", tidy)
        shutil.rmtree(own, ignore_errors=True)
        gc.collect()
        with collector_off():
            read(project)
            left[tidy] = gc.collect()
    assert left[2] < left[cache.TIDY] / 2, left
