"""What records say against the texts of their documents, as problems at their lines."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.records.meeting import Meeting
from reporter.records.references import citations
from reporter.records.register import Document
from reporter.sources.coverage import sentences_left, set_aside
from reporter.sources.judging import Holder, days_met
from reporter.sources.reading import files
from reporter.sources.sequence import sequence
from reporter.text import read_bytes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reporter.problems import Problem
    from reporter.records.base import Citation
    from reporter.records.project import Contents, Loaded
    from reporter.records.reader import Path_

MOST_LEFT = 12  # sentences that a warning names
_ADD = "make its fingerprint: reporter source add FILE --document"


class HeldTexts:
    """The texts of a project's documents, as far as there are fingerprints of them."""

    def __init__(self, contents: Contents) -> None:
        self._fingerprints = contents.fingerprints
        self._holder = Holder(contents)
        self._documents = {
            loaded.facts.id: loaded for loaded in contents.records if loaded.kind == "document"
        }

    def problems(self, loaded: Loaded) -> Iterator[Problem]:
        """Yield what a record says of its documents that their texts do not say."""
        names = self._fingerprints.names
        if loaded.kind == "document" and (loaded.facts.id in names or loaded.facts.sentences):
            yield from self._of_document(loaded)
        if loaded.facts.sentences or not names.isdisjoint(loaded.facts.cites):
            for where, citation in citations(loaded.record):
                yield from self._no_such_sentence(loaded, where, citation)
        if names.isdisjoint(loaded.facts.cites):
            return
        for judged in self._holder.judged(loaded):
            if judged.problem:
                yield judged.problem
        if isinstance(loaded.record, Meeting):
            yield from self._of_meeting(loaded, loaded.record)

    def _of_document(self, loaded: Loaded) -> Iterator[Problem]:
        yield from self._fingerprints.problems(loaded.facts.id)
        document, fingerprint = loaded.record, self._fingerprints.get(loaded.facts.id)
        assert isinstance(document, Document)  # noqa: S101 (by its kind)
        if fingerprint and document.paragraphs not in (None, fingerprint.paragraphs):
            message = f"{document.paragraphs} paragraphs, and {fingerprint.paragraphs} in its text"
            hint = "correct the number, or make the fingerprint again with --paragraphs"
            yield loaded.problem(("paragraphs",), message, hint)
        if document.aside and document.id not in self._fingerprints.names:
            message = f"no fingerprint says which sentences '{document.id}' has"
            yield loaded.problem(("aside",), message, f"{_ADD} {document.id}")
        elif fingerprint:
            there = fingerprint.sentences
            for spot in set_aside(document):
                if spot not in there:
                    message = f"'{document.id}' has no sentence {spot}"
                    yield loaded.problem(("aside",), message, f"its last one is {max(there)}")

    def _no_such_sentence(
        self, loaded: Loaded, where: Path_, citation: Citation
    ) -> Iterator[Problem]:
        name = citation.document
        if citation.sentence is None or name not in self._documents:
            return
        fingerprint = self._fingerprints.get(name)
        if not fingerprint:
            if name not in self._fingerprints.names:
                message = f"no fingerprint says which sentences '{name}' has"
                hint = f"{_ADD} {name}; or cite the paragraph"
                yield loaded.problem(where, message, hint)
        elif (paragraph := fingerprint.passage(citation.paragraph)) and (
            citation.sentence > len(paragraph.sentences)
        ):
            hint = f"paragraph {citation.paragraph} has {len(paragraph.sentences)}"
            yield loaded.problem(where, f"'{name}' has no sentence {citation.place}", hint)

    def _of_meeting(self, loaded: Loaded, meeting: Meeting) -> Iterator[Problem]:
        fingerprint = self._fingerprints.get(meeting.document)
        document = self._documents.get(meeting.document)
        if not fingerprint or not document or not isinstance(document.record, Document):
            return
        yield from sequence(loaded, self._holder, fingerprint)
        found = sentences_left(document.record, [loaded], fingerprint, self._holder)
        if meeting.statements.complete and found.left:
            shown = ", ".join(map(str, found.left[:MOST_LEFT]))
            more = " and others" if len(found.left) > MOST_LEFT else ""
            message = (
                f"sentences of '{document.facts.id}' neither coded nor set aside: {shown}{more}"
            )
            hint = (
                "code each by a statement that cites it, or set it aside in the document's record"
            )
            yield loaded.problem(("statements", "complete"), message, hint).as_warning


class Holding:
    """The texts of a project, and the digest of what each of its files is held to.

    By that a file of records need not be held to them twice.

    ``documents`` is the digest of the file of documents, whose days and paragraphs count, too.
    """

    def __init__(self, contents: Contents, documents: str) -> None:
        self._texts = HeldTexts(contents)
        self._fingerprints = contents.fingerprints
        self._met = days_met(contents.records)
        self._common = hashlib.blake2b(f"{contents.settings.language} {documents}".encode())
        for path in files(contents.theme):
            self._common.update(read_bytes(path, within=contents.theme.home(path)))

    def digest(self, records: Iterable[Loaded]) -> str:
        """Return the digest of all that decides whether the texts say what these records say."""
        found = self._common.copy()
        facts = [loaded.facts for loaded in records]
        names = {name for each in facts for name in (each.id, *each.cites, *(each.sentences or ()))}
        for name in sorted(names):
            days = " ".join(self._met.get(name, ()))
            found.update(f"\n{name} {self._fingerprints.digest(name)} {days}".encode())
        return found.hexdigest()[:32]

    def against(self, loaded: Loaded) -> tuple[Problem, ...] | None:
        """Return what a record says against the texts; None where a text cannot be read."""
        try:
            return tuple(self._texts.problems(loaded))
        except ReporterError:  # it is told where they are checked
            return None
