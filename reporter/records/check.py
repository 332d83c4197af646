"""Reads and cross-checks a whole project, its own templates too; renders nothing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from reporter.problems import ReporterError
from reporter.records import KINDS
from reporter.records.project import load
from reporter.records.references import citations, references
from reporter.records.register import Document
from reporter.records.relevance import sort_problems
from reporter.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from reporter.problems import Problem
    from reporter.records import Record
    from reporter.records.project import Contents


@dataclass(frozen=True, slots=True)
class Coverage:
    """Which paragraphs of a document are cited."""

    document: str
    paragraphs: int
    cited: frozenset[int]

    @property
    def missing(self) -> tuple[int, ...]:
        """The paragraphs that nothing cites."""
        return tuple(number for number in range(1, self.paragraphs + 1) if number not in self.cited)

    def __str__(self) -> str:
        text = f"{self.document}: {self.paragraphs - len(self.missing)} of {self.paragraphs} paragraphs cited"
        return f"{text}; not cited: {', '.join(map(str, self.missing))}" if self.missing else text


def check(project: Path) -> tuple[str, ...]:
    """Return what there is to say about a project without problems.

    Raises ReporterError with all of them otherwise, those of its own templates included.
    """
    contents = load(project)
    problems = (*sort_problems(contents, None), *_of_templates(project, contents))
    if any(problem.severity == "error" for problem in problems):
        raise ReporterError(problems)
    records = [loaded.record for loaded in contents.records]
    idle = uncited(records)
    last = [f"documents that nothing cites ({len(idle)}): {', '.join(idle)}"] if idle else []
    warnings = (problem.render(project) for problem in problems)
    return (*warnings, _summary(contents), *map(str, coverage(records)), *last)


def _of_templates(project: Path, contents: Contents) -> tuple[Problem, ...]:
    theme = Theme.of(project)
    if not theme.folders[1:]:
        return ()
    from reporter.formats.html.checks import problems_of  # noqa: PLC0415 (heavy: only where needed)

    return tuple(problems_of(theme, contents.settings.language))


def coverage(records: Iterable[Record]) -> tuple[Coverage, ...]:
    """Return, for each document with numbered paragraphs, which of them the records cite, in the order of the documents."""
    known = tuple(records)
    cited: dict[str, set[int]] = defaultdict(set)
    for record in known:
        for _, (document, paragraph) in citations(record):
            if paragraph is not None:
                cited[document].add(paragraph)
    documents = [record for record in known if isinstance(record, Document)]
    return tuple(
        Coverage(item.id, item.paragraphs, frozenset(cited[item.id]))
        for item in documents
        if item.paragraphs is not None
    )


def uncited(records: Iterable[Record]) -> tuple[str, ...]:
    """Return the documents that no record cites or names, in their order."""
    known = tuple(records)
    used = {citation.document for record in known for _, citation in citations(record)}
    used |= {
        reference.id
        for record in known
        for reference in references(record)
        if "document" in reference.kinds
    }
    return tuple(
        record.id for record in known if isinstance(record, Document) and record.id not in used
    )


def _summary(contents: Contents) -> str:
    found = Counter(loaded.kind for loaded in contents.records)
    kinds = [
        f"{found[kind.name]} {kind.name if found[kind.name] == 1 else kind.plural}"
        for kind in KINDS
        if found[kind.name]
    ]
    total = len(contents.records)
    counted = f"{total} record{'' if total == 1 else 's'}, no problems"
    return f"{counted}: {', '.join(kinds)}" if kinds else counted
