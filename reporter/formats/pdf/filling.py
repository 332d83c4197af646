"""That no last page is hollow: what would leave one is set tighter, or shares with the page before.

What is set tight has that class, for which the stylesheet has smaller gaps.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reporter.formats.pdf.page_one import box_of, free_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Page

TIGHT = "tight"
LEAST = 1 / 3  # how much of a last page is filled at least
ENOUGH = 1 / 4  # where it cannot be so, and a section of the page before comes to it
KEPT = 1 / 2  # how much of the page before it stays filled when it hands over


def is_hollow(pages: Sequence[Page]) -> bool:
    """Return whether the last of several pages is less than a third full."""
    return len(pages) > 1 and _filled(pages[-1]) < LEAST


def tighten(part: Element, *, tight: bool = True) -> None:
    """Set a part tight, or no longer."""
    names = [name for name in part.get("class", "").split() if name != TIGHT]
    part.set("class", " ".join([*names, *([TIGHT] if tight else [])]))


def is_tight(part: Element) -> bool:
    """Return whether a part is set tight."""
    return TIGHT in part.get("class", "").split()


def share(pages: Sequence[Page], part: Element) -> bool:
    """Let the last page begin with a section of the page before it, so that it is not hollow.

    Return whether one was found, by which the page before it stays half full.
    """
    last = _filled(pages[-1])
    for element, kept in _sections(pages[-2], part):
        if kept >= KEPT and last + _filled(pages[-2]) - kept >= ENOUGH:
            element.set("style", "break-before: page")
            return True
    return False


def _filled(page: Page) -> float:
    """Return how much of a page is filled: down to its last line, as a part of its height."""
    box = box_of(page)
    return 1 - free_of(box) / float(box.height)


def _sections(page: Page, part: Element) -> Iterator[tuple[Element, float]]:
    """Yield the sections on a page, the last first, each with how far down the page it begins."""
    while len(part) == 1:
        part = part[0]
    box, sections = box_of(page), set(part.iterfind("section"))
    tops: dict[Element, float] = {}
    for child in box.descendants():
        if child.element in sections:  # the box around it comes before those of its lines
            tops.setdefault(child.element, (child.position_y - box.content_box_y()) / box.height)
    yield from reversed(tops.items())
