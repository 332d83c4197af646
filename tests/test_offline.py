"""Tests that count connections: with the network blocked at the socket, every command works.

None of them asks for it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING
from urllib.request import urlopen

import children
import pytest
from conftest import ROOT

from reporter.formats import EXPORTS, PAGES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Loaded by every Python process before anything else, those that the command starts too.
GUARD = """
import os, socket, sys
def guard(event, arguments):
    if event == "socket.bind" and arguments[1][0] == "127.0.0.1" and "MAY_LISTEN" in os.environ:
        return
    local = event in {"socket.connect", "socket.bind"} and arguments[0].family == socket.AF_UNIX
    harmless = local or event in {"socket.__new__", "socket.gethostname"}
    if event.startswith("socket.") and not harmless:
        with open(os.environ["CALLS"], "a") as file:
            file.write(f"{event} {arguments[1:]}\\n")
        raise OSError(101, "Network is unreachable")
sys.addaudithook(guard)
open(os.environ["CALLS"] + "-seen", "a").write("x")
"""


@pytest.fixture
def guarded(tmp_path: Path) -> dict[str, str]:
    """Return an environment where no Python process reaches the network; each try is noted."""
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    return {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(tmp_path / "guard"), str(ROOT)]),
        "CALLS": str(tmp_path / "calls"),
        "SOURCE_DATE_EPOCH": "1751241600",
    }


def calls(environment: dict[str, str]) -> list[str]:
    """Return the calls that were tried."""
    path = environment["CALLS"]
    if not os.path.exists(path):  # noqa: PTH110 (it is a text)
        return []
    with open(path, encoding="utf-8") as file:  # noqa: PTH123 (as above)
        return file.read().splitlines()


def run(environment: dict[str, str], *arguments: str | Path) -> None:
    """Run a command, which must succeed."""
    command = [sys.executable, "-m", "reporter", *map(str, arguments)]
    done = children.run(
        command, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    "program",
    [
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import socket; socket.create_connection(('example.org', 80))",
        "import socket; socket.getaddrinfo('example.org', 80)",
        "import socket; socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('127.0.0.1', 9))",
        "import socket; socket.socket().bind(('', 0))",
        "from urllib.request import urlopen; urlopen('http://127.0.0.1:9/')",
        (
            "import subprocess, sys; subprocess.run([sys.executable, '-c', 'import socket; "
            'socket.socket().connect_ex(("127.0.0.1", 9))\'])'
        ),
    ],
)
def test_a_call_is_counted(guarded: dict[str, str], program: str) -> None:
    """The counter works: whatever a program does with the network is noted, and forbidden."""
    children.run([sys.executable, "-c", program], env=guarded, capture_output=True, check=False)
    assert len(calls(guarded)) == 1


@pytest.mark.full
def test_reading_needs_no_network(guarded: dict[str, str], project: Path, tmp_path: Path) -> None:
    """All commands that print nothing."""
    run(guarded, "check", "--project", project)
    run(guarded, "list", "--project", project)
    run(guarded, "schema", "--project", project)
    run(guarded, "init", tmp_path / "talks")
    run(guarded, "new", "agreement", "data-sharing", "--project", tmp_path / "talks")
    for shell in ("bash", "zsh", "fish"):
        run(guarded, "completion", shell)
    assert calls(guarded) == []


@pytest.mark.full
def test_building_needs_no_network(guarded: dict[str, str], project: Path) -> None:
    """A full build in every format, its check, and what reads its results use no network.

    The processes that it starts are counted, too.
    """
    forms = [word for form in (*PAGES, *EXPORTS) for word in ("--format", form)]
    run(guarded, "build", "--project", project, *forms)
    with open(guarded["CALLS"] + "-seen", encoding="utf-8") as file:  # noqa: PTH123 (it is a text)
        assert len(file.read()) >= 2
    run(guarded, "build", "--project", project, "--check")
    run(guarded, "verify", project / "output" / "meeting-01.pdf", "--project", project)
    run(guarded, "changes", project / "output" / "ledger.json", project / "output" / "ledger.json")
    assert calls(guarded) == []


@pytest.fixture
def serving(guarded: dict[str, str], project: Path) -> Iterator[str]:
    """Return the address of a served project; its process may listen on this machine only."""
    command = [
        sys.executable,
        "-u",
        "-m",
        "reporter",
        "serve",
        "--port",
        "0",
        "--no-open",
        "--project",
        str(project),
    ]
    with children.Child(
        command, env={**guarded, "MAY_LISTEN": "1"}, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        yield process.stdout.readline().split()[1]
        process.send_signal(signal.SIGTERM)


def test_serving_needs_no_network(guarded: dict[str, str], serving: str) -> None:
    """It listens on the loopback, and a page is there; it asks nobody for anything."""
    with urlopen(f"{serving}meeting-01.html") as answer:  # noqa: S310 (of this machine)
        assert answer.status == 200
        assert b"Bottom line" in answer.read()
    assert calls(guarded) == []
