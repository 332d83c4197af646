"""Tests of the check of a whole project, and of what the codebook says about it."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path
from typing import Any, get_args

import pytest

from reporter.library.snapshot import MONTHS_UNTIL_STALE, UNFINISHED
from reporter.problems import ReporterError
from reporter.records.check import Coverage, check, cited, uncited
from reporter.records.facts import facts_of
from reporter.records.meeting import Meeting
from reporter.records.outline import in_one_list
from reporter.records.project import load
from reporter.records.reader import parse
from reporter.records.references import parts
from reporter.records.register import Document
from reporter.records.statements import PROMISES, Statement, Status, Strength
from reporter.records.validation import validate

ROOT = Path(__file__).parent.parent
CODEBOOK = (ROOT / "data" / "README.md").read_text(encoding="utf-8")

# A project without problems, as small as one that has everything that the rules are about.
GOOD = {
    "project.yaml": """
series: {en: Talks}
short: {en: Talks}
language: en
author: Context
sides: [{id: north, name: {en: North}}]
areas: [{id: policy, name: {en: Policy}}]
researched_until: 2024-12-31
""",
    "documents.yaml": """
- {id: d1, title: Statement, publisher: Ministry, date: 2024, language: en, \
standing: official, read: full, paragraphs: 4}
- {id: d2, title: News, publisher: Paper, date: 2024, language: en, standing: press, read: full}
- {id: d3, title: Rumour, publisher: Blog, date: 2024, language: en, standing: weak, read: full}
""",
    "organisations.yaml": """
- {id: o1, name: {en: Office}, abbreviation: OB, predecessor: o2, since: 2020, source: d2}
- {id: o2, name: {en: Bureau}, abbreviation: OB}
""",
    "meetings/01.yaml": """
number: 1
title: {en: First Meeting}
date: 2024-03-01/2024-03-02
place: not verified
evidence: full
statements:
  complete: true
  items:
    - id: c1-01
      by: north
      verb: committed
      text: to act
      quote: to act
      strength: committed
      about: o1
      history:
        - date: 2024-06
          text: It acted
          status: in progress
          source: d2
        - checked: 2024-07-01
          where: its pages
          text: An end
          status: not verified
      source: [d1#1, d1#4]
    - {by: north, verb: noted, text: it, source: d1#2}
""",
}

GOOD["meetings/03.yaml"] = (
    GOOD["meetings/01.yaml"]
    .replace("number: 1", "number: 3")
    .replace("id: c1-01", "id: c3-01")
    .replace("text: to act", "text: to act at once")
)

# For each rule of the codebook: the file to break, the text to replace, its replacement, and the
# message.
_CALL = "id: call\nkind: call\nform: online\ndate: 2024-05\nevidence: full\n"
_CALL += "statements: {complete: true}\n"
_LISTED = "participants: [{side: north, source: d3, list: "
_PACT = """id: pact
short: {en: Pact}
title: {en: not verified}
type: treaty-level agreement
parties: [north, o1]
summary: {text: A pact., source: d2}
signing: not verified
in_force: {date: 2024-02-01, RULE source: d2}
acts:
  - {parties: north, what: signed, date: 2024-01-01, source: d2}
  - {parties: north, what: ratified, date: 2024-01-02, source: d2}
"""
_RULE = "rule: {instruments: 1, after: {days: 30}},"


def _pact(act: str, rule: str = _RULE) -> str:
    """Return an agreement with one more act, or with another rule."""
    text = _PACT.replace("RULE", rule)
    return f"{text}  - {{parties: north, {act}, source: d2}}\n" if act else text


_ACTS = {
    "what: signed, date: 2024-02-01": "'north' signed already, on 2024-01-01",
    "what: acceded, date: 2024-02-01": "'north' is bound already, since 2024-01-02",
    "what: withdrew a reservation, date: 2024-02-01": "'north' has no such reservation",
    "what: withdrew, date: 2024-02-01, effective: 2024-01-31": (
        "in effect before it was done: 2024-01-31 lies before 2024-02-01"
    ),
}
_RULES = {
    "rule: {instruments: 1},": "in force on 2024-02-01, and by its rule on 2024-01-02",
    "rule: {every: true, after: {days: 1, weeks: 1}},": "a period has one unit",
    "rule: {after: {days: 1}},": "a rule that does not say whose acts are needed",
    "rule: {of: o2},": "'o2' is not among the parties",
}
BROKEN = [
    *(("agreements/pact.yaml", None, _pact(act), told) for act, told in _ACTS.items()),
    *(("agreements/pact.yaml", None, _pact("", rule), told) for rule, told in _RULES.items()),
    (
        "agreements/pact.yaml",
        None,
        _pact("what: withdrew, date: 2024-02-01").replace("what: ratified", "what: reserved"),
        "'north' was not bound on 2024-02-01",
    ),
    (
        "meetings/call.yaml",
        None,
        _CALL.replace("id: call\n", ""),
        "a meeting without a number and without an id",
    ),
    (
        "meetings/call.yaml",
        None,
        _CALL.replace("id: call", "id: meeting-09"),
        "'meeting-09' is no id for a meeting of its own",
    ),
    (
        "meetings/call.yaml",
        None,
        _CALL.replace("kind: call", "number: 1"),
        "two regular meetings have the number 1",
    ),
    (
        "meetings/call.yaml",
        None,
        f"{_CALL}place: {{city: Aville, source: d3}}\n",
        "an online meeting in 'Aville'",
    ),
    (
        "meetings/call.yaml",
        None,
        f"{_CALL}place: {{city: Aville, source: d3}}\n".replace("online", "by telephone"),
        "a meeting by telephone in 'Aville'",
    ),
    (
        "meetings/call.yaml",
        None,
        f"{_CALL}called_off: {{text: It was called off, source: d3}}\n",
        "a meeting that was held and called off",
    ),
    (
        "meetings/call.yaml",
        None,
        f"{_CALL}{_LISTED}not given, bodies: [o1]}}]\n",
        "bodies of a list that is not given",
    ),
    (
        "meetings/call.yaml",
        None,
        f"{_CALL}{_LISTED}open-ended, complete: true}}]\n",
        "a list that is complete and 'open-ended'",
    ),
    (
        "visits/v.yaml",
        None,
        "id: v\ntitle: {en: Visit}\nreports: [the weather]\n",
        "'the weather' names no report",
    ),
    (
        "visits/v.yaml",
        None,
        "id: v\ntitle: {en: Visit}\nreports: [ledger, ledger]\n",
        "the report 'ledger' is in the binder twice",
    ),
    (
        "visits/v.yaml",
        None,
        "id: v\ntitle: {en: Visit}\nreports: [binder-v]\n",
        "a binder cannot hold another binder",
    ),
    (
        "visits/v.yaml",
        None,
        "id: v\ntitle: {en: Visit}\nreports: [index]\n",
        "a binder holds no index",
    ),
    ("meetings/01.yaml", "number: 1", "number: [1", "this is not YAML"),
    ("meetings/01.yaml", "First Meeting", "First M\udcffeeting", "not UTF-8"),
    ("meetings/01.yaml", None, "# nothing", "the file is empty"),
    (
        "meetings/01.yaml",
        "number: 1",
        "---\nnumber: 1\n---\nnumber: 2",
        "a second document in one file",
    ),
    ("meetings/01.yaml", "number: 1", "number: 1\nnumber: 1", "the key 'number' stands twice"),
    (
        "meetings/01.yaml",
        "place: not verified",
        "place: &p not verified",
        "anchors and aliases are not supported",
    ),
    (
        "meetings/01.yaml",
        "strength: committed\n",
        "strength: committed\n      due: #2024\n",
        "'due' has no value",
    ),
    (
        "meetings/01.yaml",
        None,
        "<<<<<<< HEAD\n",
        "'<<<<<<<' is the mark of a merge that is not finished",
    ),
    ("meetings/01.yaml", "number: 1", "number: 1\nnumbr: 1", "unknown field 'numbr'"),
    ("meetings/01.yaml", "      verb: committed\n", "", "the field 'verb' is missing"),
    ("meetings/01.yaml", ", source: d1#2", "", "no source: the field 'source' is missing"),
    ("meetings/01.yaml", "          source: d2\n", "", "an evidence without a source"),
    (
        "meetings/01.yaml",
        "status: in progress\n          source: d2",
        "status: met\n          self_reported: o1",
        "what is self-reported cannot set the status 'met' without a source",
    ),
    (
        "organisations.yaml",
        "since: 2020, source: d2",
        "since: 2020",
        "a change of name or a founding date without a source",
    ),
    ("meetings/01.yaml", "number: 1", "number: one", "expected a whole number, found 'one'"),
    (
        "meetings/01.yaml",
        "status: in progress",
        "status: done",
        "'done' is not one of the words allowed here",
    ),
    ("meetings/01.yaml", "id: c1-01", "id: C1.01", "'C1.01' is not of the form allowed here"),
    ("meetings/01.yaml", "text: to act", "text: ''", "an empty text"),
    ("meetings/01.yaml", "[d1#1, d1#4]", "[]", "an empty list says nothing"),
    ("meetings/01.yaml", "{en: First Meeting}", "{}", "too few: 0"),
    ("documents.yaml", "paragraphs: 4", "paragraphs: 0", "'0' is out of range"),
    ("meetings/01.yaml", "date: 2024-06", "date: June 2024", "'June 2024' is not a date"),
    (
        "meetings/01.yaml",
        "2024-03-01/2024-03-02",
        "2024-03-02/2024-03-01",
        "the range '2024-03-02/2024-03-01' ends before it begins",
    ),
    ("meetings/01.yaml", "source: d1#2", "source: d1#0", "'d1#0' does not name a source"),
    (
        "meetings/01.yaml",
        "quote: to act",
        f"quote: {'to act ' * 7}",
        "a quotation of 14 words: at most 12 may be quoted",
    ),
    (
        "agreements/pact.yaml",
        None,
        """
id: pact
short: {en: Pact}
title: {en: Pact}
type: negotiation
parties: north
summary: {text: It binds., source: d2, internal: true}
signing: not verified
in_force: not verified
""",
        "a summary cannot be internal",
    ),
    ("meetings/01.yaml", "id: c1-01\n      by", "by", "a promise or expectation without an id"),
    (
        "meetings/01.yaml",
        "        - checked: 2024-07-01\n          where",
        "        - where",
        "an entry of a history has either 'date' (an evidence) or 'checked' (nothing was found)",
    ),
    (
        "meetings/01.yaml",
        "          where: its pages\n",
        "",
        "a check that does not say where one looked",
    ),
    (
        "meetings/01.yaml",
        "status: not verified",
        "status: met",
        "a check that found nothing cannot set the status 'met'",
    ),
    (
        "meetings/01.yaml",
        "statements:",
        (
            "forecasts:\n"
            "  - id: f-01\n"
            "    text: It rains\n"
            "    date: 2024\n"
            "    history: [{date: 2024, text: It was dry, status: missed, source: d2}]\n"
            "    source: d2\n"
            "statements:"
        ),
        "a forecast cannot be 'missed': it binds nobody",
    ),
    (
        "meetings/01.yaml",
        "statements:",
        (
            "forecasts:\n"
            "  - id: f-01\n"
            "    text: It rains\n"
            "    date: 2024\n"
            "    history: [{date: 2024, text: It was dry, parties: north, source: d2}]\n"
            "    source: d2\n"
            "statements:"
        ),
        "'parties' is for a promise: nobody owes a forecast",
    ),
    (
        "meetings/01.yaml",
        "source: d2",
        "source: d3",
        "a weak source alone cannot set the status 'in progress'",
    ),
    (
        "meetings/01.yaml",
        "strength: committed\n",
        "strength: committed\n      due: 2023\n",
        "due before it was said: 2023 lies before 2024-03-01/2024-03-02",
    ),
    (
        "meetings/01.yaml",
        "checked: 2024-07-01",
        "checked: 2024-05",
        "the history runs backwards: 2024-05 comes after 2024-06",
    ),
    ("documents.yaml", "id: d3", "id: o2", "two records have the id 'o2'"),
    ("documents.yaml", "id: d3", "id: meeting-02", "'meeting-02' is the name of a meeting"),
    (
        "project.yaml",
        "{id: policy, name: {en: Policy}}",
        "{id: a, name: {en: A}}, {id: a, name: {en: B}}",
        "two areas have the id 'a'",
    ),
    ("meetings/01.yaml", "about: o1", "about: o7", "there is no record 'o7'"),
    ("project.yaml", "language: en", "language: tlh", "there is no language 'tlh'"),
    (
        "project.yaml",
        "language: en",
        f"language: en\nhandling: {{marking: {'限' * 41}}}",
        "a marking of 82 characters, 2 too many; a Japanese one counts as two",
    ),
    ("meetings/01.yaml", "source: d1#2", "source: d1", "no paragraph of 'd1' is named"),
    ("meetings/01.yaml", "source: d1#2", "source: d1#5", "'d1' has no paragraph 5"),
    (
        "meetings/01.yaml",
        "source: d1#2",
        "source: d2#5",
        "the document 'd2' has no numbered paragraphs",
    ),
    (
        "organisations.yaml",
        "{en: Bureau}",
        "{en: Bureau}, predecessor: o1, source: d2",
        "a cycle of predecessors: o1 -> o2 -> o1",
    ),
    ("meetings/01.yaml", "number: 1", "number: 2", "meeting 2 stands in '01.yaml'"),
    (
        "programmes/rocket.yaml",
        None,
        """
id: rocket
name: {en: Rocket}
lead: north
milestones: [{text: It flew., date: 2024, source: d2}, {text: It stood., date: 2023, source: d2}]
""",
        "the milestones run backwards: 2023 comes after 2024",
    ),
    ("meetings/1.yml", None, "number: 1", "not read: its name ends in '.yml'"),
    ("meeting/01.yaml", None, "number: 1", "no kind of record is kept here"),
    ("meetings/sub/02.yaml", None, "number: nonsense", "no kind of record is kept here"),
    (
        "meetings/02.yaml",
        None,
        GOOD["meetings/01.yaml"]
        .replace("number: 1", "number: 2")
        .replace("id: c1-01", "id: c2-01")
        .replace("text: to act", "text: to act in time")
        .replace("about: o1", "repeats: c3-01"),
        "'c3-01' was said later, at meeting 3",
    ),
    (
        "meetings/01.yaml",
        "place: not verified",
        f"place: not verified\nbottom_line: {{text: {'word ' * 52}, source: d2}}",
        "the bottom line has 52 words, 7 too many",
    ),
    (
        "meetings/01.yaml",
        "place: not verified",
        f"place: not verified\nagreed: [{', '.join(['{text: to act, source: d2}'] * 8)}]",
        "8 points, 2 too many",
    ),
    (
        "meetings/01.yaml",
        ", source: d1#2",
        ", source: '#2'",
        "'#2' is of no document: this record does not say which is its own",
    ),
    (
        "meetings/01.yaml",
        "place: not verified",
        "place: {city: Here, source: '#1'}\ndocument: d1\ndefaults: {source: d2}",
        "'#1' may be of 'd1' or of 'd2'",
    ),
    (
        "meetings/03.yaml",
        (
            "about: o1\n      history:\n        - date: 2024-06\n          text: It acted\n"
            "          status: in progress"
        ),
        (
            "same_as: c1-01\n      history:\n        - date: 2024-06\n          text: It acted\n"
            "          status: open"
        ),
        (
            "'c3-01' is 'open' on 2024-06-30, and 'c1-01', which is the same, is 'in progress' "
            "(data/meetings/01.yaml:20:19)"
        ),
    ),
    (
        "meetings/01.yaml",
        (
            "strength: committed\n      about: o1\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: in progress"
        ),
        (
            "strength: committed\n      due: 2024-05\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: slipped"
        ),
        "slipped on 2024-06, after its day was over: 2024-05",
    ),
    (
        "meetings/01.yaml",
        (
            "strength: committed\n      about: o1\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: in progress"
        ),
        (
            "strength: committed\n      due: 2025\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: slipped\n          due: 2024-12"
        ),
        "moved to a day that is no later: 2024-12, from 2025",
    ),
    (
        "meetings/01.yaml",
        (
            "strength: committed\n      about: o1\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: in progress"
        ),
        (
            "strength: committed\n      due: 2025\n      history:\n        - date: 2024-06\n"
            "          text: It acted\n          status: in progress\n          due: 2026"
        ),
        "a new 'due' where nothing was moved",
    ),
    (
        "meetings/01.yaml",
        "      history:\n",
        (
            "      history:\n        - {date: 2024-04, text: No, status: missed, source: d2}\n"
            "        - {date: 2024-05, text: Later, status: slipped, source: d2}\n"
        ),
        "slipped on 2024-05, after it was missed",
    ),
    (
        "meetings/01.yaml",
        "      history:\n",
        (
            "      due: 2025\n      history:\n"
            "        - {date: 2024-04, text: No, status: missed, source: d2}\n"
        ),
        "missed on 2024-04, before its day was over: 2025",
    ),
    ("meetings/01.yaml", "      by: north", "      by: XY", "no body has the abbreviation 'XY'"),
    ("meetings/01.yaml", "      by: north", "      by: OB", "'OB' is the abbreviation of 2 bodies"),
    (
        "programmes/rocket.yaml",
        None,
        "{id: rover, name: {en: Rover}, lead: north}",
        "'rover' stands in 'rocket.yaml'",
    ),
    (
        "meetings/01.yaml",
        "          source: d2\n",
        "          source: d2\n          turned_out: confirmed\n",
        "'turned_out' is for a forecast: what was said has a status",
    ),
    (
        "meetings/01.yaml",
        "          status: in progress\n",
        "          status: in progress\n          parties: o1\n",
        "'o1' does not owe 'c1-01'",
    ),
    (
        "meetings/01.yaml",
        "        - checked: 2024-07-01",
        (
            "        - {date: 2024-06-30, text: Not so, status: open, parties: north, source: d2}\n"
            "        - checked: 2024-07-01"
        ),
        "'north' is 'in progress' on 2024-06-30, and 'open' on the same day",
    ),
    (
        "meetings/01.yaml",
        "statements:",
        (
            "forecasts:\n"
            "  - id: f-01\n"
            "    text: It rains\n"
            "    date: 2024\n"
            "    history: [{checked: 2024, where: x, text: Rain, turned_out: confirmed}]\n"
            "    source: d2\n"
            "statements:"
        ),
        "a check that found nothing cannot say 'confirmed'",
    ),
    (
        "corrections.yaml",
        None,
        "- {id: fix, said: x, since: 2024-05, right: y, found_by: z, on: 2024-06}",
        "a correction that no report prints",
    ),
    (
        "corrections.yaml",
        None,
        "- {id: fix, report: sery, said: x, since: 2024-05, right: y, found_by: z, on: 2024}",
        "'sery' names no report",
    ),
    (
        "corrections.yaml",
        None,
        "- {id: fix, report: index, said: x, since: 2024-05, right: y, found_by: z, on: 2024}",
        "'index' prints no corrections of its own",
    ),
    (
        "corrections.yaml",
        None,
        "- {id: fix, report: with-o1, said: x, since: 2024-05, right: y, found_by: z, on: 2024}",
        "'o1' is party to no agreement",
    ),
    (
        "corrections.yaml",
        None,
        "- {id: fix, report: series, said: x, since: 2024-05, right: y, found_by: z, on: 2023}",
        "corrected before it was said: 2023 lies before 2024-05",
    ),
]


def project(folder: Path, **changed: str) -> Path:
    """Write the good project, with the files in ``changed`` instead."""
    for name, text in {**GOOD, **changed}.items():
        path = folder / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
    return folder


def messages(root: Path) -> list[str]:
    """Return what ``check`` refuses."""
    with pytest.raises(ReporterError) as caught:
        check(root)
    return [problem.message for problem in caught.value.problems]


def rules() -> list[str]:
    """Return the messages that the codebook lists."""
    section = CODEBOOK.split("## What `reporter check` refuses")[1].split("\n## ")[0]
    return re.findall(r"^\| `(.+?)` \|", section, re.MULTILINE)


def pattern(rule: str) -> str:
    """Return a regular expression for a codebook message: words in capitals stand for anything."""
    return re.sub(r"(?<![A-Za-z])(?!UTF|YAML)[A-Z]+(?=s?\b)", ".+", re.escape(rule))


def words_in_table(head: str) -> list[str]:
    """Return the words in the first column of a table of the codebook."""
    table = CODEBOOK.split(f"\n| {head} |")[1].split("\n\n")[0]
    return [word.strip("`") for word in re.findall(r"^\| (`?[a-z ]+`?) \|", table, re.MULTILINE)]


def test_check_says_what_there_is(tmp_path: Path) -> None:
    """Check prints records by kind, paragraphs cited and uncited, and documents never cited."""
    assert check(project(tmp_path)).lines == (
        "7 records, no problems: 2 meetings, 2 organisations, 3 documents",
        "d1: 3 of 4 paragraphs cited; not cited: 3",
        "documents that nothing cites (1): d3",
    )


def test_check_says_what_is_recorded_and_on_no_page(tmp_path: Path) -> None:
    """A body, a person, a subject or a policy to which no record refers."""
    bodies = f"{GOOD['organisations.yaml']}- {{id: o9, name: {{en: Third}}, side: north}}\n"
    people = "- {id: p1, name: {en: Somebody}}\n"
    lines = check(project(tmp_path, **{"organisations.yaml": bodies, "people.yaml": people})).lines
    assert lines[3:] == (
        "organisations to which nothing refers (1): o9",
        "people to which nothing refers (1): p1",
    )


def test_check_of_a_project_without_records(tmp_path: Path) -> None:
    """Settings alone are no problem."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "project.yaml").write_text(GOOD["project.yaml"], encoding="utf-8")
    assert check(tmp_path).lines == ("0 records, no problems",)


def test_both_documents_are_cited_in_whole() -> None:
    """Of the joint statement and of the news piece, every paragraph is used."""
    lines = check(ROOT).lines
    assert {
        "joint-statement-08: 8 of 8 paragraphs cited",
        "news-may-2022: 7 of 7 paragraphs cited",
    } <= set(lines)


@pytest.mark.parametrize(("file", "old", "new", "message"), BROKEN, ids=[row[3] for row in BROKEN])
def test_each_rule_is_enforced(
    tmp_path: Path, file: str, old: str | None, new: str, message: str
) -> None:
    """A project that breaks one rule is refused, with that rule's message and no other."""
    text = GOOD.get(file, "")
    assert old is None or old in text
    found = messages(project(tmp_path, **{file: new if old is None else text.replace(old, new, 1)}))
    assert [
        text.split(":")[0] if message == "'June 2024' is not a date" else text for text in found
    ] == [message]


def test_all_problems_are_shown_at_once(tmp_path: Path) -> None:
    """Problems of several files come together, in the order of files and lines."""
    broken = {
        "meetings/01.yaml": GOOD["meetings/01.yaml"]
        .replace("d1#2", "d1#9")
        .replace("d1#1", "d1#8"),
        "organisations.yaml": GOOD["organisations.yaml"].replace(
            "predecessor: o2", "predecessor: o3"
        ),
    }
    assert messages(project(tmp_path, **broken)) == [
        "'d1' has no paragraph 8",
        "'d1' has no paragraph 9",
        "there is no organisation 'o3'",
    ]


def test_a_document_read_in_part_may_be_cited_without_a_paragraph(tmp_path: Path) -> None:
    """Its paragraphs are those that were read, and check does not count those that are cited."""
    lines = check(
        project(
            tmp_path,
            **{
                "documents.yaml": GOOD["documents.yaml"].replace(
                    "read: full, paragraphs: 4", "read: opening, paragraphs: 4"
                ),
                "meetings/01.yaml": GOOD["meetings/01.yaml"].replace("d1#2", "d1"),
            },
        )
    ).lines
    assert lines[1:] == ("documents that nothing cites (1): d3",)


def test_coverage_counts_each_paragraph_once() -> None:
    """Coverage is a value: the document, its number of paragraphs, and those cited and missing."""
    document = validate(Document, parse(Path("x.yaml"), GOOD["documents.yaml"]), (0,))
    text = GOOD["meetings/01.yaml"].replace("d1#2", "[d1#1, d1#4]")
    meeting = validate(Meeting, parse(Path("x.yaml"), text))
    (found,) = cited([facts_of("meeting", meeting), facts_of("document", document)])
    assert (found, found.missing, str(found)) == (
        Coverage("d1", 4, frozenset({1, 4})),
        (2, 3),
        "d1: 2 of 4 paragraphs cited; not cited: 2, 3",
    )


def test_a_document_that_is_only_named_is_used(tmp_path: Path) -> None:
    """The document of a meeting, or one that something is about, is not called idle."""
    text = GOOD["meetings/01.yaml"].replace("evidence: full", "evidence: full\ndocument: d3")
    records = load(project(tmp_path, **{"meetings/01.yaml": text})).records
    assert uncited([loaded.facts for loaded in records]) == ()


def test_the_codebook_lists_the_rules_that_are_enforced() -> None:
    """Each message in the codebook comes from a broken project above, and the other way round."""
    listed, enforced = rules(), [row[3] for row in BROKEN]
    assert listed
    assert [
        rule
        for rule in listed
        if not any(re.fullmatch(pattern(rule), message) for message in enforced)
    ] == []
    assert [
        message
        for message in enforced
        if not any(re.fullmatch(pattern(rule), message) for rule in listed)
    ] == []


def test_the_codebook_defines_every_status() -> None:
    """No status without a meaning, and none that does not exist."""
    assert sorted(words_in_table("`status`")) == sorted(get_args(Status))


def test_the_codebook_defines_every_strength() -> None:
    """The same for strengths, with what is a promise and what an expectation."""
    assert sorted(words_in_table("`strength`")) == sorted([*get_args(Strength), "none"])
    marked = re.findall(r"^\| `([a-z ]+)` \|.*\| (promise|expectation) \|$", CODEBOOK, re.MULTILINE)
    assert {word for word, what in marked if what == "promise"} == PROMISES


def test_the_codebook_names_every_verb_that_carries_a_strength() -> None:
    """Each verb is in the codebook's row of its strength, so that people agree on it."""
    rows = dict(
        re.findall(
            r"^\| `([a-z ]+)` \| (.*) \| (?:promise|expectation) \|$", CODEBOOK, re.MULTILINE
        )
    )
    statements = [
        part
        for loaded in load(ROOT).records
        for _, part in parts(loaded.record)
        if isinstance(part, Statement) and part.strength
    ]
    assert statements
    unnamed = [
        (part.id, part.strength, part.verb)
        for part in statements
        if part.verb not in rows[str(part.strength)]
    ]
    assert unnamed == []


def test_the_codebook_knows_the_numbers_and_words_of_the_code() -> None:
    """Nine months until a check is stale, and which statuses are unfinished."""
    (names,) = re.findall(
        r"^Unfinished are (.*?)\. `researched_until`", CODEBOOK, re.MULTILINE | re.DOTALL
    )
    assert set(re.findall(r"`(.+?)`", names)) == UNFINISHED
    assert (MONTHS_UNTIL_STALE, "for nine months" in CODEBOOK) == (9, True)


def test_the_record_in_the_codebook_is_a_record() -> None:
    """Copying the smallest meeting gives a valid one, with or without the texts for page one."""
    in_short, page_one, smallest = (
        textwrap.dedent(example)
        for example in re.findall(r"^ *```yaml\n(.*?)```", CODEBOOK, re.DOTALL | re.MULTILINE)
    )
    assert validate(Meeting, parse(Path("10.yaml"), smallest)).number == 10
    listed: Any = in_one_list(parse(Path("10.yaml"), in_short)).data
    said = [(one["verb"], one["source"]) for one in listed["statements"]["items"]]
    assert said == [("gave updates", "#3.2"), ("gave an update", "#3.2")]
    assert (
        validate(Meeting, parse(Path("10.yaml"), smallest + page_one)).next_steps[0].follows
        == "c8-05"
    )
