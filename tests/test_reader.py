"""Tests of the reader: YAML to plain data with positions."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from reporter.problems import Problem, ReporterError
from reporter.records.outline import in_one_list
from reporter.records.reader import DEEPEST, Plain, parse, read
from reporter.text import NOT_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator

PATH = Path("x.yaml")
# Letters of which YAML is made, so that examples come near to it.
YAML_LETTERS = st.text(alphabet=" \n\t-:?[]{},&*!|>'\"%@#<~ab01\\x", max_size=60)
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8).filter(
    lambda text: not re.search(NOT_TEXT, text)
)
PLAIN: st.SearchStrategy[Plain] = st.recursive(
    st.none() | st.booleans() | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)


def messages(text: str) -> list[tuple[int, int, str]]:
    """Return line, column and message of each problem in a text."""
    with pytest.raises(ReporterError) as caught:
        parse(PATH, text)
    return [(problem.line, problem.column, problem.message) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12:30", "12:30"),
        ("012", "012"),
        ("1_000", "1_000"),
        ("0x10", "0x10"),
        ("1e3", "1e3"),
        ("2023-03-24", "2023-03-24"),
        ("yes", "yes"),
        ("NO", "NO"),
        ("on", "on"),
        ("True", "True"),
        ("NULL", "NULL"),
        (".inf", ".inf"),
        ("=", "="),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("'true'", "true"),
        ('"null"', "null"),
        ("''", ""),
    ],
)
def test_only_three_words_are_special(written: str, value: Plain) -> None:
    """A scalar stays as it is written, but for null, true and false without quotation marks."""
    assert parse(PATH, f"key: {written}\n").data == {"key": value}


@pytest.mark.parametrize(
    ("where", "of_key", "position"),
    [
        ((), False, (2, 1)),
        (("a",), False, (2, 4)),
        (("a",), True, (2, 1)),
        (("b",), False, (4, 3)),
        (("b", 0), False, (4, 5)),
        (("b", 0, "c"), False, (4, 8)),
        (("b", 0, "d"), True, (5, 5)),
        (("b", 0, "d", 1), False, (5, 12)),
        (("b", 0, "absent"), False, (4, 5)),
        (("a", 0), False, (2, 4)),
        (("absent",), True, (2, 1)),
    ],
)
def test_positions(
    where: tuple[str | int, ...],
    of_key: bool,  # noqa: FBT001 (a column of the table)
    position: tuple[int, int],
) -> None:
    """Each value and key has its line and column; what is absent has those of what is around it."""
    source = parse(PATH, "# comment\na: 月\nb:\n  - c: x\n    d: [y, z]\n")
    assert source.position(where, of_key=of_key) == position


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "a: 1\nb: 2\na: 3\nb: 4\n",
            [(3, 1, "the key 'a' stands twice"), (4, 1, "the key 'b' stands twice")],
        ),
        ("a: {b: 1, b: 2}\n", [(1, 11, "the key 'b' stands twice")]),
        ("a: 1\na: 2\nb: [\n", [(2, 1, "the key 'a' stands twice"), (4, 1, "this is not YAML")]),
        ("a: &x [1]\nb: *x\n", [(1, 4, "anchors and aliases are not supported")]),
        ("a: b\n<<: *x\n", [(2, 5, "anchors and aliases are not supported")]),
        ("&x a: b\n", [(1, 1, "anchors and aliases are not supported")]),
        (
            "a: !!python/object/apply:os.system [ls]\n",
            [(1, 4, "the tag 'tag:yaml.org,2002:python/object/apply:os.system' is not supported")],
        ),
        ("a: ! b\n", [(1, 4, "the tag '!' is not supported")]),
        ("? {a: b}\n: c\n", [(1, 3, "a key must be a word")]),
        ("{[a]: b}\n", [(1, 2, "a key must be a word")]),
        ("a: b\n---\nc: d\n", [(2, 1, "a second document in one file")]),
        ("", [(1, 1, "the file is empty")]),
        ("---\n...\n", [(1, 1, "the file is empty")]),
        ("~\n", [(1, 1, "the file is empty")]),
        ("%YAML 3.0\n---\na: b\n", [(1, 1, "this is not YAML")]),
        ('a: "\\0"\n', [(1, 4, "the character U+0000 is not text")]),
        ('a: "\\ud800"\n', [(1, 7, "this is not YAML")]),
        ('"\\e": b\n', [(1, 1, "the character U+001B is not text")]),
        ("\ta: b\n", [(1, 1, "this is not YAML")]),
    ],
)
def test_what_a_record_needs_not_is_refused(text: str, found: list[tuple[int, int, str]]) -> None:
    """Repeated keys, anchors, tags, odd keys, second documents, empty files: each at its place."""
    assert messages(text) == found


def test_many_laughs_are_refused_at_once() -> None:
    """Aliases that would grow to a billion items are not followed."""
    lines = [
        "a0: &a0 [lol]",
        *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 10)),
    ]
    assert messages("\n".join(lines)) == [(1, 5, "anchors and aliases are not supported")]


@pytest.mark.parametrize(
    "text", ["[" * 10_000, "- " * 10_000, "{a: " * 10_000, "a: " + "[" * 10_000 + "]" * 10_000]
)
def test_depth_costs_nothing(text: str) -> None:
    """A nesting of 10,000 ends at the limit, without recursion."""
    (problem,) = messages(text)
    assert problem[2] == f"nested deeper than {DEEPEST} levels"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 10_000, (1, DEEPEST + 1)),
        ("a: " + "[" * 10_000, (1, DEEPEST + 3)),
        ("a:\n  - b: [{c: " + "[" * 10_000, (2, DEEPEST + 8)),
        ("a: [[], {}, [b]]\nc:\n" + "  [\n" * 10_000, (DEEPEST + 2, 3)),
    ],
)
def test_a_parser_that_stops_by_itself_is_told_in_our_words(
    text: str, place: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bracket that is one too many is named.

    Some versions refuse 1,000 levels before they report the first.
    """
    assert messages(text) == [(*place, f"nested deeper than {DEEPEST} levels")]
    monkeypatch.setattr("yaml.parse", no_deeper)
    assert messages(text) == [(*place, f"nested deeper than {DEEPEST} levels")]


def no_deeper(text: str, **_: object) -> Iterator[yaml.Event]:
    """Parse as a version does that looks ahead, and gives up before it has told of all levels."""
    loader = yaml.SafeLoader(text)
    depth = 0
    while depth < DEEPEST // 5:
        event = loader.get_event()  # type: ignore[no-untyped-call]
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        yield event
    last = text.count("\n"), len(text.rpartition("\n")[2])
    mark = yaml.Mark("x", len(text), *last, None, 0)
    raise yaml.MarkedYAMLError(None, mark, None, mark)


def test_an_odd_key_is_a_key() -> None:
    """A merge key, an empty one and a special word are plain words; models refuse them."""
    assert parse(PATH, "<<: a\n? \n: b\ntrue: c\n").data == {"<<": "a", "": "b", "true": "c"}


def test_a_problem_says_where_a_bracket_was_opened() -> None:
    """A missing bracket shows at the next field; the hint names the line in which it began."""
    with pytest.raises(ReporterError) as caught:
        parse(PATH, "a: b\nc: [d\ne: f\n")
    assert "in what begins in line 2;" in caught.value.problems[0].hint


def test_a_file_is_read(tmp_path: Path) -> None:
    """The source knows its path, and its problems name it."""
    path = tmp_path / "x.yaml"
    path.write_text("a: b\n", encoding="utf-8")
    problem = read(path).problem(("a",), "wrong", "mend it")
    assert (problem.path, problem.line, problem.column, problem.hint) == (path, 1, 4, "mend it")


@given(YAML_LETTERS)
def test_any_text_is_data_or_problems(text: str) -> None:
    """There is no traceback, and each problem has a place."""
    problems: tuple[Problem, ...] = ()
    try:
        parse(PATH, text)
    except ReporterError as error:
        problems = error.problems
    assert all(problem.line >= 1 and problem.column >= 1 and problem.hint for problem in problems)


@given(PLAIN.filter(lambda data: data is not None))
def test_what_is_written_is_read(data: Plain) -> None:
    """JSON is YAML: any data that a record may hold is read as it was written."""
    assert parse(PATH, json.dumps(data, ensure_ascii=False)).data == data


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('a: b\nc: "d\ne: f\n', (2, 4)),
        ('a: b\nc: "d\ne: "f"\n', (2, 4)),
        ('a: b\nc: "d\ne: ""\nf: g\n', (2, 4)),
        ("a: 'b\nc: it's\n", (1, 4)),
        ('a: {b: "c}\nd: e\nf: "g"\n', (1, 8)),
        ('- "a\n- "b"\n- "c"\n', (1, 3)),
        ('a: "b\n  c"\nd: [e\nf: g\n', (4, 2)),
        ('a: "b\n  c"\nd: "e\\q"\n', (3, 6)),
    ],
)
def test_a_quotation_mark_that_is_not_closed_is_named_where_it_stands(
    text: str, place: tuple[int, int]
) -> None:
    """However far away the parser stops; a fault after a multi-line text is a separate one."""
    ((line, column, message),) = messages(text)
    assert (line, column, message) == (*place, "this is not YAML")


def test_places_in_texts_over_several_lines_and_in_quoted_keys() -> None:
    """Sources are where they stand at the end, and a status is behind the quotation mark."""
    text = "events:\n- text: |\n    It is built [s1,\n      s2#4]\n"
    text += "  history:\n  - '2023-06-13 met': In May\n"
    found = in_one_list(parse(PATH, text))
    event = ("events", 0)
    sources = [found.position((*event, "source", at)) for at in range(2)]
    assert sources == [(3, 18), (4, 7)]
    assert found.position((*event, "history", 0, "status")) == (6, 17)
