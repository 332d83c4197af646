"""Tests of edits in the text of a file: the value changes, and no other sign."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reporter.records.editing import Added, CannotEditError, Change, edited
from reporter.records.reader import parse

if TYPE_CHECKING:
    from reporter.records.reader import Path_, Plain

ORDER = ("id", "name", "short", "text", "by", "note")


def change(text: str, value: Plain, *way: str | int) -> str:
    """Return a text with another value at ``way``; what it belongs to is its first step."""
    row = way[:1] if isinstance(way[0], int) else ()
    return edited(text, [Change(way, value, ORDER, row)])


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("text: old # why\n", "new", "text: new # why\n"),
        ("text:   old\nby: x\n", "new", "text:   new\nby: x\n"),
        ("text: 'old'\n", "it's", "text: 'it''s'\n"),
        ('text: "old"\n', 'a "b"', 'text: "a \\"b\\""\n'),
        ("text: old\n", "with: colon", "text: 'with: colon'\n"),
        ("text: old\n", "# no comment", "text: '# no comment'\n"),
        ("text: old\n", "null", "text: 'null'\n"),
        ("text: old\n", "=1+1", "text: =1+1\n"),
        ("text: old\n", "衛星の「運用」", "text: 衛星の「運用」\n"),
        ("{text: old, by: x}\n", "a, b", "{text: 'a, b', by: x}\n"),
        ("{text: old, by: x}\n", "a\nb", '{text: "a\\nb", by: x}\n'),
        ("text: old\nby: x\n", "a\n\nb", "text: |-\n  a\n\n  b\nby: x\n"),
        ("text: old # why\n", "a\nb", 'text: "a\\nb" # why\n'),
        (
            "text: >- # why\n    old\n    words\n\nby: x\n",
            "new",
            "text: >- # why\n    new\n\nby: x\n",
        ),
        ("text: |\n  old\n# c\nby: x\n", "a\nb", "text: |\n  a\n  b\n# c\nby: x\n"),
        ("text: >-\n  old\n", "a\nb", "text: |-\n  a\n  b\n"),
        ("text: old\r\nby: x\r\n", "a\nb", "text: |-\r\n  a\r\n  b\r\nby: x\r\n"),
        ("text: old\n  goes on\nby: x\n", "new", "text: new\nby: x\n"),
        ("text: old", "new", "text: new"),
    ],
)
def test_a_text_changes_in_its_style(before: str, value: str, after: str) -> None:
    """It keeps its quotation marks or its block, as long as it can be read so; comments stay."""
    assert change(before, value, "text") == after


@pytest.mark.parametrize(
    ("before", "value", "after"),
    [
        ("by: a\n", ["b"], "by: b\n"),
        ("by: a # c\n", ["a", "b"], "by: [a, b] # c\n"),
        ("by: [a,  b]\n", ["a", "c"], "by: [a,  c]\n"),
        ("by: [a, b]\n", ["c"], "by: [c]\n"),
        ("by:\n  - a # one\n  - b\n", ["a", "c"], "by:\n  - a # one\n  - c\n"),
        ("by:\n- a\n- b\nid: x\n", ["a"], "by:\n- a\nid: x\n"),
    ],
)
def test_a_list_keeps_its_form(before: str, value: list[Plain], after: str) -> None:
    """With its dash or without, in brackets or in lines."""
    assert change(before, value, "by") == after


@pytest.mark.parametrize(
    ("before", "way", "value", "after"),
    [
        ("id: x # c\nby: y\n", ("text",), "t", "id: x # c\ntext: t\nby: y\n"),
        ("by: y\n", ("text",), "t", "text: t\nby: y\n"),
        ("- id: x\n  by: y\n", (0, "text"), "t", "- id: x\n  text: t\n  by: y\n"),
        ("- by: y\n", (0, "text"), "t", "- text: t\n  by: y\n"),
        ("- {id: x, by: y}\n", (0, "text"), "t", "- {id: x, text: t, by: y}\n"),
        ("- {by: y}\n", (0, "text"), "t", "- {text: t, by: y}\n"),
        ("- {}\n", (0, "text"), "t", "- {text: t}\n"),
        ("- id: x\n", (0, "name", "ja"), "名", "- id: x\n  name: {ja: 名}\n"),
        (
            "- name:\n    en: n\n  by: y\n",
            (0, "name", "ja"),
            "名",
            "- name:\n    en: n\n    ja: 名\n  by: y\n",
        ),
        ("id: x", ("by",), ["a", "b"], "id: x\nby: [a, b]"),
        ("id: x\n", ("by",), ["a"], "id: x\nby: a\n"),
    ],
)
def test_a_field_is_put_where_it_belongs(before: str, way: Path_, value: Plain, after: str) -> None:
    """It comes after those that come before it, in the style of its record."""
    assert change(before, value, *way) == after


def test_a_long_text_goes_on_in_the_next_line() -> None:
    """A new field is written as a person would write it."""
    new = change("id: x\nby: y\n", "word " * 40 + "end", "text")
    assert new.startswith("id: x\ntext: >-\n  word word")
    assert new.endswith("end\nby: y\n")
    assert max(map(len, new.splitlines())) <= 120
    assert parse(Path("x"), new).data == {"id": "x", "text": "word " * 40 + "end", "by": "y"}


@pytest.mark.parametrize(
    ("before", "way", "after"),
    [
        ("id: x\ntext: t\nby: y\n", ("text",), "id: x\nby: y\n"),
        ("id: x\ntext: t", ("text",), "id: x"),
        ("id: x\ntext: >-\n  a\n  b\n\n# c\nby: y\n", ("text",), "id: x\n\n# c\nby: y\n"),
        ("- id: x\n  by: y\n", (0, "id"), "- by: y\n"),
        ("- {id: x, text: t, by: y}\n", (0, "text"), "- {id: x, by: y}\n"),
        ("- {text: t, by: y}\n", (0, "text"), "- {by: y}\n"),
        ("- {id: x, text: t}\n", (0, "text"), "- {id: x}\n"),
        ("- id: x\n  name: {ja: n}\n", (0, "name", "ja"), "- id: x\n"),
        ("id: x\r\ntext: t\r\nby: y\r\n", ("text",), "id: x\r\nby: y\r\n"),
    ],
)
def test_a_field_is_taken_out(before: str, way: Path_, after: str) -> None:
    """Nothing else goes with it, but for a mapping that would be empty."""
    assert change(before, None, *way) == after


@pytest.mark.parametrize(
    ("before", "way"),
    [
        ("id: x\ntext: t # why\n", ("text",)),
        ("id: x\ntext: # why\n  t\n", ("text",)),
        ("- id: x\n  # why\n  by: y\n", (0, "id")),
        ("- {id: x, # why\n   by: y}\n", (0, "id")),
        ("id: x\ntext: >- # why\n  t\n", ("text",)),
    ],
)
def test_no_comment_is_lost(before: str, way: Path_) -> None:
    """What would cost a comment is not done."""
    with pytest.raises(CannotEditError):
        change(before, None, *way)


@pytest.mark.parametrize(
    ("before", "after", "text"),
    [
        ("- {id: a} # c\n- {id: b}\n", 0, "- {id: a} # c\n- {id: n, by: y}\n- {id: b}\n"),
        ("- id: a\n  by: x\n\n# c\n", 0, "- id: a\n  by: x\n- id: n\n  by: y\n\n# c\n"),
        ("- id: a\n", -1, "- id: n\n  by: y\n- id: a\n"),
        ("  -   id: a\n", 0, "  -   id: a\n  -   id: n\n      by: y\n"),
        ("[{id: a}]\n", 0, "[{id: a}, {id: n, by: y}]\n"),
        ("[]\n", -1, "[{id: n, by: y}]\n"),
        ("- id: a", 0, "- id: a\n- id: n\n  by: y"),
    ],
)
def test_a_record_is_added_in_the_style_of_its_neighbour(
    before: str, after: int, text: str
) -> None:
    """In brackets or in lines, with the same indent."""
    assert edited(before, [], [Added((), after, ({"id": "n", "by": "y"},), ())]) == text


def test_many_changes_at_once() -> None:
    """Fields come and go, texts change and items are added, in one record and in others."""
    before = "- id: a\n  text: t\n  by: x\n- id: b\n  text: u\n"
    changes = [
        Change((0, "text"), None, ORDER, (0,)),
        Change((0, "short"), "s", ORDER, (0,)),
        Change((0, "note"), "n", ORDER, (0,)),
        Change((1, "text"), "v", ORDER, (1,)),
        Change((1, "by"), ["y"], ORDER, (1,)),
    ]
    after = "- id: a\n  short: s\n  by: x\n  note: n\n- id: b\n  text: v\n  by: y\n- id: c\n"
    assert edited(before, changes, [Added((), 1, ({"id": "c"},), ())]) == after
