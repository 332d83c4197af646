"""Charts: shapes and labels as data, and how the templates print them."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from reporter.dates import When
from reporter.formats.charts import (
    AgreementBox,
    Chart,
    plans_chart,
    relations_chart,
    slip,
    timeline_chart,
)
from reporter.formats.charts.drawing import BROKEN, DOTTED, WIDTH, Text, lines_of, number, width_of
from reporter.language import Language
from reporter.reports.common.programmes import PlanRow, TrackRow
from reporter.reports.series.view import Signed, Sitting
from reporter.reports.views import Label, Line, Speaks, Who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reporter.records.reader import Plain

TEMPLATES = Path(__file__).parent.parent / "templates"
SAY: dict[str, Plain] = {
    "programmes": "Programmes",
    "host": "host {side}",
    "agreement": "Agreement",
    "none": "none",
    "open_plan": "open",
    "on_time": "on time",
    "done": "done",
    "failed": "failed",
    "stopped": "stopped",
    "slipped_by": {"one": "{n} month", "other": "{n} months"},
    "later_so_far": {"one": "{n} month so far", "other": "{n} months so far"},
    "postponed_on": "postponed {date}",
    "halt_reported": "reported halt {date}",
    "chart_as_of": "as of {date}",
    "chart_no_change": "no change since {date}",
    "chart_meeting": "meeting {number}",
    "chart_plans_note": "A box is a plan.",
    "chart_planned": "planned: {due} (stated {stated})",
    "chart_ended": "{result} {date}",
    "chart_track": "{name}: {facts}.",
    "chart_separator": "; ",
    "chart_timeline": "Time line",
    "chart_host_unknown": "no host on record",
    "chart_gap": {"one": "{n} month", "other": "{n} months"},
    "months": {"one": "{n} month", "other": "{n} months"},
    "months_between": "{least} to {most} months",
    "years": {"one": "{n} year", "other": "{n} years"},
    "years_between": "{least} to {most} years",
    "chart_longest_between": "Longest gap: {months}, from {first} to {second}.",
    "chart_host_mixed": "no side known as host",
    "as_announced": "{text}, as announced",
    "chart_before": "Before {year}: {names}.",
    "chart_undated": "Date not verified: {names}.",
    "chart_old": "{name} ({year})",
    "chart_dated": "{name}, {date}",
    "chart_sitting": "{meeting} on {date} ({host})",
    "chart_meetings": "Meetings: {list}.",
    "chart_longest": {
        "one": "Longest gap: {n} month, {first} to {second}.",
        "other": "Longest gap: {n} months, {first} to {second}.",
    },
    "chart_agreements": "Agreements: {list}.",
    "chart_rests": "What rests on what",
    "chart_rests_on": "Rests on",
    "chart_this": "This agreement",
    "chart_rest_on_it": "Rests on it",
    "chart_told_before": "{name} rests on: {list}.",
    "chart_told_after": "On it rest: {list}.",
}
DATES: dict[str, Plain] = {
    "day": "d MMM y",
    "month": "MMM y",
    "year": "y",
    "up_to": "by {date}",
    "range": "{first} to {last}",
}
WORDS = Language("en", {"say": SAY, "date": DATES, "numbers": []}, Locale("en", "GB"))
SIDES = ("Ruritania", "Syldavia", "Borduria", "Elbonia")
DAY = Speaks(day=date(2026, 11, 21), asked=True)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def name(text: str) -> Label:
    """Return a name in English."""
    return Label(language="en", text=text)


def track(
    *plans: tuple[str, str],
    outcome: str = "",
    result: str | None = None,
    months: int | None = None,
    postponed: str = "",
    weak: bool = False,
) -> TrackRow:
    """Return a track of a programme, with its plans as stated and due."""
    return TrackRow(
        programme=name("Rocket"),
        id="launch",
        heading="Rocket: launch",
        lead=Who(),
        plans=tuple(
            PlanRow(stated=When.parse(stated), due=When.parse(due), refs=())
            for stated, due in plans
        ),
        outcome=Line(text="It flew", date=When.parse(outcome)) if outcome else None,
        result=result,
        postponed=(Line(text="Not yet", date=When.parse(postponed), weak=weak),)
        if postponed
        else (),
        months=months,
        final=bool(outcome),
    )


def signed(name: Label, day: When | None) -> Signed:
    """Return an agreement of that day."""
    return Signed(name=name, date=day, report="agreement-1", refs=())


def series(*days: str) -> tuple[Sitting, ...]:
    """Return meetings on these days, each at another host."""
    return tuple(
        Sitting(number=index + 1, date=When.parse(day), side=index % 4)
        for index, day in enumerate(days)
    )


def texts(chart: Chart) -> list[str]:
    """Return what the labels say."""
    return [label.text for label in chart.labels]


def find(chart: Chart, text: str) -> Text:
    """Return the label that says ``text``."""
    return next(label for label in chart.labels if label.text == text)


def outside(chart: Chart) -> list[Text]:
    """Return the labels of which a part lies outside of the chart."""

    def ends(label: Text) -> tuple[float, float]:
        width = (
            label.room
            if label.wraps and label.room
            else width_of(label.text, label.size, strong=label.strong)
        )
        start = label.x - {"start": 0.0, "middle": 0.5, "end": 1.0}[label.anchor] * width
        return start, start + width

    return [
        label
        for label in chart.labels
        if ends(label)[0] < -1 or ends(label)[1] > WIDTH + 1 or not 0 <= label.y < chart.height
    ]


def html(chart: Chart) -> str:
    """Return a chart as the template prints it."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined
    )
    environment.globals["colour"] = dict.fromkeys(
        ("ink", "soft", "accent", "rule", "paper"), "#000000"
    ).__getitem__
    return environment.from_string(
        '{% from "charts.html" import chart with context %}{{ chart(value) }}'
    ).render(value=chart, code="en")


def test_a_number_has_two_decimals_and_no_negative_zero() -> None:
    """A length is printed in one way only, so that the same records give the same bytes."""
    assert [number(0.1 + 0.2), number(-0.001), number(7)] == ["0.30", "0.00", "7.00"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("short", 1),
        ("three more words", 2),
        ("Donaudampfschiff", 2),
        ("宇宙協力に関する", 2),
        ("", 1),
    ],
)
def test_lines_are_counted_as_they_break(text: str, lines: int) -> None:
    """A name breaks at spaces, full-width text anywhere, and a word that is too long inside."""
    assert lines_of(text, 10, 50) == lines


def test_plans_show_what_was_planned_and_when() -> None:
    """Each planned date stands once, below all the years in which it was so planned."""
    chart = plans_chart(
        [track(("2019-07", "2023"), ("2020-12", "2023"), ("2022", "2024-05-03"))], DAY, WORDS
    )
    assert {"2019, 2020", "2022"} <= set(texts(chart))


def test_plans_say_in_words_all_that_they_show() -> None:
    """The text alternative names plans, outcome and slip of each track."""
    chart = plans_chart(
        [track(("2019-07", "2023"), outcome="2025-02-02", result="done", months=13)], DAY, WORDS
    )
    assert (
        chart.description
        == "Rocket: launch: planned: 2023 (stated Jul 2019); done 2 Feb 2025; 13 months."
    )


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (track(("2020", "2023"), outcome="2023-05", result="done", months=0), ("on time", False)),
        (track(("2020", "2023"), outcome="2024-05", result="done", months=4), ("4 months", True)),
        (track(("2020", "2023"), ("2022", "2024"), months=12), ("12 months so far", True)),
        (track(("2020", "2023"), postponed="2022-03"), ("postponed Mar 2022", True)),
        (
            track(("2020", "2023"), postponed="2022-03", weak=True),
            ("reported halt Mar 2022", False),
        ),
        (
            track(("2020", "2023"), ("2022-05", "2024"), months=12, postponed="2022-03"),
            ("12 months so far", True),
        ),
        (track(("2020", "2028")), ("open", False)),
        (track(outcome="2025-12-22", result="failed"), ("failed", True)),
        (track(outcome="2025-12-22", result="done"), ("none", False)),
    ],
)
def test_a_slip_is_told_as_it_is(row: TrackRow, expected: tuple[str, bool]) -> None:
    """What is done in time, open, later, postponed or failed is called so.

    What went wrong is strong; what is only reported is not.
    """
    assert slip(row, WORDS) == expected


@pytest.mark.parametrize(
    ("dues", "first", "last"),
    [(("2026",), 2026, 2029), (("1990", "2080"), 2021, 2034), (("2024", "2030"), 2024, 2030)],
)
def test_plans_keep_to_a_legible_range_of_years(dues: Sequence[str], first: int, last: int) -> None:
    """The axis has four to fourteen years, and the day of the report is among them."""
    years = [
        int(text)
        for text in texts(plans_chart([track(*(("2020", due) for due in dues))], DAY, WORDS))
        if text.isdigit() and text != "2020"
    ]
    assert (min(years), max(years)) == (first, last)


def test_a_long_name_makes_its_row_taller() -> None:
    """A name breaks into lines, and the next row begins below them."""
    row = track(("2020", "2026")).model_copy(
        update={"heading": "A name of a programme with many a word in it " * 3}
    )
    chart = plans_chart([row, row], DAY, WORDS)
    first, second = (label for label in chart.labels if label.text == row.heading)
    assert first.wraps
    assert second.y - first.y >= 8.2 * lines_of(row.heading, 8.2, first.room or 0)


@pytest.mark.parametrize("due", ["1990", "2090"])
def test_what_lies_beyond_the_axis_is_pointed_at(due: str) -> None:
    """A plan outside of the years that are drawn is an arrow head at the end of the axis."""
    far, near = (
        plans_chart([track(("2020", due), ("2021", other))], DAY, WORDS)
        for other in ("2060", "2026")
    )
    assert [len(chart.told) for chart in (far, near)] == [1, 1]
    assert any(shape.d.count("L") == 2 and shape.d.endswith("Z") for shape in near.shapes)


@pytest.mark.parametrize(("result", "fill"), [("done", "ink"), ("failed", "none")])
def test_an_outcome_is_a_disc_or_a_cross(result: str, fill: str) -> None:
    """What is done is told from what failed by shape, not by colour."""
    chart = plans_chart([track(outcome="2025-12-22", result=result)], DAY, WORDS)
    assert chart.shapes[-1].fill == fill


@pytest.mark.parametrize(
    ("due", "outcome", "dotted"),
    [("2024", "", True), ("2028", "", False), ("2024", "2025-01-01", False)],
)
def test_a_plan_whose_date_has_passed_stays_open(due: str, outcome: str, *, dotted: bool) -> None:
    """A dotted line leads from a past planned date without an outcome to the report's day."""
    chart = plans_chart(
        [track(("2020", due), outcome=outcome, result="done" if outcome else None)], DAY, WORDS
    )
    assert any(shape.dash == DOTTED for shape in chart.shapes) == dotted


def test_the_days_are_named_apart() -> None:
    """The names of the day and of the meeting stand on the outer sides of their lines."""
    chart = plans_chart([track(("2020", "2026"))], DAY, WORDS, (8, When.parse("2026-11-20")))
    assert (find(chart, "as of 21 Nov 2026").anchor, find(chart, "meeting 8").anchor) == (
        "start",
        "end",
    )


@given(st.lists(st.tuples(DAYS, DAYS), max_size=6), DAYS, DAYS)
def test_plans_stay_inside(plans: list[tuple[date, date]], day: date, held: date) -> None:
    """Whatever the dates, no label leaves the chart."""
    row = track(
        *((str(stated), f"{min(stated, due)}/{due}") for stated, due in plans if stated <= due)
    )
    assert (
        outside(plans_chart([row], Speaks(day=day, asked=False), WORDS, (8, When.of(held)))) == []
    )


def test_a_time_line_numbers_its_meetings_and_names_the_longest_gap() -> None:
    """Each meeting has its number in its disc, and the longest gap its months."""
    chart = timeline_chart(
        series("2013-03-11", "2014-05-09", "2017-01-02"), (), DAY, WORDS, sides=SIDES
    )
    assert {"1", "2", "3", "32 months"} <= set(texts(chart))


def test_hosts_that_are_too_many_for_patterns_are_not_told_apart() -> None:
    """Two sides never share a pattern, and no name runs off the drawing."""
    meetings = series("2013", "2015", "2017", "2019", "2021", "2023")
    few, many = SIDES, ["Arland", "Borduria", "Cathay", "Dorne", "Erewhon", "Freedonia"]
    for sides, named in ((few, len(few)), (many, 0), ([f"{'Long ' * 9}{n}" for n in "ab"], 0)):
        held = [one.model_copy(update={"side": n % len(sides)}) for n, one in enumerate(meetings)]
        chart = timeline_chart(held, (), DAY, WORDS, sides=sides)
        assert len([text for text in texts(chart) if text.startswith("host ")]) == named
        assert not outside(chart)


def test_numbers_thin_out_where_there_is_no_room() -> None:
    """Of forty meetings the first and the last keep their numbers, and no two numbers touch."""
    chart = timeline_chart(
        series(*(f"{1985 + index}-0{1 + index % 9}" for index in range(40))),
        (),
        DAY,
        WORDS,
        sides=SIDES,
    )
    places = sorted(label.x for label in chart.labels if label.room == 13)
    assert {"1", "40"} <= set(texts(chart))
    assert len(places) < 40
    assert all(after - before >= 13 for before, after in pairwise(places))


def test_what_is_too_old_to_draw_is_told() -> None:
    """An agreement of 1960, or one without a date, is in a sentence above a chart from 2013 on."""
    agreements = [signed(name("Treaty"), When.parse("1960-01-19")), signed(name("Pact"), None)]
    chart = timeline_chart(series("2013-03-11", "2014"), agreements, DAY, WORDS, sides=SIDES)
    assert {"Before 2012: Treaty (1960).", "Date not verified: Pact."} <= set(texts(chart))


@pytest.mark.parametrize(
    ("day", "anchor"), [("2013-02", "start"), ("2020-03", "start"), ("2026-10", "end")]
)
def test_a_name_does_not_leave_the_chart(day: str, anchor: str) -> None:
    """The name of an agreement is right of its square, or left of it where there is no room."""
    chart = timeline_chart(
        series("2013", "2020-04-10"),
        [signed(name("Exchange of notes"), When.parse(day))],
        DAY,
        WORDS,
        sides=SIDES,
    )
    assert (
        next(label for label in chart.labels if label.text.startswith("Exchange")).anchor == anchor
    )


def test_a_long_name_takes_several_lines_beside_its_square() -> None:
    """The rows below it begin further down; nothing leaves the chart."""
    long = "Arrangement on the Mutual Provision of Data on Artificial Objects in Orbit " * 2
    names = ("Act", long, "Pact")
    agreements = [
        signed(name(text), When.parse(f"2016-0{month}")) for month, text in enumerate(names, 1)
    ]
    chart = timeline_chart(series("2013", "2020-04-10"), agreements, DAY, WORDS, sides=SIDES)
    act, whole, pact = (
        next(label for label in chart.labels if label.text.startswith(begin)) for begin in names
    )
    assert whole.room
    assert whole.wraps
    assert 0 <= whole.left < whole.left + whole.room <= chart.width
    assert act.room is None
    assert pact.y - whole.y > whole.y - act.y


def test_a_number_that_its_disc_cannot_hold_stands_above_a_dot() -> None:
    """White digits beside a dark disc cannot be read."""
    held = [
        Sitting(number=number, date=When.parse(day), side=0)
        for number, day in ((21, "2013"), (9999, "2020"))
    ]
    chart = timeline_chart(held, (), DAY, WORDS, sides=SIDES)
    (last,) = (label for label in chart.labels if label.text == "9999")
    assert last.colour == "ink"
    assert outside(chart) == []


def test_a_meeting_still_to_come_has_a_broken_outline() -> None:
    """Before a meeting its disc is on the line, but not filled."""
    chart = timeline_chart(series("2013", "2027-05"), (), DAY, WORDS, sides=SIDES)
    assert [shape.fill for shape in chart.shapes if shape.dash == BROKEN] == ["paper"]


def test_a_host_that_is_not_known_is_said_to_be_so() -> None:
    """A dotted disc has its own entry in the legend."""
    chart = timeline_chart(
        [Sitting(number=1, date=When.parse("2013"), side=None)], (), DAY, WORDS, sides=()
    )
    assert "no host on record" in texts(chart)


@given(st.lists(DAYS, min_size=1, max_size=40, unique=True), st.lists(DAYS, max_size=8), DAYS)
def test_a_time_line_stays_inside(days: list[date], dated: list[date], day: date) -> None:
    """Whatever the dates, no label leaves the chart."""
    agreements = [signed(name("Arrangement"), When.of(when)) for when in dated if when <= day]
    meetings = series(*(str(when) for when in sorted(days)))
    assert (
        outside(
            timeline_chart(meetings, agreements, Speaks(day=day, asked=True), WORDS, sides=SIDES)
        )
        == []
    )


def test_what_rests_on_what_is_told_too() -> None:
    """The text alternative names both sides, and none where there is none."""
    chart = relations_chart(
        AgreementBox(name=name("Pact")), [AgreementBox(name=name("Treaty"), note="1960")], [], WORDS
    )
    assert chart.description == "Pact rests on: Treaty (1960). On it rest: none."


@pytest.mark.parametrize("many", range(9))
def test_boxes_do_not_overlap(many: int) -> None:
    """Up to eight agreements stand on either side, long names and all, one below the other."""
    tied = [
        AgreementBox(
            name=name("Agreement on the peaceful use of outer space " * (1 + index % 3)),
            note="rests on, 2020",
        )
        for index in range(many)
    ]
    chart = relations_chart(AgreementBox(name=name("Pact")), tied, tied[:2], WORDS)
    left = [label for label in chart.labels if label.strong and label.wraps and label.x < 100]
    assert len(left) == many
    assert all(above.y + above.size < below.y for above, below in pairwise(left))
    assert outside(chart) == []


def test_a_chart_is_printed_without_markup_from_records() -> None:
    """A name with markup in it is printed as text, in the label and in the text alternative."""
    printed = html(relations_chart(AgreementBox(name=name('<b onclick="x">&')), [], [], WORDS))
    assert "<b" not in printed
    assert printed.count("&lt;b onclick=&#34;x&#34;&gt;&amp;") == 3


def test_a_chart_has_a_text_alternative() -> None:
    """The figure is one picture to a screen reader: its name is the title and all that it shows."""
    assert (
        'role="img" aria-label="What rests on what. Pact rests on: none. On it rest: none."'
        in html(relations_chart(AgreementBox(name=name("Pact")), [], [], WORDS))
    )


def test_the_same_view_gives_the_same_bytes() -> None:
    """A chart is a function of its view."""
    days = [str(date(2013, 1, 1) + timedelta(days=400 * index)) for index in range(9)]
    first, second = (
        html(timeline_chart(series(*days), (), DAY, WORDS, sides=SIDES)) for _ in range(2)
    )
    assert first == second
