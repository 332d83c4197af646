"""Tests of page one: what a person may write for it, what is composed, and that it stands alone."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Any

import hostile
import pytest
from conftest import ROOT, VALID, printed, problems_of
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as markup
from reading import context, dialogue, of_desk
from reading import words as words_of

from reporter.choice import Choice
from reporter.formats import html
from reporter.library import Library
from reporter.library.edition import library_of, public
from reporter.records.brevity import beyond, cut, shortened, within, words
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.reports import everything
from reporter.reports import selection as select_one
from reporter.reports.common.agreed_points import few
from reporter.reports.common.sentences import who
from reporter.reports.meeting.view import MeetingReport, meeting_report
from reporter.reports.plan import plan
from reporter.reports.upcoming.view import UpcomingReport, upcoming_report
from reporter.reports.views import Label, Who
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.reports.views import Report

DAY = date(2026, 11, 21)
LIMIT = 45
THEME = Theme.of(ROOT)
PAPERS = ("A4", "Letter")


@cache
def real() -> Library:
    """Return the real library, read once."""
    return library_of(dialogue())


@cache
def small() -> Library:
    """Return the small library, read once."""
    return library_of(load(VALID))


LEAST = {
    "number": 1,
    "title": {"en": "T"},
    "date": "2020",
    "place": "not verified",
    "evidence": "full",
    "statements": {"complete": True},
}


def with_written(library: Library, number: int, **fields: object) -> Library:
    """Return the library with something written into the record of a meeting."""
    meeting, written = library.meetings[number], Meeting.model_validate({**LEAST, **fields})
    changed = meeting.model_copy(update={name: getattr(written, name) for name in fields})
    return Library(
        library.project,
        tuple(changed if record is meeting else record for record in library.records),
    )


def report(library: Library, number: int, day: date = DAY) -> MeetingReport:
    """Return the briefing on a meeting."""
    return meeting_report(context(library, day, asked=True), library.meetings[number])


def bottom_line(view: Report, template: str) -> str:
    """Return the bottom line of a page as it is read, without references."""
    page = markup.fromstring(html.render(THEME, template, view, "en"))
    (found,) = page.xpath('//section[@aria-labelledby="bottom-line"]/p')
    for reference in found.xpath('.//span[@class="ref"]'):
        reference.getparent().remove(reference) if not reference.tail else reference.clear(
            keep_tail=True
        )
    return " ".join("".join(found.itertext()).split())


def test_of_many_who_owe_a_promise_page_one_names_two() -> None:
    """And says how many more there are; a list of twenty would take the page."""
    names = tuple(Label(language="en", text=f"Body {number}") for number in range(5))
    assert who(few(Who(names=names)), words_of("en")) == "Body 0, Body 1 and three others"
    assert who(few(Who(names=names[:2])), words_of("en")) == "Body 0 and Body 1"


LONG = (
    "Joint statement of the two about {} that a line has room for, and much else that is not in the"
    " first few words of it at all nor in the next ten that follow."
)


@pytest.mark.parametrize(
    ("summary", "told"),
    [
        (LONG.format("more"), "Joint statement of the two about more that a line has room for…"),
        (LONG.format("this; more").replace(",", ""), "Joint statement of the two about this."),
        (LONG.format("this; more, too"), "Joint statement of the two about this."),
        ("Attacks to, from or within space.", "Attacks to, from or within space."),
    ],
)
def test_a_summary_that_is_cut_at_a_comma_says_so(summary: str, told: str) -> None:
    """A comma may stand in the middle of what is said, as in 'attacks to, from or within space'."""
    agreement = small().agreements["lander-agreement"]
    shorter = agreement.summary.model_copy(update={"text": summary})
    changed = agreement.model_copy(update={"summary": shorter, "in_force": "not applicable"})
    records = (changed if record is agreement else record for record in small().records)
    view = report(Library(small().project, tuple(records)), 1)
    assert [line.text for line in view.background.lines if line.name == "Lander Agreement"] == [
        told
    ]


# Words, counted and cut


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("", 0),
        ("Both sides met in Washington, D.C.", 6),
        ("a whole-of-government dialogue \N{EM DASH} at last", 5),
        ("both sides' $3.5 billion & more", 5),
        ("宇宙に関する包括的日米対話", 7),
        ("The 宇宙 office", 3),
    ],
)
def test_words_are_counted_as_a_reader_counts_them(text: str, number: int) -> None:
    """Marks are no words, what a hyphen joins is one, and two signs of Japanese are one."""
    assert words(text) == number


@given(st.text("abc 宇宙。,-", max_size=80), st.integers(1, 20))
def test_what_is_cut_is_a_beginning_that_fits(text: str, most: int) -> None:
    """A text within the limit stays as it is; a longer one is cut and ends with an ellipsis."""
    short = cut(text, most)
    assert words(short) <= most
    assert (
        short == text
        if words(text) <= most
        else (short.endswith("…") and text.startswith(short[:-1]))
    )


@given(st.lists(st.text("ab .", max_size=40), min_size=1), st.integers(1, 20))
def test_sentences_beyond_are_those_not_within(sentences: list[str], most: int) -> None:
    """Together they are all; what stands within is within the limit."""
    assert words(within(sentences, most)) <= most
    found = [sentence for sentence in sentences if sentence]
    both = words(within(found, most)) + words(beyond(found, most))
    assert both <= sum(map(words, found))


def test_a_running_head_is_not_cut_within_a_date() -> None:
    """What the cut leaves of a date goes with it, and the word that leads to it."""
    long = "The ministerial meeting of 3 October 2013 and the meeting of 27 April 2015 compared"
    assert shortened(long, 65) == "The ministerial meeting of 3 October 2013 and the meeting…"
    assert shortened(long, 45) == "The ministerial meeting…"
    assert shortened(long, 36) == "The ministerial meeting…"
    assert shortened(long, len(long)) == long


# What a person writes: limits


def written_into(project: Path, text: str) -> list[str]:
    """Return the problems of the small project with ``text`` at the end of its first meeting.

    They are as printed, each with its hint.
    """
    record = project / "data" / "meetings" / "01.yaml"
    record.write_text(f"{record.read_text(encoding='utf-8')}{text}\n", encoding="utf-8")
    return [f"{printed(problem, project)} | {problem.hint}" for problem in problems_of(project)]


def line_of(project: Path, part: str) -> int:
    """Return the number of the line in which ``part`` stands first."""
    lines = (project / "data" / "meetings" / "01.yaml").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if part in line)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        (
            f"bottom_line: {{text: {'word ' * 52}, source: news}}",
            "bottom_line",
            "the bottom line has 52 words, 7 too many",
        ),
        (
            f"bottom_line: {{text: {'宇宙' * 46}, source: news}}",
            "bottom_line",
            "the bottom line has 46 words, 1 too many",
        ),
        (
            f"agreed:\n  - {{text: {'word ' * 33}, source: news}}",
            "word word",
            "this point has 33 words, 3 too many",
        ),
        (
            f"next_steps:\n  - {{text: {'word ' * 16}, by: state-a, source: news}}",
            "word word",
            "this step has 16 words, 1 too many",
        ),
        (
            "agreed:\n" + "  - {text: act, source: news}\n" * 7 + "  - {text: end, source: news}",
            "act",
            "8 points, 2 too many",
        ),
        (
            "next_steps:\n" + "  - {text: act, by: state-a, source: news}\n" * 7,
            "act",
            "7 steps, 1 too many",
        ),
        (
            "agreed: [{text: act, source: blog}]",
            "agreed",
            "a weak source alone cannot stand on page one",
        ),
        (
            "next_steps: [{text: act, by: state-a, source: blog}]",
            "next_steps",
            "a weak source alone cannot stand on page one",
        ),
        (
            "phrases: [{phrase: use-of-space, words: safe, source: blog}]",
            "phrases",
            "a weak source alone cannot stand on page one",
        ),
        (
            "next_steps: [{text: act, by: state-c, source: news}]",
            "next_steps",
            "there is no side 'state-c'",
        ),
        (
            "next_steps: [{text: act, by: state-a, follows: c9-09, source: news}]",
            "next_steps",
            "there is no statement 'c9-09'",
        ),
        ("agreed: [{text: act}]", "agreed", "no source: the field 'source' is missing"),
    ],
)
def test_what_is_too_long_is_refused_where_it_stands(
    project: Path, text: str, place: str, message: str
) -> None:
    """The message says how much is too much.

    The line is that of the field, and of a list that of the first too many.
    """
    (problem,) = written_into(project, text)
    assert message in problem or message.replace("side", "record") in problem
    line = line_of(project, place) + (6 if message.split()[1] in {"points,", "steps,"} else 0)
    assert problem.startswith(f"data/meetings/01.yaml:{line}:")
    assert problem.partition(" | ")[2], "nothing says what to do"


def test_a_summary_is_a_bottom_line(project: Path) -> None:
    """That of an agreement has the same limit."""
    record = project / "data" / "agreements" / "lander-agreement.yaml"
    text = record.read_text(encoding="utf-8")
    start = text.index("summary:")
    before = text[: text.index("text:", start) + 5]
    record.write_text(
        f"{before} {'word ' * 50}, source: news}}\n{text[text.index(chr(10), start) + 1 :]}",
        encoding="utf-8",
    )
    assert [problem.message for problem in problems_of(project)] == [
        "the summary has 50 words, 5 too many"
    ]


# What a person writes: when it holds


def test_the_newest_bottom_line_of_the_day_holds() -> None:
    """Of several each holds from its date; before the first of them the bottom line is composed."""
    lines = [
        {"text": f"It was {word}.", "date": day, "source": "news"}
        for word, day in (("old", "2023-06-01"), ("new", "2024-06-01"))
    ]
    library = with_written(small(), 1, bottom_line=lines)
    told = {
        day: report(library, 1, date.fromisoformat(day)).bottom_line
        for day in ("2023-05-31", "2023-06-01", "2024-06-01")
    }
    assert [line.partition(". ")[0] for line in told.values()] == [
        "State A committed to deliver its part of the lander",
        "It was old",
        "It was new",
    ]


def test_a_text_without_a_date_is_not_older_than_its_sources() -> None:
    """It may tell all that they tell: it stands on no page of a day before the newest of them."""
    newest = small().documents["news"].date
    assert not isinstance(newest, str)
    library = with_written(
        small(),
        1,
        bottom_line={"text": "T.", "source": "news"},
        agreed=[{"text": "to act", "source": "news"}],
    )
    before, after = (
        report(library, 1, day)
        for day in (date.fromordinal(newest.last.toordinal() - 1), newest.last)
    )
    assert not before.bottom_line_written
    assert not before.agreed
    assert after.bottom_line_written
    assert [point.text for point in after.agreed] == ["to act"]


def test_a_bottom_line_dated_before_the_meeting_is_for_the_briefing_before_it() -> None:
    """It is gone when the meeting has been held; one of the meeting's day is not there before."""
    lines = [
        {"text": "Ahead.", "date": "2025-03-01", "source": "news"},
        {"text": "Held.", "date": "2025-04-03", "source": "news"},
    ]
    library = with_written(small(), 2, bottom_line=lines)
    ahead = upcoming_report(context(library, date(2025, 3, 15), asked=True), library.meetings[2])
    assert ahead.cover.bottom_line_written
    assert bottom_line(ahead, "upcoming").startswith("Ahead. ")
    assert report(library, 2).bottom_line.startswith("Held. ")


def test_a_composed_step_says_what_is_to_be_done() -> None:
    """Also where a promise has no short text: not that somebody committed to do it."""
    steps = {
        row.id: row.text
        for number in (1, 2)
        for row in report(small(), number).steps.rows
        if row.id
    }
    assert steps == {"c1-02": "Share data on debris", "c2-01": "Share data on debris"}


def test_what_is_to_be_done_names_all_that_is_open() -> None:
    """Also where the table below has who and by when: a list that left some out would mislead."""
    for found, number in (
        (small(), 2),
        (of_desk(small(), "state-a"), 2),
        (many_promises(1), 1),
    ):
        view = report(found, number)
        assert view.stands_alone == (number == 1)
        assert [row.id for row in view.steps.rows if row.id] == [f"c{number}-01"]


def test_a_step_is_gone_when_it_is_done() -> None:
    """By its own date, or with the promise it carries out; if none is left, steps are composed."""
    step = {"by": "state-a", "date": "2023-05-10", "source": "news"}
    steps = [
        step | {"text": "Deliver", "follows": "c1-01"},
        step | {"text": "Write", "done": "2023-08-01", "due": "2023-07"},
    ]
    library = with_written(small(), 1, next_steps=steps)
    told = {
        day: [row.text for row in view.steps.rows]
        if (view := report(library, 1, date.fromisoformat(day))).steps.written
        else None
        for day in ("2023-05-10", "2023-08-01", "2025-01-20")
    }
    assert list(told.values()) == [["Deliver", "Write"], ["Deliver"], None]


def test_a_step_of_an_overdue_promise_is_overdue() -> None:
    """Overdue is what a promise makes it, never a date alone."""
    step = {"by": "state-a", "date": "2023-05-10", "due": "2023-12", "source": "news"}
    library = with_written(
        small(),
        1,
        next_steps=[step | {"text": "Deliver", "follows": "c1-01"}, step | {"text": "Write"}],
    )
    rows = report(library, 1, date(2025, 1, 10)).steps.rows
    assert [bool(row.overdue) for row in rows] == [True, False]


def test_the_public_edition_has_what_is_not_internal() -> None:
    """An internal text is left out, and the one before it holds.

    A step of an internal promise goes with it.
    """
    source = {"date": "2023-05-10", "source": "news"}
    fields = {
        "bottom_line": [source | {"text": "Open."}, source | {"text": "Secret.", "internal": True}],
        "agreed": [source | {"text": "to act"}, source | {"text": "to hide", "internal": True}],
        "next_steps": [source | {"text": "Deliver", "by": "state-a", "follows": "c1-02"}],
    }
    library = with_written(small(), 1, **fields)
    meeting = library.meetings[1]
    items = tuple(
        item.model_copy(update={"internal": item.id == "c1-02"})
        for item in meeting.statements.items
    )
    hidden = meeting.model_copy(
        update={"statements": meeting.statements.model_copy(update={"items": items})}
    )
    library = Library(
        library.project,
        tuple(hidden if record is meeting else record for record in library.records),
    )
    inside, outside = (
        report(library, 1, date(2024, 7, 1)),
        report(public(library), 1, date(2024, 7, 1)),
    )
    assert inside.bottom_line.startswith("Secret. ")
    assert outside.bottom_line.startswith("Open. ")
    assert [point.text for point in outside.agreed] == ["to act"]
    assert (inside.steps.written, outside.steps.written) == (True, False)


# What is composed


def reports(library: Library, day: date) -> Iterator[tuple[str, Report]]:
    """Yield each report of a day with its template, that before the next meeting included."""
    ahead = [
        select_one(library, "meeting", (number,), day)
        for number, meeting in library.meetings.items()
        if not meeting.date.known_on(day)
    ]
    for selection in (*everything(library, day), *ahead[:1]):
        if selection.template != "index":
            yield selection.template, selection.view(context(library, day, asked=True))


def without_written(library: Library, **fields: str) -> Library:
    """Return the library without bottom lines by a person, each meeting with these fields."""
    kept = (
        record.model_copy(update={"bottom_line": (), **fields})
        if isinstance(record, Meeting)
        else record
        for record in library.records
    )
    return Library(library.project, tuple(kept))


@pytest.mark.full
@pytest.mark.parametrize(
    ("day", "composed"),
    [("2014-01-01", True), ("2023-06-30", False), ("2026-11-21", True), ("2026-11-21", False)],
)
def test_no_bottom_line_is_longer_than_45_words(
    day: str,
    composed: bool,  # noqa: FBT001 (a parameter)
) -> None:
    """Of no report, whether a person wrote it or not; and each is a sentence."""
    library = without_written(real()) if composed else real()
    for template, view in reports(library, date.fromisoformat(day)):
        line = bottom_line(view, template)
        assert 3 < words(line) <= LIMIT, f"{view.id}: {words(line)}: {line}"
        assert line.endswith((".", "…")), line


@pytest.mark.full
@pytest.mark.parametrize("seed", range(0, 40, 4))
def test_no_bottom_line_of_long_records_is_longer(seed: int) -> None:
    """The same with records that are long in every way."""
    random = Random(seed)  # noqa: S311 (no secret)
    library = hostile.library(random, "A4", written=seed % 3 == 0, complete=seed % 2 == 0)
    for day in (date(2021, 1, 1), date(2021, 12, 1), DAY):
        for template, view in reports(library, day):
            line = bottom_line(view, template)
            assert words(line) <= LIMIT, f"{view.id}: {line}"


def test_further_steps_are_told_among_the_promises_alone() -> None:
    """Page one says how many more there are, and where: not twice over on the pages behind."""
    day = date(2023, 6, 1)
    view = report(many_promises(9, "debris"), 1, day)
    assert len(view.steps.rows) == 5
    assert (view.steps.further, view.steps.more[0]) == ((), "and four more")
    page = markup.fromstring(html.render(THEME, "meeting", view, "en"))
    (link,) = page.xpath('//p[@data-left-out="steps"][@data-number="0"]/a/@href')
    assert link == "#followed"
    ours = report(of_desk(many_promises(9, "debris"), "state-a"), 1, day)
    assert len(ours.steps.further) == 4


def test_where_nobody_is_said_to_have_chaired_no_heading_asks_who_met() -> None:
    """What stands below is the meeting before and after."""
    view = report(many_promises(9), 1)
    assert view.met
    for met, heading in ((view.met, "Who met"), ((), "In the series")):
        found = view.model_copy(update={"met": met})
        page = markup.fromstring(html.render(THEME, "meeting", found, "en"))
        (section,) = page.xpath('//section[@aria-labelledby="met"]')
        assert section.xpath("h2/text()") == [heading]
        assert "In the series" in "".join(section.itertext())
        assert len(section.xpath(".//h3")) == len(met) + bool(met)


def test_a_composed_bottom_line_reads_like_a_persons() -> None:
    """What was agreed by the same side is one sentence; then how the promises stand."""
    library = without_written(real())
    assert bottom_line(report(library, 8), "meeting") == (
        "Both sides committed to use their space cooperation in support of carrying out "
        "Japan\N{RIGHT SINGLE QUOTATION MARK}s National Security Strategy and to deepen the links "
        "between the two countries\N{RIGHT SINGLE QUOTATION MARK} space industries. "
        "Of the meeting\N{RIGHT SINGLE QUOTATION MARK}s three promises, one is met and two are in "
        "progress (two by inference)."
    )
    assert bottom_line(report(small(), 1), "meeting").startswith(
        "State A committed to deliver its part of the lander. Of the "
        "meeting\N{RIGHT SINGLE QUOTATION MARK}s two promises"
    )
    announced = without_written(real(), evidence="announced")
    assert bottom_line(report(announced, 2), "meeting").startswith(
        "The meeting was announced as one on maritime domain awareness. "
    )


def test_a_promise_names_who_made_it() -> None:
    """What one side alone committed to does not read as if both had."""
    page = markup.fromstring(html.render(THEME, "meeting", report(small(), 1), "en"))
    rows = page.xpath('//table[@aria-labelledby="followed"]/tbody/tr')
    told = [" ".join("".join(row.itertext()).split()) for row in rows]
    assert any("State A, " in row for row in told)
    assert any("Both, " in row for row in told)


def many_promises(number: int, about: str = "lander") -> Library:
    """Return the small library with so many promises of its first meeting, the first with a day."""
    said = {"subjects": [about], "verb": "agreed", "by": ["state-a"], "source": "statement-01"}
    items = [
        {**said, "id": f"c1-{n:02}", "strength": "committed", "text": f"to do task {n}"}
        for n in range(1, number + 1)
    ]
    items[0] |= {"due": "2027-05"}
    items += [{**said, "text": f"matter {n}"} for n in range(12)]
    return with_written(small(), 1, statements={"complete": True, "items": items})


def test_a_promise_of_page_one_is_not_told_again_behind_it() -> None:
    """There stand the others; where there are none, there is no such part."""
    for number, others in ((4, 0), (9, 3)):
        view = report(many_promises(number), 1)
        page = markup.fromstring(html.render(THEME, "meeting", view, "en"))
        behind = page.xpath('//tbody[@id="followed-rest"]/tr')
        assert len(page.xpath('//table[@aria-labelledby="promised"]/tbody/tr')) == number - others
        assert len(behind) == others
        assert bool(page.xpath('//section[@aria-labelledby="followed"]/@hidden')) == (not others)


def test_a_meeting_without_a_document_is_not_said_to_have_been_read() -> None:
    """Its head says that there is none; neither the bottom line nor 'How we know' speaks of one."""
    said = {"subjects": ["lander"], "verb": "discussed", "by": ["state-a"], "text": "the lander"}
    told = {"complete": False, "items": [{**said, "source": "news"}]}
    for document, is_told in (("not verified", False), ("statement-01", True)):
        found = with_written(small(), 1, document=document, evidence="partial", statements=told)
        view = report(found, 1)
        assert ("No promise of the meeting is on record." in view.bottom_line) != is_told
        assert any("could be read" in one for one in view.knowledge.sentences) == is_told


def test_of_a_meeting_of_which_nothing_is_told_the_page_says_once_how_much_was_read() -> None:
    """The bottom line says that nothing is on record of what was said."""
    nothing = {"complete": False, "items": []}
    written = {"document": "statement-01", "evidence": "partial", "statements": nothing}
    view = report(with_written(small(), 1, **written), 1)
    assert view.bottom_line == "Nothing is on record of what was said."
    assert view.knowledge.sentences == ("Only a part of the document could be read.",)


def test_a_document_of_no_kind_on_record_is_called_a_document() -> None:
    """At the head of the page, and where it is said how much of it was read."""
    said = {"subjects": ["lander"], "verb": "discussed", "by": ["state-a"], "text": "the lander"}
    told = {"complete": True, "items": [{**said, "source": "statement-01"}]}
    view = report(with_written(small(), 1, document="statement-01", statements=told), 1)
    assert "Document of three paragraphs, read in full." in view.setting.text
    assert "The document was read in full." in view.knowledge.sentences


def test_where_nothing_was_promised_page_one_has_the_plans() -> None:
    """It goes on, and does not end in the middle of a page."""
    said = {"subjects": ["lander"], "verb": "planned", "by": ["state-a"], "source": "statement-01"}
    plan = {**said, "id": "e1-01", "strength": "planned", "due": "2022", "text": "to fly"}
    items = [plan, *({**said, "text": f"matter {n}"} for n in range(20))]
    view = report(with_written(small(), 1, statements={"complete": True, "items": items}), 1)
    assert not view.stands_alone
    assert ([row.id for row in view.promised.first], view.promised.further) == (["e1-01"], ())
    assert '<h2 id="followed">What was planned' in html.render(THEME, "meeting", view, "en")
    promised = {**plan, "strength": "committed"}
    found = with_written(small(), 1, statements={"complete": True, "items": [promised]})
    page = html.render(THEME, "meeting", report(found, 1), "en")
    assert '<h2 id="followed">What was promised' in page


def test_page_one_says_by_when_a_promise_is_due() -> None:
    """Unless the promise itself says so."""
    rows = report(many_promises(4), 1).promised.rows
    assert {row.brief for row in rows if row.id == "c1-01"} == {
        "Do task 1 (State A; due: May 2027)"
    }
    assert not any("due" in row.brief for row in rows if row.id != "c1-01")


# What page one has room for


# WeasyPrint has no types
def laid_out(view: MeetingReport | UpcomingReport, template: str) -> Any:  # noqa: ANN401
    """Return the pages of a report."""
    from reporter.formats.pdf import layout, rendering

    return layout.lay_out(
        THEME, html.render(THEME, template, view, "en"), rendering._read(THEME, "")[0]
    ).pages


def _texts(box: Any) -> Iterator[str]:  # noqa: ANN401 (as above)
    """Yield the texts of a page."""
    if text := getattr(box, "text", None):
        yield text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def ends_on(pages: Any) -> int:  # noqa: ANN401 (as above)
    """Return the number of the page on which page one ends."""
    return next(number for number, page in enumerate(pages, 1) if "page-one-ends" in page.anchors)


def test_no_word_that_has_room_on_the_next_line_is_hyphenated() -> None:
    """Not the verb either that stands before what was said, where a run of italics begins."""
    said = {"subjects": ["lander"], "verb": "discussed", "source": "statement-01"}
    told = [f"a{'n' * (n % 13)} {'thing ' * (n % 7)}here" for n in range(91)]
    items = [{**said, "by": ["state-a", "state-b"], "text": text} for text in told]
    view = report(with_written(small(), 1, statements={"complete": True, "items": items}), 1)
    found = [text for page in laid_out(view, "meeting") for text in _texts(page._page_box)]
    assert sum("iscussed" in text for text in found) >= len(items)
    assert [text for text in found if text.endswith("-")] == []


def test_no_line_of_a_title_breaks_within_a_date() -> None:
    """Nor one of a bottom line: each date in full stands in one piece."""
    line = {"text": "Signed on 3 May 2024; a call in June.", "source": "statement-01"}
    view = report(with_written(small(), 1, bottom_line=line), 1)
    page = html.render(THEME, "meeting", view, "en")
    assert '<p>Signed on <span class="nowrap">3 May 2024</span>; a call in June.' in page
    assert re.search(r'<h1>.*<span class="nowrap">\d+ \w+ \d{4}</span>', page)


@pytest.mark.parametrize("paper", ["A4", pytest.param("Letter", marks=pytest.mark.full)])
@pytest.mark.parametrize(
    "number", [8, *(pytest.param(number, marks=pytest.mark.full) for number in (1, 2, 9))]
)
def test_page_one_of_the_real_meetings_ends_in_time(number: int, paper: str) -> None:
    """On both papers, with three pages behind it at most, and all that a person wrote."""
    library = Library(real().project.model_copy(update={"paper": paper}), real().records)
    view = report(library, number)
    pages = laid_out(view, "meeting")
    assert ends_on(pages) == 1
    assert len(pages) <= 4
    written = len(view.steps.rows) if view.steps.written else 0
    texts = "".join(_texts(pages[0]._page_box))
    assert sum(row.text.split()[0] in texts for row in view.steps.rows) >= written


def without_steps(library: Library) -> Library:
    """Return the library without any step that a person wrote."""
    kept = (
        record.model_copy(update={"next_steps": ()}) if isinstance(record, Meeting) else record
        for record in library.records
    )
    return Library(library.project, tuple(kept))


def test_what_is_left_out_is_told_with_its_page() -> None:
    """How many, and a link to where they stand, of which the paper prints the page."""
    view = report(without_steps(real()), 8)
    page = markup.fromstring(html.render(THEME, "meeting", view, "en"))
    ids = set(page.xpath("//@id"))
    for group, rows in (("steps", view.steps.rows), ("promised", view.promised.rows)):
        told = page.xpath(f'//*[@data-left-out="{group}"]//a[@class="more"]')
        assert len(told) >= len(rows) - 1, "a number of those left out has no words"
        assert {link.get("href")[1:] for link in told} <= ids
    assert len(page.xpath('//table[@aria-labelledby="steps"]/tbody/tr')) == len(view.steps.rows)


@pytest.mark.full
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(
    "seed",
    [0, 1, 4, *(pytest.param(seed, marks=pytest.mark.fuzz) for seed in (2, 3, *range(5, 30)))],
)
def test_what_is_composed_never_runs_over(seed: int, paper: str) -> None:
    """Whatever records say and however much, page one ends on page one.

    That holds for a meeting, and for the briefing before one.
    """
    random = Random(f"{seed}{paper}")  # noqa: S311 (no secret)
    library = hostile.library(random, paper, complete=random.random() < 0.7)
    assert ends_on(laid_out(report(library, 2), "meeting")) == 1
    ahead = upcoming_report(context(library, date(2021, 12, 1), asked=True), library.meetings[2])
    assert ends_on(laid_out(ahead, "upcoming")) == 1


def test_what_a_person_wrote_and_does_not_fit_is_named() -> None:
    """The error says by how much page one runs over, and which part is how far above its share."""
    from reporter.formats import pdf
    from reporter.problems import ReporterError

    point = {"text": "a " + "responsibilities " * 29, "date": "2023-05-10", "source": "news"}
    step = {
        "text": "interoperability " * 15,
        "by": "state-a",
        "date": "2023-05-10",
        "source": "news",
    }
    library = with_written(small(), 1, agreed=[point] * 6, next_steps=[step] * 6)
    view = report(library, 1, date(2024, 7, 1))
    with pytest.raises(ReporterError) as raised:
        pdf.render(THEME, html.render(THEME, "meeting", view, "en"), view.id)
    (problem,) = raised.value.problems
    assert "page one does not stand alone: it runs over by " in problem.message
    assert " mm, " in problem.message
    assert "'agreed'" in problem.hint
    assert problem.hint.index("'next_steps'") > 0
    assert "bottom_line" not in problem.hint


def test_a_written_point_names_nobody(project: Path) -> None:
    """Who stands in its words, if anybody: no program is told that it is all sides."""
    points = (
        "{verb: Committed, text: to launch, source: news}, {text: A launch is near., source: news}"
    )
    assert written_into(project, f"agreed: [{points}]") == []
    (task,) = plan(project, Choice("meeting", (1,)), date(2026, 1, 1), asked=True).tasks(
        words_of("en")
    )
    assert [point["who"] for point in task.report.model_dump()["agreed"]] == [None, None]
    page = html.render(Theme.of(project), task.template, task.report, task.language)
    assert "<strong>Committed</strong> to launch" in page
    assert bottom_line(task.report, "meeting").startswith(
        "Committed to launch. Of the meeting\N{RIGHT SINGLE QUOTATION MARK}s two promises"
    )
