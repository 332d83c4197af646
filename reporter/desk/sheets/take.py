"""``reporter take``: what was changed in a sheet goes into the records, or nothing does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from reporter.desk.sheets import SHEETS
from reporter.desk.sheets.columns import SheetTable, questions, tables
from reporter.desk.sheets.merging import Edits, Merge, Merged, Target, entries
from reporter.desk.sheets.opened import opened
from reporter.desk.sheets.sheet_rows import languages, value_at
from reporter.outputs.files import write_all
from reporter.problems import Problem, ReporterError, stop
from reporter.records import KINDS
from reporter.records.editing import Added, CannotEditError, edited
from reporter.records.inline import plain
from reporter.records.outline import in_one_list, spans_of
from reporter.records.project import Contents, Loaded, load, load_content
from reporter.records.reader import parse
from reporter.records.relevance import sort_problems
from reporter.records.shorthand import Bodies
from reporter.text import LARGEST_FILE, SPLIT, decoded, encoded, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reporter.desk.sheets.opened import SheetGrid
    from reporter.records import Kind
    from reporter.records.project import Broken
    from reporter.records.reader import Path_, Plain

_BY_HAND = "change it by hand, at"


class Taken(NamedTuple):
    """What became of a sheet."""

    paths: tuple[Path, ...]
    """The files that were changed."""
    lines: tuple[str, ...]
    """What was done, and what was not, in words."""
    conflicts: tuple[Problem, ...]
    """What two people have changed, each differently."""


class _FileToWrite(NamedTuple):
    """A file as it is to be: its text, and what stood there before."""

    path: Path
    before: bytes | None
    content: bytes
    edits: Edits


def take(root: Path, file: Path, today: date = date.max) -> Taken:
    """Take into the records of a project what was changed in a sheet.

    Answers tell of no day after ``today``. Raises ReporterError, and writes nothing, where the
    sheet or what it asks for is wrong.
    """
    contents = load(root)
    if wrong := _errors(sort_problems(contents, None)):
        raise ReporterError([*wrong, Problem(None, "the records have to be right first")])
    merged = _merged(root, contents, file, today)
    if merged.faults:
        raise ReporterError(merged.faults)
    files = [_edited(path, edits) for path, edits in entries(merged)]
    _check(root, contents, files)
    write_all({file.path: (file.before, file.content) for file in files}, root / "data")
    lines = [*map(_said, files), *merged.notes]
    return Taken(tuple(file.path for file in files), tuple(lines), tuple(merged.conflicts))


def check_free(root: Path, contents: Contents, file: Path) -> None:
    """Raise ReporterError where a file is there that holds what is not in the records yet."""
    if not file.exists():
        return
    try:
        merged = _merged(root, contents, file)
    except ReporterError:
        stop(file, "another file is there, no sheet of ours", "name another file with -o")
    if merged.faults or merged.conflicts or any(entries(merged)):
        message = "it holds changes that are not in the records"
        hint = "bring them in first, with 'reporter take'; or name another file with -o"
        stop(file, message, hint)


def _merged(root: Path, contents: Contents, file: Path, today: date = date.max) -> Merged:
    merged = Merged(today)
    for grid in opened(file):
        Merge(contents, root, grid, _table(grid, contents), merged).run()
    return merged


def _errors(problems: Iterable[Problem]) -> list[Problem]:
    return [problem for problem in problems if problem.severity == "error"]


def _table(grid: SheetGrid, contents: Contents) -> SheetTable:
    """Return the table of a sheet: by its name, or else by its columns."""
    known = [questions()]
    known += [table for kind in SHEETS for table in tables(kind, languages(contents))]
    if grid.base is not None or not grid.main:
        named = next((table for table in known if table.name == grid.name), None)
        if named:
            return named
    head = set(grid.head)
    best = max(known, key=lambda table: _alike(table, head))
    if not _alike(best, head)[0]:
        hint = "write it anew with 'reporter sheet', and take over what was changed"
        raise ReporterError([grid.problem(1, 0, "no sheet of ours has such columns", hint)])
    return best


def _alike(table: SheetTable, head: set[str]) -> tuple[int, bool]:
    """Return how many columns a table has in common with a head; of equal ones the wider one."""
    return len({column.name for column in table.columns} & head), table.name == "statements"


def _edited(path: Path, edits: Edits) -> _FileToWrite:
    """Return a file with its edits made. Raises ReporterError where one would cost a comment."""
    before = read_bytes(path, LARGEST_FILE, SPLIT) if path.exists() else None
    text = decoded(path, before) if before else "[]\n"
    try:
        new = edited(text, edits.changes, edits.added)
    except CannotEditError as error:
        raise ReporterError([_costly(path, text, edits, error)]) from None
    file = _FileToWrite(path, before, encoded(new, before), edits)
    wanted = plain(_expected(_data(path, text), edits))
    try:
        found = _data(path, new)
    except ReporterError as error:  # of a text that no record takes
        raise ReporterError(map(_Places(file).named, error.problems)) from None
    assert _same(found, wanted), f"an edit of {path} went wrong"  # noqa: S101 (a bug of ours)
    return file


def _data(path: Path, text: str) -> Plain:
    """Return what a text says, without what it says in short being written out."""
    return in_one_list(parse(path, text), cited=False).data


def _costly(path: Path, text: str, edits: Edits, error: CannotEditError) -> Problem:
    line = text.count("\n", 0, error.offset) + 1
    target = next(target for target in edits.targets if target.way == error.change.way)
    hint = f"{_BY_HAND} {path}:{line}"
    return target.grid.problem(target.line, target.column, str(error), hint)


def _expected(data: Any, edits: Edits) -> Any:  # noqa: ANN401 (plain data)
    """Return the plain data of a file as it is to be."""
    for change in edits.changes:
        data = _with(data, change.way, change.value, len(change.row))
    for added in sorted(edits.added, key=lambda added: (added.way, added.after), reverse=True):
        found = value_at(data, added.way) or []
        at = added.after + 1
        data = _with(data, added.way, [*found[:at], *added.values, *found[at:]], 0)
    return data


def _with(data: Any, way: Path_, value: Any, row: int) -> Any:  # noqa: ANN401 (plain data)
    """Return plain data with another value at ``way``; with None, without that field."""
    if not way:
        return value
    step, *rest = way
    if isinstance(data, list) and isinstance(step, int):
        inner = _with(data[step], tuple(rest), value, row - 1)
        return [*data[:step], inner, *data[step + 1 :]]
    found = dict(data or {})
    inner = _with(found.get(str(step)), tuple(rest), value, row - 1)
    if inner is None or (inner == {} and value is None and row <= 0):
        found.pop(str(step), None)
    else:
        found[str(step)] = inner
    return found


def _same(one: Any, other: Any) -> bool:  # noqa: ANN401 (plain data)
    """Return whether two data say the same, but for blanks and for the dash of a list of one."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, list) != isinstance(other, list):
        one, other = ([each] if not isinstance(each, list) else each for each in (one, other))
    if isinstance(one, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, str) and isinstance(other, str):
        return one.split() == other.split() if one.strip() == "" else one.strip() == other.strip()
    return bool(one == other)


def _check(root: Path, contents: Contents, files: list[_FileToWrite]) -> None:
    """Raise ReporterError with what would be wrong in the project, by the cells that say it."""
    changed = {file.path: file for file in files}
    kept: dict[Path, list[Loaded]] = {}
    for loaded in contents.records:
        kept.setdefault(loaded.path, []).append(loaded)

    def read(kind: Kind, path: Path, bodies: Bodies) -> Iterable[Loaded | Broken]:
        if path in changed:
            return load_content(kind, path, changed[path].content, bodies)
        return kept.get(path, [])

    found = load(root, read)
    new = [
        item
        for file in files
        if file.before is None
        for item in load_content(_kind(file.path), file.path, file.content, Bodies())
    ]
    found = replace(
        found, records=(*found.records, *(item for item in new if isinstance(item, Loaded)))
    )
    wrong = _errors(sort_problems(found, None))
    wrong += [problem for item in new if not isinstance(item, Loaded) for problem in item.problems]
    if wrong:
        places = {file.path: _Places(file) for file in files}
        raise ReporterError(
            places[problem.path].named(problem) if problem.path in places else problem
            for problem in wrong
        )


def _kind(path: Path) -> Kind:
    return next(kind for kind in KINDS if kind.plural == path.stem)


class _Places:
    """Where in a file stands what comes from which cell."""

    def __init__(self, file: _FileToWrite) -> None:
        self.text = decoded(file.path, file.content)
        self.lines = self.text.split("\n")
        root = spans_of(self.text)
        self.found: list[tuple[int, int, Target]] = []
        for target in file.edits.targets:
            span = root.at(_moved(target, file.edits.added))
            if span is not None:
                self.found.append((span.begin, span.end, target))

    def named(self, problem: Problem) -> Problem:
        """Return a problem by the cell from which it comes; as it is where it comes from none."""
        offset = sum(len(line) + 1 for line in self.lines[: problem.line - 1]) + problem.column - 1
        inside = [each for each in self.found if each[0] <= offset <= each[1]]
        if not inside:
            return problem
        said = f"{problem.message} {problem.hint}".replace("':", "'").replace(":'", "'")
        *_, target = min(inside, key=lambda each: each[1] - each[0])
        column = target.column or next(
            (at for name, at in target.columns.items() if f"'{name}'" in said), 0
        )
        return target.grid.problem(target.line, column or 1, problem.message, problem.hint)


def _moved(target: Target, added: list[Added]) -> Path_:
    """Return the way to something once all is added that is to be."""
    found: list[str | int] = []
    for at, step in enumerate(target.way):
        if not isinstance(step, int):
            found.append(step)
            continue
        is_new = target.group >= 0 and at == target.depth
        place = step - target.group - 1 if is_new else step
        before = sum(
            len(each.values) for each in added if each.way == target.way[:at] and each.after < place
        )
        found.append(step + before)
    return tuple(found)


def _said(file: _FileToWrite) -> str:
    cells = sum(target.column > 0 and target.group < 0 for target in file.edits.targets)
    rows = sum(len(each.values) for each in file.edits.added)
    counted = ((cells, "cell", "changed"), (rows, "row", "added"))
    told = (f"{n} {noun}{'s' * (n != 1)} {verb}" for n, noun, verb in counted if n)
    return f"{file.path}: {', '.join(told)}"
