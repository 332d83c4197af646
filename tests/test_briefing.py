"""The briefing of the real meeting 8: nothing of the joint statement is lost on its way."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any

import children
import pikepdf
import pytest
from click.testing import CliRunner
from conftest import ROOT, page_of, run
from test_html import Page

from reporter.cli import main

if TYPE_CHECKING:
    from pathlib import Path

TODAY = date(2026, 11, 21)
# letters that may stand between two parts of a fact: a note, a column's end, the foot of a page
GAP = 450

# The facts of the joint statement, by paragraph, in words that the page must have; "..." stands
# for a few others. Left out are the two halves of the declared goal, which are context; they are
# in the last entries of the first paragraph.
FACTS = {
    "publisher": "Joint Statement of the Eighth Meeting ... U.S. Department of State",
    "1.1": "taking bilateral space cooperation further",
    "1.2": "Japan-U.S. alliance stronger",
    "1.3": "goal ... leaders had declared",
    "1.4": "The Government of Japan and the Government of the United States of America",
    "1.5": "Eighth Meeting of the Japan-U.S. Comprehensive Dialogue on Space",
    "1.6": "Eighth meeting, Tokyo",
    "1.7": "24 March 2023",
    "1.8": (
        "strong commitment ... two of the most advanced spacefaring nations ... closer cooperation"
    ),
    "1.9": "work closely with the international community ... outer space ... continuously ... "
    "safe, stable, secure and sustainable ... later generations",
    "2.1": "Co-chairs, Japan ... Ministry of Foreign Affairs",
    "2.2": "Co-chairs, Japan ... National Space Policy Secretariat, Cabinet Office",
    "2.3": "Co-chairs, United States ... National Space Council, Executive Office of the President",
    "2.4": (
        "Co-chairs, United States ... National Security Council, Executive Office of the President"
    ),
    "2.5": "Who took part Japan ... Ministry of Foreign Affairs",
    "2.6": "Ministry of Foreign Affairs (MOFA) ... National Space Policy Secretariat",
    "2.7": "National Security Secretariat",
    "2.8": "Cabinet Satellite Intelligence Center",
    "2.9": "Ministry of Internal Affairs and Communications",
    "2.10": "Ministry of Education, Culture, Sports, Science and Technology (MEXT)",
    "2.11": "Ministry of Economy, Trade and Industry",
    "2.12": "Ministry of the Environment ... printed as 'Ministry of Environment'",
    "2.13": "Ministry of Defense",
    "2.14": "Japan Aerospace Exploration Agency (JAXA)",
    "2.15": "National Institute of Information and Communications Technology (NICT)",
    "2.16": "Department of State",
    "2.17": "Department of Defense",
    "2.18": "Department of Transportation",
    "2.19": "Department of Commerce",
    "2.20": "National Aeronautics and Space Administration (NASA)",
    "2.21": "Office of the Director of National Intelligence",
    "2.22": "Office of the National Cyber Director",
    "3.1": "Exchanged views on a wide range of space matters, as at earlier meetings",
    "3.2": "updates to each other on their space policies and strategies",
    "3.3": "revision of its Basic Plan on Space Policy",
    "3.4": "U.S. gave an update on the U.S. Space Priorities Framework",
    "3.5": "U.S. shared views on threats to space",
    "3.6": "U.S. shared views on ... strategic competitors make of space",
    "3.7": "Recalled ... attacks to, from or within space could, in certain circumstances, "
    "lead to Article V of the Japan-U.S. Security Treaty",
    "3.8": "Discussed the new U.S. National Cybersecurity Strategy",
    "3.9": "Affirmed that cybersecurity ... future space cooperation",
    "3.10": "U.S. emphasised ... in civil space ... embrace open-source science",
    "3.11": "open-source science ... mutual goals in science and innovation",
    "3.12": "open-source science ... the economy ... industry ... foreign policy",
    "3.13": (
        "climate objectives and a better life on Earth ... Japan, the United States and "
        "other countries"
    ),
    "4.1": "U.S. strongly welcomed the new National Security Strategy",
    "4.2": "Noted that the strategic interests and the values ... strongly aligned",
    "4.3": (
        "Committed to use ... space cooperation ... carrying out Japan's National Security Strategy"
    ),
    "4.4": "Discussed how to take their space security cooperation further",
    "4.5": "stronger cooperation on the use of space for Maritime Domain Awareness (MDA)",
    "4.6": (
        "Discussed current efforts to identify and promote responsible behaviours ... "
        "security, stability and sustainability"
    ),
    "4.7": (
        "commitments of each side not to carry out destructive, direct-ascent anti-satellite "
        "missile tests"
    ),
    "5.1": "Discussed Space Situational Awareness ... commercial space",
    "5.2": "Discussed regulatory frameworks ... commercial space",
    "5.3": "Welcomed the participation of industry in the Dialogue process",
    "5.4": "industry ... first since the Dialogue began",
    "5.5": "28 February 2023, Washington: Industry event",
    "5.6": "23 March 2023, Tokyo: Industry event ... day before the meeting",
    "5.7": (
        "private sector matters more and plays a larger part ... national security of both "
        "countries"
    ),
    "5.8": "Committed to deepen the links between the two countries' space industries",
    "5.9": (
        "their intention to pursue a space industry network ... Japanese and U.S. space "
        "companies ... alliance's goals in space"
    ),
    "6.1": "civil space cooperation ... strong, successful and still growing",
    "6.2": "Discussed the Artemis program",
    "6.3": "Discussed cooperation on the Gateway ... lunar orbit",
    "6.4": "Discussed the Artemis Accords",
    "6.5": "Discussed aeronautics research",
    "6.6": (
        "Discussed continued cooperation on the International Space Station (ISS) ... human "
        "activities in low Earth orbit"
    ),
    "6.7": "Discussed new commercial destinations in low Earth orbit",
    "6.8": "Looked forward to the landing of a Japanese astronaut on the Moon",
    "6.9": "Prime Minister Kishida and President Biden had noted in May 2022",
    "6.10": "Recognised that human missions to the Moon offer a historic opportunity",
    "6.11": "Discussed Japan's wish ... first non-U.S. astronaut on the lunar surface",
    "6.12": "Welcomed progress in the technical talks of JAXA and NASA on lunar surface activities",
    "6.13": "Japanese pressurized crew rover to support astronauts on the surface",
    "6.14": (
        "importance of cooperation ... climate change ... greenhouse gases, precipitation, "
        "the water cycle and forests"
    ),
    "6.15": "strong interest in taking their collaboration ... further",
    "6.16": "coming launch of XRISM in 2023",
    "6.17": "coming launch of SLIM in 2023",
    "6.18": "coming launch of MMX, the Phobos sample return mission, in 2024",
    "6.19": "Discussed multilateral cooperation for space sustainability, in the G7",
    "6.20": "G7's joint efforts on debris remediation",
    "6.21": "Welcomed the strong cooperation across government on Japan's QZSS programme",
    "6.22": "hosting of U.S. payloads on QZSS satellites",
    "6.23": "hosting of QZSS ground stations by the United States",
    "7.1": (
        "signing, in January 2023, of the Framework Agreement between the Government of Japan and "
        "the Government of the United States of America for Cooperation in the Exploration and "
        "Use of Outer Space, including the Moon and Other Celestial Bodies, for Peaceful Purposes"
    ),
    "7.2": (
        "Shared the view that they will further promote their cooperation in space, given "
        "the signing"
    ),
    "7.3": (
        "Reconfirmed the strategic value of the Dialogue as a mechanism ... space "
        "cooperation policies"
    ),
    "7.4": (
        "Reaffirmed that the Dialogue will go on strengthening ... ministries, departments "
        "and agencies"
    ),
    "8.1": "Concurred on a ninth meeting of the Dialogue",
    "8.2": "ninth meeting ... to be held in the United States",
    "8.3": "ninth meeting ... United States in 2024",
}
TOOK_PART = frozenset(f"2.{number}" for number in range(5, 23))
ROLL = 2000  # letters of the part that says who took part
PARAGRAPHS = {1: 9, 2: 22, 3: 13, 4: 7, 5: 9, 6: 23, 7: 4, 8: 3}


def letters(text: str) -> str:
    """Return the letters and digits of a text: line ends, hyphens and marks do not count."""
    return "".join(re.findall(r"[^\W_]", text.lower()))


def missing(text: str) -> list[str]:
    """Return the facts that a text lacks."""
    found = letters(text)
    roll = found[found.find("whotookpartjapan") :][:ROLL]
    patterns = {
        name: f".{{0,{GAP}}}?".join(map(letters, words.split("...")))
        for name, words in FACTS.items()
    }
    return [
        name
        for name, pattern in patterns.items()
        if not re.search(pattern, roll if name in TOOK_PART else found)
    ]


@pytest.fixture(scope="module")
def page() -> Page:
    """Return the briefing of meeting 8 as a browser sees it."""
    return Page.of(page_of(ROOT, 8, TODAY))


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the PDF of meeting 8, built by the command."""
    folder = tmp_path_factory.mktemp("paper")
    done = run(
        "build",
        "--meeting",
        "8",
        "--project",
        ROOT,
        "--output",
        folder,
        "--format",
        "pdf",
        "--as-of",
        TODAY.isoformat(),
    )
    assert done.returncode == 0, done.stderr
    return folder / "meeting-08.pdf"


@pytest.fixture(scope="module")
def sheets(paper: Path) -> list[str]:
    """Return the text of each page, as a program reads it."""
    done = children.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", paper, "-"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.split("\f")[:-1]


@pytest.fixture(scope="module")
def document(paper: Path) -> pikepdf.Pdf:
    """Return the PDF, opened."""
    return pikepdf.open(paper)


def test_the_table_is_whole() -> None:
    """There is an entry for each fact of each paragraph, and one for the publisher."""
    wanted = [
        f"{paragraph}.{number}"
        for paragraph, count in PARAGRAPHS.items()
        for number in range(1, count + 1)
    ]
    assert list(FACTS) == ["publisher", *wanted]
    assert len(wanted) == 90


def test_a_missing_fact_is_noticed() -> None:
    """What is not there is not found, and words that stand far apart are not one fact."""
    assert len(missing("")) == len(FACTS)
    assert "3.9" in missing("Affirmed that cybersecurity" + "x" * 999 + "future space cooperation")
    assert "3.9" not in missing(
        "Affirmed that cyber-\nsecurity is good for\nfuture space\ncooperation"
    )


def test_every_fact_is_in_the_html(page: Page) -> None:
    """All 90 facts of the joint statement, and its publisher, can be read on the page."""
    assert missing(page.text) == []


@pytest.mark.full
def test_every_fact_is_in_the_pdf(sheets: list[str]) -> None:
    """All 90 facts of the joint statement, and its publisher, can be read in the PDF."""
    first, *others = sheets
    furniture = (
        "Eighth meeting, Tokyo, 24 March 2023",
        "Japan-U.S. Comprehensive Dialogue on Space",
        "As of 21 November 2026 · sources searched to 31 May 2026",
        r"Page \d of \d",
    )
    running = re.sub(rf"(?m)^(?:(?:{'|'.join(furniture)}) ?)+$", "", "\n".join(others))
    assert missing(f"{first}\n{running}") == []


def test_every_statement_has_a_paragraph(page: Page) -> None:
    """What was said is cited to the document with its paragraph, all eight of them."""
    cited = set(re.findall(r"\[1 ¶([\d, ]+)\]", page.text))
    assert {int(number) for numbers in cited for number in numbers.split(",")} == set(PARAGRAPHS)


def test_check_counts_the_paragraphs() -> None:
    """All paragraphs of both documents that the project began with are cited."""
    done = CliRunner().invoke(main, ["check", "--project", str(ROOT)])
    assert (done.exit_code, done.stderr) == (0, "")
    assert "\njoint-statement-08: 8 of 8 paragraphs cited\n" in done.stdout
    assert "\nnews-may-2022: 7 of 7 paragraphs cited\n" in done.stdout


def test_titles(page: Page) -> None:
    """The official title is there in English and in Japanese, marked as such."""
    assert "Eighth Meeting of the Japan-U.S. Comprehensive Dialogue on Space" in page.text
    assert ("ja", "「宇宙に関する包括的日米対話」第8回会合") in page.texts


@pytest.mark.full
def test_length(document: pikepdf.Pdf) -> None:
    """It is a briefing and not a book."""
    assert len(document.pages) <= 4


@pytest.mark.full
def test_page_one_stands_alone(sheets: list[str]) -> None:
    """It has all that is needed by whoever reads no further, and nothing of it runs over."""
    parts = [
        "Bottom line",
        "What is to be done",
        "What was promised, and what became of it",
        "What was new",
        "Who met",
    ]
    assert [part for part in parts if part not in sheets[0]] == []
    assert [
        part for part in parts if re.search(f"^{part}$", "\n".join(sheets[1:]), re.MULTILINE)
    ] == []
    assert [
        word
        for word in ("In progress", "ninth meeting", "tenth meeting", "Japan, co-chairs")
        if word not in sheets[0]
    ] == []


@pytest.mark.full
def test_page_furniture(sheets: list[str]) -> None:
    """Every page says for which day it speaks, and which page it is of how many.

    All but the first name the series.
    """
    for number, sheet in enumerate(sheets, 1):
        words = " ".join(sheet.split())
        assert f"Page {number} of {len(sheets)}" in words
        assert "As of 21 November 2026" in words
        assert "Japan-U.S. Comprehensive Dialogue on Space" in words or number == 1


@pytest.mark.full
def test_bookmarks(document: pikepdf.Pdf) -> None:
    """They are the title and below it the sections, and each leads to a page."""
    with document.open_outline() as outline:
        (top,) = outline.root
        names = [item.title for item in top.children]
        places = [item.destination for item in top.children]
    assert top.title == "Eighth meeting, Tokyo, 24 March 2023"
    assert names[:2] == ["Bottom line", "What is to be done"]
    assert {"Further promises and plans", "What was said, by area", "Who took part"} <= set(names)
    assert len(names) >= 8
    assert None not in places


@pytest.mark.full
def test_metadata(document: pikepdf.Pdf) -> None:
    """Title, author, language and the dates of the records are those of the document."""
    information: Any = document.docinfo
    assert (
        str(information["/Title"])
        == "Eighth meeting, Tokyo, 24 March 2023: Japan-U.S. Comprehensive Dialogue on Space"
    )
    assert str(information["/Author"]) != ""
    assert str(information["/CreationDate"]).startswith("D:20230324")
    assert str(information["/ModDate"]).startswith("D:20261121")
    assert str(document.Root.Lang) == "en"
    with document.open_metadata() as metadata:
        assert metadata["dc:title"] == str(information["/Title"])
        assert metadata["dc:creator"] == [str(information["/Author"])]
        assert metadata["xmp:CreateDate"].startswith("2023-03-24")
        assert metadata["xmp:ModifyDate"].startswith("2026-11-21")


@pytest.mark.full
def test_links_inside(document: pikepdf.Pdf) -> None:
    """Citations lead to their sources inside the PDF.

    Links to other briefings lead to PDFs beside it; the rest to the web.
    """
    links = [
        annotation
        for sheet in document.pages
        for annotation in sheet.get("/Annots", [])
        if annotation.Subtype == "/Link"
    ]
    inside = [link for link in links if "/Dest" in link or ("/A" in link and link.A.S == "/GoTo")]
    addresses = [str(link.A.URI) for link in links if "/A" in link and "/URI" in link.A]
    assert len(inside) > 100
    assert len(inside) + len(addresses) == len(links)
    assert [
        address
        for address in addresses
        if not re.match(r"https?://|[a-z0-9-]+\.pdf(#[\w-]+)?$", address)
    ] == []
    assert {"meeting-07.pdf", "meeting-09.pdf"} <= set(addresses)


@pytest.mark.full
def test_fonts(paper: Path) -> None:
    """Every font is embedded, and of the theme."""
    done = children.run(["pdffonts", paper], capture_output=True, encoding="utf-8", check=True)
    lines = done.stdout.splitlines()[2:]
    assert len(lines) >= 5
    assert [
        line
        for line in lines
        if not re.match(r"[A-Z]{6}\+Reporter-", line)
        or not re.search(r" yes yes yes +\d+ +\d+$", line)
    ] == []


def test_as_of_an_earlier_day() -> None:
    """What was not yet known on the day is not on the page: no ninth meeting, no launch."""
    early = Page.of(page_of(ROOT, 8, date(2023, 6, 30))).text
    assert "As of 30 June 2023" in early
    assert "Concurred on a ninth meeting" in early
    assert [
        word
        for word in ("27 August 2024", "lands on the Moon", "NASA revises Artemis")
        if word in early
    ] == []
