"""What several tests share: the small valid project, broken ones, and their expected problems.

A case in ``tests/broken/`` holds only its faulty files; they are laid over a copy of
``tests/valid/``. What is expected stands beside the fault, as a comment that ends the line: ``#
error 7: there is no side 'state-c'``. The number is the column; the line is that of the comment; a
line may have several. Where no comment can stand (a file that is empty, or not YAML), a file
``expected`` in the folder of the case has the lines as they are printed. Nothing else may be
reported.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pytest
from hypothesis import settings

from reporter.library import Library
from reporter.problems import Problem, ReporterError
from reporter.records.project import load
from reporter.records.relevance import sort_problems

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from datetime import date

    from reporter.records.project import Contents

children.default_signals()
for name in ("CI", "GITHUB_ACTIONS"):  # a test that wants to be in CI says so
    os.environ.pop(name, None)

# What begins outputs of an earlier build, as far as a build looks at them.
OLD = {
    "html": b'<!doctype html><meta name="generator" content="reporter">old',
    "pdf": b"%PDF-1.7 <xmp:CreatorTool>reporter</xmp:CreatorTool> old",
}
# What records were read before is of no concern to the user who runs the tests, nor theirs to them.
os.environ["XDG_CACHE_HOME"] = tempfile.mkdtemp(prefix="reporter-tests-")
atexit.register(shutil.rmtree, os.environ["XDG_CACHE_HOME"], ignore_errors=True)

TESTS = Path(__file__).parent
VALID = TESTS / "valid"
BROKEN = TESTS / "broken"
_COMMENT = re.compile(r"# error (\d+): (.+?)(?=  # error |$)")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that renews what tests compare with."""
    parser.addoption(
        "--update",
        action="store_true",
        help="write what is expected anew: pictures of pages, and what the README shows",
    )


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    """Return whether what is expected is to be written anew."""
    return bool(pytestconfig.getoption("--update"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the valid project, to be changed."""
    return shutil.copytree(VALID, tmp_path / "project")


@pytest.fixture(scope="session")
def contents() -> Contents:
    """Return the records of the valid project."""
    return load(VALID)


@pytest.fixture(scope="session")
def library(contents: Contents) -> Library:
    """Return the library of the valid project."""
    return Library(contents.settings, tuple(loaded.record for loaded in contents.records))


@pytest.fixture
def broken(project: Path) -> Callable[[str], Path]:
    """Return a function that lays a case over the valid project."""

    def lay(case: str) -> Path:
        for path in sorted((BROKEN / case / "data").rglob("*")):
            target = project / path.relative_to(BROKEN / case)
            if path.is_dir():
                target.mkdir(exist_ok=True)
                continue
            if target.is_dir():
                shutil.rmtree(target)
            shutil.copyfile(path, target)
        return project

    return lay


def problems_of(root: Path) -> tuple[Problem, ...]:
    """Return all problems of a project, as ``reporter check`` finds them."""
    try:
        return sort_problems(load(root), None)
    except ReporterError as error:
        return error.problems


def printed(problem: Problem, root: Path) -> str:
    """Return the first line of a problem as it is printed."""
    return problem.render(root).partition("\n")[0]


def expected_of(case: str) -> list[str]:
    """Return the problems that a case announces, as they are printed."""
    folder = BROKEN / case
    listed = folder / "expected"
    found = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    for path in folder.joinpath("data").rglob("*.y*ml"):
        lines = (
            path.read_text(encoding="utf-8", errors="replace").splitlines()
            if path.is_file()
            else []
        )
        for number, line in enumerate(lines, 1):
            name = path.relative_to(folder).as_posix()
            found += [
                f"{name}:{number}:{column}: error: {message}"
                for column, message in _COMMENT.findall(line)
            ]
    return found


# The same examples in each run and on each machine; with a number in FUZZ (`make fuzz`) new ones,
# of which the failing ones are kept.
settings.register_profile(
    "repeatable", derandomize=True, database=None, deadline=None, max_examples=60
)
settings.register_profile("searching", deadline=None, print_blob=True)
settings.load_profile("searching" if os.environ.get("FUZZ") else "repeatable")


ROOT = TESTS.parent


def run(
    *arguments: str | Path,
    environment: dict[str, str] | None = None,
    check: bool = False,
    bound: bool = False,
) -> subprocess.CompletedProcess[str]:
    """Run ``reporter`` as from a shell, in its own process, with the given variables added.

    With ``bound`` the modes of files bind root, too.
    """
    import sys

    path = os.pathsep.join([*filter(None, [(environment or {}).get("PYTHONPATH")]), str(ROOT)])
    settings = {**os.environ, **(environment or {}), "PYTHONPATH": path}
    command = [sys.executable, "-m", "reporter", *map(str, arguments)]
    return children.run(
        children.bound(command) if bound else command,
        env=settings,
        capture_output=True,
        encoding="utf-8",
        check=check,
    )


def page_of(root: Path, number: int, day: date) -> str:
    """Return the HTML of the briefing on a meeting, made in this process."""
    from reporter.choice import Choice
    from reporter.formats import html
    from reporter.language import language_of
    from reporter.plan import plan
    from reporter.theme import Theme

    planned = plan(root, Choice("meeting", (number,)), day, asked=True)
    (task,) = planned.tasks(language_of(Theme.of(root), planned.library.project.language))
    return html.render(Theme.of(root), task.template, task.report, task.language)


MARKED = (
    "handling: {marking: Restricted, drafted_by: The desk, cleared_by: The bureau, version: '2'}\n"
)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with reports of every kind, in one folder per build.

    It is built once, whichever worker asks first. ``all`` has all real reports, ``upcoming`` a
    meeting before its day, ``package`` one for which an office prepared everything, ``public`` a
    public edition on US Letter, and ``marked`` all reports of the small project with handling
    marking and imprint.
    """
    import fcntl

    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        shared = shared.parent
    done = shared / "built"
    with (shared / "built.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            _build_all(shared / "building").rename(done)
    return done


def files_of(built: Path, ending: str) -> list[Path]:
    """Return all files with an ending that were built, of each of the builds some."""
    found = sorted(built.glob(f"*/*.{ending}"))
    assert {path.parent.name for path in found} == {
        "all",
        "upcoming",
        "package",
        "public",
        "marked",
    }
    return found


def _build_all(folder: Path) -> Path:
    marked = shutil.copytree(VALID, folder / "project")
    started = folder / "started"
    run("init", started, check=True)
    with (marked / "data" / "project.yaml").open("a", encoding="utf-8") as settings:
        settings.write(MARKED)
    for name, options in {
        "all": ("--project", ROOT),
        "upcoming": ("--project", ROOT, "--meeting", 9, "--as-of", "2024-01-01"),
        "package": ("--project", started, "--meeting", 2),
        "public": ("--project", ROOT, "--meeting", 8, "--edition", "public", "--paper", "Letter"),
        "marked": ("--project", marked),
    }.items():
        command = ["build", "--timeout", "600", "--output", str(folder / name), *map(str, options)]
        done = run(*command, environment={"SOURCE_DATE_EPOCH": "1795219200"})
        assert done.returncode == 0, done.stderr
    return folder
