"""From runs of text to the XML of Word: their styles, languages, links, and changes."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING

from reporter.formats.docx.blocks import Run
from reporter.formats.docx.drawings import fitting, inline
from reporter.formats.docx.opc import Relations
from reporter.formats.docx.xml import XML, R, w, w_name
from reporter.language import region_tag

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element

    from reporter.formats.docx.blocks import Drawing, WordChange, WordFacts
    from reporter.formats.docx.reference import ReferenceDocument
    from reporter.formats.pdf.pictures import Picture

_SIGNS = {"\n": "br", "\t": "tab", "\u00ad": "softHyphen"}
_TEXT = re.compile("([\n\t\u00ad])")
_WEB = re.compile(r"(?:https?://|mailto:)", re.IGNORECASE)
_REPORT = re.compile(r"([\w-]+)\.html(?:#(.+))?", re.ASCII)
_PLAIN_PLACE = re.compile("[a-z][a-z0-9-]{,38}")
_LONGEST_TIP = 255


class RunWriter:
    """Writes the runs of one document; notes to which addresses they lead."""

    def __init__(
        self,
        reference: ReferenceDocument,
        facts: WordFacts,
        places: Iterable[str],
        draw: Callable[[Drawing], Picture | None],
    ) -> None:
        self.relations = Relations()
        self.pictures: dict[str, bytes] = {}
        self._reference, self._draw = reference, draw
        self._places = frozenset(places)
        self._marked: set[str] = set()
        self._changes = 0
        self._changed_by = {"author": facts.author or "reporter"}
        if facts.modified:
            self._changed_by["date"] = f"{facts.modified}T00:00:00Z"

    def change(self, change: WordChange, *children: _Element) -> _Element | None:
        """Return what says that something is new or gone; nothing where it is as it was."""
        if not change:
            return None
        self._changes += 1
        return w(change, *children, id=self._changes, **self._changed_by)

    def _changed(self, run: _Element, change: WordChange) -> _Element:
        found = self.change(change, run)
        return run if found is None else found

    def bookmarks(self, anchors: Iterable[str]) -> tuple[list[_Element], list[_Element]]:
        """Return what marks the places in a paragraph; each place of a document is marked once."""
        begins, ends = [], []
        for name in dict.fromkeys(map(place, anchors)):
            if name not in self._marked:
                self._marked.add(name)
                number = len(self._marked)
                begins.append(w("bookmarkStart", id=number, name=name))
                ends.append(w("bookmarkEnd", id=number))
        return begins, ends

    def runs(self, runs: Iterable[Run]) -> Iterator[_Element]:
        """Yield runs as they are written, those of a link in one element."""
        for (link, tip), linked in groupby(runs, lambda run: (run.link, run.tip)):
            written = [self._changed(self._run(run), run.change) for run in linked]
            leads = self._leads(link) if link else {}
            if leads:
                around = w("hyperlink", *written, history=1)
                for name, found in leads.items():
                    around.set(name, found)
                if tip:
                    around.set(w_name("tooltip"), tip[:_LONGEST_TIP])
                yield around
            else:
                yield from written

    def _leads(self, link: str) -> dict[str, str]:
        """Return how a link says where it leads; nothing where that is nowhere."""
        if link.startswith("#"):
            return {w_name("anchor"): place(link[1:])} if link[1:] in self._places else {}
        if found := _REPORT.fullmatch(link):
            leads = {f"{{{R}}}id": self.relations.link(f"{found[1]}.docx")}
            return leads | ({w_name("anchor"): place(found[2])} if found[2] else {})
        if _WEB.match(link):
            return {f"{{{R}}}id": self.relations.link(link)}
        return {}

    def _run(self, run: Run) -> _Element:
        if run.drawing:
            return self._drawn(run.drawing)
        parts = []
        for text in filter(None, _TEXT.split(run.text)):
            part = w(_SIGNS.get(text, "delText" if run.change == "del" else "t"))
            if text not in _SIGNS:
                part.text = text
                part.set(f"{{{XML}}}space", "preserve")
            parts.append(part)
        return w("r", self._properties(run), *parts)

    def _drawn(self, drawing: Drawing) -> _Element:
        """Return a picture, with what is said of it; these words alone where it is blank."""
        found = self._draw(drawing)
        if found is None:
            return self._run(Run(drawing.told))
        number = len(self.pictures) + 1
        name = f"media/picture-{number}.png"
        self.pictures[name] = found.content
        link = self.relations.to("image", name)
        size = fitting(found.width, found.height)
        return w("r", w("drawing", inline(drawing.told, link, number, size)))

    def _properties(self, run: Run) -> _Element | None:
        found = []
        style = run.style or ("Strong" if run.bold else "Emphasis" if run.italic else "")
        if style:
            found.append(w("rStyle", val=self._reference.style(style, "character")))
        if run.bold and style != "Strong":
            found += [w("b"), w("bCs")]
        if run.italic and style != "Emphasis":
            found += [w("i"), w("iCs")]
        if run.underlined:
            found.append(w("u", val="single"))
        if is_right_to_left(run.text):
            found.append(w("rtl"))
        if run.language:
            tag = region_tag(run.language)
            found.append(w("lang", val=tag, eastAsia=tag, bidi=tag))
        return w("rPr", *found) if found else None


def place(anchor: str) -> str:
    """Return the name of a bookmark: the same for a place in each report that leads to it.

    Word takes letters, digits and the low line, and no more than forty of them.
    """
    name = re.sub(r"\W", "_", anchor, flags=re.ASCII)
    if _PLAIN_PLACE.fullmatch(anchor):
        return name
    return f"p{name[:26]}_{hashlib.sha256(anchor.encode()).hexdigest()[:10]}"


def is_right_to_left(text: str) -> bool:
    """Return whether the first letter is written from right to left, as HTML's ``dir=auto``."""
    for sign in text:
        direction = unicodedata.bidirectional(sign)
        if direction in {"L", "R", "AL"}:
            return direction != "L"
    return False
