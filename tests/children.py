"""The one door through which tests start processes: with default signals, waited for with a limit.

Whoever starts the tests may have told them to ignore signals: ``nohup``, ``make test &`` in a
script. Every child inherits what is ignored, and then a server that should end at SIGINT never
does.
"""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from typing import TYPE_CHECKING, AnyStr

LIMIT = 500  # seconds; a test has a little more, see pyproject.toml
OF_PYTHON = {  # ignored by Python itself, which gives them back to children
    signal.SIGPIPE,
    signal.SIGXFSZ,
}


def default_signals() -> None:
    """Let all children of this process start with default signals, whoever starts them.

    A signal that is ignored stays ignored in children; one that is handled falls back to its
    default there.
    """
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    for number in signal.valid_signals() - OF_PYTHON:
        if signal.getsignal(number) is signal.SIG_IGN:
            interrupts = number == signal.SIGINT
            signal.signal(number, signal.default_int_handler if interrupts else _pass_over)


def _pass_over(*_: object) -> None:
    """Do nothing: here the signal stays without effect."""


class Child(subprocess.Popen[AnyStr]):
    """A process in its own session. When waiting times out, it is ended with all its children."""

    if not TYPE_CHECKING:  # so that the types stay those of Popen

        def __init__(self, command, **how):
            how = {"stdin": subprocess.DEVNULL, "start_new_session": True, **how}
            super().__init__(command, **how)

        def __exit__(self, kind, *more):
            if kind is not None:
                self.end()
            super().__exit__(kind, *more)

        def wait(self, timeout=None):
            """Return the exit code."""
            try:
                return super().wait(LIMIT if timeout is None else timeout)
            except subprocess.TimeoutExpired:
                self.end()
                raise

        def communicate(self, input=None, timeout=None):
            """Return what is printed."""
            try:
                return super().communicate(input, LIMIT if timeout is None else timeout)
            except BaseException:
                self.end()
                raise

    def end(self) -> None:
        """End the process and all that it started."""
        if self.returncode is None:
            with suppress(ProcessLookupError):
                os.killpg(self.pid, signal.SIGKILL)


if TYPE_CHECKING:
    run = subprocess.run
else:

    def run(command, *, capture_output=False, input=None, timeout=None, check=False, **how):
        """Run a command to its end, as ``subprocess.run`` does."""
        if capture_output:
            how |= {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
        if input is not None:
            how["stdin"] = subprocess.PIPE
        with Child(command, **how) as child:
            printed = child.communicate(input, timeout)
        done = subprocess.CompletedProcess(command, child.returncode, *printed)
        if check:
            done.check_returncode()
        return done


DROPPED = "-dac_override,-dac_read_search"


def bound(command: list[str]) -> list[str]:
    """Return the command bound by file modes: as root, the child gives up the power to ignore them.

    Only this child does. It stays root, and can read what is root's own; a checkout in /root is
    closed to everybody else.
    """
    if os.geteuid() != 0:
        return command
    return ["setpriv", "--bounding-set", DROPPED, "--inh-caps", DROPPED, *command]
