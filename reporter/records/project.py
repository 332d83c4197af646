"""A project on disk: which files hold which records; reads them all and collects every problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from reporter.choice import meeting_id
from reporter.problems import Problem, ReporterError, quoted
from reporter.records import KINDS, Kind, Project
from reporter.records.base import ID_PATTERN, LONGEST_ID
from reporter.records.reader import read
from reporter.records.validation import validate
from reporter.theme import Theme, default_templates, language_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from reporter.records import Record
    from reporter.records.reader import Path_, Source

SETTINGS = "project.yaml"
NOTHING_HERE = "no kind of record is kept here"
_ENDINGS = frozenset({".yaml", ".yml"})


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


def load_file(kind: Kind, path: Path) -> Iterator[Loaded | Broken]:
    """Yield the records of one file."""
    name = _id_of_file(kind, path) if kind.own_file else None
    if path.suffix != ".yaml":
        problem = Problem(
            path, f"not read: its name ends in {quoted(path.suffix)}", f"name it '{path.stem}.yaml'"
        )
        yield Broken(kind.name, name, (problem,))
        return
    try:
        source = read(path)
    except ReporterError as error:
        yield Broken(kind.name, name, error.problems)
        return
    if kind.own_file:
        yield _load_record(kind, source, (), name)
    elif isinstance(source.data, list):
        yield from (
            _load_record(kind, source, (index,), _id_in(data))
            for index, data in enumerate(source.data)
        )
    else:
        yield Broken(
            kind.name,
            None,
            (
                source.problem(
                    (), f"expected a list of {kind.plural}", "begin each record with '- id: ...'"
                ),
            ),
        )


def load(
    root: Path, files: Callable[[Kind, Path], Iterable[Loaded | Broken]] = load_file
) -> Contents:
    """Read the project in the folder ``root``; ``files`` gives the records of each of its files.

    Problems of single files are returned, since a report may not need them. Raises ReporterError where there is no
    project to speak of: no ``data`` folder, or unusable settings, such as a language of which the theme has no words.
    """
    data = root / "data"
    strange = list(_strange(data))
    settings_source = read(data / SETTINGS)
    settings = validate(Project, settings_source)
    lacking = _language_lacks(settings_source, settings.language, Theme.of(root))
    found = [item for kind in KINDS for item in _load_kind(data, kind, files)]
    records = tuple(item for item in found if isinstance(item, Loaded))
    return Contents(
        settings,
        settings_source,
        records,
        (*(item for item in found if isinstance(item, Broken)), *strange, *lacking),
    )


def _language_lacks(source: Source, code: str, theme: Theme) -> tuple[Broken, ...]:
    """Return what the language of a project lacks. Raises ReporterError where there is none."""
    path = theme.find(language_file(code))
    if not path:
        there = sorted(
            {path.stem for path in theme.files() if theme.find(language_file(path.stem)) == path}
        )
        hint = f"there are: {', '.join(there)}; or add templates/{language_file(code)}"
        raise ReporterError([source.problem(("language",), f"there is no language '{code}'", hint)])
    if path.is_relative_to(default_templates()):  # those are whole: a test sees to it
        return ()
    from reporter.language import lacking  # noqa: PLC0415 (imports Babel: only where it is needed)

    return (Broken("", None, problems),) if (problems := lacking(theme, code)) else ()


def _strange(data: Path) -> Iterator[Broken]:
    """Yield what lies in ``data`` as if it held records, and is not read. Raises ReporterError where there is no such folder."""
    known = {SETTINGS, *(kind.plural if kind.own_file else f"{kind.plural}.yaml" for kind in KINDS)}
    try:
        strange = [path for path in _listed(data) if path.name not in known]
    except OSError as error:
        message = (
            "there is no such folder"
            if isinstance(error, FileNotFoundError)
            else f"cannot be read: {error.strerror}"
        )
        hint = "name the folder of the project with --project; it holds data/ and templates/"
        raise ReporterError([Problem(data, message, hint)]) from None
    for path in strange:
        yield Broken(
            "", None, (Problem(path, NOTHING_HERE, f"there are: {', '.join(sorted(known))}"),)
        )


def _load_kind(
    data: Path, kind: Kind, files: Callable[[Kind, Path], Iterable[Loaded | Broken]]
) -> Iterator[Loaded | Broken]:
    folder = data / kind.plural
    try:
        paths = _paths(data, kind)
    except OSError as error:
        yield Broken(
            kind.name,
            None,
            (
                Problem(
                    folder,
                    f"cannot be read: {error.strerror}",
                    "it must be a folder that you may read",
                ),
            ),
        )
        return
    for path in paths:
        if path.suffix.lower() in _ENDINGS:
            yield from files(kind, path)
        else:
            hint = f"move what it holds to {folder.name}/ itself, or the folder out of data/"
            yield Broken("", None, (Problem(path, NOTHING_HERE, hint),))


def _load_record(kind: Kind, source: Source, where: Path_, name: str | None) -> Loaded | Broken:
    try:
        return Loaded(kind.name, validate(kind.model, source, where), source, where)
    except ReporterError as error:
        return Broken(kind.name, name, error.problems)


def _paths(data: Path, kind: Kind) -> list[Path]:
    """Return the files of a kind, in order, and the folders among them, which are not read."""
    if not kind.own_file:
        shared = data / f"{kind.plural}.yaml"
        return [shared] if shared.exists() or shared.is_symlink() else []
    folder = data / kind.plural
    if not folder.exists() and not folder.is_symlink():
        return []
    return _listed(folder)


def _listed(folder: Path) -> list[Path]:
    """Return what a folder holds of YAML and of folders, in order; what is hidden is nobody's record."""
    shown = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    return [path for path in shown if path.suffix.lower() in _ENDINGS or path.is_dir()]


def _id_of_file(kind: Kind, path: Path) -> str:
    if kind.name != "meeting":
        return path.stem
    return (
        meeting_id(int(path.stem))
        if path.stem.isascii() and path.stem.isdigit()
        else f"meeting-{path.stem}"
    )


def _id_in(data: Any) -> str | None:  # noqa: ANN401
    """Return the id of a record that is not valid; None where it is no id, and the record may be any that is named."""
    name = data.get("id") if isinstance(data, dict) else None
    return (
        name
        if isinstance(name, str) and re.fullmatch(ID_PATTERN, name) and len(name) <= LONGEST_ID
        else None
    )
