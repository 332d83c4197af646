"""Tests of ``reporter verify``: a PDF says what the records said, and where they have moved on."""

from __future__ import annotations

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfWriter
from reading import words

from reporter.choice import Choice
from reporter.desk.verify import choice_of, record_in, verify
from reporter.formats import pdf
from reporter.plan import plan
from reporter.problems import ReporterError
from reporter.theme import Theme, default_templates

VALID = Path(__file__).parent / "valid"
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


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
)
def test_records_that_say_the_same(project: Path, tmp_path: Path) -> None:
    """A PDF of unchanged records differs in nothing, on the same day or a later one."""
    path = printed(project, tmp_path / "a.pdf", asked=False)
    assert verify(path, project, DAY).differences == ()
    path = printed(project, tmp_path / "b.pdf", asked=True)
    assert verify(path, project, date(2027, 1, 1)).differences == ()


@pytest.mark.filterwarnings(
    "ignore:Exception ignored in.*sRGB2014:pytest.PytestUnraisableExceptionWarning"
)
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
        record_in(path)


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
        record_in(path)


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
