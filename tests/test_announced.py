"""Tests of meetings that are only announced: to come until their day is over, then not known held."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from told import told

if TYPE_CHECKING:
    from pathlib import Path

THIRD = """
number: 3
date: 2026-05-04/2026-05-05
place: {city: Third City, host: state-a, source: news}
evidence: announced
announced: {text: The third meeting will be held in Third City on 4 and 5 May., date: 2026-03-01, source: news}
cochairs:
  - {side: state-a, organisation: a-ministry, source: news}
statements: {complete: false}
"""
LAST_DAY, AFTER = date(2026, 5, 5), date(2026, 5, 6)


@pytest.fixture
def announced(project: Path) -> Path:
    """Return the small project with a third meeting of which there is only an announcement."""
    path = project / "data" / "meetings" / "03.yaml"
    path.write_text(THIRD.lstrip(), encoding="utf-8")
    return project


@pytest.mark.parametrize(("day", "is_to_come"), [(LAST_DAY, True), (AFTER, False)])
def test_an_announced_meeting_is_to_come_until_its_day_is_over(
    announced: Path,
    day: date,
    is_to_come: bool,  # noqa: FBT001 (as parametrized)
) -> None:
    """On its last day there is still the package for it."""
    assert ("upcoming" in told(announced, day, "meeting", 3)) == is_to_come
