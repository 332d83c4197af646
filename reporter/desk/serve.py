"""Shows a project in the browser, on this machine only, and each save at once: ``reporter serve``.

Nothing is written to ``output/``. A page as served differs from the one that a build writes by one script, which asks
for news (server-sent events), exchanges the page where it has changed, and lists the problems.
"""

from __future__ import annotations

import hashlib
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
from socketserver import TCPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reporter.desk.watch import changes, states
from reporter.outputs.warm import Warm
from reporter.problems import Problem, ReporterError, capped, printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reporter.outputs.warm import Maker, Page, Request

ADDRESS = "127.0.0.1"  # never another: there is no password
POLL = 0.01  # seconds between two looks at the files
HTTP_PORT = 80  # a browser leaves it out
SETTLE = 0.05  # seconds for which bad news wait: an editor may be in the middle of saving
HEARTBEAT = 10.0  # seconds after which one finds out that a viewer has gone
BLANK = b'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>reporter</title></head><body><main></main></body></html>'
_SCRIPT = resources.files("reporter").joinpath("desk", "serve.js").read_text(encoding="utf-8")
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


def preview(request: Request) -> Maker:
    """Return what makes the pages; called in a process of its own, so that this one starts at once."""
    from reporter.desk.preview import Preview  # noqa: PLC0415 (heavy: only in that process)

    return Preview(request)


def serve(
    request: Request, port: int, say: Callable[[str, Iterable[Problem]], None], *, browser: bool
) -> None:
    """Serve a project until Ctrl-C. ``say`` is told what happens: a line, and the problems there are."""
    signal.signal(
        signal.SIGTERM, signal.default_int_handler
    )  # whoever ends us ends the other process too
    try:
        with Warm(request, preview) as warm, listening(warm, port) as server:
            say(f"Serving {server.address} (Ctrl-C ends it)", warm.problems())
            if browser:  # in a thread of its own: some browsers keep whoever opened them waiting
                threading.Thread(
                    target=webbrowser.open, args=(server.address,), daemon=True
                ).start()
            for saved in follow(warm):
                say(f"{', '.join(saved)} saved", warm.problems())
    except KeyboardInterrupt:
        say("Ended", ())


def follow(warm: Warm) -> Iterator[list[str]]:
    """Refresh after each save; when no other save followed at once, yield the names of what was saved."""
    data = warm.request.project / "data"
    saved: set[Path] = set()
    before, since = warm.found, 0.0
    while not warm.closed:
        time.sleep(POLL)
        after = states(warm.folders)
        if found := changes(before, after):
            warm.refresh(theme=not all(path.is_relative_to(data) for path in found))
            saved.update(found)
            before, since = after, time.monotonic()
        elif saved and time.monotonic() - since > SETTLE:
            yield sorted(printable(os.path.relpath(path, warm.request.project)) for path in saved)
            saved.clear()


class Server(ThreadingHTTPServer):
    """Listens on this machine only."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, warm: Warm, port: int) -> None:
        self.warm = warm
        super().__init__((ADDRESS, port), Handler)
        self.hosts = frozenset(
            f"{name}{end}" for name in (ADDRESS, "localhost") for end in self._ends()
        )

    def server_bind(self) -> None:
        """Listen, and ask no name server what this machine is called, as http.server does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.socket.getsockname()[1]

    def _ends(self) -> tuple[str, ...]:
        return (
            (f":{self.server_port}", "")
            if self.server_port == HTTP_PORT
            else (f":{self.server_port}",)
        )

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{ADDRESS}:{self.server_port}/"


@contextmanager
def listening(warm: Warm, port: int) -> Iterator[Server]:
    """Answer requests in the background. Raises ReporterError where the port is taken."""
    try:
        server = Server(warm, port)
    except OSError as error:
        hint = "choose another one with --port; 0 takes any that is free"
        raise ReporterError(
            [Problem(None, f"cannot listen on port {port}: {error.strerror}", hint)]
        ) from None
    with server:
        threading.Thread(
            target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
        ).start()
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
            self._send(
                HTTPStatus.FORBIDDEN, b"This is served to this machine only.\n", "text/plain"
            )
            return
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            self._send(HTTPStatus.BAD_REQUEST, b"This is no address.\n", "text/plain")
            return
        name = path.removeprefix("/").removesuffix(".html")
        if path.startswith("/events/"):
            self._news(path.removeprefix("/events/").removesuffix(".html"))
        elif path in {f"/{name}.html", "/"}:
            self._page(name)
        else:
            text = "Here are pages in HTML only; 'reporter build' makes the PDF.\n"
            self._send(HTTPStatus.NOT_FOUND, text.encode(), "text/plain")

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name that http.server uses)
        """Say nothing of requests: the terminal is for problems."""

    def _page(self, name: str) -> None:
        page = self.server.warm.page(name)
        script = _SCRIPT.replace('"NEWS"', json.dumps(self._told(page)).replace("<", "\\u003c"))
        before, end, after = (page.html or BLANK).rpartition(b"</body>")
        body = b"".join(
            (before, f'<script id="reporter-serve">{script}</script>'.encode(), end, after)
        )
        self._send(HTTPStatus.OK if page.html else HTTPStatus.NOT_FOUND, body, "text/html")

    def _told(self, page: Page) -> dict[str, object]:
        """Return what a viewer has to know of a page beside its content."""
        problems = [
            {"text": first, "hint": hint.strip()}
            for problem in capped(page.problems)
            for first, _, hint in [problem.render(self.server.warm.request.project).partition("\n")]
        ]
        wrong = any(problem.severity == "error" for problem in page.problems)
        head = hashlib.sha256((page.html or BLANK).partition(b"<body")[0]).hexdigest()
        return {
            "version": page.version,
            "head": head,
            "shown": page.html is not None,
            "wrong": wrong,
            "problems": problems,
        }

    def _news(self, name: str) -> None:
        """Tell a viewer of each change of a page, until one of us has gone."""
        self._head(HTTPStatus.OK, "text/event-stream")
        if self.command == "HEAD":
            return
        told: dict[str, object] = {}
        try:
            while True:
                page = self.server.warm.page(name)
                if page.problems:
                    self.server.warm.wait(page, SETTLE)
                    page = self.server.warm.page(name)
                news = self._told(page)
                if news == told:
                    self.wfile.write(b":\n\n")  # fails where the viewer has gone
                else:
                    body = _body(page) if told and news["version"] != told["version"] else None
                    self.wfile.write(f"data: {json.dumps({**news, 'body': body})}\n\n".encode())
                told = news
                if not self.server.warm.wait(page, HEARTBEAT):
                    return
        except ConnectionError:
            return

    def _send(self, status: HTTPStatus, body: bytes, kind: str) -> None:
        try:
            self._head(status, f"{kind}; charset=utf-8", len(body))
            if self.command != "HEAD":
                self.wfile.write(body)
        except ConnectionError:
            return

    def _head(self, status: HTTPStatus, kind: str, length: int | None = None) -> None:
        self.send_response(status)
        for name, value in {"Content-Type": kind, **_HEADERS}.items():
            self.send_header(name, value)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.end_headers()


def _body(page: Page) -> str:
    _, begin, rest = (page.html or BLANK).partition(b"<body")
    return (begin + rest).decode()
