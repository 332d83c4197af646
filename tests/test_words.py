"""Tests of the words and sentences of a text, in the form in which quotations are held to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from reporter.sources.reading import NOTHING_KNOWN, Reading, reading_of
from reporter.sources.splitting import sentences
from reporter.sources.words import WIDTH, digests, words
from reporter.theme import Theme

THEME = Theme.of(Path("nowhere"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Both SIDES", "both sides"),
        ("direct\u2010ascent", "direct-ascent"),
        ("direct - ascent", "direct\u2014ascent"),
        ("Japan\u2019s \u201cneeds\u201d", "Japan's 'needs'"),
        ("co\u00adoperate", "cooperate"),
        ("a\u00a0b\n c", "a b c"),
        ("cafe\u0301", "caf\u00e9"),
        ("\uff12\uff10\uff12\uff14年", "2024年"),
        ("宇宙 に", "宇宙に"),
        ("「宇宙」、協力", "宇宙協力"),
        ("continuous, safe, and secure", "continuous safe and secure"),
        ("the (new) Act;", "the new Act"),
    ],
)
def test_what_only_looks_different_is_the_same(one: str, other: str) -> None:
    """Capitals, quotation marks, hyphens, blanks, soft hyphens and wide signs do not count."""
    assert words(one) == words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("resign", "re sign"),
        ("1,500", "15 00"),
        ("2.5", "25"),
        ("10 %", "10"),
        ("sides", "side's"),
        ("U.S.", "US"),
        ("協力した", "協力しない"),
        ("e\u0301", "e"),
    ],
)
def test_what_reads_different_is_different(one: str, other: str) -> None:
    """Nothing is taken for another word because it is near to it."""
    assert words(one) != words(other)


def test_digests_are_keyed_by_the_document() -> None:
    """A word has one digest in a document, and another one in another; none is its text."""
    first, second = (digests(name, "safe and safe") for name in ("d1", "d2"))
    assert first[:WIDTH] == first[-WIDTH:]
    assert len(first) == 3 * WIDTH
    assert first != second


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("The U.S. Space Force met. It agreed.", 2),
        ("They met in the U.S. The talks went on.", 2),
        ("Mr. Smith met Dr. Jones on Jan. 5.", 1),
        ("He asked: \u201cWhen?\u201d They said nothing.", 2),
        ("It grew by 2.5 percent. So it goes.[1]", 2),
        ("version 1. of the text", 1),
        ("No end", 1),
    ],
)
def test_sentences_of_english(text: str, count: int) -> None:
    """Initials and abbreviations end no sentence, unless a new one surely begins."""
    found = sentences(text, reading_of(THEME, "en"))
    assert len(found) == count
    assert words(" ".join(found)) == words(text)


def test_sentences_of_japanese() -> None:
    """They end with their full stop, without a blank."""
    text = "日米は会合した。「宇宙」について議論した。次回は未定。"
    assert len(sentences(text, reading_of(THEME, "ja"))) == 3


def test_a_verb_has_its_forms() -> None:
    """Those that the language knows, of each word of a verb of several, and no other."""
    english = reading_of(THEME, "en-GB")
    assert "sharing the view" in english.forms("shared the view")
    assert {"commit", "committing"} <= set(english.forms("Committed"))
    assert english.forms("danced") == ("danced",)
    assert "planned" not in english.forms("upcoming")
    assert "確認する" in reading_of(THEME, "ja").forms("確認した")


def test_a_language_without_a_file_is_read_as_it_stands() -> None:
    """Its verbs have the form in which they are written."""
    assert reading_of(THEME, "qaa") is NOTHING_KNOWN
    assert Reading().forms("visas") == ("visas",)


def test_a_project_reads_a_language_of_its_own(tmp_path: Path) -> None:
    """One file in its templates, and no program."""
    folder = tmp_path / "templates" / "reading"
    folder.mkdir(parents=True)
    (folder / "fr.yaml").write_text("verbs: [[noter, noté, notent]]\n", encoding="utf-8")
    assert "notent" in reading_of(Theme.of(tmp_path), "fr").forms("noté")
