"""Tests of what a Python file in a project's folder may do: nothing, whatever its name is."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from importlib.metadata import packages_distributions
from typing import TYPE_CHECKING
from urllib.request import urlopen

import children
import pytest
from conftest import ROOT

if TYPE_CHECKING:
    from pathlib import Path

LIMIT = 120  # seconds; other tests run beside this one
NAMES = (sys.stdlib_module_names | set(packages_distributions())) - {"reporter", "__main__"}
TRAP = "import os\nwith open(os.environ['RAN'], 'a') as file:\n    file.write(__name__ + '\\n')\n"
PROGRAM = (
    "from reporter.cli import main\nif __name__ == '__main__':\n    main(prog_name='reporter')\n"
)
COMMANDS = {
    "check": ("check",),
    "list": ("list",),
    "build": ("build", "--as-of", "2025-06-30", "--jobs", "2", "--meeting", "1"),
    "completion": ("completion", "bash"),
    "complete": (),
    "serve": ("serve", "--no-open", "--port", "0"),
}


@pytest.fixture
def trapped(project: Path) -> Path:
    """Return a project with a file for each library that there is, which says that it ran."""
    for name in NAMES:
        (project / f"{name}.py").write_text(TRAP, encoding="utf-8")
    return project


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Return a program as an installation puts it beside Python."""
    (tmp_path / "bin").mkdir()
    path = tmp_path / "bin" / "reporter"
    path.write_text(PROGRAM, encoding="utf-8")
    return path


def ran(program: list[str], folder: Path, **environment: str) -> set[str]:
    """Return the names of the files in ``folder`` that a program ran, or let run, started there."""
    note = folder / "ran.txt"
    note.write_text("", encoding="utf-8")
    settings = {**os.environ, "PYTHONPATH": str(ROOT), "RAN": str(note), **environment}
    with children.Child(
        [sys.executable, *program],
        cwd=folder,
        env=settings,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        if "serve" in program:
            assert process.stdout
            address = process.stdout.readline().split()[1]
            with urlopen(address, timeout=LIMIT) as page:  # noqa: S310 (ours)
                assert page.read()
            process.send_signal(signal.SIGINT)
        process.communicate(timeout=LIMIT)
    return set(note.read_text(encoding="utf-8").split())


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS)
def test_no_file_of_the_project_runs(command: str, trapped: Path, script: Path) -> None:
    """In no process that a command starts, whatever library it has the name of."""
    environment = {
        "_REPORTER_COMPLETE": "bash_complete",
        "COMP_WORDS": "reporter ",
        "COMP_CWORD": "1",
    }
    more = environment if command == "complete" else {}
    assert ran([str(script), *COMMANDS[command]], trapped, **more) == set()


@pytest.mark.full
@pytest.mark.parametrize("command", COMMANDS)
def test_started_as_a_module_it_runs_none_either(command: str, trapped: Path) -> None:
    """But for what Python itself runs before it comes to us, which would end it there."""
    for name in needed():
        (trapped / f"{name}.py").unlink(missing_ok=True)
    assert (trapped / "json.py").exists()
    assert ran(["-m", "reporter", *COMMANDS[command]], trapped) == set()


def needed() -> list[str]:
    """Return the modules that Python loads before it runs another one by ``-m``."""
    program = [sys.executable, "-I", "-c", "import runpy, sys; print(*sys.modules)"]
    return children.run(
        program, capture_output=True, text=True, timeout=LIMIT, check=True
    ).stdout.split()


def test_the_current_folder_is_on_no_path(trapped: Path, script: Path) -> None:
    """Not even where it is named in PYTHONPATH, as an empty name does it."""
    path = os.pathsep.join(["", ".", str(ROOT), str(trapped)])
    program = [str(script), *COMMANDS["build"]]
    for name in needed():  # what is named there comes before the libraries of Python itself
        (trapped / f"{name}.py").unlink(missing_ok=True)
    assert ran(program, trapped, PYTHONPATH=path) & {"weasyprint", "multiprocessing"} == set()


@pytest.mark.full
def test_a_checkout_works_where_it_lies(project: Path) -> None:
    """It works uninstalled, with its folder as the current one, also where it starts processes."""
    shutil.copytree(
        ROOT / "reporter", project / "reporter", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(ROOT / "templates", project / "templates")
    (project / "weasyprint.py").write_text(TRAP, encoding="utf-8")
    assert ran(["-m", "reporter", *COMMANDS["build"]], project, PYTHONPATH="") == set()
    assert (project / "output" / "meeting-01.pdf").stat().st_size > 0


LOOK = """
import sys, ctypes.util
ran = []
sys.addaudithook(lambda event, found: ran.append(found[0]) if event == "subprocess.Popen" else None)
search = ctypes.util.find_library
import reporter.formats.pdf
print(ran, ctypes.util.find_library is search)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere libraries have other names")
def test_no_other_program_is_run_to_find_a_library() -> None:
    """Neither the compiler nor the linker has a part in a briefing."""
    run = [sys.executable, "-c", LOOK]
    done = children.run(run, capture_output=True, text=True, timeout=LIMIT, check=True, cwd=ROOT)
    assert done.stdout.split() == ["[]", "True"]
