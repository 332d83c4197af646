"""Where a meeting was: in a city of a side, online, or in the margins of something else."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from reading import words

from reporter.choice import Choice
from reporter.formats.html import render
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 6, 30)
HELD = "{city: First City, host: state-a, source: statement-01#1}"


@pytest.mark.parametrize("city", ["online", "New York, in the margins of a summit"])
def test_no_side_is_host(project: Path, city: str) -> None:
    """The meeting is read, and every page is made: none of them names a host of it."""
    path = project / "data" / "meetings" / "01.yaml"
    written = path.read_text(encoding="utf-8")
    assert HELD in written
    path.write_text(
        written.replace(HELD, f'{{city: "{city}", source: statement-01#1}}'), encoding="utf-8"
    )
    tasks = plan(project, Choice(), DAY, asked=True).tasks(words("en"))
    pages = {
        task.report.id: render(Theme.of(project), task.template, task.report, "en")
        for task in tasks
    }
    said = f"{city[0].upper()}{city[1:]}."
    assert said in pages["meeting-01"]
    assert "First City" not in pages["series"]
    assert f"{city}<" in pages["series"].replace("\N{NO-BREAK SPACE}", " ")
