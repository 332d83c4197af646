"""Tests of what leads out of a page: an error of the template, and a policy for the browser."""

from __future__ import annotations

import base64
import re
import shutil
import threading
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from typing import TYPE_CHECKING

import pytest
import tinyhtml5
from chromium import launched
from conftest import ROOT, VALID, run
from reading import words

from reporter.choice import Choice
from reporter.formats import html, leaks, policy
from reporter.problems import ReporterError
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog

    from reporter.reports.plan import Task

DAY, TODAY = date(2025, 6, 30), date(2026, 11, 21)
BEFORE = date(2025, 1, 31)
"""A day on which a meeting of the valid project is still to come."""
CREST = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0"/></svg>'


@dataclass(frozen=True)
class House:
    """A project with templates of its own, and a meeting of it; the language is read once."""

    project: Path
    theme: Theme
    task: Task

    def page(self, template: str, name: str = "crest.html") -> str:
        """Return the page of the meeting by one template of the project's own."""
        for path in self.theme.folders[0].glob("*.html"):
            path.unlink()
        (self.theme.folders[0] / name).write_text(template, encoding="utf-8")
        return html.render(self.theme, self.task.template, self.task.report, self.task.language)

    def told(self, template: str, name: str = "crest.html") -> list[str]:
        """Return the first lines of what is told of a template."""
        with pytest.raises(ReporterError) as caught:
            self.page(template, name)
        assert all(problem.hint for problem in caught.value.problems)
        return [
            problem.render(self.project).partition("\n")[0] for problem in caught.value.problems
        ]


DOT = "R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    """Return a project with a crest and a text in its templates."""
    project = shutil.copytree(VALID, tmp_path_factory.mktemp("house") / "project")
    (project / "templates").mkdir()
    (project / "templates" / "crest.svg").write_text(CREST, encoding="utf-8")
    (project / "templates" / "a b.png").write_bytes(base64.b64decode(DOT))
    (project / "templates" / "notes.txt").write_text("x", encoding="utf-8")
    (project / "secret.svg").write_text(CREST, encoding="utf-8")
    (task,) = plan(project, Choice("meeting", (1,)), DAY, asked=True).tasks(words("en"))
    return House(project, Theme.of(project), task)


# What leads out

OUT = "http://127.0.0.1:9/x"
LOADED = (
    '<img src="{}" alt="x">',
    "<IMG ALT=x SRC={}>",
    '<img alt="x" src=" \n{}">',
    "<img/src='{}'/alt=x>",
    '<img src="crest.svg" srcset="{} 2x" alt="x">',
    '<picture><source srcset="{}"><img src="crest.svg" alt="x"></picture>',
    '<image src="{}">',
    '<input type="image" src="{}" alt="x">',
    '<script src="{}"></script>',
    '<script type="application/json" src="{}"></script>',
    '<script type="module" src="{}"></script>',
    '<iframe src="{}"></iframe>',
    '<iframe srcdoc="&lt;img src={}&gt;"></iframe>',
    '<frameset><frame src="{}"></frameset>',
    '<embed src="{}">',
    '<object data="{}"></object>',
    '<applet code="{}"></applet>',
    '<video src="{}"></video>',
    '<video poster="{}"></video>',
    '<audio><source src="{}"></audio>',
    '<track src="{}">',
    '<portal src="{}"></portal>',
    '<link rel="stylesheet" href="{}">',
    '<link rel="preload prefetch icon" href="{}">',
    "<LINK REL=dns-prefetch HREF={}>",
    '<link rel="alternate" type="application/atom+xml" href="{}">',
    '<link rel="alternate stylesheet" href="feed.xml" media="{}">',
    '<base href="{}">',
    '<meta http-equiv="refresh" content="0; url={}">',
    '<META HTTP-EQUIV=Refresh CONTENT="0;{}">',
    '<meta http-equiv="Content-Security-Policy" content="img-src {}">',
    '<form action="{}"><button>x</button></form>',
    '<form><button formaction="{}">x</button></form>',
    '<a href="#x" ping="{}">x</a>',
    '<a href="#x" attributionsrc="{}">x</a>',
    '<body background="{}">',
    '<table background="{}"><tr><td>x</table>',
    '<html manifest="{}">',
    '<img longdesc="{}" src="crest.svg" alt="x">',
    '<p style="background: url({})">x</p>',
    "<p style=\"background: url('{}')\">x</p>",
    '<p style="background: u&#92;72l({})">x</p>',
    '<p style="--x: url({})">x</p>',
    "<p style=\"background: image-set('{}' 1x)\">x</p>",
    "<p style=\"background: -webkit-image-set(url('{}') 1x)\">x</p>",
    '<p STYLE="list-style: url({})">x</p>',
    "<style>p {{ background: url({}) }}</style>",
    '<style>@import "{}";</style>',
    "<style>@import url({});</style>",
    "<style>@\\69mport '{}';</style>",
    '<style media="screen">@font-face {{ font-family: X; src: url({}) }}</style>',
    '<svg><image href="{}"/></svg>',
    '<svg><image xlink:href="{}"/></svg>',
    '<svg><use href="{}#x"/></svg>',
    '<svg><use XLINK:HREF="{}#x"/></svg>',
    '<svg><rect fill="url({}#x)"/></svg>',
    '<svg><rect filter="url({}#x)"/></svg>',
    '<svg><g mask="url({}#x)"/></svg>',
    '<svg><filter><feImage href="{}"/></filter></svg>',
    '<svg><linearGradient href="{}#x"/></svg>',
    '<svg><script href="{}"/></svg>',
    '<svg><style>@import "{}";</style></svg>',
    '<svg><style><![CDATA[@import "{}";]]></style></svg>',
    '<svg><style>@im<g></g>port "{}";</style></svg>',
    '<svg><style>@im<!-- -->port "{}";</style></svg>',
    '<svg><foreignObject><img src="{}"/></foreignObject></svg>',
    '<svg><animate attributeName="href" to="{}"/></svg>',
    '<svg><set attributeName="href" to="{}"/></svg>',
    '<svg xml:base="{}"><use href="#x"/></svg>',
    '<math><mglyph src="{}"></math>',
    '<math href="{}">x</math>',
    '<!--><img src="{}" alt="x">-->',
    '<!-- --!><img src="{}" alt="x"> -->',
    '<![CDATA[><img src="{}" alt="x">]]>',
    '<noscript><p title="</noscript><img src={}>"></noscript>',
    '<template><img src="{}" alt="x"></template>',
    '<title><p></title><img src="{}" alt="x">',
    '<textarea></textarea><img src="{}" alt="x">',
    '<xmp><img src="{}"></xmp><img src="{}">',
    '<p title="\'"><img src="{}" alt="\'">',
)  # fmt: skip
RUN = (
    "<script>alert(1)</script>",
    "<script>\n{% include 'index.js' %} alert(1)\n</script>",
    "<SCRIPT>alert(1)</SCRIPT >",
    '<script type="text/javascript">alert(1)</script>',
    '<script type="module">alert(1)</script>',
    '<script language="x">alert(1)</script>',
    '<script id="x">alert(1)</script>',
    '<script type="application/json" type="module">1</script><script>alert(1)</script>',
    "<script>alert(1)",
    "<svg><script>alert(1)</script></svg>",
    '<p onclick="alert(1)">x</p>',
    "<p ONCLICK=alert(1)>x</p>",
    '<img src="crest.svg" onerror="alert(1)" alt="x">',
    "<svg onload=alert(1)></svg>",
    "<details ontoggle=alert(1) open>x</details>",
    "<body onload=alert(1)>",
    "<p onsomethingnew=x>x</p>",
    "<p/onclick=alert(1)>x</p>",
    '<p title="a"onclick="alert(1)">x</p>',
    "<x-widget></x-widget>",
    "<isindex>",
    "<plaintext>",
)
WAYS = (
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " \x01javascript:alert(1)".replace("\x01", "&#1;"),
    "java\tscript:alert(1)",
    "java\nscript:alert(1)",
    "java&#9;script:alert(1)",
    "java&Tab;script&colon;alert(1)",
    "java&NewLine;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61vascript:alert(1)",
    "javascript&#58;alert(1)",
    "&#32;&#9;javascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>".replace("<", "&lt;"),
    "data:image/svg+xml,x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "blob:https://example.org/x",
    "view-source:https://example.org/",
    "intent:x",
    "//example.org/",
    "\\\\example.org\\x",
    "/\\example.org",
    "/etc/passwd",
    "../secret.html",
    "%2e%2e/secret.html",
    "https:example.org",
    "https://",
    "https:///example.org",
    "https://user:password@example.org/",
    "https://example.org@evil.example/",
    "https://exa mple.org/",
    "https://example.org\\@evil.example/",
    "{{ 'java' ~ 'script:x' }}",
)


SOURCE = (
    "{'number': 1, 'address': ['javascript:x'], 'described': false, 'publisher': 'x', 'date': none,"
    " 'title': {'language': 'en', 'text': 'x'}, 'standing': 'official', 'read': 'full',"
    " 'languages': []}"
)
BODIES = (
    *(body.format(*[OUT] * 2) for body in LOADED),
    *RUN,
    *(f'<a href="{way}">x</a>' for way in WAYS),
    '<a href="#x" href="javascript:x">y</a><A HREF=javascript:x>x</A>',
    '<map><area href="javascript:alert(1)" alt="x"></map>',
    '<svg><a href="javascript:alert(1)"><text>x</text></a></svg>',
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<meta charset="iso-2022-jp">',
)


@pytest.mark.full
@pytest.mark.parametrize("name", ["crest.html", "meeting.html"])
@pytest.mark.parametrize("body", BODIES, ids=range(len(BODIES)))
def test_what_leads_out_is_an_error_at_its_line(house: House, body: str, name: str) -> None:
    """However it is written, and in whatever file of the theme."""
    template = f"<p>x</p>\n\n{body}\n<p>x</p>\n"
    lines = range(3, 4 + body.count("\n"))
    for shown in house.told(template, name):
        found = re.match(rf"templates/{name}:(\d+):1: error: ", shown)
        assert found, shown
        assert int(found[1]) in lines, shown


@pytest.mark.parametrize(
    ("template", "line"),
    [
        ('<p>\n<img\n  alt="x"\n  src="http://x">', 4),
        ("<style>\np { color: red }\n\np { background: url(http://x) }\n</style>", 4),
        ("{% macro a(u) %}\n<img src='{{ u }}'>\n{% endmacro %}\n{{ a('http://x') }}", 2),
        ("{% set a %}\n<img src='http://x'>\n{% endset %}\n\n{{ a }}", 2),
        ("{% set a = 'http://x' %}\n\n<img src='{{ a }}'>", 3),
        ((
            "{{ say('as_of', date='x') }}\n{% if true %}\n"
            "<img {% if true %}src='http:{{ '//x' }}'{% endif %}>\n{% endif %}"
        ), 3),
        ("{% for x in ['a', 'b'] %}\n<{{ 'i' }}mg src='http:/{{ '/' ~ x }}'>\n{% endfor %}", 2),
        ("{% import 'macros.html' as m with context %}\n\n{{ m.sources([" + SOURCE + "]) }}", 3),
    ],
)  # fmt: skip
def test_the_line_is_that_which_prints_it(house: House, template: str, line: int) -> None:
    """Inside a tag, a stylesheet, a macro, a loop; where it is put together from pieces, too."""
    told = house.told(template)
    assert {int(one.split(":")[1]) for one in told} == {line}
    assert all(one.startswith("templates/crest.html:") for one in told)


def test_a_program_in_the_place_of_ours(house: House, tmp_path: Path) -> None:
    """A project's own index.js is not run, but told; a copy of ours is ours."""
    project = shutil.copytree(VALID, tmp_path / "project")
    own = project / "templates"
    own.mkdir()
    ours = policy.program()
    (*_, index) = plan(project, Choice(), DAY, asked=True).tasks(words("en"))
    (own / "index.js").write_text(f"{ours}\n", encoding="utf-8")
    page = html.render(Theme.of(project), index.template, index.report, index.language)
    assert "script-src 'sha256-" in page
    (own / "index.js").write_text(f"{ours}\nalert(1)\n", encoding="utf-8")
    theme = Theme((own, Theme.of(VALID).folders[-1], house.project))  # one that nothing is kept of
    with pytest.raises(
        ReporterError, match=r"templates/index\.js:1:1: error: a page runs no program"
    ):
        html.render(theme, index.template, index.report, index.language)


@pytest.mark.full
@pytest.mark.parametrize("edition", ["internal", "public"])
@pytest.mark.parametrize("formats", [("html",), ("pdf",)])
def test_html_and_pdf_of_both_editions_are_told_alike(
    project: Path, edition: str, formats: tuple[str, ...]
) -> None:
    """Nothing is written, whatever is made, for whomever."""
    (project / "templates").mkdir()
    (project / "templates" / "crest.html").write_text("\n<img src='none.png'>", encoding="utf-8")
    options = [word for name in formats for word in ("--format", name)]
    done = run("build", "--meeting", "1", "--edition", edition, "--project", project, *options)
    assert done.returncode == 1
    assert (
        "templates/crest.html:2:1: error: there is no file 'none.png' in templates/" in done.stderr
    )
    assert [path.name for path in (project / "output").glob("meeting*")] == []


# What does not

HARMLESS = (
    '<a href="https://example.org/a?b=c&amp;d#e">x</a>',
    '<a href="http://example.org">x</a>',
    '<a href="https://[2001:db8::1]:8080/x">x</a>',
    '<a href="HTTPS://example.org/" target="_blank" rel="noopener">x</a>'.replace("HTTPS", "https"),
    '<a href="mailto:desk@example.org">x</a>',
    '<a href="#main">x</a> <a href="meeting-02.html#steps">x</a> <a href="ledger.pdf">x</a>',
    '<script type="application/json">{"a": "javascript:x"}</script>',
    "<script type='application/ld+json'>[]</script>",
    "<!-- <img src='http://x'> <script>alert(1)</script> -->",
    '<p title="<img src=http://x>" data-x="javascript:x" aria-label="onclick=x">javascript:x</p>',
    "<details open><summary>x</summary><time datetime=2024>x</time></details>",
    '<table border="1" align="left"><tr><td nowrap colspan="2" bgcolor="#fff">x</table>',
    '<form id="f"><label for="i">x</label><input id="i" name="x" type="search"></form>',
    (
        '<svg viewBox="0 0 1 1"><defs><linearGradient id="g"><stop offset="1"/>'
        '</linearGradient></defs></svg>'
    ),
    '<svg><rect fill="url(#g)" width="1" height="1"/><use href="#g"/><title>x</title></svg>',
    '<img src="data:image/png;base64,AAAA" alt="x">',
    '<svg><image href="data:image/png;base64,AAAA"/></svg>',
    "<style>p { color: red; background: url(data:image/png;base64,AAAA) }</style>",
    '<p style="color: red; width: calc(1px + 2px)">x</p>',
    "{{ '<script>alert(1)</script>' }} {{ '<img src=http://x>' }}",
    '<ol start="3" reversed><li value="4">x</ol><q cite="x">y</q><bdo dir="rtl">x</bdo>',
)  # fmt: skip


@pytest.mark.parametrize("body", HARMLESS, ids=range(len(HARMLESS)))
def test_what_leads_nowhere_is_printed(house: House, body: str) -> None:
    """Links that a reader clicks, data for machines, drawings and styles that are in the page."""
    assert "Bottom line" in house.page(body)


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ('<img src="crest.svg" alt="x">', 'src="data:image/svg+xml;base64,'),
        ("<img alt='src=\"none.svg\"' src = crest.svg>", 'src = "data:image/svg+xml;base64,'),
        ("<IMG ALT=x SRC='a%20b.png'>", 'SRC="data:image/png;base64,' + DOT + '"'),
        ('<img src="crest.svg" alt="x"><img src="a b.png" alt="y">',
         'src="data:image/png;base64,' + DOT + '"'),
        ('{{ picture("crest.svg", "x") }}', 'src="data:image/svg+xml;base64,'),
    ],
)  # fmt: skip
def test_a_picture_of_the_theme_goes_into_the_page(house: House, tag: str, printed: str) -> None:
    """Named as a file or by the function: the page stays one file."""
    page = house.page(tag)
    assert printed in page
    assert leaks.leaks(policy.unsealed(page)) == ([], [])


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("none.svg", "there is no file 'none.svg' in templates/"),
        ("fonts/none.png", "there is no file 'fonts/none.png' in templates/"),
        ("fonts", "there is no file 'fonts' in templates/"),
        ("notes.txt", "'notes.txt' is no picture"),
        ("../secret.svg", "'../secret.svg' leads out of the page, by 'src'"),
        ("/etc/passwd", "'/etc/passwd' leads out of the page, by 'src'"),
        ("", "'' leads out of the page, by 'src'"),
    ],
)
def test_a_picture_that_is_not_there(house: House, address: str, message: str) -> None:
    """It is an error in HTML, not only where it would be laid out on paper."""
    assert house.told(f'\n<img alt="x" src="{address}">') == [
        f"templates/crest.html:2:1: error: {message}"
    ]


# The quick look, and the real one


def read(page: str) -> tuple[list[leaks.Leak], list[leaks.NamedPicture]]:
    """Return what the parser finds, whatever the quick look says."""
    reader = leaks._LeakReader(page)
    reader.parse(page)
    reader.end()
    return reader.leaks, reader.pictures


def all_pages() -> Iterator[str]:
    """Yield a page of each kind, and more."""
    for root, days in ((VALID, (DAY, BEFORE)), (ROOT, (TODAY,))):
        for day in days:
            for task in plan(root, Choice(), day, asked=True).tasks(words("en")):
                if root is VALID or task.template != "agreement":
                    yield html.render(Theme.of(root), task.template, task.report, task.language)
    (ahead,) = plan(VALID, Choice("meeting", (2,)), BEFORE, asked=True).tasks(words("en"))
    yield html.render(Theme.of(VALID), ahead.template, ahead.report, ahead.language)


@pytest.fixture(scope="module")
def pages() -> list[str]:
    """Return the pages of all kinds of report by the default templates."""
    return list(all_pages())


@pytest.mark.full
def test_nothing_leads_out_of_our_pages(pages: list[str]) -> None:
    """Of no kind of report, as the parser reads it; they are so plain that a quick look will do."""
    assert len(pages) > 20
    for page in map(policy.unsealed, pages):
        assert read(page) == ([], [])
        assert leaks._is_plain(page)


def test_a_quick_look_overlooks_nothing() -> None:
    """What it passes, the parser passes, in whatever context it stands."""
    bodies = [
        *(body.format(*[OUT] * 2) for body in LOADED),
        *(body for body in RUN if "{%" not in body),
        *(f'<a href="{way}">x</a>' for way in WAYS),
        *(body for body in HARMLESS if "{{" not in body),
        *('<img src="crest.svg" alt="x">', "<p>x</p>", "x < y", "<", "a & b", "</p >", "<p/>"),
    ]
    around = [
        *("{}", "<select>{}</select>", "<title>{}</title>", "<table>{}</table>", "<p title='{}'>"),
        *("<svg>{}</svg>", "<svg><style>{}</style></svg>", "<style>{}</style>", "<!-- {} -->"),
        *('<p title="{}">', "<textarea>{}</textarea>", "<svg><title>{}</title></svg>", "<b{}>"),
        *('<script type="application/json">{}</script>', "<svg><desc>{}</desc></svg>", "<p {}"),
    ]
    plain = 0
    for body, other in product(bodies, around):
        page = f"<!doctype html><html><head></head><body>{other.format(body)}</body></html>"
        if leaks._is_plain(page):
            plain += 1
            assert read(page) == ([], []), page
    assert plain > 40


# The policy


def head_of(page: str) -> list[tuple[str, dict[str, str]]]:
    """Return the elements in the head of a page, as a browser finds them."""
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    return [(str(element.tag), dict(element.attrib)) for element in tree.find("head")]


@pytest.mark.full
def test_the_policy_comes_first(pages: list[str]) -> None:
    """Before all else in the head of each page; a program may run in the index only."""
    programs = 0
    for page in pages:
        tag, attributes = head_of(page)[0]
        assert (tag, attributes["http-equiv"]) == ("meta", "Content-Security-Policy")
        given = dict(part.split(" ", 1) for part in attributes["content"].split("; "))
        programs += "script-src" in given
        assert given.pop("script-src", "'sha256-").startswith("'sha256-")
        assert given == {
            "default-src": "'none'",
            "style-src": "'unsafe-inline'",
            "img-src": "data:",
            "font-src": "data:",
            "base-uri": "'none'",
            "form-action": "'none'",
        }
        assert page.count("Content-Security-Policy") == 1
    assert 0 < programs < len(pages) / 3


@pytest.mark.parametrize(
    "page",
    [
        "x",
        "",
        "<p>x",
        "<title>x</title>",
        "<head><title>x</title>",
        "<html><head><title>x</title></head>",
        (
            '<!DOCTYPE HTML PUBLIC "x">\n<HTML LANG="en" DATA-X=">">\n<HEAD PROFILE=x>\n'
            "<TITLE>x</TITLE>"
        ),
        "<!-- <html><head> -->\n<!doctype html><!-- x --><html><!-- y --><head><title>x</title>",
        "<!--><p>x</p><!-- --><html><head>",
        "<!---><p>x</p><!-- --><html><head>",
        "<!-- --!><html><head><title>x</title>",
        "<!-- x",
        "<?xml version='1.0'?><html><head><title>x</title>",
        "x<html><head><title>x</title>",
        "<html/><head/><title>x</title>",
        "<html\n><head\t><title>x</title>",
        "<html ><body><head><title>x</title>",
        "<header>x</header>",
        "<htmlx><head><title>x</title>",
        "<p title='<head>'>x</p>",
        "<noscript><head></noscript>",
    ],
)
def test_the_policy_comes_first_in_whatever_page(page: str) -> None:
    """A template cannot be written so that a browser would not follow it."""
    sealed = policy.sealed(page)
    tag, attributes = head_of(sealed)[0]
    assert (tag, attributes.get("http-equiv")) == ("meta", "Content-Security-Policy")
    assert policy.unsealed(sealed) == page
    doctype = re.search("<!doctype", page, re.IGNORECASE)
    assert not doctype or sealed.index("http-equiv") > doctype.start()


def test_a_page_as_served() -> None:
    """Its policy is in the header and not in its head; it runs the program of the server, too."""
    page = policy.sealed(f"<head><title>x</title><script>\n{policy.program()}\n</script>")
    bare, header = policy.served(page, "alert(1)")
    assert "Content-Security-Policy" not in bare
    given = dict(part.split(" ", 1) for part in header.split("; "))
    assert (given["connect-src"], given["frame-ancestors"]) == ("'self'", "'none'")
    assert given["default-src"] == "'none'"
    assert given["script-src"].count("'sha256-") == 2
    assert "unsafe" not in given["script-src"]


# In a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return the system's Chromium."""
    yield from launched()


@pytest.mark.browser
def test_no_page_of_ours_meets_its_policy(
    browser: Browser, pages: list[str], tmp_path: Path
) -> None:
    """Styles, faces, charts and the search of the index work, and nothing is asked for."""
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    path = tmp_path / "x.html"
    for text in pages:
        path.write_text(text, encoding="utf-8")
        page.goto(path.as_uri())
        assert page.evaluate("document.fonts.ready.then((all) => all.size)") > 5
        if page.query_selector("#search-box"):
            page.fill("#search-box", "a")
            assert page.inner_text("#search-found")
    context.close()
    assert said == []
    assert {url for url in asked if not url.startswith(("data:", path.as_uri()))} == set()


@pytest.fixture
def server() -> Iterator[tuple[str, list[str]]]:
    """Return the address of a server that nobody should ask, and what it is asked."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as found:
        threading.Thread(target=found.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{found.server_port}/x", asked
        found.shutdown()


@pytest.mark.browser
def test_the_policy_is_a_second_wall(
    browser: Browser, tmp_path: Path, server: tuple[str, list[str]]
) -> None:
    """What a template might smuggle past us asks for nothing and runs nothing in a browser.

    Only where a page sends its reader, or looks up a name before, no policy is asked.
    """
    address, asked = server
    bodies = [body for body in LOADED if "refresh" not in body.lower()]
    bodies = [body.format(*[f"{address}{number}"] * 2) for number, body in enumerate(bodies)]
    bodies += [body for body in RUN if "{%" not in body]
    start = "<!doctype html><html><head><title>x</title></head><body>"
    context = browser.new_context()
    page = context.new_page()
    ran: list[str] = []

    def end(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", end)
    path = tmp_path / "x.html"
    for number, body in enumerate(bodies):
        path = tmp_path / f"{number}.html"
        path.write_text(policy.sealed(f"{start}{body}"), encoding="utf-8")
        page.goto(path.as_uri())
    page.wait_for_timeout(500)
    assert (asked, ran) == ([], [])
    path.write_text(f"{start}<script>alert(1)</script><img src='{address}'>", encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_timeout(500)
    assert (len(asked), ran) == (1, ["1"]), "without a policy, both would be told"
    context.close()
