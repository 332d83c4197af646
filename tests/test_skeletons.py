"""Tests of records as ``reporter new`` wrote them: nobody has said anything yet."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from conftest import problems_of

from reporter.desk.adding import new
from reporter.records.skeletons import UNCHANGED

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 3, 24)
KINDS = [("meeting", None), ("agreement", "data-sharing-2026"), ("programme", "small-lander")]


@pytest.mark.parametrize(("kind", "name"), KINDS)
def test_what_nobody_changed_is_an_error(project: Path, kind: str, name: str | None) -> None:
    """At the first field of its file; it is no meeting that was held."""
    path = new(project, kind, name, DAY)
    (problem,) = problems_of(project)
    assert (problem.path, problem.line, problem.message) == (path, 3, UNCHANGED)
    assert problem.hint


@pytest.mark.parametrize(
    ("kind", "name", "old", "said"),
    [
        ("meeting", None, "date: 2026 ", "date: 2026-03 "),
        ("meeting", None, "Meeting 3", "Third Meeting"),
        ("meeting", None, "evidence: partial", "document: news\nevidence: partial"),
        ("meeting", None, "place: not verified",
         "place: {city: Rome, host: state-a, source: news}"),
        ("agreement", "data-sharing-2026", "Not yet described.", "Shares data of satellites."),
        ("programme", "small-lander", "Small lander", "Small Lunar Lander"),
        ("programme", "small-lander", "tracks: []", "tracks: []\nabbreviation: SL"),
    ],
)  # fmt: skip
def test_what_somebody_said_counts(
    project: Path, kind: str, name: str | None, old: str, said: str
) -> None:
    """One field is enough: the rest may well be unknown."""
    path = new(project, kind, name, DAY)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, said, 1), encoding="utf-8")
    assert problems_of(project) == ()


def test_a_comment_says_nothing(project: Path) -> None:
    """What was only commented on, or set otherwise, is as it was written."""
    path = new(project, "meeting", None, DAY)
    lines = path.read_text(encoding="utf-8").splitlines()
    kept = [line.partition(" #")[0] for line in lines if not line.lstrip().startswith("#")]
    path.write_text("# looked at\n" + "\n".join(kept) + "\n", encoding="utf-8")
    assert [problem.message for problem in problems_of(project)] == [UNCHANGED]
