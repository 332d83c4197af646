"""Serves projects for tests, and asks for their pages as a browser does."""

from __future__ import annotations

import http.client
import json
import multiprocessing
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import children
from conftest import ROOT

from reporter.desk.serve import followed, renderer
from reporter.desk.serve.last_good import Request
from reporter.desk.serve.server import ADDRESS, listening

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.desk.serve.server import PreviewServer

# Here a renderer is the fork of a process that has imported everything already, as in a build of a
# test (see ``warm``). Those of the command are started as users' are.
renderer._spawn = multiprocessing.get_context("forkserver")  # type: ignore[assignment]
renderer._spawn.set_forkserver_preload(["reporter.desk.serve.preview", "reporter.formats.html"])
DAY = date(2026, 11, 21)
LIMIT = 60  # seconds for anything; other tests run beside this one


def request(project: Path, first: str = "index", limit: float = 30) -> Request:
    """Return what is to be shown."""
    return Request(project, first, DAY, asked=False, limit=limit)


@contextmanager
def serving(project: Path, limit: float = 30) -> Iterator[PreviewServer]:
    """Serve a project, and follow what is saved in it."""
    asked = request(project, "meeting-02", limit)
    with followed(asked) as pages, listening(pages, 0) as server:
        yield server


class Answer(NamedTuple):
    """An answer to a request."""

    status: int
    text: str
    headers: dict[str, str]


def get(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for what is below the address."""
    return ask(server, f"/{server.key}/{path}", method, **headers)


def ask(server: PreviewServer, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask for a path as it is."""
    connection = http.client.HTTPConnection(ADDRESS, server.server_port, timeout=LIMIT)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return Answer(answer.status, answer.read().decode(), dict(answer.getheaders()))
    finally:
        connection.close()


def told(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what is told; fail where nothing is for a while, but for a sign of life."""
    quiet = 0
    for line in lines:
        quiet += line.startswith(b":")
        assert quiet < LIMIT / 10, "no news"
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


@contextmanager
def news(server: PreviewServer, page: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Listen to the news of a page."""
    connection = http.client.HTTPConnection(ADDRESS, server.server_port, timeout=LIMIT)
    connection.request("GET", f"/{server.key}/events/{page}")
    answer = connection.getresponse()
    try:
        yield told(answer)
    finally:
        answer.close()
        connection.close()


def change(path: Path, old: str, new: str) -> None:
    """Save a record in which ``old`` is replaced."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@contextmanager
# as Popen has it
def command(*words: str | Path, **how: Any) -> Iterator[children.Child[str]]:  # noqa: ANN401
    """Run ``reporter serve``, and end it and all that it started, where it does not end soon."""
    line = [sys.executable, "-m", "reporter", "serve", "--port", "0", *map(str, words)]
    how = {"cwd": ROOT, "stderr": subprocess.PIPE, **how}
    with children.Child(line, stdout=subprocess.PIPE, text=True, **how) as process:
        alarm = threading.Timer(LIMIT, process.end)
        alarm.start()
        try:
            yield process
        finally:
            alarm.cancel()
            process.end()
