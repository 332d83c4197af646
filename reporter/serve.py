"""Shows a project in the browser, on this machine only, and each save at once: ``reporter serve``.

Nothing is written to ``output/``. A page as served differs from the one that a build writes by one script, which asks
for news (server-sent events), exchanges the page where it has changed, and lists the problems.
"""

from __future__ import annotations

import json
import os
import signal
import threading
import time
import webbrowser
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reporter.preview import state_of
from reporter.problems import Problem, ReporterError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from reporter.preview import Page, Preview, State

ADDRESS = "127.0.0.1"  # never another: there is no password
POLL = 0.02  # seconds between two looks at the files
HTTP_PORT = 80  # a browser leaves it out
SETTLE = 0.05  # an editor may be in the middle of saving: how long bad news wait
HEARTBEAT = 10.0  # seconds after which one finds out that a viewer has gone
BLANK = b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>reporter</title></head><body><main></main></body></html>'
_SCRIPT = resources.files("reporter").joinpath("serve.js").read_text(encoding="utf-8")
# What is inside the page, as in the file that a build writes, and news from here; nothing from anywhere else.
_POLICY = (
    "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def serve(preview: Preview, port: int, say: Callable[[str, Iterable[Problem]], None], *, browser: bool) -> None:
    """Serve ``preview`` until Ctrl-C. ``say`` is told what happens: a line, and the problems there are."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever ends us ends the renderer too
    try:
        with listening(preview, port) as server, preview:
            say(f"Serving {server.address} (Ctrl-C ends it)", preview.problems)
            if browser:  # in a thread of its own: some browsers keep whoever opened them waiting
                threading.Thread(target=webbrowser.open, args=(server.address,), daemon=True).start()
            for changed in follow(preview):
                preview.tell()
                say(f"{', '.join(changed)} saved", preview.problems)
    except KeyboardInterrupt:
        say("Ended", ())


def follow(preview: Preview) -> Iterator[list[str]]:
    """Refresh the preview after each save, and yield the names of what was saved."""
    before = states(preview.folders)
    while True:
        time.sleep(POLL)
        after = states(preview.folders)
        if after == before:
            continue
        changed = sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))
        data, before = f"{preview.project / 'data'}{os.sep}", after
        preview.refresh(theme=any(not path.startswith(data) for path in changed))
        if preview.problems:
            time.sleep(SETTLE)
            if states(preview.folders) != before:
                continue
        yield [os.path.relpath(path, preview.project) for path in changed]


def states(folders: Iterable[Path]) -> dict[str, State]:
    """Return the state of every file in the folders, hidden ones left out: editors keep their own there."""
    return {path: state for folder in folders for path, state in _scan(str(folder))}


def _scan(folder: str) -> Iterator[tuple[str, State]]:
    try:
        entries = [entry for entry in os.scandir(folder) if not entry.name.startswith(".")]
    except OSError:  # not there, or no longer
        return
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            yield from _scan(entry.path)
        else:
            yield entry.path, state_of(Path(entry.path))


class Server(ThreadingHTTPServer):
    """Listens on this machine only."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, preview: Preview, port: int) -> None:
        self.preview = preview
        super().__init__((ADDRESS, port), Handler)
        self.hosts = frozenset(f"{name}{end}" for name in (ADDRESS, "localhost") for end in self._ends())

    def _ends(self) -> tuple[str, ...]:
        return (f":{self.server_port}", "") if self.server_port == HTTP_PORT else (f":{self.server_port}",)

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{ADDRESS}:{self.server_port}/"


@contextmanager
def listening(preview: Preview, port: int) -> Iterator[Server]:
    """Answer requests in the background. Raises ReporterError where the port is taken."""
    try:
        server = Server(preview, port)
    except OSError as error:
        hint = "choose another one with --port; 0 takes any that is free"
        raise ReporterError([Problem(None, f"cannot listen on port {port}: {error.strerror}", hint)]) from None
    with server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class Handler(BaseHTTPRequestHandler):
    """Answers a request: for a page, or for news of it."""

    server: Server
    server_version = "reporter"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer with a page or with news, but only to a browser that asked for this address.

        A page elsewhere can have its own name lead to this machine (DNS rebinding); the name then stands in ``Host``.
        """
        if self.headers.get("Host") not in self.server.hosts:
            self._send(HTTPStatus.FORBIDDEN, b"This is served to this machine only.\n", "text/plain")
            return
        path = unquote(urlsplit(self.path).path)
        name = path.removeprefix("/").removesuffix(".html")
        if path.startswith("/events/"):
            self._news(path.removeprefix("/events/").removesuffix(".html"))
        elif path in {f"/{name}.html", "/"}:
            self._page(name)
        else:
            text = "Here are pages in HTML only; 'reporter build' makes the PDF.\n"
            self._send(HTTPStatus.NOT_FOUND, text.encode(), "text/plain")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server uses)
        """Say nothing of requests: the terminal is for problems."""

    def _page(self, name: str) -> None:
        page = self.server.preview.page(name)
        html = page.html or BLANK
        script = _SCRIPT.replace('"NEWS"', json.dumps(self._told(page)).replace("<", "\\u003c"))
        before, end, after = html.rpartition(b"</body>")
        body = b"".join((before, f'<script id="reporter-serve">{script}</script>'.encode(), end, after))
        self._send(HTTPStatus.OK if page.html else HTTPStatus.NOT_FOUND, body, "text/html", page.version)

    def _told(self, page: Page) -> dict[str, object]:
        problems = [
            {"severity": problem.severity, "text": first, "hint": hint.strip()}
            for problem in page.problems
            for first, _, hint in [problem.render(self.server.preview.project).partition("\n")]
        ]
        wrong = any(problem.severity == "error" for problem in page.problems)
        return {"version": page.version, "shown": page.html is not None, "wrong": wrong, "problems": problems}

    def _news(self, name: str) -> None:
        """Tell a viewer of each change of a page, until one of us has gone."""
        self._head(HTTPStatus.OK, "text/event-stream")
        told: dict[str, object] = {}
        try:
            while True:
                page = self.server.preview.page(name)
                news = self._told(page)
                self.wfile.write(b":\n\n" if news == told else f"data: {json.dumps(news)}\n\n".encode())
                told = news
                if not self.server.preview.wait(page, HEARTBEAT):
                    return
        except ConnectionError:
            return

    def _send(self, status: HTTPStatus, body: bytes, kind: str, version: str = "") -> None:
        try:
            self._head(status, f"{kind}; charset=utf-8", {"Content-Length": str(len(body)), "ETag": f'"{version}"'})
            self.wfile.write(body)
        except ConnectionError:
            return

    def _head(self, status: HTTPStatus, kind: str, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **_HEADERS, **(more or {})}.items():
            self.send_header(name, value)
        self.end_headers()
