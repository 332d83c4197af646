"""Tests of dates: written forms, first and last days, order."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticCustomError

from reporter.dates import PATTERN, When

DAYS = st.dates()
POINTS = DAYS.flatmap(
    lambda day: st.sampled_from(
        [f"{day.year:04}", f"{day.year:04}-{day.month:02}", day.isoformat()]
    )
)
WRITTEN = POINTS | POINTS.map("../{}".format) | st.tuples(POINTS, POINTS).map("/".join)


def parsed(text: str) -> When | None:
    """Return the date, or None where it is refused."""
    try:
        return When.parse(text)
    except PydanticCustomError:
        return None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023-03-24", date(2023, 3, 24), date(2023, 3, 24)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-08-26/2024-08-27", date(2024, 8, 26), date(2024, 8, 27)),
        ("2023-12/2024", date(2023, 12, 1), date(2024, 12, 31)),
        ("../2024-12", date(2024, 12, 31), date(2024, 12, 31)),
        ("9999", date(9999, 1, 1), date.max),
    ],
)
def test_what_a_date_can_mean(text: str, first: date, last: date) -> None:
    """A month or a year goes from its first to its last day; an open start is known by its end."""
    when = When.parse(text)
    assert (when.first, when.last, str(when)) == (first, last, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2023-02-29", "'2023-02-29' is not a date: that month has 28 days"),
        ("1900-02-29", "'1900-02-29' is not a date: that month has 28 days"),
        ("2023-04-00", "'2023-04-00' is not a date: that month has 30 days"),
        ("2023-00", "'2023-00' is not a date: there is no month 00"),
        ("2023-13-01", "'2023-13-01' is not a date: there is no month 13"),
        ("0000-01-01", "'0000-01-01' is not a date: there is no year 0"),
        ("2023-1-1", "'2023-1-1' is not a date"),
        ("\uff12023", "'\uff12023' is not a date"),
        ("2023-03-24\n", "'2023-03-24\\n' is not a date"),
        ("2023-03-24T10:00", "'2023-03-24T10:00' is not a date"),
        ("2023/..", "'2023/..' is not a date"),
        ("../..", "'../..' is not a date"),
        ("/", "'/' is not a date"),
        ("", "'' is not a date"),
        ("2023/2022", "the range '2023/2022' ends before it begins"),
        ("2023-06-01/2023-05", "the range '2023-06-01/2023-05' ends before it begins"),
        (None, "nothing is not a date"),
        (2023, "this is not a date"),
        (["2023"], "this is not a date"),
    ],
)
def test_what_is_no_date(text: object, message: str) -> None:
    """Impossible days, other forms and ranges that end before they begin are refused, in words."""
    with pytest.raises(PydanticCustomError, match=f"^{re.escape(message)}$") as caught:
        When.parse(text)
    assert caught.value.context
    assert caught.value.context["hint"]


@pytest.mark.parametrize(
    ("text", "day", "known"),
    [
        ("2023-03", date(2023, 3, 30), False),
        ("2023-03", date(2023, 3, 31), True),
        ("2023", date(2023, 12, 30), False),
        ("2023", date(2023, 12, 31), True),
        ("2024-08-26/2024-08-27", date(2024, 8, 26), False),
        ("../2024-08-27", date(2024, 8, 26), False),
        ("../2024-08-27", date(2024, 8, 27), True),
    ],
)
def test_a_date_is_known_when_its_last_day_is_reached(
    text: str,
    day: date,
    known: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """Of what may lie after the day nothing counts."""
    assert When.parse(text).known_on(day) is known


@pytest.mark.parametrize(
    ("later", "earlier", "surely"),
    [
        ("2023-04-01", "2023-03", True),
        ("2023-03-31", "2023-03", False),
        ("2024", "2023", True),
        ("2023-06", "2023", False),
        ("../2024", "2022", False),
        ("2024", "../2022", True),
    ],
)
def test_surely_after(
    later: str,
    earlier: str,
    surely: bool,  # noqa: FBT001 (a column of the table)
) -> None:
    """A date is surely after another where no reading of both says otherwise."""
    assert When.parse(later).surely_after(When.parse(earlier)) is surely


@given(WRITTEN)
def test_a_date_is_written_as_it_is_read(text: str) -> None:
    """What is accepted fits the pattern, runs forward, and is written back unchanged.

    A range of one day is the exception.
    """
    when = parsed(text)
    if when is None:
        return
    assert re.fullmatch(PATTERN, text)
    assert when.first <= when.last
    assert str(when) == text or (not when.is_range and text == f"{when}/{when}")
    assert When.parse(str(when)) == when


@given(WRITTEN, WRITTEN)
def test_surely_after_agrees_with_order(one: str, other: str) -> None:
    """What is surely after another sorts after it, and never the other way round."""
    first, second = parsed(one), parsed(other)
    if first and second and first.surely_after(second):
        assert second < first
        assert not second.surely_after(first)


@given(WRITTEN, DAYS, st.integers(0, 400))
def test_what_is_known_stays_known(text: str, day: date, later: int) -> None:
    """A day does not forget what an earlier one knew."""
    when = parsed(text)
    if when and when.known_on(day) and day <= date.max - timedelta(later):
        assert when.known_on(day + timedelta(later))


@pytest.mark.full
@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    """There is no other error."""
    assert (parsed(text) is not None) <= bool(re.fullmatch(PATTERN, text))
