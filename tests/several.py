"""Projects of several series, made of such as have one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAMED = re.compile(r"(?<![\w/-])meeting-([0-9]{2,4})(?![\w-])")
SETTINGS = """id: {name}
series: {{en: Talks of {name}}}
short: {{en: Talks on {name}}}
"""
OTHER = """number: {number}
title: {{en: Meeting {number} on the sea}}
date: {date}
place: {{city: Third City, host: state-c, source: news}}
evidence: full
defaults: {{by: [state-a, state-b, state-c], source: news}}
participants:
  - {{side: state-c, complete: true, bodies: []}}
statements:
  complete: true
  items:
    - {{id: s{number}-01, verb: committed, text: to chart the sea, strength: committed, due: 2026, \
subjects: debris}}
    - {{id: s{number}-02, verb: discussed, text: the tide, subjects: debris, \
about: meeting-{number:02}}}
"""


def move(project: Path, names: Sequence[str]) -> None:
    """Put the meetings of a project in turn into series of these names."""
    data = project / "data"
    files = sorted((data / "meetings").glob("*.yaml"))
    of = {path.stem: names[index % len(names)] for index, path in enumerate(files)}
    for name in names:
        folder = data / "series" / name
        (folder / "meetings").mkdir(parents=True)
        (folder / "series.yaml").write_text(SETTINGS.format(name=name), encoding="utf-8")
    for path in files:
        path.rename(data / "series" / of[path.stem] / "meetings" / path.name)
    if files:
        (data / "meetings").rmdir()
    for path in data.rglob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        told = NAMED.sub(lambda found: _with_series(found[0], of), text)
        path.write_text(told, encoding="utf-8")


def _with_series(name: str, of: dict[str, str]) -> str:
    series = of.get(name.removeprefix("meeting-"))
    return f"{series}/{name}" if series else name


def add(project: Path) -> None:
    """Put the meetings of the small project into the series 'space'; beside it comes 'sea'.

    That has a third side, begins at its third meeting and lacks the fourth.
    """
    move(project, ["space"])
    data = project / "data"
    settings = data / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    sides = text.replace("areas:", "  - {id: state-c, name: {en: State C}}\nareas:", 1)
    settings.write_text(sides, encoding="utf-8")
    space = data / "series" / "space" / "series.yaml"
    own = f"{space.read_text(encoding='utf-8')}sides: [state-a, state-b]\n"
    space.write_text(own, encoding="utf-8")
    _add_sea(data, OTHER)


def beside(project: Path) -> None:
    """Add 'sea' to the small project, whose own series stays where it is; both have two sides."""
    both = OTHER.replace("state-a, state-b, state-c", "state-a, state-b")
    _add_sea(project / "data", both.replace("state-c", "state-b"))


def wider(project: Path) -> None:
    """Add 'sea' with its third side, which the project's own series has not."""
    settings = project / "data" / "project.yaml"
    text = settings.read_text(encoding="utf-8")
    sides = "  - {id: state-c, name: {en: State C}}\nown_sides: [state-a, state-b]\nareas:"
    settings.write_text(text.replace("areas:", sides, 1), encoding="utf-8")
    _add_sea(project / "data", OTHER)


def _add_sea(data: Path, meeting: str) -> None:
    sea = data / "series" / "sea"
    (sea / "meetings").mkdir(parents=True)
    (sea / "series.yaml").write_text(SETTINGS.format(name="sea"), encoding="utf-8")
    for number, day in ((3, "2024-02-01"), (5, "2025-02-01")):
        record = meeting.format(number=number, date=day)
        (sea / "meetings" / f"{number:02}.yaml").write_text(record, encoding="utf-8")
