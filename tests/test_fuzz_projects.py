"""Valid projects by chance: each is read without a problem.

Every report of it is made, on any day, for either edition.
"""

from __future__ import annotations

import csv
import io
import json
import re
from contextlib import suppress
from dataclasses import replace
from html.parser import HTMLParser
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from exporting import Exports, forms_of
from fuzzing import examples, folder, within
from generated import INTERNAL, Sample, days, projects
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from reading import words

from reporter.choice import Choice, Edition
from reporter.formats import html
from reporter.language import language_of
from reporter.library.tokens import composed
from reporter.problems import ReporterError
from reporter.records.agreement import Agreement
from reporter.records.check import check
from reporter.records.meeting import Meeting
from reporter.reports import select
from reporter.reports.plan import BuildPlan, plan
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.reports.plan import Task

THEME = Theme.of(Path(__file__).parent / "valid")
LINK = r"(https?://\S+|[a-z0-9-]+\.(html|pdf))?(#\S*)?"
TOKEN = re.compile(r"z[qi]\d+e")


class _Page(HTMLParser):
    """What a browser sees: tags, attributes, text, and the data in it."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.links: list[str] = []
        self.shown: list[str] = []
        self.data: list[str] = []
        self.inside: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]
        self.inside.append(tag)
        self.kind = dict(attrs).get("type") or ""

    def handle_endtag(self, tag: str) -> None:
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.inside[-1:] == ["script"] and "json" in self.kind:
            self.data.append(data)
        elif self.inside[-1:] not in (["script"], ["style"]):
            self.shown.append(data)


def _same(text: str) -> str:
    """Return a text without what a page may change: quotes, line breaks, a large first letter.

    Curly ones take the place of straight ones, and single ones that of double ones in a quotation.
    """
    marks = {0x22: "'", 0x201C: "'", 0x201D: "'", 0x2018: "'", 0x2019: "'", 0xFE0F: None}
    return " ".join(text.translate(marks).split()).casefold()


def _stands(text: str, word: str, shown: str) -> bool:
    """Return whether a text stands on a page as it is written, or composed.

    Set phrases stand composed once they are compared, and what of them was dropped word by word.
    """
    is_dropped = f"'{word}'" in shown
    return is_dropped or any(_stands_as(form, word, shown) for form in (text, composed(text)))


def _stands_as(text: str, word: str, shown: str) -> bool:
    """Return whether a text stands on a page, whole or, where there is no room, its beginning.

    Its own ``word`` does.
    """
    whole = _same(text)
    return whole in shown or any(
        f"{whole[:end]}…" in shown for end in range(whole.find(word) + len(word), len(whole))
    )


@st.composite
def choices(draw: st.DrawFn, sample: Sample) -> Choice:
    """Return a choice of one report, or of all."""
    numbers = [
        int(node["number"]) if "number" in node else node["id"] for node in sample.of(Meeting)
    ]
    names = [node["id"] for node in sample.of(Agreement)]
    found = [Choice(), Choice("ledger"), Choice("series")]
    found += [Choice("filtered", ("status-open-in-progress-not-verified-met",))]
    found += [Choice("meeting", (number,)) for number in numbers]
    found += [Choice("comparison", pair) for pair in combinations(numbers, 2)]
    found += [Choice("agreement", (name,)) for name in names]
    found += [Choice("matrix", (name,)) for name in names]
    parties = [side["id"] for side in sample.files["project.yaml"]["sides"]]
    for node in sample.of(Agreement):
        bound = node["parties"]  # a list of one may be written without its dash
        parties += [bound] if isinstance(bound, str) else bound
    found += [Choice("party", (name,)) for name in dict.fromkeys(parties)]
    return draw(st.sampled_from(found))


def reports(made: BuildPlan, choice: Choice) -> Iterator[Task]:
    """Yield all reports of a build, and then those of a choice which the day allows."""
    yield from made.tasks(words("en"))
    with suppress(ReporterError):  # a comparison with what was not held yet
        yield from replace(made, selections=select(made.library, choice, made.day)).tasks(
            words("en")
        )


def check_page(page: str, sample: Sample, edition: str) -> None:
    """Fail where a text became markup, or is cut; and where a public page has an internal word."""
    read = _Page(page)
    assert [name for name in read.names if "zap" in name] == []
    assert [link for link in read.links if not re.fullmatch(LINK, link)] == []
    shown = _same("".join(read.shown))
    assert [
        word for word in set(TOKEN.findall(shown)) if not _stands(sample.texts[word], word, shown)
    ] == []
    for data in read.data:
        json.loads(data)
    if edition == "public":
        assert re.findall(rf"{INTERNAL}\d+e", page) == []


def check_exports(exports: Exports, task: Task) -> None:
    """Fail where a form for other programs is not one that they read."""
    for form in forms_of(task.report.heading.kind):
        content = exports.render(task.report, form)
        match form:
            case "json":
                assert json.loads(content)["id"] == task.report.id
            case "csv":
                rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
                assert {len(row) for row in rows} == {len(rows[0])}
            case "ics":
                assert Calendar.from_ical(content).errors == []


@pytest.mark.full
@examples(15)
@given(projects(), st.data())
def test_every_report_of_a_valid_project_is_made(sample: Sample, data: st.DataObject) -> None:
    """On any day, for either edition and paper, as a page and in every form.

    The texts stand on it as they are, and are never markup.
    """
    day, choice = data.draw(days(sample)), data.draw(choices(sample))
    edition = data.draw(
        st.sampled_from([Edition(), Edition("public"), Edition("internal", "Letter")])
    )
    with folder() as root, within(60):
        sample.save(root)
        made = plan(root, Choice(), day, asked=data.draw(st.booleans()), edition=edition)
        exports = Exports(made.library, day, language_of(THEME, "en"))
        for task in reports(made, choice):
            check_page(
                html.render(THEME, task.template, task.report, task.language), sample, edition.name
            )
            check_exports(exports, task)


@examples(20, 0.2)
@given(projects())
def test_a_valid_project_is_checked_without_a_problem(sample: Sample) -> None:
    """It is said what there is, and which paragraphs are cited."""
    with folder() as root, within(60):
        sample.save(root)
        assert "no problems" in check(root).lines[0]
