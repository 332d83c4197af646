"""Whether page one stands alone; if not, by how much it runs over and what to shorten.

Page one ends at the element ``page-one-ends``. It is laid out first. If it runs over, what may be
left out of it is left out before the other pages are laid out. An element ``page-one-aims`` is what
should still stand on page one if leaving out helps: if it does not, nothing is left out.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

import weasyprint.layout
from weasyprint import Page
from weasyprint.formatting_structure.boxes import LineBox, MarginBox

from reporter.records.brevity import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

ENDS = "page-one-ends"  # the id of the element with which a template ends a page that stands alone
AIMS = "page-one-aims"  # the id of what a template would like to have on page one
MM = 25.4 / 96  # in a CSS pixel
LINE = 4.7625  # mm of a line of text
MARKED = ("data-part", "data-optional", "data-while-linked")
# The parts that a person writes, as templates mark them (data-part): what each is called, and the
# height in mm that is its share.
PARTS = {
    "title": ("the title ('title', 'place.city', and 'series' of project.yaml)", 36),
    "bottom_line": ("the bottom line ('bottom_line')", 26),
    "agreed": ("what was agreed ('agreed')", 70),
    "next_steps": ("the next steps ('next_steps')", 60),
    "new": ("what was new ('new')", 40),
    "purpose": ("the purpose ('objectives.purpose')", 22),
    "objectives": ("the objectives ('objectives')", 50),
    "avoid": ("what to avoid ('avoid')", 45),
}


class MarkedPart(NamedTuple):
    """A marked part: how high it is in mm, and of how many words."""

    name: str
    height: float
    words: int

    @property
    def above(self) -> float:
        """By how many mm it is above its share."""
        return self.height - PARTS[self.name][1]


@dataclass(frozen=True, slots=True)
class Overrun:
    """By how many mm page one runs over, and how high its elements are, in mm."""

    by: float
    heights: Mapping[Element, float]
    free: float = 0
    """How many mm at the foot of the page are empty: what ran over had to stay together."""

    @property
    def room(self) -> float:
        """How many mm would have been enough."""
        return max(self.by - self.free, 1)

    def told(self) -> tuple[str, str]:
        """Return it in words, with what to do: what is furthest above its share comes first."""
        lines = ceil(self.by / LINE)
        message = (
            f"page one does not stand alone: it runs over by {ceil(self.by)} mm, "
            f"{lines} {'line' if lines == 1 else 'lines'} of text"
        )
        found = sorted(self._parts(), key=lambda part: -part.above)
        if not found:
            hint = "the stylesheet of the project needs more room than there is"
            return message, f"nothing on it was written for it: {hint}"
        long = [part for part in found if part.above > 0]
        whole = sum(part.above for part in long)
        told = [_told(part, min(part.above, self.by * part.above / whole)) for part in long]
        return message, f"shorten {'; '.join(told or [_told(found[0], self.by)])}"

    def _parts(self) -> Iterator[MarkedPart]:
        """Yield the parts that a person wrote."""
        for element, height in self.heights.items():
            if (name := element.get("data-part")) in PARTS:
                yield MarkedPart(str(name), height, words("".join(element.itertext())))


def _told(part: MarkedPart, by: float) -> str:
    name, share = PARTS[part.name]
    words = min(part.words, ceil(part.words * by / part.height))
    length = f"{part.height:.0f} mm, of which its share is {share}"
    return f"{name} by about {words} of {part.words} words: {length}"


def parts_of(root: Element) -> list[Element]:
    """Return the reports that are parts of a page; none where the page is one report."""
    return [
        element for element in root.iter("article") if "bound" in element.get("class", "").split()
    ]


@contextmanager
def alone(root: Element, part: Element) -> Iterator[None]:
    """Let a part be all that a page has."""
    around = next(element for element in root.iter("main") if part in element)
    others = list(around)
    around[:] = [part]
    try:
        yield
    finally:
        around[:] = others


def overruns(pages: Sequence[Page], parts: Sequence[Element]) -> Iterator[Overrun]:
    """Yield by how much page one runs over, of each part where the page has several."""
    if not parts and (found := overrun(pages)):
        yield found
    for part in parts:
        start = next((at for at, page in enumerate(pages) if part.get("id") in page.anchors), 0)
        if found := overrun(pages[start:], _names(part)[0]):
            yield found


def _names(part: Element | None) -> tuple[str, str]:
    """Return the ids with which page one ends, and of what should stand there."""
    before = "" if part is None else f"{part.get('id')}-"
    return f"{before}{ENDS}", f"{before}{AIMS}"


def has_aims(main: Element, part: Element | None) -> bool:
    """Return whether something should stand on page one if leaving out helps."""
    return any(element.get("id") == _names(part)[1] for element in main.iter())


def pages_of(pages: Sequence[Page], part: Element) -> Sequence[Page]:
    """Return the pages of a part; all where it is none of several."""
    found: dict[str, int] = {}
    for at, page in enumerate(pages):
        for name in page.anchors:
            found.setdefault(name, at)  # what goes on over pages is on each of them
    first, last = (found.get(f"{part.get('id')}{end}") for end in ("", "-end"))
    return pages if last is None else pages[first : last + 1]


def overrun(pages: Sequence[Page], end_of_page: str = ENDS) -> Overrun | None:
    """Return by how much page one runs over; None where it ends in time, or ends nowhere."""
    last = next((number for number, page in enumerate(pages) if end_of_page in page.anchors), 0)
    if last == 0:
        return None
    end = pages[last].anchors[end_of_page][1] - float(box_of(pages[last]).content_box_y())
    by = sum(float(box_of(page).height) for page in pages[1:last]) + end
    heights: dict[Element, float] = defaultdict(float)
    for page in pages[: last + 1]:
        for element, height in _marked(box_of(page)):
            heights[element] += height * MM
    free = free_of(box_of(pages[last - 1])) if last == 1 else 0
    return Overrun(max(by * MM, 1), heights, free * MM)


def free_of(page: Any) -> float:  # noqa: ANN401 (WeasyPrint has no types)
    """Return how much of a page is empty below its last line; its head and foot are none."""
    lines = [
        box for part in parts_on(page) for box in part.descendants() if isinstance(box, LineBox)
    ]
    ends = max((box.position_y + box.height for box in lines), default=page.content_box_y())
    return max(float(page.content_box_y() + page.height - ends), 0)


def parts_on(page: Any) -> list[Any]:  # noqa: ANN401 (as above)
    """Return the boxes on a page but for its head and foot."""
    return [part for part in page.children if not isinstance(part, MarginBox)]


def box_of(page: Page) -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    """Return the box of a page."""
    return page._page_box  # noqa: SLF001 (WeasyPrint tells nowhere else where a box lies)


def _marked(box: Any, within: Any = None) -> Iterator[tuple[Element, float]]:  # noqa: ANN401
    """Yield each element of a page that a person wrote or that may go, with its height.

    The lines of an element are boxes of it, too: they are not counted again.
    """
    element = getattr(box, "element", None)
    told = element is not None and any(element.get(name) for name in MARKED)
    if element is not None and told and element is not within and hasattr(box, "border_height"):
        yield element, float(box.border_height())
    for child in getattr(box, "children", None) or ():
        yield from _marked(child, element)


class RunsOver(Exception):  # noqa: N818 (it says what happened)
    """Page one runs over, and the layout ends there."""

    def __init__(self, overrun: Overrun) -> None:
        super().__init__()
        self.overrun = overrun


class Stands(Exception):  # noqa: N818 (it says what happened)
    """Page one ends in time, and nothing further was to be laid out."""


@contextmanager
def stopping(part: Element | None = None) -> Iterator[None]:
    """Raise RunsOver as soon as page one is laid out and runs over.

    Of a part, nothing more is to be laid out: raise Stands as soon as its page one does not.
    """
    ends, aims = _names(part)
    whole = weasyprint.layout.make_all_pages

    def page_after_page(
        context: Any,  # noqa: ANN401
        root: Any,  # noqa: ANN401
        html: Any,  # noqa: ANN401
        pages: list[Any],
    ) -> Iterator[Any]:
        done: list[Page] = []
        for page in whole(context, root, html, pages):
            if not done or not done[-1].anchors.keys() & {ends, aims}:
                done.append(Page(page))
                if found := overrun(done, ends) or overrun(done, aims):
                    raise RunsOver(found)
                if part is not None and done[-1].anchors.keys() & {ends, aims}:
                    raise Stands
            yield page

    weasyprint.layout.make_all_pages = page_after_page
    try:
        yield
    finally:
        weasyprint.layout.make_all_pages = whole
