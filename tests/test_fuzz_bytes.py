"""Real files in which bytes went wrong: records, templates, words, the manifest.

There is a result or a problem with its place.
"""

from __future__ import annotations

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from conftest import ROOT, VALID
from fuzzing import content_of, examples, folder, within
from hypothesis import given
from hypothesis import strategies as st
from mutated import changes
from reading import words

from reporter.choice import Choice
from reporter.desk.serve.preview import RepeatedReading
from reporter.formats import html
from reporter.outputs.folder import Folder
from reporter.outputs.manifest import NAME, Manifest, OutputEntry
from reporter.problems import ReporterError
from reporter.records.relevance import sort_problems
from reporter.reports.plan import Task, plan, plan_of
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.problems import Problem

pytestmark = pytest.mark.full

RECORDS = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "data").rglob("*.yaml"))
TEMPLATES = sorted(
    path.relative_to(default_templates()).as_posix()
    for path in default_templates().rglob("*")
    if path.suffix in {".html", ".yaml"}
)
SHEETS = sorted(path.name for path in default_templates().glob("*.css"))
DAYS = st.sampled_from(
    [date(2013, 3, 11), date(2020, 2, 29), date(2023, 6, 30), date(2026, 11, 21), date(2039, 1, 1)]
)


class Copy:
    """The real project in a folder of its own; only those of its files that changed are reread."""

    def __init__(self, root: Path) -> None:
        self.root = root
        shutil.copytree(ROOT / "data", root / "data", ignore=shutil.ignore_patterns(".*", "*.md"))
        self.reading = RepeatedReading(root)
        self.reading.contents()


@pytest.fixture(scope="module")
def copy() -> Iterator[Copy]:
    """Return a copy of the real project."""
    with folder() as root:
        yield Copy(root)


def check_places(problems: tuple[Problem, ...], root: Path) -> None:
    """Fail where a problem has no place inside a file, or says nothing."""
    assert problems
    for problem in problems:
        assert problem.path
        assert problem.path.is_relative_to(root)
        assert problem.message
        assert problem.render(root)
        if problem.line:  # zero: the file as a whole
            lines = problem.path.read_bytes().decode("utf-8", "replace").splitlines()
            assert 1 <= problem.line <= len(lines) + 1
            assert 1 <= problem.column <= max(len(line) for line in (*lines, "")) + 2


def choice_for(name: str, draw: st.DataObject) -> Choice:
    """Return a report that shows the file, or one that may."""
    path = Path(name)
    if path.parent.name == "meetings" and path.stem.isdigit():
        number = int(path.stem)
        choices = [Choice("meeting", (number,)), Choice("comparison", (8, number))]
        return draw.draw(st.sampled_from([*choices, Choice("ledger")]))
    if path.parent.name == "meetings":
        other = Choice("meeting", (path.stem,), series=path.parts[-3])
        return draw.draw(st.sampled_from([other, Choice("ledger")]))
    if path.parent.name == "agreements":
        return draw.draw(
            st.sampled_from([Choice("agreement", (path.stem,)), Choice("meeting", (9,))])
        )
    return draw.draw(st.sampled_from([Choice("meeting", (8,)), Choice("ledger"), Choice("series")]))


@pytest.mark.long
@examples(50)
@given(data=st.data())
def test_damaged_records_are_read_or_refused(copy: Copy, data: st.DataObject) -> None:
    """With the place of each problem; and what is not refused becomes a page."""
    name = data.draw(st.sampled_from(RECORDS))
    other = (ROOT / data.draw(st.sampled_from(RECORDS))).read_bytes()
    path, before = copy.root / name, (ROOT / name).read_bytes()
    choice, day = choice_for(name, data), data.draw(DAYS)
    path.write_bytes(data.draw(changes(before, other)))
    try:
        with within(60):
            contents = copy.reading.contents()
            if problems := sort_problems(contents, None):
                check_places(problems, copy.root)
            for task in plan_of(contents, choice, day, asked=True).tasks(words("en")):
                html.render(Theme.of(ROOT), task.template, task.report, task.language)
    except ReporterError as error:
        if any(
            problem.path for problem in error.problems
        ):  # and not just that there is no such meeting on that day
            check_places(error.problems, copy.root)
    finally:
        path.write_bytes(before)


@cache
def pages() -> tuple[Task, ...]:
    """Return a view for each template."""
    found = [
        *plan(VALID, Choice(), date(2026, 1, 1), asked=True).tasks(words("en")),
        *plan(VALID, Choice("meeting", (2,)), date(2024, 1, 1), asked=True).tasks(words("en")),
    ]
    return tuple({task.template: task for task in found}.values())


@examples(40, 0.3)
@given(data=st.data())
def test_damaged_templates_are_filled_or_refused(data: st.DataObject) -> None:
    """With file and line, whichever template of the project's own it is."""
    name = data.draw(st.sampled_from([*TEMPLATES, *SHEETS]))
    default = default_templates()
    other = (default / data.draw(st.sampled_from(TEMPLATES))).read_bytes()
    task = data.draw(
        st.sampled_from([task for task in pages() if name == f"{task.template}.html"] or pages())
    )
    with folder() as root, within(60):
        own = root / "templates" / name
        own.parent.mkdir(parents=True)
        own.write_bytes(data.draw(changes((default / name).read_bytes(), other)))
        html._environment.cache_clear()
        try:
            html.render(Theme.of(root), task.template, task.report, task.language)
        except ReporterError as error:
            for problem in error.problems:
                assert problem.path
                assert problem.path.is_file()
                assert problem.path == own or problem.path.is_relative_to(default)
                assert 1 <= problem.line <= len(problem.path.read_bytes().splitlines()) + 1
        finally:
            html._environment.cache_clear()


def manifest(place: Path) -> Folder:
    """Write two outputs and their manifest."""
    made = Folder(place)
    made.manifest.inputs = {"records": "a" * 64, "look": "b" * 64, "day": "2026-01-01"}
    made.manifest.reports, made.manifest.edition = ("index",), "internal"
    warnings = (("a warning", "a hint", "templates/look.css:3:4"),)
    entry = OutputEntry("c" * 64, "b" * 64, "2026-01-01", "d" * 64, "a" * 64, "e" * 64, warnings)
    for name in ("index", "meeting-01"):
        for ending in ("html", "pdf"):
            made.write(f"{name}.{ending}", b"content", entry)
    made.save()
    return made


STRANGE: list[Any] = [
    None,
    1,
    True,
    1e308,
    "",
    [],
    {},
    [[]],
    [1],
    ["a"],
    {"a": {}},
    "../outside",
    "..",
    "a\x00b",
    "\ud800",
    "x" * 300,
]


@st.composite
def strange(draw: st.DrawFn, content: bytes) -> bytes:
    """Return JSON in which one value, or one key, is another one."""
    data = json.loads(content)
    around: Any = {"": data}
    name: Any = ""
    while isinstance(around[name], dict | list) and around[name] and draw(st.integers(0, 3)):
        around = around[name]
        name = draw(
            st.sampled_from(sorted(around) if isinstance(around, dict) else range(len(around)))
        )
    value = draw(st.sampled_from(STRANGE))
    if isinstance(around, dict) and isinstance(value, str) and draw(st.booleans()):
        around[value] = around[name]
    else:
        around[name] = value
    return json.dumps(data).encode()


@examples(120)
@given(data=st.data())
def test_a_damaged_manifest_is_used_or_forgotten(data: st.DataObject) -> None:
    """It names no file outside of its folder, and whatever is asked of it, it answers."""
    with folder() as root, within(60):
        place = root / "output"
        place.mkdir()
        (root / "outside").write_text("not ours", encoding="utf-8")
        inputs = manifest(place).manifest.inputs
        whole = (place / NAME).read_bytes()
        (place / NAME).write_bytes(data.draw(strange(whole) | changes(whole, b"[[[[")))
        found, before = Folder(place), content_of(root)
        try:
            found.open("internal", lambda: None, make=True)
        except ReporterError:
            assert content_of(root) == before
            return
        finally:
            found.close()
        for name, entry in found.manifest.files.items():
            entry.made_from(inputs)
            entry.problems("index")
            assert found.state(name) is not None
            assert found.reason(name, "x", inputs)
        list(found.remove(found.manifest.left))
        found.save()
        assert Manifest.of(place).files == found.manifest.files
        assert (root / "outside").exists()
