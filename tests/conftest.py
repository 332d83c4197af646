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
import gc
import hashlib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import children
import compiling
import fuzzing
import pytest
import warm
from click.testing import CliRunner, Result
from hypothesis import settings

from reporter.formats.html.environment import Closed
from reporter.library import Library
from reporter.outputs import pool
from reporter.problems import Problem, ReporterError
from reporter.records.project import load
from reporter.records.relevance import sort_problems

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from reporter.records.project import Contents

children.default_signals()
pool.subprocess = warm.PROCESSES  # type: ignore[assignment, attr-defined]
Closed.compile = compiling.once  # type: ignore[method-assign, assignment]
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


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples where no marks but those of a quick run were asked for."""
    fuzzing.is_quick = not fuzzing.FUZZ and config.option.markexpr in config.getini("addopts")
    if fuzzing.is_quick:
        settings.load_profile("quick")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files whose tests take long, so that no process has one left at the end."""
    slow: Counter[Path] = Counter()
    for item in items:
        if item.get_closest_marker("full"):
            slow[item.path] += 1
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            slow[item.path] += 10
    items.sort(key=lambda item: -slow[item.path])


def pytest_collection_finish() -> None:
    """Let the collector of garbage pass over modules and tests, and come less often."""
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(scope="session")
def update(pytestconfig: pytest.Config) -> bool:
    """Return whether what is expected is to be written anew."""
    return bool(pytestconfig.getoption("--update"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a copy of the valid project, to be changed."""
    return shutil.copytree(VALID, tmp_path / "project")


@pytest.fixture
def cold(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let builds start a server of their own, as those of users do."""
    monkeypatch.setattr(pool, "subprocess", subprocess)


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
settings.register_profile("quick", settings.get_profile("repeatable"), max_examples=20)
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


def invoke(*arguments: str | Path, environment: dict[str, str | None] | None = None) -> Result:
    """Run ``reporter`` in this process; a start from a shell takes a second of each core more."""
    from reporter.cli import main

    command = [*map(str, arguments)]
    return CliRunner().invoke(main, command, env=environment, prog_name="reporter")


def page_of(root: Path, number: int, day: date) -> str:
    """Return the HTML of the briefing on a meeting, made in this process."""
    from reporter.choice import Choice
    from reporter.formats import html
    from reporter.language import language_of
    from reporter.reports.plan import plan
    from reporter.theme import Theme

    planned = plan(root, Choice("meeting", (number,)), day, asked=True)
    (task,) = planned.tasks(language_of(Theme.of(root), planned.library.project.language))
    return html.render(Theme.of(root), task.template, task.report, task.language)


def promise(name: str, by: str, text: str, due: str, about: str = "") -> str:
    """Return a promise as it stands in the list of the second meeting of the valid project."""
    of = f"      about: {about}\n" if about else ""
    return (
        f"    - id: {name}\n      by: {by}\n      verb: committed\n      text: {text}\n"
        f"      strength: committed\n      due: {due}\n{of}      source: statement-02#3\n"
    )


def with_promises(project: Path, promises: str) -> Path:
    """Put promises at the head of that list, and return the project."""
    path = project / "data" / "meetings" / "02.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  items:\n", f"  items:\n{promises}", 1), encoding="utf-8")
    return project


MARKED = (
    "handling: {marking: Restricted, drafted_by: The desk, cleared_by: The bureau, version: '2'}\n"
)


@pytest.fixture(scope="session")
def built(pytestconfig: pytest.Config) -> Path:
    """Return a folder with reports of every kind, in one folder per build; not to be changed.

    It is built once, whichever worker asks first, and kept for the next run as long as nothing
    changes of which it is made. ``all`` has all real reports, ``upcoming`` a meeting before its
    day, ``package`` one for which an office prepared everything, ``public`` a public edition on US
    Letter, and ``marked`` all reports of the small project with handling marking and imprint.
    """
    import fcntl

    cache = pytestconfig.cache
    assert cache is not None, "pytest runs without its cache"
    shared = cache.mkdir("built")
    done = shared / _made_of()
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            for old in filter(Path.is_dir, shared.iterdir()):
                shutil.rmtree(old)
            _build_all(shared / "building").rename(done)
    return done


def _made_of() -> str:
    """Return a digest of all that reports are made of."""
    made_of = hashlib.sha256(sys.version.encode())
    for name in ("reporter", "templates", "data", "tests/valid"):
        for path in sorted((ROOT / name).rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                made_of.update(path.relative_to(ROOT).as_posix().encode() + b"\0")
                made_of.update(hashlib.sha256(path.read_bytes()).digest())
    for path in (ROOT / ".ci" / "requirements-tests.txt", Path(__file__)):
        made_of.update(path.read_bytes())
    return made_of.hexdigest()[:16]


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
