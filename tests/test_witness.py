"""Tests of those who were present: they signed nothing, and are still told of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from told import told

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)


@pytest.fixture
def seen(project: Path) -> Path:
    """Return the small project; a body of no side saw the agreement and the second meeting."""
    data = project / "data"
    for name, old, new in (
        (
            "organisations.yaml",
            "- {id: b-office",
            "- {id: union, name: {en: Union}}\n- {id: b-office",
        ),
        (
            "agreements/lander-agreement.yaml",
            "place: Second City, source",
            (
                "place: Second City, witnesses: [{organisation: union, source: agreement-text}],"
                " present: [{organisation: a-ministry, source: agreement-text}], source"
            ),
        ),
        (
            "meetings/02.yaml",
            "statements:",
            (
                "also_present:\n  - {organisation: union, post: {en: Observer}, source: news}\n"
                "statements:"
            ),
        ),
    ):
        path = data / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return project


@pytest.mark.parametrize(("body", "role"), [("union", "witness"), ("a-ministry", "present")])
def test_who_was_only_present_signed_nothing(seen: Path, body: str, role: str) -> None:
    """The page on a body names its role, and says that it saw the agreement signed."""
    page = told(seen, DAY, "body", body)
    assert "signed for it" not in page
    assert (
        "It was there, as a witness or a guest, when one agreement was signed or adopted." in page
    )
    assert f"Lander Agreement {role}" in page


def test_an_observer_of_no_side_is_told_of_on_its_own_page(seen: Path) -> None:
    """It was at the second meeting, outside the lists."""
    page = told(seen, DAY, "body", "union")
    assert "It took part in one meeting, on 2–3 April 2025." in page  # noqa: RUF001
    assert "present, not in the list" in page
