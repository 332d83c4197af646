"""What went wrong in a layout: text cut off, printed over other text, or broken inside a word.

The renderer does all of this without a word. It is an error of ours, not of who keeps the records:
whatever they say, a page has to be legible.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.layout.absolute import AbsolutePlaceholder

from reporter.problems import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weasyprint import Page

LONGEST = 24  # letters of a word that has to find room; a longer one may be broken anywhere
TOLERANCE = 1.5  # CSS pixels
CAPITALS = 0.6  # how high above its line a letter is, in parts of the size of its type
_WORD = re.compile(r"[^\W_]+")
_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\uffdf]|[^\u0000-\uffff]"
)


class Ink(NamedTuple):
    """Where the letters of a text are printed."""

    left: float
    top: float
    right: float
    bottom: float
    box: Any

    def covers(self, other: Ink) -> bool:
        """Return whether two texts are printed over one another."""
        wide = min(self.right, other.right) - max(self.left, other.left)
        high = min(self.bottom, other.bottom) - max(self.top, other.top)
        return wide > TOLERANCE and high > TOLERANCE


def faults(pages: Sequence[Page]) -> Iterator[str]:
    """Yield what is illegible on the pages, each with its part."""
    for number, page in enumerate(pages, 1):
        box = page._page_box  # noqa: SLF001 (what is on a page is told nowhere else)
        texts = [ink for child in box.children for ink in _texts(child)]
        for message, ink in (*_cut(box, texts), *_over(texts), *_broken(texts)):
            yield f"page {number}{_part(pages, ink.box.element)}: {message}"


def _texts(box: Any) -> Iterator[Ink]:  # noqa: ANN401 (WeasyPrint has no types)
    """Yield the texts of a box, but for dots that lead, and drawings, which place their own."""
    if isinstance(box, AbsolutePlaceholder):
        box = box._box  # noqa: SLF001 (the box that it stands for)
    element = box.element
    if box.is_leader or (element is not None and element.get("role") == "img"):
        return
    if isinstance(box, boxes.TextBox):
        if box.text.strip() and box.style["visibility"] == "visible":
            base = box.position_y + box.baseline
            left = box.position_x + box.margin_left
            top = base - CAPITALS * box.style["font_size"]
            yield Ink(left, top, left + box.width, base, box)
        return
    for child in getattr(box, "children", None) or ():
        yield from _texts(child)


def _cut(page: Any, texts: Sequence[Ink]) -> Iterator[tuple[str, Ink]]:  # noqa: ANN401 (as above)
    """Yield the texts that reach over the edge of what is printed."""
    right, bottom = page.margin_width(), page.margin_height()
    left = page.content_box_x()
    for ink in texts:
        in_margin = ink.top < page.content_box_y() or ink.bottom > (
            page.content_box_y() + page.height + TOLERANCE
        )
        end = right if in_margin else left + page.width
        if ink.right > end + TOLERANCE or ink.left < -TOLERANCE or ink.bottom > bottom:
            yield f"the text {quoted(ink.box.text)} is cut off at the edge", ink


def _over(texts: Sequence[Ink]) -> Iterator[tuple[str, Ink]]:
    """Yield the texts that are printed over others."""
    rows: dict[int, list[Ink]] = defaultdict(list)
    for ink in texts:
        for row in range(int(ink.top) // 8, int(ink.bottom) // 8 + 1):
            if other := next((other for other in rows[row] if other.covers(ink)), None):
                texts_of = f"{quoted(other.box.text)} and {quoted(ink.box.text)}"
                yield f"the texts {texts_of} are printed over one another", ink
                break
        for row in range(int(ink.top) // 8, int(ink.bottom) // 8 + 1):
            rows[row].append(ink)


def _broken(texts: Sequence[Ink]) -> Iterator[tuple[str, Ink]]:
    for ink in texts:
        if word := getattr(ink.box, "broken_word", ""):
            yield f"the word {quoted(word)} is broken inside, without a hyphen", ink


def _part(pages: Sequence[Page], element: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    """Return in which part of the page an element stands: that of the nearest heading above it."""
    root = pages[0]._page_box.children[0].element  # noqa: SLF001 (as above)
    parents = {child: parent for parent in root.iter() for child in parent}
    while element is not None and element.tag != "section":
        element = parents.get(element)
    heading = next(element.iter("h2"), None) if element is not None else None
    return f", in {quoted(''.join(heading.itertext()).strip())}" if heading is not None else ""


def _split(context: Any, box: Any, *more: Any, **how: Any) -> Any:  # noqa: ANN401
    """Split a text into what fits on a line and the rest; remember a word broken inside."""
    found = _SPLIT(context, box, *more, **how)
    part, rest, _ = found
    if part is not None and rest is not None:
        whole = box.text.encode()
        before, after = whole[:rest].decode(), whole[rest:].decode()
        if before.endswith(part.text) and (word := _word_across(before, after)):
            part.broken_word = word
    return found


def _word_across(before: str, after: str) -> str:
    """Return the word of which one part ends a line and the other begins the next, if there is one.

    Scripts that are written without spaces break anywhere, and so does what is longer than a word.
    """
    head, tail = _WORD.findall(before[-1:]), _WORD.match(after)
    if not head or not tail or _WITHOUT_SPACES.match(before[-1]) or _WITHOUT_SPACES.match(after):
        return ""
    if unicodedata.combining(after[0]):
        return ""
    word = re.split(r"[\W_]", before)[-1] + tail[0]
    return word if len(word) <= LONGEST else ""


_SPLIT = inline.split_text_box
inline.split_text_box = _split
