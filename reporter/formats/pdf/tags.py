"""What each HTML element is to a screen reader: a structure tree from WeasyPrint's boxes.

WeasyPrint builds a tree too, page by page: a table over three pages is three tables, running heads
are text, there is no language and no scope, and each run of letters is an element. Mending that
tree costs more than building the right one. Here an HTML element has one element in the tree, on
however many pages it is drawn, so what breaks over pages stays whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pydyf
from weasyprint import Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from reporter.formats.pdf.fonts import complete
from reporter.formats.pdf.structure import CELLS, DrawnContent, LinkArea, Node

if TYPE_CHECKING:
    from collections.abc import Callable

SVG = "{http://www.w3.org/2000/svg}"
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
LEVELS = tuple(map(str.lower, HEADINGS))
TAGS = {
    **{
        tag.lower(): tag
        for tag in (
            *HEADINGS,
            "P",
            "BlockQuote",
            "Table",
            "Caption",
            "THead",
            "TBody",
            "TFoot",
            "TR",
            "TH",
            "TD",
        )
    },
    **dict.fromkeys(("section", "nav", "aside"), "Sect"),
    **dict.fromkeys(("ul", "ol", "dl"), "L"),
    "article": "Art",
    "figcaption": "Caption",
}
SCOPES = {"row": "Row", "rowgroup": "Row", "col": "Column", "colgroup": "Column"}
INLINE_ONLY = (*HEADINGS, "P", "Caption", "Lbl", "Link", "Span")  # hold no paragraph
FRAMES = (
    "L",
    "Table",
    "THead",
    "TBody",
    "TFoot",
    "TR",
)  # hold no text: the space between items in one line is drawn
LABELS = ("li::marker", "li::before")
POINTS = 0.75  # in a CSS pixel


class MarkedPage(Page):  # type: ignore[misc]
    """A page that remembers which box drew which part of its content."""

    def __init__(self, page: Page) -> None:
        self.__dict__.update(vars(page))
        # One area for each line of a link: WeasyPrint adds one for each element inside it. And a
        # page attaches no files.
        self.links = [
            link for link in page.links if link[0] != "attachment" and link[3].element_tag == "a"
        ]

    def paint(self, stream: Any, scale: float = 1) -> None:  # noqa: ANN401 (it has no types)
        """Draw the page, each piece of text and each picture marked with a number."""
        self._marks: dict[boxes.Box, dict[str, int]] = {}
        stream._tags = self._marks  # noqa: SLF001 (where WeasyPrint writes them if it has a place)
        super().paint(stream, scale)
        complete(stream._fonts.values())  # noqa: SLF001 (as above)
        self._content: list[Any] = stream.stream
        self._places = {
            item["MCID"]: place
            for place, item in enumerate(self._content)
            if isinstance(item, pydyf.Dictionary)
        }

    @property
    def translucent(self) -> bool:
        """Whether part of it was drawn as a group of its own, where no mark can be found."""
        return len(self._places) < len(self._marks)

    @property
    def box(self) -> Any:  # noqa: ANN401 (as above)
        """The root of the boxes on it."""
        return self._page_box

    def take(self, box: boxes.Box) -> int | None:
        """Return the number of what ``box`` drew, if it drew anything."""
        mark = self._marks.get(box)
        return mark["mcid"] if mark and mark["mcid"] in self._places else None

    def hide(self, box: boxes.Box, kind: str) -> None:
        """Make ``box`` and all in it an artifact: something that a screen reader passes over."""
        for part in box.descendants():
            number = self.take(part)
            if number is not None:
                place = self._places[number]
                self._content[place - 1 : place + 1] = "/Artifact", f"<<{kind}>>"


@dataclass(slots=True)
class Tree:
    """Builds the tree, page by page."""

    language: str
    complain: Callable[[str, str], None]
    root: Node = field(init=False)
    _nodes: dict[tuple[Any, str], Node] = field(
        default_factory=dict
    )  # HTML element -> what its content goes into
    _groups: dict[Any, boxes.Box] = field(
        default_factory=dict
    )  # head or foot of a table -> its first appearance
    _page: Any = None
    _number: int = -1

    def __post_init__(self) -> None:
        self.root = Node("Document", language=self.language)

    def add(self, page: MarkedPage) -> None:
        """Add what is on the next page."""
        self._page, self._number = page, self._number + 1
        if page.translucent:
            self.complain(
                f"page {self._number + 1} has text or pictures with opacity, "
                "which no screen reader finds",
                "use a paler colour",
            )
        for child in page.box.children:
            self._visit(child, self.root)

    def _visit(self, box: Any, node: Node) -> None:  # noqa: ANN401 (WeasyPrint has no types)
        if isinstance(box, AbsolutePlaceholder):
            box = box._box  # noqa: SLF001 (the box that it stands for)
        if kind := self._artifact(box):
            self._page.hide(box, kind)
            return
        node = self._node(box, node)
        if box.link_annotation and (link := node.inside("Link")):
            link.kids.append(LinkArea(self._number, box.link_annotation))
            box.link_annotation["Contents"] = pydyf.String(_name(box.element))
        if node.tag in FRAMES and isinstance(box, boxes.TextBox) and not box.text.strip():
            self._page.hide(box, "/Type/Layout")
        elif (number := self._page.take(box)) is not None:
            node.kids.append(DrawnContent(self._number, number))
        for child in box.children:
            self._visit(child, node)

    def _artifact(self, box: boxes.Box) -> str:
        """Return the properties of an artifact.

        Artifacts are running heads, table heads repeated on a further page, and decoration.
        """
        if isinstance(box, boxes.MarginBox):
            kind = "Header" if box.at_keyword.startswith("@top") else "Footer"
            return f"/Type/Pagination/Subtype/{kind}"
        repeatable = isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer)
        if repeatable and self._groups.setdefault(box.element, box) is not box:
            return "/Type/Pagination"
        decorative = box.is_leader or (
            box.element is not None
            and (box.element.get("aria-hidden") == "true" or box.element.get("alt") == "")
        )
        return "/Type/Layout" if decorative else ""

    def _node(self, box: boxes.Box, parent: Node) -> Node:
        """Return what the content of ``box`` goes into; boxes of the same element share it."""
        if box.element is None:
            return parent
        key = box.element, box.element_tag
        if key not in self._nodes:
            self._nodes[key] = self._open(box, parent)
        return self._nodes[key]

    def _open(self, box: boxes.Box, parent: Node) -> Node:
        element, name = box.element, box.element_tag
        language = element.get("lang", parent.language)
        if name in LABELS or element.get("data-tag") == "Lbl":
            return _label(parent, language)
        if name in ("li", "dt", "dd"):
            return _item(name, parent, language)
        tag = _tag(box, parent) or ("Span" if language != parent.language else "")
        return parent.add(tag, language, self._entries(tag, box, parent)) if tag else parent

    def _entries(self, tag: str, box: boxes.Box, parent: Node) -> dict[str, Any]:
        if tag == "Figure":
            return self._figure(box)
        if tag == "Table":
            return self._table(box)
        if box.element_tag == "ol":
            return {"A": pydyf.Dictionary({"O": "/List", "ListNumbering": "/Decimal"})}
        return {"A": _cell(box, parent)} if tag in CELLS else {}

    def _table(self, box: boxes.Box) -> dict[str, Any]:
        """Return a table's topic for readers who jump between tables, unless a caption says it."""
        element = box.element
        named = (
            text
            for name in element.get("aria-labelledby", "").split()
            for text in self._texts(name)
        )
        name = (
            ""
            if element.find("caption") is not None
            else element.get("aria-label") or " ".join(named)
        )
        return (
            {"A": pydyf.Dictionary({"O": "/Table", "Summary": pydyf.String(name)})} if name else {}
        )

    def _texts(self, name: str) -> list[str]:
        """Return the words of the element with that id."""
        root = next(child.element for child in self._page.box.children if child.element is not None)
        return next((_words(element) for element in root.iter() if element.get("id") == name), [])

    def _figure(self, box: boxes.Box) -> dict[str, Any]:
        """Return a picture's place and text alternative; without one a reader hears nothing."""
        alternative = _alternative(box.element)
        if not alternative:
            self.complain(
                "a picture has no text alternative",
                "give it alt, aria-label or a <title>, or aria-hidden if it only decorates",
            )
        left, top = box.border_box_x(), box.border_box_y()
        bottom, height = top + box.border_height(), self._page.height
        area = [left, height - bottom, left + box.border_width(), height - top]
        layout = pydyf.Dictionary(
            {"O": "/Layout", "BBox": pydyf.Array([round(side * POINTS, 2) for side in area])}
        )
        return {"Alt": pydyf.String(alternative), "A": layout}


def _tag(box: boxes.Box, parent: Node) -> str:
    """Return what a box's element is in the tree.

    Nothing where it means nothing by itself, like ``em`` or a grid's ``div``.
    """
    name, element = box.element_tag, box.element
    if parent.inside("Figure"):  # what is in a picture belongs to the picture
        return TAGS[name] if name == "figcaption" else ""
    if name in (f"{SVG}svg", "img") or element.get("role") == "img":
        return "Figure"
    if name == "a" and element.get("href"):
        return "Link"
    lines = isinstance(box, boxes.BlockBox) and any(
        isinstance(child, boxes.LineBox) for child in box.children
    )
    if (
        element.get("data-tag") == "Div"
    ):  # what goes on over a page is read before what stands beside it
        return "Div"
    if name in LEVELS and element.get("aria-level"):
        return f"H{element.get('aria-level')}"
    return TAGS.get(name) or ("P" if lines and parent.tag not in INLINE_ONLY else "")


def _item(name: str, parent: Node, language: str) -> Node:
    """Return the part of a list item for a ``li``, ``dt`` or ``dd``: terms label what is below."""
    if name == "li":
        return parent.add("LI", language).add("LBody")
    items = [kid for kid in parent.kids if isinstance(kid, Node)]
    if name == "dt" or not items:
        items.append(parent.add("LI"))
        items[-1].add("Lbl", language)
        items[-1].add("LBody")
    label, body = (kid for kid in items[-1].kids if isinstance(kid, Node))
    return label if name == "dt" else body.add("P", language)


def _label(parent: Node, language: str) -> Node:
    """Return the label of the list item whose body is ``parent``; it stands before the body."""
    if parent.tag != "LBody" or parent.parent is None:
        return parent
    label = parent.parent.add("Lbl", language)
    parent.parent.kids.sort(key=lambda kid: kid is parent)
    return label


def _cell(box: boxes.Box, row: Node) -> pydyf.Dictionary:
    """Return how far a cell reaches, and for a head which way: WeasyPrint forgets that."""
    attributes = pydyf.Dictionary({"O": "/Table"})
    if box.element_tag == "th":
        default = "Column" if row.inside("THead") else "Row"
        attributes["Scope"] = f"/{SCOPES.get(box.element.get('scope'), default)}"
    if box.colspan != 1:
        attributes["ColSpan"] = box.colspan
    if box.rowspan != 1:
        attributes["RowSpan"] = box.rowspan
    return attributes


def _alternative(element: Any) -> str:  # noqa: ANN401 (an element of ElementTree)
    title = next(element.iter(f"{SVG}title"), None)
    return (
        element.get("aria-label") or element.get("alt") or (title is not None and title.text) or ""
    )


def _name(element: Any) -> str:  # noqa: ANN401 (as above)
    """Return how a link is announced."""
    return element.get("aria-label") or element.get("title") or " ".join(_words(element))


def _words(element: Any) -> list[str]:  # noqa: ANN401 (as above)
    return "".join(element.itertext()).split()
