"""Tests of what records and templates cannot do.

WeasyPrint's documentation names the threats; here are their answers.

The list in SECURITY.md names these tests. Templates and pictures may be someone else's: whatever
they hold, a page is there in time or its report fails with words, and nothing is read but files of
the theme.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import socket
import struct
import sys
import zlib
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image

from reporter import text
from reporter.cli import main
from reporter.formats import html, pdf  # noqa: F401
from reporter.formats.pdf import pdfa
from reporter.outputs.limits import MEMORY, TookTooLong, until
from reporter.outputs.pool import Pool
from reporter.problems import ReporterError
from reporter.reports import plan  # noqa: F401
from reporter.theme import Theme, default_templates

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.full

SECURITY = Path(__file__).parent.parent / "SECURITY.md"
HIDDEN = "what-only-the-machine-knows"
PATIENCE = 60.0  # seconds that a page here may take, on a busy machine


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return the templates of a project, beside which lies what is none of its business."""
    folder = tmp_path / "templates"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text(HIDDEN, encoding="utf-8")
    (tmp_path / "secret.css").write_text(f"p::after {{ content: '{HIDDEN}' }}", encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(png(8, 8))
    (folder / "way-out").symlink_to(tmp_path)
    for name in ("secret.txt", "secret.css", "secret.png"):
        (folder / name).symlink_to(tmp_path / name)
    os.mkfifo(folder / "pipe.png")
    (folder / "zero.png").symlink_to("/dev/zero")
    (folder / "circle.png").symlink_to("circle.png")
    return folder


@pytest.fixture(autouse=True)
def loaded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Return the files that were read.

    See to it that there are none but the theme's, and that nothing is sent.
    """
    found: list[Path] = []
    plain = text.read_bytes

    def read(path: Path, *arguments: Any, **where: Any) -> bytes:  # noqa: ANN401 (as the real one)
        found.append(path)
        return plain(path, *arguments, **where)

    def forbidden(*_: object) -> None:
        pytest.fail("something wants to reach the network")

    for module in ("reporter.text", "reporter.formats.pdf.fetcher"):
        monkeypatch.setattr(f"{module}.read_bytes", read)
    for name in ("connect", "connect_ex", "sendto", "bind"):
        monkeypatch.setattr(socket.socket, name, forbidden)
    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    yield found
    strange = [
        path
        for path in found
        if not re.search(
            r"/templates/|/data/|/rendercv_fonts/|/weblate_fonts/|/output/|/reporter/.*\.py$",
            f"{path.resolve()}",
        )
    ]
    assert strange == []


def png(width: int, height: int) -> bytes:
    """Return a small file of a picture, however large that is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    data = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def svg(body: str, size: str = 'width="9" height="9"', before: str = "") -> str:
    """Return a drawing."""
    spaces = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    return f'{before}<svg aria-hidden="true" {spaces} {size}>{body}</svg>'


def page(body: str, head: str = "") -> str:
    """Return a page in the theme's fonts."""
    style = '<style>html { font-family: "Reporter Serif" }</style>'
    return (
        f'<!doctype html><html lang="en"><head><title>T</title>{style}{head}</head>'
        f"<body>{body}</body></html>"
    )


def printed(own: Path, body: str, head: str = "", *, seconds: float = PATIENCE) -> bytes:
    """Return the PDF of a page, if it is there in time."""
    theme = Theme((own, default_templates()))
    with until(monotonic() + seconds):
        return pdf.render(theme, page(body, head), "meeting-01").content


def refusal(own: Path, body: str, head: str = "", *, seconds: float = PATIENCE) -> str:
    """Return the problems of a page that cannot be printed."""
    with pytest.raises(ReporterError) as caught:
        printed(own, body, head, seconds=seconds)
    assert [
        problem for problem in caught.value.problems if problem.path != Path("meeting-01")
    ] == []
    return "\n".join(problem.render() for problem in caught.value.problems)


def outcome(own: Path, body: str, head: str = "", *, seconds: float) -> str:
    """Return ``printed``, ``ended`` or ``refused``: whatever a page asks for, that is all."""
    try:
        printed(own, body, head, seconds=seconds)
    except TookTooLong:
        return "ended"
    except ReporterError as error:
        return "refused" if all(problem.message for problem in error.problems) else "without a word"
    return "printed"


# Access to local files, infinite requests

ELSEWHERE = (
    "file:///etc/passwd",
    "file:///proc/self/environ",
    "file:///dev/zero",
    "file:///dev/stdin",
    "file://host/share/x.png",
    "FILE:/etc/passwd",
    "../secret.png",
    "%2e%2e/secret.png",
    "..%2fsecret.png",
    "/etc/passwd",
    "way-out/secret.png",
    "secret.png",
    "pipe.png",
    "zero.png",
    "circle.png",
    "http://127.0.0.1:9/x.png",
    "https://example.org/x.png",
    "//example.org/x.png",
    "ftp://example.org/x.png",
    "gopher://example.org/x",
    "package:reporter/build.py",
    "package:rendercv_fonts/../../secret.png",
    "data:text/css,p{}",
    "data:text/html,<p>",
    "jar:file:///etc/passwd!/x",
    "http://[::1",
    "x" * 5000,
    "nothing.png",
)


@pytest.mark.parametrize("address", ELSEWHERE, ids=[address[:30] for address in ELSEWHERE])
def test_nothing_is_loaded_from_elsewhere(own: Path, address: str) -> None:
    """A page is refused for an address outside the theme, by whatever way it leads out.

    The address is named.
    """
    found = refusal(own, f'<img alt="x" src="{address}">')
    assert found.startswith("meeting-01: error: a file is missing: '")
    assert (
        "is not a file of the theme\n    put it into the project's templates/ folder; "
        "nothing from elsewhere is loaded"
    ) in found


WAYS = {
    "object": ('<object data="{}"></object>', ""),
    "embed": ('<embed src="{}">', ""),
    "stylesheet": ("", '<link rel="stylesheet" href="{}">'),
    "import": ("", '<style>@import "{}";</style>'),
    "import in a style of data": ("", '<style>@import url("{}") print;</style>'),
    "face": (
        "<p>x",
        '<style>@font-face {{ font-family: X; src: url("{}") }} p {{ font-family: X }}</style>',
    ),
    "background": ("<p style=\"background: url('{}')\">x", ""),
    "bullet": ("<ul><li style=\"list-style-image: url('{}')\">x</ul>", ""),
    "content": ("<p>x", '<style>p::before {{ content: url("{}") }}</style>'),
    "border": ("<p style=\"border: 1cm solid; border-image: url('{}') 1\">x", ""),
    "base": ('<img alt="x" src="x.png">', '<base href="{}/">'),
    "page": ("", '<style>@page {{ background: url("{}") }}</style>'),
    "margin": ("", '<style>@page {{ @top-left {{ content: url("{}") }} }}</style>'),
    "drawing in the page": (
        (
            '<svg aria-hidden="true" width="9" height="9"><image href="{}" width="9" height="9"/>'
            "</svg>"
        ),
        "",
    ),
    "old drawing in the page": (
        (
            '<svg aria-hidden="true" xmlns:xlink="http://www.w3.org/1999/xlink">'
            '<image xlink:href="{}" width="9" height="9"/></svg>'
        ),
        "",
    ),
}


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "secret.css"])
@pytest.mark.parametrize("way", WAYS)
def test_no_element_or_rule_leads_out(own: Path, way: str, address: str) -> None:
    """Whatever would load something is refused."""
    body, head = (part.format(address) for part in WAYS[way])
    assert "is not a file of the theme" in refusal(own, body, head)


@pytest.mark.parametrize(
    "body",
    [
        '<iframe src="file:///etc/passwd"></iframe>',
        '<video poster="file:///etc/passwd" src="file:///etc/passwd"></video>',
        '<p data-x="file:///etc/passwd" class="x">x',
        (
            '<form action="http://127.0.0.1:9/">'
            '<input type="image" alt="x" src="file:///etc/passwd"></form>'
        ),
        '<svg aria-hidden="true" width="9" height="9"><use href="file:///etc/passwd#x"/></svg>',
        '<meta http-equiv="refresh" content="0; url=http://127.0.0.1:9/">',
        '<script src="http://127.0.0.1:9/x.js">fetch("http://127.0.0.1:9/")</script>',
        '<link rel="attachment" href="file:///etc/passwd">',
        "<img alt='x' style='content: url(file:///etc/passwd)'>",
        '<a rel="attachment" href="#a">x</a><p id="a">y',
        '<link rel="icon preload prefetch" href="http://127.0.0.1:9/">',
    ],
)
def test_what_means_nothing_on_paper(own: Path, body: str) -> None:
    """It is not loaded; nobody even asks for it."""
    content = printed(own, body, "<style>.x::after { content: attr(data-x) }</style>")
    assert b"root:" not in content
    assert b"/EmbeddedFile" not in content


def test_a_font_of_the_machine_is_refused(own: Path) -> None:
    """No stylesheet finds out which fonts the machine has: the paper would differ elsewhere."""
    face = (
        '<style>@font-face { font-family: "Reporter X";'
        ' src: local("DejaVu Sans") } p { font-family: "Reporter X" }</style>'
    )
    assert outcome(own, "<p>\u2603", face, seconds=PATIENCE) == "refused"


def test_a_folder_of_the_machine_is_not_that_of_the_theme(
    own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Should there be a folder /theme on the machine, nothing in it is taken for the theme's."""
    Image.new("RGB", (8, 8)).save(own / "arms.jpg")
    seen: list[str] = []
    plain = Path.is_file

    def is_file(path: Path) -> bool:
        seen.append(str(path))
        return plain(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    printed(own, '<img alt="x" src="arms.jpg">')
    assert [path for path in seen if path.startswith("/theme")] == []


# Pictures that explode

NESTED = '<g id="a0"><rect width="1" height="1"/></g>' + "".join(
    f'<g id="a{number}">{f"""<use href="#a{number - 1}"/>""" * 10}</g>' for number in range(1, 10)
)
LAUGHS = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))


def test_a_picture_of_many_pixels_is_refused(own: Path) -> None:
    """A file of a few kilobytes that would fill the memory is refused by its stated size."""
    (own / "bomb.png").write_bytes(png(30_000, 30_000))
    words = (
        "meeting-01: error: 'bomb.png': a picture of more than 40 million pixels\n"
        "    make it smaller: no paper shows as many"
    )
    assert refusal(own, '<img alt="x" src="bomb.png">') == words
    (own / "bomb.png").write_bytes(png(7000, 6000))
    assert refusal(own, "<p style=\"background: url('bomb.png')\">x") == words


def test_a_picture_in_an_address_is_refused_too(own: Path) -> None:
    """The same for one that is written into the page; only its address's beginning is told."""
    import base64

    address = f"data:image/png;base64,{base64.b64encode(png(30_000, 30_000)).decode()}"
    assert refusal(own, f'<img alt="x" src="{address}">').startswith(
        "meeting-01: error: 'data:image/png;base64,"
    )
    assert len(refusal(own, f'<img alt="x" src="{address}">')) < 300


def test_a_picture_of_a_page_at_600_dots_per_inch_is_not(own: Path) -> None:
    """What paper can show is printed."""
    (own / "large.png").write_bytes(png(4960, 7016))
    assert printed(own, '<img alt="x" src="large.png" style="width: 1cm">').startswith(b"%PDF")


def test_a_giant_picture_is_not_read(own: Path) -> None:
    """A file of 100 MB is refused by its size."""
    with (own / "giant.png").open("wb") as file:
        file.truncate(100_000_000)
    assert refusal(own, '<img alt="x" src="giant.png">') == (
        "meeting-01: error: 'giant.png': larger than 32 MiB\n    use a smaller one"
    )


def test_a_drawing_that_explodes_is_ended_by_name(own: Path) -> None:
    """Copies of copies are drawn until the time is over; the file is named."""
    (own / "bomb.svg").write_text(svg(f'{NESTED}<use href="#a9"/>'), encoding="utf-8")
    assert refusal(own, '<img alt="x" src="bomb.svg">', seconds=2) == (
        "meeting-01: error: Failed to render SVG image bomb.svg: it took too long and was ended\n"
        "    use a simpler picture, or raise --timeout"
    )


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        (
            svg("<text>&a9;</text>", before=f'<!DOCTYPE x [<!ENTITY a0 "ha">{LAUGHS}]>'),
            "limit on input amplification",
        ),
        (
            svg(
                "<text>&a;</text>", before='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            ),
            "undefined entity",
        ),
        (
            svg('<image href="file:///etc/passwd" width="9" height="9"/>'),
            "'file:///etc/passwd' is not a file of the theme",
        ),
        (
            svg('<image xlink:href="../secret.png" width="9" height="9"/>'),
            "is not a file of the theme",
        ),
        (
            svg('<image href="http://127.0.0.1:9/x" width="9" height="9"/>'),
            "'http://127.0.0.1:9/x' is not a file of the theme",
        ),
        (svg('<style>@import "file:///etc/passwd";</style>'), "Failed to load image"),
        (svg('<image href="bad.svg" width="9" height="9"/>'), "recursion"),
        (svg("<g>"), "mismatched tag"),
        ("no drawing", "syntax error"),
    ],
)
def test_a_drawing_that_asks_for_too_much(own: Path, drawing: str, words: str) -> None:
    """Entities that grow, files of the machine, the network, itself: it is refused, and named."""
    (own / "bad.svg").write_text(drawing, encoding="utf-8")
    found = refusal(own, '<img alt="x" src="bad.svg">')
    assert "bad.svg" in found
    assert words in found
    assert "0x" not in found


def test_a_drawing_inside_an_address_is_sealed_too(own: Path) -> None:
    """A drawing that is written into the page loads nothing from elsewhere either."""
    image = "%3Cimage href=%27file:///etc/passwd%27 width=%279%27 height=%279%27/%3E"
    drawing = f"%3Csvg xmlns=%27http://www.w3.org/2000/svg%27%3E{image}%3C/svg%3E"
    found = refusal(own, f'<img alt="x" src="data:image/svg+xml,{drawing}">')
    assert "'file:///etc/passwd' is not a file of the theme" in found


# Long renderings, infinite loops, huge values

HUGE = {
    "block": ('<div style="width: 1e9px; height: 1e7px">x</div>', ""),
    "size of text": ('<p style="font-size: 1e9px">xxx', ""),
    "tiny text": ('<p style="font-size: 1e-9px; line-height: 1e9">xxx', ""),
    "paper": ("x", "<style>@page { size: 1e9cm 1e9cm }</style>"),
    "no paper": ("x", "<style>@page { size: 1cm; margin: 5cm }</style>"),
    "small paper": (f"<p>{'word ' * 3000}", "<style>@page { size: 1mm; margin: 0 }</style>"),
    "counter": (
        '<p style="counter-reset: x 999999999999999999999">x',
        "<style>p::before { content: counter(x, lower-roman) counter(x, hiragana) }</style>",
    ),
    "columns of a cell": ("<table><tr><td colspan=1000000>x</table>", ""),
    "rows of a cell": ("<table><tr><td rowspan=1000000>x</table>", ""),
    "columns": ('<div style="columns: 1000000">x y z</div>', ""),
    "grid": ('<div style="display: grid; grid-template-columns: repeat(1000000, 1px)">x</div>', ""),
    "gradient": (
        '<div style="background: repeating-linear-gradient(red, blue 1e-9px); height: 5cm">x</div>',
        "",
    ),
    "tiles": ('<div style="background: url(dot.png) 0 0 / 0.001px; height: 5cm">x</div>', ""),
    "spaces": (
        '<p style="letter-spacing: 1e9px; word-spacing: -1e9px; text-indent: 1e30px">x y z',
        "",
    ),
    "margins": ('<p style="margin: -1e9px 0 1e9px">x', ""),
    "border": ('<p style="border: 1e9px dotted red">x', ""),
    "dots": ('<p style="border: 0.0001px dotted red">x', ""),
    "calculation": (f'<p style="width: {"calc(" * 3000}1px{")" * 3000}">x', ""),
    "variables": (
        "<p>x",
        "<style>:root { --a0: x;"
        + "".join(f"--a{number}: {f'var(--a{number - 1}) ' * 10};" for number in range(1, 10))
        + "} p { font-family: var(--a9) }</style>",
    ),
    "circle of variables": (
        "<p>x",
        "<style>:root { --a: var(--b); --b: var(--a) } p { color: var(--a) }</style>",
    ),
    "depth": ("<div>" * 3000, ""),
    "depth of a line": ("<b>" * 3000, ""),
    "number": (f'<p style="width: {"9" * 5000}px; order: {"9" * 5000}">x', ""),
    "not a number": ('<p style="width: calc(1px * infinity); height: calc(NaN * 1px)">x', ""),
    "selector": (
        "<p>x",
        (
            f"<style>{'*' + ' *' * 3000} {{ color: red }} "
            f"{':not(' * 500}p{')' * 500} {{ color: red }}</style>"
        ),
    ),
    "drawing": (svg('<rect width="1e30" height="1e30"/>', 'width="1e30" height="1e30"'), ""),
    "path": (svg(f'<path d="M0 0 L{"9" * 5000} 5{"1" * 5000}x"/>'), ""),
    "pattern": (
        svg(
            '<pattern id="p" width="1e-5" height="1e-5"><rect width="1" height="1"/></pattern>'
            '<rect fill="url(#p)" width="9" height="9"/>'
        ),
        "",
    ),
    "blur": (
        svg(
            '<filter id="f"><feGaussianBlur stdDeviation="1e9"/></filter>'
            '<rect filter="url(#f)" width="9" height="9"/>'
        ),
        "",
    ),
    "word": (f'<p style="width: 1px; hyphens: auto" lang="en">{"internationalization" * 500}', ""),
}  # fmt: skip


@pytest.mark.parametrize("value", [name for name in HUGE if name != "columns of a cell"])
def test_a_huge_value_is_survived(own: Path, value: str) -> None:
    """It is printed, refused with words, or ended in time; never a traceback."""
    (own / "dot.png").write_bytes(png(8, 8))
    begun = monotonic()
    assert outcome(own, *HUGE[value], seconds=3) in {"printed", "refused", "ended"}
    assert monotonic() - begun < PATIENCE


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (HUGE["size of text"][0], "the renderer cannot set this: ZeroDivisionError: "),
        ("<b>" * 5000, "the renderer cannot set this: RecursionError"),
    ],
    ids=["huge", "deep"],
)
def test_what_the_renderer_fails_over_is_no_traceback(own: Path, body: str, words: str) -> None:
    """It does not look whether values are sound: the report is named, and where to look."""
    found = refusal(own, body)
    assert words in found
    assert found.endswith(
        "    look in the project's templates/ for a value that is huge or makes no sense"
    )


def test_a_layout_without_end_is_ended(own: Path) -> None:
    """A table of a million columns would take an hour."""
    assert outcome(own, *HUGE["columns of a cell"], seconds=2) == "ended"


def test_a_fault_of_our_own_is_a_traceback(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not told as one of the stylesheet."""
    monkeypatch.setattr("reporter.formats.pdf.pdfa.show_title", lambda _: pdfa.list_once(None))
    with pytest.raises(AttributeError):
        printed(own, "x")


# What templates may do, from the command line


def built(project: Path, body: str, *arguments: str) -> Result:
    """Build with a template for meetings that holds something hostile in meeting 1."""
    (project / "templates").mkdir()
    default = (default_templates() / "meeting.html").read_text(encoding="utf-8")
    hostile = f"{{% block main %}}\n{{% if report.heading.number == 1 %}}{body}{{% endif %}}"
    (project / "templates" / "meeting.html").write_text(
        default.replace("{% block main %}", hostile, 1), encoding="utf-8"
    )
    done = CliRunner().invoke(
        main,
        [
            "build",
            "--project",
            str(project),
            "--as-of",
            "2025-06-30",
            "--format",
            "html",
            *arguments,
        ],
    )
    assert done.exception is None or isinstance(done.exception, SystemExit)
    return done


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            (
                "meeting-01: the template took too long and was ended here\n"
                "    look for a loop that does not end, or raise --timeout"
            ),
        ),
        (
            "{{ 'x' * 10 ** 11 }}",
            (
                "meeting-01: the template cannot be filled: it takes too much memory\n"
                "    look for a text that is made longer and longer"
            ),
        ),
        (
            "{% macro r() %}{{ r() }}{% endmacro %}{{ r() }}",
            "the template cannot be filled: it includes or calls itself without end\n",
        ),
    ],
    ids=["loop", "memory", "recursion"],
)
def test_a_template_without_end_is_ended_by_name(project: Path, body: str, words: str) -> None:
    """File and line are told; the other reports are written, and the build fails."""
    done = built(project, body, "--timeout", "4")
    assert done.exit_code == 1
    assert re.search(
        rf"^templates/meeting.html:\d+:1: error: {re.escape(words)}", done.stderr, re.MULTILINE
    )
    names = {path.name for path in (project / "output").iterdir()}
    assert "meeting-01.html" not in names
    assert {"meeting-02.html", "index.html", "ledger.html"} <= names


@dataclass(frozen=True)
class Hunger:
    """A job that wants so much memory."""

    id: str
    size: int


def feed(hunger: Hunger, _theme: Theme) -> str:
    """Return whether there is as much."""
    try:
        return str(len(bytearray(hunger.size)))
    except MemoryError:
        return "refused"


def test_a_process_has_so_much_memory_and_no_more() -> None:
    """One page cannot take the memory of the whole machine."""
    jobs: Any = [Hunger("little", 1000), Hunger("much", MEMORY)]
    function: Any = feed
    with Pool(Theme(()), (), PATIENCE, 1) as pool:
        found: dict[str, Any] = {job.id: answer for job, answer in pool.map(function, jobs)}
    assert found == {"little": "1000", "much": "refused"}


def test_a_template_cannot_leave_its_sandbox(project: Path) -> None:
    """Nothing of Python can be reached from what a template has."""
    for number, body in enumerate(
        (
            "{{ cycler.__init__.__globals__ }}",
            "{{ ''.__class__.__mro__[1].__subclasses__() }}",
            "{{ '{0.__class__.__init__.__globals__}'.format(report) }}",
            "{{ ('%s' | format(report)).__class__ }}",
            "{{ report.model_dump.__func__.__globals__ }}",
            "{{ report | attr('__class__') }}",
            "{{ say.__closure__ }}",
            "{{ self._TemplateReference__context }}",
            "{{ lipsum.__globals__ }}",
            "{{ report.__init__ }}",
            "{% set report.id = 'x' %}",
            "{% set x = report.sources.append(1) %}",
        )
    ):
        shutil.rmtree(project / "templates", ignore_errors=True)
        done = built(project, body, "--meeting", "1")
        assert (number, done.exit_code, "templates/meeting.html:" in done.stderr) == (
            number,
            1,
            True,
        )


def test_nothing_of_the_machine_is_told(
    project: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither page nor paper tells of the machine.

    It has no name of the host or the user, no path, no environment, no version of Python.
    """
    monkeypatch.setenv("ONLY_HERE", HIDDEN)
    done = built(project, "", "--meeting", "1", "--format", "pdf")
    assert done.exit_code == 0, done.stderr
    page = (project / "output" / "meeting-01.html").read_bytes()
    with pikepdf.open(project / "output" / "meeting-01.pdf") as paper:
        plain = io.BytesIO()
        paper.save(
            plain,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    words = [
        HIDDEN,
        socket.gethostname(),
        str(tmp_path),
        str(Path.home()),
        sys.prefix,
        sys.version.split()[0],
        "file:///",
        "site-packages",
    ]
    words = [
        word for word in words if len(word) > 5
    ]  # a short one stands in any file of bytes by chance
    assert [
        word for word in words if word.encode() in page or word.encode() in plain.getvalue()
    ] == []


def test_each_threat_has_tests_that_exist() -> None:
    """Each threat in its list has tests, by their names."""
    guarded = SECURITY.read_text(encoding="utf-8").partition("## What records and")[2]
    threats = re.findall(r"^- \*\*(?:.+\n)+?(?=- |\n)", guarded.partition("\n## ")[0], re.MULTILINE)
    assert len(threats) >= 8
    for threat in threats:
        named = re.findall(r"`(test_\w+)(?:\.py)?`", threat.partition("Tests:")[2])
        assert named, threat
        for name in named:
            found = any(
                f"def {name}(" in path.read_text(encoding="utf-8")
                for path in Path(__file__).parent.glob("test_*.py")
            )
            assert found or (Path(__file__).parent / f"{name}.py").exists(), name
