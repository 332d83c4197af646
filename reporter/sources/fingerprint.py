"""The fingerprint of a document: digests of its words, which hold a quotation and tell no text.

It is a file of lines, ``data/fingerprints/ID.yaml``, written by ``reporter source add``:

    document: joint-statement-08
    version: 1
    language: en
    retrieved: 2026-11-21
    file: sha256:...
    sentences:
      1.1: cdtq 6vkh ...
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from reporter.dates import Point
from reporter.problems import Problem, ReporterError, quoted, stop
from reporter.records.base import ID_PATTERN, LANGUAGE_PATTERN
from reporter.sources.splitting import sentences
from reporter.sources.words import VERSION, WIDTH, digests
from reporter.text import decoded, listed, read_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from reporter.sources.reading import Reading

FOLDER = "fingerprints"
ENDING = ".yaml"
LARGEST = 4 * 1024 * 1024  # bytes; 800,000 words
AGAIN = "write it again: reporter source add FILE --document ID"
_DAY = r"\d{4}-\d{2}-\d{2}"
_HEAD = {
    "document": ID_PATTERN,
    "version": r"[1-9]\d{0,3}",
    "language": LANGUAGE_PATTERN,
    "retrieved": _DAY,
    "file": r"sha256:[0-9a-f]{64}",
    "sentences": "",
}
_SENTENCE = re.compile(r"  ([1-9]\d{0,3})\.([1-9]\d{0,3}):((?: [a-z2-7]{4})+)")
_FIRST = (
    "# Written by 'reporter source add': digests of words, to which quotations are held.\n"
    "# What they are is said in the codebook.\n"
)


class Spot(NamedTuple):
    """A sentence: its paragraph, and its number there."""

    paragraph: int
    sentence: int

    def __str__(self) -> str:
        return f"{self.paragraph}.{self.sentence}"


class Fingerprint(NamedTuple):
    """What is kept of the text of a document."""

    document: str
    language: str
    retrieved: str
    """The day on which the text was taken."""
    file: str
    """The digest of the file from which it was taken."""
    sentences: dict[Spot, str]
    """The digests of the words of each sentence, in order, each with a blank before it."""

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are."""
        return next(reversed(self.sentences)).paragraph

    def passage(self, paragraph: int | None = None, sentence: int | None = None) -> Passage:
        """Return the text, a paragraph of it, or a sentence; it is empty if there is none."""
        before = 0
        chosen: dict[Spot, str] = {}
        for spot, text in self.sentences.items():
            if paragraph in (None, spot.paragraph) and sentence in (None, spot.sentence):
                chosen[spot] = text
            elif not chosen:
                before += len(text)
        return Passage(chosen, before // WIDTH)

    def digests(self, text: str) -> str:
        """Return the digests that the words of a text have in this document."""
        return digests(self.document, text)

    def written(self) -> str:
        """Return the file."""
        head = (
            f"document: {self.document}\nversion: {VERSION}\nlanguage: {self.language}\n"
            f"retrieved: {self.retrieved}\nfile: {self.file}\nsentences:\n"
        )
        return f"{_FIRST}{head}" + "".join(
            f"  {spot}:{text}\n" for spot, text in self.sentences.items()
        )


class Passage:
    """Sentences that follow each other, and where in them something stands."""

    def __init__(self, sentences: dict[Spot, str], before: int = 0) -> None:
        self.sentences = sentences
        self._before = before
        self.text = "".join(sentences.values())

    def __bool__(self) -> bool:
        return bool(self.sentences)

    def __contains__(self, found: str) -> bool:
        return bool(found) and found in self.text

    def places(self, found: str) -> list[int]:
        """Return where digests stand: at which words of the document, counted from 0."""
        at, places = self.text.find(found) if found else -1, []
        while at >= 0:
            places.append(self._before + at // WIDTH)
            at = self.text.find(found, at + WIDTH)
        return places

    def spots(self, found: str) -> list[Spot]:
        """Return the sentences in which digests begin."""
        begins = list(accumulate((len(text) for text in self.sentences.values()), initial=0))
        spots = list(self.sentences)
        return list(
            dict.fromkeys(
                spots[bisect_right(begins, (place - self._before) * WIDTH) - 1]
                for place in self.places(found)
            )
        )

    def longest(self, wanted: str) -> int:
        """Return how many of the first words of ``wanted`` stand here together."""
        lengths = range(WIDTH, len(wanted) + 1, WIDTH)
        return bisect_left(lengths, True, key=lambda end: wanted[:end] not in self.text)  # noqa: FBT003


class Origin(NamedTuple):
    """Where a text comes from."""

    language: str
    retrieved: date
    file: bytes
    """The content of the file from which it was taken."""


def fingerprint_of(
    document: str, paragraphs: Sequence[str], origin: Origin, reading: Reading
) -> Fingerprint:
    """Return the fingerprint of a document with these paragraphs."""
    found: dict[Spot, str] = {}
    for number, paragraph in enumerate(paragraphs, 1):
        texts = filter(None, (digests(document, text) for text in sentences(paragraph, reading)))
        found |= {Spot(number, at): text for at, text in enumerate(texts, 1)}
    file = f"sha256:{hashlib.sha256(origin.file).hexdigest()}"
    return Fingerprint(document, origin.language, str(origin.retrieved), file, found)


class Fingerprints:
    """The fingerprints of a project, each read when it is first asked for."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER
        self._root = data.parent
        self._found: dict[str, Fingerprint | ReporterError] = {}
        self._read: dict[str, bytes] = {}

    @cached_property
    def names(self) -> frozenset[str]:
        """The ids of the documents that have one."""
        try:
            found = listed(self._folder, within=self._root)
        except OSError:
            return frozenset()
        return frozenset(
            name.removesuffix(ENDING)
            for name, is_folder in found
            if name.endswith(ENDING) and not is_folder and not name.startswith(".")
        )

    def path(self, document: str) -> Path:
        """Return the file of the fingerprint of a document."""
        return self._folder / f"{document}{ENDING}"

    def get(self, document: str) -> Fingerprint | None:
        """Return the fingerprint of a document. None where there is none that can be read."""
        found = self._parsed(document) if document in self.names else None
        return found if isinstance(found, Fingerprint) else None

    def problems(self, document: str) -> tuple[Problem, ...]:
        """Return what is wrong with the file of a fingerprint."""
        found = self._parsed(document) if document in self.names else None
        return found.problems if isinstance(found, ReporterError) else ()

    def digest(self, document: str) -> str:
        """Return the digest of the file of a fingerprint; an empty text where there is none."""
        if document not in self.names:
            return ""
        try:
            return hashlib.blake2b(self._content(document), digest_size=16).hexdigest()
        except ReporterError as error:
            return repr(error.problems)

    def _content(self, document: str) -> bytes:
        if document not in self._read:
            hint = "split the document"
            path = self.path(document)
            self._read[document] = read_bytes(path, LARGEST, hint, within=self._root)
        return self._read[document]

    def _parsed(self, document: str) -> Fingerprint | ReporterError:
        if document not in self._found:
            try:
                text = decoded(self.path(document), self._content(document))
                self._found[document] = _parsed(self.path(document), document, text)
            except ReporterError as error:
                self._found[document] = error
        return self._found[document]


def _parsed(path: Path, document: str, text: str) -> Fingerprint:
    lines = text.splitlines()
    numbered = [
        (number, line) for number, line in enumerate(lines, 1) if line and not line.startswith("#")
    ]
    values: list[str] = []
    for (name, pattern), (number, line) in zip(_HEAD.items(), numbered, strict=False):
        key, colon, value = line.partition(":")
        if key != name or not colon or not re.fullmatch(pattern, value.strip()):
            _stop(path, f"{quoted(line)} is not the line '{name}:' of a fingerprint", number)
        values.append(value.strip())
    if len(numbered) <= len(_HEAD):
        _stop(path, "a fingerprint without sentences", len(lines))
    named, version, language, retrieved, file, _ = values
    if named != document:
        _stop(path, f"the fingerprint of '{named}' stands in '{path.name}'", 1)
    if version != str(VERSION):
        _stop(path, f"a fingerprint of version {version}: this is version {VERSION}", 2)
    _check_day(path, retrieved)
    return Fingerprint(named, language, retrieved, file, _sentences(path, numbered[len(_HEAD) :]))


def _sentences(path: Path, lines: list[tuple[int, str]]) -> dict[Spot, str]:
    found: dict[Spot, str] = {}
    last = Spot(0, 0)
    for number, line in lines:
        match = _SENTENCE.fullmatch(line)
        if not match:
            _stop(path, f"{quoted(line)} is not a sentence of a fingerprint", number)
        spot = Spot(int(match[1]), int(match[2]))
        if spot not in {Spot(last.paragraph, last.sentence + 1), Spot(last.paragraph + 1, 1)}:
            _stop(path, f"the sentence {spot} comes after {last}", number)
        found[spot] = match[3]
        last = spot
    return found


def _check_day(path: Path, day: str) -> None:
    try:
        Point.parse(day)
    except ValueError:
        _stop(path, f"'{day}' is not a date", 4)


def _stop(path: Path, message: str, line: int) -> NoReturn:
    stop(path, message, AGAIN, line, 1)
