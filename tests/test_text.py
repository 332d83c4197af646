"""Tests of reading a file as text."""

from __future__ import annotations

import os
import re
import stat
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.problems import Problem, ReporterError
from reporter.text import LARGEST_FILE, NOT_TEXT, read_text

if TYPE_CHECKING:
    from pathlib import Path


def problem_of(path: Path) -> Problem:
    """Return the one problem of a file that cannot be read."""
    with pytest.raises(ReporterError) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    return problem


def test_a_byte_order_mark_is_dropped(tmp_path: Path) -> None:
    """What some editors write before the text is no part of it."""
    (tmp_path / "x").write_bytes(b"\xef\xbb\xbfa: \xe6\x9c\x88\n")
    assert read_text(tmp_path / "x") == "a: 月\n"


@pytest.mark.parametrize(
    ("raw", "line", "column", "message"),
    [
        (b"a: b\nc: \xe6\x9c\x88\xff", 2, 5, "not UTF-8"),
        (b"\xef\xbb\xbfa\xff", 1, 2, "not UTF-8"),
        (b"a\r\nb\xc3", 2, 2, "not UTF-8"),
        (b"a: \xed\xa0\x80", 1, 4, "not UTF-8"),  # half of a surrogate pair
        (b"a: \x00", 1, 4, "the character U+0000 is not text"),
        (b"a: b\n\x7f", 2, 1, "the character U+007F is not text"),
        ("a: \x85".encode(), 1, 4, "the character U+0085 is not text"),
        ("a: b\u2028".encode(), 1, 5, "the character U+2028 is not text"),
        ("a: b\u2067".encode(), 1, 5, "the character U+2067 is not text"),
        ("a: b\ufeff".encode(), 1, 5, "the character U+FEFF is not text"),
    ],
)
def test_what_is_not_text_has_a_place(
    tmp_path: Path, raw: bytes, line: int, column: int, message: str
) -> None:
    """Line and column count characters, as an editor does."""
    (tmp_path / "x").write_bytes(raw)
    problem = problem_of(tmp_path / "x")
    assert (problem.line, problem.column, problem.message) == (line, column, message)


def test_a_large_file_is_not_read(tmp_path: Path) -> None:
    """A file of 100 MB is refused before it fills the memory."""
    with (tmp_path / "x").open("wb") as file:
        file.truncate(100_000_000)
    assert problem_of(tmp_path / "x").message == f"larger than {LARGEST_FILE // 1024**2} MiB"


@pytest.mark.parametrize(
    ("kind", "message"),
    [
        ("nothing", "there is no such file"),
        ("dangling", "there is no such file"),
        ("loop", "cannot be read: Too many levels of symbolic links"),
        ("folder", "a folder, not a file"),
        ("pipe", "not a file that can be read"),
        ("endless", "not a file that can be read"),
    ],
)
def test_what_is_no_file_is_a_problem(tmp_path: Path, kind: str, message: str) -> None:
    """Dead or circular links, folders, and endless pipes: nothing waits for any of them."""
    path = tmp_path / "x.yaml"
    match kind:
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "dangling" | "loop" | "endless":
            path.symlink_to({"dangling": "gone", "loop": "x.yaml", "endless": "/dev/zero"}[kind])
    problem = problem_of(path)
    assert (problem.message, "a link to nothing" in problem.hint) == (message, kind == "dangling")


def test_a_file_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Missing permissions are a problem of that file (simulated: tests may run as root)."""
    path = tmp_path / "x.yaml"
    path.write_text("a: b", encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)
    assert problem_of(path).message == "cannot be read: Permission denied"


@given(st.binary(max_size=60))
def test_any_bytes_are_text_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, raw: bytes
) -> None:
    """Whatever a file holds, there is no traceback, and what is returned is text."""
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(raw)
    text, lines = "", [1]
    try:
        text = read_text(path)
    except ReporterError as error:
        lines = [problem.line for problem in error.problems]
    assert (re.search(NOT_TEXT, text), min(lines) >= 1) == (None, True)


def test_what_is_checked_is_what_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A link that is put in the place of a folder while a file is opened is not followed."""
    home, secret = tmp_path / "home", tmp_path / "secret"
    for folder in (home / "inner", secret):
        folder.mkdir(parents=True)
        (folder / "x.yaml").write_text(folder.name, encoding="utf-8")
    plain = os.open
    swapped: list[Path] = []

    def swap(path: str, flags: int, **how: int) -> int:
        if path == "inner" and not swapped:
            swapped.append((home / "inner").rename(tmp_path / "away"))
            (home / "inner").symlink_to(secret)
        return plain(path, flags, **how)

    monkeypatch.setattr(os, "open", swap)
    with pytest.raises(ReporterError, match="leads out of the project"):
        read_text(home / "inner" / "x.yaml", within=home)
    assert swapped


def test_no_more_than_the_limit_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of a file that says nothing of its size, or grows while it is read."""
    path, asked = tmp_path / "x", []
    path.write_bytes(b"x" * 5000)
    plain = os.read

    def read(handle: int, most: int) -> bytes:
        asked.append(most)
        return plain(handle, min(most, 900))

    monkeypatch.setattr(os, "read", read)
    monkeypatch.setattr(os, "fstat", lambda _: os.stat_result((stat.S_IFREG, *[0] * 9)))
    with pytest.raises(ReporterError, match="larger than"):
        read_text(path, 4000)
    assert max(asked) <= 4001


@pytest.mark.parametrize(
    ("raw", "place", "message", "hint"),
    [
        (b"a: it\x92s", (1, 6), "not UTF-8", "in Windows-1252 the byte 0x92 is '\u2019'"),
        (b"\xff\xfea\x00", (1, 1), "not UTF-8", "it is UTF-16"),
        (b"a\x00b\x00", (1, 2), "the character U+0000 is not text", "is it UTF-16?"),
        ("a\ufeffb".encode(), (1, 2), "the character U+FEFF is not text",
         "a byte order mark inside"),
        (b"a: b\n<<<<<<< HEAD\nc\n=======\nd\n>>>>>>> x\n", (2, 1),
         "'<<<<<<<' is the mark of a merge", "git left"),
        (b"a: b\r\n<<<<<<<\r\n", (2, 1), "'<<<<<<<' is the mark of a merge", "git left"),
        (b"a: b\n>>>>>>> branch\n", (2, 1), "'>>>>>>>' is the mark of a merge", "git left"),
    ],
)  # fmt: skip
def test_it_is_told_by_its_name(
    tmp_path: Path, raw: bytes, place: tuple[int, int], message: str, hint: str
) -> None:
    """Text of another encoding, a mark inside the text, and what git leaves of a merge."""
    (tmp_path / "x").write_bytes(raw)
    problem = problem_of(tmp_path / "x")
    assert (problem.line, problem.column) == place
    assert (problem.message.startswith(message), problem.hint.startswith(hint)) == (True, True)


@pytest.mark.parametrize(
    "text", ["a: '<<<<<<< b'\n", "<<<<<<<< a\n", "/* ======= */\n", " >>>>>>> a\n"]
)
def test_what_is_no_mark_of_a_merge(tmp_path: Path, text: str) -> None:
    """Seven signs at the beginning of a line, and a blank or nothing after them."""
    (tmp_path / "x").write_text(text, encoding="utf-8")
    assert read_text(tmp_path / "x") == text


def test_what_prints_is_text() -> None:
    """Only a text in which something does not print is searched for what is none."""
    none = re.compile(NOT_TEXT)
    assert [
        char
        for char in map(chr, range(sys.maxunicode + 1))
        if char.isprintable() and none.match(char)
    ] == []
