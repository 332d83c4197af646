"""Tests of ``reporter verify``: a PDF says what the records said, and where they have moved on."""

from __future__ import annotations

import json
import os
import re
import shutil
import zlib
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import VALID, run
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    EncodedStreamObject,
    NameObject,
    NumberObject,
    TextStringObject,
)
from reading import words

from reporter.choice import Choice
from reporter.desk.embedded import record_of
from reporter.desk.verify import choice_of, verify
from reporter.formats import pdf
from reporter.problems import ReporterError
from reporter.reports.plan import plan
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.full

DAY = date(2026, 11, 21)
PAGE = (
    '<html lang="en"><title>T</title><meta name="dcterms.modified" content="2026-11-21">'
    '<body style="font-family: Reporter Sans">Text</body></html>'
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the small project."""
    return Path(shutil.copytree(VALID, tmp_path / "project"))


def printed(project: Path, path: Path, *, asked: bool) -> Path:
    """Write a PDF that holds the record of meeting 1 of the small project."""
    planned = plan(project, Choice("meeting", (1,)), DAY, asked=asked)
    record = planned.task(planned.selections[0], words("en")).report.model_dump_json().encode()
    path.write_bytes(pdf.render(Theme((default_templates(),)), PAGE, "meeting-01", record).content)
    return path


def test_records_that_say_the_same(project: Path, tmp_path: Path) -> None:
    """A PDF of unchanged records differs in nothing, on the same day or a later one."""
    path = printed(project, tmp_path / "a.pdf", asked=False)
    assert verify(path, project, DAY).differences == ()
    path = printed(project, tmp_path / "b.pdf", asked=True)
    assert verify(path, project, date(2027, 1, 1)).differences == ()


def test_records_that_have_moved_on(project: Path, tmp_path: Path) -> None:
    """Each value that is not the same is named with its place, before and after."""
    path = printed(project, tmp_path / "a.pdf", asked=False)
    meeting = project / "data" / "meetings" / "01.yaml"
    text = meeting.read_text(encoding="utf-8")
    meeting.write_text(re.sub(r"(\btext: )", r"\1Elsewhere, ", text, count=1), encoding="utf-8")
    differences = verify(path, project, DAY).differences
    assert any("Elsewhere" in line and "in the PDF" in line for line in differences)


def test_files_without_a_record(tmp_path: Path) -> None:
    """What is no PDF, or no PDF of ours, is a problem that says so."""
    path = tmp_path / "a.pdf"
    path.write_bytes(b"nothing of the kind")
    with pytest.raises(ReporterError, match="PDF"):
        verify(path, tmp_path, DAY)


@pytest.mark.parametrize(
    "changes",
    [
        ((b"/V 2", b"/V 5"), (b"/R 3", b"/R 6")),  # AES, for which a library may be missing
        ((b"/Standard", b"/Nonsense"),),  # a way that no library knows
    ],
)
def test_a_file_that_is_encrypted(tmp_path: Path, changes: tuple[tuple[bytes, bytes], ...]) -> None:
    """It is none of ours, whether or not a library is there that could open it."""
    path, writer = tmp_path / "a.pdf", PdfWriter()
    writer.add_blank_page(100, 100)
    writer.encrypt("", algorithm="RC4-128")
    writer.write(path)
    for old, new in changes:
        assert old in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old, new))
    with pytest.raises(ReporterError, match="cannot be read as a PDF"):
        verify(path, tmp_path, DAY)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("meeting-08", "meeting"),
        ("compare-07-08", "comparison"),
        ("agreement-x-1", "agreement"),
        ("ledger", "ledger"),
        ("series", "series"),
    ],
)
def test_a_name_tells_the_report(name: str, kind: str) -> None:
    """The name of a report's files says which one it is."""
    assert choice_of(Path("a.pdf"), name).kind == kind


def test_an_index_is_not_verified(tmp_path: Path) -> None:
    """An index only lists the other reports."""
    with pytest.raises(ReporterError, match="cannot be verified"):
        choice_of(tmp_path / "index.pdf", "index")


# A file that somebody else made, or changed


RECORD = b'{"id": "meeting-01", "masthead": {}, "speaks": {"day": "2025-06-30", "asked": true}}'


class Paper:
    """A PDF with embedded files of any sort."""

    def __init__(self) -> None:
        self.writer = PdfWriter()
        self.page = self.writer.add_blank_page(100, 100)

    def stream(self, content: bytes, packed: str = "") -> DecodedStreamObject:
        """Return a stream that says how its content is packed."""
        stream = EncodedStreamObject() if packed else DecodedStreamObject()
        stream._data = content
        if packed:
            stream[NameObject("/Filter")] = NameObject(packed)
        return stream  # type: ignore[return-value]

    def specification(
        self, *streams: DecodedStreamObject, name: str = "record.json"
    ) -> DictionaryObject:
        """Return what describes an embedded file, which may have two contents."""
        names = (NameObject("/F"), NameObject("/UF"))
        held = {
            key: self.writer._add_object(stream)
            for key, stream in zip(names, streams, strict=False)
        }
        found = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Filespec"),
                NameObject("/F"): TextStringObject(name),
                NameObject("/EF"): DictionaryObject(held),
            }
        )
        self.writer._add_object(found)
        return found

    def in_the_tree(self, *found: DictionaryObject, name: str = "record.json") -> None:
        """Add embedded files to the tree of names, on a branch of its own."""
        items = [
            item for spec in found for item in (TextStringObject(name), spec.indirect_reference)
        ]
        leaf = DictionaryObject({NameObject("/Names"): ArrayObject(items)})
        branch = DictionaryObject(
            {NameObject("/Kids"): ArrayObject([self.writer._add_object(leaf)])}
        )
        tree = DictionaryObject(
            {NameObject("/Kids"): ArrayObject([self.writer._add_object(branch)])}
        )
        names = DictionaryObject({NameObject("/EmbeddedFiles"): self.writer._add_object(tree)})
        self.writer.root_object[NameObject("/Names")] = names

    def associated(self, *found: DictionaryObject) -> None:
        """Add embedded files to those of the document."""
        references = ArrayObject([spec.indirect_reference for spec in found])
        self.writer.root_object[NameObject("/AF")] = references

    def pinned(self, found: DictionaryObject) -> None:
        """Pin an embedded file to the page."""
        note = DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Annot"),
                NameObject("/Subtype"): NameObject("/FileAttachment"),
                NameObject("/Rect"): ArrayObject([NumberObject(0)] * 4),
                NameObject("/FS"): found.indirect_reference,
            }
        )
        self.page[NameObject("/Annots")] = ArrayObject([self.writer._add_object(note)])

    def write(self, path: Path) -> Path:
        """Write it."""
        self.writer.write(path)
        return path


def two_in_the_tree(paper: Paper) -> None:
    """Two in the tree of names."""
    both = [paper.specification(paper.stream(RECORD)) for _ in range(2)]
    paper.in_the_tree(*both)


def one_in_the_tree_and_one_associated(paper: Paper) -> None:
    """Another one among those of the document."""
    paper.in_the_tree(paper.specification(paper.stream(RECORD)))
    paper.associated(paper.specification(paper.stream(RECORD.replace(b"01", b"02"))))


def one_on_a_page(paper: Paper) -> None:
    """Another one pinned to a page."""
    paper.associated(paper.specification(paper.stream(RECORD)))
    paper.pinned(paper.specification(paper.stream(b"{}")))


def one_with_two_contents(paper: Paper) -> None:
    """One description, and a content for each sort of name."""
    paper.associated(paper.specification(paper.stream(RECORD), paper.stream(b"{}")))


def one_in_capitals(paper: Paper) -> None:
    """Another one of nearly the same name."""
    paper.associated(
        paper.specification(paper.stream(RECORD)),
        paper.specification(paper.stream(RECORD), name="Record.JSON "),
    )


def one_of_two_names(paper: Paper) -> None:
    """Another one that only the tree calls so."""
    paper.associated(paper.specification(paper.stream(RECORD)))
    paper.in_the_tree(paper.specification(paper.stream(RECORD), name="other.json"))


@pytest.mark.parametrize(
    "make",
    [
        two_in_the_tree,
        one_in_the_tree_and_one_associated,
        one_on_a_page,
        one_with_two_contents,
        one_in_capitals,
        one_of_two_names,
    ],
    ids=lambda make: make.__name__,
)
def test_two_records_in_one_file(tmp_path: Path, make: Callable[[Paper], None]) -> None:
    """Which of them a reader is shown nobody knows: neither is compared."""
    paper = Paper()
    make(paper)
    with pytest.raises(ReporterError, match="more than one record"):
        verify(paper.write(tmp_path / "a.pdf"), tmp_path, DAY)


def test_one_record_that_is_named_twice(tmp_path: Path) -> None:
    """It is in the name tree and among the document's files, as we write it, beside others."""
    paper = Paper()
    record, other = (
        paper.specification(paper.stream(RECORD)),
        paper.specification(paper.stream(b"\xff", "/JBIG2Decode"), name="other.bin"),
    )
    paper.in_the_tree(record)
    paper.associated(record, other)
    path = paper.write(tmp_path / "a.pdf")
    assert record_of(path, path.read_bytes())["id"] == "meeting-01"


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put programs on the path that say that they were started, and return where they do."""
    started = tmp_path / "started"
    (tmp_path / "bin").mkdir()
    for name in ("jbig2dec", "gs", "opj_decompress"):
        program = tmp_path / "bin" / name
        program.write_text(
            f"#!/bin/sh\necho x >> {started}\necho 'jbig2dec 0.20'\n", encoding="utf-8"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    return started


FOREIGN = ["JBIG2Decode", "ASCIIHexDecode", "DCTDecode", "Crypt", "Fl", "Nonsense"]


@pytest.mark.parametrize("packed", FOREIGN)
def test_a_record_that_is_packed_as_none_of_ours(
    project: Path, tmp_path: Path, programs: Path, packed: str
) -> None:
    """It is not unpacked, and no program is started for it."""
    paper = Paper()
    paper.associated(paper.specification(paper.stream(RECORD.hex().encode(), f"/{packed}")))
    done = run("verify", paper.write(tmp_path / "a.pdf"), "--project", project)
    assert (done.returncode, done.stdout, programs.exists()) == (1, "", False)
    assert "cannot be read as a PDF: it is packed in a way" in done.stderr


@pytest.mark.parametrize("packed", ["JBIG2Decode", "LZWDecode"])
def test_a_list_of_objects_that_is_packed_as_none_of_ours(
    project: Path, tmp_path: Path, programs: Path, packed: str
) -> None:
    """Nor for what stands on the way to a record."""
    table = (
        f"1 0 obj<</Type/XRef/Size 2/W[1 2 1]/Root 1 0 R/Filter/{packed}/Length 4>>stream\n"
        "abcd\nendstream endobj\n"
    )
    path = tmp_path / "a.pdf"
    path.write_bytes(f"%PDF-1.7\n{table}startxref\n9\n%%EOF\n".encode())
    done = run("verify", path, "--project", project)
    assert (done.returncode, done.stdout, programs.exists()) == (1, "", False)
    assert "cannot be read as a PDF" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_record_that_explodes(project: Path, tmp_path: Path) -> None:
    """Of a few kilobytes that unpack to many megabytes it is told, in a moment."""
    packer = zlib.compressobj(9)
    content = b"".join([packer.compress(b" " * 2**20) for _ in range(300)]) + packer.flush()
    paper = Paper()
    paper.associated(paper.specification(paper.stream(content, "/FlateDecode")))
    done = run("verify", paper.write(tmp_path / "a.pdf"), "--project", project)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{tmp_path / 'a.pdf'}: error: cannot be read as a PDF")


@pytest.mark.parametrize(
    "content",
    [
        b'{"id": "meeting-01", "id": "meeting-02", "masthead": {}}',
        b'{"id": "meeting-01", "masthead": {}, "x": ' + b"[" * 101 + b"]" * 101 + b"}",
        b'{"id": "meeting-01", "masthead": {}, "x": ' + b"[" * 90_000 + b"]" * 90_000 + b"}",
        b'{"id": ["meeting-01"], "masthead": {}}',
        b'{"id": "meeting-01", "masthead": []}',
        b"[]",
        b"",
        b"\xff",
        b'{"id": ' + b"9" * 5000 + b"}",
    ],
    ids=lambda content: content[:50].decode(errors="replace"),
)
def test_a_record_that_is_none_of_ours(tmp_path: Path, content: bytes) -> None:
    """It says something twice, or nothing, or is too deep to be one."""
    paper = Paper()
    paper.associated(paper.specification(paper.stream(content)))
    with pytest.raises(ReporterError, match="no record of reporter"):
        verify(paper.write(tmp_path / "a.pdf"), tmp_path, DAY)


@pytest.mark.parametrize(
    "name", ["meeting-01", r"agreement-\ud800", r"\u202e::error::", "index", ""]
)
@pytest.mark.parametrize("encoding", ["utf-8:strict", "ascii"])
def test_a_record_that_says_what_is_no_text(
    project: Path, tmp_path: Path, name: str, encoding: str
) -> None:
    """It is shown escaped, and a traceback it never is."""
    record = (
        '{"id": "NAME", "masthead": {}, "speaks": {"day": "2025-06-30", "asked": true},'
        r' "title": "\ud800\u001b[31m\n::error::\u202e月"}'
    ).replace("NAME", name)
    paper = Paper()
    paper.associated(paper.specification(paper.stream(record.encode())))
    path = paper.write(tmp_path / "a.pdf")
    done = run("verify", path, "--project", project, environment={"PYTHONIOENCODING": encoding})
    assert done.returncode == 1
    shown = done.stdout + done.stderr
    assert "Traceback" not in shown
    assert [line for line in shown.splitlines() if line.strip().startswith("::")] == []
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_a_file_that_is_cut_or_damaged(tmp_path: Path) -> None:
    """Wherever it ends, and whatever is in the way, it is a problem."""
    paper = Paper()
    paper.associated(paper.specification(paper.stream(RECORD)))
    whole = paper.write(tmp_path / "a.pdf").read_bytes()
    assert record_of(tmp_path / "a.pdf", whole)
    for at in range(0, len(whole), 7):
        for content in (whole[:at], whole[:at] + b"\x00<<[(" + whole[at + 3 :]):
            (tmp_path / "b.pdf").write_bytes(content)
            with suppress(ReporterError):
                assert record_of(tmp_path / "b.pdf", content)["id"] == "meeting-01"


def overprinted(path: Path) -> None:
    """Print something over the first page of a PDF, and leave all else as it is."""
    writer = PdfWriter(clone_from=PdfReader(path))
    stamp = PdfWriter().add_blank_page(100, 100)
    writer.pages[0].merge_page(stamp)
    writer.write(path)


def test_a_page_that_was_printed_over(project: Path, tmp_path: Path) -> None:
    """It shows beside the manifest of its build; elsewhere a note says pages are not compared."""
    done = run("build", "--meeting", "1", "--as-of", "2025-06-30", "--project", project)
    assert done.returncode == 0
    path = project / "output" / "meeting-01.pdf"
    said = run("verify", path, "--project", project)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.splitlines() == [
        f"{path}: the record inside says the same as the records",
        f"{path}: the file is the one that was built: .reporter.json beside it has its digest",
    ]
    overprinted(path)
    said = run("verify", path, "--project", project)
    assert (said.returncode, said.stdout) == (
        1,
        f"{path}: the record inside says the same as the records\n",
    )
    assert f"{path}: error: not the file that was built" in said.stderr
    elsewhere = Path(shutil.copy(path, tmp_path / "meeting-01.pdf"))
    said = run("verify", elsewhere, "--project", project)
    assert (said.returncode, "the pages were not compared" in said.stdout) == (0, True)


def test_the_digest_of_another_report_is_not_its_own(project: Path) -> None:
    """A file under the name of another one is not the file that was built."""
    run("build", "--format", "pdf", "--project", project, check=True)
    output = project / "output"
    shutil.copy(output / "meeting-01.pdf", output / "meeting-02.pdf")
    said = run("verify", output / "meeting-02.pdf", "--project", project)
    assert (said.returncode, "not the file that was built" in said.stderr) == (1, True)
    shutil.copy(output / "meeting-01.pdf", output / "a-copy.pdf")
    said = run("verify", output / "a-copy.pdf", "--project", project)
    assert (said.returncode, "is the one that was built" in said.stdout) == (0, True)


def test_many_differences_are_counted(project: Path, tmp_path: Path) -> None:
    """The first of them are shown."""
    record = json.loads(RECORD) | {f"x{number}": "y" * 1000 for number in range(500)}
    paper = Paper()
    paper.associated(paper.specification(paper.stream(json.dumps(record).encode())))
    done = run("verify", paper.write(tmp_path / "a.pdf"), "--project", project)
    lines = done.stdout.splitlines()
    assert (done.returncode, len(lines), max(map(len, lines)) < 500) == (1, 201, True)
    assert re.fullmatch(r"\.\.\. and \d+ more", lines[-1])
