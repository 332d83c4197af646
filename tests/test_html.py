"""Tests of the HTML: no markup from records, no silent templates, one file for everyone."""

from __future__ import annotations

import base64
import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, VALID, page_of
from reading import words

from reporter.choice import Choice
from reporter.formats import html
from reporter.formats.html.template_names import typographic
from reporter.formats.markup import with_one_stop, with_scripts_marked
from reporter.formats.policy import unsealed
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.reports.plan import plan
from reporter.theme import Theme

DAY = date(2025, 6, 30)
TODAY = date(2026, 11, 21)
BEFORE = date(2025, 1, 31)
"""A day on which meeting 2 of the valid project is still to come."""
FONTS = 250 * 1024
VOID = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")

HOSTILE = """ <script>alert('x')</script> & "q" onload="x" {{ 7*7 }} {% if %} {0} {n} %s \
</style><!-- ]]>"""
STRAIGHT = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")
"""The page has typographic quotation marks."""
TEXTS = frozenset(
    {
        "text",
        "name",
        "title",
        "publisher",
        "author",
        "en",
        "city",
        "why",
        "fact",
        "value",
        "used",
        "where",
        "summary",
    }
)


@dataclass
class Page(HTMLParser):
    """A page as a browser sees it: its elements with attributes and languages, and its text."""

    elements: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    """Each text with the language that holds for it."""
    styles: str = ""
    data: str = ""
    """What is in scripts: no program, only data for machines."""
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[str, str]] = []

    @classmethod
    def of(cls, text: str) -> Page:
        """Return the page of a text."""
        page = cls()
        page.feed(text)
        page.close()
        page.unclosed += [tag for tag, _ in page._open]
        return page

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append((tag, attributes))
        if tag not in VOID:
            self._open.append(
                (tag, attributes.get("lang", self._open[-1][1] if self._open else ""))
            )

    def handle_endtag(self, tag: str) -> None:
        """Close an element; all must be closed in turn."""
        if self._open and self._open[-1][0] == tag:
            self._open.pop()
        else:
            self.unclosed.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Take a text."""
        inside = self._open[-1][0] if self._open else ""
        if inside == "style":
            self.styles += data
        elif inside == "script":
            self.data += data
        elif data.strip():
            self.texts.append((self._open[-1][1] if self._open else "", data))

    def values(self, name: str) -> list[str]:
        """Return all values of an attribute."""
        return [attributes[name] for _, attributes in self.elements if name in attributes]

    @property
    def text(self) -> str:
        """All that is to be read, on one line."""
        return " ".join(" ".join(text for _, text in self.texts).split())


def programs(page: Page) -> list[dict[str, str]]:
    """Return the scripts of a page that do something; data for machines do nothing."""
    return [
        attributes
        for tag, attributes in page.elements
        if tag == "script" and attributes != {"type": "application/ld+json"}
    ]


@pytest.fixture(scope="module", params=[8, 9, 1])
def real(request: pytest.FixtureRequest) -> str:
    """Return the page of a real meeting."""
    return page_of(ROOT, request.param, TODAY)


@pytest.fixture(
    scope="module",
    params=[
        (ROOT, 8, TODAY),
        (ROOT, 9, date(2024, 1, 1)),
        (VALID, 1, DAY),
        (VALID, 2, DAY),
        (VALID, 2, BEFORE),
    ],
)
def text(request: pytest.FixtureRequest) -> str:
    """Return one of several pages: real and invented, of meetings held and to come."""
    return page_of(*request.param)


@pytest.fixture(scope="module")
def page(text: str) -> Page:
    """Return the same, as a browser sees it."""
    return Page.of(text)


# What comes out of records


def infected(value: Any, key: str = "") -> Any:  # noqa: ANN401
    """Return data with something hostile in every free text."""
    if isinstance(value, dict):
        return {name: infected(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [infected(inner, key) for inner in value]
    if value in {"true", "false"}:
        return value == "true"
    return (
        value + HOSTILE
        if isinstance(value, str) and key in TEXTS and value != "not verified"
        else value
    )


@pytest.fixture
def hostile(project: Path) -> Path:
    """Return the valid project, every free text of which tries to be something else."""
    for path in project.joinpath("data").rglob("*.yaml"):
        # this loader makes texts, lists and mappings only
        loaded = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
        path.write_text(
            yaml.dump(infected(loaded), allow_unicode=True, sort_keys=False, width=10**6),
            encoding="utf-8",
        )
    return project


@pytest.mark.parametrize(("number", "day"), [(1, DAY), (2, DAY), (2, BEFORE)])
def test_records_never_become_markup(hostile: Path, number: int, day: date) -> None:
    """Brackets, quotes, braces and ampersands of a text are printed as they are, everywhere.

    They are escaped once.
    """
    text = page_of(hostile, number, day)
    page = Page.of(text)
    assert programs(page) == []
    assert "<" not in page.data
    words = page.text.translate(STRAIGHT)
    assert words.count(HOSTILE.strip()) > 10
    for told in ("<script>" + part for part in words.split("<script>")[1:]):
        whole = HOSTILE.strip()
        assert told.startswith(whole) or whole.startswith(told.partition("…")[0].strip()), (
            "neither whole nor cut where it is long"
        )
    assert re.findall(r"&(?:amp|lt|gt|quot|#\d+);?", page.text) == []
    assert "alert" not in page.styles
    assert [
        name for _, attributes in page.elements for name in attributes if name.startswith("on")
    ] == []
    assert {tag for tag, _ in page.elements} <= {
        tag for tag, _ in Page.of(page_of(VALID, 1, DAY) + page_of(VALID, 2, BEFORE)).elements
    }
    assert page.unclosed == []


def test_addresses_of_records_lead_to_the_web_only(project: Path) -> None:
    """A script in place of an address is refused before it reaches the page."""
    documents = project / "data" / "documents.yaml"
    text = documents.read_text(encoding="utf-8")
    documents.write_text(
        text.replace("paragraphs: 3}", "paragraphs: 3, address: 'javascript:alert(1)'}"),
        encoding="utf-8",
    )
    with pytest.raises(ReporterError, match=r"javascript:alert"):
        page_of(project, 1, DAY)


# What templates may do


def filled(project: Path, template: str, name: str = "meeting.html") -> str:
    """Return the page of meeting 1 by a template of the project's own, without its policy."""
    path = project / "templates" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(template, encoding="utf-8")
    return unsealed(page_of(project, 1, DAY))


def fault(project: Path, template: str, name: str = "meeting.html") -> str:
    """Return the only problem of a template, as it is printed."""
    with pytest.raises(ReporterError) as caught:
        filled(project, template, name)
    (problem,) = caught.value.problems
    return problem.render(project)


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("<p>\n{{ nobody }}", 2, "'nobody' is undefined"),
        ("{{ report.nothing }}", 1, "has no attribute 'nothing'"),
        ("{% if report.nothing %}{% endif %}", 1, "has no attribute 'nothing'"),
        ("{% for x in report.nothing %}{% endfor %}", 1, "has no attribute 'nothing'"),
        ("\n\n{{ report.heading.nothing.more }}", 3, "has no attribute 'nothing'"),
        ("{{ say('nonsense') }}", 1, "there is no word 'nonsense'"),
        ("{{ of('status', 'nonsense') }}", 1, "there is no word 'nonsense'"),
        ("{{ of('nonsense', 'met') }}", 1, "there is no word 'nonsense'"),
        ("{{ say('as_of') ~ say('as_of', day=1) }}", 1, "there is no word 'date'"),
        ("\n{% include 'nothing.html' %}", 2, "there is no file 'nothing.html'"),
        ("{% import 'nothing.html' as m %}", 1, "there is no file 'nothing.html'"),
        ("\n{{ style('nothing.css') }}", 2, "there is no file 'nothing.css'"),
        ("{{ embed('nothing.woff2') }}", 1, "there is no file 'nothing.woff2'"),
        ("{{ embed('/etc/passwd') }}", 1, "there is no file '/etc/passwd'"),
        ("{{ style('../data/project.yaml') }}", 1, "there is no file '../data/project.yaml'"),
        ("{% include '../data/project.yaml' %}", 1, "there is no file '../data/project.yaml'"),
        ("\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ report.sources + 1 }}", 1, "concatenate"),
        ("{% for x in range(10**9) %}{% endfor %}", 1, "Range too big"),
        ("{{ report.__class__.__mro__ }}", 1, "unsafe"),
        ("{{ ''.__class__ }}", 1, "unsafe"),
    ],
)
def test_a_template_that_cannot_be_filled(
    project: Path, template: str, line: int, message: str
) -> None:
    """Nothing is printed as a gap: the error names the template's file and line, and the value."""
    shown = fault(project, template)
    assert shown.startswith(
        f"templates/meeting.html:{line}:1: error: the template cannot be filled: "
    )
    assert message in shown


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("\n\n{% if report %}", 3, "Unexpected end of template"),
        ("{{ report. }}", 1, "expected name or number"),
        ("{% nonsense %}", 1, "Encountered unknown tag 'nonsense'"),
        ("\n{{ 1 | nonsense }}", 2, "No filter named 'nonsense'"),
        ("{{ 'open }}", 1, "unexpected char"),
    ],
)
def test_a_template_that_is_none(project: Path, template: str, line: int, message: str) -> None:
    """A slip in the syntax is shown at its line."""
    shown = fault(project, template)
    assert shown.startswith(f"templates/meeting.html:{line}:1: error: the template is wrong: ")
    assert message in shown


def test_the_innermost_template_is_named(project: Path) -> None:
    """A wrong name in a macro is shown in the macro's file, not where it was called."""
    default = Theme.of(VALID).file("macros.html").read_text(encoding="utf-8")
    shown = fault(
        project,
        default.replace("{% macro label(name) %}", "{% macro label(name) %}{{ name.nothing }}", 1),
        "macros.html",
    )
    line = default[: default.index("{% macro label(name) %}")].count("\n") + 1
    assert shown.startswith(
        f"templates/macros.html:{line}:1: error: the template cannot be filled: "
    )


def test_a_template_that_is_not_utf_8(project: Path) -> None:
    """It is named, and there is no traceback."""
    project.joinpath("templates").mkdir()
    project.joinpath("templates", "meeting.html").write_bytes(b"caf\xe9")
    with pytest.raises(ReporterError) as caught:
        page_of(project, 1, DAY)
    assert [problem.render(project).partition("\n")[0] for problem in caught.value.problems] == [
        "templates/meeting.html:1:4: error: not UTF-8"
    ]


def test_templates_override_file_by_file(project: Path) -> None:
    """A project that has one file of its own takes all others from the defaults."""
    assert filled(project, "Meeting {{ report.heading.number }}") == "Meeting 1"
    project.joinpath("templates", "meeting.html").unlink()
    changed = filled(project, ":root { --accent: #123456 }", "style.css")
    assert ":root { --accent: #123456 }" in changed
    assert "--accent: #0f4c75" not in changed
    assert "Bottom line</h2>" in changed


def test_a_template_may_extend_another(project: Path) -> None:
    """A file of the project's own may build on a default one of another name."""
    template = '{% extends "base.html" %}{% import "macros.html" as m with context %}'
    template += "{% block main %}{{ m.label(report.masthead.series) }}{% endblock %}"
    page = Page.of(filled(project, template))
    assert page.text.count("Space Talks of State A and State B") == 2


def test_a_stylesheet_cannot_end_its_element(project: Path) -> None:
    """Whatever is in a stylesheet of the theme, it stays a stylesheet."""
    assert (
        programs(Page.of(filled(project, 'p::after { content: "</style><script>" }', "style.css")))
        == []
    )


def test_a_word_keeps_the_markup_of_what_is_filled_in(project: Path) -> None:
    """A name with its language stays markup in a sentence, which is itself escaped once."""
    template = """{% import "macros.html" as m with context %}\
{% set name = {"language": "ja", "text": "<内閣府>"} %}
{{ say("as_of", date=m.label(name)) }} | {{ say("as_of", date="<b>") }} | \
{{ say("as_of", date=m.label(name)) | upper_first }}"""
    words = (
        Theme.of(VALID)
        .file("languages/en.yaml")
        .read_text(encoding="utf-8")
        .replace('"As of {date}"', '"as of <{date}>"')
    )
    project.joinpath("templates", "languages").mkdir(parents=True)
    project.joinpath("templates", "languages", "en.yaml").write_text(words, encoding="utf-8")
    marked = '<span lang="ja">&lt;内閣府&gt;</span>'
    assert (
        filled(project, template).strip()
        == f"as of &lt;{marked}&gt; | as of &lt;&lt;b&gt;&gt; | As of &lt;{marked}&gt;"
    )


def test_numbers_and_none_in_json(project: Path) -> None:
    """Data for a script cannot end the script."""
    assert filled(project, "{{ ['</script>', 1, none] | json }}") == '["\\u003c/script>", 1, null]'


# What a page is


def test_the_page_is_well_formed(page: Page) -> None:
    """Every element is closed in its turn."""
    assert page.unclosed == []


def test_head(page: Page) -> None:
    """Title, language, author and both dates are there, for a browser and for the PDF."""
    metas = {
        attributes["name"]: attributes["content"]
        for tag, attributes in page.elements
        if tag == "meta" and "name" in attributes
    }
    assert next(attributes for tag, attributes in page.elements if tag == "html") == {"lang": "en"}
    assert ": " in page.texts[0][1]
    assert all(metas[name] for name in ("author", "description", "viewport", "generator"))
    assert date.fromisoformat(metas["dcterms.created"]) <= date.fromisoformat(
        metas["dcterms.modified"]
    )


def test_one_title_and_headings_in_order(page: Page) -> None:
    """There is one first heading, and no level is left out."""
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_nothing_is_loaded_from_anywhere(page: Page) -> None:
    """It is one file: no element or stylesheet loads an address; only links lead out of it."""
    assert programs(page) == []
    assert [
        tag for tag, _ in page.elements if tag in {"link", "iframe", "object", "embed", "base"}
    ] == []
    loaded = [
        value
        for name in ("src", "srcset", "data", "poster", "action")
        for value in page.values(name)
    ]
    assert [value for value in loaded if not value.startswith("data:")] == []
    assert {tag for tag, attributes in page.elements if "href" in attributes} <= {"a"}
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]*)", page.styles)
    assert len(addresses) >= 7
    assert [
        one for one in addresses if not one.startswith(("data:font/woff2;", "data:font/woff;"))
    ] == []
    assert "@import" not in page.styles


def test_fonts(page: Page) -> None:
    """The embedded faces are WOFF2 and weigh at most 250 KiB as they stand in the page.

    Where the page has signs of another script, one more holds these.
    """
    faces = re.findall(r"url\(\"data:font/woff2;base64,([^\"]+)\"\)", page.styles)
    assert len(faces) == len(set(faces))
    assert len(faces) - 7 in {0, 1}
    assert all(base64.b64decode(face).startswith(b"wOF2") for face in faces)
    assert sum(map(len, faces)) <= FONTS


def test_links(page: Page) -> None:
    """They lead to a place in the page, to another report beside it, or to the web."""
    strange = [
        value
        for value in page.values("href")
        if not re.match(r"#[\w-]+$|[\w-]+\.html(#[\w-]+)?$|https?://", value)
    ]
    assert strange == []


def test_ids_are_unique(page: Page) -> None:
    """No two elements have one id."""
    assert [name for name, number in Counter(page.values("id")).items() if number > 1] == []


def test_links_inside_the_page_lead_somewhere(page: Page) -> None:
    """Every fragment, and every label by id, names an element that is there."""
    ids = set(page.values("id"))
    used = [value[1:] for value in page.values("href") if value.startswith("#")]
    used += [
        name
        for attribute in ("aria-labelledby", "aria-describedby", "headers", "for")
        for value in page.values(attribute)
        for name in value.split()
    ]
    assert len(used) > 10
    assert [name for name in used if name not in ids] == []


def test_citations_have_entries(page: Page) -> None:
    """Sources are numbered from one without a gap, and each is cited."""
    entries = [name for name in page.values("id") if name.startswith("source-")]
    assert entries == [f"source-{number}" for number in range(1, len(entries) + 1)]
    assert sorted(
        {value[1:] for value in page.values("href") if value.startswith("#source-")}
    ) == sorted(entries)


def test_tables(page: Page) -> None:
    """Every head of a row or a column says which it is."""
    assert [
        attributes
        for tag, attributes in page.elements
        if tag == "th" and attributes.get("scope") not in {"col", "row"}
    ] == []


def test_no_path_of_the_machine(text: str) -> None:
    """Nothing says where the page was made."""
    assert [
        place
        for place in (
            str(ROOT),
            str(Path.home()),
            "file:",
            "/usr/",
            "/tmp/",  # noqa: S108
            "site-packages",
        )
        if place in text
    ] == []


def test_japanese_is_marked(real: str) -> None:
    """Each text with Japanese characters is in an element that says so.

    In an English sentence they are names only.
    """
    page = Page.of(real)
    found = [(language, text) for language, text in page.texts if JAPANESE.search(text)]
    assert len(found) > 2
    assert [
        text
        for language, text in found
        if language != "ja" and 2 * len(JAPANESE.findall(text)) > len(re.findall(r"\w", text))
    ] == []
    spoken = [
        value
        for _, attributes in page.elements
        for name, value in attributes.items()
        if name != "href"
    ]
    assert [value for value in spoken if JAPANESE.search(value)] == []


def test_english_is_not_marked_as_japanese(real: str) -> None:
    """A text that is marked as Japanese has Japanese characters in it."""
    assert [
        text
        for language, text in Page.of(real).texts
        if language == "ja" and not JAPANESE.search(text)
    ] == []


def test_the_same_twice() -> None:
    """The same records give the same page."""
    assert page_of(VALID, 1, DAY) == page_of(VALID, 1, DAY)


def test_asked_or_not() -> None:
    """A day that was asked for is printed; otherwise the latest day on which anything changed."""
    assert "As of 30 June 2025" in page_of(VALID, 1, DAY)


def test_every_mark_stands_beside_its_word(page: Page) -> None:
    """A mark never shows a status alone: it is hidden from screen readers, and a word follows."""
    marks = [
        attributes
        for tag, attributes in page.elements
        if tag == "span" and "mark" in attributes.get("class", "").split()
    ]
    assert [attributes for attributes in marks if attributes.get("aria-hidden") != "true"] == []


def test_environment_is_strict() -> None:
    """No setting of the environment lets a template leave a gap or a text escape escaping."""
    environment = html._environment(Theme.of(VALID), "en")
    assert environment.autoescape is True
    assert environment.undefined.__name__ == "StrictUndefined"
    templates = [path for path in Theme.of(VALID).files() if path.suffix == ".html"]
    assert len(templates) > 3
    assert [
        path.name
        for path in templates
        if re.search(r"\|\s*safe\b|autoescape", path.read_text(encoding="utf-8"))
    ] == []


def test_a_body_of_which_no_name_is_verified_is_listed(project: Path) -> None:
    """As what it is: not verified."""
    path = project / "data" / "organisations.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Department of Foreign Relations", "not verified"),
        encoding="utf-8",
    )
    assert "not verified" in page_of(project, 1, DAY)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ("{# no end", "the template is wrong: Missing end of comment tag"),
        (
            "{{ report.id | when }}",
            "the template cannot be filled: 'str' object has no attribute 'start'",
        ),
        (
            "{{ none | day }}",
            "the template cannot be filled: 'NoneType' object has no attribute 'year'",
        ),
        ("{{ say() }}", "the template cannot be filled: "),
        (
            "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
            "the template cannot be filled: it includes or calls itself without end",
        ),
        (
            "{% include 'index.html' %}",
            "the template cannot be filled: it includes or calls itself without end",
        ),
    ],
)
def test_a_template_of_the_project_is_to_blame_for_what_it_asks(
    project: Path, wrong: str, message: str
) -> None:
    """With its file and line, also where it is our code that cannot do it."""
    own = project / "templates" / "index.html"
    own.parent.mkdir()
    own.write_text(f"<p>\n{wrong}", encoding="utf-8")
    (*_, task) = plan(project, Choice(), DAY, asked=True).tasks(words("en"))
    with pytest.raises(ReporterError) as caught:
        html.render(Theme.of(project), task.template, task.report, task.language)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.message[: len(message)]) == (own, 2, message)


@pytest.mark.parametrize("wrong", ["{% if %}", "{# no end", "{% extend"])
def test_a_template_is_named_in_a_project_that_is_named_relatively(
    project: Path, wrong: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the current folder, which is what nearly everybody does."""
    (project / "templates").mkdir()
    (project / "templates" / "crest.html").write_text(wrong, encoding="utf-8")
    monkeypatch.chdir(project)
    here = Path()
    (task,) = plan(here, Choice("meeting", (1,)), DAY, asked=True).tasks(words("en"))
    with pytest.raises(ReporterError) as caught:
        html.render(Theme.of(here), task.template, task.report, task.language)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line) == (Path("templates/crest.html"), 1)
    assert problem.message.startswith("the template is wrong: ")


def test_templates_that_are_a_file_are_refused(project: Path) -> None:
    """Rather than passed over: somebody meant something by it."""
    (project / "templates").write_text("x", encoding="utf-8")
    with pytest.raises(ReporterError, match="templates: error: a file, not a folder"):
        Theme.of(project)


def test_what_is_listed_in_a_sentence_is_escaped_once(project: Path) -> None:
    """A side whose list was read in part is named as it is written, beside another list."""
    data = project / "data"
    settings, first, second = (
        data / "project.yaml",
        data / "meetings" / "01.yaml",
        data / "meetings" / "02.yaml",
    )
    settings.write_text(
        settings.read_text(encoding="utf-8").replace(
            "{en: State A}}", "{en: State A}, abbreviation: A<B}"
        ),
        encoding="utf-8",
    )
    sides = "participants: [{side: state-a, complete: false}, {side: state-b, complete: true}]\n"
    first.write_text(
        first.read_text(encoding="utf-8").replace("complete: true", "complete: false"),
        encoding="utf-8",
    )
    second.write_text(
        second.read_text(encoding="utf-8").replace("complete: true", "complete: false") + sides,
        encoding="utf-8",
    )
    page = page_of(project, 2, DAY)
    assert "(A&lt;B)" in page
    assert "&amp;lt;" not in page


def with_more(project: Path, file: str, text: str) -> None:
    """Add fields to a record."""
    path = project / "data" / file
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_what_was_predicted_of_a_meeting_is_for_other_programs(project: Path) -> None:
    """With how it turned out; a minister's page has what happened, not what somebody expected."""
    history = (
        "[{date: 2023-05-10, text: It was held in spring, turned_out: not confirmed, source: "
        "'statement-01#1'}]"
    )
    forecast = (
        f"{{id: f-01, text: A meeting in winter, date: 2022-12-01, due: 2023-02, history: "
        f"{history}, source: news}}"
    )
    with_more(project, "meetings/01.yaml", f"forecasts: [{forecast}]\n")
    (task,) = plan(project, Choice("meeting", (1,)), date(2025, 6, 30), asked=True).tasks(
        words("en")
    )
    told = task.report.model_dump_json()
    assert re.search(
        r"A meeting in winter.*not confirmed.*It was held in spring", told
    ) or re.search(r"A meeting in winter.*It was held in spring.*not confirmed", told)
    assert "A meeting in winter" not in page_of(project, 1, date(2025, 6, 30))


def test_entry_into_force_is_among_what_has_happened(project: Path) -> None:
    """It is in the briefing for the next meeting and on the page of the agreement.

    How it came about is there, too, where that is on record.
    """
    record = project / "data" / "agreements" / "lander-agreement.yaml"
    text = record.read_text(encoding="utf-8").replace("2023-02-01", "2024-08-01")
    for how, told in (
        ("", "Entry into force"),
        (" text: by deposit,", "Entry into force, by deposit"),
    ):
        record.write_text(text.replace("2024-08-01,", f"2024-08-01,{how}"), encoding="utf-8")
        assert re.search(
            rf"Lander Agreement\.</strong> {told} *<span class=\"ref\">",
            page_of(project, 2, date(2025, 3, 1)),
        )
    (task,) = plan(
        project, Choice("agreement", ("lander-agreement",)), date(2025, 3, 1), asked=True
    ).tasks(words("en"))
    page = html.render(Theme.of(project), task.template, task.report, task.language)
    assert "Entry into force: 1 August 2024, by deposit." in page


def test_a_list_that_nobody_read_is_said_to_be_so(project: Path) -> None:
    """A side without a body is not a list that was read in part."""
    record = project / "data" / "meetings" / "01.yaml"
    text = re.sub(r"\nparticipants:\n(?:[ -].*\n)*", "\n", record.read_text(encoding="utf-8"))
    sides = (("state-a", ""), ("state-b", "b-agency"))
    lists = ", ".join(
        f"{{side: {side}, complete: false, bodies: [{body}], source: news}}" for side, body in sides
    )
    record.write_text(f"{text}participants: [{lists}]\n", encoding="utf-8")
    page = page_of(project, 1, date(2025, 6, 30))
    assert "State A: no list was read." in page
    assert re.search(r"<h3>State A<", page) is None  # no heading of its own, with nothing below it
    assert "State B: the list was read in part; others may have taken part." in page


def test_where_one_looked_is_printed(project: Path) -> None:
    """Once, with the sources; not on a day before anybody looked."""
    words = "Searched without result: pages of both ministries."
    assert page_of(project, 1, date(2025, 6, 30)).count(words) == 1
    assert words not in page_of(project, 1, date(2024, 5, 31))


def test_in_which_languages_a_source_exists_is_printed(project: Path) -> None:
    """Where there are several; that it is in one language only is no news."""
    path = project / "data" / "documents.yaml"
    text = path.read_text(encoding="utf-8")
    assert "official, in" not in page_of(project, 1, date(2025, 6, 30)).lower()
    path.write_text(text.replace("language: en", "language: [en, fr]"), encoding="utf-8")
    assert "Official, in English and French." in page_of(project, 1, date(2025, 6, 30))


def test_what_is_not_verified_is_printed(project: Path) -> None:
    """Of programmes and of the whole project, on the series."""
    with_more(project, "programmes/lander.yaml", "not_verified: [Who pays?]\n")
    with_more(project, "project.yaml", "not_verified: [Was there a meeting in between?]\n")
    (task,) = plan(project, Choice("series"), date(2025, 6, 30), asked=False).tasks(words("en"))
    page = html.render(Theme.of(project), task.template, task.report, task.language)
    assert [
        question
        for question in ("Joint Lander: Who pays?", "Was there a meeting in between?")
        if question not in page
    ] == []


def test_milestones_since_the_last_meeting_are_printed(project: Path) -> None:
    """In the briefing for the next one; what only tells an outcome again is not."""
    more = (
        "  - {date: 2024-05, text: Legs tested, source: register}\n"
        "  - {date: 2025-02-10, text: It flew, source: news}\n"
    )
    with_more(project, "programmes/lander.yaml", more)
    page = page_of(project, 2, date(2025, 3, 1))
    assert "Legs tested" in page
    assert "Launched" in page
    assert "It flew" not in page
    assert "Work began" not in page


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        ("<p>\u65e5\u672c</p>", '<p><span lang="ja">\u65e5\u672c</span></p>'),
        ('<b lang="zh-Hant">\u5c0d\u8a71</b>', '<b lang="zh-Hant">\u5c0d\u8a71</b>'),
        ('<b lang="zh"><i>\u5c0d</i></b>', '<b lang="zh"><i>\u5c0d</i></b>'),
        (
            "<p>(\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9) 3</p>",
            "<p>(<bdi>\u05d3\u05d5\u05d3 \u05dc\u05d5\u05d9</bdi>) 3</p>",
        ),
        ('<b lang="he">\u05d3</b>', '<b lang="he" dir="rtl">\u05d3</b>'),
        ('<b lang="az-Arab">\u062f</b>', '<b lang="az-Arab" dir="rtl">\u062f</b>'),
        ("<bdi>\u05d3</bdi>", "<bdi>\u05d3</bdi>"),
        ("<p>\u05d3 x \u05d5</p>", "<p><bdi>\u05d3</bdi> x <bdi>\u05d5</bdi></p>"),
        ("<title>\u65e5 \u05d3</title>", "<title>\u65e5 \u05d3</title>"),
        ("<p>\u05d3 (\u05d5), 3</p>", "<p><bdi>\u05d3 (\u05d5)</bdi>, 3</p>"),
        ("<p>\u05d3 (2, \u05d5 3) x</p>", "<p><bdi>\u05d3 (2, \u05d5 3)</bdi> x</p>"),
        ("<p>(\u05d3) \u05d5</p>", "<p><bdi>(\u05d3) \u05d5</bdi></p>"),
        ("<p>\u05d3 (\u05d5 x)</p>", "<p><bdi>\u05d3</bdi> (<bdi>\u05d5</bdi> x)</p>"),
        ("<p>a \u05d3) \u05d5</p>", "<p>a <bdi>\u05d3</bdi>) <bdi>\u05d5</bdi></p>"),
        ("<p>\u05d3&#34;\u05d5 x</p>", "<p><bdi>\u05d3&#34;\u05d5</bdi> x</p>"),
        (
            '<body data-foot="\u05d3, 3">\u05d5</body>',
            '<body data-foot="\u200e\u05d3\u200e, 3"><bdi>\u05d5</bdi></body>',
        ),
    ],
)
def test_words_of_another_script(page: str, marked: str) -> None:
    """Japanese says so, what says itself to be Chinese is left, Hebrew and Arabic are isolated."""
    assert with_scripts_marked(f'<html lang="en">{page}</html>') == (
        f'<html lang="en">{marked}</html>'
    )


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("Acme Inc.. Then", "Acme Inc. Then"),
        ("<a>What next?</a>. Office", "<a>What next?</a> Office"),
        ("<b><i>&#34;All!&#34;</i></b>.", "<b><i>&#34;All!&#34;</i></b>"),
        ("and so on...", "and so on..."),
        ("and so on....", "and so on..."),
        ("../2024, x?.y", "../2024, x?.y"),
        ("one up: .. of it", "one up: .. of it"),
        ('<a href="https://e.org/?.">x</a>', '<a href="https://e.org/?.">x</a>'),
        ("<script>a?.[0]</script> D.C..", "<script>a?.[0]</script> D.C."),
    ],
)
def test_what_has_an_end_gets_no_full_stop(text: str, printed: str) -> None:
    """Whatever comes before the one that a template prints; scripts and addresses stay."""
    assert with_one_stop(text) == printed


def test_a_sign_that_was_to_be_a_coloured_picture_is_a_sign() -> None:
    """Telephones write a selector behind it, which no face of ours draws."""
    words = language_of(Theme.of(VALID), "en")
    assert typographic("Lander\u2122\ufe0f", words) == "Lander\u2122"


def test_a_sign_that_is_drawn_as_a_picture_is_asked_for_as_a_sign() -> None:
    """Else Pango and browsers take it of a typeface of the machine."""
    words = language_of(Theme.of(VALID), "en")
    told = "\u261d\ufe0e, \u2615\ufe0e and \u270d\ufe0e"
    assert typographic("\u261d, \u2615\ufe0f and \u270d\ufe0e", words) == told


@pytest.mark.parametrize(
    ("names", "more", "told"),
    [
        (("A",), 0, "A"),
        (("A", "B & C"), 0, "A and B &amp; C"),
        (("A", "B", "C"), 2, "A, B, C and two others"),
    ],
)
def test_those_before_a_verb_are_joined_as_in_a_sentence(
    names: tuple[str, ...], more: int, told: str
) -> None:
    """Whatever stands in a name."""
    page = "{% import 'macros.html' as m with context %}{{ m.speakers(report) }}"
    found = [{"language": "en", "text": name} for name in names]
    parties = {"everyone": False, "names": found, "more": more, "but": ()}
    environment = html._environment(Theme.of(ROOT), "en")
    assert environment.from_string(page).render(report=parties, code="en").strip() == told


def test_paragraphs_that_follow_one_another_are_told_as_a_run() -> None:
    """Two are no run; a reference to very many may break over lines."""
    page = "{% import 'macros.html' as m with context %}{{ m.refs(report) }}"
    environment = html._environment(Theme.of(ROOT), "en")
    for numbers, told in (
        ((1, 2), "¶1, 2]"),
        ((1, 3, 4, 5, 9), "¶1, 3\N{EN DASH}5, 9]"),
        (tuple(range(1, 20, 2)), "¶1, 3, 5, 7, 9, 11, 13, 15, 17, 19]"),
    ):
        found = environment.from_string(page).render(report=[{"number": 1, "paragraphs": numbers}])
        assert re.sub("<[^>]+>|\u00a0", " ", found).split("[1 ")[1].strip() == told
        assert ("style=" in found) == (len(numbers) > 6)
