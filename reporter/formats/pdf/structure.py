"""The structure tree of a PDF, as a screen reader walks it, and how it is written into the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pydyf

if TYPE_CHECKING:
    from collections.abc import Iterator

CELLS = ("TH", "TD")  # may be empty: a row keeps its columns


@dataclass(frozen=True, slots=True)
class DrawnContent:
    """Content drawn on a page: its number there."""

    page: int
    number: int


@dataclass(frozen=True, slots=True)
class LinkArea:
    """The clickable area of a link on a page."""

    page: int
    annotation: pydyf.Dictionary


@dataclass(slots=True, eq=False)
class Node:
    """An element of the tree: one for each HTML element with a meaning, over all its pages."""

    tag: str
    parent: Node | None = None
    language: str = ""
    entries: dict[str, Any] = field(default_factory=dict)
    kids: list[Node | DrawnContent | LinkArea] = field(default_factory=list)

    def add(self, tag: str, language: str = "", entries: dict[str, Any] | None = None) -> Node:
        """Append an element; its language is written down where it differs from that around it."""
        node = Node(tag, self, language or self.language, entries or {})
        if node.language != self.language:
            node.entries["Lang"] = pydyf.String(node.language)
        self.kids.append(node)
        return node

    def inside(self, tag: str) -> Node | None:
        """Return the nearest element of that kind, itself or around it."""
        node: Node | None = self
        while node and node.tag != tag:
            node = node.parent
        return node

    def tidy(self) -> bool:
        """Drop elements in which nothing was drawn; tell whether anything is left of this one."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Node) or kid.tidy()]
        if self.tag == "Table":
            self._quieten()
        if any(isinstance(kid, Node) for kid in self.kids):
            self.kids = list(self._wrapped())
        return bool(self.kids) or self.tag in CELLS

    def _quieten(self) -> None:
        """Turn row heads into plain cells where there would be more heads than cells.

        A table of two columns, or of a row or two, is understood as it stands; with a head before
        each cell, a listener would hear mostly heads.
        """
        cells = [node for node in self.walk() if node.tag in CELLS]
        heads = [cell for cell in cells if cell.tag == "TH"]
        of_rows = [head for head in heads if head.entries["A"]["Scope"] == "/Row"]
        if 2 * len(heads) > len(cells) and len(of_rows) < len(heads):
            for head in of_rows:
                head.tag = "TD"
                del head.entries["A"]["Scope"]

    def walk(self) -> Iterator[Node]:
        """Yield this element and all in it."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def _wrapped(self) -> Iterator[Node | DrawnContent | LinkArea]:
        """Yield what is inside, with an element of its own for each text between elements.

        Some readers take loose text first.
        """
        for loose, kids in groupby(self.kids, lambda kid: isinstance(kid, DrawnContent)):
            if loose:
                yield Node("Span", self, self.language, kids=list(kids))
            else:
                yield from kids


class TreeWriter:
    """Writes a tree into a PDF."""

    def __init__(self, pdf: pydyf.PDF) -> None:
        self._pdf = pdf
        self._pages = pdf.page_references
        self._marks: list[dict[int, bytes]] = [
            {} for _ in self._pages
        ]  # for each page: number of a mark -> its element
        self._links: list[bytes] = []

    def write(self, root: Node) -> None:
        """Write the tree and the way back, from content to element."""
        root.tidy()
        parents = self._add({})
        tree = self._add({"Type": "/StructTreeRoot", "ParentTree": parents.reference})
        tree["K"] = self._element(root, tree.reference).reference
        parents["Nums"] = pydyf.Array(self._parents())
        self._pdf.catalog["StructTreeRoot"] = tree.reference
        for number, page in enumerate(
            self._pdf.objects[kid] for kid in self._pdf.pages["Kids"][::3]
        ):
            page.update(StructParents=number, Tabs="/S")

    def _add(self, values: dict[str, Any]) -> pydyf.Dictionary:
        item = pydyf.Dictionary(values)
        self._pdf.add_object(item)
        return item

    def _element(self, node: Node, parent: bytes) -> pydyf.Dictionary:
        element = self._add(
            {"Type": "/StructElem", "S": f"/{node.tag}", "P": parent, **node.entries}
        )
        home = next((kid.page for kid in node.kids if not isinstance(kid, Node)), None)
        if home is not None:
            element["Pg"] = self._pages[home]
        element["K"] = pydyf.Array([self._kid(kid, element.reference, home) for kid in node.kids])
        return element

    def _kid(self, kid: Node | DrawnContent | LinkArea, element: bytes, home: int | None) -> object:
        if isinstance(kid, Node):
            return self._element(kid, element).reference
        page = self._pages[kid.page]
        if isinstance(kid, LinkArea):
            kid.annotation["StructParent"] = len(self._pages) + len(self._links)
            self._links.append(element)
            return pydyf.Dictionary({"Type": "/OBJR", "Pg": page, "Obj": kid.annotation.reference})
        self._marks[kid.page][kid.number] = element
        return (
            kid.number
            if kid.page == home
            else pydyf.Dictionary({"Type": "/MCR", "Pg": page, "MCID": kid.number})
        )

    def _parents(self) -> list[object]:
        pages = [
            pydyf.Array([marks.get(number, "null") for number in range(max(marks, default=-1) + 1)])
            for marks in self._marks
        ]
        return [part for pair in enumerate([*pages, *self._links]) for part in pair]
