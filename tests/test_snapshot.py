"""Tests that records stay true: what was known on a day, and where each promise stood."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from reporter.dates import When, months_later
from reporter.library import Library
from reporter.library.snapshot import (
    UNFINISHED,
    Snapshot,
    Standing,
    months_between,
    nearest_months,
)
from reporter.records.agreement import Agreement
from reporter.records.register import Document, Project
from reporter.records.statements import Forecast, Statement

if TYPE_CHECKING:
    from collections.abc import Iterable

RESEARCHED = date(2025, 6, 30)
MADE = When.parse("2023-03-24")
NAMES = {"en": "X"}


def library_until(researched: date = RESEARCHED) -> Library:
    """Return a library with one good and one weak document."""
    part = {"id": "x", "name": NAMES}
    project = Project.model_validate(
        {
            "series": NAMES,
            "short": NAMES,
            "language": "en",
            "author": "x",
            "sides": [part],
            "areas": [part],
            "researched_until": str(researched),
        }
    )
    rest = {"title": "x", "publisher": "x", "date": "2023", "language": "en", "read": "full"}
    documents = [
        Document.model_validate({"id": name, "standing": name, **rest})
        for name in ("press", "weak")
    ]
    return Library(project, tuple(documents))


LIBRARY = library_until()


def statement(history: Iterable[dict[str, Any]] = (), **fields: object) -> Statement:
    """Return a statement; a promise unless told otherwise."""
    given = {
        "id": "c1",
        "by": "x",
        "verb": "v",
        "text": "t",
        "source": "press",
        "strength": "committed",
        "history": list(history),
    }
    return Statement.model_validate({**given, **fields})


def evidence(day: str, status: str | None = None, source: str = "press") -> dict[str, Any]:
    """Return an entry that says that something happened."""
    return {"date": day, "text": day, "status": status, "source": source}


def check(day: str, status: str | None = None) -> dict[str, Any]:
    """Return an entry that says that nothing was found."""
    return {"checked": day, "where": "there", "text": day, "status": status}


def on(day: str, item: Statement | Forecast, made: When | None = MADE) -> Standing:
    """Return where something stands on a day."""
    return Snapshot(LIBRARY, date.fromisoformat(day)).standing(item, made)


@pytest.mark.parametrize(
    ("when", "before", "on_the_day"),
    [
        ("2024-02-29", "2024-02-28", "2024-02-29"),
        ("2024-02", "2024-02-28", "2024-02-29"),
        ("2024", "2024-12-30", "2024-12-31"),
        ("2024-02-01/2024-02-03", "2024-02-02", "2024-02-03"),
        ("../2024-02-03", "2024-02-02", "2024-02-03"),
    ],
)
def test_a_fact_is_known_when_its_last_day_is_reached(
    when: str, before: str, on_the_day: str
) -> None:
    """A month or a year counts only when it is over; whatever was not known changes nothing."""
    early, late = (
        Snapshot(LIBRARY, date.fromisoformat(before)),
        Snapshot(LIBRARY, date.fromisoformat(on_the_day)),
    )
    assert (early.knows(When.parse(when)), early.changed) == (False, None)
    assert (late.knows(When.parse(when)), late.changed) == (True, date.fromisoformat(on_the_day))


def test_what_has_no_date_is_shown() -> None:
    """Nor does it change anything on a day."""
    snapshot = Snapshot(LIBRARY, date(2024, 1, 1))
    assert (snapshot.knows(None), snapshot.knows("not verified"), snapshot.changed) == (
        True,
        True,
        None,
    )


@pytest.mark.parametrize(
    ("strength", "status"),
    [
        ("committed", "open"),
        ("intends", "open"),
        ("planned", "open"),
        ("standing", "standing"),
        ("not verified", "not verified"),
    ],
)
def test_the_first_status(strength: str, status: str) -> None:
    """Before anything is known: open, or what the strength itself says."""
    assert on("2023-03-24", statement(strength=strength)).status == status


def test_a_status_holds_from_its_day_on() -> None:
    """The last status set by the day counts, and evidence without one changes none."""
    item = statement(
        [evidence("2023-05", "in progress"), evidence("2023-08-01"), evidence("2024-01-10", "met")]
    )
    found = {day: on(day, item) for day in ("2023-05-30", "2023-05-31", "2023-08-01", "2024-01-10")}
    assert [standing.status for standing in found.values()] == [
        "open",
        "in progress",
        "in progress",
        "met",
    ]
    assert [str(standing.latest and standing.latest.when) for standing in found.values()] == [
        "None",
        "2023-05",
        "2023-08-01",
        "2024-01-10",
    ]


def test_the_latest_evidence_is_shown() -> None:
    """Also where it came after the status was set, and where a check came after it."""
    item = statement(
        [
            evidence("2023-05-01", "in progress"),
            evidence("2023-08-01"),
            check("2023-09-01", "not verified"),
        ]
    )
    standing = on("2023-09-01", item)
    assert (standing.status, standing.latest and standing.latest.text) == (
        "not verified",
        "2023-08-01",
    )


def test_a_check_stands_where_there_is_no_evidence() -> None:
    """A promise with only a check on record shows the check, and stays as open as it was."""
    standing = on("2023-09-01", statement([check("2023-08-01")]))
    assert (standing.status, standing.latest and standing.latest.checked) == (
        "open",
        When.parse("2023-08-01"),
    )
    assert (
        on("2023-09-01", statement([check("2023-08-01", "not verified")])).status == "not verified"
    )


def test_weak_evidence_sets_no_status() -> None:
    """It is reported, not confirmed: even if somebody gave it a status."""
    standing = on(
        "2024-01-01",
        statement(
            [evidence("2023-06-01", "in progress"), evidence("2023-12-01", "met", source="weak")]
        ),
    )
    assert (standing.status, standing.latest and standing.latest.text) == (
        "in progress",
        "2023-06-01",
    )
    assert [entry.text for entry in standing.reported] == ["2023-12-01"]
    both = {**evidence("2023-12-01", "met"), "source": ["weak", "press"]}
    assert on("2024-01-01", statement([both])).status == "met"


@pytest.mark.parametrize(
    ("due", "met", "status"),
    [
        ("2024-01-01", "2024-01-01", "met"),
        ("2024-01-01", "2024-01-02", "met late"),
        ("2024", "2024-12-31", "met"),
        ("2024", "2025-01", "met late"),
        ("2024-06", "2024", "met"),  # at some time in the year: perhaps in time
        ("2024-06", "../2024-12", "met"),  # the same
        (None, "2030", "met"),
    ],
)
def test_met_late(due: str | None, met: str, status: str) -> None:
    """Late is what was surely met after the last due day; it is not if it may have been in time."""
    assert on("2031-01-01", statement([evidence(met, "met")], due=due)).status == status


@pytest.mark.parametrize(
    ("history", "status", "fulfilled"),
    [
        (
            [("2018-05-01", "met"), ("2021-03-01", "met")],
            "met",
            "2018-05-01",
        ),  # said again later: done when it was done
        ([("2020-05-01", "met"), ("2021-03-01", "met")], "met late", "2020-05-01"),
        (
            [("2018-05-01", "met"), ("2019-06-01", "in progress"), ("2021-03-01", "met")],
            "met late",
            "2021-03-01",
        ),  # undone meanwhile
        ([("2018-05-01", "met"), ("2020-01-01", None), ("2021-03-01", "met")], "met", "2018-05-01"),
        ([("2018-05-01", "met"), ("2021-03-01", "standing")], "standing", None),
    ],
)
def test_what_is_met_was_met_when_it_first_was(
    history: list[tuple[str, str | None]], status: str, fulfilled: str | None
) -> None:
    """The day of fulfilment is that of the first of the last entries that say so.

    Later confirmation does not move it.
    """
    standing = on("2022-01-01", statement([evidence(*entry) for entry in history], due="2019"))
    assert (standing.status, standing.fulfilled and str(standing.fulfilled.when)) == (
        status,
        fulfilled,
    )


def test_met_late_has_the_day_of_fulfilment() -> None:
    """When it was met can be said, whatever came afterwards."""
    standing = on(
        "2025-12-31", statement([evidence("2024-03-01", "met"), evidence("2025-01-01")], due="2023")
    )
    assert (standing.status, standing.fulfilled and str(standing.fulfilled.when)) == (
        "met late",
        "2024-03-01",
    )
    assert (standing.overdue_since, standing.not_checked_since) == (None, None)


def test_a_promise_is_overdue_the_day_after() -> None:
    """Not on its due day."""
    item = statement(due="2023-09", strength="committed")
    assert on("2023-09-30", item).overdue_since is None
    snapshot = Snapshot(LIBRARY, date(2023, 10, 5))
    assert snapshot.standing(item, MADE).overdue_since == date(2023, 9, 30)
    assert snapshot.changed == date(2023, 10, 1)


@pytest.mark.parametrize(
    "strength",
    [
        *("intends", "shared view", "looks forward", "interest", "planned", "standing"),
        *("not verified", None),
    ],
)
def test_an_expectation_is_never_overdue(strength: str | None) -> None:
    """Only what was promised can be."""
    standing = on("2026-01-01", statement(due="2023-09", strength=strength))
    assert (standing.overdue_since, standing.not_checked_after) == (None, None)


@pytest.mark.parametrize("status", ["met", "missed", "overtaken", "standing"])
def test_what_is_finished_is_neither_overdue_nor_stale(status: str) -> None:
    """Nobody waits for it."""
    standing = on("2026-01-01", statement([evidence("2023-06-01", status)], due="2023-09"))
    assert (standing.overdue_since, standing.not_checked_after, standing.not_checked_since) == (
        None,
        None,
        None,
    )


def test_what_was_not_researched_is_not_overdue() -> None:
    """A due date after the last researched day says 'not checked after', whatever the day."""
    item = statement(due="2025-07-01")
    assert (on("2025-07-01", item).not_checked_after, on("2025-07-01", item).overdue_since) == (
        None,
        None,
    )
    assert (on("2025-07-02", item).not_checked_after, on("2025-07-02", item).overdue_since) == (
        RESEARCHED,
        None,
    )
    assert (on("2029-01-01", item).not_checked_after, on("2029-01-01", item).overdue_since) == (
        RESEARCHED,
        None,
    )
    assert on("2025-07-02", statement(due="2025-06-30")).overdue_since == RESEARCHED


@pytest.mark.parametrize(
    ("history", "since"),
    [
        ([], "2023-03-24"),
        ([evidence("2023-06-30", "in progress")], "2023-06-30"),
        ([check("2023-06")], "2023-06-30"),
        ([evidence("2023-06-30", source="weak")], "2023-06-30"),
        (
            [evidence("2023-05-31"), check("2023-06-30"), evidence("2031-01-01", "met")],
            "2023-06-30",
        ),
    ],
)
def test_stale_after_nine_months(history: list[dict[str, Any]], since: str) -> None:
    """After nine months without evidence or check it reads 'not checked since', from that day."""
    last = date.fromisoformat(since)
    over = months_later(last, 9)
    assert on((over - timedelta(1)).isoformat(), statement(history)).not_checked_since is None
    assert on(over.isoformat(), statement(history)).not_checked_since == last


def test_what_nobody_dated_is_not_stale() -> None:
    """Where it is not known when it was said and nothing came since, no months can be counted."""
    assert on("2030-01-01", statement(), None).not_checked_since is None


def test_a_meeting_ahead_makes_nothing_stale() -> None:
    """What will be said in the last year that a date can have is no error."""
    assert on("2026-01-01", statement(), When.parse("9999")).not_checked_since is None


def test_a_forecast_is_nobodys_debt() -> None:
    """It has no status, and is never overdue."""
    item = {
        "id": "f1",
        "text": "t",
        "date": "2022",
        "due": "2023-05",
        "source": "weak",
        "history": [{**evidence("2023-06-01", None), "turned_out": "confirmed"}],
    }
    forecast = Forecast.model_validate(item)
    assert on("2023-06-02", forecast).overdue_since is None
    with pytest.raises(ValidationError, match="a forecast cannot be 'met': it binds nobody"):
        Forecast.model_validate({**item, "history": [evidence("2023-06-01", "met")]})


def test_a_meeting_is_over_on_its_last_day(library: Library) -> None:
    """A meeting of two days is upcoming on its first."""
    held = [
        Snapshot(library, date(2025, 4, day)).was_held(library.meetings[2]) for day in (1, 2, 3)
    ]
    assert held == [False, False, True]


def agreement(**fields: object) -> Agreement:
    """Return an agreement."""
    given: dict[str, object] = {
        "id": "a",
        "short": NAMES,
        "title": NAMES,
        "type": "negotiation",
        "parties": "x",
        "summary": {"text": "t", "source": "press"},
        "signing": "not verified",
        "in_force": "not verified",
    }
    return Agreement.model_validate({**given, **fields})


@pytest.mark.parametrize(
    ("fields", "day", "made"),
    [
        ({"signing": {"date": "2023-01", "source": "press"}}, "2023-01-30", False),
        ({"signing": {"date": "2023-01", "source": "press"}}, "2023-01-31", True),
        ({}, "1900-01-01", True),
        ({"events": [{"text": "t", "date": "2023-01-02", "source": "press"}]}, "2023-01-01", False),
        ({"events": [{"text": "t", "date": "2023-01-02", "source": "press"}]}, "2023-01-02", True),
        ({"events": [{"text": "t", "source": "press"}]}, "2023-01-01", True),
        ({"signing": {"date": "not verified", "source": "press"}}, "2023-01-01", True),
    ],
)
def test_an_agreement_exists_from_its_signing_on(
    fields: dict[str, object],
    day: str,
    made: bool,  # noqa: FBT001
) -> None:
    """Where its date is not verified, from the first dated event on; without any, always."""
    assert Snapshot(LIBRARY, date.fromisoformat(day)).is_made(agreement(**fields)) is made


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        ("2023-05-31", 9, "2024-02-29"),
        ("2022-05-31", 9, "2023-02-28"),
        ("2023-01-15", 12, "2024-01-15"),
        ("2023-03-31", 1, "2023-04-30"),
        ("9999-06-01", 9, "9999-12-31"),
    ],
)
def test_months_later(day: str, months: int, later: str) -> None:
    """The same day of a later month, or its last; never beyond the calendar."""
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(later)


@pytest.mark.parametrize(
    ("first", "second", "months"),
    [
        ("2023-03-24", "2024-08-26", 17),
        ("2023-03-24", "2023-04-23", 0),
        ("2023-03-24", "2023-04-24", 1),
        ("2024-08-26", "2023-03-24", -17),
        ("2023-01-31", "2023-02-28", 1),
    ],
)
def test_months_between(first: str, second: str, months: int) -> None:
    """Whole months; negative where the second lies before the first."""
    assert months_between(date.fromisoformat(first), date.fromisoformat(second)) == months


@pytest.mark.parametrize(
    ("second", "months"),
    [("2023-04-23", 1), ("2023-04-07", 0), ("2025-10-24", 31), ("2022-03-24", 12)],
)
def test_nearest_months(second: str, months: int) -> None:
    """Months of mean length, to the nearest, in either direction."""
    assert nearest_months(date(2023, 3, 24), date.fromisoformat(second)) == months


# Properties, over histories of a few years.

DAYS = st.dates(date(2022, 1, 1), date(2027, 12, 31))
WRITTEN = DAYS.flatmap(
    lambda day: st.sampled_from(
        [f"{day.year}", f"{day.year}-{day.month:02}", day.isoformat(), f"../{day.isoformat()}"]
    )
)
STATUSES = st.sampled_from(
    [
        "met",
        "partly met",
        "in progress",
        "open",
        "slipped",
        "missed",
        "overtaken",
        "standing",
        "not verified",
        None,
    ]
)
ENTRIES = st.builds(evidence, WRITTEN, STATUSES, st.sampled_from(["press", "weak"])) | st.builds(
    check, WRITTEN, st.sampled_from(["not verified", None])
)
STATEMENTS = st.builds(
    statement,
    st.lists(ENTRIES, max_size=4).map(
        lambda found: sorted(
            found, key=lambda entry: When.parse(entry.get("date", entry.get("checked")))
        )
    ),
    due=WRITTEN | st.none(),
    strength=st.sampled_from(["committed", "intends", "planned", "standing", "not verified", None]),
)
MADES = WRITTEN.map(When.parse) | st.none()


def seen(item: Statement, made: When | None, day: date) -> tuple[Standing, date | None]:
    """Return where something stands on a day, and since when."""
    snapshot = Snapshot(LIBRARY, day)
    if made:
        snapshot.note(made)
    return snapshot.standing(item, made), snapshot.changed


@given(STATEMENTS, MADES, DAYS)
def test_nothing_of_a_later_day_is_shown(item: Statement, made: When | None, day: date) -> None:
    """No evidence, no check, no due day, no change that lies after the day."""
    standing, changed = seen(item, made, day)
    entries = [*standing.reported, *filter(None, [standing.latest, standing.fulfilled])]
    days = [entry.when.last for entry in entries] + [
        standing.overdue_since,
        standing.not_checked_since,
        changed,
    ]
    assert [found for found in days if found and found > day] == []


@given(STATEMENTS, MADES, DAYS)
def test_later_records_do_not_change_what_was_true(
    item: Statement, made: When | None, day: date
) -> None:
    """A history that ends on the day gives the same as one that goes on after it."""
    known = item.model_copy(
        update={"history": tuple(entry for entry in item.history if entry.when.known_on(day))}
    )
    assert seen(known, made, day) == seen(item, made, day)


@given(STATEMENTS, MADES, DAYS)
def test_nothing_has_changed_since_it_last_changed(
    item: Statement, made: When | None, day: date
) -> None:
    """'No change since DAY' is true: on that day and each day since, all was as it is now."""
    now = seen(item, made, day)
    if now[1] is not None:
        between = [
            now[1] + timedelta(step)
            for step in (0, 1, (day - now[1]).days // 2)
            if now[1] + timedelta(step) <= day
        ]
        assert all(seen(item, made, earlier) == now for earlier in between)


@given(STATEMENTS, MADES, DAYS)
def test_nothing_changes_on_a_day_without_a_date(
    item: Statement, made: When | None, day: date
) -> None:
    """The next day gives the same, unless something falls on it.

    That is a date, the day after a due date, or the end of nine months.
    """
    following = day + timedelta(1)
    dates = [entry.when.last for entry in item.history] + ([made.last] if made else [])
    marks = {
        *dates,
        *(months_later(last, 9) for last in dates),
        *([item.due.last + timedelta(1)] if item.due else []),
    }
    if following not in marks:
        assert seen(item, made, following) == seen(item, made, day)


@given(STATEMENTS, MADES, DAYS)
def test_only_open_promises_are_overdue(item: Statement, made: When | None, day: date) -> None:
    """Overdue is an unfinished promise whose due day has passed, and was researched."""
    standing, _ = seen(item, made, day)
    if standing.overdue_since:
        assert item.is_promise
        assert standing.status in UNFINISHED
        assert standing.overdue_since <= RESEARCHED
        assert standing.overdue_since < day
    assert not (standing.overdue_since and standing.not_checked_after)


@given(STATEMENTS, MADES, DAYS)
def test_only_solid_evidence_sets_a_status(item: Statement, made: When | None, day: date) -> None:
    """Without the weak entries the status is the same."""
    solid = item.model_copy(
        update={
            "history": tuple(
                e for e in item.history if not (e.source and LIBRARY.is_weak(e.source))
            )
        }
    )
    assert seen(solid, made, day)[0].status == seen(item, made, day)[0].status
