"""What a file of records depends on where it is held to texts, so that it need not be twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.sources.against import HeldTexts
from reporter.sources.reading import files
from reporter.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from reporter.problems import Problem
    from reporter.records.project import Contents, Loaded


class Holding:
    """The texts of a project, and the digest of what each of its files is held to.

    ``documents`` is the digest of the file of documents, whose days and paragraphs count, too.
    """

    def __init__(self, contents: Contents, documents: str) -> None:
        self._texts = HeldTexts(contents)
        self._fingerprints = contents.fingerprints
        self._common = hashlib.blake2b(f"{contents.settings.language} {documents}".encode())
        for path in files(contents.theme):
            self._common.update(read_bytes(path, within=contents.theme.home(path)))

    def digest(self, records: Iterable[Loaded]) -> str:
        """Return the digest of all that decides whether the texts say what these records say."""
        found = self._common.copy()
        facts = [loaded.facts for loaded in records]
        names = {name for each in facts for name in (each.id, *each.cites, *(each.sentences or ()))}
        for name in sorted(names):
            found.update(f"\n{name} {self._fingerprints.digest(name)}".encode())
        return found.hexdigest()[:32]

    def against(self, loaded: Loaded) -> tuple[Problem, ...] | None:
        """Return what a record says against the texts; None where a text cannot be read."""
        try:
            return tuple(self._texts.problems(loaded))
        except ReporterError:  # it is told where they are checked
            return None
