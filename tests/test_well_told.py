"""What a page or a message says is said in full, in one form, and for whoever reads it."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

import children
import pytest
from reading import words
from told import told

from reporter.choice import Choice, Edition
from reporter.desk.fields import explained
from reporter.formats import pdf
from reporter.formats.html import render
from reporter.problems import AbsentError, ReporterError
from reporter.records.check import check
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from pathlib import Path

DAY = date(2026, 6, 30)
HANDLING = "handling: {cleared_by: not cleared}\n"
THIRD = """number: 3
title: {en: Third Meeting}
date: 2027
place: not verified
evidence: announced
statements: {complete: false, items: []}
announced: {text: State A invited State B to a third meeting, source: news, date: 2026-01}
"""


def page(project: Path, choice: Choice, edition: Edition | None = None) -> str:
    """Return the page of a report."""
    more = {"edition": edition} if edition else {}
    (task,) = plan(project, choice, DAY, asked=True, **more).tasks(words("en"))
    text = render(Theme.of(project), task.template, task.report, "en")
    return text.replace("\N{NO-BREAK SPACE}", " ")


def change(project: Path, name: str, old: str, new: str) -> None:
    """Change a file of a project."""
    path = project / "data" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problem(project: Path) -> tuple[str, str]:
    """Return what a check finds first, and what to do about it."""
    with pytest.raises(ReporterError) as caught:
        check(project)
    first = caught.value.problems[0]
    return first.message, first.hint


def test_what_same_as_takes() -> None:
    """A promise or the track of a programme, and no document."""
    told = "\n".join(explained("statement.same_as"))
    assert "takes the id of a promise" in told
    assert "document" not in told


def test_a_side_is_no_body(project: Path) -> None:
    """The problem says how to ask about a side; of another name, each body is listed once."""
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("body", ("state-a",)), DAY, asked=True)
    assert "--with state-a" in caught.value.problems[0].hint
    assert "--ledger --owner state-a" in caught.value.problems[0].hint
    with pytest.raises(AbsentError) as caught:
        plan(project, Choice("body", ("something-else",)), DAY, asked=True)
    assert caught.value.problems[0].hint.count("b-agency") == 1
    assert caught.value.problems[0].hint.islower()


def test_the_name_of_a_side_for_its_id(project: Path) -> None:
    """It is said whose name it is."""
    change(project, "meetings/02.yaml", "by: [state-a, state-b]", "by: [State A, state-b]")
    message, hint = problem(project)
    assert "'State A'" in message
    assert hint == "it is the name of state-a: write the id"


def test_a_second_meeting_of_a_number(project: Path) -> None:
    """It is not told to take the name of the file that is there."""
    change(project, "meetings/02.yaml", "number: 2", "number: 1")
    assert problem(project)[1] == "there is a '01.yaml': correct the number"


def test_an_announcement_ends(project: Path) -> None:
    """Where a sentence takes in a text of the records, it has a full stop."""
    (project / "data" / "meetings" / "03.yaml").write_text(THIRD, encoding="utf-8")
    assert "invited State B to a third meeting." in page(project, Choice("series"))


def test_a_plan_in_the_words_of_its_document(project: Path) -> None:
    """They may begin with a word such as 'by', and are quoted, with the year that they lack."""
    change(
        project, "programmes/lander.yaml", "due: 2025-02,", "due: 2025-02, due_words: by spring,"
    )
    change(project, "programmes/lander.yaml", "    outcome: {date", "    # {date")
    shown = page(project, Choice("programme", ("lander",)))
    later = "two months later than in the first plan on record"
    assert f"planned “by spring” (Feb 2025), {later}, and no outcome on record" in shown
    assert "planned for by" not in shown


def test_what_is_not_cleared(project: Path) -> None:
    """It is said as that, not as cleared by somebody of that name."""
    path = project / "data" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + HANDLING, encoding="utf-8")
    shown = page(project, Choice("meeting", (1,)))
    assert "Not cleared." in shown
    assert "by not cleared" not in shown


def test_a_public_edition_gives_our_house_nothing_to_do(project: Path) -> None:
    """Who looks again for what was not found is of no concern to others."""
    told = "Look again for"
    assert told in page(project, Choice("meeting", (1,)))
    assert told not in page(project, Choice("meeting", (1,)), Edition("public"))


def test_promises_in_one_form(project: Path) -> None:
    """One with a short form and one without stand alike in a list."""
    shown = page(project, Choice("comparison", (1, 2)))
    assert "Share data on debris" in shown
    assert "to share data on debris" not in shown.split('id="sources"')[0].split("<main")[1]


def test_each_cell_of_a_card_has_its_label(project: Path) -> None:
    """On a phone a row of a table is a card, and 'none on record' says of what."""
    for choice in (Choice("ledger"), Choice("meeting", (2,)), Choice("body", ("b-agency",))):
        for row in page(project, choice).split("<tr")[1:]:
            for cell in row.split("<td")[1:]:
                tag = cell.partition(">")[0]
                assert "none on record" not in cell or "data-label=" in tag


def test_a_text_copied_as_a_sentence_goes_on_after_its_verb(project: Path) -> None:
    """Its ``To`` begins small, as does the verb; a full stop behind it ends no sentence."""
    first = "meetings/01.yaml"
    change(project, first, "committed\n      text: to deliver", "Committed\n      text: To deliver")
    change(project, first, "part of the lander\n", "part of the lander.\n")
    change(
        project,
        first,
        "by: [state-a, state-b]\n      verb: concurred",
        "by: state-a\n      verb: concurred",
    )
    text = told(project, DAY, "meeting", 1)
    assert "State A committed to deliver its part of the lander and concurred" in text
    assert "To deliver" not in text


def test_a_summary_ends_before_what_is_said_after_it(project: Path) -> None:
    """A record may end it with a full stop or not."""
    change(project, "agreements/lander-agreement.yaml", "a lander together.", "a lander together")
    assert "a lander together. [1] Entry into force" in told(
        project, DAY, "agreement", "lander-agreement"
    )


@pytest.mark.parametrize(
    ("day", "later"),
    [
        ("1945-05-10", "80 years later"),
        ("1945", "79 to 80 years later"),
        ("2020-04-02", "five years later"),
        ("2020-05-02", "59 months later"),
    ],
)
def test_what_is_far_apart_is_told_in_years(project: Path, day: str, later: str) -> None:
    """From five years on: nobody counts 959 months."""
    change(project, "meetings/01.yaml", "date: 2023-05-10", f"date: {day}")
    assert f"; {later} Place" in told(project, DAY, "comparison", 1, 2)


def test_a_gap_of_years_is_told_in_years(project: Path) -> None:
    """Whole ones have passed; up to five years it is told in months."""
    assert "more than five years after the second" in told(project, date(2031, 1, 1), "series")
    assert "57 months after the second" in told(project, date(2030, 1, 5), "series")


def test_a_single_promise_is_not_counted_twice(project: Path) -> None:
    """'One promise is on record: one is open' said how many two times."""
    text = told(project, DAY, "body", "b-agency")
    assert "Its promises and dated plans on record: one is open." in text


def test_who_had_the_chair_and_is_of_no_side_is_in_the_table_of_chairs(project: Path) -> None:
    """Beside those who led a side; else the table said who chaired without the one who did."""
    chair = "chaired_by: {person: b-envoy, organisation: council, source: news}\n"
    change(project, "meetings/02.yaml", "statements:", f"{chair}statements:")
    with (project / "data" / "organisations.yaml").open("a", encoding="utf-8") as bodies:
        bodies.write("- {id: council, name: {en: Council of States}}\n")
    with (project / "data" / "people.yaml").open("a", encoding="utf-8") as people:
        people.write("- {id: b-envoy, name: {en: Jan van den Berg}}\n")
    text = told(project, DAY, "series").partition("Who chaired")[2]
    assert "In the chair" in text
    assert "Jan van den Berg, Council of States" in text


def test_where_a_number_is_missing_no_gap_is_the_longest(project: Path) -> None:
    """The third meeting may lie between the second and the fourth."""
    fourth = THIRD.replace("number: 3", "number: 4").replace("2027", "2026-02-10")
    path = project / "data" / "meetings" / "04.yaml"
    path.write_text(fourth.replace("announced: {", "x: {").partition("x:")[0], encoding="utf-8")
    change(project, "meetings/04.yaml", "evidence: announced", "evidence: partial")
    change(project, "meetings/01.yaml", "date: 2023-05-10", "date: 2024-01-10")
    change(project, "meetings/02.yaml", "date: 2025-04-02/2025-04-03", "date: 2025-01-10")
    text = told(project, DAY, "series")
    assert "ongest gap" not in text
    path.rename(path.with_name("03.yaml"))
    change(project, "meetings/03.yaml", "number: 4", "number: 3")
    assert "The longest gap, 13 months, lies between the second and the third." in told(
        project, DAY, "series"
    )


def test_a_next_meeting_that_was_held_is_no_longer_expected(project: Path) -> None:
    """It has no status that could say so: it was only looked forward to."""
    path = project / "data" / "meetings" / "03.yaml"
    path.write_text(THIRD, encoding="utf-8")
    package = told(project, DAY, "meeting", 3)
    assert "To a third meeting" not in package
    party = told(project, DAY, "party", "state-b")
    assert "a third meeting" in party.partition("What is still expected")[2]
    held = THIRD.partition("announced:")[0].replace("2027", "2026-02-10")
    path.write_text(held.replace("evidence: announced", "evidence: partial"), encoding="utf-8")
    assert "a third meeting" not in told(project, DAY, "party", "state-b")


@pytest.mark.parametrize(
    ("date", "place", "next_one"),
    [
        ("2027", "{city: Third City, source: news}", "Next, as announced: Third City, 2027"),
        ("2027-03-10", "not verified", "Next, as announced: Mar 2027"),
        ("not verified", "{city: Third City, source: news}", "Next, as announced: Third City"),
        ("not verified", "not verified", ""),
    ],
)
def test_the_last_briefing_tells_of_the_meeting_that_is_announced(
    project: Path, date: str, place: str, next_one: str
) -> None:
    """As far as its date and its place are known; not before it is announced."""
    third = THIRD.replace("date: 2027", f"date: {date}").replace(
        "place: not verified", f"place: {place}"
    )
    (project / "data" / "meetings" / "03.yaml").write_text(third, encoding="utf-8")
    series = told(project, DAY, "meeting", 2).partition("In the series")[2]
    assert next_one in series.partition("How we know")[0]
    assert ("Next, as announced" in series) == bool(next_one)
    assert "Next, as announced" not in told(project, DAY, "meeting", 1)
    early = DAY.replace(year=2025, month=12)
    assert "Next, as announced" not in told(project, early, "meeting", 2)


def test_a_row_of_short_lists_stays_together_on_paper(project: Path) -> None:
    """The name of a side stood on one page, who led it on the next; long lists go on."""
    listed = "bodies: [b-ministry, b-agency]"
    assert '<div class="sides whole">' in page(project, Choice("meeting", (1,)))
    bodies = [f"b-{number}" for number in range(7)]
    with (project / "data" / "organisations.yaml").open("a", encoding="utf-8") as file:
        file.writelines(
            f"- {{id: {body}, name: {{en: Body {body}}}, side: state-b}}\n" for body in bodies
        )
    change(project, "meetings/01.yaml", listed, f"bodies: [{', '.join(bodies)}]")
    assert '<div class="sides">' in page(project, Choice("meeting", (1,)))


def test_a_full_stop_goes_where_a_sentence_goes_on(project: Path) -> None:
    """Of a text that ends with one, before what stands in brackets or behind a comma."""
    words_ = words("en")
    assert words_.say("of_whom", text="Open the archive.", who="Both") == "Open the archive (Both)"
    assert words_.say("of_whom", text="Ask J. Sm. Ltd.", who="A") == "Ask J. Sm. Ltd. (A)"
    change(project, "meetings/02.yaml", "text: to share data on debris", "text: to share records.")
    coming = told(project, DAY, "party", "state-a").partition("What comes next")[2]
    assert "Share records , both" in coming


@pytest.mark.parametrize("end", ["the uses of space in D.C.", "the uses of space?"])
def test_what_has_an_end_gets_none_behind_its_source(project: Path, end: str) -> None:
    """Of what was said in an area the last ends the sentence."""
    change(project, "meetings/01.yaml", "text: the uses of space", f"text: {end}")
    said = told(project, DAY, "meeting", 1).partition("What was said, by area")[2]
    assert f"{end} [1 ¶3] " in said


@pytest.mark.filterwarnings("ignore:Exception ignored in.*sRGB2014")
def test_paper_from_right_to_left_cuts_no_date_and_keeps_precedence(
    project: Path, tmp_path: Path
) -> None:
    """The first side stands at the right, and the days of a list inside the page."""
    text = page(project, Choice("meeting", (1,)))
    turned = text.replace('<html lang="en">', '<html lang="en" dir="rtl">', 1)
    found = pdf.render(Theme.of(project), turned, "meeting-01")
    assert found.problems == ()
    file = tmp_path / "x.pdf"
    file.write_bytes(found.content)
    done = children.run(["pdftotext", "-layout", file, "-"], capture_output=True, encoding="utf-8")
    (line,) = re.findall(r".* State B  .* State A\n", done.stdout)
    assert line


def test_a_next_meeting_that_was_held_is_news(project: Path) -> None:
    """'No news is on record' of it is false, though no line of a history tells it."""
    path = project / "data" / "meetings" / "03.yaml"
    silent = "No news is on record of this: Both sides looked forward to a third meeting."
    assert silent in told(project, DAY, "meeting", 2)
    held = THIRD.partition("announced:")[0].replace("2027", "2026-02-10")
    path.write_text(held.replace("evidence: announced", "evidence: partial"), encoding="utf-8")
    assert "No news is on record" not in told(project, DAY, "meeting", 2)


def test_a_call_is_not_called_a_meeting(project: Path) -> None:
    """Nor is a visit, or a summit only that."""
    call = """id: call
kind: call
date: 2025-06-01
document: news
evidence: full
statements:
  complete: true
  items: [{by: state-a, verb: spoke, text: of the lander, subjects: lander, source: news}]
"""
    (project / "data" / "meetings" / "call.yaml").write_text(call, encoding="utf-8")
    assert "The call dealt with lander." in told(project, DAY, "meeting", "call")


def test_an_agreement_without_a_day_has_none_behind_its_name(project: Path) -> None:
    """A 'not verified' there did not say of what."""
    signed = "signing: {date: 2022-11-30, place: Second City, source: agreement-text}"
    change(project, "agreements/lander-agreement.yaml", signed, "signing: not verified")
    listed = told(project, DAY, "party", "state-b").rpartition("Agreements with it")[2]
    assert listed.startswith(" Lander Agreement (in force)")


def test_of_a_single_promise_nothing_is_counted(project: Path) -> None:
    """'One has a date and one has gone unchecked' was said of the same one."""
    change(
        project,
        "meetings/01.yaml",
        "strength: committed\n      due: 2024",
        "strength: intends\n      due: 2024",
    )
    change(project, "meetings/01.yaml", "strength: committed  # both", "strength: shared view")
    change(project, "meetings/02.yaml", "strength: committed", "strength: intends")
    text = told(project, DAY, "ledger").partition("Bottom line")[2]
    assert "It has gone unchecked for nine months or since falling due." in text
    assert "One has" not in text
