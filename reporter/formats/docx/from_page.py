"""From a finished page to the paragraphs and tables of a Word document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import html as markup

from reporter.formats.docx.blocks import (
    Drawing,
    Run,
    WordCell,
    WordDocument,
    WordFacts,
    WordParagraph,
    WordRow,
    WordTable,
)
from reporter.formats.docx.flow import Flow, cleaned, with_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

    from reporter.formats.docx.blocks import WordBlock

# What paper has no use for: navigation, searching, scripts.
_LEFT_OUT = frozenset(
    {"nav", "script", "style", "form", "template", "noscript", "colgroup", "summary"}
)
_NOT_ON_PAPER = frozenset({"skip", "chart-told"})  # the text of a picture is said of it
_HEADINGS = {"h1": "Title", "h2": "Heading 1", "h3": "Heading 2", "h4": "Heading 3"}
_LISTS = {"ul": "List Bullet", "ol": "List Number"}
_PICTURES = frozenset({"figure", "svg", "img"})
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "caption", "dd", "details", "div", "dl", "dt"}
    | {"figcaption", "footer", "header", "li", "main", "p", "section"}
    | {"table", *_HEADINGS, *_LISTS}
)
_PARAGRAPHS = {
    "series": "Series",
    "setting": "Setting",
    "official": "Setting",
    "note": "Note",
}
"""Classes of a page and the styles of their paragraphs."""
_CHARACTERS = {"ref": "Reference", "soft": "Soft", "since": "Soft"}
"""Classes of a page and the styles of their characters."""
_DATES = frozenset({"when", "day"})
"""What stands before an item of a list, and is set apart from it by a tab."""
_APART = frozenset({"official", "titles"})
"""Where each part stands on a line of its own."""


def read(page: str) -> WordDocument:
    """Return what a finished page says."""
    root = markup.document_fromstring(page)
    body = root.find("body")
    reader = _PageReader(root)
    return WordDocument(_facts(root, body), tuple(reader.blocks(body)))


def _facts(root: HtmlElement, body: HtmlElement) -> WordFacts:
    named = {meta.get("name"): cleaned(meta.get("content")) for meta in root.iter("meta")}
    edges = {
        name: cleaned(body.get(f"data-{name}"))
        for name in ("day", "series", "foot", "imprint", "marking", "addressee", "page", "of")
    }
    return WordFacts(
        language=root.get("lang") or "",
        title=" ".join(cleaned(root.findtext("head/title")).split()),
        author=named.get("author", ""),
        description=named.get("description", ""),
        created=named.get("dcterms.created", ""),
        modified=named.get("dcterms.modified", ""),
        **edges,
    )


class _PageReader:
    """Reads one page."""

    def __init__(self, root: HtmlElement) -> None:
        self._language = root.get("lang") or ""
        self._lists = 0
        self._names = {element.get("id"): element for element in root.iter() if element.get("id")}

    def blocks(self, body: HtmlElement) -> Iterator[WordBlock]:
        """Yield all that stands in ``<main>``."""
        flow = Flow("Body Text")
        for main in body.iter("main"):
            self._inside(main, flow, Run(""))
        flow.end()
        yield from with_terms(flow.blocks)

    def _inside(self, element: HtmlElement, flow: Flow, setting: Run) -> None:
        """Read text and elements in an element."""
        apart = _classes(element) & _APART
        flow.write(element.text or "", setting)
        for child in element:
            if isinstance(child.tag, str) and not _is_left_out(child):
                if apart and child.tag == "span" and flow.runs:
                    flow.sign("\n")
                self._element(child, flow, setting)
            flow.write(child.tail or "", setting)

    def _element(self, element: HtmlElement, flow: Flow, setting: Run) -> None:
        if element.tag in _BLOCKS:
            self._block(element, flow, setting)
        elif element.tag == "br":
            flow.sign("\n")
        elif element.tag in _PICTURES:
            self._picture(element, flow)
        else:
            self._inline(element, flow, setting)

    def _inline(self, element: HtmlElement, flow: Flow, setting: Run) -> None:
        if anchor := element.get("id"):
            flow.anchors.append(anchor)
        classes = _classes(element)
        in_heading = element.getparent().tag in _HEADINGS
        if "since" in classes or ("soft" in classes and in_heading):
            flow.sign("\n")
        self._inside(element, flow, self._set(element, classes, setting))
        if "label" in classes:
            flow.write(": ", replace(setting, bold=True))
        if "mark" in classes:
            flow.write(" ", setting)
        if classes & _DATES and flow.runs and flow.style.startswith("List"):
            flow.style = "List Dated"
            flow.sign("\t")

    def _set(self, element: HtmlElement, classes: set[str], setting: Run) -> Run:
        """Return how text in an inline element is set, as a run without any."""
        styles = [_CHARACTERS[name] for name in _CHARACTERS if name in classes]
        style = styles[0] if styles else setting.style
        tag = element.tag
        link = cleaned(element.get("href")) if tag == "a" else setting.link
        if tag == "a" and link and not style:
            style = "Hyperlink"
        return replace(
            setting,
            language=self._language_of(element, setting.language),
            style=style,
            bold=setting.bold or tag in {"strong", "b"} or bool(classes & {"strong", "label"}),
            italic=setting.italic or tag in {"em", "i", "cite"},
            underlined=setting.underlined or tag in {"ins", "u"},
            link=link,
            tip=cleaned(element.get("title")) if tag == "a" else setting.tip,
        )

    def _language_of(self, element: HtmlElement, around: str) -> str:
        language = element.get("lang")
        return around if language is None else "" if language == self._language else language

    def _block(self, element: HtmlElement, flow: Flow, setting: Run) -> None:
        flow.end()
        if anchor := element.get("id"):
            flow.anchors.append(anchor)
        setting = replace(setting, language=self._language_of(element, setting.language))
        if element.tag == "table":
            found = list(self._table(element, setting))
            if found:
                flow.blocks += [_reached(found[0], flow.anchors), *found[1:]]
                flow.anchors = []
        elif element.tag in _LISTS:
            self._list(element, flow, setting)
        else:
            style, numbered = flow.style, flow.numbered
            flow.style = _style_of(element, style)
            setting = replace(setting, bold=setting.bold or element.tag == "dt")
            self._inside(element, flow, setting)
            flow.end()
            if flow.style != "List Continue":
                flow.style, flow.numbered = style, numbered

    def _list(self, element: HtmlElement, flow: Flow, setting: Run) -> None:
        classes = _classes(element)
        numbered = element.tag == "ol" and "bodies" not in classes
        self._lists += numbered
        which = self._lists if numbered else 0
        style, around = flow.style, flow.numbered
        named = "List Sources" if "sources" in classes else _LISTS["ol" if numbered else "ul"]
        kind = named + (" 2" if style.startswith("List ") else "")
        for item in element.iterchildren("li"):
            if _is_left_out(item):
                continue
            flow.style, flow.numbered = kind, which
            if anchor := item.get("id"):
                flow.anchors.append(anchor)
            self._inside(item, flow, setting)
            flow.end()
        flow.style, flow.numbered = style, around

    def _picture(self, element: HtmlElement, flow: Flow) -> None:
        """Read what is no text; one of which nothing is said is an ornament of the page."""
        title = element.findtext("title") or element.findtext("{*}title")
        told = cleaned(element.get("aria-label") or element.get("alt") or title)
        if told := " ".join(told.split()):
            flow.end()
            html = str(markup.tostring(element, encoding="unicode", with_tail=False))
            run = Run("", drawing=Drawing(told, html))
            flow.blocks.append(WordParagraph("Picture", (run,), tuple(flow.anchors)))
            flow.anchors = []

    def _table(self, element: HtmlElement, setting: Run) -> Iterator[WordBlock]:
        caption = element.find("caption")
        if caption is not None:
            yield from self._paragraphs(caption, "Caption", setting)
        head = [row for part in element.iterchildren("thead") for row in part.iterchildren("tr")]
        rows = [
            row
            for part in element.iterchildren("tbody", "tfoot", "tr")
            for row in ([part] if part.tag == "tr" else part.iterchildren("tr"))
            if not _is_left_out(row)
        ]
        if head and rows:
            heads = tuple(self._row(row, "Table Head", setting) for row in head)
            body = tuple(self._row(row, "Table Text", setting) for row in rows)
            yield WordTable(self._label(element), heads, body)
        else:
            yield from self._listed(rows, setting)

    def _row(self, element: HtmlElement, style: str, setting: Run) -> WordRow:
        cells = tuple(
            WordCell(
                tuple(self._paragraphs(cell, style, setting)) or (WordParagraph(style),),
                max(1, int(span)) if (span := cell.get("colspan") or "1").isdigit() else 1,
            )
            for cell in element.iterchildren("th", "td")
        )
        anchor = element.get("id")
        return _row_reached(WordRow(cells), [anchor] if anchor else [])

    def _listed(self, rows: list[HtmlElement], setting: Run) -> Iterator[WordParagraph]:
        """Yield what a table without a head says: its names, each with what belongs to it."""
        for row in rows:
            anchors = [str(row.get("id"))] if row.get("id") else []
            for tag, style in (("th", "Term"), ("td", "Definition")):
                for cell in row.iterchildren(tag):
                    if cell.get("aria-hidden") != "true":
                        told = replace(setting, bold=tag == "th")
                        for paragraph in self._paragraphs(cell, style, told):
                            yield _anchored(paragraph, anchors)
                            anchors = []

    def _paragraphs(
        self, element: HtmlElement, style: str, setting: Run
    ) -> Iterator[WordParagraph]:
        """Yield the paragraphs in an element; of a table in it, those of its cells."""
        flow = Flow(style)
        setting = replace(setting, language=self._language_of(element, setting.language))
        self._inside(element, flow, setting)
        flow.end()
        for block in flow.blocks:
            if isinstance(block, WordParagraph):
                yield block
            else:
                cells = (cell for row in block.all_rows for cell in row.cells)
                yield from (paragraph for cell in cells for paragraph in cell.paragraphs)

    def _label(self, element: HtmlElement) -> str:
        """Return what an element is called."""
        names = (element.get("aria-labelledby") or "").split()
        named = [self._names[name] for name in names if name in self._names]
        texts = [str(other.text_content()) for other in named or element.iterchildren("caption")]
        return " ".join(cleaned(" ".join(texts) or element.get("aria-label")).split())


def _style_of(element: HtmlElement, around: str) -> str:
    """Return the style of a paragraph in a block."""
    if element.tag in _HEADINGS:
        level = element.get("aria-level") or element.tag[1:]
        return _HEADINGS.get(f"h{level}", "Heading 3")
    if element.tag in {"dt", "dd"}:
        return "Term" if element.tag == "dt" else "Definition"
    if element.tag == "figcaption":
        return "Caption"
    classes = _classes(element)
    if "bottom-line" in classes:
        return "Bottom Line"
    return next((style for name, style in _PARAGRAPHS.items() if name in classes), around)


def _classes(element: HtmlElement) -> set[str]:
    return set((element.get("class") or "").split())


def _is_left_out(element: HtmlElement) -> bool:
    if element.tag in _LEFT_OUT or element.get("hidden") is not None:
        return True
    classes = _classes(element)
    counted = "n" in classes and element.get("data-tag") == "Lbl"  # Word counts, too
    return counted or bool(classes & _NOT_ON_PAPER)


def _anchored(paragraph: WordParagraph, anchors: list[str]) -> WordParagraph:
    """Return a paragraph to which links may lead."""
    return replace(paragraph, anchors=(*anchors, *paragraph.anchors))


def _reached(block: WordBlock, anchors: list[str]) -> WordBlock:
    """Return a paragraph or a table to which links may lead."""
    if isinstance(block, WordParagraph):
        return _anchored(block, anchors)
    row, *rows = block.head
    return replace(block, head=(_row_reached(row, anchors), *rows))


def _row_reached(row: WordRow, anchors: list[str]) -> WordRow:
    """Return a row to which links may lead."""
    if not row.cells:
        return row
    cell, *cells = row.cells
    first, *others = cell.paragraphs
    cell = replace(cell, paragraphs=(_anchored(first, anchors), *others))
    return replace(row, cells=(cell, *cells))
