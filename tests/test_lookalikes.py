"""Tests of characters that look like others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reporter.records.lookalikes import straight, way_out


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("b-d\u0435partment", "b-department"),
        ("st\u03b1te", "state"),
        ("\uff53tate-a", "state-a"),
        ("\uff12\uff10\uff12\uff15-09", "2025-09"),
        ("\u0662\u0660\u0662\u0665", "2025"),
        ("2025\u201303\u201412\u221201", "2025-03-12-01"),
        ("a\u00ad\u200cb\u2060", "ab"),
        ("a\u00a0b", "a b"),
        ("caf\u00e9", "cafe"),
        ("e\u0301", "e"),
        ("plain: [text] {x}", "plain: [text] {x}"),
        ("\u6771\u4eac", "\u6771\u4eac"),
    ],
)
def test_what_it_looks_like(written: str, meant: str) -> None:
    """Letters of other alphabets, wide signs, any digits, dashes, blanks, and invisible ones."""
    assert straight(written) == meant


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("\u201cstate-a\u201d",
         "it has '\u201c' (U+201C, left double quotation mark): write 'state-a'"),
        ("\u2019met\u2019", "it has '\u2019' (U+2019, right single quotation mark): write 'met'"),
        ("a\u00ad", "it has a character that does not show (U+00AD, soft hyphen): write 'a'"),
        ("e\u0301", (
            "it has a character that does not show (U+0301, combining acute accent): "
            "write 'e'"
        )),
        ("\u6771", ""),
        ("state-a", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_way_out(written: str, hint: str) -> None:
    """The first such character is named, and what to write is shown without its quotation marks."""
    assert way_out(written) == hint


@given(st.text(max_size=20))
def test_any_text_has_a_look(text: str) -> None:
    """Whatever it holds, there is no traceback; what is of a keyboard stays."""
    assert straight(straight(text)) == straight(text)
    assert straight(text) == text or way_out(text)
