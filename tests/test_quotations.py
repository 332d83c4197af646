"""A quotation in a quotation: its marks are single, and open and close where they should."""

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
BEFORE = 'a fair share "at sea"'
AFTER = 'a fair "lasting" share "at sea"'
PHRASE = "{phrase: use-of-space, words: WORDS, source: statement-01#1}"


def single(text: str) -> str:
    """Return a text with single quotation marks, as they are printed."""
    opened = text.replace("<", "\N{LEFT SINGLE QUOTATION MARK}")
    return opened.replace(">", "\N{RIGHT SINGLE QUOTATION MARK}")


@pytest.mark.parametrize(
    ("parts", "set_"),
    [
        (['a "b" c'], ["a <b> c"]),
        (["a ", '"b', '" c'], ["a ", "<b", "> c"]),
        (["a “b” c"], ["a <b> c"]),
        (["the others' b"], ["the others> b"]),
    ],
)
def test_in_parts(parts: list[str], set_: list[str]) -> None:
    """Where a mark opens is seen in the whole text, also where a part begins with it."""
    assert list(words("en").nested(parts)) == [single(text) for text in set_]


def test_within_marks() -> None:
    """Words that hold marks get others around them."""
    assert words("en").in_quotation('so "good"') == single("“so <good>”")


@pytest.mark.parametrize(
    "choice", [Choice("series"), Choice("comparison", (1, 2))], ids=["series", "comparison"]
)
def test_on_a_page(project: Path, choice: Choice) -> None:
    """Where the words are cut into those that stayed and those that came."""
    first, second = (project / "data" / "meetings" / f"0{number}.yaml" for number in (1, 2))
    there = first.read_text(encoding="utf-8")
    told = f"phrases:\n  - {PHRASE.replace('WORDS', repr(BEFORE))}\n"
    first.write_text(there + told, encoding="utf-8")
    there = second.read_text(encoding="utf-8")
    assert "safe and open" in there
    second.write_text(there.replace("safe and open", repr(AFTER)), encoding="utf-8")
    (task,) = plan(project, choice, DAY, asked=True).tasks(words("en"))
    page = render(Theme.of(project), task.template, task.report, "en")
    shown = page.replace("<ins>", "").replace("</ins>", "").replace("\N{NO-BREAK SPACE}", " ")
    assert single("“a fair <lasting> share <at sea>”") in shown
