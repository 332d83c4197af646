"""Tests of validation: pydantic's findings in our words, each at its line."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import VALID, problems_of

from reporter.problems import Problem, ReporterError
from reporter.records import KINDS, Project
from reporter.records.crosscheck import crosscheck
from reporter.records.meeting import Meeting
from reporter.records.programme import Programme
from reporter.records.project import Contents, Loaded, load
from reporter.records.reader import parse
from reporter.records.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.records import Record

MODELS: dict[str, type[Record]] = {kind.name: kind.model for kind in KINDS}
JUNK: list[Any] = [
    None,
    True,
    "x",
    "",
    "not verified",
    [],
    {},
    [None],
    {"a": "b"},
    "0",
    "9999",
    "state-a",
    "blog",
]

CORRECTION = """
- id: correction-01
  about: meeting-01
  said: The meeting was held in April.
  since: 2023-05-12
  right: It was held in May.
  found_by: a reader
  on: 2023-06-01
"""
VISIT = """
id: capital
title: {en: Visit to the Second City}
date: 2026-03
reports: [meeting-01, {report: with state-b, note: Read this first.}]
"""


@pytest.fixture(scope="module")
def contents(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """Return the records of the valid project, a correction and a visit: one of each kind."""
    root = Path(shutil.copytree(VALID, tmp_path_factory.mktemp("all") / "project"))
    (root / "data" / "corrections.yaml").write_text(CORRECTION, encoding="utf-8")
    (root / "data" / "visits").mkdir()
    (root / "data" / "visits" / "capital.yaml").write_text(VISIT, encoding="utf-8")
    return load(root)


def problems(model: type[Record], text: str) -> list[Problem]:
    """Return what is wrong with a record."""
    with pytest.raises(ReporterError) as caught:
        validate(model, parse(Path("x.yaml"), text))
    return list(caught.value.problems)


def programme(**fields: str) -> str:
    """Return a programme with some fields written otherwise."""
    given = {
        "id": "rover",
        "name": "{en: Rover}",
        "lead": "b-agency",
    }
    return "".join(f"{name}: {value}\n" for name, value in {**given, **fields}.items())


BELOW = "write its fields below it, further to the right"


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ({"milestone": "[x]"}, "unknown field 'milestone'", "did you mean 'milestones'?"),
        (
            {"zzz": "x"},
            "unknown field 'zzz'",
            (
                "the fields here are: id, name, abbreviation, lead, tracks, milestones, "
                "desk_officer, "
                "not_verified, reviewed"
            ),
        ),
        (
            {"milestones": "[{txt: Began, text: Began, source: s}]"},
            "unknown field 'txt'",
            "did you mean 'text'?",
        ),
        (
            {"abbreviation": "[R]"},
            "expected a text, found a list",
            "write one text, in quotation marks if it has a colon",
        ),
        (
            {"name": "Rover"},
            "expected a mapping with fields, found 'Rover'",
            "write each language by its code: {en: ..., ja: ...}",
        ),
        ({"name": "{}"}, "too few: 0", "1 or more are needed"),
        (
            {"name": "{en: }"},
            "expected a text, found nothing",
            "write one text, in quotation marks if it has a colon",
        ),
        (
            {"name": "{En: Rover}"},
            "'En' is not of the form allowed here",
            "the code of a language has small letters: 'en', 'ja'",
        ),
        (
            {"id": "the_rover"},
            "'the_rover' is not of the form allowed here",
            "write it 'the-rover': an id has small letters, digits and single hyphens",
        ),
        (
            {"tracks": "launch"},
            "expected a list, found 'launch'",
            "begin each item with '- ', or write [one, two]",
        ),
        (
            {"milestones": "[{text: Began, source: s, inferred: yes}]"},
            "expected true or false, found 'yes'",
            "write true or false, without quotation marks",
        ),
        (
            {"milestones": "[{text: ' ', source: s}]"},
            "an empty text",
            "write it, or leave the field out",
        ),
        (
            {"milestones": "[[x]]"},
            "expected a mapping with fields, found a list",
            f"{BELOW}; 'reporter explain programme.milestones' names them",
        ),
        (
            {"milestones": "[{text: Began}]"},
            "no source: the field 'source' is missing",
            "every statement names a document: 'source: document-id#paragraph'",
        ),
        ({"milestones": "[{source: s}]"}, "the field 'text' is missing", "add 'text:'"),
        (
            {"lead": "[a, null]"},
            "expected a text, found nothing",
            "write one text, in quotation marks if it has a colon",
        ),
        (
            {
                "tracks": (
                    "[{id: a, name: b, outcome: {date: 2025, result: Done, text: t, source: s}}]"
                )
            },
            "'Done' is not one of the words allowed here",
            "did you mean 'done'?",
        ),
        (
            {
                "tracks": (
                    "[{id: a, name: b, outcome: {date: 2025, result: xyz, text: t, source: s}}]"
                )
            },
            "'xyz' is not one of the words allowed here",
            "one of: done, failed, stopped",
        ),
    ],
)
def test_words_for_what_is_wrong(fields: dict[str, str], message: str, hint: str) -> None:
    """The message says what is wrong, the hint what to do."""
    assert [
        (problem.message, problem.hint) for problem in problems(Programme, programme(**fields))
    ] == [(message, hint)]


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        (programme(zzz="x"), 4, 1),
        (programme(name="{En: Rover}"), 2, 8),
        (programme(lead="[a, B]"), 3, 11),
        (programme(lead="B"), 3, 7),
        (programme(milestones="\n- text: Began"), 5, 3),
        (programme(milestones="\n- text: x\n  source: Y\n- text: z\n  source: [a, Y]"), 6, 11),
        ("- id: rover\n", 1, 1),
        ("rover\n", 1, 1),
    ],
)
def test_the_place_of_what_is_wrong(text: str, line: int, column: int) -> None:
    """A surplus field is shown at its name, a value at the value, an absent one at its parent."""
    first = problems(Programme, text)[0]
    assert (first.line, first.column) == (line, column)


def test_all_problems_of_a_record_at_once() -> None:
    """Nothing hides behind the first problem."""
    found = problems(Programme, "id: Rover\nname: x\nabbreviation: {}\nzzz: y\n")
    assert [(problem.line, problem.message.split(",")[0]) for problem in found] == [
        (1, "the field 'lead' is missing"),
        (1, "'Rover' is not of the form allowed here"),
        (2, "expected a mapping with fields"),
        (3, "expected a text"),
        (4, "unknown field 'zzz'"),
    ]


def test_a_record_in_a_list() -> None:
    """Of a file of many records one is read, and its problems have their lines."""
    source = parse(Path("x.yaml"), "- id: x\n- id: rover\n  name: {en: Rover}\n  lead: L\n")
    with pytest.raises(ReporterError) as caught:
        validate(Programme, source, (1,))
    assert [(problem.line, problem.column) for problem in caught.value.problems] == [(4, 9)]


def test_text_numbers_become_numbers() -> None:
    """The reader keeps the text, the model makes the number."""
    text = (
        "number: 8\ntitle: {en: Eighth}\ndate: 2023\nplace: not verified\n"
        "evidence: announced\nstatements: {complete: false}\n"
    )
    assert validate(Meeting, parse(Path("x.yaml"), text)).number == 8


def mutants(data: Any) -> Iterator[Any]:  # noqa: ANN401
    """Yield the data with each part left out, doubled, or replaced by something else."""
    if isinstance(data, dict):
        yield {**data, "zzz": "x"}
        for key in data:
            yield {name: value for name, value in data.items() if name != key}
            yield from ({**data, key: inner} for inner in mutants(data[key]))
    elif isinstance(data, list):
        for index in range(len(data)):
            yield data[:index] + data[index + 1 :]
            yield data[: index + 1] + data[index:]
            yield from (
                [*data[:index], inner, *data[index + 1 :]] for inner in mutants(data[index])
            )
    yield from JUNK


def outcome(contents: Contents, index: int, data: Any) -> list[Problem]:  # noqa: ANN401
    """Return all problems of the project with one record written otherwise."""
    loaded = contents.records[index]
    source = parse(Path("x.yaml"), json.dumps([data]))
    try:
        record = validate(MODELS[loaded.kind], source, (0,))
    except ReporterError as error:
        return list(error.problems)
    records = list(contents.records)
    records[index] = Loaded(loaded.kind, record, source, (0,))
    return [problem for _, problem in crosscheck(replace(contents, records=tuple(records)))]


@pytest.mark.parametrize("kind", MODELS)
def test_whatever_is_wrong_has_words_and_a_place(contents: Contents, kind: str) -> None:
    """Each part of a record is left out, doubled or replaced, without a traceback.

    Every problem says where it is and what to do.
    """
    index = next(index for index, loaded in enumerate(contents.records) if loaded.kind == kind)
    loaded = contents.records[index]
    data: Any = loaded.source.data
    for step in loaded.where:
        data = data[step]
    found = [problem for changed in mutants(data) for problem in outcome(contents, index, changed)]
    assert found
    assert {
        problem.message
        for problem in found
        if not problem.hint or "validator says" in problem.hint or not problem.line
    } == set()


def test_settings_too(contents: Contents) -> None:
    """The same for the settings of the project."""
    found: list[Problem] = []
    for changed in mutants(contents.settings_source.data):
        try:
            validate(Project, parse(Path("x.yaml"), json.dumps([changed])), (0,))
        except ReporterError as error:
            found += error.problems
    assert found
    assert {
        problem.message
        for problem in found
        if not problem.hint or "validator says" in problem.hint or not problem.line
    } == set()


DONE = "[{id: a, name: b, outcome: {date: 2025, result: d\u043ene, text: t, source: s}}]"


@pytest.mark.parametrize(
    ("fields", "code", "written"),
    [
        ({"id": "r\u043ever"}, "'\u043e' (U+043E, cyrillic small letter o)", "rover"),
        ({"id": "\u0421-1"}, "'\u0421' (U+0421, cyrillic capital letter es)", "c-1"),
        ({"id": "ro\u00adver"}, "does not show (U+00AD, soft hyphen)", "rover"),
        ({"lead": "\u201cb-agency\u201d"}, "(U+201C, left double quotation mark)", "b-agency"),
        ({"mil\u0435stones": "[]"}, "(U+0435, cyrillic small letter ie)", "milestones"),
        ({"milestones": "[{text: a, date: 2025\u201303, source: s}]"}, "U+2013", "2025-03"),
        ({"milestones": "[{text: a, date: \uff12025, source: s}]"}, "U+FF12", "2025"),
        ({"milestones": "[{text: a, source: n\u03b5ws}]"}, "U+03B5", "news"),
        ({"tracks": DONE}, "U+043E", "done"),
    ],
)
def test_a_character_that_is_not_what_it_seems(
    fields: dict[str, str], code: str, written: str
) -> None:
    """Where each is one of a keyboard, one that only looks like it is named, with what to write."""
    (problem,) = problems(Programme, programme(**fields))
    assert code in problem.hint
    assert problem.hint.endswith(f"): write '{written}'")


def test_a_field_without_a_blank() -> None:
    """In a list it is a text, where a mapping is expected."""
    (problem,) = problems(Programme, programme(milestones="[text:Began]"))
    assert problem.message == "expected a mapping with fields, found 'text:Began'"
    assert problem.hint == "write 'text: Began', with a blank after the colon"


def test_all_words_that_are_allowed_are_told(project: Path) -> None:
    """One with an apostrophe, too: pydantic writes it in other marks."""
    path = project / "data" / "documents.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "- {id: x, kind: paper}\n", "utf-8")
    hints = [problem.hint for problem in problems_of(project)]
    kinds = "joint statement, chair's summary, outline, notice, press release, minutes"
    assert f"one of: {kinds}" in hints
