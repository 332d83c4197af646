"""Tests of CONTRIBUTING.md: its recipes are carried out on a copy, and what it names is there.

Those for a kind of report and for a format are prose: what they name is touched, and nothing else.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import textwrap
import tomllib
from datetime import date
from typing import TYPE_CHECKING

import children
import pytest
import yaml
from conftest import ROOT, VALID, page_of, run

if TYPE_CHECKING:
    from pathlib import Path
    from subprocess import CompletedProcess

TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"^In `([^`]+)`, (below|above) `([^`]+)`:\n\n```\w+\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
CONTAINER = (ROOT / ".github" / "Containerfile").read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a copy of the program, its templates, and a small project as its records."""
    for name in ("reporter", "templates"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / name, tmp_path / name, ignore=ignored)
    shutil.copytree(VALID / "data", tmp_path / "data")
    return tmp_path


def reporter(checkout: Path, *arguments: str) -> CompletedProcess[str]:
    """Run the program of a checkout on the records of it."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(checkout),
        "SOURCE_DATE_EPOCH": "1751241600",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "reporter", *arguments, "--project", str(checkout)]
    return children.run(
        command, cwd=checkout, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def section(title: str) -> str:
    """Return what stands under a heading."""
    return TEXT.partition(f"## {title}\n")[2].partition("\n## ")[0]


def carry_out(steps: list[tuple[str, str, str, str]], checkout: Path) -> None:
    """Add the lines of each step below or above the line that it names, which must be unique."""
    for name, where, anchor, added in steps:
        path = checkout / name
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        (at,) = (number for number, line in enumerate(lines) if line.strip() == anchor)
        indent = re.match(" *", lines[at])
        assert indent
        lines.insert(at + (where == "below"), textwrap.indent(added, indent[0]))
        path.write_text("".join(lines), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.full
def test_a_field_is_added_as_shown(checkout: Path) -> None:
    """After the steps of the recipe the field is in the schema, checked, and on the page."""
    steps = STEP.findall(section("Add a field"))
    assert {name.split("/")[0] for name, *_ in steps} == {"reporter", "templates"}
    record = checkout / "data" / "agreements" / "lander-agreement.yaml"
    replace(record, "parties:", "registered_by: state-a\nparties:")
    assert "unknown field 'registered_by'" in reporter(checkout, "check").stderr
    carry_out(steps, checkout)
    assert reporter(checkout, "schema").returncode == 0
    schema = (checkout / "data" / ".schema" / "agreement.json").read_text(encoding="utf-8")
    assert '"registered_by"' in schema
    built = reporter(checkout, "build", "--agreement", "lander-agreement", "--format", "html")
    assert built.returncode == 0, built.stderr
    page = (checkout / "output" / "agreement-lander-agreement.html").read_text(encoding="utf-8")
    assert re.search(r"<dt>Registered by</dt>\s*<dd>State A", page)
    replace(record, "registered_by: state-a", "registered_by: state-z")
    assert "state-z" in reporter(checkout, "check").stderr


@pytest.mark.full
def test_a_language_is_added_as_shown(project: Path) -> None:
    """All it takes is a copy of the words under the language's code, named in the settings."""
    recipe = section("Add a language")
    source, target = re.findall(r"`(templates/languages/\w+\.yaml)`", recipe)[:2]
    (setting,) = re.findall(r"Write `(language: \w+)`", recipe)
    (project / target).parent.mkdir(parents=True)
    shutil.copyfile(ROOT / source, project / target)
    label = yaml.safe_load((ROOT / source).read_text(encoding="utf-8"))["say"]["sources"]
    replace(project / target, "locale: en_GB", "locale: fr_FR")
    replace(project / target, f"  sources: {label}\n", "  sources: Les sources\n")
    replace(project / "data" / "project.yaml", "language: en", setting)
    checked = run("check", "--project", project)
    assert (checked.returncode, checked.stderr) == (0, "")
    page = page_of(project, 1, date(2025, 6, 30))
    assert f'lang="{setting.split()[1]}"' in page
    assert "Les sources</h2>" in page
    replace(project / target, "  sources: Les sources\n", "")
    assert "'sources' is missing" in run("check", "--project", project).stderr


KIND_VIEW = '''"""What rests on one document."""

from reporter.reports.common.further_sources import WithFurther, printed_first
from reporter.reports.common.related import RelatedRow, row
from reporter.reports.views import Heading, Label, Views


class DocumentReport(WithFurther):
    """All that the report on a document prints."""

    bottom_line: str
    names: tuple[Label, ...] = ()
    cited: tuple[RelatedRow, ...]


def heading(library, name):
    text = library.documents[name].title
    return Heading(kind="document", name=Label(language=library.project.language, text=text))


@printed_first()
def document_report(context, name):
    said = filter(context.was_said, context.library.all_statements)
    citing = [one for one in said if name in {cited.document for cited in one.statement.source}]
    owners = {one.owner.id: one.owner for one in citing}.values()
    found = heading(context.library, name)
    return DocumentReport(
        id=f"document-{name}",
        heading=found,
        masthead=context.masthead(found),
        bottom_line=context.words.say("document_cited", n=len(owners)),
        cited=tuple(row(context, owner, "", ()) for owner in owners),
        speaks=context.speaks(),
        sources=context.sources.entries(),
    )


VIEWS = Views(
    DocumentReport,
    lambda snapshot, name: heading(snapshot.library, name),
    document_report,
    every=lambda snapshot: ((name,) for name in snapshot.library.documents),
)
'''
KIND_TEMPLATE = """{% extends "base.html" %}
{% import "related.html" as r with context %}
{% block main %}
{{ r.opening() }}
{{ r.reports(report.cited, "cited", say("document_where")) }}
{% endblock %}
"""
KIND_WORDS = """  document_cited: 'Cited by {n}.'
  document_where: Where it is cited
"""
KIND_LINE = """    "document": ReportKind(
        "document-{}", ("document",), Option("--document", "Only this document.", "ID")
    ),
"""


@pytest.mark.full
def test_a_kind_of_report_is_added_where_it_is_said(checkout: Path) -> None:
    """Its folder, its template, its words, its line: then it is built, listed and completed."""
    folder, kinds = checkout / "reporter" / "reports" / "document", checkout / "reporter/kinds.py"
    folder.mkdir()
    (folder / "__init__.py").write_text('"""What rests on one document."""\n', encoding="utf-8")
    (folder / "view.py").write_text(KIND_VIEW, encoding="utf-8")
    (checkout / "templates" / "document.html").write_text(KIND_TEMPLATE, encoding="utf-8")
    replace(checkout / "templates/languages/en.yaml", "\nsay:\n", f"\nsay:\n{KIND_WORDS}")
    replace(kinds, '    "ledger": ReportKind(', f'{KIND_LINE}    "ledger": ReportKind(')
    replace(kinds, '    "visit",\n', '    "visit",\n    "document",\n')
    assert "report-document.json" in reporter(checkout, "schema").stdout
    built = reporter(checkout, "build", "--document", "statement-02", "--format", "md")
    assert built.returncode == 0, built.stderr
    page = (checkout / "output" / "document-statement-02.md").read_text(encoding="utf-8")
    assert "Cited by one." in page
    assert "## Where it is cited" in page
    assert "document-statement-02" in reporter(checkout, "list").stdout
    unknown = reporter(checkout, "build", "--document", "statement-03").stderr
    assert "there is no document 'statement-03'" in unknown


@pytest.mark.full
def test_a_format_is_added_where_it_is_said(checkout: Path) -> None:
    """Its module and its line: then each report has it, beside the page that it is made of."""
    formats = checkout / "reporter" / "formats"
    module = """def make(_job, _theme, source):
    return b"reporter: plain\\n" + source.split(b"<title>")[1].split(b"<")[0], ()
"""
    (formats / "plain.py").write_text(module, encoding="utf-8")
    line = """    "txt": Format(
        "reporter.formats.plain", re.compile(rb"\\Areporter: plain"), every=True, source="html"
    ),
"""
    replace(formats / "__init__.py", '    "csv": Format(', f'{line}    "csv": Format(')
    for state in ("1 written", "1 unchanged"):
        built = reporter(checkout, "build", "--ledger", "--format", "txt")
        assert (built.returncode, state in built.stderr) == (0, True), built.stderr
    text = (checkout / "output" / "ledger.txt").read_text(encoding="utf-8")
    assert text.startswith("reporter: plain\nLedger of promises")


def test_what_is_named_is_there() -> None:
    """Files named in sentences exist; what a recipe makes is named by its kind or a code."""
    names = set(re.findall(r"`([\w.]+/[\w./-]*|[A-Z]+\.md|pyproject\.toml)`", TEXT))
    made = {"templates/languages/fr.yaml", "templates/KIND.html", "reporter/reports/KIND/"}
    assert len(names) > 12
    assert {name for name in names - made if not (ROOT / name).exists()} == set()


def test_make_targets_are_there() -> None:
    """Every `make ...` that is named is a target."""
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    named = set(re.findall(r"\bmake ([a-z]+)\b(?=[`  ])", TEXT))
    assert {"test", "lock", "bench"} <= named <= set(targets)


def test_a_release_goes_out_under_its_own_name() -> None:
    """The recipe publishes what the package is called on the index."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        name = tomllib.load(file)["project"]["name"]
    assert f"as `{name}`" in " ".join(section("Release").split())
    assert f"install `{name}`" in section("Release")


def test_the_hooks_are_what_make_test_runs() -> None:
    """Each hook starts a program that the locked environment has, and fetches nothing."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    assert [repository["repo"] for repository in hooks] == ["local"]
    entries = [hook["entry"].split() for hook in hooks[0]["hooks"]]
    assert [hook["language"] for hook in hooks[0]["hooks"]] == ["system"] * len(entries)
    programs = {entry[0].removeprefix(".venv/bin/") for entry in entries}
    assert programs == {"ruff", "mypy", "reporter"}
    lock = (ROOT / ".ci" / "requirements-tests.txt").read_text(encoding="utf-8")
    assert all(re.search(rf"^{name}==", lock, re.MULTILINE) for name in programs - {"reporter"})


def pinned() -> dict[str, str]:
    """Return the packages that the container pins, with their versions."""
    (listed,) = re.findall(r'^ARG PINNED="(.*?)"$', CONTAINER, re.MULTILINE | re.DOTALL)
    words = listed.replace("\\\n", " ").split()
    return dict(word.split("=", 1) for word in words)


def test_the_container_pins_what_lays_out_a_page() -> None:
    """All libraries that the setup asks of the system are there in an exact version."""
    setup = (ROOT / ".ci" / "install-system").read_text(encoding="utf-8")
    needed = set(re.findall(r"^ *library \S+ \|\| need (\S+)", setup, re.MULTILINE))
    assert len(needed) >= 3
    assert needed <= pinned().keys()
    assert all(re.fullmatch(r"(\d+:)?\d[\w.+~-]*", version) for version in pinned().values())
    for copied in re.findall(r"^COPY (.+) \S+$", CONTAINER, re.MULTILINE):
        assert all((ROOT / name).exists() for name in copied.split()), copied


@pytest.mark.parametrize("other", [None, "libharfbuzz0b"])
def test_the_container_stops_at_another_version(other: str | None, tmp_path: Path) -> None:
    """The step that looks at what was installed fails where it is not what was asked for."""
    (script,) = re.findall(r"^RUN (for package.*?done)$", CONTAINER, re.MULTILINE | re.DOTALL)
    installed = {**pinned(), **({other: "9.9"} if other else {})}
    cases = "".join(f"{name}) printf %s '{version}' ;;\n" for name, version in installed.items())
    tool = tmp_path / "dpkg-query"
    tool.write_text(f'#!/bin/sh\ncase "$3" in\n{cases}*) exit 1 ;;\nesac\n', encoding="utf-8")
    tool.chmod(0o755)
    packages = " ".join(f"{name}={version}" for name, version in pinned().items())
    done = children.run(
        ["sh", "-c", script.replace("\\\n", "\n")],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin", "PINNED": packages},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == int(other is not None), done.stderr
    assert ("libharfbuzz0b" in done.stderr) == (other is not None)
