"""Tests of the words of a text as a comparison sees them."""

from __future__ import annotations

import pytest

from reporter.library.tokens import composed, tokens
from reporter.records.facts import promise_key
from reporter.records.statements import Statement


def keys(text: str) -> list[str]:
    """Return the keys of the words of a text."""
    return [token.key for token in tokens(composed(text))]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("states\u2019 rights", "States' rights"),
        ("rules\u2011based", "rules-based"),
        ("inter\u00adoperability", "interoperability"),
        ("caf\u00e9", "cafe\u0301"),
        ("\uff2a\uff21\uff38\uff21", "JAXA"),
        ("\ufb01rst", "first"),
        ("\u0130stanbul", "istanbul"),
        (
            "\u0627\u0644\u0633\u0650\u0651\u0644\u0645\u064a",
            "\u0627\u0644\u0633\u0644\u0645\u064a",
        ),
        ("\u0633\u0640\u0640\u0644\u0627\u0645", "\u0633\u0644\u0627\u0645"),
        ("\u05e9\u05b8\u05c1\u05dc\u05d5\u05b9\u05dd", "\u05e9\u05dc\u05d5\u05dd"),
        ("\u845b\U000e0100\u57ce", "\u845b\u57ce"),
        ("of the U.S. and Japan", "of the US and Japan"),
        ("U.S.-Japan talks", "US\u2011Japan talks"),
        ("the U.S.A.\u2019s part", "the USA's part"),
    ],
)
def test_typography_is_no_rewording(one: str, other: str) -> None:
    """Nor are wide letters, ligatures and a Turkish capital."""
    assert keys(one) == keys(other)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\u5b87\u5b99 JAXA", ["\u5b87", "\u5b99", "jaxa"]),
        ("\u0e17\u0e35\u0e48\u0e21", ["\u0e17\u0e35\u0e48", "\u0e21"]),
        ("U.N. 1,500", ["un", "1", "500"]),
        ("part A. B and 3.5", ["part", "a", "b", "and", "3", "5"]),
    ],
)
def test_each_sign_of_a_script_without_spaces_is_a_word(text: str, words: list[str]) -> None:
    """With the marks that stand on it: a vowel of Thai is not taken apart from its letter."""
    assert keys(text) == words


def test_promises_that_differ_in_a_number_are_two() -> None:
    """However short it is."""
    both = [
        Statement.model_validate(
            {"id": f"p-{n}", "by": ["a"], "verb": "agreed", "text": f"to launch flight {n} of it"}
            | {"strength": "committed", "source": "d"}
        )
        for n in (7, 8)
    ]
    assert promise_key(both[0]) != promise_key(both[1])
