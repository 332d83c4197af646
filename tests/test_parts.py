"""Tests of what a report is made of: where none of that changed, it says the same."""

from __future__ import annotations

import re
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import pytest
import several
from fuzzing import examples, folder, within
from generated import Sample, projects
from hypothesis import given
from hypothesis import strategies as st
from reading import words
from sized import generate

from reporter.library.edition import library_of
from reporter.records.cache import read as read_again
from reporter.records.project import load
from reporter.records.prose import EVERY, PROSE, reading
from reporter.reports import everything
from reporter.reports.common import rows_shown
from reporter.reports.common.context import Context
from reporter.reports.index import view as index_view
from reporter.reports.made_of import MadeOf
from reporter.text import noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

DAY = date(2026, 3, 1)
Told = dict[str, tuple[str, str]]

CHANGES: dict[str, Callable[[str], str]] = {
    "text": lambda text: re.sub(r"text: (\w+)", r"text: \1 otherwise", text),
    "status": lambda text: re.sub(r"status: [a-z ]+", "status: overtaken", text),
    "date": lambda text: text.replace("\ndate: 20", "\ndate: 19", 1),
    "place": lambda text: re.sub(r"city: [A-Z]\w+", "city: Elsewhere", text),
    "subject": lambda text: _alike(r"subjects: ([a-z0-9-]+)", text),
    "verb": lambda text: re.sub(r"verb: \w+", "verb: agreed", text),
}


class Heard(NamedTuple):
    """What a report says, and of which records it reads sentences."""

    digest: Callable[[str], str]
    worded: str
    said: str


def heard(root: Path) -> dict[str, Heard]:
    """Return what each report says, and of what it is made, as a build knows it."""
    with noted() as read:
        contents = read_again(root)
    with reading() as always:
        library = library_of(contents)
        found = everything(library, DAY)
    context = Context.on(library, DAY, words("en"))
    parts, told_by = MadeOf(contents, read, context, always.values()), {}
    for one in found:
        with reading() as parts_read:
            said = one.view(context.afresh()).model_dump_json()
        owners = library.owners(parts_read.values())
        worded = EVERY if owners is None else " ".join(owners)
        told_by[one.id] = Heard(partial(parts.digest, one), worded, said)
    return told_by


def as_before(before: dict[str, Heard], after: dict[str, Heard]) -> set[str]:
    """Return the reports that a build keeps; each of them says what it said."""
    same = {
        name
        for name, one in before.items()
        if name in after and one.digest(one.worded) == after[name].digest(one.worded) != ""
    }
    assert {name for name in same if before[name].said != after[name].said} == set()
    return same


def _alike(pattern: str, text: str) -> str:
    """Return a text in which each match is like the last one."""
    found = re.findall(pattern, text)
    return re.sub(pattern, lambda match: match[0].replace(match[1], found[-1]), text)


def told(root: Path) -> Told:
    """Return by report the digest of what it is made of, and all that it says."""
    with noted() as read:
        contents = load(root)
    library = library_of(contents)
    parts, found = MadeOf(contents, read), everything(library, DAY)
    context = Context.on(library, DAY, words("en"))
    return {
        one.id: (parts.digest(one), one.view(context.afresh()).model_dump_json()) for one in found
    }


def kept(before: Told, after: Told) -> list[str]:
    """Return the reports of which no part changed; each of them says what it said."""
    same = [name for name in before if before[name][0] == after.get(name, ("", ""))[0] != ""]
    assert [name for name in same if before[name][1] != after[name][1]] == []
    return same


def changed_in_turn(project: Path, change: str) -> Iterator[Path]:
    """Change one file after the other in a project, and put it back; at least one is changed."""
    changed = 0
    for path in sorted((project / "data").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8")
        other = CHANGES[change](text)
        if ".schema" in path.parts or other == text or path.name == "subjects.yaml":
            continue
        path.write_text(other, encoding="utf-8")
        yield path
        path.write_text(text, encoding="utf-8")
        changed += 1
    assert changed


@pytest.fixture(autouse=True)
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rows_shown, index_view):
        monkeypatch.setattr(module, "MOST_ROWS", 0)


@pytest.mark.parametrize(
    "change",
    [
        *("text", "status", "verb"),
        *(pytest.param(name, marks=pytest.mark.full) for name in ("date", "place", "subject")),
    ],
)
def test_a_report_of_which_no_part_changed_says_the_same(project: Path, change: str) -> None:
    """Whatever changes in whichever record of two series that name one another's meetings."""
    several.add(project)
    before = told(project)
    for _ in changed_in_turn(project, change):
        kept(before, told(project))


@pytest.fixture
def generated(tmp_path: Path) -> Path:
    """Return a generated project of three series of three meetings."""
    return generate(tmp_path, 9, series=3, promises=2)


def test_what_a_meeting_says_concerns_its_series_its_year_and_what_it_names(
    generated: Path,
) -> None:
    """Nothing else is made anew when it changes, but what is about everything."""
    before = told(generated)
    path = generated / "data" / "series" / "series-02" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    (agreement,) = set(re.findall(r"about: \[(agreement-\d+)", text))
    path.write_text(CHANGES["text"](text), encoding="utf-8")
    after = told(generated)
    anew = {*before} - {*kept(before, after)}
    assert {name for name in anew if "--" in name} == {
        name for name in before if name.startswith("series-02--")
    }
    agreements = {name for name in before if name.startswith("agreement-")}
    assert anew & agreements == {f"agreement-{agreement}"}
    years = {name for name in before if name.startswith("year-")}
    assert 0 < len(anew & years) < len(years)
    assert {"ledger", "index"} <= anew


@pytest.mark.full
@pytest.mark.parametrize("change", CHANGES)
def test_no_meeting_changes_a_page_of_which_it_is_no_part(generated: Path, change: str) -> None:
    """Whatever of it changes."""
    before = told(generated)
    for path in sorted((generated / "data").rglob("0[13].yaml"))[:4]:
        text = path.read_text(encoding="utf-8")
        path.write_text(CHANGES[change](text), encoding="utf-8")
        assert kept(before, told(generated))
        path.write_text(text, encoding="utf-8")


def test_what_is_named_across_series_is_a_part_of_both(generated: Path) -> None:
    """What a shared record names is a part of everything."""
    path = generated / "data" / "series" / "series-01" / "meetings" / "01.yaml"
    text = path.read_text(encoding="utf-8")
    other = generated / "data" / "series" / "series-03" / "meetings" / "02.yaml"
    named = other.read_text(encoding="utf-8").replace(
        "subjects: subject-", "same_as: c1-4\n      subjects: subject-", 1
    )
    assert "same_as" in named
    other.write_text(named, encoding="utf-8")
    before = told(generated)
    path.write_text(CHANGES["status"](text), encoding="utf-8")
    anew = {*before} - {*kept(before, told(generated))}
    assert {name for name in before if name.startswith(("series-01--", "series-03--"))} <= anew
    assert "series-02--meeting-01" not in anew
    pact = generated / "data" / "agreements" / "agreement-2.yaml"
    promise = pact.read_text(encoding="utf-8").replace(
        "  subjects: subject-", "  same_as: c1-4\n  subjects: subject-", 1
    )
    assert "same_as" in promise
    pact.write_text(promise, encoding="utf-8")
    before = told(generated)
    path.write_text(CHANGES["text"](text), encoding="utf-8")
    assert kept(before, told(generated)) == []


@pytest.mark.usefixtures("cold")
@pytest.mark.parametrize("change", CHANGES)
def test_a_build_keeps_no_report_that_says_something_else(project: Path, change: str) -> None:
    """Whatever changes in whichever record, with or without a sentence."""
    several.add(project)
    before = heard(project)
    for _ in changed_in_turn(project, change):
        as_before(before, heard(project))


@pytest.mark.usefixtures("cold")
def test_a_sentence_makes_anew_what_reads_it_alone(generated: Path) -> None:
    """Of the other reports on its series most stay as they are."""
    before = heard(generated)
    path = generated / "data" / "series" / "series-02" / "meetings" / "01.yaml"
    path.write_text(CHANGES["text"](path.read_text(encoding="utf-8")), encoding="utf-8")
    same = as_before(before, heard(generated))
    assert "series-02--meeting-01" not in same
    assert {"series-02--meeting-03", "series-02--series", "series-01--meeting-01"} <= same
    assert "ledger" not in same


@pytest.mark.full
@pytest.mark.usefixtures("cold")
@pytest.mark.parametrize("kind", ["own", "generated"])
def test_a_report_says_the_same_whatever_it_does_not_read(
    kind: str, request: pytest.FixtureRequest
) -> None:
    """With every sentence changed of which it is not noted that it reads it."""
    root = request.getfixturevalue("project" if kind == "own" else "generated")
    before, data, paths = heard(root), root / "data", {}
    for path in data.rglob("*.yaml"):
        if path.parent.name in {"meetings", "agreements", "programmes", "visits"}:
            series = f"{path.parts[-3]}/" if path.parts[-4] == "series" else ""
            stem = f"meeting-{path.stem}" if path.parent.name == "meetings" else path.stem
            paths[f"{series}{stem}"] = path
    texts = {path: path.read_text(encoding="utf-8") for path in paths.values()}
    read = {one.worded for one in before.values() if one.worded != EVERY}
    assert len(read) > 2
    for worded in read:
        for name, path in paths.items():
            if name not in worded.split():
                path.write_text(CHANGES["text"](texts[path]), encoding="utf-8")
        after = heard(root)
        same = {name for name, one in before.items() if one.worded == worded}
        kept_now = {
            name for name in same if before[name].digest(worded) == after[name].digest(worded)
        }
        assert {name for name in kept_now if before[name].said != after[name].said} == set()
        for path, text in texts.items():
            path.write_text(text, encoding="utf-8")


OWN_FILES = {"meetings", "agreements", "programmes", "visits"}


@examples(15)
@given(projects(), st.data())
def test_a_build_keeps_nothing_wrong_of_any_project(sample: Sample, data: st.DataObject) -> None:
    """Whichever sentence changes, in a project with whatever the models allow."""
    told = [
        (node, name)
        for file, _, node in sample.nodes()
        for name in PROSE
        if file.rpartition("/")[0].rpartition("/")[2] in OWN_FILES
        and isinstance(node.get(name), str)
    ]
    if not told:
        return
    with folder() as root, within(60):
        sample.save(root / "before")
        before = heard(root / "before")
        for node, name in data.draw(st.lists(st.sampled_from(told), min_size=1, max_size=3)):
            node[name] = f"other {node[name]}"
        sample.save(root / "after")
        as_before(before, heard(root / "after"))
