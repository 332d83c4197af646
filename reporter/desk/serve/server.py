"""Pages and news of them over HTTP, to this machine only, and there to whoever has the address.

A page as served differs from the one that a build writes by one script, which asks for news
(server-sent events), exchanges the page where it has changed, and lists the problems.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import secrets
import threading
from contextlib import contextmanager, suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import resources
from socketserver import TCPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from reporter.desk.serve.last_good import SETTLE
from reporter.formats.policy import served
from reporter.problems import capped, has_errors, stop

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reporter.desk.serve.last_good import Page, ServedPages

ADDRESS = "127.0.0.1"
# A page elsewhere can have its own name lead to this machine; the name then stands in ``Host``.
# The port is another one where it is forwarded.
OUR_HOST = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?", re.IGNORECASE)
BESIDE = ".js"  # the ending of what a page of ours may load
HEARTBEAT = 10.0  # seconds after which one finds out that a viewer has gone
BLANK = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>reporter</title>\
<meta name="viewport" content="width=device-width"></head><body><main></main></body></html>"""
_, POLICY = served("")  # of an answer that is no page
_SCRIPT = resources.files("reporter.desk.serve").joinpath("serve.js").read_text(encoding="utf-8")


class PreviewServer(ThreadingHTTPServer):
    """Listens on this machine only. Its other users do not know the key in the address."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, pages: ServedPages, port: int) -> None:
        self.pages = pages
        self.key = secrets.token_hex(16)
        super().__init__((ADDRESS, port), Handler)

    def server_bind(self) -> None:
        """Listen, and ask no name server what this machine is called, as http.server does."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = ADDRESS, self.socket.getsockname()[1]

    @property
    def address(self) -> str:
        """Where the first page is."""
        return f"http://{ADDRESS}:{self.server_port}/{self.key}/"


@contextmanager
def listening(pages: ServedPages, port: int) -> Iterator[PreviewServer]:
    """Answer requests in the background. Raises ReporterError where the port is taken."""
    try:
        server = PreviewServer(pages, port)
    except OSError as error:
        message = f"cannot listen on port {port}: {error.strerror}"
        stop(None, message, "choose another one with --port; 0 takes any that is free")
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield server
        finally:
            server.shutdown()


class Handler(BaseHTTPRequestHandler):
    """Answers a request: for a page, or for news of it."""

    server: PreviewServer
    server_version = "reporter"
    sys_version = ""
    default_request_version = "HTTP/1.0"  # so that each answer has its headers
    timeout = 60  # seconds for a request that does not end, or an answer that nobody takes

    def do_GET(self) -> None:
        """Answer with a page or with news."""
        self._is_begun = False
        with suppress(ConnectionError):  # the viewer has gone
            try:
                self._answer()
            except Exception:
                if not self._is_begun:
                    self.send_error(HTTPStatus.INTERNAL_SERVER_ERROR)
                raise

    def do_HEAD(self) -> None:
        """Answer as to GET, without the body."""
        self.do_GET()

    def _answer(self) -> None:
        hosts = self.headers.get_all("Host", [])
        if len(hosts) != 1 or not OUR_HOST.fullmatch(hosts[0]):
            self.send_error(HTTPStatus.FORBIDDEN, "This is served to this machine only.")
            return
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST, "This is no address.")
            return
        key, slash, name = path.removeprefix("/").partition("/")
        what, _, file = name.rpartition("/")
        page = file.removesuffix(".html")
        if not hmac.compare_digest(key.encode(), self.server.key.encode()):
            hint = "Open the whole address that 'reporter serve' has printed."
            self.send_error(HTTPStatus.FORBIDDEN, hint)
        elif not slash:
            self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", Location=f"/{key}/")
        elif what == "events":
            self._news(page)
        elif name in {"", f"{page}.html"}:
            self._page(page)
        elif name.endswith(BESIDE) and (part := self.server.pages.page(name)).html:
            self._send(HTTPStatus.OK, part.html, "text/javascript")
        else:
            hint = "Here are pages in HTML only; 'reporter build' makes the PDF."
            self.send_error(HTTPStatus.NOT_FOUND, hint)

    def send_error(
        self,
        code: int,
        message: str | None = None,
        explain: str | None = None,  # noqa: ARG002 (as http.server calls it)
    ) -> None:
        """Say in one line what is wrong; http.server does so by this, too."""
        status, more = HTTPStatus(code), {}
        if status == HTTPStatus.NOT_IMPLEMENTED:
            status, message = HTTPStatus.METHOD_NOT_ALLOWED, "Here one can only look."
            more = {"Allow": "GET, HEAD"}
        text = f"{message or status.description or status.phrase}\n"
        self._send(status, text.encode(errors="replace"), "text/plain", **more)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (http.server's name)
        """Say nothing of requests: the terminal is for problems."""

    def _page(self, name: str) -> None:
        page = self.server.pages.page(name)
        news = json.dumps(self._told(page)).replace("<", "\\u003c")
        script = _SCRIPT.replace('"NEWS"', news)
        html, policy = served((page.html or BLANK).decode(), script)
        before, end, after = html.rpartition("</body>")
        body = f'{before}<script id="reporter-serve">{script}</script>{end}{after}'
        missing = HTTPStatus.NOT_FOUND if page.gone else HTTPStatus.INTERNAL_SERVER_ERROR
        status = HTTPStatus.OK if page.html else missing
        self._send(status, body.encode(), "text/html", policy)

    def _told(self, page: Page) -> dict[str, object]:
        """Return what a viewer has to know of a page beside its content."""
        project = self.server.pages.request.project
        problems = capped(page.problems)
        lines = [problem.render(project).partition("\n") for problem in problems]
        return {
            "version": page.version,
            "head": hashlib.sha256((page.html or BLANK).partition(b"<body")[0]).hexdigest(),
            "shown": page.html is not None,
            "gone": page.gone,
            "wrong": has_errors(page.problems),
            "problems": [{"text": first, "hint": hint.strip()} for first, _, hint in lines],
        }

    def _news(self, name: str) -> None:
        """Tell a viewer of each change of a page, until one of us has gone."""
        self._head(HTTPStatus.OK, "text/event-stream")
        if self.command == "HEAD":
            return
        pages, told = self.server.pages, dict[str, object]()
        page = pages.page(name)
        while pages.wait(page, HEARTBEAT if told else 0):
            page = pages.page(name)
            if page.problems and pages.wait(page, SETTLE):
                page = pages.page(name)
            news = self._told(page)
            if news == told:
                self.wfile.write(b":\n\n")  # fails where the viewer has gone
            else:
                body = _body(page) if told and news["version"] != told["version"] else None
                self.wfile.write(f"data: {json.dumps({**news, 'body': body})}\n\n".encode())
            told = news

    def _send(
        self, status: HTTPStatus, body: bytes, kind: str, policy: str = POLICY, **more: str
    ) -> None:
        length = {"Content-Length": str(len(body))}
        self._head(status, f"{kind}; charset=utf-8", policy, **length, **more)
        if self.command != "HEAD":
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, kind: str, policy: str = POLICY, **more: str) -> None:
        """Begin an answer, and have a browser use what is in it by ``policy``, and keep nothing."""
        self._is_begun = True
        self.send_response(status)
        headers = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "Content-Security-Policy": policy,
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
            "X-Content-Type-Options": "nosniff",
            **more,
        }
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()


def _body(page: Page) -> str:
    _, begin, rest = (page.html or BLANK).partition(b"<body")
    return (begin + rest).decode()
