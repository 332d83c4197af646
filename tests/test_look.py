"""Tests of the look.

A ministry's own in one place, the grid, the contents of a page, printing from the browser, Japanese
words.
"""

from __future__ import annotations

import re
import shutil
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import children
import pikepdf
import pytest
from chromium import launched, opened
from conftest import ROOT, VALID, page_of
from reading import words
from test_html import Page

from reporter.build import build
from reporter.choice import Choice, Options
from reporter.formats import html, pdf
from reporter.formats.look import css_text
from reporter.formats.markup import headings, with_scripts_marked
from reporter.problems import ReporterError
from reporter.reports.plan import plan
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

TODAY, DAY = date(2026, 11, 21), date(2025, 6, 30)
UNIT = 2.25  # points: all heights are multiples of it
SIZES = {7.5, 8.5, 10.0, 11.5, 13.0, 24.0}
SMALL = {7.3, 7.5, 8.0}  # behind page one, on paper only
TWO_PAGES = {
    "framework-agreement-2023",
    "gateway-arrangement-2022",
    "hosted-payload-mou-2020",
    "leaders-statement-2022",
    "leaders-statement-2024",
    "rover-arrangement-2024",
}
JAPANESE = re.compile("[\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff]")
CREST = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40">'
    '<circle cx="20" cy="20" r="18" fill="#7a1f2b"/></svg>'
)


@pytest.fixture
def ministry(project: Path) -> Path:
    """Return a project with a look of its own: a colour, a typeface and a crest."""
    own = project / "templates"
    (own / "fonts").mkdir(parents=True)
    shutil.copyfile(
        default_templates() / "fonts" / "XCharter-Regular.woff2", own / "fonts" / "Ministry.woff2"
    )
    (own / "crest.svg").write_text(CREST, encoding="utf-8")
    (own / "crest.html").write_text(
        '{{ picture("crest.svg", "Crest of State A") }}', encoding="utf-8"
    )
    (own / "look.css").write_text(
        ':root { --accent: #7a1f2b; --ink: #101820; --sans: "Ministry Sans", var(--japanese); }\n'
        '@font-face { font-family: "Ministry Sans"; src: url("fonts/Ministry.woff2"); }\n',
        encoding="utf-8",
    )
    return project


def made(root: Path, page: str) -> pikepdf.Pdf:
    """Return the PDF of a page."""
    from io import BytesIO

    return pikepdf.open(BytesIO(pdf.render(Theme.of(root), page, "page").content))


def lines_of(paper: Path) -> dict[str, tuple[float, float]]:
    """Return where the words of page one stand: left edge and middle, in points."""
    done = children.run(
        ["pdftotext", "-bbox", "-l", "1", paper, "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', done.stdout
    )
    return {
        word: (float(left), (float(top) + float(bottom)) / 2)
        for left, top, bottom, word in reversed(found)
    }


# A ministry's own look


def test_colours_and_typefaces_of_a_ministry(ministry: Path) -> None:
    """One file changes them on screen and paper.

    In the page, in what no stylesheet reaches, and in the fonts of the PDF.
    """
    page = page_of(ministry, 1, DAY)
    assert "--accent: #7a1f2b" in Page.of(page).styles
    assert re.search(
        r'@font-face \{ font-family: "Ministry Sans"; src: url\("data:font/woff2;base64,', page
    )
    paper = made(ministry, page)
    fonts = {
        str(font.get("/BaseFont")) for one in paper.pages for font in one.Resources.Font.values()
    }
    assert any("Ministry-Sans" in name for name in fonts)
    assert not any("Reporter-Sans" in name for name in fonts)


def test_the_shapes_of_a_chart_have_the_colours_of_a_ministry(ministry: Path) -> None:
    """A chart is drawn in the colours of look.css, which reaches into no picture on paper."""
    from reporter.choice import Choice
    from reporter.formats import html
    from reporter.reports.plan import plan

    (task,) = plan(ministry, Choice("series"), DAY, asked=True).tasks(words("en"))
    page = html.render(Theme.of(ministry), task.template, task.report, task.language)
    drawn = re.findall(r'class="fill-\w+ stroke-ink" fill="[^"]*" stroke="([^"]*)"', page)
    assert drawn
    assert set(drawn) == {"#101820"}


def test_a_font_that_nobody_named_is_still_an_error(ministry: Path) -> None:
    """A family for which look.css has no file does not silently become a font of the machine."""
    (ministry / "templates" / "look.css").write_text(
        ':root { --sans: "Sans of Nowhere"; }', encoding="utf-8"
    )
    with pytest.raises(
        pdf.rendering.ReporterError,  # type: ignore[attr-defined]
        match="is not one of the theme's",
    ):
        made(ministry, page_of(ministry, 1, DAY))


def test_a_crest(ministry: Path) -> None:
    """It stands in the page as part of the file, with what it is in words.

    For who hears the PDF, it is a figure.
    """
    page = page_of(ministry, 1, DAY)
    ((_, attributes),) = [element for element in Page.of(page).elements if element[0] == "img"]
    assert attributes["src"].startswith("data:image/svg+xml;base64,")
    assert attributes["alt"] == "Crest of State A"
    paper = made(ministry, page)
    figures = [
        item
        for item in paper.objects
        if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
    ]
    assert "Crest of State A" in {str(figure.Alt) for figure in figures}


@pytest.mark.full
def test_the_page_of_a_ministry_is_fit_for_the_archive(ministry: Path, tmp_path: Path) -> None:
    """Its PDF is PDF/A-3a and PDF/UA-1, crest included."""
    import page as validator

    from reporter.formats.pdf import render

    paper = tmp_path / "x.pdf"
    paper.write_bytes(render(Theme.of(ministry), page_of(ministry, 1, DAY), "x").content)
    for profile in ("3a", "ua1"):
        assert [
            failure.message for failure in validator.validate_pdf(paper, profile=profile).failures
        ] == []


def test_pictures_in_a_stylesheet_become_part_of_the_page(ministry: Path) -> None:
    """What a ministry's stylesheet names is inside the file, as in the default one."""
    (ministry / "templates" / "look.css").write_text(
        "body { background: url(crest.svg) }", encoding="utf-8"
    )
    assert 'background: url("data:image/svg+xml;base64,' in page_of(ministry, 1, DAY)


def test_mistakes_in_a_stylesheet_of_a_ministry(ministry: Path) -> None:
    """Each is told with the line that someone wrote, and with what to do."""
    sheet = """/* the colours
 of State A */
h1 { colr: red }
h1 { color: red; margin: 3 px; }
h1:most { color: red }
@colour x { p { color: red } }
"""
    (ministry / "templates" / "look.css").write_text(sheet, encoding="utf-8")
    problems = pdf.render(Theme.of(ministry), page_of(ministry, 1, DAY), "page").problems
    assert [(problem.line, problem.column, problem.message) for problem in problems] == [
        (3, 6, "the renderer says: Ignored `colr: red `, unknown property."),
        (4, 18, "the renderer says: Ignored `margin: 3 px`, invalid value."),
        (5, 1, "the renderer says: Invalid or unsupported selector, 'h1:most '"),
        (6, 1, "the renderer says: Unknown rule <AtRule @colour … { … }>"),
    ]
    assert {str(problem.path) for problem in problems} == {"templates/look.css"}
    assert all(problem.hint for problem in problems)


def test_a_stylesheet_that_no_page_has_is_not_fetched_for(ministry: Path) -> None:
    """Where a mistake is looked for in all of a project's own stylesheets, too, nothing is loaded.

    None of them ends the build.
    """
    page = page_of(ministry, 1, DAY)
    (ministry / "templates" / "look.css").write_text("h1 { colr: red }", encoding="utf-8")
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.timeout = 0.2
        (ministry / "templates" / "idle.css").write_text(
            f"@import url(http://127.0.0.1:{server.server_port}/x.css);", encoding="utf-8"
        )
        (problem,) = pdf.render(
            Theme.of(ministry), page.replace("</style>", "h1 { colr: red }</style>", 1), "page"
        ).problems
        asked: list[object] = []
        server.process_request = (  # type: ignore[method-assign]
            lambda *request: asked.append(request)
        )
        server.handle_request()
    assert asked == []
    assert (str(problem.path), problem.line, problem.column) == ("templates/look.css", 1, 6)


@pytest.mark.full
def test_a_mistake_is_told_once(ministry: Path) -> None:
    """However many reports it is in; and again on the next day, without rendering."""
    sheet = ministry / "templates" / "look.css"
    sheet.write_text("h1 { colr: red }", encoding="utf-8")
    for turn in range(2):
        outcome = build(Options(ministry, ministry / "output", DAY, asked=True, choice=Choice()))
        assert [(problem.path, problem.line, problem.column) for problem in outcome.problems] == [
            (sheet, 1, 6)
        ]
        assert bool(outcome.unchanged) is bool(turn)


def test_a_file_that_a_stylesheet_names_and_that_is_not_there(ministry: Path) -> None:
    """The line is told that names it, and not the one in a comment."""
    sheet = ministry / "templates" / "look.css"
    sheet.write_text(
        "/* not url(none.svg) */\nbody {\n  background: url(none.svg) }", encoding="utf-8"
    )
    with pytest.raises(ReporterError) as caught:
        page_of(ministry, 1, DAY)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == (sheet, 3, 19)
    assert problem.message == "there is no file 'none.svg' in templates/"


@pytest.mark.parametrize(
    "crest", ['{{ picture("crest.svg", "Crest") }}', '<p>{{ embed("crest.svg") }}</p>']
)
def test_a_drawing_with_text_is_told_at_the_text(ministry: Path, crest: str) -> None:
    """Each machine would set it in another typeface, and the PDF in one that is nobody's."""
    templates = ministry / "templates"
    drawing = templates / "crest.svg"
    drawing.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg">\n <text x="1">STATE</text></svg>',
        encoding="utf-8",
    )
    (templates / "crest.html").write_text(crest, encoding="utf-8")
    with pytest.raises(ReporterError) as caught:
        page_of(ministry, 1, DAY)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.column) == (drawing, 2, 2)
    assert "into outlines" in problem.hint


# The grid, and how much stands on a page


def test_the_grid() -> None:
    """Every line height is a multiple of the unit, but of small print behind page one.

    There are few sizes of type with clear steps.
    """
    sheet = (default_templates() / "style.css").read_text(encoding="utf-8")
    found = [
        (float(size), float(leading))
        for size, leading in re.findall(r"([\d.]+)pt/([\d.]+)pt", sheet)
    ]
    assert len(found) >= 8
    assert [leading for size, leading in found if leading % UNIT and size not in SMALL] == []
    assert {size for size, _ in found} <= SIZES | SMALL


@pytest.mark.full
def test_columns_side_by_side_start_on_one_line(tmp_path: Path) -> None:
    """On the page of an agreement, what each side is to do and the facts."""
    paper = tmp_path / "x.pdf"
    choice = Choice("agreement", ("lander-agreement",))
    (task,) = plan(VALID, choice, DAY, asked=True).tasks(words("en"))
    page = html.render(Theme.of(VALID), task.template, task.report, task.language)
    paper.write_bytes(pdf.render(Theme.of(VALID), page, "x").content)
    found = lines_of(paper)
    assert found["glance"][0] > found["would"][0]
    assert abs(found["glance"][1] - found["would"][1]) < 1


@pytest.mark.long
def test_agreements_stand_on_one_page(built: Path) -> None:
    """All but the longest six do, and the last page of these is not nearly empty."""
    long = {}
    for path in sorted((built / "all").glob("agreement-*.pdf")):
        pages = children.run(
            ["pdftotext", path, "-"], capture_output=True, encoding="utf-8", check=True
        ).stdout.split("\f")[:-1]
        if len(pages) > 1:
            long[path.stem.removeprefix("agreement-")] = len(pages), len(pages[-1])
    assert set(long) <= TWO_PAGES
    assert all(pages <= 3 and letters > 600 for pages, letters in long.values())


# The contents of a page


def test_contents() -> None:
    """A list, named for who hears it, leads to every section in order.

    The PDF, which has bookmarks, does not print it.
    """
    html = page_of(VALID, 1, DAY)
    page = Page.of(html)
    assert [attributes["aria-label"] for tag, attributes in page.elements if tag == "nav"] == [
        "Contents"
    ]
    listed = re.search(r"<nav.*?</nav>", html, re.DOTALL)
    assert listed
    assert re.findall(r'href="#([\w-]+)"', listed[0]) == [
        attributes["id"]
        for tag, attributes in page.elements
        if tag == "h2" and "data-unlisted" not in attributes
    ]
    document = made(VALID, html)
    assert "Contents" not in {
        str(item.get("/T")) for item in document.objects if isinstance(item, pikepdf.Dictionary)
    }


def test_headings_are_told_without_their_markup() -> None:
    """Id and plain text of each heading of a section."""
    assert headings(
        '<h2 id="a">A &amp; <span lang="ja">日本</span>\n b</h2><h2>no id</h2><h3 id="c">C</h3>'
    ) == [("a", "A & 日本 b")]


# Japanese words


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        (
            "<p>How is the name 河西康之 read?</p>",
            '<p>How is the name <span lang="ja">河西康之</span> read?</p>',
        ),
        (
            "<p>Named 「日・米協定」, since 第8回会合.</p>",
            (
                '<p>Named <span lang="ja">「日・米協定」</span>, '
                'since <span lang="ja">第8回会合</span>.</p>'
            ),
        ),
        (
            '<p><span lang="ja">内閣府 と <b>国</b></span> 省</p>',
            '<p><span lang="ja">内閣府 と <b>国</b></span> <span lang="ja">省</span></p>',
        ),
        ('<p title="日本">x</p><p>\uff1f\u3000●</p>', '<p title="日本">x</p><p>\uff1f\u3000●</p>'),
        (
            "<title>日本</title><script>'<p>日本'</script><!-- 日本 --><p>x</p>",
            "<title>日本</title><script>'<p>日本'</script><!-- 日本 --><p>x</p>",
        ),
        (
            '<html lang="ja"><p>日本 <i lang="en">日</i></p></html>',
            '<html lang="ja"><p>日本 <i lang="en"><span lang="ja">日</span></i></p></html>',
        ),
        (
            '<p>a<br>マトキ<img alt="><p>">国</p>',
            '<p>a<br><span lang="ja">マトキ</span><img alt="><p>"><span lang="ja">国</span></p>',
        ),
    ],
)
def test_japanese_words_say_their_language(page: str, marked: str) -> None:
    """Wherever a Japanese word stands in a text, it is in an element that says so, once.

    Marks and attributes are no words.
    """
    assert with_scripts_marked(page) == marked


def unmarked(html: str) -> list[str]:
    """Return the texts of a page with Japanese words outside an element that says so.

    The title cannot say so.
    """
    return [
        text
        for language, text in Page.of(re.sub(r"<title>.*?</title>", "", html)).texts
        if language != "ja" and JAPANESE.search(text)
    ]


@pytest.mark.parametrize("number", [1, 8, 9])
def test_no_japanese_word_of_a_real_meeting_is_unmarked(number: int) -> None:
    """Also in the middle of an English sentence, and in the list of contents."""
    page = page_of(ROOT, number, TODAY)
    assert JAPANESE.search(page)
    assert unmarked(page) == []


@pytest.mark.long
def test_no_japanese_word_of_any_report_is_unmarked(built: Path) -> None:
    """Not one in all pages of the whole project."""
    pages = sorted(built.glob("*/*.html"))
    assert len(pages) > 40
    assert {
        path.name: found for path in pages if (found := unmarked(path.read_text(encoding="utf-8")))
    } == {}


# Printing from the browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@pytest.mark.browser
def test_printing_from_the_browser_gives_the_look_of_the_pdf(
    browser: Browser, tmp_path: Path
) -> None:
    """The same faces, heads and feet, the first page on the first page.

    No list of contents and no dark ground.
    """
    html = tmp_path / "x.html"
    html.write_text(page_of(ROOT, 8, TODAY), encoding="utf-8")
    page = opened(browser, html, dark=True)
    page.pdf(path=tmp_path / "x.pdf", prefer_css_page_size=True)
    page.emulate_media(media="print", color_scheme="dark")
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    page.context.close()
    done = children.run(
        ["pdftotext", "-layout", tmp_path / "x.pdf", "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    first, second = map(str.strip, done.stdout.split("\f")[:2])
    assert "As of 21 November 2026" in first
    assert "Eighth meeting, Tokyo, 24 March 2023" in first.splitlines()[-1]
    assert re.search(r"Page\s1\sof\s\d", first)
    assert "What is to be done" in first
    assert "Further promises and plans" in second
    assert "Contents" not in done.stdout
    fonts = children.run(
        ["pdffonts", tmp_path / "x.pdf"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert {"SourceSans3-Regular", "SourceSans3-Semibold"} <= set(re.findall(r"\+([\w-]+)", fonts))


@pytest.mark.browser
def test_an_enlarged_page_needs_no_scrolling_sideways(browser: Browser, tmp_path: Path) -> None:
    """At 400 per cent a window of 1,280 pixels is as one of 320: the text reflows."""
    html = tmp_path / "x.html"
    html.write_text(page_of(ROOT, 8, TODAY), encoding="utf-8")
    page = opened(browser, html, width=320)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.context.close()


@pytest.mark.parametrize("text", ['"; } body { display: none', "\\", "</style>", "日本\n", ""])
def test_no_text_can_become_a_rule(text: str) -> None:
    """Heads and feet for browsers hold a record's words as numbers of characters."""
    written = css_text(text)
    assert re.fullmatch(r'"(\\[0-9a-f]{6})*"', written)
    assert (
        "".join(chr(int(number, 16)) for number in re.findall(r"\\([0-9a-f]{6})", written)) == text
    )
