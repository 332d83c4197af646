"""Tests of how tests start processes: however started, they end with the same verdict."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import children
import pytest
from conftest import ROOT, TESTS, VALID

if TYPE_CHECKING:
    from collections.abc import Callable

IGNORING = "trap '' INT QUIT HUP TERM; exec \"$@\""  # as `nohup`, or as `make test &` in a script
SIGNALS = """
import signal
numbers = signal.SIGINT, signal.SIGQUIT, signal.SIGHUP, signal.SIGTERM, signal.SIGUSR1
ignored = [number.name for number in numbers if signal.getsignal(number) is signal.SIG_IGN]
print(ignored, [number.name for number in signal.pthread_sigmask(signal.SIG_BLOCK, ())])
"""
STARTER = f"""
import signal, sys
sys.path.insert(0, {str(TESTS)!r})
import children
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGUSR1])
if sys.argv[1] == "mended":
    children.default_signals()
children.run([sys.executable, "-c", {SIGNALS!r}])
"""
FAMILY = ["sh", "-c", "sleep 600 & echo $!; wait"]


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait until something is so."""
    limit = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < limit
        time.sleep(0.02)


def is_gone(number: str) -> bool:
    """Return whether a process has ended; a zombie has."""
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="utf-8").split()[2] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize(
    ("how", "found"),
    [
        ("mended", "[] []\n"),
        ("as it is", "['SIGINT', 'SIGQUIT', 'SIGHUP', 'SIGTERM'] ['SIGUSR1']\n"),
    ],
)
def test_children_start_with_default_signals(how: str, found: str) -> None:
    """Signals that the tests were told to ignore, or that are blocked here, are default there."""
    command = ["sh", "-c", IGNORING, "sh", sys.executable, "-c", STARTER, how]
    assert children.run(command, capture_output=True, text=True, check=True).stdout == found


def test_this_process_lets_children_be_interrupted() -> None:
    """Here, too, and for children that do not come through the door."""
    assert signal.SIG_IGN not in {
        signal.getsignal(number) for number in signal.valid_signals() - children.OF_PYTHON
    }


@pytest.mark.full
def test_what_is_waited_for_in_vain_is_ended() -> None:
    """With all that it started; what it printed until then is not lost."""
    with pytest.raises(subprocess.TimeoutExpired) as caught:
        children.run(FAMILY, capture_output=True, timeout=2)
    wait_for(lambda: is_gone((caught.value.stdout or b"").decode().strip()))


def fail_beside_a_child(told: list[str]) -> None:
    """Start something that goes on, and fail."""
    with children.Child(FAMILY, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout
        told.append(child.stdout.readline().strip())
        raise ZeroDivisionError


def test_a_test_that_fails_waits_for_nobody() -> None:
    """What it started is ended at once."""
    begun = time.monotonic()
    told: list[str] = []
    with pytest.raises(ZeroDivisionError):
        fail_beside_a_child(told)
    assert time.monotonic() - begun < children.LIMIT / 2
    wait_for(lambda: is_gone(told[0]))


WAITING = """
import subprocess
import children

def test_waiting():
    with children.Child(["sleep", "600"], stdout=subprocess.PIPE) as child:
        child.stdout.read()

def test_other():
    pass
"""


@pytest.mark.full
def test_a_test_without_end_is_ended(tmp_path: Path) -> None:
    """It fails, the others are run, and the run comes to its end."""
    (tmp_path / "test_waiting.py").write_text(WAITING, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-c", str(ROOT / "pyproject.toml")]
    paths = [
        "--rootdir",
        str(tmp_path),
        "-p",
        "no:cacheprovider",
        "-n0",
        "-o",
        f"pythonpath={TESTS}",
    ]
    done = children.run(
        [*command, *paths, "-o", "timeout=2", str(tmp_path)], capture_output=True, text=True
    )
    assert "1 failed, 1 passed" in done.stdout, done.stdout + done.stderr


def test_every_test_has_a_limit(pytestconfig: pytest.Config) -> None:
    """A silent test ends after ten minutes; a watchdog holds if the first limit is disarmed."""
    assert 0 < float(pytestconfig.getini("timeout")) <= 600
    assert 0 < float(pytestconfig.getini("faulthandler_timeout")) <= 900
    assert pytestconfig.getini("faulthandler_exit_on_timeout")
    assert float(pytestconfig.getini("timeout")) > children.LIMIT


@pytest.mark.full
def test_in_the_background_the_verdict_is_the_same() -> None:
    """Tests that interrupt a server pass where SIGINT is ignored."""
    command = [sys.executable, "-m", "pytest", "-n0", "-m", "full", "-k", "test_it_ends_cleanly"]
    done = children.run(
        ["sh", "-c", IGNORING, "sh", *command, str(TESTS / "test_serve.py")],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert " passed" in done.stdout.splitlines()[-1], done.stdout + done.stderr
    assert "failed" not in done.stdout.splitlines()[-1]


def test_modes_bind_a_child_and_not_the_tests(tmp_path: Path) -> None:
    """A file that nobody may read is closed to the child; the tests keep their rights.

    The child still reads this checkout.
    """
    closed = tmp_path / "closed"
    closed.write_text("x", encoding="utf-8")
    closed.chmod(0)
    done = children.run(children.bound(["cat", str(closed)]), capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, b"")
    children.run(children.bound(["ls", str(TESTS)]), capture_output=True, check=True)
    children.run(children.bound([sys.executable, "-c", "import click"]), check=True)
    closed.chmod(0o600)
    assert closed.read_text(encoding="utf-8") == "x"


@pytest.mark.full
def test_what_workers_run_is_measured(tmp_path: Path) -> None:
    """``make coverage`` counts what a build runs in other processes."""
    settings = [f"--rcfile={ROOT / 'pyproject.toml'}", f"--data-file={tmp_path / 'found'}"]
    build = ["build", "--project", VALID, "--output", tmp_path / "out", "--meeting", "2"]
    measured = [sys.executable, "-m", "coverage"]
    run = partial(children.run, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    run([*measured, "run", "--parallel-mode", *settings, "-m", "reporter", *build])
    run([*measured, "combine", *settings])
    options = ["--include=reporter/outputs/workers.py", "--format=total"]
    told = run([*measured, "report", *settings, *options])
    assert int(told.stdout) > 60  # per cent: it fails in none of the ways that the rest is for
