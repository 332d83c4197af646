"""A project on disk: which files hold which records; reads them all and collects every problem."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.problems import Problem, ReporterError
from reporter.reader import read
from reporter.records import KINDS, Kind, Project
from reporter.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reporter.reader import Path_, Source
    from reporter.records import Record

SETTINGS = "project.yaml"


@dataclass(frozen=True, slots=True)
class Loaded:
    """A record, and the place in the files from which it was read."""

    kind: str
    record: Record
    source: Source
    where: Path_ = ()

    def problem(self, where: Path_, message: str, hint: str = "") -> Problem:
        """Return an error at a field of this record."""
        return self.source.problem((*self.where, *where), message, hint)


@dataclass(frozen=True, slots=True)
class Broken:
    """A record that could not be used. ``id`` is None where not even that could be read."""

    kind: str
    id: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """All that was read from a project: its settings, its records, and those that could not be used."""

    settings: Project
    settings_source: Source
    records: tuple[Loaded, ...]
    broken: tuple[Broken, ...]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of the records that could not be used."""
        return tuple(problem for broken in self.broken for problem in broken.problems)


def load(root: Path) -> Contents:
    """Read the project in the folder ``root``.

    Problems of single files are returned, since a report may not need them. Raises ReporterError where there is no
    project to speak of: no ``data`` folder, or unusable settings.
    """
    data = root / "data"
    if not data.is_dir():
        message = "is not a folder" if data.exists() else "there is no such folder"
        raise ReporterError([Problem(data, message, "name the folder of the project with --project; it holds data/ and templates/")])
    settings_source = read(data / SETTINGS)
    settings = validate(Project, settings_source)
    records: list[Loaded] = []
    broken: list[Broken] = []
    for kind in KINDS:
        for found in _load_kind(data, kind):
            (records if isinstance(found, Loaded) else broken).append(found)  # type: ignore[arg-type]
    return Contents(settings, settings_source, tuple(records), tuple(broken))


def _load_kind(data: Path, kind: Kind) -> Iterator[Loaded | Broken]:
    try:
        paths = _files(data, kind)
    except OSError as error:
        folder = data / kind.plural
        yield Broken(kind.name, None, (Problem(folder, f"cannot be read: {error.strerror}", "it must be a folder that you may read"),))
        return
    for path in paths:
        try:
            source = read(path)
        except ReporterError as error:
            yield Broken(kind.name, _id_of_file(kind, path), error.problems)
            continue
        if not kind.own_file and not isinstance(source.data, list):
            problem = source.problem((), f"expected a list of {kind.plural}", "begin each record with '- id: ...'")
            yield Broken(kind.name, None, (problem,))
            continue
        for where in [()] if kind.own_file else [(index,) for index in range(len(source.data or ()))]:
            yield _load_record(kind, source, where)


def _load_record(kind: Kind, source: Source, where: Path_) -> Loaded | Broken:
    try:
        return Loaded(kind.name, validate(kind.model, source, where), source, where)
    except ReporterError as error:
        return Broken(kind.name, _id_of_file(kind, source.path) if kind.own_file else _id_in(source, where), error.problems)


def _files(data: Path, kind: Kind) -> list[Path]:
    if not kind.own_file:
        shared = data / f"{kind.plural}.yaml"
        return [shared] if shared.exists() or shared.is_symlink() else []
    folder = data / kind.plural
    return sorted(path for path in folder.iterdir() if path.suffix == ".yaml") if folder.exists() else []


def _id_of_file(kind: Kind, path: Path) -> str:
    return f"{kind.name}-{path.stem}" if kind.name == "meeting" else path.stem


def _id_in(source: Source, where: Path_) -> str | None:
    data = source.data[where[0]] if isinstance(source.data, list) and isinstance(where[0], int) else None
    name = data.get("id") if isinstance(data, dict) else None
    return name if isinstance(name, str) else None
