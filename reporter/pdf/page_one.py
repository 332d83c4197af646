"""Whether page one stands alone, and if not, by how much it runs over and which of its written parts is to be shortened."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import Page

ENDS = "page-one-ends"  # the id of the element with which a template ends a page that is to stand alone
MM = 25.4 / 96  # in a CSS pixel
LINE = 4.7625  # mm of a line of text
WORDS = 10  # in a line of the left column, a little less than half of one of the bottom line
# The parts that a person writes, as templates mark them (data-part), what each is called, and the height in mm that is its share.
PARTS = {
    "title": ("the title ('title', 'place.city', and 'series' of project.yaml)", 36),
    "bottom_line": ("the bottom line ('bottom_line')", 26),
    "agreed": ("what was agreed ('agreed')", 88),
    "next_steps": ("the next steps ('next_steps')", 48),
    "points": ("the points ('points')", 88),
}


@dataclass(frozen=True, slots=True)
class Overrun:
    """By how many mm page one runs over, and how high each of its marked parts is."""

    by: float
    parts: dict[str, float]

    def told(self) -> tuple[str, str]:
        """Return it in words, with what to do: the part that is furthest above its share comes first."""
        lines = max(1, -int(-self.by // LINE))
        message = f"page one does not stand alone: it runs over by {self.by:.0f} mm, {lines} {'line' if lines == 1 else 'lines'} of text"
        above = sorted(((height - PARTS[name][1], name) for name, height in self.parts.items() if name in PARTS), reverse=True)
        if not above:
            return message, "nothing on it was written for it: the stylesheet of the project needs more room than there is"
        over = [f"{PARTS[name][0]}, {self.parts[name]:.0f} mm of about {PARTS[name][1]}" for more, name in above if more > 0]
        shorten = over or [f"{PARTS[name][0]}, {self.parts[name]:.0f} mm" for _, name in above[:2]]
        return message, f"shorten by about {lines * WORDS} words: {'; '.join(shorten)}"


def overrun(pages: Sequence[Page]) -> Overrun | None:
    """Return by how much page one runs over; None where it ends in time, or nothing says where it ends."""
    last = next((number for number, page in enumerate(pages) if ENDS in page.anchors), 0)
    if last == 0:
        return None
    by = sum(_content(page) for page in pages[1:last]) + pages[last].anchors[ENDS][1] - _top(pages[last])
    heights: dict[str, float] = defaultdict(float)
    for page in pages[: last + 1]:
        for name, height in _marked(page._page_box):  # noqa: SLF001 (WeasyPrint tells nowhere else where a box lies)
            heights[name] += height * MM
    return Overrun(max(by * MM, 0.5), dict(heights))


def _content(page: Page) -> float:
    return float(page._page_box.height)  # noqa: SLF001 (as above)


def _top(page: Page) -> float:
    return float(page._page_box.content_box_y())  # noqa: SLF001 (as above)


def _marked(box: Any) -> Iterator[tuple[str, float]]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield each marked part of a page with its height; what stands inside one belongs to it."""
    name = box.element.get("data-part") if getattr(box, "element", None) is not None and hasattr(box, "border_height") else None
    if name:
        yield name, float(box.border_height())
        return
    for child in getattr(box, "children", None) or ():
        yield from _marked(child)
