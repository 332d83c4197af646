"""Whether page one stands alone, and if not, by how much it runs over and which of its written parts is to be shortened."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.records.brevity import words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import Page

ENDS = "page-one-ends"  # the id of the element with which a template ends a page that is to stand alone
MM = 25.4 / 96  # in a CSS pixel
LINE = 4.7625  # mm of a line of text
# The parts that a person writes, as templates mark them (data-part), what each is called, and the height in mm that is its share.
PARTS = {
    "title": ("the title ('title', 'place.city', and 'series' of project.yaml)", 36),
    "bottom_line": ("the bottom line ('bottom_line')", 26),
    "agreed": ("what was agreed ('agreed')", 88),
    "next_steps": ("the next steps ('next_steps')", 48),
    "points": ("the points ('points')", 88),
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
    """By how many mm page one runs over, and its marked parts."""

    by: float
    parts: tuple[Part, ...]

    def told(self) -> tuple[str, str]:
        """Return it in words, with what to do: the part that is furthest above its share comes first."""
        lines = ceil(self.by / LINE)
        message = f"page one does not stand alone: it runs over by {ceil(self.by)} mm, {lines} {'line' if lines == 1 else 'lines'} of text"
        found = sorted(
            (part for part in self.parts if part.name in PARTS), key=lambda part: -part.above
        )
        if not found:
            return (
                message,
                "nothing on it was written for it: the stylesheet of the project needs more room than there is",
            )
        long = [part for part in found if part.above > 0]
        whole = sum(part.above for part in long)
        told = [_told(part, min(part.above, self.by * part.above / whole)) for part in long] or [
            _told(found[0], self.by)
        ]
        return message, f"shorten {'; '.join(told)}"


def _told(part: Part, by: float) -> str:
    name, share = PARTS[part.name]
    words = min(part.words, ceil(part.words * by / part.height))
    return f"{name} by about {words} of {part.words} words: {part.height:.0f} mm, of which its share is {share}"


def overrun(pages: Sequence[Page]) -> Overrun | None:
    """Return by how much page one runs over; None where it ends in time, or nothing says where it ends."""
    last = next((number for number, page in enumerate(pages) if ENDS in page.anchors), 0)
    if last == 0:
        return None
    by = (
        sum(_content(page) for page in pages[1:last])
        + pages[last].anchors[ENDS][1]
        - _top(pages[last])
    )
    heights: dict[Any, float] = defaultdict(float)
    for page in pages[: last + 1]:
        for element, height in _marked(page._page_box):  # noqa: SLF001 (WeasyPrint tells nowhere else where a box lies)
            heights[element] += height * MM
    parts = (
        Part(element.get("data-part"), height, words("".join(element.itertext())))
        for element, height in heights.items()
    )
    return Overrun(max(by * MM, 1), tuple(parts))


def _content(page: Page) -> float:
    return float(page._page_box.height)  # noqa: SLF001 (as above)


def _top(page: Page) -> float:
    return float(page._page_box.content_box_y())  # noqa: SLF001 (as above)


def _marked(box: Any) -> Iterator[tuple[Any, float]]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield each marked element of a page with its height; what stands inside one belongs to it."""
    element = getattr(box, "element", None)
    if element is not None and element.get("data-part") and hasattr(box, "border_height"):
        yield element, float(box.border_height())
        return
    for child in getattr(box, "children", None) or ():
        yield from _marked(child)
