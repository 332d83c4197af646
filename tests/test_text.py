"""Tests of reading a file as text."""

from __future__ import annotations

import os
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
    """Links to nothing or to themselves, folders, and pipes that would never end: none is waited for."""
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
    assert (NOT_TEXT.search(text), min(lines) >= 1) == (None, True)
