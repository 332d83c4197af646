"""Tests of meetings of every kind: without a number, online, with a host that is no side."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import several
from click.testing import CliRunner
from reading import words

from reporter.choice import EVERYTHING, Choice, Edition, comparison_id, report_on_meeting
from reporter.cli import main
from reporter.desk import completion
from reporter.desk.listing import listing
from reporter.formats.exports.linked import linked_data
from reporter.formats.html import render
from reporter.library.edition import library_of
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.records.reviews import digest_of
from reporter.reports.common.meeting_names import mentioned, the
from reporter.reports.common.sentences import ordinals
from reporter.reports.meeting.view import MeetingReport
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from reporter.library import Library

DAY = date(2026, 12, 31)
PREPARATORY = """id: preparatory-2025-03
kind: preparatory
date: 2025-03
place: {city: Third City, host: b-office, source: news}
evidence: partial
participants:
  - {side: state-a, list: open-ended, bodies: [a-ministry], source: news}
  - {side: state-b, list: not given, source: news}
statements: {complete: false}
"""
CALL = """id: call-2025-06
kind: call
form: online
date: 2025-06-03
date_inferred: year
evidence: full
statements:
  complete: true
  items:
    - {id: x1, by: state-a, verb: committed, text: to ring again, strength: committed, \
due: 2025-09, source: news}
"""
LIST = "participants: [{side: state-a,"


@pytest.fixture
def kinds(project: Path) -> Path:
    """Return a project with a preparatory meeting before its second one, and a call after it."""
    write(project, preparatory=PREPARATORY, call=CALL)
    return project


def write(root: Path, **texts: str) -> None:
    """Write the records of meetings to files of their ids."""
    for text in texts.values():
        name = text.partition("\n")[0].removeprefix("id: ")
        path = root / "data" / "meetings" / f"{name}.yaml"
        path.write_text(text, encoding="utf-8")


def wrong(root: Path) -> list[str]:
    """Return what is wrong with a project."""
    try:
        found = sort_problems(load(root), None)
    except ReporterError as error:
        found = error.problems
    return [problem.message for problem in found if problem.severity == "error"]


def library(root: Path) -> Library:
    """Return its library."""
    return library_of(load(root))


def pages(root: Path, choice: Choice = EVERYTHING) -> Mapping[str, str]:
    """Return the records of its reports by the names of their files."""
    found = plan(root, choice, DAY, asked=True)
    tasks = found.tasks(words(found.library.project.language))
    return {task.report.id: task.report.model_dump_json() for task in tasks}


def test_a_meeting_without_a_number_stands_where_its_date_puts_it(kinds: Path) -> None:
    """One that is known by its month comes after those of that month, before the later ones."""
    assert wrong(kinds) == []
    assert list(library(kinds).meetings) == [1, "preparatory-2025-03", 2, "call-2025-06"]


def test_its_title_is_composed(kinds: Path) -> None:
    """Of its kind, place and date; an inferred year is said to be one."""
    told = "\n".join(listing(kinds, DAY, asked=True))
    assert "Preparatory meeting, Third City, March 2025" in told
    assert "Call, online, 3 June 2025 (year inferred)" in told
    assert "meeting-call-2025-06 " in told


def test_it_is_called_by_kind_and_date(kinds: Path) -> None:
    """In a sentence; those with numbers go together."""
    first, before, second, call = library(kinds).meetings.values()
    english = words("en")
    assert the(before, english) == "the preparatory meeting of March 2025"
    assert mentioned([first, second], english) == "meetings 1 and 2"
    found = mentioned([second, call], english)
    assert found == "meeting 2 and the call of 3 June 2025 (year inferred)"


def test_several_are_named_with_their_articles(kinds: Path) -> None:
    """After an article of the sentence: "of the first and the call of 3 June"."""
    first, before, _second, call = library(kinds).meetings.values()
    assert (
        ordinals([first, call], words("en")) == "first and the call of 3 June 2025 (year inferred)"
    )
    assert ordinals([before], words("en")) == "preparatory meeting of March 2025"


def test_a_meeting_that_issued_nothing_was_not_read_in_full(kinds: Path) -> None:
    """Its head says once that no document of its own is on record."""
    page = pages(kinds)["meeting-call-2025-06"]
    assert page.count("No document of its own is on record") == 1
    assert "was read in full" not in page


def test_the_meeting_before_follows_the_dates(kinds: Path) -> None:
    """With its kind; what changed is told against the one of its own kind before it."""
    found = pages(kinds)
    assert "Before: preparatory meeting, Third City, Mar 2025" in found["meeting-02"]
    assert '"changes":{"before":1,"number":2' in found["meeting-02"]
    assert '"changes":null' in found["meeting-call-2025-06"]
    assert [name for name in found if name.startswith("compare")] == ["compare-01-02"]


def test_a_list_may_be_open(kinds: Path) -> None:
    """That is neither read in part nor empty, and the page says which it is."""
    found = pages(kinds)["meeting-preparatory-2025-03"]
    assert "Who took part is not given in the document (State B)." in found
    assert "The list of who took part is open-ended (State A); others came, too." in found
    assert "known only in part" not in found


def test_a_host_may_be_no_side_and_online_is_a_place(kinds: Path) -> None:
    """Neither is not verified."""
    found = pages(kinds)
    assert "host: Office for Space" in found["meeting-preparatory-2025-03"]
    assert "lace not verified" not in found["meeting-call-2025-06"]
    assert "Office for Space (one)" in found["series"]


def test_the_series_says_which_meetings_have_no_document(kinds: Path) -> None:
    """Nothing was read of them, in part or in full."""
    assert table(kinds, "call-2025-06")[-2:] == ["none on record", "2"]
    assert table(kinds, "2")[-2] == "read in full"


def test_the_series_names_who_had_the_chair_as_those_who_led(kinds: Path) -> None:
    """A person of no side, too, where persons stand for the sides."""
    chair = "chaired_by: [{person: a-envoy, organisation: b-office, source: news}]\n"
    for way, told in (
        ("co-chairs", "Office for Space"),
        ("heads", "Office for Space: The Envoy for Space"),
    ):
        chairing = f"chairing: {way}\n" if way == "heads" else ""
        write(kinds, call=CALL.replace("evidence:", f"{chair}{chairing}evidence:"))
        assert table(kinds, "call-2025-06")[-3].partition("\xa0")[0] == told


def table(root: Path, meeting: str) -> list[str]:
    """Return the cells of a meeting in the table of its series."""
    found = plan(root, Choice("series"), DAY, asked=True)
    (task,) = found.tasks(words("en"))
    page = render(Theme.of(root), "series", task.report, "en")
    (row,) = re.findall(
        rf'<tr><th[^>]*>[^<]*</th><td><a class="to" href="meeting-0?{meeting}.*', page
    )
    cells = [re.sub("<[^>]+>", "", cell) for cell in row.split("<td")]
    return [cell.partition(">")[2] if ">" in cell else cell for cell in cells]


def test_linked_data_tell_how_they_met_and_nothing_inferred(kinds: Path) -> None:
    """Online is no place, of a hybrid meeting the city is one; an inferred year is in no date."""

    def told(meeting: str) -> dict[str, Any]:
        found = plan(kinds, Choice("meeting", (meeting,)), DAY, asked=True)
        (task,) = found.tasks(words("en"))
        data = linked_data(task.report, words("en"))
        return {key: data.get(key) for key in ("startDate", "location", "eventAttendanceMode")}

    online = {"@id": "https://schema.org/OnlineEventAttendanceMode"}
    found = {"startDate": None, "location": None, "eventAttendanceMode": online}
    assert told("call-2025-06") == found
    both = PREPARATORY.replace("kind: prep", "form: hybrid\ndate_inferred: month\nkind: prep")
    write(kinds, preparatory=both)
    assert told("preparatory-2025-03") == {
        "startDate": "2025",
        "location": {
            "@type": "Place",
            "name": "Third City",
            "address": {"@type": "PostalAddress", "addressLocality": "Third City"},
        },
        "eventAttendanceMode": {"@id": "https://schema.org/MixedEventAttendanceMode"},
    }


def test_a_call_may_be_by_telephone(kinds: Path) -> None:
    """It says so in its title and in the list of meetings; it is in no city then."""
    path = kinds / "data" / "meetings" / "call-2025-06.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("form: online", "form: by telephone"), encoding="utf-8")
    assert wrong(kinds) == []
    told = "\n".join(listing(kinds, DAY, asked=True))
    assert "Call, by telephone, 3 June 2025 (year inferred)" in told
    found = pages(kinds)
    assert "by telephone" in found["series"]
    assert "lace not verified" not in found["meeting-call-2025-06"]


def test_each_kind_has_its_own_numbers(kinds: Path) -> None:
    """The first ministerial meeting is not the first meeting; a number twice is an error."""
    text = (
        "id: {}\nkind: ministerial\nnumber: 1\ndate: 2025-08\nplace: not verified\nevidence: full\n"
    )
    text += "statements: {{complete: true}}\n"
    write(kinds, one=text.format("ministers-1"))
    assert wrong(kinds) == []
    told = "\n".join(listing(kinds, DAY, asked=True))
    assert "First ministerial meeting, August 2025" in told
    write(kinds, two=text.format("ministers-one"))
    assert wrong(kinds) == ["two ministerial meetings have the number 1"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "id: call-2025-06\n",
            "id: meeting-07\n",
            "'meeting-07' is no id for a meeting of its own",
        ),
        ("id: call-2025-06\n", "", "a meeting without a number and without an id"),
        ("id: call-2025-06\n", "id: another\n", "'another' stands in 'call-2025-06.yaml'"),
        ("form: online\n", "form: in person\n", "the field 'place' is missing"),
        (
            "form: online\n",
            "form: online\nplace: {city: Third City, source: news}\n",
            "an online meeting in 'Third City'",
        ),
        ("form: online\n", "place: {source: news}\n", "the field 'city' is missing"),
        (
            "evidence: full\n",
            f"evidence: full\n{LIST} list: not given, bodies: [a-ministry], source: news}}]\n",
            "bodies of a list that is not given",
        ),
        (
            "evidence: full\n",
            f"evidence: full\n{LIST} source: news}}]\n",
            "the field 'complete' is missing",
        ),
        (
            "evidence: full\n",
            f"evidence: full\n{LIST} complete: true, list: open-ended, source: news}}]\n",
            "a list that is complete and 'open-ended'",
        ),
    ],
)
def test_wrong_combinations_are_refused(kinds: Path, old: str, new: str, message: str) -> None:
    """Each at its place."""
    path = kinds / "data" / "meetings" / "call-2025-06.yaml"
    path.write_text(CALL.replace(old, new, 1), encoding="utf-8")
    assert message in wrong(kinds)


def test_commands_name_it(kinds: Path) -> None:
    """By its id; of several series, with the series before it."""
    assert completion.meetings(kinds) == ["1", "2", "call-2025-06", "preparatory-2025-03"]
    only = pages(kinds, Choice("meeting", ("call-2025-06",)))
    assert list(only) == ["meeting-call-2025-06"]
    several.move(kinds, ["sea"])
    assert completion.meetings(kinds)[2] == "sea/call-2025-06"
    assert "sea--meeting-call-2025-06" in pages(kinds)


@pytest.mark.parametrize(
    "choice",
    [
        Choice("meeting", ("call-2025-06",)),
        Choice("meeting", ("call-2025-06",), series="sea"),
        Choice("comparison", (8, "call-2025-06"), series="sea"),
        Choice("comparison", ("a-1", "b-2-3")),
        Choice("comparison", (1, 2), series="sea"),
    ],
)
def test_the_name_of_a_report_tells_its_meetings(choice: Choice) -> None:
    """Whatever their ids are."""
    assert Choice.named(choice.report or "") == choice


def test_names_of_reports() -> None:
    """Ids are parted by what no id has."""
    assert comparison_id("b", 8) == comparison_id(8, "b") == "compare--08--b"
    assert report_on_meeting("space/call-1") == "space--meeting-call-1"
    assert report_on_meeting("meeting-08") == "meeting-08"


def test_a_numbered_meeting_keeps_its_digest(kinds: Path) -> None:
    """Its id, which follows from the number, is not reviewed."""
    found = library(kinds).meetings[1]
    assert digest_of(found) == digest_of(found.of_series("space"))


def test_a_promise_without_short_words_is_named_by_what_is_to_be_done(kinds: Path) -> None:
    """Where it stands in a list of deeds, no "to" and no "committed" comes before it."""
    page = pages(kinds)["meeting-call-2025-06"]
    assert '"Ring again"' in page
    assert "Committed to ring again" not in page
    assert "promise is open. It is overdue." in page


def test_what_is_not_known_of_a_meeting_is_said_once(kinds: Path) -> None:
    """No heading stands alone, and neither place nor document is told twice."""
    found = pages(kinds)
    visit = CALL.partition("statements:")[0].replace("call-2025-06", "visit-2025-07")
    write(kinds, visit=f"{visit}statements: {{complete: false}}\n")
    call = json.loads(found["meeting-call-2025-06"])
    assert call["knowledge"]["sentences"] == []
    assert call["setting"]["text"] == "No document of its own is on record."
    assert "Only a part" not in found["meeting-preparatory-2025-03"]
    base = ["build", "--project", str(kinds), "--as-of", str(DAY), "--format", "html"]
    assert CliRunner().invoke(main, [*base, "--meeting", "call-2025-06"]).exit_code == 0
    page = (kinds / "output" / "meeting-call-2025-06.html").read_text(encoding="utf-8")
    assert 'id="known"' not in page
    assert CliRunner().invoke(main, [*base, "--meeting", "visit-2025-07"]).exit_code == 0
    page = (kinds / "output" / "meeting-visit-2025-07.html").read_text(encoding="utf-8")
    assert ('id="sources"' in page, "Internal edition." in page) == (False, True)


def test_what_has_a_line_on_a_short_page_is_not_told_again_below(kinds: Path) -> None:
    """A plan that is late stands among the promises; one that was met, in the line below."""
    plan = (
        "{{id: {}, by: state-a, verb: planned, text: {}, strength: planned, due: 2025-08, "
        "{}source: news}}"
    )
    met = "history: [{date: 2025-07-01, text: Lit, status: met, source: news}], "
    plans = (plan.format("x2", "to open the gate", ""), plan.format("x3", "to light it", met))
    write(kinds, call=CALL + "".join(f"    - {one}\n" for one in plans))
    base = ["build", "--project", str(kinds), "--as-of", str(DAY), "--format", "md"]
    assert CliRunner().invoke(main, [*base, "--meeting", "call-2025-06"]).exit_code == 0
    page = (kinds / "output" / "meeting-call-2025-06.md").read_text(encoding="utf-8")
    assert "| Open the gate" in page
    assert "**Also expected:** light it (met" in page


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", "Nothing of what was said is printed here."),
        (
            "    - {by: state-a, verb: discussed, text: tides, subjects: debris, source: news}\n",
            "No promise is printed here.",
        ),
    ],
)
def test_a_public_page_denies_nothing_that_it_leaves_out(kinds: Path, said: str, told: str) -> None:
    """Neither that there was a promise nor that the document was read in full."""
    hidden = CALL.replace("{id: x1,", "{id: x1, internal: true,") + said
    write(kinds, call=hidden.replace("form: online\n", "form: online\ndocument: news\n"))
    found = plan(kinds, EVERYTHING, DAY, asked=True, edition=Edition("public"))
    tasks = found.tasks(words("en"))
    (page,) = (task.report for task in tasks if task.report.id == "meeting-call-2025-06")
    assert isinstance(page, MeetingReport)
    assert page.bottom_line.endswith(told)
    assert page.setting.text.endswith("read in full.")
