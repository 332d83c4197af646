"""A page as Markdown, for a wiki or a ticket: CommonMark with tables, made of the finished HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup
from markdownify import ATX, BACKSLASH, MarkdownConverter

if TYPE_CHECKING:
    from bs4 import Tag

    from reporter.formats.jobs import Job, MadeContent
    from reporter.theme import Theme

GENERATOR = "<!-- Generator: reporter -->"
# What a reader of plain text has no use for: navigation, searching, and what only a screen shows.
_DROPPED = "nav, script, style, form, template, summary, .skip, [hidden], ol.sources .n"
_BEGINS = re.compile(r"\s*\d+\\[.)]")
_NUMBER = re.compile(r"(?<=\d)\\(?=[.)])")
_ADDRESS = re.compile(r"(https?://[^\s<>|]+)")
_NOT_IN_ANCHOR = re.compile(r"[^\w\- ]")
_BLANKS = re.compile(r"(?<=\S) {2,}")
_LINES = re.compile(r"\n{3,}")
_NOTES = {"h3": {"since", "soft"}}
"""The classes of notes to a text, by the element in which it stands."""
_OPTIONS: dict[str, Any] = {
    "heading_style": ATX,
    "newline_style": BACKSLASH,
    "bullets": "-",
    "escape_misc": True,
    "strip": ["colgroup", "col"],
}


def make(_job: Job, _theme: Theme, source: bytes) -> MadeContent:
    """Return the file of a report whose page is ``source``."""
    return markdown(source.decode()), ()


def markdown(html: str) -> bytes:
    """Return a page: what is in ``<main>``, links and tables too, then how far it speaks."""
    page = BeautifulSoup(html, "html.parser")
    for element in page.select(_DROPPED):
        element.decompose()
    for drawing in page.select("svg"):
        title = drawing.find("title")
        drawing.replace_with(f"({title.get_text(' ', strip=True)})" if title else "")
    _anchor(page)
    parts = [page.select_one("main"), page.select_one("body > header")]
    text = "\n\n".join(_Converter(**_OPTIONS).convert_soup(part).strip() for part in parts if part)
    lines = map(_readable, _LINES.sub("\n\n", text).split("\n"))
    return ("\n".join(lines) + f"\n\n{GENERATOR}\n").encode()


def _anchor(page: BeautifulSoup) -> None:
    """Let links to the rest of something lead to its heading, by the name that readers give it."""
    for link in page.select('a.more[href^="#"]'):
        there = page.find(id=str(link["href"])[1:])
        heading = there and (there if there.name == "h2" else there.find("h2"))
        if heading:
            name = _NOT_IN_ANCHOR.sub("", " ".join(heading.get_text().split()).lower())
            link["href"] = f"#{name.replace(' ', '-')}"


def _readable(line: str) -> str:
    """Return a line with single blanks, and without escapes that only its beginning needs."""
    begins = _BEGINS.match(line)
    at = begins.end() if begins else 0
    return line[:at] + _BLANKS.sub(" ", _NUMBER.sub("", line[at:])).replace(" ; ", "; ").rstrip()


class _Converter(MarkdownConverter):
    """Knows the marks, references and lists of our pages."""

    # Its methods have the names and the arguments with which the library calls them.
    def convert_span(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Set apart what style alone sets apart: a mark from its word, a note from its text."""
        kinds = set(element.get("class") or ())
        if "mark" in kinds:
            return f"{text} "
        if "label" in kinds:
            return f"**{text.strip()}:** "
        if kinds & _NOTES.get(element.parent.name if element.parent else "", {"since"}):
            note = text.strip()
            return f" {note}" if note.startswith("(") or not note else f" ({note})"
        follows = element.parent and "official" in (element.parent.get("class") or ())
        return f"{text} / " if follows and element.find_next_sibling("span") else text

    def convert_hN(self, n: int, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: N802
        """Set a heading of a part of the page as low as the page says."""
        level = int(str(el.get("aria-level") or n))
        return str(super().convert_hN(level, el, text, parent_tags))  # type: ignore[misc]

    def convert_a(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Keep a link to another page or to a heading; another one inside a page is its text."""
        inside = str(element.get("href") or "").startswith("#")
        if inside and "more" not in (element.get("class") or ()):
            return text
        address = element.get("href")
        return f"[{text}]({address})" if address and text.strip() else text

    def convert_div(self, element: Tag, text: str, parent_tags: set[str]) -> str:
        """Set what stands on lines of a cell apart: a table has one line for a row."""
        if parent_tags & {"td", "th"}:
            follows = any(each.get_text(strip=True) for each in element.previous_siblings)
            apart = "; " if follows and text.strip() else ""
            return f"{apart}{text.strip()}"
        return str(super().convert_div(element, text, parent_tags))  # type: ignore[misc]

    def escape(self, text: str, parent_tags: set[str]) -> str:
        """Escape what looks like a mark, but in addresses, which stay as they are."""
        pieces = _ADDRESS.split(text)
        escape = super().escape  # type: ignore[misc]
        pieces[::2] = [escape(piece, parent_tags) for piece in pieces[::2]]
        return "".join(pieces)

    def convert_dt(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Begin an item with its name."""
        return f"\n\n**{text.strip()}**\n" if text.strip() else ""

    def convert_dd(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Put what belongs to a name below it, an item for each line of it."""
        is_many = len(element.find_all("div", recursive=False)) > 1
        lines = text.strip().split("\n\n") if is_many else [text.strip()]
        return "\n" + "".join(f"- {line.strip()}\n" for line in lines if line.strip())

    def convert_caption(
        self,
        element: Tag,  # noqa: ARG002
        text: str,
        parent_tags: set[str],  # noqa: ARG002
    ) -> str:
        """Put the caption of a table above it."""
        return f"\n\n**{text.strip()}**\n\n"

    def convert_ins(self, element: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002
        """Show added words as strong."""
        return f"**{text}**" if text.strip() else text
