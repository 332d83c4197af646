"""Tests of the index and of its search."""

from __future__ import annotations

import json
import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from reading import context

from reporter.choice import FEED, Choice
from reporter.dates import When
from reporter.formats.html import render
from reporter.library import Library
from reporter.records.agreement import Agreement
from reporter.records.meeting import Meeting
from reporter.records.project import load
from reporter.records.register import Document, Organisation, Person, Project, Subject
from reporter.reports import Selection, everything
from reporter.reports.index.view import IndexReport, index_entries, index_report
from reporter.reports.views import Heading, Label, Report
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

ROOT = Path(__file__).parent.parent
DAY = date(2024, 12, 31)
HOSTILE = """</script><script>alert('"1"')</script>"""


def chosen(name: str, heading: Heading) -> Selection:
    """Return a report that was selected, of which only its place in the index matters."""

    def view(_context: object) -> Report:
        raise AssertionError

    return Selection(name, heading.kind, heading, view, "")


FIRST = chosen(
    "meeting-01", Heading(kind="meeting", number=1, city="Port", date=When.parse("2021-01-10"))
)
SECOND = chosen(
    "meeting-02", Heading(kind="meeting", number=2, city="Port", date=When.parse("2022-01-10"))
)
BOTH = chosen("compare-01-02", Heading(kind="comparison", number=1, other=2))
PACT = chosen("agreement-pact", Heading(kind="agreement", name=Label(language="en", text="pact")))
LEDGER = chosen("ledger", Heading(kind="ledger"))
SERIES = chosen("series", Heading(kind="series"))
ALL = (FIRST, SECOND, BOTH, PACT, LEDGER, SERIES)


def meeting(number: int, subject: str, promise: str, body: str) -> Meeting:
    """Return a meeting on a subject, with a promise and a body that took part."""
    said = {
        "id": f"c{number}-01",
        "subjects": subject,
        "by": "a",
        "verb": "agreed",
        "text": promise,
        "strength": "committed",
        "source": "d1",
    }
    return Meeting.model_validate(
        {
            "number": number,
            "title": {"en": f"Meeting {number}", "ja": f"第{number}回会合"},
            "date": f"202{number}-01-10",
            "place": {"city": "Port", "host": "a", "source": "d1"},
            "evidence": "full",
            "cochairs": [
                {
                    "side": "a",
                    "organisation": body,
                    "head": {"person": "pat", "organisation": body, "source": "d1"},
                    "source": "d1",
                }
            ],
            "statements": {"complete": True, "items": [said]},
        }
    )


def library(body: str = "Office") -> Library:
    """Return a library of two meetings and an agreement; the first body has the name ``body``."""
    side = {"id": "a", "name": {"en": "State A"}, "abbreviation": "A"}
    project = {
        "series": {"en": "Talks"},
        "short": {"en": "Talks"},
        "language": "en",
        "author": "Context",
        "sides": [side],
        "areas": [{"id": "sea", "name": {"en": "At sea"}}],
        "researched_until": "2024-12-31",
    }
    pact: dict[str, Any] = {
        "id": "pact",
        "short": {"en": "pact"},
        "title": {"en": "Pact on Lighthouses", "ja": "not verified"},
        "type": "memorandum of understanding",
        "parties": ["a", "navy"],
        "summary": {"text": "A pact.", "source": "d1"},
        "signing": {"date": "2021-06-01", "source": "d1"},
        "in_force": "not verified",
        "undertakings": [
            {
                "id": "p-01",
                "subjects": "lights",
                "by": "a",
                "verb": "undertook",
                "text": "to light the coast",
                "strength": "committed",
                "source": "d1",
            }
        ],
    }
    document = {
        "id": "d1",
        "title": "S",
        "publisher": "M",
        "date": "2024",
        "language": "en",
        "standing": "official",
        "read": "full",
    }
    return Library(
        Project.model_validate(project),
        (
            Organisation.model_validate(
                {"id": "office", "name": {"en": body, "ja": "事務局"}, "side": "a"}
            ),
            Organisation.model_validate(
                {"id": "navy", "name": {"en": "Navy"}, "side": "a", "abbreviation": "NA"}
            ),
            Person.model_validate({"id": "pat", "name": {"en": "Pat Moor"}}),
            *(
                Subject.model_validate(
                    {"id": name, "area": "sea", "name": {"en": f"{name} at sea"}}
                )
                for name in ("ships", "ports", "lights")
            ),
            Document.model_validate(document),
            meeting(1, "ships", "to build\n ships", "office"),
            meeting(2, "ports", "to open ports", "navy"),
            Agreement.model_validate(pact),
        ),
    )


def index(*selected: Selection, body: str = "Office") -> IndexReport:
    """Return the index of these reports."""
    records = library(body)
    return index_report(context(records, DAY, asked=True), selections=selected)


def test_the_index_leads_to_the_feed_that_there_is() -> None:
    """In its head, for readers of feeds, and in sight; on paper and without a feed it does not."""
    records = context(library("Office"), DAY, asked=True)
    there = Choice(there=frozenset({FEED}))
    page = printed(index_report(records, selections=ALL, choice=there))
    sign = '<link rel="alternate" type="application/atom+xml" href="feed.xml" title="What changed'
    assert sign in page.partition("</head>")[0]
    assert page.count('<a class="to" href="feed.xml">') == 1
    assert "feed.xml" not in printed(index(*ALL))


def printed(view: IndexReport) -> str:
    """Return the HTML of the index."""
    return render(Theme.of(ROOT), "index", view, "en")


class Items(HTMLParser):
    """Collects the attributes of list items of reports and of links, and scripts' content."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.items: list[dict[str, str | None]] = []
        self.links: list[str | None] = []
        self.scripts: dict[str, list[str]] = {}
        """By type; what runs has none."""
        self._script: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a list item, a link or the beginning of a script."""
        if tag == "li" and attrs:  # those of the list of contents have none
            self.items.append(dict(attrs))
        if tag == "a":
            self.links.append(dict(attrs).get("href"))
        if tag == "script":
            self._script = dict(attrs).get("type") or ""
            self.scripts.setdefault(self._script, []).append("")

    def handle_data(self, data: str) -> None:
        """Note the content of a script."""
        if self._script is not None:
            self.scripts[self._script][-1] += data

    def handle_endtag(self, tag: str) -> None:
        """Note the end of a script."""
        if tag == "script":
            self._script = None


def test_reports_are_grouped_by_kind() -> None:
    """The whole series, meetings, comparisons, agreements; of each the latest first."""
    view = index(*ALL)
    assert [(group.name, [entry.id for entry in group.entries]) for group in view.groups] == [
        ("whole", ["ledger", "series"]),
        ("meeting", ["meeting-02", "meeting-01"]),
        ("comparison", ["compare-01-02"]),
        ("agreement", ["agreement-pact"]),
    ]
    assert view.number == 6
    assert view.latest
    assert view.latest.id == "meeting-02"


def test_a_report_says_how_its_promises_stand() -> None:
    """In short beside its name, and for the search each promise with its status."""
    (entry,) = index_entries(context(library(), DAY), [PACT])
    assert entry.status == "one is open"
    assert entry.words.statuses == ("Open: Light the coast",)


def test_a_meeting_is_found_by_its_titles_bodies_people_subjects_and_promises() -> None:
    """In every language, and each as one line."""
    (entry,) = index_entries(context(library(), DAY), [FIRST])
    assert entry.words.titles == ("Meeting 1, 第1回会合", "Port")
    assert entry.words.bodies == ("Office, 事務局",)
    assert entry.words.people == ("Pat Moor",)
    assert entry.words.subjects == ("ships at sea",)
    assert entry.words.promises == ("to build ships",)
    assert str(entry.date) == "2021-01-10"


def test_an_agreement_is_found_by_its_parties_and_undertakings() -> None:
    """A title that is not verified is no word to search for."""
    (entry,) = index_entries(context(library(), DAY), [PACT])
    assert entry.words.titles == ("pact", "Pact on Lighthouses")
    assert entry.words.bodies == ("State A, A", "Navy, NA")
    assert entry.words.promises == ("to light the coast",)
    assert str(entry.date) == "2021-06-01"


def test_nothing_is_found_by_what_was_said_later() -> None:
    """An undertaking that came after the agreement is a word to search for from its own day on."""
    records = library()
    pact = records.agreements["pact"]
    later = pact.undertakings[0].model_copy(update={"made": When.parse("2022-06-01")})
    changed = pact.model_copy(update={"undertakings": (later,)})
    records = Library(
        records.project, tuple(changed if record is pact else record for record in records.records)
    )
    for day, promises in ((date(2022, 5, 31), ()), (date(2022, 6, 1), ("to light the coast",))):
        (entry,) = index_entries(context(records, day), [PACT])
        assert entry.words.promises == promises
        assert str(
            index_report(context(records, day, asked=False), selections=[PACT]).speaks.day
        ) == ("2022-06-01" if promises else "2021-06-01")


def test_a_comparison_is_found_by_the_words_of_both_meetings() -> None:
    """Its date is that of the later one."""
    entry = index_entries(context(library(), DAY), ALL)[2]
    assert entry.words.promises == ("to build ships", "to open ports")
    assert str(entry.date) == "2022-01-10"


def test_reports_on_all_records_know_only_what_is_built_with_them() -> None:
    """So the index of an early day is not found by words of later meetings."""
    ledger, series = index_entries(context(library(), DAY), [FIRST, LEDGER, SERIES])[1:]
    assert ledger.words.promises == ("to build ships",)
    assert series.words.subjects == ("ships at sea",)
    assert index_entries(context(library(), DAY), ALL)[4].words.promises == (
        "to build ships",
        "to open ports",
        "to light the coast",
    )


def test_each_report_has_a_link_for_each_of_its_formats() -> None:
    """The title leads to the first."""
    links = Items(printed(index(FIRST, PACT))).links
    assert [link for link in links if link and "#" not in link] == [
        "meeting-01.html",
        "meeting-01.html",
        "meeting-01.pdf",
        "agreement-pact.html",
        "agreement-pact.pdf",
    ]


def test_a_build_of_pdfs_alone_has_no_links_to_html() -> None:
    """A link leads to what is there."""
    records = library()
    view = index_report(
        context(records, DAY, asked=True), selections=[FIRST], choice=Choice(formats=("pdf",))
    )
    assert {link for link in Items(printed(view)).links if link and "#" not in link} == {
        "meeting-01.pdf"
    }
    view = index_report(
        context(records, DAY, asked=True),
        selections=[FIRST],
        choice=Choice(formats=("pdf",), there=frozenset({"meeting-01.html"})),
    )
    assert {link for link in Items(printed(view)).links if link and "#" not in link} == {
        "meeting-01.html",
        "meeting-01.pdf",
    }


def test_the_words_of_a_report_stand_at_its_own_place_in_the_list() -> None:
    """A line each, so that the search can say which one it found."""
    items = Items(printed(index(*ALL))).items
    assert [item["data-promises"] for item in items[:2]] == [
        "to build ships\nto open ports\nto light the coast",
        "",
    ]


def test_without_scripts_the_list_is_complete_and_the_box_is_hidden() -> None:
    """Nothing is hidden but the form; on paper neither is there."""
    html = printed(index(*ALL))
    assert re.findall(r"<(\w+)[^>]*\shidden[\s>]", html) == ["form"]
    assert 'role="status" aria-live="polite"' in html


def test_what_is_in_a_record_never_becomes_markup() -> None:
    """Not even in the words for the search, where it would end a script."""
    html = printed(index(FIRST, body=HOSTILE))
    found = Items(html)
    (script,) = found.scripts[""]
    assert "alert" not in script
    (item,) = found.items
    assert str(item["data-bodies"]).startswith("</script><script>alert(")


@pytest.mark.parametrize("name", ["index.js", "pieces.js", "searching.js"])
def test_the_scripts_set_text_only(name: str) -> None:
    """No evaluation, no markup from data, no network."""
    script = (ROOT / "templates" / name).read_text(encoding="utf-8")
    assert not re.search(
        (
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|fetch|"
            r"XMLHttp|import|https?:"
        ),
        script,
    )


def test_the_search_has_words_for_every_number_of_results() -> None:
    """From none to all, so that the script needs no grammar."""
    words = json.loads(Items(printed(index(FIRST, SECOND))).scripts["application/json"][0])
    assert words["found"] == ["No reports found.", "One report found.", "Two reports found."]


def test_an_index_of_nothing_says_so() -> None:
    """It can be printed."""
    assert "No report is built." in printed(index())


def test_the_real_index_leads_to_everything_that_is_built() -> None:
    """Each report of a full build but the index itself is in the list."""
    contents = load(ROOT)
    records = Library(contents.settings, tuple(loaded.record for loaded in contents.records))
    selections = [item for item in everything(records, DAY) if item.id != "index"]
    view = index_report(context(records, DAY, asked=False), selections=selections)
    assert {entry.id for group in view.groups for entry in group.entries} == {
        item.id for item in selections
    }
    links = set(Items(printed(view)).links)
    assert {f"{item.id}.{ending}" for item in selections for ending in ("html", "pdf")} <= links


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """Yield a browser that shows the index from a file."""
    from playwright.sync_api import sync_playwright

    path = tmp_path_factory.mktemp("index") / "index.html"
    path.write_text(printed(index(*ALL, body=HOSTILE)), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        shown = browser.new_page(offline=True)
        shown.on(
            "dialog", lambda dialog: pytest.fail(f"a record ran as a script: {dialog.message}")
        )
        shown.goto(path.as_uri())
        yield shown
        browser.close()


def search(page: Page, words: str) -> list[str]:
    """Type words into the box, and return the addresses of the reports that are left."""
    page.fill("#search-box", words)
    return [
        str(link.get_attribute("href"))
        for link in page.locator("[data-group] li:visible .to:first-of-type").all()
        if ".html" in str(link.get_attribute("href"))
    ]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lighthouses", ["agreement-pact.html"]),
        ("OPEN ports", ["meeting-02.html", "compare-01-02.html", "ledger.html"]),
        ("第2回", ["meeting-02.html", "compare-01-02.html", "series.html"]),
        ("orts", []),
        ("alert", ["meeting-01.html", "compare-01-02.html", "series.html"]),
        ("open coast", ["agreement-pact.html", "ledger.html"]),
    ],
)
def test_the_box_leaves_what_has_all_words(page: Page, words: str, found: list[str]) -> None:
    """A word is found by its beginning, in any case; in Japanese anywhere. The best is first."""
    assert search(page, words) == found


@pytest.mark.browser
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("co-operation at sea", "cooperation sea"),
        ("co\u2011operation at sea", "Cooperation"),
        ("cooperation at sea", "co-operation at"),
        ("rules based order", "rules-based"),
        ("rules-based order", "rules based order"),
        ("U.S.-Japan talks", "us japan"),
    ],
)
def test_a_word_is_found_with_a_hyphen_and_without(page: Page, written: str, asked: str) -> None:
    """Some write it in one word, some in two."""
    page.evaluate(
        "text => { document.querySelector('[data-group] li').dataset.phrases = text }", written
    )
    script = Items(page.content()).scripts[""][0]
    page.evaluate(script)
    found = search(page, asked), search(page, f"{asked} nowhere")
    page.reload()
    assert [len(each) for each in found] == [1, 0]


@pytest.mark.browser
def test_the_search_says_how_many_it_found_and_why(page: Page) -> None:
    """The number is in a live region; the reason is a line of the record."""
    search(page, "ports at sea")
    assert page.inner_text("#search-found") == "Three reports found."
    assert page.locator("li:visible .why").all_inner_texts() == ["subject: ports at sea"] * 3


@pytest.mark.browser
def test_the_search_can_be_used_by_keyboard(page: Page) -> None:
    """Enter leads to the first result, and Escape brings back the list."""
    search(page, "coast")
    page.press("#search-box", "Enter")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "agreement-pact.html"
    page.press("#search-box", "Escape")
    assert page.locator("[data-group] li:visible").count() == len(ALL)
    assert page.inner_text("#search-found") == ""


@pytest.mark.browser
@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Kyūshū Łukasz Strauß", "kyushu lukasz strauss"),
        ("Şükrü İnönü", "sukru inonu"),
        ("Hawai\u02bbi", "hawaii"),
        ("inter\u00adoperability", "interoperability"),
        ("rules\u2011based order", '"rules-based"'),
        ("\u845b\U000e0100\u57ce", "\u845b\u57ce"),
        ("\uff35\uff33", "us"),
    ],
)
def test_a_name_is_found_without_its_marks(page: Page, written: str, asked: str) -> None:
    """Accents, letters of other alphabets' shapes, soft hyphens and variants do not count."""
    page.set_content(printed(index(FIRST, body=written)))
    assert search(page, asked) == ["meeting-01.html"]
