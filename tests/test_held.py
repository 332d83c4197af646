"""Tests of what is held to the texts of documents: quotations, verbs, dates, order, sentences."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

import pytest
from conftest import ROOT
from mutations import Mutator

from reporter.problems import ReporterError
from reporter.records.check import check
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.sources.against import HeldTexts
from reporter.sources.fingerprint import Origin, fingerprint_of
from reporter.sources.reading import reading_of
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.problems import Problem
    from reporter.records.project import Loaded

ENGLISH = (
    "The sides met in North Town on May 12, 2024. This was the second meeting.",
    (
        "Both sides welcomed the new radar and committed to building a second antenna by 2026. "
        "They also discussed the launch of the probe in March of this year."
    ),
    "Both sides concurred on meeting again next year.",
)
JAPANESE = (
    "２０２４年５月１２日、両国は北町で会合した。",
    "双方は新しいレーダーを歓迎した。双方は令和８年までに第二のアンテナを建設することを確認した。",
)
SETTINGS = """
series: {en: Talks, ja: 対話}
short: {en: Talks}
language: LANGUAGE
author: Desk
sides: [{id: north, name: {en: North}}, {id: south, name: {en: South}}]
areas: [{id: policy, name: {en: Policy}}]
phrases: [{id: use, name: {en: Use}}]
researched_until: 2024-12-31
"""
DOCUMENTS = """
- {id: d1, title: Statement, publisher: Ministry, date: 2024-05-12, language: LANGUAGE, \
standing: official, read: full, paragraphs: COUNT}
- {id: d2, title: News, publisher: Paper, date: 2024-06-03, language: en, standing: press, \
read: full}
"""
MEETING = """
number: 1
title: {en: First Meeting}
date: 2024-05-12
place: not verified
document: d1
evidence: full
purpose:
  - {text: The second meeting, source: d1#1.2}
statements:
  complete: true
  items:
    - {by: [north, south], verb: welcomed, text: a new radar, source: d1#2.1}
    - id: c1-01
      by: [north, south]
      verb: committed
      text: to build another antenna
      quote: building a second antenna by 2026
      strength: committed
      due: 2026
      source: d1#2.1
    - {by: [north, south], verb: discussed, text: the launch of the probe, source: d1#2.2}
    - id: c1-02
      by: [north, south]
      verb: concurred
      text: on another meeting
      strength: committed
      due: 2025
      source: d1#3
phrases:
  - {phrase: use, words: the new radar, source: d1#2}
events:
  - {date: 2024-03, text: The probe is launched, source: d1#2.2}
  - {date: 2024-05-12, text: They meet in town, source: d1#1.1}
"""
MEETING_JA = """
number: 1
title: {ja: 第一回会合}
date: 2024-05-12
place: not verified
document: d1
evidence: full
statements:
  complete: true
  items:
    - {by: [north, south], verb: 歓迎した, text: 新しいレーダー, source: d1#2.1}
    - id: c1-01
      by: [north, south]
      verb: 確認した
      text: アンテナの建設
      quote: 第二のアンテナを建設する
      strength: committed
      due: 2026
      source: d1#2.2
phrases:
  - {phrase: use, words: 新しいレーダーを歓迎した, source: d1#2.1}
events:
  - {date: 2024-05-12, text: 会合, source: d1#1}
"""


def project(
    root: Path, *changes: tuple[str, str], language: str = "en", documents: str = DOCUMENTS
) -> Path:
    """Write a project with one meeting, whose document has a fingerprint."""
    texts, meeting = (ENGLISH, MEETING) if language == "en" else (JAPANESE, MEETING_JA)
    for old, new in changes:
        assert old in meeting
        meeting = meeting.replace(old, new, 1)
    files = {
        "project.yaml": SETTINGS.replace("LANGUAGE", "en"),
        "documents.yaml": documents,
        "meetings/01.yaml": meeting,
    }
    if language != "en":
        files["project.yaml"] = SETTINGS.replace("LANGUAGE", language)
        lines = "locale: ja_JP\n"
        folder = root / "templates" / "languages"
        folder.mkdir(parents=True)
        (folder / "ja.yaml").write_text(lines, encoding="utf-8")
    reading = reading_of(Theme.of(root), language)
    origin = Origin(language, date(2024, 6, 1), b"")
    files["fingerprints/d1.yaml"] = fingerprint_of("d1", texts, origin, reading).written()
    for name, content in files.items():
        path = root / "data" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        filled = content.replace("LANGUAGE", language).replace("COUNT", str(len(texts)))
        path.write_text(filled, encoding="utf-8")
    return root


def problems(root: Path) -> tuple[Problem, ...]:
    """Return what check finds, errors or not."""
    try:
        return check(root).warnings
    except ReporterError as error:
        return error.problems


def of_records(root: Path) -> list[Problem]:
    """Return the problems of records, without those of an unfinished language."""
    return [problem for problem in problems(root) if "data" in str(problem.path)]


@pytest.mark.parametrize("language", ["en", "ja"])
def test_true_records_are_no_problem(tmp_path: Path, language: str) -> None:
    """Whatever stands in its paragraph passes, and every sentence is coded."""
    assert of_records(project(tmp_path, language=language)) == []


WRONG = [
    (
        "quote: building a second",
        "quote: building a third",
        "'building a third antenna by 2026' does not",
    ),
    ("quote: building a", "quote: not building a", "'not building a second antenna by 2026' does"),
    ("a second antenna", "second a antenna", "'building second a antenna by 2026' does not"),
    ("verb: committed", "verb: agreed", "the verb 'agreed' does not stand in sentence 2.1"),
    ("words: the new radar", "words: a new radar", "'a new radar' does not stand in paragraph 2"),
    ("due: 2026\n      source: d1#2.1", "due: 2027\n      source: d1#2.1", "the year of 2027"),
    ("due: 2026\n      source: d1#2.1", "due: 2024\n      source: d1#2.1", "the year of 2024"),
    ("date: 2024-05-12, text", "date: 2023-05-12, text", "the year of 2023-05-12 does not"),
    ("date: 2024-03, text", "date: 2021-03, text", "the year of 2021-03 does not stand in"),
    ("date: 2024-05-12\n", "date: 2025-05-12\n", "the year of 2025-05-12 does not stand in 'd1'"),
    ("due: 2025", "due: 2023", "the year of 2023 does not stand in paragraph 3 of 'd1'"),
    ("source: d1#2.2}", "source: d1#2.3}", "'d1' has no sentence 2.3"),
    ("radar, source: d1#2.1", "radar, source: d1#2.2", "the verb 'welcomed' does not stand in"),
    ("radar, source: d1#2.1", "radar, source: d2", "a statement of 'd1' that does not cite it"),
    ("radar, source: d1#2}", "radar, source: d2}", "a phrase of 'd1' that does not cite it"),
    ("radar, source: d1#2.1", "radar, source: d2#1", "the document 'd2' has no numbered"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG, ids=[row[2] for row in WRONG])
def test_what_its_source_does_not_say_is_an_error_at_its_line(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Quotations, verbs, years, sentences, and the document that a list is of."""
    root = project(tmp_path, (old, new))
    found = [problem for problem in problems(root) if problem.severity == "error"]
    assert [problem for problem in found if problem.message.startswith(message)]
    text = (root / "data" / "meetings" / "01.yaml").read_text(encoding="utf-8")
    begin = text[: text.index(new)].count("\n") + 1
    assert {problem.line for problem in found} & set(range(begin, begin + new.count("\n") + 1))


def test_a_hint_says_where_a_quotation_stands(tmp_path: Path) -> None:
    """The citation is at fault, then: the problem is at its line."""
    root = project(
        tmp_path, ("strength: committed\n      due: 2026\n      source: d1#2.1", "source: d1#2.2")
    )
    found = next(p for p in problems(root) if p.message.startswith("'building"))
    assert found.hint == "it stands in sentence 2.1: correct the citation"
    lines = (root / "data" / "meetings" / "01.yaml").read_text(encoding="utf-8").split("\n")
    assert lines[found.line - 1].strip() == "source: d1#2.2"


def test_a_hint_says_how_far_a_quotation_is_right(tmp_path: Path) -> None:
    """And, where the text itself is kept, which passage is nearest."""
    root = project(tmp_path, ("building a second antenna", "building a second aerial"))
    (hint,) = [p.hint for p in problems(root) if p.message.startswith("'building")]
    assert hint.startswith("of its 6 words only the first 3 do, 'building a second'")
    (root / "texts").mkdir()
    (root / "texts" / "d1.txt").write_text("\n\n".join(ENGLISH), encoding="utf-8")
    (hint,) = [p.hint for p in problems(root) if p.message.startswith("'building")]
    assert hint.endswith("nearest: 'building a second antenna by 2026'")


def test_statements_run_as_the_document_does(tmp_path: Path) -> None:
    """The one that is out of order is told, not those around it."""
    probe = (
        "    - {by: [north, south], verb: discussed, text: the launch of the probe, source: "
        "d1#2.2}\n"
    )
    first = "    - {by: [north, south], verb: welcomed"
    root = project(tmp_path, (probe, ""), (first, probe + first))
    (found,) = problems(root)
    assert found.message == "out of order: sentence 2.2 stands behind what follows here in 'd1'"


def test_a_text_in_another_language_beside_it_excuses_no_verb(tmp_path: Path) -> None:
    """Of two texts cited, the one in the language of the records has the verb."""
    documents = (
        DOCUMENTS
        + DOCUMENTS.splitlines()[1]
        .replace("id: d1", "id: d3")
        .replace("language: LANGUAGE", "language: ja")
        .replace("COUNT", str(len(JAPANESE)))
        + "\n"
    )
    radar = "verb: welcomed, text: a new radar, source: d1#2.1"
    both = radar.replace("d1#2.1", "[d1#2.1, d3#2.1]")
    for name, verb in (("true", "welcomed"), ("false", "regretted")):
        root = tmp_path / name
        root.mkdir()
        project(root, (radar, both.replace("welcomed", verb)), documents=documents)
        reading = reading_of(Theme.of(root), "ja")
        origin = Origin("ja", date(2024, 6, 1), b"")
        text = fingerprint_of("d3", JAPANESE, origin, reading).written()
        (root / "data" / "fingerprints" / "d3.yaml").write_text(text, encoding="utf-8")
    assert of_records(tmp_path / "true") == []
    (found,) = of_records(tmp_path / "false")
    assert found.message == "the verb 'regretted' does not stand in sentence 2.1 of 'd1'"


def test_verbs_of_a_sentence_stand_in_order(tmp_path: Path) -> None:
    """Two statements of one sentence follow their verbs."""
    text = MEETING.split("    - {by: [north, south], verb: discussed", maxsplit=1)[0].split(
        "  items:\n"
    )[1]
    welcome, commit = text.split("    - id: c1-01")
    root = project(tmp_path, (text, f"    - id: c1-01{commit}{welcome}"))
    assert [problem.message for problem in problems(root)] == [
        "out of order: 'welcomed' stands before 'committed' in 'd1'"
    ]


def test_a_sentence_that_nothing_codes_is_a_warning(tmp_path: Path) -> None:
    """Unless the document's record sets it aside."""
    purpose = "purpose:\n  - {text: The second meeting, source: d1#1.2}\n"
    root = project(tmp_path, (purpose, ""))
    (found,) = problems(root)
    assert found.severity == "warning"
    assert found.message == "sentences of 'd1' neither coded nor set aside: 1.2"
    aside = "COUNT, aside: [{sentence: 1.2, reason: counts the meetings}]"
    project(root, (purpose, ""), documents=DOCUMENTS.replace("COUNT", aside))
    assert not problems(root)
    wrong = aside.replace("1.2", "1.3")
    project(root, documents=DOCUMENTS.replace("COUNT", wrong))
    assert [problem.message for problem in problems(root)] == ["'d1' has no sentence 1.3"]


def test_a_day_that_a_text_does_not_say_is_a_warning(tmp_path: Path) -> None:
    """Its year may be right."""
    (found,) = problems(project(tmp_path, ("date: 2024-05-12, text", "date: 2024-05-13, text")))
    assert found.severity == "warning"
    assert found.message == "2024-05-13 does not stand in sentence 1.1 of 'd1'"


def test_a_day_with_a_zero_in_front(tmp_path: Path) -> None:
    """As some offices write it."""
    event = "  - {date: DAY, text: They meet in town, source: d1#1.1}"
    days = [event.replace("DAY", day) for day in ("2024-05-12", "2024-05-02")]
    root = project(tmp_path, (days[0], days[1]))
    said = "They met on 02 May 2024 in North Town. This was the second meeting."
    rewrite(root, "en", (said, *ENGLISH[1:]))
    assert not any("05-02" in problem.message for problem in problems(root))


def test_what_a_meeting_issued_tells_of_its_days(tmp_path: Path) -> None:
    """Its document need not say them again in each paragraph, whatever year stands there."""
    documents = DOCUMENTS.replace("2024-05-12", "2024-05-20")
    line = "  - {date: 2024-05-12, text: They agree to build, source: d1#2.1}\n"
    root = project(
        tmp_path,
        (
            "  - {date: 2024-05-12, text: They meet",
            f"{line}  - {{date: 2024-05-12, text: They meet",
        ),
        documents=documents,
    )
    assert problems(root) == ()
    path = root / "data" / "meetings" / "01.yaml"
    path.write_text(
        path.read_text("utf-8").replace("date: 2024-05-12\n", "date: 2024-05-11\n"),
        encoding="utf-8",
    )
    told = [problem.message for problem in problems(root)]
    assert "the year of 2024-05-12 does not stand in sentence 2.1 of 'd1'" in told
    assert "2024-05-11 does not stand in 'd1'" in told


def test_a_day_that_a_text_has_in_another_year_is_an_error(tmp_path: Path) -> None:
    """Though another text that is cited with it says nothing of that day."""
    true = "date: 2024-05-12, text: They meet in town, source: d1#1.1"
    false = true.replace("2024", "2025").replace("d1#1.1", "[d1#1.1, d1#3]")
    (found,) = problems(project(tmp_path, (true, false)))
    assert found.severity == "error"
    assert found.hint == "it has 2024-05-12: correct the year"


def rewrite(root: Path, language: str, paragraphs: tuple[str, ...]) -> None:
    """Give the document of a project another text."""
    origin = Origin(language, date(2024, 6, 1), b"")
    reading = reading_of(Theme.of(root), language)
    path = root / "data" / "fingerprints" / "d1.yaml"
    written = fingerprint_of("d1", paragraphs, origin, reading).written()
    path.write_text(written, encoding="utf-8")


@pytest.mark.parametrize("days", ["11 and 12 May", "11th and 12th May", "May 11th to 12th"])
def test_usual_forms_of_two_days(tmp_path: Path, days: str) -> None:
    """Their numbers may have endings."""
    two = ("date: 2024-05-12, text", "date: 2024-05-11/2024-05-12, text")
    root = project(tmp_path, two, documents=DOCUMENTS.replace("2024-05-12", "2024-05-13"))
    rewrite(root, "en", (ENGLISH[0].replace("May 12, 2024", f"{days} 2024"), *ENGLISH[1:]))
    assert [one.message for one in problems(root) if "2024-05-11" in one.message] == []


@pytest.mark.parametrize(
    "text",
    [
        "on 12 May 2024",
        "on 12th May, 2024",
        "on May 12, 2024",
        "on Sunday, May 12",
        "on 2024-05-12",
        "on Sunday",
        "yesterday",
    ],
)
def test_usual_forms_of_a_day(tmp_path: Path, text: str) -> None:
    """Seen from the day of the document, too: here the day after."""
    documents = DOCUMENTS.replace("2024-05-12", "2024-05-13")
    root = project(tmp_path, documents=documents)
    said = f"They met {text} in North Town. This was the second meeting."
    rewrite(root, "en", (said, *ENGLISH[1:]))
    found = [problem.message for problem in problems(root)]
    assert [message for message in found if "05-12" in message] == []


@pytest.mark.parametrize("text", ["2024年5月12日", "２０２４年５月１２日", "令和6年5月12日"])
def test_usual_forms_of_a_day_in_japanese(tmp_path: Path, text: str) -> None:
    """By the year of the era, too."""
    root = project(tmp_path, language="ja")
    rewrite(root, "ja", (f"{text}、両国は会合した。", *JAPANESE[1:]))
    assert not of_records(root)


@pytest.mark.parametrize(("text", "count"), [("26年", 0), ("26年5月", 0), ("25年", 1)])
def test_a_year_of_two_digits_in_japanese(tmp_path: Path, text: str, count: int) -> None:
    """As newspapers write it: here for 2026."""
    root = project(tmp_path, language="ja")
    rewrite(root, "ja", (JAPANESE[0], JAPANESE[1].replace("令和８年", text)))
    assert len(of_records(root)) == count


def test_without_a_fingerprint_nothing_is_held(tmp_path: Path) -> None:
    """A quotation is as it always was; a sentence is nothing that could be cited."""
    root = project(tmp_path, ("quote: building", "quote: burning"), ("#2.2}", "#2}"))
    (root / "data" / "fingerprints" / "d1.yaml").unlink()
    found = {problem.message for problem in problems(root)}
    assert found == {"no fingerprint says which sentences 'd1' has"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("  2.2:", "  2.3:", "the sentence 2.3 comes after 2.1"),
        ("document: d1", "document: d2", "the fingerprint of 'd2' stands in 'd1.yaml'"),
        ("version: 1", "version: 2", "a fingerprint of version 2: this is version 1"),
        ("retrieved: 2024-06-01", "retrieved: 2024-06-31", "'2024-06-31' is not a date"),
        ("language: en", "tongue: en", "'tongue: en' is not the line 'language:' of a finger"),
    ],
)
def test_a_fingerprint_that_is_damaged(tmp_path: Path, old: str, new: str, message: str) -> None:
    """It is told at its line, with what writes it anew."""
    root = project(tmp_path)
    path = root / "data" / "fingerprints" / "d1.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = next(problem for problem in problems(root) if problem.path == path)
    assert found.message.startswith(message)
    assert "reporter source add" in found.hint


def test_paragraphs_of_the_record_and_of_the_text(tmp_path: Path) -> None:
    """They are as many, or one of the two is wrong."""
    root = project(tmp_path, documents=DOCUMENTS.replace("COUNT", "4"))
    (found,) = problems(root)
    assert found.message == "4 paragraphs, and 3 in its text"


def test_coverage(tmp_path: Path) -> None:
    """It counts what is coded and what is held, and names who sets a status without a text."""
    history = (
        "strength: committed\n      history: [{date: 2024-06, text: Yes, status: met, source: d2}]"
    )
    lines = check(project(tmp_path, ("strength: committed", history)), coverage=True).lines
    assert lines[-5:] == (
        "d1: 5 of 5 sentences coded or set aside",
        "meeting-01: 2 of 2 quotations, 4 of 4 verbs, 5 of 6 dates held",
        "all records: 2 of 2 quotations, 4 of 4 verbs, 5 of 6 dates held",
        "citations: 8 of 9 name a paragraph that a fingerprint holds",
        "documents that set a status, without digest and day of retrieval (1): d2",
    )


def refused(root: Path, seed: int, count: int) -> tuple[int, list[str]]:
    """Return how many mutations were made, and those that were not refused at their lines."""
    mutator = Mutator(load(root))
    made = list(mutator.mutations(Random(seed), count))  # noqa: S311 (nothing is secret)
    missed = [m for m in made if not set(mutator.found(m)) & set(mutator.lines(m))]
    return len(made), [str(mutation) for mutation in missed]


def test_true_records_of_the_dialogue() -> None:
    """No false alarm: the records of this repository pass."""
    assert [problem.render(ROOT) for problem in check(ROOT).warnings] == []


def test_false_changes_to_the_dialogue_are_refused() -> None:
    """Words of quotations, verbs, paragraphs, sources, years: nearly all are found."""
    made, missed = refused(ROOT, seed=20261128, count=40)
    assert made == 40
    assert len(missed) <= 1, missed


@pytest.mark.long
@pytest.mark.parametrize(
    "seed", [1, *(pytest.param(seed, marks=pytest.mark.fuzz) for seed in (2, 3))]
)
def test_many_false_changes_to_the_dialogue_are_refused(seed: int) -> None:
    """At least 99 in a hundred."""
    made, missed = refused(ROOT, seed, count=500)
    assert len(missed) <= made // 100, missed


@pytest.mark.parametrize("language", ["en", "ja"])
def test_false_changes_to_a_small_project_are_refused(tmp_path: Path, language: str) -> None:
    """In Japanese as in English."""
    root = project(tmp_path, language=language)
    made, missed = refused(root, seed=7, count=60)
    assert made == 60
    assert missed == []


@pytest.fixture
def looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which each record is added that is held to the texts."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    found: list[str] = []
    plain = HeldTexts.problems

    def problems(texts: HeldTexts, loaded: Loaded) -> Iterator[Problem]:
        found.append(loaded.facts.id)
        yield from plain(texts, loaded)

    monkeypatch.setattr(HeldTexts, "problems", problems)
    return found


def test_what_was_held_is_not_held_again(tmp_path: Path, looked_at: list[str]) -> None:
    """Neither records nor texts changed: there is nothing to look at."""
    root = project(tmp_path)
    assert of_records(root) == []
    assert "meeting-01" in looked_at
    looked_at.clear()
    assert of_records(root) == []
    assert looked_at == []


def test_what_does_not_hold_is_told_each_time(tmp_path: Path, looked_at: list[str]) -> None:
    """A problem is never kept."""
    root = project(tmp_path, ("verb: committed", "verb: agreed"))
    assert of_records(root) == of_records(root) != []
    assert looked_at.count("meeting-01") == 2  # once each time


THEME = {
    "templates/reading/en.yaml": (ROOT / "templates/reading/en.yaml").read_text(encoding="utf-8"),
    "templates/languages/zz.yaml": "locale: en_US\n",
}
CHANGES = [
    ("data/fingerprints/d1.yaml", "  2.1: ", "  2.1: aaaa "),
    ("data/documents.yaml", "date: 2024-05-12", "date: 2025-05-12"),
    ("data/meetings/01.yaml", "date: 2024-05-12\n", "date: 2024-05-11\n"),
    ("data/project.yaml", "language: en", "language: zz"),
    ("templates/reading/en.yaml", "[accept, accepts,", "[accepts,"),
]


@pytest.mark.parametrize(("file", "old", "new"), CHANGES)
def test_what_is_held_to_something_else_is_held_again(
    tmp_path: Path, looked_at: list[str], file: str, old: str, new: str
) -> None:
    """It is what it would be had nothing been held before."""
    root = project(tmp_path)
    for path, text in THEME.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    assert of_records(root) == []
    looked_at.clear()
    text = (root / file).read_text(encoding="utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = of_records(root)
    assert "meeting-01" in looked_at
    fresh = sort_problems(load(root), None)
    assert found == [problem for problem in fresh if "data" in str(problem.path)]
