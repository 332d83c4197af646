"""Tests of what the text of records cannot become.

That is: markup, an attribute, a style, an address, a formula, a line of a calendar.

Every field that takes free text is found by trying, and filled with what is hostile somewhere; then
with as many harmless words.
Every report of both must be the same but for these words.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
import tinyhtml5
from exporting import Exports, forms_of
from markdown_it import MarkdownIt
from reading import words as words_of

from reporter.choice import Choice
from reporter.formats import html, pdf
from reporter.language import language_of
from reporter.problems import ReporterError
from reporter.records import KINDS, Project
from reporter.records.reader import parse, read
from reporter.records.validation import validate
from reporter.reports.plan import plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records import Record
    from reporter.reports.plan import BuildPlan

    Way = tuple[str | int, ...]

DAY = date(2025, 6, 30)
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'onmouseover='alert(1)",
    "{{7*7}}{% raw %}{{report}}",
    "javascript:alert(1)",
    "</style><style>*{display:none}",
    "</title></textarea>]]><!--",
    "&#x3c;b&#x3e;&lt;i&gt;&amp;",
    "url(file:///etc/passwd);}",
    "=cmd|'/c'!A0",
    "</main></body><iframe>",
    "BEGIN:VEVENT\\nX:y",
)
HARMLESS = tuple(
    re.sub(r"\S", "w", words) for words in HOSTILE
)  # as long, since long texts are set otherwise


def free(model: type[Record], data: Any) -> Iterator[Way]:  # noqa: ANN401
    """Yield the ways to all texts of a record that may say anything."""
    for way, value in leaves(data, ()):
        changed = json.loads(json.dumps(data))
        put(changed, way, f"{value} {HOSTILE[0]}")
        try:
            validate(model, parse(Path("x.yaml"), json.dumps([changed])), (0,))
        except ReporterError:
            continue
        yield way


def leaves(data: Any, way: Way) -> Iterator[tuple[Way, str]]:  # noqa: ANN401
    """Yield the ways to all texts."""
    if isinstance(data, str):
        yield way, data
    for key, value in (
        data.items()
        if isinstance(data, dict)
        else enumerate(data)
        if isinstance(data, list)
        else ()
    ):
        yield from leaves(value, (*way, key))


def put(data: Any, way: Way, value: str) -> None:  # noqa: ANN401
    """Set the text at the end of a way."""
    for step in way[:-1]:
        data = data[step]
    data[way[-1]] = value


def filled(project: Path, words: tuple[str, ...]) -> int:
    """Add the words in turn to each text of a project that may say anything.

    Return how many there are.
    """
    number = 0
    models: dict[str, type[Record]] = {
        "project": Project,
        **{kind.plural: kind.model for kind in KINDS},
    }
    for path in sorted((project / "data").rglob("*.yaml")):
        data: Any = read(path).data
        model = models[path.stem if path.parent.name == "data" else path.parent.name]
        for record in data if isinstance(data, list) else [data]:
            for way in list(free(model, record)):
                value = next(value for found, value in leaves(record, ()) if found == way)
                word = words[number % len(words)]
                put(record, way, f"{word} {value}" if number % 2 else f"{value} {word}")
                number += 1
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return number


@dataclass
class Made:
    """A project, and what a full build makes of it."""

    plan: BuildPlan
    pages: dict[str, str]
    texts: int


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Made]:
    """Return the project with hostile words and that with harmless ones."""
    return {
        name: make(tmp_path_factory.mktemp(name), words)
        for name, words in {"hostile": HOSTILE, "harmless": HARMLESS}.items()
    }


def make(root: Path, words: tuple[str, ...]) -> Made:
    """Return what is made with these words."""
    import shutil

    from conftest import VALID

    shutil.copytree(VALID, root, dirs_exist_ok=True)
    texts = filled(root, words)
    planned = plan(root, Choice(), DAY, asked=True)
    assert planned.problems == ()
    tasks = [planned.task(selection, words_of("en")) for selection in planned.selections]
    theme = Theme.of(root)
    return Made(
        planned,
        {
            task.report.id: html.render(theme, task.template, task.report, task.language)
            for task in tasks
        },
        texts,
    )


def shape(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return a page's elements, as every browser finds them, each with its attributes' names."""
    tree = tinyhtml5.parse(page, namespace_html_elements=False)
    return [(str(element.tag), tuple(sorted(element.attrib))) for element in tree.iter()]


def test_every_text_is_tried(made: dict[str, Made]) -> None:
    """There are many, the same in both projects; each hostile word stands on some page."""
    assert made["hostile"].texts == made["harmless"].texts > 60
    everything = "".join(made["hostile"].pages.values())
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in everything
    assert "{{7*7}}{% raw %}{{report}}" in everything
    assert len(made["hostile"].pages) >= 6


def test_no_text_becomes_markup(made: dict[str, Made]) -> None:
    """Pages of every kind have the same elements and attributes, whatever the records say.

    Of a briefing no more than the kinds of elements can be compared: page one has room for more or
    fewer items of other widths.
    So has the legend of a time line.
    """
    known = {element for page in made["harmless"].pages.values() for element in shape(page)}
    for name, page in made["hostile"].pages.items():
        ours, theirs = shape(page), shape(made["harmless"].pages[name])
        assert set(ours) - known == set(), name
        if not name.startswith(("meeting-", "series")):
            assert ours == theirs, name


def test_no_text_becomes_a_style_or_a_program(made: dict[str, Made]) -> None:
    """What stands in stylesheets and scripts is the theme's own.

    What data for machines say cannot end them.
    """
    for name, page in made["hostile"].pages.items():
        tree = tinyhtml5.parse(page, namespace_html_elements=False)
        for element in tree.iter("style"):
            assert "alert" not in (element.text or "")
            assert "etc/passwd" not in (element.text or "")
        for element in tree.iter("script"):
            if element.get("type") in {"application/ld+json", "application/json"}:
                assert "<" not in (element.text or ""), name
                json.loads(element.text or "")
            else:
                assert "alert" not in (element.text or ""), name
        values = [(key, value) for element in tree.iter() for key, value in element.attrib.items()]
        assert [
            value
            for key, value in values
            if key in {"href", "src"}
            and not re.match(r"https?://|mailto:|#|[\w-]+\.(html|pdf)|data:", value)
        ] == []
        assert [
            value
            for key, value in values
            if key == "style" and re.search("alert|passwd|cmd", value)
        ] == []


def test_no_text_becomes_an_action_of_a_pdf(made: dict[str, Made]) -> None:
    """A PDF leads only to the web and reports, runs nothing, and holds one file: its record."""
    found = made["hostile"]
    selection = next(
        selection for selection in found.plan.selections if selection.id == "meeting-01"
    )
    report = found.plan.task(selection, words_of("en")).report
    page = found.pages["meeting-01"].replace(
        'id="page-one-ends"', ""
    )  # with so many words it takes more than a page
    content = pdf.render(
        Theme.of(Path()), page, "meeting-01", report.model_dump_json().encode(), "x"
    ).content
    with pikepdf.open(io.BytesIO(content)) as document:
        assert list(document.attachments) == ["record.json"]
        names = Counter(
            str(thing.get("/S"))
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        )
        assert (
            not {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE"}
            & names.keys()
        )
        actions = [
            annotation["/A"]
            for one in document.pages
            for annotation in one.get("/Annots", [])
            if "/A" in annotation
        ]
        addresses = [str(action["/URI"]) for action in actions]
        assert addresses
        assert [
            address
            for address in addresses
            if not re.match(r"https?://|mailto:|[\w-]+\.pdf(#|$)", address)
        ] == []
        assert "/OpenAction" not in document.Root
        assert "/AA" not in document.Root


def test_no_text_becomes_a_formula_or_an_entry(made: dict[str, Made]) -> None:
    """Tables have the same rows and no cell that a spreadsheet computes.

    Calendars have the same lines of structure.
    """
    found = {name: dict(exported(one)) for name, one in made.items()}
    assert found["hostile"].keys() == found["harmless"].keys()
    for name, content in found["hostile"].items():
        other = found["harmless"][name]
        if name.endswith(".csv"):
            rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
            assert [len(row) for row in rows] == [
                len(row) for row in csv.reader(io.StringIO(other.decode("utf-8-sig")))
            ]
            assert [
                cell
                for row in rows
                for cell in row
                if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
            ] == []
        elif name.endswith(".ics"):
            assert structure(content) == structure(other)
        elif name.endswith(".md"):
            parser = MarkdownIt("commonmark").enable("table")
            blocks, others = (
                [token.type for token in parser.parse(text.decode())] for text in (content, other)
            )
            assert blocks == others
        elif name.endswith(".docx"):
            parts = [zipfile.ZipFile(io.BytesIO(one)).namelist() for one in (content, other)]
            assert parts[0] == parts[1]
        else:
            assert json.loads(content).keys() == json.loads(other).keys()


def exported(one: Made) -> Iterator[tuple[str, bytes]]:
    """Yield every export of a project."""
    exports = Exports(one.plan.library, DAY, language_of(Theme.of(Path()), "en"))
    for selection in one.plan.selections:
        for form in forms_of(selection.heading.kind):
            yield (
                f"{selection.id}.{form}",
                exports.render(one.plan.task(selection, words_of("en")).report, form),
            )


def structure(calendar: bytes) -> list[str]:
    """Return the names of a calendar's lines, long ones joined.

    Lines that begin and end something are returned whole.
    """
    lines = calendar.decode().replace("\r\n ", "").split("\r\n")
    return [
        line if line.startswith(("BEGIN:", "END:")) else re.split("[:;]", line)[0] for line in lines
    ]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://example.org/",
        "vbscript:x",
        "//example.org/",
        "example.org",
        "http:example.org",
        "http:\\n//example.org/",
        "java\\tscript:alert(1)",
        " javascript:alert(1)",
        "https://",
        "https:///x",
        "https://user:password@example.org/",
        "https://example.org@evil.example/",
        "https://exa mple.org/",
        "https://example.org/\\u202egnp.exe",
        "https://example.org/\\u200b",
        "https://example.org\\\\@evil.example/",
        "https://[::1",
        'https://example.org/\\"onclick=x',
        "https://example.org/<b>",
        "https://e\\u0445ample.org/",
    ],
)
def test_an_address_leads_to_the_web(project: Path, address: str) -> None:
    """Whatever a browser might take for something else is refused at its line."""
    documents = project / "data" / "documents.yaml"
    text = documents.read_text(encoding="utf-8")
    line = next(
        number for number, one in enumerate(text.splitlines(), 1) if "paragraphs: 3}" in one
    )
    documents.write_text(
        text.replace("paragraphs: 3}", f'paragraphs: 3, address: "{address}"}}', 1),
        encoding="utf-8",
    )
    with pytest.raises(ReporterError) as caught:
        plan(project, Choice(), DAY, asked=True)
    assert {problem.line for problem in caught.value.problems} == {line}
