"""A server of renderers that has imported everything already.

A build starts a process that imports what makes reports, and forks its workers from it. Here that
is done once: each build that a test runs in its own process gets a fork of it, with the variables,
the folder and the path of the moment. Builds that are started as from a shell, and the tests of the
pool, start a server of their own, as users do.
"""

from __future__ import annotations

import array
import os
import pickle
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import children

TESTS = Path(__file__).parent
_START = "import sys; sys.path[:0] = sys.argv[2:]; import warm; warm.wait(int(sys.argv[1]))"
_LENGTH, _HANDLES = 8, 2
_connections: dict[int, tuple[socket.socket, children.Child[str]]] = {}


class Server:
    """What a build knows of its server: as much of ``subprocess.Popen`` as the pool asks for."""

    def __init__(self, command: list[str], **how: Any) -> None:  # noqa: ANN401 (those of Popen)
        self._life, life = socket.socketpair()
        path = command[command.index("-c") + 4 :]
        message = pickle.dumps((how["env"], str(Path.cwd()), path))
        with life:
            handles = array.array("i", [*how["pass_fds"], life.fileno()])
            rights = [(socket.SOL_SOCKET, socket.SCM_RIGHTS, handles)]
            length = len(message).to_bytes(_LENGTH, "big")
            _connection().sendmsg([length], rights)
            _connection().sendall(message)
        self.pid = int.from_bytes(self._life.recv(_LENGTH), "big")

    def wait(self, patience: float | None = None) -> None:
        """Wait until it has ended."""
        if not self._has_ended(patience):
            raise subprocess.TimeoutExpired("server", patience or 0.0)

    def kill(self) -> None:
        """End it, if it has not ended."""
        if not self._has_ended(0):
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def _has_ended(self, patience: float | None) -> bool:
        """Return whether its end of the socket was closed, as it is by its death."""
        if self._life.fileno() >= 0 and select.select([self._life], [], [], patience)[0]:
            self._life.close()
        return self._life.fileno() < 0


def _connection() -> socket.socket:
    """Return the connection to the process that has imported everything."""
    if os.getpid() not in _connections:
        ours, theirs = socket.socketpair()
        with theirs:
            handle = theirs.fileno()
            started = children.Child(
                [sys.executable, "-c", _START, str(handle), str(TESTS.parent), str(TESTS)],
                pass_fds=[handle],
                stdout=subprocess.DEVNULL,
            )
        _connections[os.getpid()] = (ours, started)
    return _connections[os.getpid()][0]


def wait(handle: int) -> None:
    """Import everything, and fork a server for each build, until the tests end."""
    from importlib import import_module

    from reporter.formats import FORMATS
    from reporter.kinds import KINDS

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks with what a server ended
    views = [f"reporter.reports.{kind}.view" for kind in KINDS]
    for name in [*(form.module for form in FORMATS.values()), *views]:
        import_module(name)
    _make_one()
    tests = socket.socket(fileno=handle)
    size = array.array("i").itemsize
    while True:
        length, rights, *_ = tests.recvmsg(_LENGTH, socket.CMSG_LEN(_HANDLES * size))
        if not length:
            return
        handles = array.array("i")
        handles.frombytes(rights[0][2])
        message = tests.recv(int.from_bytes(length, "big"), socket.MSG_WAITALL)
        if not os.fork():  # noqa: TID251 (as the server of a build forks its workers)
            tests.close()
            _serve(handles[0], handles[1], *pickle.loads(message))  # noqa: S301 (of our own test)
        for given in handles:
            os.close(given)


def _make_one() -> None:
    """Make a report, so that what is read once for all has been read."""
    from datetime import date

    from reporter.choice import Choice
    from reporter.formats import html, pdf
    from reporter.language import language_of
    from reporter.reports.plan import plan
    from reporter.theme import Theme

    theme = Theme.of(TESTS / "valid")
    planned = plan(TESTS / "valid", Choice("meeting", (2,)), date(2025, 6, 30), asked=True)
    (task,) = planned.tasks(language_of(theme, planned.library.project.language))
    page = html.render(theme, task.template, task.report, task.language)
    pdf.render(theme, page, task.report.id)


def _serve(build: int, life: int, variables: dict[str, str], folder: str, path: list[str]) -> None:
    from reporter.outputs.workers import serve

    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.write(life, os.getpid().to_bytes(_LENGTH, "big"))
    os.environ.clear()
    os.environ.update(variables)
    time.tzset()
    tempfile.tempdir = None
    os.chdir(folder)
    sys.path[:] = path
    serve(build)
    sys.stderr.flush()
    os._exit(0)


PROCESSES = SimpleNamespace(
    Popen=Server, DEVNULL=subprocess.DEVNULL, TimeoutExpired=subprocess.TimeoutExpired
)
"""What stands for the module in the pool."""
