"""Tests of problems: how they print, sort and travel."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from reporter.problems import (
    MOST_OF_ALL,
    MOST_OF_FILE,
    Problem,
    ReporterError,
    Severity,
    capped,
    did_you_mean,
    quoted,
)


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
    """A problem prints as file, line and column if known, severity, message; the hint below.

    The path is relative to the project, and nothing is printed raw.
    """
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
    """Whatever is not printable is escaped: a message stays one line.

    So a file cannot speak to the terminal.
    """
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


def many(name: str, count: int, severity: Severity = "error") -> list[Problem]:
    """Return problems of one file, a line for each."""
    return [Problem(Path(name), "wrong", "mend it", n, 1, severity) for n in range(1, count + 1)]


def test_few_problems_are_all_shown() -> None:
    """In the order in which they come."""
    found = [*many("a", MOST_OF_FILE), *many("b", 3), Problem(None, "wrong")]
    assert list(capped(found)) == found


@pytest.mark.full
def test_of_many_problems_of_a_file_it_is_said_how_many_there_are() -> None:
    """The first ones stand there, the others are a number."""
    shown = list(capped([*many("a", 80_000), *many("b", 2)]))
    assert shown[:MOST_OF_FILE] == many("a", MOST_OF_FILE)
    assert shown[MOST_OF_FILE] == Problem(
        Path("a"), "79,950 more problems in this file", "mend those above first, and run it again"
    )
    assert shown[MOST_OF_FILE + 1 :] == many("b", 2)


def test_an_error_is_not_hidden_by_warnings() -> None:
    """Where there is no room for all, warnings are left out first: of a file, and of a run."""
    found = [*many("a", 90, "warning"), *many("a", 1), *many("b", 1)]
    shown = list(capped(found))
    assert [problem for problem in shown if problem.severity == "error"] == [
        *many("a", 1),
        *many("b", 1),
    ]
    assert [(item.message, item.severity) for item in shown if "more" in item.message] == [
        ("41 more problems in this file", "warning")
    ]


def test_of_many_files_it_is_said_how_many_there_are() -> None:
    """A run that found thousands of problems is read by nobody."""
    found = [
        problem for n in range(5000) for problem in many(f"{n:04}", 1, "error" if n else "warning")
    ]
    shown = list(capped(found))
    assert len(shown) == MOST_OF_ALL + 1
    assert shown[0].path == Path("0001")
    assert shown[-1].message == "4,500 more problems in 4,500 other files"
    assert shown[-1].severity == "error"
