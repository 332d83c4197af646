"""Writes a page of ours as a Typst document.

It has the same text, headings, lists, tables, links and fonts.

The picture is handed over as it is; what the page's stylesheet does beyond that is left out.
"""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

FONTS = [
    ("rendercv_fonts", "XCharter"),
    ("rendercv_fonts", "Noto Sans"),
    ("weblate_fonts", "static/weblate_fonts/source-sans/ttf"),
]
SKIPPED = {"nav", "style", "script", "colgroup", "caption", "template"}
VOID = {"br", "col", "hr", "img", "input", "link", "meta", "path"}
HEAD = """\
#set document(title: {title}, author: "reporter", date: datetime(year: 2026, month: 3, day: 1))
#set text(lang: "en", font: ("Source Sans 3", "Noto Sans JP"), size: 9.5pt)
#set page("a4", margin: 2cm, numbering: "1 of 1")
#show heading: set text(font: "XCharter")
#pdf.attach("record.json", relationship: "source", mime-type: "application/json",
  description: "The record")
"""


def font_folders() -> list[str]:
    """Return the folders of the fonts that our PDFs are set in."""
    return [str(Path(str(resources.files(package))) / folder) for package, folder in FONTS]


def document(html: str) -> str:
    """Return the source of a Typst document that says what a page of ours says."""
    page = _Page()
    page.feed(html[html.index("<body") : html.index("</body>")])
    title = re.findall(r"<title>(.*?)</title>", html)[0]
    return HEAD.format(title=_text(title)) + page.blocks[-1]


def _text(text: str) -> str:
    """Return a text as a string of Typst, whose escapes are those of JSON here."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


def _plain(text: str) -> str:
    return re.sub(r"([\\#$*_@`<>\[\]/=+~-])", r"\\\1", re.sub(r"\s+", " ", text))


class _Page(HTMLParser):
    """Collects the source: each open element gathers its own until it is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = [""]
        self.open: list[tuple[str, dict[str, str]]] = []
        self.skipping = 0
        self.picture = ""
        self.targets: list[str] = []  # of links: they stand before the next text

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element."""
        if self.picture:
            self.picture += self.get_starttag_text() or ""
        elif tag == "svg":
            self.picture = self.get_starttag_text() or ""
        elif tag in SKIPPED:
            self.skipping += 1
        elif tag == "br":
            self.blocks[-1] += "#linebreak() "
        elif tag not in VOID and not self.skipping:
            self.open.append((tag, {name: value or "" for name, value in attrs}))
            self.blocks.append("")
            self.targets += [value or "" for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an element that is closed at once."""
        if self.picture:
            self.picture += self.get_starttag_text() or ""
        else:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and hand what it says to the one around it."""
        if self.picture:
            self.picture += f"</{tag}>"
            if tag == "svg":
                title = re.findall(r"<title[^>]*>(.*?)</title>", self.picture)[0]
                picture = self.picture.replace("<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1)
                source = json.dumps(picture, ensure_ascii=False)
                self.blocks[-1] += (
                    f'#image(bytes({source}), format: "svg", alt: {_text(title)}, width: 100%)\n'
                )
                self.picture = ""
        elif tag in SKIPPED:
            self.skipping -= 1
        elif tag not in VOID and not self.skipping:
            name, attributes = self.open.pop()
            said = self.blocks.pop()
            make = MADE.get(name)
            self.blocks[-1] += make(said, attributes) if make else said

    def handle_data(self, data: str) -> None:
        """Add text."""
        if self.picture:
            self.picture += data
        elif not self.skipping:
            if data.strip():
                data = " " * data[0].isspace() + data.lstrip()
                self.blocks[-1] += "".join(f"#metadata(none)<{name}>" for name in self.targets)
                self.targets = []
            self.blocks[-1] += _plain(data)


def _table(said: str, _attributes: dict[str, str]) -> str:
    rows = [row.count("[*cell*]") for row in said.split("[*row*]")]
    cells = said.replace("[*row*]", "").replace("[*cell*]", "")
    return f"\n\n#table(columns: {max(rows)}, {cells})\n\n"


def _terms(said: str, _attributes: dict[str, str]) -> str:
    terms = [term.rstrip(" +\n") for term in said.split("[*term*]")[1:]]
    return "\n\n#terms(" + ", ".join(f"terms.item({term})" for term in terms) + ")\n\n"


def _cell(said: str, attributes: dict[str, str]) -> str:
    span = int(attributes.get("colspan", "1"))
    return "[*cell*]" * span + f"table.cell(colspan: {span})[{said}], "


def _link(said: str, attributes: dict[str, str]) -> str:
    target = attributes.get("href", "")
    if target.startswith("#"):
        return f"#link(label({_text(target[1:])}))[{said}]"
    return f"#link({_text(target)})[{said}]" if target else said


MADE: dict[str, Callable[[str, dict[str, str]], str]] = {
    "h1": lambda said, _: f"\n\n#heading(level: 1)[{said}]\n",
    "h2": lambda said, _: f"\n\n#heading(level: 2)[{said}]\n",
    "h3": lambda said, _: f"\n\n#heading(level: 3)[{said}]\n",
    "p": lambda said, _: f"\n\n{said}\n\n",
    "div": lambda said, _: f"\n\n{said}\n\n",
    "li": lambda said, _: f"[{said}], ",
    "ol": lambda said, _: f"\n\n#enum({said})\n\n",
    "ul": lambda said, _: f"\n\n#list({said})\n\n",
    "dl": _terms,
    "dt": lambda said, _: f"[*term*][{said}], ",
    "dd": lambda said, _: f"[{said}] + ",
    "strong": lambda said, _: f"#strong[{said}]",
    "em": lambda said, _: f"#emph[{said}]",
    "span": lambda said, of: f'#text(lang: "{of["lang"]}")[{said}]' if "lang" in of else said,
    "a": _link,
    "th": _cell,
    "td": _cell,
    "tr": lambda said, _: f"{said}[*row*]",
    "thead": lambda said, _: f"table.header({said}), ",
    "table": _table,
}
