"""What paper may leave out: the page itself says what, in which order, and what to say then.

An element with ``data-optional`` may be left out; 1 goes first, and elements with the same number
go together. ``data-group`` names the list that it belongs to. An element that also has
``data-moves`` is not left out but moved to the beginning of the element with that id, on a later
page. An element with ``data-left-out`` and ``data-number`` says that this many of that group were
left out; until then it is hidden, except number 0, which says what never has room. An element with
``data-while-linked`` goes with the last link to its id, one with ``data-while-filled`` with the
last entry of the lists and tables that it has.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from xml.etree.ElementTree import Element


@dataclass(slots=True)
class OptionalParts:
    """The elements of a page that may be left out, in order."""

    root: Element
    _parents: dict[Element, Element] = field(init=False)
    _ids: dict[str, Element] = field(init=False)
    _ranks: dict[int, list[Element]] = field(init=False)
    _gone: Counter[str] = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        self._parents = {child: parent for parent in self.root.iter() for child in parent}
        self._ids = {name: item for item in self.root.iter() if (name := item.get("id"))}
        self._ranks = {}
        for element in self.root.iter():
            if number := element.get("data-optional"):
                self._ranks.setdefault(int(number), []).append(element)

    def __bool__(self) -> bool:
        """Return whether anything is left that may be left out."""
        return bool(self._ranks)

    @property
    def gone(self) -> bool:
        """Return whether anything was left out."""
        return bool(self._gone)

    def leave_out(self, room: float, heights: Mapping[Element, float]) -> None:
        """Leave out what comes first in order, as much as makes ``room``: something at least.

        ``heights`` are those of the elements on the page; an element without one takes none.
        """
        made = 0.0
        while self._ranks and made < room:
            rank = self._ranks.pop(min(self._ranks))
            made += _height(rank, heights)
            self._take(rank)
            dropped = [*self._drop_unlinked(), *self._drop_empty()]
            made += sum(heights.get(element, 0.0) for element in dropped)
            if not made:
                break

    def _drop_unlinked(self) -> list[Element]:
        """Leave out what goes with the last link to it, and return it."""
        linked = {element.get("href") for element in self.root.iter("a")}
        found = [item for item in self.root.iter() if item.get("data-while-linked")]
        gone = [item for item in found if f"#{item.get('id')}" not in linked]
        for element in gone:
            self._parents[element].remove(element)
        return gone

    def _drop_empty(self) -> list[Element]:
        """Leave out what goes with the last of its entries, and return it."""
        found = [item for item in self.root.iter() if item.get("data-while-filled")]
        gone = [item for item in found if not any(e.tag in {"li", "tr"} for e in item.iter())]
        for element in gone:
            self._parents[element].remove(element)
        return gone

    def _take(self, rank: Iterable[Element]) -> None:
        for element in reversed(tuple(rank)):
            _remove(self._parents[element], element)
            if group := element.get("data-group"):
                self._gone[group] += 1
                self._tell(group, self._gone[group])
            if target := element.get("data-moves"):
                self._move(element, self._ids[target])

    def _move(self, element: Element, target: Element) -> None:
        """Put an element at the beginning of another one, and show that."""
        for name in ("data-optional", "data-moves", "data-group"):
            element.attrib.pop(name, None)
        target.insert(0, element)
        self._parents[element] = target
        self._show(target)

    def _show(self, element: Element | None) -> None:
        while element is not None:
            element.attrib.pop("hidden", None)
            element = self._parents.get(element)

    def _tell(self, group: str, number: int) -> None:
        """Show the note that this many of a group were left out, and hide other numbers."""
        for element in self.root.iter():
            if element.get("data-left-out") == group:
                if element.get("data-number") == str(number):
                    self._show(element)
                else:
                    element.set("hidden", "")


def _height(rank: Iterable[Element], heights: Mapping[Element, float]) -> float:
    """Return the room that leaving out makes: lists stand side by side, what is in one does not."""
    lists: defaultdict[str | None, float] = defaultdict(float)
    for element in rank:
        lists[element.get("data-group")] += heights.get(element, 0.0)
    return max(lists.values(), default=0.0)


def _remove(parent: Element, element: Element) -> None:
    """Take an element out, and leave the words that follow it where they are."""
    words, element.tail = element.tail or "", None
    at = list(parent).index(element)
    parent.remove(element)
    if words.strip() and at:
        parent[at - 1].tail = f"{parent[at - 1].tail or ''}{words}"
    elif words.strip():
        parent.text = f"{parent.text or ''}{words}"
