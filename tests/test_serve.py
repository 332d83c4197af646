"""Tests of the pages that are served while somebody writes."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING
from urllib.request import urlopen

import children
import pytest
from conftest import VALID
from serving import LIMIT, ask, change, command, get, news, request, serving

from reporter.desk.serve import names_of
from reporter.desk.serve.preview import Preview, RepeatedReading
from reporter.desk.serve.server import ADDRESS
from reporter.formats.policy import unsealed
from reporter.problems import ReporterError
from reporter.theme import default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.desk.serve.server import PreviewServer

pytestmark = pytest.mark.full

PAGE = "meeting-02.html"
ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    """Serve a copy of the valid project that nobody changes."""
    with serving(shutil.copytree(VALID, tmp_path_factory.mktemp("served") / "project")) as server:
        yield server


@pytest.fixture
def server(project: Path) -> Iterator[PreviewServer]:
    """Serve the valid project, to be changed."""
    with serving(project) as server:
        yield server


def test_a_page_is_served_with_the_script(served: PreviewServer) -> None:
    """The page of a report, and as the first page the one that was asked for."""
    status, text, _ = get(served, PAGE)
    assert status == 200
    assert "Second City" in text
    assert text.count('<script id="reporter-serve">') == 1
    assert get(served, "").text == text


def test_but_for_the_script_it_is_the_page_that_a_build_writes(served: PreviewServer) -> None:
    """Nothing else is added, and nothing is written to the project."""
    project = served.pages.request.project
    before = set(project.rglob("*"))
    text = get(served, PAGE).text
    page = Preview(request(project)).page("meeting-02")
    assert page.html
    added = r'<script id="reporter-serve">.*?</script>(?=</body>)'
    built = unsealed(page.html.decode())  # a page as served has its policy in a header
    assert re.sub(added, "", text, flags=re.DOTALL) == built
    assert set(project.rglob("*")) == before


def test_it_listens_on_this_machine_only(served: PreviewServer) -> None:
    """At the loopback address and at no other."""
    assert served.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize("end", ["", "/", f"/{PAGE}", f"/events/{PAGE}", "/x", "/favicon.ico"])
@pytest.mark.parametrize("change", ["", "x", "kez", "key+", "+key", "key-", "%00", "..", "%C3%A9"])
def test_who_has_not_the_key_sees_nothing(change: str, end: str, served: PreviewServer) -> None:
    """Another user of this machine, who knows the port but not the address; near is not enough."""
    key = served.key
    other = f"{key[:-1]}{'1' if key.endswith('0') else '0'}"
    keys = {"kez": other, "key+": f"{key}0", "+key": f"0{key}", "key-": key[:-1]}
    found = ask(served, f"/{keys.get(change, change)}{end}".encode().decode("latin-1"))
    assert (found.status, "Second" in found.text, key in str(found)) == (403, False, False)


def test_each_time_the_key_is_another_one(served: PreviewServer, server: PreviewServer) -> None:
    """It cannot be guessed."""
    assert served.key != server.key
    assert len(served.key) >= 32


def test_the_address_without_its_last_slash_leads_to_it(served: PreviewServer) -> None:
    """So that the links of the page lead to others."""
    found = ask(served, f"/{served.key}")
    assert (found.status, found.headers["Location"]) == (301, f"/{served.key}/")


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "example.org:8000",
        "127.0.0.1.example.org",
        "localhost.example.org:80",
        "localhost:8000:1",
        "localhost:x",
        "x@localhost",
        "127.0.0.2",
        "[::2]",
        "",
    ],
)
@pytest.mark.parametrize("path", ["", PAGE, f"events/{PAGE}"])
def test_another_name_is_refused(host: str, path: str, served: PreviewServer) -> None:
    """A page elsewhere whose name leads here reads nothing."""
    found = get(served, path, Host=host)
    assert (found.status, "Second" in found.text) == (403, False)


@pytest.mark.parametrize("name", ["localhost", "LocalHost", "127.0.0.1", "[::1]"])
@pytest.mark.parametrize("port", ["", ":1", ":8000", ":65535"])
def test_each_name_of_this_machine_is_good(name: str, port: str, served: PreviewServer) -> None:
    """With any port, since a port may be forwarded."""
    assert get(served, PAGE, Host=f"{name}{port}").status == 200


def raw(server: PreviewServer, *lines: str) -> tuple[int, dict[str, str]]:
    """Send lines as they are; return status and headers of the answer."""
    with socket.create_connection((ADDRESS, server.server_port), timeout=LIMIT) as connection:
        connection.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode("latin-1"))
        with connection.makefile("r", encoding="latin-1", newline="") as answer:
            status = answer.readline().split()[1]
            head = iter(answer.readline, "\r\n")
            return int(status), dict(line.rstrip().split(": ", 1) for line in head)


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("GET /KEY/meeting-02.html HTTP/1.1", 200),
        ("GET /KEY/events/meeting-02.html HTTP/1.1", 200),
        ("GET /KEY HTTP/1.1", 301),
        ("GET http://[ HTTP/1.1", 400),
        ("GET / HTTP/x", 400),
        ("GET", 400),
        ("GET a b c d", 400),
        ("GET / HTTP/1.1", 403),
        ("GET * HTTP/1.1", 403),
        ("GET /", 403),
        ("GET /KEY/x HTTP/1.1", 404),
        ("HEAD /KEY/x HTTP/1.1", 404),
        ("GET /KEY/meeting-99.html HTTP/1.1", 404),
        ("POST /KEY/ HTTP/1.1", 405),
        ("OPTIONS * HTTP/1.1", 405),
        ("PROPFIND / HTTP/1.1", 405),
        (f"GET /{'x' * 70000} HTTP/1.1", 414),
        ("GET / HTTP/3.0", 505),
    ],
)
def test_each_answer_says_that_nothing_may_be_loaded(
    line: str, status: int, served: PreviewServer, capfd: pytest.CaptureFixture[str]
) -> None:
    """Pages and errors alike, to whatever request; and the terminal is told of none."""
    found, headers = raw(served, line.replace("KEY", served.key), f"Host: {ADDRESS}")
    assert found == status
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert capfd.readouterr().err == ""


def test_a_fault_of_ours_is_an_answer_too(
    project: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """With the same headers, and a traceback on the terminal."""

    def fail(_name: str) -> None:
        raise ZeroDivisionError

    with serving(project) as server:
        monkeypatch.setattr(server.pages, "page", fail)
        found = get(server, PAGE)
        assert (found.status, "default-src" in str(found.headers)) == (500, True)
    assert "ZeroDivisionError" in capfd.readouterr().err


def test_two_hosts_are_none(served: PreviewServer) -> None:
    """A request that names two is refused."""
    line = f"GET /{served.key}/ HTTP/1.1"
    assert raw(served, line, "Host: localhost", "Host: example.org")[0] == 403


@pytest.mark.parametrize(
    "path",
    ["../pyproject.toml", "%2e%2e/data/project.yaml", "data/project.yaml", "meeting-02.pdf", "/x"],
)
def test_nothing_else_is_served(path: str, served: PreviewServer) -> None:
    """No file of the disk can be asked for."""
    found = get(served, path)
    assert (found.status, "HTML only" in found.text) == (404, True)


@pytest.mark.parametrize(
    "path",
    [
        "meeting-99.html",
        "agreement-x.html",
        "x.html",
        "%3Cscript%3Ealert(1)%3C/script%3E.html",
        f"meeting-{'9' * 5000}.html",
        f"compare-1-{'9' * 5000}.html",
    ],
)
def test_a_page_that_is_not_there_says_so(path: str, served: PreviewServer) -> None:
    """It can come to be while one looks at it, and its name is no markup."""
    found = get(served, path)
    assert found.status == 404
    assert "there is no" in found.text or "HTML only" in found.text
    assert "<script>alert" not in found.text


def test_pages_that_are_not_there_are_not_kept(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever asks for more and more of them, or for all that there are, fills no memory."""
    monkeypatch.setattr("reporter.desk.serve.last_good.MOST", 2)
    with serving(project) as server:
        for number in range(3, 9):
            assert get(server, f"meeting-{number:02}.html").status == 404
        assert server.pages._known == {}
        for name in ("meeting-01", "meeting-02", "ledger"):
            assert get(server, f"{name}.html").status == 200
        assert list(server.pages._known) == ["meeting-02", "ledger"]


@pytest.mark.parametrize(
    ("path", "status"),
    [(PAGE, 200), ("", 200), ("meeting-99.html", 404), ("x", 404), (f"events/{PAGE}", 200)],
)
def test_a_head_is_that_of_the_answer(path: str, status: int, served: PreviewServer) -> None:
    """The same headers without a body, also of news, which would never end."""
    found = get(served, path, "HEAD")
    assert (found.status, found.text) == (status, "")
    if not path.startswith("events"):
        full = get(served, path)
        assert found.headers | {"Date": ""} == full.headers | {"Date": ""}
        assert found.headers["Content-Length"] == str(len(full.text.encode()))


def test_a_save_is_told(server: PreviewServer, project: Path) -> None:
    """Who looks at the page gets its new body."""
    with news(server, PAGE) as events:
        first = next(events)
        assert first["body"] is None
        change(project / "data" / "meetings" / "02.yaml", "Second City", "Third City")
        second = next(events)
    assert "Third City" in second["body"]
    assert (second["version"] != first["version"], second["head"] == first["head"]) == (True, False)
    assert "Third City" in get(server, PAGE).text


@pytest.mark.parametrize("name", ["data/meetings", "data"])
def test_a_save_in_a_linked_folder_is_told(project: Path, name: str) -> None:
    """Records are read there, so that folder is watched: for those saved in place, new or gone."""
    (project / name).rename(project / "elsewhere")
    (project / name).symlink_to(project / "elsewhere")
    meetings = (project / "data" / "meetings").resolve()
    with serving(project) as server, news(server, PAGE) as events:
        next(events)
        with (meetings / "02.yaml").open("r+", encoding="utf-8") as record:
            text = record.read().replace("Second City", "Third City")
            record.seek(0)
            record.write(text)
            record.truncate()
        assert "Third City" in next(events)["body"]
        (meetings / "03.yaml").write_text("number: nonsense", encoding="utf-8")
        assert next(events)["wrong"]
        (meetings / "03.yaml").unlink()
        assert not next(events)["wrong"]


def test_a_problem_is_told_and_the_last_good_page_kept(
    server: PreviewServer, project: Path
) -> None:
    """With file and line; once it is mended it is gone."""
    record = project / "data" / "meetings" / "02.yaml"
    with news(server, PAGE) as events:
        good = next(events)
        change(record, "date: 2025-04-02/2025-04-03", "date: 2025-04-02/2025-04-31")
        bad = next(events)
        assert bad["version"] == good["version"]
        assert bad["problems"][0]["text"].startswith("data/meetings/02.yaml:")
        assert "that month has 30 days" in bad["problems"][0]["text"]
        assert "Second City" in get(server, PAGE).text
        change(record, "date: 2025-04-02/2025-04-31", "date: 2025-04-02/2025-04-03")
        assert next(events)["problems"] == []


def test_a_problem_elsewhere_is_a_warning(server: PreviewServer, project: Path) -> None:
    """A page that does not show the broken record is renewed."""
    change(project / "data" / "policies.yaml", "date: 2018", "date: 2018-13")
    page = "agreement-lander-agreement.html"
    with news(server, page) as events:
        next(events)
        change(
            project / "data" / "agreements" / "lander-agreement.yaml",
            "a lander together",
            "a big lander together",
        )
        found = next(item for item in events if "big lander" in (item["body"] or ""))
    assert found["wrong"] is False


def test_settings_that_are_wrong_keep_every_page(server: PreviewServer, project: Path) -> None:
    """Without settings there is no project, and still the last good page."""
    with news(server, PAGE) as events:
        next(events)
        change(project / "data" / "project.yaml", "language: en", "language: [en]")
        assert next(events)["wrong"] is True
    assert get(server, PAGE).status == 200


def test_a_template_is_followed(project: Path) -> None:
    """A change of the look reaches the page; a wrong template is a problem with its line."""
    own = project / "templates"
    own.mkdir()
    found = Preview(request(project))
    (own / "style.css").write_text(".ours { color: red }", encoding="utf-8")
    found.refresh()
    assert b".ours { color: red }" in (found.page("meeting-02").html or b"")
    (own / "meeting.html").write_text("{{ nothing.of.this }}", encoding="utf-8")
    found.refresh()
    page = found.page("meeting-02")
    assert page.html is None
    assert (page.problems[0].path, page.problems[0].line) == (own / "meeting.html", 1)


@pytest.mark.parametrize(
    ("name", "text", "seen"),
    [
        ("meeting.html", "<body>a template</body>", "a template"),
        ("look.css", ":root { --accent: #123456 }", "#123456"),
        ("crest.html", "<p>a crest</p>", "a crest"),
    ],
)
def test_a_look_that_comes_to_be_is_shown(
    name: str, text: str, seen: str, server: PreviewServer, project: Path
) -> None:
    """Also where there was no folder for it, and also when it goes."""
    with news(server, PAGE) as events:
        first = next(events)
        (project / "templates").mkdir()
        (project / "templates" / name).write_text(text, encoding="utf-8")
        while seen not in get(server, PAGE).text:
            next(events)
        shutil.rmtree(project / "templates")
        while next(events)["version"] != first["version"]:
            pass


def test_a_language_is_followed(server: PreviewServer, project: Path) -> None:
    """The words of a project's own."""
    own = project / "templates" / "languages" / "en.yaml"
    with news(server, PAGE) as events:
        assert "Bottom line" in get(server, PAGE).text
        next(events)
        own.parent.mkdir(parents=True)
        shutil.copyfile(default_templates() / "languages" / "en.yaml", own)
        change(own, "Bottom line", "In a word")
        while "In a word" not in (next(events)["body"] or get(server, PAGE).text):
            pass


def test_only_what_was_saved_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All other records are those that were read before, also after settings that were wrong."""
    found, read = RepeatedReading(project), []

    def note(_kind: object, path: Path, _bodies: object) -> tuple[()]:
        read.append(path.name)
        return ()

    found.contents()
    monkeypatch.setattr("reporter.desk.serve.preview.load_file", note)
    change(project / "data" / "project.yaml", "language: en", "language: [en]")
    with pytest.raises(ReporterError):
        found.contents()
    change(project / "data" / "project.yaml", "language: [en]", "language: en")
    change(project / "data" / "meetings" / "02.yaml", "Second City", "Third City")
    found.contents()
    assert read == ["02.yaml"]


def test_records_that_are_gone_are_forgotten(project: Path) -> None:
    """However many there have been."""
    found = RepeatedReading(project)
    found.contents()
    (project / "data" / "meetings" / "02.yaml").unlink()
    found.contents()
    assert {path.name for path in found._known if path.parent.name == "meetings"} == {"01.yaml"}


def loop(project: Path, template: str) -> Path:
    """Give a project a template that does not end."""
    own = project / "templates"
    own.mkdir(exist_ok=True)
    (own / template).write_text(ENDLESS, encoding="utf-8")
    return own / template


def test_pages_that_do_not_end_keep_no_other_waiting(project: Path) -> None:
    """However many there are; and once they are mended, nobody waits for the time limit."""
    endless = loop(project, "meeting.html")
    with serving(project, limit=9999) as server:
        found: list[int] = []
        waiting = [
            threading.Thread(target=lambda page=page: found.append(get(server, page).status))
            for page in ("meeting-01.html", "meeting-02.html", "meeting-02.html")
        ]
        for thread in waiting:
            thread.start()
        assert get(server, "ledger.html").status == 200
        assert get(server, "index.html").status == 200
        assert found == []
        time.sleep(1.5)  # what has just begun is not ended by a save
        endless.unlink()
        for thread in waiting:
            thread.join(LIMIT)
        assert found == [200, 200, 200]


@pytest.mark.long
def test_a_page_that_does_not_end_is_ended(project: Path) -> None:
    """At the time limit, with the place in its template; the next one is served."""
    endless = loop(project, "ledger.html")
    with serving(project, limit=8) as server:
        found = get(server, "ledger.html")
        assert found.status == 500
        assert f"{endless.relative_to(project)}:1:1: error: ledger: the template" in found.text
        assert get(server, PAGE).status == 200


@pytest.mark.parametrize("text", ["{{ 9 ** 9 ** 9 ** 9 }}", "{{ 'x' * 10 ** 12 }}"])
def test_a_page_that_takes_all_is_ended(text: str, project: Path) -> None:
    """Also where it cannot be interrupted; the next one is served."""
    own = project / "templates"
    own.mkdir()
    (own / "ledger.html").write_text(text, encoding="utf-8")
    with serving(project, limit=8) as server:
        assert get(server, "ledger.html").status == 500
        assert get(server, PAGE).status == 200


def test_whatever_died_is_started_anew(server: PreviewServer) -> None:
    """Nobody who looks at a page has to know."""
    assert get(server, PAGE).status == 200
    process = server.pages._renderer._process
    assert process.pid
    os.kill(process.pid, signal.SIGKILL)
    process.join(LIMIT)
    assert get(server, "ledger.html").status == 200


def test_templates_that_are_a_file_are_told_until_they_are_gone(project: Path) -> None:
    """Before it begins and while it runs; no page ends it."""
    (project / "templates").write_text("x", encoding="utf-8")
    with serving(project) as server, news(server, PAGE) as events:
        assert "a file, not a folder" in next(events)["problems"][0]["text"]
        (project / "templates").unlink()
        assert next(events)["shown"]


def test_a_port_that_is_taken_is_a_problem(project: Path) -> None:
    """With what to do."""
    with socket.create_server((ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        with command("--no-open", "--project", project, "--port", str(port)) as run:
            out, problems = run.communicate()
    assert (run.returncode, out) == (1, "")
    assert problems.startswith(f"error: cannot listen on port {port}: ")
    assert "--port" in problems


def is_gone(group: int) -> bool:
    """Return whether every process of a group ends within a few seconds."""
    for _ in range(LIMIT * 20):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("patience", [0, 1])
def test_it_ends_cleanly(sent: signal.Signals, patience: float, project: Path) -> None:
    """Ctrl-C gives exit code 0, no traceback, and no process is left, however early it comes."""
    with command("--no-open", "--project", project) as run:
        assert run.stdout
        assert run.stdout.readline().startswith("Serving http://127.0.0.1:")
        time.sleep(patience)
        children = [int(pid) for pid in descendants(run.pid)]
        assert children
        os.killpg(run.pid, sent)
        out, problems = run.communicate()
    assert (run.returncode, out, problems) == (0, "Ended\n", "")
    assert is_gone(run.pid)
    assert all(is_gone(os_group) for os_group in children)


def descendants(pid: int) -> list[str]:
    """Return the ids of the processes that one has started."""
    with open(f"/proc/{pid}/task/{pid}/children", encoding="ascii") as file:  # noqa: PTH123
        return file.read().split()


def test_a_save_is_told_on_the_terminal(project: Path) -> None:
    """With what is wrong then; the address comes first."""
    record = project / "data" / "meetings" / "02.yaml"
    with command("--no-open", "--project", project, stderr=subprocess.STDOUT) as run:
        assert run.stdout
        address = run.stdout.readline().split()[1]
        with urlopen(address, timeout=LIMIT) as answer:  # noqa: S310 (ours)
            assert answer.status == 200
        change(record, "date: 2025-04-02/2025-04-03", "date: 2025-04-02/2025-04-31")
        assert run.stdout.readline() == "data/meetings/02.yaml saved\n"
        assert run.stdout.readline().startswith("data/meetings/02.yaml:")
        run.send_signal(signal.SIGTERM)
        assert run.stdout.read().endswith("Ended\n")


def test_of_many_saves_the_first_are_named(tmp_path: Path) -> None:
    """As after a checkout of another branch, so that what is wrong can still be seen."""
    saved = [tmp_path / "data" / f"{number:04}.yaml" for number in range(1500)]
    assert names_of(saved[:2], tmp_path) == "data/0000.yaml, data/0001.yaml"
    told = names_of(saved, tmp_path)
    assert told.startswith("data/0000.yaml, data/0001.yaml, ")
    assert told.endswith("data/0008.yaml and 1,491 more")


PROGRAMS = ("browsh", "elinks", "links", "links2", "lynx", "w3m", "www-browser", "firefox", "own")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """Return a folder of browsers, each of which writes down what it was asked to show."""
    folder = tmp_path / "programs"
    folder.mkdir()
    for name in PROGRAMS:
        program = folder / name
        program.write_text(f'#!/bin/sh\necho "{name} $@" >> {folder}/ran\n', encoding="utf-8")
        program.chmod(0o755)
    (folder / "mine").symlink_to("w3m")
    return folder


def opened(programs: Path, **environment: str) -> str:
    """Return which programs ran to show an address."""
    code = "from reporter.desk.serve import open_in_browser as show; show('http://127.0.0.1:1/x/')"
    settings = {"PATH": f"{programs}:/bin", "TERM": "xterm", "HOME": str(programs), **environment}
    children.run(
        [sys.executable, "-c", code], env=settings, cwd=programs, timeout=LIMIT, check=True
    )
    return (programs / "ran").read_text(encoding="utf-8") if (programs / "ran").exists() else ""


@pytest.mark.parametrize(
    "browser", ["", "w3m", "lynx", "w3m %s", "links:lynx", "elinks %s:firefox", "mine", "/w3m"]
)
def test_no_browser_is_started_inside_the_terminal(browser: str, programs: Path) -> None:
    """Where there is no other one, or where that is the one that is wished for."""
    wished = browser.replace("/w3m", f"{programs}/w3m")
    assert opened(programs, **({"BROWSER": wished} if wished else {})) == ""


def test_a_browser_with_windows_is_opened(programs: Path) -> None:
    """With the address; the one that is wished for first."""
    address = "http://127.0.0.1:1/x/\n"
    assert opened(programs, BROWSER="own") == f"own {address}"
    (programs / "ran").unlink()
    assert opened(programs, BROWSER="own --new %s:w3m") == f"own --new {address}"
