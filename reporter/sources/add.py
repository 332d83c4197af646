"""``reporter source add``: makes the fingerprint of a document from a file."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from reporter.outputs.files import check_writable, write
from reporter.problems import Problem, ReporterError, did_you_mean, quoted, stop
from reporter.records.brevity import joined, shortened
from reporter.records.project import load
from reporter.records.register import Document
from reporter.sources.extract import paragraphs_of
from reporter.sources.fingerprint import Origin, fingerprint_of
from reporter.sources.nearest import TEXTS
from reporter.sources.reading import reading_of
from reporter.text import check_inside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from reporter.records.project import Contents

LONGEST_SHOWN = 60  # signs of a paragraph
_ITEM = re.compile(r"(\d{1,4})(?:-(\d{1,4})|((?:\+\d{1,4})+))?")


class FingerprintRequest(NamedTuple):
    """What to make a fingerprint of, and how."""

    file: Path
    document: str
    day: date
    """When the text was retrieved."""
    paragraphs: str = ""
    language: str = ""
    keep: bool = False
    """Whether to keep the text itself."""


class FingerprintResult(NamedTuple):
    """What was written, and what there is to say of it."""

    paths: tuple[Path, ...]
    paragraphs: tuple[str, ...]
    """Each in a line: its number, its first words."""
    todo: str = ""


def add(project: Path, wanted: FingerprintRequest) -> FingerprintResult:
    """Write the fingerprint of a document.

    Raises ReporterError where the file has no text, or the project no such document.
    """
    contents = load(project)
    document = _document(contents, wanted.document)
    raw, there = paragraphs_of(wanted.file)
    chosen = select(wanted.paragraphs, len(there))
    paragraphs = [joined(there[number - 1] for number in group) for group in chosen]
    language = wanted.language or document.language[0]
    reading = reading_of(contents.theme, language)
    origin = Origin(language, wanted.day, raw)
    found = fingerprint_of(document.id, paragraphs, origin, reading)
    path = contents.fingerprints.path(document.id)
    check_writable(path.parent)
    check_inside(path.parent, project)
    write(path, found.written().encode())
    paths = (path, *(_kept(project, document.id, paragraphs) if wanted.keep else ()))
    counted = Counter(spot.paragraph for spot in found.sentences)
    shown = tuple(_shown(paragraphs, chosen, counted))
    return FingerprintResult(paths, shown, _todo(document, len(paragraphs)))


def _document(contents: Contents, name: str) -> Document:
    documents = {document.id: document for document in contents.every(Document)}
    if name not in documents:
        broken = [
            one for item in contents.broken if item.kind == "document" for one in item.problems
        ]
        hint = did_you_mean(name, documents) or "add it to data/documents.yaml first"
        problem = Problem(None, f"there is no document {quoted(name)}", hint)
        raise ReporterError([*broken, problem])
    return documents[name]


def select(paragraphs: str, there: int) -> list[list[int]]:
    """Return which paragraphs are meant, those that are joined together: ``2,4+5,7-12``.

    Without any, each of those that are there.
    """
    if not paragraphs:
        return [[number] for number in range(1, there + 1)]
    found: list[list[int]] = []
    for item in paragraphs.replace(" ", "").split(","):
        match = _ITEM.fullmatch(item)
        if not match:
            _stop(item, there)
        first = int(match[1])
        if match[3]:
            found.append([first, *map(int, match[3][1:].split("+"))])
        else:
            found += [[number] for number in range(first, int(match[2] or first) + 1)]
    named = [number for group in found for number in group]
    if not named or max(named) > there or min(named) < 1:
        _stop(paragraphs, there)
    return found


def _stop(paragraphs: str, there: int) -> NoReturn:
    message = f"{quoted(paragraphs)} names no paragraphs that are there"
    hint = f"there are {there}; write --paragraphs 2,4+5,7-12: ranges, and '+' where two are one"
    stop(None, message, hint)


def _shown(paragraphs: list[str], chosen: list[list[int]], counted: Counter[int]) -> Iterator[str]:
    for number, (text, group) in enumerate(zip(paragraphs, chosen, strict=True), 1):
        found = "+".join(map(str, group))
        other = "" if found == str(number) else f" (found as {found})"
        noun = "sentence" if counted[number] == 1 else "sentences"
        yield f"{number:3}  {shortened(text, LONGEST_SHOWN)}  [{counted[number]} {noun}]{other}"


def _kept(project: Path, document: str, paragraphs: list[str]) -> tuple[Path, ...]:
    path = project / TEXTS / f"{document}.txt"
    check_writable(path.parent)
    check_inside(path.parent, project)
    write(path, ("\n\n".join(paragraphs) + "\n").encode())
    return (path,)


def _todo(document: Document, paragraphs: int) -> str:
    if document.paragraphs == paragraphs:
        return ""
    what = f"write 'paragraphs: {paragraphs}' into the record of '{document.id}'"
    if not document.paragraphs:
        return f"to cite it by paragraph, {what}"
    if document.paragraphs > paragraphs:
        return what
    more = f"the record of '{document.id}' counts {document.paragraphs} paragraphs, and here are"
    return (
        f"{more} {paragraphs}, title and headings included: say with --paragraphs which they are "
        f"('reporter draft' proposes it), or {what}"
    )
