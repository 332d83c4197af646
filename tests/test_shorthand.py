"""A record in short is the same as one written out, and its problems stand where they are."""

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
from reporter.formats import html
from reporter.records import cache
from reporter.records.agreement import Agreement
from reporter.records.inline import CITED
from reporter.records.meeting import Meeting, Statements
from reporter.records.project import load
from reporter.records.relevance import sort_problems
from reporter.records.shorthand import held_by
from reporter.reports.plan import plan
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


NOTES = OUTLINE.replace(
    'history: [{date: 2025-06, text: It does, status: met, source: "#4"}]',
    """history:
          - 2025-06 met: It does [#4]
          - 2025-07 in progress (inferred): >-
              It goes on
              [news, #4]
            about: lander
          - checked: 2025-08
            text: More of it
          - checked 2025-09 not verified: 'Still more [news]'
            where: a paper""",
).replace("defaults: {by: [state-a, BSA]}", "defaults: {by: [state-a, BSA], where: pages of both}")
NOTES = NOTES.replace("- discussed: debris", "- discussed: debris [news,#1]")
NOTES = NOTES.replace("text: A visit, source: news}", "text: 'A visit [news]'}")
NOTES_WRITTEN_OUT = OUTLINE_WRITTEN_OUT.replace(
    "history: [{date: 2025-06, text: It does, status: met, source: statement-02#4}]",
    """history:
        - {date: 2025-06, status: met, text: It does, source: statement-02#4}
        - date: 2025-07
          status: in progress
          inferred: true
          text: It goes on
          about: lander
          source: [news, statement-02#4]
        - {checked: 2025-08, where: pages of both, text: More of it}
        - checked: 2025-09
          where: a paper
          status: not verified
          text: Still more
          source: news""",
)
NOTES_WRITTEN_OUT = NOTES_WRITTEN_OUT.replace(
    "text: debris, source: statement-02#1", "text: debris, source: [news, statement-02#1]"
)


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
    ("short", "long"),
    [(MEETING, WRITTEN_OUT), (OUTLINE, OUTLINE_WRITTEN_OUT), (NOTES, NOTES_WRITTEN_OUT)],
)
def test_a_record_in_short_says_the_same(project: Path, short: str, long: str) -> None:
    """Defaults, own paragraphs and abbreviations, where they may stand; from the cache, too."""
    add(project, long)
    whole = told(load(project))
    add(project, short)
    assert problems_of(project) == ()
    assert [told(read(project)) for read in (load, cache.read, cache.read)] == [whole] * 3


def test_a_default_side_is_not_that_of_whose_statements_they_are(project: Path) -> None:
    """Defaults name bodies of any side."""
    add(
        project,
        MEETING.replace("side: state-b}\n", "side: state-a}\n")
        .replace("{org", "{side: state-b, org", 1)
        .replace("{complete", "{side: state-b, complete"),
    )
    assert problems_of(project) == ()


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


INSIDE = {
    ("2025-06 met:", "2025-06 mett:"): (21, "'mett' is not one of"),
    ("2025-06 met:", "2025-13 met:"): (13, "'2025-13' is not a date"),
    ("It does [#4]", "It does [#9]"): (35, "'statement-02' has no paragraph 9"),
    ("It does [#4]", "It does [#4,papers]"): (38, "there is no document 'papers'"),
    ("It does [#4]", "It does [news, #4]"): (26, "the brackets at the end of this text are not"),
    ("[news, #4]", "[news, papers]"): (22, "there is no document 'papers'"),
    ("'Still more [news]'", "'Still more [papers]'"): (56, "there is no document 'papers'"),
    ("(inferred)", "(infered)"): (21, "'in progress (infered)' is not one of"),
}


@pytest.mark.parametrize("slip", INSIDE)
def test_slips_in_keys_and_at_the_end_of_texts_are_told_at_their_sign(
    project: Path, slip: tuple[str, str]
) -> None:
    """A status or a day in a key, and each source in brackets, have a line and a column."""
    assert NOTES.count(slip[0]) == 1
    add(project, NOTES.replace(*slip))
    line = NOTES[: NOTES.index(slip[0])].count("\n") + 1
    found = [(each.line, each.column, each.message) for each in problems_of(project)]
    assert [each[:2] for each in found if INSIDE[slip][1] in each[2]] == [(line, INSIDE[slip][0])]


def test_a_day_that_stands_twice(project: Path) -> None:
    """In the key of a text, and in a field beside it."""
    add(project, NOTES.replace("where: a paper", "checked: 2025-10"))
    (problem,) = problems_of(project)
    assert (problem.message, problem.column) == ("'checked' stands twice", 13)


def test_texts_end_with_sources_wherever_a_part_has_both() -> None:
    """The fields in which they may are those of the models."""
    for model in (Meeting, Agreement):
        having = {
            name
            for name in model.model_fields
            for part in held_by(model, name)
            if {"text", "source"} <= part.model_fields.keys() or part is Statements
        }
        assert CITED & {*model.model_fields} == having


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


@pytest.mark.full
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


@pytest.mark.parametrize(
    ("by", "hint"),
    [
        ("State A", "it is the name of state-a: write the id"),
        ("A.", "it is the name of state-a: write the id"),
        ("state-a, state-b", "several are a list: [a, b]"),
        ("state-a; state-b", "several are a list: [a, b]"),
        ("BSA and state-a", "several are a list: [a, b]"),
    ],
)
def test_what_people_write_for_sides_has_its_way_out(project: Path, by: str, hint: str) -> None:
    """Their names, and several in one text, as they stand in a sentence or a cell."""
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    text = text.replace("{id: state-a, ", "{id: state-a, abbreviation: A., ")
    settings.write_text(text, encoding="utf-8")
    path = project / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("by: [state-a, state-b]", f"by: {by}", 1), encoding="utf-8")
    (problem,) = problems_of(project)
    assert problem.hint.startswith(hint)
