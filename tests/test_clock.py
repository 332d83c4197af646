"""Tests of what day it is: a project's time zone, SOURCE_DATE_EPOCH, and very early days."""

from __future__ import annotations

import re
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import children
import pytest
from click.testing import CliRunner
from conftest import problems_of, run

from reporter.cli import main
from reporter.clock import today, zone_called, zone_hint, zone_name

if TYPE_CHECKING:
    from pathlib import Path

EVENING = datetime(2025, 6, 30, 23, 0, tzinfo=UTC)
EPOCH = str(int(EVENING.timestamp()))
EARLY = "315532800"  # 1 January 1980
FIELD = "series: {en: Talks}\n%s\nlanguage: en\n"


def written(project: Path, text: str) -> Path:
    """Write the settings of a project, and return its folder."""
    (project / "data").mkdir(exist_ok=True)
    (project / "data" / "project.yaml").write_text(text, encoding="utf-8")
    return project


def zoned(project: Path, name: str) -> Path:
    """Give a project a time zone, and return its folder."""
    with (project / "data" / "project.yaml").open("a", encoding="utf-8") as file:
        file.write(f"time_zone: {name}\n")
    return project


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("UTC", "2025-06-30"),
        ("Asia/Tokyo", "2025-07-01"),
        ("Pacific/Kiritimati", "2025-07-01"),
        ("America/New_York", "2025-06-30"),
    ],
)
def test_a_day_is_one_of_the_projects_time_zone(tmp_path: Path, name: str, day: str) -> None:
    """At one moment it is another day elsewhere."""
    written(tmp_path, FIELD % f"time_zone: {name}")
    assert today(tmp_path, EVENING) == date.fromisoformat(day)


def test_a_moment_from_outside_is_the_same_everywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a time zone of the project it is taken in UTC, whatever the machine's is."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    assert today(written(tmp_path, FIELD % ""), EVENING) == date(2025, 6, 30)


def shown(project: Path, **environment: str) -> str:
    """Return for which day a build speaks, as the project's series page says it."""
    options = ("--series", "--as-of", "today", "--format", "html")
    done = run("build", *options, "--project", project, environment=environment)
    assert done.returncode == 0, done.stderr
    page = (project / "output" / "series.html").read_text(encoding="utf-8")
    (day, *_) = re.findall(r"As of (\d+ \w+ \d+)", page)
    return str(day)


@pytest.mark.full
def test_today_is_that_of_the_project_and_else_of_the_machine(project: Path) -> None:
    """Between the first and the last zone of the world lie 26 hours: never the same day."""
    east, west = "Pacific/Kiritimati", "Etc/GMT+12"
    on_the_machine = {shown(project, TZ=east), shown(project, TZ=west)}
    assert len(on_the_machine) == 2
    zoned(project, west)
    assert shown(project, TZ=east) == shown(project, TZ=west)


@pytest.mark.parametrize(
    "line",
    [
        "time_zone: Asia/Tokyo",
        "time_zone:   Asia/Tokyo  # the desk's",
        "time_zone: 'Asia/Tokyo'",
        '"time_zone": "Asia/Tokyo"',
        '"time\\x5fzone": Asia/Tokyo',
        "time_zone:\n  Asia/Tokyo",
        "time_zone: Asia/Tokyo\r",
        "# time_zone: Europe/Berlin\ntime_zone: Asia/Tokyo",
        "author: The desk's\ntime_zone: Asia/Tokyo",
        "author: 'time_zone: Europe/Berlin'\ntime_zone: Asia/Tokyo",
        "author: 'a\ntime_zone: Europe/Berlin\n  b'\ntime_zone: Asia/Tokyo",
        'author: "\\" a\ntime_zone: Europe/Berlin\n  b"\ntime_zone: Asia/Tokyo',
        "author: |\n  time_zone: Europe/Berlin\ntime_zone: Asia/Tokyo",
        "handling: {time_zone: Europe/Berlin}\ntime_zone: Asia/Tokyo",
    ],
)
def test_the_time_zone_is_found_before_records_are_read(tmp_path: Path, line: str) -> None:
    """However it is written, and whatever else looks like it."""
    assert zone_name(written(tmp_path, FIELD % line)) == "Asia/Tokyo"


@pytest.mark.parametrize(
    "text",
    [
        FIELD % "",
        FIELD % "# time_zone: Asia/Tokyo",
        FIELD % "author: 'x\ntime_zone: Asia/Tokyo\n  y'",
        FIELD % "time_zone: null",
        FIELD % "time_zone: [",
        FIELD % "author: |\n  time_zone: Asia/Tokyo",
        "- time_zone: Asia/Tokyo",
        "\x00",
        "",
    ],
)
def test_no_time_zone(tmp_path: Path, text: str) -> None:
    """A wrong time zone gives none and no traceback: the reader of records reports the fault."""
    name = zone_name(written(tmp_path, text))
    assert zone_called(name) is None


def test_a_project_that_is_not_there_has_no_time_zone(tmp_path: Path) -> None:
    """Nor has one whose settings are a folder."""
    assert zone_name(tmp_path) == ""
    (tmp_path / "data" / "project.yaml").mkdir(parents=True)
    assert zone_name(tmp_path) == ""


def test_the_time_zone_costs_no_library(project: Path) -> None:
    """A build that has nothing to do reads no YAML for it."""
    zoned(project, "Asia/Tokyo")
    code = (
        "import sys; from pathlib import Path; from reporter.clock import zone_name; "
        f"print(zone_name(Path({str(project)!r})), 'yaml' in sys.modules)"
    )
    done = children.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "Asia/Tokyo False\n"


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Asia/Tokio", "did you mean 'Asia/Tokyo'?"),
        ("asia/tokyo", "did you mean 'Asia/Tokyo'?"),
        ("America/New York", "did you mean 'America/New_York'?"),
        ("Berlin", "did you mean 'Europe/Berlin'?"),
        ("JST", "write a name"),
        ("UTC+9", "write a name"),
        ("Asia", "write a name"),
        ("'+09:00'", "write a name"),
        ("posix/UTC", "write a name"),
        ("localtime", "write a name"),
        ("../UTC", "write a name"),
        ("/usr/share/zoneinfo/UTC", "write a name"),
        (r'"UTC\n::error::x"', "write a name"),
    ],
)
def test_a_wrong_time_zone(project: Path, name: str, hint: str) -> None:
    """It is an error at its line; only the name of a place is guessed."""
    settings = zoned(project, name) / "data" / "project.yaml"
    (problem,) = problems_of(project)
    assert (problem.path, problem.line, problem.column) == (
        settings,
        len(settings.read_text(encoding="utf-8").splitlines()),
        12,
    )
    assert problem.message.startswith("there is no time zone '")
    assert hint in problem.hint
    assert "\n" not in problem.render(project).replace("\n    ", "", 1)


def test_a_guess_is_never_another_meaning() -> None:
    """GMT+9 of the list lies nine hours west."""
    assert "mean" not in zone_hint("GMT+9")


@pytest.mark.parametrize("name", ["UTC", "Etc/GMT-9", "America/Argentina/Buenos_Aires", "EST5EDT"])
def test_a_right_time_zone(project: Path, name: str) -> None:
    """Any of the list."""
    assert problems_of(zoned(project, name)) == ()


# A day that somebody else set


def built(project: Path, *options: str, epoch: str | None = None) -> tuple[list[str], str]:
    """Build a project in HTML; return which outputs there are then, and what was said."""
    arguments = ("build", "--format", "html", *options, "--project", str(project))
    done = CliRunner(env={"SOURCE_DATE_EPOCH": epoch or ""}).invoke(main, arguments)
    assert done.exit_code == 0, done.stderr
    return sorted(path.name for path in (project / "output").glob("*.html")), done.stderr


@pytest.mark.full
def test_a_day_before_everything_removes_nothing(project: Path) -> None:
    """It is said which variable gave it; so it is the second time, when nothing is made anew."""
    before, said = built(project, "--prune")
    assert "meeting-02.html" in before
    assert "warning" not in said
    for _ in range(2):
        after, said = built(project, "--prune", epoch=EARLY)
        assert after == before
        assert "warning: the day is 1980-01-01, as SOURCE_DATE_EPOCH says" in said
        assert "nothing was removed" in said
        assert "no such report" not in said
    after, said = built(project, "--prune", "--as-of", "1980-01-01")
    assert (after, "the day is 1980-01-01:" in said) == (before, True)
    again, said = built(project, "--prune")
    assert (again, "warning" in said) == (before, False)


@pytest.mark.full
def test_a_day_between_removes_what_is_not_there_yet(project: Path) -> None:
    """And says who gave that day."""
    before, _ = built(project, "--prune")
    after, said = built(project, "--prune", epoch="1700000000")  # November 2023
    assert {*before} - {*after} == {"meeting-02.html", "compare-01-02.html"}
    assert "the day is 2023-11-14, as SOURCE_DATE_EPOCH says" in said


@pytest.mark.full
def test_a_project_that_lost_its_meetings_is_pruned(project: Path) -> None:
    """Where nothing is on record, no day is too early."""
    built(project, "--prune")
    for path in (project / "data").glob("*/*.yaml"):
        path.unlink()
    for name in ("disagreements", "policies"):
        (project / "data" / f"{name}.yaml").unlink()
    after, said = built(project, "--prune", epoch=EPOCH)
    assert after == ["index.html", "ledger.html", "series.html"]
    assert "nothing was removed" not in said
