"""``reporter review``: writes who reviewed a record, with the digest of what they have read."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, NoReturn

from reporter.outputs.files import write_all
from reporter.problems import Problem, ReporterError, did_you_mean, quoted, stop
from reporter.records import KINDS
from reporter.records.editing import CannotEditError, Change, edited
from reporter.records.facts import given
from reporter.records.package import Prepared
from reporter.records.project import load
from reporter.records.references import citations, parts, references
from reporter.records.relevance import NAMED, sort_problems
from reporter.records.reviews import REVIEW, digest_of, holds, reviewable
from reporter.records.statements import Entry
from reporter.text import LARGEST_FILE, SPLIT, decoded, encoded, read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date
    from pathlib import Path

    from reporter.records import Record
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

_KINDS = {kind.plural: kind.name for kind in KINDS if REVIEW in kind.model.model_fields}
_WHAT = (
    "write the id of a record or of a statement, ID@DATE for a line of its history, "
    f"or one of: {', '.join(_KINDS)}"
)


class ReviewOutcome(NamedTuple):
    """What was written, and what was found reviewed already."""

    paths: tuple[Path, ...]
    new: int
    before: int


class _ReviewedPart(NamedTuple):
    """A part that can be reviewed, and where it stands."""

    loaded: Loaded
    where: Path_
    part: Record


def review(
    root: Path, wanted: Iterable[str], by: str, day: date, *, names: bool = False
) -> ReviewOutcome:
    """Write into the records of a project that ``by`` reviewed what is ``wanted``.

    That is the id of a record, with all that stands in it; of a statement or a forecast, with its
    history; ``ID@DATE`` for the lines of a history of one day; or the name of a kind, for all
    records of it. Where another kind has the same id, it is ``KIND:ID``. With ``names``,
    also the bodies, persons, subjects and documents that these name. What was reviewed before, and
    has not changed since, stays as it is.

    Raises ReporterError, and writes nothing, where ``by`` is the author, or where one of the
    records has an error.
    """
    contents = load(root)
    found = [part for name in wanted for part in _found(contents, name)]
    if names:
        found += [part for loaded in _named(contents, found) for part in _parts(loaded)]
    _check(contents, found, by)
    unique = {(id(part.loaded), part.where): part for part in found}
    new = [part for part in unique.values() if not holds(part.part)]
    files = {path: _written(path, new, by, day) for path in {part.loaded.path for part in new}}
    write_all(files, root / "data")
    return ReviewOutcome(tuple(sorted(files)), len(new), len(unique) - len(new))


def _parts(loaded: Loaded, within: Path_ = ()) -> Iterator[_ReviewedPart]:
    """Yield what can be reviewed in a record, at or below a place in it."""
    for where, part in reviewable(loaded.record):
        if where[: len(within)] == within:
            yield _ReviewedPart(loaded, where, part)


def _found(contents: Contents, wanted: str) -> list[_ReviewedPart]:
    """Return what is meant. Raises ReporterError where that is nothing."""
    if kind := _KINDS.get(wanted):
        return [part for each in contents.records if each.kind == kind for part in _parts(each)]
    named, at, day = wanted.partition("@")
    of, _, name = named.rpartition(":")
    there = [
        (kind, loaded, way[:-1])
        for loaded in contents.records
        if any(one == name for _, one in loaded.facts.ids)
        for kind, one, way in given(loaded.kind, loaded.record)
        if one == name and of in {"", kind}
    ]
    there.sort(key=lambda each: bool(each[2]))  # a record goes before a part of one
    meant = [each[1:] for each in there if each[0] == there[0][0]]
    found = [part for loaded, way in meant for part in _parts(loaded, way)]
    if meant and not found:
        loaded, way = meant[0]
        hint = f"it is reviewed with {quoted(loaded.facts.id)}" if way else _WHAT
        stop(None, f"{quoted(name)} has no review of its own", hint)
    if at:
        found = [each for each in found if isinstance(e := each.part, Entry) and str(e.when) == day]
    return found or _absent(contents, name, wanted)


def _absent(contents: Contents, name: str, wanted: str) -> NoReturn:
    """Tell what is wrong with a record that cannot be read, or that there is no such thing."""
    if broken := [found for each in contents.broken if each.id == name for found in each.problems]:
        raise ReporterError(broken)
    known = {one for loaded in contents.records for _, one in loaded.facts.ids}
    hint = did_you_mean(wanted, known) or _WHAT
    stop(None, f"there is nothing {quoted(wanted)} to review", hint)


def _named(contents: Contents, found: Iterable[_ReviewedPart]) -> Iterator[Loaded]:
    """Yield the records that only give names and that are named in what was found."""
    wanted = {name for each in found for name in _all_names(each.part)}
    for loaded in contents.records:
        if loaded.kind in NAMED and (loaded.kind, loaded.facts.id) in wanted:
            yield loaded


def _all_names(part: Record) -> Iterator[tuple[str, str]]:
    """Yield what a part of a record names or cites, each with the kinds of which it may be."""
    for _, kinds, name in references(part):
        yield from ((kind, name) for kind in kinds)
    yield from (("document", cited.document) for _, cited in citations(part))


def _check(contents: Contents, found: Iterable[_ReviewedPart], by: str) -> None:
    """Raise ReporterError where the reviewer is the author, or a record is wrong."""
    settings = contents.settings
    records = {id(part.loaded): part.loaded for part in found}.values()
    authors = {settings.author, settings.handling.drafted_by or settings.author}
    for loaded in records:
        authors |= {part.author for _, part in parts(loaded.record) if isinstance(part, Prepared)}
    if by.strip().casefold() in {author.casefold() for author in authors}:
        hint = "four eyes are those of two: have it reviewed by somebody else"
        stop(None, f"{quoted(by)} is the author", hint)
    if not by.strip():
        stop(None, "nobody is named", "write --by NAME")
    paths = {loaded.path for loaded in records}
    wrong = [
        problem
        for problem in sort_problems(contents, None)
        if problem.severity == "error" and problem.path in paths
    ]
    if wrong:
        last = Problem(None, "what is wrong cannot be reviewed", "correct it first")
        raise ReporterError([*wrong, last])


def _written(
    path: Path, new: Iterable[_ReviewedPart], by: str, day: date
) -> tuple[bytes | None, bytes]:
    """Return what stood in a file, and what is to stand there."""
    here = sorted((part for part in new if part.loaded.path == path), key=lambda p: -len(p.where))
    changes = [
        Change(
            way=(*(row := (*part.loaded.where, *part.where)), REVIEW),
            value={"by": by.strip(), "on": str(day), "digest": digest_of(part.part)},
            order=tuple(type(part.part).model_fields),
            row=row,
        )
        for part in here
    ]
    before = read_bytes(path, LARGEST_FILE, SPLIT)
    text = decoded(path, before)
    try:
        return before, encoded(edited(text, changes), before)
    except CannotEditError as error:
        line = text.count("\n", 0, error.offset) + 1
        stop(path, str(error), "move it out of 'reviewed', and review that again", line, 1)
