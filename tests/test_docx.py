"""Tests of reports as Word documents."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import children
import pytest
from conftest import VALID, invoke, page_of
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from pypdf import PdfReader
from wordfile import DEFAULT, R, W, Word, converted, page, text, value

from reporter.choice import Choice
from reporter.formats import FORMATS
from reporter.formats.html import render
from reporter.formats.pdf.pictures import picture
from reporter.kinds import KINDS
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.reports.index import view
from reporter.reports.plan import plan
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from lxml.etree import _Element

HEADINGS = {"Title": 0, "heading 1": 1, "heading 2": 2, "heading 3": 3}
DAYS = {
    "meeting-01": "2026-11-21",
    "meeting-02": "2025-01-01",  # it is still to come
    "compare-01-02": "2026-11-21",
    "agreement-lander-agreement": "2026-11-21",
    "body-b-agency": "2026-11-21",
    "with-state-b": "2026-11-21",
    "programme-lander": "2026-11-21",
    "ledger": "2026-11-21",
    "ledger--status-open-met": "2026-11-21",
    "matrix-meeting-01": "2026-11-21",
    "series": "2026-11-21",
    "year-2023": "2026-11-21",
    "index": "2026-11-21",
}
"""A report of each kind, and the day for which it speaks."""


@cache
def report(name: str) -> Word:
    """Return a report of the small project."""
    choice = Choice.named(name)
    assert choice
    with pytest.MonkeyPatch.context() as patch:
        if choice.kind == "year":  # as if there were very many reports
            patch.setattr(view, "MOST_REPORTS", 0)
        return _report(choice, name)


def _report(choice: Choice, name: str) -> Word:
    planned = plan(VALID, choice, date.fromisoformat(DAYS[name]), asked=True)
    (task,) = planned.tasks(language_of(DEFAULT, "en"))
    return converted(render(DEFAULT, task.template, task.report, task.language))


def problems(word: Word, tmp_path: Path) -> list[str]:
    """Return what the checker says, which has the rules of Microsoft's library."""
    path = tmp_path / "report.docx"
    path.write_bytes(word.content)
    found = OpenXmlValidator(file_format=FileFormat.OFFICE_2019).validate(path)
    return [f"{error.part_uri}: {error.description}" for error in found.errors]


def test_every_kind_of_report_is_tried() -> None:
    """A new kind needs its line above; a binder is looked at with the others of its kind."""
    named = {choice.kind for name in DAYS if (choice := Choice.named(name))}
    assert named | {"upcoming", "binder"} == KINDS.keys()
    assert ("Title", "Second meeting, upcoming") in report("meeting-02").paragraphs


@pytest.mark.parametrize("name", DAYS)
def test_a_report_is_valid(name: str, tmp_path: Path) -> None:
    """By the rules of the standard, and by those that Word adds."""
    assert problems(report(name), tmp_path) == []


@pytest.mark.parametrize("name", DAYS)
def test_headings_are_in_order(name: str) -> None:
    """One title, and below it no level is left out."""
    levels = [HEADINGS[style] for style, _ in report(name).paragraphs if style in HEADINGS]
    assert levels[0] == 0
    assert levels.count(0) == 1
    assert len(levels) > 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize("name", DAYS)
def test_each_table_has_a_head_that_repeats(name: str) -> None:
    """Its first row is one, and what it is called is said."""
    for table in report(name).document.iter(f"{W}tbl"):
        rows = table.findall(f"{W}tr")
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        assert len(rows) > 1
        assert value(table.find(f"{W}tblPr/{W}tblCaption"))
        assert len(table.findall(f"{W}tblGrid/{W}gridCol")) == len(rows[0].findall(f"{W}tc"))


@pytest.mark.parametrize("name", DAYS)
def test_each_link_leads_somewhere(name: str) -> None:
    """A link within the report leads to a place in it, once; others to reports and to the web."""
    word = report(name)
    marks = word.document.iter(f"{W}bookmarkStart")
    places = [str(mark.get(f"{W}name")) for mark in marks]
    assert len({name.lower() for name in places}) == len(places)
    links, inside = word.links(), 0
    for link in word.document.iter(f"{W}hyperlink"):
        assert text(link)
        if target := link.get(f"{R}id"):
            address, outside = links[target]
            assert outside
            assert re.fullmatch(r"https?://.+|[\w-]+\.docx", address)
        else:
            inside += 1
            assert link.get(f"{W}anchor") in places
    assert inside or name == "index"


@pytest.mark.parametrize("name", DAYS)
def test_nothing_is_loaded_from_outside(name: str) -> None:
    """What leads out of a document are links that a reader follows, and nothing else."""
    word = report(name)
    for part in word.parts:
        if part.endswith(".rels"):
            for link in word.part(part):
                outside = link.get("TargetMode") == "External"
                assert outside == str(link.get("Type")).endswith("/hyperlink")
    assert b"attachedTemplate" not in b"".join(word.parts.values())


def test_a_document_says_the_same_as_its_page() -> None:
    """What the page has as text, and nothing of what only a screen needs."""
    told = "\n".join(text for _, text in report("meeting-01").paragraphs)
    assert "Skip to" not in told
    assert "Bottom line" in told
    assert "Delivered" in told


@pytest.mark.parametrize(
    ("body", "paragraphs"),
    [
        ("<h1>A</h1><h2>B</h2><h3>C</h3><h4>D</h4>",
         [("Title", "A"), ("heading 1", "B"), ("heading 2", "C"), ("heading 3", "D")]),
        ("<p>a\n  b <b>c</b></p><p> </p>", [("Body Text", "a b c")]),
        ("<div>a<p>b</p>c</div>", [("Body Text", "a"), ("Body Text", "b"), ("Body Text", "c")]),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c<p>d</p></li></ul>",
         [("List Bullet", "a"), ("List Bullet 2", "b"), ("List Bullet", "c"),
          ("List Continue", "d")]),
        ("<ol><li>a</li><li hidden>b</li></ol>", [("List Number", "a")]),
        ('<ul><li><span class="when">May</span> <a href="x.html">a</a></li></ul>',
         [("List Dated", "May\ta")]),
        ("<dl><dt>a</dt><dd>b</dd><dd>c</dd></dl>", [("Term", "a\tb"), ("Definition", "c")]),
        ("<dl><dt>in the presence of all</dt><dd>b</dd></dl>",
         [("Term", "in the presence of all\nb")]),
        ("<nav>a</nav><p hidden>b</p><script>c</script><p>d</p>", [("Body Text", "d")]),
        ("<table><caption>n</caption><tr><th>a</th><td>b<div>c</div></td></tr></table>",
         [("caption", "n"), ("Term", "a\tb"), ("Definition", "c")]),
        ("<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>b<br>c</td></tr></tbody></table>",
         [("Table Head", "a"), ("Table Text", "b\nc")]),
        ('<p class="note">a&#1;b\ufffe</p>', [("Note", "ab")]),
        ('<p><span class="mark">●</span>Met <span class="since">since May</span></p>',
         [("Body Text", "● Met\nsince May")]),
    ],
)  # fmt: skip
def test_a_part_of_a_page(body: str, paragraphs: list[tuple[str, str]], tmp_path: Path) -> None:
    """Each has the style that Word knows for it."""
    word = converted(page(body))
    assert word.paragraphs == paragraphs
    assert problems(word, tmp_path) == []


def test_a_picture_says_what_it_shows(tmp_path: Path) -> None:
    """It is in the document, no larger than a page; the text below it is said of it only."""
    body = (
        '<figure role="img" aria-label="A &amp; B. All of it."><svg><title>A</title></svg></figure>'
        '<ul class="chart-told"><li>a</li></ul><p>b <img src="data:," alt="C"> c '
        '<img src="data:," alt=""></p>'
    )
    word = converted(page(body))
    assert [str(item.get("descr")) for item in pictures(word)] == ["A & B. All of it.", "C"]
    assert word.paragraphs == [("Body Text", "b"), ("Body Text", "c")]
    assert int(next(pictures(word)).getprevious().get("cx")) / 12_700 == 470
    assert [name for name in word.parts if "media" in name] == [
        "word/media/picture-1.png",
        "word/media/picture-2.png",
    ]
    assert problems(word, tmp_path) == []


def pictures(word: Word) -> Iterator[_Element]:
    """Yield what says what a picture is, of each."""
    yield from word.document.iter("{*}docPr")


def test_where_a_picture_is_blank_its_text_stands() -> None:
    """Nothing is lost with it."""
    word = converted(page('<figure aria-label="All of it." class="blank"></figure>'))
    assert word.paragraphs == [("Picture", "All of it.")]


@pytest.mark.parametrize("name", DAYS)
def test_no_picture_is_without_words(name: str) -> None:
    """The series has one at least."""
    found = [str(item.get("descr")) for item in pictures(report(name))]
    assert all(found)
    assert found or name != "series"


@pytest.mark.full
def test_a_picture_is_drawn_as_in_the_pdf() -> None:
    """In the colours of the stylesheet, without the blank around it; the same bytes each time."""
    square = '<div style="background: var(--accent); width: 36pt; height: 18pt"></div>'
    html = page_of(VALID, 1, date(2026, 11, 21))
    first, second = (picture(DEFAULT, html, square, 500) for _ in range(2))
    assert first == second
    assert first
    assert (round(first.width), round(first.height)) == (36, 18)
    with Image.open(io.BytesIO(first.content)) as image:
        assert image.convert("RGB").getpixel((5, 5)) == (0x0F, 0x4C, 0x75)
    assert picture(DEFAULT, html, "<p></p>", 500) is None


def test_each_list_counts_from_one() -> None:
    """The second does not go on where the first ended."""
    word = converted(page("<ol><li>a</li><li>b</li></ol><p>x</p><ol><li>c</li></ol>"))
    numbers = [value(number) for number in word.document.iter(f"{W}numId")]
    assert numbers[0] == numbers[1] != numbers[2]
    lists = word.part("word/numbering.xml").findall(f"{W}num")
    begins = {str(one.get(f"{W}numId")): one.find(f"{W}lvlOverride") for one in lists}
    assert all(value(begins[number][0]) == "1" for number in numbers)


def runs(word: Word) -> list[tuple[str, _Element]]:
    """Return each run of text with its properties."""
    return [(text(run), run.find(f"{W}rPr")) for run in word.document.iter(f"{W}r")]


def test_words_say_their_language() -> None:
    """That of the document is said once; another one where it is spoken."""
    word = converted(page('<p>a <span lang="ja">東京</span> <i lang="en">b</i></p>'))
    (_, plain), (_, japanese), _, (_, again) = runs(word)
    assert plain is None
    assert japanese.find(f"{W}lang").get(f"{W}eastAsia") == "ja-JP"
    assert again.find(f"{W}lang") is None
    told = word.part("word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    assert value(told) == "en-GB"


def test_what_is_written_from_right_to_left_is_marked() -> None:
    """Paragraph and run; a word inside other text turns no paragraph round."""
    word = converted(page('<p lang="ar">طوكيو 2023</p><p>a <span lang="ar">طوكيو</span></p>'))
    first, second = word.document.iter(f"{W}p")
    assert first.find(f"{W}pPr/{W}bidi") is not None
    assert second.find(f"{W}pPr/{W}bidi") is None
    found = [properties for _, properties in runs(word)]
    assert found[0].find(f"{W}rtl") is not None
    assert found[1] is None
    assert found[2].find(f"{W}rtl") is not None
    assert found[2].find(f"{W}lang").get(f"{W}bidi") == "ar-EG"


def test_links_lead_from_document_to_document() -> None:
    """To a place of it, too; what is no address of the web is text."""
    word = converted(
        page(
            '<p id="c8-01"><a href="#c8-01">a</a> <a href="ledger.html#c8-01">b</a> '
            '<a href="#nowhere">c</a> <a href="javascript:x">d</a> '
            '<a href="https://e.org/?x=1&amp;y">e</a></p>'
        )
    )
    links = word.links()
    found = [
        (text(link), links.get(str(link.get(f"{R}id")), ("",))[0], link.get(f"{W}anchor"))
        for link in word.document.iter(f"{W}hyperlink")
    ]
    assert found == [
        ("a", "", "c8_01"),
        ("b", "ledger.docx", "c8_01"),
        ("e", "https://e.org/?x=1&y", None),
    ]
    assert word.paragraphs == [("Body Text", "a b c d e")]


@pytest.mark.parametrize("anchor", ["a-b", "a_b", "A-b", "東京", "x" * 60, "1", "_a"])
def test_a_place_has_a_name_that_word_takes(anchor: str) -> None:
    """Of at most forty letters, digits and low lines, beginning with a letter; no two have one."""
    word = converted(page(f'<p id="a-b">a</p><p id="{anchor}">b</p>'))
    names = [str(mark.get(f"{W}name")) for mark in word.document.iter(f"{W}bookmarkStart")]
    assert all(re.fullmatch("[A-Za-z][A-Za-z0-9_]{,39}", name) for name in names)
    assert len({name.lower() for name in names}) == len({"a-b", anchor})


def edges(word: Word, kind: str) -> dict[str, str]:
    """Return what stands at the head or foot of pages, by the name of the part."""
    return {name: text(word.part(name)) for name in word.parts if name.startswith(f"word/{kind}-")}


def test_each_page_has_its_number_and_the_marking() -> None:
    """The first one has addressee and imprint, the others series and title."""
    word = converted(
        page(
            "<p>a</p>",
            marking="Restricted",
            addressee="For the minister",
            imprint="Drafted",
            foot="The foot",
            series="The series",
        )
    )
    assert edges(word, "header") == {
        "word/header-first.xml": "For the minister\tRestricted\tAs of 1 May 2024",
        "word/header-default.xml": "The series\tRestricted\tAs of 1 May 2024",
    }
    number = "Page\u00a01\u00a0of\u00a01"
    assert edges(word, "footer") == {
        "word/footer-first.xml": f"Drafted\tRestricted\t{number}",
        "word/footer-default.xml": f"The foot\tRestricted\t{number}",
    }
    foot = word.part("word/footer-default.xml")
    fields = [field.get(f"{W}instr").strip() for field in foot.iter(f"{W}fldSimple")]
    assert fields == ["PAGE", "NUMPAGES"]


def test_a_wide_table_lies_across() -> None:
    """With its heading; what follows under another one stands upright again."""
    row = "".join(f"<td>column-{n:02}</td>" for n in range(12))
    table = f"<table><thead><tr>{row}</tr></thead><tbody><tr>{row}</tr></tbody></table>"
    word = converted(page(f"<p>a</p><h2>b</h2>{table}<p>c</p><h2>d</h2><p>e</p>"))
    sections = list(word.document.iter(f"{W}sectPr"))
    across = [section.find(f"{W}pgSz").get(f"{W}orient") for section in sections]
    assert across == ["portrait", "landscape", "portrait"]
    ends = [text(section.getparent().getparent()) for section in sections[:-1]]
    assert ends == ["a", "c"]
    assert "word/footer-default-wide.xml" in word.parts


@pytest.mark.parametrize(("paper", "size"), [("A4", "11906"), ("Letter", "12240")])
def test_the_paper_is_that_of_the_report(paper: str, size: str) -> None:
    """Whatever that of the document is from which the styles are."""
    word = converted(page("<p>a</p>"), paper=paper)
    (found,) = word.document.iter(f"{W}pgSz")
    assert found.get(f"{W}w") == size


def test_a_document_says_what_it_is() -> None:
    """Title, author, language, and the days that the page names; no clock is asked."""
    core = converted(page("<p>a</p>")).part("docProps/core.xml")
    found = {str(item.tag).rpartition("}")[2]: item.text for item in core}
    assert found == {
        "title": "A title",
        "subject": "As of 1 May 2024",
        "creator": "The desk",
        "language": "en-GB",
        "created": "2023-03-24T00:00:00Z",
        "modified": "2024-05-01T00:00:00Z",
    }


def test_the_same_page_gives_the_same_bytes() -> None:
    """No part has a time, and one says without unpacking whose file it is."""
    first, second = (converted(page("<p>a</p>")).content for _ in range(2))
    assert first == second
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"
    assert FORMATS["docx"].mark.search(first)


def test_a_build_writes_it(project: Path) -> None:
    """Beside pages or alone; the second time nothing is to be done."""
    done = invoke("build", "--project", project, "--meeting", "1", "--format", "docx")
    assert (done.exit_code, done.stderr[:9]) == (0, "1 written")
    assert (project / "output" / "meeting-01.docx").read_bytes()[:2] == b"PK"
    again = invoke("build", "--project", project, "--meeting", "1", "--format", "docx")
    assert again.stderr.startswith("0 written, 1 unchanged")


@pytest.mark.long
def test_libreoffice_opens_each_report(tmp_path: Path) -> None:
    """It counts the pages, lays the wide ones across, and loses no heading."""
    for name in DAYS:
        (tmp_path / f"{name}.docx").write_bytes(report(name).content)
    settings = f"-env:UserInstallation={(tmp_path / 'settings').as_uri()}"
    command = ("soffice", settings, "--headless", "--convert-to", "pdf", "--outdir", tmp_path)
    files = [tmp_path / f"{name}.docx" for name in DAYS]
    children.run([*command, *files], capture_output=True, check=True, timeout=500)
    for name in DAYS:
        pages = PdfReader(tmp_path / f"{name}.pdf").pages
        said = "".join(page.extract_text() for page in pages)
        said = re.sub(r"\s", "", said)
        assert f"Page1of{len(pages)}" in said
        for style, heading in report(name).paragraphs:
            assert style not in HEADINGS or re.sub(r"\s", "", heading) in said


# The document from which the styles are


def reference(folder: Path, **parts: str) -> Path:
    """Write a document from which styles are to be taken; return the templates in which it is."""
    own = folder / "templates"
    own.mkdir()
    with zipfile.ZipFile(own / "reference.docx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return own


NAMES = f'xmlns:w="{W[1:-1]}" xmlns:r="{R[1:-1]}"'
STYLES = "word/styles.xml"
EMPTY = f"<w:document {NAMES}><w:body/></w:document>"


def test_the_default_styles_have_the_colours_of_a_look(tmp_path: Path) -> None:
    """What a project's stylesheet changes in numbers that Word has, too; the rest is as it was."""
    accent, ink = b"0F4C75", b"16191D"
    assert {accent, ink} <= {*re.findall(b"[0-9A-F]{6}", converted(page("a")).parts[STYLES])}
    look = ":root { --accent: #7a1f2b; --rule: red }"
    (tmp_path / "look.css").write_text(look, encoding="utf-8")
    painted = {*re.findall(b"[0-9A-F]{6}", converted(page("a"), tmp_path).parts[STYLES])}
    assert {b"7A1F2B", ink} <= painted
    assert accent not in painted


def test_a_projects_own_styles_are_taken(tmp_path: Path) -> None:
    """By their names, whatever their ids are; those that it lacks are added."""
    styles = (
        f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="berschrift1">'
        '<w:name w:val="Heading 1"/><w:rPr><w:lang w:val="de-DE"/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="ListNumber"><w:name w:val="mine"/></w:style>'
        "</w:styles>"
    )
    document = (
        f'<w:document {NAMES}><w:body><w:sectPr><w:pgMar w:left="2000"/></w:sectPr></w:body>'
        "</w:document>"
    )
    own = reference(tmp_path, styles=styles, document=document)
    word = converted(page("<h2>a</h2><ol><li>b</li></ol><ul><li>c</li></ul>"), own)
    assert [style for style, _ in word.paragraphs] == ["Heading 1", "List Number", "List Bullet"]
    assert word.styles["berschrift1"] == "Heading 1"
    assert word.styles["ReporterListNumber"] == "List Number"
    assert b"de-DE" not in word.parts["word/styles.xml"]
    (margins,) = word.document.iter(f"{W}pgMar")
    assert margins.get(f"{W}left") == "2000"
    assert margins.get(f"{W}right") == "1134"
    assert problems(word, tmp_path) == []


def test_a_report_can_be_the_document_of_the_styles(tmp_path: Path) -> None:
    """Who wants other styles changes them in a report, and stores that as the reference."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "reference.docx").write_bytes(report("ledger").content)
    word = converted(page("<h1>a</h1><ol><li>b</li></ol>"), own)
    assert word.paragraphs == [("Title", "a"), ("List Number", "b")]
    assert problems(word, tmp_path) == []


def test_nothing_else_is_taken(tmp_path: Path) -> None:
    """No text, no template, no program, no picture or font: what leads elsewhere is left out."""
    own = reference(
        tmp_path,
        styles=(
            f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="x" r:id="rId1"/></w:styles>'
        ),
        document=EMPTY.replace("<w:body/>", '<w:body><w:p r:id="rId9"/></w:body>'),
        settings=f'<w:settings {NAMES}><w:attachedTemplate r:id="rId1"/></w:settings>',
        numbering=(
            f'<w:numbering {NAMES}><w:numPicBullet><w:pict r:id="rId2"/></w:numPicBullet>'
            "</w:numbering>"
        ),
        fontTable=(
            f'<w:fonts {NAMES}><w:font w:name="a"><w:embedRegular r:id="rId3"/></w:font></w:fonts>'
        ),
        vbaProject="x",
    )
    word = converted(page("<p>a</p>"), own)
    assert set(word.links().values()) == {
        (name, False)
        for name in (
            *("styles.xml", "numbering.xml", "theme/theme1.xml", "fontTable.xml", "settings.xml"),
            *(
                f"{kind}-{which}.xml"
                for kind in ("header", "footer")
                for which in ("first", "default")
            ),
        )
    }
    told = b"".join(word.parts[f"word/{name}.xml"] for name in ("styles", "numbering", "fontTable"))
    assert b"rId" not in told
    assert b"attachedTemplate" not in word.parts["word/settings.xml"]


ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"styles": f"<w:styles {NAMES}/>"},
        {"document": EMPTY},
        {"styles": "<w:styles", "document": EMPTY},
        {"styles": f"{ENTITY}<w:styles {NAMES}>&e;</w:styles>", "document": EMPTY},
        {"styles": '<styles xmlns="http://purl.oclc.org/ooxml/x"/>', "document": EMPTY},
    ],
)
def test_what_has_no_styles_is_refused(parts: dict[str, str], tmp_path: Path) -> None:
    """With its name, and what to do."""
    own = reference(tmp_path, **parts)
    with pytest.raises(ReporterError) as caught:
        converted(page("<p>a</p>"), own)
    (problem,) = caught.value.problems
    assert problem.path == own / "reference.docx"
    assert "Word document" in problem.message
    assert "save it in Word" in problem.hint


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\5\6" + bytes(18)])
def test_what_is_no_document_is_refused(content: bytes, tmp_path: Path) -> None:
    """As above."""
    own = tmp_path / "templates"
    own.mkdir()
    (own / "reference.docx").write_bytes(content)
    with pytest.raises(ReporterError, match="not a Word document"):
        converted(page("<p>a</p>"), own)


def test_the_default_document_is_what_we_say_it_is() -> None:
    """Every style that we ask for is there, no part leads out, and no time is in it."""
    word = Word((default_templates() / "reference.docx").read_bytes())
    assert {"Title", "heading 1", "List Bullet", "caption", "Report Table"} <= {
        *word.styles.values()
    }
    assert not any(outside for _, outside in word.links().values())
    with zipfile.ZipFile(default_templates() / "reference.docx") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
