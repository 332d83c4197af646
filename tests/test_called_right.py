"""Tests of how things are called: chairs, documents, gaps, subjects, and the marks of a legend."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
import several
from reading import words
from told import told

from reporter.reports.common.meeting_names import mentioned, numbered

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 1, 1)
THIRD = """
number: 3
date: 2025-10-01
place: {city: First City, host: state-a, source: news}
document: news
evidence: full
defaults: {by: [state-a, state-b], source: news}
participants:
  - {side: state-a, list: not given}
statements:
  complete: true
  items:
    - {subjects: SUBJECT, verb: discussed, text: the lander}
"""
CALL = """
id: call-2025-11
kind: call
date: 2025-11-05
form: online
document: news
evidence: full
statements: {complete: true}
"""


def edit(project: Path, name: str, *changes: tuple[str, str]) -> None:
    """Change the text of a file of the data."""
    path = project / "data" / name
    text = path.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, encoding="utf-8")


def add(project: Path, name: str, text: str) -> None:
    """Add a record of a meeting."""
    path = project / "data" / "meetings" / f"{name}.yaml"
    path.write_text(text.lstrip(), encoding="utf-8")


def third(project: Path, subject: str = "lander") -> None:
    """Add the third meeting."""
    add(project, "03", THIRD.replace("SUBJECT", subject))


def test_a_comparison_calls_a_document_what_it_is(project: Path) -> None:
    """Minutes are no joint statement, and they are many."""
    edit(project, "documents.yaml", ("paragraphs: 4}", "paragraphs: 4, kind: minutes}"))
    page = told(project, DAY, "comparison", 1, 2)
    assert "The minutes were read in full." in page
    assert "The minutes were read in full." in told(project, DAY, "meeting", 2)


def test_a_subject_of_long_ago_is_not_new(project: Path) -> None:
    """The lander was one of the first meeting, not of the second, and is back at the third."""
    third(project)
    page = told(project, DAY, "comparison", 2, 3)
    assert "Back again Lander" in page
    assert "subject was new" not in page


def test_a_postponement_without_a_new_date_stands_in_the_bottom_line(project: Path) -> None:
    """The last date that was planned is told as what it was."""
    path = project / "data" / "programmes" / "lander.yaml"
    text = path.read_text(encoding="utf-8").partition("    outcome")[0]
    halt = "    postponed: [{date: 2025-01-15, text: No new date is given, source: news}]\n"
    path.write_text(text + halt, encoding="utf-8")
    page = told(project, DAY, "programme", "lander")
    assert (
        "Launch: postponed on 15 January 2025, no new date; last planned for February 2025." in page
    )


def test_the_legend_of_the_time_line_tells_both_lacks(project: Path) -> None:
    """Of one meeting no host is on record, of a call no side was; a letter stands in its disc."""
    edit(project, "meetings/02.yaml", (", host: state-b", ""))
    add(project, "call-2025-11", CALL)
    assert "no side known as host" in told(project, DAY, "series")


def test_a_list_that_is_not_given_is_not_said_to_be_unread(project: Path) -> None:
    """The legend of the marks says what they stand for."""
    third(project)
    page = told(project, DAY, "series")
    assert "the document gives no list or not all of it, or it could not be read" in page


def test_a_series_of_summits_is_known_by_their_numbers(project: Path) -> None:
    """A letter stands for what has none, in the table of set phrases, too."""
    for number in ("01", "02"):
        edit(project, f"meetings/{number}.yaml", ("number:", "kind: summit\nnumber:"))
    page = told(project, DAY, "series")
    assert "All are of one kind: summit meeting." in page
    assert "A letter stands" not in page
    words = "phrases: [{phrase: use-of-space, words: open to all, source: news}]\n"
    add(project, "call-2025-11", CALL + words)
    page = told(project, DAY, "series")
    assert "A letter stands" in page
    wording = page.partition("Set phrases")[2].partition("For meetings that are not")[0]
    assert "a 5 Nov 2025" in wording
    assert "call-2025-11" not in wording


def test_one_who_has_the_chair_alone_is_no_co_chair(project: Path) -> None:
    """In the series, its table, a comparison, and on the page of the body."""
    edit(project, "meetings/01.yaml", ("cochairs:", "chairing: in turn\ncochairs:"))
    edit(
        project,
        "meetings/01.yaml",
        ("  - {side: state-b, organisation: b-ministry, source: statement-01#1}\n", ""),
    )
    for kind, arguments in (("series", ()), ("comparison", (1, 2)), ("body", ("a-ministry",))):
        page = told(project, DAY, kind, *arguments)
        assert "o-chair" not in page
        assert "hair" in page


def test_nothing_is_called_not_verified_where_nobody_looked(project: Path) -> None:
    """Of a document that was read in full and names no chair there is a dash."""
    page = told(project, DAY, "series")
    assert "not verified" not in page.partition("All meetings")[2].partition("Set phrases")[0]


def test_a_regular_meeting_is_called_so_where_others_came_after_it(project: Path) -> None:
    """Two meetings were regular, and a call was held since."""
    add(project, "call-2025-11", CALL)
    page = told(project, date(2026, 6, 1), "series")
    assert "No third regular meeting is on record, 13 months after the second." in page


@pytest.mark.parametrize("is_one_of_several", [True, False])
def test_questions_of_the_project_are_told_somewhere(
    project: Path,
    is_one_of_several: bool,  # noqa: FBT001 (as parametrized)
) -> None:
    """Where there are several series, on the ledger of all; else on the page of the series."""
    edit(project, "project.yaml", ("researched", "not_verified: [Who paid?]\nresearched"))
    if is_one_of_several:
        several.add(project)
    assert "Who paid?" in told(project, DAY, "ledger" if is_one_of_several else "series")


def test_a_letter_of_intent_is_not_missing_its_entry_into_force(project: Path) -> None:
    """Where none is of a kind that enters into force, nobody looks for the day."""
    date_of_force = "in_force: {date: 2023-02-01, source: agreement-text}"
    edit(
        project,
        "agreements/lander-agreement.yaml",
        ("type: treaty-level agreement", "type: letter of intent"),
        (date_of_force, "in_force: not applicable"),
    )
    page = told(project, DAY, "party", "state-b")
    assert "One agreement with it is on record: it is of no kind that enters into force." in page


def test_names_keep_their_capital_in_a_sentence(project: Path) -> None:
    """A side, the name of a series, and what belongs to a side."""
    edit(project, "project.yaml", ("{en: State B}", "{en: Borduria}"))
    edit(
        project,
        "meetings/01.yaml",
        ("text: Any exchange of data, status: not verified", "text: Borduria's list"),
        ("id: c1-01", "id: c1-01\n      short: Borduria to see the lander"),
        ("        - {date: 2025-01-20, text: Delivered, status: met, source: news}\n", ""),
    )
    assert "Look again for Borduria’s list" in told(project, DAY, "meeting", 1)  # noqa: RUF001
    assert "Late: Borduria to see the lander" in told(project, DAY, "ledger")


def test_what_went_is_named_for_what_it_is(project: Path) -> None:
    """One what: a subject, where nothing else was told before."""
    third(project)
    edit(project, "meetings/02.yaml", ("subjects: debris", "subjects: [debris, lander]"))
    page = told(project, DAY, "comparison", 2, 3)
    assert "One subject was no longer mentioned." in page


def test_who_else_came_is_not_asked_where_nobody_is_told_of(project: Path) -> None:
    """The document of the third meeting gives no list, and there is none of the second."""
    third(project, "debris")
    page = told(project, DAY, "comparison", 2, 3)
    assert "Who came or went cannot be told" in page
    assert "no list of meeting 2 is on record" in page
    assert "else came or went" not in page


def test_an_index_of_several_series_counts_overviews(project: Path) -> None:
    """Two series and the ledger are three overviews, none of them on the whole series."""
    several.add(project)
    assert "three overviews" in told(project, DAY, None)


def test_a_call_need_not_have_been_online(project: Path) -> None:
    """Of one whose form is not known nothing is said of a place, nor that none was found."""
    add(project, "call-2025-11", CALL.replace("form: online\n", ""))
    page = told(project, DAY, "meeting", "call-2025-11")
    assert "nline" not in page
    assert "lace not verified" not in page
    assert "Hosts: State A (one) and State B (one)." in told(project, DAY, "series")


def test_a_meeting_in_the_margins_says_of_what(project: Path) -> None:
    """It stands beside the place."""
    margins = CALL.replace("call", "margins").replace(
        "form: online", "place: {city: Nice, source: news}\nmargins: {en: the Ocean Summit}"
    )
    add(project, "margins-2025-11", margins)
    page = told(project, DAY, "meeting", "margins-2025-11")
    assert "Nice, in the margins of the Ocean Summit." in page


def test_somebody_of_no_side_may_have_the_chair(project: Path) -> None:
    """The body of the third country stands in the series, on the meeting's page and on its own."""
    edit(
        project,
        "organisations.yaml",
        ("- {id: b-office", "- {id: union, name: {en: Union}}\n- {id: b-office"),
    )
    chair = "chaired_by: {organisation: union, person: a-envoy, source: news}\nstatements:"
    edit(project, "meetings/02.yaml", ("statements:", chair))
    assert "In the chair The Envoy for Space, Union" in told(project, DAY, "meeting", 2)
    table = told(project, DAY, "series").partition("All meetings")[2].partition("How space")[0]
    assert "Union" in table
    page = told(project, DAY, "body", "union")
    assert "It took part in one meeting" in page
    assert "Second meeting, Second City chair" in page


def test_meetings_of_one_kind_are_called_so_once(project: Path) -> None:
    """Below the table of their series, where they have no numbers and differ in nothing."""
    several.add(project)
    calls = project / "data" / "series" / "calls"
    (calls / "meetings").mkdir(parents=True)
    (calls / "series.yaml").write_text(several.SETTINGS.format(name="calls"), encoding="utf-8")
    for month in ("09", "11"):
        text = CALL.replace("2025-11", f"2025-{month}").lstrip()
        path = calls / "meetings" / f"call-2025-{month}.yaml"
        path.write_text(text, encoding="utf-8")
    page = told(project, DAY, "series", series="calls")
    assert "All are of one kind: call." in page
    assert "2025, call" not in page


def test_nobody_is_told_that_nothing_can_be_told(project: Path) -> None:
    """Where no list is lacking and its statement was read in part, the page has said so."""
    lists = """participants:
  - {side: state-a, complete: true, bodies: [a-ministry], source: news}
  - {side: state-b, complete: true, bodies: [b-ministry, b-agency], source: news}
statements:"""
    edit(
        project,
        "meetings/02.yaml",
        ("evidence: full", "evidence: partial"),
        ("statements:", lists),
        ("complete: true\n  items", "complete: false\n  items"),
    )
    edit(project, "meetings/01.yaml", ("complete: true\n  items", "complete: false\n  items"))
    page = told(project, DAY, "meeting", 2)
    assert "Only a part" in page
    assert "came or went" not in page


def test_nobody_asks_for_firsts_where_all_were_there_before(project: Path) -> None:
    """The first meeting is not on record; to the second and third the same bodies came."""
    for name, number in (("01", 2), ("02", 3)):
        edit(project, f"meetings/{name}.yaml", (f"number: {number - 1}", f"number: {number}"))
    meetings = project / "data" / "meetings"
    (meetings / "02.yaml").rename(meetings / "03.yaml")
    (meetings / "01.yaml").rename(meetings / "02.yaml")
    lists = """participants:
  - {side: state-a, complete: true, bodies: [a-ministry], source: news}
  - {side: state-b, complete: true, bodies: [b-ministry], source: news}
statements:"""
    edit(project, "meetings/03.yaml", ("statements:", lists))
    assert "first time" not in told(project, DAY, "comparison", 2, 3)
    edit(project, "meetings/02.yaml", ("bodies: [b-ministry, b-agency]", "bodies: [b-agency]"))
    edit(
        project,
        "meetings/02.yaml",
        ("  - {side: state-b, organisation: b-ministry, source: statement-01#1}\n", ""),
    )
    assert "State B: whether a body took part for the first time" in told(
        project, DAY, "comparison", 2, 3
    )


def test_what_has_no_status_stands_apart_on_the_briefing_on_a_party(project: Path) -> None:
    """In a table without that column, below the dated plans, if there are any."""
    page = told(project, DAY, "party", "state-b").rpartition("What is still expected")[2]
    assert "Neither promises nor dated plans" in page.partition("Looked forward")[0]
    assert "Status" not in page


def test_meetings_in_a_row_are_named_by_the_first_and_the_last() -> None:
    """Two are named each."""
    told = {(1, 2): "1 and 2", (1, 2, 3, 5): "1 to 3 and 5", (2, 4, 6, 7, 8): "2, 4 and 6 to 8"}
    for numbers, said in told.items():
        assert numbered(numbers, words("en")) == said
        assert mentioned(numbers, words("en")) == f"meetings {said}"


def test_one_of_a_side_is_its_co_chair(project: Path) -> None:
    """Several are its co-chairs."""
    page = told(project, DAY, "meeting", 1)
    assert "Co-chair, State A" in page
    assert "Co-chairs, State A" not in page


def test_a_meeting_beside_its_day_is_named_without_it(project: Path) -> None:
    """One that no number names is otherwise called by its day."""
    said = "{verb: discussed, text: the lander, by: [state-a], about: [lander], source: news}"
    items = f"statements: {{complete: true, items: [{said}]}}"
    add(project, "call-2025-11", CALL.replace("statements: {complete: true}", items))
    page = told(project, DAY, "programme", "lander")
    assert "5 Nov 2025 [" in page
    assert "of 5 November 2025" not in page


def test_that_a_body_chairs_is_said_once(project: Path) -> None:
    """In the list of its side; a person, or a body that the list does not have, stands below."""
    assert "Co-chair, State B" not in told(project, DAY, "meeting", 1)
    edit(project, "meetings/01.yaml", ("bodies: [b-ministry, b-agency]", "bodies: [b-agency]"))
    assert "Co-chair, State B" in told(project, DAY, "meeting", 1)


def test_sides_stand_in_one_order_on_all_pages(project: Path) -> None:
    """Our own first, then as the settings have them, whichever a document names first."""
    lists = """participants:
  - {side: state-b, complete: true, bodies: [b-ministry], source: news}
  - {side: state-a, complete: true, bodies: [a-ministry], source: news}
statements:"""
    edit(project, "meetings/02.yaml", ("statements:", lists))
    for desk, first, second in (("a", "State A", "State B"), ("b", "State B", "State A")):
        edit(project, "project.yaml", ("language: en\n", f"language: en\ndesk: state-{desk}\n"))
        page = told(project, DAY, "meeting", 2).rpartition("Who took part")[2]
        edit(project, "project.yaml", (f"desk: state-{desk}\n", ""))
        assert 0 < page.index(first) < page.index(second)
    chairs = """cochairs:
  - {side: state-b, organisation: b-ministry, source: news}
  - {side: state-a, organisation: a-ministry, source: news}
statements:"""
    edit(project, "meetings/02.yaml", ("statements:", chairs))
    row = told(project, DAY, "series").partition("2\N{EN DASH}3 Apr 2025")[2]
    assert 0 < row.index("State A: ") < row.index("State B: ")


def test_a_name_that_a_reader_cannot_say_is_marked_on_each_page(project: Path) -> None:
    """Of whom signed, of who chaired; one of which a source gives the reading is told by that."""
    people = project / "data" / "people.yaml"
    signing = "{date: 2022-11-30, place: Second City, source: agreement-text}"
    signed = (
        "{date: 2022-11-30, place: Second City, source: agreement-text, signatories: "
        "[{person: a-envoy, organisation: a-ministry, source: agreement-text}]}"
    )
    edit(project, "agreements/lander-agreement.yaml", (f"signing: {signing}", f"signing: {signed}"))
    for written, told_as in (
        ("{en: The Envoy for Space}", "The Envoy for Space, "),
        ("{ja: 山田}", "山田 (reading not confirmed), "),
        ("{ja: 山田}, reading: Yamada", "Yamada ( 山田 ), "),
    ):
        people.write_text(f"- {{id: a-envoy, name: {written}}}\n", encoding="utf-8")
        assert told_as in told(project, DAY, "agreement", "lander-agreement")
        assert told_as in told(project, DAY, "comparison", 1, 2)
        assert told_as in told(project, DAY, "series")


def test_a_fact_on_which_sources_disagree_is_followed_by_what_they_say(project: Path) -> None:
    """After a colon, since what they say is often no sentence."""
    page = told(project, DAY, "agreement", "lander-agreement")
    assert "Lander Agreement was signed: 30 November 2022" in page


def test_a_set_phrase_is_called_one_where_its_words_moved(project: Path) -> None:
    """Its name alone before the words would be no sentence."""
    path = project / "data" / "meetings" / "01.yaml"
    said = "phrases: [{phrase: use-of-space, words: safe, source: statement-01#1}]"
    path.write_text(f"{path.read_text(encoding='utf-8')}{said}\n", encoding="utf-8")
    page = told(project, DAY, "comparison", 1, 2)
    assert "Set phrase \N{LEFT DOUBLE QUOTATION MARK}How space is to be used" in page


def test_where_sources_disagree_about_an_agreement_its_own_page_tells(project: Path) -> None:
    """A meeting that speaks of it names the fact; one that it is about tells it, too."""
    assert "Sources also disagree on matters that it speaks of" in told(project, DAY, "meeting", 1)
    assert "Used here: " not in told(project, DAY, "meeting", 1)
    assert "Used here: " in told(project, DAY, "agreement", "lander-agreement")
    edit(
        project,
        "disagreements.yaml",
        ("about: lander-agreement", "about: [lander-agreement, meeting-01]"),
    )
    assert "Used here: " in told(project, DAY, "meeting", 1)


def test_a_date_in_words_has_its_year(project: Path) -> None:
    """On a page of several years, "by the end of July" is of none; brackets hold no brackets."""
    edit(
        project,
        "meetings/01.yaml",
        ("due: 2024", "due: 2025-07\n      due_words: by the end of July"),
    )
    page = told(project, DAY, "ledger")
    assert "by the end of July (Jul 2025)" in page
    page = told(project, DAY, "meeting", 1)
    assert "by the end of July (Jul 2025)" in page
    assert "(due: by the end" not in page
    edit(project, "meetings/01.yaml", ("end of July", "end of July 2025"))
    assert "July 2025 (" not in told(project, DAY, "ledger")


def test_what_shall_be_done_is_named_as_something_to_do(project: Path) -> None:
    """As what was committed to is; a whole sentence keeps its verb."""
    old = "verb: committed\n      text: to deliver its part"
    edit(project, "meetings/01.yaml", (old, "verb: shall\n      text: deliver its part"))
    assert "Deliver its part of the lander" in told(project, DAY, "ledger")
    page = told(project, DAY, "meeting", 1)
    assert "State A shall deliver its part of the lander" in page
    assert "Shall deliver" not in page
