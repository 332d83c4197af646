"""A record in short is the same record as one written out, and its problems stand where they are."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import date
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from conftest import problems_of
from fuzzing import examples, folder, within
from generated import Sample, projects
from hypothesis import given
from hypothesis import strategies as st
from reading import words
from shortened import shortened

from reporter.choice import Choice
from reporter.desk.plan import plan
from reporter.formats import html
from reporter.records import cache
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records.project import Contents

DAY = date(9999, 12, 31)
THEME = Theme.of(Path(__file__).parent / "valid")
MEETING = """
number: 3
title: {en: Third Meeting}
date: 2025-05-10
place: {city: First City, host: state-a}
document: statement-02
evidence: full
defaults: {by: [state-a, BSA], source: "#1", side: state-b}
cochairs:
  - {organisation: BSA, head: {organisation: b-ministry, post: {en: Head}}}
  - {side: state-a, organisation: a-ministry, source: [news, "#2"]}
participants:
  - {complete: true, bodies: [b-ministry, {body: BSA, special: true}]}
statements:
  complete: false
  items:
    - {verb: discussed, text: debris}
    - id: c3-01
      by: BSA
      verb: committed
      text: to share data
      strength: committed
      history: [{date: 2025-06, text: It does, status: met, source: "#4"}]
      source: "#3"
events: [{date: 2025-05-11, text: A visit, source: news}]
"""
WRITTEN_OUT = """
number: 3
title: {en: Third Meeting}
date: 2025-05-10
place: {city: First City, host: state-a, source: statement-02#1}
document: statement-02
evidence: full
cochairs:
  - side: state-b
    organisation: b-agency
    head: {organisation: b-ministry, post: {en: Head}, source: statement-02#1}
    source: statement-02#1
  - {side: state-a, organisation: a-ministry, source: [news, statement-02#2]}
participants:
  - side: state-b
    complete: true
    bodies: [b-ministry, {body: b-agency, special: true}]
    source: statement-02#1
statements:
  complete: false
  items:
    - {by: [state-a, b-agency], verb: discussed, text: debris, source: statement-02#1}
    - id: c3-01
      by: b-agency
      verb: committed
      text: to share data
      strength: committed
      history: [{date: 2025-06, text: It does, status: met, source: statement-02#4}]
      source: statement-02#3
events: [{date: 2025-05-11, text: A visit, source: news}]
"""

OUTLINE = """
number: 3
title: {en: Third Meeting}
date: 2025-05-10
place: {city: First City, host: state-a, source: "#1"}
document: statement-02
evidence: full
defaults: {by: [state-a, BSA]}
cochairs:
  - {organisation: BSA, head: {post: {en: Head}}, source: "#1"}
  - {organisation: a-ministry, source: [news, "#2"]}
participants:
  - {complete: true, bodies: [b-ministry, {body: BSA, special: true}], source: "#1"}
statements:
  complete: false
  items:
    1:
      - discussed: debris
    3:
      - id: c3-01
        committed: to share data
        by: BSA
        strength: committed
        history: [{date: 2025-06, text: It does, status: met, source: "#4"}]
      - {reviewed: "the plan, once more", source: "#2"}
      - verb: noted
        text: it
events: [{date: 2025-05-11, text: A visit, source: news}]
"""
MORE = """\
    - by: [state-a, b-agency]
      verb: reviewed
      text: the plan, once more
      source: statement-02#2
    - {by: [state-a, b-agency], verb: noted, text: it, source: statement-02#3}
"""
OUTLINE_WRITTEN_OUT = WRITTEN_OUT.replace(
    "head: {organisation: b-ministry", "head: {organisation: b-agency"
).replace("events:", f"{MORE}events:")


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is read in a folder of the test."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


def add(project: Path, text: str) -> Path:
    """Add the third meeting to a project."""
    path = project / "data" / "meetings" / "03.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def told(contents: Contents) -> list[tuple[object, ...]]:
    """Return all that is known of the records."""
    return [
        (loaded.kind, loaded.path.name, loaded.record, loaded.facts) for loaded in contents.records
    ]


@pytest.mark.parametrize(
    ("short", "long"), [(MEETING, WRITTEN_OUT), (OUTLINE, OUTLINE_WRITTEN_OUT)]
)
def test_a_record_in_short_says_the_same(project: Path, short: str, long: str) -> None:
    """Defaults, own paragraphs and abbreviations, where they may stand; from the cache, too."""
    add(project, long)
    whole = told(load(project))
    add(project, short)
    assert problems_of(project) == ()
    assert [told(read(project)) for read in (load, cache.read, cache.read)] == [whole] * 3


def test_what_an_abbreviation_stands_for_is_looked_up_again(project: Path) -> None:
    """A meeting that did not change names another body once the abbreviation is that one's."""
    add(project, MEETING)
    cache.read(project)
    path = project / "data" / "organisations.yaml"
    text = path.read_text(encoding="utf-8").replace("  abbreviation: BSA\n", "")
    path.write_text(text.replace("{id: b-office,", "{id: b-office, abbreviation: BSA,"), "utf-8")
    meeting = next(
        item.record for item in cache.read(project).records if item.facts.id.endswith("03")
    )
    assert meeting.cochairs[0].organisation == "b-office"  # type: ignore[attr-defined]


SLIPS = {
    ("    3:\n", "    3a:\n"): "'3a' is no paragraph",
    ("    3:\n", "    9:\n"): "'statement-02' has no paragraph 9",
    ("1:\n      - discussed", "1:\n        discussed"): "expected a list of statements",
    ("- discussed: debris", "- subject: debris"): "unknown field 'subject'",
    ("- discussed: debris", "- discussed:"): "expected a text, found nothing",
    ("- discussed: debris", "- {discussed: debris, welcomed: it}"): "unknown field 'welcomed'",
    ("- discussed: debris", "- {discussed: debris, text: it}"): "unknown field 'discussed'",
    ("organisation: a-ministry, ", "organisation: nobody, "): "the field 'side' is missing",
}


@pytest.mark.parametrize("slip", SLIPS)
def test_slips_of_what_is_said_in_short_are_told_in_their_lines(
    project: Path, slip: tuple[str, str]
) -> None:
    """What is no paragraph, no list, no verb or no body is told where it stands."""
    text = OUTLINE.replace(*slip)
    path = add(project, text)
    found = {problem.message: problem for problem in problems_of(project)}
    assert SLIPS[slip] in found
    problem = found[SLIPS[slip]]
    line = OUTLINE[: OUTLINE.index(slip[0])].count("\n") + 1
    assert (problem.path, line <= problem.line <= line + 1) == (path, True)


def test_problems_keep_their_places_in_the_cache(project: Path) -> None:
    """A default that is wrong is told once, at its line, also where the record is known."""
    path = add(project, MEETING.replace('source: "#1"', "source: register").replace('"#', '"news#'))
    documents = project / "data" / "documents.yaml"
    cache.read(project)
    text = documents.read_text(encoding="utf-8")
    documents.write_text(
        "".join(x for x in text.splitlines(keepends=True) if "id: register" not in x)
    )
    found = [
        problem for problem in sort_problems(cache.read(project), None) if problem.path == path
    ]
    line = MEETING.splitlines().index(next(x for x in MEETING.splitlines() if "defaults" in x)) + 1
    assert "there is no document 'register'" in [x.message for x in found if x.line == line]
    assert len(found) == len(set(found))


@contextmanager
def both(sample: Sample, seed: int) -> Iterator[tuple[Path, Path]]:
    """Yield a project written out, and the same in short."""
    short = shortened(sample, Random(seed))  # noqa: S311 (nothing secret)
    with folder() as one, folder() as other, within(60):
        sample.save(one)
        short.save(other)
        yield one, other


@examples(12, 0.3)
@given(projects(), st.integers(0, 2**16))
def test_random_projects_in_short_are_the_same_projects(sample: Sample, seed: int) -> None:
    """Every record is, and so is all that is known of it."""
    with both(sample, seed) as (one, other):
        whole, found = load(one), load(other)
        assert found.problems == ()
        assert told(found) == told(whole)


@examples(2, 0.02)
@given(projects(), st.integers(0, 2**16))
def test_their_briefings_are_the_same_bytes(sample: Sample, seed: int) -> None:
    """The newest meeting's are, on a day after all, and the series'."""
    with both(sample, seed) as (one, other):
        assert pages(one) == pages(other)


def pages(root: Path) -> list[str]:
    """Return the pages on the series and on its last meeting."""
    numbers = sorted(int(path.stem) for path in root.glob("data/meetings/*.yaml"))
    choices = (Choice("series"), *(Choice("meeting", (number,)) for number in numbers[-1:]))
    return [
        html.render(THEME, task.template, task.report, task.language)
        for choice in choices
        for task in plan(root, choice, DAY, asked=True).tasks(words("en"))
    ]


HINTS = {
    ("organisation: a-ministry, ", "organisation: Ministry of Foreign Affairs, "): "a-ministry",
    ("defaults: {by: [state-a, BSA]}", "defaults: {by: both}"): "the sides are: state-a, state-b",
    ('{reviewed: "the plan, once more", source: "#2"}', "{noted: it, source: 2}"): "'#2'",
    ('{reviewed: "the plan, once more", source: "#2"}', "{noted: it, source: 2.1}"): "'#2.1'",
    ("- discussed: debris", "- {discussed: debris, subject: debris}"): "did you mean 'subjects'?",
}


@pytest.mark.parametrize("slip", HINTS)
def test_what_newcomers_write_is_told_with_what_they_mean(
    project: Path, slip: tuple[str, str]
) -> None:
    """A body by its name, sides in a word, a paragraph without its mark: one error, one way out."""
    assert slip[0] in OUTLINE
    add(project, OUTLINE.replace(*slip))
    (problem,) = problems_of(project)
    assert HINTS[slip] in problem.hint
