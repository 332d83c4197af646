"""Measures ratios side by side and prints them as a Markdown table: ``make bench``.

With ``--quick`` it measures less. Each row alternates what it compares, after a warm-up, and takes
medians, so that a busy machine disturbs both alike. Where only digests of PDFs matter, files of the
same size stand in for them.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from functools import partial
from importlib import resources
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from page import validate_pdf
from printing import Sheet, print_page
from projects import generate
from typesetting import document, font_folders

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))


from reporter.outputs.cores import cores  # noqa: E402 (found by the line above)
from reporter.outputs.manifest import NAME, Manifest  # noqa: E402 (as above)
from reporter.outputs.pool import Pool  # noqa: E402 (as above)
from reporter.theme import Theme  # noqa: E402 (as above)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PYTHON = sys.executable
DAY = date(2026, 3, 1)
VARIANT = "pdf/a-3a"
LIBRARIES = "import click, yaml, pydantic, jinja2, babel.dates"


def run(command: list[str], day: date = DAY) -> float:
    """Return the seconds that a command takes, which must succeed."""
    epoch = str((day - date(1970, 1, 1)).days * 86400)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": epoch}
    begun = time.perf_counter()
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    seconds = time.perf_counter() - begun
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stderr}")
    return seconds


def peak(command: list[str]) -> int:
    """Return how many kilobytes the largest process of a command takes, which must succeed."""
    child = subprocess.Popen(
        command,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(child.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return used.ru_maxrss


def build(*options: str | Path) -> list[str]:
    """Return the command that builds."""
    return [PYTHON, "-m", "reporter", "build", *map(str, options)]


def ratio(ours: Callable[[], float], theirs: Callable[[], float], rounds: int) -> str:
    """Return the ratio of the medians, and its smallest and largest value in one round."""
    pairs = [(ours(), theirs()) for _ in range(rounds + 1)][1:]
    middle = statistics.median(one for one, _ in pairs) / statistics.median(
        other for _, other in pairs
    )
    each = [one / other for one, other in pairs]
    return f"{middle:.2f} ({min(each):.2f} to {max(each):.2f})"


class Bench:
    """Everything that is measured."""

    def __init__(self, folder: Path, *, quick: bool) -> None:
        self.folder = folder
        self.quick = quick
        self.rounds = 3 if quick else 7
        self.fonts = folder / "fonts.css"
        self.fonts.write_text(
            _with_files((ROOT / "templates" / "fonts.css").read_text(encoding="utf-8")),
            encoding="utf-8",
        )
        self.out = folder / "output"
        run(build("--project", ROOT, "--output", self.out, "--format", "html"))
        self.page = self.out / "meeting-08.html"

    def rows(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield what was measured, against what, the ratio, and what it should be."""
        yield self.cold()
        yield from self.unchanged()
        yield self.one_record()
        yield from self.scale()
        yield from self.throughput()
        yield self.chromium()
        yield self.typst()
        yield from self.reading()
        yield self.checking()
        yield self.memory()

    def bare(self) -> float:
        """Print the page with the plain command."""
        weasyprint = [
            PYTHON,
            "-m",
            "weasyprint",
            "--quiet",
            "--pdf-variant",
            VARIANT,
            "--stylesheet",
            str(self.fonts),
        ]
        return run([*weasyprint, str(self.page), str(self.folder / "bare.pdf")])

    def cold(self) -> tuple[str, str, str, str]:
        """Compare one report, from its records, with printing its page."""
        target = self.folder / "cold"
        ours = build("--project", ROOT, "--output", target, "--meeting", "8", "--force")
        return (
            "one report, HTML and PDF, cold",
            "`weasyprint` on the finished HTML",
            ratio(lambda: run(ours), self.bare, self.rounds),
            "1.15",
        )

    def unchanged(self) -> Iterator[tuple[str, str, str, str]]:
        """Compare builds that have nothing to do with importing what they need."""
        stand_in(self.out)
        ours, rounds = build("--project", ROOT, "--output", self.out), self.rounds * 2
        run(ours)
        found = ratio(lambda: run(ours), lambda: run([PYTHON, "-c", "import click"]), rounds)
        yield f"nothing changed, {self.reports} reports", '`python -c "import click"`', found, "3"
        days = (DAY + timedelta(days=1 + turn % 2) for turn in range(99))
        quiet = ratio(lambda: run(ours, next(days)), lambda: run([PYTHON, "-c", LIBRARIES]), rounds)
        yield f"a quiet night, {self.reports} reports", f'`python -c "{LIBRARIES}"`', quiet, "8"

    @property
    def reports(self) -> int:
        """The number of reports of the project."""
        return len(Manifest.of(self.out).reports)

    def one_record(self) -> tuple[str, str, str, str]:
        """Compare a night when one record of a large project changed with one cold report in it."""
        project = generate(self.folder / "g200", 200)
        out, alone = project / "output", self.folder / "alone"
        run(build("--project", project, "--format", "html"))
        stand_in(out)
        record = project / "data" / "agreements" / "agreement-7.yaml"
        text, turn = record.read_text(encoding="utf-8"), iter(range(99))

        def changed() -> float:
            word = f"Changed {next(turn)} times."
            record.write_text(
                re.sub(r"(content:\n  - \{text: )[^,]*", rf"\g<1>{word}", text), encoding="utf-8"
            )
            return run(build("--project", project))

        single = build(
            "--project", project, "--output", alone, "--agreement", "agreement-7", "--force"
        )
        found = ratio(changed, lambda: run(single), self.rounds)
        return (
            f"one record changed, {len(Manifest.of(out).reports)} reports",
            "one report of that project, cold",
            found,
            "1.5",
        )

    def scale(self) -> Iterator[tuple[str, str, str, str]]:
        """Compare projects of many series: a large one with its tenth, and a night with a report.

        Pages are HTML. Memory is that of the largest process of a build.
        """
        small, large = (10, 100) if self.quick else (100, 1000)
        projects = [
            generate(self.folder / f"s{size}", size, series=size // 50 or 2, promises=10)
            for size in (small, large)
        ]
        named = f"{large:,} meetings, {large * 10:,} promises"
        peaks = [peak(build("--project", one, "--format", "html")) for one in projects]
        read = peak([PYTHON, "-m", "reporter", "check", "--project", str(projects[1])])
        yield f"peak memory, {named}", f"{small}", f"{peaks[1] / peaks[0]:.2f}", ""
        yield f"peak memory, {named}", "`reporter check`", f"{peaks[1] / read:.2f}", "1.5"
        for page in ("index.html", "ledger.html"):
            sizes = [(one / "output" / page).stat().st_size for one in projects]
            yield f"size of `{page}`, {named}", f"{small}", f"{sizes[1] / sizes[0]:.2f}", "1.5"
        yield self.one_meeting(projects[1], named)

    def one_meeting(self, project: Path, named: str) -> tuple[str, str, str, str]:
        """Compare a night when one meeting of a built project changed with one cold report."""
        (meeting, *_) = sorted((project / "data" / "series").glob("*/meetings/02.yaml"))
        text, turn = meeting.read_text(encoding="utf-8"), iter(range(99))

        def changed() -> float:
            word = f"text: to change {next(turn)} times, "
            meeting.write_text(text.replace("text: to ", word), encoding="utf-8")
            return run(build("--project", project, "--format", "html"))

        alone = ("--output", self.folder / "alone", "--meeting", "series-02/3", "--force")
        single = build("--project", project, "--format", "html", *alone)
        found = ratio(changed, lambda: run(single), 3)
        return f"one meeting changed, {named}", "one report of that project, cold", found, "2"

    def throughput(self) -> Iterator[tuple[str, str, str, str]]:
        """Compare printing many pages with one warm loop over the same pages."""
        names = sorted(path.stem for path in self.out.glob("meeting-*.html"))[
            : 3 if self.quick else None
        ]
        pages = [self.out / f"{name}.html" for name in names] * 2
        for jobs in (1, 2):
            found = ratio(
                lambda: self.loop(pages),
                partial(self.printers, pages, jobs),
                max(2, self.rounds // 2),
            )
            yield (
                f"reports in a second, {jobs} job{'s' * (jobs > 1)}",
                "one warm WeasyPrint loop",
                found,
                "" if jobs == 1 else "at least 1.8",
            )

    def loop(self, pages: list[Path]) -> float:
        """Return the seconds that WeasyPrint needs for these pages, once it is warm."""
        command = [PYTHON, "-c", LOOP, str(self.fonts), *map(str, pages)]
        return float(
            subprocess.run(command, capture_output=True, encoding="utf-8", check=True).stdout
        )

    def printers(self, pages: list[Path], jobs: int) -> float:
        """Return the seconds that our printers need for these pages, once they are warm."""
        sheets: Any = [Sheet(f"{number}", path) for number, path in enumerate(pages)]
        with Pool(Theme.of(ROOT), ("reporter.formats.pdf",), 600, jobs) as pool:
            give: Any = pool.map
            list(give(print_page, sheets[:jobs]))
            begun = time.perf_counter()
            if any(not isinstance(answer, int) for _, answer in give(print_page, sheets)):
                sys.exit("a page could not be printed")
            return time.perf_counter() - begun

    def chromium(self) -> tuple[str, str, str, str]:
        """Compare another renderer, cold, with the bare command."""
        what = "the same HTML printed by Chromium, cold", "`weasyprint`, cold"
        program = shutil.which("chromium") or shutil.which("google-chrome")
        if not program or not find_spec("playwright"):
            return *what, "not installed", ""
        command = [
            PYTHON,
            "-c",
            CHROMIUM,
            program,
            self.page.as_uri(),
            str(self.folder / "chromium.pdf"),
        ]
        return *what, ratio(lambda: run(command), self.bare, self.rounds), ""

    def typst(self) -> tuple[str, str, str, str]:
        """Compare another typesetter, cold, with the bare command: same text, same standards."""
        what = "the same text set by Typst, cold", "`weasyprint`, cold"
        if not find_spec("typst"):
            return *what, "not installed", ""
        folder = self.folder / "typst"
        run(build("--project", ROOT, "--output", folder, "--meeting", "8", "--format", "json"))
        (folder / "meeting-08.json").rename(folder / "record.json")
        source, target = folder / "page.typ", self.folder / "typst.pdf"
        source.write_text(document(self.page.read_text(encoding="utf-8")), encoding="utf-8")
        command = [PYTHON, "-c", TYPST, str(source), str(target), *font_folders()]
        return *what, ratio(lambda: run(command), self.bare, self.rounds), ""

    def standards(self) -> Iterator[str]:
        """Yield, of each file that was printed above, which standards it meets."""
        ours = self.folder / "cold" / "meeting-08.pdf"
        run(build("--project", ROOT, "--output", ours.parent, "--meeting", "8"))
        for name, path in (
            ("reporter", ours),
            ("`weasyprint` with `--pdf-variant pdf/a-3a`", self.folder / "bare.pdf"),
            ("Chromium", self.folder / "chromium.pdf"),
            ("Typst", self.folder / "typst.pdf"),
        ):
            if path.exists():
                broken = {
                    standard: len(validate_pdf(path, profile=profile).failures)
                    for standard, profile in (("PDF/A-3a", "3a"), ("PDF/UA-1", "ua1"))
                }
                yield f"- {name}: " + ", ".join(
                    f"{standard}: {f'no, rules broken: {count}' if count else 'yes'}"
                    for standard, count in broken.items()
                )

    def reading(self) -> Iterator[tuple[str, str, str, str]]:
        """Compare reading and checking projects of growing size."""
        sizes = (10, 200) if self.quick else (10, 200, 2000)
        for small, large in pairwise(sizes):
            one, other = (generate(self.folder / f"r{size}", size) for size in (large, small))
            found = ratio(
                lambda one=one: self.read(one),  # type: ignore[misc]
                lambda other=other: self.read(other),  # type: ignore[misc]
                3,
            )
            yield (
                f"reading and checking {large} meetings",
                f"{small} meetings",
                found,
                "12" if small == 200 else "",
            )

    def checking(self) -> tuple[str, str, str, str]:
        """Compare a check after one record changed with the first check of the same project."""
        size = 200 if self.quick else 2000
        project, kept = generate(self.folder / f"c{size}", size), self.folder / "kept"
        os.environ["XDG_CACHE_HOME"] = str(kept)
        command = [PYTHON, "-m", "reporter", "check", "--project", str(project)]
        record, turn = project / "data" / "meetings" / "07.yaml", iter(range(99))
        text = record.read_text(encoding="utf-8")

        def first() -> float:
            shutil.rmtree(kept, ignore_errors=True)
            return run(command)

        def changed() -> float:
            run(command)
            record.write_text(f"{text}# changed {next(turn)} times\n", encoding="utf-8")
            return run(command)

        found = ratio(changed, first, 3)
        return f"checking {size} meetings, of which one changed", "the first check", found, "0.1"

    @staticmethod
    def read(project: Path) -> float:
        """Return the seconds of work of reading and checking a project."""
        return float(
            subprocess.run(
                [PYTHON, "-c", READ, str(project)],
                capture_output=True,
                encoding="utf-8",
                check=True,
                cwd=ROOT,
            ).stdout
        )

    def memory(self) -> tuple[str, str, str, str]:
        """Compare a printer's peak memory after many reports with that after a tenth of them."""
        count = 200 if self.quick else 1000
        pages = sorted(
            (path for path in self.out.glob("*.html")), key=lambda path: path.stat().st_size
        )[:3]
        sheets: Any = [Sheet(f"{number}", pages[number % 3]) for number in range(count)]
        peaks: list[int] = []
        with Pool(Theme.of(ROOT), ("reporter.formats.pdf",), 600, min(2, cores())) as pool:
            give: Any = pool.map
            for _, peak in give(print_page, sheets):
                peaks.append(max(peak, peaks[-1] if peaks else 0))
        shown = f"{peaks[-1] / peaks[count // 10 - 1]:.2f}"
        return (
            f"peak memory of a printer after {count:,} reports",
            f"after {count // 10}",
            shown,
            "1.15",
        )


LOOP = """
import sys, time
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
fonts = FontConfiguration()
css = CSS(filename=sys.argv[1], font_config=fonts)
def print_(path):
    HTML(filename=path).write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-3a")
print_(sys.argv[2])
begun = time.perf_counter()
for path in sys.argv[2:]:
    print_(path)
print(time.perf_counter() - begun)
"""

CHROMIUM = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=["--no-sandbox"])
    page = browser.new_page()
    page.goto(sys.argv[2])
    page.pdf(path=sys.argv[3], prefer_css_page_size=True, tagged=True)
"""

TYPST = """
import sys, typst
standards, fonts = ["a-3a", "ua-1"], sys.argv[3:]
typst.compile(sys.argv[1], output=sys.argv[2], pdf_standards=standards, font_paths=fonts)
"""

READ = """
import gc, sys, time
from pathlib import Path
from reporter.records.project import load
from reporter.records.relevance import sort_problems
gc.disable()
begun = time.process_time()
problems = sort_problems(load(Path(sys.argv[1])), None)
print(time.process_time() - begun)
sys.exit(str(problems[0]) if problems else 0)
"""


def stand_in(out: Path) -> None:
    """Put a file of a usual size in the place of each PDF, and have the manifest believe in it."""
    manifest = Manifest.of(out)
    for name in [name for name in manifest.files if name.endswith(".html")]:
        paper = out / f"{Path(name).stem}.pdf"
        paper.write_bytes(os.urandom(100_000))
    data = json.loads((out / NAME).read_text(encoding="utf-8"))
    for path in sorted(out.glob("*.pdf")):
        data["files"][path.name] = {
            **data["files"][f"{path.stem}.html"],
            "digest": _sum(path),
            "made_of": "stands in",
        }
    (out / NAME).write_text(json.dumps(data), encoding="utf-8")


def _sum(path: Path) -> str:
    from reporter.outputs.digests import digest

    return digest(path.read_bytes())


def _with_files(css: str) -> str:
    """Return a stylesheet with the fonts' places on this machine."""
    return re.sub(
        r"package:(\w+)/", lambda found: f"{Path(str(resources.files(found[1]))).as_uri()}/", css
    )


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer rounds and smaller projects")
    parser.add_argument("--only", help="only rows of this method")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        bench = Bench(Path(name), quick=options.quick)
        say = sys.stdout.write
        say(
            f"{cores()} cores, {platform.system()} {platform.machine()}, "
            f"Python {platform.python_version()}\n\n"
        )
        say("| what | compared with | ratio of medians | at most |\n|---|---|---|---|\n")
        rows = bench.rows() if not options.only else getattr(bench, options.only)()
        for row in [rows] if isinstance(rows, tuple) else rows:
            say(f"| {' | '.join(row)} |\n")
            sys.stdout.flush()
        if not options.only:
            say("\nBy page-validation:\n\n" + "".join(f"{line}\n" for line in bench.standards()))


if __name__ == "__main__":
    main()
