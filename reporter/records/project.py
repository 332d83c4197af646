"""A project on disk: which files hold which records; reads them all and collects every problem."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from reporter.outputs.journal import finish
from reporter.outputs.limits import collector_off
from reporter.problems import Problem, ReporterError, quoted, stop
from reporter.records import KINDS, MEETING, NAMES, SERIES, Kind, Project
from reporter.records.base import ID_PATTERN, LONGEST_ID
from reporter.records.facts import Facts, facts_of
from reporter.records.places import FOLDER as SERIES_FOLDER
from reporter.records.places import SETTINGS as SERIES_SETTINGS
from reporter.records.places import meeting_of_file, place_of, placed, root_of, series_of
from reporter.records.reader import parse, read
from reporter.records.register import Organisation
from reporter.records.shorthand import Bodies, Called, written_out
from reporter.records.validation import validate
from reporter.sources.fingerprint import FOLDER, Fingerprints
from reporter.text import LARGEST_FILE, SPLIT, decoded, listed, read_bytes
from reporter.theme import Theme, default_templates, language_file

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from reporter.records import Record
    from reporter.records.reader import Path_, Source
    from reporter.records.register import Side

    Read = Callable[[Kind, Path, Bodies], Iterable["Loaded | Broken"]]

R = TypeVar("R", bound="Record")
SETTINGS = "project.yaml"
NOTHING_HERE = "no kind of record is kept here"
# Forms and endings used for a record by mistake, and files that programs leave beside one.
_YAML = re.compile(r"\.ya?ml|\.(?:yalm|ymal|yam)$", re.IGNORECASE)
_LIKE_YAML = re.compile(rf"{_YAML.pattern}|\.(?:json[c5]?|toml)$", re.IGNORECASE)
_ENDINGS = (".yaml", ".yml")
_COPIES = frozenset({"bak", "orig", "old", "rej", "swp", "tmp"})
# Folders that systems make in any other: of a NAS, a disk, an archive, a desktop.
_OF_SYSTEMS = frozenset(
    {"@eadir", "lost+found", "__macosx", "$recycle.bin", "#recycle", "@recycle"}
    | {"system volume information", "#snapshot"}
)


class Loaded:
    """A record, and the place in the files from which it was read."""

    sound = False
    """Whether it is known to have no problem of its own."""
    against: tuple[Problem, ...] | None = None
    """What it says against the texts of its documents; None where nobody has looked."""
    bones = ""
    """The digest of its file without sentences, where that is known."""

    def __init__(self, kind: str, record: Record, source: Source, where: Path_ = ()) -> None:
        self.kind = kind
        self.path = source.path
        self.where = where
        self._record = record
        self._source = source

    @property
    def record(self) -> Record:
        """The record."""
        return self._record

    @property
    def source(self) -> Source:
        """The file, with the position of each value."""
        return self._source

    @cached_property
    def facts(self) -> Facts:
        """What other records may have to know of it."""
        return facts_of(self.kind, self.record)

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
    """All that was read from a project: settings, records, and records that cannot be used."""

    settings: Project
    settings_source: Source
    records: tuple[Loaded, ...]
    broken: tuple[Broken, ...]
    fingerprints: Fingerprints
    """Of the texts of documents, each read where it is needed."""
    theme: Theme

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All problems of the records that could not be used."""
        return tuple(problem for broken in self.broken for problem in broken.problems)

    def every(self, model: type[R]) -> list[R]:
        """Return the records of a kind, in the order in which they were read."""
        found = (loaded.record for loaded in self.records if loaded.kind == NAMES[model])
        return [record for record in found if isinstance(record, model)]

    @property
    def has_own(self) -> bool:
        """Whether there are meetings beside the folders of series: those of the project's own."""
        ids = [loaded.facts.id for loaded in self.records if loaded.kind == MEETING.name]
        ids += [one.id for one in self.broken if one.kind == MEETING.name and one.id]
        return not all(map(series_of, ids))


def load(root: Path, files: Read | None = None) -> Contents:
    """Read the project in the folder ``root``; ``files`` gives the records of each of its files.

    Problems of single files are returned, since a report may not need them. Raises ReporterError
    where there is no usable project: no ``data`` folder, or unusable settings, such as a language
    that the theme has no words for.
    """
    with collector_off():
        data = root / "data"
        finish(data)
        names = _names(root)
        settings_source = read(data / SETTINGS, root)
        settings = validate(Project, settings_source)
        theme = Theme.of(root)
        lacking = _language_lacks(settings_source, settings.language, theme)
        series = _series(root) if names.get(SERIES_FOLDER) else []
        kinds = [kind for kind in KINDS if place_of(kind) in names]
        kinds += [kind for name in series for kind in _kinds_of(root, name)]
        found = [
            *_load_kinds(root, kinds, settings.sides, files or load_file),
            *_strange(root, series),
            *lacking,
        ]
        _stop_where_unusable(found)
        records = tuple(item for item in found if isinstance(item, Loaded))
        broken = tuple(item for item in found if isinstance(item, Broken))
        return Contents(settings, settings_source, records, broken, Fingerprints(data), theme)


def load_file(kind: Kind, path: Path, bodies: Bodies) -> Iterator[Loaded | Broken]:
    """Yield the records of one file."""
    try:
        raw = read_record(kind, path)
    except ReporterError as error:
        yield Broken(kind.name, id_of_file(kind, path), error.problems)
    else:
        yield from load_content(kind, path, raw, bodies)


def read_record(kind: Kind, path: Path) -> bytes:
    """Return the content of a file of records, which lies in the project. Raises ReporterError."""
    if path.suffix != ".yaml":
        raise ReporterError([_not_read(path)])
    return read_bytes(path, LARGEST_FILE, SPLIT, within=root_of(kind, path))


def source_of(kind: Kind, path: Path, raw: bytes, bodies: Bodies) -> Source:
    """Return the plain data of a file of records with this content, and where each value stands."""
    source = parse(path, decoded(path, raw))
    return written_out(kind.model, source, bodies) if kind.own_file else source


def load_content(kind: Kind, path: Path, raw: bytes, bodies: Bodies) -> Iterator[Loaded | Broken]:
    """Yield the records of a file with this content."""
    name = id_of_file(kind, path)
    try:
        source = source_of(kind, path, raw, bodies)
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
        message, hint = f"expected a list of {kind.plural}", "begin each record with '- id: ...'"
        yield Broken(kind.name, None, (source.problem((), message, hint),))


def _load_record(kind: Kind, source: Source, where: Path_, name: str | None) -> Loaded | Broken:
    try:
        record = placed(kind, validate(kind.model, source, where))
        return Loaded(kind.name, record, source, where)
    except ReporterError as error:
        return Broken(kind.name, name, error.problems)


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


def _names(root: Path) -> dict[str, bool]:
    """Return what lies in ``data``. Raises ReporterError where there is no such folder."""
    try:
        return dict(_shown(root / "data", root))
    except OSError as error:
        absent = isinstance(error, FileNotFoundError)
        message = "there is no such folder" if absent else f"cannot be read: {error.strerror}"
        hint = "start a project with 'reporter init', or name the folder of one with --project"
        stop(root / "data", message, hint)


def _shown(folder: Path, root: Path) -> list[tuple[str, bool]]:
    """Return the names in a folder that may be records, each with whether it is a folder."""
    return [
        (name, is_folder)
        for name, is_folder in listed(folder, within=root)
        if not name.startswith((".", "#"))
        and not name.endswith("~")
        and not (is_folder and name.casefold() in _OF_SYSTEMS)
    ]


def _series(root: Path) -> list[str]:
    """Return the names of the folders of series. Raises ReporterError where they cannot be read."""
    path = root / "data" / SERIES_FOLDER
    try:
        return [name for name, is_folder in _shown(path, root) if is_folder]
    except OSError as error:
        stop(path, f"cannot be read: {error.strerror}", "it must be a folder that you may read")


def _kinds_of(root: Path, series: str) -> Iterator[Kind]:
    """Yield the kinds of records that lie in the folder of a series."""
    yield SERIES._replace(series=series)
    meetings = MEETING._replace(series=series)
    if (root / "data" / place_of(meetings)).exists():
        yield meetings


def _folder(root: Path, series: str) -> Path:
    return root / "data" / SERIES_FOLDER / series


def _stop_where_unusable(found: list[Loaded | Broken]) -> None:
    """Raise ReporterError where the settings of a series cannot be used."""
    broken = [item for item in found if isinstance(item, Broken) and item.kind == SERIES.name]
    if broken:
        raise ReporterError([problem for item in broken for problem in item.problems])


def _strange(root: Path, series: list[str]) -> Iterator[Broken]:
    """Yield what lies in ``data``, or in a folder of series, as if it held records."""
    there = {root / "data": {SETTINGS, FOLDER, SERIES_FOLDER, *map(place_of, KINDS)}}
    if series:
        there[root / "data" / SERIES_FOLDER] = {*series}
        there |= {_folder(root, name): {SERIES_SETTINGS, MEETING.plural} for name in series}
    for folder, known in there.items():
        hint = f"there are: {', '.join(sorted(known))}"
        for name, is_folder in _shown(folder, root):
            if name not in known and (is_folder or _is_like_a_record(name)):
                yield Broken("", None, (Problem(folder / name, NOTHING_HERE, hint),))


def _is_like_a_record(name: str) -> bool:
    """Return whether a name is nearly that of a record: ``x.yml``, ``x.yaml.txt``."""
    copied = name.casefold().rpartition(".")[2] in _COPIES
    return not copied and bool(_LIKE_YAML.search(name))


def _load_kinds(
    root: Path, kinds: Iterable[Kind], sides: Sequence[Side], files: Read
) -> Iterator[Loaded | Broken]:
    """Yield the records of each kind in turn; bodies are read first: others abbreviate them."""
    early = {
        kind.name: list(_load_kind(root, kind, files, Bodies()))
        for kind in kinds
        if kind.model is Organisation
    }
    bodies = bodies_of(early.get("organisation", ()), sides)
    for kind in kinds:
        found = early.get(kind.name)
        yield from _load_kind(root, kind, files, bodies) if found is None else found


def bodies_of(records: Collection[Loaded | Broken], sides: Sequence[Side] = ()) -> Bodies:
    """Return the bodies among some records, and the ids of all."""
    facts = [loaded.facts for loaded in records if isinstance(loaded, Loaded)]
    bodies = [(each.id, *each.short) for each in facts if each.short]
    return Bodies(
        tuple(Called(side, abbreviation or "", str(id_)) for id_, side, abbreviation, *_ in bodies),
        frozenset((*(side.id for side in sides), *(each.id for each in facts))),
        (
            *((str(name), str(id_)) for id_, _, _, *names in bodies for name in names),
            *((name, side.id) for side in sides for name in side.name.root.values()),
            *((side.abbreviation, side.id) for side in sides if side.abbreviation),
        ),
    )


def _load_kind(root: Path, kind: Kind, files: Read, bodies: Bodies) -> Iterator[Loaded | Broken]:
    if kind.name == SERIES.name:
        yield from files(kind, _folder(root, kind.series) / SERIES_SETTINGS, bodies)
        return
    path = root / "data" / place_of(kind)
    if not kind.own_file:
        yield from files(kind, path, bodies)
        return
    try:
        names = _shown(path, root)
    except ReporterError as error:
        yield Broken(kind.name, None, error.problems)
        return
    except OSError as error:
        hint = "it must be a folder that you may read"
        problem = Problem(path, f"cannot be read: {error.strerror}", hint)
        yield Broken(kind.name, None, (problem,))
        return
    for name, is_folder in names:
        if name.casefold().endswith(_ENDINGS):
            yield from files(kind, path / name, bodies)
        elif is_folder:
            hint = f"move what it holds to {path.name}/ itself, or the folder out of data/"
            yield Broken("", None, (Problem(path / name, NOTHING_HERE, hint),))
        elif _is_like_a_record(name):
            yield Broken(kind.name, id_of_file(kind, path / name), (_not_read(path / name),))


def _not_read(path: Path) -> Problem:
    """Return the problem of a file that is like one of records by its name."""
    wanted = f"'{_LIKE_YAML.split(path.name)[0]}.yaml'"
    hint = f"name it {wanted}" if _YAML.search(path.name) else f"write it as YAML, as {wanted}"
    return Problem(path, f"not read: its name ends in {quoted(path.suffix)}", hint)


def id_of_file(kind: Kind, path: Path) -> str | None:
    """Return the id of the record that a file should hold by its name."""
    if not kind.own_file:
        return None
    if kind.name == SERIES.name:
        return kind.series
    stem = _LIKE_YAML.split(path.name)[0]
    if kind.name != "meeting":
        return stem
    return meeting_of_file(kind, stem)


def _id_in(data: Any) -> str | None:  # noqa: ANN401
    """Return the id of a record that is not valid; None where it may be any that is named."""
    name = data.get("id") if isinstance(data, dict) else None
    is_id = isinstance(name, str) and re.fullmatch(ID_PATTERN, name) and len(name) <= LONGEST_ID
    return name if is_id else None
