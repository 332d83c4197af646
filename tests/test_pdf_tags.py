"""The structure tree: what a screen reader meets, in which order, and what it passes over."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest

from reporter.formats import pdf
from reporter.problems import ReporterError
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

THEME = Theme((default_templates(),))
STYLE = """@page { size: 120mm 60mm; margin: 12mm; \
@top-left { content: "Running"; font: 8pt "Reporter Sans" } }
html { font: 10pt "Reporter Serif", "Reporter Japanese" } thead { display: table-header-group }"""
DOT = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDw"
    "ADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def opened(body: str) -> pikepdf.Pdf:
    """Return the PDF of a page with that body."""
    html = (
        f'<!doctype html><html lang="en"><head><title>Page</title><style>{STYLE}</style>'
        f"</head><body><main>{body}</main></body></html>"
    )
    return pikepdf.open(io.BytesIO(pdf.render(THEME, html, "page").content))


def kids(element: pikepdf.Object) -> list[Any]:
    """Return what is directly in an element."""
    inside: Any = element.get("/K", [])
    return list(inside) if isinstance(inside, pikepdf.Array) else [inside]


def elements(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Yield an element and those in it, as a screen reader walks."""
    yield element
    for kid in kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


def outline(element: pikepdf.Object) -> tuple[Any, ...]:
    """Return the names of elements as nested tuples; content is left out."""
    inside = [
        outline(kid) for kid in kids(element) if isinstance(kid, pikepdf.Dictionary) and "/S" in kid
    ]
    return (str(element.S)[1:], *inside)


def tree(document: pikepdf.Pdf) -> pikepdf.Object:
    """Return the root element."""
    root: pikepdf.Object = kids(document.Root.StructTreeRoot)[0]
    return root


def named(document: pikepdf.Pdf, name: str) -> list[pikepdf.Object]:
    """Return all elements of a kind."""
    return [element for element in elements(tree(document)) if f"/{name}" == element.S]


def artifacts(document: pikepdf.Pdf) -> list[str]:
    """Return the properties of what is passed over, drawings without properties left out."""
    found = (
        instruction for page in document.pages for instruction in pikepdf.parse_content_stream(page)
    )
    return [
        str(one.operands[1].Type)
        for one in found
        if str(one.operator) == "BDC" and one.operands[0] == "/Artifact"
    ]


def test_blocks() -> None:
    """Headings, paragraphs and sections are themselves; elements without meaning are left out."""
    document = opened(
        "<header><h1>One</h1></header><div><section><h2>Two</h2><p>A <em>b</em>.</p>"
        "<div>Loose</div></section></div>"
    )
    assert outline(tree(document)) == ("Document", ("H1",), ("Sect", ("H2",), ("P",), ("P",)))


def test_lists() -> None:
    """Items have a label and a body; a term is the label of what stands below it."""
    document = opened(
        "<ol><li>a<ul><li>b</ul></ol><dl><dt>c<dd>d<dd>e</dl>"
        '<ul style="list-style: none"><li><b data-tag="Lbl">1</b> f</ul>'
    )
    inner = ("L", ("LI", ("Lbl",), ("LBody",)))
    ordered, terms, labelled = outline(tree(document))[1:]
    assert ordered == ("L", ("LI", ("Lbl",), ("LBody", ("Span",), inner)))
    assert terms == ("L", ("LI", ("Lbl",), ("LBody", ("P",), ("P",))))
    assert labelled == inner
    assert named(document, "L")[0].A.ListNumbering == "/Decimal"


def test_list_in_one_line() -> None:
    """The space between items, which is drawn there, is no part of the list."""
    document = opened(
        "<style>li { display: inline }</style><ul>\n<li>a</li>\n<li>b</li>\n<li>c</li>\n</ul>"
    )
    assert outline(tree(document)) == ("Document", ("L", *[("LI", ("LBody",))] * 3))
    assert artifacts(document).count("/Layout") == 3


def test_table_over_pages() -> None:
    """A table on several pages is one table with one head; the repeated heads are artifacts."""
    rows = "".join(f"<tr><th scope=row>{number}<td>x<td>y" for number in range(30))
    document = opened(
        "<table><caption>C</caption><thead><tr><th scope=col>A<th>B<th>C</thead>"
        f"<tbody>{rows}</tbody></table>"
    )
    assert len(document.pages) > 2
    assert [
        len(named(document, name))
        for name in ("Table", "Caption", "THead", "TBody", "TR", "TH", "TD")
    ] == [1, 1, 1, 1, 31, 33, 60]
    assert [str(cell.A.Scope) for cell in named(document, "TH")] == ["/Column"] * 3 + ["/Row"] * 30
    assert artifacts(document).count("/Pagination") == len(document.pages) + 3 * (
        len(document.pages) - 1
    )


@pytest.mark.parametrize(
    ("columns", "rows", "heads"),
    [(2, 9, 2), (3, 1, 3), (3, 2, 3), (3, 3, 6), (6, 1, 6), (6, 2, 8)],
)
def test_heads_of_rows(columns: int, rows: int, heads: int) -> None:
    """Row heads become cells if there are more of them than cells; column heads stay."""
    body = f"<tr><th scope=row>a{'<td>b' * (columns - 1)}" * rows
    document = opened(
        f"<table><thead><tr>{'<th scope=col>A' * columns}</thead><tbody>{body}</tbody></table>"
    )
    assert (len(named(document, "TH")), len(named(document, "TH") + named(document, "TD"))) == (
        heads,
        columns * (rows + 1),
    )


def test_heads_of_rows_alone() -> None:
    """A table without heads of columns keeps its heads of rows."""
    document = opened(
        "<table><tr><th scope=row>a<td>b<tr><th scope=row>c<td>d<tr><th scope=row>e</table>"
    )
    assert [str(cell.A.Scope) for cell in named(document, "TH")] == ["/Row"] * 3


def test_tables_have_names() -> None:
    """A table is named by its caption, or by the words that its page names it with."""
    document = opened(
        '<h2 id="a">Promises</h2><h3 id="b">of <em>both</em></h3>'
        '<table aria-labelledby="a b"><tr><th>x<td>y</table>'
        '<table aria-label="Dates"><tr><th>x<td>y</table>'
        '<table aria-label="Not this"><caption>This</caption><tr><th>x<td>y</table>'
    )
    assert [
        str(table.A.Summary) if "/A" in table else None for table in named(document, "Table")
    ] == ["Promises of both", "Dates", None]


def test_cells() -> None:
    """Cells say how far they reach; an empty cell keeps its place."""
    document = opened(
        "<table><tr><th scope=rowgroup rowspan=2>a<td>b<tr><td></td><tr><td colspan=2>c</table>"
    )
    first, *others = named(document, "TH") + named(document, "TD")
    assert (str(first.A.Scope), int(first.A.RowSpan)) == ("/Row", 2)
    assert [cell.A.get("/ColSpan") for cell in others] == [None, None, 2]


def test_paragraph_over_pages() -> None:
    """Text that goes on overleaf is one paragraph."""
    document = opened(f"<p>{'word ' * 400}</p>")
    (paragraph,) = named(document, "P")
    assert len(document.pages) > 1
    assert any(
        isinstance(kid, pikepdf.Dictionary)
        and kid.Type == "/MCR"
        and kid.Pg == document.pages[1].obj
        for kid in kids(paragraph)
    )


def test_order() -> None:
    """Elements stand in the order of the page's HTML, wherever they are drawn."""
    document = opened(
        '<h1>T</h1><div style="float: left; width: 40mm"><h2>left</h2></div>'
        '<div style="float: right; width: 40mm"><h3>right</h3></div>'
        '<p style="position: absolute; top: 0">up</p><h4 style="clear: both">below</h4>',
    )
    assert outline(tree(document)) == ("Document", ("H1",), ("H2",), ("H3",), ("P",), ("H4",))


def test_decoration_is_passed_over() -> None:
    """Running heads and hidden parts are artifacts, also those with an empty alternative."""
    document = opened(
        f'<p><span aria-hidden="true">●</span> met <img alt="" src="{DOT}"></p>'
        '<svg aria-hidden="true" width="9" height="9"></svg>'
    )
    assert sorted(artifacts(document)) == ["/Layout"] * 3 + ["/Pagination"]
    assert outline(tree(document)) == ("Document", ("P",))


def test_pictures() -> None:
    """A picture has its alternative and its place; what lies on it belongs to it."""
    document = opened(
        '<figure><svg width="40" height="20"><title>A bar</title>'
        '<rect width="9" height="9"/></svg><figcaption>Legend</figcaption></figure>'
        '<div role="img" aria-label="Chart"><svg width="9" height="9"></svg>'
        f'<span>label</span></div><p><img alt="Dot" src="{DOT}"></p>',
    )
    assert [str(picture.Alt) for picture in named(document, "Figure")] == ["A bar", "Chart", "Dot"]
    assert outline(tree(document)) == (
        "Document",
        ("Figure",),
        ("Caption",),
        ("Figure",),
        ("P", ("Figure",)),
    )
    left, bottom, right, top = (float(side) for side in named(document, "Figure")[0].A.BBox)
    assert (round(right - left), round(top - bottom)) == (30, 15)
    assert 0 < bottom < top < float(document.pages[0].mediabox[3])


@pytest.mark.parametrize(
    "picture", [f'<img src="{DOT}">', '<svg width="9" height="9"></svg>', "<p role=img>x</p>"]
)
def test_picture_without_alternative(picture: str) -> None:
    """A picture that a screen reader cannot announce is an error."""
    with pytest.raises(ReporterError, match="no text alternative"):
        opened(f"<p>a {picture}</p>")


def test_links() -> None:
    """A link has one clickable area per line, held by its element, and says where it leads."""
    document = opened(
        f'<p><a href="https://example.org/"><b>{"long " * 30}</b>'
        '</a> <a href="#x" aria-label="Go on">x</a></p><p id="x">y</p>'
    )
    areas = [area for page in document.pages for area in page.Annots]
    first, second = named(document, "Link")
    own = [
        kid.Obj
        for kid in kids(first)
        if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
    ]
    assert own == areas[:-1]
    assert len(own) > 1
    assert [str(area.Contents) for area in (areas[0], areas[-1])] == [
        " ".join(["long"] * 30),
        "Go on",
    ]
    assert [area.StructParent for area in areas] == list(
        range(len(document.pages), len(document.pages) + len(areas))
    )
    assert kids(second)


def test_language() -> None:
    """Words in another language say so, and so do blocks; the page's own language is said once."""
    document = opened(
        '<p>On <span lang="ja">宇宙</span> <span lang="en">space</span></p>'
        '<p lang="ja">対話 <span lang="en">and</span></p>'
    )
    assert document.Root.Lang == "en"
    assert [(str(one.S), str(one.Lang)) for one in elements(tree(document)) if "/Lang" in one] == [
        ("/Span", "ja"),
        ("/P", "ja"),
        ("/Span", "en"),
    ]


def test_way_back() -> None:
    """From every piece of content the element that holds it can be found."""
    document = opened(f"<h1>T</h1><p>{'word ' * 300}<a href='https://example.org/'>l</a></p>")
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    ways = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert len(document.pages) > 1
    for number, page in enumerate(document.pages):
        drawn = (
            one.operands[1]
            for one in pikepdf.parse_content_stream(page)
            if str(one.operator) == "BDC"
        )
        marks = [int(properties.MCID) for properties in drawn if "/MCID" in properties]
        assert (int(page.StructParents), bool(marks)) == (number, True)
        assert all(ways[number][mark].Type == "/StructElem" for mark in marks)


def test_opacity() -> None:
    """Text with opacity is drawn where no mark is found: an error that says so."""
    with pytest.raises(ReporterError, match="page 1 has text or pictures with opacity"):
        opened('<p style="opacity: 0.5">x</p>')
