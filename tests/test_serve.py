"""Tests of the pages that are served while somebody writes."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from datetime import date
from typing import TYPE_CHECKING, Any

import children
import pytest
from conftest import TESTS, VALID

from reporter.desk.preview import Preview
from reporter.desk.serve import ADDRESS, follow, listening, preview
from reporter.desk.watch import changes, states
from reporter.outputs.warm import Request, Warm

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from reporter.desk.serve import Server

DAY = date(2026, 11, 21)
PAGE = "/meeting-02.html"


def request(project: Path, first: str = "index") -> Request:
    """Return what is to be shown."""
    return Request(project, first, DAY, asked=False)


@contextmanager
def serving(project: Path) -> Iterator[Server]:
    """Serve a project, and refresh it after each save."""
    with Warm(request(project, "meeting-02"), preview) as warm, listening(warm, 0) as server:
        following = threading.Thread(target=lambda: [None for _ in follow(warm)], daemon=True)
        following.start()
        yield server
    following.join()


def test_a_save_during_the_first_reading_is_seen(project: Path) -> None:
    """What was saved after the records were first read, and before anybody looked at the files, is read again."""
    with Warm(request(project), preview) as warm:
        assert warm.problems() == ()
        (project / "data" / "meetings" / "02.yaml").write_text("number: two", encoding="utf-8")
        saved: list[str] = []
        following = threading.Thread(
            target=lambda: saved.extend(next(follow(warm), [])), daemon=True
        )
        following.start()
        following.join(10)
        assert saved == ["data/meetings/02.yaml"]
        assert warm.problems() != ()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Serve a copy of the valid project that nobody changes."""
    with serving(shutil.copytree(VALID, tmp_path_factory.mktemp("served") / "project")) as server:
        yield server


@pytest.fixture
def server(project: Path) -> Iterator[Server]:
    """Serve the valid project, to be changed."""
    with serving(project) as server:
        yield server


def get(server: Server, path: str, **headers: str) -> tuple[int, str, dict[str, str]]:
    """Return status, text and headers of an answer."""
    connection = http.client.HTTPConnection(ADDRESS, server.server_port, timeout=30)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), dict(answer.getheaders())
    finally:
        connection.close()


def told(lines: Iterable[bytes]) -> Iterator[dict[str, Any]]:
    """Yield what is told; fail where nothing is for a while, but for a sign of life."""
    quiet = 0
    for line in lines:
        quiet += line.startswith(b":")
        assert quiet < 5, "no news"
        if line.startswith(b"data: "):
            yield json.loads(line.removeprefix(b"data: "))


@contextmanager
def news(server: Server, path: str) -> Iterator[Iterator[dict[str, Any]]]:
    """Listen to the news of a page."""
    connection = http.client.HTTPConnection(ADDRESS, server.server_port, timeout=30)
    connection.request("GET", f"/events{path}")
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


def test_a_page_is_served_with_the_script(served: Server) -> None:
    """The page of a report, and as the first page the one that was asked for."""
    status, text, _ = get(served, PAGE)
    assert status == 200
    assert "Second City" in text
    assert text.count('<script id="reporter-serve">') == 1
    assert get(served, "/")[1] == text


def test_but_for_the_script_it_is_the_page_that_a_build_writes(served: Server) -> None:
    """Nothing else is added, and nothing is written to the project."""
    project = served.warm.request.project
    before = set(project.rglob("*"))
    _, text, _ = get(served, PAGE)
    found = Preview(request(project))
    found.refresh(theme=True)
    page = found.page("meeting-02")
    assert page.html
    assert (
        re.sub(r'<script id="reporter-serve">.*?</script>(?=</body>)', "", text, flags=re.DOTALL)
        == page.html.decode()
    )
    assert set(project.rglob("*")) == before


def test_it_listens_on_this_machine_only(served: Server) -> None:
    """At the loopback address and at no other."""
    assert served.socket.getsockname()[0] == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["example.org", "example.org:8000", "127.0.0.1", "127.0.0.1.example.org", ""]
)
@pytest.mark.parametrize("path", ["/", PAGE, f"/events{PAGE}"])
def test_another_name_is_refused(host: str, path: str, served: Server) -> None:
    """A page elsewhere whose name leads here reads nothing."""
    status, text, _ = get(served, path, Host=host)
    assert (status, "Second" in text) == (403, False)


def test_localhost_is_no_other_name(served: Server) -> None:
    """Both names of this machine are good."""
    assert get(served, PAGE, Host=f"localhost:{served.server_port}")[0] == 200


def test_the_page_may_load_nothing_from_elsewhere(served: Server) -> None:
    """The browser is told so."""
    headers = get(served, PAGE)[2]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "connect-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize(
    "path",
    [
        "/../pyproject.toml",
        "/%2e%2e/data/project.yaml",
        "/data/project.yaml",
        "/meeting-02.pdf",
        "/x",
        "//x",
    ],
)
def test_nothing_else_is_served(path: str, served: Server) -> None:
    """No file of the disk can be asked for."""
    status, text, _ = get(served, path)
    assert (status, "HTML only" in text) == (404, True)


@pytest.mark.parametrize(
    "path",
    ["/meeting-99.html", "/agreement-x.html", "/x.html", "/%3Cscript%3Ealert(1)%3C/script%3E.html"],
)
def test_a_page_that_is_not_there_says_so(path: str, served: Server) -> None:
    """It can come to be while one looks at it, and its name is no markup."""
    status, text, _ = get(served, path)
    assert (status, "there is no" in text) == (404, True)
    assert "<script>alert" not in text


@pytest.mark.parametrize(
    ("target", "status"),
    [
        ("http://[", 400),
        (f"/meeting-{'9' * 5000}.html", 404),
        (f"/compare-1-{'9' * 5000}.html", 404),
        ("*", 404),
    ],
)
def test_an_address_of_any_form_gets_an_answer(
    target: str, status: int, capfd: pytest.CaptureFixture[str], server: Server
) -> None:
    """It neither ends the preview nor says anything on the terminal."""
    with socket.create_connection((ADDRESS, server.server_port), timeout=30) as connection:
        connection.sendall(
            f"GET {target} HTTP/1.1\r\nHost: {ADDRESS}:{server.server_port}\r\n\r\n".encode()
        )
        with connection.makefile("rb") as answer:
            assert answer.readline().split()[1:2] == [str(status).encode()]
            assert b"took longer" not in answer.read()
    assert get(server, PAGE)[0] == 200
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize(
    ("path", "status"),
    [(PAGE, 200), ("/", 200), ("/meeting-99.html", 404), ("/x", 404), (f"/events{PAGE}", 200)],
)
def test_a_head_is_that_of_the_answer(path: str, status: int, served: Server) -> None:
    """The same headers without a body, also of news, which would never end."""
    connection = http.client.HTTPConnection(ADDRESS, served.server_port, timeout=30)
    try:
        connection.request("HEAD", path)
        answer = connection.getresponse()
        headers = {name: value for name, value in answer.getheaders() if name != "Date"}
        assert (answer.status, answer.read()) == (status, b"")
    finally:
        connection.close()
    if not path.startswith("/events"):
        _, text, others = get(served, path)
        assert headers == {name: value for name, value in others.items() if name != "Date"}
        assert headers["Content-Length"] == str(len(text.encode()))


def test_a_save_is_told(server: Server, project: Path) -> None:
    """Who looks at the page gets its new body."""
    with news(server, PAGE) as events:
        first = next(events)
        assert first["body"] is None
        change(project / "data" / "meetings" / "02.yaml", "Second City", "Third City")
        second = next(events)
    assert "Third City" in second["body"]
    assert (second["version"] != first["version"], second["head"] == first["head"]) == (True, False)
    assert "Third City" in get(server, PAGE)[1]


@pytest.mark.parametrize("name", ["data/meetings", "data"])
def test_a_save_in_a_linked_folder_is_told(project: Path, name: str) -> None:
    """Records are read there, so they are looked at there: where a record is saved in place, added or removed."""
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


def test_links_do_not_lead_the_look_far_away(tmp_path: Path) -> None:
    """Of a linked folder the files are looked at and no folder in it: a link may lead to the whole disk, or around."""
    data, elsewhere = tmp_path / "data", tmp_path / "elsewhere"
    (data / "meetings").mkdir(parents=True)
    (elsewhere / "deeper").mkdir(parents=True)
    for folder in (data / "meetings", elsewhere, elsewhere / "deeper"):
        (folder / "a.yaml").write_text("x", encoding="utf-8")
    (data / "linked").symlink_to(elsewhere)
    (data / "around").symlink_to(data)
    (data / "itself").symlink_to("itself")
    found = states([data])
    assert {path.relative_to(data).as_posix() for path in found} == {
        "meetings/a.yaml",
        "linked/a.yaml",
        "itself",
        "around/itself",
    }


def test_a_problem_is_told_and_the_last_good_page_kept(server: Server, project: Path) -> None:
    """With file and line; once it is mended it is gone."""
    record = project / "data" / "meetings" / "02.yaml"
    with news(server, PAGE) as events:
        good = next(events)
        change(record, "date: 2025-04-02/2025-04-03", "date: 2025-04-02/2025-04-31")
        bad = next(events)
        assert bad["version"] == good["version"]
        assert bad["problems"][0]["text"].startswith("data/meetings/02.yaml:")
        assert "that month has 30 days" in bad["problems"][0]["text"]
        assert "Second City" in get(server, PAGE)[1]
        change(record, "date: 2025-04-02/2025-04-31", "date: 2025-04-02/2025-04-03")
        assert next(events)["problems"] == []


def test_a_problem_elsewhere_is_a_warning(server: Server, project: Path) -> None:
    """A page that does not show the broken record is renewed."""
    change(project / "data" / "policies.yaml", "date: 2018", "date: 2018-13")
    page = "/agreement-lander-agreement.html"
    with news(server, page) as events:
        next(events)
        change(
            project / "data" / "agreements" / "lander-agreement.yaml",
            "a lander together",
            "a big lander together",
        )
        found = next(item for item in events if "big lander" in (item["body"] or ""))
    assert found["wrong"] is False


def test_settings_that_are_wrong_keep_every_page(server: Server, project: Path) -> None:
    """Without settings there is no project, and still the last good page."""
    with news(server, PAGE) as events:
        next(events)
        change(project / "data" / "project.yaml", "language: en", "language: [en]")
        assert next(events)["wrong"] is True
    assert get(server, PAGE)[0] == 200


def test_a_template_is_followed(project: Path) -> None:
    """A change of the look reaches the page; a wrong template is a problem with its line."""
    own = project / "templates"
    own.mkdir()
    found = Preview(request(project))
    found.refresh(theme=True)
    (own / "style.css").write_text(".ours { color: red }", encoding="utf-8")
    found.refresh(theme=True)
    assert b".ours { color: red }" in (found.page("meeting-02").html or b"")
    (own / "meeting.html").write_text("{{ nothing.of.this }}", encoding="utf-8")
    found.refresh(theme=True)
    page = found.page("meeting-02")
    assert page.html is None
    assert (page.problems[0].path, page.problems[0].line) == (own / "meeting.html", 1)


def test_only_what_was_saved_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All other records are those that were read before."""
    found = Preview(request(project))
    found.refresh(theme=True)
    read: list[str] = []

    def note(_kind: object, path: Path) -> tuple[()]:
        read.append(path.name)
        return ()

    monkeypatch.setattr("reporter.desk.preview.load_file", note)
    change(project / "data" / "meetings" / "02.yaml", "Second City", "Third City")
    found.refresh(theme=False)
    assert read == ["02.yaml"]


@pytest.mark.full
def test_a_page_that_never_ends_is_ended(project: Path) -> None:
    """At the time limit, with its name; the next one is served."""
    own = project / "templates"
    own.mkdir()
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"
    (own / "ledger.html").write_text(loop, encoding="utf-8")
    with Warm(request(project), preview, limit=3) as warm:
        page = warm.page("ledger")
        assert [problem.message for problem in page.problems] == [
            "ledger: rendering took longer than 3 s, or failed, and was ended"
        ]
        assert warm.page("meeting-02").html


@pytest.mark.full
def test_templates_that_are_a_file_are_told_until_they_are_gone(project: Path) -> None:
    """Before it begins and while it runs; no page ends it."""
    (project / "templates").write_text("x", encoding="utf-8")
    with Warm(request(project), preview, limit=60) as warm:
        assert [problem.message for problem in warm.page("meeting-01").problems] == [
            "a file, not a folder"
        ]
        (project / "templates").unlink()
        assert changes(warm.found, states(warm.folders)) == [project / "templates"]
        warm.refresh(theme=True)
        assert warm.page("meeting-01").html


def test_states_tell_what_was_saved(tmp_path: Path) -> None:
    """A file that is changed, added or removed, also in a folder; what is hidden belongs to editors."""
    (tmp_path / "a").write_text("1", encoding="utf-8")
    (tmp_path / "b").write_text("1", encoding="utf-8")
    before = states([tmp_path, tmp_path / "nothing"])
    (tmp_path / "a").write_text("12", encoding="utf-8")
    (tmp_path / "b").unlink()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "c").touch()
    (tmp_path / ".a.swp").touch()
    assert changes(before, states([tmp_path])) == [
        tmp_path / "a",
        tmp_path / "b",
        tmp_path / "folder" / "c",
    ]


def test_a_port_that_is_taken_is_a_problem(project: Path) -> None:
    """With what to do."""
    with socket.create_server((ADDRESS, 0)) as taken:
        port = taken.getsockname()[1]
        command = [
            sys.executable,
            "-m",
            "reporter",
            "serve",
            "--no-open",
            "--port",
            str(port),
            "--project",
            str(project),
        ]
        run = children.run(
            command, cwd=TESTS.parent, capture_output=True, text=True, timeout=60, check=False
        )
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr.startswith(f"error: cannot listen on port {port}: ")
    assert "--port" in run.stderr


def is_gone(group: int) -> bool:
    """Return whether every process of a group ends within a few seconds."""
    for _ in range(100):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_cleanly(sent: signal.Signals, project: Path) -> None:
    """Ctrl-C gives exit code 0, no traceback, and no process is left."""
    command = [
        sys.executable,
        "-m",
        "reporter",
        "serve",
        "--no-open",
        "--port",
        "0",
        "--project",
        str(project),
    ]
    with children.Child(
        command,
        cwd=TESTS.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as run:
        assert run.stdout
        assert run.stdout.readline().startswith("Serving http://127.0.0.1:")
        os.killpg(run.pid, sent)
        out, problems = run.communicate(timeout=30)
    assert (run.returncode, out, problems) == (0, "Ended\n", "")
    assert is_gone(run.pid)
