"""Tests of the manifest: what it holds, what it notices, and what it survives."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from reporter.build import build
from reporter.choice import Choice, Options
from reporter.outputs.digests import (
    OURSELVES,
    PAGE_PACKAGES,
    PRINT_PACKAGES,
    _versions,
    digest,
    inputs_of,
    libraries,
    printing_of,
)
from reporter.outputs.folder import DAY, EDITED, LOOK, MISSING, NEW, VIEW, Folder
from reporter.outputs.manifest import NAME, Manifest, OutputEntry
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TODAY = date(2025, 6, 30)
HTML = Choice("meeting", (1,), formats=("html",))
INPUTS = {"records": "r", "look": "l", "day": "2025-06-30"}


def entry(content: bytes) -> OutputEntry:
    """Return the entry of an output with this content."""
    return OutputEntry(digest(content), look="l", day="2025-06-30", says="v", records="r")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a folder in which one page is."""
    found = Folder(tmp_path)
    found.write("page.html", b"text", entry(b"text"))
    found.save()
    return found


def again(folder: Folder) -> Folder:
    """Return the same folder as the next build sees it."""
    found = Folder(folder.path)
    found.open("", lambda: None, make=False)
    return found


def test_read_again(folder: Folder) -> None:
    """What is written is what is read, the words of the renderer too."""
    warnings = (("message", "hint", ""), ("other", "", "templates/x:y.css:3:4"))
    told = OutputEntry("d", "l", "d", "v", "r", "i", warnings)
    folder.keep("page.pdf", told)
    folder.manifest.inputs, folder.manifest.reports = INPUTS, ("page",)
    folder.save()
    assert again(folder).manifest == folder.manifest
    assert [problem.render() for problem in told.problems("page")] == [
        "page: warning: message\n    hint",
        "templates/x:y.css:3:4: warning: other",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        "null",
        "{}",
        '{"format": 4, "files": {}, "inputs": {}, "reports": []}',
        '{"format": 1, "files": {"x": {}}}',
        "\xff",
    ],
)
def test_one_that_cannot_be_used(content: str) -> None:
    """It is as if there were none: everything is rendered anew, and nothing fails."""
    assert Manifest.parsed(content.encode("latin-1")) == Manifest()


def test_one_of_an_earlier_version(folder: Folder) -> None:
    """It is not read: what it says may mean something else."""
    text = folder.manifest.content().replace(b'"format": 4', b'"format": 3')
    assert Manifest.parsed(text) == Manifest()


def test_what_was_used_can_be_used_again(folder: Folder) -> None:
    """An output of which something is empty that never is, by an accident, is not known."""
    content = re.sub(b'"day": "[^"]+"', b'"day": ""', folder.manifest.content())
    assert Manifest.parsed(content) == Manifest()


@pytest.mark.parametrize("name", ["../secret.html", "/etc/passwd", "a/b.html", ".hidden", ".."])
def test_no_other_folder(folder: Folder, name: str) -> None:
    """A manifest from elsewhere cannot make a build look at, or remove, what is not an output."""
    folder.keep(name, entry(b""))
    assert list(Manifest.parsed(folder.manifest.content()).files) == ["page.html"]


def test_written_only_where_it_says_something_new(folder: Folder) -> None:
    """A build that changes nothing leaves no trace, and one that has built nothing no manifest."""
    first = (folder.path / NAME).stat()
    again(folder).save()
    assert (folder.path / NAME).stat().st_ino == first.st_ino
    (folder.path / NAME).unlink()
    Folder(folder.path).save()
    assert not (folder.path / NAME).exists()


def test_states(folder: Folder) -> None:
    """An output is as it was, or edited, or missing, or was never built."""
    assert [folder.state("page.html"), folder.state("other.html")] == ["", NEW]
    (folder.path / "page.html").write_bytes(b"Text")
    assert again(folder).state("page.html") == EDITED
    (folder.path / "page.html").unlink()
    assert again(folder).state("page.html") == MISSING


@pytest.mark.parametrize(
    ("says", "changes", "expected"),
    [
        ("v", {"look": "x"}, LOOK),
        ("x", {"day": "x"}, DAY),
        ("x", {}, VIEW),
        ("x", {"records": "x"}, VIEW),
        ("x", {"look": "x"}, VIEW),
    ],
)
def test_reasons(folder: Folder, says: str, changes: dict[str, str], expected: str) -> None:
    """It can say why something is made again."""
    assert folder.reason("page.html", says, {**INPUTS, **changes}) == expected


def test_a_manifest_that_was_edited_makes_no_bad_output_good(project: Path) -> None:
    """Each output is looked at: what is there is not what the manifest says."""
    wanted = Options(project, project / "output", TODAY, asked=False, choice=HTML)
    build(wanted)
    page = project / "output" / "meeting-01.html"
    good = page.read_bytes()
    page.write_bytes(good.replace(b"First", b"Frist"))
    assert [path.name for path in build(wanted).written] == ["meeting-01.html"]
    assert page.read_bytes() == good


def test_left_over(folder: Folder) -> None:
    """What the last full build no longer had is left over; before the first one, nothing is."""
    assert not folder.manifest.left
    folder.manifest.reports = ("index",)
    assert folder.manifest.left == ("page.html",)
    assert list(folder.remove(folder.manifest.left)) == []
    assert not (folder.path / "page.html").exists()
    assert folder.manifest.files == {}


# Inputs


def touch_record(project: Path) -> None:
    """Change a record."""
    path = project / "data" / "meetings" / "01.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "# a word\n", encoding="utf-8")


def add_record(project: Path) -> None:
    """Add one."""
    (project / "data" / "programmes" / "x.yaml").write_text("", encoding="utf-8")


def rename_record(project: Path) -> None:
    """Give one another name."""
    (project / "data" / "meetings" / "01.yaml").rename(project / "data" / "meetings" / "03.yaml")


def add_folder(project: Path) -> None:
    """Add a folder that holds nothing."""
    (project / "data" / "strange").mkdir()


def own_stylesheet(project: Path) -> None:
    """Override a file of the theme."""
    (project / "templates").mkdir()
    (project / "templates" / "style.css").write_text("p {}", encoding="utf-8")


def schemas(project: Path) -> None:
    """Write what is for editors only."""
    (project / "data" / ".schema").mkdir(exist_ok=True)
    (project / "data" / ".schema" / "x.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (touch_record, {"records"}),
        (add_record, {"records"}),
        (rename_record, {"records"}),
        (add_folder, {"records"}),
        (own_stylesheet, {"look"}),
        (schemas, set()),
    ],
)
def test_inputs(project: Path, change: Callable[[Path], None], changed: set[str]) -> None:
    """Whatever a build may read changes its inputs, and nothing else does."""
    before = inputs_of(project, Theme.of(project), TODAY, asked=False)
    change(project)
    after = inputs_of(project, Theme.of(project), TODAY, asked=False)
    assert {name for name in before if before[name] != after[name]} == changed


def test_inputs_are_those_of_any_folder(project: Path, tmp_path: Path) -> None:
    """Where a project lies does not matter."""
    other = shutil.copytree(project, tmp_path / "elsewhere" / "other")
    found = [inputs_of(root, Theme.of(root), TODAY, asked=True) for root in (project, other)]
    assert found[0] == found[1]
    assert printing_of(Theme.of(project)) == printing_of(Theme.of(other))


def test_versions_are_found() -> None:
    """Each package is there, with the version that it says it has."""
    from importlib.metadata import version

    found = _versions((*PAGE_PACKAGES, *PRINT_PACKAGES)).split()
    known = {
        name.partition("-")[0]: name.removesuffix(".dist-info").partition("-")[2] for name in found
    }
    packages = {*PAGE_PACKAGES, *PRINT_PACKAGES} - {OURSELVES}  # may run without being installed
    assert {name: known[name] for name in packages} == {
        name: version(name).lower() for name in packages
    }


def test_another_library_of_the_machine(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What lays out text is part of the tool: with another one the records are printed anew."""
    theme = Theme.of(project)
    assert "missing" not in libraries().values()
    before = (inputs_of(project, theme, TODAY, asked=False)["look"], printing_of(theme))
    monkeypatch.setattr(
        "reporter.outputs.digests.libraries", lambda: {**libraries(), "Pango": "9.9.9"}
    )
    after = (inputs_of(project, theme, TODAY, asked=False)["look"], printing_of(theme))
    assert not set(before) & set(after)


def test_what_is_printed(project: Path) -> None:
    """A template reaches a PDF by way of the page only, a font or a picture by itself."""
    plain = printing_of(Theme.of(project))
    (project / "templates").mkdir()
    (project / "templates" / "meeting.html").write_text("", encoding="utf-8")
    assert printing_of(Theme.of(project)) == plain
    (project / "templates" / "crest.svg").write_text("", encoding="utf-8")
    assert printing_of(Theme.of(project)) != plain


@pytest.mark.parametrize(
    "choice",
    [
        Choice("meeting", (1,)),
        Choice("comparison", (1, 2)),
        Choice("agreement", ("lander-agreement",)),
        Choice("ledger"),
        Choice("series"),
    ],
)
def test_the_name_of_a_report_is_known_beforehand(project: Path, choice: Choice) -> None:
    """Without it, nothing could be known of a report before the records are read."""
    outcome = build(
        Options(
            project,
            project / "output",
            TODAY,
            asked=True,
            choice=replace(choice, formats=("html",)),
        )
    )
    assert [path.name for path in outcome.written] == [f"{choice.report}.html"]


# What a build leaves


def test_the_manifest_of_a_build(project: Path) -> None:
    """It can be checked with sha256sum, and holds neither a path nor a time."""
    order = Options(project, project / "output", TODAY, asked=False, choice=Choice("meeting", (1,)))
    build(order)
    text = (order.output / NAME).read_text(encoding="utf-8")
    data: Any = json.loads(text)
    assert sorted(data["files"]) == ["meeting-01.html", "meeting-01.pdf"]
    for name, values in data["files"].items():
        assert values["digest"] == hashlib.sha256((order.output / name).read_bytes()).hexdigest()
        assert values["day"] == "2025-06-30"
    text = re.sub(r'"until": "[0-9-]+"', "", text.replace("2025-06-30", ""))
    # the year of today, to find that it is not used
    for word in (str(project), str(default_templates()), str(date.today().year)):  # noqa: DTZ011
        assert word not in text
    assert re.fullmatch("[0-9a-f]{64}", data["files"]["meeting-01.pdf"]["made_of"])
