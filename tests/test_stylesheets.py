"""Tests of stylesheets and fonts of another house: whatever is odd in them is told at its line."""

from __future__ import annotations

import base64
import os
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import invoke
from reading import words

from reporter.choice import Choice
from reporter.formats import css, font, html, look
from reporter.formats.look import stylesheet
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.records.check import check
from reporter.reports.plan import plan
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable

SANS = (default_templates() / "fonts" / "SourceSans3-Regular.woff2").read_bytes()
OTF = Path(
    str(look.package_file("package:rendercv_fonts/XCharter/XCharter-Regular.otf"))
).read_bytes()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"/>'
DOT = base64.b64decode("R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs=")
SVG_64, DOT_64 = (base64.b64encode(content).decode() for content in (SVG, DOT))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the templates of a project, with fonts of several kinds and what is none."""
    folder = tmp_path / "templates"
    (folder / "fonts" / "folder.woff2").mkdir(parents=True)
    for name, content in {
        "fonts/sound.woff2": SANS,
        "fonts/sound.otf": OTF,
        "fonts/text.woff2": b"this is a text",
        "fonts/empty.ttf": b"",
        "fonts/short.woff2": SANS[:3000],
        "fonts/cut.woff2": SANS[:-4],
        "fonts/short.otf": OTF[:2000],
        "fonts/zeros.ttf": b"\0\1\0\0" + bytes(4000),
        "fonts/noise.ttf": b"\0\1\0\0" + bytes(range(256)) * 8,
        "crest.svg": SVG,
        "crest (1).png": DOT,
    }.items():
        (folder / name).write_bytes(content)
    (tmp_path / "secret.svg").write_text("<svg/>", encoding="utf-8")
    return folder


def problems(own: Path, sheet: str, name: str = "look.css") -> list[str]:
    """Return what is told of a stylesheet, each problem on a line."""
    (own / name).write_text(sheet, encoding="utf-8", newline="")
    with pytest.raises(ReporterError) as caught:
        stylesheet(Theme((own, default_templates())), name)
    assert all(problem.hint for problem in caught.value.problems)
    return [problem.render(own).partition("\n")[0] for problem in caught.value.problems]


FACE = "p {{ color: red }}\n\n@font-face {{ font-family: X;\n  src: {} }}"


@pytest.mark.parametrize("name", ["look.css", "fonts.css"])
@pytest.mark.parametrize(
    ("src", "message"),
    [
        ("url(fonts/none.woff2)", "there is no file 'fonts/none.woff2' in templates/"),
        ("url('fonts/none.ttf')", "there is no file 'fonts/none.ttf' in templates/"),
        ("URL( fonts/none.otf )", "there is no file 'fonts/none.otf' in templates/"),
        ("u\\72l(fonts/none.otf)", "there is no file 'fonts/none.otf' in templates/"),
        ("url(fonts/folder.woff2)", "there is no file 'fonts/folder.woff2' in templates/"),
        ("url(fonts)", "there is no file 'fonts' in templates/"),
        ("url()", "an address that is empty"),
        ("url(../secret.svg)", "'../secret.svg' leads out of the page"),
        ("url(/etc/passwd)", "'/etc/passwd' leads out of the page"),
        ("url(file:///etc/passwd)", "'file:///etc/passwd' leads out of the page"),
        ("url(https://example.org/x.woff2)", "'https://example.org/x.woff2' leads out of the page"),
        ("url(package:reporter/build.py)", "there is no 'package:reporter/build.py'"),
        ("url(package:rendercv_fonts/none.otf)", "there is no 'package:rendercv_fonts/none.otf'"),
        ('local("DejaVu Sans")', "a font of the machine"),
        ("url(fonts/text.woff2)", "'fonts/text.woff2': it is no font"),
        ("url(fonts/empty.ttf)", "'fonts/empty.ttf': it is no font"),
        ("url(crest.svg)", "'crest.svg': it is no font"),
        ("url(fonts/short.woff2)", "'fonts/short.woff2': it is damaged and cannot be read"),
        ("url(fonts/cut.woff2)", "'fonts/cut.woff2': it is damaged and cannot be read"),
        ("url(fonts/short.otf)", "'fonts/short.otf': it is damaged"),
        ("url(fonts/zeros.ttf)", "'fonts/zeros.ttf': it is damaged: a table is missing"),
        ("url(fonts/noise.ttf)", "'fonts/noise.ttf': it is damaged"),
        ("url(fonts/sound.woff2), url(fonts/none.ttf)", "there is no file 'fonts/none.ttf'"),
    ],
)
def test_a_font_that_cannot_be_had(own: Path, name: str, src: str, message: str) -> None:
    """Missing, elsewhere, no font or half of one: the line that names it is told, and why."""
    (shown,) = problems(own, FACE.format(src), name)
    assert re.match(rf"{name}:4:\d+: error: {re.escape(message)}", shown)


@pytest.mark.parametrize(
    "src",
    [
        "url(fonts/sound.woff2)",
        'url("fonts/sound.otf")',
        "url(package:rendercv_fonts/XCharter/XCharter-Regular.otf)",
        'url("package:rendercv_fonts/Noto%20Sans/NotoSansJP-Regular.ttf")',
        "url(data:font/woff2;base64,AAAA)",
    ],
)
def test_a_font_that_can_be_had(own: Path, src: str) -> None:
    """Files of the project, of the pinned packages, and what is in the stylesheet itself."""
    (own / "look.css").write_text(FACE.format(src), encoding="utf-8")
    found = stylesheet(Theme((own, default_templates())), "look.css")
    assert [face.family for face in found.faces] == ["X"]


def test_a_font_that_may_not_be_read(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is told where it is named, and that it is a matter of permissions."""
    plain = os.open

    def forbidden(path: str, *args: Any, **given: Any) -> int:  # noqa: ANN401 (as it is)
        if str(path).endswith(".woff2"):
            raise PermissionError(13, "Permission denied")
        return plain(path, *args, **given)

    monkeypatch.setattr(os, "open", forbidden)
    assert problems(own, FACE.format("url(fonts/sound.woff2)")) == [
        "look.css:4:12: error: 'fonts/sound.woff2': cannot be read: Permission denied"
    ]


def test_a_damaged_font_is_never_a_traceback() -> None:
    """Wherever a byte is wrong, it is sound enough or it is told."""
    for content in (SANS, OTF):
        found = {
            font.fault_of(content[:at] + bytes([content[at] ^ mask]) + content[at + 1 :])
            for at in (*range(60), *range(200, len(content), len(content) // 10))
            for mask in (0xFF,)
        }
        assert "it is damaged and cannot be read" in found
        assert all(not words or words.startswith("it is ") for words in found)


NESTED = 300
ODD = {
    "rules in rules": ("a { " * NESTED + "color: red" + " }" * NESTED, 1,
                       "nested more than 32 deep"),
    "over several lines": ("a {\n" * NESTED + "}\n" * NESTED, 33, "nested more than 32 deep"),
    "media in media": ("@media print { " * NESTED + "}" * NESTED, 1, "nested more than 32 deep"),
    "brackets": ("p { color: " + "(" * 3000 + ")" * 3000 + "}", 1, "nested more than 32 deep"),
    "open brackets": ("\np { color: " + "[" * 100_000, 2, "nested more than 32 deep"),
    "calculations": (f"p {{ top: {'calc(' * 50}1px{')' * 50} }}", 1, "nested more than 32 deep"),
    "negations": (f"{':not(' * 60}p{')' * 60} {{ color: red }}", 1, "nested more than 32 deep"),
    "digits": (f"p {{\n  order: {'9' * 5000} }}", 2, "a number of more than 100 digits"),
    "decimals": (f"p {{ top: 0.{'3' * 5000}px }}", 1, "a number of more than 100 digits"),
    "size": ("p { font-size: 1e9px }", 1, "the value 1e9px is too large"),
    "endless": ("p { width: -1e999cm }", 1, "the value -1e999cm is too large"),
    "percentage": ("p { width: 99999999% }", 1, "the value 99999999% is too large"),
    "number": ("p { z-index: 1e20 }", 1, "the number 1e20 is too large"),
    "open block": ("p { color: red }\nh1 { color: ", 2, "the block that begins here has no end"),
    "open media": ("\n@media print { p { color: red }", 2, "the block that begins here has no end"),
    "open bracket": ("p { color: rgb(1, 2", 1, "the bracket that begins here has no end"),
    "closed twice": ("p { color: red }\n}", 2, "nothing is open that '}' would close"),
    "open text": ('p {\n  content: "abc\n}', 2, "a text has no end on its line"),
    "open address": ("p {\n  background: url(abc\n}", 2, "this is no address"),
    "open comment": ("p { color: red }\n /* abc", 2, "a comment has no end"),
    "comment in comment": ("/* a */\n/* b /* c", 2, "a comment has no end"),
    "import": ("p { color: red }\n@import 'x.css';", 2, "an '@import' loads another stylesheet"),
    "import by code": ("@\\69 mport url(x.css);", 1, "an '@import' loads another stylesheet"),
    "network": ("p { background: url(http://x/y.png) }", 1, "'http://x/y.png' leads out"),
    "network in quotes": ("p { background: url('https://x/y') }", 1, "'https://x/y' leads out"),
    "no scheme": ("p { background: url(//x/y.png) }", 1, "'//x/y.png' leads out"),
    "backslashes": ("p { background: url('\\\\\\\\x\\\\y') }", 1, r"'\\x\y' leads out"),
    "in a variable": (":root { --x: url(http://x) }", 1, "'http://x' leads out"),
    "in a set": ("p { background: image-set('http://x' 1x) }", 1, "'http://x' leads out"),
    "in an old set": ("p { background: -webkit-image-set(url(http://x) 1x) }", 1, "leads out"),
    "in a nested rule": ("p { & b { background: url(http://x) } }", 1, "'http://x' leads out"),
    "in a page": ("@page { @top-left { content: url(http://x) } }", 1, "'http://x' leads out"),
    "by a variable": ("p { background: image-set(var(--x) 1x) }", 1,
                      "an address that 'var()' is to give"),
    "by an attribute": ("p { background: src(attr(title)) }", 1,
                        "an address that 'attr()' is to give"),
    "by code": ("p { background: \\75\\72\\6c(http://x) }", 1, "'http://x' leads out"),
    "page as picture": ("p { background: url(data:text/html,x) }", 1,
                        "'data:text/html,x' leads out"),
    "folder": ("p {\n\n background: url(fonts) }", 3, "there is no file 'fonts' in templates/"),
    "nothing": ("p { background: url('') }", 1, "an address that is empty"),
    "itself": ("p { background: url(look.css) }", 1, "'look.css' is no picture"),
    "no file": ("/* url(none.svg) */\np { cursor: url(none.svg) }", 2,
                "there is no file 'none.svg'"),
    "windows": ("p { color: red }\r\n\r\np { cursor: url(none.svg) }", 3,
                "there is no file 'none.svg'"),
}  # fmt: skip


@pytest.mark.parametrize("name", ["look.css", "style.css"])
@pytest.mark.parametrize("odd", ODD)
def test_what_is_odd_in_a_stylesheet_is_told_at_its_line(own: Path, name: str, odd: str) -> None:
    """However deep, huge, open or far away: the stylesheet, its line, and what to do."""
    sheet, line, message = ODD[odd]
    shown = [one for one in problems(own, sheet, name) if message in one]
    assert [re.match(rf"{name}:{line}:\d+: error: ", one) is not None for one in shown] == [True]


def test_all_that_is_wrong_is_told_at_once(own: Path) -> None:
    """Line by line, as in records."""
    found = problems(own, "p { background: url(a.svg) }\np { background: url(b.svg) }\np { color: ")
    assert [one.split(":")[1] for one in found] == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("sheet", "taken"),
    [
        ("p { color: red }", "p { color: red }"),
        ("/* no */p { color: red }", "p { color: red }"),
        ("p { background: url(crest.svg) }",
         f'p {{ background: url("data:image/svg+xml;base64,{SVG_64}") }}'),
        ("p { background: url(crest.svg#a) }",
         f'p {{ background: url("data:image/svg+xml;base64,{SVG_64}#a") }}'),
        ("p { background: url('crest (1).png') }",
         f'p {{ background: url("data:image/png;base64,{DOT_64}") }}'),
        ("p { background: url( 'crest (1).png' ) }",
         f'p {{ background: url("data:image/png;base64,{DOT_64}") }}'),
        ("p { background: url(crest%20\\(1\\).png) }",
         f'p {{ background: url("data:image/png;base64,{DOT_64}") }}'),
        ("p { background: image-set('crest.svg' 1x) }",
         f'p {{ background: image-set("data:image/svg+xml;base64,{SVG_64}" 1x) }}'),
        ("p { fill: url(#a) }", "p { fill: url(#a) }"),
        ("p { background: url(data:image/png;base64,AAAA) }",
         "p { background: url(data:image/png;base64,AAAA) }"),
        ("@namespace svg url(http://www.w3.org/2000/svg);",
         "@namespace svg url(http://www.w3.org/2000/svg);"),
        ("@media print { @font-face { font-family: X } p { color: red } }",
         "@media print {  p { color: red } }"),
        (":root { --a: 1px; --B: #FfF } p::before { content: '\\201c' }",
         ":root { --a: 1px; --B: #FfF } p::before { content: '\\201c' }"),
        ("p { margin: -9999px; z-index: 2147483647 }",
         "p { margin: -9999px; z-index: 2147483647 }"),
        ("", ""),
    ],
)  # fmt: skip
def test_what_is_sound_is_taken_in(own: Path, sheet: str, taken: str) -> None:
    """Pictures become part of it, comments and faces leave it, and the rest stays as it means."""
    (own / "look.css").write_text(sheet, encoding="utf-8")
    assert stylesheet(Theme((own, default_templates())), "look.css").text.strip() == taken


def test_the_default_stylesheets_are_sound() -> None:
    """They are taken in without a look at each: none has an address, but for those of the faces."""
    sheets = {
        path.name: css.SheetTokens(path.read_text("utf-8"))
        for path in default_templates().glob("*.css")
    }
    assert len(sheets) >= 6
    for name, sheet in sheets.items():
        assert sheet.faults == [], name
        assert [
            one.value for one in sheet.addresses if not (one.of_face and name == "fonts.css")
        ] == []
        assert bool(sheet.faces()) is (name == "fonts.css")


# Merges that are not finished

CONFLICT = "<<<<<<< HEAD\n{}=======\n{}>>>>>>> theirs\n"


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("crest.html", "\n" + CONFLICT.format("a\n", "b\n"), 2),
        ("crest.html", "{# x\n=======\n#}", 2),
        ("crest.html", "<<<<<<< HEAD\r\na\r\n=======\r\nb\r\n>>>>>>> x\r\n", 1),
        ("meeting.html", "x\n||||||| base\n", 2),
        ("look.css", CONFLICT.format("p {}\n", ""), 1),
        ("style.css", "/*\n<<<<<<< HEAD\n*/", 2),
        ("index.js", ">>>>>>> x", 1),
        ("languages/en.yaml", CONFLICT.format("locale: en_GB\n", "locale: en_US\n"), 1),
        ("languages/en.yaml", "locale: en_GB\n=======\n", 2),
    ],
)
def test_markers_of_a_merge(project: Path, name: str, text: str, line: int) -> None:
    """In templates, languages and stylesheets, each is told at its line, by check and by build."""
    path = project / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8", newline="")
    for reading in (check, every_page):
        with pytest.raises(ReporterError) as caught:
            reading(project)
        (problem,) = caught.value.problems
        shown = problem.render(project)
        assert shown.startswith(f"templates/{name}:{line}:1: error: ")
        assert "is the mark of a merge that is not finished" in shown


def every_page(project: Path) -> None:
    """Make the pages of a project."""
    theme = Theme.of(project)
    language_of(theme, "en")
    for task in plan(project, Choice(), date(2025, 6, 30), asked=True).tasks(words("en")):
        html.render(theme, task.template, task.report, task.language)


def test_what_only_looks_like_a_marker(own: Path) -> None:
    """Eight signs, fewer, or a marker in the middle of a line are somebody's ornament."""
    text = "/* ======= */\n/*\n========\n======\n <<<<<<< x\n<<<<<<<x\n======= x\n*/"
    (own / "look.css").write_text(text, encoding="utf-8")
    assert stylesheet(Theme((own, default_templates())), "look.css").text.strip() == ""


# From the command line


@pytest.fixture
def told(project: Path) -> Callable[..., str]:
    """Return a function that builds with a stylesheet, and returns what is told."""

    def build(sheet: str, *formats: str) -> str:
        (project / "templates" / "fonts").mkdir(parents=True)
        (project / "templates" / "look.css").write_text(sheet, encoding="utf-8")
        options = [word for name in formats for word in ("--format", name)]
        done = invoke(
            "build", "--meeting", "1", "--as-of", "2025-06-30", "--project", project, *options
        )
        assert done.exit_code == 1
        assert "Traceback" not in done.stderr
        assert not list((project / "output").glob("*.html"))
        return done.stderr

    return build


@pytest.mark.parametrize(
    ("odd", "formats"),
    [("rules in rules", ("html",)), ("rules in rules", ("pdf",)), ("digits", ("html", "pdf"))],
)
def test_html_and_pdf_are_told_alike(
    told: Callable[..., str], odd: str, formats: tuple[str, ...]
) -> None:
    """Whatever is made, the same is told, once, and nothing is written."""
    sheet, line, message = ODD[odd]
    shown = told(sheet, *formats)
    assert re.match(rf"templates/look\.css:{line}:\d+: error: .*{re.escape(message)}", shown)
    assert shown.count("error:") == 1


def test_a_missing_font_is_told_when_only_the_pdf_has_it(told: Callable[..., str]) -> None:
    """A file that no browser would need is missed at the line that names it."""
    shown = told(FACE.format("url(fonts/none.ttf)"), "pdf")
    assert shown.startswith("templates/look.css:4:12: error: there is no file 'fonts/none.ttf'")


def test_check_reads_templates_and_stylesheets(project: Path) -> None:
    """All of them, and all problems at once, those of the records too."""
    own = project / "templates"
    own.mkdir()
    (own / "crest.html").write_text("\n{{ 1 | nonsense }}", encoding="utf-8")
    (own / "ledger.html").write_text("{% if %}", encoding="utf-8")
    (own / "look.css").write_text("\n\np { background: url(none.svg) }", encoding="utf-8")
    (project / "data" / "people.yaml").write_text("- {id: x}\n", encoding="utf-8")
    done = invoke("check", "--project", project)
    assert done.exit_code == 1
    found = re.findall(r"^((?:data|templates)/[\w./]+):(\d+)", done.stderr, re.MULTILINE)
    assert {("templates/crest.html", "2"), ("templates/ledger.html", "1")} <= set(found)
    assert {("templates/look.css", "3"), ("data/people.yaml", "1")} <= set(found)


def test_a_sound_project_with_templates_is_checked(project: Path) -> None:
    """Nothing is told of what is as it should be."""
    own = project / "templates"
    own.mkdir()
    (own / "crest.html").write_text("{{ report.id }}", encoding="utf-8")
    (own / "look.css").write_text(":root { --accent: #123456 }", encoding="utf-8")
    done = invoke("check", "--project", project)
    assert (done.exit_code, done.stderr) == (0, "")
