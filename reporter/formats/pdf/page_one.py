"""Whether page one stands alone; if not, by how much it runs over and what to shorten.

Page one ends at the element ``page-one-ends``. It is laid out first. If it runs over, what may be
left out of it is left out before the other pages are laid out.
"""

from __future__ import annotations

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

import weasyprint.layout
from weasyprint import Page

from reporter.records.brevity import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from xml.etree.ElementTree import Element

ENDS = "page-one-ends"  # the id of the element with which a template ends a page that stands alone
MM = 25.4 / 96  # in a CSS pixel
LINE = 4.7625  # mm of a line of text
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


class Part(NamedTuple):
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

    def _parts(self) -> Iterator[Part]:
        """Yield the parts that a person wrote."""
        for element, height in self.heights.items():
            if (name := element.get("data-part")) in PARTS:
                yield Part(str(name), height, words("".join(element.itertext())))


def _told(part: Part, by: float) -> str:
    name, share = PARTS[part.name]
    words = min(part.words, ceil(part.words * by / part.height))
    length = f"{part.height:.0f} mm, of which its share is {share}"
    return f"{name} by about {words} of {part.words} words: {length}"


def overrun(pages: Sequence[Page]) -> Overrun | None:
    """Return by how much page one runs over; None where it ends in time, or ends nowhere."""
    last = next((number for number, page in enumerate(pages) if ENDS in page.anchors), 0)
    if last == 0:
        return None
    end = pages[last].anchors[ENDS][1] - float(_box(pages[last]).content_box_y())
    by = sum(float(_box(page).height) for page in pages[1:last]) + end
    heights: dict[Element, float] = defaultdict(float)
    for page in pages[: last + 1]:
        for element, height in _marked(_box(page)):
            heights[element] += height * MM
    return Overrun(max(by * MM, 1), heights)


def _box(page: Page) -> Any:  # noqa: ANN401 (WeasyPrint has no types)
    return page._page_box  # noqa: SLF001 (WeasyPrint tells nowhere else where a box lies)


def _marked(box: Any) -> Iterator[tuple[Element, float]]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield each element of a page that a person wrote or that may be left out, with its height."""
    element = getattr(box, "element", None)
    told = element is not None and (element.get("data-part") or element.get("data-optional"))
    if element is not None and told and hasattr(box, "border_height"):
        yield element, float(box.border_height())
    for child in getattr(box, "children", None) or ():
        yield from _marked(child)


class RunsOver(Exception):  # noqa: N818 (it says what happened)
    """Page one runs over, and the layout ends there."""

    def __init__(self, overrun: Overrun) -> None:
        super().__init__()
        self.overrun = overrun


@contextmanager
def stopping() -> Iterator[None]:
    """Raise RunsOver as soon as page one is laid out and runs over."""
    whole = weasyprint.layout.make_all_pages

    def page_after_page(context: Any, root: Any, html: Any, pages: list[Any]) -> Iterator[Any]:  # noqa: ANN401
        done: list[Page] = []
        for page in whole(context, root, html, pages):
            if not done or ENDS not in done[-1].anchors:
                done.append(Page(page))
                if found := overrun(done):
                    raise RunsOver(found)
            yield page

    weasyprint.layout.make_all_pages = page_after_page
    try:
        yield
    finally:
        weasyprint.layout.make_all_pages = whole
