"""Tests of printing on a Dask cluster.

A scheduler and workers are started here, on the loopback address.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import children
import pytest
from conftest import ROOT, VALID, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
DAY = ("--as-of", "2025-06-30")
BEFORE = ("--as-of", "2025-06-29")
NOBODY = "tcp://127.0.0.1:1"
STRANGER = (
    "import sys; sys.modules['reporter'] = None; "  # a process in which reporter is not installed
)
SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"


@dataclass(frozen=True)
class Running:
    """A process of a cluster, where it was started, and what it says."""

    process: children.Child[bytes]
    folder: Path

    @property
    def log(self) -> str:
        """What it said until now."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")

    def left(self) -> list[str]:
        """Return what builds have left where it works; folders may go while this looks."""
        return [
            name
            for _, folders, files in os.walk(self.folder)
            for name in (*folders, *files)
            if "reporter" in name
        ]


@dataclass
class Dask:
    """A cluster. It knows nothing of the folders in which builds are made."""

    stack: ExitStack
    folder: Path
    address: str = ""
    members: int = 0

    def start(self, code: str, *options: str, path: Path = ROOT) -> Running:
        """Start a process in an empty folder of its own."""
        self.members += 1
        folder = self.folder / str(self.members)
        (folder / "empty").mkdir(parents=True)
        settings = {**os.environ, "PYTHONPATH": str(path), "PYTHONSAFEPATH": "1"}
        with (folder / "log").open("wb") as log:
            command = [sys.executable, "-W", "ignore", "-c", code, *options, "--no-dashboard"]
            process: children.Child[bytes] = children.Child(
                command,
                cwd=folder / "empty",
                env=settings,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.stack.callback(end, process)
        return Running(process, folder)

    def scheduler(self) -> Running:
        """Start a scheduler, which needs no reporter."""
        scheduler = self.start(STRANGER + SCHEDULER, "--host", "127.0.0.1", "--port", "0")
        found = wait_for(lambda: re.search(r"Scheduler at: +(tcp://\S+)", scheduler.log))
        self.address = found[1]
        return scheduler

    def worker(self, code: str = WORKER, *, threads: int = 1, path: Path = ROOT) -> Running:
        """Start a worker, and wait until the scheduler knows it."""
        options = (
            "--nthreads",
            str(threads),
            "--no-nanny",
            "--host",
            "127.0.0.1",
            "--local-directory",
            ".",
        )
        worker = self.start(code, self.address, *options, path=path)
        wait_for(lambda: "Registered to:" in worker.log)
        return worker

    def build(self, project: Path, *options: str) -> subprocess.CompletedProcess[str]:
        """Build with this cluster."""
        return run("build", "--project", project, "--scheduler", self.address, *options)


def end(process: children.Child[bytes]) -> None:
    """End a process."""
    process.kill()
    process.wait()


def wait_for(condition: Callable[[], T | None]) -> T:
    """Wait until something is so, and return it."""
    limit = time.monotonic() + 120
    while not (found := condition()):
        assert time.monotonic() < limit
        time.sleep(0.02)
    return found


@contextmanager
def dask(folder: Path) -> Iterator[Dask]:
    """Start a cluster without workers."""
    with ExitStack() as stack:
        cluster = Dask(stack, folder)
        cluster.scheduler()
        yield cluster


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Dask]:
    """Return a cluster without workers."""
    with dask(tmp_path / "cluster") as found:
        yield found


def outputs(folder: Path) -> dict[str, bytes]:
    """Return all files of an output folder, the manifest too."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith(".lock")
    }


def started_by(pid: int) -> list[int]:
    """Return the processes that a process has started, the threads of a worker included."""
    found = [
        path.read_text(encoding="utf-8") for path in Path(f"/proc/{pid}/task").glob("*/children")
    ]
    return [int(child) for text in found for child in text.split()]


def check_words(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Check that a build failed in words."""
    assert done.returncode == 1, done.stderr
    assert [word for word in words if word not in done.stderr] == [], done.stderr
    assert "Traceback" not in done.stderr
    assert "distributed" not in done.stderr


@pytest.mark.parametrize(
    "address",
    [
        "",
        "127.0.0.1:8786",
        "tcp://127.0.0.1",
        "tcp://127.0.0.1:0",
        "tcp://127.0.0.1:65536",
        "tcp://:8786",
        "http://here:8786",
    ],
)
def test_an_address_that_is_none(address: str) -> None:
    """It is a wrong command, and the right form is shown."""
    done = run("build", "--scheduler", address)
    assert done.returncode == 2
    assert "write it as tcp://HOST:PORT" in done.stderr


@pytest.mark.parametrize("options", [("--check",), ("--format", "html")])
def test_nothing_to_print(options: tuple[str, ...]) -> None:
    """A scheduler beside options that print nothing is a wrong command."""
    done = run("build", "--scheduler", NOBODY, *options)
    assert done.returncode == 2
    assert "--scheduler is for printing PDF" in done.stderr


def test_what_it_needs_is_not_installed(project: Path) -> None:
    """The extra is named."""
    code = "import sys; sys.modules['distributed'] = None; from reporter.cli import main; main()"
    command = [
        sys.executable,
        "-c",
        code,
        "build",
        "--project",
        str(project),
        "--scheduler",
        NOBODY,
    ]
    done = children.run(
        command, cwd=ROOT, capture_output=True, encoding="utf-8", timeout=300, check=False
    )
    assert done.returncode == 1
    assert "pip install 'reporter-briefings[cluster]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.fuzz
@pytest.mark.long
def test_no_scheduler(project: Path) -> None:
    """It is waited for, and named; nothing is written.

    Where nothing is to be printed, nobody asks for it.
    """
    done = run(
        "build", "--project", project, "--meeting", "1", "--scheduler", NOBODY, "--timeout", "12"
    )
    check_words(done, f"no scheduler answers at {NOBODY}")
    assert not list((project / "output").glob("meeting*"))
    assert run("build", "--project", project, "--meeting", "1", *DAY).returncode == 0
    again = run("build", "--project", project, "--meeting", "1", *DAY, "--scheduler", NOBODY)
    assert (again.returncode, "0 written, 2 unchanged" in again.stderr) == (0, True)


@pytest.mark.long
def test_the_same_bytes(tmp_path: Path, cluster: Dask) -> None:
    """With one job, with two, and with a cluster that shares no folder with the build.

    Each builds from a folder of its own.
    """
    for name in ("one", "two", "other"):
        project = shutil.copytree(VALID, tmp_path / name)
        (project / "templates").mkdir()
        fonts = (ROOT / "templates" / "fonts.css").read_text(encoding="utf-8")
        swapped = fonts.replace("SourceSans3-Regular", "SourceSans3-Semibold")
        assert swapped != fonts
        (project / "templates" / "fonts.css").write_text(
            swapped, encoding="utf-8"
        )  # only a worker that has it prints the same
    workers = [cluster.worker() for _ in range(2)]
    done = [
        run("build", "--project", tmp_path / name, *DAY, "--jobs", jobs)
        for name, jobs in (("one", "1"), ("two", "2"))
    ]
    done.append(cluster.build(tmp_path / "other", *DAY))
    assert [
        (build.returncode, re.findall(".*(?:error|warning).*", build.stderr)) for build in done
    ] == [(0, [])] * 3
    one, two, clustered = (outputs(tmp_path / name / "output") for name in ("one", "two", "other"))
    assert len(one) >= 14
    assert [name for name in one if not one[name] == two.get(name) == clustered.get(name)] == []
    assert one.keys() == two.keys() == clustered.keys()
    wait_for(lambda: not any(started_by(worker.process.pid) for worker in workers))
    wait_for(lambda: not any(worker.left() for worker in workers))


@pytest.mark.full
def test_a_worker_with_two_threads(project: Path, cluster: Dask) -> None:
    """It is refused with its address and what to do; what was there stays.

    So it does where a worker is taken for the scheduler.
    """
    assert run("build", "--project", project, *BEFORE, "--meeting", "1").returncode == 0
    old = outputs(project / "output")
    worker = cluster.worker(threads=2)
    done = cluster.build(project, *DAY, "--meeting", "1")
    check_words(done, "cannot make reports: threads 2 (here 1)", "--nthreads 1")
    assert re.search(r"the worker tcp://127\.0\.0\.1:\d+ cannot", done.stderr)
    cluster.address = wait_for(lambda: re.search(r"Start worker at: +(tcp://\S+)", worker.log))[1]
    check_words(
        cluster.build(project, *DAY, "--meeting", "1"),
        f"no scheduler answers at {cluster.address}",
    )
    assert outputs(project / "output") == old


@pytest.mark.full
def test_a_worker_that_would_print_otherwise(tmp_path: Path, project: Path, cluster: Dask) -> None:
    """One with another reporter is refused with both versions, and one with none.

    No output is touched.
    """
    other = tmp_path / "other"
    shutil.copytree(
        ROOT / "reporter", other / "reporter", ignore=shutil.ignore_patterns("__pycache__")
    )
    with (other / "reporter" / "formats" / "pdf" / "fonts.py").open("a", encoding="utf-8") as file:
        file.write("# prints otherwise\n")
    cluster.worker(path=other)
    cluster.worker(STRANGER + WORKER)
    done = cluster.build(project, *DAY, "--meeting", "1")
    check_words(
        done,
        "cannot make reports: No module named 'reporter",
        "install there what is installed here",
        "has no worker that makes reports",
    )
    assert re.search(r"reports: reporter .*sources \w+\) \(here .*sources \w+\)\)", done.stderr)
    assert not list((project / "output").glob("meeting*"))


# A worker that sends what makes a folder, or worse, of who unpickles it, named after that process.
SENDING = """
import copyreg
import os
import pickle
from distributed import get_worker
from reporter.outputs import cluster

TRAP = exec, ("import os; os.makedirs({!r} + str(os.getpid()), exist_ok=True)",)

class Trap(Exception):
    def __reduce__(self):
        return TRAP

class Kind(type):
    pass

class Trapped(metaclass=Kind):
    pass

copyreg.pickle(Kind, lambda kind: TRAP)

def make(self, job):
    {}

cluster.Remote.make = make
"""


@pytest.mark.full
@pytest.mark.parametrize(
    "deed",
    [
        "return Trap()",
        "raise Trap()",
        "return Trapped()",
        "get_worker().log_event('warn', {'message': pickle.dumps(Trap())}); return b''",
        "return b'[{}]'",
        "return b'not what was asked for'",
        """return b'[{"files": {"../x.html": {"made_of": "", "content": "eA=="}}}]'""",
    ],
)
def test_a_worker_that_sends_something_else(
    tmp_path: Path, project: Path, cluster: Dask, deed: str
) -> None:
    """Nothing that a worker sends is run where the build is, or is written but as a page."""
    folder = tmp_path / "made"
    folder.mkdir()
    worker = cluster.worker(SENDING.format(f"{folder}/", deed) + WORKER)
    before = {*project.rglob("*")}
    done = cluster.build(project, *DAY, "--meeting", "1", "--timeout", "12")
    check_words(done, "error: ")
    made = {path.name for path in folder.iterdir()}
    assert made <= {str(worker.process.pid)}  # Dask tries there what it is to send
    new = {path.name for path in {*project.rglob("*")} - before}
    assert new <= {"output", ".reporter.json", ".reporter.lock"}


@pytest.mark.fuzz
@pytest.mark.long
def test_a_worker_that_comes_late_and_is_unfit(
    tmp_path: Path, cluster: Dask, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """It gets nothing to print; the others finish, and it is named in a warning.

    So it is if it came first.
    """
    project = shutil.copytree(states[0], tmp_path / "project")
    worker = cluster.worker()
    process = start(project, cluster, "--force")
    for printer in (printers := started_by(worker.process.pid)):
        os.kill(printer, signal.SIGSTOP)
    cluster.worker(threads=2)
    time.sleep(3)  # the build looks twice a second who is there
    for printer in printers:
        os.kill(printer, signal.SIGCONT)
    done = finish(process)
    assert (done.returncode, done.stderr.count("warning: the worker ")) == (0, 1), done.stderr
    assert "threads 2 (here 1)" in done.stderr
    assert outputs(project / "output") == states[2]
    again = cluster.build(project, *DAY, "--force")
    assert (again.returncode, again.stderr.count("warning: the worker ")) == (0, 1), again.stderr


@pytest.mark.long
def test_no_worker(project: Path, cluster: Dask) -> None:
    """One is waited for, and it is said how to start one."""
    done = cluster.build(project, *DAY, "--meeting", "1")
    check_words(
        done,
        f"the scheduler at {cluster.address} has no worker",
        f"dask worker {cluster.address} --nthreads 1",
    )


@pytest.mark.full
def test_a_report_that_ends_its_workers(project: Path, cluster: Dask) -> None:
    """It fails by name when it has cost three."""
    dying = [cluster.worker(SENDING.format("", "os._exit(1)") + WORKER) for _ in range(3)]
    done = cluster.build(project, *DAY, "--meeting", "1")
    check_words(done, "meeting-01: 3 workers were lost while they made it")
    assert [worker.process.wait() for worker in dying] == [1] * 3


@pytest.fixture(scope="module")
def states(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, bytes], dict[str, bytes]]:
    """Return a project with its outputs of one day, and what they are then and on another."""
    project = shutil.copytree(VALID, tmp_path_factory.mktemp("states") / "project")
    run("build", "--project", project, *DAY, check=True)
    new = outputs(project / "output")
    run("build", "--project", project, *BEFORE, check=True)
    return project, outputs(project / "output"), new


def start(project: Path, cluster: Dask, *options: str) -> children.Child[str]:
    """Start a build with a cluster, and return when it has written something."""
    before = outputs(project / "output")
    command = [
        sys.executable,
        "-m",
        "reporter",
        "build",
        "--project",
        str(project),
        "--scheduler",
        cluster.address,
        *DAY,
        *options,
    ]
    settings = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = children.Child(
        command, env=settings, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    )
    wait_for(lambda: outputs(project / "output") != before or process.poll() is not None)
    return process


def finish(process: children.Child[str]) -> subprocess.CompletedProcess[str]:
    """Return how a build ended, and what it said."""
    out, err = process.communicate(timeout=300)
    return subprocess.CompletedProcess([], process.returncode, out, err)


def check_whole(project: Path, old: dict[str, bytes], new: dict[str, bytes]) -> None:
    """Check that each output is the old one or the new one."""
    found = {
        name: content
        for name, content in outputs(project / "output").items()
        if not name.startswith(".")
    }
    assert [name for name in found if found[name] not in {old[name], new[name]}] == []


@pytest.mark.fuzz
def test_a_worker_is_killed(
    tmp_path: Path, cluster: Dask, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """What it had to print is printed by the other, and by one that joins later."""
    project = shutil.copytree(states[0], tmp_path / "project")
    first, _ = cluster.worker(), cluster.worker()
    process = start(project, cluster)
    end(first.process)
    cluster.worker()
    done = finish(process)
    assert (done.returncode, done.stderr.count("error")) == (0, 0)
    assert outputs(project / "output") == states[2]


@pytest.mark.fuzz
@pytest.mark.long
def test_a_worker_stands_still(
    tmp_path: Path, cluster: Dask, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """What it was to print another one prints, when the time for it is over."""
    project = shutil.copytree(states[0], tmp_path / "project")
    still = cluster.worker()
    process = start(project, cluster, "--force", "--timeout", "8")
    still.process.send_signal(signal.SIGSTOP)
    cluster.worker()
    done = finish(process)
    assert (done.returncode, done.stderr.count("error")) == (0, 0), done.stderr
    assert outputs(project / "output") == states[2]


@pytest.mark.fuzz
@pytest.mark.long
@pytest.mark.parametrize("who", ["scheduler", "workers"])
def test_all_is_lost(
    tmp_path: Path, who: str, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """A build whose cluster is gone says so; every output is left old or new, and whole."""
    project = shutil.copytree(states[0], tmp_path / "project")
    with ExitStack() as stack:
        cluster = Dask(stack, tmp_path / "cluster")
        scheduler = cluster.scheduler()
        worker = cluster.worker()
        process = start(project, cluster, "--timeout", "30")
        end((scheduler if who == "scheduler" else worker).process)
        done = finish(process)
    gone = f"the scheduler at {cluster.address} "
    check_words(done, gone + ("is gone" if who == "scheduler" else "has no worker"))
    check_whole(project, states[1], states[2])


@pytest.mark.long
def test_a_report_that_hangs_or_dies(
    tmp_path: Path, cluster: Dask, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """It is named with its worker, and costs itself only."""
    project = shutil.copytree(states[0], tmp_path / "project")
    worker = cluster.worker()
    for what, words in (
        (signal.SIGSTOP, "took too long and was ended"),
        (signal.SIGKILL, "was killed (signal 9)"),
    ):
        process = start(project, cluster, "--timeout", "30", "--force")
        (server,) = started_by(worker.process.pid)
        for printer in started_by(server):
            os.kill(printer, what)
        done = finish(process)
        check_words(done, words, "on the worker tcp://127.0.0.1:", " 1 failed")
        check_whole(project, states[1], states[2])


@pytest.mark.long
def test_the_build_is_interrupted(
    tmp_path: Path, cluster: Dask, states: tuple[Path, dict[str, bytes], dict[str, bytes]]
) -> None:
    """However it ends, the cluster is free and nothing is left on its workers.

    The next build finishes what was begun.
    """
    project = shutil.copytree(states[0], tmp_path / "project")
    worker = cluster.worker()
    for how in (signal.SIGINT, signal.SIGKILL):
        process = start(project, cluster, "--force")
        process.send_signal(how)
        assert "Traceback" not in finish(process).stderr
        wait_for(lambda: not started_by(worker.process.pid) and not worker.left())
        check_whole(project, states[1], states[2])
    assert cluster.build(project, *DAY).returncode == 0
    assert outputs(project / "output") == states[2]
