"""Starts a project, and adds records to it: ``reporter init`` and ``reporter new``.

What is copied lies in ``starter/``: a small project with comments that teach, and a template for
each record that can be added. A new record is read and cross-checked before it is written, so the
project never gets worse.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from dataclasses import replace
from importlib import resources
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

from reporter.desk.schema import write_schemas
from reporter.outputs.files import write
from reporter.problems import Problem, ReporterError, quoted
from reporter.records import KINDS
from reporter.records.agreement import Agreement
from reporter.records.base import ID_PATTERN
from reporter.records.crosscheck import crosscheck
from reporter.records.meeting import Meeting
from reporter.records.project import Contents, Loaded, load
from reporter.records.reader import parse
from reporter.records.register import Document
from reporter.records.skeletons import NOT_DESCRIBED, UNCHANGED, title_of_new
from reporter.records.validation import validate
from reporter.text import check_inside

if TYPE_CHECKING:
    from datetime import date

    from reporter.records import Kind

STARTER = Path(str(resources.files("reporter"))) / "desk" / "starter"
LAST_NUMBER = 9999  # of a meeting
MOST_NAMED = 5  # of the files that are in the way
# What a fresh clone may hold: it is none of a project's, and is left as it is.
OF_A_CLONE = re.compile(
    r"\.git(ignore|attributes|modules|keep|hub|lab|lab-ci\.yml|ea)?|\.(forgejo|editorconfig|mailmap)"
    r"|\.pre-commit-config\.yaml|\.DS_Store"
    r"|(readme|licen[sc]es?|copying|notice|authors|contributing|security|changelog|code_of_conduct"
    r"|codeowners)([.-][\w.-]+)?",
    re.IGNORECASE,
)
SPECIAL_WORDS = frozenset({"null", "true", "false"})  # they would not be read as text


def init(folder: Path) -> tuple[Path, ...]:
    """Start a project in ``folder`` and return the files that were made.

    What a fresh clone holds is left as it is. Raises ReporterError, and writes nothing, where
    anything else is there.
    """
    try:
        fresh = not folder.exists()
        if not fresh:
            _check_empty(folder)
        folder.mkdir(parents=True, exist_ok=True)
        try:
            return _move_in(folder)
        finally:
            if fresh and not any(folder.iterdir()):
                folder.rmdir()
    except OSError as error:
        raise ReporterError(
            [Problem(folder, f"cannot be written: {error.strerror}", "choose another folder")]
        ) from None


def _check_empty(folder: Path) -> None:
    """Raise ReporterError where more is there than a fresh clone holds, and name it."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else None
    strange = [name for name in names or () if not OF_A_CLONE.fullmatch(name)]
    if names is not None and not strange:
        return
    shown = ", ".join(quoted(name) for name in strange[:MOST_NAMED])
    more = f" and {len(strange) - MOST_NAMED} more" if len(strange) > MOST_NAMED else ""
    hint = "name a folder that is empty or does not exist yet"
    if strange:
        hint += f", or a fresh clone; in the way: {shown}{more}"
    raise ReporterError([Problem(folder, "there is something here already", hint)])


def _move_in(folder: Path) -> tuple[Path, ...]:
    """Make the project beside its place, and move it there once complete: all of it or nothing."""
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as name:
        made = Path(name)
        _fill(made)
        parts = [part for part in sorted(made.iterdir()) if not os.path.lexists(folder / part.name)]
        files = sorted(
            path.relative_to(made)
            for part in parts
            for path in (part, *part.rglob("*"))
            if path.is_file() and ".schema" not in path.parts
        )
        moved: list[Path] = []
        try:
            for part in parts:
                moved.append(part.rename(folder / part.name))  # noqa: PERF401 (known if one fails)
        except OSError:
            for part in moved:
                part.rename(made / part.name)
            raise
    return tuple(folder / path for path in files)


def _fill(folder: Path) -> None:
    starter = STARTER / "project"
    for path in starter.rglob("*"):
        if path.is_file():
            # Files to be hidden have no dot in the starter: a .gitignore would act on our own
            # checkout.
            target = (
                folder / path.relative_to(starter)
                if path.name != "gitignore"
                else folder / ".gitignore"
            )
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    write_schemas(folder)


def new(project: Path, name: str, id_: str | None, day: date) -> Path:
    """Add a record of the kind ``name`` and return its file.

    Raises ReporterError where it cannot be added or exists already. A meeting without an id gets
    the next number. ``day`` is today: a meeting is put into its year, to be corrected.
    """
    kind = next(kind for kind in KINDS if kind.name == name)
    contents = load(project)
    stem = _number(project, contents, id_) if kind.model is Meeting else _id(id_)
    path = project / "data" / kind.plural / f"{stem}.yaml"
    if os.path.lexists(path):
        raise ReporterError(
            [
                Problem(
                    path, "there is such a record already", "change that one, or choose another id"
                )
            ]
        )
    text = _text(kind, stem, contents, day)
    _check(kind, contents, path, text)
    try:
        path.parent.mkdir(exist_ok=True)
        check_inside(path.parent, project)
    except OSError as error:
        raise ReporterError(
            [
                Problem(
                    path.parent,
                    f"cannot be made: {error.strerror}",
                    "check the permissions of data/",
                )
            ]
        ) from None
    return write(path, text.encode())


def _id(id_: str | None) -> str:
    if id_ is None:
        raise ReporterError(
            [
                Problem(
                    None,
                    "a new record needs an id",
                    "for example: reporter new agreement data-sharing-2024",
                )
            ]
        )
    if not re.fullmatch(ID_PATTERN, id_, re.ASCII) or "\n" in id_ or id_ in SPECIAL_WORDS:
        hint = (
            "an id has small letters, digits and single hyphens: 'data-sharing-2024'; "
            "null, true and false are no ids"
        )
        raise ReporterError([Problem(None, f"{quoted(id_)} is not an id", hint)])
    return id_


def _number(project: Path, contents: Contents, id_: str | None) -> str:
    """Return the file name of the requested meeting, or else of the one after the last."""
    if id_ is None:
        number = max(_numbers(project, contents), default=0) + 1
    else:
        number = int(id_) if re.fullmatch(r"0*[0-9]{1,4}", id_, re.ASCII) else 0
    if number not in range(1, LAST_NUMBER + 1):
        shown = quoted(id_) if id_ is not None else str(number)
        raise ReporterError(
            [
                Problem(
                    None,
                    f"{shown} is not the number of a meeting",
                    f"give a number from 1 to {LAST_NUMBER}, or none",
                )
            ]
        )
    return f"{number:02}"


def _numbers(project: Path, contents: Contents) -> set[int]:
    """Return the numbers of all meetings, of those too that cannot be read now."""
    found = {
        loaded.record.number for loaded in contents.records if isinstance(loaded.record, Meeting)
    }
    stems = {path.stem for path in (project / "data" / "meetings").glob("*.y*ml")}
    return found | {int(stem) for stem in stems if stem.isascii() and stem.isdigit()}


def _text(kind: Kind, stem: str, contents: Contents, day: date) -> str:
    sides = [side.id for side in contents.settings.sides]
    return Template(
        (STARTER / "records" / f"{kind.name}.yaml").read_text(encoding="utf-8")
    ).substitute(
        id=stem,
        number=stem.lstrip("0"),
        title=title_of_new(stem.lstrip("0") if kind.model is Meeting else stem),
        described=NOT_DESCRIBED,
        year=f"{day.year:04}",
        language=contents.settings.language,
        side=sides[0],
        sides=", ".join(sides),
        source=_source(kind, contents),
    )


def _source(kind: Kind, contents: Contents) -> str:
    """Return a citation of the last document: people add an agreement just after its document."""
    documents = [
        loaded.record for loaded in contents.records if isinstance(loaded.record, Document)
    ]
    if documents:
        return f"{documents[-1].id}#1" if documents[-1].paragraphs else documents[-1].id
    if kind.model is not Agreement:  # it cites nothing yet
        return "document-id#1"
    message = f"there is no document yet that could say what this {kind.name} is"
    raise ReporterError(
        [
            Problem(
                None,
                message,
                "add one to data/documents.yaml first: nothing is said without a source",
            )
        ]
    )


def _check(kind: Kind, contents: Contents, path: Path, text: str) -> None:
    """Raise ReporterError with what ``reporter check`` would say of the new record."""
    source = parse(path, text)
    added = Loaded(kind.name, validate(kind.model, source), source)
    every = replace(contents, records=(*contents.records, added))
    found = [problem for loaded, problem in crosscheck(every) if loaded is added]
    if problems := [problem for problem in found if problem.message != UNCHANGED]:
        raise ReporterError([Problem(None, problem.message, problem.hint) for problem in problems])
