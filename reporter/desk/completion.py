"""Ids for shell completion, from file names: a key press waits, so no record is read."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from reporter.choice import meeting_id
from reporter.filters import ID
from reporter.problems import ReporterError
from reporter.text import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

_WITH_OFFICERS = ("meetings", "agreements", "programmes")
_PROMISED = r"\bid: *([a-z0-9-]+)(?:(?!\bid:)(?s:.))*?strength: *committed", r"^[a-z0-9-]+"
_SIDES = r"^sides:(.*(?:\n[ -].*)*)", r"\bid: *([a-z0-9-]+)"
_IS_ID = re.compile(ID).fullmatch  # nothing else may reach the shell


def meetings(project: Path) -> list[str]:
    """Return the numbers and ids of the meetings of a project: of another series, ``talks/8``."""
    return [
        *_numbers(project, "meetings"),
        *(
            f"{name}/{number}"
            for name in series(project)
            for number in _numbers(project, f"series/{name}/meetings")
        ),
    ]


def series(project: Path) -> list[str]:
    """Return the ids of the series of a project beside its own one."""
    return _ids(path.name for path in _inside(project, "series") if path.is_dir())


def _numbers(project: Path, folder: str) -> list[str]:
    stems = _stems(project, folder)
    numbers = sorted({int(stem) for stem in stems if stem.isdigit()})
    return [*map(str, numbers), *(stem for stem in stems if not stem.isdigit())]


def records(project: Path) -> list[str]:
    """Return the ids of the records of a project that have a file of their own."""
    named = (name.rpartition("/") for name in meetings(project))
    keys = [meeting_id(int(key) if key.isdigit() else key, of) for of, _, key in named]
    return [*keys, *of_kind(project, "agreements"), *of_kind(project, "programmes")]


def promises(project: Path) -> list[str]:
    """Return the ids of the agreements, meetings and promises of a project."""
    own = [f"series/{name}/meetings" for name in series(project)]
    found: set[str] = set()
    for folder in ("agreements", "meetings", *own):
        for name in _stems(project, folder):
            found |= _named(project, f"{folder}/{name}.yaml", *_PROMISED)
    return [*of_kind(project, "agreements"), *meetings(project), *sorted(filter(_IS_ID, found))]


def of_kind(project: Path, plural: str) -> list[str]:
    """Return the ids of the records of a kind: by their files, or as its one file lists them."""
    found = _named(project, f"{plural}.yaml", r"^- *\{? *id: *(\S+)", r"[^\s,}]+")
    return _ids({*found, *_stems(project, plural)})


def parties(project: Path) -> list[str]:
    """Return the ids of the sides of a project and of the parties to its agreements."""
    files = [f"agreements/{name}.yaml" for name in of_kind(project, "agreements")]
    found = _named(project, "project.yaml", *_SIDES)
    for name in files:
        found |= _named(project, name, r"^parties:(.*(?:\n *- .*)*)", r"[a-z0-9-]+")
    return _ids(found)


def owners(project: Path) -> list[str]:
    """Return the ids of the sides and of the bodies of a project."""
    sides = _named(project, "project.yaml", *_SIDES)
    return sorted({*of_kind(project, "organisations"), *_ids(sides)})


def officers(project: Path) -> list[str]:
    """Return who follows anything up by the records of a project, as far as a shell can take it."""
    own = [f"series/{name}" for name in series(project)]
    folders = [*_WITH_OFFICERS, *(f"{folder}/meetings" for folder in own)]
    files = [
        "project.yaml",
        *(f"{folder}/series.yaml" for folder in own),
        *(f"{folder}/{name}.yaml" for folder in folders for name in _stems(project, folder)),
    ]
    pattern = r"^[ -]*desk_officer: *(.+)", r"\w[\w .-]*\w"
    return sorted(set().union(*(_named(project, name, *pattern) for name in files)))


def _named(project: Path, name: str, part: str, pattern: str) -> set[str]:
    """Return what matches in a part of a file; nothing where it cannot be read."""
    try:
        text = read_text(project / "data" / name, within=project)
    except ReporterError:
        return set()
    return {
        word
        for found in re.findall(part, text, re.MULTILINE)
        for word in re.findall(pattern, found)
    }


def _stems(project: Path, folder: str) -> list[str]:
    """Return the names of the records in a folder."""
    return _ids(path.stem for path in _inside(project, folder) if path.suffix == ".yaml")


def _inside(project: Path, folder: str) -> list[Path]:
    """Return what is in a folder; nothing where it cannot be read: a shell shows no problem."""
    try:
        return list((project / "data" / folder).iterdir())
    except OSError:
        return []


def _ids(names: Iterable[str]) -> list[str]:
    return sorted(filter(_IS_ID, names))


_OTHERS = {"meeting": meetings, "party": parties, "promises": promises}


def names_of(taken: str) -> Callable[[Path], list[str]]:
    """Return what returns the names that an option takes, by the kind of record that it takes."""
    return _OTHERS.get(taken, partial(of_kind, plural=f"{taken}s"))
