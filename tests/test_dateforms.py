"""Tests of what is said of dates as people write them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.dates import When
from reporter.problems import ReporterError
from reporter.records.dateforms import IN_GENERAL, way_out
from reporter.records.project import load

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "the words '{}' go into 'due_words'"


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2023-3-4", "write 2023-03-04"),
        ("2023.03.24", "write 2023-03-24"),
        ("2023/03/24", "write 2023-03-24"),
        ("20230324", "write 2023-03-24"),
        ("2023\u5e743\u670824\u65e5", "write 2023-03-24"),
        ("24 March 2023", "write 2023-03-24"),
        ("24th of March 2023", "write 2023-03-24"),
        ("March 24, 2023", "write 2023-03-24"),
        ("Sept. 2023", "write 2023-09"),
        ("2023/03", "write 2023-03"),
        ("12 mars 2024", "write 2024-03-12"),
        ("lundi 1er mars 2024", "write 2024-03-01"),
        ("M\u00e4rz 2024", "write 2024-03"),
        ("12.\u201314. M\u00e4rz 2024", "write 2024-03-12/2024-03-14"),
        ("5 de maio de 2024", "write 2024-05-05"),
        ("12 pa\u017adziernika 2024 r.", "write 2024-10-12"),
        ("12 \u043c\u0430\u0440\u0442\u0430 2024 \u0433.", "write 2024-03-12"),
        ("\u015eubat 2024", "write 2024-02"),
        ("listopad 2024", "write a range of months"),
        ("26 August - 3 September 2024", "write 2024-08-26/2024-09-03"),
        ("March 30 to April 2, 2024", "write 2024-03-30/2024-04-02"),
        ("July/August 2024", "write 2024-07/2024-08"),
        ("12-Mar-24", "write 2024-03-12"),
        ("by 12 March 2024", "write ../2024-03-12: at some time up to then"),
        ("mid-March 2024", "write 2024-03, or the days in it that it can mean"),
        ("3/2023", "write 2023-03"),
        ("12/03/2024", "the year comes first: write 2024-12-03 or 2024-03-12"),
        ("25.3.24", "the year comes first: write 2024-03-25"),
        ("2023-03-24T10:00", "write 2023-03-24, without the time of day"),
        ("2024-01/..", "a range has an end: write the last day"),
        ("2024/", "a range has an end: write the last day"),
        ("since 2024", "a range has an end: write the last day"),
        ("by 2024-12", "write ../2024-12: at some time up to then"),
        ("2024-Q1", "a quarter is a range: write 2024-01/2024-03; " + WORDS.format("2024-Q1")),
        ("Q4 2024", "a quarter is a range: write 2024-10/2024-12; " + WORDS.format("Q4 2024")),
        ("2024-W12", "a week is a range of days: write 2024-03-18/2024-03-24"),
        ("2020s", "write the range 2020/2029"),
        ("2024-2025", "write 2024/2025"),
        ("2024-08-26 - 2024-08-27", "write 2024-08-26/2024-08-27"),
        ("2024-08-26/27", "write 2024-08-26/2024-08-27"),
        ("2023?", "write 2023, or the range that it can mean"),
        ("44 BC", "years go from 0001 to 9999"),
        ("-0044-03-15", "years go from 0001 to 9999"),
        ("10000-01-01", "years go from 0001 to 9999"),
        ("TBD", "where no date is known leave the field out"),
        ("ongoing", "where no date is known leave the field out"),
        ("x" * 10_000, "where no date is known leave the field out"),
        ("\u4ee4\u548c5\u5e743\u670824\u65e5", "count the years as the Gregorian calendar does"),
        ("1445 AH", "count the years as the Gregorian calendar does"),
        ("-44", "years go from 0001 to 9999"),
        ("3Q2024", "a quarter is a range: write 2024-07/2024-09; " + WORDS.format("3Q2024")),
        ("last quarter of 2024", "a quarter is a range: write 2024-10/2024-12; "),
        ("1-3 May 2024", "write 2024-05-01/2024-05-03"),
        ("May 1 to 3, 2024", "write 2024-05-01/2024-05-03"),
        ("2024-05-01/05-03", "write 2024-05-01/2024-05-03"),
        ("may-2024", "write 2024-05"),
        ("2024 Sept", "write 2024-09"),
        ("2024-May-01", "write 2024-05-01"),
        ("Tue, 12 March 2024", "write 2024-03-12"),
        ("30 Feb 2024", "there is no such day"),
        ("24-03-12", "the year comes first: write 2024-03-12 or 2012-03-24"),
        ("before 2024", "write ../2023-12-31: at some time up to then"),
        ("before 2024-03", "write ../2024-02-29: at some time up to then"),
        ("the 2020s", "write the range 2020/2029"),
        ("[2024-03]", "write 2024-03"),
        ("within 90 days", "count from the day of the document"),
        ("3", IN_GENERAL),
    ],
)  # fmt: skip
def test_each_form_has_its_own_way_out(written: str, hint: str) -> None:
    """The hint shows what to write, where that can be known."""
    assert way_out(written).startswith(hint)


@pytest.mark.parametrize(
    "written", ["Spring 2024", "FY2024", "fiscal 2024", "early 2024", "mid-2024", "H1 2024",
                "2024-H1", "second half of 2024", "FY24", "Easter 2024", "end of 2024"]
)  # fmt: skip
def test_words_are_a_range_and_due_words(written: str) -> None:
    """What needs knowledge of the document to become days is a range with the words beside it."""
    hint = way_out(written)
    assert hint.startswith("write a range of months, such as 2024-")
    assert hint.endswith(WORDS.format(written))


@pytest.mark.parametrize(
    ("written", "span"),
    [
        ("FY2024", "2024-04/2025-03"),
        ("winter 2024", "2024-12/2025-02"),
        ("spring 2024", "2024-03/2024-05"),
        ("2H 2024", "2024-07/2024-12"),
    ],
)
def test_the_range_shown_is_one_that_the_words_may_mean(written: str, span: str) -> None:
    """Whoever follows it word by word writes no other half of the year."""
    assert f"such as {span}, or" in way_out(written)


def test_words_have_no_field_beside_every_date(project: Path) -> None:
    """Only a promise and a plan have one: elsewhere no hint names it."""
    path = project / "data" / "project.yaml"
    text = re.sub("researched_until: .*", "researched_until: end of 2025", path.read_text("utf-8"))
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ReporterError, match="2025-10/2025-12, or whichever it means") as raised:
        load(project)
    assert "due_words" not in str(raised.value)


def test_the_general_hint_names_ranges_and_words() -> None:
    """Who writes a date in a way that nobody foresaw is told of both."""
    assert "a range as 2024-08-26/2024-08-27" in IN_GENERAL
    assert "'due_words'" in IN_GENERAL


@given(st.text(alphabet="0123456789-/. QWFYTmarchsping?~", max_size=24))
def test_what_is_to_be_written_is_a_date(text: str) -> None:
    """Whatever was written, a hint that shows but a date shows one that is read."""
    if found := re.fullmatch(r"write (\d[^ ]*)", way_out(text)):
        assert str(When.parse(found[1])) == found[1]
