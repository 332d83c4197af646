"""Tests of what changed from one meeting to another.

What is said of bodies, subjects, promises and words, and what is not.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reading import context, dialogue

from reporter.formats.html import render
from reporter.library import Library
from reporter.library.edition import library_of
from reporter.records.meeting import Meeting
from reporter.records.register import Document, Organisation, Project, Subject
from reporter.reports.common.bodies_between import room_for
from reporter.reports.common.changes import changes
from reporter.reports.common.phrases import compare
from reporter.reports.comparison.view import comparison_report
from reporter.reports.meeting.view import meeting_report
from reporter.theme import Theme

if TYPE_CHECKING:
    from reporter.reports.common.bodies_between import BodiesMoved, Group
    from reporter.reports.common.changes import Changes

ROOT = Path(__file__).parent.parent
DAY = date(2025, 1, 1)
PROJECT: dict[str, Any] = {
    "series": {"en": "Talks"},
    "short": {"en": "Talks"},
    "language": "en",
    "author": "Context",
    "sides": [
        {"id": "a", "name": {"en": "State A"}, "abbreviation": "A"},
        {"id": "b", "name": {"en": "State B"}, "abbreviation": "B"},
    ],
    "areas": [{"id": "policy", "name": {"en": "Policy"}}],
    "phrases": [{"id": "use", "name": {"en": "Use of the river"}}],
    "researched_until": "2024-12-31",
}
ORGANISATIONS: list[dict[str, Any]] = [
    {"id": "ministry", "side": "a", "name": {"en": "Ministry"}},
    {"id": "office", "side": "a", "name": {"en": "Office"}},
    {
        "id": "agency",
        "side": "a",
        "name": {"en": "Agency"},
        "predecessor": "office",
        "since": "2021-04",
        "source": "paper",
    },
    {
        "id": "authority",
        "side": "a",
        "name": {"en": "Authority"},
        "predecessor": ["ministry", "agency"],
        "since": "2022-04",
        "source": "notice",
    },
    {
        "id": "bureau",
        "side": "a",
        "name": {"en": "Bureau"},
        "predecessor": "authority",
        "since": "2023-04",
        "source": "notice",
    },
    {
        "id": "board",
        "side": "a",
        "name": {"en": "Board"},
        "predecessor": "authority",
        "since": "2023-04",
        "source": "notice",
    },
    {"id": "whole", "side": "b", "name": {"en": "Whole Office"}},
    {"id": "part", "side": "b", "name": {"en": "Part of it"}, "parent": "whole"},
    {"id": "guest", "side": "b", "name": {"en": "Guest"}},
    {"id": "host", "side": "b", "name": {"en": "Host"}},
]


def listed(side: str, *bodies: str | dict[str, Any], complete: bool = True) -> dict[str, Any]:
    """Return the list of participants of a side."""
    return {"side": side, "complete": complete, "bodies": list(bodies), "source": "paper"}


def said(*subjects: str, verb: str = "discussed", **more: object) -> dict[str, Any]:
    """Return a statement of both sides."""
    return {
        "subjects": list(subjects),
        "by": ["a", "b"],
        "verb": verb,
        "text": "it",
        "source": "paper",
        **more,
    }


def promised(name: str, *subjects: str, **more: object) -> dict[str, Any]:
    """Return a promise of both sides."""
    return said(
        *subjects, verb="committed", id=name, strength="committed", short=f"Do {name}", **more
    )


def meeting(
    number: int, *items: dict[str, Any], complete: bool = True, **more: object
) -> dict[str, Any]:
    """Return a meeting, held in March of a year of its own."""
    return {
        "number": number,
        "title": {"en": f"Meeting {number}"},
        "date": f"{2019 + number}-03-01",
        "place": "not verified",
        "evidence": "full",
        "statements": {"complete": complete, "items": list(items)},
        **more,
    }


def document(name: str) -> Document:
    """Return an official document."""
    said = {"publisher": "P", "date": "2020", "language": "en", "standing": "official"}
    return Document.model_validate({"id": name, "title": name.title(), "read": "full", **said})


def library(*meetings: dict[str, Any]) -> Library:
    """Return a library of these meetings."""
    records = [
        *(Meeting.model_validate(item) for item in meetings),
        *(Organisation.model_validate(item) for item in ORGANISATIONS),
        *(
            Subject.model_validate({"id": name, "name": {"en": name.title()}, "area": "policy"})
            for name in ("water", "fish", "boats")
        ),
        *map(document, ("paper", "notice", "list")),
    ]
    return Library(Project.model_validate(PROJECT), tuple(records))


def changed(*meetings: dict[str, Any], day: date = DAY) -> Changes:
    """Return what changed from the last but one to the last of these meetings."""
    found = library(*meetings)
    *_, before, after = found.meetings.values()
    return changes(context(found, day), before, after)


def names(group: Group) -> list[str]:
    """Return the names of a group."""
    return [item.name.text for item in group.items]


def bodies(found: BodiesMoved) -> dict[str, list[str]]:
    """Return the names of bodies by side."""
    return {str(group.side and group.side.text): names(group) for group in found.groups}


def test_a_body_of_the_later_list_only_came_in() -> None:
    """Two lists that were read to their end tell who came and who went, side by side."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry", "office"), listed("b", "host")]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host", "guest")]),
    )
    assert (bodies(found.came), bodies(found.left)) == ({"B": ["Guest"]}, {"A": ["Office"]})
    assert (found.came.unread, found.left.unread) == ((), ())


def test_who_left_is_shown_by_the_lists_of_both_meetings() -> None:
    """The list on which somebody stands is cited, too, if the one without has two sources."""
    before = listed("a", "ministry", "office") | {"source": "list"}
    after = listed("a", "ministry") | {"source": ["paper", "notice"]}
    found = changed(meeting(1, participants=[before]), meeting(2, participants=[after]))
    (group,) = found.left.groups
    assert (names(group), len(group.refs)) == (["Office"], 3)


def test_in_needs_the_earlier_list_and_out_the_later_one() -> None:
    """Where the later list was read in part, a body on it came in.

    Of one that is not on it nothing is said.
    """
    found = changed(
        meeting(1, participants=[listed("a", "ministry", "office"), listed("b", "host")]),
        meeting(
            2,
            participants=[listed("a", "agency", "ministry"), listed("b", "guest", complete=False)],
        ),
    )
    assert bodies(found.came) == {"B": ["Guest"]}
    assert bodies(found.left) == {}
    assert [
        (unread.meetings, unread.sides[0].text, unread.partly) for unread in found.came.unread
    ] == [((2,), "B", True)]
    assert [
        (unread.meetings, unread.sides[0].text, unread.partly) for unread in found.left.unread
    ] == [((2,), "B", False)]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            ["ministry", "office"],
            ["authority"],
            {"Authority": ("Ministry and Office", "since Apr 2022")},
        ),
        (["ministry"], ["authority"], {"Authority": ("Ministry", "since Apr 2022")}),
        (
            ["authority"],
            ["bureau", "board"],
            dict.fromkeys(("Bureau", "Board"), ("Authority", "since Apr 2023")),
        ),
    ],
)
def test_who_was_made_of_others_neither_came_nor_went(
    before: list[str], after: list[str], told: dict[str, tuple[str, str]]
) -> None:
    """Several bodies that became one, or one that became several, are told as merged or split."""
    made = [meeting(1), *(meeting(2 + at) for at in (0, 1))]
    for one, names_of in zip(made[1:], (before, after), strict=True):
        one["participants"] = [listed("a", *names_of)]
    made[0]["participants"] = [listed("a", *before)]
    found = library(*made)
    view = comparison_report(context(found, DAY, asked=True), found.meetings[2], found.meetings[3])
    (moved,) = [item for item in view.differences if item.groups]
    assert moved.head == "Merged or split"
    assert {item.name.text: item.note for group in moved.groups for item in group.names} == {
        name: f"at meeting 2 {former} ({since})" for name, (former, since) in told.items()
    }
    assert "bod" not in view.bottom_line
    rows = [row for side in view.sides for row in side.rows]
    assert [(row.move, row.first) for row in rows] == [("renamed", False)] * len(told)


def test_who_took_a_part_over_from_one_that_stayed_came_in() -> None:
    """A body whose predecessor is still at the table is one more."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry", "agency")]),
        meeting(2, participants=[listed("a", "ministry", "agency", "authority")]),
    )
    assert bodies(found.came) == {"A": ["Authority"]}
    assert found.renamed == ()


def test_a_list_read_in_part_says_of_nobody_that_they_are_new() -> None:
    """Where the earlier list was read in part, a body that is not on it may have been there.

    One on it went out.
    """
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "host", complete=False)]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "guest")]),
    )
    assert bodies(found.came) == {}
    assert bodies(found.left) == {"B": ["Host"]}
    assert [unread.meetings for unread in (*found.came.unread, *found.left.unread)] == [(1,), (1,)]


def test_a_side_without_a_list_says_nothing() -> None:
    """Nobody of a side whose list is not on record came in or went out."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry")]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "guest")]),
    )
    assert bodies(found.came) == {}
    assert found.came.unread[0].meetings == (1,)


def test_what_was_only_announced_proves_no_presence() -> None:
    """A body in the list of an announcement has not taken part.

    One that is not in it has not been absent.
    """
    found = changed(
        meeting(1, participants=[listed("a", "office"), listed("b", "host")], evidence="announced"),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host")]),
    )
    assert (bodies(found.came), bodies(found.left)) == ({}, {})


def test_chairs_outside_the_list_take_part() -> None:
    """A body in the chair neither comes in nor goes out because a list leaves it out."""
    chair = [{"side": "a", "organisation": "ministry", "source": "paper"}]
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "host")]),
        meeting(2, participants=[listed("a"), listed("b", "host")], cochairs=chair),
    )
    assert (bodies(found.came), bodies(found.left)) == ({}, {})


def test_who_was_present_outside_the_list_did_not_go_out() -> None:
    """A body whose head opened the meeting is not said to be out, nor in at the next one."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "host")]),
        meeting(
            2,
            participants=[listed("a"), listed("b", "host")],
            also_present=[{"organisation": "ministry", "source": "paper"}],
        ),
    )
    assert bodies(found.left) == {}


def test_a_successor_is_the_same_body() -> None:
    """A body that took over from another is neither in nor out, but renamed.

    The day on which it was stands with it.
    """
    found = changed(
        meeting(1, participants=[listed("a", "office"), listed("b", "host")]),
        meeting(3, participants=[listed("a", "agency"), listed("b", "host")]),
    )
    assert (bodies(found.came), bodies(found.left)) == ({}, {})
    (item,) = found.renamed[0].items
    assert (item.name.text, item.former and item.former.text, str(item.since)) == (
        "Agency",
        "Office",
        "2021-04",
    )


def test_a_part_of_a_body_is_not_set_against_the_whole() -> None:
    """Where one list has a body and the other a part of it, neither is said to be in or out."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "whole")]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "part")]),
    )
    assert (bodies(found.came), bodies(found.left)) == ({}, {})


def test_special_participants_are_said_to_be_special() -> None:
    """A special participant that is gone is marked as special."""
    found = changed(
        meeting(
            1,
            participants=[
                listed("a", "ministry"),
                listed("b", "host", {"body": "guest", "special": True}),
            ],
        ),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host")]),
    )
    assert [(item.name.text, item.special) for item in found.left.groups[0].items] == [
        ("Guest", True)
    ]


@pytest.mark.parametrize(("complete", "first"), [(True, True), (False, False)])
def test_a_first_needs_all_earlier_lists(
    complete: bool,  # noqa: FBT001 (parameters of a test)
    first: bool,  # noqa: FBT001
) -> None:
    """A body is there for the first time only if all earlier lists of its side were read whole."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "host", complete=complete)]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host")]),
        meeting(3, participants=[listed("a", "ministry"), listed("b", "host", "guest")]),
    )
    assert [item.first for item in found.came.groups[0].items] == [first]


def test_a_body_that_comes_back_is_no_first() -> None:
    """A body that took part long ago comes in, but not for the first time."""
    found = changed(
        meeting(1, participants=[listed("a", "ministry"), listed("b", "guest")]),
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host")]),
        meeting(3, participants=[listed("a", "ministry"), listed("b", "host", "guest")]),
    )
    assert [(item.name.text, item.first) for item in found.came.groups[0].items] == [
        ("Guest", False)
    ]


def test_a_missing_meeting_leaves_firsts_open() -> None:
    """Where an earlier meeting has no record, nobody is said to take part for the first time."""
    found = changed(
        meeting(2, participants=[listed("a", "ministry"), listed("b", "host")]),
        meeting(3, participants=[listed("a", "ministry"), listed("b", "host", "guest")]),
    )
    assert [item.first for item in found.came.groups[0].items] == [False]


def test_subjects_are_new_again_or_dropped() -> None:
    """Two statements read to their end tell which subjects are new.

    They also tell which are taken up again and which are no longer mentioned.
    """
    found = changed(meeting(1, said("water", "fish")), meeting(2, said("fish"), said("boats")))
    assert (names(found.opened), names(found.again), names(found.dropped)) == (
        ["Boats"],
        ["Fish"],
        ["Water"],
    )
    assert found.unread is None


@pytest.mark.parametrize("unread", [1, 2])
def test_a_statement_read_in_part_leaves_subjects_open(unread: int) -> None:
    """Where one statement was read in part, only what both speak of is told, and its meeting."""
    found = changed(
        meeting(1, said("water", "fish"), complete=unread != 1),
        meeting(2, said("fish", "boats"), complete=unread != 2),
    )
    assert (names(found.opened), names(found.again), names(found.dropped)) == ([], ["Fish"], [])
    assert found.unread is not None
    assert found.unread.meetings == (unread,)
    assert [(limit.number, limit.statement) for limit in found.limits if limit.statement] == [
        (unread, True)
    ]


def test_promises_are_new_or_taken_up_again() -> None:
    """A promise takes up an earlier one where that is recorded, of whichever meeting that was."""
    found = changed(
        meeting(1, promised("c1-01", "water"), promised("c1-02", "fish")),
        meeting(2, promised("c2-01", "water", repeats="c1-01"), promised("c2-02", "fish")),
        meeting(
            3,
            promised("c3-01", "boats", repeats="c2-01"),
            promised("c3-02", "fish"),
            promised("c3-03", "boats", repeats="c1-02"),
            promised("c3-04", "water", same_as="c2-01"),
        ),
    ).promises
    assert [(item.id, item.earlier) for item in found.again.items] == [
        ("c3-01", "c2-01"),
        ("c3-03", "c1-02"),
        ("c3-04", "c2-01"),
    ]
    assert [item.id for item in found.new.items] == ["c3-02"]


def test_a_promise_that_repeats_a_wish_is_new() -> None:
    """What was only wished for before is promised for the first time."""
    wish = promised("c1-01", "water") | {"strength": "interest"}
    found = changed(meeting(1, wish), meeting(2, promised("c2-01", "water", repeats="c1-01")))
    assert [item.id for item in found.promises.new.items] == ["c2-01"]
    assert found.promises.again.items == ()


def test_no_promise_is_new_where_a_statement_was_read_in_part() -> None:
    """What the unread part promised may have been the same."""
    found = changed(meeting(1, complete=False), meeting(2, promised("c2-01", "fish")))
    assert found.promises.new.items == ()


def test_promises_are_met_or_unchecked_as_of_the_day() -> None:
    """Of the promises of the earlier meeting it is said which are met by the day.

    It is also said which nobody checked for long.
    """
    met = {"date": "2022-06-01", "text": "Done", "status": "met", "source": "paper"}
    meetings = (
        meeting(1, promised("c1-01", "water", history=[met]), promised("c1-02", "fish")),
        meeting(2),
    )
    found = changed(*meetings, day=date(2022, 6, 1)).promises
    assert [(item.id, str(item.when)) for item in found.met.items] == [("c1-01", "2022-06-01")]
    assert [(item.id, str(item.when)) for item in found.unchecked.items] == [
        ("c1-02", "2020-03-01")
    ]
    assert changed(*meetings, day=date(2022, 5, 31)).promises.met.items == ()


def test_a_promise_is_met_on_the_day_on_which_it_first_was() -> None:
    """What confirms it later changes neither the day nor the source."""
    history = [
        {"date": day, "text": "Done", "status": "met", "source": "paper"}
        for day in ("2022-06-01", "2023-01-01")
    ]
    (met,) = changed(
        meeting(1, promised("c1-01", "water", history=history)), meeting(2)
    ).promises.met.items
    assert str(met.when) == "2022-06-01"


@pytest.mark.parametrize(
    ("due", "told"), [("2022", "Do c1-01, 1 Jun 2022"), ("2021", "Do c1-01 (late), 1 Jun 2022")]
)
def test_what_was_kept_late_is_told_so(due: str, told: str) -> None:
    """Kept after its day is not kept as promised."""
    history = [{"date": "2022-06-01", "text": "Done", "status": "met", "source": "paper"}]
    found = library(
        meeting(1, promised("c1-01", "water", due=due, history=history)), meeting(2, said("fish"))
    )
    view = comparison_report(context(found, DAY, asked=True), found.meetings[1], found.meetings[2])
    (kept,) = [item for item in view.differences if item.head == "Kept since"]
    assert [line.text for line in kept.lines] == [told]


def test_what_was_missed_is_told_from_its_day_on() -> None:
    """Beside what was kept; before that day it is neither."""
    history = [{"date": "2022-07-01", "text": "Not done", "status": "missed", "source": "notice"}]
    found = library(
        meeting(1, promised("c1-01", "water", due="2022-06", history=history)),
        meeting(2, said("fish")),
    )

    def told(day: date) -> list[str]:
        view = comparison_report(context(found, day), found.meetings[1], found.meetings[2])
        return [
            line.text
            for item in view.differences
            for line in item.lines
            if item.head == "Missed since"
        ]

    assert told(DAY) == ["Do c1-01, 1 Jul 2022"]
    assert told(date(2022, 6, 30)) == []


def test_recorded_firsts_are_those_since_the_earlier_meeting() -> None:
    """Firsts are printed as recorded, of the meetings after the earlier one up to the later one."""
    first = [{"text": "A first.", "source": "paper"}]
    found = library(*(meeting(number, firsts=first) for number in (1, 2, 3)))
    assert [
        item.number
        for item in changes(context(found, DAY), found.meetings[1], found.meetings[3]).firsts
    ] == [2, 3]


@pytest.mark.parametrize(
    ("earlier", "later", "added", "dropped", "moved"),
    [
        (
            "continuous, safe, and stable",
            "continuous, safe, stable, secure, and sustainable",
            ["secure", "sustainable"],
            [],
            True,
        ),
        ("continuous, safe and stable", "Continuous, safe, and stable", [], [], False),
        ("safe and stable", "safe", [], ["stable"], True),
        ("safe and stable", "stable and safe", [], [], True),
        ("free of arms", "free of all arms", ["all"], [], True),
        ("long-term use", "short-term use", ["short-term"], ["long-term"], True),
        ("safe", "safe, safe", ["safe"], [], True),
    ],
)
def test_words_are_added_or_dropped(
    earlier: str,
    later: str,
    added: list[str],
    dropped: list[str],
    moved: bool,  # noqa: FBT001
) -> None:
    """Neither punctuation, capitals nor 'and' are a change.

    A word in another place is neither added nor dropped.
    """
    found = compare(earlier, later, "en")
    assert [piece.text for piece in found.later if piece.mark == "added"] == added
    assert [piece.text for piece in found.earlier if piece.mark == "dropped"] == dropped
    assert found.moved is moved


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("a party's own use", "a party\u2019s own use"),
        ("rules-based order", "rules\u2011based order"),
        ("rules-based order", "rules\u2010based order"),
        ("interoperability", "inter\u00adoperability"),
        ("caf\u00e9 M\u00fcller", "cafe\u0301 Mu\u0308ller"),
        ("peaceful use", "Peaceful\u200b use"),
    ],
)
def test_typography_is_no_rewording(earlier: str, later: str) -> None:
    """Apostrophes, hyphens, soft hyphens and composed letters are the same words."""
    assert compare(earlier, later, "en").moved is False


@pytest.mark.parametrize(
    ("earlier", "later", "added"),
    [
        (
            "\u958b\u304b\u308c\u305f\u79e9\u5e8f",
            "\u958b\u304b\u308c\u305f\u516c\u6b63\u306a\u79e9\u5e8f",
            ["\u516c\u6b63\u306a"],
        ),
        ("\u548c\u5e73\u5229\u7528", "\u548c\u5e73\u7684\u5229\u7528", ["\u7684"]),
        ("a cafe\u0301 here", "a cafe\u0301 once more here", ["once more"]),
        ("a sea and a sky", "an open sea and a free, wide sky", ["an open", "free", "wide"]),
    ],
)
def test_only_the_words_that_came_in_are_marked(earlier: str, later: str, added: list[str]) -> None:
    """Those that touch are one piece, signs in a script without spaces, too."""
    found = compare(earlier, later, "ja").later
    assert [piece.text for piece in found if piece.mark == "added"] == added


def test_the_pieces_of_a_wording_are_its_words() -> None:
    """Put together again, the pieces are the words of the document, to the letter."""
    earlier, later = (
        "free; safe -- and (stable)",
        "safe, \N{LEFT DOUBLE QUOTATION MARK}open\N{RIGHT DOUBLE QUOTATION MARK} & stable!",
    )
    found = compare(earlier, later, "en")
    assert (
        "".join(piece.text for piece in found.earlier),
        "".join(piece.text for piece in found.later),
    ) == (earlier, later)


@pytest.mark.parametrize("language", ["fr", "ja", "xx-unknown"])
def test_the_joining_word_is_that_of_the_language(language: str) -> None:
    """'et' counts for nothing in French, 'and' counts there.

    A language without such words, or an unknown one, does no harm.
    """
    found = compare("sûr et stable", "sûr, stable", language)
    assert bool([piece for piece in found.earlier if piece.mark == "dropped"]) is (language != "fr")


def test_the_wording_is_set_against_the_last_one_on_record() -> None:
    """Where the earlier meeting has no wording of a set phrase, the last one before it counts.

    It does so with its own number.
    """
    phrase = [{"phrase": "use", "words": "safe", "source": "paper"}]
    found = changed(
        meeting(1, phrases=phrase),
        meeting(2),
        meeting(3, phrases=[{"phrase": "use", "words": "safe and free", "source": "paper"}]),
    )
    (row,) = found.wording
    assert row.earlier is not None
    assert (row.earlier.number, row.added, row.moved) == (1, ("free",), True)


def test_a_first_wording_is_no_change() -> None:
    """A set phrase of which no earlier wording is on record has not moved."""
    found = changed(
        meeting(1), meeting(2, phrases=[{"phrase": "use", "words": "safe", "source": "paper"}])
    )
    assert [(row.earlier, row.moved) for row in found.wording] == [(None, False)]


def test_page_one_has_room_for_some_names() -> None:
    """As many names as fit, but at least one."""
    assert [room_for(["x" * 40, "y" * 40, "z" * 4], room) for room in (10, 60, 84, 90)] == [
        1,
        1,
        2,
        3,
    ]


@pytest.fixture(scope="module")
def real() -> Library:
    """Return the library of the project in this repository."""
    return library_of(dialogue())


def between(found: Library, before: int, after: int) -> Changes:
    """Return what changed between two meetings of the real series."""
    return changes(
        context(found, date(2026, 11, 21)), found.meetings[before], found.meetings[after]
    )


def test_the_fourth_and_the_eighth_differ_by_two_qualities(real: Library) -> None:
    """The use of space gained two qualities, and lost none."""
    (row,) = between(real, 4, 8).wording
    assert (row.added, row.dropped) == (("secure", "sustainable"), ())


def test_the_fifth_and_the_eighth_differ_by_bodies_and_industry(real: Library) -> None:
    """Both lists were read to their end, so that bodies came and went.

    Industry's first participation is on record.
    """
    found = between(real, 5, 8)
    assert bodies(found.came) == {
        "Japan": ["Cabinet Satellite Intelligence Center"],
        "U.S.": [
            "Department of Commerce",
            "Office of the Director of National Intelligence",
            "Office of the National Cyber Director",
        ],
    }
    assert bodies(found.left) == {
        "Japan": [
            "National Ocean Policy Secretariat",
            "Ministry of Land, Infrastructure, Transport and Tourism",
            "National Institute for Environmental Studies",
        ],
        "U.S.": ["Intelligence Community"],
    }
    assert [first.line.text for first in found.firsts] == [
        "Industry took part in the Dialogue process for the first time."
    ]


def test_the_ninth_was_read_in_part(real: Library) -> None:
    """Who of one side is gone, and what is new or dropped, cannot be told of the ninth meeting."""
    found = between(real, 8, 9)
    assert "U.S." not in bodies(found.left)
    assert [
        (unread.meetings, [side.text for side in unread.sides]) for unread in found.left.unread
    ] == [((9,), ["U.S."])]
    assert (found.dropped.items, found.opened.items, found.unread and found.unread.meetings) == (
        (),
        (),
        (9,),
    )


def test_the_special_participant_of_the_seventh_is_gone(real: Library) -> None:
    """The Space Force, special participant of the seventh meeting, is not in the eighth's list."""
    found = between(real, 7, 8)
    assert [(item.id, item.special) for group in found.left.groups for item in group.items] == [
        ("u-ussf", True)
    ]


@pytest.mark.parametrize("number", range(1, 10))
def test_a_page_prints_every_source_that_it_numbers(real: Library, number: int) -> None:
    """No source is listed for nothing; those that stand on no page are for other programs."""
    view = meeting_report(context(real, date(2026, 11, 21)), real.meetings[number])
    page = render(Theme.of(ROOT), "meeting", view, "en")
    numbers = [entry.number for entry in view.sources]
    assert numbers == list(range(1, len(numbers) + 1))
    assert [name for name in numbers if f'href="#source-{name}"' not in page] == []
    assert [entry for entry in view.further if f'href="#source-{entry.number}"' in page] == []


def test_of_places_in_which_a_sign_may_have_been_put_in_the_last_is_meant() -> None:
    """In Chinese: not the end of one word and the beginning of the next."""
    found = compare("\u548c\u5e73\u5229\u7528", "\u548c\u5e73\u516c\u5e73\u5229\u7528", "zh")
    assert found.added == ("\u516c\u5e73",)
    back = compare("\u548c\u5e73\u516c\u5e73\u5229\u7528", "\u548c\u5e73\u5229\u7528", "zh")
    assert back.dropped == ("\u516c\u5e73",)
