"""Tests of Word documents that somebody kept: read back, and compared with those of today."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from conftest import VALID, run
from test_docx_changes import FIRST, changes, reports
from wordfile import DEFAULT, Word, converted, drawn, page, text

from reporter.choice import Stamp
from reporter.cli import main
from reporter.formats.docx import docx
from reporter.formats.docx.blocks import Drawing, Run, WordDocument, WordTable, paragraphs
from reporter.formats.docx.from_page import read
from reporter.formats.docx.kept import kept, recognised
from reporter.formats.docx.reference import ReferenceDocument
from reporter.formats.docx.stamp import check_stamp, opened
from reporter.formats.docx.tracking import tracked
from reporter.problems import ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STAMP = Stamp("meeting-01", "Talks on Landers", FIRST, "internal", "state-a")


def changed(content: bytes, change: Callable[[str, str], str], **more: bytes) -> bytes:
    """Return a document whose parts were changed; ``change`` takes name and text of each."""
    buffer = io.BytesIO()
    old = Word(content).parts
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in old.items():
            is_text = name.endswith((".xml", ".rels"))
            archive.writestr(name, change(name, raw.decode()) if is_text else raw)
        for name, raw in more.items():
            archive.writestr(name, raw)
    return buffer.getvalue()


def in_main(old: str, new: str) -> Callable[[str, str], str]:
    """Return a change of the main part."""
    return lambda name, text: text.replace(old, new) if name == "word/document.xml" else text


def made(html: str, stamp: Stamp = STAMP) -> bytes:
    """Return a page as a document with a stamp."""
    return docx(read(html), ReferenceDocument(DEFAULT), "A4", "en-GB", drawn, stamp=stamp)


def read_back(content: bytes) -> WordDocument:
    """Return what a document says."""
    return kept(content, read(page("")).facts)


def said(document: WordDocument) -> list[object]:
    """Return the text of a document, with styles and tables."""
    return [
        (block.label, [[(cell.span, cell.text) for cell in row.cells] for row in block.all_rows])
        if isinstance(block, WordTable)
        else (block.style, block.text)
        for block in document.blocks
    ]


def test_every_report_of_the_small_project_is_read_back() -> None:
    """What it says, and what stands at the edges of its pages."""
    found = reports(VALID, FIRST)
    assert len(found) > 5
    for then in found.values():
        document = read(then)
        back = read_back(converted(then).content)
        assert said(back) == said(document)
        assert (back.facts.day, back.facts.foot) == (document.facts.day, document.facts.foot)


def test_whoever_rejects_all_has_what_the_file_said() -> None:
    """And who accepts all has what is so today."""
    table = "<table><thead><tr><th>A</th></tr></thead><tr><td>{}</td></tr></table>"
    before = page(f"<h2>h</h2><p>one <b>two</b></p><ol><li>a</li><li>b</li></ol>{table.format(1)}")
    after = page(f"<h2>h</h2><p>one three</p><ol><li>b</li></ol>{table.format(2)}", day="Today")
    old, new = converted(before), converted(after)
    document = read(after)
    word = tracked(kept(old.content, document.facts), document)
    made_of = Word(docx(word, ReferenceDocument(DEFAULT), "A4", "en-GB", drawn))
    accepted, rejected = made_of.accepted(), made_of.rejected()
    assert (accepted.paragraphs, accepted.tables) == (new.paragraphs, new.tables)
    assert (rejected.paragraphs, rejected.tables) == (old.paragraphs, old.tables)
    assert text(rejected.part("word/header-first.xml")) == "\t\tAs of 1 May 2024"


def test_how_text_is_set_is_read_back() -> None:
    """Bold, slanted, in a style or in another language; a link is only what it is called."""
    html = (
        '<p>a <b>b</b> <i>c</i> <u>d</u> <span lang="ja">東京</span> '
        '<a href="https://e.int">f</a></p>'
    )
    (paragraph,) = paragraphs(read_back(made(page(html))).blocks)
    assert [run for run in paragraph.runs if run.text.strip()] == [
        Run("a "),
        Run("b", bold=True),
        Run("c", italic=True),
        Run("d", underlined=True),
        Run("東京", language="ja"),
        Run("f", style="Hyperlink"),
    ]


def test_changes_that_are_marked_in_it_count_as_made() -> None:
    """What somebody has put in is read, and what somebody has struck out is not."""
    marked = in_main(
        ">one two</w:t></w:r>",
        ">one</w:t></w:r><w:ins><w:r><w:t xml:space='preserve'> new</w:t></w:r></w:ins>"
        "<w:del><w:r><w:delText> two</w:delText></w:r></w:del>",
    )
    assert said(read_back(changed(made(page("<p>one two</p>")), marked))) == [
        ("Body Text", "one new")
    ]


def test_a_style_that_is_not_ours_is_that_of_plain_text() -> None:
    """As is none; the style of a table's name may be lost, too."""
    strange = in_main('w:pStyle w:val="', 'w:pStyle w:val="X')
    assert said(read_back(changed(made(page("<h2>a</h2>")), strange))) == [("Body Text", "a")]
    table = read_back(
        made(page("<table><thead><tr><th>A</th></tr></thead><tr><td>b</td></tr></table>"))
    )
    (block,) = recognised(
        table.blocks,
        [WordTable("Named", table.blocks[0].head, ())],  # type: ignore[union-attr]
        {},
    )
    assert isinstance(block, WordTable)
    assert block.label == "Named"


def test_a_picture_is_known_again() -> None:
    """By what is said of it and by its dots; one that is no PNG is left out."""
    content = made(page('<figure aria-label="told">x</figure>'))
    (paragraph,) = paragraphs(read_back(content).blocks)
    (found,) = [run.drawing for run in paragraph.runs]
    assert found
    assert found.content.startswith(b"\x89PNG")
    assert found.size == pytest.approx((470.0, 235.0))
    now = Drawing("told", "x")
    (same,) = recognised([paragraph], [], {("told", found.content): now})
    assert same.runs[0].drawing == now  # type: ignore[union-attr]
    other = changed(content, lambda _, text: text.replace("picture-1.png", "none.png"))
    (paragraph,) = paragraphs(read_back(other).blocks)
    assert paragraph.runs[0].drawing == Drawing("told", "")


@pytest.mark.parametrize(
    "change",
    [
        in_main("<w:document", "<!DOCTYPE a [<!ENTITY b 'c'>]><w:document"),
        in_main("</w:body>", ""),
        in_main("<w:body>", "<w:body>" + "<w:p/>" * 50_001),
        in_main("<w:body>", "<w:body>" + "<w:ins>" * 500 + "</w:ins>" * 500),
        lambda name, text: "<a" if name == "word/styles.xml" else text,
    ],
)
def test_one_that_would_hurt_is_refused(change: Callable[[str, str], str]) -> None:
    """Declarations, damage, too much of it, too deep: nothing of it is read."""
    with pytest.raises(ValueError):  # noqa: PT011 (whoever reads it says what it is about)
        read_back(changed(made(page("<p>a</p>")), change))


def test_one_that_unpacks_to_a_giant_is_refused(tmp_path: Path) -> None:
    """No more is unpacked than a report may have."""
    path = tmp_path / "bomb.docx"
    bomb = changed(made(page("")), lambda _, text: text)
    parts = {name: raw for name, raw in Word(bomb).parts.items() if name != "word/document.xml"}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
        archive.writestr("word/document.xml", b" " * (33 * 1024**2))
    with pytest.raises(ReporterError, match="not a Word document"):
        opened(path)


@pytest.mark.parametrize(
    ("other", "message", "hint"),
    [
        (STAMP._replace(report="meeting-02"), "'meeting-02', not 'meeting-01'", "--since 2024"),
        (STAMP._replace(series="Other"), "of another series of meetings: 'Other'", "--since 2024"),
        (STAMP._replace(edition="public"), "of the edition 'public'", "add '--edition public'"),
        (STAMP._replace(desk="state-b"), "the briefing of 'state-b'", "add '--desk state-b'"),
        (STAMP._replace(desk=""), "the briefing of nobody, not of 'state-a'", "--since 2024"),
    ],
)
def test_one_of_another_report_is_refused(
    other: Stamp, message: str, hint: str, tmp_path: Path
) -> None:
    """It says so itself; the problem names what to do."""
    path = tmp_path / "kept.docx"
    path.write_bytes(made(page(""), other))
    word = opened(path)
    assert word.stamp == other
    check_stamp(other, word)
    with pytest.raises(ReporterError) as caught:
        check_stamp(STAMP, word)
    (problem,) = caught.value.problems
    assert (problem.path, message in problem.message, hint in problem.hint) == (path, True, True)


@cache
def _plain(report: str = STAMP.report) -> bytes:
    return made(page("<p>a</p>"), STAMP._replace(series="x", report=report))


@pytest.mark.parametrize(
    ("content", "options", "status", "message"),
    [
        (_plain(), ("--meeting", "2"), 2,
         "is the report 'meeting-01': ask for that one, with --meeting 1"),
        (_plain(), (), 2, "ask for that one, with --meeting 1"),
        (_plain("sea--compare-01-02"), (), 2, "that one, with --compare sea/1 sea/2"),
        (_plain("sea--series"), (), 2, "ask for that one, with --series sea"),
        (_plain(), ("--meeting", "1", "--as-of", "2024-01-30"), 2,
         "speaks for 2024-01-31, which is after"),
        (b"%PDF-1.7", ("--meeting", "1"), 1, "this is not a Word document (.docx)"),
        (converted(page("")).content, ("--meeting", "1"), 1, "does not say which report it is"),
        (None, ("--meeting", "1"), 1, "there is no such file"),
    ],
)  # fmt: skip
def test_a_file_with_which_nothing_can_be_compared(
    content: bytes | None, options: tuple[str, ...], status: int, message: str, tmp_path: Path
) -> None:
    """It is named, with what to do, and no output is touched."""
    path = tmp_path / "kept.docx"
    if content is not None:
        path.write_bytes(content)
    command = ("build", "--project", VALID, "--output", tmp_path / "output", "--format", "docx")
    done = CliRunner().invoke(main, [*map(str, command), "--since", str(path), *options])
    assert done.exit_code == status
    assert message in re.sub(r"\s+", " ", done.stderr)
    assert not (tmp_path / "output").exists()


@pytest.mark.full
def test_a_build_since_a_file(project: Path, tmp_path: Path) -> None:
    """Whoever rejects all has the file, and who accepts all has today's; it is no output itself."""
    command = ("build", "--project", project, "--meeting", "1", "--format", "docx")
    target, file = project / "output" / "meeting-01.docx", tmp_path / "Kept.DOCX"
    assert run(*command, "--as-of", "2024-01-31").returncode == 0
    file.write_bytes(target.read_bytes())
    old = Word(file.read_bytes())
    today = (*command, "--as-of", "2026-11-21")
    assert run(*today).returncode == 0
    new = Word(target.read_bytes())
    done = run(*today, "--since", file)
    assert (done.returncode, done.stderr[:9]) == (0, "1 written")
    word = Word(target.read_bytes())
    assert changes(word)
    assert (word.accepted().paragraphs, word.rejected().paragraphs) == (
        new.paragraphs,
        old.paragraphs,
    )
    assert run(*today, "--since", file).stderr.startswith("0 written, 1 unchanged")
    done = run(*today, "--since", target)
    assert (done.returncode, "would be overwritten: keep a copy" in done.stderr) == (2, True)
    public = run(*today, "--since", file, "--edition", "public", "--output", tmp_path / "public")
    assert public.returncode == 1
    assert "it is of the edition 'internal', not 'public'" in public.stderr
