"""Tests of what is said of slips of the pen in YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from conftest import problems_of

from reporter.problems import Problem, ReporterError
from reporter.records.reader import parse

if TYPE_CHECKING:
    from pathlib import Path

NO_VALUE = "write the value, or null, or leave the key out"
COMMA = "in {...} a comma ends a value; where it is part of a text, put the text in quotation marks"
COMMENT = "what begins with '#' is a comment: put it in quotation marks, or write null"


def only(tmp_path: Path, text: str) -> Problem:
    """Return the one problem that the reader has with a text."""
    with pytest.raises(ReporterError) as caught:
        parse(tmp_path / "x.yaml", text)
    (problem,) = caught.value.problems
    return problem


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n  b: c\n\u00a0 d: e\n  f: g\n", (3, 1), "in the indentation stands a character that"),
        ("a:\n  b: c\n \u2003d: e\n", (3, 2), "(U+2003, em space): write a blank"),
        ("- a: b\n\u3000 c: d\n", (2, 1), "(U+3000, ideographic space): write a blank"),
        ("a: b\nc\uff1ad\ne: f\n", (2, 2),
         "after the key stands '\uff1a' (U+FF1A, fullwidth colon)"),
        ("a: b\nc \ufe55 d\ne: f\n", (2, 3), "(U+FE55, small colon): write :"),
        ("a:\u00a0b\nc: d\n", (1, 3), "(U+00A0, no-break space): write a blank"),
        ("a: b\nc:d\ne: f\n", (2, 2), "a blank is missing after the colon: write 'key: value'"),
        ("a: b\nc:d\n", (2, 2), "a blank is missing after the colon"),
        ("- a: 1\n  b:2\n  c: 3\n", (2, 4), "a blank is missing after the colon"),
        ("a: b: c\n", (1, 5),
         "a colon and a blank stand inside a text: put the text in quotation marks"),
        ("- gave an update: b: c\n", (1, 20), "a colon and a blank stand inside a text"),
        ("- 2026-07 met: b. C d: e\n", (1, 22), "a colon and a blank stand inside a text"),
        ("- {2026-07 met: b c [d#1], e: f}\n", (1, 21), "brackets stand inside a text in {...}"),
        ("a: see https://b.example c: d\n", (1, 27), "a colon and a blank stand inside a text"),
        ("a: \u201cb: c\u201d\n", (1, 4),
         "where the value begins stands '\u201c' (U+201C, left double"),
        ("a: \u00abb: c\u00bb\n", (1, 4),
         '(U+00AB, left-pointing double angle quotation mark): write "'),
        ('a: "b" c\n', (1, 8), "something stands after the quotation mark"),
        ("a: 'it's so'\n", (1, 8), "something stands after the quotation mark"),
        ("a:\n  -b: c\n    d: e\n", (2, 3), "a blank is missing after the dash"),
        ("a:\n\tb: c\n", (2, 1), "a tab stands in the indentation: write blanks"),
        ("a: @b\n", (1, 4), "no text begins with this sign"),
        ("a: `b`\n", (1, 4), "no text begins with this sign"),
        ("a: *b* c\n", (1, 4), "no text begins with this sign"),
        ("a:\n\u2022 b: c\n  d: e\n", (2, 1), "an item of a list has a '-' before it"),
        ("a:\n* b: c\n  d: e\n", (2, 1), "an item of a list has a '-' before it"),
        ("a:\n\u2013 b\n\u2013 c\n", (3, 1), "(U+2013, en dash): write -"),
        ("a: b\n=======\nc: d\n", (2, 1), "a merge is not finished: delete the marks of git"),
        ("a:\n  b: [] # none\n  # c\n    - d: e\n", (2, 6), "these brackets are empty"),
        ("a: # one: two\n  - b\n  c: d\n", (3, 3), "in what begins in line 2; look for a missing"),
        ("a: [b\nc: d\n", (2, 2), "in what begins in line 1; look for a missing quote"),
    ],
)  # fmt: skip
def test_a_slip_is_named_where_it_stands(
    tmp_path: Path, text: str, place: tuple[int, int], words: str
) -> None:
    """Not where the parser gives up, and not in the words of the parser."""
    problem = only(tmp_path, text)
    assert ((problem.line, problem.column), problem.message) == (place, "this is not YAML")
    assert words in problem.hint


@pytest.mark.parametrize("text", ["a: Resolution #4 of it\n", "- Item [4] #12\n"])
def test_a_number_behind_a_text_is_not_lost(tmp_path: Path, text: str) -> None:
    """To YAML it is a comment, and the text is another one: nobody would see it."""
    problem = only(tmp_path, text)
    assert (problem.line, problem.column) == (1, text.index("#") + 1)
    assert "quotation marks" in problem.hint


@pytest.mark.parametrize(
    "text", ["a: b # 4 of them\n", "a: 'b #4'\n", "a: b  # see #4\n", "a: b#4\n"]
)
def test_a_comment_is_none(tmp_path: Path, text: str) -> None:
    """Nor is what stands in quotation marks, or inside a word."""
    assert parse(tmp_path / "x.yaml", text).data


def test_a_paragraph_far_above_is_no_slip(tmp_path: Path) -> None:
    """Japanese prose begins with a wide blank by right; another mistake is not put down to it."""
    text = "a: |\n  \u3000b\n  c\n  d\n  e\nf: [g\nh: i\n"
    assert "wide" not in only(tmp_path, text).hint
    assert "ideographic" not in only(tmp_path, text).hint


@pytest.mark.parametrize(
    "line",
    [
        "# of: 'b' [c]",
        "b: 'it''s ''so'",
        r'b: "c \"d\" e"',
        r"""b: {c: "=1, 'd' \"e\"", f: g}""",
        "- {b: c, d: 2023-01-01, e: [f]}",
        "b: c  # that is: d",
    ],
)
def test_a_sound_line_above_is_no_slip(tmp_path: Path, line: str) -> None:
    """What is written well is not blamed for the line below it."""
    below = "- [y]]" if line.startswith("-") else "x: [y]]"
    assert only(tmp_path, f"{line}\n{below}\n").line == 2


@pytest.mark.parametrize(
    ("field", "place", "message", "hint"),
    [
        ("abbreviation:", (0, 14), "'abbreviation' has no value", NO_VALUE),
        ("abbreviation: #2024", (0, 14), "'abbreviation' has no value", COMMENT),
        ("abbreviation: ~", (0, 15), "'abbreviation' has no value", NO_VALUE),
        ("abbreviation:  # a note\n\n", (0, 14), "'abbreviation' has no value", COMMENT),
        ("not_verified: [a, ~]", (0, 19), "expected a text, found nothing", "write one text"),
        ("not_verified:\n  -\n  - a", (1, 4), "expected a text, found nothing", "write one text"),
        ("milestones:\n  - {date: 2025, text: one, two, source: news}", (1, 32),
         "'two' has no value", COMMA),
        ("milestones:\n  - {text: a, internal: , source: news}", (1, 25),
         "expected true or false, found nothing", "write true"),
        ("tracks:\n  - {id: a, name: b, outcome: , plans: []}", (1, 31), "'outcome' has no value",
         NO_VALUE),
        ("tracks:\n  - id: a\n    name: b\n    outcome:", (3, 13), "'outcome' has no value",
         NO_VALUE),
    ],
)  # fmt: skip
def test_nothing_is_not_a_value(
    project: Path, field: str, place: tuple[int, int], message: str, hint: str
) -> None:
    """A missing value is reported at its line, wherever it is, even in an optional field."""
    path = project / "data" / "programmes" / "lander.yaml"
    text = "id: lander\nname: {en: Lander}\nlead: b-agency\n"
    path.write_text(text + field, encoding="utf-8")
    found = [problem for problem in problems_of(project) if problem.path == path]
    at = [
        problem for problem in found if (problem.line, problem.column) == (4 + place[0], place[1])
    ]
    assert [(problem.message, problem.hint[: len(hint)]) for problem in at] == [(message, hint)]


def test_a_comma_in_the_name_of_a_series_is_told_as_one(project: Path) -> None:
    """Between braces it begins what looks like another language, without a name."""
    path = project / "data" / "project.yaml"
    text = re.sub(
        r"(?m)^series:.*", "series: {en: Talks of Egypt, Greece}", path.read_text("utf-8")
    )
    path.write_text(text, encoding="utf-8")
    found = [(problem.message, problem.hint) for problem in problems_of(project)]
    assert found == [("'Greece' has no value", COMMA)]


def test_nothing_is_written_as_null(project: Path) -> None:
    """Then it is as if the field were left out."""
    path = project / "data" / "programmes" / "lander.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "abbreviation: null\n", encoding="utf-8")
    assert problems_of(project) == ()


def test_nothing_in_a_shared_file_concerns_its_record(project: Path) -> None:
    """The other records of the file are good."""
    path = project / "data" / "subjects.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "- id: more\n  name: {en: }\n  area: civil\n", encoding="utf-8")
    line = text.count("\n") + 2
    found = [(problem.line, problem.message) for problem in problems_of(project)]
    assert found == [(line, "expected a text, found nothing")]


def test_an_empty_promise_is_no_promise_kept(project: Path) -> None:
    """A due date that a comment took away stops the report that would say 'met'."""
    path = project / "data" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    line = next(line for line in text.splitlines() if " due: " in line)
    begin = line.partition("due:")[0]
    path.write_text(text.replace(line, f"{begin}due: #2024"), encoding="utf-8")
    found = [problem.message for problem in problems_of(project)]
    assert found == ["'due' has no value"]


def test_what_stands_in_a_text_over_several_lines_is_no_slip(project: Path) -> None:
    """Anything may stand there; wrong is the line below it."""
    path = project / "data" / "programmes" / "lander.yaml"
    text = path.read_text(encoding="utf-8").rstrip("\n")
    path.write_text(f"{text}\nnotes:\n  more: |-\n    END:VCALENDAR\n   zzz: x\n", encoding="utf-8")
    (problem,) = problems_of(project)
    assert (problem.message, problem.line) == ("this is not YAML", text.count("\n") + 5)
