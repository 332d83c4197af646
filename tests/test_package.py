"""Tests of the package before a meeting: what an office hands over."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from conftest import printed, problems_of, promise, run, with_promises
from lxml import html as markup
from preparing import BEFORE, WORD, parts, prepare
from reading import context, dialogue, words
from test_edition import content

from reporter.choice import Choice
from reporter.formats import EXPORTS, PAGES
from reporter.formats.exports.calendar_days import entries
from reporter.formats.html import render
from reporter.library import Library
from reporter.library.edition import library_of, public
from reporter.library.snapshot import UNFINISHED
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.package import Prepared
from reporter.records.project import load
from reporter.reports import select
from reporter.reports.headings import title as heading
from reporter.reports.ledger.view import ledger_report
from reporter.reports.plan import plan
from reporter.reports.series.view import series_report
from reporter.reports.upcoming.view import UpcomingReport, upcoming_report
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.records.register import Project

TODAY = date(2026, 11, 21)
THEME = Theme((default_templates(),))


def ahead(library: Library, number: int = 2, day: date = BEFORE) -> UpcomingReport:
    """Return the package for a meeting."""
    return upcoming_report(context(library, day, asked=True), library.meetings[number])


def page(view: UpcomingReport) -> Any:  # noqa: ANN401 (lxml has no types)
    """Return the page of a package."""
    return markup.fromstring(render(THEME, "upcoming", view, "en"))


def text(view: UpcomingReport) -> str:
    """Return the words of its page."""
    (main,) = page(view).xpath("//main")
    return " ".join(main.text_content().split())


def titles(view: UpcomingReport) -> list[str]:
    """Return the headings of its page."""
    return [" ".join(found.text_content().split()) for found in page(view).xpath("//h2")]


@cache
def real() -> Library:
    """Return the real library, read once."""
    return library_of(dialogue())


def with_meeting(library: Library, number: int, **fields: object) -> Library:
    """Return the library with another record of a meeting, or with fields of one changed."""
    least = {"title": {"en": "T"}, "date": "not verified", "place": "not verified"}
    least |= {"evidence": "announced", "statements": {"complete": False}}
    old = library.meetings.get(number)
    made = Meeting.model_validate({"number": number, **least, **fields})
    changed = old.model_copy(update={name: getattr(made, name) for name in fields}) if old else made
    kept = tuple(record for record in library.records if record is not old)
    return Library(library.project, (*kept, changed), library.edition, library.cut)


def with_desk(library: Library, side: str | None) -> Library:
    """Return the library of a side."""
    settings: Project = library.project.model_copy(update={"desk": side})
    return Library(settings, library.records, library.edition)


# What is known of the meeting


CHAIR = {"side": "state-b", "organisation": "b-agency", "source": "news"}
PLACE = {"city": "Second City", "host": "state-b", "source": "news"}


def test_day_city_and_chair_are_printed_as_recorded(library: Library) -> None:
    """Of a coming meeting that somebody told of."""
    found = with_meeting(library, 3, date="2027-03-10", place=PLACE, cochairs=[CHAIR])
    told = text(ahead(found, 3, TODAY))
    assert "10 March 2027, Second City; host: State B." in told
    assert "Who chairs State B, co-chair Space Agency" in told


@pytest.mark.parametrize(
    ("fields", "title"),
    [
        ({"place": PLACE, "date": "2027-03"}, "Third meeting, Second City, March 2027, upcoming"),
        ({"place": PLACE}, "Third meeting, Second City, upcoming"),
        ({"date": "2027-03-10"}, "Third meeting, 10 March 2027, upcoming"),
        ({}, "Third meeting, upcoming"),
    ],
)
def test_the_title_has_place_and_day_as_far_as_they_are_known(
    library: Library, fields: dict[str, object], title: str
) -> None:
    """The same on the page and in the list of all reports."""
    told = {"text": "It is to be held.", "source": "news"}
    found = with_meeting(library, 3, announced=told, **fields)
    view, (selected,) = ahead(found, 3, TODAY), select(found, Choice("upcoming", (3,)), TODAY)
    assert [view.masthead.title, heading(selected.heading, words("en"))] == [title, title]


def test_a_meeting_that_is_only_expected_needs_no_date(library: Library) -> None:
    """Its date is not verified: on no day is it over, and no page prints one."""
    found = with_meeting(library, 3, announced={"text": "It is to be held.", "source": "news"})
    for day in (TODAY, date.max):
        view = ahead(found, 3, day)
        assert (view.date, view.cover.setting.text) == (None, "Date not fixed; place not fixed.")
        assert "9999" not in text(view)
        assert 3 not in {row.number for row in series_report(context(found, day)).meetings}
        assert [e for e in entries(view, found, day, words("en")) if e.id == "meeting-03"] == []


def test_what_has_no_status_stands_apart(project: Path) -> None:
    """Below a line that says why, in a table without that column: it would say so in each row."""
    hope = promise("e2-09", "b-ministry", "to lend an antenna", "2027").replace(
        "strength: committed\n      due: 2027", "strength: interest"
    )
    announced = {"text": "It is to be held.", "source": "news"}
    found = with_meeting(library_of(load(with_promises(project, hope))), 3, announced=announced)
    view = ahead(found, 3, TODAY)
    assert [item.row.id for item in view.expected] == ["e2-09"]
    (table,) = page(view).xpath('//table[@aria-labelledby="hoped"]')
    assert "Status" not in table.text_content()
    assert len(table.xpath("tbody/tr")) == 1
    assert not page(view).xpath('//table[@aria-labelledby="expected"]')


def test_the_record_of_a_meeting_without_a_date_has_no_problem(project: Path) -> None:
    """Nor has a statement in it that is due on some day; a misspelt word has one."""
    record = project / "data" / "meetings" / "03.yaml"
    least = "number: 3\ntitle: {en: T}\ndate: not verified\nplace: not verified\n"
    least += "evidence: announced\nstatements: {complete: false}\n"
    record.write_text(least, encoding="utf-8")
    assert problems_of(project) == ()
    record.write_text(least.replace("date: not verified", "date: not verifed"), encoding="utf-8")
    (problem,) = problems_of(project)
    assert printed(problem, project).startswith("data/meetings/03.yaml:3:7: error: 'not verifed'")
    assert "not verified" in problem.hint


def test_an_announced_meeting_without_a_date_is_announced_by_the_series(library: Library) -> None:
    """It says that no date is fixed."""
    announced = {"text": "It is to be held.", "date": "2025-06-01", "source": "news"}
    found = with_meeting(library, 3, announced=announced)
    line = series_report(context(found, TODAY)).ahead
    assert line.text.startswith("The third meeting is announced for a date not fixed yet:")


@pytest.mark.parametrize(("day", "is_known"), [(date(2025, 2, 10), False), (BEFORE, True)])
def test_date_place_and_chairs_are_known_from_the_day_of_their_source(
    library: Library,
    day: date,
    is_known: bool,  # noqa: FBT001 (a parameter)
) -> None:
    """Of a day before, the record tells what nobody knew then."""
    found = with_meeting(library, 2, place=PLACE, cochairs=[CHAIR])
    view = ahead(found, 2, day)
    assert (view.date is not None, view.place is not None) == (is_known, is_known)
    assert bool(view.cover.chairs) == is_known


def test_what_nothing_dates_is_known_when_the_sources_were_searched(library: Library) -> None:
    """A list without a source of its own does not tell of a meeting years before it."""
    lists = [{"side": "state-a", "complete": False, "bodies": ["a-ministry"]}]
    found = with_meeting(library, 3, date="2027-03-10", participants=lists)
    until = library.project.researched_until.last
    assert ahead(found, 3, until).delegations is not None
    assert ahead(found, 3, until - timedelta(days=1)).date is None


def test_what_the_real_ninth_meeting_was_is_not_known_before_it() -> None:
    """Its day and place are told by sources of later days only."""
    view = ahead(real(), 9, date(2024, 1, 1))
    assert (view.date, view.place, view.cover.chairs, view.delegations) == (None, None, (), None)
    assert view.came_last is not None


def test_the_calendar_has_the_meeting_itself(library: Library) -> None:
    """It is tentative, on the day and at the place on record."""
    found = with_meeting(library, 3, date="2027-03-10", place=PLACE)
    view = ahead(found, 3, TODAY)
    (entry,) = [e for e in entries(view, found, TODAY, words("en")) if e.id == "meeting-03"]
    told = str(entry.first), entry.place, entry.status
    assert told == ("2027-03-10", "Second City", "TENTATIVE")


# What is owed


def test_what_is_owed_are_the_rows_of_the_ledger() -> None:
    """All that are not done, those of agreements included, each once."""
    found = with_meeting(real(), 10)
    ledger = ledger_report(context(found, TODAY))
    left = [row.row.id for row in ledger.promises if row.row.standing.status in UNFINISHED]
    for desk in (None, "japan", "united-states"):
        view = ahead(with_desk(found, desk), 10, TODAY)
        rows = [row.row.id for group in view.owed for row in group.rows]
        assert sorted(rows) == sorted(left)
        assert f"{words('en').number(len(left))} promises" in view.cover.bottom_line.lower()


@pytest.mark.parametrize(
    ("desk", "headings"),
    [
        ("state-b", ["We owe", "Both owe together", "State A owes"]),
        ("state-a", ["We owe", "Both owe together", "State B owes"]),
        (None, ["State A owes", "State B owes", "Both owe together"]),
    ],
)
def test_ours_comes_first(library: Library, desk: str | None, headings: list[str]) -> None:
    """What both owe is ours too; without a desk it is told by side."""
    statements = {
        "complete": True,
        "items": [
            {
                "id": f"c1-0{number}",
                "by": by,
                "verb": "committed",
                "text": "to act",
                "strength": "committed",
                "source": "statement-01#1",
            }
            for number, by in enumerate((["state-a", "state-b"], "a-ministry"), 1)
        ],
    }
    view = ahead(with_desk(with_meeting(library, 1, statements=statements), desk))
    assert [group.heading for group in view.owed][: len(headings)] == headings
    public_view = ahead(public(with_desk(library, desk)))
    assert "We owe" not in [group.heading for group in public_view.owed]


# Since the last time


def test_at_most_ten_events_have_happened() -> None:
    """The page says how many others there are; no event is told twice."""
    view = ahead(with_meeting(real(), 10), 10, TODAY)
    assert view.since is not None
    rows = [(str(row.line.date), row.line.text) for row in view.since.rows]
    assert len(rows) == len(set(rows)) == 10
    assert re.search(r"^(\d+|[A-Z]\w+) further events", view.since.more)


# Words


def test_words_that_moved_are_marked(library: Library) -> None:
    """Those that came in are marked, those that went out are named."""
    phrases = [{"phrase": "use-of-space", "words": "safe and lasting", "source": "news"}]
    found = with_meeting(library, 2, phrases=phrases)
    phrases = [{"phrase": "use-of-space", "words": "safe and open", "source": "news"}]
    view = ahead(with_meeting(with_meeting(found, 1, phrases=phrases), 3), 3, TODAY)
    first = view.wording[0]
    assert [piece.text for piece in first.pieces if piece.mark == "added"] == ["lasting"]
    assert first.note == words("en").quoted('Second meeting; dropped: "open"')


def test_words_are_found_however_their_letters_are_composed(library: Library) -> None:
    """A letter with its accent apart is the letter with it."""
    phrases = [{"phrase": "use-of-space", "words": "safe and cafe\u0301", "source": "news"}]
    found = with_meeting(library, 2, phrases=phrases)
    phrases = [{"phrase": "use-of-space", "words": "safe", "source": "news"}]
    view = ahead(with_meeting(with_meeting(found, 1, phrases=phrases), 3), 3, TODAY)
    assert "safe and caf\u00e9" in "".join(piece.text for piece in view.wording[0].pieces)


def test_words_of_a_set_phrase_are_not_told_again() -> None:
    """What the last statement is quoted with stands below the phrases, but for their own words."""
    found = [
        "".join(piece.text for piece in item.pieces)
        for item in ahead(real(), 9, date(2024, 1, 1)).wording
    ]
    assert len(found) > 3
    assert [words for words in found if "secure, and sustainable" in words] == found[:1]


# What our office prepared


@pytest.fixture
def prepared(project: Path) -> tuple[Path, dict[str, str]]:
    """Return the small project with every part of a package, and the words in it."""
    return project, prepare(project)


def test_everything_prepared_is_printed_once(prepared: tuple[Path, dict[str, str]]) -> None:
    """Each word stands on the page, and but for authors and clearances once."""
    project, found = prepared
    assert problems_of(project) == ()
    (task,) = plan(project, Choice("meeting", (2,)), BEFORE, asked=True).tasks(words("en"))
    assert isinstance(task.report, UpcomingReport)
    told = text(task.report)
    assert {way: told.count(word) for way, word in found.items()} == dict.fromkeys(found, 1)


def test_what_is_not_recorded_has_no_heading(library: Library) -> None:
    """A part without anything in it is left out."""
    kept = (record for record in library.records if not isinstance(record, Meeting | Agreement))
    bare = Library(library.project, tuple(kept))
    assert titles(ahead(with_meeting(bare, 1), 1)) == ["Bottom line"]


def test_a_later_part_is_not_in_an_earlier_package(prepared: tuple[Path, dict[str, str]]) -> None:
    """What was written on a day is not there the day before."""
    project, _ = prepared
    found = library_of(load(project))
    assert WORD in text(ahead(found, 2, BEFORE))
    assert WORD not in text(ahead(found, 2, date(2025, 2, 28)))


def test_equal_authors_and_clearances_are_said_once(library: Library) -> None:
    """With the parts for which they answer."""
    by = {"author": "The desk", "clearance": "not cleared"}
    items = {"objectives": {**by, "items": ["Act"]}, "avoid": {**by, "items": ["Wait"]}}
    (found,) = ahead(with_meeting(library, 2, **items)).own.signatures
    assert (found.parts, found.text) == (
        "Objectives and what to avoid.",
        "The desk; clearance: not cleared.",
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("avoid: {author: The desk, items: [Wait]}", "the field 'clearance' is missing"),
        ("avoid: {clearance: none, items: [Wait]}", "the field 'author' is missing"),
        (
            f"avoid: {{author: D, clearance: C, items: [{'word ' * 21}]}}",
            "this line has 21 words, 1 too many",
        ),
        (
            "objectives: {author: D, clearance: C, items: [a, b, c, d]}",
            "4 objectives, 1 too many",
        ),
        ("agenda: {author: D, clearance: C, items: []}", "an empty list says nothing"),
        (
            "logistics: {author: D, clearance: C, arrivel: 09:00}",
            "unknown field 'arrivel'",
        ),
    ],
)
def test_what_is_wrong_in_a_package_is_told(project: Path, written: str, message: str) -> None:
    """With its line, and what to do."""
    record = project / "data" / "meetings" / "02.yaml"
    record.write_text(f"{record.read_text(encoding='utf-8')}{written}\n", encoding="utf-8")
    (problem,) = problems_of(project)
    assert message in problem.message
    assert problem.line == len(record.read_text(encoding="utf-8").splitlines())
    assert problem.hint


# The public edition


def test_the_public_edition_has_no_part_that_an_office_wrote(
    prepared: tuple[Path, dict[str, str]],
) -> None:
    """Every field of every such part is gone from the records before anything is made of them."""
    found = public(library_of(load(prepared[0])))
    assert {getattr(found.meetings[2], name) for name in parts()} == {None}
    assert {person.profile for person in found.people.values()} == {None}
    assert WORD not in str(found.records)


def build(project: Path, output: Path, edition: str, *options: str) -> str:
    """Build as a user does, and return what stands in all files."""
    done = run("build", "--project", project, "--output", output, "--edition", edition, *options)
    assert done.returncode == 0, done.stderr
    files = [path for path in sorted(output.rglob("*")) if path.is_file()]
    assert files
    return "\n".join(map(content, files))


@pytest.mark.full
def test_no_file_of_the_public_edition_has_a_word_of_it(
    prepared: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    """The package, all other reports, before the meeting and after it; the internal one has all."""
    project, found = prepared
    chosen = [part for form in (*PAGES, *EXPORTS) for part in ("--format", form)]
    before = ("--meeting", "2", "--as-of", str(BEFORE), *chosen)
    every = set(re.findall(rf"{WORD}\d+e", build(project, tmp_path / "in", "internal", *before)))
    assert every == set(found.values())
    for options in (before, chosen, ("--as-of", str(BEFORE), *chosen)):
        assert WORD not in build(project, tmp_path / "public", "public", *options)


def test_every_part_is_prepared_by_an_office() -> None:
    """What an office writes has an author and a clearance; there are seven such parts."""
    assert len(parts()) == 7
    assert {"author", "clearance"} <= set(Prepared.model_fields)
