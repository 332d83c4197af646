"""That no last page is hollow: what would leave one is set tighter, or shares with the page before.

What is set tight has the class "compact", for which the stylesheet has smaller gaps.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reporter.formats.pdf.page_one import box_of, free_of, parts_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from weasyprint import Page

TIGHT = "compact"
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

    Return whether one was found: the page before it stays half full.
    """
    last = _filled(pages[-1])
    whole = _filled(pages[-2])
    found = [(element, kept) for element, kept in _sections(pages[-2], part) if kept >= KEPT]
    enough = [element for element, kept in found if last + whole - kept >= ENOUGH]
    for element in enough[:1] or [element for element, _ in found[-1:]]:
        element.set("style", "break-before: page")
    return bool(found)


def loosen(pages: Sequence[Page]) -> bool:
    """Let break inside what was not to, where it left the page before it nearly empty.

    Return whether there is anything of that kind.
    """
    hollow = [
        after
        for before, after in pairwise(pages)
        if _filled(before) < LEAST and not _is_forced(before, after)
    ]
    found = [one for one in map(_first_whole, hollow) if one is not None]
    for element in found:
        element.set("style", f"{element.get('style', '')}; break-inside: auto")
    return bool(found)


def _is_forced(before: Page, after: Page) -> bool:
    """Return whether the page before ends where it is told to."""
    ends = any(box.style["break_after"] == "page" for box in _edge(before, -1))
    return ends or any(box.style["break_before"] == "page" for box in _edge(after, 0))


def _edge(page: Page, at: int) -> Iterator[Any]:
    """Yield the boxes at the beginning (0) or the end (-1) of a page, the outermost first."""
    boxes = parts_on(box_of(page))[:1]
    while boxes:
        yield boxes[0]
        boxes = boxes[0].children[at:][:1]


def _first_whole(page: Page) -> Element | None:
    """Return the first element on a page that breaks nowhere inside."""
    boxes = (box for part in parts_on(box_of(page)) for box in part.descendants())
    return next((box.element for box in boxes if box.style["break_inside"] == "avoid"), None)


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
