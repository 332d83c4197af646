"""Tests of problems: how they print, sort and travel."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from reporter.problems import Problem, ReporterError, did_you_mean, quoted


@pytest.mark.parametrize(
    ("problem", "printed"),
    [
        (
            Problem(Path("a/data/x.yaml"), "wrong", "mend it", 6, 5),
            "data/x.yaml:6:5: error: wrong\n    mend it",
        ),
        (Problem(Path("a/data/x.yaml"), "wrong"), "data/x.yaml: error: wrong"),
        (Problem(Path("b/x.yaml"), "wrong", "", 1, 1, "warning"), "b/x.yaml:1:1: warning: wrong"),
        (Problem(Path("a"), "wrong"), "a: error: wrong"),
        (Problem(None, "wrong"), "error: wrong"),
        (Problem(Path("a/two\nlines\x1b"), "wrong"), "two\\nlines\\x1b: error: wrong"),
        (
            Problem(None, "wrong '\n::error::\x1b'", "not '\r\x1b'"),
            "error: wrong '\\n::error::\\x1b'\n    not '\\r\\x1b'",
        ),
    ],
)
def test_printing(problem: Problem, printed: str) -> None:
    """File inside the project, line and column where they are known, severity, message; the hint below. Nothing is printed raw."""
    assert problem.render(Path("a")) == printed


def test_sorted_from_top_to_bottom() -> None:
    """An error holds its problems by file, line and column."""
    first, second, third = (
        Problem(None, "c"),
        Problem(Path("a"), "b", line=2, column=9),
        Problem(Path("a"), "a", line=10, column=1),
    )
    assert ReporterError([third, second, first]).problems == (first, second, third)


def test_an_error_travels_from_a_worker() -> None:
    """Pickled and read again it holds the same problems, and says them."""
    error = ReporterError([Problem(Path("a"), "wrong", "mend it", 2, 3)])
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 (our own)
    assert (again.problems, str(again)) == (error.problems, "a:2:3: error: wrong\n    mend it")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "'plain'"),
        ("月面", "'月面'"),
        ("two\nlines", "'two\\nlines'"),
        ("\x1b[31m", "'\\x1b[31m'"),
        ("\ud800", "'\\ud800'"),
    ],
)
def test_a_value_cannot_break_a_message(text: str, shown: str) -> None:
    """Whatever does not print is escaped, so that a message stays one line and a file cannot speak to the terminal."""
    assert quoted(text) == shown


def test_a_long_value_is_cut() -> None:
    """A message repeats the beginning of a long text."""
    assert quoted("x" * 1_000_000) == f"'{'x' * 60}...'"


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("co-chairs", "did you mean 'cochairs'?"),
        ("patners", "did you mean 'partners'?"),
        ("Partners", "did you mean 'partners'?"),
        ("partnesr", "did you mean 'partners'?"),
        ("partiess", "did you mean 'parties'?"),
        ("zzz", ""),
        ("", ""),
        ("x" * 1_000_000, ""),
    ],
)
def test_did_you_mean(word: str, hint: str) -> None:
    """The known word of which it is a slip of typing is offered, and none where all are far."""
    assert did_you_mean(word, ["cochairs", "partners", "parties"]) == hint


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("inter-agency agreement", "treaty-level agreement"),
        ("implementing agreement", "implementing arrangement"),
        ("kept", "met"),
        ("unofficial", "official"),
        ("issued", "missed"),
        ("planned", "announced"),
        ("state-c", "state-a"),
        ("meeting-08", "meeting-09"),
        ("c8-01", "c8-02"),
        ("statement-2023", "statement-2024"),
        ("mot", "met"),
    ],
)
def test_another_meaning_is_not_offered(word: str, known: str) -> None:
    """Another word, number or letter is no slip: who follows the hint would say something else."""
    assert did_you_mean(word, [known]) == ""
