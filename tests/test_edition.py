"""Tests of editions: the public one holds nothing of what is marked internal."""

from __future__ import annotations

import json
import re
import shutil
from datetime import date
from functools import cache
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pikepdf
import pytest
from conftest import VALID, run
from lxml import html as markup
from reading import context, dialogue
from wordfile import Word, text

from reporter.choice import Choice
from reporter.formats import EXPORTS, PAGES
from reporter.formats.html import render
from reporter.library import Library
from reporter.library.edition import public
from reporter.library.snapshot import Snapshot, Standing
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.statements import Entry
from reporter.reports import select
from reporter.reports.common.changes import changes
from reporter.theme import Theme

if TYPE_CHECKING:
    import subprocess

    from reporter.records import Record
    from reporter.records.project import Contents

ROOT = Path(__file__).parent.parent
DAY = date(2026, 11, 21)


@cache
def contents() -> Contents:
    """Return the real records, read once."""
    return dialogue()


def library(edit: dict[int, dict[str, object]]) -> Library:
    """Return the real library with some statements of meeting 8 changed, by their position."""
    records = []
    for loaded in contents().records:
        record = loaded.record
        if isinstance(record, Meeting) and record.number == 8:
            items = tuple(
                item.model_copy(update=edit.get(index, {}))
                for index, item in enumerate(record.statements.items)
            )
            record = record.model_copy(
                update={"statements": record.statements.model_copy(update={"items": items})}
            )
        records.append(record)
    return Library(contents().settings, tuple(records))


def test_without_internal_parts_nothing_changes() -> None:
    """A library in which nothing is internal is its own public edition."""
    whole = library({})
    assert public(whole).records == whole.records


def test_an_internal_statement_is_gone() -> None:
    """The public edition has every statement but the internal one."""
    whole = library({0: {"internal": True}})
    before, after = whole.meetings[8].statements.items, public(whole).meetings[8].statements.items
    assert after == before[1:]


def test_who_follows_something_up_in_our_house_is_gone() -> None:
    """The public edition names nobody: of a promise, of a programme, of the project."""
    found = library({0: {"desk_officer": "Desk A"}})
    records = tuple(
        record.model_copy(update={"desk_officer": "Desk B"})
        if isinstance(record, Programme)
        else record
        for record in found.records
    )
    settings = found.project.model_copy(update={"desk_officer": "Desk C"})
    whole = Library(settings, records)
    shown = public(whole)
    assert shown.project.desk_officer is None
    assert {programme.desk_officer for programme in shown.programmes.values()} == {None}
    assert [owned.statement.desk_officer for owned in whole.all_statements].count("Desk A") == 1
    assert {owned.statement.desk_officer for owned in shown.all_statements} == {None}


def test_internal_evidence_is_gone() -> None:
    """The public edition keeps the promise and drops the internal line of its history."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.history)
    history = (
        items[index].history[0].model_copy(update={"internal": True}),
        *items[index].history[1:],
    )
    whole = library({index: {"history": history}})
    assert public(whole).meetings[8].statements.items[index].history == history[1:]


def test_what_referred_to_an_internal_statement_forgets_it() -> None:
    """If the statement on the next meeting is internal, what was agreed on it is not verified."""
    items = library({}).meetings[8].statements.items
    index = next(
        index for index, item in enumerate(items) if item.id == library({}).meetings[8].next
    )
    assert public(library({index: {"internal": True}})).meetings[8].next == "not verified"


@pytest.mark.parametrize("number", [7, 8])
def test_a_list_is_not_complete_without_its_internal_part(number: int) -> None:
    """Nothing says that what was left out is dropped or new; other meetings are as before."""
    whole = spoken_of_artemis(number)
    found = public(whole)
    incomplete = {
        other
        for other, meeting in found.meetings.items()
        if meeting.statements != whole.meetings[other].statements
    }
    assert incomplete == {number}
    assert not found.meetings[number].statements.complete
    before, after = (
        changes(context(library, DAY), library.meetings[7], library.meetings[8])
        for library in (whole, found)
    )
    assert "artemis" in {item.id for item in before.again.items}
    assert "artemis" not in {
        item.id for group in (after.again, after.dropped, after.opened) for item in group.items
    }
    assert (before.unread, after.unread and after.unread.meetings) == (None, (number,))


def test_only_the_list_that_lost_something_is_incomplete() -> None:
    """A statement that lost a line of its history is still one of all statements."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.history)
    history = (items[index].history[0].model_copy(update={"internal": True}),)
    assert public(library({index: {"history": history}})).meetings[8].statements.complete


def test_a_history_without_its_internal_line_makes_nothing_overdue() -> None:
    """Nor late, nor unchecked for long: what is not shown may be the evidence or the check."""
    begun, done = line("2024-01-10", "in progress"), line("2024-08-27", "met", internal=True)
    assert [standing.status for standing in standings(begun, done)] == ["met", "in progress"]
    assert [
        standing.status
        for standing in standings(
            line("2024-01-10", "met", internal=True), line("2025-01-10", "met")
        )
    ] == [
        "met",
        "met",
    ]
    _, shown = standings(begun, done)
    assert (shown.overdue_since, shown.not_checked_since, shown.not_checked_after) == (
        None,
        None,
        None,
    )
    whole, _ = standings(begun)
    assert whole.overdue_since == date(2024, 12, 31)


def line(day: str, status: str, *, internal: bool = False) -> Entry:
    """Return a line of a history."""
    return Entry.model_validate(
        {
            "date": day,
            "text": "Talks on a date",
            "status": status,
            "source": "s22",
            "internal": internal,
        }
    )


def standings(*history: Entry) -> tuple[Standing, Standing]:
    """Return where the promise of a ninth meeting in 2024 stands with this history.

    The first value is for the internal, the second for the public edition.
    """
    index = next(
        index
        for index, item in enumerate(library({}).meetings[8].statements.items)
        if item.id == "c8-05"
    )
    whole = library({index: {"history": history}})
    inside, outside = (
        Snapshot(found, DAY).standing(found.statements["c8-05"].statement, None)
        for found in (whole, public(whole))
    )
    return inside, outside


@pytest.mark.parametrize("kind", ["meeting", "comparison", "ledger", "series", "upcoming"])
def test_the_public_page_says_nothing_untrue_of_what_it_lacks(kind: str) -> None:
    """It was read, and is not said to be unread; that it is here only in part is said."""
    found = public(spoken_of_artemis(8, everything=True))
    choices = {
        "meeting": Choice("meeting", (8,)),
        "comparison": Choice("comparison", (7, 8)),
        "upcoming": Choice("meeting", (9,)),
    }
    choice, day = choices.get(kind, Choice(kind)), date(2024, 1, 1) if kind == "upcoming" else DAY
    (selection,) = select(found, choice, day)
    asked = True
    view = selection.view(context(found, day, asked=asked))
    (body,) = markup.fromstring(render(Theme.of(ROOT), kind, view, "en")).xpath("//main")
    page = " ".join(body.text_content().split())
    assert {"series": "not in what is here of the statement"}.get(kind, "only in part") in page
    sentences = [
        sentence
        for sentence in re.split("[.:;]", page)
        if re.search(r"\b8\b|its statement|meeting before", sentence)
    ]
    assert [
        sentence
        for sentence in sentences
        if re.search("read in part|not read|not be read|could be read", sentence)
    ] == []
    assert "made no promise" not in page


def spoken_of_artemis(number: int, *, everything: bool = False) -> Library:
    """Return the real library in which what meeting ``number`` said of Artemis is internal.

    All of meetings 7 and 8 is read. With ``everything``, all that the meeting said is internal.
    """
    records: list[Record] = []
    for record in library({}).records:
        if isinstance(record, Meeting) and record.number in {7, 8}:
            here = record.number == number
            chosen = [
                here and (everything or "artemis" in item.subjects)
                for item in record.statements.items
            ]
            assert any(chosen) == here
            marked = zip(record.statements.items, chosen, strict=True)
            items = tuple(
                item.model_copy(update={"internal": is_internal}) for item, is_internal in marked
            )
            statements = record.statements.model_copy(update={"items": items, "complete": True})
            records.append(record.model_copy(update={"statements": statements}))
        else:
            records.append(record)
    return Library(contents().settings, tuple(records))


INTERNAL = "Zwischenruf"  # a word that stands nowhere else


NOTES = {
    "meetings/01.yaml": """
purpose: [{NOTE}]
bottom_line: [{NOTE}]
agreed: [{NOTE}]
next_steps: [{by: state-a, NOTE}]
firsts: [{NOTE}]
events: [{date: 2023-05-11, NOTE}]
""",
    "agreements/lander-agreement.yaml": """
content: [{NOTE}]
events: [{date: 2023-03-01, NOTE}]
commentary: [{date: 2023-03-01, NOTE}]
forecasts: [{id: f-01, date: 2023-03-01, NOTE}]
""",
    "disagreements.yaml": """
- id: secret
  fact: WORD
  about: [lander-agreement, meeting-01]
  values: [{value: WORD, source: news}, {value: WORD, source: news}]
  used: WORD
  why: WORD
  internal: true
""",
    "programmes/lander.yaml": "\ndesk_officer: WORD\n",
    "project.yaml": "\ndesk_officer: WORD\n",
}
"""What is put at the end of a file."""
WITHIN = {
    "meetings/01.yaml": [
        (
            "  items:\n",
            (
                "    - {id: c1-00, subjects: rocket, by: state-a, verb: said, strength: "
                "committed, NOTE}\n"
                "    - {id: c1-o, by: state-a, verb: said, strength: committed, text: to go on, "
                "desk_officer: WORD, source: 'statement-01#1'}\n"
            ),
        ),
        ("status: met, source: news}\n", "        - {date: 2025-03, status: overtaken, NOTE}\n"),
    ],
    "meetings/02.yaml": [
        ("  items:\n", "    - {id: c2-00, repeats: c1-00, by: state-a, verb: said, NOTE}\n")
    ],
    "subjects.yaml": [("", "- {id: rocket, name: {en: Rocket}, area: science}\n")],
}
"""What is put behind a place in a file."""


def with_internal_notes(folder: Path) -> Path:
    """Return a copy of the small project with every sort of internal note.

    Each note has a word of its own.
    """
    project, numbers = Path(shutil.copytree(VALID, folder / "project")), count(1)

    def noted(text: str) -> str:
        text = text.replace("NOTE", "text: WORD, source: news, internal: true")
        return re.sub("WORD", lambda _: f"{INTERNAL}{next(numbers)}e", text)

    for name in sorted(NOTES.keys() | WITHIN.keys()):
        path = project / "data" / name
        text = path.read_text(encoding="utf-8")
        for place, note in WITHIN.get(name, []):
            assert place in text, place
            text = text.replace(place, place + noted(note), 1)
        path.write_text(text + noted(NOTES.get(name, "")), encoding="utf-8")
    return project


def built(project: Path, output: Path, edition: str) -> subprocess.CompletedProcess[str]:
    """Build every report in every form as a user does, and return what came of it."""
    forms = [argument for form in (*PAGES, *EXPORTS) for argument in ("--format", form)]
    return run("build", "--project", project, "--output", output, "--edition", edition, *forms)


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the small project and with both of its editions."""
    folder = tmp_path_factory.mktemp("editions")
    project = with_internal_notes(folder)
    for edition in ("internal", "public"):
        done = built(project, folder / edition, edition)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.full
def test_the_public_edition_holds_no_internal_word(editions: Path) -> None:
    """No file of any report holds one, nor does a PDF's metadata or attachment, decompressed.

    The internal edition does hold them.
    """
    found: dict[str, set[str]] = {}
    for edition in ("internal", "public"):
        files = sorted(path for path in (editions / edition).rglob("*") if path.is_file())
        assert {
            "compare-01-02.html",
            "meeting-01.ics",
            "meeting-01.csv",
            "ledger.json",
            "series.pdf",
        } <= {path.name for path in files}
        found[edition] = set(re.findall(rf"{INTERNAL}\d+e", "\n".join(map(content, files))))
    written = "\n".join(
        path.read_text(encoding="utf-8") for path in (editions / "project" / "data").rglob("*.yaml")
    )
    assert found == {"internal": set(re.findall(rf"{INTERNAL}\d+e", written)), "public": set()}


def content(path: Path) -> str:
    """Return what stands in a file: in all streams of a PDF, all parts of Word, and the words."""
    if path.suffix == ".docx":
        word = Word(path.read_bytes())
        return b"".join(word.parts.values()).decode(errors="replace") + text(word.document)
    if path.suffix != ".pdf":
        return path.read_text(encoding="utf-8")
    plain = BytesIO()
    with pikepdf.open(path) as document:
        document.save(
            plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False
        )
    words = children.run(["pdftotext", path, "-"], capture_output=True, check=True).stdout
    return (plain.getvalue() + words).decode(errors="replace")


@pytest.mark.full
def test_the_public_comparison_is_silent_about_what_was_internal(editions: Path) -> None:
    """A subject of an internal statement of the first meeting is not dropped at the second.

    Readers learn nothing of it.
    """
    for edition, drops in (("internal", True), ("public", False)):
        report = json.loads((editions / edition / "compare-01-02.json").read_text(encoding="utf-8"))
        assert ("rocket" in {item["id"] for item in report["changes"]["dropped"]["items"]}) == drops
        assert (
            "rocket"
            in (editions / edition / "compare-01-02.html").read_text(encoding="utf-8").casefold()
        ) == drops


@pytest.mark.full
def test_two_editions_do_not_share_a_folder(editions: Path) -> None:
    """The second one is an error that says what to do, and the first one stays as it is."""
    before = (editions / "internal" / "meeting-01.pdf").read_bytes()
    refused = built(editions / "project", editions / "internal", "public")
    assert refused.returncode == 1
    assert "holds the internal edition" in refused.stderr
    assert (editions / "internal" / "meeting-01.pdf").read_bytes() == before
