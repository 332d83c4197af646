"""Tests of the comparison of two meetings: any two, in any order, as of any day."""

from __future__ import annotations

import re
from datetime import date
from itertools import combinations
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest
from reading import context, dialogue, words

from reporter.dates import When
from reporter.formats.html import render
from reporter.library.edition import library_of
from reporter.problems import ReporterError
from reporter.records.base import Citation
from reporter.reports.common.sources import Bibliography
from reporter.reports.comparison.differences import firsts_untold
from reporter.reports.comparison.view import ComparisonReport, comparison_heading, comparison_report
from reporter.reports.headings import title
from reporter.reports.views import Heading, Line, Ref, renumbered
from reporter.theme import Theme

if TYPE_CHECKING:
    from reporter.library import Library

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def real() -> Library:
    """Return the library of the project in this repository."""
    return library_of(dialogue())


def compared(library: Library, before: int, after: int, day: date = DAY) -> ComparisonReport:
    """Return the comparison of two meetings of the real series."""
    return comparison_report(
        context(library, day, asked=True), library.meetings[before], library.meetings[after]
    )


def page(report: ComparisonReport) -> str:
    """Return the text of the page, without its styles and tags."""
    html = render(Theme.of(ROOT), "comparison", report, "en")
    body = html[html.index("<main") :]
    return re.sub(
        r"\s+",
        " ",
        re.sub(r"<[^>]*>", "", re.sub(r"<(/?(td|th|tr|dt|dd|div|li|p|h[1-6]))\b[^>]*>", " ", body)),
    )


def test_the_order_of_the_arguments_does_not_matter(real: Library) -> None:
    """The earlier meeting stands at the left, whichever is named first."""
    assert compared(real, 8, 7) == compared(real, 7, 8)
    heading = comparison_heading(real, real.meetings[9], real.meetings[1])
    assert (heading.kind, heading.number, heading.other) == ("comparison", 1, 9)


def test_the_id_has_two_digits(real: Library) -> None:
    """The files are named by both numbers."""
    assert compared(real, 1, 9).id == "compare-01-09"


@pytest.mark.parametrize(("before", "after"), list(combinations(range(1, 10), 2)))
def test_any_two_meetings_can_be_compared(real: Library, before: int, after: int) -> None:
    """Every pair has a page, and it refers to each source that it lists."""
    report = compared(real, before, after)
    html = render(Theme.of(ROOT), "comparison", report, "en")
    assert [
        entry.number for entry in report.sources if f'href="#source-{entry.number}"' not in html
    ] == []


def test_marks_tell_who_took_part_in_which(real: Library) -> None:
    """Each body has its role at both meetings, and what that means."""
    rows = {row.id: row for side in compared(real, 7, 8).sides for row in side.rows}
    assert [
        (rows[name].earlier, rows[name].later, rows[name].move)
        for name in ("j-mofa", "u-nspc", "u-ussf", "u-odni")
    ] == [
        ("chair", "chair", "stayed"),
        ("chair", "chair", "stayed"),
        ("special", "absent", "out"),
        ("absent", "participant", "in"),
    ]


def announced(root: Path, number: int) -> Library:
    """Return the library in which of this meeting nothing but an announcement is known."""
    copytree(ROOT / "data", root / "data")
    path = root / "data" / "meetings" / f"{number:02}.yaml"
    text = path.read_text("utf-8").replace("evidence: partial", "evidence: announced")
    none = "  - side: japan\n    complete: false\n"
    path.write_text(text.replace(none, f"{none}    bodies: [j-mofa, j-onsp]\n    source: s03#2\n"))
    return library_of(dialogue(root))


def test_who_was_only_announced_did_not_take_part_again(tmp_path: Path) -> None:
    """Whether a body that was announced came cannot be told."""
    library = announced(tmp_path, 2)
    for report in (compared(library, 1, 2), compared(library, 2, 3)):
        moves = {
            row.move
            for side in report.sides
            for row in side.rows
            if "announced" in {row.earlier, row.later}
        }
        assert moves
        assert "stayed" not in moves


def test_what_was_not_read_is_said(real: Library) -> None:
    """A body not in a list read in part is not absent; the page says which list it was."""
    report = compared(real, 8, 9)
    row = next(row for side in report.sides for row in side.rows if row.id == "u-oncd")
    assert (row.later, row.move) == ("not known", "cannot be told")
    told = "the list of participants (U.S.) and the statement of meeting 9 are here only in part"
    assert f"cannot be told: {told}" in report.bottom_line
    assert page(report).count(told) == 1, "what the bottom line says is not said again"


def test_nothing_is_claimed_of_what_cannot_be_told(real: Library) -> None:
    """Where no list was read to its end, nobody "came in" or "took part again"; it says no more."""
    report = compared(real, 2, 3)
    assert report.bottom_line.startswith("What changed cannot be told: ")
    assert [item.head for item in report.differences] == []
    assert not any("bodies" in line.text for line in report.same)


def test_sides_of_which_the_same_cannot_be_told_are_told_together(real: Library) -> None:
    """One sentence, not one for each."""
    sides = compared(real, 2, 3).sides
    unread = sides[0].firsts_unread
    alike = [side.model_copy(update={"firsts_unread": unread}) for side in sides]
    (told,) = firsts_untold(real, alike, words("en"))
    assert told.startswith("Japan and United States: whether a body took part")
    other = [alike[0], alike[1].model_copy(update={"firsts_unread": unread[:0]})]
    (told,) = firsts_untold(real, other, words("en"))
    assert told.startswith("Japan: ")


def test_words_with_none_before_them_are_said_to_be_the_first(real: Library) -> None:
    """What is on record for the first time has not changed."""
    assert "No earlier wording on record" in page(compared(real, 3, 4))
    assert "No earlier wording" not in page(compared(real, 4, 8))


def test_only_what_differs_has_a_row(real: Library) -> None:
    """What is the same at both meetings stands in a line for each side, and in one for subjects."""
    report = compared(real, 7, 8)
    assert [item.head for item in report.differences] == [
        "Came in",
        "Went out",
        "First time",
        "Wording",
    ]
    heads = [line.text.partition(":")[0] for line in report.same]
    assert heads[:2] == ["Japan, ten bodies", "United States, six bodies"]
    assert [head.partition(" ")[2] for head in heads[2:]] == ["subjects"]


def test_subjects_stand_beside_each_other(real: Library) -> None:
    """A subject was spoken of, was not, or may have been where the statement was read in part."""
    rows = {
        row.id: (row.earlier, row.later) for area in compared(real, 7, 8).areas for row in area.rows
    }
    assert (rows["artemis"], rows["gateway"], rows["defense-space-strategy"]) == (
        (True, True),
        (None, True),
        (True, False),
    )


def test_added_words_are_marked(real: Library) -> None:
    """The two added qualities are marked in the words of the later meeting.

    They are named in the bottom line.
    """
    report = compared(real, 4, 8)
    html = render(Theme.of(ROOT), "comparison", report, "en")
    assert re.findall("<ins>(.*?)</ins>", html) == ["secure", "sustainable"]
    assert "“secure” and “sustainable” added" in page(report)


def test_a_renamed_body_has_one_row(real: Library) -> None:
    """The body that succeeded another stands in one row with it."""
    rows = [
        row for side in compared(real, 1, 8).sides for row in side.rows if row.move == "renamed"
    ]
    former = {row.id: row.former and row.former.text for row in rows}
    assert former == {
        "j-nsps": "Office of National Space Policy",
        "u-nsc": "National Security Staff",
    }


def test_nothing_later_than_the_day_is_told(real: Library) -> None:
    """As of a day, a page says nothing of what came after it."""
    report = compared(real, 7, 8, date(2023, 6, 30))
    shown = page(report).partition("Sources")[0]
    assert [year for year in re.findall(r"\b20\d\d\b", shown) if int(year) > 2023] == []
    assert report.speaks.day == date(2023, 6, 30)


def test_a_meeting_to_come_cannot_be_compared(real: Library) -> None:
    """Before a meeting was held nothing is compared; the problem names the meeting and the day."""
    with pytest.raises(ReporterError) as caught:
        compared(real, 8, 9, date(2024, 8, 26))
    assert [problem.message for problem in caught.value.problems] == [
        "meeting 9 was not held by 2024-08-26"
    ]


def test_the_page_is_the_same_each_time(real: Library) -> None:
    """The same records give the same bytes."""
    assert page(compared(real, 1, 9)) == page(compared(library_of(dialogue()), 1, 9))


def test_other_numbers_leave_all_else_as_it_is() -> None:
    """A part without a source stays itself; one with some keeps its words and paragraphs."""
    plain = Line(text="a")
    cited = Line(text="b", refs=(Ref(number=2, paragraphs=(3,)), Ref(number=1)))
    found = renumbered((plain, cited), {1: 2, 2: 1})
    assert found == (plain, Line(text="b", refs=(Ref(number=1, paragraphs=(3,)), Ref(number=2))))
    assert found[0] is plain
    assert renumbered((plain, cited), {1: 1, 2: 2})[1] is cited


def test_each_of_several_things_in_a_line_keeps_a_source(real: Library) -> None:
    """Two documents are enough for one thing, not for a list of them."""
    documents = list(real.documents)[:4]
    groups = [[Citation(documents[0]), Citation(documents[1])], [Citation(documents[2])]]
    refs = Bibliography(real).cite_each([*groups, [Citation(documents[3], 1)]])
    assert [ref.number for ref in refs] == [1, 2, 3, 4]
    standings = {real.documents[name].standing: name for name in real.documents}
    several = [standings["weak"], standings["official"], standings["press"]]
    sources = Bibliography(real)
    sources.cite_each([Citation(name)] for name in several)
    best = sources.cite_each([[Citation(name) for name in several]])
    assert [ref.number for ref in best] == [2, 3]


@pytest.mark.parametrize(
    ("sort", "called"),
    [
        ("summit", "The summit meeting of 3 May 2020 and that of 4 June 2021 compared"),
        ("call", "The summit meeting of 3 May 2020 and the call of 4 June 2021 compared"),
    ],
)
def test_two_meetings_of_one_kind_say_it_once_in_the_title(sort: str, called: str) -> None:
    """So that their days have room at the foot of each page."""
    pair = (
        Heading(kind="meeting", sort="summit", date=When.parse("2020-05-03")),
        Heading(kind="meeting", sort=sort, date=When.parse("2021-06-04")),
    )
    assert title(Heading(kind="comparison", pair=pair), words("en")) == called
