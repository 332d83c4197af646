"""Tests of the JSON Schemas that editors use."""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path
from typing import Any

import children
import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from reporter.desk.schema import (
    DRAFT,
    REPORT_DRAFT,
    as_text,
    report_schemas,
    schemas,
    write_schemas,
)
from reporter.desk.start import STARTER
from reporter.problems import ReporterError
from reporter.records import KINDS

ROOT = Path(__file__).parent.parent
DATA = ROOT / "data"
FILES = sorted(path for path in DATA.rglob("*.yaml") if path.parent.name != "fingerprints")
SHOWN = sorted((STARTER / "project").rglob("*.yaml"))  # a started project's
MODELINE = "# yaml-language-server: $schema="
NOT_DRAFT_07 = (
    r'"(\$defs|prefixItems|\$anchor|\$dynamicRef|dependentSchemas|dependentRequired|'
    r'unevaluated\w+|minContains)"'
)


class EditorLoader(yaml.CSafeLoader):
    """Reads YAML as editors do, by the core schema of YAML 1.2: typed numbers, dates as text."""


EditorLoader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in (
    ("bool", "true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", "~|null|Null|NULL|", ("~", "n", "N", "")),
    ("int", "[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", "-+.0123456789"),
):
    EditorLoader.add_implicit_resolver(
        f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first)
    )


def seen(text: str) -> Any:  # noqa: ANN401
    """Return what an editor sees in the text of a record."""
    return yaml.load(text, Loader=EditorLoader)  # noqa: S506 (a safe loader)


@cache
def validator(name: str) -> Draft7Validator:
    """Return what holds a value to the schema ``name``."""
    return Draft7Validator(schemas()[name])


def faults(name: str, value: object) -> list[str]:
    """Return what the schema ``name`` finds wrong with a value."""
    return [error.message for error in validator(name).iter_errors(value)]


def schema_of(path: Path) -> Path:
    """Return the schema that a record names in its first line."""
    line = path.read_text(encoding="utf-8").partition("\n")[0]
    assert line.startswith(MODELINE), path
    return (path.parent / line.removeprefix(MODELINE)).resolve()


def expected_schema(path: Path) -> str:
    """Return the name of the schema for a file, from its place."""
    own = {kind.plural: kind.name for kind in KINDS if kind.own_file}
    return own.get(path.parent.name, path.stem)


@pytest.mark.full
def test_every_schema_is_a_schema(tmp_path: Path) -> None:
    """Editors compile patterns as ECMAScript with flag 'u', stricter than Python and Rust."""

    def judged(folder: Path) -> int:
        tool, files = Path(sys.executable).with_name("check-jsonschema"), map(str, folder.iterdir())
        return children.run([tool, "--check-metaschema", *files], check=False).returncode

    for name, schema in (schemas() | report_schemas()).items():
        (tmp_path / f"{name}.json").write_text(as_text(schema), encoding="utf-8")
    assert judged(tmp_path) == 0
    text = as_text(schemas()["documents"]).replace(r"\\x22", r"\\\"")
    (tmp_path / "documents.json").write_text(text, encoding="utf-8")
    assert judged(tmp_path) == 1


def test_the_schemas_in_the_project_are_current() -> None:
    """After a change to the model of a record or a report, run ``reporter schema``.

    There is one schema for each kind and no other.
    """
    written, current = (
        {path.stem: path.read_text(encoding="utf-8") for path in (DATA / ".schema").iterdir()},
        schemas() | report_schemas(),
    )
    assert sorted(written) == sorted(current)
    assert [name for name, schema in current.items() if written[name] != as_text(schema)] == []


def test_each_schema_is_of_draft_07() -> None:
    """It says so, is valid, uses no later keyword, and has nothing beside a reference."""
    for name, schema in schemas().items():
        text = as_text(schema)
        Draft7Validator.check_schema(schema)
        assert schema["$schema"] == DRAFT, name
        assert re.findall(NOT_DRAFT_07, text) == [], name
        assert re.findall(r'"\$ref": "[^"]+",', text) == [], name


def test_each_schema_of_a_report_is_of_draft_2020_12() -> None:
    """It says so, it is valid, it is closed, and it wants every field: a report writes them all."""
    assert REPORT_DRAFT == "https://json-schema.org/draft/2020-12/schema"
    for name, schema in report_schemas().items():
        Draft202012Validator.check_schema(schema)
        assert schema["$schema"] == REPORT_DRAFT, name
        for inner in (schema, *schema["$defs"].values()):
            if inner["type"] == "object":
                assert inner["additionalProperties"] is False, name
                assert inner["required"] == list(inner["properties"]), name


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(DATA)))
def test_each_record_names_its_schema_and_keeps_to_it(path: Path) -> None:
    """The first line leads to the schema of its kind, which accepts the record in an editor."""
    schema = schema_of(path)
    assert schema == (DATA / ".schema" / f"{expected_schema(path)}.json").resolve()
    assert faults(schema.stem, seen(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: path.name)
def test_a_started_project_keeps_to_the_schemas(path: Path) -> None:
    """Each of its records is as an editor has it."""
    assert faults(schema_of(path).stem, seen(path.read_text(encoding="utf-8"))) == []


def test_there_are_records_of_every_kind() -> None:
    """The tests above have seen something of each."""
    seen_of = {schema_of(path).stem for path in (*FILES, *SHOWN)}
    assert seen_of == set(schemas())


def change(path: str, old: str, new: str) -> list[str]:
    """Return what an editor says of a record in which ``old`` was replaced."""
    text = (DATA / path).read_text(encoding="utf-8")
    assert old in text
    return faults(expected_schema(DATA / path), seen(text.replace(old, new, 1)))


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("meetings/08.yaml", "number: 8", "number: eight"),
        ("meetings/08.yaml", "number: 8", "numbr: 8"),
        ("meetings/08.yaml", "date: 2023-03-24", "date: March 2023"),
        ("meetings/08.yaml", "date: 2023-03-24", "date: 20230"),
        ("meetings/08.yaml", "complete: true", "complete: whole"),
        ("meetings/08.yaml", "strength: committed", "strength: promised"),
        ("meetings/08.yaml", "status: in progress", "status: done"),
        ("meetings/08.yaml", "source: joint-statement-08#1", "source: joint-statement-08#0"),
        (
            "meetings/08.yaml",
            "    source: joint-statement-08#2.1\n  - side: japan",
            "  - side: japan",
        ),
        ("meetings/08.yaml", "      by: japan\n", ""),
        ("meetings/08.yaml", "evidence: full", "evidence: full\ndefaults: {form: x}"),
        ("meetings/08.yaml", "    by: [japan, united-states]\n", "    by: [j--mofa]\n"),
        ("meetings/08.yaml", "en: Eighth Meeting", "English: Eighth Meeting"),
        ("documents.yaml", "paragraphs: 8", "paragraphs: 0"),
        ("documents.yaml", "standing: official", "standing: true"),
        ("documents.yaml", "address: https:", "address: file:"),
        ("documents.yaml", "language: en", "language: []"),
        ("organisations.yaml", "- id: j-mofa", "- id: J.MOFA"),
        ("project.yaml", "language: en", "language: [en]"),
    ],
)
def test_a_wrong_record_fails(path: str, old: str, new: str) -> None:
    """A wrong type, field, word, date, citation or address is marked as one types."""
    assert change(path, old, new) != []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("meetings/08.yaml", "date: 2023-03-24", "date: 2023"),
        ("meetings/08.yaml", "date: 2023-03-24", "date: ../2023-03"),
        ("meetings/08.yaml", "date: 2023-03-24", 'date: "2023-03-24"'),
        ("meetings/08.yaml", "city: Tokyo", "city: 1984"),
        ("meetings/08.yaml", "source: joint-statement-08#2.1", 'source: "#2.1"'),
        ("meetings/08.yaml", "organisation: j-mofa", "organisation: MOFA"),
        ("meetings/08.yaml", "      - j-mofa", "      - MOFA"),
        ("meetings/08.yaml", "subjects: basic-plan", "subjects: [basic-plan]"),
        ("documents.yaml", "publisher: U.S. Department of State", "publisher: 9.5"),
    ],
)
def test_what_check_accepts_an_editor_accepts(path: str, old: str, new: str) -> None:
    """A year, a number that is a text to us, a list of one: none is marked."""
    assert change(path, old, new) == []


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ("source: s20", "    source: joint-statement-08#2.1\n"),
        ("by: [JAXA, united-states]", "      by: japan\n"),
    ],
)
def test_what_has_a_default_is_not_missed(given: str, line: str) -> None:
    """A field that a default gives may be left out; without that default it may not."""
    text = (DATA / "meetings" / "08.yaml").read_text(encoding="utf-8")
    assert line in text
    short = text.replace(line, "", 1)
    assert faults("meeting", seen(short)) != []
    assert faults("meeting", seen(f"{short}\ndefaults: {{{given}}}\n")) == []
    assert faults("meeting", seen(f"{short}\ndefaults: {{}}\n")) != []


SAID = "  items:\n    - {by: state-a, verb: noted, text: it, source: s1}\n"


@pytest.mark.parametrize(
    ("new", "count"),
    [
        ("  items:\n    - {by: state-a, noted: it, source: s1}\n", 0),
        ("  items:\n    '3.2':\n      - {by: state-a, noted: it}\n", 0),
        ("  items:\n    '3.2':\n      - {by: state-a, verb: noted, text: it}\n", 0),
        ("  items:\n    '3.2':\n      - {noted: it}\n", 1),
        ("  items:\n    - {by: state-a, noted: it}\n", 1),
        ("  items:\n    - {by: state-a, verb: noted, txt: it, source: s1}\n", 1),
        ("  items:\n    three:\n      - {by: state-a, noted: it}\n", 1),
    ],
)
def test_statements_may_be_said_in_short(new: str, count: int) -> None:
    """Below their paragraph they need no source, and their verb may be a key."""
    text = (
        "number: 1\ndate: 2025-01-01\nplace: not verified\nevidence: full\nstatements:\n"
        f"  complete: true\n{SAID}"
    )
    assert faults("meeting", seen(text)) == []
    assert len(faults("meeting", seen(text.replace(SAID, new)))) == count


@pytest.mark.full
def test_writing_is_repeatable_and_whole(tmp_path: Path) -> None:
    """It writes UTF-8 with a final newline, always the same bytes, and leaves nothing else."""
    (tmp_path / "data").mkdir()
    first = {path: path.read_bytes() for path in write_schemas(tmp_path)}
    second = {path: path.read_bytes() for path in write_schemas(tmp_path)}
    assert first == second
    assert all(text.endswith(b"}\n") for text in first.values())
    assert sorted((tmp_path / "data" / ".schema").iterdir()) == sorted(first)


def test_fields_are_described() -> None:
    """An editor shows what the models say of a field, in plain words."""
    meeting = schemas()["meeting"]
    assert (
        meeting["description"]
        == "A meeting: who met, what was said and promised, and what became of it."
    )
    assert (
        meeting["properties"]["number"]["description"]
        == "Its number in the series, if its document says one; the file is named after it, "
        "`08.yaml`, unless the meeting has an `id`."
    )
    assert meeting["properties"]["title"]["anyOf"][0] == {"$ref": "#/definitions/Names"}


def test_a_project_that_is_none_gets_no_schemas(tmp_path: Path) -> None:
    """Without data/, or where nothing can be written, there is a problem and no traceback."""
    with pytest.raises(ReporterError, match="there is no such folder"):
        write_schemas(tmp_path)
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / ".schema").write_text("a file", encoding="utf-8")
    with pytest.raises(ReporterError, match="cannot write here"):
        write_schemas(tmp_path)
