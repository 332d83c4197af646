"""Tests of the shape of the program: imports point down, and each third party has one door."""

from __future__ import annotations

import ast
import re
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(__file__).parent.parent / "reporter"

# From top to bottom. A module imports from layers below its own, and a package from itself. A new
# module needs its line.
LAYERS = (
    ("__main__",),
    ("cli",),
    ("desk.serve",),
    ("desk.adding", "desk.draft"),
    ("desk.completion", "desk.review", "desk.sheets", "desk.start", "sources.add"),
    ("desk.changes", "desk.fields", "desk.todo"),
    ("build", "records.check", "desk.listing", "desk.schema", "desk.verify"),
    ("outputs.cluster", "records.undrawn"),
    ("outputs.outputs", "outputs.pool", "outputs.cluster_answers"),
    ("outputs.staleness", "outputs.workers"),
    ("formats.docx",),
    ("formats.html", "formats.markdown", "formats.pdf"),
    ("formats.exports",),
    ("formats.charts",),
    ("formats.job_maker",),
    ("formats.look", "formats.markup", "formats.leaks", "formats.jobs"),
    ("formats.rules", "formats.policy"),
    ("formats.urls", "formats.css", "formats.font", "formats.images"),
    ("reports",),
    ("library.edition", "records.cache", "records.relevance"),
    ("library.reviewed", "records.crosscheck"),
    ("sources.against", "sources.extract"),
    ("sources.coverage", "sources.sequence"),
    ("sources.judging",),
    ("sources.datewords", "sources.nearest"),
    (
        "records.acts",
        "records.made_twice",
        "records.oldest_first",
        "records.unmet_sides",
        "records.reviews",
        "records.skeletons",
    ),
    ("records.project", "library.snapshot"),
    ("records.places", "records.shorthand"),
    ("records.facts", "sources.fingerprint", "sources.claims"),
    ("sources.splitting",),
    ("sources.reading",),
    ("library",),
    ("records.references", "records.validation"),
    ("language",),
    ("records.editing",),
    ("records.outline",),
    ("records",),
    ("clock",),
    ("records.writing",),
    ("records.reader",),
    ("records.spans",),
    ("records.slips",),
    ("desk.docstrings", "desk.embedded", "outputs.folder"),
    ("outputs.manifest", "outputs.whereabouts"),
    ("outputs.digests",),
    ("theme", "outputs.progress"),
    (
        "dates",
        "desk.mail",
        "outputs.files",
        "outputs.outcome",
        "library.tokens",
        "outputs.scratch",
        "outputs.terminal",
        "outputs.two_processes",
        "text",
    ),
    ("outputs.journal", "records.dateforms"),
    ("sources.unzipping", "sources.words"),
    ("records.brevity", "choice", "language.quotes", "outputs.cores", "problems"),
    ("kinds",),
    ("filters", "outputs.limits", "startup"),
    ("records.addresses",),
    ("records.lookalikes",),
    ("desk", "formats", "outputs"),
)

# The modules that may import a third party: one, but for pydantic, of which records and views are
# made.
DOORS = {
    "PIL": {"formats.images", "formats.pdf"},
    "bs4": {"formats.markdown", "sources.extract"},
    "babel": {"language", "records.dateforms", "sources.datewords"},
    "click": {"cli"},
    "distributed": {"outputs.cluster", "outputs.cluster_answers"},
    "fontTools": {"formats.font"},
    "icalendar": {"formats.exports"},
    "jinja2": {"formats.html"},
    "lxml": {"formats.docx"},
    "openpyxl": {"desk.sheets"},
    "markdownify": {"formats.markdown"},
    "markupsafe": {"formats.html", "formats.charts"},
    "pydantic": {
        "dates",
        "desk.draft",
        "records",
        "reports",
        "desk.schema",
        "outputs.cluster_answers",
        "records.validation",
        "sources.reading",
    },
    "pydantic_core": {"dates", "records", "records.validation"},
    "pydyf": {"formats.pdf"},
    "pypdf": {"desk.embedded", "sources.extract"},
    "pypdfium2": {"formats.pdf"},
    "rich": {"outputs.progress"},
    "tinycss2": {"formats.css"},
    "tinyhtml5": {"formats.leaks"},
    "watchfiles": {"desk.serve"},
    "weasyprint": {"formats.pdf"},
    "yaml": {"desk.fields", "records.reader"},
}

# Imports that break these rules and are still to be mended: importer, imported.
NOT_YET: set[tuple[str, str]] = set()


def name_of(path: Path) -> str:
    """Return the name of a module inside the package: ``records.base``.

    Of a package, its own: ``records``.
    """
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


MODULES = {
    name_of(path): path for path in sorted(PACKAGE.rglob("*.py")) if path != PACKAGE / "__init__.py"
}


@cache
def parsed(path: Path) -> ast.Module:
    """Return the tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def imported(path: Path) -> set[str]:
    """Return the full names of all that a module imports, anywhere in it, also for types only."""
    found: set[str] = set()
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports name the package"
            found |= (
                {f"reporter.{alias.name}" for alias in node.names}
                if node.module == "reporter"
                else {str(node.module)}
            )
    return found


@cache
def unit(name: str) -> str:
    """Return the module or package that has a layer of its own and holds this module."""
    parts = name.split(".")
    held = [".".join(parts[:length]) for length in range(len(parts), 0, -1)]
    return next((part for part in held if any(part in names for names in LAYERS)), name)


def layer(name: str) -> int:
    """Return how far down a module is; fails where nobody has said so."""
    found = [index for index, names in enumerate(LAYERS) if unit(name) in names]
    assert len(found) == 1, f"the module '{name}' is in {len(found)} layers: give it one"
    return found[0]


def upward(name: str, path: Path) -> set[tuple[str, str]]:
    """Return those imports of a module that do not point down."""
    own = [
        full.removeprefix("reporter.") for full in imported(path) if full.startswith("reporter.")
    ]
    return {
        (name, other) for other in own if unit(other) != unit(name) and layer(other) <= layer(name)
    }


def through_the_window(name: str, path: Path) -> set[tuple[str, str]]:
    """Return the third parties that a module imports and may not."""
    roots = (
        {full.partition(".")[0] for full in imported(path)}
        - {"reporter", "__future__"}
        - set(sys.stdlib_module_names)
    )
    return {(name, root) for root in roots if unit(name) not in DOORS.get(root, set())}


def test_imports_point_down() -> None:
    """No module imports from its own layer or from one above."""
    assert set().union(*(upward(name, path) for name, path in MODULES.items())) - NOT_YET == set()


def test_each_third_party_has_one_door() -> None:
    """Nobody else imports it, and nothing is imported that has no door."""
    assert (
        set().union(*(through_the_window(name, path) for name, path in MODULES.items())) - NOT_YET
        == set()
    )


def test_what_is_mended_is_no_exception() -> None:
    """An import that no longer breaks a rule is not listed as one that does."""
    broken = set().union(
        *(upward(name, path) | through_the_window(name, path) for name, path in MODULES.items())
    )
    assert NOT_YET - broken == set()


def test_something_was_seen() -> None:
    """The modules, their imports, and every door in use were read."""
    assert len(MODULES) >= 40
    assert {"cli", "records.base", "reports.views"} <= MODULES.keys()
    assert (
        sum(full.startswith("reporter.") for path in MODULES.values() for full in imported(path))
        >= 150
    )
    unused = {
        root
        for root in DOORS
        if not any(
            full.partition(".")[0] == root for path in MODULES.values() for full in imported(path)
        )
    }
    assert unused <= {"rich"}


def test_every_layer_is_there() -> None:
    """No layer names a module that is gone."""
    units = {unit(name) for name in MODULES}
    assert {name for names in LAYERS for name in names} - units == set()


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("records.base", "from reporter.library import Library", {("records.base", "library")}),
        ("records.base", "if TYPE_CHECKING:\n    import reporter.cli", {("records.base", "cli")}),
        (
            "records.reader",
            "def read():\n    from reporter.formats.html import x",
            {("records.reader", "formats.html")},
        ),
        (
            "formats.html",
            "from reporter.formats.pdf.fonts import x",
            {("formats.html", "formats.pdf.fonts")},
        ),
        ("formats.pdf.tags", "from reporter.formats.pdf import structure", set()),
        (
            "library.snapshot",
            "from reporter.records.project import load",
            {("library.snapshot", "records.project")},
        ),
    ],
)
def test_an_import_that_points_up_is_found(
    tmp_path: Path, name: str, text: str, found: set[tuple[str, str]]
) -> None:
    """Wherever it stands: at the top, for types only, in a function; from the layer itself too."""
    (tmp_path / "x.py").write_text(text, encoding="utf-8")
    assert upward(name, tmp_path / "x.py") == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("library", "import yaml", {("library", "yaml")}),
        ("html", "from weasyprint.urls import x", {("html", "weasyprint")}),
        ("formats.pdf.rendering", "from weasyprint.urls import x", set()),
        ("cli", "import requests", {("cli", "requests")}),
        ("cli", "import os.path, click", set()),
    ],
)
def test_a_third_party_through_the_window_is_found(
    tmp_path: Path, name: str, text: str, found: set[tuple[str, str]]
) -> None:
    """What has a door is used there only; what has none, nowhere."""
    (tmp_path / "x.py").write_text(text, encoding="utf-8")
    assert through_the_window(name, tmp_path / "x.py") == found


def test_the_house_has_few_rooms() -> None:
    """Who opens the package sees at one glance what there is; Python's own files do not count."""
    own = {"__init__.py", "__main__.py", "__pycache__", "py.typed"}
    rooms = {path.relative_to(PACKAGE).parts[0] for path in PACKAGE.rglob("*.py")} - own
    assert len(rooms) < 20, sorted(rooms)


TEXTS = {".py", ".html", ".css", ".js", ".yaml"}
# What the first project is about. Japanese is a language; "preserve" is an attribute of Word's.
SUBJECT = re.compile(
    r"\bJapan\b|\bTokyo\b|\bWashington\b|United States|\bU\.S\.|\bNASA\b|\bJAXA\b|\bSpace [A-Z]"
    r"|outer space|\bdebris\b|\borbit|\bsatellite|\blunar\b|\blander\b",
)


def test_the_program_knows_no_series() -> None:
    """Nothing of what the first project is about is written in program, look or starter."""
    folders = (PACKAGE, PACKAGE.parent / "templates")
    texts = [path for folder in folders for path in folder.rglob("*.*") if path.suffix in TEXTS]
    assert len(texts) > len(MODULES)
    assert [
        f"{path}: {found[0]}"
        for path in texts
        for found in SUBJECT.finditer(path.read_text(encoding="utf-8"))
    ] == []


ALIKE = {"view", "rows", "__init__"}  # the same part of different kinds of report
ALIASES = {"Json", "Texts"}  # of what Python has anyway


def named(path: Path) -> Iterator[str]:
    """Yield the names of the classes and types of a module."""
    tree = parsed(path)
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    blocks = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.If))]
    types = [
        node.targets[0].id
        for block in blocks
        for node in block
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    ]
    yield from {*found, *(name for name in types if re.fullmatch(r"_?[A-Z][a-z]\w*", name))}


def test_each_name_is_one_thing() -> None:
    """No two modules have a class or a type of one name, and no two modules one name.

    ``_Kept`` and ``Kept``, or ``Stylesheet`` and ``StyleSheet``, are one name to who hears them.
    """
    found = (name for path in MODULES.values() for name in {*named(path)})
    names = Counter(name if name in ALIASES else name.strip("_").lower() for name in found)
    assert {name for name, times in names.items() if times > 1} <= ALIASES
    modules = Counter(path.stem for path in MODULES.values())
    assert {name for name, times in modules.items() if times > 1} <= ALIKE
