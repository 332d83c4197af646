"""Tests of ``reporter source add``: files to paragraphs, and to a fingerprint."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from test_check import project

from reporter.cli import main
from reporter.problems import ReporterError
from reporter.records.project import load
from reporter.sources import extract
from reporter.sources.add import FingerprintRequest, add, select
from reporter.sources.extract import blocks, paragraphs_of, without_running_heads
from reporter.text import OLD_OFFICE

if TYPE_CHECKING:
    from pathlib import Path

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
FOUR = "The sides met.\n\nThey agreed to act.\nIt was late.\n\nThey noted it.\n\nThey left.\n"


def file(folder: Path, name: str, content: str | bytes) -> Path:
    """Write a file."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def docx(body: str, head: str = "") -> bytes:
    """Return a Word file with this body."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        text = f'{head}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        package.writestr("word/document.xml", text)
    return packed.getvalue()


def runs(*texts: str) -> str:
    """Return a paragraph of Word of several runs."""
    return f"<w:p>{''.join(f'<w:r><w:t>{text}</w:t></w:r>' for text in texts)}</w:p>"


def pdf(text: str) -> bytes:
    """Return a PDF with these lines."""
    from weasyprint import HTML

    html = f"<style>@page {{ size: 8cm 20cm }}</style><pre>{text}</pre>"
    return bytes(HTML(string=html).write_pdf())


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("a.txt", "One\nline.\n\nTwo.\n", ["One line.", "Two."]),
        ("a.txt", f"{'long ' * 30}.\nTwo.\n", [f"{'long ' * 30}.", "Two."]),
        ("a.txt", "宇宙に\n関する\n\n対話\n", ["宇宙に関する", "対話"]),
        ("a.txt", "\ufeffOne.\r\n\r\n* * *\r\n\r\nTwo.", ["One.", "Two."]),
        (
            "a.html",
            (
                "<html><nav>Menu</nav><main><h1>Title</h1><p>One\n <b>bold</b> word.<p>Two.<br>It "
                "goes on.<br><br>Three.<script>x()</script></main><footer>Foot</footer>"
            ),
            ["Title", "One bold word.", "Two. It goes on.", "Three."],
        ),
        ("a", "<!DOCTYPE html><ul><li>One<li>Two</ul>", ["One", "Two"]),
        ("a.docx", docx(runs("On", "e.") + "<w:p/>" + runs("Two.")), ["One.", "Two."]),
    ],
)
def test_paragraphs(tmp_path: Path, name: str, content: str | bytes, expected: list[str]) -> None:
    """Of plain text, HTML and Word; what is no text of the document is left out."""
    assert paragraphs_of(file(tmp_path, name, content))[1] == expected


def test_lines_of_a_page() -> None:
    """Lines are joined; a word that was broken is whole, and one with a hyphen keeps it."""
    lines = [
        "Both sides have met for more coop-",
        "eration, which is far-",
        "reaching Cooperation.",
        "It was late when they left the room.",
        "(2) They also met.",
    ]
    assert list(filter(None, blocks(lines))) == [
        "Both sides have met for more cooperation, which is far-reaching Cooperation.",
        "It was late when they left the room.",
        "(2) They also met.",
    ]


@pytest.mark.full
def test_paragraphs_of_a_pdf(tmp_path: Path) -> None:
    """Its text, without the numbers of pages."""
    found = paragraphs_of(file(tmp_path, "a.pdf", pdf("They met.\n12\n1. They left.")))[1]
    assert found == ["They met.", "1. They left."]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"\xff\xfeO", "not UTF-8, and neither HTML, PDF nor DOCX"),
        ("a.txt", b" \n ... \n", "there is no text in it"),
        ("a.docx", OLD_OFFICE + bytes(600), "encrypted, or of an old Office"),
        ("a.html", bytes(range(256)) * 9, "this is no page, or in an unknown encoding"),
        ("a.pdf", b"%PDF-1.7 nothing", "cannot be read as a PDF"),
        ("a.docx", b"PK\x03\x04 nothing", "cannot be read as a Word file (DOCX)"),
        ("a.docx", docx("<w:p>"), "cannot be read as a Word file (DOCX)"),
        (
            "a.docx",
            docx(runs("&a;"), '<!DOCTYPE x [<!ENTITY a "b">]>'),
            "XML with declarations of its own",
        ),
    ],
)
def test_a_file_that_is_none(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    """It is an error that says what to do, and no traceback."""
    with pytest.raises(ReporterError) as caught:
        paragraphs_of(file(tmp_path, name, content))
    assert [problem.message for problem in caught.value.problems] == [message]
    assert caught.value.problems[0].hint


def test_what_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, what it unpacks to, and its text have their limits."""
    small = docx(runs("a" * 5000))
    for name, limit, content in (
        ("LARGEST", 100, b"a" * 200),
        ("LARGEST_PART", 1000, small),
        ("MOST_SIGNS", 100, b"word " * 30),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(extract, name, limit)
            with pytest.raises(ReporterError):
                paragraphs_of(file(tmp_path, "a", content))


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        ("", [[1], [2], [3], [4]]),
        ("2", [[2]]),
        ("2-3,1", [[2], [3], [1]]),
        ("1+2, 4", [[1, 2], [4]]),
    ],
)
def test_choosing_paragraphs(paragraphs: str, expected: list[list[int]]) -> None:
    """By numbers, ranges, and with '+' where two are one."""
    assert select(paragraphs, 4) == expected


@pytest.mark.parametrize("paragraphs", ["5", "0", "1-5", "x", "1,,2", "3-2", "1+"])
def test_choosing_paragraphs_that_are_not_there(paragraphs: str) -> None:
    """It says which there are, and how they are chosen."""
    with pytest.raises(ReporterError) as caught:
        select(paragraphs, 4)
    assert "there are 4; write --paragraphs" in caught.value.problems[0].hint


def test_adding_a_source(tmp_path: Path) -> None:
    """The fingerprint lies beside the records, and holds no word of the text."""
    root = project(tmp_path)
    text = file(tmp_path, "statement.txt", f"Menu\n\n{FOUR}")
    found = add(root, FingerprintRequest(text, "d1", date(2024, 5, 1), "2-5", keep=True))
    (path, kept) = found.paths
    assert path == root / "data" / "fingerprints" / "d1.yaml"
    assert kept.read_text(encoding="utf-8").startswith("The sides met.\n\nThey agreed")
    written = path.read_text(encoding="utf-8")
    assert "retrieved: 2024-05-01\nfile: sha256:" in written
    assert "agreed" not in written
    assert (
        found.paragraphs[1] == "  2  They agreed to act. It was late.  [2 sentences] (found as 3)"
    )
    assert not found.todo
    fingerprint = load(root).fingerprints.get("d1")
    assert fingerprint
    assert fingerprint.paragraphs == 4
    assert fingerprint.digests("to act") in fingerprint.passage(2, 1)


def test_adding_a_source_of_no_document(tmp_path: Path) -> None:
    """A document has its record first."""
    root = project(tmp_path)
    with pytest.raises(ReporterError) as caught:
        add(root, FingerprintRequest(file(tmp_path, "a.txt", FOUR), "d9", date(2024, 5, 1)))
    assert caught.value.problems[0].message == "there is no document 'd9'"


def test_more_paragraphs_than_the_record_counts(tmp_path: Path) -> None:
    """A banner is no paragraph of the document: its record may well be right."""
    root = project(tmp_path)
    banner = f"Statement\n\n{FOUR}"
    told = add(
        root, FingerprintRequest(file(tmp_path, "a.txt", banner), "d1", date(2024, 5, 1))
    ).todo
    assert told.startswith("the record of 'd1' counts 4 paragraphs, and here are 5")
    assert "say with --paragraphs which they are" in told


def test_the_command(tmp_path: Path) -> None:
    """It shows the paragraphs and the file, and says what is left to do."""
    root = project(tmp_path)
    path = file(tmp_path, "news.txt", FOUR)
    arguments = ["source", "add", str(path), "--document", "d2", "--project", str(root)]
    done = CliRunner().invoke(main, [*arguments, "--date", "2024-05-02"])
    assert done.exit_code == 0, done.output
    assert "  1  The sides met.  [1 sentence]\n" in done.stdout
    assert done.stdout.endswith("data/fingerprints/d2.yaml\n")
    assert done.stderr == "to cite it by paragraph, write 'paragraphs: 4' into the record of 'd2'\n"
    done = CliRunner().invoke(main, ["check", "--coverage", "--project", str(root)])
    assert "\nd2: 0 of 5 sentences coded or set aside" in done.stdout


def test_running_heads_are_none_of_the_text() -> None:
    """What stands at the top or the foot of most pages, with another number, is left out."""
    pages = [["Statement", f"Line {page}.", f"Page {page} of 3"] for page in (1, 2, 3)]
    assert without_running_heads(pages) == [["Line 1."], ["Line 2."], ["Line 3."]]


def test_few_pages_have_no_running_heads() -> None:
    """Two pages may well begin alike."""
    pages = [["The sides met."], ["The sides met."], []]
    assert without_running_heads(pages) == pages


@pytest.mark.full
def test_a_pdf_shows_its_paragraphs(tmp_path: Path) -> None:
    """By the room between them, though the last line of one is as long as any."""
    text = (
        "The two sides met and\nagreed to build it all.\n\nThey left for the port\n"
        "in the evening of May."
    )
    found = paragraphs_of(file(tmp_path, "a.pdf", pdf(text)))[1]
    assert found == [
        "The two sides met and agreed to build it all.",
        "They left for the port in the evening of May.",
    ]


def test_an_encrypted_pdf_is_refused(tmp_path: Path) -> None:
    """With what to do about it."""
    from pypdf import PdfWriter

    writer, content = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.encrypt("secret")
    writer.write(content)
    with pytest.raises(ReporterError) as caught:
        paragraphs_of(file(tmp_path, "a.pdf", content.getvalue()))
    (problem,) = caught.value.problems
    assert (problem.message, problem.hint) == ("encrypted", "save it without its password")


def test_a_heading_ends_where_the_next_word_had_room() -> None:
    """Lines without blank ones between them: what breaks off early is no part of what follows."""
    lines = [
        "List of participants",
        "State A",
        "1. The sides welcomed the plan that was made in the spring of this year, and the",
        "Ministers thanked all of them. They said that the work on it, which had been long,",
        "had gone well.",
        "Next meeting",
        "The next meeting will be held in Second City, at a time that is to be found soon by",
        "both of them.",
    ]
    assert list(blocks(lines)) == [
        lines[0],
        lines[1],
        " ".join(lines[2:5]),
        lines[5],
        " ".join(lines[6:]),
    ]
