"""The PDF: valid for archive and screen reader, always the same bytes, loud about faults."""

from __future__ import annotations

import hashlib
import importlib
import io
import sys
import zlib
from typing import TYPE_CHECKING

import page as validator
import pikepdf
import pytest
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from outloud import check  # type: ignore[import-untyped]

from reporter.formats import look, pdf
from reporter.formats.html.template_names import typographic
from reporter.formats.pdf.pdfa import WRITTEN
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec
    from pathlib import Path

THEME = Theme((default_templates(),))
RECORD = b'{"id": "meeting-08"}'
HEAD = """<title>Eighth meeting</title><meta name="author" content="A desk">\
<meta name="description" content="In short">
<meta name="dcterms.created" content="2023-03-24">\
<meta name="dcterms.modified" content="2026-11-21">
<style>@page { size: 120mm 80mm; \
@bottom-right { content: counter(page); font: 8pt "Reporter Sans" } }
html { font: 10pt "Reporter Serif", "Reporter Japanese" } \
thead { display: table-header-group }</style>"""
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDw"
    "ADhgGAWjR9awAAAABJRU5ErkJggg=="
)
FULL = f"""<h1>Eighth meeting</h1><p>Bottom line, <span lang="ja">宇宙</span> \
<a href="https://example.org/">source</a>.</p>
<section><h2>Agreed</h2><ol><li>One</li><li>Two</li></ol>\
<dl><dt>Place</dt><dd>Tokyo</dd></dl></section>
<section><h2>Promises</h2>\
<table><thead><tr><th scope=col>What<th scope=col>Who<th scope=col>Status</thead><tbody>
{"<tr><th scope=row>Launch<td>Both<td><span aria-hidden=true>●</span> met" * 20}\
</tbody></table></section>
<figure><svg width="40" height="10"><title>A bar</title>\
<rect width="40" height="10" opacity="0.5"/></svg>
<figcaption>Note</figcaption></figure>
<p><img alt="A dot" src="{DOT}"> <a href="meeting-07.html#promises">Seventh</a></p>"""


def page_of(body: str, head: str = HEAD) -> str:
    """Return a page with that body."""
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>'
    )


def with_rule(rule: str) -> str:
    """Return the head with one more rule in its stylesheet."""
    return HEAD.replace("</style>", f"{rule}</style>")


def rendered(
    body: str, head: str = HEAD, record: bytes | None = RECORD, theme: Theme = THEME
) -> bytes:
    """Return the PDF of a page with that body, on which there must be nothing to say."""
    result = pdf.render(theme, page_of(body, head), "meeting-08", record)
    assert result.problems == ()
    return result.content


def opened(body: str, head: str = HEAD) -> pikepdf.Pdf:
    """Return that PDF, opened."""
    return pikepdf.open(io.BytesIO(rendered(body, head)))


def message(body: str, head: str = HEAD, theme: Theme = THEME) -> str:
    """Return what is said about a page that cannot be rendered."""
    with pytest.raises(ReporterError) as raised:
        rendered(body, head, theme=theme)
    return str(raised.value)


@pytest.mark.parametrize("profile", ["3a", "ua1"])
@pytest.mark.parametrize("record", [None, RECORD])
def test_standards(profile: str, record: bytes | None) -> None:
    """One file follows both standards, with and without a record in it."""
    report = validator.validate_pdf_bytes(rendered(FULL, record=record), profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.rules.passed > 100


@pytest.mark.parametrize(
    ("more", "colour"),
    [
        ("", b"1 0 0 rg"),
        ('<style media="screen">p { color: blue }</style>', b"1 0 0 rg"),
        ("<style>p { color: blue }</style>", b"1 0 0 rg"),
        ("<style>.a .b { color: blue }</style>", b"0 0 1 rg"),
    ],
)
def test_stylesheets_count_as_in_a_browser(more: str, colour: bytes) -> None:
    """The stylesheet that all pages share is read once.

    If a page has others, the more specific rule wins, and not the later sheet.
    """
    for _ in range(2):
        paper = opened(
            '<div class="a"><p class="b">Red or blue</p></div>',
            with_rule(".a p { color: red }") + more,
        )
        assert colour in paper.pages[0].Contents.read_bytes()


def test_what_the_renderer_says_of_a_stylesheet_is_said_of_every_page() -> None:
    """Also of the second one, for which it is not read again."""
    page = page_of("<p>x</p>", with_rule("p { colr: red }"))
    first, second = (
        [problem.message for problem in pdf.render(THEME, page, "x").problems] for _ in range(2)
    )
    assert first == second
    assert ["unknown property" in message for message in first] == [True]


@pytest.mark.full
def test_reads_well(tmp_path: Path) -> None:
    """A checker that looks at the sense of tags and not only at their presence finds nothing."""
    file = tmp_path / "meeting-08.pdf"
    file.write_bytes(rendered(FULL))
    findings = check(str(file)).sorted_findings()
    assert [f"{finding.rule}: {finding.message}" for finding in findings] == []


def test_same_bytes() -> None:
    """The same page gives the same bytes, another page another identifier."""
    first, other = rendered(FULL), rendered(FULL + "<p>More</p>")
    assert rendered(FULL) == first
    identifiers = [pikepdf.open(io.BytesIO(content)).trailer.ID[0] for content in (first, other)]
    assert identifiers[0] != identifiers[1]


def test_metadata() -> None:
    """Title, author, language and dates are the page's; both standards are named.

    They can be read without a PDF library.
    """
    content = rendered(FULL)
    document = pikepdf.open(io.BytesIO(content))
    with document.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == (
            "3",
            "A",
            "1",
        )
        assert (xmp["dc:title"], xmp["dc:creator"], xmp["dc:description"]) == (
            "Eighth meeting",
            ["A desk"],
            "In short",
        )
        assert (xmp["xmp:CreateDate"], xmp["xmp:ModifyDate"]) == ("2023-03-24", "2026-11-21")
    assert [str(document.docinfo[key]) for key in ("/CreationDate", "/ModDate")] == [
        "D:20230324",
        "D:20261121",
    ]
    assert (str(document.Root.Lang), bool(document.Root.ViewerPreferences.DisplayDocTitle)) == (
        "en",
        True,
    )
    assert b"<pdfuaid:part>1</pdfuaid:part>" in content


def test_bookmarks() -> None:
    """Headings are bookmarks."""
    with opened(FULL).open_outline() as outline:
        assert [
            (item.title, [child.title for child in item.children]) for item in outline.root
        ] == [("Eighth meeting", ["Agreed", "Promises"])]


def test_record() -> None:
    """The record is embedded as the source of the report, with the report's date."""
    document = opened(FULL)
    assert list(document.attachments) == ["record.json"]
    specification = document.attachments["record.json"]
    file = specification.get_file()
    assert file.read_bytes() == RECORD
    assert (file.mime_type, str(specification.obj.AFRelationship)) == (
        "application/json",
        "/Source",
    )
    assert (str(file.obj.Params.ModDate), str(file.obj.Params.CreationDate)) == (
        "D:20261121000000Z",
        "D:20261121000000Z",
    )
    assert [str(one.F) for one in document.Root.AF] == ["record.json"]


@pytest.mark.parametrize(
    ("modified", "expected"),
    [("2026", "20260101"), ("2026-11", "20261101"), ("2026-11-21T09:30:00Z", "20261121")],
)
def test_day_of_record(modified: str, expected: str) -> None:
    """A report may know less or more than a day."""
    document = opened("<p>x</p>", HEAD.replace("2026-11-21", modified))
    assert (
        str(document.attachments["record.json"].get_file().obj.Params.ModDate)
        == f"D:{expected}000000Z"
    )


def test_undated_record() -> None:
    """A page without a date takes no embedded record, whose date would be the clock's.

    That would change the bytes.
    """
    assert "does not say when" in message("<p>x</p>", "<title>x</title>")


@pytest.mark.parametrize("page", ["<html lang=en><p>x", "<html><title>x</title><p>x"])
def test_title_and_language(page: str) -> None:
    """A page without title or language is an error."""
    with pytest.raises(ReporterError, match="no title or does not say its language"):
        pdf.render(THEME, page, "x")


def test_page_attaches_nothing(tmp_path: Path) -> None:
    """Neither a link in the head nor one in the text can embed a file."""
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    theme = Theme((tmp_path, default_templates()))
    body, head = (
        '<p><a rel="attachment" href="secret.txt">x</a></p>',
        '<link rel="attachment" href="secret.txt">',
    )
    document = pikepdf.open(io.BytesIO(rendered(body, HEAD + head, record=None, theme=theme)))
    assert not document.attachments
    assert "/Annots" not in document.pages[0]


def test_links_between_reports() -> None:
    """A link to a report leads to its PDF beside this one; no address names a local folder."""
    document = opened(
        '<p><a href="meeting-07.html">a</a> <a href="meeting-07.html#x">b</a> '
        '<a href="a.html.txt">c</a> <a href="mailto:a@b">d</a></p>'
    )
    assert [str(link.A.URI) for link in document.pages[0].Annots] == [
        "meeting-07.pdf",
        "meeting-07.pdf#x",
        "a.html.txt",
        "mailto:a@b",
    ]
    assert not any(
        b"file:" in one.read_bytes() for one in document.objects if isinstance(one, pikepdf.Stream)
    )


@pytest.mark.parametrize(
    "address", ["../other.html", "file:///etc/passwd", "javascript:alert(1)", "//host/x"]
)
def test_links_elsewhere(address: str) -> None:
    """A link that leads neither to a report nor to the web is an error."""
    assert "leads neither to a report nor to the web" in message(
        f'<p><a href="{address}">x</a></p>'
    )


def test_link_to_nothing() -> None:
    """A link to a place that is not on the page is an error: what WeasyPrint calls one is one."""
    assert "the renderer says: No anchor #nowhere" in message('<p><a href="#nowhere">x</a></p>')


def test_warning() -> None:
    """What WeasyPrint warns of is a warning, and the PDF is there."""
    result = pdf.render(THEME, page_of('<p style="colour: red">x</p>'), "x")
    assert [
        (problem.severity, "colour: red" in problem.message) for problem in result.problems
    ] == [("warning", True)]
    assert result.pages == 1


def test_missing_picture() -> None:
    """A picture that is not there stops the rendering."""
    assert "a file is missing: 'crest.svg' is not a file of the theme" in message(
        '<p><img alt="Crest" src="crest.svg"></p>'
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            '<p style="font-family: monospace">xyz</p>',
            "is not one of the theme's; it was used for 'xyz'",
        ),
        ("<p>\U000f1234</p>", r"\U000f1234"),
    ],
)
def test_fonts(body: str, expected: str) -> None:
    """A font of the machine or a character in no font is an error that shows the characters."""
    assert expected in message(body)


def test_numbers_mean_the_same_in_the_standard_encoding() -> None:
    """A font of CFF outlines has the glyph that veraPDF asks for at the number of "F"."""
    document = opened('<p style="font: 700 12pt Reporter Serif">First</p>')
    faces = [
        face for face in document.pages[0].resources.Font.values() if "Serif" in str(face.BaseFont)
    ]
    (face,) = faces
    content = face.DescendantFonts[0].FontDescriptor.FontFile3.read_bytes()
    order = TTFont(io.BytesIO(content)).getGlyphOrder()
    used = [order.index(name) for name in ("F", "i", "r", "s", "t")]
    assert {StandardEncoding[number] for number in used} <= set(order)
    assert StandardEncoding[order.index("F")] == "quoteright"


def test_end_of_streams() -> None:
    """Content that ends in a carriage return can be told from the line that ends after it."""
    import pydyf

    stream = pydyf.Stream([b"x\r"])
    assert WRITTEN(stream).endswith(b"x\r\nendstream")
    assert stream.data.endswith(b"x\r\r\nendstream")
    assert pydyf.Stream([b"x"]).data.endswith(b"x\nendstream")


def test_a_stream_is_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is asked for twice: as it is written, and for the identifier of the file."""
    import pydyf

    calls: list[bytes] = []
    pack = zlib.compress

    def noted(content: bytes) -> bytes:
        calls.append(content)
        return pack(content)

    monkeypatch.setattr(zlib, "compress", noted)
    stream = pydyf.Stream([b"x" * 1000, b"y"], compress=True)
    written = [stream.data, stream.data]
    assert written[0] == written[1]
    assert calls == [b"x" * 1000 + b"\ny"]
    assert b"/Filter /FlateDecode" in written[0]
    assert pack(calls[0]) in written[0]


def test_missing_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without Pango one is told in words what to install, for each system."""

    class Finder:
        """Finds everything but the library that WeasyPrint opens."""

        @staticmethod
        def find_spec(name: str, *_: object) -> ModuleSpec | None:
            """Fail as ``dlopen`` does."""
            if name == "weasyprint":
                reason = "cannot load library 'libpango-1.0-0': no such file\nand more lines"
                raise OSError(reason)
            return None

    for name in [
        name for name in sys.modules if name.startswith(("weasyprint", "reporter.formats.pdf"))
    ]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Finder, *sys.meta_path])
    with pytest.raises(ReporterError) as raised:
        importlib.import_module("reporter.formats.pdf")
    (problem,) = raised.value.problems
    assert problem.message == (
        "Pango, which lays out text, is missing: cannot load library 'libpango-1.0-0': no such file"
    )
    assert all(
        system in problem.hint
        for system in ("Debian", "Ubuntu", "Fedora", "Alpine", "macOS", "Windows")
    )


@pytest.mark.parametrize("variable", ["serif", "sans", "japanese"])
def test_what_one_face_lacks_another_one_of_the_theme_draws(variable: str) -> None:
    """The serif has no sign of the rupee, and that of Japanese no schwa."""
    stack = look.variables(THEME.text("style.css"))
    rule = f":root {{ --japanese: {stack['japanese']}; --it: {stack[variable]} }}"
    style = with_rule(f"{rule} p {{ font-family: var(--it) }}")
    assert rendered("<p>\u20b9 \u0259 \u02bc \u2714 \u5b87</p>", style)


def test_a_sign_that_may_be_a_picture_is_of_the_theme() -> None:
    """As pages write it: without the selector behind it Pango asks for a coloured typeface."""
    assert "\u261d" in message("<p>A \u261d")
    assert rendered("<p>" + typographic("A \u261d", language_of(THEME, "en")))


def test_fonts_are_loaded_once() -> None:
    """Whatever number of pages is printed in a theme."""
    from reporter.formats.pdf.fonts import faces

    assert faces(THEME) is faces(Theme((default_templates(),)))


@pytest.mark.full
def test_report(built: Path) -> None:
    """No path of this machine is in a report, and no report is another one's twin."""
    files = sorted((built / "all").glob("*.pdf"))
    assert files
    for file in files:
        with pikepdf.open(file) as document:
            text = b"".join(
                one.read_bytes()
                for one in document.objects
                if isinstance(one, pikepdf.Stream) and "/Length1" not in one
            )
            assert str(built.parent).encode() not in text
            assert str(default_templates()).encode() not in text
    assert len({hashlib.sha256(file.read_bytes()).digest() for file in files}) == len(files)


def test_page_one_stands_alone() -> None:
    """A first page that runs on to the second is an error; one that ends in time is not."""
    page = (
        '<html lang="en"><title>T</title>'
        '<style>body {{ font-family: "Reporter Sans" }} '
        "div {{ float: left }} p {{ clear: both }}</style>"
        '<body><div>{lines}</div><p id="page-one-ends"></p></body></html>'
    )
    assert pdf.render(THEME, page.format(lines="Text<br>" * 20), "short").pages == 1
    with pytest.raises(ReporterError, match="page one does not stand alone"):
        pdf.render(THEME, page.format(lines="Text<br>" * 99), "long")
