"""Tests of how a save is noticed: whatever an editor, a link or a change of folders does."""

from __future__ import annotations

import os
import shutil
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from watchfiles._rust_notify import RustNotify, WatchfilesRustInternalError

from reporter.desk.serve import watch as module
from reporter.desk.serve.watch import Watch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LIMIT = 30  # seconds; other tests run beside this one


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a folder with a file in a folder."""
    (tmp_path / "root" / "data" / "inner").mkdir(parents=True)
    (tmp_path / "root" / "data" / "inner" / "a.yaml").write_text("a", encoding="utf-8")
    return tmp_path / "root"


@contextmanager
def watching(*folders: Path) -> Iterator[Callable[[], set[str]]]:
    """Watch folders; yield what returns the names that were saved, and nothing if it takes long."""
    watch = Watch(folders)
    alarm = threading.Timer(LIMIT, watch.stop)
    alarm.start()
    try:
        yield lambda: {os.path.relpath(path, folders[0].parent) for path in watch.wait()}
    finally:
        alarm.cancel()


def save_in_place(path: Path) -> None:
    """Save as ``echo >`` does."""
    path.write_text("b", encoding="utf-8")


def save_by_rename(path: Path) -> None:
    """Save as most editors do: a new file takes the place of the old one."""
    new = path.with_name("new~")
    new.write_text("b", encoding="utf-8")
    new.replace(path)


def save_by_backup(path: Path) -> None:
    """Save as vim does: a trial, move the old file away, write a new one, remove the old one."""
    (path.parent / "4913").touch()
    (path.parent / "4913").unlink()
    backup = path.rename(path.with_name(f"{path.name}~"))
    path.write_text("b", encoding="utf-8")
    backup.unlink()


SAVES = [save_in_place, save_by_rename, save_by_backup, os.remove, os.utime]


@pytest.mark.parametrize("save", SAVES)
def test_a_save_is_noticed(save: Callable[[Path], None], root: Path) -> None:
    """By its name alone, again and again."""
    path = root / "data" / "inner" / "a.yaml"
    with watching(root / "data") as saved:
        for _ in range(3):
            path.write_text("a", encoding="utf-8")
            while saved() != {"data/inner/a.yaml"}:
                pass
            save(path)
            assert saved() == {"data/inner/a.yaml"}


def test_what_belongs_to_editors_is_none(root: Path) -> None:
    """Hidden files, backups, locks; the first that counts is noticed."""
    with watching(root / "data") as saved:
        for name in (".a.swp", ".#a", "a.yaml~", "#a.yaml#"):
            (root / "data" / name).touch()
        (root / "data" / ".git").mkdir()
        (root / "data" / ".git" / "x").touch()
        (root / "data" / "b").touch()
        assert saved() == {"data/b"}


def test_folders_come_and_go(root: Path) -> None:
    """Whatever is saved in one that is new, or that is back, is noticed."""
    inner = root / "data" / "inner"
    with watching(root / "data") as saved:
        for _ in range(3):
            shutil.rmtree(inner)
            while saved() and inner.exists():
                pass
            (inner / "deep").mkdir(parents=True)
            assert saved()
            (inner / "deep" / "b").touch()
            while not {"data/inner/deep/b", "data/inner/deep"} & saved():
                pass
            (inner / "a.yaml").touch()
            while "data/inner/a.yaml" not in saved():
                pass


@pytest.mark.full
@pytest.mark.parametrize("gone", ["root", "root/data"])
def test_a_folder_that_is_watched_comes_back(gone: str, root: Path) -> None:
    """Itself, and that in which it lies."""
    with watching(root / "data") as saved:
        for _ in range(2):
            shutil.rmtree(root.parent / gone)
            assert saved()
            (root / "data").mkdir(parents=True)
            assert saved()
            (root / "data" / "b").touch()
            assert saved() == {"data/b"}


def test_a_folder_may_come_to_be(tmp_path: Path) -> None:
    """That in which it lies, too; and it may be a file, and none any more."""
    root = tmp_path / "a" / "root"
    with watching(root) as saved:
        root.mkdir(parents=True)
        assert saved()
        (root / "b").touch()
        assert saved() == {"root/b"}
        shutil.rmtree(root)
        assert saved()
        root.touch()
        assert saved() == {"root"}
        root.unlink()
        assert saved() == {"root"}


def test_a_folder_may_be_moved(root: Path) -> None:
    """Another one in its place is watched then, and it no longer."""
    data = root / "data"
    with watching(data) as saved:
        data.rename(root / "old")
        assert "data" in saved()
        data.mkdir()
        assert saved() == {"data"}
        (root / "old" / "x").touch()
        (data / "b").touch()
        assert saved() == {"data/b"}


@pytest.mark.parametrize("linked", ["data", "data/inner", "data/inner/a.yaml"])
@pytest.mark.parametrize("save", SAVES[:3])
def test_what_is_behind_a_link_is_watched(
    linked: str, save: Callable[[Path], None], root: Path, tmp_path: Path
) -> None:
    """Where it is: a folder, the folder that is watched, and a file. It is called by its link."""
    there = tmp_path / "elsewhere"
    there.mkdir()
    (root / linked).rename(there / "x")
    (root / linked).symlink_to(there / "x")
    real = (root / "data" / "inner" / "a.yaml").resolve()
    with watching(root / "data") as saved:
        for _ in range(2):
            save(real)
            assert saved() == {"data/inner/a.yaml"}


def test_a_link_is_followed_where_it_leads_now(root: Path, tmp_path: Path) -> None:
    """To another folder, and to one that comes to be."""
    link = root / "data" / "link"
    with watching(root / "data") as saved:
        link.symlink_to(tmp_path / "one")
        assert saved() == {"data/link"}
        (tmp_path / "one").mkdir()
        assert saved() == {"data/link"}
        (tmp_path / "one" / "b").touch()
        assert saved() == {"data/link/b"}
        (tmp_path / "two").mkdir()
        link.unlink()
        link.symlink_to(tmp_path / "two")
        assert saved() == {"data/link"}
        (tmp_path / "one" / "b").unlink()
        (tmp_path / "two" / "c").touch()
        assert saved() == {"data/link/c"}


def test_links_do_not_lead_far_away(root: Path, tmp_path: Path) -> None:
    """Of a linked folder the files are watched and no folder in it, wherever it leads."""
    data = root / "data"
    for name, target in {"disk": "/", "around": str(data), "itself": "itself", "no": "n"}.items():
        (data / name).symlink_to(target)
    (tmp_path / "elsewhere" / "deeper").mkdir(parents=True)
    (data / "linked").symlink_to(tmp_path / "elsewhere")
    with watching(data) as saved:
        (tmp_path / "elsewhere" / "deeper" / "x").touch()
        (tmp_path / "elsewhere" / "b").touch()
        assert saved() == {"data/linked/b"}
        (data / "c").touch()
        assert saved() == {"data/c"}


def test_names_that_are_not_utf_8_hinder_nothing(root: Path) -> None:
    """A file or a folder of such a name may be there, or come and go."""
    data = root / "data"
    odd = os.fsdecode(b"\xff")
    (data / odd).mkdir()
    with watching(data) as saved:
        for _ in range(2):
            (data / f"{odd}.yaml").touch()
            assert saved()
            (data / "b").touch()
            while "data/b" not in saved():
                pass


def test_thousands_of_files_are_watched(root: Path) -> None:
    """And of thousands that are saved at once some are told, soon: the system may lose the others.

    Whoever is told looks at all files.
    """
    data = root / "data"
    for number in range(3000):
        (data / f"{number}.yaml").touch()
    with watching(data) as saved:
        (data / "2999.yaml").write_text("b", encoding="utf-8")
        assert saved() == {"data/2999.yaml"}
        for number in range(3000):
            (data / f"{number}.yaml").write_text("b", encoding="utf-8")
        assert saved()


@pytest.mark.parametrize("shared", [True, False])
def test_where_the_system_tells_nothing_one_looks(
    shared: bool,  # noqa: FBT001 (a parameter)
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """On the disk of another system; and where this one has no room for one more who listens."""
    asked: list[bool] = []

    def notify(
        folders: list[str],
        debug: bool,  # noqa: FBT001
        poll: bool,  # noqa: FBT001
        *more: Any,  # noqa: ANN401
    ) -> RustNotify:
        asked.append(poll)
        if not poll:
            raise WatchfilesRustInternalError
        return RustNotify(folders, debug, poll, *more)

    monkeypatch.setattr(module, "RustNotify", notify)
    monkeypatch.setattr(module, "_is_shared", lambda _: shared)
    with watching(root / "data") as saved:
        later = time.time() + 9  # what looks again and again sees whole seconds only
        os.utime(root / "data" / "inner" / "a.yaml", (later, later))
        assert saved() == {"data/inner/a.yaml"}
    assert asked[: 2 - shared] == ([True] if shared else [False, True])


def test_the_disk_is_asked_of_what_kind_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the nearest mount above the folder."""
    mounts = tmp_path / "mounts"
    lines = "/dev/sda / ext4 rw 0 0\nC: /mnt/c 9p rw 0 0\n/dev/sdb /mnt/c/linux ext4 rw 0 0\n"
    mounts.write_text(lines, encoding="utf-8")
    monkeypatch.setattr(module, "MOUNTS", mounts)
    assert module._is_shared(["/home/x", "/mnt/c/x"])
    assert not module._is_shared(["/home/x", "/mnt/c/linux/x", "/"])
    mounts.unlink()
    assert not module._is_shared(["/mnt/c/x"])


def test_it_ends(root: Path) -> None:
    """When it is told to, from anywhere."""
    watch = Watch([root / "data"])
    threading.Timer(0.1, watch.stop).start()
    assert watch.wait() == set()
