"""Tests of a series in which one side meets alone, beside one of two sides."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import several
from told import told

if TYPE_CHECKING:
    from pathlib import Path

MINUTES = """
number: 1
date: 2022-10-20
place: {city: First City, host: state-a, source: news}
evidence: full
defaults: {by: state-a, side: state-a, source: news}
cochairs: [{organisation: a-ministry}]
statements:
  complete: true
  items:
    - {id: l1-01, subjects: lander, verb: undertook, text: to paint the lander, \
strength: committed, due: 2027}
next: not verified
"""
SECOND = """
number: 2
date: 2026-05-01
place: {city: First City, source: news}
evidence: announced
announced: {text: The Council meets on 1 May., date: 2026-01-10, source: news}
statements: {complete: false}
"""


@pytest.fixture
def council(project: Path) -> Path:
    """Return the small project with a council of State A alone beside the series of both."""
    several.move(project, ["space"])
    folder = project / "data" / "series" / "council"
    (folder / "meetings").mkdir(parents=True)
    settings = several.SETTINGS.format(name="council")
    (folder / "series.yaml").write_text(f"{settings}sides: [state-a]\n", encoding="utf-8")
    for name, text in (("01", MINUTES), ("02", SECOND)):
        (folder / "meetings" / f"{name}.yaml").write_text(text.lstrip(), encoding="utf-8")
    return project


def test_a_council_of_one_side_tells_of_its_own_matters(council: Path) -> None:
    """The agreement of both sides is none of its own, nor what became of the other's programme."""
    series = told(council, date(2026, 1, 15), "series", series="council")
    assert "Lander Agreement" not in series
    assert "Promises made there or in agreements: one is open." in series
    package = told(council, date(2026, 1, 15), "meeting", 2, series="council")
    assert "One promise is not done" in package
    assert "Lander Agreement" not in package
