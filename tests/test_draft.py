"""Tests of ``reporter draft``: the text of a document to the draft of a meeting's record."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner
from conftest import VALID, problems_of
from test_source_add import docx, pdf, runs

from reporter.cli import main
from reporter.desk.draft.draft import DraftRequest, draft
from reporter.desk.start import init
from reporter.problems import ReporterError
from reporter.records.meeting import Meeting
from reporter.records.project import bodies_of, load
from reporter.records.reader import read
from reporter.records.shorthand import written_out
from reporter.records.skeletons import TO_WRITE, UNWRITTEN
from reporter.records.statements import Statement
from reporter.sources.add import FingerprintRequest as Source
from reporter.sources.add import add

if TYPE_CHECKING:
    from pathlib import Path

    from reporter.records.shorthand import Bodies

TEXT = """\
A page of State A

Statement of the Third Meeting of the Talks

State A and State B held the third meeting of the Talks in Second City on March 5, 2026.

The meeting was co-chaired by the Ministry of Foreign Affairs for State A, and by the Department of
Foreign Relations for the other side. Participants included the Ministry of Foreign Affairs; and \
Ministry
of Tides from the State A side, and the Space Agency (BSA) and the Office of Winds from the
State B side.

Both sides discussed the lander and welcomed the work on debris, and committed to share data on it
by June 2027. The State A side also strongly welcomed the new plan. They expressed their intention
to meet again.

Ships are large.

It was agreed that the next meeting would be held in First City in 2028.

Office of the Speaker
"""


def drafted(root: Path, text: str | bytes, name: str = "text.txt", **wanted: str) -> str:
    """Return the draft of the third meeting."""
    path = root / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return draft(root, DraftRequest(path, 3, **wanted)).text


def written(
    root: Path,
    text: str | bytes,
    name: str = "text.txt",
    **wanted: str,
) -> Any:  # noqa: ANN401
    """Return the draft of the third meeting, read as a record is, and written out."""
    path = root / "draft.yaml"
    path.write_text(drafted(root, text, name, **wanted), encoding="utf-8")
    return written_out(Meeting, read(path), known_bodies()).data


@cache
def known_bodies() -> Bodies:
    """Return the bodies of the valid project, by what they may be called."""
    project = load(VALID)
    return bodies_of(project.records, project.settings.sides)


def came_text(listed: str) -> str:
    """Return a text that says who came."""
    return (
        "The third meeting was held in First City on 5 March 2026. "
        f"Participants included {listed}.\n\nBoth sides welcomed the work of all.\n"
    )


def came(root: Path, listed: str) -> Any:  # noqa: ANN401
    """Return the lists of participants that are drafted where a text says who came."""
    return written(root, came_text(listed))["participants"]


UNKNOWN = {
    "there is no organisation 'ministry-of-tides'",
    "there is no organisation 'office-of-winds'",
}
DOCUMENT = """\
- {id: statement-03, title: Statement of the Third Meeting, publisher: State A, date: 2026-03-05,
   language: en, standing: official, read: full, paragraphs: 5}
"""


def with_document(root: Path) -> None:
    """Add the record of the document."""
    path = root / "data" / "documents.yaml"
    path.write_text(path.read_text(encoding="utf-8") + DOCUMENT, encoding="utf-8")


def statements(root: Path, text: str, **wanted: str) -> list[tuple[str, str, str]]:
    """Return the verb, whose it is, and the paragraph of each statement of a text."""
    items = written(root, text, **wanted)["statements"]["items"]
    return [
        (
            item["verb"],
            "all" if item["by"] == ["state-a", "state-b"] else item["by"],
            item["source"].partition("#")[2],
        )
        for item in items
    ]


def verbs(root: Path, text: str) -> list[str]:
    """Return the verbs of a text."""
    return [verb for verb, _, _ in statements(root, text)]


# The record


def test_the_opening(project: Path) -> None:
    """Title, day and place are those of the text, not of the page around it."""
    record = written(project, TEXT)
    assert record["title"] == {"en": "Statement of the Third Meeting of the Talks"}
    assert (record["date"], record["place"]["city"]) == ("2026-03-05", "Second City")
    assert record["statements"]["complete"] == "false" or record["statements"]["complete"] is False


def test_who_came(project: Path) -> None:
    """In the order of the text, by side; a body that nobody knows keeps its place."""
    record = written(project, TEXT)
    chairs = [(one["side"], one["organisation"]) for one in record["cochairs"]]
    assert chairs == [("state-a", "a-ministry"), ("state-b", "b-ministry")]
    lists = [(one["side"], one["bodies"]) for one in record["participants"]]
    assert lists == [
        ("state-a", ["a-ministry", "ministry-of-tides"]),
        ("state-b", ["b-agency", "office-of-winds"]),
    ]
    proposed = "# - {id: office-of-winds, name: {en: Office of Winds}, side: state-b}"
    assert proposed in drafted(project, TEXT)


@pytest.mark.parametrize("said", ["3rd – 4th March", "3rd and 4th March", "3 to 4 March"])  # noqa: RUF001
def test_a_meeting_of_two_days(project: Path, said: str) -> None:
    """Days may have the endings of their numbers."""
    text = TEXT.replace("March 5, 2026", f"{said} 2026")
    assert written(project, text)["date"] == "2026-03-03/2026-03-04"


def test_nothing_found_of_who_came_is_said(project: Path) -> None:
    """A reader of the draft need not wonder whether it was looked for."""
    text = "The third meeting was held in First City on 5 March 2026.\n\nBoth welcomed the work.\n"
    assert "# Who had the chair and who took part was not found in the text" in drafted(
        project, text
    )
    assert "was not found" not in drafted(project, TEXT)


def test_persons_who_are_known(project: Path) -> None:
    """The head of a body that chaired, and whoever took part, with the body of earlier records."""
    people = project / "data" / "people.yaml"
    people.write_text(
        people.read_text(encoding="utf-8")
        + "- {id: olga-berg, name: {en: Olga Berg}}\n- {id: eva-holm, name: {en: Eva Holm}}\n",
        encoding="utf-8",
    )
    text = TEXT.replace(
        "co-chaired by the Ministry of Foreign Affairs for State A, and by",
        "co-chaired by Olga Berg, Envoy, Ministry of Foreign Affairs for State A, and by",
    ).replace("Ships are large.", "Eva Holm of the Space Agency and The Envoy for Space took part.")
    record = written(project, text)
    source = "document-id#2"
    assert record["cochairs"][0]["head"] == {
        "person": "olga-berg",
        "organisation": "a-ministry",
        "source": source,
    }
    assert "head" not in record["cochairs"][1]
    assert record["also_present"] == [
        {"person": "eva-holm", "organisation": "b-agency", "source": "document-id#4"},
        {"person": "a-envoy", "organisation": "a-ministry", "source": "document-id#4"},
    ]


def test_a_person_of_earlier_records_speaks_for_a_side(project: Path) -> None:
    """Of the body for which the records have them act."""
    people = project / "data" / "people.yaml"
    said = people.read_text(encoding="utf-8").replace("The Envoy for Space", "Olga Berg")
    people.write_text(said, encoding="utf-8")
    text = "The sides met in First City.\n\nMinister Berg welcomed the plan.\n"
    assert statements(project, text) == [("welcomed", "state-a", "2")]


def test_what_was_said(project: Path) -> None:
    """Each operative verb is a statement, under its paragraph and sentence."""
    assert statements(project, TEXT) == [
        ("discussed", "all", "3"),
        ("welcomed", "all", "3"),
        ("committed", "all", "3"),
        ("strongly welcomed", "state-a", "3"),
        ("expressed their intention", "state-a", "3"),
        ("agreed", "all", "5"),
    ]


def test_a_promise(project: Path) -> None:
    """It has an id, its strength, when it is due, the project's subjects, and no words of ours."""
    items = written(project, TEXT)["statements"]["items"]
    assert items[2] == {
        "id": "c3-01",
        "subjects": "debris",
        "by": ["state-a", "state-b"],
        "verb": "committed",
        "text": TO_WRITE,
        "quote": "committed to share data on it by June 2027",
        "strength": "committed",
        "due": "../2027-06",
        "due_words": "by June 2027",
        "source": "document-id#3",
    }


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("by June 2027", "../2027-06"),
        ("before the end of 2027", "../2027"),
        ("before 2027", None),
        ("from 4-6 May 2027", "2027-05-04/2027-05-06"),
        ("with effect from 2027", None),
    ],
)
def test_when_something_is_due(project: Path, said: str, due: str | None) -> None:
    """As far as the words before a date say so: what is to be before a year is not due in it."""
    text = f"The sides met in First City on 5 March 2026.\n\nWe agreed to meet again {said}.\n"
    (item,) = written(project, text)["statements"]["items"]
    assert item.get("due") == due


def test_what_could_not_be_placed(project: Path) -> None:
    """It stands at its place, as a comment."""
    lines = drafted(project, TEXT).splitlines()
    assert lines[lines.index("    # Paragraph 4") + 1] == "    # #4.1 not placed: Ships are large."


def test_nothing_is_a_fact(project: Path) -> None:
    """What a person has to write is an error, at its line, and nothing else is one."""
    with_document(project)
    text = drafted(project, TEXT, document="statement-03")
    path = project / "data" / "meetings" / "03.yaml"
    path.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    found = problems_of(project)
    todo = [problem.line for problem in found if problem.message == UNWRITTEN]
    assert todo == [at for at, line in enumerate(lines, 1) if line.endswith(f": {TO_WRITE}")]
    others = {problem.message for problem in found if problem.message != UNWRITTEN}
    assert others == UNKNOWN


def test_a_quotation_holds(project: Path) -> None:
    """All that the text is asked to hold, it holds: quotations, verbs, dates."""
    path = project / "text.txt"
    path.write_text(TEXT, encoding="utf-8")
    with_document(project)
    add(project, Source(path, "statement-03", date(2026, 3, 6), paragraphs="3-7"))
    text = drafted(project, TEXT, document="statement-03")
    (project / "data" / "meetings" / "03.yaml").write_text(text, encoding="utf-8")
    assert {problem.message for problem in problems_of(project)} == {*UNKNOWN, UNWRITTEN}
    assert "    3.3:\n" in text


def test_the_same_twice(project: Path) -> None:
    """The same text gives the same bytes."""
    assert drafted(project, TEXT) == drafted(project, TEXT)


def test_a_new_project(tmp_path: Path) -> None:
    """The one that 'init' makes can be drafted into at once."""
    init(tmp_path / "talks")
    assert verbs(tmp_path / "talks", TEXT)[:3] == ["discussed", "welcomed", "committed"]


@pytest.mark.parametrize(
    "kind",
    ["txt", "html", "docx", pytest.param("pdf", marks=pytest.mark.full)],
)
def test_kinds_of_files(project: Path, kind: str) -> None:
    """The same statements come of each."""
    blocks = [" ".join(block.split()) for block in TEXT.split("\n\n")]
    content: dict[str, str | bytes] = {
        "txt": TEXT,
        "html": f"<html><body>{''.join(f'<p>{block}</p>' for block in blocks)}</body></html>",
        "docx": docx("".join(runs(block) for block in blocks)),
    }
    made = pdf(TEXT) if kind == "pdf" else content[kind]
    items = written(project, made, f"text.{kind}")["statements"]["items"]
    assert [item["verb"] for item in items][:4] == [
        "discussed",
        "welcomed",
        "committed",
        "strongly welcomed",
    ]


# Sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We, the Ministers of State A and State B, agree to act on it.", ["agreed"]),
        (
            "We will act on it soon, will look at it, and will say so.",
            ["stated that they will"] * 3,
        ),
        ("Recalling the last meeting, the Ministers endorsed it.", ["recalled", "endorsed"]),
        ("Both sides noted the plan, emphasizing its worth to all.", ["noted", "emphasised"]),
        ("The Ministers of State A and State B urged all to act.", ["urged"]),
        ("The report was adopted by the meeting without change.", ["adopted"]),
        ("It was also noted that the work goes on as planned.", ["noted"]),
        ("They reaffirmed that the two states will go on with it.", ["reaffirmed"]),
        ("We reaffirm our commitment to the rules of the sea.", ["reaffirmed"]),
        ("We welcome and support the plan that they have made.", ["welcomed", "supported"]),
        ("Both sides agreed that the sea is wide and deep.", ["agreed"]),
        ("The principles noted at the summit are still in use.", []),
        ("The ships of our shared fleet are old and slow now.", []),
        ("The need to reaffirm the rules was never in question.", []),
        ("The two sides are united in all of this.", ["are united"]),
        ("State A faced a hard year, with more of it to come.", ["faced"]),
        ("At the end of the day, they set a goal for the next one.", ["set"]),
        ("In this meeting, we further deepen our work on the sea.", ["deepen"]),
        ("She said the sea should be open to all of them.", ["said"]),
        ("The ministers made clear that the sea is wide.", ["made clear"]),
        ("The meeting room was full from the first hour on.", []),
        ("The council conclusions reflect all of what was told.", []),
        ("The sides were in First City for two more days.", []),
        ("A ship that the sides share is slow and old.", []),
        ("We do not support bans, and reject all that is unfair.", ["do not support", "rejected"]),
        (
            "Both sides did not agree on the fees, and decided to go on.",
            ["did not agree", "decided"],
        ),
        ("Neither side supported the plan as it stood then.", []),
        ("There was no consensus on the budget of the year.", []),
        ("The delegation of State A was not in a position to accept it.", []),
        ("Loss should be halved by 2030, as was agreed before.", []),
        ("It was also generally underlined that the sea is wide.", ["underlined"]),
        ("The two heads (hereinafter referred to as the Heads) sat down.", []),
        ("The meeting took place in a good and warm mood.", []),
        ("State A, through its Space Office, intends to lend a ship.", ["intended"]),
        ("The next meeting takes place in First City in 2028.", []),
        ("They did so in the hope of a good year.", []),
        ("They also witnessed the signing of the plan.", ["witnessed"]),
        ("State A is looking forward to the next year of work.", ["looked forward"]),
        ("Both sides have agreed to act, and intend to go on.", ["agreed", "intended"]),
        ("Today we are proud to announce a plan for the lander.", ["announced"]),
        ("Had there been more time, the sides would have agreed to go on.", []),
        ("The sides named a chair, and agreed to a plan for it.", ["named", "agreed"]),
        (
            "The sides endorsed a plan, adopted the report, and deferred the rest.",
            ["endorsed", "adopted", "deferred"],
        ),
        ("The sides welcomed the plan, adopted in 2020, for it.", ["welcomed"]),
        ("State A, on behalf of its friends, welcomed the plan.", ["welcomed"]),
    ],
)
def test_sentences(project: Path, text: str, expected: list[str]) -> None:
    """Verbs count where somebody says them, in any voice, and nowhere else."""
    assert verbs(project, f"The two sides met again in First City today.\n\n{text}\n") == expected


def test_an_item_has_no_verb_of_the_list_where_others_have_their_own(project: Path) -> None:
    """What a council furled it did not consider; where no item has a verb all have that one."""
    text = (
        "The sides met again in First City.\n\nBoth sides considered the report and did this:\n\n"
        "(a) urged the two offices to finish the new rules by June 2027;\n\n"
        "(b) furled the sails of the old ship until the next meeting of the talks.\n"
    )
    assert verbs(project, text) == ["urged"]
    assert "not placed: furled the sails" in drafted(project, text)
    text = text.replace("urged the two", "a request of the two").replace("furled", "a report on")
    assert verbs(project, text) == ["considered", "considered"]


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("We agree that the ships will be built.", "committed"),
        ("We agree that the sea is wide and deep.", None),
        ("We are determined to build the ships soon.", "intends"),
        ("We reaffirm our firm commitment to build ships.", "standing"),
        ("We look forward to the day of the launch.", "looks forward"),
        ("We plan to build a few more of the ships.", "planned"),
        ("We note the plans for a few more of the ships.", None),
    ],
)
def test_strength(project: Path, text: str, strength: str | None) -> None:
    """It follows the operative verb, by the codebook."""
    (item,) = written(project, f"We met in First City today.\n\n{text}\n")["statements"]["items"]
    assert item.get("strength") == strength


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("State A welcomed the plan for the lander.", "state-a"),
        ("State A and State B welcomed the plan for it.", "all"),
        ("The delegation of State B welcomed the plan.", "state-b"),
        ("The Space Agency welcomed the plan for the lander.", "b-agency"),
        ("Prime Minister Olga Berg welcomed the plan.", "todo"),
        ("Prime Minister Berg and President Holm welcomed the plan.", "all"),
        ("State A, and State B remain committed to the plan.", "all"),
        ("The Union and State A welcomed the plan for it.", ["state-a", "todo"]),
        ("State A, State B and the Bank welcomed the plan.", ["state-a", "state-b", "todo"]),
    ],
)
def test_whose_it_is(project: Path, text: str, whose: str | list[str]) -> None:
    """A side, a body, all of them, or somebody whom a person has to name."""
    assert statements(project, f"The sides met in First City.\n\n{text}\n")[0][1] == whose


def test_who_is_greeted_speaks_for_nobody(project: Path) -> None:
    """A verb behind "and" has the subject of the one before, and not the last name in front."""
    greeting = "We welcomed Eva Holm, the Minister of State B, and also thanked Olga Berg."
    text = f"We met again in First City today.\n\n{greeting}\n"
    assert statements(project, text) == [("welcomed", "all", "2"), ("thanked", "all", "2")]


@pytest.mark.parametrize("some", ["Several participants", "Some delegations", "Other members"])
def test_some_are_not_all(project: Path, some: str) -> None:
    """What some of them said is no statement of all: the draft asks whose it is."""
    text = f"The two sides met again in First City today.\n\n{some} stressed that time is short.\n"
    assert f"by: todo # {some}" in drafted(project, text)


def test_a_short_name_of_the_text(project: Path) -> None:
    """What a text calls a body by from then on is known from then on."""
    text = (
        "The Office for Space (OFS) and State A met again in First City today.\n\n"
        "OFS welcomed the work that had been done.\n"
    )
    assert statements(project, text) == [("welcomed", "b-office", "2")]


def test_who_stood_for_a_side_speaks_for_it(project: Path) -> None:
    """Whom a side was represented by is known by name from then on."""
    text = (
        "The two sides met online. State A was represented by Ms. Olga Berg, its minister.\n\n"
        "Minister Berg stressed the need for more ships.\n"
    )
    assert statements(project, text) == [("stressed", "state-a", "2")]


@pytest.mark.parametrize(
    "said",
    ["The third meeting was held in virtual format", "The two sides held an online meeting"],
)
def test_a_meeting_online(project: Path, said: str) -> None:
    """It has a form, and needs no place."""
    text = f"Statement of the Third Meeting\n\n{said} on 5 May 2026.\n"
    record = written(project, text)
    assert (record["form"], "place" in record) == ("online", False)


def test_a_numbered_list_inside_a_text(project: Path) -> None:
    """Numbers that a line announces are those of a list, where the text goes on without them."""
    text = (
        "The two sides met again in First City today.\n\nThey agreed on the following:\n\n"
        "1- Holding two meetings in each year.\n\n2- Sharing the data of the ships.\n\n"
        "3- Building a ship by 2030 at the latest.\n\nState A welcomed the work on the lander.\n\n"
        "State B thanked all of them for the day.\n"
    )
    assert statements(project, text) == [
        ("agreed", "all", "2"),
        ("agreed", "all", "2"),
        ("agreed", "all", "2"),
        ("welcomed", "state-a", "3"),
        ("thanked", "state-b", "4"),
    ]


TABLE = """Minutes of the Third Meeting

First City, 5 March 2026

The two sides met again to go on with their work.

Participants

State A

Dr. Ana Lima | Ministry of Foreign Affairs | Head

State B

Mr. Ole Nord | Space Agency | Member

1. Opening

The sides welcomed the plan of the work.
"""


PREAMBLE = """\
OUTCOME DOCUMENT

of the Third Consultations on Water

The representatives of State A and State B (hereinafter "the Participants") met in Lake Town on \
3 June 2025.

The Participants,

Recalling the Convention of 1992,

Noting with concern the low level of the lake,

Have reached the following understanding:

1. The Participants will exchange their data every month from now on.

2. State A undertakes to mend the dam before the end of 2027.

3. This document binds nobody who has not signed it.
"""


def test_numbers_behind_a_preamble(project: Path) -> None:
    """They are those of the document; the preamble is of the first paragraph."""
    assert statements(project, PREAMBLE)[-2:] == [
        ("stated that they will", "all", "1"),
        ("undertook", "state-a", "2"),
    ]
    title = "OUTCOME DOCUMENT of the Third Consultations on Water"
    assert written(project, PREAMBLE)["title"] == {"en": title}


def test_a_table_of_participants(project: Path) -> None:
    """Lines below a heading that says so are those who came, each of the side above it."""
    record = written(project, TABLE)
    assert [(one["side"], one["bodies"]) for one in record["participants"]] == [
        ("state-a", ["a-ministry"]),
        ("state-b", ["b-agency"]),
    ]
    assert (record["date"], record["place"]["city"]) == ("2026-03-05", "First City")


MINUTES = """LAKE COMMISSION

Minutes of the Third Meeting

Date: 5 March 2026
Venue: Town Hall, First City

Present
State A
Olga McBerg, Ministry of Foreign Affairs (Co-Chair)
State B
Nils Holm, Space Agency (Co-Chair)
Ada Lund, Office for Space

1. Opening
1.1 The Co-Chairs welcomed the participants from both shores.
1.2 The minutes of the meeting of 4 September 2025 were approved.

2. Ships
2.1 Ms McBerg presented the figures of the last year.
2.2 Mr Holm expressed concern about the ships in the north.
2.3 The Commission agreed to build two ships by 2028, and to look again at the money that it\
 has for them, by the end of this year.
"""
PEOPLE = """\
- {id: a-berg, name: {en: Olga McBerg}}
- {id: b-holm, name: {en: Nils Holm}}
"""


def with_people(root: Path) -> None:
    """Add two persons of whom no record says for whom they act."""
    path = root / "data" / "people.yaml"
    path.write_text(path.read_text(encoding="utf-8") + PEOPLE, encoding="utf-8")


def test_minutes(project: Path) -> None:
    """Labels say day and town, a list who chaired; numbers with parts are no words of a text."""
    with_people(project)
    record = written(project, MINUTES)
    assert (record["date"], record["place"]["city"]) == ("2026-03-05", "First City")
    assert [(one["organisation"], one["head"]["person"]) for one in record["cochairs"]] == [
        ("a-ministry", "a-berg"),
        ("b-agency", "b-holm"),
    ]
    assert statements(project, MINUTES) == [
        ("welcomed", "all", "1"),
        ("approved", "all", "2"),
        ("presented", "state-a", "3"),
        ("expressed concern", "state-b", "4"),
        ("agreed", "all", "5"),
    ]
    assert "quote: The minutes of the meeting of 4 September 2025 were approved" in drafted(
        project, MINUTES
    )


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Minutes of the Third Meeting", "minutes"),
        ("CHAIRMAN\u2019S STATEMENT OF THE THIRD MEETING", "chair's summary"),
        ("LEADERS' DECLARATION", "joint statement"),
        ("Fact Sheet of the Talks of this Year", "press release"),
        ("The Talks of this Year", TO_WRITE),
    ],
)
def test_the_kind_of_the_document(project: Path, title: str, kind: str) -> None:
    """Its title says it; the line with the day and the place is none."""
    text = (
        f"{title}\n\nFirst City Summit, 5 March 2026\n\n"
        "The two sides met and discussed the lander.\n"
    )
    found = drafted(project, text)
    assert f"#   kind: {kind}\n" in found
    if kind != TO_WRITE:
        assert f"#   title: {title}\n" in found


def test_those_who_open_a_text_were_there(project: Path) -> None:
    """By the names in it; and they speak for their sides from then on, though not as "they"."""
    with_people(project)
    text = (
        "We, Olga McBerg, President of State A, and Nils Holm, Director of the Space Agency, met in"
        " First City on 5 March 2026.\n\nPresident McBerg explained the plan of the work. They"
        " shared the view that time is short. President Holm thanked all.\n"
    )
    record = written(project, text)
    assert [one["person"] for one in record["also_present"]] == ["a-berg", "b-holm"]
    assert "participants" not in record  # they are no list that was read to its end
    assert statements(project, text) == [
        ("explained", "state-a", "2"),
        ("shared the view", "all", "2"),
        ("thanked", "state-b", "2"),
    ]


def test_an_outline_of_two_ministers(project: Path) -> None:
    """Both were there; what they confirm that they will do together is their shared view."""
    with_people(project)
    text = (
        "On 5 March 2026, for two hours, Ms. Olga McBerg, Minister of Foreign Affairs, held the"
        " third meeting with Mr. Nils Holm of the Space Agency, in First City.\n\nThe two ministers"
        " confirmed that both of them will work together. State B, speaking also on behalf of"
        " State A, undertook to publish the plan of the work.\n"
    )
    record = written(project, text)
    assert [(one["person"], one["organisation"]) for one in record["also_present"]] == [
        ("a-berg", "a-ministry"),
        ("b-holm", "b-agency"),
    ]
    items = record["statements"]["items"]
    assert [(item["verb"], item["strength"]) for item in items] == [
        ("confirmed", "shared view"),
        ("undertook", "committed"),
    ]


def test_an_annex_with_the_list(project: Path) -> None:
    """Its heading may begin with a word of its own."""
    text = (
        "The third meeting was held in First City on 5 March 2026.\n\n"
        "Both sides welcomed the plan.\n\n"
        "ANNEX 1: LIST OF PARTICIPANTS\n\nMinistry of Foreign Affairs\n\nSpace Agency\n"
    )
    record = written(project, text)
    assert [one["bodies"] for one in record["participants"]] == [["a-ministry"], ["b-agency"]]


def test_sides_that_came(project: Path) -> None:
    """In the order of the text, where it does not say who came for them; so the host is a side."""
    text = (
        "The third meeting of the Talks was held in Second City, State B on 5 March 2026 and was "
        "attended by the heads of State A and State B.\n\nThe sides noted the plan.\n"
    )
    record = written(project, text)
    assert record["place"] == {"city": "Second City", "host": "state-b", "source": "document-id#1"}
    told = [(one["side"], one["list"]) for one in record["participants"]]
    assert told == [("state-a", "not given"), ("state-b", "not given")]
    settings = project / "data" / "project.yaml"
    named = settings.read_text("utf-8").replace("{en: State B}", "{en: Northland}")
    settings.write_text(named, encoding="utf-8")
    within = text.replace("Second City, State B", "Northland")
    assert f"place: {{city: {TO_WRITE}, host: state-b, source:" in drafted(project, within)


def test_the_head_of_one_side_has_the_chair_of_it(project: Path) -> None:
    """Also where nobody knows the body for which a person acts."""
    people = project / "data" / "people.yaml"
    known = people.read_text("utf-8") + "- {id: eva-holm, name: {en: Eva Holm}}\n"
    people.write_text(known, encoding="utf-8")
    chaired = "The meeting was chaired by Eva Holm, President of State B."
    text = f"The sides met in First City.\n\n{chaired}\n"
    (chair,) = written(project, text)["cochairs"]
    assert (chair["side"], chair["organisation"]) == ("state-b", "todo")


def test_a_side_by_the_first_words_of_its_name(project: Path) -> None:
    """It is that one alone, and is no body that took part; who attended was not in the chair."""
    path = project / "data" / "project.yaml"
    text = path.read_text(encoding="utf-8").replace("en: State B}}", "en: Member States of B}}")
    path.write_text(text, encoding="utf-8")
    text = (
        "The third meeting was held in First City on 5 March 2026. The meeting was chaired by the"
        " Ministry of Foreign Affairs and was attended by the ministers of the Member States of B"
        " and by the Office for Space.\n\nThe Member States welcomed the work of all.\n"
    )
    record = written(project, text)
    assert [one["organisation"] for one in record["cochairs"]] == ["a-ministry"]
    assert [one["bodies"] for one in record["participants"]] == [["b-office"]]
    assert statements(project, text) == [("welcomed", "state-b", "2")]


@pytest.mark.parametrize(
    ("listed", "bodies"),
    [
        ("the Ministry of Science and Technology", ["ministry-of-science-and-technology"]),
        (
            "the Department of Education, Science & Sport and the Space Agency",
            ["department-of-education-science-sport", "b-agency"],
        ),
        ("the Ministry of Defence and Orbital Works Ltd", ["ministry-of-defence"]),
        (
            "the Ministry of Defence and the Office of Health",
            ["ministry-of-defence", "office-of-health"],
        ),
    ],
)
def test_a_body_may_have_several_fields_in_its_name(
    project: Path, listed: str, bodies: list[str]
) -> None:
    """Two bodies with an "and" between them stay two."""
    assert [one["bodies"] for one in came(project, f"{listed} from the State B side")] == [bodies]


def test_a_list_is_not_called_complete_where_a_name_may_be_missing(project: Path) -> None:
    """What looks like a body and has no noun for one is told; a short name in brackets is not."""
    listed = "the Space Agency (BSA), SIDES and the Office of Winds from the State B side"
    assert came(project, listed.replace("SIDES", "the Office of Tides"))[0]["complete"] is True
    assert came(project, listed.replace("SIDES", "Orbital Works Ltd"))[0]["complete"] is False
    assert "# #1.2 may name bodies that are not above: Orbital Works Ltd" in drafted(
        project, came_text(listed.replace("SIDES", "Orbital Works Ltd"))
    )


def test_both_sides_may_have_a_ministry_of_one_name(project: Path) -> None:
    """In the list of the other side it is a body of that side, and not the one on record."""
    text = "on the State B side the Ministry of Foreign Affairs and the Space Agency"
    (listed,) = came(project, text)
    bodies = ["state-b-ministry-of-foreign-affairs", "b-agency"]
    assert (listed["side"], listed["bodies"]) == ("state-b", bodies)


def test_who_is_of_no_side_had_the_chair_of_no_side(project: Path) -> None:
    """A body of a third country is written as such, and needs no side."""
    path = project / "data" / "organisations.yaml"
    outside = "- {id: tide-office, name: {en: Office of Tides}}\n"
    path.write_text(path.read_text(encoding="utf-8") + outside, encoding="utf-8")
    text = (
        "The third meeting was held in First City on 5 March 2026. The meeting was chaired by the"
        " Office of Tides.\n\nBoth sides welcomed the work of all.\n"
    )
    record = written(project, text)
    assert [one["organisation"] for one in record["chaired_by"]] == ["tide-office"]
    assert "cochairs" not in record


def test_a_head_stands_for_a_body(project: Path) -> None:
    """Delegations are led by persons, of whose bodies the chairs are."""
    text = (
        "The third meeting was held in First City on 5 March 2026. The delegation of State A was"
        " led by Ms. Ana Lima, Minister of Foreign Affairs. The delegation of State B was headed"
        " by Mr. Ole Nord of the Space Agency.\n\nBoth sides welcomed the plan of the work.\n"
    )
    record = written(project, text)
    assert [one["organisation"] for one in record["cochairs"]] == ["a-ministry", "b-agency"]


def test_a_quotation_ends_with_a_word_that_says_something(project: Path) -> None:
    """It neither begins nor ends with a word that only joins."""
    text = "We noted the progress of all the talks, but remained concerned over the new plan.\n"
    assert "quote: the progress of all the talks\n" in drafted(project, f"{TEXT}\n{text}")


def test_who_is_not_known_is_named(project: Path) -> None:
    """The words of the text stand beside the place that is to be filled."""
    text = "The sides met in First City.\n\nPrime Minister Olga Berg welcomed the plan.\n"
    assert "by: todo # Prime Minister Olga Berg" in drafted(project, text)


# Paragraphs


def test_numbers_of_its_own(project: Path) -> None:
    """A document that numbers its paragraphs is cited by these numbers, headings left out."""
    text = (
        "Joint Communiqué of the Talks\n\n1. We met in First City on 4 May 2026.\n\nTrade\n\n"
        "2. We welcomed:\n\n- the work on the lander; and\n\n- the work on debris.\n\n"
        "3. We agreed to meet again in the spring.\n"
    )
    assert statements(project, text) == [
        ("welcomed", "all", "2"),
        ("welcomed", "all", "2"),
        ("agreed", "all", "3"),
    ]


def test_numbers_that_begin_behind_the_opening(project: Path) -> None:
    """The opening paragraph may bear none: the next one is then the second, lists and all."""
    text = (
        "Joint Communiqué of the Talks\n\nWe met in First City on 4 May 2026.\n\n"
        "2. We welcomed the following:\n\n(i) the work on debris; and\n\n(ii) the lander.\n\n"
        "3. We noted the plan of the year.\n\nTrade\n\n4. We agreed to meet again.\n"
    )
    found = [(verb, place) for verb, _, place in statements(project, text)]
    assert found == [("welcomed", "2"), ("welcomed", "2"), ("noted", "3"), ("agreed", "4")]


def test_a_number_that_is_lost(project: Path) -> None:
    """The paragraph that lacks its number keeps its place, so that those after it have theirs."""
    lines = ["1. We met.", "2. We noted the plan.", "We welcomed the report of the experts.",
             "4. We agreed to meet again.", "5. We thanked the hosts."]  # fmt: skip
    found = [place for _, _, place in statements(project, "\n\n".join(lines))]
    assert found == ["2", "3", "4", "5"]


def test_a_long_paragraph_is_no_heading(project: Path) -> None:
    """Though it has lost the mark at its end, as at the end of a page."""
    long = "We welcomed the report of the experts and " + "all the work that went into it " * 6
    text = f"We met again in First City today.\n\n{long}\n\nWe agreed to meet again.\n"
    assert verbs(project, text) == ["welcomed", "agreed"]


def test_a_list_is_one_paragraph(project: Path) -> None:
    """With what announces it, whose verb its items have; a heading below it belongs to none."""
    text = (
        "The two sides met in First City.\n\nThe Ministers agreed to:\n\n- build a lander;\n\n"
        "- build a ship.\n\nOther Matters\n\nThe Ministers welcomed the report of the experts.\n"
    )
    assert statements(project, text) == [
        ("agreed", "all", "2"),
        ("agreed", "all", "2"),
        ("welcomed", "all", "3"),
    ]


def test_persons_speak_for_their_sides(project: Path) -> None:
    """Where the text says once whose they are."""
    text = (
        "President Eva Holm of State B met the hosts in First City.\n\nPresident Holm noted it.\n"
    )
    assert statements(project, text) == [("noted", "state-b", "2")]


def test_a_verb_holds_in_its_own_sentence(project: Path) -> None:
    """Not only elsewhere in the paragraph, since the sentence is what is cited."""
    text = (
        "We met in First City.\n\nWe express concern at it. We express our deep concern at that.\n"
    )
    assert verbs(project, text) == ["expressed concern", "expressed"]


def test_items_have_their_own_verbs(project: Path) -> None:
    """Under words that say who speaks, each item begins with its verb."""
    text = (
        "The two sides met in First City.\n\nThe Ministers:\n\n- welcomed the work on debris;\n\n"
        "- agreed to meet again; and\n\n- noted the report.\n"
    )
    assert verbs(project, text) == ["welcomed", "agreed", "noted"]


def test_paragraphs_can_be_named(project: Path) -> None:
    """As for the fingerprint: which of the file are those of the document."""
    text = "We welcome the plan.\n\nWe note the plan.\n\nWe endorse the plan.\n"
    found = statements(project, text, paragraphs="2-3")
    assert found == [("noted", "all", "1"), ("endorsed", "all", "2")]


def test_japanese(project: Path) -> None:
    """Paragraphs, verbs and whose they are; the verbs in the language of the records."""
    text = (
        "双方は、計画について意見交換を行った。\n\n"
        "双方は、進展を歓迎し、協力を深めることで一致した。\n"
    )
    titled = f"第3回会合の結果概要\n\n{text}"
    assert "kind: outline" in drafted(project, titled, language="ja")
    assert statements(project, text, language="ja") == [
        ("exchanged views", "all", "1"),
        ("welcomed", "all", "2"),
        ("agreed", "all", "2"),
    ]


# Writing


def reporter(*arguments: object) -> tuple[int, str, str]:
    """Run the command line: exit code, standard output, standard error."""
    found = CliRunner().invoke(main, ["draft", *map(str, arguments)])
    return found.exit_code, found.stdout, found.stderr


def test_the_record_is_written(project: Path) -> None:
    """Where there is none yet."""
    (project / "text.txt").write_text(TEXT, encoding="utf-8")
    code, out, _ = reporter(project / "text.txt", "--meeting", 3, "--project", project)
    path = project / "data" / "meetings" / "03.yaml"
    assert (code, out.strip(), path.is_file()) == (0, str(path), True)


def test_a_record_stays(project: Path) -> None:
    """The draft is printed, and what the record lacks is told with its place."""
    path = project / "data" / "meetings" / "02.yaml"
    before = path.read_bytes()
    (project / "text.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = reporter(project / "text.txt", "--meeting", 2, "--project", project)
    assert (code, path.read_bytes()) == (0, before)
    assert "number: 2" in out.splitlines()
    assert "02.yaml is there already, and stays as it is; it lacks:" in err
    assert (
        "#5.1 'It was agreed that the next meeting would be held in First…' is in no statement"
        in err
    )


def test_no_file_is_overwritten(project: Path) -> None:
    """Whatever it is."""
    (project / "text.txt").write_text(TEXT, encoding="utf-8")
    target = project / "text.txt"
    code, _, err = reporter(target, "--meeting", 3, "--project", project, "-o", target)
    assert (code, target.read_text(encoding="utf-8")) == (1, TEXT)
    assert "there is such a file already" in err


@pytest.mark.parametrize(
    ("content", "wanted", "message"),
    [
        (b"\x00\xff\xfe\x81", {}, "not UTF-8, and neither HTML, PDF nor DOCX"),
        (b"", {}, "there is no text in it"),
        (b"%PDF-1.7 broken", {}, "cannot be read as a PDF"),
        (b"We met.", {"language": "xx"}, "a text in 'xx', of which no draft can be made"),
        (b"We met.", {"document": "statement-99"}, "there is no document 'statement-99'"),
        (b"We met.", {"paragraphs": "7"}, "'7' names no paragraphs that are there"),
    ],
)
def test_wrong_files(project: Path, content: bytes, wanted: dict[str, str], message: str) -> None:
    """Each is refused with what is wrong and what to do; nothing is written."""
    with pytest.raises(ReporterError) as caught:
        drafted(project, content, **wanted)
    (problem,) = caught.value.problems
    assert problem.message == message
    assert problem.hint


# The measure


def test_what_is_found_of_a_record_by_hand(project: Path) -> None:
    """Of the statements that a person coded, nine of ten, under their paragraph and verb."""
    (project / "text.txt").write_text(TEXT, encoding="utf-8")
    by_hand = {
        ("discussed", "3"), ("welcomed", "3"), ("committed", "3"), ("strongly welcomed", "3"),
        ("expressed their intention", "3"), ("agreed", "5"),
    }  # fmt: skip
    found = {(verb, place.partition(".")[0]) for verb, _, place in statements(project, TEXT)}
    assert len(by_hand & found) / len(by_hand) >= 0.9
    assert len(by_hand & found) / len(found) >= 0.75


def test_each_statement_is_one(project: Path) -> None:
    """What is drafted is read by the same model as any other record."""
    with_document(project)
    text = drafted(project, TEXT, document="statement-03")
    (project / "data" / "meetings" / "03.yaml").write_text(text, encoding="utf-8")
    record = next(one.record for one in load(project).records if one.facts.id == "meeting-03")
    assert all(
        isinstance(item, Statement)
        for item in record.statements.items  # type: ignore[attr-defined]
    )


def test_what_a_text_has_everywhere_names_no_subject(project: Path) -> None:
    """A subject goes by its id, too; a word of each sentence alone tells none from another."""
    path = project / "data" / "subjects.yaml"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "- {id: sea-lanes, name: {en: Shipping}, area: science}\n"
        + "- {id: sea-ice, name: {en: Ice of the sea}, area: science}\n",
        encoding="utf-8",
    )
    text = "We met in First City today.\n\n" + "\n\n".join(
        f"We welcomed the work on {what} at sea." for what in ("ships", "nets", "ports", "lanes")
    )
    items = written(project, text)["statements"]["items"]
    assert [item.get("subjects") for item in items] == [None, None, None, "sea-lanes"]
