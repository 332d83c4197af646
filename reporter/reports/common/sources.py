"""Numbers the sources in the order of their citation, and says where a search found nothing."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, get_args

from reporter.records.base import NOT_VERIFIED
from reporter.records.register import SourceStanding
from reporter.reports.views import Label, Ref, Refs, SourceEntry

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reporter.library import Library
    from reporter.records.base import Citation


ENOUGH = 2  # documents behind one statement that are worth a reader's time
_STANDINGS = get_args(SourceStanding)


class Bibliography:
    """Gives each document a number when it is first cited."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._numbers: dict[str, int] = {}
        self._searched: dict[str, None] = {}
        self._passed: dict[str, None] = {}

    def cite(self, *groups: Iterable[Citation] | None, most: int | None = ENOUGH) -> Refs:
        """Return the numbered references for these citations, one per document, in order.

        The paragraphs of a document stand together. Of more than ``most`` documents those of the
        best standing are printed; the record keeps them all.
        """
        found: dict[str, list[int]] = {}
        for document, paragraph, _ in (citation for group in groups for citation in group or ()):
            paragraphs = found.setdefault(document, [])
            if paragraph is not None and paragraph not in paragraphs:
                paragraphs.append(paragraph)
        best = self._best(found, most)
        self._passed |= dict.fromkeys(document for document in found if document not in best)
        return tuple(
            Ref(number=self._number(document), paragraphs=tuple(sorted(numbers)))
            for document, numbers in found.items()
            if document in best
        )

    def cite_each(self, groups: Iterable[Iterable[Citation]]) -> Refs:
        """Return the references for several things told in one line: each keeps its own best."""
        kept = []
        for group in map(tuple, groups):
            best = self._best([citation.document for citation in group], ENOUGH)
            self._passed |= {one.document: None for one in group if one.document not in best}
            kept.append([citation for citation in group if citation.document in best])
        return self.cite(*kept, most=None)

    def search(self, where: str) -> None:
        """Remember where somebody looked and found nothing."""
        self._searched.setdefault(where)

    @property
    def searched(self) -> tuple[str, ...]:
        """Where somebody looked and found nothing, in the order in which it is printed."""
        return tuple(self._searched)

    def _best(self, documents: Iterable[str], most: int | None) -> Collection[str]:
        found = dict.fromkeys(documents)
        if most is None or len(found) <= most:
            return found
        return set(sorted(found, key=self._standing)[:most])

    def _standing(self, document: str) -> int:
        return _STANDINGS.index(self._library.documents[document].standing)

    def _number(self, document: str) -> int:
        return self._numbers.setdefault(document, len(self._numbers) + 1)

    def entries(self) -> tuple[SourceEntry, ...]:
        """Return the list of all documents cited so far."""
        return tuple(self._entry(name, number) for name, number in self._numbers.items())

    def passed(self) -> tuple[SourceEntry, ...]:
        """Return the list of the documents behind what is cited that have no number so far."""
        names = [name for name in self._passed if name not in self._numbers]
        return tuple(
            self._entry(*one) for one in zip(names, count(len(self._numbers) + 1), strict=False)
        )

    def _entry(self, name: str, number: int) -> SourceEntry:
        document = self._library.documents[name]
        language = self._library.project.language if document.described else document.language[0]
        return SourceEntry(
            number=number,
            id=document.id,
            title=Label(language=language, text=document.title),
            described=document.described,
            publisher=document.publisher,
            date=None if document.date == NOT_VERIFIED else document.date,
            languages=document.language,
            address=() if document.standing == "weak" else document.address,
            standing=document.standing,
            read=document.read,
            paragraphs=document.paragraphs if document.read == "full" else None,
        )
