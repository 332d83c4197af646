"""Tests of editions: the public one holds nothing of what is marked internal."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from reporter.edition import public
from reporter.library import Library
from reporter.project import load
from reporter.records.meeting import Meeting

if TYPE_CHECKING:
    from reporter.project import Contents

ROOT = Path(__file__).parent.parent
VALID = Path(__file__).parent / "valid"


@cache
def contents() -> Contents:
    """Return the real records, read once."""
    return load(ROOT)


def library(edit: dict[int, dict[str, object]]) -> Library:
    """Return the real library with some statements of meeting 8 changed, by their position."""
    records = []
    for loaded in contents().records:
        record = loaded.record
        if isinstance(record, Meeting) and record.number == 8:
            items = tuple(item.model_copy(update=edit.get(index, {})) for index, item in enumerate(record.statements.items))
            record = record.model_copy(update={"statements": record.statements.model_copy(update={"items": items})})
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


def test_internal_evidence_is_gone() -> None:
    """The public edition keeps the promise and drops the internal line of its history."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.history)
    history = (items[index].history[0].model_copy(update={"internal": True}), *items[index].history[1:])
    whole = library({index: {"history": history}})
    assert public(whole).meetings[8].statements.items[index].history == history[1:]


def test_what_referred_to_an_internal_statement_forgets_it() -> None:
    """Where the statement on the next meeting is internal, what was agreed about it is not verified."""
    items = library({}).meetings[8].statements.items
    index = next(index for index, item in enumerate(items) if item.id == library({}).meetings[8].next)
    assert public(library({index: {"internal": True}})).meetings[8].next == "not verified"


INTERNAL = "Zwischenruf"  # a word that stands nowhere else


def with_internal_notes(folder: Path) -> Path:
    """Return a copy of the small project with internal notes of every sort."""
    project = Path(shutil.copytree(VALID, folder / "project"))
    meeting = project / "data" / "meetings" / "01.yaml"
    text = meeting.read_text(encoding="utf-8")
    source = re.search(r"source: (\S+?)[},\n]", text)
    assert source
    note = f"{{text: {INTERNAL}, source: {source[1]}, internal: true}}"
    statement = f"    - {{by: state-a, verb: said, text: {INTERNAL}, source: {source[1]}, internal: true}}\n"
    text = re.sub(r"(  items:\n)", r"\1" + statement, text, count=1)
    text += f"\npurpose: [{note}]\nfirsts: [{note}]\n"
    meeting.write_text(text, encoding="utf-8")
    return project


def built(project: Path, output: Path, edition: str) -> subprocess.CompletedProcess[str]:
    """Build meeting 1 as a user does, and return what came of it."""
    command: list[str | Path] = [
        sys.executable,
        "-m",
        "reporter",
        "build",
        "--meeting",
        "1",
        "--project",
        project,
        "--output",
        output,
        "--edition",
        edition,
    ]
    return subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.full
def test_the_public_edition_holds_no_internal_word(tmp_path: Path) -> None:
    """Not in the HTML, nor in the PDF, its metadata or its attachment, all decompressed; the internal one does hold them."""
    project = with_internal_notes(tmp_path)
    found: dict[str, bool] = {}
    for edition in ("internal", "public"):
        done = built(project, tmp_path / edition, edition)
        assert done.returncode == 0, done.stderr
        with pikepdf.open(tmp_path / edition / "meeting-01.pdf") as document:
            document.save(tmp_path / f"{edition}.pdf", stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
        page = (tmp_path / edition / "meeting-01.html").read_bytes()
        paper = (tmp_path / f"{edition}.pdf").read_bytes()
        found[edition] = INTERNAL.encode() in page or INTERNAL.encode() in paper
        words = subprocess.run(["pdftotext", tmp_path / f"{edition}.pdf", "-"], capture_output=True, check=True).stdout
        found[edition] |= INTERNAL.encode() in words
    assert found == {"internal": True, "public": False}


@pytest.mark.full
def test_two_editions_do_not_share_a_folder(tmp_path: Path) -> None:
    """The second one is an error that says what to do, and the first one stays as it is."""
    project = with_internal_notes(tmp_path)
    assert built(project, tmp_path / "output", "internal").returncode == 0
    before = (tmp_path / "output" / "meeting-01.pdf").read_bytes()
    refused = built(project, tmp_path / "output", "public")
    assert refused.returncode == 1
    assert "holds the internal edition" in refused.stderr
    assert (tmp_path / "output" / "meeting-01.pdf").read_bytes() == before
