"""What fits on page one of the paper is found by laying it out; what cannot be read is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import children
import pytest

from reporter.formats import pdf
from reporter.formats.pdf.optional import OptionalParts
from reporter.problems import ReporterError
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from pathlib import Path

THEME = Theme((default_templates(),))
HEAD = """<title>T</title><meta name="dcterms.modified" content="2026-11-21"><style>
@page { size: 120mm 103mm; margin: 10mm }
html { font: 10pt/5mm "Reporter Sans"; overflow-wrap: break-word }
h2, p, td { font: inherit; margin: 0; padding: 0 } table { border-collapse: collapse }
section { break-before: page } .more::after { content: " p. " target-counter(attr(href), page) }
</style>"""
LINES = 16  # that a page has room for
ENDS = '<p id="page-one-ends"></p>'


def page_of(body: str, more: str = "") -> str:
    """Return a page with that body."""
    head = HEAD.replace("</style>", f"{more}</style>")
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body><main>{body}</main></body></html>'
    )


def rows(number: int, *, moves: bool) -> str:
    """Return a table of so many rows; all but the first may be left out, the last one first."""
    to = ' data-moves="rest"' if moves else ""
    found = ["<tr><td>row 1</td></tr>"]
    found += [
        f'<tr data-optional="{number - row + 1}" data-group="rows"{to}><td>row {row}</td></tr>'
        for row in range(2, number + 1)
    ]
    notes = "".join(
        f'<p hidden data-left-out="rows" data-number="{left}">'
        f'<a class="more" href="#further">and {left} more,</a></p>'
        for left in range(1, number)
    )
    further = (
        '<section hidden id="further"><h2>Further</h2><table><tbody id="rest"></tbody>'
        "</table></section>"
    )
    return f"<table><tbody>{''.join(found)}</tbody></table>{notes}{ENDS}{further if moves else ''}"


def texts(html: str, folder: Path) -> list[list[str]]:
    """Return the lines of each page of the paper."""
    file = folder / "x.pdf"
    file.write_bytes(pdf.render(THEME, html, "x").content)
    done = children.run(
        ["pdftotext", "-layout", file, "-"], capture_output=True, encoding="utf-8", check=True
    )
    pages = done.stdout.split("\f")[:-1]
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in pages]


def test_what_fits_stays(tmp_path: Path) -> None:
    """Nothing is left out where there is room, and nothing that is hidden until then is shown."""
    (page,) = texts(page_of(rows(LINES, moves=True)), tmp_path)
    assert page == [f"row {row}" for row in range(1, LINES + 1)]


@pytest.mark.parametrize("number", [LINES + 1, 22, 28])
def test_what_does_not_fit_moves_and_is_counted(number: int, tmp_path: Path) -> None:
    """As little as possible goes; the page says how much, and where exactly that stands."""
    first, second = texts(page_of(rows(number, moves=True)), tmp_path)
    shown = LINES - 1
    left = number - shown
    assert first == [*(f"row {row}" for row in range(1, shown + 1)), f"and {left} more, p. 2"]
    assert second == ["Further", *(f"row {row}" for row in range(shown + 1, number + 1))]


def test_what_is_told_elsewhere_is_dropped(tmp_path: Path) -> None:
    """Without a place to move to, it is gone from the paper."""
    (page,) = texts(
        page_of(rows(30, moves=False).replace('<a class="more" href="#further">', "<b>")), tmp_path
    )
    assert page[-1] == f"and {30 - LINES + 1} more,"


def test_what_has_the_same_number_goes_together(tmp_path: Path) -> None:
    """A heading and its text, for instance."""
    pair = '<h2 data-optional="1">Head</h2><p data-optional="1">Text</p>'
    lines = "<p>line</p>" * (LINES - 1)
    (page,) = texts(page_of(f"{lines}{pair}{ENDS}"), tmp_path)
    assert page == ["line"] * (LINES - 1)


def test_a_heading_goes_with_the_last_of_its_entries(tmp_path: Path) -> None:
    """It does not stand alone on page one."""
    items = "".join(f'<li data-optional="{n}" data-moves="rest">item {n}</li>' for n in (1, 2))
    part = f'<div data-while-filled="yes"><h2>Head</h2><ul>{items}</ul></div>'
    later = '<section hidden><h2>Also</h2><ul id="rest"></ul></section>'
    lines = f"{'<p>line</p>' * LINES}{part}{ENDS}{later}"
    first, second = texts(
        page_of(lines, "ul { margin: 0; padding: 0; list-style: none }"), tmp_path
    )
    assert (first, second) == (["line"] * LINES, ["Also", "item 2", "item 1"])


def test_the_order_is_that_of_the_numbers(tmp_path: Path) -> None:
    """However the parts stand on the page."""
    parts = "".join(f'<p data-optional="{rank}">part {rank}</p>' for rank in (2, 4, 1, 3))
    lines = "<p>line</p>" * (LINES - 2)
    (page,) = texts(page_of(f"{parts}{lines}{ENDS}"), tmp_path)
    assert page[:2] == ["part 4", "part 3"]


def test_what_goes_together_from_many_rows_makes_room_in_each(tmp_path: Path) -> None:
    """So that nothing else goes where the first to go is enough."""
    long = '<span data-optional="1" data-group="made"><br>made</span>'
    last = '<span data-optional="2" data-group="news"><br>news</span>'
    (page,) = texts(page_of(f"{f'<p>row{long}</p>' * (LINES - 1)}<p>row{last}</p>{ENDS}"), tmp_path)
    assert page == ["row"] * LINES
    (page,) = texts(page_of(f"{f'<p>row{long}</p>' * (LINES - 2)}<p>row{last}</p>{ENDS}"), tmp_path)
    assert page == [*["row"] * (LINES - 1), "news"]


def test_a_row_that_moves_whole_takes_no_more_with_it_than_it_lacks(tmp_path: Path) -> None:
    """What it left empty behind it counts."""
    tall = '<p style="break-inside: avoid">tall<br>tall<br>tall<br>tall</p>'
    may_go = "".join(f'<p data-optional="{rank}">row {rank}</p>' for rank in (1, 2, 3, 4))
    lines = "<p>line</p>" * (LINES - 7)
    (page,) = texts(page_of(f"{may_go}{lines}{tall}{ENDS}"), tmp_path)
    assert page[:4] == ["row 2", "row 3", "row 4", "line"]


def test_it_holds_in_another_type_and_on_other_paper(tmp_path: Path) -> None:
    """It is measured, so that a project's own look changes how much fits."""
    larger = page_of(rows(20, moves=True), "html { font-size: 16pt; line-height: 10mm }")
    first, *others = texts(larger, tmp_path)
    assert first[-1].startswith("and 13 more")
    assert sum(map(len, others)) == 14
    other = page_of(rows(20, moves=True), "@page { size: 120mm 63mm }")
    assert len(texts(other, tmp_path)[0]) == 8


def test_what_a_person_wrote_is_never_left_out() -> None:
    """Where it does not fit, the error says by how much, and which part is the longest."""
    long = f'<p data-part="agreed">{"responsibilities " * 260}</p>'
    step = '<p data-part="next_steps">short</p>'
    with pytest.raises(ReporterError) as raised:
        pdf.render(THEME, page_of(f"{long}{step}{rows(4, moves=True)}"), "x")
    (problem,) = raised.value.problems
    assert "page one does not stand alone: it runs over by " in problem.message
    assert " mm, " in problem.message
    assert "'agreed'" in problem.hint
    assert "'next_steps'" not in problem.hint


# What cannot be read


def faults_of(body: str, more: str = "") -> list[str]:
    """Return what is said of a page on which something cannot be read."""
    return [problem.message for problem in pdf.render(THEME, page_of(body, more), "x").problems]


def aiming(fixed: int, optional: int) -> str:
    """Return a page that aims at one sheet: rows that stay, rows that may go, and their sources."""
    stay = "".join(f"<p>fixed {row}</p>" for row in range(1, fixed + 1))
    go = "".join(
        f'<p data-optional="{row}" data-group="rows">row {row} <a href="#s{row}">s</a></p>'
        for row in range(1, optional + 1)
    )
    notes = "".join(
        f'<p hidden data-left-out="rows" data-number="{left}">{left} more</p>'
        for left in range(1, optional + 1)
    )
    sources = "".join(
        f'<p id="s{row}" data-while-linked="yes">source {row}</p>' for row in range(1, optional + 1)
    )
    return page_of(f'{stay}{go}{notes}{sources}<p id="page-one-aims"></p>')


def test_a_page_that_aims_at_one_sheet_leaves_out_what_it_may(tmp_path: Path) -> None:
    """With each part the sources go to which nothing else leads."""
    (page,) = texts(aiming(LINES - 3, 4), tmp_path)
    kept = [f"fixed {row}" for row in range(1, LINES - 2)]
    assert page == [*kept, "row 4 s", "3 more", "source 4"]


def test_a_page_that_cannot_have_one_sheet_keeps_everything(tmp_path: Path) -> None:
    """Leaving out would not help; that it takes two is no error."""
    lines = [line for page in texts(aiming(LINES + 1, 2), tmp_path) for line in page]
    assert lines[-4:] == ["row 1 s", "row 2 s", "source 1", "source 2"]


def test_a_word_broken_inside_is_an_error_with_its_part() -> None:
    """Where no rule of the language gives a hyphen, the column is too narrow."""
    body = "<section><h2>Who</h2><p style='width: 9mm'>Netherlands</p></section>"
    (message, *_) = faults_of(body)
    assert message == (
        "page 1, in 'Who': the word 'Netherlands' is broken inside, without a hyphen"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Netherlands",  # by the rule of the language
        "whole-of-government",
        "宇宙に関する包括的日米対話",
        "x" * 60,
        "https://example.org/a/very/long/address/that/goes/on/and/on",
    ],
)
def test_a_word_that_is_broken_by_a_rule_is_none(text: str) -> None:
    """A word does not count as broken where a rule allows the break.

    That is at its own hyphen, at one from a dictionary, in a script without spaces, or where it is
    longer than a word.
    """
    lang = ' lang="ja"' if text > "z" else ""
    body = f'<p style="width: 16mm; font-family: Reporter Sans, Reporter Japanese"{lang}>{text}</p>'
    pdf.render(THEME, page_of(body, "html { hyphens: auto; hyphenate-limit-zone: 100% }"), "x")


def test_text_over_text_is_an_error() -> None:
    """Two paragraphs in one place."""
    body = "<p>One text stands here</p><p style='margin-top: -4mm'>and another one over it</p>"
    found = faults_of(body)
    assert found
    assert all("printed over one another" in message for message in found)


def test_text_off_the_paper_is_an_error() -> None:
    """What is wider than the page, or lower."""
    wide = (
        "<p style='white-space: nowrap'>a text that is wider than the page and does not "
        "break, but runs on and on</p>"
    )
    assert "is cut off at the edge" in faults_of(wide)[0]


def test_lines_close_together_are_none() -> None:
    """Marks, references and words of other scripts, which have no height of their own."""
    small = '<span style="font-size: 8pt; line-height: 0">[1]</span>'
    pdf.render(
        THEME, page_of(f"<p>{f'word {small} ' * 60}</p>", "html { line-height: 4.1mm }"), "x"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<p><b>one</b><i data-optional='1'>, two</i>; three</p>", "<p><b>one</b>; three</p>"),
        ("<p>one<i data-optional='1'>, two</i>; three</p>", "<p>one; three</p>"),
    ],
)
def test_words_behind_what_is_left_out_stay(before: str, after: str) -> None:
    """They belong to the sentence, not to the part that had no room."""
    root = ET.fromstring(before)  # noqa: S314 (our own)
    OptionalParts(root).leave_out(1.0, {})
    assert ET.tostring(root, encoding="unicode") == after


def sections(*lengths: int) -> str:
    """Return sections of so many lines each, a line apart and on no pages of their own."""
    found = "".join(
        f"<section>{'<br>'.join(f'{name}-{row}' for row in range(1, length + 1))}</section>"
        for name, length in zip("abcd", lengths, strict=False)
    )
    return page_of(found, "section { break-before: auto; margin-top: 5mm }")


def test_what_would_leave_a_hollow_page_is_set_tight(tmp_path: Path) -> None:
    """If all has room then; a last page that is a third full is none."""
    assert len(texts(sections(5, 5, 5), tmp_path)) == 1
    pages = texts(sections(5, 5, 12), tmp_path)
    assert [len(page) for page in pages] == [13, 9]


def test_what_cannot_be_saved_shares_a_section_with_the_page_before(tmp_path: Path) -> None:
    """As long as that page stays half full."""
    pages = texts(sections(10, 3, 4), tmp_path)
    assert [page[0] for page in pages] == ["a-1", "b-1"]
    pages = texts(sections(3, 11, 4), tmp_path)
    assert [page[0] for page in pages] == ["a-1", "c-1"]


def test_what_leaves_a_page_nearly_empty_may_break_inside(tmp_path: Path) -> None:
    """A row that is not to break, and has no room below the line before it, begins there."""
    lines = "<br>".join(f"row-{line}" for line in range(1, 15))
    body = f"<p>line</p><table><tr style='break-inside: avoid'><td>{lines}</td></tr></table>"
    pages = texts(
        page_of(f"<p>before</p>{body}<p>{'<br>'.join('after' for _ in range(6))}</p>"), tmp_path
    )
    assert pages[0] == ["before", "line", *(f"row-{line}" for line in range(1, 15))]
    long = lines + "<br>row-15"
    pages = texts(page_of(f"<p>before</p>{body.replace(lines, long)}"), tmp_path)
    assert pages[0][:3] == ["before", "line", "row-1"]


def test_what_has_no_parts_may_break_inside(tmp_path: Path) -> None:
    """A text with nothing but its lines is loosened like one of several parts."""
    lines = "\n".join(f"row-{line}" for line in range(1, 16))
    kept = f"<p>line</p><div style='break-inside: avoid; white-space: pre'>{lines}</div>"
    pages = texts(page_of(f"<p>before</p>{kept}"), tmp_path)
    assert pages[0][:3] == ["before", "line", "row-1"]


def test_a_page_that_ends_where_it_is_told_to_changes_nothing_behind_it(tmp_path: Path) -> None:
    """A page one that stands alone may be short."""
    row = f"<tr style='break-inside: avoid'><td>{'<br>'.join('abcdef')}</td></tr>"
    first = "<div style='break-after: page'><p>first</p></div>"
    fill = "".join(f"<p>line {line}</p>" for line in range(1, LINES))
    pages = texts(page_of(f"{first}{fill}<table>{row}</table>"), tmp_path)
    assert [page[0] for page in pages] == ["first", "line 1", "a"]


def test_each_part_of_a_binder_has_a_last_page_of_its_own(tmp_path: Path) -> None:
    """That of the first is set tight, that of the second is full enough."""

    def part(number: int, *lengths: int) -> str:
        main = sections(*lengths).partition("<main>")[2].partition("</main>")[0]
        return f'<article class="bound" id="t{number}">{main}<p id="t{number}-end"></p></article>'

    more = "section { break-before: auto; margin-top: 5mm } .bound { break-before: page }"
    pages = texts(page_of(f"{part(1, 5, 5, 5)}{part(2, 5, 5, 12)}", more), tmp_path)
    assert [len(page) for page in pages] == [15, 13, 9]
