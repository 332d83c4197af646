"""Tests of records as sheets: out as a workbook, and in again."""

from __future__ import annotations

import difflib
import io
import re
import shutil
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import children
import openpyxl
import pytest
from click.testing import CliRunner
from conftest import VALID
from fuzzing import content_of

from reporter.cli import main
from reporter.desk.sheets import SHEETS
from reporter.desk.sheets.sheet import sheet
from reporter.desk.sheets.take import take
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.sources.add import FingerprintRequest as Source
from reporter.sources.add import add
from reporter.text import OLD_OFFICE
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl import Workbook

MEETING = "meetings/01.yaml"
NOTED = {
    "record": "meeting-01",
    "after": "c1-01",
    "by": "state-a",
    "verb": "noted",
    "text": "it",
    "source": "statement-01#2",
}


SHEETS_MADE: dict[tuple[object, ...], bytes] = {}
"""Each sheet by the records of which it was made: the same records give the same bytes."""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a project of two meetings, an agreement, documents and a person."""
    shutil.copytree(VALID / "data", tmp_path / "talks" / "data")
    return tmp_path / "talks"


class Desk:
    """Somebody with the sheet of a kind."""

    def __init__(self, root: Path, kind: str, name: str = "") -> None:
        self.root = root
        self.file = root.parent / f"{name or kind}.xlsx"
        self.before = content_of(root)
        key = (kind, *self.before.items())
        if key not in SHEETS_MADE:
            sheet(root, kind, self.file)
            SHEETS_MADE[key] = self.file.read_bytes()
        self.file.write_bytes(SHEETS_MADE[key])

    def book(self, change: Callable[[Workbook], None]) -> Desk:
        """Change the workbook."""
        book = openpyxl.load_workbook(self.file)
        change(book)
        book.save(self.file)
        return self

    def put(self, row: str, column: str, value: object, page: str = "") -> Desk:
        """Write into the cell of a column, in the first row in which ``row`` stands."""

        def change(book: Workbook) -> None:
            found = book[page] if page else book.worksheets[0]
            head = [cell.value for cell in found[1]]
            cell = found.cell(line_of(found, row), head.index(column) + 1)
            cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"

        return self.book(change)

    def add(self, page: str = "", after: str = "", **cells: str) -> Desk:
        """Write a new row, at the end or after that in which ``after`` stands."""

        def change(book: Workbook) -> None:
            found = book[page] if page else book.worksheets[0]
            head = [cell.value for cell in found[1]]
            line = line_of(found, after) + 1 if after else found.max_row + 1
            if after:
                found.insert_rows(line)
            for name, text in cells.items():
                found.cell(line, head.index(name) + 1).value = text

        return self.book(change)

    def takes(self) -> str:
        """Take the sheet, and return what that changed in the files, as a difference."""
        self.taken = take(self.root, self.file)
        return self.changed()

    def changed(self) -> str:
        """Return which lines are others than when the sheet was written."""
        after = content_of(self.root)
        lines = []
        for name in sorted(self.before.keys() | after.keys()):
            old, new = (each.get(name, b"").decode().splitlines() for each in (self.before, after))
            found = list(difflib.unified_diff(old, new, n=0, lineterm=""))[2:]
            lines += [f"{name}:{line}" for line in found if not line.startswith("@@")]
        return "\n".join(line.removeprefix("data/") for line in lines)

    def refuses(self) -> list[str]:
        """Try to take the sheet, and return what it said; no file has changed."""
        with pytest.raises(ReporterError) as caught:
            take(self.root, self.file)
        assert content_of(self.root) == self.before
        return [problem.render(self.file.parent) for problem in caught.value.problems]


def line_of(page: Any, text: str) -> int:  # noqa: ANN401 (without types)
    """Return the first row in which a text stands."""
    return next(
        int(row[0].row)
        for row in page.iter_rows(min_row=2)
        if any(cell.value == text for cell in row)
    )


def diff(*lines: str, name: str = MEETING) -> str:
    """Return lines of a difference in one file."""
    return "\n".join(f"{name}:{line}" for line in lines)


@pytest.mark.parametrize("kind", SHEETS)
def test_out_and_in_alters_nothing(root: Path, kind: str) -> None:
    """A sheet that nobody changed leaves every byte as it is."""
    desk = Desk(root, kind)
    assert (desk.takes(), desk.taken) == ("", ((), (), ()))


def test_the_same_bytes_each_time(root: Path) -> None:
    """A workbook hangs on the records alone, not on the clock."""
    one, again = root.parent / "one.xlsx", root.parent / "again.xlsx"
    sheet(root, "promises", one)
    sheet(root, "promises", again)
    first = one.read_bytes()
    assert again.read_bytes() == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_one_changed_cell_alters_its_line(root: Path) -> None:
    """Every other line stays, with its comments and its style."""
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("      due: 2024\n", "      due: 2024  # why\n"))
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06")
    assert desk.takes() == diff("-      due: 2024  # why", "+      due: 2024-06  # why")
    assert desk.taken.lines == (f"{path}: 1 cell changed",)


@pytest.mark.parametrize(
    ("kind", "row", "column", "value", "expected"),
    [
        ("promises", "c1-01", "short", "Its part", "+      short: Its part"),
        ("promises", "c1-02", "by", "state-b", "by: [state-b]"),
        ("promises", "c1-01", "by", "state-b, state-a", "by: [state-b, state-a]"),
        ("promises", "c1-01", "text", "two\nlines", "+      text: |-"),
        ("promises", "c1-01", "text", "=1+1 日本", "+      text: =1+1 日本"),
        ("promises", "c1-01", "due", None, "-      due: 2024"),
        (
            "promises",
            "c1-01",
            "due",
            datetime(2024, 6, 1),  # noqa: DTZ001
            "+      due: 2024-06-01",
        ),
        ("promises", "c1-01", "due", 2025, "+      due: 2025"),
        ("promises", "c1-01", "internal", True, "+      internal: true"),
        ("statements", "discussed", "short", "Uses", ", text: the uses of space, short: Uses,"),
        (
            "participants",
            "b-agency",
            "printed_as",
            "Agency",
            "{body: b-agency, printed_as: Agency}",
        ),
        (
            "documents",
            "blog",
            "address",
            "https://a.b https://c.d",
            "address: [https://a.b, https://c.d]",
        ),
        ("documents", "statement-01", "paragraphs", 4, "paragraphs: 4}"),
        ("people", "a-envoy", "reading", "En-voy", ", reading: En-voy}"),
    ],
)
def test_what_a_cell_becomes(  # noqa: PLR0913, PLR0917
    root: Path, kind: str, row: str, column: str, value: object, expected: str
) -> None:
    """A text, a list, a date that a program made of it, a field that is new or goes."""
    assert expected in Desk(root, kind).put(row, column, value).takes()
    assert not load(root).problems


def test_sentences_that_are_set_aside(root: Path) -> None:
    """Of each document, with the reason; a second time, the same rows are on record."""
    path, text = root / "data" / "documents.yaml", root / "text.txt"
    path.write_text(
        path.read_text(encoding="utf-8")
        + "- id: notice\n  title: Notice\n  publisher: State A\n  date: 2024-05-01\n"
        "  language: en\n  standing: official\n  read: full\n  paragraphs: 2\n",
        encoding="utf-8",
    )
    text.write_text("They met. It rained all day.\n\nWe all hope for sun.\n", encoding="utf-8")
    add(root, Source(text, "notice", date(2024, 5, 2)))
    text.unlink()
    desk = Desk(root, "documents")
    desk.add("aside", document="notice", sentence="1.1, 1.2", reason="Who met")
    desk.add("aside", document="notice", sentence="2.1", reason="A wish")
    taken = [line.partition(":")[2] for line in desk.takes().splitlines()]
    assert [line for line in taken if line] == [
        "+  aside:",
        "+    - sentence: [1.1, 1.2]",
        "+      reason: Who met",
        "+    - sentence: 2.1",
        "+      reason: A wish",
    ]
    desk.before = content_of(root)
    assert desk.takes() == ""
    assert desk.taken.lines == (
        "row 2 of 'aside' is on record already",
        "row 3 of 'aside' is on record already",
    )
    again = Desk(root, "documents").put("Who met", "reason", "Who met whom", "aside").takes()
    assert [line.partition(":")[2] for line in again.splitlines()] == [
        "-      reason: Who met",
        "+      reason: Who met whom",
    ]


def test_a_line_of_a_history(root: Path) -> None:
    """A new one is put where it belongs by its date, in the style of its neighbours."""
    desk = Desk(root, "promises")
    desk.add("history", promise="c1-01", date="2024-06", text="More tests", source="news")
    desk.add("history", promise="u-01", date="2025-02", text="On its way", source="news")
    assert desk.takes() == "\n".join(
        (
            diff(
                "+    history:",
                "+      - date: 2025-02",
                "+        text: On its way",
                "+        source: news",
                name="agreements/lander-agreement.yaml",
            ),
            diff("+        - {date: 2024-06, text: More tests, source: news}"),
        )
    )


def test_new_rows_become_records(root: Path) -> None:
    """A person, a document; a statement, after the one above it in the sheet."""
    people = Desk(root, "people").add(id="b-chief", **{"name (en)": "The Chief"})
    assert people.takes() == diff("+- {id: b-chief, name: {en: The Chief}}", name="people.yaml")
    said = Desk(root, "statements")
    said.add(**NOTED)
    assert said.takes() == diff(
        "+    - by: state-a",
        "+      verb: noted",
        "+      text: it",
        "+      source: statement-01#2",
    )
    assert (root / "data" / MEETING).read_text().index("verb: noted") < (
        root / "data" / MEETING
    ).read_text().index("id: c1-02")
    bodies = Desk(root, "participants").add(meeting="meeting-01", side="state-a", body="b-office")
    assert "bodies: [a-ministry, b-office]" in bodies.takes()


def test_the_first_person(root: Path) -> None:
    """A file that is not there yet is made."""
    (root / "data" / "people.yaml").unlink()
    meeting = root / "data" / MEETING
    meeting.write_text(meeting.read_text().replace("person: a-envoy, ", ""))
    desk = Desk(root, "people").add(id="a-envoy", **{"name (en)": "The Envoy"})
    assert "+- {id: a-envoy" in desk.takes().replace("[{", "- {")


def test_what_a_record_says_in_short(root: Path) -> None:
    """A cell shows what holds by default; only a cell that is changed is written."""
    path = root / "data" / MEETING
    short = path.read_text().replace("by: [state-a, state-b], verb: d", "verb: d")
    path.write_text(short.replace("evidence: full", "evidence: full\ndefaults: {by: state-a}"))
    desk = Desk(root, "statements")
    assert not desk.takes()
    assert desk.put("discussed", "by", "state-b").takes() == diff(
        "-    - {verb: discussed, text: the uses of space, source: statement-01#3}",
        "+    - {by: state-b, verb: discussed, text: the uses of space, source: statement-01#3}",
    )
    new = Desk(root, "statements").add(
        record="meeting-01", verb="noted", text="it", source="statement-01#3"
    )
    assert "+    - {verb: noted, text: it, source: statement-01#3}" in new.takes()


def outlined(root: Path) -> str:
    """List the statements of the first meeting below their paragraphs; return its text."""
    path = root / "data" / MEETING
    head, items = path.read_text().split("  items:\n")
    items = items.replace("\n    ", "\n      ").replace(
        "    - id: c1-01", "    2:\n      - id: c1-01"
    )
    items = items.replace("      - id: c1-02", "    # what is last\n    3:\n      - id: c1-02")
    items = re.sub(r"      +source: statement-01#\d\n", "", items).replace(
        ", source: statement-01#3", ""
    )
    items = items.replace("verb: committed\n        text: ", "committed: ")
    items = items.replace("verb: discussed, text: ", "discussed: ")
    path.write_text(f"{head}  items:\n{items}")
    return path.read_text()


PROMISED = ("c1-01", "        committed: to deliver its part of the lander")
DISCUSSED = ("discussed", "      - {by: [state-a, state-b], discussed: the uses of space}")


@pytest.mark.parametrize(
    ("row", "column", "value", "after"),
    [
        (PROMISED, "verb", "agreed", "        agreed: to deliver its part of the lander"),
        (
            PROMISED,
            "verb",
            "made",
            "        verb: made\n        text: to deliver its part of the lander",
        ),
        (PROMISED, "text", "to: wait", "        committed: 'to: wait'"),
        (PROMISED, "text", "to\nwait", "        committed: |-\n          to\n          wait"),
        (DISCUSSED, "verb", "a: b", "      - {by: [state-a, state-b], 'a: b': the uses of space}"),
        (
            DISCUSSED,
            "verb",
            "text",
            "      - {by: [state-a, state-b], verb: text, text: the uses of space}",
        ),
        (DISCUSSED, "text", "it, too", "      - {by: [state-a, state-b], discussed: 'it, too'}"),
        (
            DISCUSSED,
            "source",
            "statement-01#1",
            (
                "      - {by: [state-a, state-b], discussed: the uses of space, source: "
                "statement-01#1}"
            ),
        ),
        (
            DISCUSSED,
            "subjects",
            "debris",
            "      - {subjects: debris, by: [state-a, state-b], discussed: the uses of space}",
        ),
    ],
)
def test_a_statement_below_its_paragraph(
    root: Path, row: tuple[str, str], column: str, value: str, after: str
) -> None:
    """Its verb, its text and its source change where they stand, and nothing else does."""
    before = outlined(root)
    desk = Desk(root, "statements")
    assert desk.put(row[0], column, value).takes()
    assert row[1] in before
    assert (root / "data" / MEETING).read_text() == before.replace(row[1], after)


def noted(root: Path) -> str:
    """Write the histories of the first meeting as notes; return its text."""
    path = root / "data" / MEETING
    text = path.read_text()
    for old, new in {
        "{date: 2024-03, text: First tests, status: in progress, source: news}": (
            "2024-03 in progress: >-  # at last\n            First\n            tests [news]"
        ),
        "{date: 2025-01-20, text: Delivered, status: met, source: news}": (
            "2025-01-20 met (inferred): Delivered [news, blog]\n          about: lander"
        ),
        "{checked: 2024-06-01, where: pages of both ministries, text: Any exchange of data, ": (
            "{checked 2024-06-01: 'Any exchange of data [news]', where: pages of both ministries, "
        ),
    }.items():
        assert old in text
        text = text.replace(old, new)
    path.write_text(text)
    return text


DELIVERED = "2025-01-20 met (inferred): Delivered [news, blog]\n"


@pytest.mark.parametrize(
    ("row", "column", "value", "before", "after"),
    [
        ("Delivered", "status", "partly met", "20 met (", "20 partly met ("),
        ("Delivered", "inferred", "", " (inferred): D", ": D"),
        ("Delivered", "status", "", "20 met (", "20 ("),
        ("Delivered", "date", "2025-01", "2025-01-20", "2025-01"),
        ("Delivered", "text", "It: came", "Delivered [news, blog]", "'It: came [news, blog]'"),
        ("Delivered", "text", "Here [it] is", "Delivered", "Here [it] is"),
        ("Delivered", "source", "news", "[news, blog]", "[news]"),
        ("First tests", "text", "All tests", "First\n            tests", "All tests"),
        ("Any exchange of data", "text", "Any", "Any exchange of data", "Any"),
        ("Any exchange of data", "where", "a, b", "pages of both ministries", "'a, b'"),
        (
            "Any exchange of data",
            "source",
            "",
            "data [news]'",
            "data'",
        ),
        ("Delivered", "internal", "true", DELIVERED, f"{DELIVERED}          internal: true\n"),
    ],
)
def test_a_line_of_a_history_in_short(  # noqa: PLR0913, PLR0917 (a cell, and a line)
    root: Path, row: str, column: str, value: str, before: str, after: str
) -> None:
    """Day, status, text and sources change within the key and the text, and nothing else does."""
    text = noted(root)
    desk = Desk(root, "promises")
    desk.put(row, column, value, "history")
    assert desk.takes()
    assert text.count(before) == 1
    assert (root / "data" / MEETING).read_text() == text.replace(before, after)


@pytest.mark.parametrize("in_short", [outlined, noted])
@pytest.mark.parametrize("kind", ["statements", "promises"])
def test_out_and_in_alters_nothing_in_short(
    root: Path, in_short: Callable[[Path], str], kind: str
) -> None:
    """Below paragraphs, and in the lines of a history."""
    in_short(root)
    assert not Desk(root, kind).takes()


def test_what_a_key_cannot_say_gets_fields(root: Path) -> None:
    """An evidence that becomes a check, and a text that ends with sources of its own."""
    noted(root)
    desk = Desk(root, "promises").put("Delivered", "date", "", "history")
    desk.put("Delivered", "checked", "2025-02", "history").put("Delivered", "status", "", "history")
    assert "where" in desk.put("Delivered", "inferred", "", "history").refuses()[0]
    assert desk.put("Delivered", "where", "a paper", "history").takes()
    new = "checked: 2025-02\n          where: a paper\n          text: Delivered [news, blog]\n"
    assert new in (root / "data" / MEETING).read_text()
    desk = Desk(root, "statements").put("discussed", "source", "")
    assert "source" in desk.refuses()[0]
    assert desk.put("discussed", "text", "the uses of space [statement-01#3]").takes()


def test_a_source_at_the_end_of_a_text_is_told_by_its_cell(root: Path) -> None:
    """Where it is wrong, and the text was changed, too."""
    noted(root)
    desk = Desk(root, "promises").put("Delivered", "source", "nobody", "history")
    (told,) = desk.put("Delivered", "text", "It", "history").refuses()
    head = [cell.value for cell in openpyxl.load_workbook(desk.file)["history"][1]]
    assert f"history!{chr(ord('A') + head.index('source'))}3: error: there is no" in told


def test_new_statements_below_paragraphs(root: Path) -> None:
    """A new one comes after that above it, below the same paragraph; a line of a history, too."""
    before = outlined(root)
    desk = Desk(root, "statements")
    desk.add(**{**NOTED, "source": "statement-01#1"})
    assert desk.add(record="meeting-01", by="state-b", verb="noted", text="more").takes()
    text = (root / "data" / MEETING).read_text()
    assert "      - by: state-a\n        verb: noted\n        text: it\n        source" in text
    assert text.index("text: it") < text.index("# what is last")
    assert text.endswith("      - {by: state-b, verb: noted, text: more}\n")
    assert text != before


def test_a_text_that_is_too_long_is_told_by_its_cell(root: Path) -> None:
    """Also where the file with it could not be read again."""
    (told,) = Desk(root, "statements").put("discussed", "text", "x " * 6_000).refuses()
    assert told.startswith("statements.xlsx:G4: error: a text of 11,9")


@pytest.mark.parametrize("column", ["verb", "text"])
def test_a_key_that_is_emptied(root: Path, column: str) -> None:
    """A statement needs its verb and its text, also where the one is the key of the other."""
    outlined(root)
    (told,) = Desk(root, "statements").put("discussed", column, "").refuses()
    assert f"the field '{column}' is missing" in told
    assert told.startswith("statements.xlsx:")


def test_a_row_that_is_gone_deletes_nothing(root: Path) -> None:
    """It is told, and the record stays."""
    desk = Desk(root, "people").book(lambda book: book.worksheets[0].delete_rows(2))
    assert not desk.takes()
    assert (
        "1 row is not in the sheet any more (a-envoy): that deletes nothing" in desk.taken.lines[0]
    )


def test_no_change_is_overwritten(root: Path) -> None:
    """A workbook with what was not taken yet stays; so does a file that is none of ours."""
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06")
    with pytest.raises(ReporterError, match="it holds changes that are not in the records"):
        sheet(root, "promises", desk.file)
    desk.takes()
    assert sheet(root, "promises", desk.file) == desk.file
    desk.file.write_bytes(b"x")
    with pytest.raises(ReporterError, match="another file is there, no sheet of ours"):
        sheet(root, "promises", desk.file)
    absent = root / "absent" / "promises.xlsx"
    with pytest.raises(ReporterError, match=r"there is no folder .*\n    make it first"):
        sheet(root, "promises", absent)


def test_two_people_on_one_day(root: Path) -> None:
    """What only one changed is taken; what both changed is told with both texts."""
    first, second = (Desk(root, "promises", name) for name in ("first", "second"))
    first.put("c1-01", "text", "to deliver it").put("c1-01", "due", "2024-06")
    second.put("c1-01", "text", "to hand it over").put("c1-02", "short", "Debris")
    second.put("c1-01", "due", "2024-06")
    first.takes()
    second.before = content_of(root)
    assert second.takes() == diff("+      short: Debris")
    [conflict] = second.taken.conflicts
    assert conflict.render(root.parent) == (
        "second.xlsx:G2: error: 'to hand it over' here, and 'to deliver it' in the records; "
        "it was 'to deliver its part of the lander'\n"
        "    two people changed it: decide, and change it in the records "
        "(data/meetings/01.yaml:23); "
        "nothing was taken"
    )


def test_rows_without_an_id_are_found_again(root: Path) -> None:
    """When others have added some above them, or changed one."""
    first, second = (Desk(root, "statements", name) for name in ("first", "second"))
    first.add(**NOTED).takes()
    second.before = content_of(root)
    assert (
        "text: the uses of the Moon"
        in second.put("discussed", "text", "the uses of the Moon").takes()
    )
    third = Desk(root, "statements", "third").put("noted", "text", "that")
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("verb: noted", "verb: saw"))
    third.before = content_of(root)
    assert third.takes() == diff("-      text: it", "+      text: that")


def test_a_record_that_is_gone(root: Path) -> None:
    """What was changed of it is told, and the rest is taken."""
    desk = Desk(root, "people").put("a-envoy", "reading", "En-voy")
    desk.add(id="b-chief", **{"name (en)": "The Chief"})
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("person: a-envoy, ", ""))
    (root / "data" / "people.yaml").write_text("- {id: z, name: {en: Z}}\n")
    desk.before = content_of(root)
    assert desk.takes() == diff("+- {id: b-chief, name: {en: The Chief}}", name="people.yaml")
    assert "'En-voy' here, and the record is no longer there" in desk.taken.conflicts[0].message


@pytest.mark.parametrize(
    ("kind", "row", "column", "value", "expected"),
    [
        ("promises", "c1-01", "due", "June", "promises.xlsx:L2: error: 'June' is not a date"),
        ("promises", "c1-01", "due", "2020", "L2: error: due before it was said: 2020 lies"),
        ("promises", "c1-01", "strength", "promised", "J2: error: 'promised' is not one of the"),
        ("promises", "c1-01", "source", None, "S2: error: no source"),
        ("promises", "c1-01", "source", "nowhere", "S2: error: there is no document 'nowhere'"),
        ("promises", "c1-01", "id", "c9-01", "C2: error: 'id' is fixed"),
        ("promises", "c1-01", "internal", "maybe", "R2: error: expected true or false"),
        ("promises", "c1-01", "quote", "w " * 13, "I2: error: a quotation of 13 words"),
        ("promises", "c1-01", "text", "a\u200bb", "G2: error: the character U+200B is not text"),
        ("promises", "c1-01", "text", 1.1, "G2: error: the program made '1.1' of it"),
        ("documents", "blog", "title", None, "C7: error: the field 'title' is missing"),
        ("people", "a-envoy", "name (en)", None, "people.xlsx:C2: error: "),
    ],
)
def test_a_fault_is_named_by_its_cell(  # noqa: PLR0913, PLR0917
    root: Path, kind: str, row: str, column: str, value: object, expected: str
) -> None:
    """With what is wrong and what to do; then nothing at all is written."""
    desk = Desk(root, kind).put(row, column, value)
    told = desk.refuses()
    assert any(expected in each for each in told), told
    assert all("\n    " in each for each in told)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"promise": "c1-09", "date": "2024"}, "history!B6: error: there is no list of 'c1-09'"),
        ({"date": "2024", "text": "x"}, "history!B6: error: a new row without 'promise'"),
        (
            {"promise": "c1-01", "date": "2024", "text": "x"},
            "history!M6: error: an evidence without a source",
        ),
        (
            {"promise": "c1-01", "date": "2024", "source": "news"},
            "history!F6: error: the field 'text' is missing",
        ),
        (
            {"promise": "c1-01", "date": "2024", "text": "x", "status": "done", "source": "news"},
            "history!G6: error: 'done'",
        ),
    ],
)
def test_a_fault_of_a_new_row(root: Path, cells: dict[str, str], expected: str) -> None:
    """It is named by the cell that lacks something, or has something wrong."""
    [told] = Desk(root, "promises").add("history", **cells).refuses()
    assert expected in told


def rename(book: Workbook) -> None:
    """Rename a column."""
    book.worksheets[0]["L1"].value = "Due date"


def repeat(book: Workbook) -> None:
    """Write a row a second time."""
    page = book.worksheets[0]
    for cell in page[2]:
        page.cell(page.max_row + (cell.column == 1), cell.column).value = cell.value


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (rename, "L1: error: there is no column 'Due date' here\n    call it 'due' again"),
        (repeat, "A6: error: the same row stands twice"),
        (lambda book: book.worksheets[0].merge_cells("D2:D3"), "D2: error: merged cells D2:D3"),
        (lambda book: setattr(book.worksheets[0]["G2"], "value", "=A1"), "G2: error: a formula"),
        (lambda book: setattr(book.worksheets[0]["A2"], "value", "x"), "A2: error: 'x' is no key"),
        (
            lambda book: setattr(book.worksheets[0]["C1"], "value", "text"),
            "error: the column 'text' stands twice",
        ),
    ],
)
def test_what_people_do_to_sheets(
    root: Path, change: Callable[[Workbook], None], expected: str
) -> None:
    """It is told with its place, and with what to do."""
    told = Desk(root, "promises").book(change).refuses()
    assert any(expected in each for each in told), told


def test_what_does_not_matter(root: Path) -> None:
    """Columns of one's own, rows in another order, blanks at the end, blank rows."""

    def change(book: Workbook) -> None:
        page = book.worksheets[0]
        page.cell(1, page.max_column + 1).value = "To do"
        page.cell(2, page.max_column).value = "ask"
        first, second = ([cell.value for cell in page[line]] for line in (2, 3))
        for at, (one, two) in enumerate(zip(first, second, strict=True), 1):
            page.cell(2, at).value, page.cell(3, at).value = two, one
        page["G2"].value += "  "
        page["G30"].value = " "

    desk = Desk(root, "promises").book(change)
    assert not desk.takes()
    assert desk.taken.lines == ("the column 'To do' is not ours: left alone",)


def test_a_column_that_is_gone(root: Path) -> None:
    """It is told; what the records have stays."""
    desk = Desk(root, "people").book(lambda book: book.worksheets[0].delete_cols(4))
    assert not desk.takes()
    assert "left as in the records: reading" in desk.taken.lines[0]


def test_a_comment_is_not_lost(root: Path) -> None:
    """A cell that was emptied is refused where a comment would go with it."""
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("      due: 2024\n", "      due: 2024  # why\n"))
    [told] = Desk(root, "promises").put("c1-01", "due", None).refuses()
    assert "L2: error: a comment stands there that would be lost" in told
    assert f"{MEETING}:25" in told


def csv_of(desk: Desk, mark: str = ",") -> Path:
    """Return the first sheet as a program for sheets saves it as CSV."""
    page = openpyxl.load_workbook(desk.file).worksheets[0]
    lines = [
        mark.join(
            '"' + str(cell or "").replace('"', '""') + '"'
            if re.search(f'[{mark}"\n]', str(cell))
            else str(cell or "")
            for cell in row
        )
        for row in page.iter_rows(values_only=True)
    ]
    path = desk.file.with_suffix(".csv")
    path.write_bytes(b"\xef\xbb\xbf" + "\r\n".join([*lines, ""]).encode())
    return path


@pytest.mark.parametrize(
    ("mark", "coding", "before"),
    [
        (",", "utf-8", ""),
        (";", "utf-8", ""),
        ("|", "utf-8", ""),
        (";", "utf-8-sig", "sep=;\r\n"),
        ("\t", "utf-16", ""),
        ("\t", "utf-16-be", "\ufeff"),
    ],
)
def test_csv(root: Path, mark: str, coding: str, before: str) -> None:
    """A sheet saved as CSV is taken, too, if the record is still as it was; so is Unicode text."""
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06")
    desk.file = csv_of(desk, mark)
    text = desk.file.read_bytes().decode("utf-8-sig")
    desk.file.write_bytes((before + text).encode(coding))
    assert desk.takes() == diff("-      due: 2024", "+      due: 2024-06")


def test_a_sheet_without_its_keys_is_no_sheet_without_changes(root: Path) -> None:
    """Somebody has deleted the hidden column: what they wrote besides must not be lost unsaid."""
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06")
    desk.book(lambda book: book["promises"].delete_cols(1))
    [told] = desk.refuses()
    assert "promises.xlsx: error: the sheet 'promises' has lost its first column, 'key'" in told


def test_csv_does_not_know_what_it_was(root: Path) -> None:
    """Where a record has changed since, each difference is told, and nothing is taken for it."""
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06").put("c1-02", "short", "Debris")
    desk.file = csv_of(desk)
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("to deliver its part", "to deliver a part"))
    desk.before = content_of(root)
    assert desk.takes() == diff("+      short: Debris")
    told = [problem.render(root.parent) for problem in desk.taken.conflicts]
    assert "promises.csv:G2: error: 'to deliver its part of the lander' here, and" in told[0]
    assert "promises.csv:L2: error: '2024-06' here, and '2024' in the records" in told[1]


def packed(**parts: str) -> bytes:
    """Return an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)
    return buffer.getvalue()


def bomb() -> bytes:
    """Return an archive that unpacks to far more than it is."""
    return packed(xl__workbook="", **{f"part{at}": " " * 30 * 1024**2 for at in range(3)})


def grid() -> bytes:
    """Return a workbook of very many cells."""
    return packed(xl__workbook="<c/>" * 1_600_000)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("x.xlsx", b"", "x.xlsx: error: this is no workbook, or a damaged one"),
        ("x.xlsx", b"PK\3\4damaged", "x.xlsx: error: this is no workbook, or a damaged one"),
        ("x.xlsx", OLD_OFFICE + bytes(600), "it is encrypted, or of an old Excel"),
        ("x.xlsx", packed(word__document="<a/>"), "error: this is no workbook"),
        (
            "x.xlsx",
            packed(xl__workbook="<a/>", a="<a/>"),
            "x.xlsx: error: this workbook is damaged",
        ),
        (
            "x.xlsx",
            packed(xl__workbook="<a/>", a='<!DOCTYPE a [<!ENTITY b "c">]><a/>'),
            "it declares entities",
        ),
        ("x.xlsx", bomb, "it unpacks to more than 64 MiB"),
        (
            "x.xlsx",
            packed(xl__workbook="<a/>", a='<mergeCell ref="A1:XFD1048576"/>'),
            "it has more than 1,500,000 cells",
        ),
        (
            "x.xlsx",
            packed(xl__workbook="<a/>", a='<hyperlink id="x" ref="&#65;1:XFD9"/>'),
            "it has more than 1,500,000",
        ),
        ("x.xlsx", grid, "it has more than 1,500,000 cells"),
        ("x.ods", b"x", "x.ods: error: its name ends in '.ods'"),
        ("x.csv", b"a,b\n1,2\n", "x.csv: error: the first column is not 'key'"),
        ("x.csv", b'key,"b\n', "x.csv: error: this is not CSV"),
        ("x.csv", b"key,a\n", "x.csv:A1: error: no sheet of ours has such columns"),
        ("x.csv", b"key,\xff\n", "x.csv:1:5: error: not UTF-8"),
        ("x.csv", b"", "x.csv: error: the first column is not 'key'"),
    ],
)
def test_a_file_that_is_none(
    root: Path, name: str, content: bytes | Callable[[], bytes], expected: str
) -> None:
    """Whatever it is, it is told in words, and nothing is written."""
    desk = Desk(root, "people")
    desk.file = root.parent / name
    desk.file.write_bytes(content() if callable(content) else content)
    [told] = desk.refuses()
    assert expected in told


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "[Content_Types].xml"]
)
def test_a_damaged_part(root: Path, part: str) -> None:
    """A workbook that is cut, or lacks something, is told to be damaged."""
    desk = Desk(root, "people")
    with zipfile.ZipFile(desk.file) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    for content in (found[part][: len(found[part]) // 2], b"", None):
        with zipfile.ZipFile(desk.file, "w") as archive:
            for name, old in found.items():
                if name != part or content is not None:
                    archive.writestr(name, old if name != part or content is None else content)
        assert re.search("damaged|no sheet has a column", desk.refuses()[0])


def test_all_files_or_none(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where one of two files cannot be written, the other stays as it was."""
    desk = Desk(root, "promises").put("c1-01", "due", "2024-06").put("u-01", "due", "2026")
    replaced = Path.replace
    seen: list[Path] = []

    def replace(path: Path, target: Path) -> Path:
        seen.append(path)
        if len(seen) == 2:
            raise OSError(28, "No space left on device")
        return replaced(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    [told] = desk.refuses()
    assert "cannot be written: No space left on device\n    nothing was written" in told


def test_records_that_are_wrong_come_first(root: Path) -> None:
    """They are told, and nothing is taken before they are right."""
    desk = Desk(root, "people")
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("due: 2024", "due: soon"))
    desk.before = content_of(root)
    told = desk.refuses()
    assert "is not a date" in "".join(told)
    assert "the records have to be right first" in told[0]


@pytest.mark.long
def test_libreoffice_keeps_a_workbook_whole(root: Path) -> None:
    """It opens each, and what it saves is taken as if nobody had changed it; as CSV, too."""
    path = root / "data" / MEETING
    text = path.read_text().replace("text: the uses of space", "text: \"=1+1 '衛星'\\n#2\"")
    path.write_text(text.replace("due: 2024\n", "due: 2024-03\n      due_words: '0012'\n"))
    desks = {kind: Desk(root, kind) for kind in SHEETS}
    settings = f"-env:UserInstallation={(root.parent / 'settings').as_uri()}"
    for form in ("xlsx", "csv:Text - txt - csv (StarCalc):44,34,76"):
        command = ("soffice", settings, "--headless", "--convert-to", form, "--outdir")
        names = [desk.file for desk in desks.values()]
        children.run(
            [*command, root.parent / "saved", *names], capture_output=True, check=True, timeout=500
        )
        for kind, desk in desks.items():
            desk.file = root.parent / "saved" / f"{kind}.{form[:4].rstrip(':')}"
            assert (desk.takes(), desk.taken) == ("", ((), (), ())), kind
            desk.file = root.parent / f"{kind}.xlsx"


def test_the_workbook(root: Path) -> None:
    """Its head is frozen and explained, its ids are locked, its words can be chosen."""
    path = root / "data" / MEETING
    path.write_text(path.read_text().replace("text: the uses of space", "text: '=1+1'"))
    book = openpyxl.load_workbook(Desk(root, "statements").file)
    page = book["statements"]
    assert (page.freeze_panes, page.auto_filter.ref) == ("D2", f"A1:S{page.max_row}")
    assert page.protection.sheet
    assert page["C2"].protection.locked
    assert not page["C4"].protection.locked  # one that has no id may get one
    assert not page["G2"].protection.locked
    assert not page.column_dimensions["C"].protection.locked  # those of rows to come
    assert page["L2"].number_format == "@"
    assert (page["G4"].value, page["G4"].data_type) == ("=1+1", "s")
    assert page["G4"].quotePrefix
    assert "By when" in page["L1"].comment.text
    listed = {
        str(each.sqref).partition(":")[0]: each.formula1
        for each in page.data_validations.dataValidation
    }
    assert '"committed,intends,' in listed["J2"]
    assert [each.title for each in book.worksheets if each.sheet_state != "visible"] == [
        "as written statements"
    ]


def test_the_commands(root: Path) -> None:
    """They name the files that they write, and end with 1 where two people disagree."""
    run, file = CliRunner(), root.parent / "x.xlsx"
    done = run.invoke(main, ["sheet", "people", "-o", str(file), "--project", str(root)])
    assert (done.exit_code, done.stdout) == (0, f"{file}\n")
    done = run.invoke(main, ["take", str(file), "--project", str(root)])
    assert (done.exit_code, done.stdout, done.stderr) == (0, "", "nothing changed\n")
    path = root / "data" / "people.yaml"
    path.write_text(path.read_text().replace("The Envoy", "An Envoy"))
    book = openpyxl.load_workbook(file)
    book.worksheets[0]["C2"].value = "Envoy"
    book.save(file)
    done = run.invoke(main, ["take", str(file), "--project", str(root)])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "C2: error: 'Envoy' here, and 'An Envoy for Space' in the records" in done.stderr


def test_a_word_that_the_projects_language_lacks_stops_no_sheet(root: Path) -> None:
    """It is a warning, as elsewhere."""
    words = (default_templates() / "languages" / "en.yaml").read_text(encoding="utf-8")
    folder = root / "templates" / "languages"
    folder.mkdir(parents=True)
    lacking = words.replace("agreement_parties:", "agreement_partners:")
    (folder / "en.yaml").write_text(lacking, encoding="utf-8")
    assert load(root).problems
    assert sheet(root, "promises", root.parent / "promises.xlsx").exists()
