"""Tests of what a build ended in the middle leaves: every output old or new, and whole."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pytest
from conftest import ROOT, VALID

from reporter.outputs.files import UNFINISHED
from reporter.outputs.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

DAY = ["--as-of", "2025-06-30"]
BEFORE = ["--as-of", "2025-06-29"]

pytestmark = pytest.mark.long


def command(project: Path, *options: str) -> list[str]:
    """Return the command that builds a project."""
    return [sys.executable, "-m", "reporter", "build", "--project", str(project), *options]


def start(
    project: Path, *options: str, before: Callable[[], None] | None = None
) -> children.Child[str]:
    """Start a build."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return children.Child(
        command(project, *options),
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=before,
    )


def finish(process: children.Child[str]) -> tuple[int, str, str]:
    """Return its exit code, and what it said."""
    out, err = process.communicate(timeout=300)
    return process.returncode, out, err


def outputs(project: Path) -> dict[str, bytes]:
    """Return all outputs."""
    return {
        path.name: path.read_bytes()
        for path in (project / "output").iterdir()
        if not path.name.startswith(".")
    }


def hidden(project: Path) -> list[str]:
    """Return the files that were not finished."""
    return sorted(
        path.name for path in (project / "output").iterdir() if path.name.endswith(UNFINISHED)
    )


@pytest.fixture(scope="module")
def states(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """Return a project with its outputs of one day, and what they are then and on another."""
    project = shutil.copytree(VALID, tmp_path_factory.mktemp("states") / "project")
    assert finish(start(project, *DAY))[0] == 0
    new = outputs(project)
    assert finish(start(project, *BEFORE))[0] == 0
    old = outputs(project)
    assert old.keys() == new.keys()
    assert all(old[name] != new[name] for name in old)
    return project, old, new


@pytest.fixture
def project(states: tuple[Path, dict[str, bytes], dict[str, bytes]], tmp_path: Path) -> Path:
    """Return a copy of that project."""
    return shutil.copytree(states[0], tmp_path / "project")


def started_by(pid: int) -> Iterator[int]:
    """Yield the processes that a process has started."""
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if (
                int(
                    folder.joinpath("stat")
                    .read_text(encoding="utf-8")
                    .rpartition(")")[2]
                    .split()[1]
                )
                == pid
            ):
                yield int(folder.name)


def workers(pid: int) -> list[int]:
    """Return the processes that make reports for a build: those that its server has started."""
    return [worker for server in started_by(pid) for worker in started_by(server)]


def wait_for(condition: Callable[[], object]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def check_whole(found: dict[str, bytes], old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Check that each output is the old one or the new one."""
    assert found.keys() == old.keys()
    assert [name for name in found if found[name] not in {old[name], new[name]}] == []


@pytest.mark.parametrize("seconds", [0.3, 1.5, 3.0, None])
def test_the_build_is_killed(
    project: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]], seconds: float | None
) -> None:
    """Nobody is left at work, and the next build finishes what was begun, and clears up."""
    _, old, new = states
    process = start(project, *DAY)
    if seconds is None:
        wait_for(lambda: outputs(project) != old)
        (project / "output" / f".meeting-01.pdf.abcd_123{UNFINISHED}").write_bytes(
            b"%PDF"
        )  # killed in the middle of writing
    else:
        time.sleep(seconds)
    at_work = [*started_by(process.pid), *workers(process.pid)]
    process.kill()
    finish(process)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in at_work))
    check_whole(outputs(project), old, new)
    assert finish(start(project, *DAY))[0] == 0
    assert outputs(project) == new
    assert hidden(project) == []


def test_a_worker_is_killed(
    project: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """Its report is named, all others are written, and the next build writes that one."""
    _, old, new = states
    process = start(project, *DAY, "--jobs", "1", "--force")
    wait_for(lambda: outputs(project) != old)
    (worker,) = workers(process.pid)
    os.kill(worker, signal.SIGKILL)
    code, out, err = finish(process)
    check_whole(outputs(project), old, new)
    assert (code, err.count("the renderer was killed (signal 9)")) == (1, 1)
    (failed,) = [line.split(": ")[1] for line in err.splitlines() if "was killed" in line]
    assert {name for name in old if outputs(project)[name] == old[name]} == {
        f"{failed}.html",
        f"{failed}.pdf",
    }
    assert len(out.splitlines()) == len(old) - 2
    assert finish(start(project, *DAY))[0] == 0
    assert outputs(project) == new


def test_the_disk_is_full(
    project: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """The file is named, stays as it was, nothing unfinished lies about; there is no traceback."""
    _, old, new = states
    largest = max(len(content) for content in new.values())
    process = start(project, *DAY, "--jobs", "1")
    wait_for(lambda: workers(process.pid))
    resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (largest - 1, largest - 1))
    code, _, err = finish(process)
    assert code == 1
    assert "cannot be written: File too large" in err
    assert "Traceback" not in err
    assert hidden(project) == []
    check_whole(outputs(project), old, new)
    assert finish(start(project, *DAY))[0] == 0
    assert outputs(project) == new


def test_no_room_for_temporary_files(
    project: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """The renderer needs some; without it, each report is named, and nothing is a traceback."""
    _, old, _ = states

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))

    code, _, err = finish(start(project, *DAY, "--meeting", "1", before=limit))
    assert code == 1
    assert "meeting-01: cannot be printed: File too large" in err
    assert "Traceback" not in err
    assert outputs(project) == old


def test_two_builds_at_once(
    project: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """One waits for the other; in the end everything is of one day, the manifest too."""
    _, old, new = states
    both = [start(project, *day, "--force") for day in (DAY, BEFORE)]
    said = [finish(process) for process in both]
    assert [code for code, _, _ in said] == [0, 0]
    assert sum("waiting for another build" in err for _, _, err in said) == 1
    assert outputs(project) in (old, new)
    assert hidden(project) == []
    day = DAY if outputs(project) == new else BEFORE
    assert finish(start(project, *day, "--check"))[0] == 0


def test_two_same_builds_at_once(
    tmp_path: Path, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """The second one finds everything done."""
    _, _, new = states
    project = shutil.copytree(VALID, tmp_path / "project")
    both = [start(project, *DAY) for _ in range(2)]
    counts = sorted(len(out.splitlines()) for _, out, _ in map(finish, both))
    assert counts == [0, len(new)]
    assert outputs(project) == new
    assert (project / "output" / NAME).exists()


def loop(project: Path, text: str) -> None:
    """Give the project a template that does this for the first meeting."""
    (project / "templates").mkdir()
    shutil.copy(ROOT / "templates" / "meeting.html", project / "templates")
    path = project / "templates" / "meeting.html"
    page = path.read_text(encoding="utf-8")
    path.write_text(
        page.replace(
            "{% block main %}",
            f"{{% block main %}}{{% if report.heading.number == 1 %}}{text}{{% endif %}}",
            1,
        ),
        encoding="utf-8",
    )


def test_a_template_that_never_ends(tmp_path: Path) -> None:
    """It is ended when its time is over, and costs its own report only."""
    project = shutil.copytree(VALID, tmp_path / "project")
    loop(project, "{% for x in range(99999) %}{% for y in range(99999) %}{% endfor %}{% endfor %}")
    code, out, err = finish(start(project, *DAY, "--format", "html", "--timeout", "8"))
    assert (code, err.count("meeting-01: the template took too long and was ended here")) == (1, 1)
    assert "meeting-01.html" not in out
    assert "meeting-02.html" in out


def test_out_of_memory(tmp_path: Path) -> None:
    """A report that needs more memory than there is costs itself only."""
    project = shutil.copytree(VALID, tmp_path / "project")
    loop(
        project,
        (
            "{% set ns = namespace(x='xxxxxxxxxx') %}{% for n in range(30) %}"
            "{% set ns.x = ns.x ~ ns.x %}{% endfor %}"
        ),
    )

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

    code, out, err = finish(start(project, *DAY, "--format", "html", before=limit))
    assert code == 1
    assert "meeting-01: " in err
    assert "meeting-01.html" not in out
    assert "meeting-02.html" in out
